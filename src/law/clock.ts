import { z } from 'zod';
import { addDays, addMonths, dayOf, endOfDay, HOUR, instant, type CalendarDay, type Instant } from '#kernel';
import { CLOCK_IDS, type ClockId } from './clock-ids.ts';
import { bilingualSchema, provenanceShape } from './provenance.ts';
import { addWorkingDays, rollForward, type WorkCalendar } from './work-calendar.ts';

/** By what a term is counted; the first and the last count in days of China Standard Time (行政处罚法 第八十五条: 日 of short terms are working days). */
export const DAY_KINDS = ['WORKING_DAY', 'CALENDAR_DAY', 'HOUR', 'MONTH', 'YEAR'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** What it means that the term has run out. */
export const CLOCK_EFFECTS = [
  'OVERDUE', // the holder has broken a duty
  'RIGHT_LAPSES', // the holder's right is used up, nobody is at fault
  'EARLIEST', // only from then on may the next step be taken
  'DEEMED', // the law takes something as done (served, consented)
] as const;
export type ClockEffect = (typeof CLOCK_EFFECTS)[number];

export const clockRuleSchema = z.object({
  id: z.enum(CLOCK_IDS),
  title: bilingualSchema,
  /** State machine the clock belongs to; no clock hangs on no state. */
  machine: z.string(),
  startEvent: z.string(),
  stopEvent: z.string(),
  n: z.number().int().positive(),
  dayKind: z.enum(DAY_KINDS),
  effect: z.enum(CLOCK_EFFECTS).default('OVERDUE'),
  /** Does a last day on a holiday move to the next working day? Never for hours. */
  rollForward: z.boolean().default(true),
  holder: z.string(),
  ...provenanceShape,
});
/** A statutory clock as `law/deadlines/` states it: term, kind of day, start, effect and article, with days of validity. */
export type ClockRule = z.infer<typeof clockRuleSchema>;

/** A computed term, ready for `openDeadline`. */
export interface DueDate {
  readonly clockId: ClockId;
  readonly startedAt: Instant;
  /** The term is used up at this moment: 24:00 China time of `dueDay`, or the exact hour. */
  readonly dueAt: Instant;
  readonly dueDay: CalendarDay;
  /** Passed through a year whose holidays are not yet published; must be computed again when they are. */
  readonly provisional: boolean;
  readonly n: number;
  readonly dayKind: DayKind;
  /** Instrument and article, e.g. `行政处罚法 第六十条`. */
  readonly article: string;
  readonly verified: boolean;
  readonly effect: ClockEffect;
  readonly holder: string;
}

/**
 * When a term that starts at `start` is used up. The day of the event is not counted (行政诉讼法、民事诉讼法通例;
 * 原环境行政处罚办法 第七十九条); "2, 3, 5, 7 days" are working days (行政处罚法 第八十五条), which the rule's
 * `dayKind` states. Everything is computed in China time whatever the zone of the process.
 */
export function dueAt(clock: ClockRule, start: Instant, calendar: WorkCalendar): DueDate {
  const due = lastDay(clock, start, calendar);
  return {
    clockId: clock.id,
    startedAt: start,
    dueAt: clock.dayKind === 'HOUR' ? instant(start + clock.n * HOUR) : endOfDay(due.day),
    dueDay: due.day,
    provisional: due.provisional,
    n: clock.n,
    dayKind: clock.dayKind,
    article: `${clock.source} ${clock.article}`,
    verified: clock.verified,
    effect: clock.effect,
    holder: clock.holder,
  };
}

function lastDay(clock: ClockRule, start: Instant, calendar: WorkCalendar) {
  const from = dayOf(start);
  const roll = (day: CalendarDay) => (clock.rollForward ? rollForward(calendar, day) : { day, provisional: false });
  switch (clock.dayKind) {
    case 'HOUR':
      return { day: dayOf(instant(start + clock.n * HOUR)), provisional: false };
    case 'WORKING_DAY':
      return addWorkingDays(calendar, from, clock.n);
    case 'CALENDAR_DAY':
      return roll(addDays(from, clock.n));
    case 'MONTH':
      return roll(addMonths(from, clock.n));
    case 'YEAR':
      return roll(addMonths(from, 12 * clock.n));
  }
}
