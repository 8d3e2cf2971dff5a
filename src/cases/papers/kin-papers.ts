import { causeOf } from '../charged-acts.ts';
import type { PaperKind } from './paper-kinds.ts';
import { basis, form } from './letter.ts';
import { PERSON_ROLES } from '../kin/liable-person.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const BASIS = basis('生态环境行政处罚办法', '第十八条');
const newFile = (facts: f.PaperFacts): string => facts.event.derived.opened?.caseNo ?? '';

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
  MERGER_APPROVAL: (facts) => {
    const c = command(facts, 'MERGE_CASE');
    return form(facts, BASIS, [['本案', facts.before.caseNo], ['并入的案件', newFile(facts)], ['违法行为', f.causeOf(facts)], ['理由', c.reason]], '同意并入先立案的案件；本案办案期限不再计算。');
  },
  MERGER_RECORD: (facts) => {
    const c = command(facts, 'TAKE_IN_CASE');
    return form(facts, BASIS, [['并入的案件', c.fromCaseNo], ['违法行为', causeOf(facts.deps.law, c.acts.map((act) => act.violation)).zh], ['证据', `${c.evidence.length} 项`], ['理由', c.reason]], '并案调查；各项违法行为分别裁量、合并决定。');
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;
