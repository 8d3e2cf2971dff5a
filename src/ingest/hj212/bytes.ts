/** Byte values the frame layer looks for. */
export const HASH = 0x23;
export const AMP = 0x26;
export const CR = 0x0d;
export const LF = 0x0a;

const HEX = buildHex();

function buildHex(): Int8Array {
  const table = new Int8Array(256).fill(-1);
  for (let i = 0; i < 10; i++) table[0x30 + i] = i;
  for (let i = 0; i < 6; i++) {
    table[0x41 + i] = 10 + i;
    table[0x61 + i] = 10 + i;
  }
  return table;
}

/** Value of a hexadecimal digit, upper or lower case; −1 when it is none. */
export const hexDigit = (byte: number): number => HEX[byte] as number;

/** Four hexadecimal digits at `at` as a number; −1 when they are not all digits. */
export function hex4(bytes: Uint8Array, at: number): number {
  const a = HEX[bytes[at] as number] as number;
  const b = HEX[bytes[at + 1] as number] as number;
  const c = HEX[bytes[at + 2] as number] as number;
  const d = HEX[bytes[at + 3] as number] as number;
  return (a | b | c | d) < 0 ? -1 : (a << 12) | (b << 8) | (c << 4) | d;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Whether `##dddd` stands at `at` (all six bytes must be available). */
export const isHeader = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === HASH &&
  bytes[at + 1] === HASH &&
  isDigit(bytes[at + 2] as number) &&
  isDigit(bytes[at + 3] as number) &&
  isDigit(bytes[at + 4] as number) &&
  isDigit(bytes[at + 5] as number);

/** The four decimal digits at `at` as a number. */
export const decimal4 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] as number) - 48) * 1000 +
  ((bytes[at + 1] as number) - 48) * 100 +
  ((bytes[at + 2] as number) - 48) * 10 +
  ((bytes[at + 3] as number) - 48);
