/** Edition of HJ 212. */
export type Edition = '2005' | '2017' | '2025';

/** `Flag` of a segment: six version bits, "split", "answer wanted" (HJ 212-2017 表 4). */
export interface FlagBits {
  readonly value: number;
  /** Null for a version number no edition has. */
  readonly version: Edition | null;
  readonly split: boolean;
  readonly ack: boolean;
}

const VERSIONS = ['2005', '2017', '2025'] as const;

/** Reads the number of a `Flag` field; a version nobody defined is null. */
export const flagBits = (value: number): FlagBits => ({
  value,
  version: VERSIONS[value >> 2] ?? null,
  split: (value & 2) !== 0,
  ack: (value & 1) !== 0,
});

/** The value to send; bits from high to low: version, split, answer wanted. */
export const flagValue = (edition: Edition, split = false, ack = false): number =>
  (VERSIONS.indexOf(edition) << 2) | (split ? 2 : 0) | (ack ? 1 : 0);

/** Without a `Flag` the code style tells: a letter and five digits came with HJ 525/HJ 524 in 2017. */
export function editionOfCode(name: string): Edition {
  const first = name.charCodeAt(0);
  if (first < 0x61 || first > 0x7a) return '2005';
  for (let i = 1; i <= 5; i++) {
    const code = name.charCodeAt(i);
    if (!(code >= 0x30 && code <= 0x39)) return '2005';
  }
  return '2017';
}
