import { union, type Interval } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, marksOf, doorsBetween, stateShare, suppress } from './parts/explanations.ts';
import { isUnregistered } from './parts/door-people.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { OFF, RUN, stateAt } from './parts/signal.ts';
import { DAY, HOUR } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  graceHours: 2,
  /** Two hours go missing in a carrier's bad hour: three are the first that say anything. */
  remindRun: 3,
  remindPerDay: 4,
  /** With a door opened by nobody we know as the gap began. */
  warnRun: 6,
  /** Without one: a carrier outage of a day is daily life, a day and a half unanswered is not. */
  warnRunNoDoor: 36,
  workOrderRun: 72,
  /**
   * Separate gaps of `remindRun` or more within `repeatDays` that were never filled. A series is judged when its last
   * gap has been over for `settleHours`: what a carrier held back has come by then, what was kept away has not.
   */
  warnRepeats: 3,
  workOrderRepeats: 6,
  repeatDays: 14,
  settleHours: 3,
} as const satisfies Thresholds;

/** Whether anything of the hour was received by now. */
function present(ctx: Context, at: number): boolean {
  return ctx.factors.some((f) => {
    const series = ctx.hour(f);
    if (series === undefined) return false;
    const i = Math.floor((at - series.t0) / HOUR);
    return i >= 0 && i < series.length && Number.isFinite(series.arrivedAt[i] as number);
  });
}

const expected = (ctx: Context, at: number): boolean =>
  at >= ctx.activeSince && stateAt(ctx, at, 'byPower') !== OFF;

/** Gaps (expected hours without data, joined where adjacent) in [from, to). */
function gapsIn(ctx: Context, from: number, to: number): Interval[] {
  const hours: Interval[] = [];
  for (let t = Math.max(from, ctx.activeSince); t < to; t += HOUR) {
    if (!present(ctx, t) && expected(ctx, t)) hours.push({ start: t, end: t + HOUR });
  }
  if (hours.length === 0) return hours;
  const stops = marksOf(ctx, 'STOP');
  return union(hours.filter((h) => !stops.some((s) => s.start <= h.start && h.start < s.end)));
}

function tierFor(ctx: Context, gap: Interval, lost: number, running: boolean, p: typeof DEFAULTS): Tier {
  const hours = (gap.end - gap.start) / HOUR;
  const door = doorsBetween(ctx, gap.start - HOUR, gap.start + HOUR / 4).some((d) => isUnregistered(ctx, d));
  if (running && (hours >= p.workOrderRun || lost >= p.workOrderRepeats)) return 'WORK_ORDER';
  if ((door && hours >= p.warnRun) || hours >= p.warnRunNoDoor || lost >= p.warnRepeats) return 'WARN';
  return 'REMIND';
}

function findingOf(ctx: Context, gap: Interval, missing24: number, settled: boolean, p: typeof DEFAULTS): Finding {
  const hours = (gap.end - gap.start) / HOUR;
  const powered = stateShare(ctx, gap, RUN, 'byPower');
  const long = gapsIn(ctx, gap.end - p.repeatDays * DAY, gap.end).filter((g) => g.end - g.start >= p.remindRun * HOUR);
  const repeats = long.length;
  const tier = tierFor(ctx, gap, settled ? repeats : 0, powered >= 0.5, p);
  const finding: Finding = {
    factors: [], start: gap.start, end: gap.end, tier, score: hours / p.remindRun,
    stats: { missingHours: hours, missingIn24h: missing24, gapsInDays: repeats, productionRunningShare: powered },
    text: {
      zh: `${spanText(gap.start, gap.end)} 连续缺失小时数据 ${num(hours)} 小时，24 小时内共缺 ${missing24} 小时，${p.repeatDays} 天内缺失 ${repeats} 段，其间生产用电运行占 ${num(powered * 100, 0)}%。`,
      en: `No hourly data for ${num(hours)} h (${spanText(gap.start, gap.end)}), ${missing24} h missing in 24 h, ${repeats} gaps in ${p.repeatDays} days; production power ran ${num(powered * 100, 0)} % of the gap.`,
    },
    clearedBy: [
      { zh: '运营商网络中断或数采仪重启：看同站门禁、电表是否在线及恢复后的补传', en: 'Carrier outage or logger restart: see whether door and meters stayed on line and what was back-filled' },
      { zh: '已报告的故障或停运记录', en: 'A reported fault or stop' },
    ],
  };
  // The hour in which the power failed is missing as a whole, and its meters spoke for a part of it.
  const dark = { start: Math.min(gap.start + HOUR, gap.end - HOUR), end: gap.end };
  return suppress(finding, explain(ctx, dark, [], ['site-blackout']) ?? explain(ctx, gap, [], ['stop-mark', 'filed-work', 'power-down']));
}

/** `model:A01` — hours for which no hourly frame was accepted although the plant should have sent one. */
export const a01: Model = {
  id: 'A01', version: '1.1.0',
  title: { zh: '小时数据缺失', en: 'Missing hourly data' },
  family: 'transport', trigger: 'tick', media: ['gas', 'water'], standsAlone: true, countsRepeats: true,
  params: DEFAULTS, legalHooks: ['H4'],
  about: {
    zh: '应有小时数减去已收到小时数；小时结束 2 小时后仍未到达即计缺。断网可补传，单段缺失只提醒；开门后缺失、长缺升级；反复缺失在恢复上报 3 小时后仍未补传的升级。',
    en: 'Hours due minus hours received, 2 h after the hour. A single gap reminds; a gap after a door opening or a long one goes higher, and so does a series that is still unfilled 3 h after reports came back.',
    source: 'A01, a method of this platform: lost communication explains, repetition',
  },
  minimum: { days: 0, needs: ['hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.factors.length === 0) return cannotTell('no channel registered', ['hour data']);
    const due = Math.floor((ctx.now - p.graceHours * HOUR) / HOUR) * HOUR;
    if (due <= ctx.activeSince || present(ctx, due - HOUR)) {
      const scattered = gapsIn(ctx, due - DAY, due);
      const total = scattered.reduce((n, g) => n + (g.end - g.start) / HOUR, 0);
      const last = scattered[scattered.length - 1];
      if (last === undefined) return notMet();
      const settled = last.end <= due - p.settleHours * HOUR && last.end >= due - 2 * p.settleHours * HOUR && last.end - last.start >= p.remindRun * HOUR;
      if (!settled && (total < p.remindPerDay || scattered.length < 2 || last.end < due - HOUR)) return notMet();
      return conclude([findingOf(ctx, last, total, settled, p)]);
    }
    const recent = gapsIn(ctx, due - 7 * DAY, due);
    const gap = recent[recent.length - 1];
    if (gap === undefined || gap.end < due) return notMet('not expected: stopped');
    const total = recent.reduce((n, g) => n + Math.max(0, g.end - Math.max(g.start, due - DAY)) / HOUR, 0);
    if ((gap.end - gap.start) / HOUR < p.remindRun && total < p.remindPerDay) return notMet();
    return conclude([findingOf(ctx, gap, total, false, p)]);
  },
};
