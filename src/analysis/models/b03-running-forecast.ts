import { normalTail, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Limit, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { flowOf } from './parts/factors.ts';
import { judgedValue } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, OFF, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, percent } from './parts/wording.ts';
import { median } from '../primitives/index.ts';

const DEFAULTS = {
  remindProbability: 0.8, warnProbability: 0.95, minShareOfDay: 0.3,
  /** Weight of the own baseline in what is expected of the rest. */
  shrink: 0.5, recentHours: 3,
} as const satisfies Thresholds;

interface SoFar {
  readonly mean: number;
  readonly recent: number;
  readonly hours: number;
}

function soFar(ctx: Context, limit: Limit, series: HourSeries, dayStart: number, p: typeof DEFAULTS): SoFar | undefined {
  const flow = ctx.reg.type === 'water' ? ctx.hour(flowOf('water')) : undefined;
  const to = endedAt(series, ctx.now);
  let sum = 0;
  let weight = 0;
  const values: number[] = [];
  for (let i = clampedIndex(series, dayStart); i < to; i++) {
    if (series.valid[i] !== 1 || series.flag[i] !== NORMAL || stateAt(ctx, series.t0 + i * HOUR) === OFF) continue;
    const c = judgedValue(ctx, series, i, limit);
    const v = flow === undefined ? 1 : (flow.avg[i] as number);
    if (!Number.isFinite(c) || !(v > 0)) continue;
    sum += c * v;
    weight += v;
    values.push(c);
  }
  if (values.length === 0) return undefined;
  const tail = values.slice(-p.recentHours);
  return { mean: sum / weight, recent: tail.reduce((a, b) => a + b, 0) / tail.length, hours: values.length };
}

function forecast(ctx: Context, limit: Limit, p: typeof DEFAULTS): Finding | undefined {
  const series = ctx.hour(limit.factor);
  const base = baselineOf(ctx, limit.factor);
  if (series === undefined || base === undefined) return undefined;
  const dayStart = localDayStart(ctx.now);
  const share = (Math.floor(ctx.now / HOUR) * HOUR - dayStart) / DAY;
  if (share < p.minShareOfDay || share >= 1) return undefined;
  const so = soFar(ctx, limit, series, dayStart, p);
  // Even the highest plausible rest cannot matter while the mean so far is far below.
  if (so === undefined || so.hours < 0.75 * share * 24 || so.mean < 0.5 * Number(limit.limit)) return undefined;
  const own = ctx.daily(`B03:${limit.factor}`, () => ({ centre: median(base.values), sigma: standardDeviation(base.values) }));
  const rest = p.shrink * own.centre + (1 - p.shrink) * so.recent;
  const expected = share * so.mean + (1 - share) * rest;
  const sigma = Math.max(1e-9, (1 - share) * own.sigma * 0.7);
  const probability = normalTail((Number(limit.limit) - expected) / sigma);
  if (probability < p.remindProbability) return undefined;
  const tier: Tier = probability >= p.warnProbability ? 'WARN' : 'REMIND';
  return {
    factors: [limit.factor], start: dayStart, end: Math.floor(ctx.now / HOUR) * HOUR, tier, score: probability / p.remindProbability,
    stats: { meanSoFar: so.mean, shareOfDay: share, forecast: expected, probability, limit: limit.limit },
    text: {
      zh: `${namesZh([limit.factor])}当日已过 ${percent(share, 0)}，累计均值 ${num(so.mean, 3)} ${limit.unit}，预计日均 ${num(expected, 3)} ${limit.unit}，超过限值 ${limit.limit} 的概率 ${percent(probability, 0)}。`,
      en: `${namesEn([limit.factor])}: with ${percent(share, 0)} of the day gone the mean is ${num(so.mean, 3)} ${limit.unit}; forecast ${num(expected, 3)} against a limit of ${limit.limit}, probability of exceeding ${percent(probability, 0)}.`,
    },
    clearedBy: [{ zh: '预测服务，无法律效力；当日结束以 B02 为准', en: 'A service without legal effect; B02 judges when the day has ended' }],
  };
}

/** `model:B03` — where today's mean is heading; a service to the plant, never a work order. */
export const b03: Model = {
  id: 'B03', version: '1.0.0',
  title: { zh: '超标动态预测', en: 'Running forecast' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false,
  params: DEFAULTS, legalHooks: [],
  about: {
    zh: '日均限值：已过部分均值与余下预期（近 3 小时与基线各半）合成，给出超限概率；无法律效力，永不成为工单。',
    en: 'For daily limits: mean so far plus an expected rest (half last 3 h, half baseline), with the chance of exceeding. No legal effect, never a work order.',
    source: 'B03, a method of this platform',
  },
  minimum: { days: 12, needs: ['pollutants', 'dailyLimits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = ctx.reg.limits.filter((l) => l.period === 'day');
    if (limits.length === 0) return cannotTell('no daily limit registered', ['daily limits']);
    if (limits.every((l) => baselineOf(ctx, l.factor) === undefined)) return cannotTell('no baseline yet', ['10 days of data']);
    const findings = limits.flatMap((l) => forecast(ctx, l, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
