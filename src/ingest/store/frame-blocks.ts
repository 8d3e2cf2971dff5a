import { HOUR } from '#kernel';
import { type Database, sql, type Tx } from '#platform/db';

/** A sealed file of frames. */
export interface FrameBlock {
  /** Leaves of the first and the last frame; every frame between them is in the file. */
  readonly first: number;
  readonly last: number;
  readonly frames: number;
  readonly knownFrom: number;
  readonly knownTo: number;
  /** Size of the file. */
  readonly bytes: number;
  readonly sha256: string;
  /** Leaf that fixes range and digest. */
  readonly leaf: number;
  readonly sealedAt: number;
}

const COLUMNS = sql`first_seq AS first, last_seq AS last, frames, known_from AS "knownFrom", known_to AS "knownTo", bytes, sha256, leaf, sealed_at AS "sealedAt"`;

const SEALER_LOCK = 212_14;

/** One sealer of frames at a time, in whichever process; held to the end of the transaction. */
export async function lockFrameSealer(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${SEALER_LOCK})`.execute(tx);
}

export interface Unsealed {
  readonly first: number;
  readonly last: number;
  readonly knownFrom: number;
  readonly knownTo: number;
}

/**
 * The batches that come next: all of one hour of known time, or the first of them up to `frames`. Undefined where that
 * hour has not passed at `passed` (known time, which never goes back) or not all of it lies under the head of size `covered`.
 */
export async function nextUnsealed(tx: Tx, frames: number, passed: number, covered: number): Promise<Unsealed | undefined> {
  const { rows } = await sql<{ first: number | null } & Omit<Unsealed, 'first'>>`
    SELECT min(first_leaf) AS first, max(first_leaf + size - 1) AS last, min(known_at) AS "knownFrom", max(known_at) AS "knownTo"
      FROM (SELECT *, sum(size) OVER (ORDER BY first_leaf) AS total, min(known_at) OVER () AS begun
              FROM (SELECT first_leaf, size, known_at FROM frame_batch WHERE first_leaf > coalesce((SELECT max(last_seq) FROM frame_block), -1)
                     ORDER BY first_leaf LIMIT ${frames}) AS ahead) AS next
     WHERE (total <= ${frames} OR total = size) AND known_at < (begun / ${HOUR} + 1) * ${HOUR} AND (begun / ${HOUR} + 1) * ${HOUR} <= ${passed}`.execute(tx);
  const next = rows[0];
  return next === undefined || next.first === null || next.last >= covered ? undefined : { ...next, first: next.first };
}

export async function insertBlock(tx: Tx, block: FrameBlock): Promise<void> {
  const { first, last, knownFrom, knownTo, leaf, sealedAt, ...same } = block;
  await tx
    .insertInto('frame_block')
    .values({ first_seq: first, last_seq: last, known_from: knownFrom, known_to: knownTo, leaf, sealed_at: sealedAt, ...same })
    .execute();
}

/** All blocks, oldest first. */
export async function allBlocks(db: Database): Promise<FrameBlock[]> {
  const { rows } = await sql<FrameBlock>`SELECT ${COLUMNS} FROM frame_block ORDER BY first_seq`.execute(db);
  return rows;
}

/** Blocks fixed by leaves [from, to). */
export async function blocksFixedIn(db: Database, from: number, to: number): Promise<FrameBlock[]> {
  const { rows } = await sql<FrameBlock>`SELECT ${COLUMNS} FROM frame_block WHERE leaf >= ${from} AND leaf < ${to} ORDER BY leaf`.execute(db);
  return rows;
}
