import { CR, HASH, LF } from './bytes.ts';
import { crc16 } from './crc.ts';

/** One `name=value` of the data area; a bare name without `=` has one element. */
export type Pair = readonly [name: string, value: string] | readonly [name: string];

/** Pairs joined by `,`. Groups are joined by `;`. */
export type Group = readonly Pair[];

/** Fields of a data segment in the order of HJ 212-2017 表 1; what is not given is left out. */
export interface SegmentFields {
  readonly qn?: string | undefined;
  readonly st?: string | undefined;
  readonly cn?: string | undefined;
  readonly pw?: string | undefined;
  readonly mn?: string | undefined;
  readonly flag?: number | string | undefined;
  readonly pnum?: number | string | undefined;
  readonly pno?: number | string | undefined;
  /** HJ 212-2025: `1` marks resent data. */
  readonly rf?: number | string | undefined;
  /** The data area: groups of pairs, or ready-made text between `&&` and `&&`. */
  readonly cp?: readonly Group[] | string | undefined;
}

const NAMES = [
  ['QN', 'qn'],
  ['ST', 'st'],
  ['CN', 'cn'],
  ['PW', 'pw'],
  ['MN', 'mn'],
  ['Flag', 'flag'],
  ['PNUM', 'pnum'],
  ['PNO', 'pno'],
  ['RF', 'rf'],
] as const;

/** The text between `CP=&&` and `&&`. */
export const encodeCp = (cp: readonly Group[]): string =>
  cp.map((group) => group.map((pair) => pair.join('=')).join(',')).join(';');

/** A data segment as text, `QN=…;ST=…;…;CP=&&…&&`. Values are written as given; nothing is rounded. */
export function encodeSegment(fields: SegmentFields): string {
  let text = '';
  for (const [name, key] of NAMES) {
    const value = fields[key];
    if (value !== undefined) text += `${name}=${value};`;
  }
  const cp = fields.cp ?? '';
  return `${text}CP=&&${typeof cp === 'string' ? cp : encodeCp(cp)}&&`;
}

/**
 * A frame as it goes over the wire: `##`, four digits of length in bytes, the segment (text as UTF-8), CRC, CR LF.
 * Throws when the segment is longer than four digits can say (9,999 bytes).
 */
export function encodeFrame(segment: string | Uint8Array): Uint8Array {
  const body = typeof segment === 'string' ? Buffer.from(segment) : segment;
  const size = body.length;
  if (size > 9999) throw new RangeError(`a segment of ${size} bytes does not fit the length field`);
  const frame = new Uint8Array(size + 12);
  frame[0] = frame[1] = HASH;
  for (let i = 5, rest = size; i >= 2; i--, rest = Math.floor(rest / 10)) frame[i] = 0x30 + (rest % 10);
  frame.set(body, 6);
  const crc = crc16(body);
  for (let i = 0; i < 4; i++) {
    const digit = (crc >> (12 - 4 * i)) & 15;
    frame[6 + size + i] = digit < 10 ? 0x30 + digit : 0x37 + digit;
  }
  frame[10 + size] = CR;
  frame[11 + size] = LF;
  return frame;
}
