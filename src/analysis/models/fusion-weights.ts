import fit from './fusion-fit.json' with { type: 'json' };

/**
 * What evidence fusion (G11) knows. A finding speaks for a kind of wrongdoing with `weight` × its step (reminder 1, warning 2, work order 3); of each
 * source family only its strongest finding counts, and no more than `cap`. Log-odds start at `prior`. `calibration` maps the raw probability to the
 * observed share, piecewise linear and never falling.
 *
 * Which models may speak for which kind is judgement and stands here; how loudly they speak was fitted on labelled provinces (`npm run fit-fusion`) and
 * stands in `fusion-fit.json`, with the seeds, the counts and the day of the fit.
 */
export interface FusionKind {
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
  /** Violation types such a story hints at. */
  readonly hooks: readonly string[];
  readonly prior: number;
  readonly cap: number;
  readonly weights: Readonly<Record<string, number>>;
  /** What else would show it, in order of usefulness: fetched when the family is silent. */
  readonly toFetch: readonly { readonly family: string; readonly zh: string; readonly en: string }[];
}

/** The data file of a fit. */
export interface FusionFit {
  readonly version: string;
  /** Day of the fit; seeds of the provinces; outfall-months, stories (groups of findings) and sheets (their states) it rests on. */
  readonly fittedOn: string;
  readonly seeds: readonly string[];
  readonly outfallMonths: number;
  readonly stories: number;
  readonly sheets: number;
  /** Per kind: stories in which it was true, the prior log-odds and the weights that differ from nought. */
  readonly kinds: Readonly<Record<string, { readonly stories: number; readonly prior: number; readonly weights: Readonly<Record<string, number>> }>>;
  readonly calibration: readonly (readonly [raw: number, observed: number])[];
}

/** Weights by which evidence of several models is put together, and the calibration of the sum (model:G11). */
export interface FusionWeights {
  readonly version: string;
  readonly kinds: readonly FusionKind[];
  readonly calibration: FusionFit['calibration'];
}

const site = { family: 'site', zh: '站房开门与视频记录', en: 'door and video records of the station' };
const power = { family: 'power', zh: '生产与治污用电曲线', en: 'power of production and treatment' };
const manual = { family: 'manual', zh: '监督性监测或比对监测结果', en: 'a supervisory or comparison sample' };
const emission = { family: 'emission', zh: '分钟级排放数据与仪器原始谱图', en: 'step data and raw readings of the analyser' };
const transport = { family: 'transport', zh: '数采仪日志与原始报文', en: 'log of the logger and raw frames' };

/** Judgement: who may speak for what, and how loudly as long as nothing else is known. A fit is drawn towards it. */
export const JUDGED_KINDS: readonly FusionKind[] = [
  {
    kind: 'forged-data', zh: '伪造、篡改自动监测数据', en: 'forged or altered monitoring data', hooks: ['H3', 'H9'], prior: -3.2, cap: 2.6, toFetch: [site, manual, transport, power],
    weights: {
      A04: 0.6, A05: 1.1, A06: 0.6, A07: 0.8, A08: 0.3, B04: 0.4, C01: 0.9, C02: 0.8, C03: 0.7, C04: 0.6, C05: 0.4, C06: 0.8, C07: 0.9, C08: 1.1, C09: 1, C10: 0.7, C11: 0.8,
      C12: 0.5, C13: 0.6, C14: 0.6, C15: 1, D02: 0.8, D03: 0.6, D04: 0.7, D05: 0.8, D08: 0.8, D09: 0.6, D10: 0.6, D15: 0.6, F06: 1, F08: 0.6, F10: 1, G01: 0.3, G02: 1, G03: 0.5, G08: 0.3, G09: 0.4,
    },
  },
  {
    kind: 'sampling', zh: '干扰采样', en: 'interference with sampling', hooks: ['H3', 'H5'], prior: -3.2, cap: 2.6, toFetch: [site, manual, emission],
    weights: { C02: 0.5, D01: 1, D02: 0.7, D11: 1, D12: 0.8, D14: 1, F06: 0.9, F07: 0.6, F09: 0.7, F11: 0.8, G02: 1, A01: 0.3, A11: 0.8 },
  },
  {
    kind: 'treatment', zh: '不正常运行治污设施', en: 'treatment not run as it should be', hooks: ['H3'], prior: -3, cap: 2.6, toFetch: [power, emission, manual],
    weights: { D06: 0.7, D15: 0.6, E01: 1, E02: 0.6, E03: 0.9, E06: 0.9, E07: 0.7, B01: 0.6, B02: 0.6, G02: 0.6, G06: 0.7, G10: 0.8 },
  },
  {
    kind: 'marks', zh: '以标记规避监管', en: 'marks used to escape', hooks: ['H3', 'H11'], prior: -3, cap: 2.6, toFetch: [power, emission, site],
    weights: { F01: 1, F02: 1, F03: 1, F04: 0.8, D07: 0.9, E05: 0.6, B01: 0.5, A01: 0.3, A11: 0.8 },
  },
  {
    kind: 'hidden-discharge', zh: '暗排、绕排', en: 'discharge by another route', hooks: ['H3', 'H12'], prior: -3.4, cap: 2.6, toFetch: [power, { family: 'external', zh: '下游站点与走航监测', en: 'stations downstream and surveys' }, site],
    weights: { D04: 0.6, D12: 0.9, D13: 1, D16: 1, E01: 0.5, G06: 0.7, G07: 1, F11: 0.4 },
  },
  {
    kind: 'orders', zh: '未落实停限产要求', en: 'orders to cut or stop not carried out', hooks: ['H7'], prior: -3, cap: 2.8, toFetch: [power, site],
    weights: { E04: 1, E05: 1, D07: 0.6, F03: 0.6, B01: 0.3 },
  },
  {
    kind: 'waste', zh: '危险废物去向不明', en: 'hazardous waste gone astray', hooks: ['H8'], prior: -3, cap: 2.8, toFetch: [power, { family: 'manual', zh: '盘点与联单原件', en: 'stock-taking and original manifests' }],
    weights: { G04: 1, G05: 1, E05: 0.4, C05: 0.4 },
  },
];

/** The judged kinds with what a fit found; a kind or model the fit never met keeps its judged numbers. */
export const withFit = (found: FusionFit): FusionWeights => ({
  version: found.version,
  calibration: found.calibration,
  kinds: JUDGED_KINDS.map((kind) => {
    const own = found.kinds[kind.kind];
    return own === undefined ? kind : { ...kind, prior: own.prior, weights: { ...kind.weights, ...own.weights } };
  }),
});

/** The fit of `fusion-fit.json`, made by `npm run fit-fusion` on labelled simulated provinces. */
export const FUSION_FIT = fit as unknown as FusionFit;
/** The weights in force: the judged numbers, with what the fit found where it met the kind. */
export const FUSION_WEIGHTS = withFit(FUSION_FIT);

/** Every violation type that some kind hints at. */
export const FUSION_HOOKS: readonly string[] = [...new Set(JUDGED_KINDS.flatMap((kind) => kind.hooks))].sort();

/** Parameter by which the weight of a model is multiplied. */
export const voiceOf = (model: string): `voice${string}` => `voice${model}`;

/** Loudest weight of each model that may speak: what its findings add to the log-odds per step. */
export const LOUDEST: ReadonlyMap<string, number> = FUSION_WEIGHTS.kinds.reduce((most, kind) => {
  for (const [model, weight] of Object.entries(kind.weights)) most.set(model, Math.max(weight, most.get(model) ?? 0));
  return most;
}, new Map<string, number>());

/** Everybody speaks as the fit has it until reviewed clues say otherwise. */
export const VOICES: { readonly [Name in `voice${string}`]: number } = Object.fromEntries([...LOUDEST.keys()].sort().map((model) => [voiceOf(model), 1]));
