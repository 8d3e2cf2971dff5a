import type { FactorCode } from '#kernel';
import { foldedResidual, quantile, sinusoidResidual, sortedFinite, standardDeviation } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { finiteCount, runValues, signalOf } from './parts/signal.ts';
import { endedAt, HOUR, hoursHolding, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] residual share of 48 h after the best sinusoid: 0.270 at 0.01, 0.234 at 0.002 windows per factor-month. */
  remindShare: 0.27, warnShare: 0.15, workOrderShare: 0.12,
  /** Also this much below anything of the own history, which so many windows must have shown. */
  ownFactor: 0.35, leastOwn: 16,
  /** Hourly results are few and smooth. */
  analyserHours: 72, analyserShare: 0.15,
  /** A shorter window fits by chance more easily. */
  shortShare: 0.02, shortOwnFactor: 0.15,
  /** Least number of values in a window: few are fitted by chance. */
  longValues: 96, shortValues: 72,
  templateCycles: 3, templateResolutions: 2, templateLeastHours: 0.5, templateMostHours: 24,
  /** A template must move by this many resolutions, and be no smooth drift. */
  templateSpread: 12, templateShare: 0.1, templateLeastValues: 6,
} as const satisfies Thresholds;

const WINDOWS = [
  { hours: 48, short: false },
  { hours: 24, short: true },
  { hours: 14, short: true },
] as const;

/** What began yesterday may have ended in the night: windows need not reach the last hour. */
const ENDS = { sinusoid: [0, 12], short: [0, 6, 12, 18], template: Array.from({ length: 12 }, (_, k) => 2 * k) } as const;

/** Half the variance of neighbouring differences over the variance: what a smooth curve lacks. */
function roughness(values: Float64Array): number {
  let sum = 0;
  let n = 0;
  for (let i = 1; i < values.length; i++) {
    const d = (values[i] as number) - (values[i - 1] as number);
    if (d !== d) continue;
    sum += d * d;
    n++;
  }
  return sum / n / 2 / standardDeviation(values) ** 2;
}

interface Own {
  readonly least: number;
  readonly median: number;
}

/** Least residual share of the own history in windows of the same length; only asked for when there is something to compare. */
const ownOf = (ctx: Context, factor: FactorCode, width: number, cycles: number, p: typeof DEFAULTS): Own | undefined => {
  const base = baselineOf(ctx, factor);
  if (base === undefined) return undefined;
  return ctx.daily(`C10:${factor}:${width}`, () => {
    const shares: number[] = [];
    for (let i = 0; i + width <= base.values.length; i += width >> 1) {
      if (finiteCount(base.values, i, i + width) >= 0.8 * width) shares.push(sinusoidResidual(base.values.subarray(i, i + width), cycles).residual);
    }
    const sorted = sortedFinite(shares);
    return sorted.length < p.leastOwn ? undefined : { least: quantile(sorted, 0), median: quantile(sorted, 0.5) };
  });
};

interface Hit {
  readonly kind: 'sinusoid' | 'template';
  readonly share: number;
  readonly own: number;
  readonly periodHours: number;
  readonly from: number;
  readonly to: number;
  readonly tier: Tier;
}

/** Hours at the end of the window over which a sinusoid fits as well still. */
function grown(values: Float64Array, width: number, share: number): number {
  let reach = width;
  const piece = width >> 2;
  while (reach + piece <= values.length && sinusoidResidual(values.subarray(values.length - reach - piece)).residual < 2 * share + 0.01) reach += piece;
  return reach;
}

function sinusoidHit(ctx: Context, factor: FactorCode, all: Float64Array, stepMs: number, p: typeof DEFAULTS): Hit | undefined {
  const windows = WINDOWS.flatMap((w) => (w.short ? ENDS.short : ENDS.sinusoid).map((end) => ({ ...w, end })));
  for (const w of windows) {
    const slow = isAnalyser(factor);
    const hours = slow ? (w.short ? w.hours : p.analyserHours) : hoursHolding(w.hours, w.short ? p.shortValues : p.longValues, { t0: 0, stepMs, length: 0 });
    // One slow swing is no period: a day or less must fit whole into the window.
    const cycles = Math.max(1, hours / 24);
    const width = Math.round((hours * HOUR) / stepMs);
    const values = all.subarray(0, all.length - Math.round((w.end * HOUR) / stepMs));
    if (width > values.length || width < 24 || finiteCount(values, values.length - width) < 0.8 * width) continue;
    const near = values.subarray(values.length - width);
    // Cheap gate: what is rough cannot be fitted so well.
    if (roughness(near) > (w.short ? 2 * p.shortShare : p.remindShare)) continue;
    const { residual, period } = sinusoidResidual(near, cycles);
    if (!(residual < (w.short ? p.shortShare : slow ? p.analyserShare : p.remindShare))) continue;
    const own = ownOf(ctx, factor, width, cycles, p);
    if (own === undefined || residual >= (w.short ? p.shortOwnFactor : p.ownFactor) * own.least) continue;
    const reach = grown(values, width, residual);
    const tier: Tier = residual < p.workOrderShare && !w.short ? 'WORK_ORDER' : residual < p.warnShare ? 'WARN' : 'REMIND';
    return { kind: 'sinusoid', share: residual, own: own.least, periodHours: (period * stepMs) / HOUR, from: values.length - reach, to: values.length, tier };
  }
  return undefined;
}

/** A template of half an hour to a day that was played at least three times with nothing left over. */
function templateIn(values: Float64Array, stepMs: number, q: number, p: typeof DEFAULTS): Hit | undefined {
  const most = Math.round((p.templateMostHours * HOUR) / stepMs);
  for (let lag = Math.max(p.templateLeastValues, Math.round((p.templateLeastHours * HOUR) / stepMs)); lag <= most; lag++) {
    const length = Math.max(p.templateCycles * lag, Math.round((12 * HOUR) / stepMs));
    if (length > values.length) break;
    const part = values.subarray(values.length - length);
    const left = foldedResidual(part, lag, p.templateResolutions * q);
    if (!(left < p.templateResolutions * q)) continue;
    // The last cycle itself must move, and hardly a pair be missing: gaps beside a flat stretch repeat nothing.
    const spread = standardDeviation(part, length - lag);
    if (finiteCount(part) < 0.95 * length) continue;
    // A slow drift differs little at any distance; a template differs from itself at half its length.
    if (!(spread > p.templateSpread * q) || left > p.templateShare * spread || !(foldedResidual(part, lag >> 1) > 4 * left)) continue;
    let from = values.length - length;
    while (from > 0 && Math.abs((values[from - 1] as number) - (values[from - 1 + lag] as number)) <= 2 * p.templateResolutions * q) from--;
    return { kind: 'template', share: left / spread, own: Number.NaN, periodHours: (lag * stepMs) / HOUR, from, to: values.length, tier: 'WORK_ORDER' };
  }
  return undefined;
}

function templateHit(values: Float64Array, stepMs: number, q: number, p: typeof DEFAULTS): Hit | undefined {
  for (const end of ENDS.template) {
    const hit = templateIn(values.subarray(0, values.length - Math.round((end * HOUR) / stepMs)), stepMs, q, p);
    if (hit !== undefined) return hit;
  }
  return undefined;
}

function findingOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const signal = signalOf(ctx, factor);
  const base = baselineOf(ctx, factor);
  if (signal === undefined || base === undefined) return undefined;
  const ended = endedAt(signal, ctx.now);
  const back = Math.round((96 * HOUR) / signal.stepMs);
  const values = runValues(ctx, signal, ended - back, ended);
  if (!(standardDeviation(values, values.length >> 1) > 2 * base.resolution)) return undefined;
  const hit = templateHit(values, signal.stepMs, base.resolution, p) ?? sinusoidHit(ctx, factor, values, signal.stepMs, p);
  if (hit === undefined) return undefined;
  const start = timeAt(signal, ended - back + hit.from);
  const end = timeAt(signal, ended - back + hit.to);
  const template = hit.kind === 'template';
  return {
    factors: [factor], start, end, tier: hit.tier, score: template ? 3 : p.remindShare / Math.max(hit.share, 0.01),
    stats: { kind: hit.kind, residualShare: hit.share, ownLeast: hit.own, periodHours: hit.periodHours },
    text: {
      zh: template
        ? `${namesZh([factor])}在 ${spanText(start, end)} 以 ${num(hit.periodHours, 1)} 小时为周期逐值重复至少 ${p.templateCycles} 遍，残差不足 ${p.templateResolutions} 个分辨率。`
        : `${namesZh([factor])}在 ${spanText(start, end)} 呈 ${num(hit.periodHours, 1)} 小时周期的正弦曲线：去除后仅余 ${percent(hit.share)} 的波动，本站历史最低 ${percent(hit.own)}。`,
      en: template
        ? `${namesEn([factor])} repeats itself every ${num(hit.periodHours, 1)} h at least ${p.templateCycles} times, leaving less than ${p.templateResolutions} resolutions (${spanText(start, end)}).`
        : `${namesEn([factor])} follows a sinusoid of ${num(hit.periodHours, 1)} h (${spanText(start, end)}): ${percent(hit.share)} of its variation is left without it, at least ${percent(hit.own)} in the own history.`,
    },
    clearedBy: [
      { zh: '换向炉、磨机等固有周期（已知周期清单）', en: 'Reversing regenerators, mill cycles: the list of known periods' },
      { zh: '昼夜负荷：看同负荷时段是否仍呈周期', en: 'A diurnal load: see whether the period stays at a fixed load' },
    ],
  };
}

/** `model:C10` — a curve that was drawn by a formula. */
export const c10: Model = {
  id: 'C10', version: '1.1.1',
  title: { zh: '人工周期', en: 'Scripted periodicity' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 48,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '48 小时（分析仪 72 小时）以周期不超过 24 小时的最佳单一正弦去除后，剩余方差占比低于 27%（分析仪 15%），且低于本站历史最低值的 35%；24 小时与 14 小时窗口须近乎纯正弦。另查半小时至一天的固定模板连续重复三遍、残差不足 2 个分辨率。',
    en: 'Share of variance that the best sinusoid of a day or less leaves in 48 h (analysers 72 h) below 27 % (15 %) and below 35 % of the least of the own history; windows of 24 and 14 h must be nearly pure. Also templates of half an hour to a day played three times with less than two resolutions left.',
    source: 'C10, a method of this platform: U09 spectrum, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 12, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const known = ctx.factors.filter((f) => isPollutant(f) && baselineOf(ctx, f) !== undefined);
    if (known.length === 0) return cannotTell('no baseline yet', ['10 days of running data']);
    const findings = known.flatMap((f) => findingOf(ctx, f, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['stop-mark', 'instrument-work', 'filed-work']))));
  },
};
