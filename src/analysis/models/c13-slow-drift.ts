import type { FactorCode } from '#kernel';
import { cusum, huberPlane, mannKendall, median, robustScale, theilSen } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Limit, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { rebasedAt, tainted } from './parts/baseline.ts';
import { foundBy } from './parts/corroboration.ts';
import { explain, suppress, type Suppression } from './parts/explanations.ts';
import { FLUE_TEMPERATURE, O2 } from './parts/factors.ts';
import { hourValues } from './parts/hour-values.ts';
import { judgedValue, limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { finiteCount, NORMAL, runningAt } from './parts/signal.ts';
import { DAY, HOUR, isMonday, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  cusum: 8, learnDays: 30, minDays: 45, minTrendDays: 12, dayHours: 8,
  remindChange: 0.12, remindP: 0.01, warnChange: 0.2, warnP: 1e-3, workOrderChange: 0.35,
  /** [C] medians of 7 days against 7 days differ by 1.55 σr in 0.01 of honest windows. */
  weekSigmas: 1.55,
  /** Before anything is fitted: the last week must have left the level of the learning month by this much (ln). */
  gate: 0.08,
  sigmaFloor: 0.02,
} as const satisfies Thresholds;

interface Days {
  /** First local midnight. */
  readonly from: number;
  readonly ln: Float64Array;
  readonly hours: number;
}

/** ln of the limit's basis per hour for whole local days up to today; NaN where not normal and running. */
function daysOf(ctx: Context, limit: Limit, series: HourSeries): Days {
  const to = localDayStart(ctx.now);
  const known = Math.max(series.t0, localDayStart(ctx.activeSince) + DAY, rebasedAt(ctx, limit.factor));
  const from = localDayStart(known + DAY - 1);
  const hours = Math.max(0, Math.round((to - from) / HOUR));
  const shift = Math.round((from - series.t0) / HOUR);
  const ln = new Float64Array(hours).fill(Number.NaN);
  for (let k = 0; k < hours; k++) {
    if (series.flag[shift + k] !== NORMAL || !runningAt(ctx, from + k * HOUR)) continue;
    const v = judgedValue(ctx, series, shift + k, limit);
    if (v > 0) ln[k] = Math.log(v);
  }
  return { from, ln, hours };
}

const dailyMedians = (values: Float64Array, p: typeof DEFAULTS): Float64Array =>
  Float64Array.from({ length: Math.floor(values.length / 24) }, (_, d) =>
    finiteCount(values, d * 24, d * 24 + 24) >= p.dayHours ? median(values, d * 24, d * 24 + 24) : Number.NaN);

/** Daily medians of what load, treatment, oxygen and temperature do not explain; the relation is learnt in the first month and kept. */
function unexplained(ctx: Context, factor: FactorCode, days: Days, p: typeof DEFAULTS): Float64Array | undefined {
  const inputs = [
    powerHours(ctx, 'production', days.from, days.hours), powerHours(ctx, 'treatment', days.from, days.hours),
    ...(ctx.reg.type === 'gas' ? [O2, FLUE_TEMPERATURE].map((f) => hourValues(ctx, f, days.from, days.hours)) : []),
  ].filter((column) => finiteCount(column) > 0.5 * finiteCount(days.ln));
  const learnt = days.ln.slice();
  learnt.fill(Number.NaN, p.learnDays * 24);
  for (const t of tainted(ctx, factor)) {
    learnt.fill(Number.NaN, Math.max(0, Math.floor((t.start - days.from) / HOUR)), Math.max(0, Math.ceil((t.end - days.from) / HOUR)));
  }
  const plane = huberPlane(inputs, learnt);
  if (plane === undefined) return undefined;
  // Outside the learned range nothing is predicted.
  const ranges = inputs.map((c) => c.subarray(0, p.learnDays * 24).filter((v) => Number.isFinite(v))).map((v) => [Math.min(...v), Math.max(...v)] as const);
  const residual = days.ln.map((v, k) => {
    const row = inputs.map((c) => c[k] as number);
    const inside = row.every((x, j) => x >= (ranges[j]?.[0] ?? 0) && x <= (ranges[j]?.[1] ?? 0));
    return inside ? v - plane.at(row) : Number.NaN;
  });
  // What others have found is told: a drift must show beside it.
  for (const t of tainted(ctx, factor)) {
    residual.fill(Number.NaN, Math.max(0, Math.floor((t.start - days.from) / HOUR)), Math.max(0, Math.ceil((t.end - days.from) / HOUR)));
  }
  return dailyMedians(residual, p);
}

/** A straight line explains the days better than one step at any place: a step is C12's fact. */
function gradual(values: Float64Array, slope: number, intercept: number): boolean {
  const squares = (from: number, to: number, at: (i: number) => number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) {
      const d = (values[i] as number) - at(i);
      if (Number.isFinite(d)) sum += Math.abs(d);
    }
    return sum;
  };
  const line = squares(0, values.length, (i) => intercept + slope * i);
  for (let cut = 2; cut <= values.length - 2; cut++) {
    const [a, b] = [median(values, 0, cut), median(values, cut, values.length)];
    if (squares(0, cut, () => a) + squares(cut, values.length, () => b) <= line) return false;
  }
  return true;
}

interface Drift {
  readonly change: number;
  readonly p: number;
  readonly height: number;
  readonly weekSigmas: number;
  readonly start: number;
  readonly end: number;
}

function driftOf(days: Days, medians: Float64Array, p: typeof DEFAULTS): Drift | undefined {
  const scale = robustScale(medians.subarray(0, p.learnDays));
  if (scale.n < 0.6 * p.learnDays) return undefined;
  const sigma = Math.max(scale.sigma, p.sigmaFloor);
  const later = medians.subarray(p.learnDays);
  const signal = cusum(later, scale.median, sigma, p.cusum);
  const week = (median(medians, medians.length - 7) - scale.median) / sigma;
  if (signal === undefined || Math.sign(week) !== (signal.side === 'up' ? 1 : -1) || Math.abs(week) < p.weekSigmas) return undefined;
  const first = Math.min(p.learnDays + signal.start, medians.length - p.minTrendDays);
  const part = medians.subarray(first);
  const trend = theilSen(Array.from(part.keys()), part);
  const { p: chance, tau } = mannKendall(part);
  if (trend === undefined || Math.sign(tau) !== Math.sign(week) || !gradual(part, trend.slope, trend.intercept)) return undefined;
  return {
    change: Math.exp(trend.slope * (part.length - 1)) - 1, p: chance, height: signal.height, weekSigmas: week,
    start: days.from + first * DAY, end: days.from + medians.length * DAY,
  };
}

function findingOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const limit = limitFor(ctx, factor);
  const series = ctx.hour(factor);
  if (limit === undefined || series === undefined || limit.period === 'instant') return undefined;
  const days = daysOf(ctx, limit, series);
  if (days.hours < p.minDays * 24) return undefined;
  const raw = dailyMedians(days.ln, p);
  const usual = median(raw, 0, p.learnDays);
  const [before, lately] = [median(raw, raw.length - 14, raw.length - 7) - usual, median(raw, raw.length - 7) - usual];
  // Most days end here: what creeps has been off for two weeks, and further in the second.
  if (!(Math.abs(lately) > p.gate && Math.abs(lately) > Math.abs(before) && Math.sign(lately) === Math.sign(before))) return undefined;
  const medians = unexplained(ctx, factor, days, p);
  const drift = medians === undefined ? undefined : driftOf(days, medians, p);
  if (drift === undefined || drift.p >= p.remindP || Math.abs(drift.change) < p.remindChange) return undefined;
  const down = drift.change < 0;
  const strong = down && drift.p < p.warnP;
  const tier: Tier =
    strong && -drift.change > p.workOrderChange && foundBy(ctx, ['G02', 'F06', 'F10'], drift.start, drift.end)
      ? 'WORK_ORDER'
      : strong && -drift.change > p.warnChange ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [factor], start: drift.start, end: drift.end, tier, score: Math.abs(drift.change) / p.remindChange,
    stats: { change: drift.change, p: drift.p, cusum: drift.height, weekSigmas: drift.weekSigmas, days: (drift.end - drift.start) / DAY },
    text: {
      zh: `${namesZh([factor])}与负荷、治理用电、氧含量、烟温的关系在 ${spanText(drift.start, drift.end)} 逐日${down ? '下移' : '上移'}，累计 ${percent(drift.change, 0)}（Mann–Kendall p = ${num(drift.p, 5)}，CUSUM ${num(drift.height, 1)}），没有单独一步可以解释。`,
      en: `The relation of ${namesEn([factor])} to load, treatment power, oxygen and temperature ${down ? 'sank' : 'rose'} day by day over ${spanText(drift.start, drift.end)}, ${percent(drift.change, 0)} in all (Mann–Kendall p = ${num(drift.p, 5)}, CUSUM ${num(drift.height, 1)}); no single step explains it.`,
    },
    clearedBy: [
      { zh: '催化剂老化（向上）、季节变化', en: 'Ageing of a catalyst (upwards), season' },
      { zh: '已备案的维修、更换或燃料变更', en: 'Filed repair, replacement or change of fuel' },
    ],
  };
  const ageing: Suppression | undefined = down ? undefined : { reason: 'ageing', zh: '缓慢上升多为治理设施老化', en: 'a slow rise is most often ageing of the treatment' };
  // Where a slow change began is known to a few days only.
  const span = { start: drift.start - 5 * DAY, end: drift.end };
  return suppress(finding, ageing ?? explain(ctx, span, [factor], ['filed-change', 'order']));
}

/** `model:C13` — a coefficient that creeps. */
export const c13: Model = {
  id: 'C13', version: '1.1.0',
  title: { zh: '缓慢漂移', en: 'Slow drift' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 336,
  params: DEFAULTS, legalHooks: ['H3', 'H5'],
  about: {
    zh: '以首 30 天建立对数值与产治用电、氧含量、烟温的稳健回归并冻结；其后逐日残差中位数的 CUSUM（h = 8）、Theil–Sen 斜率与 Mann–Kendall 检验同时成立，且直线优于任何一步阶跃；向上漂移按老化解释，超出学习范围的小时不判。每周一判定。',
    en: 'A robust regression of ln value on production and treatment power, oxygen and temperature is learnt in the first 30 days and kept; daily medians of what is left must signal in a CUSUM (h = 8), show a Theil–Sen trend with a Mann–Kendall test, and fit a line better than any step. A rise is taken for ageing; hours outside the learned range are not judged. Judged on Mondays.',
    source: 'C13, a method of this platform: U08 robust regression, U10 CUSUM, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 45, needs: ['pollutants', 'limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined && ctx.hour(f) !== undefined);
    if (limited.length === 0) return cannotTell('no limited factor with hour data', ['limits', 'hour data']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < p.minDays * DAY) return cannotTell('history too short', ['45 days of data']);
    if (!isMonday(ctx.now)) return notMet('judged on Mondays');
    const findings = limited.flatMap((f) => findingOf(ctx, f, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
