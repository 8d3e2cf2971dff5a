import type { FactorCode } from '#kernel';
import { mean, median, robustScale, seededDraws } from '../primitives/index.ts';
import { flagIndex, type Context, type DoorOpening, type Finding, type Model, type Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { isUnregistered, personWords } from './parts/door-people.ts';
import { explain, suppress } from './parts/explanations.ts';
import { isPollutant } from './parts/factors.ts';
import { limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { finiteCount, NORMAL, runValues, signalOf, type Signal } from './parts/signal.ts';
import { clampedIndex, DAY, HOUR, isNight, localDayStart } from './parts/window.ts';
import { clockText, namesEn, namesZh, num, percent } from './parts/wording.ts';

const DEFAULTS = {
  afterHours: 12, settleHours: 1,
  remindSigmas: 3, warnSigmas: 4, workOrderSigmas: 4, persistHours: 24,
  /** A registered visit in working hours is routine: it needs more. */
  routineExtra: 1,
  /** Somebody nobody knows, and the reading falls: rare enough that a smaller fall is worth a look. */
  strangerSigmas: 2.4, strangerShift: 0.12,
  /** Sides of the second look at a stranger's opening: a step that lasts shows more clearly over longer sides. */
  longHours: 36, longSigmas: 2.8,
  draws: 240, seed: 20_260_101, baselineDays: 30, minDays: 10, leastShift: 0.08, freshHours: 8,
} as const satisfies Thresholds;

/** ln of hourly means of running values from `from` to `to`; NaN where an hour is thin. */
function lnHours(ctx: Context, signal: Signal, from: number, to: number, q: number): Float64Array {
  const first = clampedIndex(signal, from);
  const values = runValues(ctx, signal, first, clampedIndex(signal, to));
  const perHour = Math.max(1, Math.round(HOUR / signal.stepMs));
  const out = new Float64Array(Math.floor(values.length / perHour));
  for (let h = 0; h < out.length; h++) {
    const n = finiteCount(values, h * perHour, (h + 1) * perHour);
    out[h] = n * 2 >= perHour ? Math.log(Math.max(q, mean(values, h * perHour, (h + 1) * perHour))) : Number.NaN;
  }
  return out;
}

/** Median of ln values of `hours` after the hour that follows `at`, less that of `hours` before; NaN where either side is thin. */
function shiftAt(values: Float64Array, at: number, hours: number, p: typeof DEFAULTS): number {
  const first = at - hours;
  const from = at + p.settleHours;
  const to = from + hours;
  if (first < 0 || to > values.length) return Number.NaN;
  const enough = 0.6 * hours;
  if (finiteCount(values, first, at) < enough || finiteCount(values, from, to) < enough) return Number.NaN;
  return median(values, from, to) - median(values, first, at);
}

interface Null {
  readonly sigma: number;
  readonly largest: number;
  readonly usual: number;
}

/** The same shift at random times without a door nearby: what this channel does by itself. Seeded, once per day. */
const nullOf = (ctx: Context, factor: FactorCode, q: number, hours: number, p: typeof DEFAULTS): Null | undefined =>
  ctx.daily(`F06:${factor}:${hours}`, () => {
    const signal = signalOf(ctx, factor);
    if (signal === undefined) return undefined;
    const end = localDayStart(ctx.now);
    const start = Math.max(signal.t0, end - p.baselineDays * DAY);
    if (end - start < p.minDays * DAY) return undefined;
    const values = lnHours(ctx, signal, start, end, q);
    const doors = ctx.doors.map((d) => (d.openedAt - start) / HOUR);
    const draw = seededDraws(p.seed);
    const shifts: number[] = [];
    for (let k = 0; k < 4 * p.draws && shifts.length < p.draws; k++) {
      const at = Math.floor(draw() * values.length);
      if (hours <= p.afterHours && doors.some((d) => Math.abs(d - at) < 14)) continue;
      const s = shiftAt(values, at, hours, p);
      if (Number.isFinite(s)) shifts.push(s);
    }
    if (shifts.length < 60) return undefined;
    const scale = robustScale(shifts);
    return { sigma: Math.max(scale.sigma, 0.02), largest: Math.max(...shifts.map((s) => Math.abs(s - scale.median))), usual: median(values) };
  });

interface Effect {
  readonly factor: FactorCode;
  readonly sigmas: number;
  readonly shift: number;
  readonly persists: boolean;
  /** A fall behind a stranger. */
  readonly suspect: boolean;
}

const calibratedDuring = (signal: Signal, door: DoorOpening): boolean => {
  const end = Number.isFinite(door.closedAt) ? door.closedAt : door.openedAt + HOUR;
  for (let i = clampedIndex(signal, door.openedAt - 2 * HOUR); i < clampedIndex(signal, end + 3 * HOUR); i++) {
    const f = signal.flag[i];
    if (f === flagIndex.CALIBRATION || f === flagIndex.MAINTENANCE || f === flagIndex.FAULT) return true;
  }
  return false;
};

function effectOf(ctx: Context, door: DoorOpening, factor: FactorCode, hours: number, stranger: boolean, p: typeof DEFAULTS): Effect | undefined {
  const signal = signalOf(ctx, factor);
  const q = ctx.reg.factors.find((f) => f.factor === factor)?.resolution ?? 0.01;
  if (signal === undefined || calibratedDuring(signal, door)) return undefined;
  const start = Math.floor(door.openedAt / HOUR) * HOUR - hours * HOUR;
  const values = lnHours(ctx, signal, start, Math.min(ctx.now, door.openedAt + (p.settleHours + p.persistHours + p.longHours) * HOUR), q);
  const shift = shiftAt(values, hours, hours, p);
  if (!(Math.abs(shift) > p.leastShift)) return undefined;
  const own = nullOf(ctx, factor, q, hours, p);
  if (own === undefined) return undefined;
  const suspect = stranger && shift < -p.strangerShift && -shift / own.sigma > (hours > p.afterHours ? p.longSigmas : p.strangerSigmas);
  if (!suspect && (hours > p.afterHours || !(Math.abs(shift) > own.largest))) return undefined;
  const before = median(values, 0, hours);
  // Back to the usual level: the door ended something, it did not begin it.
  if (Math.abs(before + shift - own.usual) < 0.6 * Math.abs(before - own.usual)) return undefined;
  const later = Math.round(hours + p.persistHours * 0.75);
  const persists = finiteCount(values, later) >= 6 && (median(values, later) - before) / shift > 0.6;
  return { factor, sigmas: shift / own.sigma, shift, persists, suspect };
}

function findingOf(ctx: Context, door: DoorOpening, hours: number, p: typeof DEFAULTS): Finding | undefined {
  const stranger = isUnregistered(ctx, door);
  const odd = stranger || isNight(door.openedAt);
  const needed = p.remindSigmas + (odd ? 0 : p.routineExtra);
  const effects = ctx.factors
    .filter((f) => isPollutant(f))
    .flatMap((f) => effectOf(ctx, door, f, hours, stranger, p) ?? [])
    .filter((e) => e.suspect || Math.abs(e.sigmas) > needed);
  const worst = effects.reduce<Effect | undefined>((a, b) => (a === undefined || Math.abs(b.sigmas) > Math.abs(a.sigmas) ? b : a), undefined);
  if (worst === undefined) return undefined;
  const down = effects.filter((e) => e.sigmas < 0 && limitFor(ctx, e.factor) !== undefined);
  const deep = down.filter((e) => -e.sigmas > p.warnSigmas + (odd ? 0 : p.routineExtra));
  // A visit that is on the roster cleans and adjusts: a fall behind it warns when a day has shown that it lasts.
  const lasts = deep.some((e) => e.persists);
  const tier: Tier = stranger && lasts ? 'WORK_ORDER' : lasts || (odd && deep.length > 0) ? 'WARN' : 'REMIND';
  const factors = effects.map((e) => e.factor).sort();
  // However long the sides: what is reported is the half day in which it happened.
  const end = door.openedAt + (p.settleHours + p.afterHours) * HOUR;
  const signal = signalOf(ctx, worst.factor);
  const finding: Finding = {
    factors, start: door.openedAt, end, tier, score: Math.abs(worst.sigmas) / p.remindSigmas,
    stats: { sigmas: worst.sigmas, hours, change: Math.exp(worst.shift) - 1, person: door.person, method: door.method, odd: odd ? 1 : 0 },
    text: {
      zh: `${clockText(door.openedAt)} 开门（${personWords(door.person).zh}）后 1–${p.settleHours + hours} 小时${namesZh([worst.factor])}变化 ${percent(Math.exp(worst.shift) - 1, 0)}，为无开门时自身变化的 ${num(Math.abs(worst.sigmas), 1)} 倍离散${worst.suspect ? '' : `，且超过 ${p.draws} 次随机对照的最大值`}。`,
      en: `1–${p.settleHours + hours} h after the door was opened at ${clockText(door.openedAt)} (${personWords(door.person).en}) ${namesEn([worst.factor])} moved by ${percent(Math.exp(worst.shift) - 1, 0)}: ${num(Math.abs(worst.sigmas), 1)} sigma of its own moves without a door${worst.suspect ? '' : `, more than any of ${p.draws} random comparisons`}.`,
    },
    clearedBy: [
      { zh: '清洗探头（多为升高）或未打标记的校准', en: 'Cleaning of the probe (mostly upwards) or a calibration without its flag' },
      { zh: '工单与视频显示的维护内容', en: 'The maintenance shown by ticket and video' },
    ],
  };
  if (signal === undefined || signal.flag[clampedIndex(signal, door.openedAt) - 1] !== NORMAL) return undefined;
  return suppress(finding, explain(ctx, { start: door.openedAt - HOUR, end }, factors, ['filed-change', 'order']));
}

/** `model:F06` — a level that changes when a door was opened. */
export const f06: Model = {
  id: 'F06', version: '1.1.0',
  title: { zh: '开门后阶跃', en: 'Step after the door' },
  family: 'site', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H5', 'H3', 'H9'],
  about: {
    zh: '每次开门后 1–13 小时与前 12 小时中位数之差，以至少 200 次无开门随机时刻的同类差为尺；未登记人员开门另看前后 36 小时的下降；工作时段登记人员到访后的下降持续一天方为警告；校准、维护标记与备案工作除外。',
    en: 'Median 1–13 h after each opening less 12 h before, measured in the same difference at 200 or more random times without a door; behind a person nobody knows a fall over 36 h is looked at as well; a fall behind a registered visit in working hours warns once it has lasted a day; calibration, maintenance flags and filed work excluded.',
    source: 'F06, a method of this platform',
  },
  minimum: { days: 10, needs: ['doors'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.doors.length === 0) return cannotTell('no door record', ['doors']);
    if (ctx.now - Math.max(ctx.activeSince, ctx.state.t0) < p.minDays * DAY) return cannotTell('history too short', ['10 days of data']);
    const ready = (d: DoorOpening, hours: number): boolean => {
      const age = ctx.now - d.openedAt - hours * HOUR;
      return age >= 0 && age < p.freshHours * HOUR;
    };
    const known = ctx.doors.filter((d) => d.arrivedAt <= ctx.now);
    // Once when the twelve hours are over, once more when a day has shown whether it lasts; a stranger's a third time.
    const short = known.filter((d) => ready(d, p.settleHours + p.afterHours) || ready(d, p.settleHours + p.persistHours));
    const long = known.filter((d) => ready(d, p.settleHours + p.longHours) && isUnregistered(ctx, d));
    if (short.length + long.length === 0) return notMet();
    const findings = [...short.flatMap((d) => findingOf(ctx, d, p.afterHours, p) ?? []), ...long.flatMap((d) => findingOf(ctx, d, p.longHours, p) ?? [])];
    return findings.length === 0 ? notMet() : conclude(findings);
  },
};
