import type { FactorCode } from '#kernel';
import { binomialTail, median, type Interval } from '../primitives/index.ts';
import { flagIndex, type Context, type Finding, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { explain } from './parts/explanations.ts';
import { factorInfo } from './parts/factors.ts';
import { judgedValue, limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { runValues, signalOf } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localHour, MINUTE, timeAt } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** Share of the limit at which a calibration comes in handy. */
  high: 0.9, remindDuration: 2, leastMinutes: 120, minEvents: 5, warnOfFive: 3, chance: 1e-3,
  lowerShare: 0.15, lowerEvents: 3, shareDays: 14, freshHours: 26, mergeMinutes: 30,
} as const satisfies Thresholds;

const WORK: readonly number[] = [flagIndex.CALIBRATION, flagIndex.MAINTENANCE];

interface Work extends Interval {
  readonly calibration: boolean;
}

/** Runs of calibration or maintenance flags of a channel; what was filed beforehand is no matter of timing. */
function worksOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Work[] {
  const series = ctx.step(factor) ?? ctx.hour(factor);
  if (series === undefined) return [];
  const to = endedAt(series, ctx.now);
  const recent = series.flag.subarray(clampedIndex(series, ctx.now - p.freshHours * HOUR), to);
  if (!recent.some((f) => WORK.includes(f))) return [];
  const gap = Math.ceil((p.mergeMinutes * MINUTE) / series.stepMs);
  const out: Work[] = [];
  let first = -1;
  let last = -1;
  let calibration = false;
  const close = (): void => {
    if (first >= 0) out.push({ start: timeAt(series, first), end: timeAt(series, last + 1), calibration });
    first = -1;
    calibration = false;
  };
  for (let i = 0; i < to; i++) {
    if (!WORK.includes(series.flag[i] as number)) {
      if (first >= 0 && i - last > gap) close();
      continue;
    }
    if (first < 0) first = i;
    last = i;
    if (series.flag[i] === flagIndex.CALIBRATION) calibration = true;
  }
  close();
  return out.filter((w) => explain(ctx, w, [factor], ['filed-change']) === undefined);
}

/** Highest share of a limit among the channels of the instrument in the hour before the work. */
function before(ctx: Context, factors: readonly FactorCode[], at: number): number {
  let most = Number.NaN;
  for (const factor of factors) {
    const limit = limitFor(ctx, factor);
    const series = ctx.hour(factor);
    if (limit === undefined || series === undefined) continue;
    for (const back of [HOUR, 2 * HOUR]) {
      const i = clampedIndex(series, at - back);
      const share = series.flag[i] === flagIndex.NORMAL ? judgedValue(ctx, series, i, limit) / Number(limit.limit) : Number.NaN;
      if (Number.isFinite(share) && !(share <= most)) most = share;
    }
  }
  return most;
}

/** Share of the normal hours of the last two weeks in which some channel of the instrument was that high. */
function usualShare(ctx: Context, factors: readonly FactorCode[], p: typeof DEFAULTS): number {
  let high = 0;
  let n = 0;
  for (let t = Math.floor(ctx.now / HOUR) * HOUR - p.shareDays * DAY; t < ctx.now - HOUR; t += 2 * HOUR) {
    const v = before(ctx, factors, t);
    if (!Number.isFinite(v)) continue;
    n++;
    if (v > p.high) high++;
  }
  return (high + 1) / (n + 2);
}

/** Whether the day after was at least 15 % under the baseline: more than a fall back to normal. */
function lowered(ctx: Context, factors: readonly FactorCode[], w: Work, p: typeof DEFAULTS): boolean {
  return factors.some((factor) => {
    const base = baselineOf(ctx, factor);
    const signal = signalOf(ctx, factor);
    if (base === undefined || signal === undefined || w.end + DAY > ctx.now) return false;
    const after = median(runValues(ctx, signal, clampedIndex(signal, w.end + HOUR), clampedIndex(signal, w.end + DAY)));
    return after < (1 - p.lowerShare) * median(base.values);
  });
}

/** Every day or week at the same hour is a schedule, not a choice. */
const scheduled = (works: readonly Work[]): boolean => {
  const hours = works.map((w) => localHour(w.start));
  return hours.every((h) => Math.abs(h - (hours[0] as number)) <= 1);
};

function judgeInstrument(ctx: Context, factors: readonly FactorCode[], p: typeof DEFAULTS): Finding[] {
  const works = worksOf(ctx, factors[0] as FactorCode, p);
  const newest = works.at(-1);
  if (newest === undefined || newest.end < ctx.now - p.freshHours * HOUR) return [];
  const findings: Finding[] = [];
  const calibrations = works.filter((w) => w.calibration);
  const minutes = (w: Work): number => (w.end - w.start) / MINUTE;
  const usual = median(calibrations.slice(0, -1).map(minutes));
  if (newest.calibration && calibrations.length > p.minEvents && minutes(newest) > Math.max(p.leastMinutes, p.remindDuration * usual)) {
    findings.push({
      factors, start: newest.start, end: newest.end, tier: 'REMIND', score: minutes(newest) / usual, stats: { minutes: minutes(newest), usualMinutes: usual },
      text: {
        zh: `${clockText(newest.start)} 起校准 ${num(minutes(newest), 0)} 分钟，为本站惯常 ${num(usual, 0)} 分钟的 ${num(minutes(newest) / usual, 1)} 倍。`,
        en: `The calibration from ${clockText(newest.start)} took ${num(minutes(newest), 0)} min, ${num(minutes(newest) / usual, 1)} times the usual ${num(usual, 0)} min.`,
      },
      clearedBy: [{ zh: '校准不合格后的调整与维修', en: 'Adjustment and repair after a failed calibration' }],
    });
  }
  const five = works.slice(-5);
  if (five.length < p.minEvents || scheduled(five)) return findings;
  const handy = five.filter((w) => before(ctx, factors, w.start) > p.high);
  if (handy.length < p.warnOfFive || !handy.includes(newest)) return findings;
  const share = usualShare(ctx, factors, p);
  const chance = binomialTail(handy.length, five.length, share);
  if (chance >= p.chance) return findings;
  const down = handy.filter((w) => lowered(ctx, factors, w, p)).length;
  const tier: Tier = down >= p.lowerEvents ? 'WORK_ORDER' : 'WARN';
  const start = (handy[0] as Work).start;
  findings.push({
    factors, start, end: newest.end, tier, score: -Math.log10(Math.max(chance, 1e-12)),
    stats: { events: five.length, above: handy.length, usualShare: share, p: chance, loweredAfter: down },
    text: {
      zh: `${spanText(start, newest.end)} 最近 ${five.length} 次校准或维护中有 ${handy.length} 次开始前一两小时${namesZh(factors)}高于限值的 ${percent(p.high, 0)}（平时仅占 ${percent(share, 0)}，p = ${num(chance, 6)}），其中 ${down} 次之后一天低于基线 15% 以上。`,
      en: `${handy.length} of the last ${five.length} calibrations or maintenances began when ${namesEn(factors)} stood above ${percent(p.high, 0)} of a limit (${spanText(start, newest.end)}; otherwise ${percent(share, 0)} of the time, p = ${num(chance, 6)}); after ${down} of them the day lay over 15 % under the baseline.`,
    },
    clearedBy: [{ zh: '因数值异常而校准（核对标气与校准记录）', en: 'Calibrated because the value looked wrong (see gas bottles and the calibration record)' }],
  });
  return findings;
}

/** `model:F04` — calibrations and maintenance that come when the value is high. */
export const f04: Model = {
  id: 'F04', version: '1.0.0',
  title: { zh: '校准维护时机异常', en: 'Suspicious calibration timing' },
  family: 'marks', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H5', 'H3'],
  about: {
    zh: '校准、维护标志的起止；时长超过本站中位数 2 倍；最近 5 次中 3 次以上开始前高于限值的 90%，与两周内该情形的时间占比作二项检验；之后一天是否低于基线 15%。固定时刻的日常检查与已备案工作除外。',
    en: 'Runs of calibration and maintenance flags: longer than twice the own median; 3 or more of the last 5 begun above 90 % of a limit, binomial against how often that is so in two weeks; whether the day after lies 15 % under the baseline. Checks at a fixed hour and filed work are left out.',
    source: 'F04, a method of this platform',
  },
  minimum: { days: 0, needs: ['pollutants', 'limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined && ctx.hour(f) !== undefined);
    if (limited.length === 0) return cannotTell('no limited factor', ['limits']);
    const instruments = [...new Set(limited.map((f) => factorInfo(f).instrument))];
    const findings = instruments.flatMap((name) => judgeInstrument(ctx, limited.filter((f) => factorInfo(f).instrument === name), p));
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
