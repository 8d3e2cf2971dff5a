import type { FactorCode } from '#kernel';
import { mean, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Limit, Model, Tier } from '../contract.ts';
import { explain, suppress } from './parts/explanations.ts';
import { judgedValue, limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt } from './parts/signal.ts';
import { DAY, endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] share of values within 2 % of the 7-day maximum: 0.042 at 0.01, 0.054 at 0.002. */
  remindShare: 0.045, warnShare: 0.055, workOrderShare: 0.1,
  nearMax: 0.02, capLow: 0.6, workOrderCapLow: 0.75, workOrderMaximaCv: 0.01, workOrderDays: 4,
  /** Crowd in the last 2 % below the cap over that in the 2 % before. */
  minTailRatio: 2.5, minCrowd: 8,
  ownMultiple: 2, baselineDays: 30,
} as const;

const WINDOWS = [
  { days: 3, factor: 2.2 },
  { days: 5, factor: 1.4 },
  { days: 7, factor: 1 },
] as const;

interface Clip {
  readonly share: number;
  readonly cap: number;
  readonly crowd: number[];
  readonly tailRatio: number;
  readonly maximaCv: number;
  readonly days: number;
}

function valuesOf(ctx: Context, limit: Limit, series: HourSeries, from: number, to: number): Float64Array {
  const out = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  for (let i = Math.max(0, from); i < to; i++) {
    if (series.flag[i] !== NORMAL || !runningAt(ctx, series.t0 + i * HOUR)) continue;
    out[i - from] = judgedValue(ctx, series, i, limit);
  }
  return out;
}

/** Crowding below the maximum of one window; indexes in `crowd` count from the window's start. */
function clipOf(values: Float64Array, p: typeof DEFAULTS): Clip | undefined {
  const finite = values.filter((v) => Number.isFinite(v)).sort();
  const n = finite.length;
  if (n < 0.7 * values.length || n < 48) return undefined;
  // The largest value may be one flicker above the cap: the cap is the second percent from the top.
  const cap = finite[n - 1 - Math.floor(n / 100)] as number;
  const line = cap * (1 - p.nearMax);
  const crowd: number[] = [];
  values.forEach((v, i) => {
    if (v >= line) crowd.push(i);
  });
  // A tail thins out towards its end; a ceiling piles up what would have gone beyond it.
  const below = finite.filter((v) => v < line && v >= cap * (1 - 2 * p.nearMax)).length;
  const maxima: number[] = [];
  for (let d = 0; d + 24 <= values.length; d += 24) {
    const day = values.subarray(d, d + 24).filter((v) => Number.isFinite(v));
    if (day.length >= 12) maxima.push(Math.max(...day));
  }
  return {
    share: crowd.length / n, cap, crowd, tailRatio: crowd.length / (below + 1),
    maximaCv: maxima.length < 2 ? Number.NaN : standardDeviation(maxima) / mean(maxima), days: maxima.length,
  };
}

/** Largest crowding of this outfall in windows of the same length before. */
const ownLargest = (ctx: Context, limit: Limit, series: HourSeries, days: number, p: typeof DEFAULTS): number =>
  ctx.daily(`C07:${limit.factor}:${days}`, () => {
    const end = endedAt(series, ctx.now) - (days * DAY) / HOUR;
    let largest = 0;
    let seen = 0;
    for (let to = end; to - days * 24 >= Math.max(0, end - p.baselineDays * 24); to -= 24) {
      const clip = clipOf(valuesOf(ctx, limit, series, to - days * 24, to), p);
      if (clip !== undefined) {
        seen++;
        largest = Math.max(largest, clip.share);
      }
    }
    return seen >= 5 ? largest : Number.NaN;
  });

function findingOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const limit = limitFor(ctx, factor);
  const series = ctx.hour(factor);
  if (limit === undefined || series === undefined) return undefined;
  const to = endedAt(series, ctx.now);
  const max = Number(limit.limit);
  for (const w of WINDOWS) {
    const from = to - w.days * 24;
    if (from < 0) return undefined;
    const clip = clipOf(valuesOf(ctx, limit, series, from, to), p);
    if (clip === undefined || clip.share < p.remindShare * w.factor || clip.crowd.length < p.minCrowd) continue;
    if (clip.tailRatio < p.minTailRatio || clip.cap < p.capLow * max || clip.cap > max) continue;
    const own = ownLargest(ctx, limit, series, w.days, p);
    if (!(clip.share >= p.ownMultiple * own)) continue;
    const start = series.t0 + (from + (clip.crowd[0] as number)) * HOUR;
    const end = series.t0 + (from + (clip.crowd[clip.crowd.length - 1] as number) + 1) * HOUR;
    const plain = clip.share > p.workOrderShare && clip.maximaCv < p.workOrderMaximaCv && clip.days >= p.workOrderDays && clip.cap >= p.workOrderCapLow * max;
    const tier: Tier = plain ? 'WORK_ORDER' : clip.share > p.warnShare * w.factor ? 'WARN' : 'REMIND';
    return {
      factors: [factor], start, end, tier, score: clip.share / p.remindShare,
      stats: { share: clip.share, cap: clip.cap, capToLimit: clip.cap / max, tailRatio: clip.tailRatio, maximaCv: clip.maximaCv, ownLargest: own, windowDays: w.days },
      text: {
        zh: `${namesZh([factor])}近 ${w.days} 天 ${percent(clip.share)} 的小时值挤在最高值 ${num(clip.cap, 2)} ${limit.unit}（限值的 ${percent(clip.cap / max, 0)}）以下 2% 内，为其下相邻 2% 区间的 ${num(clip.tailRatio, 1)} 倍（${spanText(start, end)}）。`,
        en: `${namesEn([factor])}: ${percent(clip.share)} of hours of ${w.days} days lie within 2 % of a cap at ${num(clip.cap, 2)} ${limit.unit} (${percent(clip.cap / max, 0)} of the limit), ${num(clip.tailRatio, 1)} times the band of 2 % below (${spanText(start, end)}).`,
      },
      clearedBy: [
        { zh: '分析仪到达量程上限（看 A08 与 T 标记）', en: 'The analyser at its upper range (see A08 and flag T)' },
        { zh: '控制阀限位', en: 'A control valve at its stop' },
      ],
    };
  }
  return undefined;
}

/** `model:C07` — a ceiling through the data, below the limit. */
export const c07: Model = {
  id: 'C07', version: '1.0.0',
  title: { zh: '削峰设限', en: 'Range clipping' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '3、5、7 天窗口内落在最高值 2% 以内的小时占比，与其下相邻区间、本站此前最大占比比较；封顶值须低于限值。',
    en: 'Share of hours within 2 % of the maximum in windows of 3, 5 and 7 days, against the band below and the largest share this outfall had before; the cap must lie below the limit.',
    source: 'models.md C07, §7',
  },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined && ctx.hour(f) !== undefined);
    if (limited.length === 0) return cannotTell('no limited factor with hour data', ['limits', 'hour data']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < 14 * DAY) return cannotTell('history too short', ['14 days of data']);
    const findings = limited.flatMap((f) => findingOf(ctx, f, p) ?? []);
    if (findings.length === 0) return notMet();
    return conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['instrument-work', 'filed-change']))));
  },
};
