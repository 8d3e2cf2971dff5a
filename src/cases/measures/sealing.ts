import { dayOf, instant } from '#kernel';
import { own } from '#law';
import type { PenaltyCase } from '../penalty-case.ts';
import { stepsOn } from '../transitions/transition.ts';
import { need } from '../guards/need.ts';
import type { MeasureGuard } from './measure-guard.ts';

const AEL = '行政强制法';
const RULE = '查封扣押办法';
const MAY_BEGIN = ['NO_SEALING', 'RELEASED'] as const;

const UNDER_SEAL = ['SEALED', 'SEALED_LONGER', 'RELEASE_REQUESTED', 'RELEASE_PROPOSED'] as const;

/** 查封、扣押: thirty days and thirty more; nobody overruns them unnoticed. */
export const sealingSteps = stepsOn('SEALING', [
  {
    command: 'PROPOSE_SEALING',
    zh: '呈批查封、扣押',
    en: 'propose sealing or seizure',
    // Until it is approved the list may still grow: the proposal is made anew, with every object on it.
    from: [...MAY_BEGIN, 'SEALING_PROPOSED'],
    to: ['SEALING_PROPOSED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${AEL} 第十八条、第二十三条；${RULE} 第四条、第八条`,
    papers: ['SEALING_PROPOSAL'],
    begins: true,
    guards: ['CASE_RUNNING', 'TWO_OFFICERS', 'LISTED_SITUATION', 'PROPORTIONATE', 'RELATED_OBJECTS', 'SAME_PROPOSER', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'APPROVE_SEALING',
    zh: '批准查封、扣押',
    en: 'approve sealing or seizure',
    from: ['SEALING_PROPOSED'],
    to: ['SEALING_APPROVED'],
    actor: 'case.approve-measure',
    article: `${AEL} 第十八条、第二十四条；${RULE} 第九条`,
    papers: ['SEALING_APPROVAL', 'SEALING_ORDER'],
    opens: [{ clock: 'T21', start: 'NOW' }],
    guards: ['ANOTHER_PERSON', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'REJECT_SEALING',
    zh: '不同意查封、扣押',
    en: 'reject sealing or seizure',
    from: ['SEALING_PROPOSED', 'SEALED_URGENTLY'],
    to: ['NO_SEALING', 'RELEASE_DECIDED'],
    actor: 'case.approve-measure',
    article: `${AEL} 第十九条`,
    // What was sealed at once is released at once; a mere proposal owes nobody a release.
    papers: ['SEALING_APPROVAL', 'SEALING_RELEASE'],
    posts: { papers: ['SEALING_RELEASE'], onArrival: 'RECORD_RELEASE_DELIVERED' },
    opens: [{ clock: 'T21d', start: 'NOW', when: 'SEALED_AT_ONCE' }],
    closes: ['T21b'],
    cancels: ['T21'],
    guards: ['ANOTHER_PERSON'],
  },
  {
    command: 'CARRY_OUT_SEALING',
    zh: '实施查封、扣押',
    en: 'seal or seize on the spot',
    from: ['SEALING_APPROVED'],
    to: ['SEALED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${AEL} 第十八条、第二十四条；${RULE} 第十条至第十三条`,
    papers: ['SEALING_RECORD', 'SEALING_LIST'],
    posts: { papers: ['SEALING_ORDER'], onArrival: 'RECORD_PAPER_DELIVERED' },
    guards: ['TWO_OFFICERS', 'ON_THE_SPOT', 'NOT_ELSEWHERE', 'WITNESS_APART', 'SIGNED_OR_NOTED', 'ORDER_HANDED_OVER', 'WITHIN_THE_APPROVAL', 'SEALING_TERM_RUNS'],
  },
  {
    command: 'SEAL_URGENTLY',
    zh: '紧急查封、扣押',
    en: 'seal or seize at once',
    from: MAY_BEGIN,
    to: ['SEALED_URGENTLY'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${AEL} 第十九条`,
    papers: ['SEALING_RECORD', 'SEALING_LIST'],
    opens: [
      { clock: 'T21b', start: 'TAKEN' },
      { clock: 'T21', start: 'TAKEN' },
    ],
    begins: true,
    guards: [
      'CASE_RUNNING',
      'TWO_OFFICERS',
      'LISTED_SITUATION',
      'PROPORTIONATE',
      'RELATED_OBJECTS',
      'ON_THE_SPOT', 'NOT_ELSEWHERE', 'WITNESS_APART', 'SIGNED_OR_NOTED',
      'EVIDENCE_REVIEWED',
    ],
  },
  {
    command: 'CONFIRM_SEALING',
    zh: '补办查封、扣押批准手续',
    en: 'approve the urgent sealing',
    from: ['SEALED_URGENTLY'],
    to: ['SEALED'],
    actor: 'case.approve-measure',
    article: `${AEL} 第十九条`,
    papers: ['SEALING_APPROVAL', 'SEALING_ORDER'],
    posts: { papers: ['SEALING_ORDER'], onArrival: 'RECORD_PAPER_DELIVERED' },
    closes: ['T21b'],
    guards: ['ANOTHER_PERSON', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'EXTEND_SEALING',
    zh: '延长查封、扣押',
    en: 'extend the sealing',
    from: ['SEALED'],
    to: ['SEALED_LONGER'],
    actor: 'case.approve-measure',
    article: `${AEL} 第二十五条；${RULE} 第十五条`,
    papers: ['SEALING_EXTENSION'],
    posts: { papers: ['SEALING_EXTENSION'], onArrival: 'RECORD_PAPER_DELIVERED' },
    opens: [{ clock: 'T21x', start: 'NOW', after: 'T21' }],
    closes: ['T21'],
    guards: ['SEALING_TERM_RUNS', 'ACT_NOT_STAYED', 'NOT_AN_OFFICER', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'BEGIN_APPRAISAL',
    zh: '告知检测、鉴定期间不计入查封扣押期限',
    en: 'tell of a test or appraisal that does not count',
    from: ['SEALED', 'SEALED_LONGER'],
    to: [],
    stays: true,
    actor: 'case.approve-measure',
    article: `${AEL} 第二十五条第三款`,
    papers: ['SEALING_APPRAISAL'],
    posts: { papers: ['SEALING_APPRAISAL'], onArrival: 'RECORD_PAPER_DELIVERED' },
    opens: [{ clock: 'T21p', start: 'NOW' }],
    pauses: ['T21', 'T21x'],
    guards: ['SEALING_TERM_RUNS', 'APPRAISAL_DAY', 'NOT_AN_OFFICER'],
  },
  {
    command: 'END_APPRAISAL',
    zh: '检测、鉴定结束，期限继续计算',
    en: 'the test or appraisal has ended, the term goes on',
    from: UNDER_SEAL,
    to: [],
    stays: true,
    actor: 'case.measure',
    duty: 'investigator',
    article: `${AEL} 第二十五条第三款`,
    papers: ['SEALING_APPRAISAL_END'],
    closes: ['T21p'],
    resumes: ['T21', 'T21x'],
    guards: ['APPRAISAL_OPEN'],
  },
  {
    // The time was told to the party with its end: it stands still no longer than that.
    command: 'LAPSE_APPRAISAL',
    zh: '告知的检测、鉴定期间届满，期限继续计算',
    en: 'the time told for the test or appraisal is over, the term goes on',
    from: UNDER_SEAL,
    to: [],
    stays: true,
    actor: 'SYSTEM',
    article: `${AEL} 第二十五条第三款`,
    papers: ['SEALING_APPRAISAL_END'],
    closes: ['T21p'],
    resumes: ['T21', 'T21x'],
    onExpiry: ['T21p'],
    guards: ['APPRAISAL_OPEN'],
  },
  {
    command: 'REQUEST_RELEASE',
    zh: '申请解除查封、扣押',
    en: 'ask for the release',
    from: ['SEALED', 'SEALED_LONGER', 'SEALING_OVERRUN'],
    to: ['RELEASE_REQUESTED'],
    actor: 'case.answer-measure',
    article: `${RULE} 第十九条`,
    papers: ['RELEASE_REQUEST'],
    opens: [{ clock: 'T21c', start: 'NOW' }],
  },
  {
    command: 'CHECK_RELEASE',
    zh: '检查解除申请',
    en: 'check the request for release',
    from: ['RELEASE_REQUESTED'],
    to: ['RELEASE_PROPOSED', 'SEALED', 'SEALED_LONGER', 'SEALING_OVERRUN'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE} 第十九条、第二十条`,
    papers: ['RELEASE_CHECK'],
    closes: ['T21c'],
  },
  {
    command: 'RELEASE_SEALING',
    zh: '决定解除查封、扣押',
    en: 'decide the release',
    from: ['SEALING_APPROVED', 'SEALED', 'SEALED_LONGER', 'RELEASE_REQUESTED', 'RELEASE_PROPOSED', 'SEALING_OVERRUN', 'SEALING_FALLEN'],
    to: ['RELEASE_DECIDED'],
    actor: 'case.approve-measure',
    article: `${AEL} 第二十八条；${RULE} 第二十一条`,
    papers: ['SEALING_RELEASE'],
    posts: { papers: ['SEALING_RELEASE'], onArrival: 'RECORD_RELEASE_DELIVERED' },
    opens: [{ clock: 'T21d', start: 'NOW' }],
    closes: ['T21', 'T21x', 'T21c'],
    cancels: ['T21p'],
    guards: ['LISTED_SITUATION', 'RELEASED_AS_SET_ASIDE', 'NOT_AN_OFFICER'],
  },
  {
    command: 'RECORD_RELEASE_DELIVERED',
    zh: '解除决定送达',
    en: 'the release has reached the party',
    from: ['RELEASE_DECIDED'],
    to: ['RELEASED'],
    actor: 'SYSTEM',
    article: `${RULE} 第二十一条`,
    papers: ['DELIVERY_PROOF'],
    closes: ['T21d'],
  },
  {
    command: 'RECORD_SEALING_OVERRUN',
    zh: '查封、扣押期满未解除',
    en: 'the term of sealing has run out',
    from: ['SEALING_APPROVED', 'SEALED_URGENTLY', 'SEALED', 'SEALED_LONGER', 'RELEASE_REQUESTED', 'RELEASE_PROPOSED'],
    to: ['SEALING_OVERRUN'],
    actor: 'SYSTEM',
    article: `${AEL} 第二十五条、第二十八条`,
    papers: ['SEALING_OVERRUN'],
    // The term itself stays open and red until the release closes it as met too late.
    cancels: ['T21b', 'T21c'],
    onExpiry: ['T21', 'T21x'],
    guards: ['SEALING_TERM_ENDED'],
  },
]);

const sealed = (kind?: string): boolean => kind === 'PROPOSE_SEALING' || kind === 'SEAL_URGENTLY';

/** The term of a sealing, or its extension. */
const termOf = ({ running }: Pick<PenaltyCase, 'running'>) => running.T21 ?? running.T21x;

export const sealingGuards = {
  // Sewage and waste plants, livelihood and safety may be spared; whoever seals there says why (查封扣押办法 第六条).
  PROPORTIONATE: {
    article: `${own('restraint')}；查封扣押办法 第六条；行政强制法 第五条`,
    check: ({ command, law }) => {
      if (command?.kind !== 'PROPOSE_SEALING' && command?.kind !== 'SEAL_URGENTLY') return [];
      const spared = law.codes('sealing-spared').codes;
      return [
        ...need(
          command.sparedKind === undefined || spared.some((c) => c.code === command.sparedKind),
          `可以不予查封、扣押的情形：${spared.map((c) => c.code).join('、')}`,
        ),
        ...need(command.sparedKind === undefined || command.sparedReason !== '', '仍须查封、扣押的理由'),
        ...need(command.proportion.necessity !== command.proportion.lighterMeans, '分别说明必要性与不能采取较轻措施的理由'),
      ];
    },
  },
  // Nothing that the act has no part in, no bank deposits, no necessities (行政强制法 第二十三条).
  RELATED_OBJECTS: {
    article: '行政强制法 第二十三条',
    check: ({ command }) => {
      if (!sealed(command?.kind) || command === undefined || !('things' in command)) return [];
      return command.things
        .filter((t) => /无关|生活必需/.test(t.relation))
        .map((t) => `${t.item}与违法行为的关系（无关的、生活必需的不得查封扣押）`);
    },
  },
  SEALING_TERM_RUNS: {
    article: '行政强制法 第二十五条',
    check: ({ state, now }) => {
      const term = termOf(state);
      return need(
        term !== undefined && term.pausedAt === undefined && now < term.dueAt,
        `查封、扣押期限之内${term === undefined ? '' : `（至${dayOf(instant(term.dueAt - 1))}）`}`,
      );
    },
  },
  APPRAISAL_OPEN: {
    article: '行政强制法 第二十五条第三款',
    gate: true,
    check: ({ state }) => need(state.running.T21p !== undefined, '正在进行的检测、鉴定'),
  },
  APPRAISAL_DAY: {
    article: '行政强制法 第二十五条第三款',
    check: ({ command, now }) => need(command?.kind !== 'BEGIN_APPRAISAL' || command.untilDay > dayOf(now), '晚于今日的检测、鉴定期间届满日'),
  },
  // What was set aside is released because of that, and nothing else is released so.
  RELEASED_AS_SET_ASIDE: {
    article: '行政强制法 第二十八条；行政复议法 第六十四条；行政诉讼法 第七十条',
    check: ({ state, command }) =>
      command?.kind !== 'RELEASE_SEALING' ? [] : need((command.ground === 'SET_ASIDE') === (state.sealing === 'SEALING_FALLEN'), '与查封、扣押决定是否已被撤销相符的解除情形'),
  },
  SEALING_TERM_ENDED: {
    article: '行政强制法 第二十五条',
    check: ({ state, now }) => {
      const term = termOf(state);
      return need(term !== undefined && term.pausedAt === undefined && now >= term.dueAt, '查封、扣押期限届满');
    },
  },
} as const satisfies Record<string, MeasureGuard>;
