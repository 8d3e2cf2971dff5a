import type { AccountId, Instant } from '#kernel';
import { sql, withRows, type Database, type Tx } from '#platform/db';
import { isRole, type Role } from '../roles.ts';

export interface TotpRow {
  readonly factorId: string;
  /** Sealed; see `SecretBox`. */
  readonly secret: string;
  readonly confirmedAt: Instant | null;
  readonly lastStep: number;
}

export async function totpOf(db: Database | Tx, accountId: AccountId): Promise<TotpRow | undefined> {
  const { rows } = await withRows(db, 'mingjian.person', accountId, (tx) => sql<TotpRow>`SELECT factor_id AS "factorId", secret, confirmed_at AS "confirmedAt", last_step AS "lastStep"
    FROM access_totp WHERE account_id = ${accountId} AND removed_at IS NULL`.execute(tx));
  return rows[0];
}

export async function insertTotp(tx: Tx, factorId: string, accountId: AccountId, secret: string, at: Instant): Promise<void> {
  await withRows(tx, 'mingjian.person', accountId, () =>
    sql`INSERT INTO access_totp (factor_id, account_id, secret, created_at) VALUES (${factorId}, ${accountId}, ${secret}, ${at})`.execute(tx));
}

/** Notes the step a code was accepted for; a first one confirms the enrolment. */
export async function acceptStep(tx: Tx, accountId: AccountId, factorId: string, step: number, at: Instant): Promise<void> {
  await withRows(tx, 'mingjian.person', accountId, () =>
    sql`UPDATE access_totp SET last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${at}::bigint) WHERE factor_id = ${factorId}`.execute(tx));
}

export async function removeTotp(tx: Tx, accountId: AccountId, by: AccountId, at: Instant): Promise<void> {
  await withRows(tx, 'mingjian.person', accountId, () =>
    sql`UPDATE access_totp SET removed_at = ${at}, removed_by = ${by} WHERE account_id = ${accountId} AND removed_at IS NULL`.execute(tx));
}

/** Puts a new set of recovery codes in the place of the older. */
export async function replaceRecoveryCodes(tx: Tx, accountId: AccountId, hashes: readonly string[], at: Instant): Promise<void> {
  await sql`UPDATE access_recovery_code SET void_at = ${at} WHERE account_id = ${accountId} AND used_at IS NULL AND void_at IS NULL`.execute(tx);
  for (const hash of hashes) await sql`INSERT INTO access_recovery_code (code_hash, account_id, created_at) VALUES (${hash}, ${accountId}, ${at})`.execute(tx);
}

/** True when the code was there and unused; it is used from now on. */
export async function useRecoveryCode(tx: Tx, accountId: AccountId, hash: string, at: Instant): Promise<boolean> {
  const { rows } = await sql`UPDATE access_recovery_code SET used_at = ${at}
    WHERE code_hash = ${hash} AND account_id = ${accountId} AND used_at IS NULL AND void_at IS NULL RETURNING code_hash`.execute(tx);
  return rows.length === 1;
}

export async function recoveryCodesLeft(db: Database | Tx, accountId: AccountId): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM access_recovery_code
    WHERE account_id = ${accountId} AND used_at IS NULL AND void_at IS NULL`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Roles that must have a second factor; undefined where nobody has set a rule. */
export async function factorRule(db: Database | Tx): Promise<readonly Role[] | undefined> {
  const { rows } = await sql<{ roles: string[] }>`SELECT roles FROM access_factor_rule ORDER BY rule_id DESC LIMIT 1`.execute(db);
  return rows[0]?.roles.filter(isRole);
}

export async function insertFactorRule(tx: Tx, ruleId: string, roles: readonly Role[], by: AccountId, at: Instant): Promise<void> {
  await sql`INSERT INTO access_factor_rule (rule_id, roles, at, set_by) VALUES (${ruleId}, ${[...roles]}, ${at}, ${by})`.execute(tx);
}
