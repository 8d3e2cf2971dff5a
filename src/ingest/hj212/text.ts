/** How a data area was written. */
export type TextEncoding = 'ascii' | 'utf-8' | 'gb18030' | 'latin1';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const GB18030 = new TextDecoder('gb18030', { fatal: true });

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/** One character per byte. Right for ASCII, and lossless for anything. */
export const asLatin1 = (bytes: Uint8Array, from = 0, to = bytes.length): string =>
  (bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString(
    'latin1',
    from,
    to,
  );

/**
 * Text of a segment that is not plain ASCII: UTF-8 (HJ 212-2017) if the bytes allow it, else GB18030, which several
 * makers send. Bytes that are neither come back one character per byte, as `latin1`.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  try {
    return { text: UTF8.decode(bytes), encoding: 'utf-8' };
  } catch {
    try {
      return { text: GB18030.decode(bytes), encoding: 'gb18030' };
    } catch {
      return { text: asLatin1(bytes), encoding: 'latin1' };
    }
  }
}

let gbTable: Map<number, number> | undefined;

/** Two-byte codes of GB18030, read out of the platform's decoder once. */
function gbCodes(): Map<number, number> {
  if (gbTable) return gbTable;
  gbTable = new Map();
  const pair = new Uint8Array(2);
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      pair[0] = high;
      pair[1] = low;
      try {
        const point = GB18030.decode(pair).codePointAt(0);
        if (point !== undefined && !gbTable.has(point)) gbTable.set(point, (high << 8) | low);
      } catch {
        continue;
      }
    }
  }
  return gbTable;
}

/** Bytes of a text in the encoding it came in. Throws on a character outside two-byte GB18030 (never in GBK text). */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === 'latin1') return Uint8Array.from(Buffer.from(text, 'latin1'));
  if (encoding !== 'gb18030') return new TextEncoder().encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    if (point < 0x80) {
      bytes.push(point);
      continue;
    }
    const code = gbCodes().get(point);
    if (code === undefined) throw new RangeError(`no two-byte GB18030 code for U+${point.toString(16)}`);
    bytes.push(code >> 8, code & 0xff);
  }
  return Uint8Array.from(bytes);
}
