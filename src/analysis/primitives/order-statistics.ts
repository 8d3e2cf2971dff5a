import { select } from '#kernel';

/** The finite values of `values[from, to)`, sorted upwards, in a fresh array. */
export function sortedFinite(values: ArrayLike<number>, from = 0, to = values.length): Float64Array {
  const kept = new Float64Array(Math.max(0, to - from));
  let n = 0;
  for (let i = from; i < to; i++) {
    const v = values[i] as number;
    if (Number.isFinite(v)) kept[n++] = v;
  }
  return kept.subarray(0, n).sort();
}

/** Quantile with linear interpolation (type 7) of an array that is already sorted; NaN when empty. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const n = sorted.length;
  if (n === 0) return Number.NaN;
  const at = Math.min(1, Math.max(0, p)) * (n - 1);
  const low = Math.floor(at);
  const a = sorted[low] as number;
  const b = sorted[Math.min(n - 1, low + 1)] as number;
  return a + (b - a) * (at - low);
}

/** Work space of `median`: filled and read within one call, never seen outside. */
let scratch = new Float64Array(1024);

/** Median of the finite values; NaN when none. Selection instead of sorting: medians are what models ask for most. */
export function median(values: ArrayLike<number>, from = 0, to = values.length): number {
  if (to - from > scratch.length) scratch = new Float64Array(2 * (to - from));
  const kept = scratch;
  let n = 0;
  for (let i = Math.max(0, from); i < to; i++) {
    const v = values[i] as number;
    // NaN is the only gap there is; the comparison is cheaper than a call.
    if (v === v && v !== Number.POSITIVE_INFINITY && v !== Number.NEGATIVE_INFINITY) kept[n++] = v;
  }
  if (n === 0) return Number.NaN;
  const k = n >> 1;
  select(kept, n, k);
  const upper = kept[k] as number;
  if (n % 2 === 1) return upper;
  let lower = kept[0] as number;
  for (let i = 1; i < k; i++) if ((kept[i] as number) > lower) lower = kept[i] as number;
  return (lower + upper) / 2;
}

/** Quantile (type 7) of the finite values, in any order. */
export const quantileOf = (values: ArrayLike<number>, p: number): number => quantile(sortedFinite(values), p);

/** Mean of finite values; NaN when none. */
export function mean(values: ArrayLike<number>, from = 0, to = values.length): number {
  let sum = 0;
  let n = 0;
  for (let i = from; i < to; i++) {
    const v = values[i] as number;
    if (Number.isFinite(v)) {
      sum += v;
      n++;
    }
  }
  return n === 0 ? Number.NaN : sum / n;
}

/** Sample standard deviation (n − 1) of finite values; NaN with fewer than two. */
export function standardDeviation(values: ArrayLike<number>, from = 0, to = values.length): number {
  const centre = mean(values, from, to);
  let sum = 0;
  let n = 0;
  for (let i = from; i < to; i++) {
    const v = values[i] as number;
    if (Number.isFinite(v)) {
      sum += (v - centre) ** 2;
      n++;
    }
  }
  return n < 2 ? Number.NaN : Math.sqrt(sum / (n - 1));
}

/** U05: median, MAD and robust sigma. */
export interface RobustScale {
  readonly n: number;
  readonly median: number;
  readonly mad: number;
  /** 1.4826·MAD, floored at half a resolution so that a coarse channel has no zero scale. */
  readonly sigma: number;
}

/** U05: median, MAD and robust sigma of the finite values. */
export function robustScale(values: ArrayLike<number>, resolution = 0): RobustScale {
  const centre = median(values);
  let n = 0;
  const off = new Float64Array(values.length);
  for (let i = 0; i < off.length; i++) {
    const v = values[i] as number;
    if (Number.isFinite(v)) n++;
    off[i] = Math.abs(v - centre);
  }
  const mad = median(off);
  return { n, median: centre, mad, sigma: Math.max(1.4826 * mad, resolution / 2) };
}
