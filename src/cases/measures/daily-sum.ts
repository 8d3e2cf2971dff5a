import { dayOf, instant } from '#kernel';
import type { Law } from '#law';
import { chargedWith } from '../charged-acts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { countDays, sumOfDays, type CountedSpan } from './count-days.ts';

/** A calculation of the daily penalty with every number it stands on. */
export interface DailySum {
  readonly spans: readonly CountedSpan[];
  readonly days: number;
  /** The original fine: the sum of each day (按日连续处罚办法 第十九条). */
  readonly base: number;
  readonly amount: number;
}

/** What the re-checks so far come to; earlier daily decisions of the same cycle have their days already. */
export function dailySumOf(state: PenaltyCase, law: Law): DailySum {
  const spans = countDays(state.rounds, dischargeEndedOn(state)).filter((span) => span.to > (state.dailyCountedTo ?? ''));
  const days = sumOfDays(spans);
  const base = originalFine(state, law);
  return { spans, days, base, amount: base * days };
}

/** The daily fine of the matter under way and what of it is still owed. */
export function dailyDebt(state: PenaltyCase): { readonly fine: number; readonly owed: number } {
  const fine = state.dailyChangedTo ?? state.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.amount ?? 0;
  return { fine, owed: Math.max(0, fine - state.dailyPaid) };
}

/** The fine for the listed acts alone: another violation punished in the same decision is not multiplied. */
function originalFine(state: PenaltyCase, law: Law): number {
  const amount = state.decision?.amount ?? 0;
  if (state.discretion === undefined || state.further.length === 0) return amount;
  const listed = chargedWith(state, law, 'dailyPenalty');
  const own = state.violation !== undefined && listed.includes(state.violation) ? state.discretion.trace.amount : 0;
  return state.discretion.further
    .filter((weighed) => listed.includes(weighed.violation))
    .reduce((sum, weighed) => sum + weighed.trace.amount, own);
}

/** First day on which a sealing or a stop kept the unit from discharging (第二十条). */
function dischargeEndedOn({ latest }: PenaltyCase) {
  const sealing = [latest.CARRY_OUT_SEALING, latest.SEAL_URGENTLY].find((taken) => taken?.command.endsDischarge === true);
  const stop = latest.ORDER_PRODUCTION?.command.measure === 'STOP_PRODUCTION' ? latest.RECORD_PRODUCTION_DELIVERED : undefined;
  const days = [
    ...(sealing === undefined ? [] : [dayOf(instant(sealing.command.takenAt))]),
    ...(stop === undefined ? [] : [stop.command.legalDay]),
  ];
  return days.toSorted()[0];
}
