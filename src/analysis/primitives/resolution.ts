const CANDIDATES = [1, 0.1, 0.01, 0.001, 0.0001] as const;
const SAMPLE = 2_000;
const SHARE = 0.995;

const isMultiple = (value: number, q: number): boolean => {
  const ratio = value / q;
  const off = Math.abs(ratio - Math.round(ratio));
  return off < 1e-6 || off < 1e-6 * Math.abs(ratio);
};

/**
 * U04: the largest step of {1, 0.1, 0.01, 0.001, 0.0001} that at least 99.5 % of the last 2 000 finite values are
 * multiples of. Undefined with fewer than `minimum` values or when no step fits.
 */
export function resolutionOf(values: ArrayLike<number>, to = values.length, minimum = 100): number | undefined {
  const sample: number[] = [];
  for (let i = to - 1; i >= 0 && sample.length < SAMPLE; i--) {
    const v = values[i] as number;
    if (Number.isFinite(v)) sample.push(v);
  }
  if (sample.length < minimum) return undefined;
  const allowed = (1 - SHARE) * sample.length;
  for (const q of CANDIDATES) {
    let wrong = 0;
    for (let k = 0; k < sample.length && wrong <= allowed; k++) if (!isMultiple(sample[k] as number, q)) wrong++;
    if (wrong <= allowed) return q;
  }
  return undefined;
}
