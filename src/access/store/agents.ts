import { asId, type AccountId, type CalendarDay, type Instant, type UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import { isAgentAct } from '../agents/agent-acts.ts';
import type { AgentGrant } from '../agents/agent-grant.ts';

interface Row {
  readonly grant_id: string;
  readonly account_id: string;
  readonly unit_id: string;
  readonly company: string;
  readonly outfalls: string[];
  readonly acts: string[];
  readonly from_day: string;
  readonly until_day: string;
  readonly granted_by: string;
  readonly granted_at: number;
  readonly withdrawn_at: number | null;
  readonly withdrawn_by: string | null;
  readonly reason: string | null;
}

const toGrant = (row: Row): AgentGrant => ({
  grantId: row.grant_id, accountId: asId<AccountId>(row.account_id), unitId: asId<UnitId>(row.unit_id), company: row.company,
  outfalls: row.outfalls, acts: row.acts.filter(isAgentAct), from: row.from_day as CalendarDay, until: row.until_day as CalendarDay,
  grantedBy: asId<AccountId>(row.granted_by), grantedAt: row.granted_at as Instant, withdrawnAt: row.withdrawn_at as Instant | null,
  withdrawnBy: row.withdrawn_by === null ? null : asId<AccountId>(row.withdrawn_by), reason: row.reason,
});

const SELECT = sql`SELECT g.*, w.withdrawn_at, w.withdrawn_by, w.reason FROM access_agent_grant g LEFT JOIN access_agent_withdrawal w USING (grant_id)`;

/** All authorisations a person was ever given, oldest first. */
export async function grantsOfAgent(db: Database | Tx, accountId: AccountId): Promise<AgentGrant[]> {
  const { rows } = await sql<Row>`${SELECT} WHERE g.account_id = ${accountId} ORDER BY g.granted_at, g.grant_id`.execute(db);
  return rows.map(toGrant);
}

/** Everybody a unit ever authorised, newest first. */
export async function grantsOfUnit(db: Database | Tx, unitId: UnitId): Promise<AgentGrant[]> {
  const { rows } = await sql<Row>`${SELECT} WHERE g.unit_id = ${unitId} ORDER BY g.granted_at DESC, g.grant_id`.execute(db);
  return rows.map(toGrant);
}

/** One authorisation by its id; undefined where there is none. */
export async function findGrant(tx: Database | Tx, grantId: string): Promise<AgentGrant | undefined> {
  const { rows } = await sql<Row>`${SELECT} WHERE g.grant_id = ${grantId}`.execute(tx);
  return rows[0] === undefined ? undefined : toGrant(rows[0]);
}

export type NewGrant = Omit<AgentGrant, 'withdrawnAt' | 'withdrawnBy' | 'reason'>;

/** Writes the grant; the account holds the agent's role from then on, which opens nothing without a grant in force. */
export async function insertGrant(tx: Tx, g: NewGrant): Promise<void> {
  await sql`INSERT INTO access_agent_grant (grant_id, account_id, unit_id, company, outfalls, acts, from_day, until_day, granted_by, granted_at)
    VALUES (${g.grantId}, ${g.accountId}, ${g.unitId}, ${g.company}, ${[...g.outfalls]}, ${[...g.acts]}, ${g.from}, ${g.until}, ${g.grantedBy}, ${g.grantedAt})`.execute(tx);
  await sql`INSERT INTO access_account_role (account_id, role, granted_at, granted_by)
    SELECT ${g.accountId}, 'unit-agent', ${g.grantedAt}, ${g.grantedBy}
    WHERE NOT EXISTS (SELECT FROM access_account_role WHERE account_id = ${g.accountId} AND role = 'unit-agent' AND revoked_at IS NULL)`.execute(tx);
}

/** False when it had been withdrawn before. */
export async function insertWithdrawal(tx: Tx, grantId: string, by: AccountId, at: Instant, reason: string): Promise<boolean> {
  const result = await sql`INSERT INTO access_agent_withdrawal (grant_id, withdrawn_by, withdrawn_at, reason)
    VALUES (${grantId}, ${by}, ${at}, ${reason}) ON CONFLICT DO NOTHING`.execute(tx);
  return Number(result.numAffectedRows ?? 0) === 1;
}

export async function insertInvitation(tx: Tx, codeHash: string, accountId: AccountId, by: AccountId, at: Instant, expiresAt: number): Promise<void> {
  await sql`INSERT INTO access_invitation (code_hash, account_id, invited_by, created_at, expires_at)
    VALUES (${codeHash}, ${accountId}, ${by}, ${at}, ${expiresAt})`.execute(tx);
}

/** Uses a code up and sets the password; the login of the account, or undefined where the code is unknown, used or too old. */
export async function spendInvitation(tx: Tx, codeHash: string, passwordHash: string, at: Instant): Promise<string | undefined> {
  const { rows } = await sql<{ login: string }>`
    WITH used AS (
      UPDATE access_invitation SET used_at = ${at} WHERE code_hash = ${codeHash} AND used_at IS NULL AND expires_at > ${at} RETURNING account_id
    )
    UPDATE access_account a SET password_hash = ${passwordHash} FROM used
    WHERE a.account_id = used.account_id AND a.disabled_at IS NULL RETURNING a.login`.execute(tx);
  return rows[0]?.login;
}
