import { visibleRows, type Visibility } from '#access';
import type { AccountId, AuthorityId, CaseId, Instant } from '#kernel';
import { behindCursor, EVERY_ROW, inListOrder, pageOf, sql, withRows, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import { publicationOf } from './public-text.ts';
import type { Publication, PublicationAct, PublicationState } from './publication.ts';

const COLUMNS = sql`publication_id AS "publicationId", case_id AS "caseId", case_no AS "caseNo", authority_id AS "authorityId", authority_name AS "authorityName",
  unit_id AS "unitId", unit_name AS "unitName", credit_code AS "creditCode", document_id AS "documentId", document_no AS "documentNo", document_sha AS "documentSha",
  violation, facts, content, outcome, amount, decided_on AS "decidedOn", redactions, state, prepared_by AS "preparedBy", prepared_for AS "preparedFor", published_at AS "publishedAt",
  withdrawn_at AS "withdrawnAt", withdraw_note AS "withdrawNote", text_sha AS "textSha", text_leaf AS "textLeaf", changed_at AS "changedAt"`;

/** A publication by its id or its case, locked where the caller goes on to change it. */
export async function findPublication(db: Database | Tx, key: { publicationId: string } | { caseId: CaseId }, lock = false): Promise<Publication | undefined> {
  const where = 'caseId' in key ? sql`case_id = ${key.caseId}` : sql`publication_id = ${key.publicationId}`;
  const { rows } = await sql<Publication>`SELECT ${COLUMNS} FROM disclosure_publication WHERE ${where} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0];
}

/** Makes the row; false when the case has one already. */
export async function insertPublication(tx: Tx, p: Publication): Promise<boolean> {
  const result = await sql`INSERT INTO disclosure_publication (publication_id, case_id, case_no, authority_id, authority_name, unit_id, unit_name, credit_code,
      document_id, document_no, document_sha, violation, facts, content, outcome, amount, decided_on, redactions, state, prepared_by, changed_at)
    VALUES (${p.publicationId}, ${p.caseId}, ${p.caseNo}, ${p.authorityId}, ${p.authorityName}, ${p.unitId}, ${p.unitName}, ${p.creditCode}, ${p.documentId},
      ${p.documentNo}, ${p.documentSha}, ${p.violation}, ${p.facts}, ${p.content === null ? null : JSON.stringify(p.content)}::jsonb, ${p.outcome}, ${p.amount}, ${p.decidedOn}, ${JSON.stringify(p.redactions)}::jsonb,
      ${p.state}, ${p.preparedBy}, ${p.changedAt}) ON CONFLICT (case_id) DO NOTHING`.execute(tx);
  return result.numAffectedRows === 1n;
}

export async function updatePublication(tx: Tx, p: Publication): Promise<void> {
  await sql`UPDATE disclosure_publication SET facts = ${p.facts}, content = ${p.content === null ? null : JSON.stringify(p.content)}::jsonb, redactions = ${JSON.stringify(p.redactions)}::jsonb, state = ${p.state}, prepared_by = ${p.preparedBy}, prepared_for = ${p.preparedFor},
      published_at = ${p.publishedAt}, withdrawn_at = ${p.withdrawnAt}, withdraw_note = ${p.withdrawNote}, text_sha = ${p.textSha}, text_leaf = ${p.textLeaf}, changed_at = ${p.changedAt}
    WHERE publication_id = ${p.publicationId}`.execute(tx);
}

export async function insertAct(tx: Tx, e: { eventId: string; publicationId: string; at: Instant; act: string; to: PublicationState; actorId: AccountId; note: string }): Promise<void> {
  await sql`INSERT INTO disclosure_event (event_id, publication_id, at, act, to_state, actor_id, note)
    VALUES (${e.eventId}, ${e.publicationId}, ${e.at}, ${e.act}, ${e.to}, ${e.actorId}, ${e.note})`.execute(tx);
}

/** One act on a publication as the ledger keeps it. */
export interface PublicationEvent {
  readonly publicationId: string;
  readonly at: Instant;
  readonly act: 'prepare' | PublicationAct;
  readonly to: PublicationState;
  readonly actorId: AccountId;
  readonly note: string;
}

/** What was done to these publications, the first act first. */
export async function actsOn(db: Database, publicationIds: readonly string[]): Promise<PublicationEvent[]> {
  const { rows } = await sql<PublicationEvent>`SELECT publication_id AS "publicationId", at, act, to_state AS "to", actor_id AS "actorId", note FROM disclosure_event
    WHERE publication_id = ANY(${[...publicationIds]}::text[]) ORDER BY at, event_id`.execute(db);
  return rows;
}

const NEWEST: ListOrder = { table: sql`disclosure_publication p`, keys: [sql`p.published_at`], id: sql`p.publication_id` };

/** Published and withdrawn decisions, newest first. */
export async function publicDecisions(db: Database, words: string, page: PageAsked): Promise<PageOf<Publication>> {
  const like = `%${words.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const { rows } = await sql<Publication>`SELECT ${COLUMNS} FROM disclosure_publication p
    WHERE state IN ('PUBLISHED', 'WITHDRAWN')
      AND ${words === '' ? sql`true` : sql`(unit_name LIKE ${like} OR document_no LIKE ${like} OR violation LIKE ${like})`}
      AND ${behindCursor(NEWEST, page)} ${inListOrder(NEWEST, page)}`.execute(db);
  return pageOf(rows, page, (one) => one.publicationId);
}

/** Whether a decision document, or the text made of it for the public (`textRefOf`), stands on the public page. */
export async function isPublished(db: Database, ref: string): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM disclosure_publication WHERE (document_id = ${ref} OR publication_id = ${publicationOf(ref) ?? null}) AND state = 'PUBLISHED'`.execute(db);
  return rows.length > 0;
}

const WAITING_FIRST: ListOrder = { table: sql`disclosure_publication p`, keys: [sql`(p.state = 'PREPARED')`, sql`p.changed_at`], id: sql`p.publication_id` };

/** Publications of the authorities somebody may see: those waiting for approval, then the others, each last changed first. */
export async function listPublications(db: Database, visibility: Visibility, page: PageAsked & { readonly caseId?: string | undefined }): Promise<PageOf<Publication>> {
  const { caseId } = page;
  const { rows } = await sql<Publication>`SELECT ${COLUMNS} FROM disclosure_publication p
    WHERE ${visibleRows(visibility, { authority: 'p.authority_id' })} ${caseId === undefined ? sql`` : sql`AND p.case_id = ${caseId}`}
      AND ${behindCursor(WAITING_FIRST, page)} ${inListOrder(WAITING_FIRST, page)}`.execute(db);
  return pageOf(rows, page, (one) => one.publicationId);
}

/** 公众举报. Who reported is nowhere but in `contact`, and that only if he gave it (举报人保护). */
export interface PublicReport {
  readonly reportId: string;
  /** Whose enforcement handles it (`receiverOf`). */
  readonly authorityId: AuthorityId | null;
  /** Digest of the query code; the code itself is shown once. */
  readonly codeHash: string;
  readonly text: string;
  readonly place: string;
  readonly contact: string;
  /** Digest of the network address, to bound what one source sends; the address is not kept. */
  readonly sourceHash: string;
  readonly state: 'RECEIVED' | 'HANDLING' | 'ANSWERED';
  readonly answer: string | null;
  readonly answeredBy: AccountId | null;
  readonly at: Instant;
  readonly changedAt: Instant;
}

const REPORT = sql`report_id AS "reportId", authority_id AS "authorityId", code_hash AS "codeHash", text, place, contact, source_hash AS "sourceHash", state, answer,
  answered_by AS "answeredBy", at, changed_at AS "changedAt"`;

export async function insertReport(tx: Tx, r: PublicReport): Promise<void> {
  await withRows(tx, 'mingjian.report', r.codeHash, () => sql`INSERT INTO disclosure_report (report_id, authority_id, code_hash, text, place, contact, source_hash, state, at, changed_at)
    VALUES (${r.reportId}, ${r.authorityId}, ${r.codeHash}, ${r.text}, ${r.place}, ${r.contact}, ${r.sourceHash}, ${r.state}, ${r.at}, ${r.changedAt})`.execute(tx));
}

/** How many reports one source made after a moment. */
export async function reportsSince(tx: Tx, sourceHash: string, since: Instant): Promise<number> {
  const { rows } = await withRows(tx, 'mingjian.report', sourceHash, () =>
    sql<{ n: number }>`SELECT count(*)::int AS n FROM disclosure_report WHERE source_hash = ${sourceHash} AND at > ${since}`.execute(tx));
  return rows[0]?.n ?? 0;
}

export async function findReport(db: Database | Tx, key: { codeHash: string } | { reportId: string }): Promise<PublicReport | undefined> {
  const where = 'codeHash' in key ? sql`code_hash = ${key.codeHash}` : sql`report_id = ${key.reportId}`;
  const { rows } = await withRows(db, 'mingjian.report', 'codeHash' in key ? key.codeHash : key.reportId, (tx) =>
    sql<PublicReport>`SELECT ${REPORT} FROM disclosure_report WHERE ${where}`.execute(tx));
  return rows[0];
}

export async function updateReport(tx: Tx, r: PublicReport): Promise<void> {
  await withRows(tx, 'mingjian.report', r.reportId, () =>
    sql`UPDATE disclosure_report SET state = ${r.state}, answer = ${r.answer}, answered_by = ${r.answeredBy}, changed_at = ${r.changedAt} WHERE report_id = ${r.reportId}`.execute(tx));
}

const OPEN_FIRST: ListOrder = { table: sql`disclosure_report r`, keys: [sql`(r.state <> 'ANSWERED')`, sql`r.at`], id: sql`r.report_id` };

/** Reports to the authorities somebody may see: those to be answered, then the others, each newest first. */
export async function listReports(db: Database, visibility: Visibility, page: PageAsked): Promise<PageOf<PublicReport>> {
  const { rows } = await withRows(db, 'mingjian.report', EVERY_ROW, (tx) =>
    sql<PublicReport>`SELECT ${REPORT} FROM disclosure_report r
      WHERE ${visibleRows(visibility, { authority: 'r.authority_id' })} AND ${behindCursor(OPEN_FIRST, page)} ${inListOrder(OPEN_FIRST, page)}`.execute(tx));
  return pageOf(rows, page, (one) => one.reportId);
}
