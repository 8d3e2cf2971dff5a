import type { FactorCode } from '#kernel';
import { AIR_OXYGEN, caliper, excessMass, mannWhitney, mean, poissonAtMost, type Caliper, type ExcessMass } from '../primitives/index.ts';
import type { Context, DailySummary, Finding, HourSeries, Limit, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { amongPeers, lastDays } from './parts/among-peers.ts';
import { explain, suppress } from './parts/explanations.ts';
import { O2 } from './parts/factors.ts';
import { densest, fullest } from './parts/hour-values.ts';
import { judgedValue } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  caliperWidth: 0.05,
  /** [C] caliper z 2.3 at 0.002 windows per factor-month. */
  remindCaliper: 2.4,
  warnExcess: 3, warnMissing: 0.6, workOrderExcess: 4, workOrderMissing: 0.8, workOrderInBand: 30,
  /** Values above the limit so few, against what the falling slope below it promises, only with this chance. */
  cliffP: 1e-5, minBand: 12,
  /** A wall leaves hardly any value above it: share of those below that may stand there, and of those a smooth density wants. */
  mostAbove: 0.25, leastMissing: 0.3,
  /** A work order wants more bunching than this quantile of so many outfalls of the trade. */
  peerQuantile: 0.99, minPeers: 8,
  steeringP: 1e-3, steeringHours: 12, steeringFrom: 0.95, steeringMinute: 40,
} as const satisfies Thresholds;

/** A short steering spell drowns in a month, so shorter windows are looked at as well. */
const WINDOW_DAYS = [10, 20, 30] as const;
const SHOWN_HOURS = 7 * 24 - 1;

function valuesOf(ctx: Context, limit: Limit, series: HourSeries, from: number, to: number): Float64Array {
  const out = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  for (let i = Math.max(0, from); i < to; i++) {
    if (series.flag[i] === NORMAL && runningAt(ctx, series.t0 + i * HOUR)) out[i - from] = judgedValue(ctx, series, i, limit);
  }
  return out;
}

const within = (values: Float64Array, low: number, high: number): number => {
  let n = 0;
  for (const v of values) if (v > low && v <= high) n++;
  return n;
};

/**
 * Chance of as few values just above the limit as were seen. Expected are as many as the decline over the two bands
 * below promises (a tail that bends down as a normal one does falls by the square of the ratio at most).
 */
function cliff(values: Float64Array, limit: number, q: number): number {
  const cut = limit + q / 2;
  const [n0, n1, n2] = [within(values, 0.85 * cut, 0.9 * cut), within(values, 0.9 * cut, 0.95 * cut), within(values, 0.95 * cut, cut)];
  const ratio = Math.min(1, n2 / Math.max(1, n1));
  const bend = Math.min(1, n1 / Math.max(1, n0));
  const expected = n2 * ratio * Math.min(1, ratio / Math.max(bend, ratio));
  return poissonAtMost(within(values, cut, 1.05 * cut), expected);
}

interface Bunch {
  readonly days: number;
  readonly band: Caliper;
  readonly mass: ExcessMass | undefined;
  readonly chance: number;
  readonly start: number;
  readonly end: number;
}

/** Share of the values a smooth density wants just above the limit that are not there; 1 where none can be said. */
const missingShare = (mass: ExcessMass | undefined): number => (mass === undefined || mass.expectedAbove < 1 ? 1 : mass.missing / mass.expectedAbove);

/** Where hours near the limit (1, others 0) lie closest: of the fullest days that a person looks at, what is at least half as crowded to its ends. */
function crowded(near: Float64Array): { readonly from: number; readonly to: number } {
  const places = [...near.keys()].filter((i) => near[i] === 1);
  const { first, last } = densest(places, SHOWN_HOURS);
  const known = near.subarray(first, last + 1);
  const { from, to } = fullest(known, mean(known) / 2);
  return { from: first + from, to: first + to };
}

function bunchOf(limit: Limit, month: Float64Array, t0: number, days: number, q: number, p: typeof DEFAULTS): Bunch | undefined {
  const from = month.length - days * 24;
  if (from < 0) return undefined;
  const values = month.subarray(from);
  const max = Number(limit.limit);
  const band = caliper(values, max, p.caliperWidth, q);
  if (band.below < p.minBand || !(band.z >= p.remindCaliper)) return undefined;
  const chance = cliff(values, max, q);
  const mass = excessMass(values, max, q);
  if (chance >= p.cliffP || band.above > p.mostAbove * band.below || missingShare(mass) < p.leastMissing) return undefined;
  const near = values.map((v) => (Number.isNaN(v) ? v : Number(v >= 0.93 * max && v <= max + q / 2)));
  const span = crowded(near);
  return { days, band, mass, chance, start: t0 + (from + span.from) * HOUR, end: t0 + (from + span.to) * HOUR };
}

interface Steering {
  readonly steered: number[];
  readonly others: number[];
}

/**
 * ln change of the last twenty minutes against the first forty, per hour. High hours fall back by themselves; so they
 * are compared with hours that stood as high over the three hours before, but far below the limit.
 */
function slopes(ctx: Context, limit: Limit, series: HourSeries, step: StepSeries, oxygen: StepSeries | undefined, p: typeof DEFAULTS): Steering {
  const out: Steering = { steered: [], others: [] };
  const max = Number(limit.limit);
  const to = endedAt(series, ctx.now);
  const cut = Math.round((p.steeringMinute * 60_000) / step.stepMs);
  const perHour = Math.round(HOUR / step.stepMs);
  const ref = ctx.reg.o2Ref ?? AIR_OXYGEN;
  const judged = (k: number): number => {
    if (step.flag[k] !== NORMAL) return Number.NaN;
    return limit.basis === 'c' || oxygen === undefined
      ? (step.avg[k] as number)
      : ((step.avg[k] as number) * (AIR_OXYGEN - ref)) / (AIR_OXYGEN - (oxygen.avg[k] as number));
  };
  for (let i = Math.max(3, to - 30 * 24); i < to; i++) {
    const before = mean([series.zsAvg[i - 1] as number, series.zsAvg[i - 2] as number, series.zsAvg[i - 3] as number]);
    const first = clampedIndex(step, timeAt(series, i));
    const head = mean(Float64Array.from({ length: cut }, (_, k) => judged(first + k)));
    if (!(head > 1.03 * before) || !runningAt(ctx, timeAt(series, i))) continue;
    const tail = mean(Float64Array.from({ length: perHour - cut }, (_, k) => judged(first + cut + k)));
    if (!(tail > 0)) continue;
    if (head > p.steeringFrom * max && head < 1.15 * max) out.steered.push(Math.log(tail / head));
    else if (head < 0.85 * max) out.others.push(Math.log(tail / head));
  }
  return out;
}

function steeringOf(ctx: Context, limit: Limit, series: HourSeries, p: typeof DEFAULTS): { n: number; z: number; chance: number } | undefined {
  const step = ctx.step(limit.factor);
  if (limit.period !== 'hour' || step === undefined || step.stepMs > HOUR / 6) return undefined;
  const s = slopes(ctx, limit, series, step, ctx.step(O2), p);
  if (s.steered.length < p.steeringHours || s.others.length < 2 * p.steeringHours) return undefined;
  const { z, p: chance } = mannWhitney(s.steered, s.others);
  return z < 0 ? { n: s.steered.length, z, chance } : undefined;
}

/** Caliper z of what an outfall told of its hours near the limit. */
function toldCaliper(days: readonly DailySummary[], factor: FactorCode): number {
  const near = days.flatMap((day) => day.factors.find((one) => one.factor === factor)?.near ?? []);
  if (near.length === 0) return Number.NaN;
  const [below, above] = [0, 1].map((side) => near.reduce((sum, n, i) => (i % 2 === side ? sum + n : sum), 0)) as [number, number];
  return below + above === 0 ? 0 : (below - above) / Math.sqrt(below + above);
}

/** More bunching than nearly all of the trade, where enough of them can be compared: a work order wants it. */
function beyondTrade(ctx: Context, factor: FactorCode, bunch: Bunch, p: typeof DEFAULTS): boolean {
  const peers = amongPeers(ctx, p.minPeers, (days) => toldCaliper(lastDays(days, ctx.now, bunch.days), factor));
  return peers !== undefined && bunch.band.z > peers.quantile(p.peerQuantile);
}

function tierOf(bunch: Bunch, steered: boolean, beyond: boolean, p: typeof DEFAULTS): Tier {
  const { mass } = bunch;
  const missing = mass === undefined ? 0 : mass.missing / Math.max(1, mass.expectedAbove);
  if (mass !== undefined && mass.z >= p.workOrderExcess && missing > p.workOrderMissing && mass.inBand >= p.workOrderInBand && beyond) return 'WORK_ORDER';
  return (mass !== undefined && mass.z >= p.warnExcess && missing > p.warnMissing) || (steered && bunch.band.z >= 2 * p.remindCaliper) ? 'WARN' : 'REMIND';
}

function findingOf(ctx: Context, limit: Limit, p: typeof DEFAULTS): Finding | undefined {
  const series = ctx.hour(limit.factor);
  if (series === undefined) return undefined;
  const q = ctx.reg.factors.find((f) => f.factor === limit.factor)?.resolution ?? 0;
  const to = endedAt(series, ctx.now);
  const first = Math.max(0, to - WINDOW_DAYS[2] * 24);
  const month = valuesOf(ctx, limit, series, first, to);
  const bunch = WINDOW_DAYS.flatMap((days) => bunchOf(limit, month, series.t0 + first * HOUR, days, q, p) ?? []).reduce<Bunch | undefined>(
    (best, b) => (best === undefined || b.chance < best.chance ? b : best), undefined);
  if (bunch === undefined) return undefined;
  const steering = steeringOf(ctx, limit, series, p);
  const steered = steering !== undefined && steering.chance < p.steeringP;
  const { band, mass } = bunch;
  const factors: readonly FactorCode[] = [limit.factor];
  return {
    factors, start: bunch.start, end: bunch.end, tier: tierOf(bunch, steered, beyondTrade(ctx, limit.factor, bunch, p), p), score: -Math.log10(Math.max(bunch.chance, 1e-12)),
    stats: {
      caliperZ: band.z, below: band.below, above: band.above, cliffP: bunch.chance, windowDays: bunch.days, limit: limit.limit,
      excessZ: mass?.z ?? Number.NaN, missingShare: mass === undefined ? Number.NaN : mass.missing / Math.max(1, mass.expectedAbove),
      steeredHours: steering?.n ?? 0, steeringP: steering?.chance ?? 1,
    },
    text: {
      zh: `${namesZh(factors)}近 ${bunch.days} 天在限值 ${limit.limit} ${limit.unit} 之下 5% 内有 ${band.below} 个小时值，之上 5% 内只有 ${band.above} 个（z = ${num(band.z, 1)}），按分布走势出现如此断崖的概率为 ${num(bunch.chance, 6)}${steered ? `；${steering.n} 个临近限值的小时在后 20 分钟被压低` : ''}，集中于 ${spanText(bunch.start, bunch.end)}。`,
      en: `${namesEn(factors)}: within 5 % below the limit of ${limit.limit} ${limit.unit} lie ${band.below} hourly values of ${bunch.days} days, within 5 % above it ${band.above} (z = ${num(band.z, 1)}); so sharp an edge has a chance of ${num(bunch.chance, 6)}${steered ? `; ${steering.n} hours close to the limit were pressed down in their last 20 minutes` : ''} (${spanText(bunch.start, bunch.end)}).`,
    },
    clearedBy: [
      { zh: '控制设定点略低于限值：分布应平滑延伸到限值以上', en: 'A set-point just below the limit: the distribution would run smoothly past it' },
      { zh: `修约：限值处按半个分辨率错开检验（${percent(q / Math.max(Number(limit.limit), 1e-9), 2)}）`, en: 'Rounding: tested on a grid shifted by half a resolution' },
    ],
  };
}

/** `model:C06` — many values just below the limit, hardly any just above. */
export const c06: Model = {
  id: 'C06', version: '1.3.0',
  title: { zh: '限值处堆积', en: 'Bunching at the limit' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 240,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '10、20、30 天窗口内限值上下各 5% 的小时值个数之差（卡尺 z ≥ 2.4），且限值以上个数按其下密度走势过少（泊松 p < 0.00001）；三次曲线拟合的超额 z ≥ 3 且缺失过六成为警告；工单还须超过 8 个以上同行业排放口的 99% 分位。临近限值小时末 20 分钟被压低作为佐证，与同样升高但远离限值的小时比较。',
    en: 'Hourly values within 5 % below and above the limit over 10, 20 and 30 days (caliper z ≥ 2.4), with too few above for the slope of the density below it (Poisson p < 0.00001); excess mass against a cubic of z ≥ 3 with more than 60 % missing warns; a work order also wants more than the 99 % point of eight or more outfalls of the trade. Hours near the limit pressed down in their last 20 minutes, against hours that rose as much far from it, support it.',
    source: 'C06, a method of this platform: U14 density at a cut-off, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 10, needs: ['pollutants', 'hourlyLimits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limits = ctx.reg.limits.filter((l) => l.period === 'hour' && ctx.hour(l.factor) !== undefined);
    if (limits.length === 0) return cannotTell('no hourly limit with hour data', ['hourly limits', 'hour data']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < WINDOW_DAYS[0] * DAY) return cannotTell('history too short', ['10 days of data']);
    const findings = limits.flatMap((l) => findingOf(ctx, l, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['instrument-work']))));
  },
};
