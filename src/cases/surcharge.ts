import { daysBetween, Decimal, type CalendarDay } from '#kernel';

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
