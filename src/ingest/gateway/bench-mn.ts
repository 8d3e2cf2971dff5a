/** Identifier of a device of the ingest bench: 24 characters, as the standard has them. */
export const benchMn = (index: number): string => `0B0000A8900016F0${String(index).padStart(8, '0')}`;
