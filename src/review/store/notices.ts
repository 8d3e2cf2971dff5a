import { visibleRows, type Visibility } from '#access';
import type { AccountId, CalendarDay, ClueId, DeliveryId, DocumentId, Instant, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';

/** The notice of the suspicion to the unit (江苏办法 第十三条). */
export interface Notice {
  readonly clueId: ClueId;
  readonly unitId: UnitId;
  readonly state: 'DUE' | 'DEFERRED' | 'SENT' | 'CONFIRMED';
  readonly documentId: DocumentId | null;
  readonly documentNo: string | null;
  readonly deliveryId: DeliveryId | null;
  readonly sentAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly deferReason: string | null;
  readonly deferUntil: CalendarDay | null;
  /** Day the unit was asked to state by; a statement after it is heard all the same. */
  readonly stateUntil: CalendarDay | null;
  readonly changedAt: Instant;
}

const COLUMNS = sql`n.clue_id AS "clueId", n.unit_id AS "unitId", n.state, n.document_id AS "documentId", n.document_no AS "documentNo",
  n.delivery_id AS "deliveryId", n.sent_at AS "sentAt", n.arrived_at AS "arrivedAt", n.confirmed_at AS "confirmedAt",
  n.defer_reason AS "deferReason", n.defer_until AS "deferUntil", n.state_until AS "stateUntil", n.changed_at AS "changedAt"`;

/** The notice of a clue, locked where asked; undefined where there is none. */
export async function findNotice(db: Database | Tx, clueId: ClueId, lock = false): Promise<Notice | undefined> {
  const { rows } = await sql<Notice>`SELECT ${COLUMNS} FROM review_notice n WHERE clue_id = ${clueId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0];
}

/** Writes the notice as it now is, making the row when it is the first time. */
export async function keepNotice(tx: Tx, n: Notice): Promise<void> {
  await sql`INSERT INTO review_notice (clue_id, unit_id, state, document_id, document_no, delivery_id, sent_at, arrived_at, confirmed_at,
      defer_reason, defer_until, state_until, changed_at)
    VALUES (${n.clueId}, ${n.unitId}, ${n.state}, ${n.documentId}, ${n.documentNo}, ${n.deliveryId}, ${n.sentAt}, ${n.arrivedAt}, ${n.confirmedAt},
      ${n.deferReason}, ${n.deferUntil}, ${n.stateUntil}, ${n.changedAt})
    ON CONFLICT (clue_id) DO UPDATE SET state = excluded.state, document_id = excluded.document_id, document_no = excluded.document_no,
      delivery_id = excluded.delivery_id, sent_at = excluded.sent_at, arrived_at = excluded.arrived_at, confirmed_at = excluded.confirmed_at,
      defer_reason = excluded.defer_reason, defer_until = excluded.defer_until, state_until = excluded.state_until, changed_at = excluded.changed_at`.execute(tx);
}

/** The newest first. */
const ORDER: ListOrder = { table: sql`review_notice n`, keys: [sql`n.sent_at`], id: sql`n.clue_id` };

/** Notices that were sent, page by page, each with the facts it tells; what is due or deferred is not yet the unit's to see. */
export async function noticesOf(db: Database, visibility: Visibility, page: PageAsked): Promise<PageOf<Notice & { readonly factsZh: string; readonly factsEn: string }>> {
  const { rows } = await sql<Notice & { factsZh: string; factsEn: string }>`SELECT ${COLUMNS}, coalesce(r.facts_zh, c.sentence_zh) AS "factsZh", coalesce(r.facts_en, c.sentence_en) AS "factsEn"
    FROM review_notice n JOIN review_clue c ON c.clue_id = n.clue_id LEFT JOIN review r ON r.review_id = c.review_id
    WHERE n.state IN ('SENT', 'CONFIRMED') AND ${visibleRows(visibility, { unit: 'n.unit_id' })}
      AND ${behindCursor(ORDER, page)} ${inListOrder(ORDER, page)}`.execute(db);
  return pageOf(rows, page, (row) => row.clueId);
}

/** What the unit said after the notice: a question, a statement or a defence. */
export interface Statement {
  readonly statementId: string;
  readonly clueId: ClueId;
  readonly accountId: AccountId;
  readonly kind: 'QUERY' | 'STATEMENT' | 'DEFENCE';
  readonly text: string;
  readonly materials: readonly { readonly name: string; readonly sha256: string }[];
  readonly at: Instant;
}

export async function insertStatement(tx: Tx, s: Statement): Promise<void> {
  await sql`INSERT INTO review_statement (statement_id, clue_id, account_id, kind, text, materials, at)
    VALUES (${s.statementId}, ${s.clueId}, ${s.accountId}, ${s.kind}, ${s.text}, ${JSON.stringify(s.materials)}::jsonb, ${s.at})`.execute(tx);
}

/** What the unit said about a clue, oldest first. */
export async function statementsOf(db: Database | Tx, clueId: ClueId): Promise<Statement[]> {
  const { rows } = await sql<Statement>`SELECT statement_id AS "statementId", clue_id AS "clueId", account_id AS "accountId", kind, text, materials, at
    FROM review_statement WHERE clue_id = ${clueId} ORDER BY at`.execute(db);
  return rows;
}

export interface Gap {
  readonly gapId: string;
  readonly clueId: ClueId;
  readonly kind: 'NOT_SENT_TO_REVIEW' | 'NOT_HANDED_OVER' | 'NOT_INVESTIGATED' | 'NOT_NOTIFIED' | 'NOT_REVIEWED';
  readonly deadlineId: string;
  readonly holder: string;
  readonly onDuty: readonly string[];
  readonly dueAt: Instant;
  readonly foundAt: Instant;
}

export async function insertGap(tx: Tx, g: Gap): Promise<void> {
  await sql`INSERT INTO review_gap (gap_id, clue_id, kind, deadline_id, holder, on_duty, due_at, found_at)
    VALUES (${g.gapId}, ${g.clueId}, ${g.kind}, ${g.deadlineId}, ${g.holder}, ${[...g.onDuty]}, ${g.dueAt}, ${g.foundAt}) ON CONFLICT DO NOTHING`.execute(tx);
}

const NEWEST_GAP: ListOrder = { table: sql`review_gap g`, keys: [sql`g.found_at`], id: sql`g.gap_id` };

/** Omissions in the chain of review (应移未移、应查未查 and their like), the one found last first. */
export async function gapsOf(db: Database, visibility: Visibility, page: PageAsked): Promise<PageOf<Gap>> {
  const { rows } = await sql<Gap>`SELECT g.gap_id AS "gapId", g.clue_id AS "clueId", g.kind, g.deadline_id AS "deadlineId", g.holder,
      g.on_duty AS "onDuty", g.due_at AS "dueAt", g.found_at AS "foundAt"
    FROM review_gap g JOIN review_clue c USING (clue_id)
    WHERE ${visibleRows(visibility, { authority: 'c.authority_id' })} AND ${behindCursor(NEWEST_GAP, page)} ${inListOrder(NEWEST_GAP, page)}`.execute(db);
  return pageOf(rows, page, (gap) => gap.gapId);
}

export async function insertNote(tx: Tx, noteId: string, clueId: ClueId, accountId: AccountId, text: string, at: Instant): Promise<void> {
  await sql`INSERT INTO review_note (note_id, clue_id, account_id, text, at) VALUES (${noteId}, ${clueId}, ${accountId}, ${text}, ${at})`.execute(tx);
}

export interface ThreadNote {
  readonly noteId: string;
  readonly accountId: AccountId;
  readonly text: string;
  readonly at: Instant;
}

export async function notesOf(db: Database, clueId: ClueId): Promise<ThreadNote[]> {
  const { rows } = await sql<ThreadNote>`SELECT note_id AS "noteId", account_id AS "accountId", text, at FROM review_note WHERE clue_id = ${clueId} ORDER BY at`.execute(db);
  return rows;
}
