import { DAY, type FactorCode } from '#kernel';
import { isolationForest, median, robustScale, type IsolationForest } from '../primitives/index.ts';
import type { Context, DailySummary, Finding, Model, Peer } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { channelsOf, featuresOf, isOrdinary, type Feature } from './parts/daily-features.ts';
import { explain, suppress } from './parts/explanations.ts';
import { factorInfo, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { localDayStart } from './parts/window.ts';
import { num } from './parts/wording.ts';

const DEFAULTS = {
  remind: 0.66, warn: 0.68, warnDays: 2,
  /** Above the most unusual day of the learning time itself. */
  aboveOwn: 0.04, minDays: 40, distanceDays: 2, seed: 20260301, trees: 100, sample: 256,
  /** Days of the trade that the forest learns as well, each against its own usual: so many outfalls, so many days of each. */
  mostSiblings: 8, peerDays: 30,
} as const satisfies Thresholds;

interface Learned {
  readonly forest: IsolationForest;
  readonly features: readonly Feature[];
  readonly usual: readonly number[];
  readonly scale: readonly number[];
  /** Score of the most unusual day that was learned from. */
  readonly most: number;
}

const vectorOf = (day: DailySummary, l: Pick<Learned, 'features' | 'usual' | 'scale'>): number[] =>
  l.features.map((feature, f) => {
    const v = (feature.of(day) - (l.usual[f] as number)) / (l.scale[f] as number);
    // An unknown value is a usual one: what is missing is the business of other models.
    return Number.isFinite(v) ? Math.max(-8, Math.min(8, v)) : 0;
  });

/** What is usual in the trade: ordinary days of comparable outfalls, each against its own middle and spread. */
function rowsOfTrade(peers: readonly Peer[], channels: readonly string[], features: readonly Feature[], p: typeof DEFAULTS): number[][] {
  const able = peers.filter((peer) => channels.every((c) => channelsOf(peer.days).includes(c)));
  return able.slice(0, p.mostSiblings).flatMap((peer) => {
    const days = peer.days.filter(isOrdinary);
    if (days.length < p.minDays) return [];
    const own = scaleOf(days, features);
    return days.slice(-p.peerDays).map((day) => vectorOf(day, own));
  });
}

const scaleOf = (days: readonly DailySummary[], features: readonly Feature[]): Pick<Learned, 'features' | 'usual' | 'scale'> => ({
  features, usual: features.map((f) => median(days.map(f.of))), scale: features.map((f) => Math.max(robustScale(days.map(f.of)).sigma, 0.02)),
});

function learn(days: readonly DailySummary[], peers: readonly Peer[], p: typeof DEFAULTS): Learned | undefined {
  const channels = channelsOf(days).filter(isPollutant);
  const features = featuresOf(channels).filter((f) => f.name !== 'markShare' && days.filter((d) => Number.isFinite(f.of(d))).length >= 0.8 * days.length);
  if (features.length < 4) return undefined;
  const own = scaleOf(days, features);
  const rows = days.map((day) => vectorOf(day, own));
  const forest = isolationForest([...rows, ...rowsOfTrade(peers, channels, features, p)], { trees: p.trees, sample: p.sample, seed: p.seed });
  return forest === undefined ? undefined : { forest, ...own, most: Math.max(...rows.map((row) => forest.score(row))) };
}

/** How much less unusual the day would be with one feature at its middle. */
function blame(day: DailySummary, l: Learned): { feature: Feature; drop: number; z: number }[] {
  const vector = vectorOf(day, l);
  const score = l.forest.score(vector);
  return l.features.map((feature, f) => ({ feature, z: vector[f] as number, drop: score - l.forest.score(vector.map((v, i) => (i === f ? 0 : v))) })).sort((a, b) => b.drop - a.drop);
}

function findingOf(ctx: Context, day: DailySummary, score: number, run: number, l: Learned, p: typeof DEFAULTS): Finding {
  const reasons = blame(day, l).slice(0, 3);
  const end = localDayStart(day.at);
  const name = (r: (typeof reasons)[number], zh: boolean): string => {
    const of = r.feature.factor === '' ? '' : `${zh ? factorInfo(r.feature.factor).zh : factorInfo(r.feature.factor).en} `;
    return `${of}${r.feature.name} (${num(r.z, 1)}σ)`;
  };
  const finding: Finding = {
    factors: [...new Set(reasons.map((r) => r.feature.factor).filter((f) => f !== ''))].sort() as FactorCode[], start: end - DAY * run, end,
    tier: score > p.warn && run >= p.warnDays ? 'WARN' : 'REMIND', score: score / p.remind,
    stats: { score, mostLearned: l.most, days: run, reasons: reasons.map((r) => `${r.feature.factor}.${r.feature.name}`).join() },
    text: {
      zh: `该日多项特征合起来与本口 60 天常态不同（孤立度 ${num(score, 2)}，学习期最高 ${num(l.most, 2)}），主要因：${reasons.map((r) => name(r, true)).join('、')}。`,
      en: `The day as a whole was unlike the 60 before (isolation ${num(score, 2)}, ${num(l.most, 2)} at most while learning), mainly by ${reasons.map((r) => name(r, false)).join(', ')}.`,
    },
    clearedBy: [{ zh: '新的工况或产品：看生产记录', en: 'A new way of running or another product: see the production record' }],
  };
  return suppress(finding, explain(ctx, finding, finding.factors, ['filed-change', 'order', 'instrument-work', 'stop-mark', 'rain']));
}

/** `model:G08` — a day unlike the outfall's own days, whatever it is that is unlike. */
export const g08: Model = {
  id: 'G08', version: '1.1.0', title: { zh: '多元孤立森林', en: 'Multivariate isolation forest' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 72, params: DEFAULTS, legalHooks: [],
  about: {
    zh: '每日特征（各污染物水平、变异、自相关、尖峰、跳动，单位排放电耗，流量）在本口 40–70 个平常日及同行业排放口（最多 8 个、各 30 日，按各自常态归一）上训练孤立森林（100 棵、固定种子）；孤立度超 0.66 且高于学习期最高值 0.04 提醒，连续两日超 0.68 警告，不单独成工单。工况不同的日子不判。',
    en: 'Features of a day (level, variation, autocorrelation, spikes and jumps of each pollutant, kWh per kg, flow) in an isolation forest (100 trees, fixed seed) grown on 40–70 ordinary days of the outfall and on those of the trade (eight at most, 30 days each, against their own usual): above 0.66 and 0.04 above anything learned reminds, two days above 0.68 warn, never a work order by itself. Days of another regime are not judged.',
    source: 'G08, a method of this platform: U17 isolation forest',
  },
  minimum: { days: 0, needs: [{ of: 'ownDays', atLeast: 42 }] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const days = ctx.ownDays;
    const newest = days.at(-1);
    if (newest === undefined || newest.at < ctx.now - 2 * DAY) return cannotTell('no summary of yesterday', ['own days']);
    if (!isOrdinary(newest)) return cannotTell('abstained: standstill, marks or too few data on the day', ['an ordinary day']);
    const past = days.filter((day) => day.at < newest.at - p.distanceDays * DAY && isOrdinary(day));
    if (past.length < p.minDays) return cannotTell('fewer than forty ordinary days', ['60 days']);
    const learned = learn(past, ctx.trade.peers, p);
    if (learned === undefined) return cannotTell('too few features', ['pollutants']);
    const score = learned.forest.score(vectorOf(newest, learned));
    if (score <= Math.max(p.remind, learned.most + p.aboveOwn)) return notMet();
    const before = days.at(-2);
    const again = before !== undefined && isOrdinary(before) && learned.forest.score(vectorOf(before, learned)) > p.warn;
    return conclude([findingOf(ctx, newest, score, again ? 2 : 1, learned, p)]);
  },
};
