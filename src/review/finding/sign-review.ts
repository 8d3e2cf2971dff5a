import { refusalFor, type Actor } from '#access';
import { ok, type Refusal, type Result, type ReviewId } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { BASES } from '../clue/bases.ts';
import { refuseStranger } from '../members/check-member.ts';
import { decideAnswered, decideAssessment, decideSignature, tracksOf, withAssessments } from './decide-review.ts';
import type { Shown } from './record-words.ts';
import { missingMaterial } from '../clue/materials.ts';
import { refuse } from '../errors.ts';
import type { Finding, Track } from '../facts/precheck.ts';
import { BODIES } from '../clue/decide-route.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, type PoolClue } from '../store/clues.ts';
import { assessmentsOf, findReview, insertAssessment, insertSignature, signaturesOf, type Review } from '../store/reviews.ts';
import { recordStep, refuseConflict, sealClue } from '../clue/step-clue.ts';

export interface OpenReview {
  readonly clue: PoolClue;
  readonly review: Review;
}

/** The open review under its clue's lock, if this person may act on it and holds no duty that stands against it. */
export async function openFor(
  tx: Tx,
  deps: ReviewDeps,
  actor: Actor,
  reviewId: ReviewId,
  action: 'review.assess' | 'review.sign' | 'review.conclude',
): Promise<OpenReview | Refusal> {
  const of = await findReview(tx, reviewId);
  const clue = of === undefined ? undefined : await findClue(tx, of.clueId, true);
  const review = await findReview(tx, reviewId);
  if (review === undefined || clue === undefined) return refuse('REVIEW-007');
  const no = refusalFor(actor, action, clue);
  if (no !== undefined) return no;
  if (actor.authorityId !== clue.groupId || review.state !== 'OPEN') return refuse('REVIEW-007');
  const as = action === 'review.conclude' ? 'lead' : 'member';
  return (await refuseConflict(tx, clue, actor, 'data-reviewer')) ?? (await refuseStranger(tx, deps, clue, review.body, actor, as)) ?? { clue, review };
}

export interface AssessCommand {
  readonly item: string;
  readonly outcome: Finding;
  readonly note: string;
  /** Needed where an item is met that the program did not find met. */
  readonly shown?: Shown | undefined;
}

const refsOf = ({ input, items }: Review['precheck']): string[] => [...items.flatMap((item) => item.refs), ...input.materials.map(({ sha256 }) => `sha256:${sha256}`)];

/** A reviewer's finding on one item of his own track. It overrules the program, with words and proofs that stay. */
export async function assessItem(deps: ReviewDeps, actor: Actor, reviewId: ReviewId, command: AssessCommand): Promise<Result<Review>> {
  return transact<Result<Review>>(deps.db, async (tx) => {
    const open = await openFor(tx, deps, actor, reviewId, 'review.assess');
    if ('ok' in open) return open;
    const item = open.review.precheck.items.find((candidate) => candidate.item === command.item);
    if (item === undefined) return refuse('REVIEW-007', { field: 'item' });
    if (!tracksOf(actor, open.review.body).includes(item.track)) return refuse('REVIEW-008', { field: 'item' });
    const shown = command.shown ?? null;
    const no = decideAssessment(item, { ...command, shown }, { known: refsOf(open.review.precheck), input: open.review.precheck.input, reviewers: [actor.name, BODIES[open.review.body].zh] }) ?? missingMaterial(deps.blobs, shown?.files ?? []);
    if (no !== undefined) return no;
    const signed = await signaturesOf(tx, reviewId);
    if (signed.some((s) => s.track === item.track)) return refuse('REVIEW-009');
    await insertAssessment(tx, {
      assessmentId: newId('ass'), reviewId, item: command.item, track: item.track, outcome: command.outcome, note: command.note.trim(), shown,
      accountId: actor.accountId, at: deps.clock.now(),
    });
    return ok(open.review);
  });
}

export interface SignCommand {
  readonly track: Track;
  readonly conclusion: 'PASS' | 'RETURN' | 'REJECT';
  readonly reason: string;
}

/** Signs one track. What was assessed in it stands from then on. */
export async function signTrack(deps: ReviewDeps, actor: Actor, reviewId: ReviewId, command: SignCommand): Promise<Result<Review>> {
  return transact<Result<Review>>(deps.db, async (tx) => {
    const open = await openFor(tx, deps, actor, reviewId, 'review.sign');
    if ('ok' in open) return open;
    const no = decideSignature(actor, open.review.body, command.track, await signaturesOf(tx, reviewId))
      ?? decideAnswered(command.track, command.conclusion, withAssessments(open.review.precheck, await assessmentsOf(tx, reviewId)));
    if (no !== undefined) return no;
    if (command.conclusion !== 'PASS' && command.reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
    await insertSignature(tx, { reviewId, track: command.track, accountId: actor.accountId, conclusion: command.conclusion, reason: command.reason.trim(), at: deps.clock.now() });
    const { clue, review } = open;
    const after = await recordStep(tx, deps, {
      clue, act: 'sign', to: clue.state, from: clue.state, actor, basis: BASES.review, duty: 'data-reviewer', reviewId,
      detail: { track: command.track, conclusion: command.conclusion },
    });
    await sealClue(tx, deps, after, 'sign', actor, { review: reviewId, track: command.track, conclusion: command.conclusion });
    return ok(review);
  });
}
