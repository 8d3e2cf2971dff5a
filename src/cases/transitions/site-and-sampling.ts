import { MAIN_STATES, type MainState } from '../states.ts';
import { step } from './transition.ts';

const APL = '行政处罚法';
const O30 = '生态环境行政处罚办法';

/**
 * Inspection of the place, sampling and its result. Records are signed by the party or carry the note of its
 * refusal; a result that it was not told, or an objection that nobody answered, keeps the investigation open.
 */
export const siteAndSamplingSteps = [
  step({
    command: 'RECORD_SITE_INSPECTION',
    zh: '现场检查（勘察）',
    en: 'inspect the place',
    from: ['INVESTIGATING'],
    to: ['INVESTIGATING'],
    actor: 'case.investigate',
    duty: 'investigator',
    article: `${APL} 第四十二条、第五十五条`,
    papers: ['SITE_INSPECTION_RECORD'],
    remembered: true,
    guards: ['TWO_OFFICERS', 'GONE_ON_SITE', 'ON_THE_SPOT', 'NOT_ELSEWHERE', 'WITNESS_APART', 'SIGNED_OR_NOTED'],
  }),
  step({
    command: 'RECORD_SAMPLING',
    zh: '现场采样',
    en: 'take samples',
    from: ['INVESTIGATING'],
    to: ['INVESTIGATING'],
    actor: 'case.investigate',
    duty: 'investigator',
    article: `${APL} 第五十六条；${O30} 第二十九条`,
    papers: ['SAMPLING_RECORD'],
    guards: ['TWO_OFFICERS', 'GONE_ON_SITE', 'ON_THE_SPOT', 'NOT_ELSEWHERE', 'WITNESS_APART', 'SIGNED_OR_NOTED'],
  }),
  step({
    command: 'RECEIVE_TEST_REPORT',
    zh: '收到监测（检测）报告',
    en: 'receive the report on the samples',
    from: ['INVESTIGATING'],
    to: ['INVESTIGATING'],
    actor: 'case.investigate',
    duty: 'investigator',
    article: `${O30} 第二十九条；${APL} 第四十六条`,
    papers: ['TEST_REPORT_RECEIPT'],
    guards: ['REPORT_AWAITED', 'REPORT_DAYS'],
  }),
  step({
    command: 'TELL_TEST_RESULT',
    zh: '告知监测（检测）结果',
    en: 'tell the party the result',
    from: ['INVESTIGATING'],
    to: ['INVESTIGATING'],
    actor: 'case.investigate',
    duty: 'investigator',
    article: `${O30} 第二十九条`,
    papers: ['TEST_RESULT_NOTICE'],
    guards: ['RESULT_TO_TELL'],
    posts: { papers: ['TEST_RESULT_NOTICE'], onArrival: 'RECORD_TEST_RESULT_DELIVERED', each: true },
  }),
  step({
    command: 'RECORD_TEST_RESULT_DELIVERED',
    zh: '监测（检测）结果告知书送达',
    en: 'the result has reached the party',
    // On paper it may arrive while the investigation stands still or after the case was given up.
    from: Object.keys(MAIN_STATES) as MainState[],
    to: [],
    stays: true,
    actor: 'SYSTEM',
    article: `${APL} 第六十一条`,
    papers: ['DELIVERY_PROOF'],
    opens: [{ clock: 'TM', start: 'DELIVERED', when: 'UNDER_INVESTIGATION' }],
  }),
  step({
    command: 'COMMENT_ON_RESULT',
    zh: '对监测（检测）结果提出意见',
    en: 'comment on the result',
    from: ['INVESTIGATING', 'SUSPENDED'],
    to: [],
    stays: true,
    actor: 'case.defend',
    article: `${O30} 第二十九条；${APL} 第七条`,
    papers: ['TEST_RESULT_COMMENT'],
    closes: ['TM'],
    guards: ['RESULT_OPEN'],
  }),
  step({
    command: 'ANSWER_RESULT_COMMENT',
    zh: '答复对监测（检测）结果的异议',
    en: 'answer the objection to the result',
    from: ['INVESTIGATING'],
    to: ['INVESTIGATING'],
    actor: 'case.investigate',
    duty: 'investigator',
    article: `${O30} 第二十九条；${APL} 第七条`,
    papers: ['TEST_RESULT_ANSWER'],
    guards: ['OBJECTION_OPEN'],
    posts: { papers: ['TEST_RESULT_ANSWER'], onArrival: 'RECORD_PAPER_DELIVERED' },
  }),
] as const;
