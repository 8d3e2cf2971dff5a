import { binomialTail } from '../primitives/index.ts';
import { flagIndex, type Context, type DailySummary, type Finding, type Limit, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { amongPeers, lastDays } from './parts/among-peers.ts';
import { explain, marksOf, suppress } from './parts/explanations.ts';
import { hourLimits, isSentinel } from './parts/limits.ts';
import { markChecks } from './parts/mark-checks.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { OFF, stateAt } from './parts/signal.ts';
import { DAY, endedAt, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  highShare: 0.9, warnLift: 5, warnP: 1e-3, workOrderLift: 10, workOrderP: 1e-5, workOrderMarked: 8, minMarked: 4, windowDays: 30,
  /** Marks further apart are not one habit. */
  apartDays: 7,
  /** Marked more than this quantile of the trade, by this factor, and by this share of the time: one in twenty is above the quantile. */
  peerQuantile: 0.95, peerTimes: 1.5, leastMarkShare: 0.04, minPeers: 8, peerDays: 20,
  /** Exceedances under condition marks without a standstill near: a published case had 18 of 18. */
  underMarkOver: 8, underMarkShare: 0.8, nearStopHours: 36,
  /** Changes of one mark before its deadline. */
  manyEdits: 3,
  /** Times a twelfth of the year's hours a month, once half of them are gone: one overhaul in January is no abuse. */
  budgetPace: 1.5, leastBudgetShare: 0.5,
  /** State before a mark that its word must fit. */
  stateHours: 12, freshMarkDays: 2,
} as const satisfies Thresholds;

interface Counts {
  /** Hours near or above the limit, and those of them in which a mark began. */
  readonly high: number[];
  readonly highMarked: number[];
  readonly other: number;
  readonly otherMarked: number;
}

/** Episodes of maintenance marking by whether the hour in which each began was near or above the limit. */
function count(ctx: Context, limit: Limit, p: typeof DEFAULTS): Counts {
  const series = ctx.hour(limit.factor);
  const out = { high: [] as number[], highMarked: [] as number[], other: 0, otherMarked: 0 };
  if (series === undefined) return out;
  const marks = marksOf(ctx, 'MONITORING');
  const marked = (i: number): boolean => {
    const t = series.t0 + i * HOUR;
    return series.flag[i] === flagIndex.MAINTENANCE || marks.some((m) => m.start < t + HOUR && m.end > t);
  };
  const to = endedAt(series, ctx.now);
  let before = true;
  for (let i = Math.max(1, to - p.windowDays * 24); i < to; i++) {
    const v = (limit.basis === 'zs' ? series.zsAvg[i] : series.avg[i]) as number;
    const now = marked(i);
    const begins = now && !before;
    before = now;
    // Inside a mark nothing new is decided, and standing plants mark for other reasons.
    if ((now && !begins) || !Number.isFinite(v) || isSentinel(v) || stateAt(ctx, series.t0 + i * HOUR) === OFF) continue;
    const high = v > p.highShare * Number(limit.limit);
    if (high) out.high.push(series.t0 + i * HOUR);
    else out.other++;
    if (begins && high) out.highMarked.push(series.t0 + i * HOUR);
    else if (begins) out.otherMarked++;
  }
  return out;
}

interface Run {
  readonly start: number;
  readonly marked: number;
  readonly high: number;
  readonly chance: number;
}

/** The newest marks that hang together, from the one after which they are least likely by chance: what was marked long before is another matter. */
function runOf(c: Counts, base: number, p: typeof DEFAULTS): Run | undefined {
  const apart = c.highMarked.findLastIndex((at, i) => i > 0 && at - (c.highMarked[i - 1] as number) > p.apartDays * DAY);
  let best: Run | undefined;
  for (let from = Math.max(0, apart); from <= c.highMarked.length - p.minMarked; from++) {
    const start = c.highMarked[from] as number;
    const high = c.high.filter((at) => at >= start).length;
    const marked = c.highMarked.length - from;
    const chance = binomialTail(marked, high, base);
    if (best === undefined || chance < best.chance) best = { start, marked, high, chance };
  }
  return best;
}

function findingOf(ctx: Context, limit: Limit, p: typeof DEFAULTS): Finding | undefined {
  const c = count(ctx, limit, p);
  const base = (c.otherMarked + 1) / (c.other + 2);
  const run = runOf(c, base, p);
  if (run === undefined) return undefined;
  const { start, marked: k, high, chance } = run;
  const lift = k / high / base;
  if (lift <= p.warnLift || chance >= p.warnP) return undefined;
  const end = (c.highMarked.at(-1) as number) + HOUR;
  const tier: Tier = lift > p.workOrderLift && chance < p.workOrderP && k >= p.workOrderMarked ? 'WORK_ORDER' : 'WARN';
  return {
    factors: [limit.factor], start, end, tier, score: -Math.log10(Math.max(chance, 1e-12)),
    stats: { lift, p: chance, highHours: high, highMarked: k, otherHours: c.other, otherMarked: c.otherMarked },
    text: {
      zh: `${spanText(start, end)} ${namesZh([limit.factor])}达到限值 90% 以上的 ${high} 小时中有 ${k} 小时随即打维护标记（${percent(k / high, 0)}），其他 ${c.other} 小时中仅 ${c.otherMarked} 次，相差 ${num(lift, 0)} 倍。`,
      en: `Of ${high} hours with ${namesEn([limit.factor])} above 90 % of the limit ${k} began a maintenance mark (${percent(k / high, 0)}); of ${c.other} other hours ${c.otherMarked} did: ${num(lift, 0)} times as often (${spanText(start, end)}).`,
    },
    clearedBy: [{ zh: '真实故障本身会抬高读数：看工单、视频与备件', en: 'A real fault raises the reading by itself: see tickets, video and spare parts' }],
  };
}

/** Marked share of the days on which the plant ran, over the window; NaN with too few of them. */
function markedShare(days: readonly DailySummary[], now: number, p: typeof DEFAULTS): number {
  const ran = lastDays(days, now, p.windowDays).filter((day) => day.runShare >= 0.5);
  return ran.length < p.peerDays ? Number.NaN : ran.reduce((sum, day) => sum + day.markShare, 0) / ran.length;
}

/** More hours under marks than nearly all of the trade: told once, over the marked days of the last week. */
function aboveTrade(ctx: Context, p: typeof DEFAULTS): Finding | undefined {
  const own = markedShare(ctx.trade.own, ctx.now, p);
  const peers = Number.isFinite(own) ? amongPeers(ctx, p.minPeers, (days) => markedShare(days, ctx.now, p)) : undefined;
  if (peers === undefined) return undefined;
  const most = peers.quantile(p.peerQuantile);
  if (!(own > p.peerTimes * most && own > most + p.leastMarkShare)) return undefined;
  const marked = lastDays(ctx.trade.own, ctx.now, 7).filter((day) => day.markShare > most);
  const [first, last] = [marked[0], marked.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [start, end] = [localDayStart(first.at) - DAY, localDayStart(last.at)];
  const hours = (share: number): string => num(share * 24 * p.windowDays, 0);
  const finding: Finding = {
    factors: [], start, end, tier: 'REMIND', score: own / Math.max(most, 1e-3),
    stats: { markShare: own, peerQuantile: most, peers: peers.count },
    text: {
      zh: `近 ${p.windowDays} 天运行期间有 ${percent(own)} 的时间处于标记或异常标志之下（约 ${hours(own)} 小时），同行业 ${peers.count} 个排放口的 95% 分位为 ${percent(most)}（约 ${hours(most)} 小时）；最近一周见 ${spanText(start, end)}。`,
      en: `${percent(own)} of running time of ${p.windowDays} days lay under marks or flags (about ${hours(own)} h); the 95 % point of ${peers.count} outfalls of the trade is ${percent(most)} (about ${hours(most)} h); the last week: ${spanText(start, end)}.`,
    },
    clearedBy: [{ zh: '长期检修或仪器更换：看备案与工单', en: 'Long repair or a replacement: see filings and tickets' }],
  };
  return suppress(finding, explain(ctx, finding, [], ['filed-change', 'order']));
}

/** `model:F01` — maintenance that comes when the value is bad. */
export const f01: Model = {
  id: 'F01', version: '1.3.0',
  title: { zh: '标记滥用', en: 'Mark abuse' },
  family: 'marks', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H11', 'H3'],
  about: {
    zh: '30 天内数值超过限值 90% 的小时与其他小时相比，开始维护标记的概率之比及二项检验，自最不像偶然的一次起算，相隔 7 天以上的标记不算一串；例外被挑着用。另与同行业比较：30 天运行时间中处于标记之下的占比高于 8 个以上同行 95% 分位的 1.5 倍（且多 4%）为提醒。30 天超限小时八成以上（且 8 个以上）在工况标记之下而前后未停产的为警告；截止前同一标记改动 3 次以上、年度时数消耗首次快于每月十二分之一的 1.5 倍（已用过半）、标记用语与此前运行状态相反的为提醒，后者与多次改动在其间有超限时为警告。',
    en: 'How much likelier a maintenance mark begins in an hour above 90 % of the limit than in any other hour of 30 days, with a binomial test from the mark on that makes chance least likely, marks more than 7 days apart being no one run: exemptions used selectively. Besides, a share of running time under marks above 1.5 times the 95 % point of eight or more outfalls of the trade (and 4 % more) reminds. Four fifths of the exceedances of 30 days (eight or more) under condition marks with no standstill near warn; three or more changes of a mark before its deadline, a year\'s budget that goes 1.5 times faster than a twelfth a month once half is gone (told once), and a word that contradicts the state before it remind, and the first and last of these warn with an hour over the limit under them.',
    source: 'F01; 标记规则 (2022 年第 21 号公告)',
  },
  minimum: { days: 10, needs: ['hourlyLimits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = hourLimits(ctx);
    if (limits.length === 0) return cannotTell('no hourly limit registered', ['hourly limits']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < 10 * DAY) return cannotTell('history too short', ['10 days of data']);
    const findings = [...limits.flatMap((l) => findingOf(ctx, l, p) ?? []), ...[aboveTrade(ctx, p) ?? []].flat(), ...markChecks(ctx, p)];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
