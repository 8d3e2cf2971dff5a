import { seededDraws } from './seeded-draws.ts';

type Node = { readonly size: number } | { readonly feature: number; readonly cut: number; readonly left: Node; readonly right: Node };

const EULER = 0.577_215_664_901_532_9;

/** Mean path length of an unsuccessful search in a binary tree of n points. */
export const meanPath = (n: number): number => (n <= 1 ? 0 : n === 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n);

/** U17: trees that part a point from the others; the fewer cuts it takes, the odder it is. */
export interface IsolationForest {
  /** s = 2^(−E[h]/c(ψ)), 0–1; 0.5 is usual, towards 1 is apart. */
  score(point: readonly number[]): number;
}

/** Rows side by side, and the order in which a tree has sorted them into its branches. */
interface Sample {
  readonly values: Float64Array;
  readonly width: number;
  readonly order: Int32Array;
}

/** A branch over the rows at places `from` to `to` of the order. */
function grow(sample: Sample, from: number, to: number, depth: number, most: number, draw: () => number): Node {
  const size = to - from;
  if (depth >= most || size <= 1) return { size };
  const { values, width, order } = sample;
  const bounds: { readonly f: number; readonly low: number; readonly high: number }[] = [];
  for (let f = 0; f < width; f++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = from; k < to; k++) {
      const v = values[(order[k] as number) * width + f] as number;
      if (v < low) low = v;
      if (v > high) high = v;
    }
    if (high > low) bounds.push({ f, low, high });
  }
  if (bounds.length === 0) return { size };
  const { f, low, high } = bounds[Math.floor(draw() * bounds.length)] as (typeof bounds)[number];
  const cut = low + draw() * (high - low);
  let middle = from;
  for (let k = from; k < to; k++) {
    const row = order[k] as number;
    if (!((values[row * width + f] as number) < cut)) continue;
    order[k] = order[middle] as number;
    order[middle++] = row;
  }
  return { feature: f, cut, left: grow(sample, from, middle, depth + 1, most, draw), right: grow(sample, middle, to, depth + 1, most, draw) };
}

function pathOf(root: Node, point: readonly number[]): number {
  let node = root;
  let depth = 0;
  while (!('size' in node)) {
    node = (point[node.feature] as number) < node.cut ? node.left : node.right;
    depth += 1;
  }
  return depth + meanPath(node.size);
}

/**
 * U17: isolation forest. Rows are finite numbers of one width; trees, the sample of each (ψ) and the seed are given, so the same rows
 * give the same forest on every machine. Undefined with fewer than eight rows. Source: Liu, Ting, Zhou 2008.
 */
export function isolationForest(rows: readonly (readonly number[])[], options: { trees?: number; sample?: number; seed: number }): IsolationForest | undefined {
  if (rows.length < 8) return undefined;
  const { trees = 100, seed } = options;
  const sample = Math.min(options.sample ?? 256, rows.length);
  const draw = seededDraws(seed);
  const most = Math.ceil(Math.log2(sample));
  const width = (rows[0] as readonly number[]).length;
  const values = Float64Array.from(rows.flat());
  const grown = Array.from({ length: trees }, () => {
    const chosen = Int32Array.from(rows, (_, i) => i);
    for (let i = 0; i < sample; i++) {
      const j = i + Math.floor(draw() * (chosen.length - i));
      [chosen[i], chosen[j]] = [chosen[j] as number, chosen[i] as number];
    }
    return grow({ values, width, order: chosen }, 0, sample, 0, most, draw);
  });
  const usual = meanPath(sample);
  return { score: (point) => 2 ** (-grown.reduce((sum, tree) => sum + pathOf(tree, point), 0) / trees / usual) };
}
