/** U14a: values just below and just above a limit, and how far apart their counts are. */
export interface Caliper {
  readonly below: number;
  readonly above: number;
  /** (below − above)/√(below + above); NaN with fewer than twelve values in the band. */
  readonly z: number;
}

const LEAST_IN_BAND = 12;

/**
 * U14a: how many values lie just below and just above the limit, within `width` (relative). The cut lies half a
 * resolution above the limit, so that values equal to it (compliant) count as below.
 */
export function caliper(values: ArrayLike<number>, limit: number, width: number, resolution = 0): Caliper {
  const cut = limit + resolution / 2;
  let below = 0;
  let above = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (v > cut) {
      if (v <= cut + limit * width) above++;
    } else if (v >= cut - limit * width) below++;
  }
  const n = below + above;
  return { below, above, z: n < LEAST_IN_BAND ? Number.NaN : (below - above) / Math.sqrt(n) };
}

/** U14c: what lies too many below a limit and too few above it, against a smooth fit. */
export interface ExcessMass {
  /** Values too many in 0.93–1.00 of the limit, and too few in 1.00–1.05, against a smooth density. */
  readonly excess: number;
  readonly missing: number;
  /** Expected by the smooth density in the two bands. */
  readonly expectedBelow: number;
  readonly expectedAbove: number;
  readonly inBand: number;
  /** excess/√expectedBelow. */
  readonly z: number;
}

const FIRST = 60;
const LAST = 120;
const GAP_FROM = 93;
const GAP_TO = 105;

/** Solves the normal equations of a polynomial of degree `d` with weights; undefined when singular. */
function polynomial(x: readonly number[], y: readonly number[], w: readonly number[], d: number): number[] | undefined {
  const m = d + 1;
  const a = Array.from({ length: m }, (_, r) => Array.from({ length: m + 1 }, (_, c) =>
    x.reduce((sum, v, i) => sum + (w[i] as number) * v ** r * (c === m ? (y[i] as number) : v ** c), 0)));
  for (let k = 0; k < m; k++) {
    const pivot = a.slice(k).reduce((best, row, i) => (Math.abs(row[k] as number) > Math.abs((a[best] as number[])[k] as number) ? k + i : best), k);
    [a[k], a[pivot]] = [a[pivot] as number[], a[k] as number[]];
    const row = a[k] as number[];
    if (Math.abs(row[k] as number) < 1e-12) return undefined;
    for (let r = 0; r < m; r++) {
      if (r === k) continue;
      const f = ((a[r] as number[])[k] as number) / (row[k] as number);
      for (let c = k; c <= m; c++) (a[r] as number[])[c] = ((a[r] as number[])[c] as number) - f * (row[c] as number);
    }
  }
  return a.map((row, k) => (row[m] as number) / (row[k] as number));
}

/**
 * U14c: values in bins of one percent of the limit on 0.60–1.20; a cubic in ln count is fitted without 0.93–1.05
 * (weights are the counts, so that empty bins do not pull) and compared inside. Undefined with fewer than 40 values
 * or 8 filled bins outside the gap.
 */
export function excessMass(values: ArrayLike<number>, limit: number, resolution = 0): ExcessMass | undefined {
  const counts = new Float64Array(LAST - FIRST);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    // The grid is shifted by half a resolution: a value equal to the limit belongs to the bin below.
    const bin = Math.ceil((((values[i] as number) - resolution / 2) / limit) * 100 - 1e-9) - 1 - FIRST;
    if (!(bin >= 0 && bin < counts.length)) continue;
    counts[bin] = (counts[bin] as number) + 1;
    n++;
  }
  const outside = Array.from(counts.keys()).filter((b) => b + FIRST < GAP_FROM || b + FIRST >= GAP_TO);
  if (n < 40 || outside.filter((b) => (counts[b] as number) > 0).length < 8) return undefined;
  const at = (b: number): number => (b + FIRST + 0.5 - 90) / 30;
  const fit = polynomial(outside.map(at), outside.map((b) => Math.log((counts[b] as number) + 0.5)), outside.map((b) => (counts[b] as number) + 0.5), 3);
  if (fit === undefined) return undefined;
  const expected = (b: number): number => Math.exp(fit.reduce((sum, c, k) => sum + c * at(b) ** k, 0)) - 0.5;
  const band = (from: number, to: number): { seen: number; expected: number } => {
    const out = { seen: 0, expected: 0 };
    for (let b = from - FIRST; b < to - FIRST; b++) {
      out.seen += counts[b] as number;
      out.expected += Math.max(0, expected(b));
    }
    return out;
  };
  const below = band(GAP_FROM, 100);
  const above = band(100, GAP_TO);
  return {
    excess: below.seen - below.expected, missing: above.expected - above.seen, expectedBelow: below.expected, expectedAbove: above.expected,
    inBand: below.seen, z: (below.seen - below.expected) / Math.sqrt(Math.max(1, below.expected)),
  };
}
