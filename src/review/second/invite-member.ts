import { accountOf, refusalFor, type Actor } from '#access';
import { ok, type AccountId, type ClueId, type Result } from '#kernel';
import type { Department } from '#law';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { BASES } from '../clue/bases.ts';
import { refuseStranger } from '../members/check-member.ts';
import { analysisOf, type Body } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue, type PoolClue } from '../store/clues.ts';
import { insertInvitation, insertParticipation, invitationsOf } from '../store/opinions.ts';
import { recordStep, sealClue } from '../clue/step-clue.ts';

/** Departments that may be asked to join (江苏办法 第七条第四款: 监测、法制、环评、水、气、固等). */
export const INVITED: readonly Department[] = ['MONITORING', 'LEGAL', 'EIA', 'WATER', 'AIR', 'SOLID'];

/** The body a clue lies with now: analysis before the list, review after it. */
const bodyNow = (clue: PoolClue): Body => (clue.state === 'PANEL_ANALYSIS' || clue.state === 'RETURNED_FOR_MORE' ? analysisOf(clue.body) : clue.body);

export interface InviteCommand {
  readonly accountId: AccountId;
  readonly department: Department;
  readonly question: string;
}

/** The lead asks a member of another department to join on one clue, with a question. */
export async function inviteMember(deps: ReviewDeps, actor: Actor, clueId: ClueId, command: InviteCommand): Promise<Result<{ clueId: ClueId }>> {
  return transact<Result<{ clueId: ClueId }>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    if (clue === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.invite', clue);
    if (no !== undefined) return no;
    const body = bodyNow(clue);
    const stranger = await refuseStranger(tx, deps, clue, body, actor, 'lead');
    if (stranger !== undefined) return stranger;
    if (command.question.trim().length < 5) return refuse('REVIEW-004', { field: 'question' });
    if (!INVITED.includes(command.department)) return refuse('REVIEW-055', { field: 'department', basis: BASES.invited });
    const guest = await accountOf(tx, command.accountId);
    if (guest === undefined || guest.unitId !== null || guest.disabledAt !== null) return refuse('REVIEW-051', { field: 'accountId' });
    if ((await invitationsOf(tx, clueId)).some((one) => one.accountId === command.accountId)) return refuse('REVIEW-056', { field: 'accountId' });
    const invitationId = newId('inv');
    await insertInvitation(tx, { invitationId, clueId, body, ...command, question: command.question.trim(), invitedBy: actor.accountId, at: deps.clock.now(), answer: null });
    const after = await recordStep(tx, deps, {
      clue, act: 'invite', to: clue.state, from: clue.state, actor, basis: BASES.invited, detail: { person: command.accountId, department: command.department, note: command.question.trim() },
    });
    await sealClue(tx, deps, after, 'invite', actor, { invitation: invitationId, person: command.accountId });
    return ok({ clueId });
  });
}

export interface AnswerInvitation {
  readonly outcome: 'HEARD' | 'EXCUSED';
  readonly text: string;
}

/** The invited person is heard in his own words; where he cannot be, the one who asked notes why. Kept with name and time. */
export async function answerInvitation(deps: ReviewDeps, actor: Actor, clueId: ClueId, invitationId: string, command: AnswerInvitation): Promise<Result<{ clueId: ClueId }>> {
  return transact<Result<{ clueId: ClueId }>>(deps.db, async (tx) => {
    const clue = await findClue(tx, clueId, true);
    const found = clue === undefined ? undefined : (await invitationsOf(tx, clueId)).find((one) => one.invitationId === invitationId);
    if (clue === undefined || found === undefined) return refuse('REVIEW-001');
    const no = refusalFor(actor, 'review.take-part', clue);
    if (no !== undefined) return no;
    const mine = command.outcome === 'HEARD' ? found.accountId : found.invitedBy;
    if (actor.accountId !== mine || found.answer !== null) return refuse('REVIEW-057');
    if (command.text.trim().length < 5) return refuse('REVIEW-004', { field: 'text' });
    await insertParticipation(tx, invitationId, { ...command, text: command.text.trim(), accountId: actor.accountId, at: deps.clock.now() });
    const after = await recordStep(tx, deps, {
      clue, act: 'take-part', to: clue.state, from: clue.state, actor, basis: BASES.invited, detail: { outcome: command.outcome, department: found.department, note: command.text.trim() },
    });
    await sealClue(tx, deps, after, 'take-part', actor, { invitation: invitationId });
    return ok({ clueId });
  });
}
