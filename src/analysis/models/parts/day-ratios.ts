import type { FactorCode } from '#kernel';
import { median } from '../../primitives/index.ts';
import type { Context } from '../../contract.ts';
import { powerHours, type Role } from './power-hours.ts';
import { NORMAL } from './signal.ts';
import { DAY, HOUR, localDayStart } from './window.ts';

/** Local days of the window that are over. */
export const daysKnown = (ctx: Context): number => Math.max(0, Math.round((localDayStart(ctx.now) - ctx.state.t0) / DAY));

/** Hourly power of a role over the whole days of the window. Once per local day, for every model that needs it. */
export const windowPower = (ctx: Context, role: Role): Float64Array =>
  ctx.daily(`hours:${role}`, () => powerHours(ctx, role, ctx.state.t0, daysKnown(ctx) * 24));

/** Hourly means flagged normal over the whole days of the window, running or not. */
export function windowHours(ctx: Context, factor: FactorCode): Float64Array {
  const hours = daysKnown(ctx) * 24;
  const out = new Float64Array(hours).fill(Number.NaN);
  const series = ctx.hour(factor);
  if (series === undefined) return out;
  const shift = Math.round((ctx.state.t0 - series.t0) / HOUR);
  for (let h = Math.max(0, -shift); h < hours && h + shift < series.length; h++) {
    if (series.flag[h + shift] === NORMAL) out[h] = series.avg[h + shift] as number;
  }
  return out;
}

/** ln of Σa ÷ Σb per day over the hours in which both are known; NaN with fewer than `minHours` of them or nothing to divide. */
export function dayLogRatios(a: ArrayLike<number>, b: ArrayLike<number>, minHours: number): Float64Array {
  const out = new Float64Array(Math.floor(Math.min(a.length, b.length) / 24)).fill(Number.NaN);
  for (let d = 0; d < out.length; d++) {
    let sa = 0;
    let sb = 0;
    let n = 0;
    for (let h = d * 24; h < d * 24 + 24; h++) {
      const x = a[h] as number;
      const y = b[h] as number;
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      sa += x;
      sb += y;
      n++;
    }
    if (n >= minHours && sa > 0 && sb > 0) out[d] = Math.log(sa / sb);
  }
  return out;
}

export interface OwnDays {
  readonly usual: number;
  /** Robust sigma and largest |deviation| of medians over `width` days. */
  readonly sigma: number;
  readonly largest: number;
  readonly days: number;
}

/** How the medians of `width` days have moved on the days before `until`; undefined with fewer than `minDays` of them. */
export function ownDays(values: Float64Array, until: number, width: number, minDays: number): OwnDays | undefined {
  const past = values.subarray(0, Math.max(0, until));
  let days = 0;
  for (const v of past) if (Number.isFinite(v)) days++;
  if (days < minDays) return undefined;
  const usual = median(past);
  const moves: number[] = [];
  for (let d = 0; d + width <= past.length; d++) {
    const part = past.subarray(d, d + width);
    let n = 0;
    for (const v of part) if (Number.isFinite(v)) n++;
    if (n >= 0.6 * width) moves.push(Math.abs(median(part) - usual));
  }
  // For a two-sided spread around its own median, the median of |moves| is the MAD.
  return { usual, sigma: 1.4826 * median(moves), largest: moves.reduce((a, b) => Math.max(a, b), 0), days };
}

/** Marks the days that a span touches as unknown: a stretch under suspicion must not teach what is usual. */
export function forgetDays(ctx: Context, values: Float64Array, spans: readonly { start: number; end: number }[], before: number): void {
  for (const span of spans) {
    const from = Math.max(0, Math.floor((span.start - ctx.state.t0) / DAY));
    values.fill(Number.NaN, from, Math.min(before, Math.max(from, Math.ceil((span.end - ctx.state.t0) / DAY))));
  }
}
