import { visibleRows, type Visibility } from '#access';
import type { AuthorityId, ClueId, DocumentId, Instant, OutfallId, RegionKey, SheetId, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { ClueEvent, Tier } from '../clue-event.ts';
import type { HoldReason, Trigger } from '../notice/decide-notice.ts';
import { lockUnit } from './lock.ts';

export type HeldState = 'HELD' | 'SENT' | 'JOINED' | 'CLEARED' | 'PANEL' | 'REPORTED' | 'SUPERSEDED';

/** A clue the unit was not told of, why, and how that ended. */
export interface Held {
  readonly heldId: string;
  readonly clueId: ClueId;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly outfall: OutfallId;
  readonly tier: Tier;
  readonly trigger: Trigger;
  readonly reason: HoldReason;
  /** Instrument and article of the parameter that holds it. */
  readonly basis: string;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly event: ClueEvent;
  readonly heldAt: Instant;
  readonly until: Instant | null;
  readonly state: HeldState;
  readonly endedAt: Instant | null;
  readonly endedBy: string | null;
  readonly sheetId: SheetId | null;
  readonly documentId: DocumentId | null;
}

const COLUMNS = sql`h.held_id AS "heldId", h.clue_id AS "clueId", h.unit_id AS "unitId", h.authority_id AS "authorityId", h.region, h.outfall, h.tier,
  h.trigger, h.reason, h.basis, h.sentence_zh AS "sentenceZh", h.sentence_en AS "sentenceEn", h.event, h.held_at AS "heldAt", h.until, h.state,
  h.ended_at AS "endedAt", h.ended_by AS "endedBy", h.sheet_id AS "sheetId", h.document_id AS "documentId"`;

export async function insertHeld(tx: Tx, h: Held): Promise<void> {
  await sql`INSERT INTO supervision_held (held_id, clue_id, unit_id, authority_id, region, outfall, tier, trigger, reason, basis, sentence_zh, sentence_en,
      event, held_at, until)
    VALUES (${h.heldId}, ${h.clueId}, ${h.unitId}, ${h.authorityId}, ${h.region}, ${h.outfall}, ${h.tier}, ${h.trigger}, ${h.reason}, ${h.basis},
      ${h.sentenceZh}, ${h.sentenceEn}, ${JSON.stringify(h.event)}::jsonb, ${h.heldAt}, ${h.until})`.execute(tx);
}

/** The clue held for the same reason knows more now. */
export async function updateHeld(tx: Tx, heldId: string, event: ClueEvent): Promise<void> {
  await sql`UPDATE supervision_held SET event = ${JSON.stringify(event)}::jsonb, sentence_zh = ${event.sentence.zh}, sentence_en = ${event.sentence.en}
    WHERE held_id = ${heldId}`.execute(tx);
}

export async function endHeld(
  tx: Tx, heldId: string, end: { readonly state: HeldState; readonly at: Instant; readonly by: string; readonly sheetId?: SheetId | undefined; readonly documentId?: DocumentId | undefined },
): Promise<void> {
  await sql`UPDATE supervision_held SET state = ${end.state}, ended_at = ${end.at}, ended_by = ${end.by}, sheet_id = ${end.sheetId ?? null},
      document_id = ${end.documentId ?? null} WHERE held_id = ${heldId} AND state = 'HELD'`.execute(tx);
}

export async function findHeld(db: Database | Tx, heldId: string): Promise<Held | undefined> {
  const { rows } = await sql<Held>`SELECT ${COLUMNS} FROM supervision_held h WHERE held_id = ${heldId}`.execute(db);
  return rows[0];
}

/** The same for an act that follows: under its unit's lock. */
export async function takeHeld(tx: Tx, heldId: string): Promise<Held | undefined> {
  const { rows } = await sql<{ unit_id: UnitId }>`SELECT unit_id FROM supervision_held WHERE held_id = ${heldId}`.execute(tx);
  if (rows[0] === undefined) return undefined;
  await lockUnit(tx, rows[0].unit_id);
  return findHeld(tx, heldId);
}

export async function heldOfClue(tx: Database | Tx, clueId: ClueId): Promise<Held | undefined> {
  const { rows } = await sql<Held>`SELECT ${COLUMNS} FROM supervision_held h WHERE clue_id = ${clueId} AND state = 'HELD'`.execute(tx);
  return rows[0];
}

/** What was held before it became this sheet, oldest first. */
export async function heldOfSheet(db: Database, sheetId: SheetId): Promise<Held[]> {
  const { rows } = await sql<Held>`SELECT ${COLUMNS} FROM supervision_held h
    WHERE sheet_id = ${sheetId} OR (state = 'SUPERSEDED' AND clue_id IN (SELECT clue_id FROM supervision_sheet_clue WHERE sheet_id = ${sheetId}))
    ORDER BY held_at, held_id`.execute(db);
  return rows;
}

/** Which of these sheets went out later than their finding, and why. A reminder that was held and grew into a warning did not hold the warning. */
export async function reasonsHeld(db: Database, sheetIds: readonly SheetId[]): Promise<{ readonly sheetId: SheetId; readonly reason: HoldReason }[]> {
  const { rows } = await sql<{ sheetId: SheetId; reason: HoldReason }>`SELECT DISTINCT h.sheet_id AS "sheetId", h.reason FROM supervision_held h JOIN supervision_sheet s USING (sheet_id)
    WHERE h.sheet_id = ANY(${[...sheetIds]}) AND h.tier = s.tier`.execute(db);
  return rows;
}

/** Rows whose time has come, oldest first. */
export async function dueHeld(db: Database, now: Instant, limit: number): Promise<string[]> {
  const { rows } = await sql<{ held_id: string }>`SELECT held_id FROM supervision_held
    WHERE state = 'HELD' AND until <= ${now} ORDER BY until, held_at, held_id LIMIT ${limit}`.execute(db);
  return rows.map((row) => row.held_id);
}

const ORDER: ListOrder = { table: sql`supervision_held h`, keys: [sql`h.held_at`], id: sql`h.held_id` };

/** What was held back, newest first. */
export async function listHeld(db: Database, visibility: Visibility, filter: PageAsked & { readonly open?: boolean; readonly unitId?: UnitId | undefined }): Promise<PageOf<Held>> {
  const { rows } = await sql<Held>`SELECT ${COLUMNS} FROM supervision_held h
    WHERE ${visibleRows(visibility, { unit: 'h.unit_id', authority: 'h.authority_id' })}
      AND ${filter.open === true ? sql`h.state = 'HELD'` : sql`true`}
      AND ${filter.unitId === undefined ? sql`true` : sql`h.unit_id = ${filter.unitId}`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.heldId);
}

export interface SentSoFar {
  readonly sentToday: number;
  readonly lastReminderAt: Instant | null;
}

/** Notices of a unit since the start of the day, and its last reminder. */
export async function sentSoFar(tx: Tx, unitId: UnitId, dayStart: Instant): Promise<SentSoFar> {
  const { rows } = await sql<SentSoFar>`SELECT
      count(*) FILTER (WHERE e.at >= ${dayStart})::int AS "sentToday",
      max(e.at) FILTER (WHERE e.act = 'remind') AS "lastReminderAt"
    FROM supervision_event e JOIN supervision_sheet s USING (sheet_id)
    WHERE s.unit_id = ${unitId} AND e.act IN ('remind', 'warn', 'order')`.execute(tx);
  return rows[0] ?? { sentToday: 0, lastReminderAt: null };
}
