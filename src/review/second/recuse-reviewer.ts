import { accountOf, personsOf, refusalFor, type Actor } from '#access';
import { ok, type AccountId, type ClueId, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { isLead } from '../members/check-member.ts';
import { analysisOf } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue } from '../store/clues.ts';
import { insertRecusal, insertRecusalDecision, recusalsOf, type Recusal } from '../store/opinions.ts';
import { recordStep, sealClue } from '../clue/step-clue.ts';

const BASIS = '行政处罚法 第四十三条';

export interface RecusalCommand {
  /** Who is to withdraw; a person names himself to declare his own interest. */
  readonly accountId: AccountId;
  readonly reason: string;
}

/** Declares one's own interest in a clue, or asks that another withdraw. Work goes on until it is decided; the conclusion waits. */
export async function askRecusal(deps: ReviewDeps, actor: Actor, clueId: ClueId, command: RecusalCommand): Promise<Result<{ clueId: ClueId; recusalId: string }>> {
  return transact<Result<{ clueId: ClueId; recusalId: string }>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.recuse', clue);
    if (no !== undefined) return no;
    if (clue.state === 'HANDED_OVER') return refuse('REVIEW-052');
    if (command.reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
    if ((await accountOf(tx, command.accountId)) === undefined) return refuse('REVIEW-051', { field: 'accountId' });
    if ((await recusalsOf(tx, clueId)).some((one) => one.accountId === command.accountId && one.decision?.granted !== false)) return refuse('REVIEW-053');
    const recusal: Recusal = {
      recusalId: newId('rcs'), clueId, accountId: command.accountId, kind: command.accountId === actor.accountId ? 'DECLARED' : 'REQUESTED', reason: command.reason.trim(),
      by: actor.accountId, at: deps.clock.now(), decision: null,
    };
    await insertRecusal(tx, recusal);
    const after = await recordStep(tx, deps, {
      clue, act: 'ask-recusal', to: clue.state, from: clue.state, actor, basis: BASIS, reviewId: clue.reviewId, detail: { person: command.accountId, kind: recusal.kind, note: recusal.reason },
    });
    await sealClue(tx, deps, after, 'ask-recusal', actor, { recusal: recusal.recusalId, person: command.accountId });
    return ok({ clueId, recusalId: recusal.recusalId });
  });
}

export interface RecusalAnswer {
  readonly granted: boolean;
  readonly reason: string;
}

/**
 * Decided by the lead of the body that has the clue, or by the head of the authority; that of a lead by the head alone,
 * and nobody decides his own. Who withdraws may do nothing more on the clue, and what he signed does not count.
 */
export async function decideRecusal(deps: ReviewDeps, actor: Actor, clueId: ClueId, recusalId: string, command: RecusalAnswer): Promise<Result<{ clueId: ClueId }>> {
  return transact<Result<{ clueId: ClueId }>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    const recusal = clue === undefined ? undefined : (await recusalsOf(tx, clueId)).find((one) => one.recusalId === recusalId);
    if (clue === undefined || recusal === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.decide-recusal', clue);
    if (no !== undefined) return no;
    if (recusal.decision !== null) return refuse('REVIEW-053');
    if (command.reason.trim().length < 5) return refuse('REVIEW-004', { field: 'reason' });
    const leads = async (body: typeof clue.body, person: Pick<Actor, 'accountId' | 'behalf'>) => isLead(tx, deps, clue.groupId, clue.region, body, person);
    const bodies = [...new Set([clue.body, analysisOf(clue.body)])];
    const ofALead = (await Promise.all(bodies.map((body) => leads(body, { accountId: recusal.accountId })))).some(Boolean);
    const mayDecide = actor.roles.includes('authority-head') || (!ofALead && (await Promise.all(bodies.map((body) => leads(body, actor)))).some(Boolean));
    if (personsOf(actor).includes(recusal.accountId) || !mayDecide) return refuse('REVIEW-054');
    await insertRecusalDecision(tx, recusalId, { granted: command.granted, reason: command.reason.trim(), by: actor.accountId, at: deps.clock.now() });
    const after = await recordStep(tx, deps, {
      clue, act: 'decide-recusal', to: clue.state, from: clue.state, actor, basis: BASIS, reviewId: clue.reviewId,
      detail: { person: recusal.accountId, granted: command.granted, note: command.reason.trim() },
    });
    await sealClue(tx, deps, after, 'decide-recusal', actor, { recusal: recusalId, granted: command.granted ? 1 : 0 });
    return ok({ clueId });
  });
}
