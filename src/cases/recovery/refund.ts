import { dailyDebt } from '../measures/daily-sum.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/**
 * What the party has paid without owing it, in yuan: all of it where the decision was revoked, what exceeds the new sum where it was
 * changed, what enforcement brought in beyond fine and surcharge (国家赔偿法 第三十六条第一项).
 */
export function overpaid(state: PenaltyCase): { readonly fine: number; readonly daily: number } {
  const { decision, paid, surcharged, daily, dailyPaid, dailyPayBy, latest } = state;
  const due = decision === undefined || decision.overturned === true ? 0 : decision.amount + surcharged;
  // Only a decision in force is owed; the surcharge never exceeds the fine itself, and there is none before there was a day of payment.
  const dailyDue = daily === 'DAILY_REVOKED' || latest.DECIDE_DAILY_PENALTY === undefined ? 0 : (dailyPayBy === undefined ? 1 : 2) * dailyDebt(state).fine;
  return { fine: Math.max(0, paid - due), daily: Math.max(0, dailyPaid - dailyDue) };
}

export const refundDue = (state: PenaltyCase): number => overpaid(state).fine + overpaid(state).daily;

/** What has been paid beyond the fine by now is its surcharge: the guard on payments lets nothing else through. */
export const withSurcharge = (state: PenaltyCase): PenaltyCase => {
  const amount = state.decision?.amount ?? 0;
  return { ...state, surcharged: Math.min(amount, Math.max(0, state.paid - amount)) };
};

/** The money went back: the fine first, then the daily penalty. */
export function refunded(state: PenaltyCase, amount: number): PenaltyCase {
  const ofFine = Math.min(amount, overpaid(state).fine);
  return { ...state, paid: state.paid - ofFine, dailyPaid: state.dailyPaid - (amount - ofFine) };
}
