import { addDays, dayOf } from '#kernel';
import type { ApplyTable } from '../apply-table.ts';
import type { StepEvent } from '../case-event.ts';
import type { CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { remedyEnded } from '../recovery/obligations.ts';
import { withoutSurcharge } from '../recovery/refund.ts';
import { withPayDays } from '../recovery/stay.ts';
import { actOfPaper, withOutcome } from './contested-acts.ts';

/** The days of a daily penalty that is to be decided anew are counted no more. */
export function withDaysAgain(state: PenaltyCase): PenaltyCase {
  const first = state.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.spans[0]?.from;
  return first === undefined ? state : { ...state, dailyCountedTo: addDays(first, -1) };
}

/** What an outcome does to the act itself beside the state of its track; nothing where the track did not move. */
function actDecided(state: PenaltyCase, { remedyId, outcome, amount }: CommandOf<'RECORD_ACT_REMEDY_OUTCOME'>, event: StepEvent): PenaltyCase {
  if (event.sideTo === undefined) return state;
  const act = state.actRemedies.find((one) => one.remedyId === remedyId)?.act;
  if (act === 'CORRECTION_ORDER') {
    // Nobody refused to obey an order that never stood.
    const { order: _fallen, ...rest } = state;
    return { ...rest, rounds: state.rounds.slice(0, -1) };
  }
  if (act !== 'DAILY_PENALTY') return state;
  if (outcome === 'REMANDED') return withDaysAgain(state);
  if (outcome !== 'CHANGED' || amount === undefined) return state;
  const { dailyPayBy: _before, ...rest } = withoutSurcharge(state, 'DAILY');
  const dailyPayBy = event.opened.find((clock) => clock.clock === 'T10d')?.dueDay;
  return { ...rest, dailyChangedTo: amount, ...(dailyPayBy === undefined ? {} : { dailyPayBy }) };
}

/** A change takes the place of what was decided, with a term of payment of its own; what is decided anew may not be heavier. */
function contested(state: PenaltyCase, { outcome, amount = 0, penalties = [] }: CommandOf<'RECORD_REMEDY_OUTCOME'>, event: StepEvent): PenaltyCase {
  if (state.decision === undefined || outcome === 'UPHELD') return state;
  if (outcome !== 'CHANGED') return { ...state, decision: { ...state.decision, overturned: true }, ...(outcome === 'REMANDED' ? { amountCap: state.decision.amount } : {}) };
  const { payBy: _payBy, schedule: _parts, ...decision } = state.decision;
  const payBy = event.opened.find((clock) => clock.clock === 'T10')?.dueDay;
  return {
    ...withoutSurcharge(state, 'FINE'),
    decision: { ...decision, amount, ...(payBy === undefined ? {} : { payBy }) },
    ...(state.proposal === undefined ? {} : { proposal: { ...state.proposal, amount, penalties } }),
  };
}

const withStay = ({ actRemedies }: PenaltyCase, remedyId: string, stayed: boolean): PenaltyCase['actRemedies'] => actRemedies.map((one) => (one.remedyId === remedyId ? { ...one, stayed } : one));

/** Execution goes on: days of payment and of correction are those of the terms that stood still. */
function withDaysOf(state: PenaltyCase, remedyId: string): PenaltyCase {
  const asked = state.actRemedies.find((one) => one.remedyId === remedyId);
  const { TR } = state.running;
  const order = asked?.act === 'CORRECTION_ORDER' && TR !== undefined && state.order !== undefined ? { order: { ...state.order, dueOn: TR.dueDay } } : {};
  return { ...(asked?.act === 'DAILY_PENALTY' ? withPayDays(state) : state), ...order };
}

/** What remedies and their outcomes change. */
export const REMEDY_APPLY: ApplyTable = {
  RECORD_REMEDY: (s, c) => ({ ...s, remedyPeriods: [...s.remedyPeriods, { from: c.receivedOn }] }),
  RECORD_REMEDY_OUTCOME: (s, c, e) => ({
    ...contested(withPayDays(s), c, e),
    remedyPeriods: remedyEnded(s.remedyPeriods, c.receivedOn ?? dayOf(e.at)),
  }),
  RECORD_ACT_REMEDY: (s, c) => {
    const paper = s.papers.find((one) => one.paperId === c.paperId);
    const act = paper === undefined ? undefined : actOfPaper(paper);
    if (paper === undefined || act === undefined) return s;
    return { ...s, actRemedies: [...s.actRemedies, { remedyId: `A${s.version}`, act, paperId: c.paperId, number: paper.number, remedy: c.remedy, from: c.receivedOn }] };
  },
  RECORD_ACT_STAY: (s, c) => ({ ...s, actRemedies: withStay(s, c.remedyId, true) }),
  LIFT_ACT_STAY: (s, c) => withDaysOf({ ...s, actRemedies: withStay(s, c.remedyId, false) }, c.remedyId),
  RECORD_ACT_REMEDY_OUTCOME: (s, c, e) => actDecided({ ...withDaysOf(s, c.remedyId), actRemedies: withOutcome(s.actRemedies, c, c.receivedOn ?? dayOf(e.at), e.derived.suitUntil) }, c, e),
};
