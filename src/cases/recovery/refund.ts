import type { CalendarDay } from '#kernel';
import { dailyDebt } from '../measures/daily-sum.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { standing, surchargeBy } from './obligations.ts';

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

type Sum = 'FINE' | 'DAILY';

/** The sum itself is paid: from that day the surcharge grows no more (行政处罚法 第七十二条). */
export function paidUp(state: PenaltyCase, key: Sum, paidOn: CalendarDay): PenaltyCase {
  if (state.grown[key] !== undefined || standing(state, key).owed > 0) return state;
  return { ...state, grown: { ...state.grown, [key]: surchargeBy(state, key, paidOn) } };
}

/** What the court brought in, it measured: nothing is left of the surcharge once it is done or has ended. */
export function measuredByCourt(state: PenaltyCase, key: Sum, outcome: 'FULL' | 'PART' | 'TERMINATED'): PenaltyCase {
  if (outcome === 'PART') return state;
  const { sum, paid } = standing(state, key);
  return { ...state, grown: { ...state.grown, [key]: Math.max(0, paid - sum) } };
}

/** A new or changed decision has a day of payment of its own, and no lateness yet. */
export function withoutSurcharge<T extends Pick<PenaltyCase, 'grown' | 'waivedSurcharge'>>(state: T, key: Sum): T {
  const without = <V>({ [key]: _gone, ...rest }: Readonly<Partial<Record<Sum, V>>>): Readonly<Partial<Record<Sum, V>>> => rest as Readonly<Partial<Record<Sum, V>>>;
  return { ...state, grown: without(state.grown), waivedSurcharge: without(state.waivedSurcharge) };
}

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
