import type { FactorCode } from '#kernel';
import { median, robustScale, sortedFinite } from '../../../primitives/index.ts';
import type { Context } from '../../../contract.ts';
import { baselineOf, nearResolution, tainted } from '../baseline.ts';
import { DUST, factorInfo, isAnalyser } from '../factors.ts';
import { finiteCount, NORMAL, runningAt, runValues, type Signal } from '../signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from '../window.ts';

/**
 * Jumps of a channel: the median of ln values just after a moment less that just before, against what the same contrast
 * does in the clean month of the channel. Lengths are steps of the series, sizes ln.
 */

const LEARN_DAYS = 30;
const LEAST_CONTRASTS = 200;
/** Share of a jump that must still be there when it has had time to die away. */
const STAYS = 0.6;
/** A level of fewer steps of the print-out makes no ratio. */
const LEAST_RESOLUTIONS = 10;

/** Sides of the contrast and hours after which the jump must still stand; an analyser's results come in cycles. */
export function widths(ctx: Context, signal: Signal): { side: number; lasting: number } {
  const cycle = isAnalyser(signal.factor) ? Math.max(1, ctx.reg.analysisCycleHours ?? 1) * HOUR : 0;
  const side = Math.max(2, Math.ceil(Math.max(HOUR / 2, 2 * cycle) / signal.stepMs));
  return { side, lasting: Math.max(2 * side, Math.ceil(Math.max(3 * HOUR, 4 * cycle) / signal.stepMs)) };
}

/** ln of running values, floored at the resolution so that zeros stay finite. */
function lnValues(ctx: Context, signal: Signal, from: number, to: number): Float64Array {
  const q = ctx.reg.factors.find((f) => f.factor === signal.factor)?.resolution ?? 0.01;
  return runValues(ctx, signal, from, to).map((v) => Math.log(Math.max(v, q)));
}

/** Median of `side` values from `at` on less that of the `side` values before; NaN where a third of a side is unknown. */
export function contrast(ln: Float64Array, at: number, side: number): number {
  if (at - side < 0 || at + side > ln.length) return Number.NaN;
  if (finiteCount(ln, at - side, at) < 0.66 * side || finiteCount(ln, at, at + side) < 0.66 * side) return Number.NaN;
  return median(ln, at, at + side) - median(ln, at - side, at);
}

export interface Usual {
  readonly sigma: number;
  /** Sizes of the contrasts of the month, rising. */
  readonly sizes: Float64Array;
  readonly level: number;
}

/** Whether most of a jump is still there when it has had time to die away. */
export function stays(ln: Float64Array, at: number, lasting: number, d: number): boolean {
  const before = median(ln, Math.max(0, at - lasting), at);
  return (median(ln, at + (lasting >> 1), Math.min(ln.length, at + lasting)) - before) / d > STAYS;
}

/** Robust spread of the same contrast over the clean month, sizes of the jumps that stayed, and the usual level; once per local day. */
export const usualOf = (ctx: Context, channel: Channel, side: number, lasting: number): Usual | undefined =>
  ctx.daily(`step:${channel.name}`, () => {
    const { grid } = channel;
    const end = localDayStart(ctx.now) - 2 * DAY;
    const from = clampedIndex(grid, Math.max(end - LEARN_DAYS * DAY, grid.t0));
    const ln = channel.ln(from, clampedIndex(grid, end));
    for (const factor of channel.factors) {
      for (const t of tainted(ctx, factor)) {
        ln.fill(Number.NaN, Math.max(0, clampedIndex(grid, t.start) - from), Math.max(0, clampedIndex(grid, t.end) - from));
      }
    }
    const list: number[] = [];
    const places: number[] = [];
    for (let at = side; at + side <= ln.length; at += 1 + (side >> 1)) {
      const d = contrast(ln, at, side);
      if (!Number.isFinite(d)) continue;
      list.push(d);
      places.push(at);
    }
    if (list.length < LEAST_CONTRASTS) return undefined;
    const level = median(ln);
    // A coarse channel moves by whole resolutions: that is the least it does.
    const sigma = Math.max(robustScale(list).sigma, channel.coarse(level), 0.02);
    // A burst that dies away is no measure of jumps that stay.
    const staying = list.filter((d, k) => Math.abs(d) > 2 * sigma && stays(ln, places[k] as number, lasting, d));
    return { sigma, sizes: sortedFinite(staying.map(Math.abs)), level };
  });

/** The plant ran on both sides: no stop, no ramp. */
export function ranThrough(ctx: Context, from: number, to: number): boolean {
  for (let t = from; t < to; t += HOUR) if (!runningAt(ctx, t)) return false;
  return true;
}

/** Work on the instrument near the moment: a calibration moves every gas a little; a standard check moves no analyser. */
export function flaggedNear(signal: Signal, at: number, reach: number): boolean {
  if (isAnalyser(signal.factor)) return false;
  for (let i = Math.max(0, at - reach); i < Math.min(signal.length, at + reach); i++) {
    if (signal.flag[i] !== NORMAL && Number.isFinite(signal.values[i] as number)) return true;
  }
  return false;
}

/** What is looked at: a channel, or the ratio of particulates to the gases of one stack. */
export interface Channel {
  readonly name: string;
  readonly factors: readonly FactorCode[];
  readonly grid: Signal;
  readonly ratio: boolean;
  ln(from: number, to: number): Float64Array;
  /** Least step of the print-out relative to a level. */
  coarse(level: number): number;
}

export const channelOf = (ctx: Context, signal: Signal): Channel => ({
  name: signal.factor, factors: [signal.factor], grid: signal, ratio: false,
  ln: (from, to) => lnValues(ctx, signal, from, to),
  coarse: (level) => (ctx.reg.factors.find((f) => f.factor === signal.factor)?.resolution ?? 0) / Math.exp(level),
});

/** Whether one step of the print-out is small beside what the channel usually shows: else it jumps whenever the last digit turns. */
const isFine = (ctx: Context, factor: FactorCode): boolean =>
  ctx.daily(`step:fine:${factor}`, () => {
    const base = baselineOf(ctx, factor);
    return base !== undefined && !nearResolution(ctx, factor, median(base.values), LEAST_RESOLUTIONS);
  });

/**
 * Particulates are measured in the stack, gases in a drawn sample: air let into the sample lowers the gases and leaves
 * the particulates, whatever the oxygen channel is made to say (the second pattern of D01).
 */
export function ratioOf(ctx: Context, signals: readonly Signal[]): Channel[] {
  const fine = signals.filter((s) => isFine(ctx, s.factor));
  const dust = fine.find((s) => s.factor === DUST);
  const gases = fine.filter((s) => factorInfo(s.factor).extractive);
  if (dust === undefined || gases.length < 2) return [];
  return [{
    name: [dust, ...gases].map((s) => s.factor).join('/'), factors: [dust.factor, ...gases.map((g) => g.factor)], grid: dust, ratio: true, coarse: () => 0,
    ln: (from, to) => {
      const all = gases.map((g) => lnValues(ctx, g, from, to));
      return lnValues(ctx, dust, from, to).map((v, i) => v - all.reduce((sum, list) => sum + (list[i] as number), 0) / all.length);
    },
  }];
}
