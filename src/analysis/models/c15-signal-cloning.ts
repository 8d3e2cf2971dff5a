import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { finiteCount, runValues, signalOf, type Signal } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR, hoursHolding, localDayStart } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] honest |ρ| of two pollutants over 24 h: 0.82 at 0.01, 0.86 at 0.002 windows per factor-month. */
  remindRho: 0.82, warnRho: 0.86, workOrderRho: 0.95, windowHours: 24, leastValues: 72, everyHours: 2,
  /** On differences too: slow common drift is not copying. */
  diffRho: 0.8, ownMargin: 0.1, baselineDays: 21, furthestHours: 240,
} as const satisfies Thresholds;

/** Channels of different instruments with no physics in common that would tie their noise together. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['a34013', 'a01012'], ['a01011', 'a01012'], ['a34013', 'a01011'], ['a34013', 'a01014'], ['a21026', 'a34013'], ['a21002', 'a34013'],
  ['a21026', 'a01012'], ['a21002', 'a01012'], ['a01014', 'a01012'], ['w01018', 'w01010'], ['w21003', 'w01010'], ['w01018', 'w21003'], ['w01018', 'w01014'],
];

/** Step differences of a stretch, held within four robust sigma: one common jump (a stop, a restart) is no copying. */
function steps(values: ArrayLike<number>, from: number, to: number): Float64Array {
  const d = new Float64Array(Math.max(0, to - from)).fill(Number.NaN);
  for (let i = from + 1; i < to; i++) d[i - from] = (values[i] as number) - (values[i - 1] as number);
  const cap = 4 * 1.4826 * median(d.map((v) => Math.abs(v)));
  return cap > 0 ? d.map((v) => Math.max(-cap, Math.min(cap, v))) : d;
}

/** Pearson correlation over pairs that are both known; NaN with too few pairs or no movement. */
function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let n = 0;
  let sa = 0;
  let sb = 0;
  let saa = 0;
  let sbb = 0;
  let sab = 0;
  for (let i = 0; i < a.length; i++) {
    const x = a[i] as number;
    const y = b[i] as number;
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    n++;
    sa += x;
    sb += y;
    saa += x * x;
    sbb += y * y;
    sab += x * y;
  }
  const va = saa - (sa * sa) / n;
  const vb = sbb - (sb * sb) / n;
  return n < 20 || va <= 1e-12 || vb <= 1e-12 ? Number.NaN : (sab - (sa * sb) / n) / Math.sqrt(va * vb);
}

const stepCorrelation = (a: ArrayLike<number>, b: ArrayLike<number>, from: number, to: number): number =>
  Math.abs(pearson(steps(a, from, to), steps(b, from, to)));

/** Largest |ρ| of differences of the pair in daily windows of the own history. */
const ownLargest = (ctx: Context, a: Signal, b: Signal, p: typeof DEFAULTS): number | undefined =>
  ctx.daily(`C15:${a.factor}:${b.factor}`, () => {
    const end = localDayStart(ctx.now) - 2 * DAY;
    const from = clampedIndex(a, end - p.baselineDays * DAY);
    const x = runValues(ctx, a, from, clampedIndex(a, end));
    const y = runValues(ctx, b, from, clampedIndex(a, end));
    const width = DAY / a.stepMs;
    let largest = 0;
    let seen = 0;
    for (let i = 0; i + width <= x.length; i += width) {
      const rho = stepCorrelation(x, y, i, i + width);
      if (Number.isFinite(rho)) {
        seen++;
        largest = Math.max(largest, rho);
      }
    }
    return seen >= 7 ? largest : undefined;
  });

type Recent = (signal: Signal, from: number, to: number) => Float64Array;

function findingOf(ctx: Context, pair: readonly [string, string], recent: Recent, p: typeof DEFAULTS): Finding | undefined {
  const a = signalOf(ctx, pair[0] as FactorCode);
  const b = signalOf(ctx, pair[1] as FactorCode);
  if (a === undefined || b === undefined || a.stepMs !== b.stepMs) return undefined;
  const to = endedAt(a, ctx.now);
  const width = Math.round((hoursHolding(p.windowHours, p.leastValues, a) * HOUR) / a.stepMs);
  const x = recent(a, to - width, to);
  const y = recent(b, to - width, to);
  if (finiteCount(x) < 0.7 * width || finiteCount(y) < 0.7 * width) return undefined;
  const raw = Math.abs(pearson(x, y));
  if (!(raw > p.remindRho)) return undefined;
  const diff = stepCorrelation(x, y, 0, width);
  if (!(diff > p.diffRho)) return undefined;
  const own = ownLargest(ctx, a, b, p);
  if (own === undefined || diff < own + p.ownMargin) return undefined;
  let from = to - width;
  const half = width >> 2;
  while (from - half >= Math.max(0, to - (p.furthestHours * HOUR) / a.stepMs)) {
    const rho = stepCorrelation(runValues(ctx, a, from - half, from), runValues(ctx, b, from - half, from), 0, half);
    if (!(rho > p.diffRho)) break;
    from -= half;
  }
  const start = a.t0 + from * a.stepMs;
  const end = a.t0 + to * a.stepMs;
  const least = Math.min(raw, diff);
  const tier: Tier = least > p.workOrderRho ? 'WORK_ORDER' : least > p.warnRho ? 'WARN' : 'REMIND';
  const factors = [a.factor, b.factor];
  const finding: Finding = {
    ...(least > 0.98 ? { standsAloneHere: 'two instruments cannot share their noise' } : {}),
    factors, start, end, tier, score: least / p.remindRho,
    stats: { rho: raw, rhoOfDifferences: diff, ownLargest: own },
    text: {
      zh: `${spanText(start, end)} ${namesZh([a.factor])}与${namesZh([b.factor])}如出一辙：24 小时相关 ${num(raw, 3)}，逐步变化相关 ${num(diff, 3)}，本站历史最大 ${num(own, 2)}。`,
      en: `${namesEn([a.factor])} and ${namesEn([b.factor])} move as one (${spanText(start, end)}): correlation ${num(raw, 3)}, of their steps ${num(diff, 3)}, largest before ${num(own, 2)}.`,
    },
    clearedBy: [{ zh: '共用除数或共用分析仪的通道（登记可查）', en: 'Channels that share a divisor or an analyser (see the register)' }],
  };
  return suppress(finding, explain(ctx, finding, factors, ['instrument-work', 'filed-work', 'stop-mark']));
}

/** `model:C15` — one signal feeding two instruments. */
export const c15: Model = {
  id: 'C15', version: '1.0.0',
  title: { zh: '因子克隆', en: 'Signal cloning' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H9'],
  about: {
    zh: '结构上无关的通道对，24 小时原值与逐步变化的相关系数均很高且超过本站历史；克隆信号连噪声也相同。',
    en: 'Pairs of structurally unrelated channels whose values and step differences correlate over 24 h beyond the own history; a cloned signal shares even its noise.',
    source: 'C15, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 0, needs: ['twoChannels'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (Math.floor(ctx.now / HOUR) % p.everyHours !== 0) return notMet('looked at every other hour');
    const pairs = PAIRS.filter(([a, b]) => ctx.factors.includes(a as FactorCode) && ctx.factors.includes(b as FactorCode));
    if (pairs.length === 0) return cannotTell('no pair of unrelated channels', ['two independent channels']);
    const seen = new Map<string, Float64Array>();
    const recent: Recent = (signal, from, to) => {
      const known = seen.get(signal.factor) ?? runValues(ctx, signal, from, to);
      seen.set(signal.factor, known);
      return known;
    };
    const findings = pairs.flatMap((pair) => findingOf(ctx, pair, recent, p) ?? []);
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
