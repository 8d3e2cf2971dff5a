import { addDays, daysBetween, type CalendarDay, type Span } from '#kernel';

/** One order to correct and the re-check that followed it. */
export interface RectificationRound {
  readonly servedOn: CalendarDay;
  readonly checkedOn?: CalendarDay;
  readonly refused?: boolean;
  /** Set where the refusal was read from the outfall's data alone: which time they are of. */
  readonly data?: Span;
}

export interface CountedSpan {
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly days: number;
}

/**
 * 计罚日数: from the day after the order was served to the day of the re-check that found the refusal, inclusive
 * (按日连续处罚办法 第十七条); each further re-check with refusal adds its own span and no day counts twice. From the day
 * a sealing or a stop ended the discharge nothing is counted any more (第二十条).
 *
 * @param endedOn first day on which the measure kept the unit from discharging
 */
export function countDays(rounds: readonly RectificationRound[], endedOn?: CalendarDay): readonly CountedSpan[] {
  const spans: CountedSpan[] = [];
  for (const { servedOn, checkedOn, refused } of rounds) {
    if (checkedOn === undefined || refused !== true) continue;
    const last = spans.at(-1)?.to;
    const after = last === undefined || last < servedOn ? servedOn : last;
    const ended = endedOn !== undefined && endedOn > servedOn && endedOn <= checkedOn;
    const to = ended ? addDays(endedOn, -1) : checkedOn;
    const days = daysBetween(after, to);
    if (days > 0) spans.push({ from: addDays(after, 1), to, days });
  }
  return spans;
}

export const sumOfDays = (spans: readonly CountedSpan[]): number => spans.reduce((sum, span) => sum + span.days, 0);
