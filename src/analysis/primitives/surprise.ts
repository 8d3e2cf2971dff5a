const FLOOR = 1e-4;

/**
 * U22: −log10 of the chance of `n` hits in a row when each has the baseline probability `hits/trials`
 * (Laplace-smoothed, floored at 1e-4: a baseline can never make one step worth more than four decades).
 */
export function runSurprise(n: number, hits: number, trials: number): number {
  const p = Math.max(FLOOR, (hits + 1) / (trials + 2));
  return n <= 0 ? 0 : -n * Math.log10(Math.min(1, p));
}
