import type { Brand } from './brand.ts';
import { CST_OFFSET, DAY, instant, type Instant } from './time.ts';

/** A legal date in China, `YYYY-MM-DD`. Independent of the time zone of the process. */
export type CalendarDay = Brand<string, 'CalendarDay'>;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

const utc = (day: CalendarDay): number => Date.parse(`${day}T00:00:00Z`);
const fromUtc = (ms: number): CalendarDay => new Date(ms).toISOString().slice(0, 10) as CalendarDay;

/** Reads `YYYY-MM-DD`; undefined when the text is no real date (2026-02-30 is not). */
export function parseCalendarDay(text: string): CalendarDay | undefined {
  if (!SHAPE.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text) ? (text as CalendarDay) : undefined;
}

/** For constants in code and data already checked; throws on a wrong date. */
export function calendarDay(text: string): CalendarDay {
  const day = parseCalendarDay(text);
  if (day === undefined) throw new Error(`not a calendar day: ${text}`);
  return day;
}

/** The date it is in China at this moment. */
export const dayOf = (at: Instant): CalendarDay => fromUtc(Math.floor((at + CST_OFFSET) / DAY) * DAY);

/** 00:00 China Standard Time of the day. */
export const startOfDay = (day: CalendarDay): Instant => instant(utc(day) - CST_OFFSET);

/** 24:00 of the day: the last day of a term is used up only then. */
export const endOfDay = (day: CalendarDay): Instant => instant(utc(day) - CST_OFFSET + DAY);

/** The day `n` days later; earlier where `n` is negative. */
export const addDays = (day: CalendarDay, n: number): CalendarDay => fromUtc(utc(day) + n * DAY);

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: CalendarDay, b: CalendarDay): number => (utc(b) - utc(a)) / DAY;

/** 1 = Monday … 7 = Sunday. */
export const weekday = (day: CalendarDay): number => ((Math.floor(utc(day) / DAY) + 3) % 7) + 1;

/** The same day `n` months on; where the month has no such day, its last (行政期限按月计算的通例). */
export function addMonths(day: CalendarDay, n: number): CalendarDay {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(y, m - 1 + n, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return fromUtc(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(d, last)));
}

/** The year of a day. */
export const yearOf = (day: CalendarDay): number => Number(day.slice(0, 4));
