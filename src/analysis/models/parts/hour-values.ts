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
 * the last k values largest (models.md §3.5). Unknown hours count for neither side; a longer gap (a stop) ends the stretch. 0 when nothing lies above.
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
