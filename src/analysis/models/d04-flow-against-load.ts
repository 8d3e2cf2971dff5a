import { median } from '../primitives/index.ts';
import type { Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { flowOf } from './parts/factors.ts';
import { lastHourEnd, trailing } from './parts/hour-values.ts';
import { loadCurve, loadResiduals } from './parts/load-curve.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { metersOf } from './parts/power-hours.ts';
import { HOUR } from './parts/window.ts';
import { namesEn, namesZh, num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  /** [C] honest 24-h medians of the ln residual: 0.057 at 0.01, 0.070 at 0.002. Water swings more. */
  remindGas: 0.08, warnGas: 0.12, workOrderGas: 0.25,
  remindWater: 0.3, warnWater: 0.4, workOrderWater: 0.6,
  ownLargest: 1.5, windowHours: 24, workOrderHours: 72, furthestHours: 168,
} as const satisfies Thresholds;

const ln = (v: number): number => (v > 0 ? Math.log(v) : Number.NaN);

/** `model:D04` — discharge that no longer fits production. */
export const d04: Model = {
  id: 'D04', version: '1.0.0',
  title: { zh: '流量–负荷偏离', en: 'Flow vs load' },
  family: 'emission', trigger: 'tick', media: ['gas', 'water'], standsAlone: false, windowHours: 24,
  params: DEFAULTS, legalHooks: ['H3', 'H2'],
  about: {
    zh: '对数流量对生产用电分箱中位数曲线，24 小时残差中位数与本站历史最大值比较；负荷超出学习范围不判。',
    en: 'ln flow on a binned-median curve of production power; the 24-h median residual against the largest of the own history. Loads outside the learned range are not judged.',
    source: 'D04, a method of this platform: thresholds calibrated on honest simulated outfalls',
  },
  minimum: { days: 13, needs: ['flow', 'productionMeter'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const flow = flowOf(ctx.reg.type);
    if (ctx.hour(flow) === undefined) return cannotTell('no flow', [flow]);
    if (metersOf(ctx, 'production').length === 0) return cannotTell('no production meter', ['production meter']);
    const curve = loadCurve(ctx, flow, ln);
    if (curve === undefined) return cannotTell('no baseline yet', ['12 days of running hours with power']);
    const gas = ctx.reg.type === 'gas';
    const [remind, warn, workOrder] = gas ? [p.remindGas, p.warnGas, p.workOrderGas] : [p.remindWater, p.warnWater, p.workOrderWater];
    const need = Math.max(remind, p.ownLargest * curve.largest);
    const day = loadResiduals(ctx, flow, curve, ln, p.windowHours);
    const known = day.filter((v) => Number.isFinite(v));
    if (known.length < 0.7 * p.windowHours) return cannotTell('load outside the learned range or not running');
    const e = median(known);
    if (!(Math.abs(e) > need)) return notMet();
    const wide = loadResiduals(ctx, flow, curve, ln, p.furthestHours);
    const signed = wide.map((v) => Math.sign(e) * v);
    // A 24-h median goes on for half a day after the fact: the finding ends with the last hours that still show it.
    const over = signed.findLastIndex((v) => v > Math.abs(e) / 2) + 1;
    const hours = Math.max(12, trailing(signed.subarray(0, over), Math.abs(e) / 2));
    const end = lastHourEnd(ctx) - (signed.length - over) * HOUR;
    const start = end - hours * HOUR;
    const tier: Tier = Math.abs(e) > Math.max(workOrder, need) && hours >= p.workOrderHours ? 'WORK_ORDER' : Math.abs(e) > Math.max(warn, 1.2 * need) ? 'WARN' : 'REMIND';
    const finding: Finding = {
      factors: [flow], start, end, tier, score: Math.abs(e) / remind,
      stats: { residual24h: e, ownLargest: curve.largest, hours },
      text: {
        zh: `${spanText(start, end)} ${namesZh([flow])}比同等生产负荷下的惯常值${e < 0 ? '低' : '高'} ${percent(Math.abs(Math.exp(e) - 1), 0)}（本站 12 小时偏离最大 ${percent(Math.exp(curve.largest) - 1, 0)}）。`,
        en: `${namesEn([flow])} is ${percent(Math.abs(Math.exp(e) - 1), 0)} ${e < 0 ? 'below' : 'above'} what this production load usually gives (${spanText(start, end)}; largest own deviation ${num((Math.exp(curve.largest) - 1) * 100, 0)} %).`,
      },
      clearedBy: [
        { zh: '流量计漂移；部分烟气或废水走其他许可排口', en: 'Meter drift; part of the discharge goes through another permitted outlet' },
        { zh: '回用改造或产品变化', en: 'A reuse project or a change of product' },
      ],
    };
    return conclude([suppress(finding, explain(ctx, { start: start - 6 * HOUR, end: start + 12 * HOUR }, [flow], ['filed-change', 'instrument-work', ...(gas ? [] : ['rain' as const]), 'order']))]);
  },
};
