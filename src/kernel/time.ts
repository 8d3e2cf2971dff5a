import type { Brand } from './brand.ts';

/** A moment, in milliseconds since the Unix epoch. */
export type Instant = Brand<number, 'Instant'>;

/** Marks epoch milliseconds as a moment. */
export const instant = (epochMs: number): Instant => epochMs as Instant;

/** The only source of "now". Passed in everywhere, so that a test can live through years in a second. */
export interface Clock {
  now(): Instant;
}

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  set(at: Instant): void;
  advance(ms: number): void;
}

/** A clock that stands until it is moved, for tests and simulations. */
export function manualClock(start: Instant): ManualClock {
  let current = start;
  return {
    now: () => current,
    set: (at) => void (current = at),
    advance: (ms) => void (current = instant(current + ms)),
  };
}

/** Milliseconds of a second. */
export const SECOND = 1_000;
/** Milliseconds of a minute. */
export const MINUTE = 60_000;
/** Milliseconds of an hour. */
export const HOUR = 3_600_000;
/** Milliseconds of a day; there is no summer time in China. */
export const DAY = 86_400_000;

/** China Standard Time has been UTC+8 without summer time since 1992; HJ 212 and the law both count in it. */
export const CST_OFFSET = 8 * HOUR;

/** RFC 3339 in China Standard Time, e.g. `2026-03-12T08:05:00.000+08:00`. */
export const toRfc3339 = (at: Instant): string => new Date(at + CST_OFFSET).toISOString().replace('Z', '+08:00');

/** `2026-03-12 08:05`, China Standard Time. */
export const toMinuteText = (at: Instant): string => toRfc3339(at).slice(0, 16).replace('T', ' ');

/** Start of the clock hour (any whole-hour zone gives the same). */
export const startOfHour = (at: number): Instant => instant(Math.floor(at / HOUR) * HOUR);
