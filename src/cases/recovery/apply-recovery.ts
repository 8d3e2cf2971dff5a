import type { ApplyTable } from '../apply-table.ts';
import type { StepEvent } from '../case-event.ts';
import type { CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { demandInHand } from './demand-statements.ts';
import { obligationOfStep } from './obligations.ts';
import { measuredByCourt, paidUp, refunded, withSurcharge } from './refund.ts';
import { withPayDays } from './stay.ts';

/** A statement is about the demand in hand. */
function stated(state: PenaltyCase, { kind, statement, proof }: CommandOf<'STATE_AGAINST_DEMAND' | 'STATE_AGAINST_DAILY_DEMAND' | 'STATE_AGAINST_CORRECTION_DEMAND'>, event: StepEvent): PenaltyCase {
  const key = obligationOfStep(kind);
  const demand = demandInHand(state, key);
  if (demand === undefined) return state;
  return { ...state, demandStatements: [...state.demandStatements, { statementId: `S${state.version}`, key, demandId: demand.paperId, statement, proof, at: event.at }] };
}

function statementAnswered(state: PenaltyCase, { statementId, accepted, reason }: CommandOf<'ANSWER_DEMAND_STATEMENT' | 'ANSWER_DAILY_DEMAND_STATEMENT' | 'ANSWER_CORRECTION_STATEMENT'>): PenaltyCase {
  return { ...state, demandStatements: state.demandStatements.map((one) => (one.statementId === statementId ? { ...one, answer: { accepted, reason } } : one)) };
}

/** What payments, deferrals, enforcement, waivers and statements change. */
export const RECOVERY_APPLY: ApplyTable = {
  STATE_AGAINST_DEMAND: stated,
  STATE_AGAINST_DAILY_DEMAND: stated,
  STATE_AGAINST_CORRECTION_DEMAND: stated,
  ANSWER_DEMAND_STATEMENT: statementAnswered,
  ANSWER_DAILY_DEMAND_STATEMENT: statementAnswered,
  ANSWER_CORRECTION_STATEMENT: statementAnswered,
  WAIVE_SURCHARGE: (s, c) => ({ ...s, waivedSurcharge: { ...s.waivedSurcharge, [c.of]: (s.waivedSurcharge[c.of] ?? 0) + c.amount } }),
  REGISTER_PAYMENT: (s, c) => withSurcharge(paidUp({ ...s, paid: s.paid + c.amount }, 'FINE', c.paidOn)),
  GRANT_INSTALMENTS: (s, c) =>
    s.decision === undefined ? s : { ...s, decision: { ...s.decision, payBy: c.untilDay, schedule: c.schedule } },
  RECORD_ENFORCEMENT: (s, c) => withSurcharge(measuredByCourt({ ...s, paid: s.paid + c.amount }, 'FINE', c.outcome)),
  GRANT_DAILY_INSTALMENTS: (s, c) => ({ ...s, dailyPayBy: c.untilDay }),
  RECORD_DAILY_ENFORCEMENT: (s, c) => measuredByCourt({ ...s, dailyPaid: s.dailyPaid + c.amount }, 'DAILY', c.outcome),
  REGISTER_DAILY_PAYMENT: (s, c) => paidUp({ ...s, dailyPaid: s.dailyPaid + c.amount }, 'DAILY', c.paidOn),
  RECORD_REFUND: (s, c) => refunded(s, c.amount),
  LIFT_STAY: (s) => withPayDays(s),
};
