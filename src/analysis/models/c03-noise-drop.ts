import type { FactorCode } from '#kernel';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isAnalyser, isPollutant } from './parts/factors.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { calmLately, ownWindows, quietSpan, windowStats } from './parts/quiet-windows.ts';
import { runValues, signalOf } from './parts/signal.ts';
import { endedAt, HOUR, hoursHolding } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] 24-h rms step difference over own: 0.603 at 0.01, 0.524 at 0.002 windows per factor-month. */
  remindRatio: 0.6, warnRatio: 0.52, workOrderRatio: 0.4,
  longHours: 24, ownLeast: 0.9,
  shortHours: 8, shortRatio: 0.35, shortOwnLeast: 0.7,
  /** Water analysers give one result an hour: fewer differences, stricter ratio. */
  analyserRatio: 0.35, analyserWarnRatio: 0.3, analyserOwnLeast: 0.75,
  leastHours: 6,
  /** Least number of values in the long and the short window: hourly series need days. */
  longValues: 72, shortValues: 48,
  movingSd: 0.5,
} as const satisfies Thresholds;

interface Smooth {
  readonly start: number;
  readonly end: number;
  readonly ratio: number;
  readonly sdRatio: number;
  readonly hours: number;
}

/**
 * Ratio of the step noise to the own one, as such and relative to the level, whichever is larger: a lower level has
 * less noise for honest reasons (cleaner fuel, less load), and that is not smoothing.
 */
function smoothOf(ctx: Context, factor: FactorCode, wanted: number, ratio: number, least: number, p: typeof DEFAULTS): Smooth | undefined {
  const signal = signalOf(ctx, factor);
  if (signal === undefined) return undefined;
  const hours = isAnalyser(factor) ? wanted : hoursHolding(wanted, wanted < p.longHours ? p.shortValues : p.longValues, signal);
  const known = ownWindows(ctx, factor, hours);
  if (known === undefined) return undefined;
  const { base, own } = known;
  if (!(own.diff.median >= 1.5 * base.resolution)) return undefined;
  const to = endedAt(signal, ctx.now);
  const width = Math.round((hours * HOUR) / signal.stepMs);
  if (!calmLately(ctx, signal, own, to)) return undefined;
  const near = runValues(ctx, signal, to - width, to);
  const stats = windowStats(near, 0, near.length);
  const r = Math.max(stats.diff / own.diff.median, stats.relativeDiff / own.relativeDiff.median);
  if (!(r < ratio)) return undefined;
  if (!(stats.diff < least * own.diff.least) || !(stats.relativeDiff < least * own.relativeDiff.least)) return undefined;
  const back = Math.min(to, 4 * width);
  const wide = runValues(ctx, signal, to - back, to);
  const quiet = quietSpan(wide, back - width);
  const from = to - back + quiet.from;
  const until = to - back + quiet.to;
  if ((until - from) * signal.stepMs < p.leastHours * HOUR) return undefined;
  return {
    start: signal.t0 + from * signal.stepMs, end: signal.t0 + until * signal.stepMs,
    ratio: r, sdRatio: stats.sd / own.sd.median, hours,
  };
}

function findingOf(ctx: Context, factor: FactorCode, s: Smooth, p: typeof DEFAULTS): Finding {
  const lasted = (s.end - s.start) / HOUR;
  const tier: Tier =
    s.ratio < p.workOrderRatio && lasted >= 2 * p.longHours && s.sdRatio >= p.movingSd
      ? 'WORK_ORDER'
      : s.ratio < (isAnalyser(factor) ? p.analyserWarnRatio : p.warnRatio) && lasted >= p.shortHours && (s.hours >= p.longHours || s.ratio < p.shortRatio * 0.8) ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [factor], start: s.start, end: s.end, tier, score: p.remindRatio / Math.max(s.ratio, 1e-3),
    stats: { noiseRatio: s.ratio, sdRatio: s.sdRatio, windowHours: s.hours },
    text: {
      zh: `${namesZh([factor])}在 ${spanText(s.start, s.end)} 的步间噪声只有本站惯常的 ${percent(s.ratio, 0)}，而 ${s.hours} 小时波动幅度为惯常的 ${percent(s.sdRatio, 0)}：数值过度平滑。`,
      en: `${namesEn([factor])}: step noise is ${percent(s.ratio, 0)} of the usual (${spanText(s.start, s.end)}) while the ${num(s.hours)}-h spread is ${percent(s.sdRatio, 0)} of it: smoother than the instrument can be.`,
    },
    clearedBy: [
      { zh: '分析仪平均时间变更（应有备案）', en: 'A changed averaging time of the analyser (should be filed)' },
      { zh: '分析仪更换', en: 'A replaced analyser' },
    ],
  };
  return suppress(finding, explain(ctx, finding, [factor], ['stop-mark', 'power-down', 'instrument-work', 'filed-work', 'filed-change']));
}

/** `model:C03` — the instrument's own noise has gone. */
export const c03: Model = {
  id: 'C03', version: '1.1.0',
  title: { zh: '过度平滑', en: 'Noise drop' },
  family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: false,
  params: DEFAULTS, legalHooks: ['H3', 'H5'],
  about: {
    zh: '步间差分均方根与本站基线之比（绝对值与相对值取较大者），并须低于本站几乎所有窗口；周期分析仪低于 0.35 提醒、低于 0.3 警告；真实分析仪的噪声不会凭空消失。',
    en: 'Rms of neighbouring differences over the own baseline (the larger of absolute and relative), below nearly all own windows; cycle analysers remind below 0.35 and warn below 0.3; a physical analyser keeps its noise.',
    source: 'C03, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 12, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factors = ctx.factors.filter((f) => isPollutant(f));
    if (factors.every((f) => ownWindows(ctx, f, p.longHours) === undefined)) return cannotTell('no baseline yet', ['10 days of running data']);
    const findings: Finding[] = [];
    for (const factor of factors) {
      const hit = isAnalyser(factor)
        ? smoothOf(ctx, factor, p.longHours, p.analyserRatio, p.analyserOwnLeast, p)
        : (smoothOf(ctx, factor, p.longHours, p.remindRatio, p.ownLeast, p) ??
          smoothOf(ctx, factor, p.shortHours, p.shortRatio, p.shortOwnLeast, p));
      if (hit !== undefined) findings.push(findingOf(ctx, factor, hit, p));
    }
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
