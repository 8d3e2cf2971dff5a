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

/** Proofs of many leaves under one head. Refuses when a leaf is missing or younger than the head. */
export async function proveUnder(
  db: Database,
  checkpoint: CheckpointRow,
  indexes: readonly LeafIndex[],
  { withRecord = false }: ProofOptions = {},
): Promise<Result<LeafProof[]>> {
  const rows = await readLeafSet(db, indexes);
  const read = nodeReader(db);
  const proofs: LeafProof[] = [];
  for (const index of indexes) {
    const row = rows.get(index);
    if (row === undefined) return refuse('EVID-003');
    if (index >= checkpoint.size) return refuse('EVID-004');
    const path = await inclusionPath(index, checkpoint.size, read);
    const proof = writeTlogProof({ index: BigInt(index), path, checkpoint: checkpoint.note, ...(withRecord ? { extra: row.bytes } : {}) });
    proofs.push({ index, bytes: row.bytes, proof, size: checkpoint.size });
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
  const rows = await readLeafSet(db, indexes);
  const read = nodeReader(db);
  for (const index of indexes) {
    const row = rows.get(index);
    if (row === undefined) return false;
    const path = await inclusionPath(index, checkpoint.size, read);
    if (!verifyInclusion(BigInt(index), BigInt(checkpoint.size), leafHash(row.bytes), path, checkpoint.root)) return false;
  }
  return true;
}

/** Consistency proof between two sizes that are under heads. */
export const consistencyBetween = (db: Database, size1: number, size2: number): Promise<Hash[]> =>
  consistencyPath(size1, size2, nodeReader(db));
