import { visibleRows, type Visibility } from '#access';
import { asId, type AccountId, type AuthorityId, type ClueId, type DeliveryId, type DocumentId, type Instant, type OutfallId, type RegionKey, type SheetId, type UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import { firstDue, pageByUrgency, partBy, type ListPart, type Pressing, type SeenPressing, type UrgencyPlace } from '#platform/deadlines';
import { readClueEvent, type ClueEvent, type Tier } from '../clue-event.ts';
import type { LapseKind, LapseMeasure } from '../sheet/decide-sheet.ts';
import type { SheetAct, SheetState } from '../sheet/sheet-machine.ts';
import { lockUnit } from './lock.ts';

/** A sheet of electronic supervision (电子督办单) as it stands. */
export interface Sheet {
  readonly sheetId: SheetId;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly outfall: OutfallId;
  readonly tier: Tier;
  readonly state: SheetState;
  readonly provisional: boolean;
  readonly sentenceZh: string;
  readonly sentenceEn: string;
  readonly factors: readonly string[];
  readonly periodFrom: Instant;
  readonly periodTo: Instant | null;
  readonly rule: string;
  readonly round: number;
  readonly documentId: DocumentId | null;
  readonly documentNo: string | null;
  readonly deliveryId: DeliveryId | null;
  /** When the notice of this round was sent, and when it arrived; the region says from which its clock runs. */
  readonly sentAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly feedbackDue: Instant | null;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
}

const COLUMNS = sql`s.sheet_id AS "sheetId", s.unit_id AS "unitId", s.authority_id AS "authorityId", s.region, s.outfall, s.tier, s.state,
  s.provisional, s.sentence_zh AS "sentenceZh", s.sentence_en AS "sentenceEn", s.factors, s.period_from AS "periodFrom",
  s.period_to AS "periodTo", s.rule, s.round, s.document_id AS "documentId", s.document_no AS "documentNo", s.delivery_id AS "deliveryId",
  s.sent_at AS "sentAt", s.delivered_at AS "deliveredAt", s.confirmed_at AS "confirmedAt", s.feedback_due AS "feedbackDue", s.created_at AS "createdAt",
  s.changed_at AS "changedAt"`;

/** A sheet by its id; undefined where there is none. */
export async function findSheet(db: Database | Tx, sheetId: SheetId): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`SELECT ${COLUMNS} FROM supervision_sheet s WHERE sheet_id = ${sheetId}`.execute(db);
  return rows[0];
}

/** The same for an act that follows: under its unit's lock. */
export async function takeSheet(tx: Tx, sheetId: SheetId): Promise<Sheet | undefined> {
  const { rows } = await sql<{ unit_id: UnitId }>`SELECT unit_id FROM supervision_sheet WHERE sheet_id = ${sheetId}`.execute(tx);
  if (rows[0] === undefined) return undefined;
  await lockUnit(tx, rows[0].unit_id);
  return findSheet(tx, sheetId);
}

/** The sheet a clue was joined to; undefined where there is none. */
export async function sheetOfClue(tx: Database | Tx, clueId: ClueId): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`SELECT ${COLUMNS} FROM supervision_sheet s JOIN supervision_sheet_clue c USING (sheet_id)
    WHERE c.clue_id = ${clueId}`.execute(tx);
  return rows[0];
}

/** A notice as it went out: the paper, and the clue whose words it told. */
export interface SentNotice {
  readonly at: Instant;
  readonly documentId: DocumentId;
  readonly clueId: ClueId;
}

/** The notices about an outfall that went out to its unit within a time, both ends excluded, oldest first; each round of a sheet is one. From the ledger: a sheet grows on. */
export async function noticesSent(db: Database | Tx, outfall: OutfallId, { from, to }: { readonly from: Instant; readonly to: Instant }): Promise<SentNotice[]> {
  const { rows } = await sql<SentNotice>`SELECT sent.at, sent.document_id AS "documentId", issued.detail->>'clueId' AS "clueId"
    FROM (SELECT DISTINCT ON (e.document_id) e.sheet_id, e.event_id, e.at, e.document_id
        FROM supervision_event e JOIN supervision_sheet s USING (sheet_id)
        WHERE s.outfall = ${outfall} AND e.act IN ('send', 'arrive', 'join') AND e.document_id IS NOT NULL ORDER BY e.document_id, e.at, e.event_id) sent
    CROSS JOIN LATERAL (SELECT i.detail FROM supervision_event i WHERE i.sheet_id = sent.sheet_id AND i.act IN ('remind', 'warn', 'order')
        AND (i.at, i.event_id) < (sent.at, sent.event_id) ORDER BY i.at DESC, i.event_id DESC LIMIT 1) issued
    WHERE sent.at > ${from} AND sent.at < ${to} ORDER BY sent.at, sent.event_id`.execute(db);
  return rows;
}

/** The sheet of each of these clues that lies in one. */
export async function sheetsOfClues(db: Database, clueIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ clue_id: string; sheet_id: string }>`SELECT clue_id, sheet_id FROM supervision_sheet_clue WHERE clue_id = ANY(${[...clueIds]}::text[])`.execute(db);
  return new Map(rows.map((row) => [row.clue_id, row.sheet_id]));
}

/** Clues with the end of the clock of their sheet, as a table `(subject_id, due_at)`: under supervision a clue has no clock of its own. */
export const firstDueOfClues = (pressing: SeenPressing) =>
  sql`(SELECT c.clue_id AS subject_id, d.due_at FROM ${firstDue('sheet', pressing)} d JOIN supervision_sheet_clue c ON c.sheet_id = d.subject_id)`;

/** A sheet of the outfall that still runs: a new clue of the same outfall joins it instead of becoming another notice. */
export async function runningSheet(tx: Tx, outfall: OutfallId, states: readonly SheetState[]): Promise<Sheet | undefined> {
  const { rows } = await sql<Sheet>`SELECT ${COLUMNS} FROM supervision_sheet s
    WHERE outfall = ${outfall} AND state = ANY(${[...states]}) ORDER BY created_at DESC LIMIT 1`.execute(tx);
  return rows[0];
}

/** Open sheets of a unit whose present round has gone out and was not announced through the channels. */
export async function unannounced(tx: Tx, unitId: UnitId): Promise<Sheet[]> {
  const { rows } = await sql<Sheet>`SELECT ${COLUMNS} FROM supervision_sheet s
    WHERE unit_id = ${unitId} AND sent_at IS NOT NULL AND announced_round < round ORDER BY sent_at, sheet_id`.execute(tx);
  return rows;
}

/** How many sheets stand in each state, of those the actor may see. */
export async function countByState(db: Database, visibility: Visibility): Promise<Record<string, number>> {
  const { rows } = await sql<{ state: string; n: number }>`SELECT state, count(*)::int AS n FROM supervision_sheet s
    WHERE ${visibleRows(visibility, { unit: 's.unit_id', authority: 's.authority_id' })} GROUP BY state`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

export async function markAnnounced(tx: Tx, sheetIds: readonly SheetId[]): Promise<void> {
  await sql`UPDATE supervision_sheet SET announced_round = round WHERE sheet_id = ANY(${[...sheetIds]})`.execute(tx);
}

export async function insertSheet(tx: Tx, s: Sheet): Promise<void> {
  await sql`INSERT INTO supervision_sheet (sheet_id, unit_id, authority_id, region, outfall, tier, state, provisional, sentence_zh,
      sentence_en, factors, period_from, period_to, rule, round, created_at, changed_at)
    VALUES (${s.sheetId}, ${s.unitId}, ${s.authorityId}, ${s.region}, ${s.outfall}, ${s.tier}, ${s.state}, ${s.provisional},
      ${s.sentenceZh}, ${s.sentenceEn}, ${[...s.factors]}, ${s.periodFrom}, ${s.periodTo}, ${s.rule}, ${s.round}, ${s.createdAt}, ${s.changedAt})`.execute(tx);
}

/** Writes the projection as it now is. The ledger row of the act is written beside it by the use case. */
export async function updateSheet(tx: Tx, s: Sheet): Promise<void> {
  await sql`UPDATE supervision_sheet SET tier = ${s.tier}, state = ${s.state}, provisional = ${s.provisional}, sentence_zh = ${s.sentenceZh},
      sentence_en = ${s.sentenceEn}, factors = ${[...s.factors]}, period_from = ${s.periodFrom}, period_to = ${s.periodTo}, rule = ${s.rule},
      round = ${s.round}, document_id = ${s.documentId}, document_no = ${s.documentNo}, delivery_id = ${s.deliveryId},
      sent_at = ${s.sentAt}, delivered_at = ${s.deliveredAt}, confirmed_at = ${s.confirmedAt}, feedback_due = ${s.feedbackDue}, changed_at = ${s.changedAt}
    WHERE sheet_id = ${s.sheetId}`.execute(tx);
}

/** Whether the clue was new to every sheet: it lies in the first one it joined. */
export async function joinClue(tx: Tx, clueId: ClueId, sheetId: SheetId, at: Instant): Promise<boolean> {
  const { numAffectedRows } = await sql`INSERT INTO supervision_sheet_clue (clue_id, sheet_id, joined_at) VALUES (${clueId}, ${sheetId}, ${at}) ON CONFLICT DO NOTHING`.execute(tx);
  return numAffectedRows === 1n;
}

/** The clues joined in a sheet. */
export async function cluesOfSheet(db: Database | Tx, sheetId: SheetId): Promise<ClueId[]> {
  const { rows } = await sql<{ clue_id: string }>`SELECT clue_id FROM supervision_sheet_clue WHERE sheet_id = ${sheetId} ORDER BY joined_at, clue_id`.execute(db);
  return rows.map((row) => asId<ClueId>(row.clue_id));
}

/** Clues that joined a sheet after a moment, each as it was told last; those of which an older ledger kept only the name are left out. */
export async function joinedSince(db: Database | Tx, sheetId: SheetId, since: Instant): Promise<ClueEvent[]> {
  const { rows } = await sql<{ event: unknown }>`SELECT DISTINCT ON (c.clue_id) e.detail->'event' AS event
    FROM supervision_sheet_clue c JOIN supervision_event e ON e.sheet_id = c.sheet_id AND e.detail->>'clueId' = c.clue_id
    WHERE c.sheet_id = ${sheetId} AND c.joined_at > ${since} AND e.act IN ('join', 'grow') AND e.detail->'event' IS NOT NULL
    ORDER BY c.clue_id, e.at DESC, e.event_id DESC`.execute(db);
  return rows.map(({ event }) => readClueEvent(event));
}

/** A clue leaves the sheet it joined, to be told of by one of its own. */
export async function leaveSheet(tx: Tx, clueId: ClueId): Promise<void> {
  await sql`DELETE FROM supervision_sheet_clue WHERE clue_id = ${clueId}`.execute(tx);
}

/** One step of a sheet; rows are only ever added. */
export interface SheetEvent {
  readonly eventId: string;
  readonly sheetId: SheetId;
  readonly at: Instant;
  readonly act: SheetAct | 'join' | 'grow' | 'confirm';
  readonly from: SheetState | null;
  readonly to: SheetState;
  readonly actorId: AccountId;
  readonly duty: string | null;
  readonly basis: string | null;
  readonly documentId: DocumentId | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export async function insertEvent(tx: Tx, e: SheetEvent): Promise<void> {
  await sql`INSERT INTO supervision_event (event_id, sheet_id, at, act, from_state, to_state, actor_id, duty, basis, document_id, detail)
    VALUES (${e.eventId}, ${e.sheetId}, ${e.at}, ${e.act}, ${e.from}, ${e.to}, ${e.actorId}, ${e.duty}, ${e.basis}, ${e.documentId},
      ${JSON.stringify(e.detail)}::jsonb)`.execute(tx);
}

/** The steps of a sheet, oldest first. */
export async function eventsOf(db: Database | Tx, sheetId: SheetId): Promise<SheetEvent[]> {
  const { rows } = await sql<SheetEvent>`SELECT event_id AS "eventId", sheet_id AS "sheetId", at, act, from_state AS "from", to_state AS "to",
      actor_id AS "actorId", duty, basis, document_id AS "documentId", detail
    FROM supervision_event WHERE sheet_id = ${sheetId} ORDER BY at, event_id`.execute(db);
  return rows;
}

export interface Material {
  readonly name: string;
  readonly sha256: string;
}

/** A unit's answer as stored, with its round and whether it came late. */
export interface StoredFeedback {
  readonly feedbackId: string;
  readonly sheetId: SheetId;
  readonly round: number;
  readonly at: Instant;
  readonly accountId: AccountId;
  readonly cause: string;
  readonly explanation: string;
  readonly measures: string;
  readonly materials: readonly Material[];
  readonly marks: readonly string[];
  readonly late: boolean;
}

export async function insertFeedback(tx: Tx, f: StoredFeedback): Promise<void> {
  await sql`INSERT INTO supervision_feedback (feedback_id, sheet_id, round, at, account_id, cause, explanation, measures, materials, marks, late)
    VALUES (${f.feedbackId}, ${f.sheetId}, ${f.round}, ${f.at}, ${f.accountId}, ${f.cause}, ${f.explanation}, ${f.measures},
      ${JSON.stringify(f.materials)}::jsonb, ${[...f.marks]}, ${f.late})`.execute(tx);
}

/** The answers to a sheet, oldest first. */
export async function feedbackOf(db: Database | Tx, sheetId: SheetId): Promise<StoredFeedback[]> {
  const { rows } = await sql<StoredFeedback>`SELECT feedback_id AS "feedbackId", sheet_id AS "sheetId", round, at, account_id AS "accountId",
      cause, explanation, measures, materials, marks, late FROM supervision_feedback WHERE sheet_id = ${sheetId} ORDER BY at`.execute(db);
  return rows;
}

/** Late, poor and false answers of a unit since a moment, on whatever sheet. */
export async function lapsesOfUnit(tx: Database | Tx, unitId: UnitId, since: Instant): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM supervision_lapse WHERE unit_id = ${unitId} AND at >= ${since}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface Lapse {
  readonly lapseId: string;
  readonly unitId: UnitId;
  readonly sheetId: SheetId;
  readonly kind: LapseKind;
  readonly ordinal: number;
  readonly measure: LapseMeasure;
  readonly at: Instant;
}

const LAPSE = sql`lapse_id AS "lapseId", unit_id AS "unitId", sheet_id AS "sheetId", kind, ordinal, measure, at`;

export async function lapsesOfSheet(db: Database | Tx, sheetId: SheetId): Promise<Lapse[]> {
  const { rows } = await sql<Lapse>`SELECT ${LAPSE} FROM supervision_lapse WHERE sheet_id = ${sheetId} ORDER BY at`.execute(db);
  return rows;
}

/** The rung each sheet's latest failure reached, for many sheets at once. */
export async function rungsOf(db: Database, sheetIds: readonly SheetId[]): Promise<ReadonlyMap<string, LapseMeasure>> {
  const { rows } = await sql<{ sheet_id: string; measure: LapseMeasure }>`SELECT DISTINCT ON (sheet_id) sheet_id, measure FROM supervision_lapse
    WHERE sheet_id = ANY(${[...sheetIds]}) ORDER BY sheet_id, at DESC, ordinal DESC`.execute(db);
  return new Map(rows.map((row) => [row.sheet_id, row.measure]));
}

export async function insertLapse(tx: Tx, l: Lapse): Promise<void> {
  await sql`INSERT INTO supervision_lapse (lapse_id, unit_id, sheet_id, kind, ordinal, measure, at)
    VALUES (${l.lapseId}, ${l.unitId}, ${l.sheetId}, ${l.kind}, ${l.ordinal}, ${l.measure}, ${l.at})`.execute(tx);
}

export interface SheetFilter {
  readonly state?: SheetState | undefined;
  readonly openOnly?: boolean | undefined;
  readonly openStates: readonly SheetState[];
  readonly unitId?: UnitId | undefined;
  /** The last id of the page before, newest first; or, by urgency, where it ended. */
  readonly before?: string | undefined;
  readonly urgent?: { readonly pressing: Pressing; readonly after: UrgencyPlace | undefined } | undefined;
  readonly limit: number;
}

/** Newest first or by urgency; `due` is the end of the clock that presses most where the list is by urgency. */
export async function listSheets(db: Database, visibility: Visibility, filter: SheetFilter): Promise<(Sheet & { readonly due: number | null })[]> {
  const { urgent, limit } = filter;
  const ask = async ({ due, join, where, order }: ListPart, most: number) => (await sql<Sheet & { due: number | null }>`SELECT ${COLUMNS}, ${due} AS due FROM supervision_sheet s ${join}
    WHERE ${visibleRows(visibility, { unit: 's.unit_id', authority: 's.authority_id', outfall: 's.outfall' })}
      AND ${filter.state === undefined ? sql`true` : sql`s.state = ${filter.state}`}
      AND ${filter.openOnly === true ? sql`s.state = ANY(${[...filter.openStates]})` : sql`true`}
      AND ${filter.unitId === undefined ? sql`true` : sql`s.unit_id = ${filter.unitId}`}
      AND ${where}
    ORDER BY ${order} LIMIT ${most}`.execute(db)).rows;
  const newest = (before: string | undefined) => partBy(before === undefined ? sql`true` : sql`s.sheet_id < ${before}`, sql`s.sheet_id DESC`);
  if (urgent === undefined) return ask(newest(filter.before), limit);
  const clocks = firstDue('sheet', { ...urgent.pressing, visible: visibleRows(visibility, { unit: 'unit_id', authority: 'authority_id' }) });
  return pageByUrgency({ clocks, after: urgent.after, limit }, { id: sql`s.sheet_id`, newest: (after) => newest(after?.id), ask });
}
