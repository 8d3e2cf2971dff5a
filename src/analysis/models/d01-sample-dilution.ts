import type { FactorCode } from '#kernel';
import { median } from '../primitives/index.ts';
import type { Context, Evaluation, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { DUST, factorInfo, O2 } from './parts/factors.ts';
import { hourValues, lastHourEnd, trailing } from './parts/hour-values.ts';
import { letInAir } from './parts/steps/let-in-air.ts';
import { loadCurve, loadResiduals } from './parts/load-curve.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf, powerHours } from './parts/power-hours.ts';
import { OFF, stateAt } from './parts/signal.ts';
import { HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  remindShare: 0.12, remindHours: 3, warnShare: 0.2, warnHours: 6, workOrderHours: 12,
  ownUsual: 2, remindSigmas: 4, furthestHours: 120,
  /** In-situ channels must stay within this of their own level: a leak in the duct moves them too. */
  inSituChange: 0.1,
  /** Load of the last hours over that of the two days before. */
  steadyLoad: 0.75,
  /** Second pattern: both edges of the ratio of particulates to gases, in its usual half-hour contrasts. 5.5 together came by chance in none of 65 gas outfall-months. */
  edgeSigmas: 2.8, pairSigmas: 5.5, pairMatch: 3, leastAgree: 0.4, warnPairSigmas: 7,
} as const satisfies Thresholds;

const same = (v: number): number => v;
const IN_SITU = ['a01012', 'a01011'] as const;

/** In-situ channels (temperature, velocity) kept their level while the drawn sample changed. */
function inSituSteady(ctx: Context, start: number, hours: number, p: typeof DEFAULTS): boolean {
  return IN_SITU.every((code) => {
    const now = median(hourValues(ctx, code as FactorCode, start, hours));
    const before = median(hourValues(ctx, code as FactorCode, start - 48 * HOUR, 48));
    return !Number.isFinite(now) || !Number.isFinite(before) || Math.abs(now / before - 1) <= p.inSituChange;
  });
}

/** A stop lies near, or production is on its way down: oxygen of a stack rises by itself then. */
function rampingDown(ctx: Context, start: number, hours: number, p: typeof DEFAULTS): boolean {
  for (let t = start - 24 * HOUR; t < start + hours * HOUR; t += HOUR) if (stateAt(ctx, t, 'byPower') === OFF || stateAt(ctx, t) === OFF) return true;
  const before = median(powerHours(ctx, 'production', start - 48 * HOUR, 48));
  return median(powerHours(ctx, 'production', start + (hours - p.remindHours) * HOUR, p.remindHours)) < p.steadyLoad * before;
}

/** First pattern: the oxygen of the sample rose. */
function byOxygen(ctx: Context, p: typeof DEFAULTS): Evaluation {
  if (ctx.hour(O2) === undefined) return cannotTell('no oxygen', [O2]);
  if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
  const curve = loadCurve(ctx, O2, same);
  if (curve === undefined) return cannotTell('no baseline yet', ['12 days of running hours with power']);
  if (!(median(loadResiduals(ctx, O2, curve, same, p.remindHours)) > 1)) return notMet();
  const o2 = hourValues(ctx, O2, lastHourEnd(ctx) - p.furthestHours * HOUR, p.furthestHours);
  const residual = loadResiduals(ctx, O2, curve, same, p.furthestHours);
  const share = residual.map((r, i) => r / (20.9 - ((o2[i] as number) - r)));
  const least = Math.max(p.remindSigmas * curve.sigma, p.ownUsual * curve.usual);
  const recent = median(share, share.length - p.remindHours);
  if (!(recent > p.remindShare) || !(median(residual, residual.length - p.remindHours) > least)) return notMet();
  const hours = trailing(share, recent / 2);
  const end = lastHourEnd(ctx);
  const start = end - hours * HOUR;
  if (rampingDown(ctx, start, hours, p)) return cannotTell('a stop lies near or the load is falling');
  if (hours < p.remindHours || !inSituSteady(ctx, start, hours, p)) return notMet('in-situ channels moved too: a leak, not the sample');
  const d = median(share, share.length - hours);
  const tier: Tier = d > p.warnShare && hours >= p.workOrderHours ? 'WORK_ORDER' : d > p.warnShare && hours >= p.warnHours ? 'WARN' : 'REMIND';
  const factors = [O2, ...ctx.factors.filter((f) => factorInfo(f).extractive && f !== O2)];
  const finding: Finding = {
    factors, start, end, tier, score: d / p.remindShare,
    stats: { dilution: d, hours, ownSigma: curve.sigma },
    text: {
      zh: `${spanText(start, end)} 抽取式氧含量升高相当于样气混入 ${percent(d, 0)} 空气，持续 ${hours} 小时，而原位温度、流速未变（氧离散 ${num(curve.sigma, 2)}）。`,
      en: `Oxygen of the drawn sample rose as if ${percent(d, 0)} air had been let in, for ${hours} h (${spanText(start, end)}), while in-situ temperature and velocity stayed.`,
    },
    clearedBy: [
      { zh: '反吹（短促、周期性）', en: 'Blow-back (short, periodic)' },
      { zh: '空预器或烟道漏风（温度、湿度同时下降）', en: 'Leak of preheater or duct (temperature and moisture fall too)' },
    ],
  };
  return conclude([suppress(finding, explain(ctx, { start: start - 3 * HOUR, end: start + 6 * HOUR }, [O2], ['filed-change', 'instrument-work', 'order']))]);
}

/** Second pattern: the oxygen channel is kept from telling, and all gases part from the particulates. */
function byParticulates(ctx: Context, p: typeof DEFAULTS): Finding | undefined {
  const air = letInAir(ctx, p);
  if (air === undefined || air.share < p.remindShare) return undefined;
  const { start, end, share, sigmas, fall, gases } = air;
  // Where the gases stood and the particulates rose, a broken bag tells the same: that reminds and no more.
  const fell = 1 - Math.exp(-fall) > p.remindShare;
  const tier: Tier = fell && share > p.warnShare && sigmas > p.warnPairSigmas ? 'WARN' : 'REMIND';
  const finding: Finding = {
    factors: [DUST, ...gases], start, end, tier, score: sigmas / p.pairSigmas,
    stats: { dilution: share, sigmas, gasesFell: 1 - Math.exp(-fall), pattern: 'gases part from particulates' },
    text: {
      zh: `${spanText(start, end)} ${namesZh(gases)}与原位测量的颗粒物在同一时刻分开、又在同一时刻复合，两处幅度相同（合 ${num(sigmas, 1)} 倍本站离散），相当于样气混入 ${percent(share, 0)} 空气，氧含量所示不论。`,
      en: `${namesEn(gases)} parted from the particulates measured in the stack within minutes and joined them again by the same factor (${num(sigmas, 1)} own sigma together; ${spanText(start, end)}): as if ${percent(share, 0)} air had been let into the sample, whatever the oxygen channel says.`,
    },
    clearedBy: [
      { zh: '颗粒物自身变化：滤袋破损、测尘仪镜面污染或清洁（此时气态污染物不动）', en: 'The particulates alone moved: a broken bag, a fouled or cleaned dust monitor (the gases stand still then)' },
      { zh: '已备案的采样管路检修', en: 'Filed work on the sampling line' },
    ],
  };
  return suppress(finding, explain(ctx, { start: start - 3 * HOUR, end: end + 3 * HOUR }, finding.factors, ['filed-change', 'order']));
}

/** `model:D01` — air let into the drawn sample: oxygen rises towards 20.9, or all gases part from the particulates, while nothing in the stack does. */
export const d01: Model = {
  id: 'D01', version: '1.1.1',
  title: { zh: '采样稀释', en: 'Sample dilution' },
  family: 'emission', trigger: 'tick', media: ['gas'], standsAlone: false, windowHours: 6,
  params: DEFAULTS, legalHooks: ['H3', 'H9'],
  about: {
    zh: '由氧含量对负荷曲线的正残差解出稀释份额 d = r/(20.9 − 应有氧)，同时要求原位测量的温度、流速不变。氧通道被遮掩的稀释（第二型）：各气态污染物与原位测量的颗粒物在同一时刻以同一倍数分开，持续后又以同一倍数复合；气态污染物自身同降同升的才警告。',
    en: 'Dilution share d = r/(20.9 − expected oxygen) from the positive residual of oxygen on its load curve, while in-situ temperature and velocity stay. Where the oxygen channel is kept from telling (second pattern): all gases part from the particulates, which are measured in the stack, by one factor within minutes, stay apart, and join them again by the same factor; it warns only where the gases themselves fell and rose.',
    source: 'D01, a method of this platform',
  },
  minimum: { days: 13, needs: ['oxygen', 'productionMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const first = byOxygen(ctx, p);
    const second = byParticulates(ctx, p);
    return second === undefined ? first : conclude([...first.findings, second]);
  },
};
