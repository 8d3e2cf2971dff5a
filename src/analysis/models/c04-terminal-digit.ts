import type { FactorCode } from '#kernel';
import { chiSquare, mean, newInformation, resolutionOf } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser, isPollutant } from './parts/factors.ts';
import { fullest } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, isMonday } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] χ² of 30 days of hourly values: 40.6 at 0.01, 46.4 at 0.002 windows per factor-month. */
  remindChi: 41, warnChi: 47, workOrderChi: 60,
  roundShare: 0.35, roundSigmas: 5,
  /** χ² that is left (7 degrees of freedom) after the first harmonic round the ten digits: a narrow honest spread bends only that. */
  minRest: 30,
  minValues: 500, minDistinct: 100, windowDays: 30, leastShown: 48,
} as const satisfies Thresholds;

interface Digits {
  readonly at: number[];
  readonly whole: number[];
  readonly resolution: number;
}

/** New hourly values of the window as whole resolutions, normal and running; a held value is one number, however often it was sent (C01 sees it). */
function digitsOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Digits | undefined {
  const series = ctx.hour(factor);
  if (series === undefined) return undefined;
  const to = endedAt(series, ctx.now);
  const from = clampedIndex(series, ctx.now - p.windowDays * DAY);
  const resolution = resolutionOf(series.avg, to);
  if (resolution === undefined) return undefined;
  const fresh = isAnalyser(factor)
    ? newInformation(series.avg, series.sampleTime, HOUR, ctx.reg.analysisCycleHours, from, to)
    : Array.from({ length: to - from }, (_, k) => from + k);
  const out: Digits = { at: [], whole: [], resolution };
  for (const i of fresh) {
    const v = series.avg[i] as number;
    if (series.flag[i] !== NORMAL || !Number.isFinite(v) || v <= 0 || !runningAt(ctx, series.t0 + i * HOUR)) continue;
    const whole = Math.round(v / resolution);
    if (whole === out.whole.at(-1) && whole === out.whole.at(-2)) continue;
    out.at.push(series.t0 + i * HOUR);
    out.whole.push(whole);
  }
  return out;
}

interface Shape {
  readonly counts: readonly number[];
  readonly chi: number;
  readonly rest: number;
  readonly roundShare: number;
  readonly roundSigmas: number;
  /** Neighbours with the same last digit: seen and expected. */
  readonly same: number;
  readonly sameExpected: number;
}

const EVEN = Array.from({ length: 10 }, () => 0.1);

function shapeOf(whole: readonly number[]): Shape {
  const counts = Array.from({ length: 10 }, () => 0);
  const digits = whole.map((v) => ((v % 10) + 10) % 10);
  for (const d of digits) counts[d] = (counts[d] as number) + 1;
  const n = digits.length;
  const chi = chiSquare(counts, EVEN).statistic;
  const [c, s] = counts.reduce(([x, y], k, d) => [x + k * Math.cos((Math.PI * d) / 5), y + k * Math.sin((Math.PI * d) / 5)], [0, 0] as readonly [number, number]);
  const round = ((counts[0] as number) + (counts[5] as number)) / n;
  return {
    counts, chi, rest: chi - (2 * (c * c + s * s)) / n, roundShare: round, roundSigmas: (round - 0.2) / Math.sqrt((0.2 * 0.8) / n),
    same: digits.filter((d, i) => i > 0 && d === digits[i - 1]).length,
    sameExpected: (n - 1) * counts.reduce((sum, k) => sum + (k / n) ** 2, 0),
  };
}

/** The device itself prints in steps of two or five resolutions: its digits say nothing. */
const printsInSteps = (whole: readonly number[]): boolean => [2, 5].some((step) => whole.filter((v) => v % step === 0).length >= 0.98 * whole.length);

/**
 * The stretch of values that speaks most for the digits found: each counts the logarithm of its digit's share to a tenth, less what all
 * of them count on average. Where no two days show it, it is the whole.
 */
function localised({ whole, at }: Digits, { counts }: Shape, p: typeof DEFAULTS): { from: number; to: number } {
  const weights = counts.map((k) => Math.log(Math.max(k, 0.5) / (0.1 * whole.length)));
  const scores = whole.map((v) => weights[v % 10] as number);
  const span = fullest(scores, mean(scores));
  return span.to - span.from >= p.leastShown ? span : { from: 0, to: at.length };
}

function findingOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const d = digitsOf(ctx, factor, p);
  if (d === undefined || d.whole.length < p.minValues || new Set(d.whole).size < p.minDistinct || printsInSteps(d.whole)) return undefined;
  const shape = shapeOf(d.whole);
  if (shape.chi <= p.remindChi || shape.rest <= p.minRest) return undefined;
  const span = localised(d, shape, p);
  // What somebody did shows more clearly where he did it; chance is spread over the month, and its best stretch shows less than the whole.
  const shown = Math.min(shape.chi, shapeOf(d.whole.slice(span.from, span.to)).chi);
  if (shown <= p.remindChi) return undefined;
  const round = shape.roundShare > p.roundShare && shape.roundSigmas > p.roundSigmas;
  const tier: Tier = shown > p.workOrderChi || round ? 'WORK_ORDER' : shown > p.warnChi ? 'WARN' : 'REMIND';
  const start = d.at[span.from] as number;
  const end = (d.at[span.to - 1] as number) + HOUR;
  return {
    factors: [factor], start, end, tier, score: shown / p.remindChi,
    stats: {
      chiSquare: shape.chi, afterFirstHarmonic: shape.rest, values: d.whole.length, share0and5: shape.roundShare,
      equalNeighbours: shape.same, equalExpected: shape.sameExpected, digits: shape.counts.join(' '),
    },
    text: {
      zh: `${namesZh([factor])}近 ${p.windowDays} 天 ${d.whole.length} 个新小时值的末位数字不均匀：χ² = ${num(shape.chi, 1)}（9 个自由度），0 与 5 占 ${percent(shape.roundShare)}，相邻同末位 ${shape.same} 次（预期 ${num(shape.sameExpected, 0)} 次），集中于 ${spanText(start, end)}。`,
      en: `${namesEn([factor])}: the last digits of ${d.whole.length} new hourly values of ${p.windowDays} days are uneven, χ² = ${num(shape.chi, 1)} with 9 degrees of freedom; 0 and 5 make up ${percent(shape.roundShare)}, neighbours share a digit ${shape.same} times (${num(shape.sameExpected, 0)} expected), mostly ${spanText(start, end)}.`,
    },
    clearedBy: [
      { zh: '仪器以 2 或 5 个分辨率为步长输出', en: 'The instrument prints in steps of two or five resolutions' },
      { zh: '平台或数采仪的修约方式', en: 'Rounding by the logger' },
    ],
  };
}

/** `model:C04` — numbers that somebody typed: people like 0 and 5 and avoid repeating a digit. */
export const c04: Model = {
  id: 'C04', version: '1.2.0',
  title: { zh: '末位数字', en: 'Terminal digit' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 720,
  params: DEFAULTS, legalHooks: ['H3', 'H6'],
  about: {
    zh: '30 天新小时值（至少 500 个、100 种取值）末位数字的 χ²，并去掉十个数字上的一次谐波（窄分布的自然弯曲）后仍须显著；同时给出 0 与 5 的占比和相邻同末位次数。仪器按 2 或 5 步长输出的不判。报告的时段是这种偏好最集中的一段，该段自身也须显著。每周一判定。',
    en: 'χ² of the last printed digit over the new hourly values of 30 days (500 values, 100 distinct at least), which must stay large without the first harmonic round the digits, where a narrow honest spread shows; with the share of 0 and 5 and equal neighbours. Instruments that print in steps of 2 or 5 are not judged. What is reported is the stretch that shows the preference most, which must be as uneven by itself. Judged on Mondays.',
    source: 'C04, a method of this platform: U04 resolution, U06 new results only, U13 exact tests, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 30, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factors = ctx.factors.filter((f) => isPollutant(f) && ctx.hour(f) !== undefined);
    if (factors.length === 0) return cannotTell('no pollutant hours', ['hour data']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < p.windowDays * DAY) return cannotTell('history too short', ['30 days of hourly values']);
    if (!isMonday(ctx.now)) return notMet('judged on Mondays');
    const findings = factors.flatMap((f) => findingOf(ctx, f, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['instrument-work']))));
  },
};
