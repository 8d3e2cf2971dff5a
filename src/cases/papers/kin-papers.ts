import { dayOf } from '#kernel';
import { addWorkingDays } from '#law';
import { causeOf, chargedActs, emptyPoints } from '../charged-acts.ts';
import type { PaperKind } from './paper-kinds.ts';
import { APL, basis, form } from './letter.ts';
import { PERSON_ROLES } from '../kin/liable-person.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const BASIS = basis('生态环境行政处罚办法', '第十八条');
/** Why cases are merged: one act is fined once, facts are found out fully, and the party is told of all of them (行政处罚法 第二十九条、第四十条、第四十四条). */
const MERGER_BASIS = basis(APL, '第二十九条', '第四十条', '第四十四条');
/** Proposed, as the review does in its own notice; nobody is cut off by it. */
const STATE_WORKING_DAYS = 5;
const newFile = (facts: f.PaperFacts): string => facts.event.derived.opened?.caseNo ?? '';

/** What has to be done for the facts that came in: told as the points of proof are called. */
function openedAgain({ after, deps }: f.PaperFacts): string {
  const wanted = emptyPoints(after, deps.law).filter(({ id }) => after.reopened?.points.includes(id) === true).map(({ title }) => title.zh);
  const order = after.reopened !== undefined && after.reopened.orders > 0 ? ['责令改正'] : [];
  return [...wanted, ...order].join('、') || '无';
}

/** Data of the forms by which cases are split, joined and merged. */
export const kinPapers = {
  SPLIT_APPROVAL: (facts) => {
    const c = command(facts, 'SPLIT_CASE');
    return form(facts, BASIS, [['原案', facts.before.caseNo], ['分出的违法行为', causeOf(facts.deps.law, [c.violation]).zh], ['新案', newFile(facts)], ['理由', c.reason]], '同意分案；新案沿用原案的办案期限，证据随案转入。');
  },
  PARTY_ADDED: (facts) => {
    const { command: c } = facts.event;
    if (c.kind !== 'ADD_PARTY' && c.kind !== 'ADD_PERSON') throw new Error(`cases: ${c.kind} adds no party`);
    const person = facts.other?.person;
    const who: readonly [string, string][] = person === undefined ? [] : [['身份', `${person.employer.name}${PERSON_ROLES[person.role].zh}（${person.post}）`], ['身份证件号码', person.idNumber], ['住址', person.address]];
    const note = c.kind === 'ADD_PARTY' ? c.reason : '';
    return form(facts, BASIS, [['本案', facts.before.caseNo], ['另一当事人', facts.other?.name ?? '—'], ...who, ['该当事人的行为和作用', c.part], ['新案', newFile(facts)], ['说明', note]], '同意另案立卷；各当事人分别告知、陈述申辩、裁量、决定和送达。');
  },
  SUSPICION_NOTICE: (facts) => {
    const { caseNo, openedFrom } = facts.after;
    const opinions = f.reviewOpinions(facts.after);
    return {
      party: f.partyBlock(facts),
      facts: [f.factsOf(facts), ...(openedFrom === undefined || openedFrom.reason === '' ? [] : [`你单位在该行为中的作用：${openedFrom.reason}`])].join('\n'),
      grounds: f.provisions(facts).broken,
      opinionNumber: opinions === '' ? `案件 ${caseNo}` : opinions,
      dataAccess: '可以联系我局查阅、复制本案涉及时段的监测数据、标记、存证证明和下列证据。',
      evidence: f.evidenceList(facts),
      statementWay: '可以书面或者口头方式向我局提出，也可以委托代理人提出；在作出决定前均予听取。',
      statementUntil: addWorkingDays(facts.deps.law.calendar, dayOf(facts.event.at), STATE_WORKING_DAYS).day,
      contact: f.contactOf(facts),
    };
  },
  MERGER_APPROVAL: (facts) => {
    const c = command(facts, 'MERGE_CASE');
    return form(facts, MERGER_BASIS, [['本案', facts.before.caseNo], ['并入的案件', newFile(facts)], ['违法行为', f.causeOf(facts)], ['理由', c.reason]], '同意并入先立案的案件；本案办案期限不再计算。');
  },
  MERGER_RECORD: (facts) => {
    const { before, after, event, deps } = facts;
    const c = command(facts, 'TAKE_IN_CASE');
    const keys = c.acts.map((act) => act.violation);
    const anew = after.further.some(({ violation }) => keys.includes(violation));
    const { opinions, ...rest } = form(facts, MERGER_BASIS, [
      ['本案', before.caseNo],
      ['并入的案件', c.fromCaseNo],
      ['违法行为', causeOf(deps.law, keys).zh],
      ['并入的行为起止', c.acts.map(({ actStart, actEnd }) => `${f.chineseDay(actStart)}至${f.chineseDay(actEnd)}`).join('；')],
      ['并案后的行为起止', chargedActs(after).map(({ violation, actStart, actEnd }) => `${causeOf(deps.law, [violation]).zh}：${f.chineseDay(actStart)}至${f.chineseDay(actEnd)}`).join('；')],
      ['数据审核意见', f.reviewOpinions(after)],
      ['证据', `转入 ${c.evidence.length} 项，并案后共 ${after.evidence.length} 项`],
      ['并案后补办', openedAgain(facts)],
      ['理由', /本案|该案/u.test(c.reason) ? `${c.fromCaseNo}的《并案审批表》写明（所称“本案”为${c.fromCaseNo}，“该案”为${before.caseNo}）：${c.reason}` : c.reason],
    ], `${c.by === undefined ? '' : `${c.by.name}决定将${c.fromCaseNo}并入本案。`}并案调查；${anew ? '不同种类的违法行为分别裁量、合并决定。' : '属于同一种违法行为，事实和时间合并认定，一并裁量。'}`);
    return { ...rest, opinions: c.by === undefined ? opinions : [{ ...opinions[0], role: '并案决定人意见', name: c.by.name, certificate: c.by.certificate ?? '', date: dayOf(event.at) }] };
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;
