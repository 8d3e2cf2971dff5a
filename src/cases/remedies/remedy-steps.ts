import type { ClockId } from '#law';
import { step } from '../transitions/transition.ts';
import { CONTESTABLE_ACTS } from './contested-acts.ts';
import { STAY } from '../recovery/stay.ts';

const APL = '行政处罚法';
const ACTS = Object.values(CONTESTABLE_ACTS);
const OF_ACTS: readonly ClockId[] = [...new Set(ACTS.flatMap((act) => [...act.clocks]))];
const STOPPED: readonly ClockId[] = ACTS.flatMap((act) => [...act.stops]);
const OF_PRODUCTION = CONTESTABLE_ACTS.PRODUCTION.clocks;

/** Reconsideration and suit: against the decision on the penalty, and against every other act that is open to them. */
export const remedySteps = [
  step({
    command: 'RECORD_REMEDY',
    track: 'REMEDY',
    zh: '登记复议、诉讼',
    en: 'record a remedy',
    from: ['NO_REMEDY', 'UPHELD', 'CHANGED', 'REMANDED', 'REVOKED'],
    to: ['RECONSIDERATION', 'LITIGATION'],
    actor: 'case.notify',
    article: '行政复议法 第二十条；行政诉讼法 第四十六条；行政处罚法 第七十三条',
    papers: ['REMEDY_RECORD'],
    closes: ['T13', 'T14', 'T14r'],
    // The three months for the court begin when the remedies have ended, so those of before are void.
    cancels: ['T15b', 'T15bd'],
    pauses: ['T11', 'T16', 'T11d', 'T16d'],
    // A new remedy: a stay of the one before it is only history.
    begins: true,
    guards: ['DECISION_DELIVERED', 'RECONSIDERATION_FIRST'],
  }),
  step({
    command: 'RECORD_REMEDY_OUTCOME',
    track: 'REMEDY',
    zh: '登记复议、诉讼结果',
    en: 'record the outcome of a remedy',
    from: ['RECONSIDERATION', 'LITIGATION'],
    to: ['UPHELD', 'CHANGED', 'REMANDED', 'REVOKED'],
    // A changed decision stands as changed and is performed; one set aside is decided anew, or the case closes. An archived file stays as it is.
    mainTo: ['PERFORMING', 'DISCRETION', 'TO_CLOSE'],
    sideTo: ['LIMIT_FALLEN', 'DETENTION_FALLEN'],
    actor: 'case.notify',
    article: `${APL} 第七十三条；行政复议法 第六十三条、第六十四条；行政诉讼法 第七十条、第七十七条`,
    papers: ['REMEDY_RECORD'],
    opens: [
      { clock: 'T8', start: 'NOW', when: 'DECIDES_AGAIN' },
      { clock: 'T10', start: 'OUTCOME_RECEIVED', when: 'CHANGED_AND_OWED' },
      { clock: 'T12', start: 'OUTCOME_RECEIVED', when: 'CHANGED_AND_OWED' },
      { clock: 'T14r', start: 'OUTCOME_RECEIVED', when: 'RECONSIDERED' },
      { clock: 'T15b', start: 'REMEDIES_EXPIRED', when: 'UNPAID_AND_UPHELD' },
      { clock: 'T15bd', start: 'REMEDIES_EXPIRED', when: 'UNPAID_AND_UPHELD' },
      { clock: 'T11', start: 'NOW', when: 'LATE_AND_UPHELD' },
      { clock: 'T16', start: 'NOW', when: 'LATE_AND_UPHELD' },
      { clock: 'T11d', start: 'NOW', when: 'LATE_AND_UPHELD' },
      { clock: 'T16d', start: 'NOW', when: 'LATE_AND_UPHELD' },
    ],
    cancels: ['T8', 'T10', 'T11', 'T12', 'T15', 'T15b', 'T16', ...OF_PRODUCTION],
    resumes: ['T10', 'T10d', 'T12', 'T11', 'T16', 'T11d', 'T16d'],
    guards: ['RECEIVED_BY_NOW', 'CHANGE_STATED'],
  }),
  step({
    command: 'RECORD_ACT_REMEDY',
    track: 'ACT_REMEDY',
    zh: '登记对其他决定的复议、诉讼',
    en: 'record a remedy against another act',
    from: ['NO_ACT_REMEDY', 'ACT_CONTESTED', 'ACT_REMEDY_ENDED'],
    to: ['ACT_CONTESTED'],
    actor: 'case.notify',
    article: '行政复议法 第十一条、第二十条；行政诉讼法 第十二条、第四十五条、第四十六条；行政强制法 第八条',
    papers: ['REMEDY_RECORD'],
    cancels: ['T15bd', 'T15br'],
    pauses: ['T11d', 'T16d'],
    guards: ['ACT_CONTESTABLE'],
  }),
  step({
    command: 'RECORD_ACT_REMEDY_OUTCOME',
    track: 'ACT_REMEDY',
    zh: '登记对其他决定的复议、诉讼结果',
    en: 'record the outcome of a remedy against another act',
    from: ['ACT_CONTESTED'],
    to: ['ACT_CONTESTED', 'ACT_REMEDY_ENDED'],
    // It acts on the very act that was contested; a case that was already closing is opened again for what is owed back.
    mainTo: ['TO_CLOSE'],
    sideTo: [...ACTS.map((act) => act.falls.to), 'DAILY_PAYING', 'DAILY_PAID'],
    actor: 'case.notify',
    article: `行政复议法 第六十三条、第六十四条、第六十八条；行政诉讼法 第六十九条、第七十条、第七十七条；${APL} 第七十三条`,
    papers: ['REMEDY_RECORD'],
    opens: [
      { clock: 'T10d', start: 'OUTCOME_RECEIVED', when: 'CHANGED_AND_OWED' },
      { clock: 'T15bd', start: 'REMEDIES_EXPIRED', when: 'UNPAID_AND_UPHELD' },
      { clock: 'T15br', start: 'REMEDIES_EXPIRED', when: 'UNPAID_AND_UPHELD' },
      { clock: 'T11d', start: 'NOW', when: 'LATE_AND_UPHELD' },
      { clock: 'T16d', start: 'NOW', when: 'LATE_AND_UPHELD' },
    ],
    cancels: OF_ACTS,
    resumes: ['T11d', 'T16d', ...STOPPED],
    guards: ['ACT_OUTCOME_STATED'],
  }),
  step({
    command: 'RECORD_ACT_STAY',
    track: 'ACT_REMEDY',
    zh: '停止执行被复议、诉讼的决定',
    en: 'stay the execution of the act contested',
    from: ['ACT_CONTESTED'],
    to: [],
    stays: true,
    actor: 'case.decide',
    article: STAY,
    papers: ['STAY_NOTICE'],
    pauses: STOPPED,
    guards: ['ACT_TO_STAY', 'KNOWN_GROUND', 'NOT_AN_OFFICER'],
    posts: { papers: ['STAY_NOTICE'], onArrival: 'RECORD_PAPER_DELIVERED' },
  }),
  step({
    command: 'LIFT_ACT_STAY',
    track: 'ACT_REMEDY',
    zh: '恢复执行被复议、诉讼的决定',
    en: 'lift the stay of the act contested',
    from: ['ACT_CONTESTED'],
    to: [],
    stays: true,
    actor: 'case.decide',
    article: STAY,
    papers: ['STAY_LIFTED'],
    resumes: STOPPED,
    guards: ['ACT_STAYED', 'NOT_AN_OFFICER'],
    posts: { papers: ['STAY_LIFTED'], onArrival: 'RECORD_PAPER_DELIVERED' },
  }),
] as const;
