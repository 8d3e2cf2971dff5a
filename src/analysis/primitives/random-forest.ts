import { seededDraws } from './seeded-draws.ts';

/** Rows of finite numbers of one width, each with its class (0, 1, …). */
export interface Labelled {
  readonly rows: readonly (readonly number[])[];
  readonly classes: readonly number[];
}

/** Trees that vote to which class a point belongs. */
export interface RandomForest {
  /** Share of the trees' votes by class; sums to 1. */
  probabilities(point: readonly number[]): readonly number[];
}

type Node = { readonly shares: readonly number[] } | { readonly feature: number; readonly cut: number; readonly left: Node; readonly right: Node };

interface Growth {
  readonly data: Labelled;
  readonly classes: number;
  readonly depth: number;
  readonly leaf: number;
  readonly draw: () => number;
}

const sharesOf = (g: Growth, at: readonly number[]): number[] => {
  const shares = Array.from({ length: g.classes }, () => 0);
  for (const i of at) shares[g.data.classes[i] as number] = (shares[g.data.classes[i] as number] as number) + 1 / at.length;
  return shares;
};

/** Sum of squares of class counts ÷ size, of both sides: the larger, the purer (Gini). */
function bestCut(g: Growth, at: readonly number[], feature: number): { cut: number; purity: number } | undefined {
  const sorted = [...at].sort((a, b) => (g.data.rows[a]?.[feature] as number) - (g.data.rows[b]?.[feature] as number) || a - b);
  const right = Array.from({ length: g.classes }, () => 0);
  const left = Array.from({ length: g.classes }, () => 0);
  for (const i of sorted) right[g.data.classes[i] as number] = (right[g.data.classes[i] as number] as number) + 1;
  let [leftSquares, rightSquares] = [0, right.reduce((sum, n) => sum + n * n, 0)];
  let best: { cut: number; purity: number } | undefined;
  for (let k = 0; k + 1 < sorted.length; k++) {
    const c = g.data.classes[sorted[k] as number] as number;
    leftSquares += 2 * (left[c] as number) + 1;
    rightSquares -= 2 * (right[c] as number) - 1;
    left[c] = (left[c] as number) + 1;
    right[c] = (right[c] as number) - 1;
    const [a, b] = [g.data.rows[sorted[k] as number]?.[feature] as number, g.data.rows[sorted[k + 1] as number]?.[feature] as number];
    if (!(b > a) || k + 1 < g.leaf || sorted.length - k - 1 < g.leaf) continue;
    const purity = leftSquares / (k + 1) + rightSquares / (sorted.length - k - 1);
    if (best === undefined || purity > best.purity) best = { cut: (a + b) / 2, purity };
  }
  return best;
}

function grow(g: Growth, at: readonly number[], depth: number): Node {
  const pure = at.every((i) => g.data.classes[i] === g.data.classes[at[0] as number]);
  if (depth >= g.depth || pure || at.length < 2 * g.leaf) return { shares: sharesOf(g, at) };
  const width = (g.data.rows[0] as readonly number[]).length;
  const tried = Array.from({ length: Math.max(1, Math.round(Math.sqrt(width))) }, () => Math.floor(g.draw() * width));
  let best: { feature: number; cut: number; purity: number } | undefined;
  for (const feature of tried) {
    const found = bestCut(g, at, feature);
    if (found !== undefined && (best === undefined || found.purity > best.purity)) best = { feature, ...found };
  }
  if (best === undefined) return { shares: sharesOf(g, at) };
  const { feature, cut } = best;
  const left = at.filter((i) => (g.data.rows[i]?.[feature] as number) < cut);
  const right = at.filter((i) => (g.data.rows[i]?.[feature] as number) >= cut);
  return { feature, cut, left: grow(g, left, depth + 1), right: grow(g, right, depth + 1) };
}

/**
 * A random forest (bootstrap rows, √width features tried at each cut, Gini): which class does a point belong to? The seed is given, so the same
 * rows give the same forest on every machine. Undefined with fewer than two classes or sixteen rows. Source: Breiman 2001.
 */
export function randomForest(data: Labelled, options: { trees?: number; depth?: number; leaf?: number; seed: number }): RandomForest | undefined {
  const classes = data.classes.reduce((most, c) => Math.max(most, c), -1) + 1;
  if (data.rows.length < 16 || new Set(data.classes).size < 2) return undefined;
  const { trees = 100, depth = 12, leaf = 2, seed } = options;
  const g: Growth = { data, classes, depth, leaf, draw: seededDraws(seed) };
  const grown = Array.from({ length: trees }, () => grow(g, data.rows.map(() => Math.floor(g.draw() * data.rows.length)), 0));
  return {
    probabilities: (point) => {
      const votes = Array.from({ length: classes }, () => 0);
      for (const tree of grown) {
        let node = tree;
        while (!('shares' in node)) node = (point[node.feature] as number) < node.cut ? node.left : node.right;
        node.shares.forEach((share, c) => (votes[c] = (votes[c] as number) + share / trees));
      }
      return votes;
    },
  };
}
