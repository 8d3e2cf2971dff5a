import type { FactorCode } from '#kernel';
import { median, quantile, saturatedMoisture, sortedFinite } from '../primitives/index.ts';
import type { Context, Evaluation, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { FLUE_TEMPERATURE } from './parts/factors.ts';
import { hourValues, lastHourEnd, trailing } from './parts/hour-values.ts';
import { judgedValue, limitFor } from './parts/limits.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { DAY, HOUR, localDayStart } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const MOISTURE = 'a01014' as FactorCode;
const PRESSURE = 'a01013' as FactorCode;
const SO2 = 'a21026' as FactorCode;

const DEFAULTS = {
  /** % by volume above saturation, and above what this instrument has usually shown above it. */
  remindExcess: 1, beyondOwn: 1.5, remindHours: 3, warnHours: 24,
  /** A wet scrubber cools the gas to 45–60 °C; above this it does not work. */
  hotCelsius: 75, hotHours: 6, lowSo2Share: 0.5, wettestMedianCelsius: 65,
  learnDays: 30, minHours: 240, furthestHours: 168,
} as const satisfies Thresholds;

interface Own {
  /** 99 % point of moisture less saturation, % by volume. */
  readonly excess: number;
  readonly temperature: number;
}

/** Moisture less what the gas can hold at its own temperature and pressure, per hour, % by volume. */
function excessHours(ctx: Context, start: number, hours: number): Float64Array {
  const t = hourValues(ctx, FLUE_TEMPERATURE, start, hours);
  const x = hourValues(ctx, MOISTURE, start, hours);
  const gauge = hourValues(ctx, PRESSURE, start, hours);
  return x.map((v, i) => v - saturatedMoisture(t[i] as number, Number.isFinite(gauge[i] as number) ? (gauge[i] as number) : 0));
}

const learn = (ctx: Context, p: typeof DEFAULTS): Own | undefined =>
  ctx.daily('D06', () => {
    const end = localDayStart(ctx.now) - 2 * DAY;
    const start = Math.max(end - p.learnDays * DAY, ctx.state.t0);
    const hours = Math.max(0, Math.round((end - start) / HOUR));
    const excess = sortedFinite(excessHours(ctx, start, hours));
    if (excess.length < p.minHours) return undefined;
    return { excess: quantile(excess, 0.99), temperature: median(hourValues(ctx, FLUE_TEMPERATURE, start, hours)) };
  });

function impossible(ctx: Context, own: Own, p: typeof DEFAULTS): Finding | undefined {
  const need = Math.max(p.remindExcess, own.excess + p.beyondOwn);
  const end = lastHourEnd(ctx);
  const newest = excessHours(ctx, end - p.remindHours * HOUR, p.remindHours);
  if (!newest.every((v) => v > need)) return undefined;
  const wide = excessHours(ctx, end - p.furthestHours * HOUR, p.furthestHours);
  const hours = Math.max(p.remindHours, trailing(wide, need));
  const start = end - hours * HOUR;
  const typical = median(wide, wide.length - hours);
  const tier: Tier = hours >= p.warnHours ? 'WARN' : 'REMIND';
  return {
    factors: [FLUE_TEMPERATURE, MOISTURE], start, end, tier, score: typical / p.remindExcess,
    stats: { excess: typical, ownExcess: own.excess, hours },
    text: {
      zh: `${spanText(start, end)} 含湿量比该烟温、烟压下的饱和含湿量高 ${num(typical, 1)} 个百分点，持续 ${hours} 小时（本站惯常最多 ${num(own.excess, 1)}）：物理上不可能。`,
      en: `Moisture was ${num(typical, 1)} %vol above what gas of this temperature and pressure can hold for ${hours} h (${spanText(start, end)}, own usual maximum ${num(own.excess, 1)}): physically impossible.`,
    },
    clearedBy: [{ zh: '湿度仪积水或未校准；烟温测点漂移', en: 'Water in the moisture probe, or no calibration; a drifting temperature probe' }],
  };
}

/** Hours since `start` in which SO2 was known and stayed under the share of its limit. */
function lowSo2(ctx: Context, start: number, hours: number, p: typeof DEFAULTS): number {
  const limit = limitFor(ctx, SO2);
  const series = ctx.hour(SO2);
  if (limit === undefined || series === undefined) return 0;
  let n = 0;
  for (let h = 0; h < hours; h++) {
    const i = Math.floor((start + h * HOUR - series.t0) / HOUR);
    if (i >= 0 && i < series.length && judgedValue(ctx, series, i, limit) < p.lowSo2Share * Number(limit.limit)) n++;
  }
  return n;
}

/** A wet scrubber that no longer cools its gas, while SO2 stays low: what removes it? */
function hot(ctx: Context, own: Own, p: typeof DEFAULTS): Finding | undefined {
  const process = ctx.reg.attributes['process'] ?? '';
  const reheated = ctx.reg.attributes['ggh'] === '1' || ctx.reg.attributes['ggh'] === 'true';
  if (process !== 'wet_fgd' || reheated || own.temperature > p.wettestMedianCelsius) return undefined;
  const end = lastHourEnd(ctx);
  if (!hourValues(ctx, FLUE_TEMPERATURE, end - p.remindHours * HOUR, p.remindHours).every((v) => v > p.hotCelsius)) return undefined;
  const wide = hourValues(ctx, FLUE_TEMPERATURE, end - p.furthestHours * HOUR, p.furthestHours);
  const hours = Math.max(p.remindHours, trailing(wide, p.hotCelsius));
  const start = end - hours * HOUR;
  const typical = median(wide, wide.length - hours);
  const low = lowSo2(ctx, start, hours, p);
  const tier: Tier = hours >= p.hotHours && low >= 0.8 * hours ? 'WORK_ORDER' : hours >= p.hotHours ? 'WARN' : 'REMIND';
  return {
    factors: [FLUE_TEMPERATURE, SO2], start, end, tier, score: typical / p.hotCelsius,
    stats: { temperature: typical, ownTemperature: own.temperature, hours, lowSo2Hours: low },
    text: {
      zh: `${spanText(start, end)} 湿法脱硫出口烟温 ${num(typical, 0)} ℃（惯常 ${num(own.temperature, 0)} ℃，湿法应为 45–60 ℃），持续 ${hours} 小时，其中 ${low} 小时二氧化硫仍低于限值的 ${percent(p.lowSo2Share, 0)}。`,
      en: `Gas left the wet scrubber at ${num(typical, 0)} °C for ${hours} h (${spanText(start, end)}; usually ${num(own.temperature, 0)}, a wet scrubber gives 45–60), and in ${low} h of them SO2 still stayed below ${percent(p.lowSo2Share, 0)} of its limit.`,
    },
    clearedBy: [{ zh: '设有烟气再热（GGH）而未登记', en: 'A gas reheater that is not registered' }, { zh: '浆液循环泵检修并已报告', en: 'A reported repair of the slurry pumps' }],
  };
}

/** `model:D06` — moisture and temperature that cannot both be true, or a wet scrubber that does not cool. */
export const d06: Model = {
  id: 'D06', version: '1.0.0',
  title: { zh: '温湿饱和', en: 'Wet-stack saturation' },
  family: 'emission', trigger: 'tick', media: ['gas'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H4'],
  about: {
    zh: '饱和含湿量 = 100·p饱和(烟温)/(101.325 + 烟压)；含湿量连续 3 小时高出 1 个百分点且超出本站惯常即为不可能。登记为湿法脱硫（process=wet_fgd，无 GGH）的，烟温高于 75 ℃ 而二氧化硫仍低。',
    en: 'Saturation = 100·p_s(T)/(101.325 + Ps); moisture more than 1 %vol above it and above the own usual for 3 h is impossible. Where a wet scrubber without reheater is registered (process=wet_fgd): above 75 °C while SO2 stays low.',
    source: 'D06, a method of this platform: U18 saturation (Magnus form)',
  },
  minimum: { days: 13, needs: ['flueTemperature', 'moisture'] },
  evaluate(ctx, params): Evaluation {
    const p = settings(DEFAULTS, params);
    if (ctx.hour(FLUE_TEMPERATURE) === undefined || ctx.hour(MOISTURE) === undefined) return cannotTell('no temperature or moisture', [FLUE_TEMPERATURE, MOISTURE]);
    const own = learn(ctx, p);
    if (own === undefined) return cannotTell('no baseline yet', ['10 days of running hours']);
    const findings = [impossible(ctx, own, p), hot(ctx, own, p)].flatMap((f) => f ?? []);
    return findings.length === 0 ? notMet() : conclude(findings.map((f) => suppress(f, explain(ctx, f, f.factors, ['filed-change', 'instrument-work']))));
  },
};
