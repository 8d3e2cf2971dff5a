import type { Model } from '../contract.ts';
import { MODELS } from './all-models.ts';
import { SPECIFIED } from './model-names.ts';
import runs from './test-runs.json' with { type: 'json' };

/** specified: described in the catalogue · coded: can be run · tested: a stored run of the four tests passed for exactly this version (`npm run model-tests`). */
export type ModelState = 'specified' | 'coded' | 'tested';

export interface CatalogueEntry {
  readonly id: string;
  readonly category: ModelCategory;
  readonly zh: string;
  readonly en: string;
  readonly state: ModelState;
  /** Present from `coded` on. */
  readonly model: Model | undefined;
}

export const MODEL_CATEGORIES = {
  A: { zh: '数据完整与有效性', en: 'Completeness and validity' },
  B: { zh: '达标与总量', en: 'Compliance and totals' },
  C: { zh: '统计真实性', en: 'Statistical authenticity' },
  D: { zh: '工艺机理一致性', en: 'Process and physics consistency' },
  E: { zh: '用电与产治同步', en: 'Power and production–treatment consistency' },
  F: { zh: '运维行为与现场感知', en: 'Operations, marks, door, video, parameters' },
  G: { zh: '跨源综合与画像', en: 'Cross-source and profile' },
} as const;
export type ModelCategory = keyof typeof MODEL_CATEGORIES;

/** The four tests every model owes: pure and without look-ahead · silent on honest data · finds its kinds of cheating · silent on what only looks like them. */
export const MODEL_TESTS = ['property', 'null', 'positive', 'benign'] as const;
export type ModelTest = (typeof MODEL_TESTS)[number];

interface Passed {
  readonly passed: boolean;
  /** Tests on data made by hand, all of which passed where `passed`. */
  readonly tests: number;
}

/** What a run of all tests said of one version of a model (`npm run model-tests`); `digest` is that of the file that ran. */
export interface ModelRun {
  readonly version: string;
  /** The version that the simulated provinces judged: the same method, at most other words. */
  readonly simulated: string;
  readonly digest: string;
  readonly tests: {
    readonly property: Passed;
    /** On simulated honest plants: findings that nothing explains, of which warnings, and how many the false rate of the method allows. */
    readonly null: Passed & { readonly outfallMonths: number; readonly false: number; readonly allowed: number; readonly warned: number; readonly warnedAllowed: number };
    /** Simulated kinds of cheating it stands in the first line for: events found, of how many. */
    readonly positive: Passed & { readonly kinds: Readonly<Record<string, readonly number[]>> };
    /** Warnings and work orders that simulated look-alikes led to, and how many are allowed. */
    readonly benign: Passed & { readonly lookAlikes: number; readonly warned: number; readonly warnedAllowed: number };
  };
}
export type TestRuns = Readonly<Record<string, ModelRun>>;
export const TEST_RUNS: TestRuns = runs.models;

/** The tests this version passed; none where another version ran. */
export function testsOf(model: Pick<Model, 'id' | 'version'>, runs: TestRuns = TEST_RUNS): readonly ModelTest[] {
  const run = runs[model.id];
  return run?.version === model.version ? MODEL_TESTS.filter((name) => run.tests[name].passed) : [];
}

/** How far a model has come: tested when this version passed all four; another version is coded, whatever was shown of the one before. */
export const stateOf = (model: Pick<Model, 'id' | 'version'> | undefined, tested: TestRuns = TEST_RUNS): ModelState =>
  model === undefined ? 'specified' : testsOf(model, tested).length === MODEL_TESTS.length ? 'tested' : 'coded';

/** All 80 models with how far each has come; the count of each state is shown, never rounded up. */
export const CATALOGUE: readonly CatalogueEntry[] = SPECIFIED.map(([id, zh, en]) => {
  const model = MODELS.find((m) => m.id === id);
  return { id, category: id.charAt(0) as ModelCategory, zh, en, state: stateOf(model), model };
});
