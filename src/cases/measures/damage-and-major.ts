import { instant, dayOf } from '#kernel';
import { own } from '#law';
import { stepsOn } from '../transitions/transition.ts';
import { need } from '../guards/need.ts';
import type { MeasureGuard } from './measure-guard.ts';

const RULE = '生态环境损害赔偿管理规定（环法规〔2022〕31号）';
const MEETINGS = 3;

/** 生态环境损害赔偿: opened from any case, goes its own way and may outlive it. */
export const damageSteps = stepsOn('DAMAGE', [
  {
    command: 'OPEN_DAMAGE_CLAIM',
    zh: '登记损害赔偿线索',
    en: 'open a damage claim',
    from: ['NO_DAMAGE', 'DAMAGE_DROPPED'],
    to: ['DAMAGE_SCREENED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE}；生态环境法典 第一千零七十三条`,
    papers: ['DAMAGE_CLUE'],
    opens: [{ clock: 'TD', start: 'NOW' }],
    begins: true,
    guards: ['CASE_KNOWN', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'APPRAISE_DAMAGE',
    zh: '登记调查与鉴定评估结论',
    en: 'record the appraisal',
    from: ['DAMAGE_SCREENED', 'DAMAGE_APPRAISED'],
    to: ['DAMAGE_APPRAISED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: RULE,
    papers: ['DAMAGE_APPRAISAL'],
    closes: ['TD'],
  },
  {
    command: 'DROP_DAMAGE_CLAIM',
    zh: '不启动索赔并记明理由',
    en: 'do not pursue the claim',
    from: ['DAMAGE_SCREENED', 'DAMAGE_APPRAISED'],
    to: ['DAMAGE_DROPPED'],
    actor: 'case.approve-measure',
    article: RULE,
    papers: ['DAMAGE_DROPPED'],
    closes: ['TD'],
  },
  {
    command: 'INVITE_TO_NEGOTIATE',
    zh: '发出磋商函',
    en: 'invite to negotiate',
    from: ['DAMAGE_APPRAISED'],
    to: ['NEGOTIATING'],
    actor: 'case.approve-measure',
    article: RULE,
    papers: ['NEGOTIATION_LETTER'],
    opens: [{ clock: 'TDn', start: 'NOW' }],
    guards: ['DAY_OF_MEETING', 'EVIDENCE_REVIEWED'],
  },
  {
    command: 'RECORD_NEGOTIATION',
    zh: '记录磋商会议',
    en: 'record a negotiation meeting',
    from: ['NEGOTIATING'],
    to: ['NEGOTIATING'],
    actor: 'case.measure',
    duty: 'investigator',
    article: RULE,
    papers: ['NEGOTIATION_RECORD'],
    guards: ['MEETINGS_LEFT'],
  },
  {
    command: 'SIGN_AGREEMENT',
    zh: '签订赔偿协议',
    en: 'sign the agreement',
    from: ['NEGOTIATING'],
    to: ['AGREED'],
    actor: 'case.approve-measure',
    article: RULE,
    papers: ['DAMAGE_AGREEMENT'],
    closes: ['TDn'],
    guards: ['NEGOTIATED'],
  },
  {
    command: 'CONFIRM_AGREEMENT',
    zh: '登记司法确认',
    en: 'record the confirmation by the court',
    from: ['AGREED'],
    to: ['REPAIRING'],
    actor: 'case.measure',
    duty: 'investigator',
    article: `${RULE}；民事诉讼法 第二百零五条`,
    papers: ['AGREEMENT_CONFIRMATION'],
  },
  {
    command: 'SUE_FOR_DAMAGE',
    zh: '提起损害赔偿诉讼',
    en: 'sue for damage',
    from: ['NEGOTIATING', 'AGREED', 'REPAIRING'],
    to: ['DAMAGE_SUED'],
    actor: 'case.approve-measure',
    article: RULE,
    papers: ['DAMAGE_SUIT'],
    closes: ['TDn'],
  },
  {
    command: 'RECORD_DAMAGE_JUDGMENT',
    zh: '登记损害赔偿裁判',
    en: 'record the judgment',
    from: ['DAMAGE_SUED'],
    to: ['REPAIRING', 'DAMAGE_DROPPED'],
    actor: 'case.measure',
    duty: 'investigator',
    article: RULE,
    papers: ['DAMAGE_JUDGMENT'],
  },
  {
    command: 'REPORT_REPAIR',
    zh: '报送修复完成情况',
    en: 'report the repair',
    from: ['REPAIRING'],
    to: ['REPAIR_REPORTED'],
    actor: 'case.answer-measure',
    article: RULE,
    papers: ['REPAIR_REPORT'],
    guards: ['NAMED_BY_NOW'],
  },
  {
    command: 'EVALUATE_REPAIR',
    zh: '修复效果评估',
    en: 'evaluate the repair',
    from: ['REPAIR_REPORTED'],
    to: ['DAMAGE_SETTLED', 'REPAIRING'],
    actor: 'case.measure',
    duty: 'investigator',
    article: RULE,
    papers: ['REPAIR_EVALUATION'],
  },
]);

/** 重大案件: reported up within twelve hours. */
export const majorCaseSteps = stepsOn('MAJOR', [
  {
    command: 'MARK_MAJOR_CASE',
    zh: '认定为重大案件',
    en: 'mark as a major case',
    from: ['NOT_MAJOR', 'MAJOR_REPORTED'],
    to: ['MAJOR_KNOWN'],
    actor: 'case.measure',
    duty: 'investigator',
    article: own('majorCase'),
    papers: ['MAJOR_CASE_MARK'],
    opens: [{ clock: 'T26', start: 'NAMED' }],
    begins: true,
    guards: ['CASE_KNOWN', 'LISTED_SITUATION', 'NAMED_BY_NOW'],
  },
  {
    command: 'REPORT_MAJOR_CASE',
    zh: '上报重大案件',
    en: 'report the major case up',
    from: ['MAJOR_KNOWN'],
    to: ['MAJOR_REPORTED'],
    actor: 'case.approve-filing',
    article: own('majorReport'),
    papers: ['MAJOR_CASE_REPORT'],
    closes: ['T26'],
  },
  {
    command: 'RECORD_INSTRUCTION',
    zh: '登记上级指示、挂牌督办',
    en: 'record an instruction from above',
    from: ['MAJOR_REPORTED'],
    to: [],
    stays: true,
    actor: 'case.measure',
    duty: 'investigator',
    article: own('majorReport'),
    papers: ['MAJOR_CASE_INSTRUCTION'],
  },
]);

const meetingsHeld = (papers: readonly { readonly kind: string }[]): number =>
  papers.slice(papers.findLastIndex((p) => p.kind === 'NEGOTIATION_LETTER') + 1).filter((p) => p.kind === 'NEGOTIATION_RECORD').length;

export const damageAndMajorGuards = {
  CASE_KNOWN: {
    article: '生态环境损害赔偿管理规定',
    gate: true,
    check: ({ state }) => need(state.officers.length > 0 && state.main !== 'ARCHIVED', '已经指定承办人且未归档的案件'),
  },
  DAY_OF_MEETING: {
    article: '生态环境损害赔偿管理规定',
    check: ({ command, now }) =>
      need(command?.kind !== 'INVITE_TO_NEGOTIATE' || dayOf(instant(command.heldAt)) > dayOf(now), '晚于今日的磋商时间'),
  },
  MEETINGS_LEFT: {
    article: '生态环境损害赔偿管理规定（原则上不超过三次）',
    check: ({ state }) => need(meetingsHeld(state.papers) < MEETINGS, `不超过${MEETINGS}次的磋商；未达成一致的应当提起诉讼`),
  },
  NEGOTIATED: {
    article: '生态环境损害赔偿管理规定',
    check: ({ state }) => need(meetingsHeld(state.papers) > 0, '磋商会议记录'),
  },
  DAMAGE_SETTLED: {
    article: '生态环境损害赔偿管理规定',
    check: ({ state }) =>
      need(['NO_DAMAGE', 'DAMAGE_SETTLED', 'DAMAGE_DROPPED'].includes(state.damage), '已经了结的生态环境损害赔偿'),
  },
} as const satisfies Record<string, MeasureGuard>;
