import type { Action } from '#access';
import { HEARINGS, type HearingKey } from '../hearings.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { AnyState } from '../states.ts';
import { step, type Row } from './transition.ts';

const APL = '行政处罚法';
const O30 = '生态环境行政处罚办法';
const RULE = '环境行政处罚听证程序规定（条号待核）';

/** What may come between the notice of a hearing and its day: the same for the penalty and for the daily penalty. */
export function untilTheDay(key: HearingKey, noticed: AnyState, before: readonly AnyState[], party: Action): readonly Row[] {
  const { zh, en, asked, postponed, refused, recusal, answered } = HEARINGS[key];
  const letter = (paper: PaperKind): Pick<Row, 'papers' | 'posts'> => ({ papers: [paper], posts: { papers: [paper], onArrival: 'RECORD_PAPER_DELIVERED' } });
  return [
    { command: asked, zh: `申请延期${zh}`, en: `ask for a later ${en}`, from: [noticed], to: [], stays: true, actor: party, article: RULE, papers: ['POSTPONEMENT_REQUEST'], guards: ['BEFORE_THE_HEARING'], remembered: true },
    {
      command: postponed, zh: `延期${zh}`, en: `postpone the ${en}`, from: [noticed], to: [noticed], actor: 'case.deliberate', article: `${APL} 第六十四条；${RULE}`,
      ...letter('HEARING_POSTPONEMENT'), opens: [{ clock: 'T7', start: 'NOW' }], guards: ['KNOWN_GROUND', 'POSTPONED_TO_LATER', 'HEARING_NOTICE_TERM', 'HOST_APART'], remembered: true,
    },
    { command: refused, zh: `不同意延期${zh}并说明理由`, en: `refuse the postponement of the ${en} with reasons`, from: [noticed], to: [noticed], actor: 'case.deliberate', article: RULE, ...letter('POSTPONEMENT_REFUSAL'), guards: ['POSTPONEMENT_PENDING'], remembered: true },
    { command: recusal, zh: `申请${zh}主持人回避`, en: `ask the host of the ${en} to stand aside`, from: before, to: [], stays: true, actor: party, article: `${APL} 第六十四条`, papers: ['RECUSAL_REQUEST'], remembered: true },
    {
      command: answered, zh: `决定${zh}主持人是否回避`, en: `decide on the recusal of the host of the ${en}`, from: before, to: [], stays: true, actor: 'case.deliberate', article: `${APL} 第六十四条；${RULE}`,
      ...letter('RECUSAL_DECISION'), guards: ['RECUSAL_PENDING', 'OTHER_HOST', 'HOST_APART'], remembered: true,
    },
  ];
}

/**
 * The hearing and what may come between its notice and its day. The ninety days stand still from the request to its end. Who waives,
 * waives both hearing and statement.
 */
export const hearingSteps = [
  step({
    command: 'REQUEST_HEARING',
    zh: '要求听证',
    en: 'ask for a hearing',
    from: ['DEFENCE_WINDOW'],
    to: ['HEARING_REQUESTED'],
    actor: 'case.defend',
    article: `${APL} 第六十三条、第六十四条`,
    papers: ['HEARING_REQUEST'],
    closes: ['T6'],
    pauses: ['T8'],
  }),
  step({
    command: 'GRANT_HEARING',
    zh: '通知听证',
    en: 'notify the hearing',
    from: ['HEARING_REQUESTED'],
    to: ['HEARING_NOTICED'],
    actor: 'case.deliberate',
    article: `${APL} 第六十四条`,
    papers: ['HEARING_SESSION_NOTICE'],
    opens: [{ clock: 'T7', start: 'NOW' }],
    closes: ['T5'],
    guards: ['HEARING_DUE', 'HEARING_NOTICE_TERM', 'RECORDER_APART'],
    posts: { papers: ['HEARING_SESSION_NOTICE'], onArrival: 'RECORD_PAPER_DELIVERED' },
    remembered: true,
  }),
  step({
    command: 'REFUSE_HEARING',
    zh: '不予听证并说明理由',
    en: 'refuse the hearing with reasons',
    from: ['HEARING_REQUESTED'],
    to: ['DEFENCE_WINDOW'],
    actor: 'case.deliberate',
    article: `${APL} 第六十三条`,
    papers: ['HEARING_REFUSAL'],
    resumes: ['T8'],
    guards: ['HEARING_NOT_DUE'],
    posts: { papers: ['HEARING_REFUSAL'], onArrival: 'RECORD_PAPER_DELIVERED' },
  }),
  step({
    command: 'WITHDRAW_HEARING',
    zh: '撤回听证申请',
    en: 'withdraw the hearing request',
    from: ['HEARING_REQUESTED', 'HEARING_NOTICED', 'HEARING_ADJOURNED'],
    to: ['DEFENCE_WINDOW'],
    actor: 'case.defend',
    article: `${APL} 第六十四条`,
    papers: ['HEARING_WITHDRAWAL'],
    cancels: ['T7'],
    resumes: ['T8'],
  }),
  ...untilTheDay('MAIN', 'HEARING_NOTICED', ['HEARING_NOTICED', 'HEARING_ADJOURNED'], 'case.defend').map(step),
  step({
    command: 'ADJOURN_HEARING',
    zh: '中止听证',
    en: 'adjourn the hearing',
    from: ['HEARING_NOTICED'],
    to: ['HEARING_ADJOURNED'],
    actor: 'case.host-hearing',
    duty: 'hearing-host',
    article: RULE,
    papers: ['HEARING_ADJOURNMENT'],
    posts: { papers: ['HEARING_ADJOURNMENT'], onArrival: 'RECORD_PAPER_DELIVERED' },
    closes: ['T7'],
    guards: ['KNOWN_GROUND', 'HEARING_DAY_REACHED', 'RECUSAL_ANSWERED'],
    remembered: true,
  }),
  step({
    command: 'RESUME_HEARING',
    zh: '恢复听证',
    en: 'resume the hearing',
    from: ['HEARING_ADJOURNED'],
    to: ['HEARING_NOTICED'],
    actor: 'case.deliberate',
    article: `${APL} 第六十四条；${RULE}`,
    papers: ['HEARING_RESUMPTION'],
    opens: [{ clock: 'T7', start: 'NOW' }],
    guards: ['HEARING_NOTICE_TERM'],
    posts: { papers: ['HEARING_RESUMPTION'], onArrival: 'RECORD_PAPER_DELIVERED' },
    remembered: true,
  }),
  step({
    command: 'HOLD_HEARING',
    zh: '举行听证',
    en: 'hold the hearing',
    from: ['HEARING_NOTICED'],
    to: ['DEFENCE_REVIEW'],
    actor: 'case.host-hearing',
    duty: 'hearing-host',
    article: `${APL} 第六十四条、第六十五条`,
    papers: ['HEARING_RECORD', 'HEARING_REPORT'],
    closes: ['T5', 'T7'],
    resumes: ['T8'],
    guards: ['HEARING_DAY_REACHED', 'HEARING_NOTICE_ARRIVED', 'POSTPONEMENT_ANSWERED', 'RECUSAL_ANSWERED'],
  }),
  step({
    command: 'WAIVE_RIGHTS',
    zh: '明示放弃尚未行使的权利',
    en: 'waive the rights not yet used',
    from: ['DEFENCE_WINDOW'],
    to: ['LEGAL_REVIEW', 'DEFENCE_REVIEW'],
    actor: 'case.defend',
    article: `${O30} 第四十四条`,
    papers: ['RIGHTS_WAIVER'],
    closes: ['T5', 'T6'],
    guards: ['RIGHT_TO_WAIVE', 'WAIVER_AUTHORISED'],
  }),
];
