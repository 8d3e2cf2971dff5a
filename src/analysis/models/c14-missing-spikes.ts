import type { FactorCode } from '#kernel';
import { poissonAtMost, quantile, sortedFinite, type Interval } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { rebasedAt, tainted } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, isStrong, notMet, settings } from './parts/outcomes.ts';
import { runValues, type Signal } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] 7-day (q99/q50 − 1) over the own: 0.538 at 0.01, 0.489 at 0.002 windows per factor-month. */
  remindTail: 0.53, warnTail: 0.48, workOrderTail: 0.4,
  /** The own history, in windows of the same length, must never have come this near. */
  ownMargin: 0.75,
  /** Lower quantiles, relative to the median, must stay while the upper ones shrink. */
  lowestStays: 0.1, lowerStays: 0.05, upperShrinks: 0.75,
  excursion: 1.3, remindExcursionP: 0.01, warnExcursionP: 1e-3, workOrderExcursionP: 1e-4,
  windowDays: 7, longDays: 14, baseDays: 60, minBaseDays: 45, minShare: 0.7,
  /** Spikes of a channel that hardly moves are noise. */
  minBaseTail: 0.12,
} as const satisfies Thresholds;

/** Every fifth step of two months gives the same quantiles at a fifth of the cost; five does not divide an hour of ten-minute steps. */
const STRIDE = 5;

interface Shape {
  readonly n: number;
  readonly tail: number;
  /** (q95 − q50)/(q50 − q05). */
  readonly asymmetry: number;
  readonly low: number;
  readonly quarter: number;
  readonly upper: number;
  readonly median: number;
}

function shapeOf(values: Float64Array): Shape | undefined {
  const s = sortedFinite(values);
  const q = (p: number): number => quantile(s, p);
  const m = q(0.5);
  if (s.length < 100 || !(m > 0) || !(q(0.05) < m)) return undefined;
  return {
    n: s.length, median: m, tail: q(0.99) / m - 1, asymmetry: (q(0.95) - m) / (m - q(0.05)),
    low: q(0.05) / m, quarter: q(0.25) / m, upper: q(0.95) / m - 1,
  };
}

const thinned = (values: Float64Array): Float64Array => Float64Array.from({ length: Math.floor(values.length / STRIDE) }, (_, k) => values[k * STRIDE] as number);

/** Separate rises above 1.3 medians: a spike is one event however many steps it lasts. */
function excursions(values: Float64Array, line: number, stepMs: number): number {
  const apart = Math.max(1, Math.round(HOUR / stepMs));
  let count = 0;
  let last = -apart - 1;
  for (let i = 0; i < values.length; i++) {
    if (!((values[i] as number) > line)) continue;
    if (i - last > apart) count++;
    last = i;
  }
  return count;
}

/** Smallest tail of the own history in windows of the same length, as a ratio to the whole. */
function ownLeast(base: Float64Array, width: number, tail: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + width <= base.length; i += width >> 1) {
    const shape = shapeOf(thinned(base.subarray(i, i + width)));
    if (shape !== undefined) least = Math.min(least, shape.tail / tail);
  }
  return least;
}

interface Clean {
  readonly values: Float64Array;
  readonly shape: Shape;
}

/** Two months before the window without what must not teach (U07), and their shape. */
function baseOf(ctx: Context, signal: Signal, end: number, p: typeof DEFAULTS): Clean | undefined {
  const start = Math.max(timeAt(signal, end) - p.baseDays * DAY, rebasedAt(ctx, signal.factor) + 12 * HOUR, signal.t0);
  const from = clampedIndex(signal, start);
  const values = runValues(ctx, signal, from, end);
  for (const t of tainted(ctx, signal.factor)) {
    values.fill(Number.NaN, Math.max(0, clampedIndex(signal, t.start) - from), Math.max(0, clampedIndex(signal, t.end) - from));
  }
  const shape = shapeOf(thinned(values));
  const enough = (p.minBaseDays * DAY * p.minShare) / signal.stepMs / STRIDE;
  return shape === undefined || shape.n < enough ? undefined : { values, shape };
}

function steps(ctx: Context, factor: FactorCode): Signal | undefined {
  const series = ctx.step(factor);
  return series === undefined ? undefined : {
    factor, t0: series.t0, stepMs: series.stepMs, length: series.length, values: series.avg, flag: series.flag, arrivedAt: series.arrivedAt, sampleTime: undefined,
  };
}

interface Hit {
  readonly now: Shape;
  readonly base: Shape;
  readonly ratio: number;
  readonly least: number;
  readonly count: number;
  readonly expected: number;
  readonly chance: number;
  readonly from: number;
  readonly to: number;
}

function hitOf(ctx: Context, signal: Signal, days: number, p: typeof DEFAULTS): Hit | undefined {
  const to = endedAt(signal, ctx.now);
  const width = Math.round((days * DAY) / signal.stepMs);
  const values = runValues(ctx, signal, to - width, to);
  const now = shapeOf(values);
  if (to < width || now === undefined || now.n < p.minShare * width) return undefined;
  const base = baseOf(ctx, signal, to - width, p);
  if (base === undefined || base.shape.tail < p.minBaseTail) return undefined;
  const ratio = now.tail / base.shape.tail;
  if (ratio >= p.remindTail || !sameBelow(now, base.shape, p)) return undefined;
  const least = ownLeast(base.values, width, base.shape.tail);
  if (ratio >= p.ownMargin * least) return undefined;
  const count = excursions(values, p.excursion * now.median, signal.stepMs);
  const usual = excursions(base.values, p.excursion * base.shape.median, signal.stepMs);
  const expected = (usual * now.n) / (base.shape.n * STRIDE);
  return { now, base: base.shape, ratio, least, count, expected, chance: poissonAtMost(count, expected), from: to - width, to };
}

/** A filter cuts the top only; a plant that runs better moves as a whole. */
const sameBelow = (now: Shape, base: Shape, p: typeof DEFAULTS): boolean =>
  Math.abs(now.low / base.low - 1) <= p.lowestStays && Math.abs(now.quarter / base.quarter - 1) <= p.lowerStays &&
  now.upper < p.upperShrinks * base.upper && now.asymmetry < p.upperShrinks * base.asymmetry;

function findingOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const signal = steps(ctx, factor);
  if (signal === undefined) return undefined;
  const hit = hitOf(ctx, signal, p.windowDays, p);
  if (hit === undefined || hit.chance >= p.remindExcursionP) return undefined;
  const long = hit.ratio < p.workOrderTail ? hitOf(ctx, signal, p.longDays, p) : undefined;
  const lasting = long !== undefined && long.ratio < p.workOrderTail && long.chance < p.workOrderExcursionP;
  const tier: Tier = lasting ? 'WORK_ORDER' : hit.ratio < p.warnTail && hit.chance < p.warnExcursionP ? 'WARN' : 'REMIND';
  const span = lasting ? long : hit;
  const { start, end } = whenTold(ctx, { start: timeAt(signal, span.from), end: timeAt(signal, span.to) });
  return {
    factors: [factor], start, end, tier, score: p.remindTail / Math.max(hit.ratio, 0.01),
    stats: {
      tailRatio: hit.ratio, ownLeast: hit.least, tail: hit.now.tail, usualTail: hit.base.tail, asymmetry: hit.now.asymmetry, usualAsymmetry: hit.base.asymmetry,
      excursions: hit.count, expectedExcursions: hit.expected, excursionP: hit.chance,
    },
    text: {
      zh: `${namesZh([factor])}在 ${spanText(start, end)} 的尖峰消失：99% 分位高出中位数 ${percent(hit.now.tail, 0)}，此前两个月为 ${percent(hit.base.tail, 0)}（比值 ${num(hit.ratio)}，历史最低 ${num(hit.least)}）；高于 1.3 倍中位数 ${hit.count} 次，预期 ${num(hit.expected, 1)} 次，而低端分布不变。`,
      en: `The spikes of ${namesEn([factor])} are gone (${spanText(start, end)}): its 99 % point lies ${percent(hit.now.tail, 0)} above the median where it was ${percent(hit.base.tail, 0)} in two months before (ratio ${num(hit.ratio)}, least before ${num(hit.least)}); ${hit.count} rises above 1.3 medians where ${num(hit.expected, 1)} were due, while the lower part stayed.`,
    },
    clearedBy: [
      { zh: '治理真实改善：低端分位也会随之下降', en: 'A real improvement: the lower quantiles would move as well' },
      { zh: '窗口内恰好少有扰动', en: 'A week that happened to have few upsets' },
    ],
  };
}

/** What doubts that a signal is the plant's own. */
const FORGED: readonly string[] = ['C01', 'C02', 'C03', 'C07', 'C08', 'C10', 'C11', 'C15'];

/** A week is the grain of this method: where another finding within it says when the signal was not the plant's, the spikes were missing then. */
function whenTold(ctx: Context, window: Interval): Interval {
  const told = ctx.recent.filter((f) => isStrong(f) && FORGED.includes(f.model))
    .map((f): Interval => ({ start: Math.max(f.start, window.start), end: Math.min(f.end, window.end) }))
    .filter(({ start, end }) => end > start);
  return told.length === 0 ? window : told.reduce((longest, one) => (one.end - one.start > longest.end - longest.start ? one : longest));
}

/** `model:C14` — the top of the distribution is missing while the rest stays. */
export const c14: Model = {
  id: 'C14', version: '1.2.0',
  title: { zh: '尖峰消失', en: 'Missing spikes' },
  family: 'emission', trigger: 'day', media: ['gas'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '近 7 天 q99/q50 − 1 与此前 60 天之比低于 0.53，且低于本站历史同长窗口最低值的四分之三；q25、q05 与中位数之比不变（±5%、±10%）而 q95 收缩；高于 1.3 倍中位数的次数按泊松过少。窗口内另有模型认为信号不实的时段的，以该时段为准。',
    en: 'q99/q50 − 1 of 7 days over that of 60 days before below 0.53 and below three quarters of the least of the own history; q25 and q05 relative to the median stay within 5 and 10 % while q95 shrinks; rises above 1.3 medians too few for a Poisson count. Where another model doubts the signal within the window, its stretch is the one.',
    source: 'C14, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 52, needs: ['pollutants', 'steps'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factors = ctx.factors.filter((f) => isPollutant(f) && ctx.step(f) !== undefined);
    if (factors.length === 0) return cannotTell('no pollutant steps', ['step data']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < (p.minBaseDays + p.windowDays) * DAY) return cannotTell('history too short', ['52 days of steps']);
    const findings = factors.flatMap((f) => findingOf(ctx, f, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['filed-change', 'order', 'instrument-work']))));
  },
};
