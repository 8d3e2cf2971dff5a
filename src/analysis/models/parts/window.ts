import { CST_OFFSET, DAY, HOUR } from '#kernel';
import type { Grid } from '../../contract.ts';

export { DAY, HOUR, MINUTE } from '#kernel';

/** How many intervals of the grid have ended at `now`; also the exclusive end index of what may be looked at. */
export const endedAt = (grid: Grid, now: number): number =>
  Math.max(0, Math.min(grid.length, Math.floor((now - grid.t0) / grid.stepMs)));

/** Index of the interval that holds `at`; may lie outside the grid. */
export const indexAt = (grid: Grid, at: number): number => Math.floor((at - grid.t0) / grid.stepMs);

/** The same, held inside [0, length]. */
export const clampedIndex = (grid: Grid, at: number): number =>
  Math.max(0, Math.min(grid.length, Math.floor((at - grid.t0) / grid.stepMs)));

export const timeAt = (grid: Grid, index: number): number => grid.t0 + index * grid.stepMs;

/** A window of `hours`, made longer where a slow series would put fewer than `values` into it: statistics want numbers, not hours. */
export const hoursHolding = (hours: number, values: number, grid: Grid): number => Math.max(hours, Math.ceil((values * grid.stepMs) / HOUR));

/** Hour of the day in China, 0–23. */
export const localHour = (at: number): number => Math.floor(((at + CST_OFFSET) % DAY) / HOUR);

/** 00:00 in China of the day of `at`. */
export const localDayStart = (at: number): number => Math.floor((at + CST_OFFSET) / DAY) * DAY - CST_OFFSET;

/** Off-hours in the sense of door rules: 20:00–06:00. */
export const isNight = (at: number): boolean => localHour(at) >= 20 || localHour(at) < 6;

/** Monday in China: slow statistics over weeks are judged once a week, not seven times on nearly the same data. */
export const isMonday = (at: number): boolean => Math.floor((at + CST_OFFSET) / DAY) % 7 === 4;
