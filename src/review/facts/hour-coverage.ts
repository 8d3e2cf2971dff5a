import type { ValueRow } from '#analysis';
import { HOUR } from '#kernel';
import { usable, type VerdictReason } from '#quality';
import type { CalibrationTerm } from './calibration-terms.ts';
import type { PrecheckInput } from './precheck.ts';

const counts = ({ verdict, reason }: ValueRow): boolean => verdict !== undefined && usable(verdict, reason as VerdictReason);

/**
 * Hours due, received and valid in a period for the factors of a clue, by the verdicts of quality as known now (HJ 75, HJ 356). An hour
 * counts where every factor that was sent of it counts and none lies after the term of its last calibration; those that only the term
 * keeps out are told apart.
 *
 * @param from, to epoch ms; the hour that holds `from` is due, that of `to` is not
 */
export function hourCoverage(
  rows: readonly ValueRow[], factors: readonly string[], terms: readonly CalibrationTerm[], from: number, to: number,
): NonNullable<PrecheckInput['hours']> {
  const first = Math.floor(from / HOUR) * HOUR;
  const late = new Map(terms.map((term) => [term.factor, new Set(terms.filter((one) => one.factor === term.factor).flatMap((one) => one.overdue))]));
  const hours = new Map<number, { valid: boolean; overdue: boolean }>();
  for (const row of rows) {
    if (row.start < first || row.start >= to || (factors.length > 0 && !factors.includes(row.factor))) continue;
    const hour = hours.get(row.start) ?? { valid: true, overdue: false };
    hours.set(row.start, { valid: hour.valid && counts(row), overdue: hour.overdue || late.get(row.factor)?.has(row.start) === true });
  }
  const sent = [...hours.values()];
  return {
    expected: Math.max(0, Math.ceil((to - first) / HOUR)), present: sent.length,
    valid: sent.filter((hour) => hour.valid && !hour.overdue).length, overdue: sent.filter((hour) => hour.valid && hour.overdue).length,
  };
}
