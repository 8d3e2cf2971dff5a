import type { FactorCode } from '#kernel';
import { median, robustScale } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { tainted } from './parts/baseline.ts';
import { explain, suppress } from './parts/explanations.ts';
import { GAS_FLOW } from './parts/factors.ts';
import { hourValues, lastHourEnd, trailing } from './parts/hour-values.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { DAY, HOUR, localDayStart } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindOff: 0.03, remindHours: 3, warnOff: 0.08, warnHours: 6, workOrderBelow: 0.85, workOrderHours: 24,
  ownSigmas: 6, learnDays: 20, minHours: 120, furthestHours: 168,
} as const satisfies Thresholds;

const VELOCITY = 'a01011' as FactorCode;
const TEMPERATURE = 'a01012' as FactorCode;
const PRESSURE = 'a01013' as FactorCode;
const MOISTURE = 'a01014' as FactorCode;

/**
 * U20 without area and coefficient: reported flow over what velocity, temperature, pressure and moisture make of it.
 * Constant while nobody touches area, coefficient or basis, whatever their values and the unit of the flow.
 */
function kappa(ctx: Context, start: number, hours: number): Float64Array {
  const of = (f: FactorCode) => hourValues(ctx, f, start, hours);
  const [q, v, t, p, x] = [of(GAS_FLOW), of(VELOCITY), of(TEMPERATURE), of(PRESSURE), of(MOISTURE)];
  return q.map((flow, i) => {
    const kpa = p[i] as number;
    const wet = x[i] as number;
    const unit =
      ((v[i] as number) * 273.15) / (273.15 + (t[i] as number)) *
      ((101.325 + (Number.isFinite(kpa) ? kpa : 0)) / 101.325) * (1 - (Number.isFinite(wet) ? wet : 0) / 100);
    return unit > 0 && flow > 0 ? flow / unit : Number.NaN;
  });
}

const ownOf = (ctx: Context, p: typeof DEFAULTS): { centre: number; sigma: number } | undefined =>
  ctx.daily('D05', () => {
    const end = localDayStart(ctx.now) - 2 * DAY;
    const start = Math.max(ctx.state.t0, end - p.learnDays * DAY);
    const values = kappa(ctx, start, Math.max(0, Math.round((end - start) / HOUR)));
    for (const t of tainted(ctx, GAS_FLOW)) {
      values.fill(Number.NaN, Math.max(0, Math.floor((t.start - start) / HOUR)), Math.max(0, Math.ceil((t.end - start) / HOUR)));
    }
    const scale = robustScale(values);
    return scale.n < p.minHours ? undefined : { centre: scale.median, sigma: scale.sigma / scale.median };
  });

/** `model:D05` — flow against its own formula. */
export const d05: Model = {
  id: 'D05', version: '1.0.0',
  title: { zh: '流量公式复核', en: 'Flow formula recheck' },
  family: 'emission', trigger: 'tick', media: ['gas'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H3', 'H5'],
  about: {
    zh: '以流速、温度、压力、湿度按流量公式反算流量，取其与上报流量之比 κ；κ 相对本站惯常值的突变说明截面积、速度场系数或折算被改。',
    en: 'Flow recomputed from velocity, temperature, pressure and moisture; a change of the ratio κ against its usual value shows that area, velocity coefficient or basis was touched.',
    source: 'D05, a method of this platform: U20 flow formula',
  },
  minimum: { days: 8, needs: ['flow', 'velocity'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.hour(VELOCITY) === undefined || ctx.hour(GAS_FLOW) === undefined) return cannotTell('no flow or velocity', [GAS_FLOW, VELOCITY]);
    const own = ownOf(ctx, p);
    if (own === undefined) return cannotTell('no baseline yet', ['5 days of running hours']);
    const need = Math.max(p.remindOff, p.ownSigmas * own.sigma);
    const end = lastHourEnd(ctx);
    const off = (hours: number) => kappa(ctx, end - hours * HOUR, hours).map((k) => k / own.centre - 1);
    if (!(Math.abs(median(off(p.remindHours))) > need)) return notMet();
    const wide = off(p.furthestHours);
    const sign = Math.sign(median(wide, wide.length - p.remindHours));
    const hours = trailing(wide.map((v) => sign * v), (sign * median(wide, wide.length - p.remindHours)) / 2);
    if (hours < p.remindHours) return notMet();
    const typical = median(wide, wide.length - hours);
    const tier: Tier =
      1 + typical < p.workOrderBelow && hours >= p.workOrderHours ? 'WORK_ORDER' : Math.abs(typical) > p.warnOff && hours >= p.warnHours ? 'WARN' : 'REMIND';
    const start = end - hours * HOUR;
    const finding: Finding = {
      factors: [GAS_FLOW], start, end, tier, score: Math.abs(typical) / p.remindOff,
      stats: { kappa: 1 + typical, ownSigma: own.sigma, hours },
      text: {
        zh: `${spanText(start, end)} 上报流量为按流速、温度、压力、湿度复算值的 ${num(1 + typical, 3)} 倍（本站惯常为 1，离散 ${num(own.sigma, 4)}），持续 ${hours} 小时。`,
        en: `Reported flow is ${num(1 + typical, 3)} of what velocity, temperature, pressure and moisture give (usually 1 ± ${num(own.sigma, 4)}), for ${hours} h (${spanText(start, end)}).`,
      },
      clearedBy: [{ zh: '干湿基或工况标况口径变更（应有备案）', en: 'A filed change of wet/dry or actual/standard basis' }],
    };
    return conclude([suppress(finding, explain(ctx, { start: start - HOUR, end: start + 6 * HOUR }, [GAS_FLOW, VELOCITY], ['filed-change', 'instrument-work']))]);
  },
};
