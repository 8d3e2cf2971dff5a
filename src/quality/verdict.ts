import { MINUTE } from '#kernel';
import { FLAG_EFFECT, type Flag } from './flags.ts';
import { MIN_VALID_MINUTES } from './means.ts';

/** Three-valued: a verdict that lacks its input is no verdict (design.md §2.4). */
export type Verdict = 'VALID' | 'INVALID' | 'CANNOT_TELL';
export type VerdictReason = 'OK' | 'NO_VALUE' | 'FLAG' | 'MARKED' | 'OUT_OF_SPAN' | 'INCOMPLETE' | 'NO_STEPS_SENT' | 'NO_FLAG';

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
}

/**
 * Whether an hour may be judged (U02): a value with a normal flag inside the span, no accepted monitoring mark, and for
 * gas 45 normal minutes (HJ 75). Water is judged by its flag: one abnormal child already made it abnormal (附录C).
 */
export function hourVerdict(hour: HourInputs): { readonly verdict: Verdict; readonly reason: VerdictReason } {
  if (Number.isNaN(hour.value)) return { verdict: 'INVALID', reason: 'NO_VALUE' };
  if (hour.flag === 'NONE') return { verdict: 'CANNOT_TELL', reason: 'NO_FLAG' };
  if (!FLAG_EFFECT[hour.flag].valid) return { verdict: 'INVALID', reason: 'FLAG' };
  if (hour.marked) return { verdict: 'INVALID', reason: 'MARKED' };
  if (hour.span !== undefined && hour.value > hour.span) return { verdict: 'INVALID', reason: 'OUT_OF_SPAN' };
  if (hour.medium === 'water') return { verdict: 'VALID', reason: 'OK' };
  if (!hour.stepsSent) return { verdict: 'CANNOT_TELL', reason: 'NO_STEPS_SENT' };
  return hour.normalSteps * hour.stepMs >= MIN_VALID_MINUTES * MINUTE ? { verdict: 'VALID', reason: 'OK' } : { verdict: 'INVALID', reason: 'INCOMPLETE' };
}

/**
 * Whether models may use the hour. The logger's own roll-up stands where it sends no steps; an hour without any flag
 * does not count.
 */
export const usable = (verdict: Verdict, reason: VerdictReason): boolean => verdict === 'VALID' || reason === 'NO_STEPS_SENT';
