import { isRefusal, type Clock, type Instant, type LeafIndex } from '#kernel';
import { beforeCommit, type Tx } from '#platform/db';
import { checkLeafSize, encodeLeaf, type LeafInput } from './leaf.ts';
import { insertLeaves } from './store/index.ts';

/** Leaves of acts that wait for the end of their transaction. */
const waiting = new WeakMap<Tx, Uint8Array[]>();

/**
 * Appends one act to the evidence log at the end of the transaction, whatever else the transaction still does: the
 * sequencer's row is everybody's, so nobody may hold it and then wait for a row of somebody else. Several leaves of one
 * transaction come in the order of the calls.
 * Throws when the leaf holds free text or is too large: that is a defect of the caller (see `encodeLeaf` to ask first).
 */
export async function appendLeaf(tx: Tx, clock: Clock, leaf: LeafInput): Promise<void> {
  const bytes = bytesOf(leaf, clock.now());
  const queued = waiting.get(tx);
  if (queued !== undefined) return void queued.push(bytes);
  const leaves = [bytes];
  waiting.set(tx, leaves);
  beforeCommit(tx, async () => void (await insertLeaves(tx, leaves, clock.now())));
}

function bytesOf(leaf: LeafInput | Uint8Array, now: Instant): Uint8Array {
  const bytes = leaf instanceof Uint8Array ? checkLeafSize(leaf) : encodeLeaf(leaf, now);
  if (isRefusal(bytes)) throw new Error(`${bytes.code} ${bytes.en}`);
  return bytes.value;
}

/**
 * Appends many leaves now, for a caller that needs their indexes: consecutive, gap-free, in the order given. Takes the
 * sequencer's row, so no row that others may hold is locked after it.
 * Takes leaves as stated, or ready-made bytes (`encodeFrameLeaf`) where speed counts.
 */
export async function appendLeaves(
  tx: Tx,
  clock: Clock,
  leaves: readonly LeafInput[] | readonly Uint8Array[],
): Promise<LeafIndex[]> {
  if (leaves.length === 0) return [];
  const now = clock.now();
  const encoded = leaves.map((leaf) => bytesOf(leaf, now));
  const first = await insertLeaves(tx, encoded, now);
  return encoded.map((_, i) => (first + i) as LeafIndex);
}
