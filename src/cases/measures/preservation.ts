import { stepsOn } from '../transitions/transition.ts';
import type { MeasureGuard } from './measure-guard.ts';
import { need } from '../guards/need.ts';

const APL = '行政处罚法';
const O30 = '生态环境行政处罚办法';
const STANDS = ['PRESERVED', 'PRESERVED_URGENTLY', 'PRESERVATION_APPROVED'] as const;
const MAY_BEGIN = ['NO_PRESERVATION', 'PRESERVATION_HANDLED', 'PRESERVATION_LAPSED'] as const;

/** 先行登记保存: approval first, or at once on the spot with approval within 24 hours; handled in seven working days or void. */
export const preservationSteps = stepsOn('PRESERVATION', [
  {
    command: 'PROPOSE_PRESERVATION',
    zh: '呈批先行登记保存',
    en: 'propose to preserve evidence',
    from: [...MAY_BEGIN, 'PRESERVATION_PROPOSED'],
    to: ['PRESERVATION_PROPOSED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${APL} 第五十六条；${O30} 第三十二条`,
    papers: ['PRESERVATION_PROPOSAL'],
    begins: true,
    guards: ['CASE_RUNNING', 'TWO_OFFICERS', 'LISTED_SITUATION', 'SAME_PROPOSER', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'REJECT_PRESERVATION',
    zh: '不同意先行登记保存',
    en: 'reject the preservation',
    from: ['PRESERVATION_PROPOSED', 'PRESERVED_URGENTLY'],
    to: ['NO_PRESERVATION', 'PRESERVATION_HANDLED'],
    actor: 'case.approve-measure',
    article: `${O30} 第三十二条`,
    // What was kept at once is given back by a decision; a mere proposal owes nobody one.
    papers: ['PRESERVATION_APPROVAL', 'PRESERVATION_RESULT'],
    posts: { papers: ['PRESERVATION_RESULT'], onArrival: 'RECORD_PAPER_DELIVERED' },
    closes: ['T4b'],
    cancels: ['T4'],
    guards: ['ANOTHER_PERSON'],
  },
  {
    command: 'APPROVE_PRESERVATION',
    zh: '批准先行登记保存',
    en: 'approve the preservation',
    from: ['PRESERVATION_PROPOSED'],
    to: ['PRESERVATION_APPROVED'],
    actor: 'case.approve-measure',
    article: `${APL} 第五十六条`,
    papers: ['PRESERVATION_APPROVAL', 'PRESERVATION_ORDER'],
    opens: [{ clock: 'T4', start: 'NOW' }],
    guards: ['ANOTHER_PERSON', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'CARRY_OUT_PRESERVATION',
    zh: '实施登记保存',
    en: 'preserve on the spot',
    from: ['PRESERVATION_APPROVED'],
    to: ['PRESERVED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${APL} 第五十六条；${O30} 第三十三条`,
    papers: ['PRESERVATION_RECORD', 'PRESERVATION_LIST'],
    posts: { papers: ['PRESERVATION_ORDER'], onArrival: 'RECORD_PAPER_DELIVERED' },
    guards: ['TWO_OFFICERS', 'ON_THE_SPOT', 'NOT_ELSEWHERE', 'WITNESS_APART', 'SIGNED_OR_NOTED', 'ORDER_HANDED_OVER', 'WITHIN_THE_APPROVAL', 'PRESERVATION_STANDS'],
  },
  {
    command: 'PRESERVE_URGENTLY',
    zh: '紧急先行登记保存',
    en: 'preserve at once',
    from: MAY_BEGIN,
    to: ['PRESERVED_URGENTLY'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${O30} 第三十二条`,
    papers: ['PRESERVATION_RECORD', 'PRESERVATION_LIST'],
    opens: [
      { clock: 'T4b', start: 'TAKEN' },
      { clock: 'T4', start: 'TAKEN' },
    ],
    begins: true,
    guards: ['CASE_RUNNING', 'TWO_OFFICERS', 'LISTED_SITUATION', 'ON_THE_SPOT', 'NOT_ELSEWHERE', 'WITNESS_APART', 'SIGNED_OR_NOTED', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'CONFIRM_PRESERVATION',
    zh: '补办登记保存审批',
    en: 'approve the urgent preservation',
    from: ['PRESERVED_URGENTLY'],
    to: ['PRESERVED'],
    actor: 'case.approve-measure',
    article: `${O30} 第三十二条`,
    papers: ['PRESERVATION_APPROVAL', 'PRESERVATION_ORDER'],
    posts: { papers: ['PRESERVATION_ORDER'], onArrival: 'RECORD_PAPER_DELIVERED' },
    closes: ['T4b'],
    guards: ['ANOTHER_PERSON', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'HANDLE_PRESERVATION',
    zh: '处理登记保存的证据',
    en: 'handle the preserved evidence',
    from: ['PRESERVED'],
    to: ['PRESERVATION_HANDLED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${APL} 第五十六条；${O30} 第三十三条`,
    papers: ['PRESERVATION_RESULT'],
    posts: { papers: ['PRESERVATION_RESULT'], onArrival: 'RECORD_PAPER_DELIVERED' },
    closes: ['T4'],
    guards: ['PRESERVATION_STANDS', 'HANDLED_BY_LAW'],
  },
  {
    command: 'LAPSE_PRESERVATION',
    zh: '登记保存逾期自动解除',
    en: 'the preservation lapses',
    from: STANDS,
    to: ['PRESERVATION_LAPSED'],
    actor: 'SYSTEM',
    article: `${O30} 第三十三条`,
    papers: ['PRESERVATION_LAPSE'],
    closes: ['T4'],
    cancels: ['T4b'],
    onExpiry: ['T4'],
  },
]);

export const preservationGuards = {
  PRESERVATION_STANDS: {
    article: '行政处罚法 第五十六条',
    check: ({ state, now }) =>
      need(state.running.T4 !== undefined && now < state.running.T4.dueAt, '登记保存七个工作日内（逾期自动解除）'),
  },
  // Sealing goes on as its own measure; what was kept is handed over to it, not kept twice.
  HANDLED_BY_LAW: {
    article: '生态环境行政处罚办法 第三十三条',
    check: ({ state, command }) =>
      need(
        command?.kind !== 'HANDLE_PRESERVATION' ||
          command.outcome !== 'SEALED' ||
          ['SEALED', 'SEALED_URGENTLY', 'SEALED_LONGER'].includes(state.sealing),
        '已经依法作出的查封、扣押',
      ),
  },
} as const satisfies Record<string, MeasureGuard>;
