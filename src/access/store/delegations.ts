import { type AccountId, type CalendarDay, type Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Delegation } from '../delegation/decide-delegation.ts';

const COLUMNS = sql`delegation_id AS "delegationId", from_account AS "from", to_account AS "to", roles, first_day AS "firstDay", last_day AS "lastDay", reason,
  made_at AS "madeAt", made_by AS "madeBy", withdrawn_at AS "withdrawnAt"`;

export async function findDelegation(db: Database | Tx, delegationId: string): Promise<Delegation | undefined> {
  const { rows } = await sql<Delegation>`SELECT ${COLUMNS} FROM access_delegation WHERE delegation_id = ${delegationId}`.execute(db);
  return rows[0];
}

/** Delegations given or received by a person, or all there are; newest first, the last two hundred. */
export async function listDelegations(db: Database, person?: AccountId): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`SELECT ${COLUMNS} FROM access_delegation
    WHERE ${person === undefined ? sql`true` : sql`(from_account = ${person} OR to_account = ${person})`} ORDER BY delegation_id DESC LIMIT 200`.execute(db);
  return rows;
}

/** Delegations to these people in force on a day. */
export async function delegationsTo(db: Database | Tx, people: readonly AccountId[], day: CalendarDay): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`SELECT ${COLUMNS} FROM access_delegation
    WHERE to_account = ANY(${[...people]}) AND withdrawn_at IS NULL AND first_day <= ${day}::date AND last_day >= ${day}::date ORDER BY delegation_id`.execute(db);
  return rows;
}

export async function insertDelegation(tx: Tx, d: Delegation): Promise<void> {
  await sql`INSERT INTO access_delegation (delegation_id, from_account, to_account, roles, first_day, last_day, reason, made_at, made_by)
    VALUES (${d.delegationId}, ${d.from}, ${d.to}, ${[...d.roles]}, ${d.firstDay}, ${d.lastDay}, ${d.reason}, ${d.madeAt}, ${d.madeBy})`.execute(tx);
}

/** False when it was withdrawn before. */
export async function endDelegation(tx: Tx, delegationId: string, by: AccountId, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`UPDATE access_delegation SET withdrawn_at = ${at}, withdrawn_by = ${by}
    WHERE delegation_id = ${delegationId} AND withdrawn_at IS NULL`.execute(tx);
  return numAffectedRows === 1n;
}
