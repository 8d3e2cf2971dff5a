import { dayOf } from '#kernel';
import { goesOn } from '../evidence/amount-standing.ts';
import { obligationOfStep, standing, type ObligationKey } from '../recovery/obligations.ts';
import { refundDue } from '../recovery/refund.ts';
import { isStayed, STAY } from '../recovery/stay.ts';
import { own, type PenaltyKind } from '#law';
import { RECORDED_PENALTIES } from '../commands/after-decision.ts';
import { PRODUCTION_STATES } from '../measures/states.ts';
import { PENALTY_WORDS, type PenaltyCase } from '../penalty-case.ts';
import type { Guard } from './guards.ts';
import { pending } from '../hearings.ts';
import { fine, need } from './need.ts';

const REFUND = '国家赔偿法 第三十六条；罚没财物管理办法（条号待核）';
const RECUSAL = '行政处罚法 第四十三条；生态环境行政处罚办法 第六条';

export const PERFORMANCE_GUARD_ARTICLES = {
  NOT_STAYED: STAY,
  ENFORCED_AS_SAID: '行政强制法 第五十三条；民事诉讼法 第二百六十八条（条号待核）',
  RECEIVED_BY_NOW: '行政诉讼法 第四十五条；行政复议法（条号待核）',
  CHANGE_STATED: '行政复议法 第六十三条；行政诉讼法 第七十七条',
  STAYED: STAY,
  NOT_YET_STAYED: STAY,
  REFUND_DUE: REFUND,
  REFUND_DECIDED: REFUND,
  REFUND_SETTLED: REFUND,
  PENALTIES_CARRIED_OUT: `行政处罚法 第六十六条；${own('closing')}`,
  PENALTY_TO_CARRY_OUT: '行政处罚法 第六十六条',
  CHECKED_SINCE_CORRECTION: `${own('rectification')}；行政处罚法 第二十八条`,
  AMOUNT_AT_REST: '行政处罚法 第二十八条、第三十三条第一款、第三十六条',
  ONE_OF_THE_OFFICERS: RECUSAL,
  OFFICER_RECUSAL_PENDING: RECUSAL,
  OFFICER_REPLACED: RECUSAL,
  OFFICER_RECUSAL_ANSWERED: RECUSAL,
} as const;

/** Kinds of the decision in force that nobody has carried out yet; the fine has states of its own, a warning is given with the decision. */
function openPenalties({ decision, proposal, production }: PenaltyCase): readonly PenaltyKind[] {
  if (decision?.outcome !== 'PENALTY' || decision.overturned === true || proposal?.outcome !== 'PENALTY') return [];
  const ordered = PRODUCTION_STATES[production];
  return proposal.penalties.filter((kind) => {
    if (kind === 'LIMIT_PRODUCTION' || kind === 'STOP_PRODUCTION') return !('atRest' in ordered);
    return kind !== 'FINE' && kind !== 'WARNING' && decision.carriedOut?.includes(kind) !== true;
  });
}

const recusalPending = (state: Parameters<Guard>[0]['state']): boolean => pending(state, 'ASK_OFFICER_RECUSAL', ['ANSWER_OFFICER_RECUSAL']);
const OF_THE_ORDER: ObligationKey = 'CORRECTION';

/** What must hold for stays, refunds and the recusal of an officer. */
export const PERFORMANCE_GUARDS = {
  // A remedy against the penalty does not stop the order to correct; a stay of the penalty does not either.
  NOT_STAYED: ({ state, step }) => need(obligationOfStep(step) === OF_THE_ORDER || !isStayed(state), '恢复执行（复议、诉讼期间已决定停止执行）'),
  // What was not all brought in is not enforced in full; the surcharge is the court's to measure.
  ENFORCED_AS_SAID: ({ state, step, command }) => {
    if (command === undefined || !('outcome' in command) || command.outcome !== 'FULL' || !('amount' in command)) return fine;
    const { owed } = standing(state, obligationOfStep(step));
    return need(command.amount >= owed, `不少于余额 ${owed} 元的执行到位数额（未全部到位的登记为部分执行或者终结执行）`);
  },
  RECEIVED_BY_NOW: ({ state, command, now }) => {
    if (command?.kind !== 'RECORD_REMEDY_OUTCOME' || command.receivedOn === undefined) return fine;
    const from = state.remedyPeriods.at(-1)?.from ?? command.receivedOn;
    return need(from <= command.receivedOn && command.receivedOn <= dayOf(now), '不早于受理、不晚于今日的收到日期');
  },
  // A change says what is owed now, and may not make it heavier for the party that contested it.
  CHANGE_STATED: ({ state, command }) => {
    if (command?.kind !== 'RECORD_REMEDY_OUTCOME' || command.outcome !== 'CHANGED') return fine;
    const { amount, penalties } = command;
    const before = state.decision?.amount ?? 0;
    return [
      ...need(amount !== undefined, '变更后的罚款数额'),
      ...need(penalties !== undefined, '变更后的处罚种类'),
      ...need(amount === undefined || amount <= before, `不高于原罚款 ${before} 元的数额（变更不得加重）`),
      ...need(amount === undefined || penalties === undefined || amount > 0 === penalties.includes('FINE'), '与罚款数额一致的处罚种类'),
    ];
  },
  STAYED: ({ state }) => need(isStayed(state), '正在停止执行的决定'),
  NOT_YET_STAYED: ({ state }) => need(!isStayed(state), '尚未停止执行的决定'),
  REFUND_DUE: ({ state, command }) => {
    const due = refundDue(state);
    return [
      ...need(due > 0, '多缴或者应予退还的罚款'),
      ...(command?.kind === 'DECIDE_REFUND' ? need(command.amount === due, `等于应退数额 ${due} 元的退款`) : fine),
    ];
  },
  REFUND_DECIDED: ({ state, command, now }) => {
    // A decision is for one refund, and for what was due when it was taken.
    const open = pending(state, 'DECIDE_REFUND', ['RECORD_REFUND']) && state.latest.DECIDE_REFUND?.command.amount === refundDue(state);
    return [
      ...need(open && refundDue(state) > 0, '尚未退还的退款决定'),
      ...(command?.kind === 'RECORD_REFUND' ? [...need(command.amount === refundDue(state), `等于应退数额 ${refundDue(state)} 元的退款`), ...need(command.paidOn <= dayOf(now), '不晚于今日的退款日期')] : fine),
    ];
  },
  REFUND_SETTLED: ({ state }) => need(refundDue(state) === 0, `退还多缴的罚款 ${refundDue(state)} 元`),
  // A decision is performed when each kind of it is, not when the fine is paid.
  PENALTIES_CARRIED_OUT: ({ state }) => openPenalties(state).map((kind) => `${PENALTY_WORDS[kind]}的执行记录`),
  PENALTY_TO_CARRY_OUT: ({ state, command, now }) => {
    const open = openPenalties(state).filter((kind) => RECORDED_PENALTIES.some((one) => one === kind));
    if (command?.kind !== 'RECORD_PENALTY_CARRIED_OUT') return need(open.length > 0, '决定书中尚待执行的没收、吊销或者关闭');
    return [...need(open.includes(command.penalty), `决定书中尚待执行的${PENALTY_WORDS[command.penalty]}`), ...need(command.carriedOutOn <= dayOf(now), '不晚于今日的执行日期')];
  },
  // What is checked is what came after the correction, up to the check.
  CHECKED_SINCE_CORRECTION: ({ state, command, now }) => {
    if (command?.kind !== 'CHECK_RECTIFICATION') return fine;
    const reported = state.rectification === 'REPORTED' ? state.latest.REPORT_RECTIFICATION?.command.completedOn : undefined;
    return [
      ...need(reported === undefined || command.from >= reported, `核查数据起：不早于报告的改正完成日 ${reported ?? ''}`),
      ...need(command.from <= command.to && command.to <= dayOf(now), '核查数据止：不早于核查数据起、不晚于今日'),
    ];
  },
  // Concentrations within their limits correct nothing where the amount is used up: what is discharged still comes on top.
  AMOUNT_AT_REST: ({ amounts = [] }) =>
    amounts.filter(goesOn).map(({ factor, permitted, before, after }) => `不再增加的超许可排放量（${factor.zh}：核查起累计 ${before} kg，核查止 ${after} kg，许可 ${permitted} kg；仍在继续的不能认定已改正）`),
  ONE_OF_THE_OFFICERS: ({ state, command }) =>
    command?.kind === 'ASK_OFFICER_RECUSAL' ? [...need(state.officers.some((o) => o.accountId === command.officerId), '本案执法人员之一'), ...need(!recusalPending(state), '对前一回避申请的决定')] : need(state.officers.length > 0, '本案执法人员'),
  OFFICER_RECUSAL_PENDING: ({ state }) => need(recusalPending(state), '尚未决定的回避申请'),
  // The head names who goes on with the case, and says what becomes of the work done before.
  OFFICER_REPLACED: ({ state, command, assistant }) => {
    if (command?.kind !== 'ANSWER_OFFICER_RECUSAL') return fine;
    const unknown = command.excluded.filter((id) => !state.evidence.some((e) => e.itemId === id));
    const others = state.officers.some((o) => o.accountId === command.replacementId);
    return [
      ...need(!command.accepted || (command.replacementId !== undefined && assistant !== undefined && !others), '另行指定的执法人员'),
      ...need(command.accepted || command.excluded.length === 0, '不排除证据的驳回决定'),
      ...unknown.map((id) => `卷内证据（没有 ${id}）`),
    ];
  },
  OFFICER_RECUSAL_ANSWERED: ({ state }) => need(!recusalPending(state), '对执法人员回避申请的决定'),
} as const satisfies Record<keyof typeof PERFORMANCE_GUARD_ARTICLES, Guard>;
