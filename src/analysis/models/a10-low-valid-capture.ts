import { addDays, dayOf, instant, startOfDay, type FactorCode } from '#kernel';
import { coverage, dilate, union, wilson, type Interval } from '../primitives/index.ts';
import { flagIndex, type Context, type Finding, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { marksOf, suppress } from './parts/explanations.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { RUN, stateAt } from './parts/signal.ts';
import { DAY, HOUR } from './parts/window.ts';
import { clockText, namesEn, namesZh, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindShare: 0.9, warnShare: 0.8, lawShare: 0.75, workOrderShare: 0.5,
  minRunningHours: 240,
  /** Planned checks of an hour a day do not count against the unit. */
  checkHoursPerDay: 1,
  /** Share of the lost hours that a filing must cover to explain a reminder. */
  filedShare: 0.6,
} as const satisfies Thresholds;

const { CALIBRATION, SOURCE_STOPPED } = flagIndex;

interface Capture {
  readonly running: number;
  readonly valid: number;
  /** Running hours without a valid value. */
  readonly lost: readonly number[];
}

/** Valid among running hours of [from, to). Hours are running when power and data say so, whatever was sent. */
function captureOf(ctx: Context, factor: FactorCode, from: number, to: number, p: typeof DEFAULTS): Capture {
  const series = ctx.hour(factor);
  const lost: number[] = [];
  let running = 0;
  let valid = 0;
  let checks = Math.ceil((to - from) / DAY) * p.checkHoursPerDay;
  for (let t = from; t < to; t += HOUR) {
    const i = series === undefined ? -1 : Math.floor((t - series.t0) / HOUR);
    const flag = series?.flag[i];
    if (stateAt(ctx, t, ctx.reg.type === 'water' ? 'byData' : 'state') !== RUN && !missedWhileRunning(ctx, t, flag)) continue;
    if (flag === CALIBRATION && checks-- > 0) continue;
    running++;
    if (series?.valid[i] === 1) valid++;
    else lost.push(t);
  }
  return { running, valid, lost };
}

/** Nothing came, or the device calls itself stopped, while production draws power. A batch outfall may rightly rest then. */
const missedWhileRunning = (ctx: Context, t: number, flag: number | undefined): boolean =>
  ctx.reg.type === 'gas' && stateAt(ctx, t, 'byPower') === RUN && (flag === undefined || flag === flagIndex.NONE || flag === SOURCE_STOPPED);

/** Localised: the longest stretch of lost hours, of weeks its last one: an officer looks at days, not at months. */
function shortfall(capture: Capture): Interval {
  const longest = union(capture.lost.map((t) => ({ start: t, end: t + HOUR })), 6 * HOUR).reduce((a, b) => (b.end - b.start > a.end - a.start ? b : a));
  return { start: Math.max(longest.start, longest.end - 7 * DAY), end: longest.end };
}

/** Share of the lost hours under a monitoring mark or a filed job. */
function filedShare(ctx: Context, lost: readonly number[], factor: FactorCode): number {
  const work = ctx.maintenance.filter((m) => m.factors.length === 0 || m.factors.includes(factor));
  const filed = dilate(union([...marksOf(ctx, 'MONITORING'), ...work]), HOUR);
  const hit = lost.filter((t) => coverage({ start: t, end: t + HOUR }, filed) >= 0.5).length;
  return lost.length === 0 ? 0 : hit / lost.length;
}

function findingOf(ctx: Context, factor: FactorCode, from: number, to: number, whole: Capture, p: typeof DEFAULTS): Finding | undefined {
  const month = captureOf(ctx, factor, from, to, p);
  if (month.running < p.minRunningHours) return undefined;
  const { low, high } = wilson(month.valid, month.running);
  const long = wilson(whole.valid, whole.running).high;
  // Only what lies below for sure: the upper end of the interval decides.
  if (high >= p.remindShare) return undefined;
  const filed = filedShare(ctx, month.lost, factor);
  const tier: Tier =
    high < p.workOrderShare && filed < p.filedShare ? 'WORK_ORDER' : high < p.warnShare || long < p.lawShare ? 'WARN' : 'REMIND';
  const share = month.valid / month.running;
  const span = shortfall(month);
  const finding: Finding = {
    factors: [factor], ...span, tier, score: (1 - share) / (1 - p.remindShare),
    stats: { share, low, high, valid: month.valid, running: month.running, filedShare: filed, windowShare: whole.valid / whole.running },
    text: {
      zh: `${namesZh([factor])}在 ${clockText(from).slice(0, 5)} 起的一个月内生产运行 ${month.running} 小时，有效 ${month.valid} 小时，有效捕集率 ${percent(share)}（95% 区间 ${percent(low)}–${percent(high)}），最长缺口 ${spanText(span.start, span.end)}；其中 ${percent(filed, 0)} 有备案。`,
      en: `${namesEn([factor])}: ${month.valid} valid of ${month.running} running hours in the month from ${clockText(from).slice(0, 5)}, a capture of ${percent(share)} (95 % interval ${percent(low)}–${percent(high)}), the longest gap ${spanText(span.start, span.end)}; ${percent(filed, 0)} of it was filed.`,
    },
    clearedBy: [{ zh: '已备案的长期维修，并按规定开展手工监测', en: 'A filed long repair with manual monitoring in its place' }],
  };
  // Below three quarters the data of the period do not hold, filed or not (HJ 75).
  const explained = tier === 'REMIND' && filed >= p.filedShare ? { reason: 'filed-work', zh: '缺失时段多已备案', en: 'most of the lost hours were filed' } : undefined;
  return suppress(finding, explained);
}

/** First day of the local month before the one of `at`, and of the month of `at`. */
function lastMonth(at: number): { from: number; to: number } {
  const day = dayOf(instant(at));
  const to = startOfDay(addDays(day, 1 - Number(day.slice(8, 10))));
  const before = dayOf(instant(to - DAY));
  return { from: startOfDay(addDays(before, 1 - Number(before.slice(8, 10)))), to };
}

/** `model:A10` — too few valid hours in a closed month. */
export const a10: Model = {
  id: 'A10', version: '1.0.0',
  title: { zh: '有效捕集率不足', en: 'Low valid capture' },
  family: 'transport', trigger: 'day', media: ['gas', 'water'], standsAlone: true, windowHours: 720,
  params: DEFAULTS, legalHooks: ['H4'],
  about: {
    zh: '上一自然月有效小时数除以生产运行小时数，按威尔逊区间上端判定：低于 90% 提醒，低于 80% 或近 75 天低于 75% 警告，低于 50% 且未备案为工单；每天 1 小时例行核查不计。于次月 2 日标记期限过后判定。',
    en: 'Valid over running hours of the last calendar month, judged by the upper end of the Wilson interval: below 90 % reminds, below 80 % or below 75 % over the 75 days kept warns, below 50 % without filing is a work order. One hour of routine checks a day does not count. Judged once, on the 2nd, when the last day can no longer be marked.',
    source: 'A10, a method of this platform: U13 exact tests; HJ 75-2017 (75 % of the hours of a quarter)',
  },
  minimum: { days: 30, needs: ['hours', 'limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const { from, to } = lastMonth(ctx.now);
    // Hours of the last day may be marked until 12:00 of the 1st: the month is closed on the 2nd.
    if (ctx.now < to + DAY) return notMet('month not closed');
    if (ctx.now >= to + 2 * DAY) return notMet('month already judged');
    if (Math.max(ctx.activeSince, ctx.state.t0) > from + 3 * DAY) return cannotTell('month not seen from its beginning', ['1 month of data']);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined);
    if (limited.length === 0) return cannotTell('no limited factor', ['limits']);
    const findings = limited.flatMap((f) => {
      const whole = captureOf(ctx, f, Math.max(ctx.state.t0, ctx.activeSince), to, p);
      return findingOf(ctx, f, from, to, whole, p) ?? [];
    });
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
