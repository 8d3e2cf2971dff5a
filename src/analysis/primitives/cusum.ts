/** Where a cumulative sum passed its threshold, and since when it had been rising. */
export interface CusumSignal {
  readonly side: 'up' | 'down';
  /** Index after the last zero of the sum that signalled, and where it passed the threshold. */
  readonly start: number;
  readonly at: number;
  /** Largest sum reached. */
  readonly height: number;
}

/**
 * U10: two-sided CUSUM of z = (x − centre)/sigma with allowance 0.5. The first signal above `threshold`, or undefined.
 * Missing values (NaN) leave the sums as they are.
 */
export function cusum(values: ArrayLike<number>, centre: number, sigma: number, threshold: number): CusumSignal | undefined {
  const up = { sum: 0, start: 0, side: 'up' as const };
  const down = { sum: 0, start: 0, side: 'down' as const };
  let found: { side: 'up' | 'down'; start: number; at: number; height: number } | undefined;
  for (let i = 0; i < values.length; i++) {
    const z = ((values[i] as number) - centre) / sigma;
    if (!Number.isFinite(z)) continue;
    for (const [s, step] of [[up, z], [down, -z]] as const) {
      if (s.sum === 0) s.start = i;
      s.sum = Math.max(0, s.sum + step - 0.5);
      if (found === undefined && s.sum > threshold) found = { side: s.side, start: s.start, at: i, height: s.sum };
      else if (found?.side === s.side && found.start === s.start) found.height = Math.max(found.height, s.sum);
    }
  }
  return found;
}
