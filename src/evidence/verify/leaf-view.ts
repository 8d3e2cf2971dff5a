import { asObject } from './json.ts';

/** Leaf types that fix the bytes of one received frame. */
const FRAME_TYPES: ReadonlySet<unknown> = new Set(['frame', 'frame.dup', 'frame.conflict', 'backfill']);
const DEVICE_TYPES: ReadonlySet<unknown> = new Set([...FRAME_TYPES, 'gap']);

/** How many leaves are read or walked at a time. */
export const COMPLETENESS_LEAVES = 4_096;

/** Parsed only after the bytes were hashed; undefined when they are no JSON object. */
export const leafJson = (bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined => asObject(bytes);

/** Whether a leaf speaks of a received frame. */
export const isFrameLeaf = (leaf: Readonly<Record<string, unknown>>): boolean => FRAME_TYPES.has(leaf['t']);

/** MN of a leaf that speaks of one device; undefined for others. */
export function deviceOf(bytes: Uint8Array): string | undefined {
  const leaf = leafJson(bytes);
  return leaf !== undefined && DEVICE_TYPES.has(leaf['t']) && typeof leaf['mn'] === 'string' ? leaf['mn'] : undefined;
}

/** Is this digest one of the values of the leaf? */
export const holdsDigest = (bytes: Uint8Array, sha256: string): boolean => Buffer.from(bytes).includes(`"${sha256}"`);
