import { median, robustScale } from './order-statistics.ts';

/** U08: a straight line with what it leaves unexplained. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  readonly r2: number;
  /** Robust sigma of the residuals. */
  readonly sigma: number;
  readonly n: number;
}

interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

function pairsOf(x: ArrayLike<number>, y: ArrayLike<number>): Points {
  const px: number[] = [];
  const py: number[] = [];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const a = x[i] as number;
    const b = y[i] as number;
    if (Number.isFinite(a) && Number.isFinite(b)) {
      px.push(a);
      py.push(b);
    }
  }
  return { x: px, y: py };
}

function weightedLine({ x, y }: Points, w: readonly number[]): { slope: number; intercept: number } {
  let sw = 0;
  let sx = 0;
  let sy = 0;
  for (let i = 0; i < x.length; i++) {
    const wi = w[i] as number;
    sw += wi;
    sx += wi * (x[i] as number);
    sy += wi * (y[i] as number);
  }
  const mx = sx / sw;
  const my = sy / sw;
  let sxx = 0;
  let sxy = 0;
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] as number) - mx;
    sxx += (w[i] as number) * dx * dx;
    sxy += (w[i] as number) * dx * ((y[i] as number) - my);
  }
  const slope = sxx > 0 ? sxy / sxx : 0;
  return { slope, intercept: my - slope * mx };
}

/** U08: straight line by Huber's iteratively re-weighted least squares. Undefined with fewer than three pairs. */
export function huberLine(x: ArrayLike<number>, y: ArrayLike<number>, k = 1.345, iterations = 20): Line | undefined {
  const points = pairsOf(x, y);
  const n = points.x.length;
  if (n < 3) return undefined;
  let weights = points.x.map(() => 1);
  let line = weightedLine(points, weights);
  const residuals = () => points.y.map((v, i) => v - line.intercept - line.slope * (points.x[i] as number));
  for (let round = 0; round < iterations; round++) {
    const r = residuals();
    const scale = robustScale(r).sigma;
    if (scale < 1e-12) break;
    weights = r.map((v) => (Math.abs(v) <= k * scale ? 1 : (k * scale) / Math.abs(v)));
    const next = weightedLine(points, weights);
    const moved = Math.abs(next.slope - line.slope) + Math.abs(next.intercept - line.intercept);
    line = next;
    if (moved < 1e-9) break;
  }
  const r = residuals();
  const my = points.y.reduce((a, b) => a + b, 0) / n;
  const total = points.y.reduce((a, b) => a + (b - my) ** 2, 0);
  const left = r.reduce((a, b) => a + b * b, 0);
  return { ...line, r2: total > 0 ? Math.max(0, 1 - left / total) : 0, sigma: robustScale(r).sigma, n };
}

/** Theil–Sen: median of all pairwise slopes, for trends. Undefined with fewer than three pairs. */
export function theilSen(x: ArrayLike<number>, y: ArrayLike<number>): { slope: number; intercept: number } | undefined {
  const points = pairsOf(x, y);
  if (points.x.length < 3) return undefined;
  const slopes: number[] = [];
  for (let i = 0; i < points.x.length; i++) {
    for (let j = i + 1; j < points.x.length; j++) {
      const dx = (points.x[j] as number) - (points.x[i] as number);
      if (dx !== 0) slopes.push(((points.y[j] as number) - (points.y[i] as number)) / dx);
    }
  }
  const slope = median(slopes);
  return { slope, intercept: median(points.y.map((v, i) => v - slope * (points.x[i] as number))) };
}

/** A curve in steps: `levels[i]` holds from `starts[i]` on. Constant outside the learned range. */
export interface IsotonicFit {
  readonly starts: readonly number[];
  readonly levels: readonly number[];
  readonly min: number;
  readonly max: number;
}

/** Value of the curve at `x`. */
export function isotonicAt({ starts, levels }: Pick<IsotonicFit, 'starts' | 'levels'>, x: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((starts[mid] as number) <= x) low = mid;
    else high = mid - 1;
  }
  return levels[low] as number;
}

/** Isotonic (never falling) fit by pool-adjacent-violators. Undefined with fewer than three pairs. */
export function isotonic(x: ArrayLike<number>, y: ArrayLike<number>): IsotonicFit | undefined {
  const points = pairsOf(x, y);
  const n = points.x.length;
  if (n < 3) return undefined;
  const order = points.x.map((_, i) => i).sort((a, b) => (points.x[a] as number) - (points.x[b] as number));
  const blocks: { start: number; sum: number; count: number }[] = [];
  for (const i of order) {
    blocks.push({ start: points.x[i] as number, sum: points.y[i] as number, count: 1 });
    while (blocks.length > 1) {
      const b = blocks[blocks.length - 1] as { start: number; sum: number; count: number };
      const a = blocks[blocks.length - 2] as { start: number; sum: number; count: number };
      if (a.sum / a.count <= b.sum / b.count) break;
      blocks.pop();
      a.sum += b.sum;
      a.count += b.count;
    }
  }
  return { starts: blocks.map((b) => b.start), levels: blocks.map((b) => b.sum / b.count), min: points.x[order[0] as number] as number, max: points.x[order[n - 1] as number] as number };
}
