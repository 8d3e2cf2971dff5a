export type Point = readonly [at: number, value: number | null];

/**
 * Largest-triangle-three-buckets (Steinarsson 2013): keeps `limit` points so that the curve looks the same. Gaps stay
 * gaps: runs between missing values are thinned apart, each by its share.
 */
export function downsample(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const runs: Point[][] = [];
  const gaps: Point[] = [];
  let run: Point[] = [];
  for (const point of points) {
    if (point[1] !== null) run.push(point);
    else if (run.length > 0) {
      runs.push(run);
      gaps.push(point);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  const kept = runs.flatMap((one, i) => {
    const share = Math.max(3, Math.round((limit * one.length) / points.length));
    const gap = gaps[i];
    return gap === undefined ? largestTriangles(one, share) : [...largestTriangles(one, share), gap];
  });
  return kept;
}

function largestTriangles(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const kept: Point[] = [points[0] as Point];
  const width = (points.length - 2) / (limit - 2);
  let last = 0;
  for (let bucket = 0; bucket < limit - 2; bucket++) {
    const from = Math.floor(bucket * width) + 1;
    const to = Math.min(Math.floor((bucket + 1) * width) + 1, points.length - 1);
    const [x, y] = centre(points, to, Math.min(Math.floor((bucket + 2) * width) + 1, points.length));
    const [lastX, lastY] = points[last] as [number, number];
    let best = from;
    let area = -1;
    for (let i = from; i < to; i++) {
      const [px, py] = points[i] as [number, number];
      const size = Math.abs((lastX - x) * (py - lastY) - (lastX - px) * (y - lastY));
      if (size > area) {
        area = size;
        best = i;
      }
    }
    kept.push(points[best] as Point);
    last = best;
  }
  kept.push(points.at(-1) as Point);
  return kept;
}

function centre(points: readonly Point[], from: number, to: number): readonly [number, number] {
  let x = 0;
  let y = 0;
  for (let i = from; i < to; i++) {
    x += (points[i] as [number, number])[0];
    y += (points[i] as [number, number])[1];
  }
  const n = Math.max(1, to - from);
  return [x / n, y / n];
}
