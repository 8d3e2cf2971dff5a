/** Mid-ranks of finite values (1 = smallest). */
export function midRanks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j < order.length && values[order[j] as number] === values[order[i] as number]) j++;
    for (let k = i; k < j; k++) ranks[order[k] as number] = (i + j + 1) / 2;
    i = j;
  }
  return ranks;
}

/** Pearson correlation of two series of equal length over `[from, to)`, pairs with a gap left out; NaN with fewer than eight or no spread. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>, from = 0, to = Math.min(x.length, y.length), lag = 0): number {
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = Math.max(from, lag); i < to; i++) {
    const a = x[i - lag] as number;
    const b = y[i] as number;
    if (!Number.isFinite(a) || !Number.isFinite(b)) continue;
    n++;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  const vx = sxx - (sx * sx) / n;
  const vy = syy - (sy * sy) / n;
  return n < 8 || vx <= 1e-12 * sxx || vy <= 1e-12 * syy ? Number.NaN : (sxy - (sx * sy) / n) / Math.sqrt(vx * vy);
}

/** Spearman's rank correlation of the pairs that are both finite; NaN with fewer than eight. */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>, from = 0, to = Math.min(x.length, y.length)): number {
  const a: number[] = [];
  const b: number[] = [];
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(x[i] as number) || !Number.isFinite(y[i] as number)) continue;
    a.push(x[i] as number);
    b.push(y[i] as number);
  }
  return a.length < 8 ? Number.NaN : correlation(midRanks(a), midRanks(b));
}
