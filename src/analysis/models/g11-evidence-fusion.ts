import type { Context, Finding, Model, PastFinding, SourceFamily } from '../contract.ts';
import { FUSION_FIT, FUSION_WEIGHTS, type FusionKind, type FusionWeights } from './fusion-weights.ts';
import { conclude, isStrong, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY, HOUR } from './parts/window.ts';
import { percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remind: 0.3, warn: 0.6, workOrder: 0.85, families: 2, days: 30, freshDays: 1, groupHours: 72,
  /** Added to the log-odds: how much rarer (below 0) or commoner wrongdoing is here than in the provinces of the fit. */
  priorShift: 0,
} as const;

/**
 * What a model of one family reads of another: the step after a door (F06) is the step that the emission models see,
 * and samples that did not come (F11) are the hours that did not come. Two of them warn of one fact.
 */
const READS: Readonly<Record<string, SourceFamily>> = { F06: 'emission', F11: 'transport' };

const STEP = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const;

export interface Voice {
  readonly family: SourceFamily;
  readonly finding: PastFinding;
  /** What it adds to the log-odds. */
  readonly adds: number;
}

export interface Fused {
  readonly kind: FusionKind;
  readonly probability: number;
  /** Strongest first, one per family. */
  readonly voices: readonly Voice[];
}

/** The observed share that belongs to a raw probability. */
export function calibrated(raw: number, points: FusionWeights['calibration']): number {
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1] as readonly [number, number];
    const [x1, y1] = points[i] as readonly [number, number];
    if (raw <= x1) return x1 > x0 ? y0 + ((raw - x0) / (x1 - x0)) * (y1 - y0) : y1;
  }
  return raw;
}

const shifted = (probability: number, by: number): number => (by === 0 ? probability : 1 / (1 + (1 / probability - 1) * Math.exp(-by)));

/** Of each family the voice that adds most, strongest first: ten statistics of one source count once, and no family adds more than the cap. */
export function voicesOf(findings: readonly PastFinding[], kind: Pick<FusionKind, 'weights' | 'cap'>): Voice[] {
  const best = new Map<SourceFamily, Voice>();
  for (const finding of findings) {
    const weight = kind.weights[finding.model] ?? 0;
    if (weight <= 0) continue;
    const adds = Math.min(kind.cap, weight * STEP[finding.tier]);
    const known = best.get(finding.family);
    if (known === undefined || adds > known.adds || (adds === known.adds && finding.raisedAt < known.finding.raisedAt)) best.set(finding.family, { family: finding.family, finding, adds });
  }
  return [...best.values()].sort((a, b) => b.adds - a.adds || (a.family < b.family ? -1 : 1));
}

/** log-odds = prior + Σ over families; the raw probability is then calibrated and moved to the prior of the place. */
export function fuse(findings: readonly PastFinding[], kind: FusionKind, calibration: FusionWeights['calibration'], priorShift = 0): Fused {
  const voices = voicesOf(findings, kind);
  const odds = kind.prior + voices.reduce((sum, voice) => sum + voice.adds, 0);
  return { kind, probability: shifted(calibrated(1 / (1 + Math.exp(-odds)), calibration), priorShift), voices };
}

/** Findings that lie near each other in time: what happened weeks apart is not one story. */
export function groupsOf(findings: readonly PastFinding[], gap = DEFAULTS.groupHours * HOUR): PastFinding[][] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || a.end - b.end || (a.model < b.model ? -1 : 1));
  const out: { end: number; members: PastFinding[] }[] = [];
  for (const finding of sorted) {
    const last = out.at(-1);
    if (last !== undefined && finding.start <= last.end + gap) {
      last.members.push(finding);
      last.end = Math.max(last.end, finding.end);
    } else out.push({ end: finding.end, members: [finding] });
  }
  return out.map((group) => group.members);
}

function findingOf({ kind, probability, voices }: Fused, p: typeof DEFAULTS): Finding {
  // Voices may lie days apart: the sheet names them all, the finding lies where the newest of them speaks.
  const { start, end } = voices.map((v) => v.finding).reduce((x, y) => (y.end > x.end ? y : x));
  const missing = kind.toFetch.filter((one) => !voices.some((v) => v.family === one.family));
  const models = voices.map((v) => v.finding.model);
  // A sum of reminders reminds: warnings and work orders want facts that warn, the latter from two families.
  const strong = new Set(voices.filter((v) => isStrong(v.finding)).map((v) => READS[v.finding.model] ?? v.family)).size;
  const tier = tierOf(true, probability > p.warn && strong > 0, probability > p.workOrder && strong >= p.families) ?? 'REMIND';
  return {
    factors: [], start, end, tier, score: probability / p.remind,
    stats: { kind: kind.kind, probability, families: voices.length, evidence: models.join(), adds: voices.map((v) => v.adds.toFixed(2)).join(), missing: missing.map((one) => one.family).join(), weights: FUSION_WEIGHTS.version },
    text: {
      zh: `${spanText(start, end)} ${voices.length} 类来源的证据（${models.join('、')}）合起来指向“${kind.zh}”，可能性约 ${percent(probability, 0)}${missing.length > 0 ? `；尚缺：${missing.map((one) => one.zh).join('、')}` : ''}。`,
      en: `Evidence of ${voices.length} kinds of source (${models.join(', ')}) together points to "${kind.en}", about ${percent(probability, 0)} likely (${spanText(start, end)})${missing.length > 0 ? `; still missing: ${missing.map((one) => one.en).join(', ')}` : ''}.`,
    },
    clearedBy: [{ zh: '各条证据各有说明：逐条核对其可能的合理解释', en: 'Each piece of evidence may be explained: go through them one by one' }],
  };
}

/** The strongest story of each group of findings that touches the newest days. */
export function storiesOf(ctx: Pick<Context, 'recent' | 'now'>, p: typeof DEFAULTS, weights: FusionWeights = FUSION_WEIGHTS): Fused[] {
  // Its own conclusions are no evidence.
  const findings = ctx.recent.filter((f) => f.model !== 'G11' && f.start > ctx.now - p.days * DAY);
  return groupsOf(findings, p.groupHours * HOUR).flatMap((group) => {
    if (!group.some((f) => f.end > ctx.now - p.freshDays * DAY || f.raisedAt > ctx.now - p.freshDays * DAY)) return [];
    const best = weights.kinds.map((kind) => fuse(group, kind, weights.calibration, p.priorShift)).sort((a, b) => b.probability - a.probability || (a.kind.kind < b.kind.kind ? -1 : 1))[0];
    return best === undefined || best.probability <= p.remind || best.voices.length < p.families ? [] : [best];
  });
}

/** Where the weights come from, and what they cannot know. */
const FITTED = {
  zh: `权重与校准曲线于 ${FUSION_FIT.fittedOn} 由 ${FUSION_FIT.seeds.length} 个带标签的仿真省份（${FUSION_FIT.outfallMonths} 排放口·月，${FUSION_FIT.stories} 组发现）拟合；真实省份违法的频度与仿真不同，须按当地先验修正（参数 priorShift，对数几率），在以复核结论重新拟合之前只宜用于排序。`,
  en: `Weights and curve were fitted on ${FUSION_FIT.fittedOn} from ${FUSION_FIT.seeds.length} labelled simulated provinces (${FUSION_FIT.outfallMonths} outfall-months, ${FUSION_FIT.stories} groups of findings); in a real province wrongdoing is rarer or commoner, so the probability must be moved to the local prior (parameter priorShift, log-odds) and, until refitted on reviewed clues, serves to rank.`,
};

/** `model:G11` — independent sources put together: how likely is which kind of wrongdoing. */
export const g11: Model = {
  id: 'G11', version: '2.1.0', title: { zh: '证据融合', en: 'Evidence fusion' },
  family: 'external', trigger: 'tick', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: `把 30 天内本排放口各模型的发现按时间归并，对每类违法行为计算对数几率：先验加各来源家族中最强一条的权重与级别之积（每家族封顶），经保序校准换算为可能性，并列出主要证据与尚缺的证据。至少两类来源才成立，警告须其中一类、工单须两类本身达到警告，而两类须各有所据（开门后阶跃与阶跃同据一处变化，只算一类）；本模型结论不作他人佐证。${FITTED.zh}`,
    en: `Findings of the last 30 days are grouped by time; for each kind of wrongdoing log-odds are the prior plus, of each source family, its strongest weight times step (capped), turned by an isotonic curve into a probability, with the main evidence and what is still missing. At least two families; a warning wants one of them to warn by itself, a work order two that rest on facts of their own (the step after a door and the step are one); its own conclusions corroborate nothing. ${FITTED.en}`,
    source: 'G11; weights: fusion-fit.json; reliability: docs/score.md',
  },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const stories = storiesOf(ctx, p);
    return stories.length === 0 ? notMet() : conclude(stories.map((story) => findingOf(story, p)));
  },
};
