import { robustScale } from './order-statistics.ts';

/** A linear relation of one value to several. */
export interface Plane {
  /** Intercept first, then one coefficient for each column. */
  readonly coefficients: readonly number[];
  /** Robust sigma of the residuals. */
  readonly sigma: number;
  readonly n: number;
  at(row: readonly number[]): number;
}

const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);

/** Solves the symmetric positive system a·x = b by Cholesky's factors; undefined when it is singular. */
function solve(a: readonly number[][], b: readonly number[]): number[] | undefined {
  const m = b.length;
  const l = Array.from({ length: m }, () => zeros(m));
  for (let r = 0; r < m; r++) {
    for (let c = 0; c <= r; c++) {
      let sum = (a[r] as number[])[c] as number;
      for (let k = 0; k < c; k++) sum -= ((l[r] as number[])[k] as number) * ((l[c] as number[])[k] as number);
      if (r === c) {
        if (!(sum > 1e-12 * Math.max(1e-300, (a[r] as number[])[r] as number))) return undefined;
        (l[r] as number[])[r] = Math.sqrt(sum);
      } else (l[r] as number[])[c] = sum / ((l[c] as number[])[c] as number);
    }
  }
  const x = [...b];
  for (let r = 0; r < m; r++) {
    for (let k = 0; k < r; k++) x[r] = (x[r] as number) - ((l[r] as number[])[k] as number) * (x[k] as number);
    x[r] = (x[r] as number) / ((l[r] as number[])[r] as number);
  }
  for (let r = m - 1; r >= 0; r--) {
    for (let k = r + 1; k < m; k++) x[r] = (x[r] as number) - ((l[k] as number[])[r] as number) * (x[k] as number);
    x[r] = (x[r] as number) / ((l[r] as number[])[r] as number);
  }
  return x;
}

/**
 * U08 with several inputs: Huber's iteratively re-weighted least squares over the rows in which everything is finite.
 * `columns[j][i]` is input j of row i. Inputs that do not move are left out (coefficient 0). Undefined with fewer than
 * ten rows an input or when the inputs repeat each other.
 */
export function huberPlane(columns: readonly ArrayLike<number>[], y: ArrayLike<number>, k = 1.345, iterations = 5): Plane | undefined {
  const rows: number[] = [];
  for (let i = 0; i < y.length; i++) {
    if (Number.isFinite(y[i] as number) && columns.every((column) => Number.isFinite(column[i] as number))) rows.push(i);
  }
  const scales = columns.map((column) => {
    const part = rows.map((i) => column[i] as number);
    const level = part.reduce((a, b) => a + b, 0) / part.length;
    return { level, spread: Math.sqrt(part.reduce((a, v) => a + (v - level) ** 2, 0) / part.length) };
  });
  const used = columns.map((_, j) => j).filter((j) => (scales[j]?.spread ?? 0) > 1e-9 * Math.max(1, Math.abs(scales[j]?.level ?? 0)));
  if (rows.length < 10 * (used.length + 1)) return undefined;
  const x = rows.map((i) => [1, ...used.map((j) => (((columns[j] as ArrayLike<number>)[i] as number) - (scales[j]?.level ?? 0)) / (scales[j]?.spread ?? 1))]);
  const target = rows.map((i) => y[i] as number);
  let weights = target.map(() => 1);
  let beta: number[] | undefined;
  let sigma = Number.NaN;
  for (let round = 0; round < iterations; round++) {
    beta = solve(...normalEquations(x, target, weights));
    if (beta === undefined) return undefined;
    const fitted = beta;
    const residuals = target.map((v, i) => v - dot(fitted, x[i] as number[]));
    sigma = robustScale(residuals).sigma;
    if (sigma < 1e-12) break;
    weights = residuals.map((r) => (Math.abs(r) <= k * sigma ? 1 : (k * sigma) / Math.abs(r)));
  }
  if (beta === undefined) return undefined;
  const coefficients = unscaled(beta, used, scales, columns.length);
  return { coefficients, sigma, n: rows.length, at: (row) => dot(coefficients, [1, ...row]) };
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, i) => sum + v * (b[i] as number), 0);

function normalEquations(x: readonly number[][], y: readonly number[], w: readonly number[]): [number[][], number[]] {
  const m = (x[0] as number[]).length;
  const a = Array.from({ length: m }, () => zeros(m));
  const b = zeros(m);
  x.forEach((row, i) => {
    const wi = w[i] as number;
    for (let r = 0; r < m; r++) {
      const wr = wi * (row[r] as number);
      b[r] = (b[r] as number) + wr * (y[i] as number);
      for (let c = 0; c <= r; c++) (a[r] as number[])[c] = ((a[r] as number[])[c] as number) + wr * (row[c] as number);
    }
  });
  return [a, b];
}

function unscaled(beta: readonly number[], used: readonly number[], scales: readonly { level: number; spread: number }[], width: number): number[] {
  const out = zeros(width + 1);
  out[0] = beta[0] as number;
  used.forEach((j, k) => {
    const { level, spread } = scales[j] as { level: number; spread: number };
    const b = (beta[k + 1] as number) / spread;
    out[j + 1] = b;
    out[0] = (out[0] as number) - b * level;
  });
  return out;
}
