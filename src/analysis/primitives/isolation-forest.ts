import { seededDraws } from './seeded-draws.ts';

type Node = { readonly size: number } | { readonly feature: number; readonly cut: number; readonly left: Node; readonly right: Node };

const EULER = 0.577_215_664_901_532_9;

/** Mean path length of an unsuccessful search in a binary tree of n points. */
export const meanPath = (n: number): number => (n <= 1 ? 0 : n === 2 ? 1 : 2 * (Math.log(n - 1) + EULER) - (2 * (n - 1)) / n);

export interface IsolationForest {
  /** s = 2^(−E[h]/c(ψ)), 0–1; 0.5 is usual, towards 1 is apart. */
  score(point: readonly number[]): number;
}

function grow(rows: readonly (readonly number[])[], depth: number, most: number, draw: () => number): Node {
  if (depth >= most || rows.length <= 1) return { size: rows.length };
  const width = (rows[0] as readonly number[]).length;
  const bounds = Array.from({ length: width }, (_, f) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const row of rows) {
      low = Math.min(low, row[f] as number);
      high = Math.max(high, row[f] as number);
    }
    return { f, low, high };
  }).filter(({ low, high }) => high > low);
  if (bounds.length === 0) return { size: rows.length };
  const { f, low, high } = bounds[Math.floor(draw() * bounds.length)] as (typeof bounds)[number];
  const cut = low + draw() * (high - low);
  const left = rows.filter((row) => (row[f] as number) < cut);
  const right = rows.filter((row) => (row[f] as number) >= cut);
  return { feature: f, cut, left: grow(left, depth + 1, most, draw), right: grow(right, depth + 1, most, draw) };
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
  const grown = Array.from({ length: trees }, () => {
    const chosen = rows.map((_, i) => i);
    for (let i = 0; i < sample; i++) {
      const j = i + Math.floor(draw() * (chosen.length - i));
      [chosen[i], chosen[j]] = [chosen[j] as number, chosen[i] as number];
    }
    return grow(chosen.slice(0, sample).map((i) => rows[i] as readonly number[]), 0, most, draw);
  });
  const usual = meanPath(sample);
  return { score: (point) => 2 ** (-grown.reduce((sum, tree) => sum + pathOf(tree, point), 0) / trees / usual) };
}
