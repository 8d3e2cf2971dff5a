import type { CalendarDay } from '#kernel';

export interface Instalments {
  readonly untilDay: CalendarDay;
  readonly schedule: readonly { readonly dueOn: CalendarDay; readonly amount: number }[];
}

/**
 * What a schedule of instalments lacks: its parts come to what is owed, in order of their days, the last one on the day to
 * which the payment is deferred (行政处罚法 第六十六条). An empty one is a mere deferral.
 *
 * @param owed yuan
 */
export function scheduleProblems({ untilDay, schedule }: Instalments, owed: number): readonly string[] {
  if (schedule.length === 0) return [];
  const days = schedule.map((part) => part.dueOn);
  return [
    ...(schedule.reduce((sum, part) => sum + part.amount, 0) === owed ? [] : [`各期合计等于应缴余额 ${owed} 元`]),
    ...(days.every((d, i) => i === 0 || d > (days[i - 1] ?? d)) && days.at(-1) === untilDay ? [] : ['依次的各期日期，最后一期为延至日期']),
  ];
}
