import { dayOf, endOfDay } from '#kernel';
import { isContested } from '../remedies/contested-acts.ts';
import { obligation, obligationOfStep, remediesEnd, standing, surchargeOwed } from '../recovery/obligations.ts';
import type { Guard } from './guards.ts';
import { fine, need } from './need.ts';

const SURCHARGE = '行政处罚法 第七十二条；行政强制法 第四十二条、第四十五条';

export const MONEY_GUARD_ARTICLES = {
  PAYMENT_OVERDUE: '行政强制法 第五十四条',
  MONEY_OWED: '行政处罚法 第六十七条、第七十二条',
  NOT_OVERPAID: '行政处罚法 第六十七条、第七十二条',
  DEMAND_AND_REMEDIES_EXPIRED: '行政强制法 第五十三条、第五十四条',
  REMEDY_SETTLED: '行政处罚法 第七十三条',
  SURCHARGE_TO_WAIVE: SURCHARGE,
  SURCHARGE_SETTLED: SURCHARGE,
} as const;

/** What must hold before a sum is paid, demanded, waived, enforced or closed upon. */
export const MONEY_GUARDS = {
  PAYMENT_OVERDUE: ({ state, step, now }) => {
    const { payBy } = standing(state, obligationOfStep(step));
    return need(payBy !== undefined && now >= endOfDay(payBy), '缴款期限届满');
  },
  // The sum itself, or what lateness has added to it.
  MONEY_OWED: ({ state, step, now }) => {
    const key = obligationOfStep(step) === 'DAILY' ? 'DAILY' : 'FINE';
    const stands = key === 'DAILY' || (state.decision !== undefined && state.decision.overturned !== true);
    return need((stands && standing(state, key).owed > 0) || surchargeOwed(state, key, dayOf(now)) > 0, '尚待缴纳的罚款或者加处罚款');
  },
  // In parts like any debt; what comes late grows by three percent a day.
  NOT_OVERPAID: ({ state, command, now }) => {
    if (command?.kind !== 'REGISTER_PAYMENT' && command?.kind !== 'REGISTER_DAILY_PAYMENT') return fine;
    const key = obligationOfStep(command.kind);
    const { owed } = standing(state, key);
    const surcharge = key === 'CORRECTION' ? 0 : surchargeOwed(state, key, command.paidOn);
    return [
      ...need(command.paidOn <= dayOf(now), '不晚于今日的缴款日期'),
      ...need(command.amount <= Math.max(0, owed) + surcharge, `不超过应缴余额 ${owed} 元（加处罚款 ${surcharge} 元）`),
    ];
  },
  DEMAND_AND_REMEDIES_EXPIRED: ({ state, step, now }) => {
    const key = obligationOfStep(step);
    const demand = state.running[obligation(key).terms.demand];
    const end = remediesEnd(state, key);
    return [
      ...need(demand !== undefined && now >= demand.dueAt, '催告书送达满十个工作日'),
      ...need(end !== undefined && now >= end, '复议、诉讼期限届满'),
    ];
  },
  REMEDY_SETTLED: ({ state, step }) => need(!isContested(state, obligationOfStep(step)), '复议、诉讼已有结果'),
  SURCHARGE_TO_WAIVE: ({ state, command, now }) => {
    const owed = (key: 'FINE' | 'DAILY') => surchargeOwed(state, key, dayOf(now));
    if (command?.kind !== 'WAIVE_SURCHARGE') return need(owed('FINE') + owed('DAILY') > 0, '尚待缴纳的加处罚款');
    return need(command.amount <= owed(command.of), `不超过尚待缴纳的加处罚款 ${owed(command.of)} 元的减免`);
  },
  // Who closes knows what lateness has added, and that it was paid, waived or measured by the court.
  SURCHARGE_SETTLED: ({ state, now }) => {
    const owed = surchargeOwed(state, 'FINE', dayOf(now)) + surchargeOwed(state, 'DAILY', dayOf(now));
    return need(owed === 0, `缴清或者减免的加处罚款（尚欠 ${owed} 元）`);
  },
} as const satisfies Record<keyof typeof MONEY_GUARD_ARTICLES, Guard>;
