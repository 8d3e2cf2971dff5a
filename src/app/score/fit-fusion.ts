import { calibrated, JUDGED_KINDS, voicesOf, withFit, type FusionFit, type FusionKind } from '#analysis';
import type { Sheet } from './fusion-sheets.ts';

/**
 * Fits the weights of evidence fusion: per kind of wrongdoing a logistic regression in the very form the model uses (prior + the loudest finding of each
 * family, capped), with no weight below nought, drawn towards the judged weights as if those had been seen `PULL` times; then one monotone curve over the
 * predictions that each province got from the fit on the others. Deterministic: the same sheets give the same numbers.
 */
const PULL = 3;
const ROUNDS = 600;
const RATE = 0.4;
/** Least weight, in stories, that a step of the calibration curve rests on. */
const LEAST_BLOCK = 12;

export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Raw probability of a kind, before calibration. */
export const rawOf = (sheet: Pick<Sheet, 'findings'>, kind: FusionKind): number =>
  logistic(kind.prior + voicesOf(sheet.findings, kind).reduce((sum, voice) => sum + voice.adds, 0));

const STEP = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const;

/** One kind, fitted; models that never spoke keep their judged weight. */
export function fitKind(judged: FusionKind, sheets: readonly Sheet[]): FusionKind {
  let { prior } = judged;
  const weights: Record<string, number> = { ...judged.weights };
  const total = sheets.reduce((sum, sheet) => sum + sheet.weight, 0);
  for (let round = 0; round < ROUNDS && total > 0; round++) {
    const slope: Record<string, number> = {};
    const mass: Record<string, number> = {};
    let drift = 0;
    for (const sheet of sheets) {
      const voices = voicesOf(sheet.findings, { weights, cap: judged.cap });
      const p = logistic(prior + voices.reduce((sum, voice) => sum + voice.adds, 0));
      const error = sheet.weight * ((sheet.truth.has(judged.kind) ? 1 : 0) - p);
      drift += error;
      for (const { finding } of voices) {
        slope[finding.model] = (slope[finding.model] ?? 0) + error * STEP[finding.tier];
        mass[finding.model] = (mass[finding.model] ?? 0) + sheet.weight * STEP[finding.tier] ** 2;
      }
    }
    // Kinds that hardly ever occurred keep a prior near the judged one.
    drift += PULL * (logistic(judged.prior) - logistic(prior));
    prior += (RATE * 4 * drift) / (total + PULL);
    for (const [model, along] of Object.entries(slope)) {
      const from = judged.weights[model] ?? 0;
      const pull = PULL * (from - (weights[model] ?? 0));
      weights[model] = Math.min(judged.cap, Math.max(0, (weights[model] ?? 0) + (RATE * (along + pull)) / ((mass[model] ?? 0) / 4 + PULL)));
    }
  }
  return { ...judged, prior, weights };
}

/** Pool-adjacent-violators: the never falling step function nearest to what was observed, as points at the middle of each step. */
export function monotone(pairs: readonly { readonly p: number; readonly y: number; readonly weight: number }[]): (readonly [number, number])[] {
  const blocks: { p: number; y: number; w: number }[] = [];
  const merge = (): void => {
    const b = blocks.pop();
    const a = blocks.pop();
    if (a === undefined || b === undefined) return;
    blocks.push({ p: (a.p * a.w + b.p * b.w) / (a.w + b.w), y: (a.y * a.w + b.y * b.w) / (a.w + b.w), w: a.w + b.w });
  };
  for (const { p, y, weight } of [...pairs].sort((a, b) => a.p - b.p || a.y - b.y)) {
    blocks.push({ p, y, w: weight });
    while (blocks.length > 1 && ((blocks.at(-2)?.w ?? 0) < LEAST_BLOCK || (blocks.at(-2)?.y ?? 0) >= (blocks.at(-1)?.y ?? 0))) merge();
  }
  if (blocks.length > 1 && (blocks.at(-1)?.w ?? 0) < LEAST_BLOCK) merge();
  // One observation of each kind is added to every step: nothing is certain.
  const points = blocks.map(({ p, y, w }) => [p, (y * w + 0.5) / (w + 1)] as const);
  const first = points[0]?.[1] ?? 0;
  const last = points.at(-1)?.[1] ?? 1;
  return [[0, first], ...points, [1, last]];
}

const rounded = (x: number): number => Math.round(x * 1000) / 1000;

/** The whole fit, as the data file keeps it. Throws a RangeError where there is nothing to fit on. */
export function fitFusion(sheets: readonly Sheet[], about: Pick<FusionFit, 'version' | 'fittedOn' | 'outfallMonths'>): FusionFit {
  const seeds = [...new Set(sheets.map((sheet) => sheet.seed))].sort();
  if (seeds.length < 2) throw new RangeError('至少需要两个省份 at least two provinces are needed');
  const fitted = (on: readonly Sheet[]): FusionKind[] => JUDGED_KINDS.map((kind) => fitKind(kind, on));
  const pairs = seeds.flatMap((seed) => {
    const kinds = fitted(sheets.filter((sheet) => sheet.seed !== seed));
    return sheets.filter((sheet) => sheet.seed === seed).flatMap((sheet) =>
      kinds.map((kind) => ({ p: rawOf(sheet, kind), y: sheet.truth.has(kind.kind) ? 1 : 0, weight: sheet.weight })));
  });
  const storiesWith = (kind: string): number => new Set(sheets.filter((sheet) => sheet.truth.has(kind)).map((sheet) => sheet.story)).size;
  return {
    ...about, seeds, stories: new Set(sheets.map((sheet) => sheet.story)).size, sheets: sheets.length,
    kinds: Object.fromEntries(fitted(sheets).map((kind) => [kind.kind, {
      stories: storiesWith(kind.kind), prior: rounded(kind.prior),
      weights: Object.fromEntries(Object.entries(kind.weights).map(([model, weight]) => [model, rounded(weight)])),
    }])),
    calibration: monotone(pairs).map(([p, y]) => [rounded(p), rounded(y)] as const),
  };
}

/** Probability of a kind on a sheet under a fit. */
export const probabilityOf = (sheet: Pick<Sheet, 'findings'>, kind: FusionKind, found: ReturnType<typeof withFit>): number =>
  calibrated(rawOf(sheet, kind), found.calibration);
