import type { FactorCode } from '#kernel';
import { median, quantile, robustScale, sortedFinite } from '../../primitives/index.ts';
import type { Context } from '../../contract.ts';
import { tainted } from './baseline.ts';
import { hourValues } from './hour-values.ts';
import { powerHours } from './power-hours.ts';
import { DAY, HOUR, localDayStart } from './window.ts';

/** Knots [kW, value] with the spread around each; plain data, so that it can be kept with what was learnt once a day. */
interface Line {
  readonly knots: readonly (readonly [kw: number, value: number])[];
  readonly spreads: readonly number[];
  readonly low: number;
  readonly high: number;
}

export interface LoadCurve extends Line {
  readonly sigma: number;
  /** Largest |median of 12 h of residuals| in the own history. */
  readonly largest: number;
  /** The 90 % point of the same: not lifted by one odd stretch in the history. */
  readonly usual: number;
}

const BINS = 12;
const LEARN_DAYS = 30;
const MIN_HOURS = 240;
/** Share and number of hours at either end of the load range that teach nothing. */
const RARE = 0.03;
const MIN_SIDE = 6;
/** A bin whose values lie this many times further apart than in the usual bin is not learnt. */
const DISAGREES = 3;

/** Medians in equal-count bins of load, joined by straight lines: follows any shape and ignores outliers. */
function curveThrough(load: Float64Array, y: Float64Array): Line | undefined {
  const pairs: [number, number][] = [];
  load.forEach((l, i) => {
    if (Number.isFinite(l) && Number.isFinite(y[i] as number)) pairs.push([l, y[i] as number]);
  });
  if (pairs.length < MIN_HOURS) return undefined;
  pairs.sort((a, b) => a[0] - b[0]);
  const knots: [number, number][] = [];
  const spreads: number[] = [];
  for (let b = 0; b < BINS; b++) {
    const part = pairs.slice(Math.floor((b * pairs.length) / BINS), Math.floor(((b + 1) * pairs.length) / BINS));
    const middle = median(part.map((p) => p[1]));
    knots.push([median(part.map((p) => p[0])), middle]);
    spreads.push(quantile(sortedFinite(part.map((p) => Math.abs(p[1] - middle))), 0.8));
  }
  // Loads seen in a handful of hours only (ramps) are not learnt: the plant behaves otherwise on its way up or down.
  const rare = Math.max(MIN_SIDE, Math.floor(RARE * pairs.length));
  const low = (pairs[rare] as [number, number])[0] * 0.98;
  const high = (pairs[pairs.length - 1 - rare] as [number, number])[0] * 1.03;
  return { knots, spreads, low, high };
}

/** Expected value at this production power; NaN outside the learned range. */
function expectedAt({ knots, spreads, low, high }: Line, kw: number): number {
  if (!(kw >= low && kw <= high)) return Number.NaN;
  let k = 1;
  while (k < knots.length - 1 && (knots[k] as Line['knots'][number])[0] < kw) k++;
  const [x0, y0] = knots[k - 1] as Line['knots'][number];
  const [x1, y1] = knots[k] as Line['knots'][number];
  // Where the plant was seen both ramping and running the curve knows neither.
  if (Math.max(spreads[k - 1] as number, spreads[k] as number) > DISAGREES * median(spreads)) return Number.NaN;
  const t = x1 > x0 ? Math.max(-0.5, Math.min(1.5, (kw - x0) / (x1 - x0))) : 0;
  return y0 + t * (y1 - y0);
}

/** How a channel follows production power, learnt from 30 clean days that ended two days ago. Once per local day. */
export const loadCurve = (ctx: Context, factor: FactorCode, form: (v: number) => number): LoadCurve | undefined =>
  ctx.daily(`load:${factor}`, () => {
    const end = localDayStart(ctx.now) - 2 * DAY;
    const start = Math.max(end - LEARN_DAYS * DAY, ctx.state.t0);
    const hours = Math.round((end - start) / HOUR);
    if (hours < MIN_HOURS) return undefined;
    const y = hourValues(ctx, factor, start, hours).map(form);
    for (const t of tainted(ctx, factor)) {
      y.fill(Number.NaN, Math.max(0, Math.floor((t.start - start) / HOUR)), Math.max(0, Math.ceil((t.end - start) / HOUR)));
    }
    const load = powerHours(ctx, 'production', start, hours);
    const line = curveThrough(load, y);
    if (line === undefined) return undefined;
    const residuals = y.map((v, i) => v - expectedAt(line, load[i] as number));
    const halves: number[] = [];
    for (let i = 0; i + 12 <= residuals.length; i += 4) halves.push(Math.abs(median(residuals, i, i + 12)));
    return { ...line, sigma: robustScale(residuals).sigma, largest: quantile(sortedFinite(halves), 0.99), usual: quantile(sortedFinite(halves), 0.9) };
  });

/** Residuals from the curve for the last `hours` hours up to the last full one. */
export function loadResiduals(ctx: Context, factor: FactorCode, curve: LoadCurve, form: (v: number) => number, hours: number): Float64Array {
  const start = Math.floor(ctx.now / HOUR) * HOUR - hours * HOUR;
  const load = powerHours(ctx, 'production', start, hours);
  return hourValues(ctx, factor, start, hours).map((v, i) => form(v) - expectedAt(curve, load[i] as number));
}
