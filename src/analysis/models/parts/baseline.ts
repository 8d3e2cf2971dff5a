import type { FactorCode } from '#kernel';
import { resolutionOf, union, type Interval } from '../../primitives/index.ts';
import type { Context, PastFinding } from '../../contract.ts';
import { isStrong } from './outcomes.ts';
import { runValues, signalOf } from './signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './window.ts';

export const BASELINE_DAYS = 30;
export const BASELINE_MINIMUM_DAYS = 10;
export const BASELINE_DISTANCE_DAYS = 2;
const REPLACED = /replac|更换/iu;

const concerns = (factors: readonly FactorCode[], factor: FactorCode): boolean =>
  factors.length === 0 || factors.includes(factor);

/** Last filed replacement of the instrument: everything before is another instrument (U07). */
export function rebasedAt(ctx: Context, factor: FactorCode): number {
  return ctx.maintenance.reduce(
    (at, m) => (m.end <= ctx.now && REPLACED.test(m.what) && concerns(m.factors, factor) ? Math.max(at, m.end) : at),
    Number.NEGATIVE_INFINITY,
  );
}

/** A warning or more by a model that doubts what was measured. */
export const isAuthenticity = (f: PastFinding): boolean => isStrong(f) && /^([CD]\d|F06|E0[13])/u.test(f.model);

/** Stretches that must not teach the baseline: open findings of authenticity models, filed instrument work ± 12 h. */
export function tainted(ctx: Context, factor: FactorCode): Interval[] {
  const found = ctx.recent.filter(isAuthenticity);
  const work = ctx.maintenance
    .filter((m) => concerns(m.factors, factor))
    .map((m) => ({ start: m.start - 12 * HOUR, end: m.end + 12 * HOUR }));
  return union([...found, ...work]);
}

/** A copy: series are views that a model must not keep. */
export interface Baseline {
  readonly stepMs: number;
  /** Clean running values, one per interval; NaN where not clean. */
  readonly values: Float64Array;
  readonly sampleTime: Float64Array | undefined;
  readonly days: number;
  readonly resolution: number;
}

/**
 * U07: 30 days of clean running data that ended two days ago, computed once per local day. Undefined with less than
 * ten days' worth (an instrument that was just replaced starts over).
 */
export function baselineOf(ctx: Context, factor: FactorCode): Baseline | undefined {
  return ctx.daily(`U07:${factor}`, () => {
    const signal = signalOf(ctx, factor);
    if (signal === undefined) return undefined;
    // Two days of distance, so that an event cannot become its own measure before it is found.
    const end = localDayStart(ctx.now) - BASELINE_DISTANCE_DAYS * DAY;
    const start = Math.max(end - BASELINE_DAYS * DAY, rebasedAt(ctx, factor) + 12 * HOUR, signal.t0);
    const from = clampedIndex(signal, start);
    const values = runValues(ctx, signal, from, clampedIndex(signal, end));
    for (const t of tainted(ctx, factor)) {
      values.fill(Number.NaN, Math.max(0, clampedIndex(signal, t.start) - from), Math.max(0, clampedIndex(signal, t.end) - from));
    }
    const days = daysWithData(values, signal.stepMs);
    if (days < BASELINE_MINIMUM_DAYS) return undefined;
    const registered = ctx.reg.factors.find((f) => f.factor === factor)?.resolution;
    const sampleTime = signal.sampleTime?.slice(from, from + values.length);
    return { stepMs: signal.stepMs, values, sampleTime, days, resolution: resolutionOf(values) ?? registered ?? 0.01 };
  });
}

/**
 * Whether a usual value is so few steps of the print-out that level, noise and ratios of the channel say more of rounding than of the plant (U04):
 * a clean source read near zero by an instrument of coarse print.
 */
export function nearResolution(ctx: Context, factor: FactorCode, usual: number, leastResolutions: number): boolean {
  const step = baselineOf(ctx, factor)?.resolution ?? ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0;
  return usual < leastResolutions * step;
}

/** Days of the baseline with at least four hours of clean values: a batch discharger runs a third of the day only. */
function daysWithData(values: Float64Array, stepMs: number): number {
  const perDay = Math.round(DAY / stepMs);
  let days = 0;
  for (let d = 0; d < values.length; d += perDay) {
    let n = 0;
    for (let i = d; i < Math.min(values.length, d + perDay); i++) if (Number.isFinite(values[i] as number)) n++;
    if (n * stepMs >= 4 * HOUR) days++;
  }
  return days;
}
