import { union } from '../primitives/index.ts';
import type { Context, Finding, Model, Revision, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { exceeds, isSentinel } from './parts/limits.ts';
import { suppress } from './parts/explanations.ts';
import { conclude, notMet, settings } from './parts/outcomes.ts';
import { DAY, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  minRelative: 0.01,
  warnCount: 3, warnDownShare: 0.8, workOrderDown: 10, windowDays: 7,
  /** Logger firmware that averages again moves all factors a little and both ways. */
  reaverageMedian: 0.03, leastReaveraged: 6,
  crossingRelative: 0.03,
} as const satisfies Thresholds;

const REAVERAGED = { reason: 'reaveraged', zh: '数采仪重新求平均：多个因子小幅、双向变化', en: 'averaged again by the logger: several factors changed a little, both ways' } as const;

const relative = (r: Revision): number => Math.abs(r.after - r.before) / Math.max(Math.abs(r.before), 1e-9);

function counts(ctx: Context, r: Revision, p: typeof DEFAULTS): boolean {
  if (r.field === 'min' || r.field === 'max' || isSentinel(r.before) || isSentinel(r.after)) return false;
  if (r.flagBefore !== 'NORMAL' || r.flagAfter !== 'NORMAL') return false;
  const q = ctx.reg.factors.find((f) => f.factor === r.factor)?.resolution ?? 0;
  return Math.abs(r.after - r.before) > Math.max(2 * q, p.minRelative * Math.abs(r.before));
}

/** Before the rewrite over the limit, after it no longer. */
function crosses(ctx: Context, r: Revision, p: typeof DEFAULTS): boolean {
  const field = { c: 'avg', zs: 'zsAvg' } as const;
  return ctx.reg.limits.some(
    (l) =>
      l.factor === r.factor && field[l.basis] === r.field && relative(r) > p.crossingRelative &&
      exceeds(r.before, l.limit) && !exceeds(r.after, l.limit),
  );
}

function findingOf(ctx: Context, list: readonly Revision[], p: typeof DEFAULTS): Finding {
  const crossing = list.filter((r) => crosses(ctx, r, p));
  const down = list.filter((r) => r.after < r.before).length;
  const share = down / list.length;
  const sizes = list.map(relative).sort((a, b) => a - b);
  const typical = sizes[Math.floor(sizes.length / 2)] as number;
  const reaveraged = crossing.length === 0 && typical < p.reaverageMedian;
  const firm = !reaveraged && share >= p.warnDownShare;
  const tier: Tier = crossing.length > 0 || (firm && down >= p.workOrderDown) ? 'WORK_ORDER' : firm && list.length >= p.warnCount ? 'WARN' : 'REMIND';
  const factors = [...new Set(list.map((r) => r.factor))].sort();
  const start = Math.min(...list.map((r) => r.start));
  const end = Math.max(...list.map((r) => r.start)) + HOUR;
  // The example shows what the sentence says: a crossing where there is one, else a rewrite in the direction of most.
  const sample = crossing[0] ?? list.find((r) => r.after < r.before === share >= 0.5) ?? (list[0] as Revision);
  const example = `${num(sample.before, 3)} → ${num(sample.after, 3)}`;
  const ups = list.length - down;
  const finding: Finding = {
    factors, start, end, tier, score: Math.max(crossing.length, list.length / p.warnCount),
    stats: { rewrites: list.length, downShare: share, crossings: crossing.length, medianChange: typical },
    text: {
      zh: `${spanText(start, end)} 有 ${list.length} 条已上报的${namesZh(factors)}小时值被改写，${down} 条改低、${ups} 条改高${crossing.length > 0 ? `，其中 ${crossing.length} 条由超标改为不超标` : '，没有由超标改为不超标的'}（如 ${example}）。`,
      en: `${list.length} hour values of ${namesEn(factors)} were rewritten (${spanText(start, end)}): ${down} lowered, ${ups} raised, ${crossing.length === 0 ? 'none' : crossing.length} from over to under the limit (e.g. ${example}).`,
    },
    clearedBy: [
      { zh: '数采仪固件重新求平均：所有因子小幅、双向变化', en: 'Logger firmware averaging again: all factors change a little, both ways' },
      { zh: '经审核的更正申请', en: 'A reviewed correction request' },
    ],
  };
  const both = share > 1 - p.warnDownShare && share < p.warnDownShare && factors.length > 1;
  return suppress(finding, reaveraged && both && list.length >= p.leastReaveraged ? REAVERAGED : undefined);
}

/** `model:A05` — the same hour sent twice with another value. */
export const a05: Model = {
  id: 'A05', version: '1.1.1',
  title: { zh: '同时刻重传改值', en: 'Rewritten record' },
  family: 'transport', trigger: 'hour', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H3', 'H9'],
  about: {
    zh: '同一 MN、DataTime、因子两次上报，差值大于 max(2 倍分辨率, 1%) 且两次均为正常标记；统计向下改写与跨越限值；多个因子小幅双向变化视为固件重新求平均，留存不报。',
    en: 'Two reports of one MN, DataTime and factor that differ by more than max(2 resolutions, 1 %), both flagged normal; counts downward rewrites and crossings of a limit; several factors that change a little both ways are firmware averaging again, kept but not raised.',
    source: 'A05, a method of this platform',
  },
  minimum: { days: 0, needs: [] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const recent = ctx.revisions.filter((r) => r.arrivedAfter <= ctx.now && r.arrivedAfter > ctx.now - p.windowDays * DAY);
    if (recent.length === 0) return notMet();
    const kept = recent.filter((r) => counts(ctx, r, p));
    if (kept.length === 0) return notMet('re-sent unchanged');
    const groups = union(kept.map((r) => ({ start: r.start, end: r.start + HOUR })), DAY);
    return conclude(groups.map((g) => findingOf(ctx, kept.filter((r) => r.start >= g.start && r.start < g.end), p)));
  },
};
