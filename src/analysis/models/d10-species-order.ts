import { newInformation } from '../primitives/index.ts';
import type { FactorCode } from '#kernel';
import type { Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { explain, suppress } from './parts/explanations.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { NORMAL, runningAt } from './parts/signal.ts';
import { endedAt, HOUR } from './parts/window.ts';
import { num, percent, spanText } from './parts/wording.ts';

const DEFAULTS = {
  margin: 0.03, remindResults: 3, warnResults: 12, workOrderHours: 72, lookBackHours: 120, freshHours: 12,
} as const satisfies Thresholds;

const NH3N = 'w21003' as FactorCode;
const TN = 'w21001' as FactorCode;

/** `model:D10` — a part larger than its whole: ammonia nitrogen above total nitrogen. */
export const d10: Model = {
  id: 'D10', version: '1.0.0',
  title: { zh: '氮磷需氧量级约束', en: 'Species order in water' },
  family: 'emission', trigger: 'hour', media: ['water'], standsAlone: true,
  params: DEFAULTS, legalHooks: ['H3', 'H4'],
  about: {
    zh: '氨氮不可能大于总氮；同一时段新测结果中氨氮超过总氮 3% 以上（且超过分辨率）的次数分级。',
    en: 'Ammonia nitrogen cannot exceed total nitrogen; new results in which it does by more than 3 % (and the resolution) are counted.',
    source: 'D10, a method of this platform',
  },
  minimum: { days: 0, needs: ['nitrogen'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const part = ctx.hour(NH3N);
    const whole = ctx.hour(TN);
    if (part === undefined || whole === undefined) return cannotTell('ammonia or total nitrogen is not measured', [NH3N, TN]);
    const to = endedAt(part, ctx.now);
    const from = Math.max(0, to - p.lookBackHours);
    const q = ctx.reg.factors.find((f) => f.factor === TN)?.resolution ?? 0;
    const fresh = newInformation(part.avg, part.sampleTime, HOUR, ctx.reg.analysisCycleHours, from, to);
    const wrong = fresh.filter((i) => {
      const n = part.avg[i] as number;
      const t = whole.avg[i] as number;
      return (
        part.flag[i] === NORMAL && whole.flag[i] === NORMAL && runningAt(ctx, part.t0 + i * HOUR) && n > t * (1 + p.margin) + 2 * q
      );
    });
    // One group: results in a row, at most half a day apart.
    let k = wrong.length - 1;
    while (k > 0 && (wrong[k] as number) - (wrong[k - 1] as number) <= 12) k--;
    const group = wrong.slice(Math.max(0, k));
    if (group.length < p.remindResults || to - (group[group.length - 1] as number) > p.freshHours) return notMet();
    const start = part.t0 + (group[0] as number) * HOUR;
    const end = part.t0 + ((group[group.length - 1] as number) + 1) * HOUR;
    const ratio = group.reduce((s, i) => s + (part.avg[i] as number) / (whole.avg[i] as number), 0) / group.length;
    const tier: Tier = (end - start) / HOUR >= p.workOrderHours ? 'WORK_ORDER' : group.length >= p.warnResults || end - start >= 24 * HOUR ? 'WARN' : 'REMIND';
    const finding: Finding = {
      factors: [NH3N, TN], start, end, tier, score: group.length / p.remindResults,
      stats: { results: group.length, meanRatio: ratio },
      text: {
        zh: `${spanText(start, end)} 有 ${group.length} 次新测结果氨氮大于总氮（平均为 ${num(ratio, 2)} 倍），化学上不可能。`,
        en: `In ${group.length} new results ammonia nitrogen exceeds total nitrogen (on average by ${percent(ratio - 1, 0)}), which chemistry does not allow (${spanText(start, end)}).`,
      },
      clearedBy: [{ zh: '两台仪器采样时刻不同、水质骤变；一台仪器故障', en: 'Different sampling moments while the water changed fast; one analyser at fault' }],
    };
    return conclude([suppress(finding, explain(ctx, finding, [NH3N, TN], ['instrument-work', 'filed-work']))]);
  },
};
