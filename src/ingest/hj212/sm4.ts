import { createCipheriv, createDecipheriv } from 'node:crypto';

const BLOCK = 16;

/**
 * SM4-ECB over whole 16-byte groups, no padding; a shorter rest stays clear, so the length does not change
 * (HJ 212-2025 附录 A, read from secondary sources). Hides values from a bystander and proves nothing.
 */
function apply(make: typeof createCipheriv | typeof createDecipheriv, area: Uint8Array, key: Uint8Array): Uint8Array {
  const whole = area.length - (area.length % BLOCK);
  const cipher = make('sm4-ecb', key, null);
  cipher.setAutoPadding(false);
  const out = Uint8Array.from(area);
  out.set(cipher.update(area.subarray(0, whole)), 0);
  cipher.final();
  return out;
}

/** Encrypts the bytes between `CP=&&` and the closing `&&`. The key has 16 bytes; throws otherwise. */
export const encryptArea = (area: Uint8Array, key: Uint8Array): Uint8Array => apply(createCipheriv, area, key);

/** The reverse of `encryptArea`. A wrong key gives rubbish, not an error: check the CRC afterwards. */
export const decryptArea = (area: Uint8Array, key: Uint8Array): Uint8Array => apply(createDecipheriv, area, key);

/** Bounds of the data area inside a segment, or undefined when it has none. Searches bytes, decodes nothing. */
export function areaOf(segment: Uint8Array): { from: number; to: number } | undefined {
  const opening = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength).indexOf('CP=&&', 0, 'latin1');
  const from = opening + 5;
  const to = segment.length - 2;
  return opening < 0 || to < from || segment[to] !== 0x26 || segment[to + 1] !== 0x26 ? undefined : { from, to };
}

/** A copy of the segment with its data area decrypted, or encrypted; undefined when it has no data area. */
export function withArea(
  segment: Uint8Array,
  key: Uint8Array,
  change: typeof encryptArea | typeof decryptArea,
): Uint8Array | undefined {
  const area = areaOf(segment);
  if (!area) return undefined;
  const out = Uint8Array.from(segment);
  out.set(change(segment.subarray(area.from, area.to), key), area.from);
  return out;
}
