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
 * 加处罚款: three percent of the fine for each day after the last day of payment, never above the fine itself
 * (行政处罚法 第七十二条、行政强制法 第四十五条). Days during reconsideration or suit do not count (第七十三条).
 *
 * @returns yuan as decimal text, `0` when paid in time
 */
export function lateSurcharge(fine: number, payBy: CalendarDay, paidOn: CalendarDay, stoppedDays = 0): string {
  const late = Math.max(0, daysBetween(payBy, paidOn) - stoppedDays);
  const sum = DAILY_RATE.times(late).times(fine);
  return Decimal.min(sum, fine).toString();
}
