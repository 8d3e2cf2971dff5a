import type { UnitId } from '#kernel';
import { sql, type Tx } from '#platform/db';

/**
 * The one lock of what ④ decides about a unit: its sheets, what was held back, its failures to answer. Whoever writes
 * takes it before he reads what he decides on, and no row lock beside it: two acts on one unit wait for each other and
 * never in a circle. Held until the transaction ends (docs/decisions/0009).
 */
export async function lockUnit(tx: Tx, unitId: UnitId): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`supervision ${unitId}`}, 0))`.execute(tx);
}
