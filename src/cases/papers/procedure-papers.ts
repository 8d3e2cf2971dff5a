import { dayOf, type CalendarDay } from '#kernel';
import { EXCLUSION_GROUNDS } from '../clocks/excluded-time.ts';
import { dailyDebt } from '../measures/daily-sum.ts';
import { OBLIGATIONS } from '../recovery/obligations.ts';
import type { PaperKind } from './paper-kinds.ts';
import { HEARING_LETTERS } from './hearing-papers.ts';
import { RECOVERY_LETTERS, RIGHT } from './recovery-papers.ts';
import { RELIEF_LETTERS } from './relief-papers.ts';
import { SITE_LETTERS } from './site-papers.ts';
import { TRACK_LETTERS } from './track-papers.ts';
import { AEL, APL, basis, dayText, form, ground, letter, moment, signedBy } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const titleOf = (facts: f.PaperFacts, paperId: string): string => {
  const paper = facts.before.papers.find((p) => p.paperId === paperId);
  return paper === undefined ? '文书' : `《${paper.title}》（${paper.number}）`;
};
const isExclusion = (code: string) => EXCLUSION_GROUNDS.some((g) => g === code);
const owed = ({ before }: f.PaperFacts): number => (before.decision?.amount ?? 0) - before.paid;

const named = (provisions: readonly { readonly instrument: string; readonly article: string }[]): string => provisions.map((p) => `《${p.instrument}》${p.article}`).join('、');
/** 当场处罚: what was broken, and what punishes it. */
const onTheSpotLaw = (facts: f.PaperFacts): string => {
  const { broken, penal } = f.provisions(facts);
  return `${broken.length === 0 ? '' : `违反${named(broken)}，`}依据${named(penal)}处罚。`;
};

/** 同意延期缴纳 or 同意分期缴纳: one day for all of it, or a plan. */
const granted = (facts: f.PaperFacts, key: 'FINE' | 'DAILY', c: { readonly untilDay: CalendarDay; readonly reason: string; readonly schedule: readonly { readonly dueOn: CalendarDay; readonly amount: number }[] }, owes: number) => {
  const way = c.schedule.length > 0 ? '分期' : '延期';
  const decision = key === 'FINE' ? f.namedDecision(facts) : f.namedPaper(facts, 'DAILY_PENALTY');
  return letter(facts, basis(APL, '第六十六条'), {
    title: `同意${way}缴纳${OBLIGATIONS[key].zh}通知书`,
    paragraphs: [`你单位对我局${decision}所处${OBLIGATIONS[key].zh}的${way}缴纳申请收悉。经审查，同意你单位${way === '分期' ? '按下表分期缴纳' : '延期缴纳'}应缴余额 ${f.yuan(owes)}，最迟于${f.chineseDay(c.untilDay)}前缴清；逾期的，每日按罚款数额的百分之三加处罚款。`],
    sections: [{ title: '理由', text: c.reason }],
    schedule: c.schedule.map((part) => ({ dueOn: part.dueOn, amount: String(part.amount) })),
  });
};

/** Data of the letters and forms of correction, terms, simple procedure and performance. */
export const procedurePapers = {
  QUESTION_ANSWER: (facts) => {
    const c = command(facts, 'ANSWER_QUESTION');
    const asked = facts.before.questions.find((q) => q.questionId === c.questionId);
    return letter(facts, basis(APL, '第四十五条'), {
      paragraphs: ['你单位就本案提出的疑问收悉，现答复如下。'],
      sections: [{ title: '疑问', text: asked?.question ?? '/' }, { title: '答复', text: c.answer }, ...(c.basis === '' ? [] : [{ title: '依据', text: c.basis }])],
    });
  },
  DEFENCE_REPLY: (facts) => {
    const c = command(facts, 'REVIEW_DEFENCE');
    const answered = facts.after.defence.filter((p) => p.answer !== undefined);
    return letter(facts, basis(APL, '第四十五条'), {
      paragraphs: ['你单位提出的陈述、申辩（听证意见）收悉，我局逐点复核，采纳与否及其理由告知如下。不因陈述、申辩加重处罚。'],
      sections: [
        ...answered.slice(0, 11).map((p, i) => ({ title: `第${i + 1}点：${p.answer?.accepted === true ? '采纳' : '不予采纳'}`, text: `${p.point}\n理由：${p.answer?.reason ?? ''}` })),
        { title: '结论', text: [c.conclusion, ...answered.slice(11).map((p, i) => `第${i + 12}点${p.answer?.accepted === true ? '采纳' : '不予采纳'}：${p.point}。理由：${p.answer?.reason ?? ''}`)].join('\n') },
      ],
    });
  },
  NOTICE_WITHDRAWAL: (facts) => {
    const c = command(facts, 'WITHDRAW_NOTICE');
    return letter(facts, basis(APL, '第四十四条', '第四十五条'), {
      paragraphs: [`我局决定撤回${f.namedPaper(facts, 'PRIOR_NOTICE')}。重新拟作处罚的，将重新告知你单位，你单位的陈述、申辩和要求听证的权利重新起算。`],
      sections: [{ title: '理由', text: c.reason }],
    });
  },
  CORRECTION_NOTICE: (facts) => {
    const c = command(facts, 'CORRECT_PAPER');
    return letter(facts, basis(APL, '第六十一条'), {
      paragraphs: [`我局送达你单位的${titleOf(facts, c.paperId)}存在笔误，现予更正。原文书其他内容不变。`],
      sections: [{ title: '原文', text: c.wrong }, { title: '更正为', text: c.right }, { title: '理由', text: c.reason }],
    });
  },
  NO_PENALTY_DECISION: (facts) => {
    const id = facts.before.proposal?.exemptionId;
    const rule = facts.deps.law.data.exemptions.find((r) => r.id === id);
    return letter(facts, basis(rule === undefined || rule.source === '行政处罚法' ? APL : rule.source, rule?.article ?? '第三十三条'), {
      paragraphs: [f.investigated(facts)],
      sections: [
        { title: '违法事实和证据', text: `${f.factsOf(facts)}\n以上事实有${facts.before.evidence.map((e) => e.title).join('、')}等证据为证。` },
        { title: '违反的规定', text: `${named(f.provisions(facts).broken)}。` },
        { title: '改正情况', text: f.correctionText(facts) },
        { title: '不予处罚的理由', text: `${rule?.title.zh ?? '依法不予行政处罚'}。` },
        { title: '决定', text: '我局决定对你单位不予行政处罚，并予以教育：应当遵守生态环境法律，防止同类行为再次发生。' },
      ],
      decides: 'EITHER',
    });
  },
  NOT_ESTABLISHED_DECISION: (facts) =>
    letter(facts, basis(APL, '第五十七条'), {
      paragraphs: [f.investigated(facts), '经调查，违法事实不能成立，我局决定不予行政处罚。'],
      sections: [{ title: '查明的事实', text: f.factsOf(facts) }],
      decides: 'EITHER',
    }),
  ON_SPOT_DECISION: (facts) => {
    const c = command(facts, 'DECIDE_ON_SPOT');
    const fine = c.penalties.includes('FINE') && c.amount > 0;
    return letter(facts, basis(APL, '第五十一条', '第五十二条'), {
      paragraphs: [`${f.chineseDay(dayOf(facts.event.at))}，我局执法人员在${c.place}查明你单位实施了以下违法行为：${c.facts}`],
      sections: [
        { title: '违反的规定和处罚依据', text: onTheSpotLaw(facts) },
        { title: '陈述申辩', text: `执法人员当场出示证件，告知事实、理由、依据和权利。你单位的意见：${c.said}` },
        { title: '决定', text: [c.penalties.includes('WARNING') ? '警告' : '', fine ? `罚款 ${f.yuan(c.amount)}，自收到本决定书之日起十五日内到${facts.authority.payee.zh}缴纳` : ''].filter((x) => x !== '').join('；').concat('。') },
        { title: '当事人签收', text: c.signedBy },
      ],
      amount: fine ? c.amount : 0,
      decides: 'RECONSIDERATION_FIRST',
      officers: true,
    });
  },
  ON_SPOT_FILING: (facts) =>
    form(facts, basis('生态环境行政处罚办法', '第六十八条'), [['决定书文号', f.numberOf(facts, 'ON_SPOT_DECISION')], ['备案号', command(facts, 'FILE_ON_SPOT').reference]], '当场处罚决定自作出之日起三个工作日内备案。'),
  INSTALMENT_NOTICE: (facts) => granted(facts, 'FINE', command(facts, 'GRANT_INSTALMENTS'), owed(facts)),
  FILING_EXTENSION: (facts) =>
    form(facts, basis('生态环境行政处罚办法', '第十八条'), [['原届满日', dayText(facts.before.running.T3c?.dueDay)], ['延长至', dayText(facts.after.running.T3cx?.dueDay)], ['理由', command(facts, 'EXTEND_FILING').reason]], '同意延长立案审查期限。'),
  DAILY_INSTALMENT_NOTICE: (facts) => granted(facts, 'DAILY', command(facts, 'GRANT_DAILY_INSTALMENTS'), dailyDebt(facts.before).owed),
  CORRECTION_DEMAND: (facts) => {
    const c = command(facts, 'DEMAND_CORRECTION');
    return letter(facts, basis(AEL, '第三十五条', '第五十条'), {
      paragraphs: [`我局${f.namedPaper(facts, 'RECTIFICATION_ORDER')}要求你单位改正违法行为，经核查仍未改正。请于${f.chineseDay(c.dueOn)}前改正；逾期仍不改正，其后果已经或者将造成环境污染的，我局可以代履行或者委托没有利害关系的第三人代履行，费用由你单位承担。`],
      sections: [{ title: '未改正的情况', text: c.reason }, { title: '陈述申辩', text: RIGHT }],
    });
  },
  SUBSTITUTE_DECISION: (facts) => {
    const c = command(facts, 'ORDER_SUBSTITUTE');
    return letter(facts, basis(AEL, '第五十条', '第五十一条'), {
      paragraphs: [`经催告，你单位逾期仍未改正违法行为，${ground(facts, 'substitute-grounds', c.ground)}。我局决定由${c.performer}代履行，于${f.chineseDay(c.dueOn)}前完成。请自本决定送达之日起三日内自行改正；改正的，停止代履行。`],
      sections: [{ title: '理由', text: c.reason }, { title: '代履行的方式', text: c.manner }, { title: '费用', text: '费用预算如下，按成本合理确定，由你单位承担。' }],
      amount: c.estimate,
      decides: 'EITHER',
    });
  },
  SUBSTITUTE_RECORD: (facts) => {
    const c = command(facts, 'RECORD_SUBSTITUTE');
    const order = facts.before.latest.ORDER_SUBSTITUTE?.command;
    return signedBy(['到场监督的执法人员', '代履行人', '当事人或者见证人'], form(facts, basis(AEL, '第五十一条'), [['代履行人', order?.performer ?? ''], ['完成日期', f.chineseDay(c.completedOn)], ['实际费用', `${f.yuan(c.cost)}（预算 ${f.yuan(order?.estimate ?? 0)}）`], ['完成情况', c.findings]], '代履行完毕。'));
  },
  TERM_EXTENSION: (facts) => {
    const { command: c, extended } = facts.event;
    const until = extended.find((clock) => clock.clock === 'T8')?.dueDay;
    const reason = 'reason' in c && typeof c.reason === 'string' ? c.reason : '';
    const by = c.kind === 'EXTEND_TERM_AGAIN' ? `集体讨论：${c.members.map((m) => `${m.name}${m.agrees ? '同意' : '不同意'}`).join('、')}。${c.conclusion}` : '同意延长。';
    return form(facts, basis(APL, '第六十条'), [['原届满日', dayText(facts.before.running.T8?.dueDay)], ['延长至', until === undefined ? '未同意延长' : dayText(until)], ['理由', reason]], by);
  },
  EXCLUSION_RECORD: (facts) => {
    const c = facts.event.command as Extract<typeof facts.event.command, { kind: 'BEGIN_EXCLUSION' | 'END_EXCLUSION' }>;
    const period = facts.before.excluded.find((p) => p.to === undefined && p.ground === c.ground);
    const rows: [string, string][] = [
      ['事由', isExclusion(c.ground) ? ground(facts, 'exclusion-grounds', c.ground) : c.ground],
      ['起', moment(period?.from ?? facts.event.at)],
      ['止', c.kind === 'END_EXCLUSION' ? moment(facts.event.at) : '未结束'],
      [c.kind === 'END_EXCLUSION' ? '结果' : '理由', c.kind === 'END_EXCLUSION' ? c.result : c.reason],
    ];
    return form(facts, basis(APL, '第六十条'), rows, '该时间不计入办案期限。');
  },
  REOPENING_APPROVAL: (facts) => {
    const c = facts.event.command as Extract<typeof facts.event.command, { kind: 'REOPEN_CASE' | 'REOPEN_ARCHIVED' }>;
    return form(facts, basis(APL, '第七十五条'), [['理由类别', ground(facts, 'reopening-grounds', c.ground)], ['理由', c.reason], ['原决定书', f.decisionNumber(facts)], ['结案日期', dayText(facts.before.closing?.closedAt === undefined ? undefined : dayOf(facts.before.closing.closedAt))]], c.kind === 'REOPEN_ARCHIVED' ? `同意另立案卷重新办理（${facts.event.derived.opened?.caseNo ?? ''}）；原归档案卷保留不变。` : '同意重新办理；原卷内文书保留不变。');
  },
  VIOLATION_ADDED: (facts) => {
    const c = command(facts, 'ADD_VIOLATION');
    return form(facts, basis('生态环境行政处罚办法', '第十八条'), [['增加的违法行为', facts.deps.law.violation(c.violation).cause], ['起止日期', `${f.chineseDay(c.actStart)}至${f.chineseDay(c.actEnd)}`], ['事实', c.facts], ['理由', c.reason]], '同意并案调查；各项违法行为分别裁量、合并决定。');
  },
  SELF_REPORT_RECORD: (facts) => {
    const c = command(facts, 'RECORD_SELF_REPORT');
    return form(facts, basis(APL, '第三十二条'), [['报告日期', f.chineseDay(c.reportedOn)], ['报告方式', c.way], ['报告内容', c.content], ['证明材料', c.proof]], '当事人在违法行为被发现之前主动报告。');
  },
  LATER_FINDINGS: (facts) => {
    const c = command(facts, 'SETTLE_LATER_FINDINGS');
    const { clue } = facts.event.derived;
    const grown = clue === undefined ? '' : `第 ${clue.version} 版（${moment(clue.knownAt)}知悉）：${clue.claim.zh}`;
    return form(facts, basis(APL, '第四十条', '第五十四条'), [['移送时认定的事实', facts.before.facts], ['线索现在的内容', grown], ...(c.way === 'TAKE_IN' ? [['补充后的行为起止', `${dayText(c.actStart)}至${dayText(c.actEnd)}`], ['补充后的事实', c.facts]] as const : []), ['理由', c.reason]], c.way === 'TAKE_IN' ? '新增事实经补充审核，作为本案补充事实。' : '新增事实不列入本案，本案只就移送时审核通过的事实处理。');
  },
  SUGGESTION_ANSWER: (facts) => {
    const c = command(facts, 'ANSWER_SUGGESTION');
    return form(facts, basis(APL, '第二十七条', '第三十三条', '第五十七条'), [['提示', facts.event.derived.suggested?.zh ?? c.suggestion], ...c.answers.map(({ ground, holds, shownBy }): [string, string] => [ground, `${holds ? '成立' : '不成立'}${shownBy === undefined ? '' : `（见${shownBy}）`}`]), ['理由', c.reason], ...(c.provision === undefined ? [] : [['条文依据', c.provision]] as const)], '不采纳该项提示。');
  },
  PARTY_CHANGE: (facts) => {
    const c = command(facts, 'RENAME_PARTY');
    return form(facts, basis(APL, '第五十四条'), [['原名称', facts.before.partyName ?? facts.party.name], ['现名称', c.newName], ['证明', c.proof], ['说明', c.reason]], '权利义务由更名后的单位承担，此后文书使用现名称。');
  },
} as const satisfies Partial<Record<PaperKind, (facts: f.PaperFacts) => object>>;

/** Letters whose seal follows from the act of the person who takes the step. */
export const SEALED_LETTERS: readonly PaperKind[] = [
  ...HEARING_LETTERS,
  ...RECOVERY_LETTERS,
  ...RELIEF_LETTERS,
  ...SITE_LETTERS,
  ...TRACK_LETTERS,
  'QUESTION_ANSWER', 'DEFENCE_REPLY', 'DAILY_INSTALMENT_NOTICE', 'NOTICE_WITHDRAWAL', 'CORRECTION_NOTICE', 'NO_PENALTY_DECISION', 'NOT_ESTABLISHED_DECISION', 'ON_SPOT_DECISION', 'INSTALMENT_NOTICE', 'CORRECTION_DEMAND', 'SUBSTITUTE_DECISION', 'JURISDICTION_LETTER', 'CLOSURE_PROPOSAL', 'PRESERVATION_RESULT', 'DAILY_DROPPED'];

