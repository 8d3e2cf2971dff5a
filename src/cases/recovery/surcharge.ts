import { daysBetween, Decimal, type CalendarDay } from '#kernel';

/** Days of lateness that fell into reconsideration or suit; an open one lasts until the day asked for. */
export function stoppedDays(
  periods: readonly { readonly from: CalendarDay; readonly to?: CalendarDay }[],
  payBy: CalendarDay,
  until: CalendarDay,
): number {
  let counted = payBy;
  let sum = 0;
  // Two remedies at the same time stop the same days once.
  for (const { from, to = until } of periods.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const start = from > counted ? from : counted;
    const end = to < until ? to : until;
    if (end <= start) continue;
    sum += daysBetween(start, end);
    counted = end;
  }
  return sum;
}

const DAILY_RATE = new Decimal('0.03');

/**
 * Days for which a surcharge is due: the day after the last day of payment is the first (到期不缴纳的，每日……，行政处罚法 第七十二条), the
 * day of payment the last. A screen that says how many days a term is over says the same number.
 */
export const lateDays = (payBy: CalendarDay, paidOn: CalendarDay, stoppedDays = 0): number => Math.max(0, daysBetween(payBy, paidOn) - stoppedDays);

/**
 * 加处罚款: three percent of the fine for each late day, never above the fine itself (行政处罚法 第七十二条、行政强制法 第四十五条). Days
 * during reconsideration or suit do not count (第七十三条).
 *
 * @returns yuan as decimal text, `0` when paid in time
 */
export function lateSurcharge(fine: number, payBy: CalendarDay, paidOn: CalendarDay, stoppedDays = 0): string {
  const sum = DAILY_RATE.times(lateDays(payBy, paidOn, stoppedDays)).times(fine);
  return Decimal.min(sum, fine).toString();
}
