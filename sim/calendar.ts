import { DAY, dateDigits, floorDay, localDay } from './grid.ts';

/**
 * National holidays as the plants live them: inclusive ranges `[from, to]` as `YYYYMMDD`. A behaviour table of the
 * simulator, never a legal calendar (that one is `law/calendar`); make-up working days are ignored on purpose.
 */
const HOLIDAYS: readonly (readonly [string, string])[] = [
  ['20250101', '20250101'], ['20250128', '20250204'], ['20250404', '20250406'], ['20250501', '20250505'],
  ['20250531', '20250602'], ['20251001', '20251008'], ['20260101', '20260103'], ['20260215', '20260223'],
  ['20260404', '20260406'], ['20260501', '20260505'], ['20260619', '20260621'], ['20260925', '20260927'],
  ['20261001', '20261007'], ['20270101', '20270103'], ['20270205', '20270212'], ['20270501', '20270505'],
  ['20271001', '20271007'],
];

/** First day of the lunar year, on which the long stops of small plants centre. */
const SPRING_FESTIVAL: readonly number[] = [
  localDay(2025, 1, 29), localDay(2026, 2, 17), localDay(2027, 2, 6), localDay(2028, 1, 26),
];

export function isHoliday(at: number): boolean {
  const day = dateDigits(at);
  return HOLIDAYS.some(([from, to]) => day >= from && day <= to);
}

/** The Spring Festival days that fall within an interval, each as the start of New Year's Day. */
export const springFestivals = (from: number, to: number): readonly number[] =>
  SPRING_FESTIVAL.filter((day) => day + 15 * DAY > from && day - 15 * DAY < to);

/** Starts of the local months that begin inside the interval, plus the month that contains its start. */
export function monthsBetween(from: number, to: number): readonly { readonly key: string; readonly start: number }[] {
  const months: { key: string; start: number }[] = [];
  for (let day = floorDay(from); day < to; day += DAY) {
    const key = dateDigits(day).slice(0, 6);
    if (months.at(-1)?.key !== key) months.push({ key, start: day });
  }
  return months;
}
