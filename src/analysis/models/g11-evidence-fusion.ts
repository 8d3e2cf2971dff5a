import type { Context, Finding, Model, PastFinding, SourceFamily } from '../contract.ts';
import { FUSION_WEIGHTS, type FusionKind, type FusionWeights } from './fusion-weights.ts';
import { conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { DAY } from './parts/window.ts';
import { percent, spanText } from './parts/wording.ts';

const DEFAULTS = { remind: 0.3, warn: 0.6, workOrder: 0.85, families: 2, days: 30, freshDays: 1, groupHours: 72 } as const;

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

function calibrated(raw: number, points: FusionWeights['calibration']): number {
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1] as readonly [number, number];
    const [x1, y1] = points[i] as readonly [number, number];
    if (raw <= x1) return x1 > x0 ? y0 + ((raw - x0) / (x1 - x0)) * (y1 - y0) : y1;
  }
  return raw;
}

/** log-odds = prior + Σ over families of the family's best weight × step, capped: ten statistics of one source count once. */
export function fuse(findings: readonly PastFinding[], kind: FusionKind, calibration: FusionWeights['calibration']): Fused {
  const best = new Map<SourceFamily, Voice>();
  for (const finding of findings) {
    const weight = kind.weights[finding.model] ?? 0;
    if (weight <= 0) continue;
    const adds = Math.min(kind.cap, weight * STEP[finding.tier]);
    const known = best.get(finding.family);
    if (known === undefined || adds > known.adds || (adds === known.adds && finding.raisedAt < known.finding.raisedAt)) best.set(finding.family, { family: finding.family, finding, adds });
  }
  const voices = [...best.values()].sort((a, b) => b.adds - a.adds || (a.family < b.family ? -1 : 1));
  const odds = kind.prior + voices.reduce((sum, voice) => sum + voice.adds, 0);
  return { kind, probability: calibrated(1 / (1 + Math.exp(-odds)), calibration), voices };
}

/** Findings that lie near each other in time: what happened weeks apart is not one story. */
function groups(findings: readonly PastFinding[], gap: number): PastFinding[][] {
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
  // Voices may lie days apart: the sheet names them all, the finding lies where the newest of them speaks (models.md §3.5).
  const { start, end } = voices.map((v) => v.finding).reduce((x, y) => (y.end > x.end ? y : x));
  const missing = kind.toFetch.filter((one) => !voices.some((v) => v.family === one.family));
  const models = voices.map((v) => v.finding.model);
  const sure = voices.length >= p.families;
  const tier = tierOf(true, probability > p.warn, probability > p.workOrder && sure) ?? 'REMIND';
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
  return groups(findings, p.groupHours * 3_600_000).flatMap((group) => {
    if (!group.some((f) => f.end > ctx.now - p.freshDays * DAY || f.raisedAt > ctx.now - p.freshDays * DAY)) return [];
    const best = weights.kinds.map((kind) => fuse(group, kind, weights.calibration)).sort((a, b) => b.probability - a.probability || (a.kind.kind < b.kind.kind ? -1 : 1))[0];
    return best === undefined || best.probability <= p.remind || best.voices.length < p.families ? [] : [best];
  });
}

/** `model:G11` — independent sources put together: how likely is which kind of wrongdoing. */
export const g11: Model = {
  id: 'G11', version: '1.0.0', title: { zh: '证据融合', en: 'Evidence fusion' },
  family: 'external', trigger: 'tick', media: ['gas', 'water'], standsAlone: true, params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '把 30 天内本排放口各模型的发现按时间归并，对每类违法行为计算对数几率：先验加各来源家族中最强一条的权重与级别之积（每家族封顶），换算为可能性，并列出主要证据与尚缺的证据。至少两类来源才成立；本模型结论不作他人佐证。',
    en: 'Findings of the last 30 days are grouped by time; for each kind of wrongdoing log-odds are the prior plus, of each source family, its strongest weight times step (capped), turned into a probability with the main evidence and what is still missing. At least two families; its own conclusions corroborate nothing.',
    source: 'models.md G11; weights: fusion-weights.ts',
  },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const stories = storiesOf(ctx, p);
    return stories.length === 0 ? notMet() : conclude(stories.map((story) => findingOf(story, p)));
  },
};
