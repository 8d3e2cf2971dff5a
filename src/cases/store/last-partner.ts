import type { AccountId } from '#kernel';
import { sql, type Database } from '#platform/db';

/** The second officer this officer named last, in any case; undefined when he has named none. */
export async function lastPartner(db: Database, officer: AccountId): Promise<AccountId | undefined> {
  const { rows } = await sql<{ partner: AccountId | null }>`SELECT event -> 'derived' -> 'assistant' ->> 'accountId' AS partner
    FROM case_event WHERE actor_id = ${officer} AND kind IN ('PROPOSE_FILING', 'ASSIGN_OFFICERS')
    ORDER BY at DESC LIMIT 1`.execute(db);
  return rows[0]?.partner ?? undefined;
}
