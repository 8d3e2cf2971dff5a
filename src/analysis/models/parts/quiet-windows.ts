import type { FactorCode } from '#kernel';
import { quantile, sortedFinite, varianceCut } from '../../primitives/index.ts';
import type { Context } from '../../contract.ts';
import { baselineOf, type Baseline } from './baseline.ts';
import { runValues, type Signal } from './signal.ts';
import { HOUR } from './window.ts';

/** What a window of running values looks like; NaN where fewer than four fifths of it are there. */
export interface WindowStats {
  readonly mean: number;
  readonly sd: number;
  /** Root mean square of neighbouring differences, as such and relative to the level. */
  readonly diff: number;
  readonly relativeDiff: number;
}

const NOTHING: WindowStats = { mean: Number.NaN, sd: Number.NaN, diff: Number.NaN, relativeDiff: Number.NaN };

/** Statistics of `values[from, to)` in one pass; gaps break neighbour pairs. */
export function windowStats(values: ArrayLike<number>, from: number, to: number): WindowStats {
  let n = 0;
  let sum = 0;
  let squares = 0;
  let pairs = 0;
  let diffs = 0;
  let last = Number.NaN;
  for (let i = from; i < to; i++) {
    const v = values[i] as number;
    if (!Number.isFinite(v)) {
      last = Number.NaN;
      continue;
    }
    n++;
    sum += v;
    squares += v * v;
    if (Number.isFinite(last)) {
      pairs++;
      diffs += (v - last) ** 2;
    }
    last = v;
  }
  if (n < 8 || n < 0.8 * (to - from) || pairs < 4) return NOTHING;
  const mean = sum / n;
  return {
    mean,
    sd: Math.sqrt(Math.max(0, (squares - n * mean * mean) / (n - 1))),
    diff: Math.sqrt(diffs / pairs),
    relativeDiff: mean > 0 ? Math.sqrt(diffs / pairs) / mean : Number.NaN,
  };
}

export interface OwnWindows {
  readonly count: number;
  readonly sd: { readonly median: number; readonly least: number };
  readonly diff: { readonly median: number; readonly least: number };
  readonly relativeDiff: { readonly median: number; readonly least: number };
}

const summary = (list: readonly number[]): { median: number; least: number } => {
  const sorted = sortedFinite(list);
  return { median: quantile(sorted, 0.5), least: quantile(sorted, 0.01) };
};

/**
 * The same statistics over the clean baseline in half-overlapping windows: thresholds of the catalogue do not carry
 * over to every plant, so a finding must also leave the outfall's own history behind. Once per local day.
 */
export function ownWindows(ctx: Context, factor: FactorCode, hours: number): { base: Baseline; own: OwnWindows } | undefined {
  const base = baselineOf(ctx, factor);
  if (base === undefined) return undefined;
  const own = ctx.daily(`windows:${factor}:${hours}`, () => {
    const width = Math.round((hours * HOUR) / base.stepMs);
    const stats: WindowStats[] = [];
    for (let i = 0; i + width <= base.values.length; i += Math.max(1, width >> 1)) {
      const s = windowStats(base.values, i, i + width);
      if (Number.isFinite(s.sd)) stats.push(s);
    }
    return {
      count: stats.length,
      sd: summary(stats.map((s) => s.sd)),
      diff: summary(stats.map((s) => s.diff)),
      relativeDiff: summary(stats.map((s) => s.relativeDiff)),
    };
  });
  return own.count < 14 ? undefined : { base, own };
}

/** Cheap gate: the newest two dozen values must be calmer than usual, or no quiet window can end here. */
export function calmLately(ctx: Context, signal: Signal, own: OwnWindows, to: number): boolean {
  const from = Math.max(0, to - 24);
  const values = runValues(ctx, signal, from, to);
  let sum = 0;
  let n = 0;
  for (let i = 1; i < values.length; i++) {
    const d = (values[i] as number) - (values[i - 1] as number);
    if (Number.isFinite(d)) {
      sum += d * d;
      n++;
    }
  }
  return n >= 6 && Math.sqrt(sum / n) < 0.8 * own.diff.median;
}

export interface Quiet {
  /** Indexes of the first quiet value and of the first one that is loud again. */
  readonly from: number;
  readonly to: number;
}

/**
 * Localised: which part of the last stretch is quiet. The differences (which have no drift) are cut where their
 * variance falls, and again where it rises; without a clear cut the window itself is reported.
 */
export function quietSpan(values: Float64Array, windowFrom: number): Quiet {
  const at: number[] = [];
  const diffs: number[] = [];
  for (let i = 1; i < values.length; i++) {
    const d = (values[i] as number) - (values[i - 1] as number);
    if (Number.isFinite(d)) {
      at.push(i);
      diffs.push(d);
    }
  }
  let first = 0;
  let from = windowFrom;
  // One cut finds the largest change; what follows it may hold another, larger fall (an earlier event, then this one).
  for (let round = 0; round < 3; round++) {
    const fall = varianceCut(diffs.slice(first), 6);
    if (fall === undefined || rms(diffs, first + fall, diffs.length) > 0.6 * rms(diffs, first, first + fall)) break;
    first += fall;
    from = Math.min(windowFrom + ((values.length - windowFrom) >> 1), at[first] as number);
  }
  const rise = varianceCut(diffs.slice(first), 4);
  if (rise === undefined) return { from, to: values.length };
  const louder = rms(diffs, first + rise, diffs.length) > 2 * rms(diffs, first, first + rise);
  return { from, to: louder ? (at[first + rise] as number) : values.length };
}

function rms(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (values[i] as number) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}
