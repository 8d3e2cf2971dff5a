import { asId, type AccountId, type Instant } from '#kernel';
import { EVERY_ROW, sql, withRows, type Database, type Tx } from '#platform/db';

export interface Passkey {
  readonly passkeyId: string;
  readonly accountId: AccountId;
  /** As its bearer calls it, e.g. 办公室 U 盾. */
  readonly name: string;
  readonly rpId: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
}

const COLUMNS = sql`passkey_id AS "passkeyId", account_id AS "accountId", name, rp_id AS "rpId", credential_id AS "credentialId", public_key AS "publicKey",
  counter, transports, created_at AS "createdAt", used_at AS "usedAt"`;

/** Passkeys an account holds now, oldest first. */
export async function passkeysOf(db: Database | Tx, accountId: AccountId): Promise<Passkey[]> {
  const { rows } = await sql<Passkey>`SELECT ${COLUMNS} FROM access_passkey WHERE account_id = ${accountId} AND removed_at IS NULL ORDER BY passkey_id`.execute(db);
  return rows;
}

/** False when some account has, or had, the same key. */
export async function insertPasskey(tx: Tx, key: Omit<Passkey, 'usedAt'>): Promise<boolean> {
  const { numAffectedRows } = await sql`INSERT INTO access_passkey (passkey_id, account_id, name, rp_id, credential_id, public_key, counter, transports, created_at)
    VALUES (${key.passkeyId}, ${key.accountId}, ${key.name}, ${key.rpId}, ${key.credentialId}, ${key.publicKey}, ${key.counter}, ${[...key.transports]}, ${key.createdAt})
    ON CONFLICT (credential_id) DO NOTHING`.execute(tx);
  return numAffectedRows === 1n;
}

export async function notePasskeyUse(tx: Tx, passkeyId: string, counter: number, at: Instant): Promise<void> {
  await sql`UPDATE access_passkey SET counter = ${counter}, used_at = ${at} WHERE passkey_id = ${passkeyId}`.execute(tx);
}

/** Ends one passkey of an account, or all of them; returns how many ended. */
export async function endPasskeys(tx: Tx, accountId: AccountId, by: AccountId, at: Instant, passkeyId?: string): Promise<number> {
  const { numAffectedRows } = await sql`UPDATE access_passkey SET removed_at = ${at}, removed_by = ${by}
    WHERE account_id = ${accountId} AND removed_at IS NULL AND ${passkeyId === undefined ? sql`true` : sql`passkey_id = ${passkeyId}`}`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export type ChallengePurpose = 'register' | 'use';

export async function insertChallenge(db: Database | Tx, challenge: string, accountId: AccountId, purpose: ChallengePurpose, at: Instant): Promise<void> {
  await sql`INSERT INTO access_passkey_challenge (challenge, account_id, purpose, created_at) VALUES (${challenge}, ${accountId}, ${purpose}, ${at})`.execute(db);
}

/** True when the challenge was given to this person for this purpose after `since` and is unanswered; it is spent from now on. */
export async function spendChallenge(tx: Tx, challenge: string, accountId: AccountId, purpose: ChallengePurpose, since: Instant, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`UPDATE access_passkey_challenge SET spent_at = ${at}
    WHERE challenge = ${challenge} AND account_id = ${accountId} AND purpose = ${purpose} AND created_at > ${since} AND spent_at IS NULL`.execute(tx);
  return numAffectedRows === 1n;
}

/** Which account a factor was taken off, by whom and why. */
export async function insertFactorReset(tx: Tx, resetId: string, accountId: AccountId, by: AccountId, reason: string, at: Instant): Promise<void> {
  await sql`INSERT INTO access_factor_reset_log (reset_id, account_id, at, reset_by, reason) VALUES (${resetId}, ${accountId}, ${at}, ${by}, ${reason})`.execute(tx);
}

export interface FactorHolder {
  readonly accountId: AccountId;
  readonly totp: boolean;
  readonly passkeys: number;
}

/** Who holds which factors now; people without any are not listed. */
export async function factorHolders(db: Database): Promise<FactorHolder[]> {
  const { rows } = await withRows(db, 'mingjian.person', EVERY_ROW, (tx) => sql<{ accountId: string; totp: boolean; passkeys: number }>`SELECT account_id AS "accountId", bool_or(totp) AS totp, count(*) FILTER (WHERE NOT totp)::int AS passkeys FROM (
      SELECT account_id, true AS totp FROM access_totp WHERE removed_at IS NULL AND confirmed_at IS NOT NULL
      UNION ALL SELECT account_id, false FROM access_passkey WHERE removed_at IS NULL) held
    GROUP BY account_id ORDER BY account_id`.execute(tx));
  return rows.map((row) => ({ ...row, accountId: asId<AccountId>(row.accountId) }));
}
