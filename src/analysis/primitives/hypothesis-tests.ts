import { chiSquareTail, logGamma, normalTail } from './distributions.ts';

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** U13: P(X ≥ k) for X ~ Binomial(n, p), exact. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  let sum = 0;
  for (let i = k; i <= n; i++) sum += Math.exp(logChoose(n, i) + i * Math.log(p) + (n - i) * Math.log1p(-p));
  return Math.min(1, sum);
}

/** χ² of counts against expected shares; p with (cells − 1) degrees of freedom. */
export function chiSquare(counts: readonly number[], shares: readonly number[]): { statistic: number; p: number } {
  const n = counts.reduce((a, b) => a + b, 0);
  const statistic = counts.reduce((sum, c, i) => {
    const e = n * (shares[i] as number);
    return e > 0 ? sum + (c - e) ** 2 / e : sum;
  }, 0);
  return { statistic, p: chiSquareTail(statistic, counts.length - 1) };
}

/**
 * Mann–Whitney with mid-ranks, normal approximation with tie correction. `z` > 0 when `a` tends to be larger.
 * Two-sided p; p = 1 where a sample is empty or all values are tied.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): { z: number; p: number } {
  const n1 = a.length;
  const n2 = b.length;
  if (n1 === 0 || n2 === 0) return { z: 0, p: 1 };
  const all = [...a.map((v) => ({ v, first: true })), ...b.map((v) => ({ v, first: false }))].sort((x, y) => x.v - y.v);
  let rankSum = 0;
  let ties = 0;
  for (let i = 0; i < all.length; ) {
    let j = i;
    while (j < all.length && all[j]?.v === all[i]?.v) j++;
    const t = j - i;
    ties += t ** 3 - t;
    const rank = (i + j + 1) / 2;
    for (let k = i; k < j; k++) if (all[k]?.first === true) rankSum += rank;
    i = j;
  }
  const n = n1 + n2;
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const variance = ((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (variance <= 0) return { z: 0, p: 1 };
  const z = (u - (n1 * n2) / 2) / Math.sqrt(variance);
  return { z, p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

/** Wilson score interval of a share. */
export function wilson(hits: number, n: number, z = 1.96): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const p = hits / n;
  const d = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / d;
  const half = (z / d) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** Benjamini–Hochberg q-values, in the order given. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((_, i) => i).sort((a, b) => (p[b] as number) - (p[a] as number));
  const q = p.map(() => 1);
  let smallest = 1;
  order.forEach((index, k) => {
    const rank = p.length - k;
    smallest = Math.min(smallest, ((p[index] as number) * p.length) / rank);
    q[index] = smallest;
  });
  return q;
}

/**
 * Mann–Kendall trend test over the finite values in their order, with tie correction. `tau` > 0 when they rise;
 * two-sided p, 1 with fewer than four values.
 */
export function mannKendall(values: ArrayLike<number>): { tau: number; p: number } {
  const x = Array.from(values).filter((v) => Number.isFinite(v));
  const n = x.length;
  if (n < 4) return { tau: 0, p: 1 };
  let s = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) s += Math.sign((x[j] as number) - (x[i] as number));
  const sizes = new Map<number, number>();
  for (const v of x) sizes.set(v, (sizes.get(v) ?? 0) + 1);
  const term = (m: number): number => m * (m - 1) * (2 * m + 5);
  const variance = (term(n) - [...sizes.values()].reduce((sum, m) => sum + term(m), 0)) / 18;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { tau: (2 * s) / (n * (n - 1)), p: Math.min(1, 2 * normalTail(Math.abs(z))) };
}

/** P(X ≤ k) for a Poisson count of mean `expected`. */
export function poissonAtMost(k: number, expected: number): number {
  let term = Math.exp(-expected);
  let sum = term;
  for (let i = 1; i <= k; i++) sum += term *= expected / i;
  return Math.min(1, sum);
}

/** Chance of at least `k` where `expected` are, Poisson; summed from `k` on, so that small chances keep their digits. */
export function poissonAtLeast(k: number, expected: number): number {
  if (k <= 0) return 1;
  let term = Math.exp(k * Math.log(expected) - expected - logGamma(k + 1));
  let sum = 0;
  for (let i = k + 1; term > sum * 1e-12; i++) {
    sum += term;
    term *= expected / i;
  }
  return Math.min(1, sum);
}
