import { dayOf } from '#kernel';
import type { Guard } from '../guards/guards.ts';
import { dailyDebt } from '../measures/daily-sum.ts';
import type { CaseCommand } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { contestablePapers, isHalted } from './contested-acts.ts';
import { fine, need } from '../guards/need.ts';
import { STAY } from '../recovery/stay.ts';

export const REMEDY_GUARD_ARTICLES = {
  ACT_CONTESTABLE: '行政复议法 第十一条、第二十条；行政诉讼法 第十二条、第四十五条、第四十六条',
  ACT_OUTCOME_STATED: '行政复议法 第六十三条；行政诉讼法 第七十七条',
  ACT_TO_STAY: STAY,
  ACT_STAYED: STAY,
  ACT_NOT_STAYED: STAY,
} as const;

/** Is there a remedy pending with, or without, a stay: the one the command names, or any? */
const pending = ({ actRemedies }: PenaltyCase, command: CaseCommand | undefined, stayed: boolean): boolean =>
  actRemedies.some((one) => one.outcome === undefined && (one.stayed === true) === stayed && (command === undefined || !('remedyId' in command) || command.remedyId === one.remedyId));

/** What must hold before a remedy against an act other than the penalty, and its outcome, are recorded. */
export const REMEDY_GUARDS = {
  ACT_CONTESTABLE: ({ state, command, now }) => {
    const open = contestablePapers(state);
    if (command?.kind !== 'RECORD_ACT_REMEDY') return need(open.length > 0, '已送达、可以复议或者诉讼的决定');
    const reconsidered = state.actRemedies.some((one) => one.paperId === command.paperId && one.remedy === 'RECONSIDERATION');
    return [
      ...need(open.some((paper) => paper.paperId === command.paperId), '已送达、没有未结的复议诉讼、尚未被撤销的决定'),
      ...need(command.remedy === 'LITIGATION' || !reconsidered, '行政诉讼（该决定已经复议）'),
      ...need(command.receivedOn <= dayOf(now), '不晚于今日的受理日期'),
    ];
  },
  ACT_OUTCOME_STATED: ({ state, command, now }) => {
    if (command?.kind !== 'RECORD_ACT_REMEDY_OUTCOME') return fine;
    const contested = state.actRemedies.find((one) => one.remedyId === command.remedyId && one.outcome === undefined);
    if (contested === undefined) return ['尚未有结果的复议、诉讼'];
    const { receivedOn, outcome, amount } = command;
    const sum = outcome === 'CHANGED' && contested.act === 'DAILY_PENALTY';
    const { fine: before } = dailyDebt(state);
    return [
      ...need(receivedOn === undefined || (contested.from <= receivedOn && receivedOn <= dayOf(now)), '不早于受理、不晚于今日的收到日期'),
      ...need(sum === (amount !== undefined), sum ? '变更后的罚款数额' : '只在变更按日连续处罚时填写的数额'),
      ...need(!sum || amount === undefined || amount <= before, `不高于原罚款 ${before} 元的数额（变更不得加重）`),
    ];
  },
  ACT_TO_STAY: ({ state, command }) => need(pending(state, command, false), '正在复议、诉讼且尚未停止执行的决定'),
  ACT_STAYED: ({ state, command }) => need(pending(state, command, true), '正在停止执行的决定'),
  // Under a stay nobody is pressed; who has corrected all the same may have it confirmed.
  ACT_NOT_STAYED: ({ state, step, command }) =>
    need((command?.kind === 'CHECK_RECTIFICATION' && command.corrected) || !isHalted(state, step), '恢复执行（该决定在复议、诉讼期间已停止执行）'),
} as const satisfies Record<keyof typeof REMEDY_GUARD_ARTICLES, Guard>;
