import type { OutfallId } from '#kernel';
import type { Context, Finding, Model, Params, PastFinding, SiblingFinding, SourceFamily } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { FUSION_FIT, FUSION_WEIGHTS, FUSION_HOOKS, VOICES, voiceOf, type FusionKind, type FusionWeights } from './fusion-weights.ts';
import { conclude, isStrong, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY, HOUR } from './parts/window.ts';
import { modelName } from './model-names.ts';
import { percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remind: 0.3, warn: 0.6, workOrder: 0.85, families: 2, days: 30, freshDays: 1, groupHours: 72,
  /** Added to the log-odds: how much rarer (below 0) or commoner wrongdoing is here than in the provinces of the fit. */
  priorShift: 0,
  /** How much louder or softer each model speaks than the fit on simulated provinces has it: refitted on reviewed clues. */
  ...VOICES,
} as const satisfies Thresholds;

/**
 * What a model of one family reads of another: the step after a door (F06) is the step that the emission models see,
 * and samples that did not come (F11) are the hours that did not come. Two of them warn of one fact.
 */
const READS: Readonly<Record<string, SourceFamily>> = { F06: 'emission', F11: 'transport' };

const STEP = { REMIND: 1, WARN: 2, WORK_ORDER: 3 } as const;

export interface Voice<F extends PastFinding = PastFinding> {
  readonly family: SourceFamily;
  readonly finding: F;
  /** What it adds to the log-odds. */
  readonly adds: number;
}

export interface Fused<F extends PastFinding = PastFinding> {
  readonly kind: FusionKind;
  readonly probability: number;
  /** Strongest first, one per family. */
  readonly voices: readonly Voice<F>[];
}

/** By how much a model's weight is multiplied. */
type Times = (model: string) => number;
const AS_FITTED: Times = () => 1;

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
export function voicesOf<F extends PastFinding>(findings: readonly F[], kind: Pick<FusionKind, 'weights' | 'cap'>, times = AS_FITTED): Voice<F>[] {
  const best = new Map<SourceFamily, Voice<F>>();
  for (const finding of findings) {
    const weight = (kind.weights[finding.model] ?? 0) * times(finding.model);
    if (weight <= 0) continue;
    const adds = Math.min(kind.cap, weight * STEP[finding.tier]);
    const known = best.get(finding.family);
    if (known === undefined || adds > known.adds || (adds === known.adds && finding.raisedAt < known.finding.raisedAt)) best.set(finding.family, { family: finding.family, finding, adds });
  }
  return [...best.values()].sort((a, b) => b.adds - a.adds || (a.family < b.family ? -1 : 1));
}

/** log-odds = prior + Σ over families; the raw probability is then calibrated and moved to the prior of the place. */
export function fuse<F extends PastFinding>(findings: readonly F[], kind: FusionKind, calibration: FusionWeights['calibration'], priorShift = 0, times = AS_FITTED): Fused<F> {
  const voices = voicesOf(findings, kind, times);
  const odds = kind.prior + voices.reduce((sum, voice) => sum + voice.adds, 0);
  return { kind, probability: shifted(calibrated(1 / (1 + Math.exp(-odds)), calibration), priorShift), voices };
}

/** Findings that lie near each other in time: what happened weeks apart is not one story. */
export function groupsOf<F extends PastFinding>(findings: readonly F[], gap = DEFAULTS.groupHours * HOUR): F[][] {
  const sorted = [...findings].sort((a, b) => a.start - b.start || a.end - b.end || (a.model < b.model ? -1 : 1));
  const out: { end: number; members: F[] }[] = [];
  for (const finding of sorted) {
    const last = out.at(-1);
    if (last !== undefined && finding.start <= last.end + gap) {
      last.members.push(finding);
      last.end = Math.max(last.end, finding.end);
    } else out.push({ end: finding.end, members: [finding] });
  }
  return out.map((group) => group.members);
}

/** As the record keeps it, and `fusion-sheet.ts` reads it. */
const nameOf = (finding: SiblingFinding, own: OutfallId): string => (finding.outfall === own ? finding.model : `${finding.model}@${finding.outfall}`);

/** As people read it. */
function spokenName({ model, outfall }: SiblingFinding, own: OutfallId): { zh: string; en: string } {
  const { zh, en } = modelName(model);
  return outfall === own ? { zh, en } : { zh: `${zh}（本单位排放口 ${outfall}）`, en: `${en} at outfall ${outfall} of the unit` };
}

function findingOf({ kind, probability, voices }: Fused<SiblingFinding>, own: OutfallId, p: typeof DEFAULTS): Finding {
  // Voices may lie days apart: the sheet names them all, the finding lies where the strongest speaks. What is newest may be honest work after it.
  const { start, end } = (voices[0] as Voice<SiblingFinding>).finding;
  const missing = kind.toFetch.filter((one) => !voices.some((v) => v.family === one.family));
  const models = voices.map((v) => nameOf(v.finding, own));
  const spoken = voices.map((v) => spokenName(v.finding, own));
  // A sum of reminders reminds: warnings and work orders want facts that warn, the latter from two families.
  const strong = new Set(voices.filter((v) => isStrong(v.finding)).map((v) => READS[v.finding.model] ?? v.family)).size;
  const tier = tierOf(true, probability > p.warn && strong > 0, probability > p.workOrder && strong >= p.families) ?? 'REMIND';
  return {
    factors: [], start, end, tier, score: probability / p.remind,
    stats: { kind: kind.kind, probability, families: voices.length, evidence: models.join(), adds: voices.map((v) => v.adds.toFixed(2)).join(), missing: missing.map((one) => one.family).join(), hooks: kind.hooks.join(), weights: FUSION_WEIGHTS.version },
    text: {
      zh: `${spanText(start, end)} 本单位 ${voices.length} 类来源的证据（${spoken.map((one) => one.zh).join('、')}）合起来指向“${kind.zh}”，可能性（校准概率）约 ${percent(probability, 0)}${missing.length > 0 ? `；尚缺：${missing.map((one) => one.zh).join('、')}` : ''}。`,
      en: `Evidence of ${voices.length} kinds of source at this unit (${spoken.map((one) => one.en).join(', ')}) together points to "${kind.en}", about ${percent(probability, 0)} likely (calibrated probability) (${spanText(start, end)})${missing.length > 0 ? `; still missing: ${missing.map((one) => one.en).join(', ')}` : ''}.`,
    },
    clearedBy: [{ zh: '各条证据各有说明：逐条核对其可能的合理解释', en: 'Each piece of evidence may be explained: go through them one by one' }],
  };
}

/**
 * The strongest story of each group of findings that touches the newest days. A group is made of what this outfall shows;
 * what other outfalls of the unit showed at the same time joins it. A story is told where its strongest evidence lies.
 */
export function storiesOf(ctx: Pick<Context, 'recent' | 'beside' | 'reg' | 'now'>, p: typeof DEFAULTS, weights: FusionWeights = FUSION_WEIGHTS): Fused<SiblingFinding>[] {
  const own = ctx.reg.outfall;
  // Its own conclusions are no evidence.
  const late = (f: PastFinding): boolean => f.model !== 'G11' && f.start > ctx.now - p.days * DAY;
  const findings = ctx.recent.filter(late).map((f): SiblingFinding => ({ ...f, outfall: own }));
  const siblings = findings.length === 0 ? [] : ctx.beside.filter(late);
  const voices: Params = p;
  const times: Times = (model) => voices[voiceOf(model)] ?? 1;
  const fresh = (f: PastFinding): boolean => f.end > ctx.now - p.freshDays * DAY || f.raisedAt > ctx.now - p.freshDays * DAY;
  return groupsOf(findings, p.groupHours * HOUR).flatMap((members) => {
    const [from, to] = [Math.min(...members.map((f) => f.start)), Math.max(...members.map((f) => f.end))];
    const group = [...members, ...siblings.filter((f) => f.start <= to + p.groupHours * HOUR && f.end >= from - p.groupHours * HOUR)];
    if (!group.some(fresh)) return [];
    const best = weights.kinds.map((kind) => fuse(group, kind, weights.calibration, p.priorShift, times)).sort((a, b) => b.probability - a.probability || (a.kind.kind < b.kind.kind ? -1 : 1))[0];
    return best === undefined || best.probability <= p.remind || best.voices.length < p.families || best.voices[0]?.finding.outfall !== own ? [] : [best];
  });
}

/** Where the weights come from, and what they cannot know. */
const FITTED = {
  zh: `权重与校准曲线（第 ${FUSION_FIT.version} 版，随程序提供）由 ${FUSION_FIT.seeds.length} 个带标签的仿真省份（${FUSION_FIT.outfallMonths} 排放口·月，${FUSION_FIT.stories} 组发现）拟合；真实省份违法的频度与仿真不同，须按当地先验修正（参数 priorShift，对数几率），在以复核结论重新拟合（参数 voice…）之前只宜用于排序。`,
  en: `Weights and curve (version ${FUSION_FIT.version}, part of the program) were fitted on ${FUSION_FIT.seeds.length} labelled simulated provinces (${FUSION_FIT.outfallMonths} outfall-months, ${FUSION_FIT.stories} groups of findings); in a real province wrongdoing is rarer or commoner, so the probability must be moved to the local prior (parameter priorShift, log-odds) and, until refitted on reviewed clues (parameters voice…), serves to rank.`,
};

/** `model:G11` — independent sources put together: how likely is which kind of wrongdoing. */
export const g11: Model = {
  id: 'G11', version: '3.1.0', title: { zh: '证据融合', en: 'Evidence fusion' },
  family: 'external', trigger: 'tick', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: FUSION_HOOKS,
  about: {
    zh: `把 30 天内本单位各排放口、各设备的发现按时间归并（其他排放口的发现每日通报一次），在最强证据所在的排放口报出；对每类违法行为计算对数几率：先验加各来源家族中最强一条的权重与级别之积（每家族封顶），经保序校准换算为可能性，并列出主要证据与尚缺的证据。至少两类来源才成立，警告须其中一类、工单须两类本身达到警告，而两类须各有所据（开门后阶跃与阶跃同据一处变化，只算一类）；本模型结论不作他人佐证。${FITTED.zh}`,
    en: `Findings of the last 30 days at all outfalls and devices of the unit are grouped by time (those of other outfalls are told once a day) and reported where the strongest lies; for each kind of wrongdoing log-odds are the prior plus, of each source family, its strongest weight times step (capped), turned by an isotonic curve into a probability, with the main evidence and what is still missing. At least two families; a warning wants one of them to warn by itself, a work order two that rest on facts of their own (the step after a door and the step are one); its own conclusions corroborate nothing. ${FITTED.en}`,
    source: 'G11; weights: fusion-fit.json; reliability: docs/score.md',
  },
  minimum: { days: 0, needs: [] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const stories = storiesOf(ctx, p);
    return stories.length === 0 ? notMet() : conclude(stories.map((story) => findingOf(story, ctx.reg.outfall, p)));
  },
};
