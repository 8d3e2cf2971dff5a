import { dayOf } from '#kernel';
import type { PaperKind } from './paper-kinds.ts';
import { APL, basis, dayText, form, ground, letter } from './letter.ts';
import { departmentHead, proposed } from './early-papers.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const O30 = '生态环境行政处罚办法';
const filedOn = ({ before }: f.PaperFacts): string => dayText(before.filedAt === undefined ? undefined : dayOf(before.filedAt));
const origin = ({ before }: f.PaperFacts): string => f.sourceOf(before);
const heldUntil = ({ before }: f.PaperFacts): string => dayText(before.running.T8?.dueDay);

/** Data of the forms by which a case is not filed, given up or stands still, and of the letter that sends it to whom it belongs (D7). */
export const filingPapers = {
  NOT_FILED_APPROVAL: (facts) => {
    const c = command(facts, 'REFUSE_FILING');
    const { opinions, ...rest } = form(facts, basis(O30, '第十八条', '第十九条'), [
      ['案件来源', origin(facts)],
      ['涉嫌违法的事实', f.factsOf(facts)],
      ['理由类别', ground(facts, 'not-filed-grounds', c.ground)],
      ['理由', c.reason],
      ['线索去向', '不予立案，线索和审核材料留存备查'],
    ], '不予立案。');
    return { ...rest, opinions: [...(facts.before.filing === undefined ? [] : proposed(facts)), ...departmentHead(facts), ...opinions] };
  },
  FILING_REVOCATION: (facts) => {
    const c = command(facts, 'REVOKE_FILING');
    return form(facts, basis(O30, '第二十条'), [
      ['立案日期', filedOn(facts)],
      ['查明的事实', f.factsOf(facts)],
      ['理由类别', ground(facts, 'not-filed-grounds', c.ground)],
      ['理由', c.reason],
      ['案件去向', '撤销立案，按结案程序结案归档'],
    ], '新的事实表明不符合立案条件，撤销立案。');
  },
  SUSPENSION_APPROVAL: (facts) => {
    const c = command(facts, 'SUSPEND');
    return form(facts, basis(O30, '第三十五条'), [
      ['立案日期', filedOn(facts)],
      ['办案期限届满日', heldUntil(facts)],
      ['理由类别', ground(facts, 'suspension-grounds', c.ground)],
      ['理由', c.reason],
    ], '中止调查；中止期间不计入办案期限，原因消除后恢复调查。');
  },
  RESUMPTION_RECORD: (facts) =>
    form(facts, basis(O30, '第三十五条'), [
      ['中止日期', dayText(facts.before.running.T8?.pausedAt === undefined ? undefined : dayOf(facts.before.running.T8.pausedAt))],
      ['原因消除情况', command(facts, 'RESUME').reason],
      ['办案期限届满日', dayText(facts.after.running.T8?.dueDay)],
    ], '恢复调查，办案期限继续计算。'),
  FILING_ENDORSEMENT: (facts) =>
    form(facts, basis(O30, '第十八条'), [['立案理由', facts.before.filing?.reason ?? ''], ['部门负责人意见', command(facts, 'ENDORSE_FILING').opinion]], '报请负责人审批。'),
  TERMINATION_APPROVAL: (facts) => {
    const c = command(facts, 'TERMINATE');
    return form(facts, basis(O30, '第三十六条'), [
      ['立案日期', filedOn(facts)],
      ['查明的事实', f.factsOf(facts)],
      ['理由类别', ground(facts, 'termination-grounds', c.ground)],
      ['理由', c.reason],
    ], '终止调查，按结案程序结案归档。');
  },
  JURISDICTION_LETTER: (facts) => {
    const c = command(facts, 'TRANSFER_OUT');
    const { before } = facts;
    const materials = [...new Set(['数据审核意见', ...before.evidenceRefs.map((ref) => ref.title), ...before.evidence.map((e) => e.title)])];
    return letter(facts, basis(APL, '第二十五条'), {
      to: c.to,
      paragraphs: [`我局办理的${facts.party.name}${f.causeOf(facts)}（${before.caseNo}），经审查应由你机关管辖，现将案件移送，请依法处理，并将处理结果函告我局。`],
      sections: [
        { title: '案件来源', text: `${origin(facts)}。` },
        { title: '涉嫌违法的事实', text: f.factsOf(facts) },
        { title: '移送理由', text: c.reason },
        { title: '随函材料', text: materials.join('；') },
      ],
    });
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;
