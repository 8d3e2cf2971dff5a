import { binomialTail, median } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { isAnalyser, WATER_FLOW } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL } from './parts/signal.ts';
import { clampedIndex, endedAt, HOUR } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindRatio: 0.8, warnRatio: 0.6, workOrderRatio: 0.5, workOrderSamples: 36,
  remindP: 1e-3, warnP: 1e-5, minSamples: 12, lookBackHours: 120,
} as const satisfies Thresholds;

interface Pair {
  readonly at: number;
  /** Flow at the sampling step over the median of the steps around it. */
  readonly ratio: number;
}

/** When samples were taken in the look-back, from whichever analyser says so. */
function samplings(ctx: Context, p: typeof DEFAULTS): number[] {
  const out = new Set<number>();
  for (const f of ctx.factors) {
    const series = isAnalyser(f) ? ctx.hour(f) : undefined;
    if (series === undefined) continue;
    const to = endedAt(series, ctx.now);
    for (let i = Math.max(0, to - p.lookBackHours); i < to; i++) {
      const t = series.sampleTime[i] as number;
      if (Number.isFinite(t) && t <= ctx.now) out.add(Math.floor(t / ctx.reg.stepMs) * ctx.reg.stepMs);
    }
  }
  return [...out].sort((a, b) => a - b);
}

function pairsOf(ctx: Context, times: readonly number[]): Pair[] {
  const flow = ctx.step(WATER_FLOW);
  if (flow === undefined) return [];
  const around = Math.max(2, Math.round(HOUR / 2 / flow.stepMs));
  return times.flatMap((at) => {
    const i = clampedIndex(flow, at);
    const near: number[] = [];
    for (let k = i - around; k <= i + around; k++) {
      if (k !== i && flow.flag[k] === NORMAL && (flow.avg[k] as number) > 0) near.push(flow.avg[k] as number);
    }
    const usual = median(near);
    const v = flow.avg[i] as number;
    return flow.flag[i] === NORMAL && Number.isFinite(v) && near.length >= around && usual > 0 ? [{ at, ratio: v / usual }] : [];
  });
}

/** Latest stretch in which nearly every sampling met a lower flow than its neighbours. */
function stretch(pairs: readonly Pair[], p: typeof DEFAULTS): Pair[] {
  let from = pairs.length;
  let misses = 0;
  for (let k = pairs.length - 1; k >= 0; k--) {
    if ((pairs[k] as Pair).ratio < p.remindRatio) from = k;
    else if (++misses > 1 + (pairs.length - k) / 12) break;
  }
  return pairs.slice(from);
}

/** `model:D11` — little flow while the sample is drawn, much between. */
export const d11: Model = {
  id: 'D11', version: '1.0.0',
  title: { zh: '采样避峰', en: 'Dodging the sample' },
  family: 'emission', trigger: 'hour', media: ['water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H12'],
  about: {
    zh: '每次采样时刻的流量与前后半小时中位数之比，连续采样的符号检验；采样时流量小、非采样时流量大。',
    en: 'Flow at each sampling moment over the median of the half hour around, with a sign test over consecutive samplings: small while sampling, large between.',
    source: 'D11 (the pattern of the Jiangsu paper)',
  },
  minimum: { days: 0, needs: ['steps', 'flow', { of: 'sampleTimes', atLeast: 12 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.step(WATER_FLOW) === undefined) return cannotTell('no flow steps', [WATER_FLOW]);
    if (ctx.reg.stepMs >= HOUR / 2) return cannotTell('flow steps too long to see a sampling', ['steps under 30 min']);
    const times = samplings(ctx, p);
    if (times.length < p.minSamples) return cannotTell('too few sampling times', ['sample times']);
    const newest = pairsOf(ctx, times.slice(-p.minSamples));
    if (newest.filter((r) => r.ratio < p.remindRatio).length < 0.7 * newest.length) return notMet();
    const run = stretch(pairsOf(ctx, times), p);
    if (run.length < p.minSamples || ctx.now - (run[run.length - 1] as Pair).at > 6 * HOUR) return notMet();
    const ratio = Math.exp(run.reduce((s, r) => s + Math.log(Math.max(r.ratio, 0.01)), 0) / run.length);
    const below = run.filter((r) => r.ratio < 1).length;
    const chance = binomialTail(below, run.length, 0.5);
    if (!(ratio < p.remindRatio) || chance >= p.remindP) return notMet();
    const tier: Tier =
      ratio < p.workOrderRatio && run.length >= p.workOrderSamples ? 'WORK_ORDER' : ratio < p.warnRatio && chance < p.warnP ? 'WARN' : 'REMIND';
    const start = (run[0] as Pair).at;
    const end = (run[run.length - 1] as Pair).at + ctx.reg.stepMs;
    const finding: Finding = {
      factors: [WATER_FLOW], start, end, tier, score: -Math.log10(Math.max(chance, 1e-12)),
      stats: { ratio, samplings: run.length, below, p: chance },
      text: {
        zh: `${spanText(start, end)} 连续 ${run.length} 次采样中有 ${below} 次采样时流量低于前后半小时，平均仅为其 ${percent(ratio, 0)}（符号检验 p = ${num(chance, 6)}）。`,
        en: `In ${below} of ${run.length} samplings in a row the flow was below that of the half hour around, on average ${percent(ratio, 0)} of it (${spanText(start, end)}, sign test p = ${num(chance, 6)}).`,
      },
      clearedBy: [{ zh: '采样泵从流量槽取水；按时间比例的批次控制', en: 'The sampling pump draws from the flow cell; time-proportional batch control' }],
    };
    // A run this long against the odds needs no second witness.
    return conclude([tier === 'WORK_ORDER' && chance < 1e-9 ? { ...finding, standsAloneHere: 'sign test below 1e-9' } : finding]);
  },
};
