import type { CalendarDay, RegionKey } from '#kernel';
import type { Law } from '#law';
import { BASES } from '../clue/bases.ts';

/**
 * By which provisions of the region's own text these violations are handed over, as articles are cited: those named for each (`review.handoverArticles`),
 * each once and in the order of that list; of what it does not name, those of the step. Pure.
 */
export function handoverBasis(law: Pick<Law, 'valueAt'>, region: RegionKey, day: CalendarDay, violations: readonly string[]): string {
  const { value, source } = law.valueAt('review.handoverArticles', region, day);
  const named = value.filter((row) => row.violations.some((key) => violations.includes(key))).flatMap(({ articles }) => articles);
  return named.length === 0 ? BASES.handover : [...new Set(named)].map((article) => `${source} ${article}`).join('；');
}
