import type { FactorCode } from '#kernel';
import { guardBand } from '#quality';
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
  /** Error the standard permits at this level (HJ 75, HJ 355: bands by the reference value), in the channel's unit; undefined where it has none for the factor. */
  readonly permitted: number | undefined;
}

/** The rule holds for measured concentrations: a converted result is put back by `scale` = converted ÷ measured. */
function permittedAt(ctx: Context, sample: SampleFact, scale: number): number | undefined {
  const band = guardBand(ctx.reg.rules?.comparisons ?? [], sample.factor, sample.value / scale);
  return band === undefined ? undefined : Number(band) * scale;
}

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
    const limit = Number(limitFor(ctx, sample.factor)?.limit ?? Number.NaN);
    return [{
      sample, automatic, low: Math.min(...bounds) * factor, high: Math.max(...bounds) * factor,
      difference: (sample.value - automatic) / ((sample.value + automatic) / 2), limit, permitted: permittedAt(ctx, sample, factor),
    }];
  });
}

/** Whether the two differ beyond what the standard permits and a tenth of the limit, and beyond what a minute of the neighbouring hours could explain. */
export function disagrees(pair: ManualPair, share: number): boolean {
  const { sample, automatic, low, high, difference, limit, permitted = 0 } = pair;
  const allowed = Math.max(permitted, Number.isFinite(limit) ? 0.1 * limit : 0);
  const explained = sample.value >= 0.85 * low && sample.value <= 1.15 * high;
  return Math.abs(difference) > share && Math.abs(sample.value - automatic) > allowed && !explained;
}

