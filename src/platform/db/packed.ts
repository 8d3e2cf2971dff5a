import { sql } from 'kysely';

/** Byte strings of many rows as one parameter; piece i is `substring(bytes FROM starts[i] FOR lengths[i])`. */
export interface PackedBytes {
  readonly bytes: Buffer;
  /** Counted from 1, as SQL does. */
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
}

/** An array of `bytea` would travel as text, twice the size and slow to write and to read. */
export function packBytes(parts: readonly Uint8Array[]): PackedBytes {
  const lengths = parts.map((part) => part.length);
  let next = 1;
  return { bytes: Buffer.concat(parts), starts: lengths.map((length) => (next += length) - length), lengths };
}

const SEPARATOR = '\u001f';
const NULL = '\u001e';

/** Foreign text as `packTexts` may carry it: well formed, without NUL, which no column can hold, and without the two marks used here. */
export const packable = (text: string): string => text.replaceAll('\0', '').replaceAll(NULL, '').replaceAll(SEPARATOR, '').toWellFormed();

/**
 * A `text[]` expression from one parameter. An array parameter would have every element searched for what must be
 * escaped, one by one. Every text must be `packable`.
 */
export const packTexts = (texts: readonly (string | null)[]) =>
  // The leading element keeps a single empty text apart from no text at all.
  sql`(string_to_array(${[NULL, ...texts.map((text) => text ?? NULL)].join(SEPARATOR)}::text, chr(31), chr(30)))[2:]`;

/** A `bigint[]` expression from one parameter. */
export const packNumbers = (numbers: readonly (number | null)[]) => sql`${`{${numbers.map((n) => n ?? 'NULL').join(',')}}`}::bigint[]`;
