import type { CommandKind, CommandOf } from '../commands/index.ts';
import { appointedHearing, HEARINGS, hearingOfStep, type AppointedHearing } from '../hearings.ts';
import type { PaperKind } from './paper-kinds.ts';
import { APL, basis, form, ground, letter, moment, signedBy } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const RULE = '环境行政处罚听证程序规定';
const BASIS = [...basis(APL, '第六十四条'), ...basis(RULE)];

type Session = CommandOf<'GRANT_HEARING' | 'NOTIFY_DAILY_HEARING'>;
/** Cause, people, rights and notes of a hearing (行政处罚法 第六十四条). */
const sessionSections = (facts: f.PaperFacts, { recorder, hearers }: Session) => [
  { title: '案由', text: f.causeOf(facts) },
  {
    title: '听证人员',
    text: [`主持人：${facts.event.derived.host?.name ?? '我局指定的人员'}（非本案调查人员）`, ...(hearers === '' ? [] : [`听证员：${hearers}`]), ...(recorder === '' ? [] : [`记录人：${recorder}`])].join('；') +
      '。你单位认为上述人员与本案有直接利害关系的，有权申请回避。',
  },
  { title: '权利和注意事项', text: '你单位可以亲自参加听证，也可以委托一至二人代理；可以进行申辩和质证。无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利，听证终止。' },
];

/** The step that owes the paper, on whichever hearing, and how that hearing stood before it. */
function hearingStep<M extends CommandKind, D extends CommandKind>({ event, before }: f.PaperFacts, ...kinds: readonly [M, D]) {
  if (!kinds.some((kind) => kind === event.command.kind)) throw new Error(`cases: ${kinds.join('/')} expected, got ${event.command.kind}`);
  const key = hearingOfStep(event.command.kind);
  return { c: event.command as CommandOf<M> | CommandOf<D>, was: appointedHearing(before, key), zh: HEARINGS[key].zh };
}

/** What the record of a hearing holds: when and where, who, what was proved, debated and said last, who signed. */
export const minutes = (c: CommandOf<'HOLD_HEARING' | 'HOLD_DAILY_HEARING'>, { heldAt, place }: AppointedHearing, host: string): [string, string][] => [
  ['时间、地点', heldAt === undefined ? '' : `${moment(heldAt)}，${place ?? ''}`],
  ['主持人', host],
  ['参加人员', c.people],
  ['当事人到场', c.attended ? '到场' : '无正当理由未到场，视为放弃听证权利'],
  ['听证笔录', c.record],
  ['举证和质证', c.proof],
  ['辩论', c.debate],
  ['最后陈述', c.lastWords],
  ['核对和签名', c.signatures],
];

/** What the host says under the record, which everybody who was there signs: that it is complete, and nothing of his opinion. */
export const recorded = ({ attended }: Pick<CommandOf<'HOLD_HEARING'>, 'attended'>): string => (attended ? '听证笔录交当事人或者其代理人、案件调查人员核对无误后签名。' : '当事人无正当理由未到场，听证终止，记录在案。');

/** What the host reports to those who decide (行政处罚法 第六十五条): inner, behind the record the parties signed. */
export const reported = (facts: f.PaperFacts, { heldAt, place }: AppointedHearing, said: string, opinion: string) => form(facts, basis(APL, '第六十五条'), [
  ['听证时间、地点', heldAt === undefined ? '' : `${moment(heldAt)}，${place ?? ''}`],
  ['听证主持人', facts.event.actor.name],
  ['当事人的主张', said],
], opinion);

/** Who signs the record of a hearing beside its host (行政处罚法 第六十四条). */
export const SAT = ['当事人或者代理人', '案件调查人员', '记录人'];

/** Data of the letters and forms of the hearing. */
export const hearingPapers = {
  HEARING_SESSION_NOTICE: (facts) => {
    const c = command(facts, 'GRANT_HEARING');
    return letter(facts, basis(APL, '第六十三条', '第六十四条'), {
      paragraphs: [`你单位收到${f.namedPaper(facts, 'PRIOR_NOTICE')}后要求听证，经审查符合规定。我局定于${moment(c.heldAt)}在${c.place}公开举行听证；涉及国家秘密、商业秘密或者个人隐私的除外。`],
      sections: sessionSections(facts, c),
    });
  },
  DAILY_HEARING_NOTICE: (facts) => {
    const c = command(facts, 'NOTIFY_DAILY_HEARING');
    return letter(facts, basis(APL, '第六十三条', '第六十四条'), {
      paragraphs: [`你单位对拟作出的按日连续处罚（${f.namedPaper(facts, 'DAILY_NOTICE')}）要求听证。我局定于${moment(c.heldAt)}在${c.place}公开举行听证；涉及国家秘密、商业秘密或者个人隐私的除外。`],
      sections: sessionSections(facts, c),
    });
  },
  HEARING_REFUSAL: (facts) =>
    letter(facts, basis(APL, '第六十三条'), {
      paragraphs: ['你单位提出的听证要求不符合法定条件，我局决定不予听证。你单位陈述、申辩的权利不受影响。'],
      sections: [{ title: '理由', text: command(facts, 'REFUSE_HEARING').reason }],
    }),
  HEARING_RECORD: (facts) => {
    const c = command(facts, 'HOLD_HEARING');
    return signedBy(SAT, form(facts, basis(APL, '第六十四条', '第六十五条'), [
      ...minutes(c, appointedHearing(facts.before, 'MAIN'), facts.event.actor.name),
      ['当事人意见', c.points.join('；')],
    ], recorded(c)));
  },
  HEARING_REPORT: (facts) => {
    const c = command(facts, 'HOLD_HEARING');
    return reported(facts, appointedHearing(facts.before, 'MAIN'), c.points.join('；'), c.report);
  },
  HEARING_POSTPONEMENT: (facts) => {
    const { c, was, zh } = hearingStep(facts, 'POSTPONE_HEARING', 'POSTPONE_DAILY_HEARING');
    return letter(facts, BASIS, {
      paragraphs: [`原定于${moment(was.heldAt ?? facts.event.at)}举行的${zh}，因${ground(facts, 'hearing-postponement-grounds', c.ground)}，延期至${moment(c.heldAt)}在${c.place}举行。你单位在听证中的权利不变。`],
      sections: [{ title: '理由', text: c.reason }],
    });
  },
  POSTPONEMENT_REFUSAL: (facts) => {
    const { c, was, zh } = hearingStep(facts, 'REFUSE_POSTPONEMENT', 'REFUSE_DAILY_POSTPONEMENT');
    return letter(facts, BASIS, {
      paragraphs: [`你单位的延期听证申请收悉。经审查，不同意延期，${zh}仍于${moment(was.heldAt ?? facts.event.at)}在${was.place ?? '原定地点'}举行。`],
      sections: [{ title: '理由', text: c.reason }],
    });
  },
  RECUSAL_DECISION: (facts) => {
    const { c } = hearingStep(facts, 'ANSWER_HOST_RECUSAL', 'ANSWER_DAILY_HOST_RECUSAL');
    return letter(facts, BASIS, {
      paragraphs: [c.accepted ? '你单位申请听证主持人回避，我局决定该主持人回避，另行指定非本案调查人员主持听证。' : '你单位申请听证主持人回避，经审查理由不成立，我局决定不予回避。'],
      sections: [{ title: '理由', text: c.reason }],
    });
  },
  HEARING_ADJOURNMENT: (facts) => {
    const c = command(facts, 'ADJOURN_HEARING');
    return letter(facts, BASIS, {
      paragraphs: [`我局于${moment(facts.before.hearing?.heldAt ?? facts.event.at)}在${facts.before.hearing?.place ?? '指定地点'}举行的听证，因${ground(facts, 'hearing-adjournment-grounds', c.ground)}，中止听证。中止的情形消除后恢复听证，时间、地点另行提前七个工作日通知；你单位在听证中的权利不变，中止期间不计入办案期限。`],
      sections: [{ title: '听证进行情况', text: c.record }],
    });
  },
  HEARING_RESUMPTION: (facts) => {
    const c = command(facts, 'RESUME_HEARING');
    return letter(facts, BASIS, {
      paragraphs: [`中止听证的情形已经消除，我局定于${moment(c.heldAt)}在${c.place}恢复听证。`],
      sections: [{ title: '说明', text: c.reason }],
    });
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;

/** Letters of the hearing, sealed by the act of whoever takes the step. */
export const HEARING_LETTERS: readonly PaperKind[] = ['HEARING_SESSION_NOTICE', 'HEARING_REFUSAL', 'HEARING_POSTPONEMENT', 'POSTPONEMENT_REFUSAL', 'RECUSAL_DECISION', 'HEARING_ADJOURNMENT', 'HEARING_RESUMPTION', 'DAILY_HEARING_NOTICE'];
