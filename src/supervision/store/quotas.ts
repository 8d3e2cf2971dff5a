import { visibleRows, type Visibility } from '#access';
import type { AccountId, AuthorityId, CalendarDay, ClueId, DocumentId, Instant, OutfallId, UnitId } from '#kernel';
import { behindCursor, inListOrder, pageOf, sql, type Database, type ListOrder, type PageAsked, type PageOf, type Tx } from '#platform/db';
import type { QuotaState, QuotaWarning, Told } from '../quantity/quota.ts';

const COLUMNS = sql`q.quota_id AS "quotaId", q.unit_id AS "unitId", q.authority_id AS "authorityId", q.region, q.outfall, q.factor, q.period,
  q.period_start AS "periodStart", q.period_end AS "periodEnd", q.ratio, q.cap_kg AS "capKg", q.used_kg AS "usedKg", q.share, q.projected_kg AS "projectedKg",
  q.state, q.clue_id AS "clueId", q.document_id AS "documentId", q.document_no AS "documentNo", q.delivery_id AS "deliveryId", q.as_of AS "asOf",
  q.confirmed_by AS "confirmedBy", q.confirmed_at AS "confirmedAt", q.note, q.report_id AS "reportId", q.created_at AS "createdAt"`;

/** Ratios of an amount told in one period. */
export async function ratiosTold(tx: Tx, of: Pick<QuotaWarning, 'outfall' | 'factor' | 'period' | 'periodStart'>): Promise<Told[]> {
  const { rows } = await sql<Told>`SELECT ratio, created_at AS "createdAt" FROM quota_warning
    WHERE outfall = ${of.outfall} AND factor = ${of.factor} AND period = ${of.period} AND period_start = ${of.periodStart}`.execute(tx);
  return rows;
}

/** The clue that spoke of this amount in its period, at whichever ratio. */
export async function clueTold(tx: Tx, of: Pick<QuotaWarning, 'outfall' | 'factor' | 'period' | 'periodStart'>): Promise<ClueId | null> {
  const { rows } = await sql<{ clueId: ClueId }>`SELECT clue_id AS "clueId" FROM quota_warning
    WHERE outfall = ${of.outfall} AND factor = ${of.factor} AND period = ${of.period} AND period_start = ${of.periodStart} AND clue_id IS NOT NULL
    ORDER BY created_at DESC LIMIT 1`.execute(tx);
  return rows[0]?.clueId ?? null;
}

/** The clue of a row of which the model never spoke higher: the one that told of it first. */
export async function settleClue(tx: Tx, quota: QuotaWarning): Promise<ClueId | null> {
  if (quota.clueId !== null) return quota.clueId;
  const clueId = await clueTold(tx, quota);
  if (clueId !== null) await sql`UPDATE quota_warning SET clue_id = ${clueId} WHERE quota_id = ${quota.quotaId}`.execute(tx);
  return clueId;
}

/** Gives the clue to the rows of its amount that were found before it, in periods that had begun and not ended long before `now`; to over-quantities only a clue `ofOver`. */
export async function attachClue(tx: Tx, of: Pick<QuotaWarning, 'outfall' | 'factor'>, clueId: ClueId, ofOver: boolean, periodsEndingAfter: Instant): Promise<QuotaWarning[]> {
  const { rows } = await sql<QuotaWarning>`UPDATE quota_warning q SET clue_id = ${clueId}
    WHERE outfall = ${of.outfall} AND factor = ${of.factor} AND clue_id IS NULL AND (${ofOver} OR ratio::numeric < 1) AND period_end > ${periodsEndingAfter} RETURNING ${COLUMNS}`.execute(tx);
  return rows;
}

export async function insertQuota(tx: Tx, q: QuotaWarning): Promise<void> {
  await sql`INSERT INTO quota_warning (quota_id, unit_id, authority_id, region, outfall, factor, period, period_start, period_end, ratio, cap_kg, used_kg, share,
      projected_kg, state, clue_id, document_id, document_no, delivery_id, as_of, created_at)
    VALUES (${q.quotaId}, ${q.unitId}, ${q.authorityId}, ${q.region}, ${q.outfall}, ${q.factor}, ${q.period}, ${q.periodStart}, ${q.periodEnd}, ${q.ratio},
      ${q.capKg}, ${q.usedKg}, ${q.share}, ${q.projectedKg}, ${q.state}, ${q.clueId}, ${q.documentId}, ${q.documentNo}, ${q.deliveryId}, ${q.asOf}, ${q.createdAt})`.execute(tx);
}

export async function findQuota(db: Database | Tx, quotaId: string, lock = false): Promise<QuotaWarning | undefined> {
  const { rows } = await sql<QuotaWarning>`SELECT ${COLUMNS} FROM quota_warning q WHERE quota_id = ${quotaId} ${lock ? sql`FOR UPDATE` : sql``}`.execute(db);
  return rows[0];
}

export async function settleQuota(tx: Tx, quotaId: string, to: { readonly state: QuotaState; readonly by: AccountId; readonly at: Instant; readonly note: string }): Promise<void> {
  await sql`UPDATE quota_warning SET state = ${to.state}, confirmed_by = ${to.by}, confirmed_at = ${to.at}, note = ${to.note} WHERE quota_id = ${quotaId}`.execute(tx);
}

const ORDER: ListOrder = { table: sql`quota_warning q`, keys: [sql`q.created_at`], id: sql`q.quota_id` };

/** Warnings of permitted amounts, newest first. */
export async function listQuotas(db: Database, visibility: Visibility, filter: PageAsked & { readonly open?: boolean; readonly unitId?: UnitId | undefined }): Promise<PageOf<QuotaWarning>> {
  const { rows } = await sql<QuotaWarning>`SELECT ${COLUMNS} FROM quota_warning q
    WHERE ${visibleRows(visibility, { unit: 'q.unit_id', authority: 'q.authority_id' })}
      AND ${filter.open === true ? sql`q.state IN ('TO_CONFIRM', 'CONFIRMED')` : sql`true`}
      AND ${filter.unitId === undefined ? sql`true` : sql`q.unit_id = ${filter.unitId}`}
      AND ${behindCursor(ORDER, filter)} ${inListOrder(ORDER, filter)}`.execute(db);
  return pageOf(rows, filter, (row) => row.quotaId);
}

/** Confirmed in a span of time, not yet reported, below the given authorities. */
export async function confirmedBetween(tx: Tx, authorities: readonly AuthorityId[], from: Instant, to: Instant): Promise<QuotaWarning[]> {
  const { rows } = await sql<QuotaWarning>`SELECT ${COLUMNS} FROM quota_warning q
    WHERE state = 'CONFIRMED' AND confirmed_at >= ${from} AND confirmed_at < ${to} AND authority_id = ANY(${[...authorities]})
    ORDER BY unit_id, outfall, factor FOR UPDATE`.execute(tx);
  return rows;
}

export interface QuotaReport {
  readonly reportId: string;
  readonly authorityId: AuthorityId;
  readonly month: string;
  readonly documentId: DocumentId;
  readonly documentNo: string;
  /** Null for reports made before it was kept. */
  readonly sha256: string | null;
  readonly reportedBy: AccountId;
  readonly at: Instant;
}

export async function insertReport(tx: Tx, r: QuotaReport, quotaIds: readonly string[]): Promise<void> {
  await sql`INSERT INTO quota_report (report_id, authority_id, month, document_id, document_no, sha256, reported_by, at)
    VALUES (${r.reportId}, ${r.authorityId}, ${r.month}, ${r.documentId}, ${r.documentNo}, ${r.sha256}, ${r.reportedBy}, ${r.at})`.execute(tx);
  await sql`UPDATE quota_warning SET state = 'REPORTED', report_id = ${r.reportId} WHERE quota_id = ANY(${[...quotaIds]})`.execute(tx);
}

const REPORT_COLUMNS = sql`report_id AS "reportId", authority_id AS "authorityId", month, document_id AS "documentId", document_no AS "documentNo", sha256,
  reported_by AS "reportedBy", at`;

const REPORT_ORDER: ListOrder = { table: sql`quota_report r`, keys: [sql`r.at`], id: sql`r.report_id` };

/** Monthly reports of these authorities, newest first. */
export async function listReports(db: Database, authorities: readonly AuthorityId[], page: PageAsked): Promise<PageOf<QuotaReport>> {
  const { rows } = await sql<QuotaReport>`SELECT ${REPORT_COLUMNS} FROM quota_report r
    WHERE authority_id = ANY(${[...authorities]}) AND ${behindCursor(REPORT_ORDER, page)} ${inListOrder(REPORT_ORDER, page)}`.execute(db);
  return pageOf(rows, page, (row) => row.reportId);
}

export async function findReport(tx: Tx, reportId: string): Promise<QuotaReport | undefined> {
  const { rows } = await sql<QuotaReport>`SELECT ${REPORT_COLUMNS} FROM quota_report WHERE report_id = ${reportId}`.execute(tx);
  return rows[0];
}

/** Amounts that were not permitted before are due at once; the others keep their day. */
export async function expectLooks(db: Database, amounts: readonly { readonly outfall: string; readonly factor: string }[], day: CalendarDay): Promise<void> {
  if (amounts.length === 0) return;
  await sql`INSERT INTO quota_look (outfall, factor, due)
    SELECT outfall, factor, ${day}::date FROM unnest(${amounts.map((one) => one.outfall)}::text[], ${amounts.map((one) => one.factor)}::text[]) AS amount (outfall, factor)
    ON CONFLICT (outfall, factor) DO UPDATE SET due = excluded.due WHERE quota_look.due = 'infinity'`.execute(db);
}

/** Amounts whose day has come, the longest waiting first. */
export async function dueLooks(db: Database, day: CalendarDay, limit: number): Promise<{ readonly outfall: OutfallId; readonly factor: string }[]> {
  const { rows } = await sql<{ outfall: OutfallId; factor: string }>`SELECT outfall, factor FROM quota_look WHERE due <= ${day}::date ORDER BY due LIMIT ${limit}`.execute(db);
  return rows;
}

/** The look is done; `next` is the day of the next one, `infinity` while there is nothing to look at. */
export async function setNextLook(tx: Tx, outfall: string, factor: string, next: CalendarDay | 'infinity'): Promise<void> {
  await sql`UPDATE quota_look SET due = ${next}::date WHERE outfall = ${outfall} AND factor = ${factor}`.execute(tx);
}
