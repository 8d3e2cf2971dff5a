import { visibleRows, type Visibility } from '#access';
import type { AccountId, ClueId, Instant, ReviewId } from '#kernel';
import type { Department } from '#law';
import { sql, type Database, type Tx } from '#platform/db';
import type { Body } from '../clue/decide-route.ts';
import type { Finding, Pair } from '../second/decide-second.ts';

export interface SecondOpinion {
  readonly accountId: AccountId;
  readonly conclusion: Finding;
  readonly reason: string;
  readonly at: Instant;
}

/** A review drawn for a second opinion; `opinion` null until it is given. */
export interface Second {
  readonly reviewId: ReviewId;
  readonly share: string;
  readonly opinion: SecondOpinion | null;
}

export async function insertSecond(tx: Tx, reviewId: ReviewId, share: string, at: Instant): Promise<void> {
  await sql`INSERT INTO review_second (review_id, share, drawn_at) VALUES (${reviewId}, ${share}, ${at})`.execute(tx);
}

export async function secondOf(db: Database | Tx, reviewId: ReviewId): Promise<Second | undefined> {
  const { rows } = await sql<{ share: string; accountId: AccountId | null; conclusion: Finding; reason: string; at: Instant }>`SELECT s.share, o.account_id AS "accountId",
      o.conclusion, o.reason, o.at FROM review_second s LEFT JOIN review_second_opinion o USING (review_id) WHERE s.review_id = ${reviewId}`.execute(db);
  const row = rows[0];
  if (row === undefined) return undefined;
  const { share, accountId, conclusion, reason, at } = row;
  return { reviewId, share, opinion: accountId === null ? null : { accountId, conclusion, reason, at } };
}

export async function insertSecondOpinion(tx: Tx, reviewId: ReviewId, o: SecondOpinion): Promise<void> {
  await sql`INSERT INTO review_second_opinion (review_id, account_id, conclusion, reason, at)
    VALUES (${reviewId}, ${o.accountId}, ${o.conclusion}, ${o.reason}, ${o.at})`.execute(tx);
}

export interface PairRow extends Pair {
  readonly clueId: ClueId;
  readonly at: Instant;
}

/** Both findings on every review that has two, newest first. */
export async function pairsOf(db: Database, visibility: Visibility, limit: number): Promise<PairRow[]> {
  const { rows } = await sql<PairRow>`SELECT r.clue_id AS "clueId", t.conclusion AS first, o.conclusion AS second, o.at
    FROM review_second_opinion o JOIN review r USING (review_id) JOIN review_clue c ON c.clue_id = r.clue_id
      JOIN review_signature t ON t.review_id = r.review_id AND t.track = 'TECHNICAL'
    WHERE ${visibleRows(visibility, { authority: 'c.authority_id' })} ORDER BY o.at DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export interface Invitation {
  readonly invitationId: string;
  readonly clueId: ClueId;
  readonly body: Body;
  readonly department: Department;
  readonly accountId: AccountId;
  readonly question: string;
  readonly invitedBy: AccountId;
  readonly at: Instant;
  readonly answer: { readonly outcome: 'HEARD' | 'EXCUSED'; readonly text: string; readonly accountId: AccountId; readonly at: Instant } | null;
}

export async function insertInvitation(tx: Tx, i: Invitation): Promise<void> {
  await sql`INSERT INTO review_invitation (invitation_id, clue_id, body, department, account_id, question, invited_by, at)
    VALUES (${i.invitationId}, ${i.clueId}, ${i.body}, ${i.department}, ${i.accountId}, ${i.question}, ${i.invitedBy}, ${i.at})`.execute(tx);
}

export async function insertParticipation(tx: Tx, invitationId: string, a: NonNullable<Invitation['answer']>): Promise<void> {
  await sql`INSERT INTO review_participation (invitation_id, outcome, text, account_id, at)
    VALUES (${invitationId}, ${a.outcome}, ${a.text}, ${a.accountId}, ${a.at})`.execute(tx);
}

export async function invitationsOf(db: Database | Tx, clueId: ClueId): Promise<Invitation[]> {
  const { rows } = await sql<Invitation>`SELECT i.invitation_id AS "invitationId", i.clue_id AS "clueId", i.body, i.department, i.account_id AS "accountId",
      i.question, i.invited_by AS "invitedBy", i.at,
      CASE WHEN p.invitation_id IS NULL THEN NULL ELSE jsonb_build_object('outcome', p.outcome, 'text', p.text, 'accountId', p.account_id, 'at', p.at) END AS answer
    FROM review_invitation i LEFT JOIN review_participation p USING (invitation_id) WHERE i.clue_id = ${clueId} ORDER BY i.at, i.invitation_id`.execute(db);
  return rows;
}

export interface Recusal {
  readonly recusalId: string;
  readonly clueId: ClueId;
  /** The person who is to withdraw. */
  readonly accountId: AccountId;
  readonly kind: 'DECLARED' | 'REQUESTED';
  readonly reason: string;
  readonly by: AccountId;
  readonly at: Instant;
  readonly decision: { readonly granted: boolean; readonly reason: string; readonly by: AccountId; readonly at: Instant } | null;
}

export async function insertRecusal(tx: Tx, r: Recusal): Promise<void> {
  await sql`INSERT INTO review_recusal (recusal_id, clue_id, account_id, kind, reason, by_account, at)
    VALUES (${r.recusalId}, ${r.clueId}, ${r.accountId}, ${r.kind}, ${r.reason}, ${r.by}, ${r.at})`.execute(tx);
}

export async function insertRecusalDecision(tx: Tx, recusalId: string, d: NonNullable<Recusal['decision']>): Promise<void> {
  await sql`INSERT INTO review_recusal_decision (recusal_id, granted, reason, decided_by, at)
    VALUES (${recusalId}, ${d.granted}, ${d.reason}, ${d.by}, ${d.at})`.execute(tx);
}

export async function recusalsOf(db: Database | Tx, clueId: ClueId): Promise<Recusal[]> {
  const { rows } = await sql<Recusal>`SELECT r.recusal_id AS "recusalId", r.clue_id AS "clueId", r.account_id AS "accountId", r.kind, r.reason, r.by_account AS by, r.at,
      CASE WHEN d.recusal_id IS NULL THEN NULL ELSE jsonb_build_object('granted', d.granted, 'reason', d.reason, 'by', d.decided_by, 'at', d.at) END AS decision
    FROM review_recusal r LEFT JOIN review_recusal_decision d USING (recusal_id) WHERE r.clue_id = ${clueId} ORDER BY r.at, r.recusal_id`.execute(db);
  return rows;
}
