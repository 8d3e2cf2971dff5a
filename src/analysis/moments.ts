import { DAY, HOUR, MINUTE } from '#kernel';
import { localMidnight } from '#quality';

/** Models that wait for time to pass are asked ten minutes past every hour, daily ones at 02:00 local. */
export const TICK_OFFSET = 10 * MINUTE;
/** The daily moment, after local midnight. */
export const DAY_OFFSET = 2 * HOUR;

export const firstTick = (after: number): number => Math.floor((after - TICK_OFFSET) / HOUR) * HOUR + HOUR + TICK_OFFSET;

/** The first daily moment after `activeSince`. */
export function firstDayMoment(activeSince: number): number {
  const today = localMidnight(activeSince) + DAY_OFFSET;
  return today > activeSince ? today : today + DAY;
}
