import { median, toReferenceOxygen } from '../primitives/index.ts';
import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { O2 } from './parts/factors.ts';
import { hourValues, lastHourEnd, trailing } from './parts/hour-values.ts';
import { hourLimits } from './parts/limits.ts';
import { loadCurve, loadResiduals } from './parts/load-curve.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf } from './parts/power-hours.ts';
import { HOUR } from './parts/window.ts';
import { num, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindOff: 1, remindSigmas: 4, remindHours: 6, warnOff: 2, warnHours: 12, workOrderHours: 24,
  ownUsual: 2, furthestHours: 168,
} as const satisfies Thresholds;

const same = (v: number): number => v;

/** Hours of the stretch in which a limit would be exceeded had the device converted with the expected oxygen. */
function wouldExceed(ctx: Context, start: number, hours: number, residuals: Float64Array): number {
  const reference = ctx.reg.o2Ref;
  if (reference === undefined) return 0;
  const o2 = hourValues(ctx, O2, start, hours);
  return hourLimits(ctx).reduce((most, limit) => {
    const c = hourValues(ctx, limit.factor, start, hours);
    let n = 0;
    c.forEach((v, i) => {
      const expected = (o2[i] as number) - (residuals[residuals.length - hours + i] as number);
      if (toReferenceOxygen(v, expected, reference) > Number(limit.limit)) n++;
    });
    return Math.max(most, n);
  }, 0);
}

/** `model:D02` — oxygen that left its load curve downwards: lower oxygen lowers every converted value. */
export const d02: Model = {
  id: 'D02', version: '1.0.0',
  title: { zh: '氧含量异常', en: 'O2 manipulated' },
  family: 'emission', trigger: 'tick', media: ['gas'], standsAlone: false, windowHours: 12,
  params: DEFAULTS, legalHooks: ['H3', 'H5'],
  about: {
    zh: '氧含量对生产用电的分箱中位数曲线之残差；向下偏离 1%、2%（体积）且超过本站历史，并按应有氧重算折算值看是否会超标。',
    en: 'Residual of oxygen on a binned-median curve of production power; graded at 1 and 2 %vol downwards beyond the own history, with the converted values recomputed at the expected oxygen.',
    source: 'D02, a method of this platform',
  },
  minimum: { days: 13, needs: ['oxygen', 'productionMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    if (ctx.hour(O2) === undefined) return cannotTell('no oxygen', [O2]);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    const curve = loadCurve(ctx, O2, same);
    if (curve === undefined) return cannotTell('no baseline yet', ['12 days of running hours with power']);
    const need = Math.max(p.remindOff, p.remindSigmas * curve.sigma, p.ownUsual * curve.usual);
    const six = median(loadResiduals(ctx, O2, curve, same, p.remindHours));
    if (!(six < -need)) return Number.isNaN(six) ? cannotTell('load outside the learned range or not running') : notMet();
    const wide = loadResiduals(ctx, O2, curve, same, p.furthestHours);
    const hours = trailing(wide.map((v) => -v), -six / 2);
    const end = lastHourEnd(ctx);
    const start = end - hours * HOUR;
    const typical = median(wide, wide.length - hours);
    const hidden = hours >= p.workOrderHours ? wouldExceed(ctx, start, hours, wide) : 0;
    const tier: Tier = typical < -p.warnOff && hidden > 0 ? 'WORK_ORDER' : typical < -Math.max(p.warnOff, need) && hours >= p.warnHours ? 'WARN' : 'REMIND';
    const finding: Finding = {
      factors: [O2], start, end, tier, score: -typical / p.remindOff,
      stats: { residual: typical, hours, ownSigma: curve.sigma, ownLargest: curve.largest, hiddenExceedances: hidden },
      text: {
        zh: `${spanText(start, end)} 氧含量比同负荷惯常值低 ${num(-typical, 2)} 个百分点，持续 ${hours} 小时（本站离散 ${num(curve.sigma, 2)}）；按应有氧折算有 ${hidden} 小时超标。`,
        en: `Oxygen is ${num(-typical, 2)} %vol below what this load usually shows for ${hours} h (${spanText(start, end)}, own spread ${num(curve.sigma, 2)}); converted with the expected oxygen ${hidden} h would exceed a limit.`,
      },
      clearedBy: [{ zh: '燃料更换、配风调整；氧表校准', en: 'A change of fuel or air supply; calibration of the oxygen cell' }],
    };
    return conclude([suppress(finding, explain(ctx, { start: start - 6 * HOUR, end: start + 12 * HOUR }, [O2], ['filed-change', 'instrument-work', 'order']))]);
  },
};
