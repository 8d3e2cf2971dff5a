/** A direction in which values vary together, and how much. */
export interface Axis {
  readonly variance: number;
  readonly direction: readonly number[];
}

/** Eigenvalues and unit eigenvectors of a small symmetric matrix (Jacobi rotations), largest first. */
export function principalAxes(matrix: readonly (readonly number[])[]): Axis[] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)));
  const at = (m: number[][], i: number, j: number): number => (m[i] as number[])[j] as number;
  for (let sweep = 0; sweep < 50; sweep++) {
    let off = 0;
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) off += at(a, i, j) ** 2;
    if (off < 1e-20) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(at(a, p, q)) < 1e-15) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * at(a, p, q));
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        rotate(a, v, p, q, c, t * c);
      }
    }
  }
  return a
    .map((row, i) => ({ variance: row[i] as number, direction: v.map((r) => r[i] as number) }))
    .sort((x, y) => y.variance - x.variance);
}

function rotate(a: number[][], v: number[][], p: number, q: number, c: number, s: number): void {
  for (const row of [...a, ...v]) {
    const x = row[p] as number;
    const y = row[q] as number;
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  }
  const rp = a[p] as number[];
  const rq = a[q] as number[];
  for (let k = 0; k < a.length; k++) {
    const x = rp[k] as number;
    const y = rq[k] as number;
    rp[k] = c * x - s * y;
    rq[k] = s * x + c * y;
  }
}

/**
 * PCA-Q: what of a standardised vector lies outside the axes that carry `share` of the variance. Large when channels
 * stop keeping to their usual combinations.
 */
export function residualOutside(axes: readonly Axis[], share: number): (z: readonly number[]) => number {
  const total = axes.reduce((sum, axis) => sum + Math.max(0, axis.variance), 0);
  let carried = 0;
  const kept: Axis[] = [];
  for (const axis of axes) {
    if (carried >= share * total) break;
    carried += axis.variance;
    kept.push(axis);
  }
  return (z) => {
    let left = z.reduce((sum, x) => sum + x * x, 0);
    for (const { direction } of kept) left -= direction.reduce((sum, d, i) => sum + d * (z[i] as number), 0) ** 2;
    return Math.max(0, left);
  };
}
