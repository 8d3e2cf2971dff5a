import type { FactorCode } from '#kernel';
import { differenceCorrelation, likeness, nearestWindows, standardDeviation, type Likeness } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { factorInfo, isAnalyser, isPollutant } from './parts/factors.ts';
import { crossFindings } from './parts/cross-likeness.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerAt } from './parts/power-hours.ts';
import { finiteCount, runValues, signalOf, type Signal } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, hoursHolding, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindR2: 0.95, warnR2: 0.98,
  /** Neighbouring differences must agree as well: two calm days look alike, their noise does not. */
  differenceR2: 0.8, warnNoise: 1.5,
  windowHours: 12, leastValues: 60, analyserWindowHours: 36, workOrderHours: 24,
  /** Correlation of hourly means from which a place is looked at step by step. */
  seedR: 0.85, seeds: 4, historyDays: 60,
  /** Production that differs by this share on average: the plant did something else on the other day. */
  otherLoad: 0.02,
} as const satisfies Thresholds;

interface Copy {
  readonly factor: FactorCode;
  readonly from: number;
  readonly to: number;
  /** Steps between the stretch and its model. */
  readonly lag: number;
  readonly like: Likeness;
  readonly noise: number;
}

/** Means over `width` values beginning at `offset`; NaN where more than a third is missing. */
function means(values: Float64Array, width: number, offset: number): Float64Array {
  const out = new Float64Array(Math.max(0, Math.floor((values.length - offset) / width)));
  for (let b = 0; b < out.length; b++) {
    let sum = 0;
    let n = 0;
    for (let i = offset + b * width; i < offset + (b + 1) * width; i++) {
      const v = values[i] as number;
      if (v === v) {
        sum += v;
        n++;
      }
    }
    out[b] = 3 * n >= 2 * width ? sum / n : Number.NaN;
  }
  return out;
}

/** How far the copy reaches beyond the window at the same lag, in whole hours. */
function grown(values: Float64Array, from: number, to: number, lag: number, perHour: number, p: typeof DEFAULTS): { from: number; to: number } {
  const good = (a: number, b: number): boolean => {
    if (a - lag < 0 || b > values.length) return false;
    const l = likeness(values, a - lag, a, b - a);
    return l !== undefined && l.differenceR2 >= p.differenceR2 && l.r2 >= p.remindR2;
  };
  const piece = 4 * perHour;
  const span = { from, to };
  while (span.from - perHour >= 0 && good(span.from - perHour, span.from - perHour + piece)) span.from -= perHour;
  while (span.to + perHour <= values.length && good(span.to + perHour - piece, span.to + perHour)) span.to += perHour;
  return span;
}

/** The exact lag near an hourly match, and how alike the two stretches are there. */
function refined(values: Float64Array, from: number, n: number, lag: number, slack: number): { lag: number; like: Likeness } | undefined {
  let best = { lag, r: 0 };
  for (let l = Math.max(n, lag - slack); l <= Math.min(from, lag + slack); l++) {
    const r = differenceCorrelation(values, from - l, from, n);
    if (r > best.r) best = { lag: l, r };
  }
  // A held-out spike or two may hide a copy from the plain correlation, but not halve it.
  const like = best.r < 0.5 ? undefined : likeness(values, from - best.lag, from, n);
  return like === undefined ? undefined : { lag: best.lag, like };
}

/** Hourly means of the whole past beginning at one offset. */
interface Library {
  readonly offset: number;
  readonly hours: Float64Array;
}

function librariesOf(values: Float64Array, perHour: number): readonly Library[] {
  const offsets = perHour >= 3 ? [0, Math.round(perHour / 3), Math.round((2 * perHour) / 3)] : [0];
  return offsets.map((offset) => ({ offset, hours: means(values, perHour, offset) }));
}

/** Nearest earlier windows of `[from, from + n)`: found on hourly means, at three offsets, and checked step by step. */
function copyAt(
  values: Float64Array, libraries: readonly Library[], from: number, n: number, perHour: number, p: typeof DEFAULTS,
): { lag: number; like: Likeness } | undefined {
  if (finiteCount(values, from, from + n) < 0.9 * n) return undefined;
  const query = means(values.subarray(from, from + n), perHour, 0);
  if (finiteCount(query) < query.length) return undefined;
  for (const { offset, hours } of libraries) {
    for (const m of nearestWindows(query, hours, p.seeds, Math.floor((from - offset) / perHour))) {
      if (m.r < p.seedR) break;
      const hit = refined(values, from, n, from - (offset + m.at * perHour), Math.max(1, Math.ceil(perHour / 3)));
      if (hit !== undefined && hit.like.r2 > p.remindR2 && hit.like.differenceR2 > p.differenceR2) return hit;
    }
  }
  return undefined;
}

function copiesOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Copy[] {
  const signal = signalOf(ctx, factor);
  const base = baselineOf(ctx, factor);
  if (signal === undefined || base === undefined) return [];
  const to = endedAt(signal, ctx.now);
  const first = clampedIndex(signal, ctx.now - p.historyDays * DAY);
  const values = runValues(ctx, signal, first, to);
  const perHour = Math.max(1, Math.round(HOUR / signal.stepMs));
  const hours = isAnalyser(factor) ? p.analyserWindowHours : hoursHolding(p.windowHours, p.leastValues, signal);
  const n = hours * perHour;
  const out: Copy[] = [];
  const libraries = librariesOf(values, perHour);
  for (let end = values.length; end > values.length - 24 * perHour && end - n > n; end -= isAnalyser(factor) ? n / 3 : n) {
    const from = end - n;
    // A flat stretch is C01's and C02's; with little movement everything looks like everything.
    if (!(standardDeviation(values, from, end) > 3 * base.resolution)) continue;
    const hit = copyAt(values, libraries, from, n, perHour, p);
    if (hit === undefined) continue;
    const span = grown(values, from, end, hit.lag, perHour, p);
    const like = likeness(values, span.from - hit.lag, span.from, span.to - span.from) ?? hit.like;
    if (like.slope <= 0) continue;
    out.push({ factor, from: first + span.from, to: first + span.to, lag: hit.lag, like, noise: noiseOf(base.values) });
  }
  return out;
}

/** What neighbouring values of the instrument differ by when nothing happens: a tenth of all differences is smaller still. */
function noiseOf(values: Float64Array): number {
  const d: number[] = [];
  for (let i = 1; i < values.length; i += 3) {
    const step = Math.abs((values[i] as number) - (values[i - 1] as number));
    if (Number.isFinite(step)) d.push(step);
  }
  d.sort((a, b) => a - b);
  return (d[d.length >> 1] ?? 0) / 0.954;
}

/** Mean relative difference of production power between the stretch and its model; NaN where power is not known. */
function loadDifference(ctx: Context, signal: Signal, copy: Copy): number {
  const meters = metersOf(ctx, 'production');
  const grid = meters[0];
  if (grid === undefined) return Number.NaN;
  let sum = 0;
  let n = 0;
  for (let i = copy.from; i < copy.to; i++) {
    const now = powerAt(meters, clampedIndex(grid, timeAt(signal, i)));
    const then = powerAt(meters, clampedIndex(grid, timeAt(signal, i - copy.lag)));
    if (!(now > 0) || !(then > 0)) continue;
    sum += Math.abs(now / then - 1);
    n++;
  }
  return n === 0 ? Number.NaN : sum / n;
}

interface Group {
  readonly copies: readonly Copy[];
  readonly factors: readonly FactorCode[];
  readonly instruments: number;
  readonly start: number;
  readonly end: number;
  readonly lagMs: number;
}

/** Copies of several factors with one distance are one act. */
function grouped(ctx: Context, copies: readonly Copy[]): Group[] {
  const byLag = new Map<number, Copy[]>();
  for (const c of copies) {
    const signal = signalOf(ctx, c.factor) as Signal;
    byLag.set(c.lag * signal.stepMs, [...(byLag.get(c.lag * signal.stepMs) ?? []), c]);
  }
  return [...byLag].map(([lagMs, list]) => {
    const spans = list.map((c) => ({ signal: signalOf(ctx, c.factor) as Signal, c }));
    return {
      copies: list, lagMs,
      factors: [...new Set(list.map((c) => c.factor))].sort(),
      instruments: new Set(list.map((c) => factorInfo(c.factor).instrument)).size,
      start: Math.min(...spans.map(({ signal, c }) => timeAt(signal, c.from))),
      end: Math.max(...spans.map(({ signal, c }) => timeAt(signal, c.to))),
    };
  });
}

function findingOf(ctx: Context, group: Group, p: typeof DEFAULTS): Finding {
  const best = group.copies.reduce((a, b) => (b.like.r2 > a.like.r2 ? b : a));
  const hours = (group.end - group.start) / HOUR;
  const close = best.like.r2 > p.warnR2 && best.like.residual < p.warnNoise * best.noise;
  const load = loadDifference(ctx, signalOf(ctx, best.factor) as Signal, best);
  const tier: Tier = close && hours >= p.workOrderHours && load > p.otherLoad ? 'WORK_ORDER' : close ? 'WARN' : 'REMIND';
  const days = num(group.lagMs / DAY, 2);
  return {
    ...(tier === 'WORK_ORDER' && group.instruments > 1 ? { standsAloneHere: 'two instruments repeat another day at the same distance' } : {}),
    factors: group.factors, start: group.start, end: group.end, tier, score: best.like.r2 / p.remindR2,
    stats: {
      r2: best.like.r2, differenceR2: best.like.differenceR2, slope: best.like.slope, residual: best.like.residual, instrumentNoise: best.noise,
      lagDays: group.lagMs / DAY, hours, loadDifference: load, instruments: group.instruments,
    },
    text: {
      zh: `${namesZh(group.factors)}在 ${spanText(group.start, group.end)} 与 ${days} 天前的曲线近乎相同：经 ${num(best.like.slope)} 倍缩放后 R² = ${num(best.like.r2, 4)}，逐步变化 R² = ${num(best.like.differenceR2, 3)}，残差 ${num(best.like.residual, 3)}（仪器噪声 ${num(best.noise, 3)}）；两段生产用电平均相差 ${percent(load)}。`,
      en: `${namesEn(group.factors)} runs like ${days} days before (${spanText(group.start, group.end)}): scaled by ${num(best.like.slope)} R² = ${num(best.like.r2, 4)}, R² of the steps ${num(best.like.differenceR2, 3)}, residual ${num(best.like.residual, 3)} (instrument noise ${num(best.noise, 3)}); production power of the two stretches differs by ${percent(load)} on average.`,
    },
    clearedBy: [
      { zh: '数采仪重发同一时段（先看 A05、C08）', en: 'The logger sent the same period again (see A05 and C08 first)' },
      { zh: '严格按程序重复的批次生产', en: 'Batches that repeat one programme exactly' },
    ],
  };
}

/** `model:C09` — a scaled, shifted or jittered copy of another day of the same outfall. */
export const c09: Model = {
  id: 'C09', version: '1.1.0',
  title: { zh: '近似片段与跨口雷同', en: 'Near copies, cross-outfall likeness' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H9'],
  about: {
    zh: '最近一天每 12 小时（分析仪 36 小时）与此前 60 天逐一比较：先以小时均值找最近邻，再逐步核对；须经缩放平移后 R² > 0.95，且相邻变化（截去极端值）R² > 0.8——两天平静相像，噪声不会相像。另与同一单位、同一运维公司、同行业排放口昨日的小时曲线比较（错位不超过 2 小时，R² > 0.95 且逐时变化 R² > 0.85），登记为共用烟道或分析仪的除外。',
    en: 'Every 12 h of the last day (analysers 36 h) against the 60 days before: nearest neighbours on hourly means, then step by step; after scaling and shifting R² > 0.95, and R² of neighbouring differences (extremes held) > 0.8: two calm days look alike, their noise does not. Hours of yesterday are also compared with those of outfalls of the same unit, operator and trade (up to two hours apart, R² > 0.95 and of hourly changes > 0.85), unless the register says they share a duct or an analyser.',
    source: 'C09, a method of this platform: U16 matrix profile',
  },
  minimum: { days: 12, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const known = ctx.factors.filter((f) => isPollutant(f) && baselineOf(ctx, f) !== undefined);
    const cross = crossFindings(ctx);
    if (known.length === 0 && cross.length === 0) return cannotTell('no baseline yet', ['10 days of running data']);
    const copies = known.flatMap((f) => copiesOf(ctx, f, p));
    if (copies.length + cross.length === 0) return notMet();
    const findings = [...grouped(ctx, copies).map((g) => findingOf(ctx, g, p)), ...cross];
    return conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['stop-mark', 'power-down', 'instrument-work']))));
  },
};
