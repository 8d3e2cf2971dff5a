import type { FactorCode } from '#kernel';
import { mannWhitney, median, quantileOf, robustScale } from '../primitives/index.ts';
import type { Context, Finding, HourSeries, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf, type Baseline } from './parts/baseline.ts';
import { foundBy } from './parts/corroboration.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { limitFor } from './parts/limits.ts';
import { NORMAL } from './parts/signal.ts';
import { clampedIndex, DAY, endedAt, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  lateHours: 2, batchRecords: 6, batchWithinMinutes: 60, lookBackHours: 96,
  pShift: 0.01, lowSigmas: 2.5,
  /** Share of the outfall's own stretches of that length that are as low. */
  ownLow: 0.02,
} as const satisfies Thresholds;

/** Start times of hours that arrived late, for the first time, within the last hour. */
function lateHours(ctx: Context, series: HourSeries, p: typeof DEFAULTS): number[] {
  const to = endedAt(series, ctx.now);
  const out: number[] = [];
  for (let i = Math.max(0, to - p.lookBackHours); i < to; i++) {
    const arrived = series.arrivedAt[i] as number;
    const start = series.t0 + i * HOUR;
    if (!(arrived > ctx.now - p.batchWithinMinutes * 60_000)) continue;
    if (arrived - (start + HOUR) <= p.lateHours * HOUR) continue;
    // A re-sent hour was here before: that is A05's matter.
    if (ctx.revisions.some((r) => r.start === start)) continue;
    out.push(start);
  }
  return out;
}

interface Shift {
  readonly factor: FactorCode;
  readonly p: number;
  /** Back-filled values lie below the 10 % point of the baseline while their neighbours in time do not. */
  readonly low: boolean;
}

function shiftOf(ctx: Context, factor: FactorCode, start: number, end: number, p: typeof DEFAULTS): Shift | undefined {
  const base = baselineOf(ctx, factor);
  const series = ctx.hour(factor);
  if (base === undefined || series === undefined) return undefined;
  const pick = (from: number, to: number): number[] => {
    const out: number[] = [];
    for (let i = clampedIndex(series, from); i < clampedIndex(series, to); i++) {
      const v = series.avg[i] as number;
      if (Number.isFinite(v) && series.flag[i] === NORMAL) out.push(v);
    }
    return out;
  };
  const block = pick(start, end);
  const around = [...pick(start - DAY, start), ...pick(end, end + DAY)];
  if (block.length < 6 || around.length < 6) return undefined;
  const test = mannWhitney(block, around);
  const own = ctx.daily(`A04:${factor}`, () => ({ q10: quantileOf(base.values, 0.1), sigma: robustScale(base.values, base.resolution).sigma }));
  // Hours of one plant hang together: a low night is common, a block far below both its neighbours and its history is not.
  const far = median(around) - median(block) > p.lowSigmas * own.sigma;
  const low = far && median(block) < own.q10 && median(around) >= own.q10 && median(block) < ownLowest(ctx, factor, base, end - start, p);
  return { factor, p: test.z < 0 ? test.p : 1, low };
}

/** Level below which next to no stretch of this length lay in the clean baseline: nights of little load are low together, and honest. */
const ownLowest = (ctx: Context, factor: FactorCode, base: Baseline, lengthMs: number, p: typeof DEFAULTS): number =>
  ctx.daily(`A04:${factor}:${lengthMs}`, () => {
    const width = Math.max(1, Math.round(lengthMs / base.stepMs));
    const medians: number[] = [];
    for (let i = 0; i + width <= base.values.length; i += Math.max(1, width >> 2)) medians.push(median(base.values, i, i + width));
    return quantileOf(medians, p.ownLow);
  });

/** `model:A04` — a batch of old hours that arrived together; legal as such, suspicious when it looks better than its surroundings. */
export const a04: Model = {
  id: 'A04', version: '1.2.0',
  title: { zh: '迟到补传', en: 'Late back-fill' },
  family: 'transport', trigger: 'hour', media: ['gas', 'water'], standsAlone: false, countsRepeats: true,
  params: DEFAULTS, legalHooks: ['H3', 'H4'],
  about: {
    zh: '到达时间减小时结束时间超过 2 小时、10 分钟级成批（≥6 条）到达；补传值与前后 24 小时及本站同样长度的历史时段比较（Mann–Whitney）；30 天内多批而补传值与前后相符的只提醒。',
    en: 'Six or more hours arriving together more than 2 h late; their values are compared with the 24 h around (Mann–Whitney) and with the own stretches of that length; batches whose values fit remind, however many.',
    source: 'A04, a method of this platform',
  },
  minimum: { days: 0, needs: ['hours'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const factor = ctx.factors.find((f) => ctx.hour(f) !== undefined);
    const series = factor === undefined ? undefined : ctx.hour(factor);
    if (series === undefined) return cannotTell('no hour data', ['hour data']);
    const late = lateHours(ctx, series, p);
    if (late.length < p.batchRecords) return notMet();
    const start = late[0] as number;
    const end = (late[late.length - 1] as number) + HOUR;
    const shifts = ctx.factors
      .filter((f) => limitFor(ctx, f) !== undefined)
      .flatMap((f) => shiftOf(ctx, f, start, end, p) ?? [])
      .filter((s) => s.p < p.pShift);
    const batches = 1 + ctx.recent.filter((f) => f.model === 'A04' && (f.end <= start || f.start >= end)).length;
    const low = shifts.some((s) => s.low);
    const strong = low && foundBy(ctx, ['C01', 'C02', 'C03', 'C07', 'C08'], start, end);
    // However many batches: what fits its surroundings came through a bad line.
    const tier: Tier = strong ? 'WORK_ORDER' : low ? 'WARN' : 'REMIND';
    const factors = shifts.filter((s) => s.low).map((s) => s.factor);
    const finding: Finding = {
      factors, start, end, tier, score: late.length / p.batchRecords,
      stats: { records: late.length, batches30d: batches, shiftedFactors: shifts.length, smallestP: Math.min(1, ...shifts.map((s) => s.p)) },
      text: {
        zh: `${spanText(start, end)} 的 ${late.length} 条小时数据成批迟到；${factors.length > 0 ? `${namesZh(factors)}补传值明显低于前后时段` : '补传值与前后时段无明显差别'}；30 天内第 ${batches} 批。`,
        en: `${late.length} hours of ${spanText(start, end)} arrived late together; ${factors.length > 0 ? `${namesEn(factors)} lie clearly below the hours around` : 'their values fit the hours around'}; batch ${num(batches)} in 30 days.`,
      },
      clearedBy: [{ zh: '真实断网：数采仪存储的分钟记录与补传一致', en: 'A real outage: the minutes stored in the logger agree with the back-fill' }],
    };
    return conclude([finding]);
  },
};
