import type { Context, PowerSeries } from '../../contract.ts';
import { clampedIndex, HOUR } from './window.ts';

export type Role = PowerSeries['role'];

export const metersOf = (ctx: Context, role: Role): readonly PowerSeries[] => ctx.power.filter((p) => p.role === role);

/** Sum of the meters of a role at one interval; NaN unless every meter reported (redundant lines are summed first). */
export function powerAt(meters: readonly PowerSeries[], i: number): number {
  let sum = 0;
  for (const m of meters) sum += m.avg[i] as number;
  return meters.length === 0 ? Number.NaN : sum;
}

/** Hourly mean power (kW) of a role for `hours` hours from `start`; NaN where less than half of the hour is known. */
export function powerHours(ctx: Context, role: Role, start: number, hours: number): Float64Array {
  const meters = metersOf(ctx, role);
  const out = new Float64Array(hours).fill(Number.NaN);
  const grid = meters[0];
  if (grid === undefined) return out;
  const perHour = HOUR / grid.stepMs;
  for (let h = 0; h < hours; h++) {
    let sum = 0;
    let n = 0;
    const from = clampedIndex(grid, start + h * HOUR);
    const to = clampedIndex(grid, start + (h + 1) * HOUR);
    for (let i = from; i < to; i++) {
      const kw = powerAt(meters, i);
      if (Number.isFinite(kw)) {
        sum += kw;
        n++;
      }
    }
    if (n >= perHour / 2) out[h] = sum / n;
  }
  return out;
}
