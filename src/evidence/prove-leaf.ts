import { isRefusal, ok, type LeafIndex, type Result } from '#kernel';
import type { Database } from '#platform/db';
import type { EvidenceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import { consistencyPath, inclusionPath, leafHash, verifyInclusion, writeTlogProof, type Hash } from './log/index.ts';
import { lastCheckpoint, logHead, nodeReader, readLeafSet, type CheckpointRow } from './store/index.ts';

/** A leaf with the proof that it is in the log under a signed head of this size. */
export interface LeafProof {
  readonly index: LeafIndex;
  readonly bytes: Uint8Array;
  /** C2SP tlog-proof file. */
  readonly proof: string;
  readonly size: number;
}

/** What a proof file carries beside the way to the head. */
interface ProofOptions {
  /**
   * The record itself, in the line C2SP tlog-proof keeps for it (`extra`): whoever holds the file that the record names needs nothing
   * else. Only for records that may be read by whoever gets the proof.
   */
  readonly withRecord?: boolean;
}

/**
 * The way of one leaf into the newest head: `evidence proof`.
 * Refuses a leaf that does not exist (EVID-003) and one not yet under a head (EVID-004, within 60 s of its writing).
 */
export async function proofOf(deps: Pick<EvidenceDeps, 'db'>, index: LeafIndex, options: ProofOptions = {}): Promise<Result<LeafProof>> {
  const head = await logHead(deps.db);
  if (!Number.isSafeInteger(index) || index < 0 || index >= head.size) return refuse('EVID-003');
  const checkpoint = await lastCheckpoint(deps.db);
  if (checkpoint === undefined || index >= checkpoint.size) return refuse('EVID-004');
  const proofs = await proveUnder(deps.db, checkpoint, [index], options);
  return isRefusal(proofs) ? proofs : ok(proofs.value[0] as LeafProof);
}

/** The leaves in turn, each with its way to the root of a log of this size, or why it has none: it is missing (EVID-003), or younger than the head (EVID-004). */
async function* walkUp(db: Database, size: number, indexes: readonly LeafIndex[]) {
  const rows = await readLeafSet(db, indexes);
  const read = nodeReader(db);
  for (const index of indexes) {
    const row = rows.get(index);
    if (row === undefined) yield 'EVID-003';
    else if (index >= size) yield 'EVID-004';
    else yield { index, bytes: row.bytes, path: await inclusionPath(index, size, read) };
  }
}

/** Proofs of many leaves under one head. Refuses when a leaf is missing or younger than the head. */
export async function proveUnder(
  db: Database,
  { size, note }: CheckpointRow,
  indexes: readonly LeafIndex[],
  { withRecord = false }: ProofOptions = {},
): Promise<Result<LeafProof[]>> {
  const proofs: LeafProof[] = [];
  for await (const way of walkUp(db, size, indexes)) {
    if (typeof way === 'string') return refuse(way);
    const { index, bytes, path } = way;
    proofs.push({ index, bytes, proof: writeTlogProof({ index: BigInt(index), path, checkpoint: note, ...(withRecord ? { extra: bytes } : {}) }), size });
  }
  return ok(proofs);
}

/**
 * Verifies now that these leaves stand under the root of the newest signed head.
 *
 * @returns false when one is missing or does not lead to the root; null while one is younger than the head
 */
export async function leavesHold(db: Database, indexes: readonly LeafIndex[]): Promise<boolean | null> {
  const checkpoint = await lastCheckpoint(db);
  if (checkpoint === undefined || indexes.length === 0 || indexes.some((index) => index >= checkpoint.size)) return null;
  const { size, root } = checkpoint;
  for await (const way of walkUp(db, size, indexes))
    if (typeof way === 'string' || !verifyInclusion(BigInt(way.index), BigInt(size), leafHash(way.bytes), way.path, root)) return false;
  return true;
}

/** Consistency proof between two sizes that are under heads. */
export const consistencyBetween = (db: Database, size1: number, size2: number): Promise<Hash[]> =>
  consistencyPath(size1, size2, nodeReader(db));
