import { visibleRows, type Visibility } from '#access';
import type { AccountId, DeliveryId, DocumentId, Instant, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { Talk, TalkAct, TalkState } from '../ladder/talk.ts';
import type { Lapse } from './sheets.ts';

const COLUMNS = sql`t.talk_id AS "talkId", t.unit_id AS "unitId", t.authority_id AS "authorityId", t.region, t.state, t.lapse_ids AS "lapseIds", t.meet_at AS "meetAt",
  t.place, t.notice_id AS "noticeId", t.notice_no AS "noticeNo", t.record_id AS "recordId", t.record_no AS "recordNo", t.created_at AS "createdAt", t.changed_at AS "changedAt"`;

export async function insertTalk(tx: Tx, t: Talk): Promise<void> {
  await sql`INSERT INTO regulatory_talk (talk_id, unit_id, authority_id, region, state, lapse_ids, created_at, changed_at)
    VALUES (${t.talkId}, ${t.unitId}, ${t.authorityId}, ${t.region}, ${t.state}, ${[...t.lapseIds]}, ${t.createdAt}, ${t.changedAt})`.execute(tx);
}

export async function updateTalk(tx: Tx, t: Talk): Promise<void> {
  await sql`UPDATE regulatory_talk SET state = ${t.state}, lapse_ids = ${[...t.lapseIds]}, meet_at = ${t.meetAt}, place = ${t.place}, notice_id = ${t.noticeId},
      notice_no = ${t.noticeNo}, record_id = ${t.recordId}, record_no = ${t.recordNo}, changed_at = ${t.changedAt} WHERE talk_id = ${t.talkId}`.execute(tx);
}

export interface TalkEvent {
  readonly eventId: string;
  readonly talkId: string;
  readonly at: Instant;
  readonly act: TalkAct;
  readonly state: TalkState;
  readonly actorId: AccountId;
  readonly documentId: DocumentId | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function insertTalkEvent(tx: Tx, e: TalkEvent): Promise<void> {
  await sql`INSERT INTO regulatory_talk_event (event_id, talk_id, at, act, state, actor_id, document_id, detail)
    VALUES (${e.eventId}, ${e.talkId}, ${e.at}, ${e.act}, ${e.state}, ${e.actorId}, ${e.documentId}, ${JSON.stringify(e.detail)}::jsonb)`.execute(tx);
}

export async function talkEventsOf(db: Database | Tx, unitId: UnitId): Promise<TalkEvent[]> {
  const { rows } = await sql<TalkEvent>`SELECT e.event_id AS "eventId", e.talk_id AS "talkId", e.at, e.act, e.state, e.actor_id AS "actorId", e.document_id AS "documentId", e.detail
    FROM regulatory_talk_event e JOIN regulatory_talk t USING (talk_id) WHERE t.unit_id = ${unitId} ORDER BY e.at, e.event_id`.execute(db);
  return rows;
}

export async function findTalk(db: Database | Tx, talkId: string, lock = false): Promise<Talk | undefined> {
  const { rows } = await sql<Talk>`SELECT ${COLUMNS} FROM regulatory_talk t WHERE talk_id = ${talkId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0];
}

export async function openTalkOf(tx: Tx, unitId: UnitId): Promise<Talk | undefined> {
  const { rows } = await sql<Talk>`SELECT ${COLUMNS} FROM regulatory_talk t WHERE unit_id = ${unitId} AND state IN ('DUE', 'SUMMONED') FOR UPDATE`.execute(tx);
  return rows[0];
}

/** Was the unit talked to since then, and is no talk due? One that is due takes further failures in. */
export async function talkHeldSince(tx: Tx, unitId: UnitId, since: Instant): Promise<boolean> {
  const { rows } = await sql<{ state: TalkState }>`SELECT DISTINCT state FROM regulatory_talk WHERE unit_id = ${unitId} AND (state IN ('DUE', 'SUMMONED') OR state = 'HELD' AND changed_at >= ${since})`.execute(tx);
  return rows.length > 0 && rows.every(({ state }) => state === 'HELD');
}

const ORDER: ListOrder = { table: sql`regulatory_talk t`, keys: [sql`t.created_at`], id: sql`t.talk_id` };

/** Talks of the actor's authorities or of the unit, newest first. */
export async function listTalks(db: Database, visibility: Visibility, filter: PageAsked & { readonly open?: boolean; readonly unitId?: UnitId | undefined }): Promise<PageOf<Talk>> {
  const { rows } = await sql<Talk>`SELECT ${COLUMNS} FROM regulatory_talk t
    WHERE ${visibleRows(visibility, { unit: 't.unit_id', authority: 't.authority_id' })}
      AND ${filter.open === true ? sql`t.state IN ('DUE', 'SUMMONED')` : sql`true`}
      AND ${filter.unitId === undefined ? sql`true` : sql`t.unit_id = ${filter.unitId}`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.talkId);
}

/** A failure to answer with the letter its rung made, when the rung is a letter. */
export interface LapseEntry extends Lapse {
  readonly documentId: DocumentId | null;
  readonly documentNo: string | null;
}

export async function lapseEntries(db: Database | Tx, unitId: UnitId): Promise<LapseEntry[]> {
  const { rows } = await sql<LapseEntry>`SELECT l.lapse_id AS "lapseId", l.unit_id AS "unitId", l.sheet_id AS "sheetId", l.kind, l.ordinal, l.measure, l.at,
      p.document_id AS "documentId", p.document_no AS "documentNo"
    FROM supervision_lapse l LEFT JOIN supervision_letter p USING (lapse_id) WHERE l.unit_id = ${unitId} ORDER BY l.at, l.lapse_id`.execute(db);
  return rows;
}

export async function insertLetter(tx: Tx, letter: { readonly lapseId: string; readonly documentId: DocumentId; readonly documentNo: string; readonly deliveryId: DeliveryId; readonly at: Instant }): Promise<void> {
  await sql`INSERT INTO supervision_letter (lapse_id, document_id, document_no, delivery_id, at)
    VALUES (${letter.lapseId}, ${letter.documentId}, ${letter.documentNo}, ${letter.deliveryId}, ${letter.at})`.execute(tx);
}
