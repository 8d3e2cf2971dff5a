import type { FactorCode } from '#kernel';
import { equalRuns, newInformation, runSurprise } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf, type Baseline } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { factorInfo, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runValues, signalOf, type Signal } from './parts/signal.ts';
import { endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindHours: 4, remindSurprise: 6,
  warnHours: 8, warnSurprise: 9,
  workOrderHours: 24, workOrderSurprise: 12,
  /** One-bit flicker allowed inside a run. */
  flickerShare: 0.1,
  /** The run must also be this many times longer than any honest one of the own baseline. */
  ownLongest: 2,
  /** Where so many neighbours are equal anyway, standing still says nothing: equal values come in long honest runs. */
  mostEqual: 0.35,
  lookBackHours: 24, furthestHours: 168,
} as const satisfies Thresholds;

interface Own {
  readonly pairs: number;
  readonly equal: number;
  /** Longest honest run in the baseline, in new results. */
  readonly longest: number;
}

/** How often neighbours are equal in the clean baseline, and the longest honest run: near zero a coarse analyser repeats itself for days. */
const ownOf = (ctx: Context, factor: FactorCode, base: Baseline, p: typeof DEFAULTS): Own =>
  ctx.daily(`C01:${factor}`, () => {
    const at = informative(ctx, base.stepMs, base.values, base.sampleTime);
    let pairs = 0;
    let equal = 0;
    for (let k = 1; k < at.length; k++) {
      pairs++;
      if (Math.abs((base.values[at[k] as number] as number) - (base.values[at[k - 1] as number] as number)) < base.resolution / 2) equal++;
    }
    const longest = equalRuns(base.values, at, base.resolution, p.flickerShare).reduce((n, r) => Math.max(n, r.to - r.from + 1), 1);
    return { pairs, equal, longest };
  });

/** Positions in `values` that carry a new result (U06); for gas every step does. */
function informative(ctx: Context, stepMs: number, values: Float64Array, sampleTime: Float64Array | undefined): number[] {
  if (sampleTime === undefined) {
    const at: number[] = [];
    for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i] as number)) at.push(i);
    return at;
  }
  return newInformation(values, sampleTime, stepMs, ctx.reg.analysisCycleHours);
}

interface Frozen {
  readonly factor: FactorCode;
  readonly start: number;
  readonly end: number;
  readonly level: number;
  readonly count: number;
  readonly surprise: number;
  readonly share: number;
  readonly flickers: number;
  /** Below half of what the analyser prints: it shows zero whatever the gas does. */
  readonly belowPrint: boolean;
}

/** Nothing moved by more than two resolutions over the newest remind-span: cheap gate before runs are formed. */
function mayBeFrozen(signal: Signal, to: number, spanMs: number, lookBackMs: number, q: number): boolean {
  const width = Math.max(2, Math.floor(spanMs / signal.stepMs / 2));
  for (let end = to; end - width >= Math.max(0, to - Math.ceil(lookBackMs / signal.stepMs)); end -= width) {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let i = end - width; i < end; i++) {
      const v = signal.values[i] as number;
      if (signal.flag[i] !== NORMAL || !Number.isFinite(v)) continue;
      if (v < min) min = v;
      if (v > max) max = v;
    }
    if (max - min <= 2.5 * q) return true;
  }
  return false;
}

function frozenOf(ctx: Context, factor: FactorCode, p: typeof DEFAULTS): Frozen[] {
  const signal = signalOf(ctx, factor);
  if (signal === undefined) return [];
  const to = endedAt(signal, ctx.now);
  // Back-filled stretches are looked for every sixth hour, the newest one every time.
  const lookBack = Math.floor(ctx.now / HOUR) % 6 === 0 ? p.lookBackHours : p.remindHours;
  const registered = ctx.reg.factors.find((f) => f.factor === factor)?.resolution;
  const q = registered ?? baselineOf(ctx, factor)?.resolution ?? 0;
  if (!mayBeFrozen(signal, to, p.remindHours * HOUR, lookBack * HOUR, q)) return [];
  const base = baselineOf(ctx, factor);
  if (base === undefined) return [];
  const from = Math.max(0, to - Math.ceil((p.furthestHours * HOUR) / signal.stepMs));
  const values = runValues(ctx, signal, from, to);
  const at = informative(ctx, signal.stepMs, values, signal.sampleTime?.subarray(from, to));
  const own = ownOf(ctx, factor, base, p);
  const out: Frozen[] = [];
  for (const run of equalRuns(values, at, base.resolution, p.flickerShare, 3)) {
    const start = signal.t0 + (from + (at[run.from] as number)) * signal.stepMs;
    const end = signal.t0 + (from + (at[run.to] as number) + 1) * signal.stepMs;
    if (end < ctx.now - p.lookBackHours * HOUR || end - start < p.remindHours * HOUR) continue;
    const count = run.to - run.from + 1;
    // Each flicker breaks two equalities, so it pays back what it borrowed.
    const surprise = runSurprise(count - 1 - 2 * run.flickers, own.equal, own.pairs);
    // Gaps inside are not evidence of standing still.
    if (count * signal.stepMs * (signal.sampleTime === undefined ? 1 : Math.max(1, ctx.reg.analysisCycleHours ?? 1)) < 0.7 * (end - start)) continue;
    if (surprise < p.remindSurprise || count < p.ownLongest * own.longest || own.equal > p.mostEqual * own.pairs) continue;
    out.push({ factor, start, end, level: run.level, count, surprise, share: own.equal / Math.max(1, own.pairs), flickers: run.flickers, belowPrint: run.level < base.resolution / 2 });
  }
  return out;
}

function findingOf(ctx: Context, f: Frozen, all: readonly Frozen[], p: typeof DEFAULTS): Finding {
  const hours = (f.end - f.start) / HOUR;
  const instruments = new Set(
    all.filter((o) => o.start < f.end && o.end > f.start && o.surprise >= p.workOrderSurprise).map((o) => factorInfo(o.factor).instrument),
  );
  const tier: Tier = f.belowPrint && instruments.size < 2 ? 'REMIND'
    : hours >= p.workOrderHours && f.surprise >= p.workOrderSurprise
      ? 'WORK_ORDER'
      : hours >= p.warnHours && f.surprise >= p.warnSurprise ? 'WARN' : 'REMIND';
  const finding: Finding = {
    ...(instruments.size >= 2 ? { standsAloneHere: 'two instruments at once' } : {}),
    factors: [f.factor], start: f.start, end: f.end, tier, score: f.surprise,
    stats: { hours, level: f.level, results: f.count, surprise: f.surprise, baselineEqualShare: f.share, flickers: f.flickers },
    text: {
      zh: `${namesZh([f.factor])}在 ${spanText(f.start, f.end)} 连续 ${num(hours, 1)} 小时恒为 ${num(f.level, 4)}（${f.count} 个新值）；本站平时相邻相等仅占 ${percent(f.share, 2)}，惊异度 ${num(f.surprise, 1)}。`,
      en: `${namesEn([f.factor])} stood at ${num(f.level, 4)} for ${num(hours, 1)} h (${spanText(f.start, f.end)}, ${f.count} new values); neighbours are usually equal in ${percent(f.share, 2)}, surprise ${num(f.surprise, 1)}.`,
    },
    clearedBy: [
      { zh: '分辨率粗、接近零的稳定工况', en: 'Coarse resolution near zero' },
      { zh: '停运或无流量时保持末值：看用电与流量', en: 'Last value held while stopped or without flow: see power and flow' },
    ],
  };
  return suppress(finding, explain(ctx, finding, [f.factor], ['stop-mark', 'power-down', 'instrument-work', 'filed-work']));
}

/** `model:C01` — a channel that stands still although the plant runs and this channel never does. */
export const c01: Model = {
  id: 'C01', version: '1.1.0',
  title: { zh: '恒值', en: 'Constant value' },
  family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: false,
  params: DEFAULTS, legalHooks: ['H3', 'H4'],
  about: {
    zh: '新值序列中相邻差小于半个分辨率的最长段（容许单位闪烁）；惊异度 = 段长 × −lg(本站基线相邻相等率)，且须长于本站任何正常段的两倍。低于半个分辨率的零值只提示，两台仪器同时如此除外。',
    en: 'Longest stretch of new values that move by less than half a resolution (one-bit flicker allowed); surprise = length × −log10 of the own share of equal neighbours, and twice any honest run of the own baseline. Zero, below half of what is printed, is a reminder at most, unless two instruments stood still at once.',
    source: 'C01, a method of this platform: U04 resolution, U06 new results only, U22 surprise, thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 12, needs: ['hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const first = ctx.factors.find((f) => isPollutant(f)) ?? ctx.factors[0];
    if (first === undefined || baselineOf(ctx, first) === undefined) return cannotTell('no baseline yet', ['10 days of running data']);
    const frozen = ctx.factors.flatMap((f) => frozenOf(ctx, f, p));
    return frozen.length === 0 ? notMet() : conclude(frozen.map((f) => findingOf(ctx, f, frozen, p)));
  },
};
