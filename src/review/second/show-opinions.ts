import { accountsOf, visibilityOf, type Actor } from '#access';
import { toRfc3339, type AccountId } from '#kernel';
import { DEPARTMENTS } from '#law';
import { isLead } from '../members/check-member.ts';
import { agreementOf } from './decide-second.ts';
import { analysisOf } from '../clue/decide-route.ts';
import type { ReviewDeps } from '../ports.ts';
import type { PoolClue } from '../store/clues.ts';
import { invitationsOf, pairsOf, recusalsOf } from '../store/opinions.ts';

/** Invited members with what they said, recusals with their decisions, and what of it waits for this person. */
export async function showOpinions(deps: ReviewDeps, clue: PoolClue, actor: Actor) {
  const [invitations, recusals] = await Promise.all([invitationsOf(deps.db, clue.clueId), recusalsOf(deps.db, clue.clueId)]);
  const ids = [...invitations.flatMap((one) => [one.accountId, one.invitedBy]), ...recusals.flatMap((one) => [one.accountId, one.by])];
  const people = await accountsOf(deps.db, [...new Set(ids)]);
  const name = (id: AccountId) => people.find((one) => one.accountId === id)?.name ?? id;
  const leads = await Promise.all([...new Set([clue.body, analysisOf(clue.body)])].map((body) => isLead(deps.db, deps, clue.groupId, clue.region, body, actor)));
  const lead = leads.some(Boolean);
  return {
    leadsHere: lead,
    invitations: invitations.map((one) => ({
      invitationId: one.invitationId, name: name(one.accountId), department: { zh: DEPARTMENTS[one.department].zh, en: DEPARTMENTS[one.department].en }, question: one.question,
      invitedBy: name(one.invitedBy), at: toRfc3339(one.at), mine: one.answer === null && one.accountId === actor.accountId, excusable: one.answer === null && one.invitedBy === actor.accountId,
      answer: one.answer === null ? null : { outcome: one.answer.outcome, text: one.answer.text, at: toRfc3339(one.answer.at) },
    })),
    recusals: recusals.map((one) => ({
      recusalId: one.recusalId, name: name(one.accountId), kind: one.kind, reason: one.reason, by: name(one.by), at: toRfc3339(one.at),
      decidable: one.decision === null && one.accountId !== actor.accountId && (lead || actor.roles.includes('authority-head')),
      decision: one.decision === null ? null : { granted: one.decision.granted, reason: one.decision.reason, at: toRfc3339(one.decision.at) },
    })),
  };
}

const MOST = 2_000;

/** How far first and second reviewers agree, over the clues this person may see. */
export async function showAgreement(deps: ReviewDeps, actor: Actor) {
  const pairs = await pairsOf(deps.db, visibilityOf(actor, 'review.agreement'), MOST);
  return { ...agreementOf(pairs), pairs: pairs.slice(0, 50).map((pair) => ({ ...pair, at: toRfc3339(pair.at) })) };
}
