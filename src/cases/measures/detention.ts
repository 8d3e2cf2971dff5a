import { chargedWith } from '../charged-acts.ts';
import { stepsOn } from '../transitions/transition.ts';
import { need } from '../guards/need.ts';
import { penaltyStands, type MeasureGuard } from './measure-guard.ts';

const RULE = '行政主管部门移送适用行政拘留环境违法案件暂行办法（公治〔2014〕853号）';

/** 移送行政拘留: after the penalty decision, for the listed acts. */
export const detentionSteps = stepsOn('DETENTION', [
  {
    command: 'PROPOSE_DETENTION',
    zh: '呈批移送行政拘留',
    en: 'propose a detention transfer',
    from: ['NO_DETENTION', 'DETENTION_ANSWERED', 'DETENTION_WITHDRAWN'],
    to: ['DETENTION_PROPOSED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第二条`,
    papers: ['DETENTION_PROPOSAL'],
    begins: true,
    guards: ['CASE_RUNNING', 'DETENTION_ACT', 'AFTER_THE_DECISION', 'TWO_OFFICERS', 'EVIDENCE_REVIEWED', 'DETENTION_FILE'],
  },
  {
    command: 'APPROVE_DETENTION',
    zh: '批准移送行政拘留',
    en: 'approve the detention transfer',
    from: ['DETENTION_PROPOSED'],
    to: ['DETENTION_APPROVED'],
    actor: 'case.approve-measure',
    article: RULE,
    papers: ['DETENTION_APPROVAL'],
    opens: [{ clock: 'T24', start: 'NOW' }],
    guards: ['AFTER_THE_DECISION', 'ANOTHER_PERSON', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'REJECT_DETENTION',
    zh: '不同意移送行政拘留，或者撤回批准',
    en: 'reject the detention transfer, or take the approval back',
    from: ['DETENTION_PROPOSED', 'DETENTION_APPROVED'],
    to: ['NO_DETENTION'],
    actor: 'case.approve-measure',
    article: RULE,
    papers: ['DETENTION_REJECTION'],
    cancels: ['T24'],
    guards: ['ANOTHER_PERSON'],
  },
  {
    command: 'SEND_DETENTION',
    zh: '移送公安机关（行政拘留）',
    en: 'send to the police for detention',
    from: ['DETENTION_APPROVED'],
    to: ['DETENTION_SENT'],
    actor: 'case.measure',
    duty: 'investigator',
    article: RULE,
    papers: ['TRANSFER_GOODS', 'DETENTION_LETTER'],
    closes: ['T24'],
    guards: ['AFTER_THE_DECISION', 'TWO_OFFICERS', 'EVIDENCE_REVIEWED', 'DETENTION_FILE', 'FILE_FROZEN'],
  },
  {
    command: 'RECORD_DETENTION_ANSWER',
    zh: '登记公安机关处理结果（行政拘留）',
    en: 'record the answer on detention',
    from: ['DETENTION_SENT'],
    to: ['DETENTION_ANSWERED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: RULE,
    papers: ['DETENTION_ANSWER'],
  },
  {
    command: 'WITHDRAW_DETENTION',
    zh: '通报公安机关并撤回移送行政拘留',
    en: 'tell the police and withdraw the detention transfer',
    from: ['DETENTION_FALLEN'],
    to: ['DETENTION_WITHDRAWN'],
    actor: 'case.decide',
    article: `${RULE}；行政处罚法 第七十五条`,
    papers: ['DETENTION_WITHDRAWAL'],
    guards: ['NOT_AN_OFFICER'],
  },
]);

export const detentionGuards = {
  DETENTION_ACT: {
    article: '环境保护法 第六十三条；排污许可管理条例 第四十四条；生态环境法典 第一千一百零八条',
    gate: true,
    check: ({ state, law }) =>
      need(chargedWith(state, law, 'detention').length > 0, '属于依法移送行政拘留的违法行为'),
  },
  // Report and decision go along as they are; data and opinions stand behind them.
  DETENTION_FILE: {
    article: RULE,
    check: ({ state: { papers, evidence } }) => [
      ...need(papers.some(({ kind }) => kind === 'INVESTIGATION_REPORT'), '案件调查报告'),
      ...need(evidence.some(({ source }) => source.from === 'REVIEWED_DATA'), '经审核的原始数据'),
    ],
  },
  AFTER_THE_DECISION: {
    article: '公治〔2014〕853号；环境保护法 第六十三条',
    gate: true,
    check: ({ state }) => need(penaltyStands(state), '已经送达且未被撤销的行政处罚决定'),
  },
} as const satisfies Record<string, MeasureGuard>;
