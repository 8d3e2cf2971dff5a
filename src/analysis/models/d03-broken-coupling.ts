import type { FactorCode } from '#kernel';
import { correlation, principalAxes, quantile, residualOutside, robustScale, sortedFinite } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { BASELINE_DISTANCE_DAYS, tainted } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { FLUE_TEMPERATURE, GAS_FLOW, isAnalyser, isPollutant, O2, WATER_FLOW } from './parts/factors.ts';
import { hourValues, lastHourEnd } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { finiteCount } from './parts/signal.ts';
import { DAY, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const LOAD = 'load' as const;
type Channel = FactorCode | typeof LOAD;

const DEFAULTS = {
  remind: 4, warn: 5, workOrder: 6, workOrderPairs: 2,
  /** Pairs that hardly know each other cannot forget each other. */
  leastUsual: 0.5, ownLargest: 1.25, ownDrop: 0.15, windowHours: 72, learnDays: 30, minHours: 360, varianceKept: 0.95,
  qHours: 24, qShare: 0.5, leastSpread: 0.5,
  /** Hours whose load lies this many sigma from the middle teach nothing and are not judged. */
  loadRange: 3, leastInRange: 0.6,
} as const satisfies Thresholds;

/** Channels worth comparing, in a fixed order; analysers of water only where they sample every hour. */
const channelsOf = (ctx: Context): Channel[] => [
  LOAD, ...[O2, GAS_FLOW, FLUE_TEMPERATURE, WATER_FLOW].filter((f) => ctx.hour(f) !== undefined),
  ...ctx.factors.filter((f) => isPollutant(f) && (!isAnalyser(f) || ctx.reg.analysisCycleHours === 1)),
];

const LOGGED = (c: Channel): boolean => c !== O2 && c !== FLUE_TEMPERATURE;

/** ln of the channel (plain for oxygen and temperature), hour by hour while running. */
function valuesOf(ctx: Context, c: Channel, start: number, hours: number): Float64Array {
  const raw = c === LOAD ? powerHours(ctx, 'production', start, hours) : hourValues(ctx, c, start, hours);
  return LOGGED(c) ? raw.map((v) => (v > 0 ? Math.log(v) : Number.NaN)) : raw;
}

/** Values pulled in to ± 3.5 robust sigma: a rank correlation's calm without its cost. */
function winsorised(values: Float64Array): { z: Float64Array; centre: number; sigma: number } {
  const { median: centre, sigma } = robustScale(values);
  return { z: values.map((v) => Math.max(-3.5, Math.min(3.5, (v - centre) / sigma))), centre, sigma };
}

interface Learned {
  /** Blanks the hours of a channel in which the load was not the usual one. */
  readonly inRange: (values: Float64Array, load: Float64Array) => Float64Array;
  readonly channels: readonly Channel[];
  readonly series: readonly { readonly z: Float64Array; readonly centre: number; readonly sigma: number }[];
  /** Usual correlations of the pairs that have one, and the product of the lag-1 autocorrelations. */
  readonly pairs: readonly { readonly i: number; readonly j: number; readonly usual: number; readonly memory: number }[];
}

/** Without a meter every hour counts as usual. */
function usualLoad(load: Float64Array, p: typeof DEFAULTS): Learned['inRange'] {
  if (finiteCount(load) < p.minHours) return (values) => values;
  const { median: centre, sigma } = robustScale(load);
  return (values, now) => values.map((v, h) => (Math.abs((now[h] as number) - centre) <= p.loadRange * sigma ? v : Number.NaN));
}

function learn(ctx: Context, p: typeof DEFAULTS): Learned | undefined {
  const end = localDayStart(ctx.now) - BASELINE_DISTANCE_DAYS * DAY - p.windowHours * HOUR;
  const start = Math.max(end - p.learnDays * DAY, ctx.state.t0);
  const hours = Math.round((end - start) / HOUR);
  if (hours < p.minHours) return undefined;
  const load = valuesOf(ctx, LOAD, start, hours);
  const inRange = usualLoad(load, p);
  const channels: Channel[] = [];
  const series: { z: Float64Array; centre: number; sigma: number }[] = [];
  for (const c of channelsOf(ctx)) {
    const values = inRange(valuesOf(ctx, c, start, hours), load);
    for (const t of c === LOAD ? [] : tainted(ctx, c)) {
      values.fill(Number.NaN, Math.max(0, Math.floor((t.start - start) / HOUR)), Math.max(0, Math.ceil((t.end - start) / HOUR)));
    }
    if (finiteCount(values) < p.minHours || robustScale(values).mad === 0) continue;
    channels.push(c);
    series.push(winsorised(values));
  }
  const lag1 = series.map(({ z }) => correlation(z, z, 0, z.length, 1));
  const pairs: { i: number; j: number; usual: number; memory: number }[] = [];
  for (let i = 0; i < channels.length; i++) {
    for (let j = i + 1; j < channels.length; j++) {
      const [x, y] = [series[i]?.z ?? [], series[j]?.z ?? []];
      const usual = correlation(x, y);
      if (!(Math.abs(usual) >= p.leastUsual)) continue;
      // Half of the time each must show it too: a few days of another regime can feign a relation.
      const halves = [correlation(x, y, 0, x.length >> 1), correlation(x, y, x.length >> 1)].map((r) => r * Math.sign(usual));
      if (halves.every((r) => r >= 0.8 * p.leastUsual)) pairs.push({ i, j, usual, memory: Math.max(0, (lag1[i] ?? 0) * (lag1[j] ?? 0)) });
    }
  }
  return { channels, series, pairs, inRange };
}

interface Break {
  readonly a: Channel;
  readonly b: Channel;
  readonly usual: number;
  readonly now: number;
  readonly statistic: number;
}

/** A narrower range lowers a correlation without any lie: what the usual one becomes under the spread of the window. */
const restricted = (r: number, spread: number): number => (r * spread) / Math.sqrt(1 - r * r + r * r * spread * spread);

/** How far the correlation fell below what it should be here, in standard errors with the hours that are really new. */
function breakOf(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number, pair: Learned['pairs'][number]): { now: number; statistic: number; spread: number } {
  const now = correlation(x, y, from, to);
  const part = (v: ArrayLike<number>): number => robustScale(Array.prototype.slice.call(v, from, to) as number[]).sigma;
  const spread = Math.min(1, part(x), part(y));
  const expected = Math.abs(restricted(pair.usual, spread));
  let n = 0;
  for (let k = from; k < to; k++) if (Number.isFinite(x[k] as number) && Number.isFinite(y[k] as number)) n++;
  const effective = (n * (1 - pair.memory)) / (1 + pair.memory);
  if (!Number.isFinite(now) || effective < 8) return { now, statistic: Number.NaN, spread };
  const signed = Math.sign(pair.usual) * now;
  const z = Math.atanh(Math.min(0.999, expected)) - Math.atanh(Math.max(-0.999, Math.min(0.999, signed)));
  return { now, statistic: z * Math.sqrt(effective - 3), spread };
}

/** Largest break of this pair in windows of the same length in its own history. Only asked for when something looks broken. */
function ownLargest(l: Learned, pair: Learned['pairs'][number], width: number): number {
  const x = l.series[pair.i]?.z ?? new Float64Array(0);
  const y = l.series[pair.j]?.z ?? new Float64Array(0);
  let largest = 0;
  for (let i = 0; i + width <= x.length; i += 12) {
    const { statistic } = breakOf(x, y, i, i + width, pair);
    if (statistic > largest) largest = statistic;
  }
  return largest;
}

/** Hours of the last day in which the vector of all channels left the usual combinations (PCA-Q above its 99.9 % point). */
function strangeHours(l: Learned, now: readonly Float64Array[], p: typeof DEFAULTS): number {
  const matrix = l.series.map((a) => l.series.map((b) => (a === b ? 1 : correlation(a.z, b.z))));
  const residual = residualOutside(principalAxes(matrix), p.varianceKept);
  const usual: number[] = [];
  for (let h = 0; h < (l.series[0]?.z.length ?? 0); h++) usual.push(residual(l.series.map((s) => s.z[h] as number)));
  const limit = quantile(sortedFinite(usual), 0.999);
  let n = 0;
  const length = now[0]?.length ?? 0;
  for (let h = Math.max(0, length - p.qHours); h < length; h++) if (residual(now.map((z) => z[h] as number)) > limit) n++;
  return n;
}

const nameZh = (c: Channel): string => (c === LOAD ? '生产负荷' : namesZh([c]));
const nameEn = (c: Channel): string => (c === LOAD ? 'production power' : namesEn([c]));

function conclusion(ctx: Context, broken: readonly Break[], strange: number, p: typeof DEFAULTS): Finding {
  const worst = broken.reduce((a, b) => (b.statistic > a.statistic ? b : a));
  const strong = broken.filter((b) => b.statistic > p.workOrder);
  const tier: Tier = strong.length >= p.workOrderPairs && strange >= p.qShare * p.qHours ? 'WORK_ORDER' : worst.statistic > p.warn ? 'WARN' : 'REMIND';
  const factors = [...new Set(broken.flatMap((b) => [b.a, b.b]))].filter((c): c is FactorCode => c !== LOAD).sort();
  const end = lastHourEnd(ctx);
  const start = end - p.windowHours * HOUR;
  const finding: Finding = {
    factors, start, end, tier, score: worst.statistic / p.remind,
    stats: { statistic: worst.statistic, usual: worst.usual, now: worst.now, pairs: broken.length, strangeHours: strange },
    text: {
      zh: `${spanText(start, end)} ${nameZh(worst.a)}与${nameZh(worst.b)}的相关系数由惯常 ${num(worst.usual)} 变为 ${num(worst.now)}（偏离 ${num(worst.statistic, 1)} 个标准误，共 ${broken.length} 对因子失去关联，近 24 小时有 ${strange} 小时整体组合异常）。`,
      en: `The correlation of ${nameEn(worst.a)} with ${nameEn(worst.b)} went from its usual ${num(worst.usual)} to ${num(worst.now)} (${spanText(start, end)}; ${num(worst.statistic, 1)} standard errors, ${broken.length} pairs apart, ${strange} h of the last 24 outside the usual combinations).`,
    },
    clearedBy: [
      { zh: '从未出现过的负荷或工况', en: 'A load or regime never seen before' },
      { zh: '流量计、氧表校准或故障', en: 'Calibration or fault of the flow meter or oxygen cell' },
    ],
  };
  return suppress(finding, explain(ctx, { start: start - 12 * HOUR, end }, factors, ['filed-change', 'instrument-work', 'order', ...(ctx.reg.type === 'water' ? ['rain' as const] : [])]));
}

/** `model:D03` — channels that used to move together and no longer do. */
export const d03: Model = {
  id: 'D03', version: '1.0.0',
  title: { zh: '多因子关系破裂', en: 'Broken coupling' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 72,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '30 天小时值（取对数、去极值）两两相关，惯常 |r| ≥ 0.5 的因子对近 72 小时的相关下降：|atanh r − atanh r₀|·√(n有效 − 3)，r₀ 按窗口变化幅度折减，n有效 按一阶自相关折减，且超过本站历史最大；另算主成分（95% 方差）残差 Q。负荷超出学习范围不判。',
    en: 'Pairwise correlations of 30 days of hours (ln, winsorised); for pairs with a usual |r| of 0.5 or more the fall over 72 h: |atanh r − atanh r₀|·√(n_eff − 3), r₀ reduced for the spread of the window, n_eff for lag-1, and beyond the largest own; also Q outside the principal axes with 95 % of the variance. Loads outside the learned range are not judged.',
    source: 'D03, a method of this platform: abstains outside what was learnt',
  },
  minimum: { days: 21, needs: ['hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const learned = learn(ctx, p);
    if (learned === undefined || learned.channels.length < 3) return cannotTell('no baseline yet, or too few channels', ['15 days of running hours of three channels']);
    if (learned.pairs.length === 0) return cannotTell('no two channels of this outfall move together');
    const start = lastHourEnd(ctx) - p.windowHours * HOUR;
    const loadNow = valuesOf(ctx, LOAD, start, p.windowHours);
    const now = learned.channels.map((c, k) => {
      const { centre, sigma } = learned.series[k] as Learned['series'][number];
      return learned.inRange(valuesOf(ctx, c, start, p.windowHours), loadNow).map((v) => Math.max(-6, Math.min(6, (v - centre) / sigma)));
    });
    if (now.every((z) => finiteCount(z) < p.leastInRange * p.windowHours)) return cannotTell('load outside the learned range or not running');
    const broken = learned.pairs.flatMap((pair): Break[] => {
      const { now: r, statistic, spread } = breakOf(now[pair.i] ?? [], now[pair.j] ?? [], 0, p.windowHours, pair);
      if (!(statistic > p.remind) || spread < p.leastSpread || statistic < p.ownLargest * ownLargest(learned, pair, p.windowHours)) return [];
      return [{ a: learned.channels[pair.i] as Channel, b: learned.channels[pair.j] as Channel, usual: pair.usual, now: r, statistic }];
    });
    return broken.length === 0 ? notMet() : conclude([conclusion(ctx, broken, strangeHours(learned, now, p), p)]);
  },
};
