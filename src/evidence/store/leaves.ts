import type { Instant } from '#kernel';
import { packBytes, packNumbers, sql, type Database, type Tx } from '#platform/db';
import { leafHash, type Hash } from '../log/index.ts';

export interface LeafRow {
  readonly idx: number;
  readonly knownAt: number;
  readonly bytes: Uint8Array;
  readonly hash: Hash;
}

/**
 * Table expressions that take the next indexes from the state row and write the leaves, for a statement of whoever has rows that name
 * them: `taken (first, known_at)` is one row. The row lock is held to the end of the transaction: no SEQUENCE, hence no gap after a
 * rollback and no index visible before an earlier one. `after` names an expression that must be whole before the lock is taken.
 */
export function appendingLeaves(leaves: readonly Uint8Array[], now: Instant, after?: string) {
  const packed = packBytes(leaves);
  const hashes = packBytes(leaves.map(leafHash));
  const whole = after === undefined ? sql`` : sql`AND (SELECT count(*) FROM ${sql.ref(after)}) > 0`;
  return sql`
    taken AS (
      UPDATE evidence_log
         SET next_index = next_index + ${leaves.length}, known_at = greatest(known_at, ${now})
       WHERE id = 1 ${whole}
      RETURNING next_index - ${leaves.length} AS first, known_at
    ), written AS (
      INSERT INTO evidence_leaf (idx, known_at, bytes, hash)
      SELECT taken.first + cut.n - 1, taken.known_at, substring(packed.leaves FROM cut.start::int FOR cut.length::int),
             substring(packed.hashes FROM cut.hash::int FOR 32)
        FROM taken, (SELECT ${packed.bytes}::bytea AS leaves, ${hashes.bytes}::bytea AS hashes) AS packed,
             unnest(${packNumbers(packed.starts)}, ${packNumbers(packed.lengths)}, ${packNumbers(hashes.starts)}) WITH ORDINALITY AS cut(start, length, hash, n)
    )`;
}

/** Appends the leaves and says the index of the first. */
export async function insertLeaves(tx: Tx, leaves: readonly Uint8Array[], now: Instant): Promise<number> {
  const { rows } = await sql<{ first: number }>`WITH ${appendingLeaves(leaves, now)} SELECT first FROM taken`.execute(tx);
  const first = rows[0]?.first;
  if (first === undefined) throw new Error('the evidence log has no state row');
  return first;
}

/** Size of the tree as committed, the time of its newest leaf, and what the leaf rows themselves reach to: one snapshot. */
export async function logHead(db: Database): Promise<{ size: number; knownAt: number; rowsEnd: number }> {
  const { rows } = await sql<{ size: number; known_at: number; last: number | null }>`
    SELECT next_index AS size, known_at, (SELECT max(idx) FROM evidence_leaf) AS last FROM evidence_log`.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('the evidence log has no state row');
  return { size: row.size, knownAt: row.known_at, rowsEnd: row.last === null ? 0 : row.last + 1 };
}

/** Leaf rows that no sequencer gave an index to. */
export async function leavesBeyondHead(db: Database, limit: number): Promise<number[]> {
  const { rows } = await sql<{ idx: number }>`
    SELECT leaf.idx FROM evidence_leaf AS leaf, evidence_log AS log
     WHERE leaf.idx >= log.next_index ORDER BY leaf.idx LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.idx);
}

/** Rows of leaves [from, to) that exist, by index. */
export async function readLeaves(db: Database, from: number, to: number): Promise<LeafRow[]> {
  const rows = await db
    .selectFrom('evidence_leaf')
    .select(['idx', 'known_at', 'bytes', 'hash'])
    .where('idx', '>=', from)
    .where('idx', '<', to)
    .orderBy('idx')
    .execute();
  return rows.map((row) => ({ idx: row.idx, knownAt: row.known_at, bytes: row.bytes, hash: row.hash }));
}

/** Rows of these leaves that exist, by index. */
export async function readLeafSet(db: Database, indexes: readonly number[]): Promise<Map<number, LeafRow>> {
  if (indexes.length === 0) return new Map();
  const { rows } = await sql<{ idx: number; known_at: number; bytes: Buffer; hash: Buffer }>`
    SELECT idx, known_at, bytes, hash FROM evidence_leaf WHERE idx = ANY(${indexes}::bigint[])`.execute(db);
  return new Map(
    rows.map((row) => [row.idx, { idx: row.idx, knownAt: row.known_at, bytes: row.bytes, hash: row.hash }]),
  );
}

/** The first leaf taken at or after a moment; the size of the log when there is none. Known time never falls, so halving finds it. */
export async function firstLeafAt(db: Database, at: Instant): Promise<number> {
  let [low, high] = [0, (await logHead(db)).size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await db.selectFrom('evidence_leaf').select('known_at').where('idx', '=', middle).executeTakeFirst();
    if (row !== undefined && row.known_at >= at) high = middle;
    else low = middle + 1;
  }
  return low;
}
