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
  /** [C] sd of 24 h over own median: 0.441 at 0.01, 0.387 at 0.002 windows per factor-month. */
  remindRatio: 0.44, warnRatio: 0.38, workOrderRatio: 0.3, maxCv: 0.05,
  /**
   * A warning wants less than honest plants do at 0.002 windows per factor-month (CV of 24 h, [C]); of results of a
   * cycle analyser, little more than its own repeatability of 1.5 %: calm days of a biological stage reach 3 %.
   */
  warnCv: 0.045, analyserWarnCv: 0.025,
  /** A shorter window answers sooner, but only to a plainer fact. */
  shortHours: 12, shortRatio: 0.25,
  longHours: 24, ownLeast: 0.8, shortOwnLeast: 0.6,
  /** Analysers give a tenth of the values: windows twice as long, and plainer facts. */
  analyserLongRatio: 0.38, analyserShortRatio: 0.25, analyserOwnLeast: 0.7,
  leastHours: 6,
  /** Least number of values in the long and the short window: hourly series need days. */
  longValues: 72, shortValues: 48,
} as const satisfies Thresholds;

interface Quiet {
  readonly start: number;
  readonly end: number;
  readonly ratio: number;
  readonly cv: number;
  readonly sd: number;
  readonly ownSd: number;
  readonly hours: number;
}

/** Tests the window of `hours` that ends now; a hit is traced back to where the quiet began. */
function quietOf(ctx: Context, factor: FactorCode, wanted: number, ratio: number, least: number, p: typeof DEFAULTS): Quiet | undefined {
  const signal = signalOf(ctx, factor);
  if (signal === undefined) return undefined;
  const hours = isAnalyser(factor) ? wanted : hoursHolding(wanted, wanted < p.longHours ? p.shortValues : p.longValues, signal);
  const known = ownWindows(ctx, factor, hours);
  if (known === undefined) return undefined;
  const { base, own } = known;
  if (!(own.sd.median >= 2 * base.resolution)) return undefined;
  const to = endedAt(signal, ctx.now);
  const width = Math.round((hours * HOUR) / signal.stepMs);
  if (!calmLately(ctx, signal, own, to)) return undefined;
  const near = runValues(ctx, signal, to - width, to);
  const stats = windowStats(near, 0, near.length);
  const r = stats.sd / own.sd.median;
  if (!(r < ratio) || !(stats.sd / stats.mean < p.maxCv) || !(stats.sd < least * own.sd.least)) return undefined;
  const back = Math.min(to, 4 * width);
  const wide = runValues(ctx, signal, to - back, to);
  const quiet = quietSpan(wide, back - width);
  const from = to - back + quiet.from;
  const until = to - back + quiet.to;
  if ((until - from) * signal.stepMs < p.leastHours * HOUR) return undefined;
  return {
    start: signal.t0 + from * signal.stepMs, end: signal.t0 + until * signal.stepMs,
    ratio: r, cv: stats.sd / stats.mean, sd: stats.sd, ownSd: own.sd.median, hours,
  };
}

function findingOf(ctx: Context, factor: FactorCode, q: Quiet, p: typeof DEFAULTS): Finding {
  const lasted = (q.end - q.start) / HOUR;
  const still = q.cv < (isAnalyser(factor) ? p.analyserWarnCv : p.warnCv);
  const tier: Tier =
    still && q.ratio < p.workOrderRatio && lasted >= 2 * p.longHours
      ? 'WORK_ORDER'
      : still && q.ratio < p.warnRatio && (q.hours >= p.longHours || lasted >= p.longHours) ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [factor], start: q.start, end: q.end, tier, score: p.remindRatio / Math.max(q.ratio, 1e-3),
    stats: { ratioToOwn: q.ratio, cv: q.cv, sd: q.sd, ownSd: q.ownSd, windowHours: q.hours },
    text: {
      zh: `${namesZh([factor])}自 ${spanText(q.start, q.end)} 波动异常微小：${q.hours} 小时标准差 ${num(q.sd, 4)}，仅为本站惯常值 ${num(q.ownSd, 4)} 的 ${percent(q.ratio, 0)}，变异系数 ${percent(q.cv, 2)}。`,
      en: `${namesEn([factor])} hardly moves (${spanText(q.start, q.end)}): sd over ${q.hours} h ${num(q.sd, 4)}, ${percent(q.ratio, 0)} of the usual ${num(q.ownSd, 4)}; CV ${percent(q.cv, 2)}.`,
    },
    clearedBy: [
      { zh: '稳定炉况或控制改造后的平稳运行：看负荷与其他因子是否同样平稳', en: 'A steady furnace or a control upgrade: see whether load and other factors are steady too' },
      { zh: '仪器更换备案', en: 'A filed replacement of the instrument' },
    ],
  };
  return suppress(finding, explain(ctx, finding, [factor], ['stop-mark', 'power-down', 'instrument-work', 'filed-work', 'filed-change']));
}

/** `model:C02` — a pollutant that fluctuates far less than it ever did here. */
export const c02: Model = {
  id: 'C02', version: '1.1.0',
  title: { zh: '微幅波动', en: 'Tiny fluctuation' },
  family: 'emission', trigger: 'hour', media: ['gas', 'water'], standsAlone: false,
  params: DEFAULTS, legalHooks: ['H3'],
  about: {
    zh: '24 小时标准差与本站 24 小时标准差中位数之比，且变异系数小于 5%，并低于本站基线中几乎所有窗口；12 小时窗口用更严的阈值提前提示。警告须变异系数小于 4.5%（周期分析仪 2.5%，略大于其重复性）。',
    en: 'Sd of 24 h over the own median of such sds, with a CV under 5 % and below nearly all windows of the own baseline; a 12-h window answers earlier at a stricter threshold. A warning wants a CV under 4.5 % (cycle analysers 2.5 %, little more than their repeatability).',
    source: 'C02, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 12, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factors = ctx.factors.filter((f) => isPollutant(f));
    if (factors.every((f) => ownWindows(ctx, f, p.longHours) === undefined)) return cannotTell('no baseline yet', ['10 days of running data']);
    const findings: Finding[] = [];
    for (const factor of factors) {
      const hit = isAnalyser(factor)
        ? (quietOf(ctx, factor, 2 * p.longHours, p.analyserLongRatio, p.analyserOwnLeast, p) ??
          quietOf(ctx, factor, 2 * p.shortHours, p.analyserShortRatio, p.analyserOwnLeast, p))
        : (quietOf(ctx, factor, p.longHours, p.remindRatio, p.ownLeast, p) ??
          quietOf(ctx, factor, p.shortHours, p.shortRatio, p.shortOwnLeast, p));
      if (hit !== undefined) findings.push(findingOf(ctx, factor, hit, p));
    }
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
