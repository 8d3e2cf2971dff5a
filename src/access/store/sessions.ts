import { asId, type AccountId, type Instant } from '#kernel';
import { EVERY_ROW, sql, withRows, type Database, type Tx } from '#platform/db';
import type { Role } from '../roles.ts';
import type { Attempts, SessionTimes, Stage } from '../session.ts';

export interface Session extends SessionTimes {
  readonly accountId: AccountId;
  /** Under which its bearer acts for another. */
  readonly delegationId: string | undefined;
}

export async function insertSession(tx: Tx, tokenHash: string, accountId: AccountId, source: string, at: Instant, stage: Stage, delegationId?: string): Promise<void> {
  await withRows(tx, 'mingjian.session', tokenHash, () => sql`INSERT INTO access_session (token_hash, account_id, created_at, seen_at, source, stage, delegation_id)
    VALUES (${tokenHash}, ${accountId}, ${at}, ${at}, ${source}, ${stage}, ${delegationId ?? null})`.execute(tx));
}

export async function findSession(db: Database, tokenHash: string): Promise<Session | undefined> {
  const { rows } = await withRows(db, 'mingjian.session', tokenHash, (tx) =>
    sql<{ account_id: string; created_at: number; seen_at: number; ended_at: number | null; stage: Stage; delegation_id: string | null }>`
    SELECT account_id, created_at, seen_at, ended_at, stage, delegation_id FROM access_session WHERE token_hash = ${tokenHash}`.execute(tx));
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    accountId: asId<AccountId>(row.account_id),
    stage: row.stage,
    delegationId: row.delegation_id ?? undefined,
    createdAt: row.created_at as Instant,
    seenAt: row.seen_at as Instant,
    endedAt: row.ended_at as Instant | null,
  };
}

export async function touchSession(db: Database, tokenHash: string, at: Instant): Promise<void> {
  await withRows(db, 'mingjian.session', tokenHash, (tx) =>
    sql`UPDATE access_session SET seen_at = greatest(seen_at, ${at}::bigint) WHERE token_hash = ${tokenHash} AND ended_at IS NULL`.execute(tx));
}

export type EndReason = 'signed-out' | 'newer-sign-in' | 'disabled' | 'expired' | 'stepped-up' | 'unlinked' | 'factor-demanded' | 'password-reset' | 'password-changed' | 'ended-by-keeper';

export async function endSession(db: Database | Tx, tokenHash: string, why: EndReason, at: Instant): Promise<void> {
  await withRows(db, 'mingjian.session', tokenHash, (tx) =>
    sql`UPDATE access_session SET ended_at = ${at}, ended_why = ${why} WHERE token_hash = ${tokenHash} AND ended_at IS NULL`.execute(tx));
}

/** Ends every open session of a person but the one named; how many those were. */
export async function endSessionsOf(tx: Tx, accountId: AccountId, why: EndReason, at: Instant, but = ''): Promise<number> {
  const { numAffectedRows } = await withRows(tx, 'mingjian.person', accountId, () =>
    sql`UPDATE access_session SET ended_at = ${at}, ended_why = ${why} WHERE account_id = ${accountId} AND ended_at IS NULL AND token_hash <> ${but}`.execute(tx));
  return Number(numAffectedRows ?? 0n);
}

/** How many full sessions stand open, by account; those without any are not named. */
export async function openSessions(db: Database, usedSince: Instant, openedSince: Instant): Promise<Map<AccountId, number>> {
  const { rows } = await withRows(db, 'mingjian.person', EVERY_ROW, (tx) => sql<{ account_id: string; open: number }>`SELECT account_id, count(*)::int AS open FROM access_session
    WHERE ended_at IS NULL AND stage = 'full' AND seen_at > ${usedSince} AND created_at > ${openedSince} GROUP BY account_id`.execute(tx));
  return new Map(rows.map((row) => [asId<AccountId>(row.account_id), row.open]));
}

/** Ends the sessions in which one of these roles is exercised, own or handed over, by somebody without a second factor. */
export async function endSessionsWithoutFactor(tx: Tx, roles: readonly Role[], at: Instant): Promise<void> {
  await withRows(tx, 'mingjian.person', EVERY_ROW, () => sql`UPDATE access_session s SET ended_at = ${at}, ended_why = ${'factor-demanded' satisfies EndReason} WHERE ended_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM access_totp t WHERE t.account_id = s.account_id AND t.confirmed_at IS NOT NULL AND t.removed_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM access_passkey k WHERE k.account_id = s.account_id AND k.removed_at IS NULL)
    AND (EXISTS (SELECT 1 FROM access_account_role r WHERE r.account_id = s.account_id AND r.revoked_at IS NULL AND r.role = ANY(${[...roles]}))
      OR EXISTS (SELECT 1 FROM access_delegation d WHERE d.delegation_id = s.delegation_id AND d.roles && ${[...roles]}::text[]))`.execute(tx));
}

export async function attemptsOf(db: Database | Tx, key: string): Promise<Attempts | undefined> {
  const { rows } = await sql<{ failures: number; first_at: number; locked_until: number | null }>`
    SELECT failures, first_at, locked_until FROM access_attempt WHERE key = ${key}`.execute(db);
  const row = rows[0];
  if (row === undefined) return undefined;
  return { failures: row.failures, firstAt: row.first_at as Instant, lockedUntil: row.locked_until as Instant | null };
}

export async function keepAttempts(tx: Tx, key: string, attempts: Attempts): Promise<void> {
  await sql`INSERT INTO access_attempt (key, failures, first_at, locked_until)
    VALUES (${key}, ${attempts.failures}, ${attempts.firstAt}, ${attempts.lockedUntil})
    ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, first_at = excluded.first_at, locked_until = excluded.locked_until`.execute(tx);
}

/** Serialises tries on one key, so that many at once cannot share one count. */
export async function lockKey(tx: Tx, key: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 212))`.execute(tx);
}

export interface AuditRow {
  readonly auditId: string;
  readonly at: Instant;
  readonly accountId: AccountId;
  readonly action: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly source: string;
  /** The account the person acted for. */
  readonly behalf: AccountId | null;
}

export async function insertAudit(db: Database, row: AuditRow): Promise<void> {
  await sql`INSERT INTO access_audit (audit_id, at, account_id, action, method, path, status, source, behalf)
    VALUES (${row.auditId}, ${row.at}, ${row.accountId}, ${row.action}, ${row.method}, ${row.path}, ${row.status}, ${row.source}, ${row.behalf})`.execute(db);
}

/** The trail, newest first; `before` is the audit id to page on from. */
export async function readAudit(db: Database, limit: number, before: string | undefined): Promise<AuditRow[]> {
  const { rows } = await sql<AuditRow>`SELECT audit_id AS "auditId", at, account_id AS "accountId", action, method, path, status, source, behalf
    FROM access_audit WHERE ${before === undefined ? sql`true` : sql`audit_id < ${before}`} ORDER BY audit_id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
