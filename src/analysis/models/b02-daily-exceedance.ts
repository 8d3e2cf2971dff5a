import { Decimal, decimalsOf, roundHalfEven } from '#kernel';
import { markDeadlineMs } from '#quality';
import type { Context, Finding, HourSeries, Limit, Model, Tier } from '../contract.ts';
import { DAY_OFFSET } from '../moments.ts';
import type { Thresholds } from './declared/index.ts';
import { flowOf } from './parts/factors.ts';
import { explain, suppress } from './parts/explanations.ts';
import { exceeds, isSentinel, judgedValue } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, OFF, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, localDayStart } from './parts/window.ts';
import { clockText, namesEn, namesZh, num } from './parts/wording.ts';

const DEFAULTS = {
  /** Share of the limit at which a reminder goes out; no legal effect. */
  remindShare: 0.95,
  workOrderRatio: 1.2, workOrderDays: 2,
  /** So many days over the limit within a rolling window are a work order (DAYS_IN_WINDOW). */
  windowDays: 30, windowExceedances: 5,
  gasValidHours: 20, waterValidShare: 0.75,
  lookBackDays: 3,
} as const satisfies Thresholds;

interface DayMean {
  readonly start: number;
  readonly mean: Decimal;
  readonly hours: number;
  readonly volume: Decimal;
}

/** Volume of the hour for weighting: the total sent, else the mean flow (the unit cancels in a weighted mean). */
function volumeOf(flow: HourSeries | undefined, i: number): number {
  if (flow === undefined) return Number.NaN;
  const total = flow.cou[i] as number;
  return Number.isFinite(total) ? total : (flow.avg[i] as number);
}

/** Water: Σ(c·V)/ΣV over discharging valid hours. Gas: arithmetic mean of valid hours. Undefined when too few. */
function dayMean(ctx: Context, limit: Limit, start: number, p: typeof DEFAULTS): DayMean | undefined {
  const series = ctx.hour(limit.factor);
  if (series === undefined) return undefined;
  const flow = ctx.reg.type === 'water' ? ctx.hour(flowOf('water')) : undefined;
  let sum = new Decimal(0);
  let weight = new Decimal(0);
  let discharging = 0;
  let hours = 0;
  for (let i = clampedIndex(series, start); i < clampedIndex(series, start + DAY); i++) {
    if (stateAt(ctx, series.t0 + i * HOUR) === OFF) continue;
    const v = ctx.reg.type === 'water' ? volumeOf(flow, i) : 1;
    if (!(v > 0)) continue;
    discharging++;
    if (series.valid[i] !== 1 || series.flag[i] !== NORMAL) continue;
    const c = judgedValue(ctx, series, i, limit);
    if (!Number.isFinite(c) || isSentinel(c)) continue;
    hours++;
    sum = sum.plus(new Decimal(c).mul(v));
    weight = weight.plus(v);
  }
  // The region's minima, where the law was read; the parameters of the model elsewhere.
  const gasHours = ctx.reg.rules?.minHoursPerGasDay ?? p.gasValidHours;
  const waterShare = new Decimal(ctx.reg.rules?.minShareOfWaterDay ?? p.waterValidShare);
  const enough = ctx.reg.type === 'gas' ? hours >= gasHours : hours > 0 && waterShare.mul(discharging).lte(hours);
  return enough ? { start, mean: sum.div(weight), hours, volume: weight } : undefined;
}

/** A plain mean first: only days near the limit are worth decimals, and only decimals decide. */
function mayMatter(ctx: Context, limit: Limit, start: number, p: typeof DEFAULTS): boolean {
  const series = ctx.hour(limit.factor);
  if (series === undefined) return false;
  if (limit.basis === 'zs') return true;
  const flow = ctx.reg.type === 'water' ? ctx.hour(flowOf('water')) : undefined;
  let sum = 0;
  let weight = 0;
  for (let i = clampedIndex(series, start); i < clampedIndex(series, start + DAY); i++) {
    const v = flow === undefined ? 1 : volumeOf(flow, i);
    const c = series.avg[i] as number;
    if (series.valid[i] !== 1 || !(v > 0) || !Number.isFinite(c)) continue;
    sum += c * v;
    weight += v;
  }
  return sum > (p.remindShare - 0.01) * Number(limit.limit) * weight;
}

/** Days over the limit in the window that ends with this one, which is one of them. */
function overInWindow(ctx: Context, limit: Limit, day: DayMean, p: typeof DEFAULTS): number {
  let over = 1;
  for (let d = 1; d < p.windowDays; d++) {
    const start = day.start - d * DAY;
    const mean = mayMatter(ctx, limit, start, p) ? dayMean(ctx, limit, start, p)?.mean : undefined;
    if (mean !== undefined && exceeds(mean, limit.limit)) over += 1;
  }
  return over;
}

function findingOf(ctx: Context, limit: Limit, day: DayMean, before: DayMean | undefined, p: typeof DEFAULTS): Finding | undefined {
  const max = new Decimal(limit.limit);
  const over = exceeds(day.mean, limit.limit);
  const near = max.mul(p.remindShare);
  // Days that stay close to the limit, or come down from above it, were told of with the first. Judged again, closeness is no news, and of a day that was over it is nothing left.
  const told = ctx.again === undefined || ctx.recent.some((past) => past.model === 'B02' && past.tier === 'REMIND' && past.start === day.start);
  if (!over && (!told || !day.mean.greaterThan(near) || before?.mean.greaterThan(near) === true)) return undefined;
  const twice = over && before !== undefined && exceeds(before.mean, limit.limit);
  const inWindow = over ? overInWindow(ctx, limit, day, p) : 0;
  const tier: Tier = over && (twice || inWindow >= p.windowExceedances || day.mean.greaterThan(max.mul(p.workOrderRatio))) ? 'WORK_ORDER' : over ? 'WARN' : 'REMIND';
  const shown = roundHalfEven(day.mean, Math.max(2, decimalsOf(limit.limit))).toString();
  const ratio = day.mean.div(max).toNumber();
  const volume = ctx.reg.type === 'water' ? num(day.volume.toNumber(), 1) : '';
  const finding: Finding = {
    factors: [limit.factor], start: day.start, end: day.start + DAY, tier, score: ratio,
    stats: { dayMean: shown, limit: limit.limit, validHours: day.hours, volume, multiple: ratio - 1, ...(over ? { exceedancesInWindow: inWindow } : {}) },
    text: {
      zh: `${clockText(day.start).slice(0, 5)} ${namesZh([limit.factor])}日均值 ${shown} ${limit.unit}（${day.hours} 个有效小时${volume === '' ? '' : `，水量 ${volume} m³ 加权`}），限值 ${limit.limit} ${limit.unit}${over ? `，超标${inWindow > 1 ? `，${p.windowDays} 天内第 ${inWindow} 天` : ''}` : '，接近限值'}。`,
      en: `${namesEn([limit.factor])}: daily mean ${shown} ${limit.unit} on ${clockText(day.start).slice(0, 5)} (${day.hours} valid hours${volume === '' ? '' : `, weighted by ${volume} m³`}), limit ${limit.limit} ${limit.unit}${inWindow > 1 ? `; day ${inWindow} over it within ${p.windowDays}` : ''}.`,
    },
    clearedBy: [{ zh: '批次排放日水量很小：看水量与手工监测', en: 'A batch day with little volume: see volume and manual results' }],
    provisional: ctx.now < markDeadlineMs(day.start),
  };
  return suppress(finding, explain(ctx, finding, [limit.factor], ['filed-work']));
}

/**
 * Local days that are over, newest first: those of the look-back, for back-filled hours and marks may have come since; or those judged
 * again. Before its daily moment a day is not judged: its last hours may be on their way.
 */
function daysToJudge({ now, again }: Context, p: typeof DEFAULTS): number[] {
  const today = localDayStart(now);
  if (again === undefined) return Array.from({ length: p.lookBackDays }, (_, i) => today - (i + 1) * DAY);
  const first = localDayStart(again.start);
  return Array.from({ length: Math.round((localDayStart(again.end - 1) - first) / DAY) + 1 }, (_, i) => first + i * DAY).filter((day) => day + DAY + DAY_OFFSET <= now).reverse();
}

/** `model:B02` — daily means over the limit. */
export const b02: Model = {
  id: 'B02', version: '1.3.0',
  title: { zh: '日均超标', en: 'Daily mean exceedance' },
  // Every day named as over is a fact: a day that only comes close is no part of it.
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: true, mergeGapHours: -1,
  params: DEFAULTS, legalHooks: ['H1'],
  about: {
    zh: '废水按排放有效小时流量加权日均；废气有日均限值的按有效小时算术平均（不少于 20 小时）。十进制计算，按限值位数修约，等于为达标。30 天内第 5 个超标日为工单。迟到的小时所在日及受其影响的后续日，于知悉后的次一日判时刻重新判定。',
    en: 'Water: flow-weighted mean of valid discharging hours; gas with a daily limit: arithmetic mean of at least 20 valid hours. Decimal arithmetic, rounded to the limit\'s decimals, equal is compliant. The fifth day over within thirty is a work order. Days whose hours come late, and later days that count them, are judged again at the daily moment after.',
    source: 'B02; 内环办〔2021〕103号 二（一）、（二）: daily means of water',
  },
  minimum: { days: 0, needs: ['pollutants', 'dailyLimits'] },
  reachHours: (params) => settings(DEFAULTS, params).lookBackDays * 24,
  judgesAgain: true,
  // A day may be the second in a row of the one after, and one of the window of those that follow.
  bearsOnHours: (params) => (settings(DEFAULTS, params).windowDays - 1) * 24,
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = ctx.reg.limits.filter((l) => l.period === 'day');
    if (limits.length === 0) return cannotTell('no daily limit registered', ['daily limits']);
    const missing = limits.filter((l) => ctx.hour(l.factor) === undefined).map((l) => l.factor);
    if (missing.length === limits.length) return cannotTell('no limited factor has hour data', missing);
    const findings = limits.flatMap((limit) => daysToJudge(ctx, p).flatMap((start) => {
      if (!mayMatter(ctx, limit, start, p)) return [];
      const day = dayMean(ctx, limit, start, p);
      return day === undefined ? [] : findingOf(ctx, limit, day, dayMean(ctx, limit, start - DAY, p), p) ?? [];
    }));
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
