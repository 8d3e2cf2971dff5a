import { DAY, type FactorCode } from '#kernel';
import { randomForest } from '../primitives/index.ts';
import type { Context, DailySummary, Finding, Model } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { foundBy } from './parts/corroboration.ts';
import { channelsOf, featuresOf, isOrdinary, type Feature } from './parts/daily-features.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { localDayStart } from './parts/window.ts';
import { percent } from './parts/wording.ts';

const DEFAULTS = {
  minDays: 40, weekDays: 7, mostSiblings: 10, remindOwn: 0.15, warnOwn: 0.25, warnSibling: 0.6,
  /** The week before must have been recognised, or the classifier does not know the outfall. */
  heldOut: 0.6, trees: 100, depth: 12, seed: 20260302, weekday: 1,
} as const satisfies Thresholds;

interface Week {
  /** Mean probability by class; class 0 is the outfall itself. */
  readonly newest: readonly number[];
  readonly before: readonly number[];
}

const finite = (features: readonly Feature[], day: DailySummary): number[] | undefined => {
  const row = features.map((f) => f.of(day));
  return row.every(Number.isFinite) ? row : undefined;
};

function meanOf(rows: readonly (readonly number[])[]): readonly number[] {
  const first = rows[0] ?? [];
  return first.map((_, c) => rows.reduce((sum, row) => sum + (row[c] as number), 0) / rows.length);
}

/** Trained on everything older than two weeks; the week before last but one shows whether it knows the outfall. */
function weekOf(ctx: Context, all: readonly (readonly DailySummary[])[], features: readonly Feature[], p: typeof DEFAULTS): Week | undefined {
  const cut = ctx.now - (2 * p.weekDays + 1) * DAY;
  const rows: number[][] = [];
  const classes: number[] = [];
  for (const [c, days] of all.entries()) {
    for (const day of days) {
      const row = day.at < cut && isOrdinary(day) ? finite(features, day) : undefined;
      if (row === undefined) continue;
      rows.push(row);
      classes.push(c);
    }
  }
  const forest = randomForest({ rows, classes }, { trees: p.trees, depth: p.depth, seed: p.seed });
  if (forest === undefined || classes.filter((c) => c === 0).length < p.minDays) return undefined;
  const votes = (from: number, to: number): readonly (readonly number[])[] =>
    (all[0] ?? []).filter((day) => day.at > from && day.at <= to && isOrdinary(day)).flatMap((day) => {
      const row = finite(features, day);
      return row === undefined ? [] : [forest.probabilities(row)];
    });
  const [newest, before] = [votes(ctx.now - (p.weekDays + 1) * DAY, ctx.now), votes(cut, ctx.now - (p.weekDays + 1) * DAY)];
  return newest.length < 5 || before.length < 5 ? undefined : { newest: meanOf(newest), before: meanOf(before) };
}

/** `model:G09` — a week that is not recognised as this outfall's own. */
export const g09: Model = {
  id: 'G09', version: '1.0.0', title: { zh: '排放模式改变', en: 'Emission pattern change' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 168, params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '每周一次，以两周前的每日特征训练随机森林（100 棵、深度 12、固定种子）辨认“这是哪个排放口”：上一周能认出而本周自认概率低于 0.15 提醒；低于 0.25 且 0.6 以上认作某一兄弟排放口警告；另有 C09 时方请求工单（仍须佐证）。',
    en: 'Once a week a random forest (100 trees, depth 12, fixed seed) grown on days older than two weeks is asked "which outfall is this?": a week recognised below 0.15 after one that was recognised reminds; below 0.25 and taken for one sibling at 0.6 warns; with C09 it asks for a work order, which still needs corroboration.',
    source: 'G09, a method of this platform',
  },
  minimum: { days: 0, needs: [{ of: 'ownDays', atLeast: 50 }, { of: 'peers', atLeast: 2 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if ((Math.floor((localDayStart(ctx.now) + 8 * 3_600_000) / DAY) + 3) % 7 !== p.weekday - 1) return notMet('asked once a week');
    const ordinary = ctx.ownDays.filter(isOrdinary);
    if (ordinary.length < p.minDays + 10) return cannotTell('fewer than eight weeks of its own', ['8 weeks']);
    const channels = channelsOf(ordinary).filter(isPollutant);
    const siblings = ctx.peers.filter((peer) => channels.every((c) => channelsOf(peer.days).includes(c)) && peer.days.filter(isOrdinary).length >= p.minDays).slice(0, p.mostSiblings);
    if (siblings.length < 2) return cannotTell('fewer than two siblings with the same pollutants', ['siblings']);
    const features = featuresOf(channels, ['cv', 'lag1', 'jump', 'level']).filter((f) => f.factor !== '' && ordinary.every((day) => Number.isFinite(f.of(day))));
    if (features.length < 4) return cannotTell('too few features', ['pollutants with limits']);
    const week = weekOf(ctx, [ctx.ownDays, ...siblings.map((peer) => peer.days)], features, p);
    if (week === undefined) return cannotTell('too few ordinary days in the last two weeks', ['14 days']);
    const own = week.newest[0] as number;
    const taken = week.newest.slice(1).reduce((best, share, i) => (share > best.share ? { share, i } : best), { share: 0, i: -1 });
    const mistaken = own < p.warnOwn && taken.share >= p.warnSibling;
    if ((week.before[0] as number) < p.heldOut || !(own < p.remindOwn || mistaken)) return notMet();
    const end = localDayStart(ctx.now);
    const start = end - p.weekDays * DAY;
    const sibling = siblings[taken.i];
    const finding: Finding = {
      factors: channels as FactorCode[], start, end, tier: tierOf(true, mistaken, mistaken && foundBy(ctx, ['C09'], start, end)) ?? 'REMIND', score: p.warnOwn / Math.max(own, 0.01),
      stats: { own, weekBefore: week.before[0] as number, takenFor: sibling?.outfall ?? '', share: taken.share, siblings: siblings.length },
      text: {
        zh: `近一周的排放特征只有 ${percent(own, 0)} 像本口（前一周 ${percent(week.before[0] as number, 0)}）${mistaken ? `，${percent(taken.share, 0)} 被认作 ${sibling?.name ?? ''} ${sibling?.outfall ?? ''}` : ''}。`,
        en: `The week's pattern is recognised as this outfall's own by ${percent(own, 0)} only (${percent(week.before[0] as number, 0)} the week before)${mistaken ? `; ${percent(taken.share, 0)} take it for ${sibling?.outfall ?? ''} of ${sibling?.name ?? ''}` : ''}.`,
      },
      clearedBy: [{ zh: '产品、原料或燃料变更：看生产记录', en: 'Another product, raw material or fuel: see the production record' }],
    };
    return conclude([suppress(finding, explain(ctx, finding, finding.factors, ['filed-change', 'order', 'stop-mark', 'rain']))]);
  },
};
