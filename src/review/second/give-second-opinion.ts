import { personsOf, type Actor } from '#access';
import { ok, type Result, type ReviewId } from '#kernel';
import { transact } from '#platform/db';
import { aroundReview, firstReviewers } from '../finding/around-review.ts';
import { isLead } from '../members/check-member.ts';
import { tracksOf } from '../finding/decide-review.ts';
import type { Finding } from './decide-second.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { openFor } from '../finding/sign-review.ts';
import { insertSecondOpinion } from '../store/opinions.ts';
import type { Review } from '../store/reviews.ts';
import { recordStep, sealClue } from '../clue/step-clue.ts';

export interface SecondCommand {
  readonly conclusion: Finding;
  readonly reason: string;
}

/**
 * The second technical reviewer's own finding on a drawn review: another member than those who looked first, who was
 * shown nothing of what they found. The step in the history says that it was given, not what it says.
 */
export async function giveSecondOpinion(deps: ReviewDeps, actor: Actor, reviewId: ReviewId, command: SecondCommand): Promise<Result<Review>> {
  return transact<Result<Review>>(deps.db, async (tx) => {
    const open = await openFor(tx, deps, actor, reviewId, 'review.sign');
    if ('ok' in open) return open;
    const { clue, review } = open;
    const { second } = await aroundReview(tx, review);
    if (second === undefined || second.opinion !== null) return refuse('REVIEW-016');
    if (!tracksOf(actor, review.body).includes('TECHNICAL')) return refuse('REVIEW-008');
    const first = await firstReviewers(tx, review);
    if (personsOf(actor).some((who) => first.has(who)) || (await isLead(tx, deps, clue.groupId, clue.region, review.body, actor))) return refuse('REVIEW-017');
    if (command.reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
    await insertSecondOpinion(tx, reviewId, { accountId: actor.accountId, conclusion: command.conclusion, reason: command.reason.trim(), at: deps.clock.now() });
    const after = await recordStep(tx, deps, {
      clue, act: 'second', to: clue.state, from: clue.state, actor, basis: '平台审核一致性规则', duty: 'data-reviewer', reviewId,
    });
    await sealClue(tx, deps, after, 'second', actor, { review: reviewId });
    return ok(review);
  });
}
