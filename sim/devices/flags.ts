/** Data marks of HJ 212-2017 表 8 as character codes, so that a column of flags is a byte array. */
export const N = 78;
export const F = 70;
export const M = 77;
export const D = 68;
export const C = 67;
export const B = 66;

const TEXT = ['N', 'F', 'M', 'D', 'C', 'B'] as const;
const BY_CODE = new Map<number, string>(TEXT.map((t) => [t.charCodeAt(0), t]));

export const flagText = (code: number | undefined): string => BY_CODE.get(code ?? N) ?? 'N';
