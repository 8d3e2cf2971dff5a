import type { FactorCode } from '#kernel';
import { median, pelt, robustScale } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { doorsBetween, explain, suppress } from './parts/explanations.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, isStrong, notMet, settings } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { sharpStep, type SharpStep } from './parts/steps/sharp-step.ts';
import { isAuthenticity, tainted } from './parts/baseline.ts';
import { finiteCount, NORMAL, OFF, runningAt, stateAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localHour } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  afterHours: 24, beforeHours: 72,
  /** A step is a moment: what is reported is where it lies, not the day that was needed to believe it. */
  shownHours: 12,
  /** Local hour at which the single-channel test runs. */
  dailyHour: 2,
 
  /** [C] 24 h against previous 72 h in σr: 2.7 at 0.01, 3.6 at 0.002 windows per factor-month. */
  remindSigmas: 3.6, warnSigmas: 4, workOrderSigmas: 4.5,
  /** The step must also be this many times the largest one in the own history. */
  ownLargest: 1.25, baselineDays: 30, minBaselineHours: 240,
  doorHours: 2, maxLoadChange: 0.15,
  /** Half-hour jumps that stay: of two channels in the same minutes, and of one alone; in usual contrasts, ln, and times the largest of the own month. */
  jointSigmas: 3.5, jointLn: 0.12, jointCount: 12, aloneSigmas: 7, aloneLn: 0.3, aloneLargest: 1.25, ratioSigmas: 5.5,
} as const satisfies Thresholds;

/** ln of normal hourly values while running, [from, to); NaN elsewhere. */
function lnHours(ctx: Context, series: HourSeries, from: number, to: number, q: number): Float64Array {
  const out = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  for (let i = Math.max(0, from); i < to; i++) {
    if (series.flag[i] !== NORMAL || !runningAt(ctx, series.t0 + i * HOUR)) continue;
    const v = series.avg[i] as number;
    if (Number.isFinite(v)) out[i - from] = Math.log(Math.max(v, q));
  }
  return out;
}

/** Median of the hours after index `at` less the median before; NaN when either side is thin. */
function stepAt(ln: Float64Array, at: number, p: typeof DEFAULTS): number {
  const first = Math.max(0, at - p.beforeHours);
  const last = at + p.afterHours;
  if (finiteCount(ln, first, at) < 0.6 * p.beforeHours || finiteCount(ln, at, last) < 0.75 * p.afterHours) return Number.NaN;
  return median(ln, at, last) - median(ln, first, at);
}

interface Own {
  readonly sigma: number;
  readonly usual: number;
  readonly ln: Float64Array;
}

/** The clean ln hours of the last 30 days with their centre and scale. */
const ownOf = (ctx: Context, factor: FactorCode, series: HourSeries, q: number, p: typeof DEFAULTS): Own | undefined =>
  ctx.daily(`C12:${factor}`, () => {
    const to = Math.max(0, endedAt(series, ctx.now) - 48);
    const from = Math.max(0, to - (p.baselineDays * DAY) / HOUR);
    const ln = lnHours(ctx, series, from, to, q);
    const t0 = series.t0 + from * HOUR;
    for (const t of tainted(ctx, factor)) {
      ln.fill(Number.NaN, Math.max(0, Math.floor((t.start - t0) / HOUR)), Math.max(0, Math.ceil((t.end - t0) / HOUR)));
    }
    const scale = robustScale(ln);
    if (scale.n < p.minBaselineHours) return undefined;
    // A coarse channel near zero jumps by a whole resolution: that is its scale.
    return { sigma: Math.max(scale.sigma, q / Math.exp(scale.median), 0.03), usual: scale.median, ln };
  });

/** Largest step of the own history, in own sigma; only asked for when there is something to compare. */
const largestOf = (ctx: Context, factor: FactorCode, own: Own, p: typeof DEFAULTS): number =>
  ctx.daily(`C12:${factor}:largest`, () => {
    let largest = 0;
    for (let at = p.beforeHours; at + p.afterHours <= own.ln.length; at += 6) {
      const d = Math.abs(stepAt(own.ln, at, p)) / own.sigma;
      if (d > largest) largest = d;
    }
    return largest;
  });

/**
 * Where the step lies: the medians differ as much half a window before and after it, so the cut of the segmentation tells, the nearest
 * one over which the level moves the same way. Places of `ln`; undefined where no segment ends in such a move.
 */
function placeOf(ln: Float64Array, near: number, delta: number, sigma: number): number | undefined {
  const places = [...ln.keys()].filter((i) => Number.isFinite(ln[i] as number));
  const cuts = pelt(places.map((i) => ln[i] as number), 12, 3 * sigma ** 2 * Math.log(places.length));
  const ends = [...cuts, places.length].map((k) => places[k] ?? ln.length);
  const starts = [0, ...ends];
  return ends.slice(0, -1)
    .filter((cut, k) => (median(ln, cut, ends[k + 1] as number) - median(ln, starts[k] as number, cut)) * delta > 0)
    .sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
}

/** Load moved along with the level: production power of the two sides differs by more than a sixth. */
function loadChange(ctx: Context, at: number, p: { readonly beforeHours: number; readonly afterHours: number }): number {
  const before = median(powerHours(ctx, 'production', at - p.beforeHours * HOUR, p.beforeHours));
  const after = median(powerHours(ctx, 'production', at, p.afterHours));
  return Number.isFinite(before) && before > 0 ? Math.abs(after / before - 1) : 0;
}

const restarted = (ctx: Context, at: number, p: typeof DEFAULTS): boolean => {
  for (let t = at - p.beforeHours * HOUR; t < at + p.afterHours * HOUR; t += HOUR) {
    if (stateAt(ctx, t) === OFF && ctx.reg.type === 'gas') return true;
  }
  return false;
};

/** The step leads back to the usual level: what was unusual is the time before, not the step. */
function returns(ln: Float64Array, at: number, own: Own, p: typeof DEFAULTS): boolean {
  const before = Math.abs(median(ln, Math.max(0, at - p.beforeHours), at) - own.usual);
  const after = Math.abs(median(ln, at, at + p.afterHours) - own.usual);
  return after < 0.6 * before;
}

/** The step ends what another model has found, values or marks put in their place: what was unusual is the time before, and has been told. */
const endsFound = (ctx: Context, at: number): boolean =>
  ctx.recent.some((f) => f.model !== 'C12' && (isAuthenticity(f) || (f.model === 'F01' && isStrong(f))) && f.start < at - 12 * HOUR && f.end > at - 30 * HOUR && f.end < at + 12 * HOUR);

function findingOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const series = ctx.hour(factor);
  const q = ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0.01;
  const own = series === undefined ? undefined : ownOf(ctx, factor, series, q, p);
  if (series === undefined || own === undefined) return undefined;
  const to = endedAt(series, ctx.now);
  const from = to - p.beforeHours - 2 * p.afterHours;
  if (from < 0) return undefined;
  const ln = lnHours(ctx, series, from, to, q);
  let best = { at: -1, delta: 0 };
  const look = (first: number, last: number, stride: number): void => {
    for (let at = Math.max(p.beforeHours, first); at <= Math.min(last, ln.length - p.afterHours); at += stride) {
      const delta = stepAt(ln, at, p) / own.sigma;
      if (Math.abs(delta) > Math.abs(best.delta)) best = { at, delta };
    }
  };
  look(0, ln.length, 4);
  if (Math.abs(best.delta) > 0.8 * p.remindSigmas) look(best.at - 3, best.at + 3, 1);
  const size = Math.abs(best.delta);
  if (size <= p.remindSigmas) return undefined;
  const largest = largestOf(ctx, factor, own, p);
  if (size <= p.ownLargest * largest) return undefined;
  const place = placeOf(ln, best.at, best.delta, own.sigma);
  if (place === undefined) return undefined;
  const start = series.t0 + (from + place) * HOUR;
  const door = doorsBetween(ctx, start - p.doorHours * HOUR, start + HOUR).length > 0;
  const tier: Tier =
    size > p.workOrderSigmas && best.delta < 0 && door ? 'WORK_ORDER' : size > p.warnSigmas && size > 1.4 * largest ? 'WARN' : 'REMIND';
  const change = Math.exp(best.delta * own.sigma) - 1;
  const finding: Finding = {
    factors: [factor], start, end: start + p.shownHours * HOUR, tier, score: size / p.remindSigmas,
    stats: { sigmas: best.delta, change, ownSigma: own.sigma, ownLargest: largest, doorBefore: door ? 1 : 0 },
    text: {
      zh: `${namesZh([factor])}在 ${clockText(start)} 前后突变 ${percent(change, 0)}（${num(best.delta, 1)} 倍本站离散，本站此前最大 ${num(largest, 1)} 倍）${door ? '，其前 2 小时内有开门' : ''}。`,
      en: `${namesEn([factor])} stepped by ${percent(change, 0)} at ${clockText(start)} (${num(best.delta, 1)} own sigma, largest before ${num(largest, 1)})${door ? ', a door was opened within 2 h before' : ''}.`,
    },
    clearedBy: [
      { zh: '燃料更换、治理设施重启、负荷变化', en: 'Fuel switch, restart of treatment, change of load' },
      { zh: '已备案的仪器工作', en: 'Filed work on the instrument' },
    ],
  };
  const known = explain(ctx, { start: start - 12 * HOUR, end: start + 12 * HOUR }, [factor], ['filed-change', 'order', 'instrument-work', 'rain']);
  if (known !== undefined) return suppress(finding, known);
  if (returns(ln, best.at, own, p) || endsFound(ctx, start)) return suppress(finding, { reason: 'return', zh: '回到本站惯常水平', en: 'back to the usual level of this outfall' });
  if (restarted(ctx, start, p)) return suppress(finding, { reason: 'restart', zh: '前后有停炉启炉', en: 'a stop or start lies near' });
  const load = loadChange(ctx, start, p);
  return suppress(finding, load <= p.maxLoadChange ? undefined : { reason: 'load', zh: `生产负荷同期变化 ${percent(load, 0)}`, en: `production load changed by ${percent(load, 0)} at the same time` });
}

/** Channels jumped within the last hours and stayed there: told at once, before a day has shown how far. */
function sharpFinding(ctx: Context, step: SharpStep, p: typeof DEFAULTS): Finding {
  const factors = [...new Set(step.jumps.flatMap((j) => j.factors))].sort();
  const shown = step.jumps.map((j) => `${percent(Math.exp(j.ln) - 1, 0)}`).join('、');
  const finding: Finding = {
    factors, start: step.at, end: step.end, tier: 'REMIND', score: Math.max(...step.jumps.map((j) => Math.abs(j.sigmas))) / p.jointSigmas,
    stats: { channels: factors.length, sigmas: step.jumps.map((j) => num(j.sigmas, 1)).join(' '), kind: 'sharp' },
    text: {
      zh: `${namesZh(factors)}在 ${clockText(step.at)} ${factors.length > 1 ? '同一时刻一起' : ''}突变（${shown}），而负荷、备案与仪器标记均无对应变化。`,
      en: `${namesEn(factors)} jumped ${factors.length > 1 ? 'together ' : ''}at ${clockText(step.at)} (${step.jumps.map((j) => percent(Math.exp(j.ln) - 1, 0)).join(', ')}) and stayed, with nothing on record that explains it.`,
    },
    clearedBy: [{ zh: '工况切换、燃料更换、治理设施启停（看用电与台账）', en: 'A change of process or fuel, treatment started or stopped (see power and log)' }],
  };
  const known = explain(ctx, { start: step.at - 3 * HOUR, end: step.end }, factors, ['filed-change', 'order', 'instrument-work', 'rain', 'filed-work']);
  if (known !== undefined) return suppress(finding, known);
  if (step.jumps.every((j) => j.returns) || endsFound(ctx, step.at)) return suppress(finding, { reason: 'return', zh: '回到本站惯常水平', en: 'back to the usual level of this outfall' });
  const load = loadChange(ctx, step.at, { beforeHours: 6, afterHours: 3 });
  return suppress(finding, load <= p.maxLoadChange ? undefined : { reason: 'load', zh: `生产负荷同期变化 ${percent(load, 0)}`, en: `production load changed by ${percent(load, 0)} at the same time` });
}

/** `model:C12` — the level of a limited factor jumps and nothing on record explains it. */
export const c12: Model = {
  id: 'C12', version: '1.2.0',
  title: { zh: '阶跃变化', en: 'Unexplained step' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H5'],
  about: {
    zh: '半小时内突变且此后不回落（两个以上因子同时，或一个因子远超本站历史），数小时内提示；另以对数小时值后 24 小时中位数减前 72 小时中位数，以本站稳健离散为单位，并须大于本站历史最大值；分段检验确认并定出突变所在；备案、负荷、启停、降雨、限产可解释。',
    en: 'A jump within half an hour that stays (two factors at once, or one as never before) is told within hours. Besides, the median of ln values over the next 24 h less the previous 72 h in own robust sigma, larger than any step of the own history, confirmed and placed by segmentation; filed work, load, restart, rain and orders explain it.',
    source: 'C12, a method of this platform: U12 change points, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 10, needs: ['pollutants', 'limits'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined && ctx.hour(f) !== undefined);
    if (limited.length === 0) return cannotTell('no limited factor with hour data', ['limits', 'hour data']);
    const t = clampedIndex(ctx.state, ctx.now);
    if (t < p.minBaselineHours) return cannotTell('history too short', ['10 days of data']);
    const single = localHour(ctx.now) === p.dailyHour ? limited.flatMap((f) => findingOf(ctx, f, p) ?? []) : [];
    const sharp = sharpStep(ctx, limited, p);
    const findings = sharp === undefined ? single : [sharpFinding(ctx, sharp, p), ...single];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
