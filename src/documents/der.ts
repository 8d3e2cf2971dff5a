/** The little of DER (X.690) that certificates and CMS need: written and read without a library. */
export interface DerNode {
  readonly tag: number;
  /** Whole encoding, header included: what digests are taken over. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
  /** Children of a constructed node; empty for a primitive one. */
  readonly children: readonly DerNode[];
}

export const TAG = {
  BOOLEAN: 0x01, INTEGER: 0x02, BIT_STRING: 0x03, OCTET_STRING: 0x04, OID: 0x06, UTF8: 0x0c,
  UTC_TIME: 0x17, GENERALIZED_TIME: 0x18, SEQUENCE: 0x30, SET: 0x31,
} as const;

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** One element: tag, length, content (parts are joined). */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = join(parts);
  const { length } = content;
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const header = length < 128 ? [tag, length] : [tag, 0x80 | bytes.length, ...bytes];
  return join([Uint8Array.from(header), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(TAG.SEQUENCE, ...parts);
export const octets = (bytes: Uint8Array): Uint8Array => der(TAG.OCTET_STRING, bytes);
export const bits = (bytes: Uint8Array, unused = 0): Uint8Array => der(TAG.BIT_STRING, Uint8Array.of(unused), bytes);
export const utf8 = (value: string): Uint8Array => der(TAG.UTF8, new TextEncoder().encode(value));

/** A non-negative integer from its big-endian bytes. */
export function integer(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const rest = bytes.subarray(start);
  return der(TAG.INTEGER, (rest[0] ?? 0) & 0x80 ? join([Uint8Array.of(0), rest]) : rest);
}

export function oid(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
  const body = [first * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc % 128];
    for (let more = Math.floor(arc / 128); more > 0; more = Math.floor(more / 128)) groups.unshift((more % 128) | 0x80);
    return groups;
  });
  return der(TAG.OID, Uint8Array.from(body));
}

/** RFC 5280 4.1.2.5: two-digit years until 2049, four digits from 2050. */
export function time(epochMs: number): Uint8Array {
  const digits = new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z').replace(/[-:T]/g, '');
  const late = Number(digits.slice(0, 4)) >= 2050;
  return der(late ? TAG.GENERALIZED_TIME : TAG.UTC_TIME, new TextEncoder().encode(late ? digits : digits.slice(2)));
}

/**
 * Reads one element at the start of the bytes. Bytes behind it are left out of `bytes`, so a padded
 * signature container can be given as it stands in the file.
 *
 * @throws Error on a truncated or indefinite encoding
 */
export function readDer(bytes: Uint8Array, depth = 0): DerNode {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined || first === 0x80 || depth > 40) throw new Error('not DER');
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  if (lengthBytes > 4) throw new Error('not DER: length');
  let length = first < 0x80 ? first : 0;
  for (let i = 0; i < lengthBytes; i++) length = length * 256 + (bytes[2 + i] ?? 0);
  const start = 2 + lengthBytes;
  if (start + length > bytes.length) throw new Error('not DER: truncated');
  const content = bytes.subarray(start, start + length);
  const children: DerNode[] = [];
  if (tag & 0x20) {
    for (let at = 0; at < content.length; ) {
      const child = readDer(content.subarray(at), depth + 1);
      children.push(child);
      at += child.bytes.length;
    }
  }
  return { tag, bytes: bytes.subarray(0, start + length), content, children };
}

export function readOid(node: DerNode): string {
  if (node.tag !== TAG.OID) throw new Error('not an object identifier');
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of node.content) {
    arc = arc * 128 + (byte & 0x7f);
    if (!(byte & 0x80)) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [head = 0, ...rest] = arcs;
  return [Math.min(Math.floor(head / 40), 2), head - Math.min(Math.floor(head / 40), 2) * 40, ...rest].join('.');
}
