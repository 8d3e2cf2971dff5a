import { fuse, FUSION_WEIGHTS, type FusionWeights } from '#analysis';
import type { Sheet } from './fusion-sheets.ts';

/** A row of the reliability table: what was said and what was so, weighed by stories. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly predicted: number;
  readonly observed: number;
}

export interface Reliability {
  readonly stories: number;
  readonly bins: readonly ReliabilityBin[];
  /** Mean squared error of the probabilities, and of always saying the base rate. */
  readonly brier: number;
  readonly brierOfBaseRate: number;
}

const EDGES = [0, 0.05, 0.15, 0.3, 0.6, 0.85, 1.0001] as const;

/** How well fused probabilities agree with what was true, over every sheet and every kind of wrongdoing. */
export function reliabilityOf(sheets: readonly Sheet[], weights: FusionWeights = FUSION_WEIGHTS): Reliability {
  const pairs = sheets.flatMap((sheet) =>
    weights.kinds.map((kind) => ({ p: fuse(sheet.findings, kind, weights.calibration).probability, y: sheet.truth.has(kind.kind) ? 1 : 0, weight: sheet.weight })));
  const total = pairs.reduce((sum, one) => sum + one.weight, 0);
  const mean = (of: (one: (typeof pairs)[number]) => number, over = pairs): number => {
    const weight = over.reduce((sum, one) => sum + one.weight, 0);
    return weight === 0 ? Number.NaN : over.reduce((sum, one) => sum + one.weight * of(one), 0) / weight;
  };
  const base = total === 0 ? 0 : mean((one) => one.y);
  return {
    stories: new Set(sheets.map((sheet) => sheet.story)).size,
    bins: EDGES.slice(1).map((to, i) => {
      const from = EDGES[i] as number;
      const inside = pairs.filter((one) => one.p >= from && one.p < to);
      return { from, to: Math.min(1, to), weight: inside.reduce((sum, one) => sum + one.weight, 0), predicted: mean((one) => one.p, inside), observed: mean((one) => one.y, inside) };
    }),
    brier: mean((one) => (one.p - one.y) ** 2),
    brierOfBaseRate: mean((one) => (base - one.y) ** 2),
  };
}
