import type { FactorCode } from '#kernel';
import type { Context, HourSeries, SampleFact } from '../../contract.ts';
import { judgedValue, limitFor } from './limits.ts';
import { NORMAL } from './signal.ts';
import { HOUR, indexAt } from './window.ts';

/** A manual result beside what the automatic device said at that time. */
export interface ManualPair {
  readonly sample: SampleFact;
  readonly automatic: number;
  /** Lowest and highest of the hour and its neighbours: what a differing minute would explain. */
  readonly low: number;
  readonly high: number;
  /** (manual − automatic) ÷ their mean. */
  readonly difference: number;
  readonly limit: number;
}

/** Allowed absolute difference of a comparison at low levels (HJ 75-2017 表 5, HJ 355-2019 表 1), in the channel's unit. */
const ABSOLUTE: Readonly<Record<string, number>> = { a21026: 17, a21002: 12, a34013: 5, a21005: 15, w01018: 5, w21003: 0.3, w21011: 0.06, w21001: 0.3 };

export const allowance = (factor: string, limit: number): number => Math.max(ABSOLUTE[factor] ?? 0, Number.isFinite(limit) ? 0.1 * limit : 0);

function hourValue(ctx: Context, factor: FactorCode, i: number, converted: boolean): number {
  const series = ctx.hour(factor);
  if (series === undefined || i < 0 || i >= series.length || series.flag[i] !== NORMAL) return Number.NaN;
  const limit = limitFor(ctx, factor);
  return converted && limit?.basis === 'zs' ? judgedValue(ctx, series, i, limit) : (series.avg[i] as number);
}

/** The analyser only repeats an older result: nothing flows, or it missed its cycle. It says nothing of the water of that hour. */
function isHeld(ctx: Context, series: HourSeries, i: number): boolean {
  const sampled = series.sampleTime[i] as number;
  return Number.isFinite(sampled) && sampled < series.t0 + i * HOUR - Math.max(1, ctx.reg.analysisCycleHours ?? 1) * HOUR;
}

/** Pairs of the window, in order of sampling; samples without a normal, fresh hour beside them are left out. */
export function manualPairs(ctx: Context): ManualPair[] {
  return [...ctx.samples].sort((a, b) => a.sampledAt - b.sampledAt || (a.factor < b.factor ? -1 : 1)).flatMap((sample) => {
    const series = ctx.hour(sample.factor);
    if (series === undefined) return [];
    const i = indexAt(series, sample.sampledAt);
    const converted = sample.basis === 'zs';
    const automatic = hourValue(ctx, sample.factor, i, converted);
    if (!Number.isFinite(automatic) || isHeld(ctx, series, i)) return [];
    const scale = automatic / (series.avg[i] as number);
    const around = [i - 1, i, i + 1, i + 2].filter((k) => k >= 0 && k < series.length && series.flag[k] === NORMAL);
    const bounds = around.flatMap((k) => [series.min[k] as number, series.max[k] as number, series.avg[k] as number]).filter(Number.isFinite);
    const factor = Number.isFinite(scale) && scale > 0 ? scale : 1;
    return [{
      sample, automatic, low: Math.min(...bounds) * factor, high: Math.max(...bounds) * factor,
      difference: (sample.value - automatic) / ((sample.value + automatic) / 2), limit: Number(limitFor(ctx, sample.factor)?.limit ?? Number.NaN),
    }];
  });
}

/** Whether the two differ beyond the allowance, and beyond what a minute of the neighbouring hours could explain. */
export function disagrees(pair: ManualPair, share: number): boolean {
  const { sample, automatic, low, high, difference, limit } = pair;
  const near = allowance(sample.factor, limit);
  const explained = sample.value >= 0.85 * low && sample.value <= 1.15 * high;
  return Math.abs(difference) > share && Math.abs(sample.value - automatic) > near && !explained;
}

