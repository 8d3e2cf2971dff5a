import type { Instant } from '#kernel';
import { sql, type Tx } from '#platform/db';
import { leafHash } from './log/index.ts';

/**
 * Takes the next `n` indexes from the state row and writes the leaves, in one statement (R15). The row lock is held to
 * the end of the transaction: no SEQUENCE, hence no gap after a rollback and no index visible before an earlier one.
 */
export async function insertLeaves(tx: Tx, leaves: readonly Uint8Array[], now: Instant): Promise<number> {
  const hashes = leaves.map(leafHash);
  const { rows } = await sql<{ first: number }>`
    WITH taken AS (
      UPDATE evidence_log
         SET next_index = next_index + ${leaves.length}, known_at = greatest(known_at, ${now})
       WHERE id = 1
      RETURNING next_index - ${leaves.length} AS first, known_at
    ), written AS (
      INSERT INTO evidence_leaf (idx, known_at, bytes, hash)
      SELECT taken.first + new.n - 1, taken.known_at, new.bytes, new.hash
        FROM taken, unnest(${leaves}::bytea[], ${hashes}::bytea[]) WITH ORDINALITY AS new(bytes, hash, n)
    )
    SELECT first FROM taken`.execute(tx);
  const first = rows[0]?.first;
  if (first === undefined) throw new Error('the evidence log has no state row');
  return first;
}
