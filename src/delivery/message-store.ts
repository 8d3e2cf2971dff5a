import type { AuthorityId, Instant, UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { ChannelKey } from './channels.ts';

/** Whom an announcement is for. */
export type Audience = 'UNIT' | 'STAFF';
/** Where an announcement stands; RECORDED is the built-in adapter's answer, which sends nothing outside. */
export type MessageState = 'QUEUED' | 'SENT' | 'RECORDED' | 'FAILED' | 'HELD';

/** An announcement by a channel, with its attempts. */
export interface Message {
  readonly messageId: string;
  readonly subjectKind: string;
  readonly subjectIds: readonly string[];
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly audience: Audience;
  readonly channel: ChannelKey;
  readonly recipient: string;
  readonly address: string;
  readonly body: string;
  readonly createdAt: Instant;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly receipt: string | null;
  readonly attempts: number;
  readonly settledAt: Instant | null;
}

const COLUMNS = sql`message_id AS "messageId", subject_kind AS "subjectKind", subject_ids AS "subjectIds", unit_id AS "unitId", authority_id AS "authorityId",
  audience, channel, recipient, address, body, created_at AS "createdAt", state, reason, receipt, attempts, settled_at AS "settledAt"`;

export async function insertMessage(tx: Tx, m: Message): Promise<void> {
  await sql`INSERT INTO delivery_message (message_id, subject_kind, subject_ids, unit_id, authority_id, audience, channel, recipient, address, body, created_at, state, reason)
    VALUES (${m.messageId}, ${m.subjectKind}, ${[...m.subjectIds]}, ${m.unitId}, ${m.authorityId}, ${m.audience}, ${m.channel}, ${m.recipient}, ${m.address},
      ${m.body}, ${m.createdAt}, ${m.state}, ${m.reason})`.execute(tx);
}

export async function findMessage(tx: Tx, messageId: string): Promise<Message | undefined> {
  const { rows } = await sql<Message>`SELECT ${COLUMNS} FROM delivery_message WHERE message_id = ${messageId} FOR NO KEY UPDATE`.execute(tx);
  return rows[0];
}

export async function settleMessage(tx: Tx, messageId: string, to: Pick<Message, 'state' | 'reason' | 'receipt'> & { readonly at: Instant; readonly attempts: number }): Promise<void> {
  await sql`UPDATE delivery_message SET state = ${to.state}, reason = ${to.reason}, receipt = ${to.receipt}, attempts = ${to.attempts}, settled_at = ${to.at}
    WHERE message_id = ${messageId}`.execute(tx);
}

export async function insertAttempt(db: Database | Tx, a: { readonly messageId: string; readonly attempt: number; readonly at: Instant; readonly ok: boolean; readonly detail: string }): Promise<void> {
  await sql`INSERT INTO delivery_message_attempt (message_id, attempt, at, ok, detail) VALUES (${a.messageId}, ${a.attempt}, ${a.at}, ${a.ok}, ${a.detail})
    ON CONFLICT DO NOTHING`.execute(db);
}

export async function attemptsOf(db: Database | Tx, messageId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM delivery_message_attempt WHERE message_id = ${messageId}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Messages that reached out to a unit through one channel since a moment; held ones did not. */
export async function pushedSince(tx: Tx, unitId: UnitId, channel: ChannelKey, since: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM delivery_message
    WHERE unit_id = ${unitId} AND audience = 'UNIT' AND channel = ${channel} AND created_at >= ${since} AND state <> 'HELD'`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Messages about a sheet, a talk, a warning; oldest first. */
export async function messagesOf(db: Database | Tx, subjectId: string): Promise<Message[]> {
  const { rows } = await sql<Message>`SELECT ${COLUMNS} FROM delivery_message WHERE subject_ids @> ARRAY[${subjectId}]::text[] ORDER BY created_at, message_id`.execute(db);
  return rows;
}

/** What reached for the unit through which channel, for many subjects at once. */
export async function unitChannelsOf(db: Database, subjectIds: readonly string[]): Promise<{ readonly subjectId: string; readonly channel: ChannelKey; readonly state: MessageState }[]> {
  const { rows } = await sql<{ subjectId: string; channel: ChannelKey; state: MessageState }>`SELECT DISTINCT ON (s.id, m.channel) s.id AS "subjectId", m.channel, m.state
    FROM delivery_message m CROSS JOIN unnest(m.subject_ids) AS s(id)
    WHERE m.subject_ids && ${[...subjectIds]}::text[] AND s.id = ANY(${[...subjectIds]}) AND m.audience = 'UNIT' ORDER BY s.id, m.channel, m.created_at DESC`.execute(db);
  return rows;
}
