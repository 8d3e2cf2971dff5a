import { MINUTE } from '#kernel';
import { flagIndex, VALID_FLAG, type Flag } from './flags.ts';
import { MIN_VALID_MINUTES } from './means.ts';

/** Three-valued: a verdict that lacks its input is no verdict, and never "met". */
export type Verdict = 'VALID' | 'INVALID' | 'CANNOT_TELL';
/** Why; the index is kept in a column. Append only. */
export const REASONS = ['OK', 'NO_VALUE', 'FLAG', 'MARKED', 'OUT_OF_SPAN', 'INCOMPLETE', 'NO_STEPS_SENT', 'NO_FLAG', 'OUT_OF_CONTROL'] as const;
export type VerdictReason = (typeof REASONS)[number];
/** The verdict a reason leads to. */
export const VERDICT_OF: Readonly<Record<VerdictReason, Verdict>> = {
  OK: 'VALID', NO_VALUE: 'INVALID', FLAG: 'INVALID', MARKED: 'INVALID', OUT_OF_SPAN: 'INVALID', INCOMPLETE: 'INVALID', NO_STEPS_SENT: 'CANNOT_TELL',
  NO_FLAG: 'CANNOT_TELL', OUT_OF_CONTROL: 'INVALID',
};

/** All that decides whether an hour may be judged. */
export interface HourInputs {
  readonly medium: 'gas' | 'water';
  readonly value: number;
  readonly flag: Flag;
  readonly span: number | undefined;
  readonly normalSteps: number;
  readonly stepMs: number;
  /** Whether the device ever sends steps of this factor: without them 45 minutes cannot be counted. */
  readonly stepsSent: boolean;
  /** Under an accepted monitoring mark (submitted in time). */
  readonly marked: boolean;
  /** Between the last passed check and the next one, with a failure in between (HJ 75 §12.1, HJ 356). */
  readonly outOfControl?: boolean;
  /** Fewest valid minutes; a region may differ. */
  readonly minMinutes?: number | undefined;
}

/**
 * Whether an hour may be judged (U02): a value with a normal flag inside the span, no accepted monitoring mark, and for
 * gas 45 normal minutes (HJ 75). Water is judged by its flag: one abnormal child already made it abnormal (附录C).
 */
export function hourVerdict(hour: HourInputs): { readonly verdict: Verdict; readonly reason: VerdictReason } {
  const { medium, value, flag, span, normalSteps, stepMs, stepsSent, marked, outOfControl = false, minMinutes } = hour;
  const reason = hourReason(value, flagIndex[flag], marked, outOfControl, span, medium, stepsSent, normalSteps * stepMs, minMinutes);
  return { verdict: VERDICT_OF[reason], reason };
}

const NO_FLAG = flagIndex.NONE;

/** The same as the reason alone, which names the verdict; `normalMs` is how much of the hour normal steps cover. For loops over years of hours. */
export function hourReason(
  value: number, flag: number, marked: boolean, outOfControl: boolean, span: number | undefined, medium: HourInputs['medium'], stepsSent: boolean, normalMs: number,
  minMinutes = MIN_VALID_MINUTES,
): VerdictReason {
  if (Number.isNaN(value)) return 'NO_VALUE';
  if (flag === NO_FLAG) return 'NO_FLAG';
  if (VALID_FLAG[flag] !== true) return 'FLAG';
  if (marked) return 'MARKED';
  if (outOfControl) return 'OUT_OF_CONTROL';
  if (span !== undefined && value > span) return 'OUT_OF_SPAN';
  if (medium === 'water') return 'OK';
  if (!stepsSent) return 'NO_STEPS_SENT';
  return normalMs >= minMinutes * MINUTE ? 'OK' : 'INCOMPLETE';
}

/**
 * Whether models may use the hour. The logger's own roll-up stands where it sends no steps; an hour without any flag
 * does not count.
 */
export const usable = (verdict: Verdict, reason: VerdictReason): boolean => verdict === 'VALID' || reason === 'NO_STEPS_SENT';
