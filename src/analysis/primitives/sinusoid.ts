import { mean } from './order-statistics.ts';

interface Fit {
  /** Share of the variance that remains, 0–1. */
  readonly residual: number;
  /** Cycles in the whole window. */
  readonly cycles: number;
}

/** Least squares of level + cosine + sine at one frequency, over the finite values. */
function fitAt(values: ArrayLike<number>, level: number, total: number, cycles: number): Fit {
  const n = values.length;
  const w = (2 * Math.PI * cycles) / n;
  const [turnC, turnS] = [Math.cos(w), Math.sin(w)];
  let [c, s] = [1, 0];
  let [k, sc, ss, scc, sss, scs, sy, syc, sys] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const y = (values[i] as number) - level;
    if (y === y) {
      k++;
      sc += c;
      ss += s;
      scc += c * c;
      sss += s * s;
      scs += c * s;
      sy += y;
      syc += y * c;
      sys += y * s;
    }
    [c, s] = [c * turnC - s * turnS, s * turnC + c * turnS];
  }
  const a = scc - (sc * sc) / k;
  const b = scs - (sc * ss) / k;
  const d = sss - (ss * ss) / k;
  const p = syc - (sy * sc) / k;
  const q = sys - (sy * ss) / k;
  const det = a * d - b * b;
  const explained = det > 1e-9 * a * d ? (p * p * d - 2 * p * q * b + q * q * a) / det : 0;
  return { residual: Math.max(0, 1 - explained / total), cycles };
}

function squares(values: ArrayLike<number>, level: number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const d = (values[i] as number) - level;
    if (d === d) sum += d * d;
  }
  return sum;
}

/** Means of blocks of `width`: enough to find where the peak lies. */
function blocks(values: ArrayLike<number>, width: number): Float64Array {
  return Float64Array.from({ length: Math.floor(values.length / width) }, (_, b) => mean(values, b * width, (b + 1) * width));
}

const COARSE = 48;

/**
 * U09: share of the variance that the best single sinusoid leaves, and its period in samples. From `least` to
 * twelve cycles in the window are searched; gaps (NaN) are left out. 1 for a flat or nearly empty series. One cycle
 * fits every slow swing: a claim of periodicity needs at least two.
 */
export function sinusoidResidual(values: ArrayLike<number>, least = 1): { readonly residual: number; readonly period: number } {
  const n = values.length;
  const level = mean(values);
  const total = squares(values, level);
  const flat = { residual: 1, period: Number.NaN };
  if (!(total > 1e-12)) return flat;
  const coarse = blocks(values, Math.max(1, Math.floor(n / COARSE)));
  const coarseLevel = mean(coarse);
  const coarseTotal = squares(coarse, coarseLevel);
  if (!(coarseTotal > 1e-12)) return flat;
  let best: Fit = { residual: 1, cycles: least };
  for (let cycles = least; cycles <= coarse.length / 4; cycles += 0.5) {
    const fit = fitAt(coarse, coarseLevel, coarseTotal, cycles);
    if (fit.residual < best.residual) best = fit;
  }
  // Finer frequencies win a few hundredths: not worth it where half of the variance stays.
  if (best.residual > 0.5) return { residual: best.residual, period: n / best.cycles };
  let fine: Fit = { residual: 1, cycles: best.cycles };
  for (let d = -0.5; d <= 0.5; d += 0.125) {
    if (best.cycles + d < least) continue;
    const fit = fitAt(values, level, total, best.cycles + d);
    if (fit.residual < fine.residual) fine = fit;
  }
  return { residual: fine.residual, period: n / fine.cycles };
}

/**
 * Root mean square of x(t) − x(t − lag) over pairs that are both finite: a template that is played again and again
 * leaves nothing. Stops early above `enough`; NaN with fewer than half of the pairs.
 */
export function foldedResidual(values: ArrayLike<number>, lag: number, enough = Number.POSITIVE_INFINITY): number {
  const most = enough * enough * (values.length - lag);
  let sum = 0;
  let n = 0;
  for (let i = lag; i < values.length; i++) {
    const d = (values[i] as number) - (values[i - lag] as number);
    if (d !== d) continue;
    sum += d * d;
    n++;
    if (sum > most) return Number.POSITIVE_INFINITY;
  }
  return n < (values.length - lag) / 2 ? Number.NaN : Math.sqrt(sum / n);
}
