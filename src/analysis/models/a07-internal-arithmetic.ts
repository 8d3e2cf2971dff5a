import type { FactorCode } from '#kernel';
import { impliedReferenceOxygen, median, robustScale, toReferenceOxygen, union } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Model, StepSeries, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { flowOf, O2 } from './parts/factors.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isSentinel } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remind: 0.02, remindHours: 3, warn: 0.05, warnHours: 24,
  /** A residual must also leave the site's own averaging noise by this many sigma. */
  ownSigmas: 6,
  o2RefDiffers: 0.5,
  /** Values of fewer steps of the print-out imply another reference oxygen by rounding alone. */
  leastResolutions: 30, baselineDays: 21, minimumBaselineHours: 40,
  /** Every fifth hour says enough about a ratio that does not change. */
  baselineStride: 5,
} as const satisfies Thresholds;

const KINDS = ['steps', 'mass', 'conversion'] as const;
type Kind = (typeof KINDS)[number];
const WORD = {
  steps: ['小时均值与分钟均值不符', 'hourly mean differs from the mean of its steps'],
  mass: ['排放量与浓度×流量不符', 'mass differs from concentration × flow'],
  conversion: ['折算值与按登记基准氧折算不符', 'converted value differs from conversion with the registered oxygen'],
} as const satisfies Record<Kind, readonly [string, string]>;

const steady = (ctx: Context, t: number): boolean => runningAt(ctx, t - HOUR) && runningAt(ctx, t) && runningAt(ctx, t + HOUR);

/** Mean of the steps of an hour in which every step came and was normal; NaN otherwise. */
function stepMean(step: StepSeries, t: number): number {
  let sum = 0;
  const from = clampedIndex(step, t);
  const to = clampedIndex(step, t + HOUR);
  for (let i = from; i < to; i++) {
    if (step.flag[i] !== NORMAL || !Number.isFinite(step.avg[i] as number)) return Number.NaN;
    sum += step.avg[i] as number;
  }
  return to > from && (to - from) * step.stepMs === HOUR ? sum / (to - from) : Number.NaN;
}

/** Ratio published ÷ recomputed of every `stride`th hour of [from, to); NaN where it cannot be formed. */
function ratios(ctx: Context, factor: FactorCode, kind: Kind, from: number, to: number, stride = 1): Float64Array {
  const hour = ctx.hour(factor) as HourSeries;
  const step = ctx.step(factor);
  const flow = ctx.hour(flowOf(ctx.reg.type));
  const oxygen = ctx.hour(O2);
  const out = new Float64Array(Math.ceil(Math.max(0, to - from) / stride)).fill(Number.NaN);
  const needed = { steps: step, mass: flow, conversion: oxygen && ctx.reg.o2Ref };
  if (needed[kind] === undefined) return out;
  for (let i = from, k = 0; i < to; i += stride, k++) {
    const t = hour.t0 + i * HOUR;
    const avg = hour.avg[i] as number;
    if (hour.flag[i] !== NORMAL || !(avg > 0) || !steady(ctx, t)) continue;
    if (kind === 'steps') out[k] = step === undefined ? Number.NaN : avg / stepMean(step, t);
    else if (kind === 'mass') {
      const volume = flow === undefined ? Number.NaN : (flow.cou[i] as number);
      out[k] = (hour.cou[i] as number) / (avg * volume);
    } else {
      const o2 = oxygen === undefined ? Number.NaN : (oxygen.avg[i] as number);
      const zs = hour.zsAvg[i] as number;
      if (ctx.reg.o2Ref !== undefined && o2 < 19 && !isSentinel(zs)) out[k] = zs / toReferenceOxygen(avg, o2, ctx.reg.o2Ref);
    }
  }
  return out;
}

interface Own {
  readonly centre: number;
  readonly sigma: number;
}

/** The site's own ratio and spread: averaging order and a constant unit factor are no tampering. */
const ownOf = (ctx: Context, factor: FactorCode, kind: Kind, p: typeof DEFAULTS): Own | undefined =>
  ctx.daily(`A07:${factor}:${kind}`, () => {
    const hour = ctx.hour(factor) as HourSeries;
    const end = localDayStart(ctx.now) - 3 * DAY;
    const r = ratios(ctx, factor, kind, clampedIndex(hour, end - p.baselineDays * DAY), clampedIndex(hour, end), p.baselineStride);
    const scale = robustScale(r);
    return scale.n < p.minimumBaselineHours ? undefined : { centre: scale.median, sigma: scale.sigma / scale.median };
  });

function findingOf(ctx: Context, factor: FactorCode, kind: Kind, p: typeof DEFAULTS): Finding | undefined {
  const own = ownOf(ctx, factor, kind, p);
  const hour = ctx.hour(factor) as HourSeries;
  if (own === undefined || !(own.centre > 0)) return undefined;
  const to = endedAt(hour, ctx.now);
  const lately = ratios(ctx, factor, kind, Math.max(0, to - 26), to);
  if (lately.filter((v) => Math.abs(v / own.centre - 1) > p.remind).length < p.remindHours) return undefined;
  const from = Math.max(0, to - 72);
  const values = ratios(ctx, factor, kind, from, to);
  const q = ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0.01;
  const bad: { t: number; off: number }[] = [];
  values.forEach((v, k) => {
    const off = v / own.centre - 1;
    const coarse = (1.5 * q) / Math.max(hour.avg[from + k] as number, q);
    if (Math.abs(off) > Math.max(p.remind, p.ownSigmas * own.sigma) + coarse) bad.push({ t: hour.t0 + (from + k) * HOUR, off });
  });
  const today = bad.filter((b) => b.t >= ctx.now - 26 * HOUR);
  if (today.length < p.remindHours) return undefined;
  const large = bad.filter((b) => Math.abs(b.off) > p.warn);
  const typical = median(bad.map((b) => b.off));
  const lasting = large.length >= p.warnHours;
  const tier: Tier = lasting && typical < 0 ? 'WORK_ORDER' : lasting ? 'WARN' : 'REMIND';
  const groups = union(bad.map((b) => ({ start: b.t, end: b.t + HOUR })), 6 * HOUR);
  const { start, end } = groups[groups.length - 1] as { start: number; end: number };
  return {
    factors: [factor], start, end, tier, score: Math.abs(typical) / p.remind,
    stats: { residual: kind, hours: bad.length, hoursOverWarn: large.length, medianDeviation: typical, ownRatio: own.centre, ownSigma: own.sigma },
    text: {
      zh: `${spanText(start, end)} ${namesZh([factor])}${WORD[kind][0]}：${bad.length} 小时偏离本站惯常比值，中位偏离 ${percent(typical)}（本站离散 ${percent(own.sigma, 2)}）。`,
      en: `${namesEn([factor])}: ${WORD[kind][1]} in ${bad.length} h (${spanText(start, end)}), median deviation ${percent(typical)}, own spread ${percent(own.sigma, 2)}.`,
    },
    clearedBy: [
      { zh: '求平均的先后次序或不完整小时', en: 'Order of averaging, or partial hours' },
      { zh: '已备案的参数变更', en: 'A filed change of parameters' },
    ],
  };
}

/** Reference oxygen the device converts with, when it is one constant other than the registered one. */
function wrongReference(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Finding | undefined {
  const hour = ctx.hour(factor);
  const oxygen = ctx.hour(O2);
  const registered = ctx.reg.o2Ref;
  if (hour === undefined || oxygen === undefined || registered === undefined) return undefined;
  const least = p.leastResolutions * (ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0);
  const to = endedAt(hour, ctx.now);
  const from = Math.max(0, to - 24);
  const fitted: number[] = [];
  for (let i = from; i < to; i++) {
    if (hour.flag[i] !== NORMAL || !((hour.avg[i] as number) >= least) || !steady(ctx, hour.t0 + i * HOUR) || isSentinel(hour.zsAvg[i] as number)) continue;
    fitted.push(impliedReferenceOxygen(hour.avg[i] as number, hour.zsAvg[i] as number, oxygen.avg[i] as number));
  }
  const scale = robustScale(fitted);
  if (scale.n < 12 || scale.sigma > 0.15 || Math.abs(scale.median - registered) <= p.o2RefDiffers) return undefined;
  const own = ownOf(ctx, factor, 'conversion', p);
  // The same wrong constant since the first day is a registration to correct, not a change somebody made.
  const changed = own !== undefined && Math.abs(own.centre - 1) < 0.01;
  const start = hour.t0 + from * HOUR;
  const tier: Tier = changed ? 'WORK_ORDER' : 'REMIND';
  return {
    factors: [factor], start, end: hour.t0 + to * HOUR, tier, score: Math.abs(scale.median - registered) / p.o2RefDiffers,
    stats: { fittedO2Ref: scale.median, registeredO2Ref: registered },
    text: {
      zh: `${namesZh([factor])}近 24 小时折算值对应基准氧 ${num(scale.median)}%，登记为 ${num(registered)}%。`,
      en: `${namesEn([factor])}: conversion of the last 24 h fits a reference oxygen of ${num(scale.median)} %, registered ${num(registered)} %.`,
    },
    clearedBy: [{ zh: '登记的基准氧有误：核对许可证与排放标准', en: 'The registered reference oxygen is wrong: compare permit and standard' }],
  };
}

/** `model:A07` — numbers of one device that must agree by arithmetic. */
export const a07: Model = {
  id: 'A07', version: '1.1.0',
  title: { zh: '数值自洽', en: 'Internal arithmetic' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H3', 'H5'],
  about: {
    zh: '小时均值对分钟均值、排放量对浓度×流量、折算值对按登记基准氧的折算；以本站自身惯常比值和离散为准，只看完整稳定运行小时。',
    en: 'Hourly mean against steps, mass against concentration × flow, converted value against conversion with the registered oxygen; measured from the site\'s own usual ratio, complete steady hours only.',
    source: 'A07; HJ 75 appendix A',
  },
  minimum: { days: 12, needs: ['hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factors = ctx.factors.filter((f) => ctx.hour(f) !== undefined);
    if (factors.length === 0) return cannotTell('no hour data', ['hour data']);
    const limited = factors.filter((f) => ctx.reg.limits.some((l) => l.factor === f));
    const pairs = [
      ...factors.filter((f) => limited.includes(f) || f === O2 || f === flowOf(ctx.reg.type)).map((f) => [f, 'steps'] as const),
      ...limited.flatMap((f) => [[f, 'mass'] as const, [f, 'conversion'] as const]),
    ];
    if (pairs.every(([f, kind]) => ownOf(ctx, f, kind, p) === undefined)) return cannotTell('no baseline yet', ['5 days of complete hours']);
    const findings = [
      ...pairs.flatMap(([f, kind]) => findingOf(ctx, f, kind, p) ?? []),
      ...limited.flatMap((f) => wrongReference(ctx, f, p) ?? []),
    ];
    if (findings.length === 0) return notMet();
    return conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['filed-change', 'instrument-work']))));
  },
};
