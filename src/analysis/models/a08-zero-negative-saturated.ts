import type { FactorCode } from '#kernel';
import { median, quantileOf } from '../primitives/index.ts';
import { flagIndex, type Context, type Finding, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { factorInfo, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, RUN, signalOf, stateAt, type Signal } from './parts/signal.ts';
import { endedAt, HOUR, timeAt } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindZeroHours: 3, warnZeroHours: 12, workOrderZeroHours: 24,
  remindTopHours: 1, workOrderTopHours: 3,
  /** From this share of the span on a reading is at the top. */
  topShare: 0.99,
  /** Zero is unusual only where the low end (2 %) of the own history keeps this many noises away from it. */
  noises: 3, lowEnd: 0.02,
  /** Gaps this long neither end a run nor count for it. */
  gapHours: 2,
} as const satisfies Thresholds;

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly hours: number;
  readonly normalHours: number;
}

const counts = (flag: number): boolean => flag === NORMAL || flag === flagIndex.OVER_RANGE;

/** The run of intervals with `hit` that reaches the newest value: running hours only, short gaps bridged. */
function newestRun(ctx: Context, signal: Signal, hit: (v: number) => boolean, p: typeof DEFAULTS): Stretch | undefined {
  const last = endedAt(signal, ctx.now);
  const bridge = Math.round((p.gapHours * HOUR) / signal.stepMs);
  let from = last;
  let to = -1;
  let n = 0;
  let normal = 0;
  let missed = 0;
  for (let i = last - 1; i >= 0 && missed <= bridge; i--) {
    const v = signal.values[i] as number;
    if (!Number.isFinite(v)) {
      missed++;
      continue;
    }
    if (!hit(v) || !counts(signal.flag[i] as number) || !runs(ctx, timeAt(signal, i))) break;
    missed = 0;
    from = i;
    if (to < 0) to = i + 1;
    n++;
    if (signal.flag[i] === NORMAL) normal++;
  }
  return n === 0 ? undefined : { from, to, hours: (n * signal.stepMs) / HOUR, normalHours: (normal * signal.stepMs) / HOUR };
}

/** Certain only: a standing plant reads zero rightly. Water counts while it discharges. */
const runs = (ctx: Context, at: number): boolean => stateAt(ctx, at, ctx.reg.type === 'water' ? 'byData' : 'state') === RUN;

interface Floor {
  readonly low: number;
  readonly noise: number;
}

/** Low end and noise of the clean history. */
const floorOf = (ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Floor | undefined => {
  const base = baselineOf(ctx, factor);
  if (base === undefined) return undefined;
  return ctx.daily(`A08:${factor}`, () => {
    const steps = new Float64Array(base.values.length).fill(Number.NaN);
    for (let i = 1; i < steps.length; i++) steps[i] = Math.abs((base.values[i] as number) - (base.values[i - 1] as number));
    return { low: quantileOf(base.values, p.lowEnd), noise: Math.max((1.4826 * median(steps)) / Math.SQRT2, base.resolution) };
  });
};

/** Other channels of the same instrument still move: the plant and the analyser live, this reading does not. */
function othersMove(ctx: Context, factor: FactorCode, run: Stretch): boolean {
  const { instrument } = factorInfo(factor);
  return ctx.factors.some((other) => {
    if (other === factor || factorInfo(other).instrument !== instrument) return false;
    const signal = signalOf(ctx, other);
    const base = baselineOf(ctx, other);
    if (signal === undefined || base === undefined) return false;
    const part = signal.values.subarray(run.from, run.to).filter((v) => Number.isFinite(v));
    return part.length > 0 && quantileOf(part, 0.9) - quantileOf(part, 0.1) > 4 * base.resolution;
  });
}

function zeroFinding(ctx: Context, factor: FactorCode, signal: Signal, p: typeof DEFAULTS): Finding | undefined {
  const run = newestRun(ctx, signal, (v) => v <= 0, p);
  if (run === undefined || run.normalHours < p.remindZeroHours) return undefined;
  const floor = floorOf(ctx, factor, p);
  if (floor === undefined || floor.low <= p.noises * floor.noise) return undefined;
  const tier: Tier =
    run.normalHours >= p.workOrderZeroHours && othersMove(ctx, factor, run) ? 'WORK_ORDER' : run.normalHours >= p.warnZeroHours ? 'WARN' : 'REMIND';
  const start = timeAt(signal, run.from);
  const end = timeAt(signal, run.to);
  return {
    factors: [factor], start, end, tier, score: run.normalHours / p.remindZeroHours,
    stats: { kind: 'zero', hours: run.normalHours, ownLowEnd: floor.low, ownNoise: floor.noise },
    text: {
      zh: `${namesZh([factor])}在生产运行中 ${spanText(start, end)} 连续 ${num(run.normalHours, 1)} 小时为零或负值；本站正常数据的低端（2% 分位）为 ${num(floor.low)}，噪声 ${num(floor.noise, 3)}。`,
      en: `${namesEn([factor])} was zero or negative for ${num(run.normalHours, 1)} h while the plant ran (${spanText(start, end)}); the low end (2 %) of its own history is ${num(floor.low)}, its noise ${num(floor.noise, 3)}.`,
    },
    clearedBy: [
      { zh: '近零排放源或燃料更换', en: 'A source near zero, or a change of fuel' },
      { zh: '反吹、零点校准未打标记', en: 'Blow-back or a zero check without its flag' },
    ],
  };
}

function topFinding(ctx: Context, factor: FactorCode, signal: Signal, p: typeof DEFAULTS): Finding | undefined {
  const span = ctx.reg.factors.find((f) => f.factor === factor)?.span;
  if (span === undefined || !(span > 0)) return undefined;
  const run = newestRun(ctx, signal, (v) => v >= p.topShare * span, p);
  if (run === undefined || run.hours < p.remindTopHours) return undefined;
  // Flag T says that the range was left, a normal flag passes the clipped value off as measured.
  const tier: Tier = run.normalHours >= p.workOrderTopHours ? 'WORK_ORDER' : run.hours >= 2 * p.workOrderTopHours ? 'WARN' : 'REMIND';
  const start = timeAt(signal, run.from);
  const end = timeAt(signal, run.to);
  return {
    factors: [factor], start, end, tier, score: run.hours / p.remindTopHours,
    stats: { kind: 'saturated', hours: run.hours, normalHours: run.normalHours, span },
    text: {
      zh: `${namesZh([factor])}在 ${spanText(start, end)} 连续 ${num(run.hours, 1)} 小时顶在量程 ${num(span)} 的 ${num(100 * p.topShare)}% 以上，其中 ${num(run.normalHours, 1)} 小时标记为正常：真实值可能更高。`,
      en: `${namesEn([factor])} stood above ${num(100 * p.topShare)} % of its span of ${num(span)} for ${num(run.hours, 1)} h (${spanText(start, end)}), ${num(run.normalHours, 1)} h of it flagged normal: the true value may be higher.`,
    },
    clearedBy: [
      { zh: '登记量程有误：核对仪器现用量程', en: 'The registered span is wrong: see the range in use' },
      { zh: '量程校准未打标记', en: 'A span check without its flag' },
    ],
  };
}

/** `model:A08` — readings at one end of the scale while the plant runs. */
export const a08: Model = {
  id: 'A08', version: '1.0.0',
  title: { zh: '零值负值与超量程', en: 'Zero, negative, saturated' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H4', 'H1'],
  about: {
    zh: '生产运行（废水为排放）时污染物连续为零或负值的小时数，或连续不低于量程 99% 的小时数；本站历史低端离零不足 3 倍噪声的近零源不判零值。',
    en: 'Hours in a row at or below zero, or at 99 % of the span and more, while the plant runs (water: discharges). Sources whose own low end lies within three noises of zero are not judged for zeros.',
    source: 'A08, a method of this platform: U05 robust scale; HJ 75-2017 (span and flag T)',
  },
  minimum: { days: 0, needs: ['pollutants', ['span', 'history']] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const signals = ctx.factors.flatMap((f) => (isPollutant(f) ? (signalOf(ctx, f) ?? []) : []));
    if (signals.length === 0) return cannotTell('no pollutant data', ['pollutant channels']);
    const findings = signals.flatMap((s) => [zeroFinding(ctx, s.factor, s, p) ?? [], topFinding(ctx, s.factor, s, p) ?? []].flat());
    if (findings.length > 0) {
      return conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['stop-mark', 'instrument-work', 'filed-work', 'power-down', 'filed-change']))));
    }
    const known = signals.some((s) => baselineOf(ctx, s.factor) !== undefined || ctx.reg.factors.some((f) => f.factor === s.factor && f.span !== undefined));
    return known ? notMet() : cannotTell('neither span nor history known', ['span', '10 days of running data']);
  },
};
