import { robustScale } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Limit, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { foundBy } from './parts/corroboration.ts';
import { explain, suppress } from './parts/explanations.ts';
import { fullest } from './parts/hour-values.ts';
import { judgedValue } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt } from './parts/signal.ts';
import { DAY, endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  windowDays: 7, bandLow: 0.9, minHours: 120,
  /** [C] honest 7-day shares pass 0.071 in 0.01 and 0.113 in 0.002 windows per factor-month. */
  remindShare: 0.2, workOrderShare: 0.25, workOrderSpread: 0.03,
  ownMultiple: 4, baselineDays: 60, minBaselineHours: 240,
} as const satisfies Thresholds;

interface Band {
  /** Per hour of the window: 1 in the band, 0 not, NaN where nothing was judged. */
  readonly hits: Float64Array;
  readonly total: number;
  /** Values in the band. */
  readonly inside: number[];
}

function bandOf(ctx: Context, limit: Limit, series: HourSeries, from: number, to: number, low: number): Band {
  const max = Number(limit.limit);
  const first = Math.max(0, from);
  const hits = new Float64Array(Math.max(0, to - first)).fill(Number.NaN);
  const inside: number[] = [];
  let total = 0;
  for (let i = first; i < to; i++) {
    if (series.flag[i] !== NORMAL || !runningAt(ctx, series.t0 + i * HOUR)) continue;
    const v = judgedValue(ctx, series, i, limit);
    if (!Number.isFinite(v)) continue;
    total++;
    const hit = v >= low * max && v <= max;
    hits[i - first] = hit ? 1 : 0;
    if (hit) inside.push(v);
  }
  return { hits, total, inside };
}

function findingOf(ctx: Context, limit: Limit, p: typeof DEFAULTS): Finding | undefined {
  const series = ctx.hour(limit.factor);
  if (series === undefined) return undefined;
  const to = endedAt(series, ctx.now);
  const from = to - (p.windowDays * DAY) / HOUR;
  const now = bandOf(ctx, limit, series, from, to, p.bandLow);
  const share = now.inside.length / now.total;
  if (now.total < p.minHours || share < p.remindShare) return undefined;
  const before = bandOf(ctx, limit, series, from - (p.baselineDays * DAY) / HOUR, from, p.bandLow);
  // A plant that always runs here does so by its set-point; only a change of habit says anything.
  if (before.total < p.minBaselineHours) return undefined;
  const own = (before.inside.length + 1) / (before.total + 2);
  if (share < p.ownMultiple * own) return undefined;
  const scale = robustScale(now.inside);
  const spread = scale.sigma / scale.median;
  // The window is a week; the fact is where the band is fuller than what would remind, not the days before and after.
  const where = fullest(now.hits, p.remindShare);
  const windowStart = series.t0 + Math.max(0, from) * HOUR;
  const span = { start: windowStart + where.from * HOUR, end: windowStart + where.to * HOUR };
  // An ageing filter drifts up to the limit honestly: only a cut edge found by another test makes it a warning.
  const cut = foundBy(ctx, ['C06', 'C07', 'C14'], span.start, span.end);
  const tier: Tier = cut && share >= p.workOrderShare && spread < p.workOrderSpread ? 'WORK_ORDER' : cut ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [limit.factor], ...span, tier, score: share / p.remindShare,
    stats: { share, ownShare: own, hours: now.inside.length, spread, limit: limit.limit },
    text: {
      zh: `${namesZh([limit.factor])}近 ${p.windowDays} 天有 ${percent(share)} 的运行小时落在限值 ${limit.limit} ${limit.unit} 的 90%–100%，集中于 ${spanText(span.start, span.end)}；此前占 ${percent(own)}。`,
      en: `${namesEn([limit.factor])}: ${percent(share)} of running hours of the last ${p.windowDays} days lie in 90–100 % of the limit ${limit.limit} ${limit.unit}, mostly ${spanText(span.start, span.end)}; before it was ${percent(own)}.`,
    },
    clearedBy: [
      { zh: '控制设定点贴近限值（分布平滑、超限同步增加）', en: 'A set-point close to the limit (smooth distribution, exceedances grow too)' },
      { zh: '改造后限值变低', en: 'A lower limit after an upgrade' },
    ],
  };
  return suppress(finding, explain(ctx, finding, [limit.factor], ['order']));
}

/** `model:B04` — running close under the limit, much more than this outfall used to. */
export const b04: Model = {
  id: 'B04', version: '1.1.0',
  title: { zh: '贴限运行', en: 'Limit hugging' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '近 7 天落在限值 90%–100% 的运行小时占比，与自身此前占比比较；单独只到警告，与 C06、C07 同时成立才到工单。',
    en: 'Share of running hours of 7 days within 90–100 % of the limit against the outfall\'s own earlier share; a work order only together with C06 or C07.',
    source: 'B04, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 17, needs: ['pollutants', 'limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = ctx.reg.limits.filter((l) => l.period !== 'instant');
    if (limits.length === 0) return cannotTell('no limit registered', ['limits']);
    if (limits.every((l) => ctx.hour(l.factor) === undefined)) return cannotTell('no limited factor has hour data', limits.map((l) => l.factor));
    const start = ctx.state.t0;
    if (ctx.now - Math.max(start, ctx.activeSince) < p.windowDays * DAY + p.minBaselineHours * HOUR) return cannotTell('history too short', ['17 days of data']);
    const findings = limits.flatMap((l) => findingOf(ctx, l, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
