import {
  caliper, chiSquare, correlation, equalRuns, huberLine, lag1, mean, median, peakShare, quantile, repeatedBlocks, robustScale, sinusoidResidual, sortedFinite, standardDeviation,
} from '#analysis/primitives';
import type { HonestFactor, HonestOutfall } from './honest-series.ts';

/** Values that windows of one outfall gave, and how many factor-months they stand for. */
export interface Sample {
  readonly months: number;
  readonly values: readonly number[];
}

export type Media = 'gas' | 'water' | 'power';

/** A statistic of which a model needs to know how far honest plants go. */
export interface Statistic {
  readonly zh: string;
  readonly en: string;
  readonly side: 'low' | 'high' | 'both';
  readonly usedBy: string;
  readonly media: Media;
  /** What the page of the method says at 0.05, 0.01 and 0.002 windows per factor-month; none where it says nothing. */
  readonly page: readonly (number | undefined)[];
  /** Why ours may leave the page's by more than a tenth. */
  readonly why?: { readonly zh: string; readonly en: string };
  of(outfall: HonestOutfall): readonly Sample[];
}

const DAY_HOURS = 24;
const MONTH_DAYS = 30;
/** Share of a window that must be there. */
const KNOWN = 0.8;

function finite(values: ArrayLike<number>): number {
  let n = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i] as number)) n++;
  return n;
}

/** The statistic of windows of `width` that overlap by half and of which four fifths are there. */
function windows(values: Float64Array, width: number, statistic: (window: Float64Array, from: number) => number, stride = width >> 1): number[] {
  const out: number[] = [];
  for (let i = 0; i + width <= values.length; i += Math.max(1, stride)) {
    const window = values.subarray(i, i + width);
    if (finite(window) < KNOWN * width) continue;
    const v = statistic(window, i);
    if (Number.isFinite(v)) out.push(v);
  }
  return out;
}

const toOwn = (values: readonly number[], own = median(values)): number[] => values.map((v) => v / own);
const stepsOf = (f: HonestFactor, hours: number): number => Math.round((hours * 3_600_000) / f.stepMs);

function rmsStep(values: Float64Array): number {
  let sum = 0;
  let n = 0;
  for (let i = 1; i < values.length; i++) {
    const d = (values[i] as number) - (values[i - 1] as number);
    if (d === d) {
      sum += d * d;
      n++;
    }
  }
  return Math.sqrt(sum / n);
}

const share = (values: Float64Array, inside: (v: number) => boolean): number => values.filter((v) => inside(v)).length / finite(values);
const nearMost = (values: Float64Array): number => {
  const most = 0.98 * (sortedFinite(values).at(-1) as number);
  return share(values, (v) => v >= most);
};
const tail = (values: Float64Array): number => {
  const sorted = sortedFinite(values);
  return quantile(sorted, 0.99) / quantile(sorted, 0.5) - 1;
};
const EVEN = Array.from({ length: 10 }, () => 0.1);
const digits = (values: Float64Array, q: number): number => {
  const counts = EVEN.map(() => 0);
  for (const v of values) if (Number.isFinite(v)) counts[Math.round(v / q) % 10] = (counts[Math.round(v / q) % 10] as number) + 1;
  return chiSquare(counts, EVEN).statistic;
};
const logs = (values: Float64Array): Float64Array => values.map((v) => (v > 0 ? Math.log(v) : Number.NaN));

/** Medians of `width` values against the `before` values in front of them, in robust sigma of the whole. */
function shifts(values: Float64Array, before: number, width: number): number[] {
  const { sigma } = robustScale(values);
  return windows(values, before + width, (w) => (finite(w.subarray(before)) < KNOWN * width ? Number.NaN : (median(w, before) - median(w, 0, before)) / sigma), width >> 1);
}

/** Runs of one printed value, beyond the first. */
function equalBeyondFirst({ hours }: HonestFactor): number[] {
  const at = Array.from(hours.keys()).filter((i) => Number.isFinite(hours[i] as number));
  return equalRuns(hours, at, 1e-9).map((run) => run.to - run.from);
}

/** Longest block of distinct values that comes twice. */
function longestBlock({ steps, resolution }: HonestFactor): number {
  const usable = Uint8Array.from(steps, (v) => (Number.isFinite(v) ? 1 : 0));
  const whole = Int32Array.from(steps, (v) => (Number.isFinite(v) ? Math.round(v / resolution) : 0));
  const PARTS = 8;
  const part = Math.floor(whole.length / PARTS);
  for (let width = 12; width > 1; width--) {
    for (let k = 1; k < PARTS; k++) {
      const found = repeatedBlocks(whole.subarray(0, (k + 1) * part), usable, k * part, width);
      if (found.length > 0) return Math.max(...found.map((one) => one.length));
    }
  }
  return 1;
}

/** ln of `y` less what a straight line of ln `x` gives. */
function logResidual(y: Float64Array, x: Float64Array): Float64Array {
  const [ly, lx] = [logs(y), logs(x)];
  const both = Array.from(ly.keys()).filter((i) => Number.isFinite(ly[i] as number) && Number.isFinite(lx[i] as number));
  const line = huberLine(both.map((i) => lx[i] as number), both.map((i) => ly[i] as number));
  return line === undefined ? ly.map(() => Number.NaN) : ly.map((v, i) => v - line.intercept - line.slope * (lx[i] as number));
}

const months = (o: HonestOutfall): number => o.days / MONTH_DAYS;
const perFactor = (of: (f: HonestFactor) => readonly number[], which: (f: HonestFactor) => boolean = () => true) => (o: HonestOutfall): Sample[] =>
  o.factors.filter(which).map((f) => ({ months: months(o), values: of(f) }));
const perOutfall = (of: (o: HonestOutfall) => readonly number[]) => (o: HonestOutfall): Sample[] => [{ months: months(o), values: of(o) }];
const perPair = (of: (a: HonestFactor, b: HonestFactor) => readonly number[]) => (o: HonestOutfall): Sample[] =>
  o.factors.flatMap((a, i) => o.factors.slice(i + 1).map((b) => ({ months: months(o), values: of(a, b) })));
const correlated = (hours: number) => perPair((a, b) => windows(a.steps, stepsOf(a, hours), (w, from) => Math.abs(correlation(w, b.steps.subarray(from, from + w.length)))));
/** The print must resolve the movement, as the models ask that look at it: two resolutions in the usual sd of a day. */
const fine = (f: HonestFactor): boolean => median(windows(f.steps, stepsOf(f, 24), (w) => standardDeviation(w))) >= 2 * f.resolution;
const resolved = (q: number) => (f: HonestFactor): boolean => f.resolution === q;
const absolute = (values: readonly number[]): number[] => values.map((v) => Math.abs(v));

const GAS = { media: 'gas' } as const;
const WATER = { media: 'water', page: [] } as const;
const POWER = { media: 'power', page: [] } as const;

/** One row for each statistic; those of flue gas are the page's, those of water and power are measured the same way. */
export const STATISTICS: readonly Statistic[] = [
  { ...GAS, zh: '24 小时标准差 ÷ 自身中位数', en: '24-h sd ÷ own median', side: 'low', usedBy: 'C02', page: [0.488, 0.441, 0.387], why: { zh: '末值只依据约六个窗口', en: 'the last value rests on some six windows' }, of: perFactor((f) => toOwn(windows(f.steps, stepsOf(f, 24), (w) => standardDeviation(w))), fine) },
  { ...GAS, zh: '24 小时相邻差均方根 ÷ 自身', en: '24-h rms step difference ÷ own', side: 'low', usedBy: 'C03', page: [0.648, 0.603, 0.524], why: { zh: '末值只依据约六个窗口', en: 'the last value rests on some six windows' }, of: perFactor((f) => toOwn(windows(f.steps, stepsOf(f, 24), rmsStep)), fine) },
  { ...GAS, zh: '24 小时变异系数', en: '24-h CV of steps', side: 'low', usedBy: 'C02', page: [0.056, 0.05, 0.045], why: { zh: '末值只依据约六个窗口', en: 'the last value rests on some six windows' }, of: perFactor((f) => windows(f.steps, stepsOf(f, 24), (w) => standardDeviation(w) / mean(w)), fine) },
  { ...GAS, zh: '24 小时一阶自相关（分钟级）', en: '24-h lag-1 of steps', side: 'low', usedBy: 'C11', page: [0.36, 0.25, 0.16], why: { zh: '取决于少数分辨率约为其波动一半的通道，打印舍入压低其自相关；C11 因此另要求低于自身历史', en: 'decided by a few channels whose print is about half as coarse as their movement, and rounding lowers their memory; C11 therefore also asks for less than the own history ever showed' }, of: perFactor((f) => windows(f.steps, stepsOf(f, 24), (w) => lag1(w)), fine) },
  { ...GAS, zh: '72 小时一阶自相关（小时）', en: '72-h lag-1 of hours', side: 'low', usedBy: 'C11', page: [0.29, 0.2, 0.13], why: { zh: '末值只依据约六个窗口', en: 'the last value rests on some six windows' }, of: perFactor((f) => windows(f.hours, 72, (w) => lag1(w)), fine) },
  { ...GAS, zh: '72 小时谱峰占比', en: '72-h hourly spectral peak share', side: 'high', usedBy: 'C10', page: [0.67, 0.74, 0.79], of: perFactor((f) => windows(f.hours, 72, (w) => (finite(w) < w.length ? Number.NaN : peakShare(w).share))) },
  { ...GAS, zh: '48 小时最佳正弦后残差占比', en: '48-h residual share after best sinusoid', side: 'low', usedBy: 'C10', page: [0.328, 0.27, 0.234], why: { zh: '方法页未写最低周期数；此处与 C10 一致，48 小时内至少两个周期', en: 'the page does not say how slow a sinusoid may be; here at least two cycles in 48 h, as in C10' }, of: perFactor((f) => windows(f.steps, stepsOf(f, 48), (w) => sinusoidResidual(w, 2).residual)) },
  { ...GAS, zh: '连续相等小时（第一个以外），分辨率 0.01', en: 'equal hours in a row beyond the first, q = 0.01', side: 'high', usedBy: 'C01', page: [2, 2, 2], why: { zh: '以整小时计，一小时之差即超过一成；取决于少数低浓度通道', en: 'whole hours: one hour is more than a tenth; decided by a few channels of low concentration' }, of: perFactor(equalBeyondFirst, resolved(0.01)) },
  { ...GAS, zh: '连续相等小时（第一个以外），分辨率 0.1', en: 'equal hours in a row beyond the first, q = 0.1', side: 'high', usedBy: 'C01', page: [5, 7, 8], why: { zh: '以整小时计，一小时之差即超过一成；取决于少数低浓度通道', en: 'whole hours: one hour is more than a tenth; decided by a few channels of low concentration' }, of: perFactor(equalBeyondFirst, resolved(0.1)) },
  { ...GAS, zh: '连续相等小时（第一个以外），分辨率 1', en: 'equal hours in a row beyond the first, q = 1', side: 'high', usedBy: 'C01', page: [763, 821, 842], why: { zh: '取决于个别浓度不足一个分辨率的通道（按 1 打印的氨）；C01 因此不以时长而以自身的相等概率判断', en: 'decided by single channels below one resolution (ammonia printed in ones); C01 therefore judges by the own chance of equal neighbours, not by length' }, of: perFactor(equalBeyondFirst, resolved(1)) },
  { ...GAS, zh: '7 天距窗口最大值 2% 以内的占比', en: '7-d share within 2 % of window maximum', side: 'high', usedBy: 'C07', page: [0.03, 0.042, 0.054], why: { zh: '168 小时中一小时即为 0.006，计数跳跃；末值只依据约六个窗口', en: 'one hour of 168 is 0.006, so the counts jump; the last value rests on some six windows' }, of: perFactor((f) => windows(f.judged, 168, (w) => nearMost(w)), fine) },
  { ...GAS, zh: '7 天落在限值 0.90–1.00 的占比', en: '7-d share in 0.90–1.00 limit', side: 'high', usedBy: 'B04', page: [0.036, 0.071, 0.113], why: { zh: '末值只依据约六个窗口', en: 'the last value rests on some six windows' }, of: perFactor((f) => windows(f.judged, 168, (w) => share(w, (v) => v >= 0.9 * f.limit && v <= f.limit))) },
  { ...GAS, zh: '7 天 (q99/q50 − 1) ÷ 自身', en: '7-d (q99/q50 − 1) ÷ own', side: 'low', usedBy: 'C14', page: [0.593, 0.538, 0.489], of: perFactor((f) => toOwn(windows(f.steps, stepsOf(f, 168), tail), tail(f.steps)), fine) },
  { ...GAS, zh: '阶跃：24 小时与此前 72 小时，σr', en: 'step: 24 h vs previous 72 h, in σr', side: 'both', usedBy: 'C12', page: [2.3, 2.7, 3.6], why: { zh: '末值只依据约六个窗口，取决于个别尖峰', en: 'the last value rests on some six windows and single spikes' }, of: perFactor((f) => absolute(shifts(logs(f.hours), 72, 24))) },
  { ...GAS, zh: '7 天与此前 7 天，σr', en: '7 d vs 7 d, in σr', side: 'low', usedBy: 'C13', page: [-1.16, -1.55, -1.88], why: { zh: '方法页未写 σr 取自何处；此处取整段的稳健标准差。C13 阈值按方法页，比此处更严，误报更少', en: 'the page does not say whose sigma; here the robust sigma of the whole time. C13 keeps the threshold of the page, which is stricter than ours and gives fewer false findings' }, of: perFactor((f) => shifts(logs(f.hours), 168, 168)) },
  { ...GAS, zh: '30 天末位数字 χ²', en: '30-d χ² last digit', side: 'high', usedBy: 'C04', page: [31.9, 40.6, 46.4], why: { zh: '此处按 C04 的条件只计有 100 个以上不同值的窗口，其分布即自由度 9 的 χ²（理论值 19.0 / 23.6 / 27.9）；方法页含更粗的通道，阈值因而更保守', en: 'here windows of at least 100 distinct values, the condition of C04: they follow χ² with 9 degrees of freedom (theory 19.0 / 23.6 / 27.9); the page counts coarser channels, so its threshold is the more careful one' }, of: perFactor((f) => windows(f.hours, MONTH_DAYS * DAY_HOURS, (w) => (new Set(w).size < 100 ? Number.NaN : digits(w, f.resolution)))) },
  { ...GAS, zh: '限值两侧 ±5% 卡尺 z（n ≥ 12）', en: 'caliper z, ±5 %, n ≥ 12', side: 'high', usedBy: 'C06', page: [undefined, undefined, 2.3], of: perFactor((f) => windows(f.judged, MONTH_DAYS * DAY_HOURS, (w) => caliper(w, f.limit, 0.05, f.resolution).z)) },
  { ...GAS, zh: '两种污染物 24 小时 |ρ|', en: '|ρ| of two pollutants, 24 h', side: 'high', usedBy: 'C15', page: [0.77, 0.82, 0.86], of: correlated(24) },
  { ...GAS, zh: '24 小时 ln 流量残差中位数', en: '24-h median ln flow residual', side: 'both', usedBy: 'D04', page: [0.05, 0.057, 0.07], why: { zh: '末值只依据一两个窗口', en: 'the last value rests on one or two windows' }, of: perOutfall((o) => absolute(windows(logResidual(o.flow, o.production), 24, (w) => median(w)))) },
  { ...WATER, zh: '48 小时结果标准差 ÷ 自身中位数', en: '48-h sd of results ÷ own median', side: 'low', usedBy: 'C02', of: perFactor((f) => toOwn(windows(f.steps, stepsOf(f, 48), (w) => standardDeviation(w)))) },
  { ...WATER, zh: '96 小时相邻结果差均方根 ÷ 自身', en: '96-h rms difference of results ÷ own', side: 'low', usedBy: 'C03', of: perFactor((f) => toOwn(windows(f.steps, stepsOf(f, 96), rmsStep))) },
  { ...WATER, zh: '96 小时结果一阶自相关', en: '96-h lag-1 of results', side: 'low', usedBy: 'C11', of: perFactor((f) => windows(f.steps, stepsOf(f, 96), (w) => lag1(w))) },
  { ...WATER, zh: '72 小时最佳正弦后残差占比', en: '72-h residual share after best sinusoid', side: 'low', usedBy: 'C10', of: perFactor((f) => windows(f.steps, stepsOf(f, 72), (w) => (w.length < 24 ? Number.NaN : sinusoidResidual(w, 3).residual))) },
  { ...WATER, zh: '7 天落在限值 0.90–1.00 的占比', en: '7-d share in 0.90–1.00 limit', side: 'high', usedBy: 'B04', of: perFactor((f) => windows(f.judged, 168, (w) => share(w, (v) => v >= 0.9 * f.limit && v <= f.limit))) },
  { ...WATER, zh: '阶跃：24 小时与此前 72 小时，σr', en: 'step: 24 h vs previous 72 h, in σr', side: 'both', usedBy: 'C12', of: perFactor((f) => absolute(shifts(logs(f.hours), 72, 24))) },
  { ...WATER, zh: '7 天与此前 7 天，σr', en: '7 d vs 7 d, in σr', side: 'low', usedBy: 'C13', of: perFactor((f) => shifts(logs(f.hours), 168, 168)) },
  { ...WATER, zh: '两种污染物 72 小时 |ρ|', en: '|ρ| of two pollutants, 72 h', side: 'high', usedBy: 'C15', of: correlated(72) },
  { ...WATER, zh: '24 小时 ln 流量残差中位数', en: '24-h median ln flow residual', side: 'both', usedBy: 'D04', of: perOutfall((o) => absolute(windows(logResidual(o.flow, o.production), 24, (w) => median(w)))) },
  { ...POWER, zh: '12 小时 ln（治污电量）残差（按生产电量）', en: '12-h median ln treatment power residual on production', side: 'low', usedBy: 'E03', of: perOutfall((o) => windows(logResidual(o.treatment, o.production), 12, (w) => median(w))) },
  { ...POWER, zh: '24 小时治污用电变异系数 ÷ 自身中位数', en: '24-h CV of treatment power ÷ own median', side: 'low', usedBy: 'E06', of: perOutfall((o) => toOwn(windows(o.treatment, 24, (w) => standardDeviation(w) / mean(w)))) },
  { ...POWER, zh: '7 天 ln（排放量/千瓦时）与此前 7 天，σr', en: '7 d vs 7 d of ln emission per kWh, in σr', side: 'low', usedBy: 'E07', of: (o) => o.factors.map((f) => ({ months: months(o), values: shifts(logs(f.hours.map((c, h) => (c * (o.flow[h] as number)) / (o.production[h] as number))), 168, 168) })) },
];

/** Coarser prints repeat themselves for want of digits; C08 judges those by their entropy. */
const FINE = 0.01;

/** Longest exact repeat of each finely printed factor over the whole time (C08): told by its median, 95 % point and largest. */
export const blocksOf = (o: HonestOutfall): number[] => o.factors.filter((f) => f.resolution <= FINE).map(longestBlock);
