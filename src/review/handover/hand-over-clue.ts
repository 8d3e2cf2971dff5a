import { accountsOf, refusalFor, type Actor } from '#access';
import { modelWords } from '#analysis';
import { documentsOf } from '#documents';
import { dayOf, ok, type ClueId, type DocumentId, type Instant, type Result, type ReviewId } from '#kernel';
import { transact } from '#platform/db';
import { emit } from '#platform/outbox';
import { BASES } from '../clue/bases.ts';
import { handoverBasis } from './handover-basis.ts';
import { refuseStranger } from '../members/check-member.ts';
import { decideStep } from '../finding/decide-review.ts';
import { refuse } from '../errors.ts';
import { handoverPaper, receiptPaper } from '../finding/paper-data.ts';
import type { ReviewDeps } from '../ports.ts';
import { BODIES, type ReviewRoute } from '../clue/decide-route.ts';
import type { ObservedFact } from '../facts/observed-fact.ts';
import type { FrameRange } from '../facts/precheck.ts';
import { findClue, stepsOf, type PoolClue } from '../store/clues.ts';
import { drafterOf } from '../finding/review-drafter.ts';
import { findReview } from '../store/reviews.ts';
import { closeClock, recordStep, sealClue } from '../clue/step-clue.ts';
import { versionDecidedOn } from '../clue/take-up-clue.ts';

/** Payload of `clue.handed_over`: what ⑥ needs to open a file, and nothing it would have to ask back for. */
export interface HandedOver {
  readonly clueId: ClueId;
  /** Version of the clue the review decided about; null where it is not known. */
  readonly clueVersion: number | null;
  readonly reviewId: ReviewId;
  readonly opinionDocumentId: DocumentId | null;
  readonly opinionNo: string | null;
  readonly opinionSha256: string | null;
  /** What control staff found it true by, where they did before the review: their note, or their report of a permitted amount. */
  readonly confirmedDocumentId: DocumentId | null;
  readonly handoverDocumentId: DocumentId;
  readonly handoverNo: string;
  readonly unit: string;
  readonly outfall: string | null;
  /** Authority on whose ground the unit stands, and the one whose review group handed it over. */
  readonly authorityId: string;
  readonly groupId: string;
  readonly region: string;
  readonly source: 'PLATFORM' | 'PATROL';
  /** By which way the clue came to its review: the term of the filing depends on it. */
  readonly route: ReviewRoute;
  /** Which body reviewed it, as papers name it. */
  readonly reviewedBy: string;
  readonly facts: { readonly zh: string; readonly en: string };
  readonly factors: readonly string[];
  readonly period: { readonly from: Instant; readonly to: Instant };
  readonly violations: readonly string[];
  /** The facts as data: what each was found to be, in figures what its sentence says in figures. */
  readonly observed: readonly ObservedFact[];
  /** Means of the act the reviewed records themselves show, as `law/codes/means-of-the-act`. */
  readonly acts: readonly string[];
  readonly evidence: { readonly frames: readonly FrameRange[]; readonly materials: readonly { readonly name: string; readonly sha256: string }[] };
  readonly handedOverAt: Instant;
  readonly handedOverBy: string;
}

/** Sends the confirmed clue to enforcement. The three working days end here, at dispatch, not when somebody signs. */
export async function handOverClue(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Result<PoolClue>> {
  return transact<Result<PoolClue>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.hand-over', clue);
    if (no !== undefined) return no;
    const row = decideStep(clue.state, 'hand-over', actor, clue);
    if (!row.ok) return row;
    const stranger = await refuseStranger(tx, deps, clue, clue.body, actor, 'lead');
    if (stranger !== undefined) return stranger;
    const review = clue.reviewId === null ? undefined : await findReview(tx, clue.reviewId);
    if (review === undefined) return refuse('REVIEW-007');
    const now = deps.clock.now();
    const made = await deps.papers.make(tx, {
      ...handoverPaper(deps, await modelWords(tx), clue, review, actor, now, dayOf(now)), subject: { kind: 'clue', id: clueId }, unitId: null,
      authorityId: clue.groupId, preparedBy: await drafterOf(tx, review), approvedBy: actor,
    });
    if (!made.ok) return made;
    const paper = made.value;
    await closeClock(tx, deps, clueId, 'T2');
    const after = await recordStep(tx, deps, {
      clue: { ...clue, handedOverAt: now }, act: 'hand-over', to: row.value.to, from: clue.state, actor,
      basis: handoverBasis(deps.law, clue.region, dayOf(now), review.violations), reviewId: review.reviewId, documentId: paper.documentId,
    });
    const { input } = review.precheck;
    const payload: HandedOver = {
      clueId, clueVersion: versionDecidedOn(await stepsOf(tx, clueId), clue) ?? null, reviewId: review.reviewId, opinionDocumentId: review.opinionId, opinionNo: review.opinionNo, opinionSha256: review.opinionSha,
      confirmedDocumentId: clue.confirmedPaper?.documentId ?? null, handoverDocumentId: paper.documentId, handoverNo: paper.number, unit: clue.unitId, outfall: clue.outfall, authorityId: clue.authorityId,
      groupId: clue.groupId, region: clue.region, source: clue.source, route: clue.route, reviewedBy: BODIES[review.body].zh, facts: { zh: review.factsZh ?? clue.sentenceZh, en: review.factsEn ?? clue.sentenceEn },
      factors: clue.factors, period: { from: input.from, to: input.to }, violations: review.violations, acts: deps.facts.actsByRecord(input, review.violations),
      observed: deps.facts.observed(input, review.violations, review.reviewId),
      evidence: { frames: input.frames?.ranges ?? [], materials: input.materials }, handedOverAt: now, handedOverBy: actor.accountId,
    };
    await emit(tx, deps.clock, { type: 'clue.handed_over', subject: clueId, payload });
    await sealClue(tx, deps, after, 'hand-over', actor, { review: review.reviewId, document: paper.documentId, sha256: paper.sha256 });
    return ok(after);
  });
}

/** An officer of enforcement signs for the sheet, and a receipt says who and when. The region's term of the filing runs from the dispatch whether it signs or not. */
export async function signInClue(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Result<PoolClue>> {
  return transact<Result<PoolClue>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.sign-in', clue);
    if (no !== undefined) return no;
    if (clue.state !== 'HANDED_OVER') return refuse('REVIEW-040');
    if (clue.signedInAt !== null) return refuse('REVIEW-042');
    const review = clue.reviewId === null ? undefined : await findReview(tx, clue.reviewId);
    const dispatch = (await stepsOf(tx, clueId)).findLast(({ act }) => act === 'hand-over');
    if (review === undefined || dispatch === undefined || clue.handedOverAt === null) return refuse('REVIEW-040');
    const now = deps.clock.now();
    const sheet = (await documentsOf(tx, 'clue', clueId)).findLast(({ documentId }) => documentId === dispatch.documentId);
    const [sender] = await accountsOf(tx, [dispatch.actorId]);
    const made = await deps.papers.make(tx, {
      ...receiptPaper(deps, await modelWords(tx), clue, review, { sheet, at: clue.handedOverAt, by: sender }, actor, now),
      subject: { kind: 'clue', id: clueId }, unitId: null, authorityId: clue.groupId, preparedBy: actor,
    });
    if (!made.ok) return made;
    const { documentId, sha256 } = made.value;
    const after = await recordStep(tx, deps, {
      clue: { ...clue, signedInAt: now }, act: 'sign-in', to: clue.state, from: clue.state, actor, basis: BASES.signIn, reviewId: review.reviewId, documentId,
    });
    await sealClue(tx, deps, after, 'sign-in', actor, { document: documentId, sha256 });
    return ok(after);
  });
}
