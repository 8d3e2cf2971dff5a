import { DAY, type FactorCode } from '#kernel';
import { benjaminiHochberg, normalTail, robustScale } from '../primitives/index.ts';
import type { Context, DailySummary, Finding, Model } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { nearResolution } from './parts/baseline.ts';
import { channelsOf, featuresOf, isOrdinary, middle, usualOf, type Feature } from './parts/daily-features.ts';
import { factorInfo, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings, tierOf } from './parts/outcomes.ts';
import { localDayStart } from './parts/window.ts';
import { num } from './parts/wording.ts';

const DEFAULTS = {
  minPeers: 8, minDays: 20, days: 30, z: 3.5, q: 0.01,
  /** Kinds of features, not features: five channels of one plant are not five facts. */
  remindKinds: 3, warnKinds: 4,
  /** Spreads among peers below this say more of the rounding than of the plants (ln, or a share). */
  leastSpread: 0.08, weekday: 1,
  /** Of a channel whose usual value is fewer steps of its print-out, nothing is compared. */
  leastResolutions: 10,
} as const satisfies Thresholds;

interface Apart {
  readonly feature: Feature;
  readonly z: number;
  readonly own: number;
  readonly peers: number;
}

function apartOf(own: readonly DailySummary[], peers: readonly (readonly DailySummary[])[], channels: readonly string[], p: typeof DEFAULTS): Apart[] {
  const found = featuresOf(channels).flatMap((feature): Apart[] => {
    const value = middle(own, feature);
    const theirs = peers.map((days) => middle(days, feature)).filter(Number.isFinite);
    if (!Number.isFinite(value) || theirs.length < p.minPeers) return [];
    const scale = robustScale(theirs);
    return [{ feature, own: value, peers: scale.median, z: (value - scale.median) / Math.max(scale.sigma, p.leastSpread) }];
  });
  const q = benjaminiHochberg(found.map((one) => 2 * normalTail(Math.abs(one.z))));
  return found.filter((one, i) => Math.abs(one.z) > p.z && (q[i] as number) < p.q);
}

/** Pollutants reported on most days, whose values are more than a few steps of the print-out. */
const comparable = (ctx: Context, own: readonly DailySummary[], p: typeof DEFAULTS): string[] =>
  channelsOf(own).filter((factor) => isPollutant(factor) && !nearResolution(ctx, factor as FactorCode, usualOf(own, factor), p.leastResolutions));

const ZH: Readonly<Record<Feature['name'], readonly [string, string]>> = {
  level: ['占限值比例', 'level'], cv: ['变异系数', 'variation'], lag1: ['自相关', 'autocorrelation'], tail: ['尖峰比', 'spikes'], jump: ['逐步跳动', 'step noise'],
  kwhPerKg: ['单位排放治污电耗', 'kWh per kg'], markShare: ['标记占比', 'share of marks'], flowShare: ['流量占设计比例', 'flow per design'],
};

function findingOf(ctx: Context, apart: readonly Apart[], days: number, peers: number, p: typeof DEFAULTS): Finding {
  const kinds = [...new Set(apart.map((one) => one.feature.name))].sort();
  const end = localDayStart(ctx.now);
  const told = [...apart].sort((a, b) => Math.abs(b.z) - Math.abs(a.z)).slice(0, 4);
  const list = (k: 0 | 1): string => told.map((one) => `${one.feature.factor === '' ? '' : `${k === 0 ? factorInfo(one.feature.factor).zh : factorInfo(one.feature.factor).en} `}${ZH[one.feature.name][k]} (z ${num(one.z, 1)})`).join(k === 0 ? '、' : ', ');
  return {
    factors: [...new Set(apart.map((one) => one.feature.factor).filter((f) => f !== ''))].sort() as FactorCode[], start: end - days * DAY, end,
    tier: tierOf(true, kinds.length >= p.warnKinds, false) ?? 'REMIND', score: kinds.length / p.remindKinds, stats: { kinds: kinds.join(), features: apart.length, peers, days },
    text: {
      zh: `与 ${peers} 个同行业排放口相比，本口近 ${days} 天在 ${kinds.length} 类特征上同时偏离：${list(0)}。`,
      en: `Against ${peers} outfalls of its trade this one was apart in ${kinds.length} kinds of features at once over ${days} days: ${list(1)}.`,
    },
    clearedBy: [{ zh: '行业领先的工艺或燃料：看环评与改造验收', en: 'Better technology or fuel than its trade: see the permit and acceptance papers' }],
  };
}

/** `model:G01` — apart from its trade in many ways at once. */
export const g01: Model = {
  id: 'G01', version: '1.1.0', title: { zh: '同业对标', en: 'Peer comparison' },
  family: 'external', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 720, params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '每周一次：近 30 天每日摘要的中位数（占限值比例、变异系数、自相关、尖峰比、逐步跳动、单位排放电耗、标记占比、流量比例）与 8 个以上同行业排放口的稳健 z 值比较，|z|>3.5 且 BH q<0.01；常值不足 10 个分辨率的因子不比；三类特征同时偏离提醒，四类警告，不单独成工单。',
    en: 'Once a week: medians of 30 daily summaries (level, variation, autocorrelation, spikes, step noise, kWh per kg, marks, flow) as robust z among eight or more outfalls of the trade, |z| > 3.5 and BH q < 0.01; no factor whose usual value is under ten resolutions; three kinds at once remind, four warn, never a work order by itself.',
    source: 'G01, a method of this platform: U04 resolution, U05 robust scale, U13 exact tests',
  },
  minimum: { days: 0, needs: [{ of: 'ownDays', atLeast: 20 }, { of: 'peers', atLeast: 8 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if ((Math.floor((localDayStart(ctx.now) + 8 * 3_600_000) / DAY) + 3) % 7 !== p.weekday - 1) return notMet('asked once a week');
    const of = (days: readonly DailySummary[], back: number): DailySummary[] => days.filter((day) => day.at > ctx.now - (back + 1) * DAY && isOrdinary(day));
    const own = of(ctx.ownDays, p.days);
    const peers = ctx.peers.filter((peer) => peer.relations.includes('industry')).map((peer) => peer.days).filter((days) => of(days, p.days).length >= p.minDays);
    if (own.length < p.minDays) return cannotTell('fewer than twenty ordinary days of its own', ['30 days']);
    if (peers.length < p.minPeers) return cannotTell('fewer than eight comparable outfalls', ['outfalls of the same trade']);
    const channels = comparable(ctx, own, p);
    const apart = apartOf(own, peers.map((days) => of(days, p.days)), channels, p);
    const kinds = new Set(apart.map((one) => one.feature.name)).size;
    if (kinds < p.remindKinds) return notMet();
    // Where the newest week shows it by itself, it is told of that week.
    const week = of(ctx.ownDays, 7);
    const recent = week.length >= 4 ? apartOf(week, peers.map((days) => of(days, p.days)), channels, p) : [];
    const short = new Set(recent.map((one) => one.feature.name)).size >= p.remindKinds;
    return conclude([findingOf(ctx, short ? recent : apart, short ? 7 : p.days, peers.length, p)]);
  },
};
