import { binomialTail } from '../primitives/index.ts';
import { flagIndex, type Context, type Finding, type Limit, type Model, type Tier } from '../contract.ts';
import { marksOf } from './parts/explanations.ts';
import { hourLimits, isSentinel } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { OFF, stateAt } from './parts/signal.ts';
import { DAY, endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  highShare: 0.9, warnLift: 5, warnP: 1e-3, workOrderLift: 10, workOrderP: 1e-5, workOrderMarked: 8, minMarked: 4, windowDays: 30,
} as const;

interface Counts {
  readonly high: number;
  readonly highMarked: number[];
  readonly other: number;
  readonly otherMarked: number;
}

/** Episodes of maintenance marking by whether the hour in which each began was near or above the limit. */
function count(ctx: Context, limit: Limit, p: typeof DEFAULTS): Counts {
  const series = ctx.hour(limit.factor);
  const out = { high: 0, highMarked: [] as number[], other: 0, otherMarked: 0 };
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
    if (high) out.high++;
    else out.other++;
    if (begins && high) out.highMarked.push(series.t0 + i * HOUR);
    else if (begins) out.otherMarked++;
  }
  return out;
}

function findingOf(ctx: Context, limit: Limit, p: typeof DEFAULTS): Finding | undefined {
  const c = count(ctx, limit, p);
  const k = c.highMarked.length;
  if (k < p.minMarked) return undefined;
  const base = (c.otherMarked + 1) / (c.other + 2);
  const lift = k / c.high / base;
  const chance = binomialTail(k, c.high, base);
  if (lift <= p.warnLift || chance >= p.warnP) return undefined;
  const start = c.highMarked[0] as number;
  const end = (c.highMarked[k - 1] as number) + HOUR;
  const tier: Tier = lift > p.workOrderLift && chance < p.workOrderP && k >= p.workOrderMarked ? 'WORK_ORDER' : 'WARN';
  return {
    factors: [limit.factor], start, end, tier, score: -Math.log10(Math.max(chance, 1e-12)),
    stats: { lift, p: chance, highHours: c.high, highMarked: k, otherHours: c.other, otherMarked: c.otherMarked },
    text: {
      zh: `${spanText(start, end)} ${namesZh([limit.factor])}达到限值 90% 以上的 ${c.high} 小时中有 ${k} 小时随即打维护标记（${percent(k / c.high, 0)}），其他 ${c.other} 小时中仅 ${c.otherMarked} 次，相差 ${num(lift, 0)} 倍。`,
      en: `Of ${c.high} hours with ${namesEn([limit.factor])} above 90 % of the limit ${k} began a maintenance mark (${percent(k / c.high, 0)}); of ${c.other} other hours ${c.otherMarked} did: ${num(lift, 0)} times as often (${spanText(start, end)}).`,
    },
    clearedBy: [{ zh: '真实故障本身会抬高读数：看工单、视频与备件', en: 'A real fault raises the reading by itself: see tickets, video and spare parts' }],
  };
}

/** `model:F01` — maintenance that comes when the value is bad. */
export const f01: Model = {
  id: 'F01', version: '1.0.0',
  title: { zh: '标记滥用', en: 'Mark abuse' },
  family: 'marks', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168,
  params: DEFAULTS, legalHooks: ['H11', 'H3'],
  about: {
    zh: '30 天内数值超过限值 90% 的小时与其他小时相比，开始维护标记的概率之比及二项检验；例外被挑着用。',
    en: 'How much likelier a maintenance mark begins in an hour above 90 % of the limit than in any other hour of 30 days, with a binomial test: exemptions used selectively.',
    source: 'F01; 标记规则 (2022 年第 21 号公告)',
  },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = hourLimits(ctx);
    if (limits.length === 0) return cannotTell('no hourly limit registered', ['hourly limits']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < 10 * DAY) return cannotTell('history too short', ['10 days of data']);
    const findings = limits.flatMap((l) => findingOf(ctx, l, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
