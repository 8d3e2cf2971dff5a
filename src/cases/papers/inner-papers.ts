import { dayOf } from '#kernel';
import { appointedHearing } from '../hearings.ts';
import { besideText } from '../kin/siblings.ts';
import { dailyDebt } from '../measures/daily-sum.ts';
import type { PaperKind } from './paper-kinds.ts';
import type { CommandOf } from '../commands/index.ts';
import { CONTESTABLE_ACTS } from '../remedies/contested-acts.ts';
import { PENALTY_WORDS } from '../penalty-case.ts';
import { standing, surchargeBy, surchargeOwed } from '../recovery/obligations.ts';
import { STATE_TITLES } from '../states.ts';
import { notUsed, rightsLeft } from '../waiver.ts';
import { minutes, recorded, reported, SAT } from './hearing-papers.ts';
import { APL, AEL, basis, cited, dayText, form, ground, letter, signedBy } from './letter.ts';
import { commandOf as command } from './paper-facts.ts';
import * as f from './paper-facts.ts';

const O30 = '生态环境行政处罚办法';
const DAILY_RULE = '环境保护主管部门实施按日连续处罚办法';
const TRANSFER_RULE = '行政执法机关移送涉嫌犯罪案件的规定';

type Build = (facts: f.PaperFacts) => object;
type Things = readonly { readonly item: string; readonly quantity: string; readonly place: string; readonly relation: string }[];
const thingsText = (things: Things): string => things.map((t, i) => `${i + 1}. ${t.item}（${t.quantity}，${t.place}）：${t.relation}`).join('\n');
const held = (value: boolean): string => (value ? '符合' : '不符合');

/** Who is who on the case now, for papers that change it. */
const officersText = (officers: f.PaperFacts['after']['officers']): string => officers.map((o) => `${o.name}（${o.certificate ?? '/'}）`).join('、') || '/';

const returnNote: Build = (facts) => {
  const { command: c, from } = facts.event;
  const reason = 'reason' in c && typeof c.reason === 'string' ? c.reason : '';
  return form(facts, c.kind === 'RETURN_FROM_DECISION' ? basis(APL, '第五十七条') : basis(O30, '第十八条', '第四十条'), [['退回环节', STATE_TITLES[from].zh], ['退回至', STATE_TITLES[facts.event.to].zh], ['退回理由和补正要求', reason]], '退回，按要求补正后重新呈报。');
};

const officerChange: Build = (facts) => {
  const { command: c } = facts.event;
  const reason = 'reason' in c && typeof c.reason === 'string' ? c.reason : '';
  const aside = c.kind === 'DECLARE_INTEREST';
  return form(facts, basis(APL, '第四十二条', '第四十三条'), [
    ['原办案人员', officersText(facts.before.officers)],
    [aside ? '申报回避的人员' : '现办案人员', aside ? facts.event.actor.name : officersText(facts.after.officers)],
    ['理由', reason],
  ], aside ? '本人与本案有利害关系，申请回避，不再参与本案。' : '更换协办人；执法证件在有效期内。');
};

const remedyRecord: Build = (facts) => {
  const { command: c } = facts.event;
  if (c.kind === 'RECORD_ACT_REMEDY' || c.kind === 'RECORD_ACT_REMEDY_OUTCOME') return actRemedyRecord(facts, c);
  const law = [...basis('中华人民共和国行政复议法', '第二十条'), ...basis('中华人民共和国行政诉讼法', '第四十六条'), ...basis(APL, '第七十三条')];
  const decision: [string, string] = ['决定书文号', f.decisionNumber(facts)];
  if (c.kind === 'RECORD_REMEDY')
    return form(facts, law, [decision, ['救济方式', c.remedy === 'LITIGATION' ? '行政诉讼' : '行政复议'], ['受理机关', c.body], ['受理日期', f.chineseDay(c.receivedOn)]], '已登记；救济期间处罚决定一般不停止执行，加处罚款的数额不予计算。');
  const { outcome, amount = 0, reference, note, receivedOn = dayOf(facts.event.at) } = command(facts, 'RECORD_REMEDY_OUTCOME');
  const changed: [string, string][] = outcome === 'CHANGED' ? [['变更后的罚款', f.yuan(amount)]] : [];
  return form(facts, law, [decision, ['结果', STATE_TITLES[outcome].zh], ...changed, ['文书编号', reference], ['收到日期', f.chineseDay(receivedOn)], ['说明', note], [MOVED, [STATE_TITLES[facts.after.main], ...(facts.event.sideTo ?? []).map(({ to }) => STATE_TITLES[to])].map((one) => one.zh).join('；')]], '已登记。');
};

const MOVED = '此后办理';

/** The same for an act other than the penalty: which one, and what becomes of it. */
function actRemedyRecord(facts: f.PaperFacts, c: CommandOf<'RECORD_ACT_REMEDY' | 'RECORD_ACT_REMEDY_OUTCOME'>) {
  const law = [...basis('中华人民共和国行政复议法', '第十一条', '第二十条'), ...basis('中华人民共和国行政诉讼法', '第十二条', '第四十六条')];
  const asked = facts.after.actRemedies.find((one) => (c.kind === 'RECORD_ACT_REMEDY' ? one.paperId === c.paperId && one.outcome === undefined : one.remedyId === c.remedyId));
  const head: [string, string][] = [['被复议、诉讼的决定', asked === undefined ? '/' : `${CONTESTABLE_ACTS[asked.act].zh}（${asked.number}）`], ['救济方式', asked?.remedy === 'LITIGATION' ? '行政诉讼' : '行政复议']];
  if (c.kind === 'RECORD_ACT_REMEDY') return form(facts, law, [...head, ['受理机关', c.body], ['受理日期', f.chineseDay(c.receivedOn)]], '已登记；救济期间该决定一般不停止执行。');
  const changed: [string, string][] = c.amount === undefined ? [] : [['变更后的罚款', f.yuan(c.amount)]];
  const moved = (facts.event.sideTo ?? []).map(({ to }) => STATE_TITLES[to].zh).join('；');
  return form(facts, law, [...head, ['结果', STATE_TITLES[c.outcome].zh], ...changed, ['文书编号', c.reference], ['收到日期', f.chineseDay(c.receivedOn ?? dayOf(facts.event.at))], ['说明', c.note], [MOVED, moved === '' ? '该决定的执行状态不变' : moved]], '已登记。');
}

/** Who the party is, each thing with its name. */
const partyText = ({ creditCode, address, legalRepresentative, permitNumber }: f.PaperFacts['party']): string =>
  [['统一社会信用代码', creditCode], ['地址', address], ['法定代表人', legalRepresentative], ['排污许可证编号', permitNumber]].flatMap(([name, value]) => (value === '' ? [] : [`${name}：${value}`])).join('；');

/** Data of the inner forms: what an officer proposes, what is returned, registered, counted. All of it comes from the file. */
export const innerPapers = {
  FILING_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_FILING');
    const { initialProof, punishable, jurisdiction, withinLimitation } = c.conditions;
    return form(facts, basis(O30, '第十八条'), [
      ['案件来源', f.sourceOf(facts.before)],
      ['当事人情况', partyText(facts.party)],
      ['行为起止', `${f.chineseDay(c.actStart)}至${f.chineseDay(c.actEnd)}`],
      ['涉嫌违法的事实', c.facts],
      ['危害后果', c.harm === 'NONE' ? '未发现' : `${ground(facts, 'harm-kinds', c.harm)}：${c.harmFinding}`],
      ['经审核的证据', facts.before.evidenceRefs.map((ref) => ref.title).join('；')],
      ['立案条件', `有初步证据证明违法：${held(initialProof)}；依法应当处罚：${held(punishable)}；属于本机关管辖：${held(jurisdiction)}；未超过追责时效：${held(withinLimitation)}`],
      ...(c.beside.length === 0 ? [] : [['同一排放口的相近案件', besideText({ filing: c })]] as const),
      ['办案人员', officersText(facts.after.officers)],
    ], c.reason);
  },
  CLOSING_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_CLOSING');
    const { before } = facts;
    return form(facts, basis(O30), [
      ['立案日期', dayText(before.filedAt === undefined ? undefined : dayOf(before.filedAt))],
      ['决定书文号', f.decisionNumber(facts)],
      ['办理经过', c.course],
      ['履行情况', f.performanceText(facts)],
      ['整改情况', f.correctionText(facts)],
      ['救济情况', f.remediesBy(facts.event.at, c.remedyCourse)],
      ['结案理由', ground(facts, 'closing-grounds', c.ground)],
    ], '符合结案条件，提请结案。');
  },
  OFFICER_CHANGE: officerChange,
  RETURN_NOTE: returnNote,
  REMEDY_RECORD: remedyRecord,
  MODE_SWITCH: (facts) => {
    const c = command(facts, 'SWITCH_MODE');
    const found = facts.deps.law.onsiteGrounds(facts.before.region, dayOf(facts.event.at)).find((g) => g.code === c.ground);
    return form(facts, found === undefined ? basis(O30) : [{ instrument: found.source, article: found.article }], [
      ['转为', c.mode === 'ONSITE' ? '现场检查' : '非现场调查'],
      ['情形', found === undefined ? c.ground : `${found.title.zh}（${found.force === 'MUST' ? '应当' : '可以'}转现场）`],
      ['理由', c.reason],
    ], '转换取证方式；已取得的证据继续有效。');
  },
  WINDOW_RECORD: (facts) => {
    const { notice, defence } = facts.before;
    return form(facts, [...basis(APL, '第四十五条', '第六十四条'), ...basis(O30, '第四十四条')], [
      ['告知书文号', f.numberOf(facts, 'PRIOR_NOTICE')],
      ['送达日期', dayText(notice?.delivery?.legalDay)],
      ['期限届满', dayText(facts.before.running.T5?.dueDay)],
      ['当事人意见', [...(defence.length === 0 ? [] : [`提出 ${defence.length} 点意见，移交复核`]), ...(rightsLeft(facts.before).length === 0 ? [] : [`期限内${notUsed(rightsLeft(facts.before))}`])].join('；')],
    ], '陈述申辩、听证期限届满。');
  },
  PAYMENT_RECORD: (facts) => {
    const c = command(facts, 'REGISTER_PAYMENT');
    const { sum, payBy } = standing(facts.before, 'FINE');
    return form(facts, basis(APL, '第六十七条', '第七十二条'), [
      ['决定书文号', f.decisionNumber(facts)],
      ['罚款', `${f.yuan(sum)}，应缴日${dayText(payBy)}`],
      ['本次缴款', `${f.yuan(c.amount)}，${f.chineseDay(c.paidOn)}，票据 ${c.voucher}`],
      ['尚欠加处罚款（至缴款日）', f.yuan(surchargeOwed(facts.after, 'FINE', c.paidOn))],
      ['累计已缴', f.yuan(facts.after.paid)],
    ], facts.after.paid >= sum ? (surchargeOwed(facts.after, 'FINE', c.paidOn) > 0 ? '罚款缴清，加处罚款尚未缴清或者减免。' : '罚款缴清。') : '部分缴纳，余额继续催缴。');
  },
  PENALTY_EXECUTION: (facts) => {
    const c = command(facts, 'RECORD_PENALTY_CARRIED_OUT');
    const sum = c.penalty === 'CONFISCATION' ? f.yuan(facts.before.proposal?.confiscation ?? 0) : '';
    return form(facts, basis(APL, '第六十六条', '第七十四条'), [['决定书文号', f.decisionNumber(facts)], ['处罚', `${PENALTY_WORDS[c.penalty]}${sum}`], ['执行日期', f.chineseDay(c.carriedOutOn)], ['凭证', c.reference], ['执行情况', c.note]], '已执行。');
  },
  RECTIFICATION_WAIVER: (facts) => form(facts, basis(APL, '第二十八条'), [['责令改正决定书', f.numberOf(facts, 'RECTIFICATION_ORDER')], ['无须整改的理由', command(facts, 'WAIVE_RECTIFICATION').ground]], '记明理由，不再责令改正。'),
  PRESERVATION_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_PRESERVATION');
    return form(facts, basis(APL, '第五十六条'), [['情形', ground(facts, 'preservation-grounds', c.ground)], ['拟登记保存的证据', thingsText(c.things)], ['保管人', c.keeper], ['理由', c.reason]], '提请批准先行登记保存，七个工作日内处理。');
  },
  SEALING_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_SEALING');
    const { necessity, lighterMeans, impact } = c.proportion;
    return form(facts, [...basis(AEL, '第十八条', '第二十三条'), ...basis('环境保护主管部门实施查封、扣押办法', '第四条')], [
      ['措施', c.measure === 'SEALING' ? '查封' : '扣押'],
      ['情形', ground(facts, 'sealing-situations', c.situation)],
      ['对象', thingsText(c.things)],
      ['必要性', necessity],
      ['不能采取较轻措施的理由', lighterMeans],
      ['对民生、安全和第三人的影响', impact],
      ['理由', c.reason],
    ], '提请批准实施。');
  },
  RELEASE_CHECK: (facts) => {
    const c = command(facts, 'CHECK_RELEASE');
    return form(facts, basis('环境保护主管部门实施查封、扣押办法', '第十九条'), [['申请理由', facts.before.latest.REQUEST_RELEASE?.command.reason ?? ''], ['检查情况', c.findings], ['结论', c.fit ? '符合解除条件' : '不符合解除条件']], c.fit ? '建议解除。' : '不予解除。');
  },
  MONITORING_REPORT: (facts) => {
    const c = command(facts, 'RECEIVE_MONITORING_REPORT');
    return form(facts, basis(DAILY_RULE, '第八条'), [['监测机构', c.laboratory], ['报告编号', c.reportNo], ['收到日期', f.chineseDay(c.receivedOn)], ['结果', c.result], ['责令改正期限', dayText(facts.after.running.T19?.dueDay)]], '收到监测报告，应于三个工作日内责令改正。');
  },
  DAILY_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_DAILY_PENALTY');
    const sum = facts.event.derived.daily;
    return form(facts, basis(DAILY_RULE, '第十二条', '第十七条', '第十九条'), [
      ['原处罚决定书', f.numberOf(facts, 'PENALTY_DECISION')],
      ['责令改正决定书', f.numberOf(facts, 'RECTIFICATION_ORDER')],
      ['计罚期间', (sum?.spans ?? []).map((span) => `${f.chineseDay(span.from)}至${f.chineseDay(span.to)}`).join('；')],
      ['计罚日数', `${sum?.days ?? 0} 日（自责令改正决定书送达之日的次日起，至复查发现之日止）`],
      ['计算', `${f.yuan(sum?.base ?? 0)} × ${sum?.days ?? 0} 日 = ${f.yuan(sum?.amount ?? 0)}`],
      ['理由', c.reason],
    ], '提请实施按日连续处罚。');
  },
  DAILY_DROPPED: (facts) => letter(facts, basis(DAILY_RULE, '第十二条'), { paragraphs: [`我局决定不实施按日连续处罚${f.numberOf(facts, 'DAILY_NOTICE') === '—' ? '' : `，${f.namedPaper(facts, 'DAILY_NOTICE')}不再执行`}。`], sections: [{ title: '理由', text: command(facts, 'DROP_DAILY_PENALTY').reason }] }),
  DAILY_WINDOW_RECORD: (facts) => {
    const said = facts.before.latest.DEFEND_AGAINST_DAILY;
    return form(facts, basis(APL, '第四十五条', '第六十四条'), [['告知书文号', f.numberOf(facts, 'DAILY_NOTICE')], ['期限届满', dayText(facts.before.running.T5?.dueDay)], ['当事人意见', said === undefined ? '期限内未提出陈述、申辩，未要求听证' : said.command.statement]], '陈述申辩、听证期限届满。');
  },
  DAILY_HEARING_RECORD: (facts) => {
    const c = command(facts, 'HOLD_DAILY_HEARING');
    return signedBy(SAT, form(facts, basis(APL, '第六十四条', '第六十五条'), minutes(c, appointedHearing(facts.before, 'DAILY'), facts.event.actor.name), recorded(c)));
  },
  DAILY_HEARING_REPORT: (facts) => {
    const c = command(facts, 'HOLD_DAILY_HEARING');
    return reported(facts, appointedHearing(facts.before, 'DAILY'), facts.before.latest.DEFEND_AGAINST_DAILY?.command.statement ?? '见听证笔录', c.report);
  },
  DAILY_DEFENCE_REVIEW: (facts) => {
    const c = command(facts, 'REVIEW_DAILY_DEFENCE');
    return form(facts, basis(APL, '第四十五条'), [['当事人意见', facts.before.latest.DEFEND_AGAINST_DAILY?.command.statement ?? '听证意见，见听证笔录'], ['复核结论', c.accepted ? '采纳' : '不予采纳']], c.reason);
  },
  DAILY_PAYMENT: (facts) => {
    const c = command(facts, 'REGISTER_DAILY_PAYMENT');
    return form(facts, basis(APL, '第六十七条', '第七十二条'), [['决定书文号', f.numberOf(facts, 'DAILY_PENALTY')], ['本次缴款', `${f.yuan(c.amount)}，${f.chineseDay(c.paidOn)}，票据 ${c.voucher}`], ['加处罚款（至缴款日）', f.yuan(surchargeBy(facts.before, 'DAILY', c.paidOn))], ['未缴余额', f.yuan(dailyDebt(facts.after).owed)]], '已登记。');
  },
  TRANSFER_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_TRANSFER');
    return form(facts, basis(TRANSFER_RULE, '第五条'), [['涉嫌罪名', c.suspectedCrime], ['事实', f.actsOf(facts)], ['证据', facts.before.evidence.map((e) => e.title).join('；')], ['理由', c.reason]], '提请移送公安机关；负责人应于三日内决定。');
  },
  TRANSFER_OPINION: (facts) => {
    const c = command(facts, 'GIVE_TRANSFER_OPINION');
    return form(facts, basis(TRANSFER_RULE, '第五条'), [['是否同意移送', c.agrees ? '同意' : '不同意']], c.opinion);
  },
  TRANSFER_REJECTION: (facts) => form(facts, basis(TRANSFER_RULE, '第五条'), [['理由', command(facts, 'REJECT_TRANSFER').reason]], '不批准移送，理由记录在案。'),
  DETENTION_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_DETENTION');
    return form(facts, basis('行政主管部门移送适用行政拘留环境违法案件暂行办法'), [['责任人', c.persons.map((p) => `${p.name}（${p.post}）：${p.part}`).join('\n')], ['移送依据', cited(c.basis)], ['处罚决定书', f.numberOf(facts, 'PENALTY_DECISION')], ['理由', c.reason]], '提请移送公安机关适用行政拘留。');
  },
  CLOSURE_PROPOSAL: (facts) => {
    const c = command(facts, 'PROPOSE_CLOSURE');
    return letter(facts, basis('环境保护主管部门实施限制生产、停产整治办法', '第八条'), { to: c.government, paragraphs: [`${facts.party.name}违反生态环境法律，经责令限制生产、停产整治仍未改正，情节严重，请责令停业、关闭。`], sections: [{ title: '事实', text: f.factsOf(facts) }, { title: '理由', text: c.reason }] });
  },
} as const satisfies Partial<Record<PaperKind, Build>>;
