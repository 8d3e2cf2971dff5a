import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { baselineOf } from './parts/baseline.ts';
import { foundBy } from './parts/corroboration.ts';
import { isUnregistered } from './parts/door-people.ts';
import { doorsBetween, explain, suppress } from './parts/explanations.ts';
import { isAnalyser } from './parts/factors.ts';
import { lastHourEnd, trailingSpan } from './parts/hour-values.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { powerHours } from './parts/power-hours.ts';
import { finiteCount, runValues, signalOf } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindGain: 0.25, warnGain: 0.4, remindOffset: 0.25, warnOffset: 0.4,
  /** An offset without a fall of the level hides a rise: it must be this large to be believed. */
  hiddenOffset: 0.35, leastFall: 0.1, minDays: 20, distanceDays: 5,
  /** ln noise and ln level may differ by this much where only the gain changed; results of a cycle analyser are fewer. */
  noiseMatch: 0.1, noiseMatchWater: 0.2,
  /** Above this the process itself makes the noise, and a lower level calms it without anybody's hand. */
  processNoise: 0.5,
  ownLargest: 1.5, ownLargestNoise: 1.6, ownSigmas: 4, leastFollows: 0.5, furthestHours: 240, leastResolutions: 20, leastNoise: 6, sameLoad: 0.12, leastHours: 48, nearHours: 6,
} as const satisfies Thresholds;

/** Three days show a fall; a rise that an offset hides takes a week of results of a cycle analyser, of which a tank discharger has a third. */
const WINDOWS = [{ hours: 72, known: 0.7, hidden: false }, { hours: 168, known: 0.25, hidden: true }] as const;
type Window = (typeof WINDOWS)[number];

/** Level, and noise as the median |difference| of neighbours: neither is moved by a few spikes. */
interface Shape {
  readonly level: number;
  readonly noise: number;
}

const shapeOf = (values: Float64Array, from = 0, to = values.length): Shape => ({
  level: median(values, from, to), noise: median(stepsOf(values.subarray(from, to))),
});

/** |difference| from the value before; a held copy of the last result is none. */
const stepsOf = (values: Float64Array): Float64Array =>
  values.map((v, i) => Math.abs(v - (values[i - 1] ?? Number.NaN)) || Number.NaN);

/** Of the absolute values of a normal spread. */
const MEAN_TO_MEDIAN = 1.18;

/** ln ratio of the noise in the upper and the lower third of levels over the ln ratio of those levels. */
function followsOf(values: Float64Array): number {
  const pairs: [level: number, step: number][] = [];
  for (let i = 1; i < values.length; i++) {
    const d = Math.abs((values[i] as number) - (values[i - 1] as number));
    if (d > 0) pairs.push([((values[i] as number) + (values[i - 1] as number)) / 2, d]);
  }
  pairs.sort((a, b) => a[0] - b[0]);
  const third = Math.floor(pairs.length / 3);
  const ratio = (k: 0 | 1): number => Math.log(median(pairs.slice(-third).map((q) => q[k])) / median(pairs.slice(0, third).map((q) => q[k])));
  return third < 30 ? 0 : ratio(1) / ratio(0);
}

interface Own {
  /** How far the level of windows of this length moves by itself: beyond this it takes a reason. */
  readonly needGain: number;
  readonly needOdd: number;
  /** How ln noise goes with ln level: near 1 the process makes the noise, near 0 the instrument does, whatever the level. */
  readonly follows: number;
}

/** What windows of the same length have shown in the clean baseline: level shifts and noise that did not follow. Once a day, only when asked. */
const ownMoves = (ctx: Context, factor: FactorCode, base: Shape, values: Float64Array, width: number, known: number, p: typeof DEFAULTS): Own =>
  ctx.daily(`D08:${factor}:${width}`, () => {
    const levels: number[] = [];
    const odds: number[] = [];
    for (let i = 0; i + width <= values.length; i += Math.max(1, width >> 2)) {
      if (finiteCount(values, i, i + width) < 0.85 * known * width) continue;
      const s = shapeOf(values, i, i + width);
      levels.push(Math.abs(Math.log(s.level / base.level)));
      odds.push(Math.abs(Math.log(s.noise / base.noise) - Math.log(s.level / base.level)));
    }
    const most = (list: readonly number[]): number => list.reduce((a, b) => (b > a ? b : a), 0);
    return {
      needGain: Math.max(p.ownLargest * most(levels), p.ownSigmas * 1.4826 * median(levels)),
      needOdd: Math.max(p.ownLargestNoise * most(odds), p.ownSigmas * 1.4826 * median(odds)),
      follows: followsOf(values),
    };
  });

interface Affine {
  readonly how: 'gain' | 'offset';
  readonly start: number;
  readonly end: number;
  /** ln of level now ÷ usual, of noise now ÷ usual, and the part of the level taken off. */
  readonly level: number;
  readonly noise: number;
  readonly taken: number;
  /** The noise is the instrument's own: it tells a bent reading from cleaner gas or water. */
  readonly instrumental: boolean;
}

/** Which straight line the reading was bent by: y = e^noise·x − taken, read off level and noise together. */
function bent(ctx: Context, factor: FactorCode, { hours, known, hidden: risen }: Window, p: typeof DEFAULTS): Affine | 'unknown' | undefined {
  const base = baselineOf(ctx, factor);
  const signal = signalOf(ctx, factor);
  if (base === undefined || signal === undefined) return 'unknown';
  // The baseline ends two days ago; the days before that may already belong to what is being judged.
  const clean = base.values.subarray(0, Math.max(0, base.values.length - Math.round((p.distanceDays * DAY) / base.stepMs)));
  if (clean.length * base.stepMs < p.minDays * DAY || finiteCount(clean) < Math.min(0.3, known) * clean.length) return 'unknown';
  const usual = ctx.daily(`D08:usual:${factor}`, () => shapeOf(clean));
  // Noise of a few resolutions is the print-out's, not the instrument's.
  if (!(usual.level > p.leastResolutions * base.resolution) || !(usual.noise >= p.leastNoise * base.resolution)) return 'unknown';
  const end = lastHourEnd(ctx);
  const width = Math.round((hours * HOUR) / signal.stepMs);
  const to = clampedIndex(signal, end);
  const values = runValues(ctx, signal, to - width, to);
  if (finiteCount(values) < known * width) return 'unknown';
  const now = shapeOf(values);
  const level = Math.log(now.level / usual.level);
  const noise = Math.log(now.noise / usual.noise);
  const taken = Math.exp(noise) - Math.exp(level);
  const match = isAnalyser(factor) ? p.noiseMatchWater : p.noiseMatch;
  const gain = !risen && level < -p.remindGain && Math.abs(noise - level) < match;
  // Under an offset the noise keeps its size while the level falls: cleaner gas would calm both.
  // Three days of results of a cycle analyser do not measure noise well enough to see one through a rise.
  const hidden = isAnalyser(factor) && !risen ? Number.POSITIVE_INFINITY : p.hiddenOffset;
  const offset = taken > (level < -p.leastFall ? p.remindOffset : hidden) && noise > -match && level < noise - match;
  if (!gain && !offset) return undefined;
  const own = ownMoves(ctx, factor, usual, clean, width, known, p);
  if (gain ? -level < own.needGain : noise - level < own.needOdd || own.follows < p.leastFollows) return undefined;
  const far = runValues(ctx, signal, to - Math.round((p.furthestHours * HOUR) / signal.stepMs), to);
  const least = Math.round((p.leastHours * HOUR) / signal.stepMs);
  // Where the level has not fallen it cannot say when: the noise does.
  const span = level < -p.leastFall
    ? trailingSpan(far.map((v) => usual.level - v), (usual.level - now.level) / 2, least)
    : trailingSpan(stepsOf(far), MEAN_TO_MEDIAN * (usual.noise + now.noise) / 2, least);
  const back = (index: number): number => end - (far.length - index) * signal.stepMs;
  return { how: gain ? 'gain' : 'offset', start: back(span.from), end: back(span.to), level, noise, taken, instrumental: own.follows < p.processNoise };
}

/** A lower load lowers the level too: the plant must have worked as in the ten days before. */
function sameLoad(ctx: Context, a: Affine, p: typeof DEFAULTS): boolean {
  const before = median(powerHours(ctx, 'production', a.start - 10 * DAY, 240));
  const now = median(powerHours(ctx, 'production', a.start, Math.round((a.end - a.start) / HOUR)));
  return !(Math.abs(Math.log(now / before)) > p.sameLoad);
}

function findingOf(ctx: Context, factor: FactorCode, a: Affine, p: typeof DEFAULTS): Finding {
  const gain = a.how === 'gain';
  const touched = foundBy(ctx, ['F06', 'F07', 'F10', 'G02'], a.start, a.start, DAY);
  const stranger = doorsBetween(ctx, a.start - p.nearHours * HOUR, a.start + p.nearHours * HOUR).some((d) => isUnregistered(ctx, d));
  // Where the process makes the noise, a cleaner process has less of both; and noise alone is a weak witness of an
  // offset: a second one must have been at the door.
  const witness = touched || stranger || (gain && a.instrumental);
  const big = witness && (gain ? -a.level > p.warnGain : a.taken > p.warnOffset);
  const tier: Tier = big && touched ? 'WORK_ORDER' : big ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [factor], start: a.start, end: a.end, tier, score: gain ? -a.level / p.remindGain : a.taken / p.remindOffset,
    stats: { how: a.how, slope: Math.exp(a.noise), level: Math.exp(a.level), offsetShare: gain ? 0 : a.taken, strangerAtDoor: stranger ? 1 : 0, noiseRatio: Math.exp(a.noise) },
    text: gain
      ? {
        zh: `${spanText(a.start, a.end)} ${namesZh([factor])}水平为惯常的 ${percent(Math.exp(a.level), 0)}，仪器噪声同比缩小至 ${percent(Math.exp(a.noise), 0)}：读数似被乘以约 ${num(Math.exp(a.level), 2)}（斜率）。`,
        en: `${namesEn([factor])} stands at ${percent(Math.exp(a.level), 0)} of its usual level and its noise at ${percent(Math.exp(a.noise), 0)} (${spanText(a.start, a.end)}): as if readings were multiplied by about ${num(Math.exp(a.level), 2)} (slope).`,
      }
      : {
        zh: `${spanText(a.start, a.end)} ${namesZh([factor])}水平为惯常的 ${percent(Math.exp(a.level), 0)}，仪器噪声却为 ${percent(Math.exp(a.noise), 0)}：读数似被减去约惯常水平的 ${percent(a.taken, 0)}（截距）。`,
        en: `${namesEn([factor])} stands at ${percent(Math.exp(a.level), 0)} of its usual level while its noise is ${percent(Math.exp(a.noise), 0)} (${spanText(a.start, a.end)}): as if about ${percent(a.taken, 0)} of the usual level were taken off (intercept).`,
      },
    clearedBy: [
      { zh: '分析仪更换或量程变更并已备案', en: 'A filed replacement of the analyser or change of span' },
      { zh: '燃料、原料或工艺改变（核对台账与手工监测）', en: 'A change of fuel, raw material or process (see the ledgers and manual samples)' },
    ],
  };
  return suppress(finding, explain(ctx, { start: a.start - 12 * HOUR, end: a.end }, [factor], ['filed-change', 'order']));
}

/** `model:D08` — a reading bent by a straight line: signal and noise tell which. */
export const d08: Model = {
  id: 'D08', version: '1.1.0',
  title: { zh: '斜率截距篡改', en: 'Slope or intercept change' },
  family: 'emission', trigger: 'day', media: ['gas', 'water'], standsAlone: false, windowHours: 72,
  params: DEFAULTS, legalHooks: ['H3', 'H5', 'H9'],
  about: {
    zh: '近 72 小时（分析仪被抬升又被减去的，近 7 天）与 30 天基线比较水平（中位数）与噪声（相邻差绝对值中位数）：两者同比下降为斜率改变，水平下降而噪声不减为截距改变；须超过本站同长窗口历史最大变化，且负荷未变；噪声本随水平而变的，斜率改变须有开门、参数或比对佐证方为警告。',
    en: 'Level (median) and noise (median |difference| of neighbours) of 72 h (7 days where an offset hides a rise from an analyser) against 30 days: both falling alike is a changed slope, a falling level with unchanged noise a changed intercept; beyond anything windows of this length have shown here, at the same load. Where noise follows the level by itself a changed slope warns only with a door, a parameter or a manual sample beside it.',
    source: 'D08, a method of this platform',
  },
  minimum: { days: 27, needs: ['pollutants'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const limited = ctx.factors.filter((f) => limitFor(ctx, f) !== undefined && signalOf(ctx, f) !== undefined && f !== 'w01001');
    const results = limited.map((factor) => {
      const looked = WINDOWS.slice(0, isAnalyser(factor) ? 2 : 1).map((window) => bent(ctx, factor, window, p));
      return { factor, looked, found: looked.find((one) => typeof one === 'object') };
    });
    if (results.every((r) => r.looked.every((one) => one === 'unknown'))) return cannotTell('no baseline yet, or values too coarse', ['20 days of running data']);
    const findings = results.flatMap(({ factor, found }) =>
      found === undefined || !sameLoad(ctx, found, p) ? [] : [findingOf(ctx, factor, found, p)],
    );
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
