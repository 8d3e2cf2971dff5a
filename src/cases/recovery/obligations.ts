import { addMonths, endOfDay, instant, type CalendarDay, type Instant } from '#kernel';
import type { ClockId } from '#law';
import type { CommandKind } from '../commands/index.ts';
import { dailyDebt } from '../measures/daily-sum.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { AnyState, Track } from '../states.ts';
import { obligationOfAct, remedyTimes } from '../remedies/contested-acts.ts';
import { lateDays, lateSurcharge, stoppedDays } from './surcharge.ts';

/** The terms of what a party owes: a sum has all of them, an act only those of demand and court. */
interface Terms {
  readonly payment?: ClockId;
  readonly surcharge?: ClockId;
  readonly thirty?: ClockId;
  readonly demand: ClockId;
  readonly court: ClockId;
}

export interface Obligation {
  readonly track: Track;
  /** As papers call it. */
  readonly zh: string;
  /** Where it waits, was not met in time, was demanded, lies with the court, is met, is left when the court ends without it. */
  readonly states: { readonly due: AnyState; readonly overdue: AnyState; readonly demanded: AnyState; readonly court: AnyState; readonly met: AnyState; readonly ended: AnyState };
  readonly steps: Readonly<Partial<Record<'overdue' | 'demand' | 'demandArrived' | 'pay', CommandKind>>> & { readonly state: CommandKind; readonly answer: CommandKind; readonly apply: CommandKind; readonly enforced: CommandKind };
  readonly terms: Terms;
  readonly papers: { readonly demand: PaperKind; readonly application: PaperKind; readonly enforced: PaperKind; readonly overdue?: PaperKind };
  /** The paper it rests on. */
  readonly decisions: readonly PaperKind[];
}

/** What the court may be asked to enforce (行政强制法 第五十三条、第五十四条): the fine, the daily penalty, the order to correct. */
export const OBLIGATIONS = {
  FINE: {
    track: 'MAIN',
    zh: '罚款',
    states: { due: 'PERFORMING', overdue: 'OVERDUE', demanded: 'DEMANDED', court: 'COURT_APPLIED', met: 'TO_CLOSE', ended: 'TO_CLOSE' },
    steps: { overdue: 'RECORD_OVERDUE', demand: 'ISSUE_DEMAND', demandArrived: 'RECORD_DEMAND_DELIVERED', state: 'STATE_AGAINST_DEMAND', answer: 'ANSWER_DEMAND_STATEMENT', apply: 'APPLY_TO_COURT', enforced: 'RECORD_ENFORCEMENT', pay: 'REGISTER_PAYMENT' },
    terms: { payment: 'T10', surcharge: 'T11', thirty: 'T16', demand: 'T15', court: 'T15b' },
    papers: { overdue: 'OVERDUE_RECORD', demand: 'DEMAND_NOTICE', application: 'COURT_APPLICATION', enforced: 'ENFORCEMENT_RECORD' },
    decisions: ['PENALTY_DECISION', 'ON_SPOT_DECISION'],
  },
  DAILY: {
    track: 'DAILY',
    zh: '按日连续处罚罚款',
    states: { due: 'DAILY_PAYING', overdue: 'DAILY_OVERDUE', demanded: 'DAILY_DEMANDED', court: 'DAILY_COURT_APPLIED', met: 'DAILY_PAID', ended: 'DAILY_UNRECOVERED' },
    steps: {
      overdue: 'RECORD_DAILY_OVERDUE', demand: 'ISSUE_DAILY_DEMAND', demandArrived: 'RECORD_DAILY_DEMAND_DELIVERED', state: 'STATE_AGAINST_DAILY_DEMAND', answer: 'ANSWER_DAILY_DEMAND_STATEMENT', apply: 'APPLY_TO_COURT_DAILY', enforced: 'RECORD_DAILY_ENFORCEMENT', pay: 'REGISTER_DAILY_PAYMENT',
    },
    terms: { payment: 'T10d', surcharge: 'T11d', thirty: 'T16d', demand: 'T15d', court: 'T15bd' },
    papers: { overdue: 'DAILY_OVERDUE_RECORD', demand: 'DAILY_DEMAND_NOTICE', application: 'DAILY_COURT_APPLICATION', enforced: 'DAILY_ENFORCEMENT_RECORD' },
    decisions: ['DAILY_PENALTY'],
  },
  CORRECTION: {
    track: 'RECTIFICATION',
    zh: '责令改正',
    states: { due: 'CORRECTING', overdue: 'NOT_CORRECTED', demanded: 'CORRECTION_DEMANDED', court: 'CORRECTION_IN_COURT', met: 'CORRECTED', ended: 'NOT_CORRECTED' },
    steps: { demand: 'DEMAND_CORRECTION', demandArrived: 'RECORD_CORRECTION_DEMAND_DELIVERED', state: 'STATE_AGAINST_CORRECTION_DEMAND', answer: 'ANSWER_CORRECTION_STATEMENT', apply: 'APPLY_TO_COURT_CORRECTION', enforced: 'RECORD_CORRECTION_ENFORCED' },
    terms: { demand: 'T15r', court: 'T15br' },
    papers: { demand: 'CORRECTION_DEMAND', application: 'CORRECTION_COURT_APPLICATION', enforced: 'CORRECTION_ENFORCEMENT_RECORD' },
    decisions: ['RECTIFICATION_ORDER'],
  },
} as const satisfies Record<string, Obligation>;
export type ObligationKey = keyof typeof OBLIGATIONS;

/** Every obligation of a case. */
export const OBLIGATION_KEYS = Object.keys(OBLIGATIONS) as readonly ObligationKey[];
export const obligation = (key: ObligationKey): Obligation => OBLIGATIONS[key];

/** Which obligation this step is about; a step that names none is about the fine. */
export const obligationOfStep = (step: CommandKind | undefined): ObligationKey =>
  OBLIGATION_KEYS.find((key) => (Object.values(OBLIGATIONS[key].steps) as readonly (CommandKind | undefined)[]).includes(step)) ?? 'FINE';
export const obligationOfClock = (clock: ClockId): ObligationKey =>
  OBLIGATION_KEYS.find((key) => (Object.values(OBLIGATIONS[key].terms) as readonly ClockId[]).includes(clock)) ?? 'FINE';

/** How the party stands with it: yuan, the last day of payment, the day its decision was served. */
export interface Standing {
  readonly sum: number;
  readonly paid: number;
  readonly owed: number;
  readonly payBy?: CalendarDay | undefined;
  readonly servedOn?: CalendarDay | undefined;
}

export function standing(state: PenaltyCase, key: ObligationKey): Standing {
  if (key === 'CORRECTION') return { sum: 0, paid: 0, owed: 0, servedOn: state.order?.delivery?.legalDay };
  if (key === 'DAILY') {
    const { fine, owed } = dailyDebt(state);
    return { sum: fine, paid: state.dailyPaid, owed, payBy: state.dailyPayBy, servedOn: state.latest.RECORD_DAILY_DELIVERED?.command.legalDay };
  }
  const { amount = 0, payBy, delivery } = state.decision ?? {};
  return { sum: amount, paid: state.paid, owed: amount - state.paid, payBy, servedOn: delivery?.legalDay };
}

/**
 * What of the surcharge is still owed on this day, in whole yuan: what had grown when the sum itself was paid, or has grown by now, less
 * what was paid of it and what was waived. Nothing once the decision fell, and nothing the court has measured.
 */
export function surchargeOwed(state: PenaltyCase, key: 'FINE' | 'DAILY', day: CalendarDay): number {
  const stands = key === 'FINE' ? state.decision !== undefined && state.decision.overturned !== true : state.latest.RECORD_DAILY_DELIVERED !== undefined && state.daily !== 'DAILY_REVOKED' && state.daily !== 'DAILY_UNRECOVERED';
  if (!stands) return 0;
  const { sum, paid } = standing(state, key);
  const grown = state.grown[key] ?? surchargeBy(state, key, day);
  return Math.max(0, Math.floor(grown) - Math.max(0, paid - sum) - (state.waivedSurcharge[key] ?? 0));
}

/** For how many days the sum has grown by this day; days of a remedy are not among them (行政处罚法 第七十三条). */
export function surchargeDays(state: PenaltyCase, key: ObligationKey, day: CalendarDay): number {
  const { payBy, owed } = standing(state, key);
  return payBy === undefined || owed <= 0 ? 0 : lateDays(payBy, day, stoppedDays(remedyTimes(state, key), payBy, day));
}

/** What lateness has added by this day, in yuan (行政处罚法 第七十二条、第七十三条). */
export function surchargeBy(state: PenaltyCase, key: ObligationKey, day: CalendarDay): number {
  const { sum, payBy } = standing(state, key);
  return payBy === undefined ? 0 : Number(lateSurcharge(sum, payBy, day, stoppedDays(remedyTimes(state, key), payBy, day)));
}

/**
 * When the remedies have run out: six months after service (行政诉讼法 第四十六条); where one was used, not before the day its outcome was
 * received, nor before the fifteen days for a suit against a reconsideration decision are over (第四十五条). A remedy is one
 * against the very act; one against the penalty counts for the daily penalty too.
 */
export function remediesEnd(state: PenaltyCase, key: ObligationKey): Instant | undefined {
  const { servedOn } = standing(state, key);
  if (servedOn === undefined) return undefined;
  const ownTerm = endOfDay(addMonths(servedOn, 6));
  const used = remedyTimes(state, key).flatMap(({ to }) => (to === undefined ? [] : [endOfDay(to)]));
  const suits = state.actRemedies.flatMap(({ act, suitUntil }) => (suitUntil === undefined || obligationOfAct(act) !== key ? [] : [endOfDay(suitUntil)]));
  const suit = key === 'CORRECTION' ? 0 : (state.running.T14r?.dueAt ?? 0);
  return instant(Math.max(ownTerm, suit, ...used, ...suits));
}

/** The periods of remedy once the open one has ended with its outcome. */
export const remedyEnded = (periods: PenaltyCase['remedyPeriods'], receivedOn: CalendarDay): PenaltyCase['remedyPeriods'] =>
  periods.map((p) => (p.to === undefined ? { ...p, to: receivedOn } : p));
