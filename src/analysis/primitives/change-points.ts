/**
 * U12: PELT with L2 cost. Returns the first index of each segment after the first, in order. Values must be finite.
 *
 * @param minSegment smallest segment, in samples
 * @param penalty cost of one more segment, e.g. 3·σ²·ln n
 */
export function pelt(values: ArrayLike<number>, minSegment: number, penalty: number): number[] {
  const n = values.length;
  const s1 = new Float64Array(n + 1);
  const s2 = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    s1[i + 1] = (s1[i] as number) + v;
    s2[i + 1] = (s2[i] as number) + v * v;
  }
  const cost = (a: number, b: number): number => {
    const sum = (s1[b] as number) - (s1[a] as number);
    return (s2[b] as number) - (s2[a] as number) - (sum * sum) / (b - a);
  };
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const previous = new Int32Array(n + 1);
  best[0] = -penalty;
  let candidates = [0];
  for (let t = minSegment; t <= n; t++) {
    for (const s of candidates) {
      if (t - s < minSegment) continue;
      const total = (best[s] as number) + cost(s, t) + penalty;
      if (total < (best[t] as number)) {
        best[t] = total;
        previous[t] = s;
      }
    }
    candidates = candidates.filter((s) => t - s < minSegment || (best[s] as number) + cost(s, t) <= (best[t] as number));
    candidates.push(t);
  }
  const cuts: number[] = [];
  for (let t = previous[n] as number; t > 0; t = previous[t] as number) cuts.unshift(t);
  return cuts;
}

/**
 * The cut of `values` into two parts that best explains two different variances (Gaussian likelihood), used to find
 * where a quiet stretch begins. Returns the first index of the second part, or undefined when too short.
 */
export function varianceCut(values: ArrayLike<number>, minSegment: number): number | undefined {
  const n = values.length;
  if (n < 2 * minSegment) return undefined;
  const s1 = new Float64Array(n + 1);
  const s2 = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const v = values[i] as number;
    s1[i + 1] = (s1[i] as number) + v;
    s2[i + 1] = (s2[i] as number) + v * v;
  }
  const logVar = (a: number, b: number): number => {
    const m = ((s1[b] as number) - (s1[a] as number)) / (b - a);
    const v = ((s2[b] as number) - (s2[a] as number)) / (b - a) - m * m;
    return (b - a) * Math.log(Math.max(v, 1e-12));
  };
  let cut: number | undefined;
  let lowest = Number.POSITIVE_INFINITY;
  for (let k = minSegment; k <= n - minSegment; k++) {
    const total = logVar(0, k) + logVar(k, n);
    if (total < lowest) {
      lowest = total;
      cut = k;
    }
  }
  return cut;
}
