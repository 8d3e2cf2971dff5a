import { dayOf } from '#kernel';
import { stepsOn } from '../transitions/transition.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { need } from '../guards/need.ts';
import { penaltyStands, type MeasureGuard } from './measure-guard.ts';

const RULE = '限制生产停产整治办法';
const LIMITED = ['UNDER_LIMIT', 'UNDER_STOP'] as const;
/** A report of completion does not end the limit: until its filing the order is checked and obeyed (第十七条至第十九条). */
const STILL_LIMITED = [...LIMITED, 'COMPLETION_REPORTED'] as const;

/**
 * 限制生产、停产整治: listed penalty kinds, so the order stands on a penalty decision that went through notice, hearing
 * right and collective discussion (生态环境行政处罚办法 第八条、第四十六条).
 */
export const productionSteps = stepsOn('PRODUCTION', [
  {
    command: 'ORDER_PRODUCTION',
    zh: '责令限制生产、停产整治',
    en: 'order limited or stopped production',
    from: ['NO_LIMIT', 'FOLLOWED_UP', 'LIMIT_BROKEN', 'CLOSURE_PROPOSED', 'LIMIT_REVOKED'],
    to: ['LIMIT_SENT'],
    actor: 'case.approve-notice',
    article: `${RULE} 第五条至第八条、第十四条`,
    papers: ['PRODUCTION_ORDER'],
    posts: { papers: ['PRODUCTION_ORDER'], onArrival: 'RECORD_PRODUCTION_DELIVERED' },
    opens: [
      { clock: 'T22', start: 'NOW' },
      { clock: 'T22b', start: 'NOW', when: 'LIMITED' },
    ],
    begins: true,
    guards: ['CASE_RUNNING', 'PRODUCTION_DECIDED', 'LISTED_SITUATION', 'SITUATION_FITS', 'NOT_AN_OFFICER', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'RECORD_PRODUCTION_DELIVERED',
    zh: '限产停产决定送达',
    en: 'the production order has reached the party',
    from: ['LIMIT_SENT'],
    to: ['UNDER_LIMIT', 'UNDER_STOP'],
    actor: 'SYSTEM',
    article: `${RULE} 第十四条`,
    papers: ['DELIVERY_PROOF'],
    opens: [{ clock: 'T22c', start: 'DELIVERED' }],
    closes: ['T22'],
  },
  {
    command: 'FILE_PLAN',
    zh: '整改方案备案并公开',
    en: 'file and publish the correction plan',
    from: LIMITED,
    to: [],
    stays: true,
    actor: 'case.answer-measure',
    article: `${RULE} 第十六条`,
    papers: ['PRODUCTION_PLAN'],
    closes: ['T22c'],
  },
  {
    command: 'EXTEND_LIMIT',
    zh: '延长限制生产期限',
    en: 'extend the limit',
    from: ['UNDER_LIMIT'],
    to: ['UNDER_LIMIT'],
    actor: 'case.approve-measure',
    article: `${RULE} 第十五条`,
    papers: ['PRODUCTION_EXTENSION'],
    posts: { papers: ['PRODUCTION_EXTENSION'], onArrival: 'RECORD_PAPER_DELIVERED' },
    opens: [{ clock: 'T22bx', start: 'NOW', after: 'T22b' }],
    closes: ['T22b'],
    guards: ['LIMIT_TERM_RUNS', 'ACT_NOT_STAYED', 'NOT_AN_OFFICER'],
  },
  {
    command: 'CHECK_PRODUCTION',
    zh: '检查限产停产执行情况',
    en: 'check that the order is obeyed',
    from: STILL_LIMITED,
    to: [],
    stays: true,
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第十九条`,
    papers: ['PRODUCTION_CHECK'],
    guards: ['CHECKED_BY_TODAY'],
  },
  {
    command: 'RECORD_BREACH',
    zh: '登记限产停产期间仍超标或擅自恢复生产',
    en: 'record that the order is not obeyed',
    from: STILL_LIMITED,
    to: ['LIMIT_BROKEN'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第六条、第二十一条`,
    papers: ['PRODUCTION_CHECK'],
    closes: ['T22b', 'T22bx'],
    cancels: ['T22c', 'T22d', 'T22e'],
    guards: ['ACT_NOT_STAYED', 'CHECKED_BY_TODAY'],
  },
  {
    command: 'REPORT_COMPLETION',
    zh: '报告整改完成',
    en: 'report that the correction is complete',
    from: ['UNDER_LIMIT', 'UNDER_STOP', 'LIMIT_EXPIRED'],
    to: ['COMPLETION_REPORTED'],
    actor: 'case.answer-measure',
    article: `${RULE} 第十七条`,
    papers: ['PRODUCTION_COMPLETION'],
    opens: [{ clock: 'T22d', start: 'NAMED' }],
    closes: ['T22c'],
    guards: ['NAMED_BY_NOW'],
  },
  {
    command: 'RETURN_COMPLETION',
    zh: '认定整改未完成，退回完成报告',
    en: 'find the correction not complete and return the report',
    from: ['COMPLETION_REPORTED'],
    to: ['UNDER_LIMIT', 'UNDER_STOP', 'LIMIT_EXPIRED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第十七条、第十九条`,
    papers: ['PRODUCTION_CHECK'],
    cancels: ['T22d'],
    guards: ['CHECKED_BY_TODAY'],
  },
  {
    command: 'FILE_COMPLETION',
    zh: '整改完成备案，限产停产自备案之日解除',
    en: 'file the completion; the limit ends with it',
    from: ['COMPLETION_REPORTED'],
    to: ['LIMIT_ENDED'],
    actor: 'case.answer-measure',
    article: `${RULE} 第十七条、第十八条`,
    papers: ['PRODUCTION_FILING'],
    opens: [{ clock: 'T22e', start: 'NOW' }],
    closes: ['T22d', 'T22b', 'T22bx'],
  },
  {
    command: 'EXPIRE_LIMIT',
    zh: '限制生产期限届满',
    en: 'the term of the limit has run out',
    from: ['UNDER_LIMIT', 'COMPLETION_REPORTED'],
    to: ['LIMIT_EXPIRED'],
    actor: 'SYSTEM',
    article: `${RULE} 第十五条、第二十条`,
    papers: ['PRODUCTION_EXPIRY'],
    opens: [{ clock: 'T22e', start: 'NOW' }],
    closes: ['T22b', 'T22bx'],
    cancels: ['T22c', 'T22d'],
    onExpiry: ['T22b', 'T22bx'],
  },
  {
    command: 'FOLLOW_UP_PRODUCTION',
    zh: '解除后跟踪检查',
    en: 'follow-up check',
    from: ['LIMIT_ENDED', 'LIMIT_EXPIRED'],
    to: ['FOLLOWED_UP', 'LIMIT_BROKEN'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第二十条`,
    papers: ['PRODUCTION_CHECK'],
    closes: ['T22e'],
    guards: ['CHECKED_BY_TODAY'],
  },
  {
    command: 'PROPOSE_CLOSURE',
    zh: '报请人民政府责令停业、关闭',
    en: 'ask the government to order closure',
    from: ['LIMIT_BROKEN'],
    to: ['CLOSURE_PROPOSED'],
    actor: 'case.approve-measure',
    article: `${RULE} 第八条`,
    papers: ['CLOSURE_PROPOSAL'],
    guards: ['ACT_NOT_STAYED', 'NOT_AN_OFFICER'],
  },
  {
    command: 'END_PRODUCTION',
    zh: '通知终止失去依据的限产停产',
    en: 'tell that an order that lost its footing has ended',
    // Until the paper has gone out the party does not know that it need not obey any longer.
    from: [...STILL_LIMITED, 'LIMIT_EXPIRED', 'LIMIT_ENDED', 'LIMIT_FALLEN'],
    to: ['LIMIT_REVOKED'],
    actor: 'case.decide',
    article: '行政处罚法 第七十五条；行政复议法 第六十四条；行政诉讼法 第七十条',
    papers: ['PRODUCTION_ENDED'],
    cancels: ['T22b', 'T22bx', 'T22c', 'T22d', 'T22e'],
    posts: { papers: ['PRODUCTION_ENDED'], onArrival: 'RECORD_PAPER_DELIVERED' },
    guards: ['LIMIT_WITHOUT_FOOTING', 'NOT_AN_OFFICER'],
  },
]);

/** Does the penalty decision in force still order this kind of limit? */
const ordersLimit = (state: PenaltyCase, kinds: readonly string[]): boolean => penaltyStands(state) && state.proposal?.penalties.some((kind) => kinds.includes(kind)) === true;

export const productionGuards = {
  PRODUCTION_DECIDED: {
    article: '生态环境行政处罚办法 第八条、第四十六条；行政处罚法 第五十七条、第六十三条',
    gate: true,
    check: ({ state, command }) => {
      const wanted = command?.kind === 'ORDER_PRODUCTION' ? [command.measure] : (['LIMIT_PRODUCTION', 'STOP_PRODUCTION'] as const);
      return need(ordersLimit(state, wanted), '经告知、听证权和集体讨论作出并已送达、未被撤销的、含该处罚种类的行政处罚决定');
    },
  },
  SITUATION_FITS: {
    article: '限制生产停产整治办法 第五条、第六条',
    check: ({ command, law }) => {
      if (command?.kind !== 'ORDER_PRODUCTION') return [];
      const found = law.codes('production-situations').codes.find((c) => c.code === command.situation);
      return need(found === undefined || found.note === command.measure, '与所责令措施相符的法定情形');
    },
  },
  LIMIT_WITHOUT_FOOTING: {
    article: '行政处罚法 第七十五条；行政复议法 第六十四条；行政诉讼法 第七十条',
    gate: true,
    check: ({ state }) => {
      const ordered = state.latest.ORDER_PRODUCTION?.command.measure;
      return need(state.production === 'LIMIT_FALLEN' || ordered === undefined || !ordersLimit(state, [ordered]), '已被撤销，或者所依据的处罚已被撤销、变更的限产停产决定');
    },
  },
  LIMIT_TERM_RUNS: {
    article: '限制生产停产整治办法 第十五条',
    check: ({ state, now }) =>
      need(state.running.T22b !== undefined && now < state.running.T22b.dueAt, '尚未延长过且未届满的限制生产期限'),
  },
  CHECKED_BY_TODAY: {
    article: '限制生产停产整治办法 第二十条',
    check: ({ command, now }) =>
      need(
        command === undefined || !('checkedOn' in command) || command.checkedOn <= dayOf(now),
        '不晚于今日的检查日期',
      ),
  },
} as const satisfies Record<string, MeasureGuard>;
