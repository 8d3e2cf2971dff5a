/** A unit as it stands behind a figure; the unit one of HJ 212, which pH is sent in, is none. */
export const unitShown = (unit: string): string => (unit === '1' ? '' : unit);
