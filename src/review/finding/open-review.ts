import { refusalFor, type Actor } from '#access';
import { digestOf, type Json } from '#evidence';
import { asId, dayOf, ok, type ClueId, type Instant, type Result, type ReviewId } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { emit } from '#platform/outbox';
import { decideStep } from './decide-review.ts';
import { BASES } from '../clue/bases.ts';
import { refuseStranger } from '../members/check-member.ts';
import { missingMaterial, type Material } from '../clue/materials.ts';
import { gatePaperOf, needsList } from '../clue/decide-route.ts';
import { isDrawn } from '../second/decide-second.ts';
import { refuse } from '../errors.ts';
import { precheck } from '../facts/precheck-rules.ts';
import type { PrecheckInput } from '../facts/precheck.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, stepsOf, type PoolClue } from '../store/clues.ts';
import { insertSecond } from '../store/opinions.ts';
import { insertReview, reviewsOf, type Review } from '../store/reviews.ts';
import { openLawClock, recordStep, refuseConflict, sealClue } from '../clue/step-clue.ts';

/** Keeps the input and what the program made of it: the same input can be judged again by anyone. */
function newReview(deps: ReviewDeps, clue: PoolClue, kind: Review['kind'], actor: Actor, input: PrecheckInput): Review {
  const at = deps.clock.now();
  const frozen = { input, items: precheck(input) };
  const plain = JSON.parse(JSON.stringify(frozen)) as Json;
  return {
    reviewId: asId<ReviewId>(newId('rvw')), clueId: clue.clueId, kind, state: 'OPEN', precheck: frozen, precheckSha: digestOf(plain), openedAt: at,
    openedBy: actor.accountId, body: clue.body, paper: gatePaperOf(deps.law, clue.region, dayOf(at), clue.body).value, concludedAt: null, factsZh: null, factsEn: null, violations: [], opinionId: null, opinionNo: null, opinionSha: null,
  };
}

/** Materials a patrol handed in with its report, or somebody supplied after a return or with the list, are part of what is reviewed. */
async function suppliedMaterials(tx: Tx, clueId: ClueId): Promise<PrecheckInput['materials']> {
  const steps = await stepsOf(tx, clueId);
  return steps.flatMap((step) => (step.act === 'report' || step.act === 'supply' || step.act === 'list' ? ((step.detail.materials ?? []) as PrecheckInput['materials']) : []));
}

/**
 * A member of the review group of the same level takes a listed clue; the automatic pre-check runs and is frozen.
 * Who found or analysed the clue may not review it.
 */
export async function takeReview(deps: ReviewDeps, actor: Actor, clueId: ClueId): Promise<Result<Review>> {
  const seen = await findClue(deps.db, clueId);
  if (seen === undefined) return refuse('REVIEW-001');
  const no = refusalFor(actor, 'review.take', seen);
  if (no !== undefined) return no;
  if (actor.authorityId !== seen.groupId) return refuse('REVIEW-001', { basis: BASES.list });
  const gathered = await deps.facts.gather(seen);
  return transact<Result<Review>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const row = decideStep(clue.state, 'take', actor, clue);
    if (!row.ok) return row;
    if (needsList(clue.route) && clue.listId === null) return refuse('REVIEW-006');
    const conflict = (await refuseConflict(tx, clue, actor, row.value.duty)) ?? (await refuseStranger(tx, deps, clue, clue.body, actor, 'member'));
    if (conflict !== undefined) return conflict;
    const input = { ...gathered, materials: [...gathered.materials, ...(await suppliedMaterials(tx, clueId))] };
    const review = newReview(deps, clue, 'INITIAL', actor, input);
    await insertReview(tx, review);
    const share = deps.law.valueAt('review.secondOpinionShare', clue.region, dayOf(review.openedAt)).value;
    if (isDrawn(deps.draw(), share)) await insertSecond(tx, review.reviewId, share, review.openedAt);
    const after = await recordStep(tx, deps, {
      clue: { ...clue, reviewId: review.reviewId }, act: 'take', to: row.value.to, from: clue.state, actor, basis: row.value.basis,
      duty: row.value.duty, reviewId: review.reviewId, detail: { precheck: review.precheckSha },
    });
    await emit(tx, deps.clock, { type: 'review.opened', subject: clueId, payload: { clueId, reviewId: review.reviewId, kind: 'INITIAL' } });
    await sealClue(tx, deps, after, 'take', actor, { review: review.reviewId, precheck: review.precheckSha });
    return ok(review);
  });
}

/** Data gathered after the handover, to be reviewed before they count (江苏办法 第十二条). */
export interface SupplementCommand {
  readonly from: Instant;
  readonly to: Instant;
  readonly materials: readonly Material[];
  readonly reason: string;
}

/**
 * Electronic data collected after the handover come back for review before they may be evidence (江苏办法 第十二条).
 * Asked for by enforcement; has a clock of its own; the clue itself stays handed over.
 */
export async function requestSupplement(deps: ReviewDeps, actor: Actor, clueId: ClueId, command: SupplementCommand): Promise<Result<Review>> {
  const seen = await findClue(deps.db, clueId);
  if (seen === undefined) return refuse('REVIEW-001');
  const no = refusalFor(actor, 'review.request-supplement', seen);
  if (no !== undefined) return no;
  if (command.reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
  if (command.to < command.from || command.to > deps.clock.now()) return refuse('REVIEW-088', { field: 'to' });
  const missing = missingMaterial(deps.blobs, command.materials);
  if (missing !== undefined) return missing;
  const gathered = await deps.facts.gather(seen, { from: command.from, to: command.to });
  return transact<Result<Review>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    if (clue.state !== 'HANDED_OVER') return refuse('REVIEW-040');
    if ((await reviewsOf(tx, clueId)).some((review) => review.state === 'OPEN')) return refuse('REVIEW-041');
    const review = newReview(deps, clue, 'SUPPLEMENT', actor, { ...gathered, materials: command.materials });
    await insertReview(tx, review);
    const after = await recordStep(tx, deps, {
      clue, act: 'supplement', to: clue.state, from: clue.state, actor, basis: BASES.evidence, reviewId: review.reviewId, duty: 'finder',
      detail: { reason: command.reason.trim(), materials: command.materials },
    });
    await openLawClock(tx, deps, after, 'T2s');
    await emit(tx, deps.clock, { type: 'review.opened', subject: clueId, payload: { clueId, reviewId: review.reviewId, kind: 'SUPPLEMENT' } });
    await sealClue(tx, deps, after, 'supplement', actor, { review: review.reviewId, precheck: review.precheckSha });
    return ok(review);
  });
}
