import { conflictOf, refusalFor, type Actor, type PastAct } from '#access';
import { DAY, HOUR, instant, MINUTE, ok, startOfHour, toRfc3339, type Refusal, type Result } from '#kernel';
import type { Model, Params } from '../contract.ts';
import { refuse } from './errors.ts';
import { PROPOSAL_ACTS, PROPOSAL_STATES, transitionOf, type ProposalAct, type ProposalState, type ProposalTransition } from './proposal-machine.ts';
import { needsTrial, type Change, type Proposal } from './proposal.ts';

/** A change runs this long beside what is in force before anybody may decide: a week has every kind of day. */
export const SHADOW_DAYS = 7;
const LEAST_LEAD = 2 * MINUTE;

/**
 * When a decision taken at `now` begins to hold: at a full hour that judging cannot have reached, so that processing
 * the same arrivals again gives the same bytes, and after `last`, the latest decision about the same model.
 */
export function effectiveFrom(now: number, last = 0): number {
  const next = startOfHour(now) + HOUR;
  return Math.max(next - now < LEAST_LEAD ? next + HOUR : next, last + HOUR);
}

const wrongState = (state: ProposalState | 'START', act: ProposalAct): Refusal => {
  const shown = state === 'START' ? { zh: '未提出', en: 'not proposed' } : PROPOSAL_STATES[state];
  return refuse('ANALYSIS-042', { args: { state: shown.zh, act: PROPOSAL_ACTS[act].zh, stateEn: shown.en, actEn: PROPOSAL_ACTS[act].en } });
};

/** Is the act in the table, due now, and this person's to take? Proposer and approver are two people. */
export function decideAct(proposal: Proposal, act: ProposalAct, actor: Actor, history: readonly PastAct[], now: number): Result<ProposalTransition> {
  const row = transitionOf(proposal.state, act);
  const tried = needsTrial(proposal.change);
  if (row === undefined || (row.when === 'tried' && !tried) || (row.when === 'untried' && tried)) return wrongState(proposal.state, act);
  const no = refusalFor(actor, row.action);
  if (no !== undefined) return no;
  if (row.own === true && actor.accountId !== proposal.proposedBy) return refuse('ANALYSIS-043', { args: { act: PROPOSAL_ACTS[act].zh, actEn: PROPOSAL_ACTS[act].en } });
  const conflict = row.duty === undefined ? undefined : conflictOf(history, actor, row.duty);
  if (conflict !== undefined) return conflict;
  const ripe = (proposal.shadowFrom ?? now) + SHADOW_DAYS * DAY;
  if (act === 'approve' && tried && now < ripe) return refuse('ANALYSIS-045', { args: { days: SHADOW_DAYS, at: toRfc3339(instant(ripe)) } });
  return ok(row);
}

/** Does the change say something, about this model? `inForce` are the parameters it has now. */
export function checkChange(change: Change, model: Model, inForce: Params, capped: boolean): Refusal | undefined {
  switch (change.kind) {
    case 'PARAMETERS': {
      const unknown = Object.keys(change.set).filter((name) => !(name in model.params));
      if (unknown.length > 0) return refuse('ANALYSIS-046', { args: { names: unknown.join(', ') }, field: 'set' });
      const changes = Object.entries(change.set).some(([name, value]) => inForce[name] !== value);
      return changes ? undefined : refuse('ANALYSIS-047', { field: 'set' });
    }
    case 'BUDGET':
      return change.budgets.length > 0 ? undefined : refuse('ANALYSIS-047', { field: 'budgets' });
    case 'RESTORE':
      return capped ? undefined : refuse('ANALYSIS-049');
    case 'RULE':
    case 'RELEASE':
      return undefined;
  }
}

export const checkReason = (reason: string): Refusal | undefined =>
  reason.trim().length < 5 ? refuse('ANALYSIS-044', { field: 'reason' }) : undefined;
