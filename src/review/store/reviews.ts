import type { AccountId, ClueId, DocumentId, Instant, OutfallId, ReviewId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Body, GatePaper } from '../clue/decide-route.ts';
import type { Assessment, Signature } from '../finding/decide-review.ts';
import type { CheckItem, PrecheckInput } from '../facts/precheck.ts';

/** One review of a clue's data, from its opening to its result. */
export interface Review {
  readonly reviewId: ReviewId;
  readonly clueId: ClueId;
  readonly kind: 'INITIAL' | 'SUPPLEMENT';
  readonly state: 'OPEN' | 'PASSED' | 'RETURNED' | 'REJECTED';
  readonly precheck: { readonly input: PrecheckInput; readonly items: readonly CheckItem[] };
  readonly precheckSha: string;
  readonly openedAt: Instant;
  readonly openedBy: AccountId;
  readonly concludedAt: Instant | null;
  readonly factsZh: string | null;
  readonly factsEn: string | null;
  readonly violations: readonly string[];
  readonly body: Body;
  /** The paper that satisfies gate:G8 for it; its number and digest below. */
  readonly paper: GatePaper;
  readonly opinionId: DocumentId | null;
  readonly opinionNo: string | null;
  readonly opinionSha: string | null;
}

const COLUMNS = sql`review_id AS "reviewId", clue_id AS "clueId", kind, state, precheck, precheck_sha AS "precheckSha", opened_at AS "openedAt",
  opened_by AS "openedBy", concluded_at AS "concludedAt", facts_zh AS "factsZh", facts_en AS "factsEn", violations, body, paper, opinion_id AS "opinionId",
  opinion_no AS "opinionNo", opinion_sha AS "opinionSha"`;

/** A review by its id; undefined where there is none. */
export async function findReview(db: Database | Tx, reviewId: ReviewId): Promise<Review | undefined> {
  const { rows } = await sql<Review>`SELECT ${COLUMNS} FROM review WHERE review_id = ${reviewId}`.execute(db);
  return rows[0];
}

/** The reviews of a clue, oldest first. */
export async function reviewsOf(db: Database | Tx, clueId: ClueId): Promise<Review[]> {
  const { rows } = await sql<Review>`SELECT ${COLUMNS} FROM review WHERE clue_id = ${clueId} ORDER BY opened_at, review_id`.execute(db);
  return rows;
}

export async function insertReview(tx: Tx, r: Review): Promise<void> {
  await sql`INSERT INTO review (review_id, clue_id, kind, state, body, paper, precheck, precheck_sha, opened_at, opened_by)
    VALUES (${r.reviewId}, ${r.clueId}, ${r.kind}, ${r.state}, ${r.body}, ${r.paper}, ${JSON.stringify(r.precheck)}::jsonb, ${r.precheckSha}, ${r.openedAt}, ${r.openedBy})`.execute(tx);
}

export async function concludeRow(tx: Tx, r: Review): Promise<void> {
  await sql`UPDATE review SET state = ${r.state}, concluded_at = ${r.concludedAt}, facts_zh = ${r.factsZh}, facts_en = ${r.factsEn},
      violations = ${[...r.violations]}, opinion_id = ${r.opinionId}, opinion_no = ${r.opinionNo}, opinion_sha = ${r.opinionSha}
    WHERE review_id = ${r.reviewId}`.execute(tx);
}

export type StoredAssessment = Assessment & { readonly assessmentId: string; readonly reviewId: ReviewId; readonly at: Instant };

export async function insertAssessment(tx: Tx, a: StoredAssessment): Promise<void> {
  await sql`INSERT INTO review_assessment (assessment_id, review_id, item, track, outcome, note, shown, account_id, at)
    VALUES (${a.assessmentId}, ${a.reviewId}, ${a.item}, ${a.track}, ${a.outcome}, ${a.note}, ${a.shown === null ? null : JSON.stringify(a.shown)}::jsonb, ${a.accountId}, ${a.at})`.execute(tx);
}

export async function assessmentsOf(db: Database | Tx, reviewId: ReviewId): Promise<StoredAssessment[]> {
  const { rows } = await sql<StoredAssessment>`SELECT assessment_id AS "assessmentId", review_id AS "reviewId", item, track, outcome, note, shown,
      account_id AS "accountId", at FROM review_assessment WHERE review_id = ${reviewId} ORDER BY at, assessment_id`.execute(db);
  return rows;
}

export type StoredSignature = Signature & { readonly reviewId: ReviewId; readonly reason: string; readonly at: Instant };

export async function insertSignature(tx: Tx, s: StoredSignature): Promise<void> {
  await sql`INSERT INTO review_signature (review_id, track, account_id, conclusion, reason, at)
    VALUES (${s.reviewId}, ${s.track}, ${s.accountId}, ${s.conclusion}, ${s.reason}, ${s.at})`.execute(tx);
}

export async function signaturesOf(db: Database | Tx, reviewId: ReviewId): Promise<StoredSignature[]> {
  const { rows } = await sql<StoredSignature>`SELECT s.review_id AS "reviewId", s.track, s.account_id AS "accountId", s.conclusion, s.reason, s.at, e.detail->>'behalf' AS behalf
    FROM review_signature s LEFT JOIN review_event e ON e.review_id = s.review_id AND e.act = 'sign' AND e.detail->>'track' = s.track
    WHERE s.review_id = ${reviewId} ORDER BY s.at`.execute(db);
  return rows;
}

export type ScopeRow =
  | { readonly kind: 'DATA'; readonly outfall: OutfallId; readonly mn: string | null; readonly from: Instant; readonly to: Instant; readonly frames: number; readonly leafFrom: number | null; readonly leafTo: number | null }
  | { readonly kind: 'MATERIAL'; readonly sha256: string };

export async function insertScope(tx: Tx, scopeId: string, reviewId: ReviewId, result: 'PASSED' | 'REJECTED', scope: ScopeRow, at: Instant): Promise<void> {
  const data = scope.kind === 'DATA' ? scope : undefined;
  await sql`INSERT INTO review_scope (scope_id, review_id, result, kind, outfall, mn, from_at, to_at, frames, leaf_from, leaf_to, sha256, at)
    VALUES (${scopeId}, ${reviewId}, ${result}, ${scope.kind}, ${data?.outfall ?? null}, ${data?.mn ?? null}, ${data?.from ?? null}, ${data?.to ?? null},
      ${data?.frames ?? null}, ${data?.leafFrom ?? null}, ${data?.leafTo ?? null}, ${scope.kind === 'MATERIAL' ? scope.sha256 : null}, ${at})`.execute(tx);
}

/** Which review covers data, and by which paper. */
export interface Coverage {
  readonly reviewId: ReviewId;
  readonly result: 'PASSED' | 'REJECTED';
  readonly opinionId: DocumentId | null;
  readonly opinionNo: string | null;
  /** Kind of the paper that satisfies gate:G8. */
  readonly paper: GatePaper;
  readonly at: Instant;
}

/** Reviews that covered the whole span of the outfall's data, newest first. */
export async function coverageOfData(db: Database | Tx, outfall: OutfallId, from: Instant, to: Instant): Promise<Coverage[]> {
  const { rows } = await sql<Coverage>`SELECT s.review_id AS "reviewId", s.result, r.opinion_id AS "opinionId", r.opinion_no AS "opinionNo", r.paper, s.at
    FROM review_scope s JOIN review r USING (review_id)
    WHERE s.kind = 'DATA' AND s.outfall = ${outfall}
      AND CASE s.result WHEN 'PASSED' THEN s.from_at <= ${from} AND s.to_at >= ${to} ELSE s.from_at < ${to} AND s.to_at > ${from} END
    ORDER BY s.at DESC, s.scope_id DESC`.execute(db);
  return rows;
}

export async function coverageOfMaterial(db: Database | Tx, sha256: string): Promise<Coverage[]> {
  const { rows } = await sql<Coverage>`SELECT s.review_id AS "reviewId", s.result, r.opinion_id AS "opinionId", r.opinion_no AS "opinionNo", r.paper, s.at
    FROM review_scope s JOIN review r USING (review_id) WHERE s.sha256 = ${sha256} ORDER BY s.at DESC, s.scope_id DESC`.execute(db);
  return rows;
}

export async function materialsOf(db: Database | Tx, reviewId: ReviewId): Promise<string[]> {
  const { rows } = await sql<{ item: string }>`SELECT DISTINCT sha256 AS item FROM review_scope WHERE review_id = ${reviewId} AND sha256 IS NOT NULL`.execute(db);
  return rows.map((row) => row.item);
}

