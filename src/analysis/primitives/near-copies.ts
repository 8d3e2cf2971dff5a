/** A stretch and the one it is a copy of. */
export interface Match {
  /** Where in the library the window begins. */
  readonly at: number;
  /** Correlation with the query. */
  readonly r: number;
}

/**
 * U16: the `top` windows of the library that correlate best with the query (z-normalised distance² = 2n(1 − r)).
 * Windows with a gap or without movement are left out, and of overlapping windows only the best stays. The library
 * may be the outfall's own past or another outfall's series. Needs a query without gaps.
 */
export function nearestWindows(query: ArrayLike<number>, library: ArrayLike<number>, top: number, libraryEnd = library.length): readonly Match[] {
  const n = query.length;
  const q = normalised(query);
  if (q === undefined) return [];
  const best: Match[] = [];
  let sum = 0;
  let squares = 0;
  let gaps = 0;
  const take = (i: number, sign: 1 | -1): void => {
    const v = library[i] as number;
    if (v !== v) gaps += sign;
    else {
      sum += sign * v;
      squares += sign * v * v;
    }
  };
  for (let i = 0; i < libraryEnd; i++) {
    take(i, 1);
    if (i >= n) take(i - n, -1);
    const at = i - n + 1;
    if (at < 0 || gaps > 0) continue;
    const spread = squares - (sum * sum) / n;
    if (!(spread > 1e-9 * squares)) continue;
    let dot = 0;
    for (let k = 0; k < n; k++) dot += (q[k] as number) * (library[at + k] as number);
    keep(best, { at, r: dot / Math.sqrt(spread) }, top, n);
  }
  return best;
}

/** Mean 0 and length 1; undefined for a flat or gappy window. */
function normalised(values: ArrayLike<number>): Float64Array | undefined {
  const n = values.length;
  const out = Float64Array.from(values);
  const level = out.reduce((a, b) => a + b, 0) / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    out[i] = (out[i] as number) - level;
    squares += (out[i] as number) ** 2;
  }
  if (!(squares > 1e-9 * n * level * level) || squares === 0) return undefined;
  const length = Math.sqrt(squares);
  return out.map((v) => v / length);
}

function keep(best: Match[], match: Match, top: number, n: number): void {
  const last = best[best.length - 1];
  if (best.length === top && last !== undefined && match.r <= last.r) return;
  const near = best.findIndex((other) => Math.abs(other.at - match.at) < n / 2);
  if (near >= 0) {
    if ((best[near] as Match).r >= match.r) return;
    best.splice(near, 1);
  }
  const place = best.findIndex((other) => other.r < match.r);
  best.splice(place < 0 ? best.length : place, 0, match);
  if (best.length > top) best.pop();
}

/**
 * Correlation of neighbouring differences of `[a, a + n)` and `[b, b + n)`, plain and fast: tells in one pass whether
 * `likeness` is worth asking. 0 with fewer than eight pairs.
 */
export function differenceCorrelation(values: ArrayLike<number>, a: number, b: number, n: number, other: ArrayLike<number> = values): number {
  let [k, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let i = 1; i < n; i++) {
    const x = (other[a + i] as number) - (other[a + i - 1] as number);
    const y = (values[b + i] as number) - (values[b + i - 1] as number);
    if (x !== x || y !== y) continue;
    k++;
    sx += x;
    sy += y;
    sxx += x * x;
    syy += y * y;
    sxy += x * y;
  }
  const spread = (sxx - (sx * sx) / k) * (syy - (sy * sy) / k);
  return k < 8 || !(spread > 0) ? 0 : (sxy - (sx * sy) / k) / Math.sqrt(spread);
}

/** How well one stretch is a scaled copy of another. */
export interface Likeness {
  readonly pairs: number;
  /** y ≈ intercept + slope·x. */
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
  /** Root mean square of what the line leaves. */
  readonly residual: number;
  /** The same r² for neighbouring differences, each held within three robust deviations: a shared step or spike must not decide. */
  readonly differenceR2: number;
}

/** How well stretch `[b, b + n)` is a scaled and shifted copy of `[a, a + n)`; undefined with fewer than three quarters of the pairs. */
export function likeness(values: ArrayLike<number>, a: number, b: number, n: number, other: ArrayLike<number> = values): Likeness | undefined {
  const x: number[] = [];
  const y: number[] = [];
  const dx: number[] = [];
  const dy: number[] = [];
  let before = -2;
  for (let k = 0; k < n; k++) {
    const u = other[a + k] as number;
    const v = values[b + k] as number;
    if (!Number.isFinite(u) || !Number.isFinite(v)) continue;
    if (before === k - 1) {
      dx.push(u - (x[x.length - 1] as number));
      dy.push(v - (y[y.length - 1] as number));
    }
    before = k;
    x.push(u);
    y.push(v);
  }
  if (x.length < 0.75 * n || dx.length < 8) return undefined;
  const level = lineThrough(x, y);
  const differences = lineThrough(held(dx), held(dy));
  return { pairs: x.length, ...level, differenceR2: differences.slope > 0 ? differences.r2 : 0 };
}

function held(d: readonly number[]): readonly number[] {
  const sizes = d.map(Math.abs).sort((p, q) => p - q);
  const most = 3 * 1.4826 * (sizes[sizes.length >> 1] as number);
  return most > 0 ? d.map((v) => Math.max(-most, Math.min(most, v))) : d;
}

function lineThrough(x: readonly number[], y: readonly number[]): { slope: number; intercept: number; r2: number; residual: number } {
  const n = x.length;
  const mx = x.reduce((p, q) => p + q, 0) / n;
  const my = y.reduce((p, q) => p + q, 0) / n;
  let [sxx, syy, sxy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [u, v] = [(x[i] as number) - mx, (y[i] as number) - my];
    sxx += u * u;
    syy += v * v;
    sxy += u * v;
  }
  const slope = sxx > 0 ? sxy / sxx : 0;
  const r2 = sxx > 0 && syy > 0 ? (sxy * sxy) / (sxx * syy) : 0;
  return { slope, intercept: my - slope * mx, r2, residual: Math.sqrt(Math.max(0, (syy * (1 - r2)) / n)) };
}
