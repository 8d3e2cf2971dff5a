/** Time of the simulator: a regular grid of steps in epoch milliseconds, read in China Standard Time. */
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;
const CST = 8 * HOUR;

export interface Grid {
  /** First instant, aligned to a local midnight. */
  readonly start: number;
  /** Steps in the whole horizon. */
  readonly n: number;
  readonly stepMs: number;
  /** Steps in an hour. */
  readonly perHour: number;
}

/** Aligns the start to local midnight, because DataTime of steps, hours and days must all fall on the grid. */
export function makeGrid(start: number, days: number, stepMin: number): Grid {
  if (![1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60].includes(stepMin)) throw new Error(`step ${stepMin} min is no divisor of the hour`);
  const stepMs = stepMin * MINUTE;
  return { start: floorDay(start), n: Math.round((days * DAY) / stepMs), stepMs, perHour: 60 / stepMin };
}

export const timeAt = (grid: Grid, index: number): number => grid.start + index * grid.stepMs;
export const endOf = (grid: Grid): number => timeAt(grid, grid.n);

/** Index of the step that contains the instant, cut to the grid. */
export const indexAt = (grid: Grid, at: number): number =>
  Math.max(0, Math.min(grid.n, Math.floor((at - grid.start) / grid.stepMs)));

export const floorDay = (at: number): number => Math.floor((at + CST) / DAY) * DAY - CST;
/** Local hour of day with fraction, 0–24. */
export const hourOfDay = (at: number): number => ((at + CST) % DAY) / HOUR;
/** 0 = Monday … 6 = Sunday, local. */
export const weekdayOf = (at: number): number => (Math.floor((at + CST) / DAY) + 3) % 7;
export const isWeekend = (at: number): boolean => weekdayOf(at) >= 5;

const dayText = new Map<number, string>();

/** `YYYYMMDD` of the local date. Cached, because every frame asks for it. */
export function dateDigits(at: number): string {
  const day = Math.floor((at + CST) / DAY);
  let text = dayText.get(day);
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, 10).replaceAll('-', '');
    dayText.set(day, text);
  }
  return text;
}

const two = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

/** `YYYYMMDDhhmmss` in local time, the DataTime of HJ 212-2017. */
export function dataTime(at: number): string {
  const inDay = (at + CST) % DAY;
  const s = Math.floor(inDay / 1000);
  return `${dateDigits(at)}${two[Math.floor(s / 3600)]}${two[Math.floor(s / 60) % 60]}${two[s % 60]}`;
}

/** `YYYYMMDDhhmmsszzz`: QN of HJ 212-2017. */
export const qn = (at: number): string => `${dataTime(at)}${String(Math.floor(at) % 1000).padStart(3, '0')}`;

/** Day of the year, local, 1-based. */
export function dayOfYear(at: number): number {
  const year = Number(dateDigits(at).slice(0, 4));
  return Math.floor((at + CST - Date.UTC(year, 0, 1)) / DAY) + 1;
}

export const localDay = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) - CST;
