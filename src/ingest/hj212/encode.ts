import { crc16, formatCrc } from './crc.ts';

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

const UTF8 = new TextEncoder();

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
  const body = typeof segment === 'string' ? UTF8.encode(segment) : segment;
  if (body.length > 9999) throw new RangeError(`a segment of ${body.length} bytes does not fit the length field`);
  const frame = new Uint8Array(body.length + 12);
  frame.set(UTF8.encode(`##${String(body.length).padStart(4, '0')}`));
  frame.set(body, 6);
  frame.set(UTF8.encode(`${formatCrc(crc16(body))}\r\n`), 6 + body.length);
  return frame;
}
