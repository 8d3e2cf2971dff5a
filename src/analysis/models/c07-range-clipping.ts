import type { FactorCode } from '#kernel';
import { mean, newInformation, poissonAtLeast, quantile, sortedFinite, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, Limit, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser } from './parts/factors.ts';
import { densest } from './parts/hour-values.ts';
import { judgedSteps, judgedValue, limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt, signalOf } from './parts/signal.ts';
import { DAY, endedAt, HOUR, localHour } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Height of the band under the ceiling, relative; so many such bands below it say what a tail would hold. */
  band: 0.005, bandsBelow: 4,
  remindShare: 0.08, warnShare: 0.15, minCrowd: 8, minRatio: 4,
  /** Chance of so many in the band by what lies below it; values that follow each other count more than they are worth. */
  chance: 1e-6,
  /** Share of values that may stick out above the ceiling: flickers, and what was before it. */
  above: 0.01,
  capLow: 0.6, workOrderShare: 0.3, workOrderCapLow: 0.75, workOrderMaximaCv: 0.01, workOrderDays: 4,
  ownMultiple: 2, baselineDays: 30, minValues: 48, minKnown: 0.7,
  /** How often it is asked, hours. */
  every: 6,
} as const satisfies Thresholds;

type Settings = typeof DEFAULTS;

/** Steps show a ceiling within half a day; hours show one that was drawn into the published hours alone. */
const WINDOW_HOURS = { steps: [12, 24, 72, 168], hours: [72, 120, 168] } as const;

interface Source {
  readonly kind: keyof typeof WINDOW_HOURS;
  readonly factor: FactorCode;
  readonly limit: Limit;
  readonly t0: number;
  readonly stepMs: number;
  /** First interval that is not over. */
  readonly to: number;
  readonly resolution: number;
  /** Values on the limit's own basis; NaN where not clean, not running or no new result. */
  between(from: number, to: number): Float64Array;
}

/** Windows end alike and lie in each other: values that do not depend on where a window begins are formed once. */
function shared(kind: Source['kind'], stepMs: number, end: number, between: Source['between']): Source['between'] {
  const begin = Math.max(0, end - Math.round((Math.max(...WINDOW_HOURS[kind]) * HOUR) / stepMs));
  let widest: Float64Array | undefined;
  return (from, to) => (from < begin ? between(from, to) : (widest ??= between(begin, end)).subarray(from - begin, to - begin));
}

function hoursOf(ctx: Context, limit: Limit, resolution: number): Source | undefined {
  const series = ctx.hour(limit.factor);
  if (series === undefined) return undefined;
  const { factor } = limit;
  const between = (from: number, to: number): Float64Array => {
    const out = new Float64Array(to - from).fill(Number.NaN);
    for (let i = from; i < to; i++) {
      if (series.flag[i] === NORMAL && runningAt(ctx, series.t0 + i * HOUR)) out[i - from] = judgedValue(ctx, series, i, limit);
    }
    if (!isAnalyser(factor)) return out;
    const fresh = new Set(newInformation(out, series.sampleTime.subarray(from, to), HOUR, ctx.reg.analysisCycleHours));
    return out.map((v, i) => (fresh.has(i) ? v : Number.NaN));
  };
  const to = endedAt(series, ctx.now);
  return { kind: 'hours', factor, limit, t0: series.t0, stepMs: HOUR, to, resolution, between: isAnalyser(factor) ? between : shared('hours', HOUR, to, between) };
}

function stepsOf(ctx: Context, limit: Limit, resolution: number): Source | undefined {
  const signal = isAnalyser(limit.factor) ? undefined : signalOf(ctx, limit.factor);
  if (signal === undefined || signal.stepMs >= HOUR) return undefined;
  const { factor } = limit;
  const { t0, stepMs } = signal;
  const to = endedAt(signal, ctx.now);
  return { kind: 'steps', factor, limit, t0, stepMs, to, resolution, between: shared('steps', stepMs, to, (from, until) => judgedSteps(ctx, signal, limit, from, until)) };
}

interface Ceiling {
  readonly cap: number;
  /** Share of values in the band under the cap, and how many times what the bands below hold. */
  readonly share: number;
  readonly ratio: number;
  readonly chance: number;
  /** Indexes of the values in the band. */
  readonly crowd: readonly number[];
  readonly maximaCv: number;
  readonly days: number;
}

/** Where the top of the values piles up: a tail thins out towards its end, a ceiling holds what would have gone beyond it. */
function ceilingOf(values: Float64Array, resolution: number, perDay: number, p: Settings): Ceiling | undefined {
  const sorted = sortedFinite(values);
  const n = sorted.length;
  if (n < p.minValues || n < p.minKnown * values.length) return undefined;
  /** How many of the sorted values are at most `high`. */
  const upTo = (high: number): number => {
    let [from, to] = [0, n];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((sorted[middle] as number) <= high) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const inside = (low: number, high: number): number => (Number.isNaN(low) ? 0 : Math.max(0, upTo(high) - upTo(low)));
  let best = { cap: 0, height: 0, count: 0 };
  for (let k = n - 1; k >= n - 1 - Math.ceil(p.above * n); k--) {
    const cap = sorted[k] as number;
    // A coarse print-out cannot show a thinner band than its own step.
    const height = Math.max(p.band, (1.01 * resolution) / cap);
    const count = inside(cap * (1 - height), cap);
    if (count > best.count) best = { cap, height, count };
  }
  const { cap, height, count } = best;
  if (count < p.minCrowd || count < p.remindShare * n) return undefined;
  // A bell of few printed steps ends in one of them as if in a ceiling: the bands must be thin beside what the values spread over.
  if (height > p.band && p.bandsBelow * height * cap > quantile(sorted, 0.9) - quantile(sorted, 0.1)) return undefined;
  const below = inside(cap * (1 - (1 + p.bandsBelow) * height), cap * (1 - height)) / p.bandsBelow;
  const crowd: number[] = [];
  values.forEach((v, i) => {
    if (v > cap * (1 - height) && v <= cap) crowd.push(i);
  });
  const maxima: number[] = [];
  for (let d = 0; d + perDay <= values.length; d += perDay) {
    const day = values.subarray(d, d + perDay).filter((v) => Number.isFinite(v));
    if (day.length >= perDay / 2) maxima.push(Math.max(...day));
  }
  return {
    cap, crowd, share: count / n, ratio: count / (below + 1), chance: poissonAtLeast(count, below + 1), days: maxima.length,
    maximaCv: maxima.length < 2 ? Number.NaN : standardDeviation(maxima) / mean(maxima),
  };
}

/** Largest pile under the top of this outfall's own values in windows of the same length before. */
const ownLargest = (ctx: Context, source: Source, width: number, p: Settings): number =>
  ctx.daily(`C07:${source.factor}:${source.kind}:${width}`, () => {
    const perDay = Math.round(DAY / source.stepMs);
    let largest = 0;
    let seen = 0;
    for (let to = source.to - width; to - width >= Math.max(0, source.to - width - p.baselineDays * perDay); to -= Math.max(width >> 1, perDay)) {
      const values = source.between(to - width, to);
      if (values.filter((v) => Number.isFinite(v)).length < p.minKnown * width) continue;
      seen++;
      largest = Math.max(largest, ceilingOf(values, source.resolution, perDay, p)?.share ?? 0);
    }
    return seen < 3 ? Number.NaN : largest;
  });

function findingOf(ctx: Context, source: Source, hours: number, p: Settings): Finding | undefined {
  const { factor, limit } = source;
  const max = Number(limit.limit);
  const width = Math.round((hours * HOUR) / source.stepMs);
  const from = source.to - width;
  if (from < 0) return undefined;
  const ceiling = ceilingOf(source.between(from, source.to), source.resolution, Math.round(DAY / source.stepMs), p);
  if (ceiling === undefined || ceiling.ratio < p.minRatio || ceiling.chance > p.chance || ceiling.cap < p.capLow * max || ceiling.cap > max) return undefined;
  const own = ownLargest(ctx, source, width, p);
  if (!(ceiling.share >= p.ownMultiple * own)) return undefined;
  const span = densest(ceiling.crowd);
  const start = source.t0 + (from + span.first) * source.stepMs;
  const end = source.t0 + (from + span.last + 1) * source.stepMs;
  const { share, cap, ratio } = ceiling;
  const plain = share > p.workOrderShare && ceiling.maximaCv < p.workOrderMaximaCv && ceiling.days >= p.workOrderDays && cap >= p.workOrderCapLow * max;
  const tier: Tier = plain ? 'WORK_ORDER' : share > p.warnShare ? 'WARN' : 'REMIND';
  return {
    factors: [factor], start, end, tier, score: share / p.remindShare,
    stats: { share, cap, capToLimit: cap / max, ratio, maximaCv: ceiling.maximaCv, ownLargest: own, windowHours: hours, of: source.kind },
    text: {
      zh: `${namesZh([factor])}近 ${hours} 小时有 ${percent(share)} 的${source.kind === 'steps' ? '分钟' : '小时'}值挤在 ${num(cap, 2)} ${limit.unit}（限值的 ${percent(cap / max, 0)}）之下极窄一带，为其下相邻带的 ${num(ratio, 1)} 倍（${spanText(start, end)}；本站此前最多 ${percent(own)}）。`,
      en: `${namesEn([factor])}: ${percent(share)} of the ${source.kind} of ${hours} h lie in a thin band under ${num(cap, 2)} ${limit.unit} (${percent(cap / max, 0)} of the limit), ${num(ratio, 1)} times the bands below (${spanText(start, end)}; at most ${percent(own)} before).`,
    },
    clearedBy: [
      { zh: '分析仪到达量程上限（看 A08 与 T 标记）', en: 'The analyser at its upper range (see A08 and flag T)' },
      { zh: '控制阀限位', en: 'A control valve at its stop' },
    ],
  };
}

/** The finding of one factor with the strongest pile over steps and hours and all windows. */
function strongest(ctx: Context, factor: FactorCode, p: Settings): Finding | undefined {
  const limit = limitFor(ctx, factor);
  if (limit === undefined) return undefined;
  const resolution = ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0;
  const sources = [stepsOf(ctx, limit, resolution), hoursOf(ctx, limit, resolution)].flatMap((s) => s ?? []);
  const found = sources.flatMap((source) => WINDOW_HOURS[source.kind].flatMap((hours) => findingOf(ctx, source, hours, p) ?? []));
  return found.reduce<Finding | undefined>((best, f) => (best === undefined || f.score > best.score ? f : best), undefined);
}

/** `model:C07` — a ceiling through the data, below the limit. */
export const c07: Model = {
  id: 'C07', version: '2.1.0',
  title: { zh: '削峰设限', en: 'Range clipping' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 72,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '12 小时至 7 天窗口内（分钟值与小时值，按限值口径）最高值之下 0.5% 一带的值占比，与其下四带均值、本站此前最大占比比较；正常分布越往上越稀，封顶则堆积。封顶值须低于限值，所报区间为堆积最密处。',
    en: 'Share of values (steps and hours, on the limit\'s basis) in a band of 0.5 % under the top of windows of 12 h to 7 days, against the four bands below and the largest share this outfall had before: a tail thins out, a ceiling piles up. The cap must lie below the limit; reported is where the pile is densest.',
    source: 'C07, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 14, needs: ['pollutants', 'limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined && ctx.hour(f) !== undefined);
    if (limited.length === 0) return cannotTell('no limited factor with hour data', ['limits', 'hour data']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < 14 * DAY) return cannotTell('history too short', ['14 days of data']);
    if (localHour(ctx.now) % p.every !== 2) return notMet('asked every six hours');
    const findings = limited.flatMap((f) => strongest(ctx, f, p) ?? []);
    if (findings.length === 0) return notMet();
    return conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['instrument-work', 'filed-change']))));
  },
};
