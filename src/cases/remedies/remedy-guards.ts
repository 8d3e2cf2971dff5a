import { dayOf } from '#kernel';
import type { Guard } from '../guards/guards.ts';
import { dailyDebt } from '../measures/daily-sum.ts';
import { contestablePapers } from './contested-acts.ts';

const fine: readonly string[] = [];
const need = (holds: boolean, missing: string): readonly string[] => (holds ? fine : [missing]);

export const REMEDY_GUARD_ARTICLES = {
  ACT_CONTESTABLE: '行政复议法 第十一条、第二十条；行政诉讼法 第十二条、第四十五条、第四十六条',
  ACT_OUTCOME_STATED: '行政复议法 第六十三条；行政诉讼法 第七十七条',
} as const;

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
} as const satisfies Record<keyof typeof REMEDY_GUARD_ARTICLES, Guard>;
