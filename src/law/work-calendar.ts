import { z } from 'zod';
import { addDays, dayOf, instant, weekday, yearOf, type CalendarDay, type Instant } from '#kernel';
import { daySchema, provenanceShape } from './provenance.ts';

/** One file of `law/calendar/`: the State Council's holiday notice of one year. */
export const calendarYearSchema = z.object({
  kind: z.literal('calendar'),
  year: z.number().int(),
  status: z.enum(['PUBLISHED', 'NOT_PUBLISHED']),
  holidays: z.array(z.object({ name: z.string(), from: daySchema, to: daySchema })),
  makeUp: z.array(z.object({ day: daySchema, for: z.string() })),
  ...provenanceShape,
});
/** The State Council's notice of holidays and make-up days for one year. */
export type CalendarYear = z.infer<typeof calendarYearSchema>;

/** Whether a day is a working day, or that nobody has published it yet. */
export type WorkingDayAnswer = boolean | 'NOT_PUBLISHED';

/** Working days with holidays and make-up days (调休). A year nobody has published yet is never guessed silently. */
export interface WorkCalendar {
  /** `NOT_PUBLISHED` for every day of a year whose notice is not loaded. */
  isWorkingDay(day: CalendarDay): WorkingDayAnswer;
  /** The year's notice, for the law browser. */
  year(year: number): CalendarYear | undefined;
}

const WEEKEND = 6;

/** The calendar over the years that are loaded. */
export function workCalendar(years: readonly CalendarYear[]): WorkCalendar {
  const byYear = new Map(years.map((y) => [y.year, y]));
  const holidays = new Set<CalendarDay>();
  const makeUp = new Set<CalendarDay>();
  for (const y of years) {
    for (const h of y.holidays) for (let d = h.from; d <= h.to; d = addDays(d, 1)) holidays.add(d);
    for (const m of y.makeUp) makeUp.add(m.day);
  }
  return {
    isWorkingDay: (day) => {
      if (byYear.get(yearOf(day))?.status !== 'PUBLISHED') return 'NOT_PUBLISHED';
      if (makeUp.has(day)) return true;
      return !holidays.has(day) && weekday(day) < WEEKEND;
    },
    year: (y) => byYear.get(y),
  };
}

/** A day found by counting; `provisional` when the count passed through a year not yet published. */
export interface CountedDay {
  readonly day: CalendarDay;
  readonly provisional: boolean;
}

// In a year not yet published Monday to Friday count as working: the earliest day that can result,
// so the date shown is never later than the lawful one. It is marked provisional and recomputed later.
const works = (answer: WorkingDayAnswer, day: CalendarDay) =>
  answer === 'NOT_PUBLISHED' ? weekday(day) < WEEKEND : answer;

/** The n-th working day after `day` (the day itself is not counted); n = 0 gives `day`. */
export function addWorkingDays(calendar: WorkCalendar, day: CalendarDay, n: number): CountedDay {
  let current = day;
  let left = n;
  let provisional = false;
  while (left > 0) {
    current = addDays(current, 1);
    const answer = calendar.isWorkingDay(current);
    if (answer === 'NOT_PUBLISHED') provisional = true;
    if (works(answer, current)) left -= 1;
  }
  return { day: current, provisional };
}

/** The day itself when it is a working day, else the next one (期限届满的最后一日是节假日的顺延). */
export function rollForward(calendar: WorkCalendar, day: CalendarDay): CountedDay {
  let current = day;
  let provisional = false;
  for (;;) {
    const answer = calendar.isWorkingDay(current);
    if (answer === 'NOT_PUBLISHED') provisional = true;
    if (works(answer, current)) return { day: current, provisional };
    current = addDays(current, 1);
  }
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: WorkCalendar, from: CalendarDay, to: CalendarDay): number {
  if (to < from) return -workingDaysBetween(calendar, to, from);
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (works(calendar.isWorkingDay(day), day)) count += 1;
  }
  return count;
}

/** By what a term is counted and, where by working days, what is left of it by the day its end (epoch ms) closes; negative when it ran out. */
export const termLeft = <K extends string>(calendar: WorkCalendar, { dayKind, dueAt }: { readonly dayKind: K; readonly dueAt: number }, now: Instant): { readonly dayKind: K; readonly workingDaysLeft?: number } =>
  dayKind !== 'WORKING_DAY' ? { dayKind } : { dayKind, workingDaysLeft: workingDaysBetween(calendar, dayOf(now), dayOf(instant(dueAt - 1))) };
