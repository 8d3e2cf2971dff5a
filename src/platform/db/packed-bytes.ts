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
