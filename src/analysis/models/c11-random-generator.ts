import type { FactorCode } from '#kernel';
import { lag1, median, quantile, sortedFinite } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf, nearResolution } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { ownWindows, windowStats } from './parts/quiet-windows.ts';
import { finiteCount, runValues, signalOf } from './parts/signal.ts';
import { endedAt, HOUR, hoursHolding } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] 24-h lag-1 of steps: 0.25 at 0.01, 0.16 at 0.002 windows per factor-month. */
  remindLag: 0.24, warnLag: 0.15, workOrderLag: 0.05, baselineLag: 0.5,
  windowHours: 24, analyserWindowHours: 48,
  /** A short window only where the own history has never come near. */
  shortHours: 12, shortLag: 0.05, shortOwnLeast: 0.55,
  /** Below anything of the own history by this much. */
  ownMargin: 0.12, leastResolutions: 10, leastValues: 72, standardErrors: 5, leastWindows: 10,
  /** Steps of the usual size mean a calm day of the same instrument; invented numbers have steps of their own. */
  sameNoiseLow: 0.75, sameNoiseHigh: 1.5,
  uniformP: 0.2, furthestHours: 96,
} as const satisfies Thresholds;

/** Lag-1 of ranks: one outlier must not drown the memory of all other values. */
function rankLag1(values: Float64Array, from: number, to: number): number {
  const at: number[] = [];
  for (let i = from; i < to; i++) if (Number.isFinite(values[i] as number)) at.push(i);
  at.sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(to - from).fill(Number.NaN);
  at.forEach((i, rank) => {
    ranks[i - from] = rank;
  });
  return lag1(ranks);
}

interface Own {
  readonly median: number;
  readonly least: number;
  readonly count: number;
}

const ownOf = (ctx: Context, factor: FactorCode, width: number): Own | undefined => {
  const base = baselineOf(ctx, factor);
  if (base === undefined) return undefined;
  return ctx.daily(`C11:${factor}:${width}`, () => {
    const list: number[] = [];
    for (let i = 0; i + width <= base.values.length; i += width >> 1) {
      if (finiteCount(base.values, i, i + width) >= 0.8 * width) list.push(rankLag1(base.values, i, i + width));
    }
    const sorted = sortedFinite(list);
    return { median: quantile(sorted, 0.5), least: quantile(sorted, 0.01), count: sorted.length };
  });
};

/** Kolmogorov distance of the values from a uniform spread between their extremes, times √n: under 1.07 is p > 0.2. */
function uniformDistance(values: Float64Array): number {
  const sorted = sortedFinite(values);
  const n = sorted.length;
  const min = sorted[0] as number;
  const span = (sorted[n - 1] as number) - min;
  let most = 0;
  sorted.forEach((v, i) => {
    most = Math.max(most, Math.abs((v - min) / span - (i + 0.5) / n));
  });
  return most * Math.sqrt(n);
}

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly lag: number;
  readonly own: Own;
  readonly uniform: boolean;
  /** Size of the steps over their usual size; NaN where unknown. */
  readonly noise: number;
}

function hitOf(ctx: Context, factor: FactorCode, wanted: number, lagBelow: number, p: typeof DEFAULTS, least = -1): Hit | undefined {
  const signal = signalOf(ctx, factor);
  if (signal === undefined) return undefined;
  const hours = isAnalyser(factor) ? wanted : hoursHolding(wanted, p.leastValues, signal);
  const width = Math.round((hours * HOUR) / signal.stepMs);
  const to = endedAt(signal, ctx.now);
  const near = runValues(ctx, signal, to - width, to);
  if (finiteCount(near) < 0.8 * width) return undefined;
  // Cheap gate: ranks and the own history only where the plain correlation is low as well.
  if (!(lag1(near) < lagBelow + 0.1)) return undefined;
  // Values of a few steps of the print-out lose their memory by rounding.
  if (nearResolution(ctx, factor, median(near), p.leastResolutions)) return undefined;
  const lag = rankLag1(near, 0, near.length);
  if (!(lag < lagBelow)) return undefined;
  const own = ownOf(ctx, factor, width);
  if (own === undefined || own.count < p.leastWindows || !(own.median > p.baselineLag) || own.least < least) return undefined;
  const error = Math.sqrt((1 - own.median ** 2) / finiteCount(near));
  // Fewer values, less certain: the margin below the own history is set for the 144 of a day of ten-minute steps.
  const margin = p.ownMargin * Math.max(1, 144 / finiteCount(near));
  if (!(lag < own.least - (isAnalyser(factor) ? p.ownMargin : margin)) || !(own.median - lag > p.standardErrors * error)) return undefined;
  const back = Math.min(to, Math.round((p.furthestHours * HOUR) / signal.stepMs));
  const values = runValues(ctx, signal, to - back, to);
  // Grow backwards while the added half window is as memoryless.
  let from = back - width;
  const half = width >> 1;
  while (from - half >= 0 && rankLag1(values, from - half, from + 1) < (lagBelow + own.median) / 2) from -= half;
  return {
    start: signal.t0 + (to - back + from) * signal.stepMs, end: signal.t0 + to * signal.stepMs, lag, own,
    uniform: uniformDistance(near) < 1.07,
    noise: windowStats(near, 0, near.length).diff / (ownWindows(ctx, factor, hours)?.own.diff.median ?? Number.NaN),
  };
}

/** `model:C11` — values without memory, where the plant and the instrument have one. */
export const c11: Model = {
  id: 'C11', version: '1.1.0',
  title: { zh: '失相关与随机数', en: 'Lost autocorrelation, random generator' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H4'],
  about: {
    zh: '24 小时（分析仪 48 小时）相邻值自相关低于 0.24，且明显低于本站历史任何窗口；接近均匀分布的随机数更强。',
    en: 'Lag-1 autocorrelation of 24 h (analysers 48 h) below 0.24 and clearly below any window of the own history; a uniform spread weighs more.',
    source: 'C11, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 12, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factors = ctx.factors.filter((f) => isPollutant(f) && baselineOf(ctx, f) !== undefined);
    if (factors.length === 0) return cannotTell('no baseline yet', ['10 days of running data']);
    const findings: Finding[] = [];
    for (const factor of factors) {
      const hit = isAnalyser(factor)
        ? hitOf(ctx, factor, p.analyserWindowHours, p.remindLag, p)
        : (hitOf(ctx, factor, p.windowHours, p.remindLag, p) ?? hitOf(ctx, factor, p.shortHours, p.shortLag, p, p.shortOwnLeast));
      if (hit === undefined) continue;
      const sameNoise = hit.noise > p.sameNoiseLow && hit.noise < p.sameNoiseHigh;
      // Beside steps as usual only values with no memory at all say something.
      if (sameNoise && hit.lag >= p.workOrderLag) continue;
      const tier: Tier = sameNoise ? 'REMIND' : hit.lag < p.workOrderLag && hit.uniform ? 'WORK_ORDER' : hit.lag < p.warnLag ? 'WARN' : 'REMIND';
      const finding: Finding = {
        factors: [factor], start: hit.start, end: hit.end, tier, score: (hit.own.median - hit.lag) / (hit.own.median - p.remindLag),
        stats: { lag1: hit.lag, ownMedian: hit.own.median, ownLeast: hit.own.least, uniform: hit.uniform ? 1 : 0, noiseRatio: hit.noise },
        text: {
          zh: `${namesZh([factor])}在 ${spanText(hit.start, hit.end)} 前后值几乎不相关：自相关 ${num(hit.lag)}，本站惯常 ${num(hit.own.median)}、历史最低 ${num(hit.own.least)}${hit.uniform ? '，且呈均匀分布' : ''}。`,
          en: `${namesEn([factor])} has lost its memory (${spanText(hit.start, hit.end)}): lag-1 ${num(hit.lag)} against ${num(hit.own.median)} usually and ${num(hit.own.least)} at least${hit.uniform ? ', spread uniformly' : ''}.`,
        },
        clearedBy: [{ zh: '快速尖峰型气体（CO）或电极失效', en: 'A fast spiky gas (CO), or a failing electrode' }],
      };
      findings.push(suppress(finding, explain(ctx, finding, [factor], ['stop-mark', 'instrument-work', 'filed-work', 'filed-change'])));
    }
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
