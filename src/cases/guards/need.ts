/** Nothing is missing. */
export const fine: readonly string[] = [];

/** What is missing, in words a person can act on, unless it holds. */
export const need = (holds: boolean, missing: string): readonly string[] => (holds ? fine : [missing]);
