import { MINUTE } from '#kernel';
import { FLAG_EFFECT, type Flag } from './flags.ts';
import { MIN_VALID_MINUTES } from './means.ts';

/** Three-valued: a verdict that lacks its input is no verdict (design.md §2.4). */
export type Verdict = 'VALID' | 'INVALID' | 'CANNOT_TELL';
/** Why; the index is kept in a column. Append only. */
export const REASONS = ['OK', 'NO_VALUE', 'FLAG', 'MARKED', 'OUT_OF_SPAN', 'INCOMPLETE', 'NO_STEPS_SENT', 'NO_FLAG', 'OUT_OF_CONTROL'] as const;
export type VerdictReason = (typeof REASONS)[number];
export const VERDICT_OF: Readonly<Record<VerdictReason, Verdict>> = {
  OK: 'VALID', NO_VALUE: 'INVALID', FLAG: 'INVALID', MARKED: 'INVALID', OUT_OF_SPAN: 'INVALID', INCOMPLETE: 'INVALID', NO_STEPS_SENT: 'CANNOT_TELL',
  NO_FLAG: 'CANNOT_TELL', OUT_OF_CONTROL: 'INVALID',
};

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
  const reason = hourReason(hour);
  return { verdict: VERDICT_OF[reason], reason };
}

/** The same as the reason alone, which names the verdict. */
export function hourReason(hour: HourInputs): VerdictReason {
  if (Number.isNaN(hour.value)) return 'NO_VALUE';
  if (hour.flag === 'NONE') return 'NO_FLAG';
  if (!FLAG_EFFECT[hour.flag].valid) return 'FLAG';
  if (hour.marked) return 'MARKED';
  if (hour.outOfControl === true) return 'OUT_OF_CONTROL';
  if (hour.span !== undefined && hour.value > hour.span) return 'OUT_OF_SPAN';
  if (hour.medium === 'water') return 'OK';
  if (!hour.stepsSent) return 'NO_STEPS_SENT';
  return hour.normalSteps * hour.stepMs >= (hour.minMinutes ?? MIN_VALID_MINUTES) * MINUTE ? 'OK' : 'INCOMPLETE';
}

/**
 * Whether models may use the hour. The logger's own roll-up stands where it sends no steps; an hour without any flag
 * does not count.
 */
export const usable = (verdict: Verdict, reason: VerdictReason): boolean => verdict === 'VALID' || reason === 'NO_STEPS_SENT';
