import { isRefusal, type Clock, type LeafIndex } from '#kernel';
import type { Tx } from '#platform/db';
import { checkLeafSize, encodeLeaf, type LeafInput } from './leaf.ts';
import { insertLeaves } from './store/index.ts';

/**
 * Appends one act to the evidence log. ALWAYS the last statement of the transaction: it takes the sequencer's row
 * lock, and whatever runs after it makes every other writer wait.
 * Throws when the leaf holds free text or is too large: that is a defect of the caller (see `encodeLeaf` to ask first).
 */
export async function appendLeaf(tx: Tx, clock: Clock, leaf: LeafInput): Promise<LeafIndex> {
  const [index] = await appendLeaves(tx, clock, [leaf]);
  return index as LeafIndex;
}

/**
 * Appends many leaves with consecutive indexes, gap-free, in the order given; the indexes come back in that order.
 * Takes leaves as stated, or ready-made bytes (`encodeFrameLeaf`) where speed counts.
 */
export async function appendLeaves(
  tx: Tx,
  clock: Clock,
  leaves: readonly LeafInput[] | readonly Uint8Array[],
): Promise<LeafIndex[]> {
  if (leaves.length === 0) return [];
  const now = clock.now();
  const encoded = leaves.map((leaf) => {
    const bytes = leaf instanceof Uint8Array ? checkLeafSize(leaf) : encodeLeaf(leaf, now);
    if (isRefusal(bytes)) throw new Error(`${bytes.code} ${bytes.en}`);
    return bytes.value;
  });
  const first = await insertLeaves(tx, encoded, now);
  return encoded.map((_, i) => (first + i) as LeafIndex);
}
