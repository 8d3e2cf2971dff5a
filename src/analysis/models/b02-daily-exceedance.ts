import { conversionBetween, Decimal, decimalsOf, roundHalfEven } from '#kernel';
import { dayVerdict, markDeadlineMs, type DayVerdict, type HourOfDay } from '#quality';
import { flagIndex, type Context, type Finding, type HourSeries, type Limit, type Model, type Tier } from '../contract.ts';
import { DAY_OFFSET } from '../moments.ts';
import type { Thresholds } from './declared/index.ts';
import { flowOf } from './parts/factors.ts';
import { CANDIDATE, explain, mayBeExempt, suppress } from './parts/explanations.ts';
import { exceeds, isSentinel, judgedValue, limitThen } from './parts/limits.ts';
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

/** A day with its mean, judged by the limit of that day. */
interface Day extends DayVerdict {
  readonly start: number;
  readonly limit: Limit;
  readonly mean: Decimal;
  /** `CANDIDATE`: over only through hours of which a person says whether their condition mark exempts them. */
  readonly over: 'YES' | 'NO' | 'CANDIDATE';
}

/** m³ of an hour by its row in the series: the total sent, else the mean flow over the hour (L/s where the register names no unit); NaN where neither is known. */
function volumes(ctx: Context): (row: number) => number {
  const code = flowOf('water');
  const flow = ctx.hour(code);
  const perHour = conversionBetween(ctx.reg.factors.find(({ factor }) => factor === code)?.unit || 'L/s', 'm3/h');
  return (row) => {
    const total = flow?.cou[row] ?? Number.NaN;
    return Number.isFinite(total) ? total : perHour?.(flow?.avg[row] ?? Number.NaN) ?? Number.NaN;
  };
}

/** The 24 hours of the day as its mean needs them; an hour of which the volume is not known is due and has no valid value. */
function hoursOf(ctx: Context, limit: Limit, series: HourSeries, start: number): HourOfDay[] {
  const isWater = ctx.reg.type === 'water';
  const volumeOf = volumes(ctx);
  return Array.from({ length: 24 }, (_, k): HourOfDay => {
    const i = (start - series.t0) / HOUR + k;
    if (i < 0 || i >= series.length) return { verdict: 'INVALID', value: undefined };
    const v = isWater ? volumeOf(i) : Number.NaN;
    const c = judgedValue(ctx, series, i, limit);
    const valid = series.valid[i] === 1 && series.flag[i] === NORMAL && Number.isFinite(c) && !isSentinel(c) && !(isWater && Number.isNaN(v));
    return {
      verdict: valid ? 'VALID' : 'INVALID', value: valid ? c : undefined, volume: Number.isNaN(v) ? undefined : v,
      stopped: stateAt(ctx, series.t0 + i * HOUR) === OFF, checkHour: series.flag[i] === flagIndex.CALIBRATION,
    };
  });
}

/** The day if its mean stands by the rules of the region, or where no law was read by the parameters of the model. */
function dayAt(ctx: Context, limitNow: Limit, start: number, p: typeof DEFAULTS): Day | undefined {
  const series = ctx.hour(limitNow.factor);
  const limit = limitThen(ctx, limitNow, start);
  if (series === undefined || limit === undefined || !mayMatter(ctx, limit, series, start, p)) return undefined;
  const { type, rules: own } = ctx.reg;
  const rules = own ?? { minHoursPerGasDay: p.gasValidHours, minShareOfWaterDay: String(p.waterValidShare), checkHourCounts: false };
  const hours = hoursOf(ctx, limit, series, start);
  const day = dayVerdict(type, hours, rules);
  if (day.verdict !== 'VALID' || day.mean === undefined) return undefined;
  if (!exceeds(day.mean, limit.limit)) return { ...day, start, limit, mean: day.mean, over: 'NO' };
  const rest = hours.map((hour, k) => (mayBeExempt(ctx, start + k * HOUR, limit.factor) ? { ...hour, stopped: true } : hour));
  const without = dayVerdict(type, rest, { ...rules, minHoursPerGasDay: 1, minShareOfWaterDay: '0' }).mean;
  return { ...day, start, limit, mean: day.mean, over: without !== undefined && exceeds(without, limit.limit) ? 'YES' : 'CANDIDATE' };
}

/** A plain mean first: only days near the limit are worth decimals, and only decimals decide. */
function mayMatter(ctx: Context, limit: Limit, series: HourSeries, start: number, p: typeof DEFAULTS): boolean {
  if (limit.basis === 'zs') return true;
  const volumeOf = ctx.reg.type === 'water' ? volumes(ctx) : () => 1;
  let sum = 0;
  let weight = 0;
  for (let i = clampedIndex(series, start); i < clampedIndex(series, start + DAY); i++) {
    const v = volumeOf(i);
    const c = series.avg[i] as number;
    if (series.valid[i] !== 1 || !(v > 0) || !Number.isFinite(c)) continue;
    sum += c * v;
    weight += v;
  }
  return sum > (p.remindShare - 0.01) * Number(limit.limit) * weight;
}

/** Days over the limit in the window that ends with this one, which is one of them. */
function overInWindow(ctx: Context, day: Day, p: typeof DEFAULTS): number {
  let over = 1;
  for (let d = 1; d < p.windowDays; d++) if (dayAt(ctx, day.limit, day.start - d * DAY, p)?.over === 'YES') over += 1;
  return over;
}

function findingOf(ctx: Context, day: Day, before: Day | undefined, p: typeof DEFAULTS): Finding | undefined {
  const { limit } = day;
  const max = new Decimal(limit.limit);
  const over = day.over !== 'NO';
  const near = max.mul(p.remindShare);
  // Days that stay close to the limit, or come down from above it, were told of with the first. Judged again, closeness is no news, and of a day that was over it is nothing left.
  const told = ctx.again === undefined || ctx.recent.some((past) => past.model === 'B02' && past.tier === 'REMIND' && past.start === day.start);
  if (!over && (!told || !day.mean.greaterThan(near) || before?.mean.greaterThan(near) === true)) return undefined;
  const twice = over && before?.over === 'YES';
  const inWindow = over ? overInWindow(ctx, day, p) : 0;
  const tier: Tier = over && (twice || inWindow >= p.windowExceedances || day.mean.greaterThan(max.mul(p.workOrderRatio))) ? 'WORK_ORDER' : over ? 'WARN' : 'REMIND';
  const shown = roundHalfEven(day.mean, Math.max(2, decimalsOf(limit.limit))).toString();
  const ratio = day.mean.div(max).toNumber();
  const volume = ctx.reg.type === 'water' ? num(day.volume?.toNumber() ?? Number.NaN, 1) : '';
  const finding: Finding = {
    factors: [limit.factor], start: day.start, end: day.start + DAY, tier, score: ratio,
    stats: { dayMean: shown, limit: limit.limit, validHours: day.validHours, volume, multiple: ratio - 1, ...(over ? { exceedancesInWindow: inWindow } : {}) },
    text: {
      zh: `${clockText(day.start).slice(0, 5)} ${namesZh([limit.factor])}日均值 ${shown} ${limit.unit}（${day.validHours} 个有效小时${volume === '' ? '' : `，水量 ${volume} m³ 加权`}），限值 ${limit.limit} ${limit.unit}${over ? `，超标${inWindow > 1 ? `，${p.windowDays} 天内第 ${inWindow} 天` : ''}` : '，接近限值'}。`,
      en: `${namesEn([limit.factor])}: daily mean ${shown} ${limit.unit} on ${clockText(day.start).slice(0, 5)} (${day.validHours} valid hours${volume === '' ? '' : `, weighted by ${volume} m³`}), limit ${limit.limit} ${limit.unit}${inWindow > 1 ? `; day ${inWindow} over it within ${p.windowDays}` : ''}.`,
    },
    clearedBy: [{ zh: '批次排放日水量很小：看水量与手工监测', en: 'A batch day with little volume: see volume and manual results' }],
    provisional: ctx.now < markDeadlineMs(day.start, ctx.reg.rules?.markDeadlineHour),
  };
  return suppress(finding, day.over === 'CANDIDATE' ? CANDIDATE : explain(ctx, finding, [limit.factor], ['filed-work']));
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
  id: 'B02', version: '1.4.0',
  title: { zh: '日均超标', en: 'Daily mean exceedance' },
  // Every day named as over is a fact: a day that only comes close is no part of it.
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: true, mergeGapHours: -1,
  params: DEFAULTS, legalHooks: ['H1'],
  about: {
    zh: '废水按排放有效小时流量加权日均，应测小时有效不足 75% 的不判，没有数据或不知流量的小时为应测而无效；废气有日均限值的按有效小时算术平均（不少于 20 小时）。十进制计算，按限值位数修约，等于为达标。仅因工况标记的小时超标的日为豁免候选，由人核实。30 天内第 5 个超标日为工单。迟到的小时所在日及受其影响的后续日，于知悉后的次一日判时刻重新判定。',
    en: 'Water: flow-weighted mean of valid discharging hours, not judged below 75 % of those due, and an hour without data or of unknown flow is due and not valid; gas with a daily limit: arithmetic mean of at least 20 valid hours. Decimal arithmetic, rounded to the limit\'s decimals, equal is compliant. A day over only through hours under a condition mark is a candidate for a person. The fifth day over within thirty is a work order. Days whose hours come late, and later days that count them, are judged again at the daily moment after.',
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
      const day = dayAt(ctx, limit, start, p);
      return day === undefined ? [] : findingOf(ctx, day, dayAt(ctx, limit, start - DAY, p), p) ?? [];
    }));
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
