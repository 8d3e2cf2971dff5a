import type { ValueRow } from '#analysis';
import { HOUR, instant } from '#kernel';
import { usable, type VerdictReason } from '#quality';
import type { CalibrationTerm } from './calibration-terms.ts';
import type { Observation } from './observations.ts';
import type { CountedHours } from './precheck.ts';

const counts = ({ verdict, reason }: ValueRow): boolean => verdict !== undefined && usable(verdict, reason as VerdictReason);

/** The hour itself, and the two after its end for which it is waited before it counts as missing (model A01). */
const IN_TIME = 3 * HOUR;

/** Data that a fact stands on: factors over a span, end exclusive; of no factor: all that were sent. */
export interface Claim {
  readonly factors: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The data something observed stands on: its own factors, else those given, over its own span. */
export const claimOf = ({ codes = [], from, to }: Observation, factors: readonly string[]): Claim => ({ factors: codes.length > 0 ? codes : factors, from, to });

/**
 * Hours due, received and valid under claims, by the verdicts of quality as known now (HJ 75, HJ 356). An hour
 * counts where every factor claimed of it that was sent counts and none lies after the term of its last calibration; those that only the
 * term keeps out are told apart, and so are those whose data came only after they were missing.
 *
 * @param claims epoch ms; the hour that holds `from` is due, that of `to` is not, and one under several claims is due once
 */
export function hourCoverage(rows: readonly ValueRow[], claims: readonly Claim[], terms: readonly CalibrationTerm[]): CountedHours {
  const due = new Set<number>();
  for (const { from, to } of claims) for (let hour = Math.floor(from / HOUR) * HOUR; hour < to; hour += HOUR) due.add(hour);
  const claimed = ({ start, factor }: ValueRow): boolean =>
    claims.some(({ factors, from, to }) => start + HOUR > from && start < to && (factors.length === 0 || factors.includes(factor)));
  const late = new Map(terms.map((term) => [term.factor, new Set(terms.filter((one) => one.factor === term.factor).flatMap((one) => one.overdue))]));
  const hours = new Map<number, { valid: boolean; overdue: boolean; knownAt: number }>();
  for (const row of rows) {
    if (!claimed(row)) continue;
    const hour = hours.get(row.start) ?? { valid: true, overdue: false, knownAt: row.knownAt };
    hours.set(row.start, { valid: hour.valid && counts(row), overdue: hour.overdue || late.get(row.factor)?.has(row.start) === true, knownAt: Math.min(hour.knownAt, row.knownAt) });
  }
  const sent = [...hours.values()];
  const afterwards = [...hours].flatMap(([start, { knownAt }]) => (knownAt > start + IN_TIME ? [knownAt] : []));
  return {
    expected: due.size, present: sent.length, ...(afterwards.length === 0 ? {} : { afterwards: { hours: afterwards.length, until: instant(Math.max(...afterwards)) } }),
    valid: sent.filter((hour) => hour.valid && !hour.overdue).length, overdue: sent.filter((hour) => hour.valid && hour.overdue).length,
  };
}
