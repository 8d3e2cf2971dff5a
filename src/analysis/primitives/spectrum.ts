import { mean } from './order-statistics.ts';

function detrended(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const centre = (n - 1) / 2;
  const level = mean(values);
  let sxy = 0;
  let sxx = 0;
  for (let i = 0; i < n; i++) {
    sxy += (i - centre) * ((values[i] as number) - level);
    sxx += (i - centre) ** 2;
  }
  const slope = sxx > 0 ? sxy / sxx : 0;
  return Float64Array.from({ length: n }, (_, i) => (values[i] as number) - level - slope * (i - centre));
}

/** Power at the Fourier frequencies k = 0 … n/2 (Goertzel recursion: windows are short, no FFT is needed). */
export function periodogram(values: ArrayLike<number>): Float64Array {
  const x = detrended(values);
  const n = x.length;
  const power = new Float64Array(Math.floor(n / 2) + 1);
  for (let k = 0; k < power.length; k++) {
    const w = (2 * Math.PI * k) / n;
    const c = 2 * Math.cos(w);
    let s1 = 0;
    let s2 = 0;
    for (let i = 0; i < n; i++) {
      const s0 = (x[i] as number) + c * s1 - s2;
      s2 = s1;
      s1 = s0;
    }
    power[k] = Math.max(0, s1 * s1 + s2 * s2 - c * s1 * s2);
  }
  return power;
}

/** U09: largest bin over total after removal of a line and of bins 0–1. 0 for a flat series. Needs finite values. */
export function peakShare(values: ArrayLike<number>): { share: number; bin: number } {
  const power = periodogram(values);
  let total = 0;
  let bin = 2;
  for (let k = 2; k < power.length; k++) {
    total += power[k] as number;
    if ((power[k] as number) > (power[bin] as number)) bin = k;
  }
  return total > 1e-12 ? { share: (power[bin] as number) / total, bin } : { share: 0, bin };
}

/** Autocorrelation at lag 1 after mean removal, over neighbours that are both finite. NaN when undefined. */
export function lag1(values: ArrayLike<number>, from = 0, to = values.length): number {
  const level = mean(values, from, to);
  let num = 0;
  let den = 0;
  let pairs = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    const d = (values[i] as number) - level;
    if (!Number.isFinite(d)) continue;
    den += d * d;
    count++;
    const e = i > from ? (values[i - 1] as number) - level : Number.NaN;
    if (Number.isFinite(e)) {
      num += d * e;
      pairs++;
    }
  }
  return pairs < 3 || den <= 0 ? Number.NaN : (num / pairs) * (count / den);
}
