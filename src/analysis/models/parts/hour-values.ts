import type { FactorCode } from '#kernel';
import type { Context } from '../../contract.ts';
import { flagIndex } from '../../contract.ts';
import { forRunning } from './signal.ts';
import { HOUR } from './window.ts';

/** Normal hourly means while running, for `hours` hours from `start`; NaN elsewhere. */
export function hourValues(ctx: Context, factor: FactorCode, start: number, hours: number): Float64Array {
  const out = new Float64Array(hours).fill(Number.NaN);
  const series = ctx.hour(factor);
  if (series === undefined) return out;
  const shift = Math.round((start - series.t0) / HOUR);
  forRunning(ctx, series, Math.max(0, shift), Math.min(series.length, shift + hours), (a, b) => {
    for (let i = a; i < b; i++) if (series.flag[i] === flagIndex.NORMAL) out[i - shift] = series.avg[i] as number;
  });
  return out;
}

/** End of the last hour that is over at now. */
export const lastHourEnd = (ctx: Context): number => Math.floor(ctx.now / HOUR) * HOUR;

const MOST_UNKNOWN = 6;

/**
 * Length of the stretch at the end that best separates from what was before: the k that makes Σ(v − threshold) over
 * the last k values largest. Unknown hours count for neither side; a longer gap (a stop) ends the stretch. 0 when nothing lies above.
 */
export function trailing(values: ArrayLike<number>, threshold: number): number {
  let sum = 0;
  let best = 0;
  let length = 0;
  let unknown = 0;
  for (let k = 1; k <= values.length; k++) {
    const v = values[values.length - k] as number;
    unknown = Number.isFinite(v) ? 0 : unknown + 1;
    if (unknown > MOST_UNKNOWN) break;
    if (unknown > 0) continue;
    sum += v - threshold;
    if (sum > best) {
      best = sum;
      length = k;
    }
  }
  return length;
}

export interface Stretch {
  readonly first: number;
  readonly last: number;
}

/**
 * Shortest stretch that holds nine tenths of the given places, which are in rising order; of places
 * further apart than `longest` only those of the fullest stretch of that length: a person looks at days, not at months.
 */
export function densest(places: readonly number[], longest = Number.POSITIVE_INFINITY): Stretch {
  let within: readonly number[] = [];
  for (let from = 0, to = 0; to < places.length; to++) {
    while ((places[to] as number) - (places[from] as number) > longest) from++;
    if (to - from >= within.length) within = places.slice(from, to + 1);
  }
  const keep = Math.max(1, Math.ceil(0.9 * within.length));
  let best = { first: within[0] ?? 0, last: within[within.length - 1] ?? 0 };
  for (let i = 0; i + keep <= within.length; i++) {
    const part = { first: within[i] as number, last: within[i + keep - 1] as number };
    if (part.last - part.first < best.last - best.first) best = part;
  }
  return best;
}

/**
 * The stretch that best stands out of the whole: `[from, to)` that makes Σ(v − threshold) largest. Unknown hours count for neither side.
 * Every part of it at an end lies above the threshold on average, so what came before and after the fact is left out.
 */
export function fullest(values: ArrayLike<number>, threshold: number): { readonly from: number; readonly to: number } {
  let best = { sum: 0, from: 0, to: 0 };
  let sum = 0;
  let from = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (!Number.isFinite(v)) continue;
    if (sum <= 0) {
      sum = 0;
      from = i;
    }
    sum += v - threshold;
    if (sum > best.sum) best = { sum, from, to: i + 1 };
  }
  return { from: best.from, to: best.to };
}

/**
 * Where the stretch at the end lies that `trailing` finds, with its own end: a windowed statistic goes on for half a
 * window after the fact, the stretch ends with the last values that still show it. `[from, to)`, at least `least` long.
 */
export function trailingSpan(values: ArrayLike<number>, threshold: number, least: number): { readonly from: number; readonly to: number } {
  const from = values.length - trailing(values, threshold);
  let sum = 0;
  let best = 0;
  let to = from;
  for (let i = from; i < values.length; i++) {
    const v = values[i] as number;
    if (Number.isFinite(v)) sum += v - threshold;
    if (sum > best) {
      best = sum;
      to = i + 1;
    }
  }
  return { from: Math.max(0, Math.min(from, to - least)), to };
}
