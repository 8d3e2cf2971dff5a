import { asId, type AccountId, type Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Asked, Identity } from '../identity/identity-service.ts';

/** A request sent to the service, without its state, which is kept as a digest only. */
export async function insertTry(db: Database, stateHash: string, browserHash: string, asked: Asked, at: Instant): Promise<void> {
  await sql`INSERT INTO access_identity_try (state_hash, browser_hash, nonce, verifier, back, created_at)
    VALUES (${stateHash}, ${browserHash}, ${asked.nonce}, ${asked.verifier}, ${asked.back}, ${at})`.execute(db);
}

/** The request this browser began after `since`, once; undefined when there is none or it was answered. */
export async function spendTry(db: Database, stateHash: string, browserHash: string, since: Instant, at: Instant): Promise<Omit<Asked, 'state'> | undefined> {
  const { rows } = await sql<Omit<Asked, 'state'>>`UPDATE access_identity_try SET spent_at = ${at}
    WHERE state_hash = ${stateHash} AND browser_hash = ${browserHash} AND created_at > ${since} AND spent_at IS NULL RETURNING nonce, verifier, back`.execute(db);
  return rows[0];
}

export async function noteIdentity(db: Database, { issuer, subject, label }: Identity, at: Instant): Promise<void> {
  await sql`INSERT INTO access_identity (issuer, subject, label, first_seen, last_seen) VALUES (${issuer}, ${subject}, ${label}, ${at}, ${at})
    ON CONFLICT (issuer, subject) DO UPDATE SET label = excluded.label, last_seen = excluded.last_seen`.execute(db);
}

export async function linkedAccount(db: Database, issuer: string, subject: string): Promise<AccountId | undefined> {
  const { rows } = await sql<{ id: string }>`SELECT account_id AS id FROM access_identity_link WHERE issuer = ${issuer} AND subject = ${subject} AND removed_at IS NULL`.execute(db);
  return rows[0] === undefined ? undefined : asId<AccountId>(rows[0].id);
}

export interface SeenIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly label: string;
  readonly lastSeen: Instant;
  readonly linkId: string | null;
  readonly accountId: AccountId | null;
  readonly accountName: string | null;
}

/** Identities seen, those without an account first, then the newest. */
export async function listIdentities(db: Database): Promise<SeenIdentity[]> {
  const { rows } = await sql<SeenIdentity>`SELECT i.issuer, i.subject, i.label, i.last_seen AS "lastSeen", l.link_id AS "linkId", l.account_id AS "accountId", a.name AS "accountName"
    FROM access_identity i LEFT JOIN access_identity_link l ON l.issuer = i.issuer AND l.subject = i.subject AND l.removed_at IS NULL LEFT JOIN access_account a ON a.account_id = l.account_id
    ORDER BY l.link_id IS NOT NULL, i.last_seen DESC LIMIT 500`.execute(db);
  return rows;
}

/** `missing` when the identity was never seen, `linked` when it opens an account already. */
export async function insertLink(tx: Tx, linkId: string, identity: Pick<Identity, 'issuer' | 'subject'>, accountId: AccountId, by: AccountId, at: Instant): Promise<'done' | 'missing' | 'linked'> {
  const { rows } = await sql`SELECT FROM access_identity WHERE issuer = ${identity.issuer} AND subject = ${identity.subject}`.execute(tx);
  if (rows.length === 0) return 'missing';
  const { numAffectedRows } = await sql`INSERT INTO access_identity_link (link_id, issuer, subject, account_id, linked_at, linked_by)
    VALUES (${linkId}, ${identity.issuer}, ${identity.subject}, ${accountId}, ${at}, ${by}) ON CONFLICT DO NOTHING`.execute(tx);
  return numAffectedRows === 1n ? 'done' : 'linked';
}

/** The account that was linked; undefined when the link is unknown or was removed before. */
export async function endLink(tx: Tx, linkId: string, by: AccountId, at: Instant): Promise<AccountId | undefined> {
  const { rows } = await sql<{ id: string }>`UPDATE access_identity_link SET removed_at = ${at}, removed_by = ${by} WHERE link_id = ${linkId} AND removed_at IS NULL RETURNING account_id AS id`.execute(tx);
  return rows[0] === undefined ? undefined : asId<AccountId>(rows[0].id);
}
