import { z } from 'zod';
import * as f from '../fields.ts';
import { kind, ownTitle } from './document-kind.ts';
import { sampleContact, sampleOfficers, sampleOpinions, sampleParty, sampleRemedies } from './sample-facts.ts';

/** A letter of the authority to the party, or about it to a court or another authority: what happened, what follows, by which article, how to object. */
const letterSchema = z.object({
  title: f.maybe,
  /** Whom it goes to, where that is not the party. */
  to: f.maybe,
  party: f.party,
  /** What the party is called in it, e.g. 被申请人. */
  partyAs: z.string().default('当事人'),
  paragraphs: z.array(f.text).min(1).max(20),
  sections: z.array(z.object({ title: f.text, text: f.text })).max(12).default([]),
  basis: f.provisionList,
  amount: f.money.optional(),
  /** Parts of a sum with their days. */
  schedule: z.array(z.object({ dueOn: f.day, amount: f.money })).max(24).default([]),
  remedies: f.remedies.optional(),
  file: f.frozenFile.optional(),
  /** The head of the authority, where his signature is due beside the seal (行政强制法 第五十五条). */
  signer: f.person.optional(),
  /** The officers, where they sign (行政处罚法 第五十二条). */
  officers: z.array(f.person).max(4).default([]),
  contact: f.contact,
});
/** An inner form: the facts of a step as labelled rows and the opinions signed beneath; a record of a sitting also by those who sat. */
const formSchema = z.object({
  cause: f.text,
  unit: f.text,
  rows: z.array(z.object({ label: f.text, text: f.text })).min(1).max(20),
  basis: f.provisionList,
  opinions: f.opinions,
  signatures: z.array(f.text).max(12).default([]),
});

const cause = '涉嫌超过许可排放浓度排放水污染物';
const basis = [{ instrument: '中华人民共和国行政处罚法', article: '第四十四条' }];

const letter = (no: string, zh: string, en: string, abbreviation: string, sample: Partial<z.input<typeof letterSchema>>) =>
  kind({
    no, zh, en, titled: ownTitle(zh), reach: 'outer', sealed: true, abbreviation, template: 'letter.typ', schema: letterSchema,
    sample: { party: sampleParty, paragraphs: ['现将有关事项通知如下。'], basis, contact: sampleContact, ...sample },
  });
/** The same to a court or another authority; the party is not handed it. */
export const letterTo = (...given: Parameters<typeof letter>) => kind({ ...letter(...given), reach: 'inner' });
/** An inner form of labelled rows with the opinions beneath. */
export const form = (no: string, zh: string, en: string, abbreviation: string, rows: z.input<typeof formSchema>['rows']) =>
  kind({
    no, zh, en, reach: 'inner', sealed: false, abbreviation, template: 'record-form.typ', schema: formSchema,
    sample: { cause, unit: sampleParty.name, rows, basis, opinions: sampleOpinions },
  });

/** Papers of hearing, correction, terms, the simple procedure and performance. */
export const procedureKinds = {
  HEARING_SESSION_NOTICE: letter('D18', '行政处罚听证通知书', 'Hearing notice', '听通', {
    paragraphs: ['你单位要求听证，经审查符合规定。我局定于2026年4月10日9时30分在第一会议室公开举行听证。'],
    sections: [{ title: '听证人员', text: '主持人：冯辛（非本案调查人员）。' }, { title: '权利和注意事项', text: '可以亲自参加，也可以委托一至二人代理；认为主持人与本案有直接利害关系的，有权申请回避；无正当理由拒不出席的，视为放弃听证。' }],
  }),
  HEARING_REFUSAL: letter('R48a', '不予听证通知书', 'Refusal of a hearing', '不听', { paragraphs: ['你单位的听证要求不符合法定条件，决定不予听证，陈述、申辩的权利不受影响。'] }),
  HEARING_POSTPONEMENT: letter('D18b', '延期听证通知书', 'Notice of a later hearing', '听延', { paragraphs: ['原定于2026年4月10日9时30分举行的听证，因当事人申请延期且有正当理由，延期至2026年4月24日9时30分在第一会议室举行。'] }),
  POSTPONEMENT_REFUSAL: letter('D18c', '不同意延期听证通知书', 'Refusal of a later hearing', '不延', { paragraphs: ['你单位的延期听证申请收悉。经审查，不同意延期，听证仍按原定时间举行。'], sections: [{ title: '理由', text: '可以委托代理人参加。' }] }),
  RECUSAL_DECISION: letter('D18d', '听证主持人回避决定书', 'Decision on the recusal of the host', '避', { paragraphs: ['你单位申请听证主持人回避，经审查理由不成立，我局决定不予回避。'] }),
  HEARING_RESUMPTION: letter('D18e', '恢复听证通知书', 'Notice that the hearing goes on', '听恢', { paragraphs: ['中止听证的情形已经消除，我局定于2026年5月8日9时30分在第一会议室恢复听证。'] }),
  HEARING_ADJOURNMENT: letter('D19b', '中止听证通知书', 'Notice of the adjournment', '听中', { paragraphs: ['我局于2026年4月10日举行的听证，因提出的新事实须进一步调查核实，中止听证。'], sections: [{ title: '听证进行情况', text: '当事人提出新的检修记录。' }] }),
  INSTALMENT_REFUSAL: letter('D28b', '不同意延期（分期）缴纳罚款通知书', 'Refusal of deferral', '不缓', { sections: [{ title: '理由', text: '没有证明确有经济困难。' }] }),
  DAILY_INSTALMENT_REFUSAL: letter('D33e', '不同意延期（分期）缴纳按日连续处罚罚款通知书', 'Refusal to pay the daily penalty later', '日不缓', { sections: [{ title: '理由', text: '没有证明确有经济困难。' }] }),
  REFUND_DECISION: letter('R53a', '退还罚款决定书', 'Decision on the refund', '退', { amount: '40000' }),
  REFUND_RECORD: form('R53b', '退还罚款登记表', 'Refund register entry', '退记', [{ label: '退还数额', text: '40000 元' }]),
  STAY_NOTICE: letter('R53c', '停止执行通知书', 'Notice of the stay', '停执', { sections: [{ title: '情形', text: '人民法院裁定停止执行。' }] }),
  STAY_LIFTED: letter('R53d', '恢复执行通知书', 'Notice that execution goes on', '恢执', {}),
  DEMAND_ANSWER: letter('D29b', '对催告陈述申辩的答复书', 'Answer to the statement against a demand', '催复', { sections: [{ title: '陈述申辩', text: '已经缴纳部分罚款。' }, { title: '复核情况', text: '经核对，余额仍未缴清，不予采纳。' }] }),
  SURCHARGE_WAIVER: letter('R52b', '减免加处罚款决定书', 'Waiver of the surcharge', '减罚', { sections: [{ title: '情形', text: '达成执行协议，当事人采取补救措施。' }], amount: '12000' }),
  SEALING_APPRAISAL: letter('D31d', '查封（扣押）期间检测、鉴定告知书', 'Notice of a test or appraisal during the sealing', '封鉴', { sections: [{ title: '检测、鉴定的事项', text: '加药泵控制程序的技术鉴定。' }] }),
  PRODUCTION_ENDED: letter('R56b', '限制生产（停产整治）终止通知书', 'Notice that the production order has ended', '终限', { sections: [{ title: '理由', text: '所依据的行政处罚决定已被人民法院撤销。' }] }),
  DETENTION_WITHDRAWAL: letterTo('R56c', '撤回移送行政拘留函', 'Withdrawal of the detention transfer', '撤拘', { to: '示范市公安局', sections: [{ title: '理由', text: '所依据的行政处罚决定已被人民法院撤销。' }] }),
  OFFICER_RECUSAL_DECISION: letter('R-回避', '执法人员回避决定书', 'Decision on the recusal of an officer', '执避', { sections: [{ title: '此前所做工作', text: '已取得的证据经核对有效。' }] }),
  TEST_REPORT_RECEIPT: form('D10b', '监测（检测）报告收件单', 'Receipt of the report on samples', '监收', [{ label: '报告编号', text: '示监〔2026〕第12号' }, { label: '监测机构', text: '示范市生态环境监测站' }]),
  TEST_RESULT_NOTICE: letter('D11', '监测（检测）结果告知书', 'Notice of the result', '监告', { paragraphs: ['我局于2026年3月12日在你单位废水总排口采集样品，监测（检测）结果已经作出，现予告知。'], sections: [{ title: '结果', text: '化学需氧量 182 mg/L，超过许可排放浓度限值。' }] }),
  TEST_RESULT_ANSWER: letter('D11b', '监测（检测）结果异议答复书', 'Answer to the objection to a result', '监复', { sections: [{ title: '异议', text: '采样点位不是排放口。' }, { title: '答复', text: '采样点位为排污许可证载明的排放口，异议不成立。' }] }),
  QUESTION_ANSWER: letter('SH-18', '疑问答复书', 'Answer to the party', '复', { sections: [{ title: '疑问', text: '折算所用的基准氧含量依据什么确定？' }, { title: '答复', text: '依据排放标准的规定。' }] }),
  DEFENCE_REPLY: letter('D20b', '陈述申辩复核情况告知书', 'Reply to the defence', '申复', { sections: [{ title: '第1点：不予采纳', text: '设备突发故障，请求减轻。\n理由：未按规定报告。' }, { title: '结论', text: '维持拟作出的处罚。' }] }),
  NOTICE_WITHDRAWAL: letter('R48b', '撤回行政处罚事先告知通知书', 'Withdrawal of the prior notice', '撤告', { paragraphs: ['我局决定撤回示环罚告〔2026〕1号《行政处罚事先告知书》。重新处理的，将重新告知你单位。'] }),
  CORRECTION_NOTICE: letter('R-更正', '文书更正通知书', 'Correction of a paper', '更正', { paragraphs: ['我局送达的示环罚〔2026〕1号《行政处罚决定书》存在笔误，现更正如下：'], sections: [{ title: '原文', text: '统一社会信用代码 913200001' }, { title: '更正为', text: '统一社会信用代码 913200002' }] }),
  NO_PENALTY_DECISION: letter('D24', '不予行政处罚决定书', 'Decision without penalty', '不罚', { sections: [{ title: '违法事实和证据', text: '经查……' }, { title: '不予处罚的理由和依据', text: '违法行为轻微并及时改正，没有造成危害后果。' }, { title: '教育', text: '请引以为戒，加强管理。' }], remedies: sampleRemedies }),
  NOT_ESTABLISHED_DECISION: letter('R49', '违法事实不成立决定书', 'Decision that nothing was established', '不立', { remedies: sampleRemedies }),
  ON_SPOT_DECISION: letter('D25', '当场行政处罚决定书', 'Decision on the spot', '当罚', { amount: '1000', remedies: sampleRemedies, officers: sampleOfficers }),
  INSTALMENT_NOTICE: letter('D28', '同意延期（分期）缴纳罚款通知书', 'Deferral or instalments granted', '缓缴', { schedule: [{ dueOn: '2026-05-10', amount: '59000' }, { dueOn: '2026-06-10', amount: '59000' }] }),
  DEMAND_NOTICE: letter('D29', '督促履行义务催告书', 'Demand to perform', '催', { amount: '118000' }),
  CORRECTION_DEMAND: letter('R52a', '改正催告书', 'Demand to correct', '改催', {}),
  SUBSTITUTE_DECISION: letter('R52b', '代履行决定书', 'Decision on substitute performance', '代履', { amount: '30000', remedies: sampleRemedies }),
  HEARING_RECORD: form('D19', '听证笔录', 'Hearing record', '听笔', [{ label: '听证笔录', text: '案件调查人员提出证据和处罚建议，当事人申辩和质证，最后陈述。' }]),
  HEARING_REPORT: form('D19c', '听证报告', 'Hearing report', '听报', [{ label: '当事人的主张', text: '设备突发故障。' }]),
  TERM_EXTENSION: form('R-延期', '延长办案期限审批表', 'Extension of the term', '延', [{ label: '原届满日', text: '2026年6月14日' }, { label: '延长至', text: '2026年7月14日' }, { label: '理由', text: '案情复杂。' }]),
  EXCLUSION_RECORD: form('R-扣除', '不计入办案期限记录', 'Record of excluded time', '扣', [{ label: '事由', text: '监测、检测' }]),
  REOPENING_APPROVAL: form('R-重办', '重新办理审批表', 'Approval to reopen', '重', [{ label: '理由', text: '本机关自行纠正。' }]),
  SPLIT_APPROVAL: form('D6c', '分案审批表', 'Approval to split the case', '分', [{ label: '分出的违法行为', text: '未按规定公开排放信息' }]),
  FILING_ENDORSEMENT: form('D6g', '立案部门负责人意见', 'Opinion of the head of the department on the filing', '立意', [{ label: '部门负责人意见', text: '同意承办人意见，建议立案。' }]),
  PARTY_ADDED: form('D6d', '共同违法当事人另案处理审批表', 'Approval of a case against another party', '另', [{ label: '另一当事人', text: '示范运维有限公司' }]),
  MERGER_APPROVAL: form('D6e', '并案审批表', 'Approval of the merger', '并', [{ label: '并入的案件', text: '示例-2026-0001' }]),
  MERGER_RECORD: form('D6f', '并入案件记录', 'Record of the case taken in', '并记', [{ label: '并入的案件', text: '示例-2026-0002' }]),
  FILING_EXTENSION: form('R-立延', '延长立案审查期限审批表', 'Extension of the filing decision', '立延', [{ label: '理由', text: '案情复杂。' }]),
  OVERDUE_RECORD: form('R-逾期', '逾期未缴罚款记录', 'Record of late payment', '逾', [{ label: '应缴日', text: '2026年4月15日' }]),
  DAILY_INSTALMENT_NOTICE: letter('D33b', '同意延期（分期）缴纳按日连续处罚罚款通知书', 'Daily penalty payable later or in parts', '日缓', { schedule: [{ dueOn: '2026-05-10', amount: '59000' }] }),
  VIOLATION_ADDED: form('D6b', '增加违法行为审批表', 'Approval to add a violation', '增', [{ label: '增加的违法行为', text: '未按规定公开排放信息' }]),
  SELF_REPORT_RECORD: form('R-自报', '主动报告认定记录', 'Record of a report of its own accord', '自报', [{ label: '报告日期', text: '2026年3月12日' }]),
  LATER_FINDINGS: form('R-新增', '移送后新增线索事实处理记录', 'Record of findings after the handover', '新增', [{ label: '移送时的线索', text: '第2版' }, { label: '处理', text: '不列入本案' }]),
  SUGGESTION_ANSWER: form('R-说明', '不采纳提示的理由说明', 'Why a suggestion was not followed', '说', [{ label: '提示', text: '违法行为轻微并及时改正，没有造成危害后果' }, { label: '理由', text: '危害后果已经发生。' }]),
  PARTY_CHANGE: form('R-更名', '当事人名称变更记录', 'Change of the party’s name', '名', [{ label: '原名称', text: '甲公司' }, { label: '现名称', text: '乙公司' }]),
  ON_SPOT_FILING: form('D25b', '当场处罚备案表', 'Filing of a decision on the spot', '备', [{ label: '决定书文号', text: '示环当罚〔2026〕1号' }]),
  NOT_FILED_APPROVAL: form('D7', '不予立案审批表', 'Approval not to file', '不立案', [{ label: '理由类别', text: '没有初步证据证明违法' }, { label: '线索去向', text: '退回数据审核机构，归入线索档案' }]),
  FILING_REVOCATION: form('D7b', '撤销立案审批表', 'Revocation of the filing', '撤立', [{ label: '理由类别', text: '不属于本机关管辖' }, { label: '立案日期', text: '2026年3月16日' }]),
  SUSPENSION_APPROVAL: form('R-中止', '中止调查审批表', 'Approval to suspend the investigation', '中止', [{ label: '理由类别', text: '以另案处理结果为依据' }]),
  RESUMPTION_RECORD: form('R-恢复', '恢复调查记录', 'Record that the investigation goes on', '恢', [{ label: '中止日期', text: '2026年3月20日' }]),
  TERMINATION_APPROVAL: form('R-终止', '终止调查审批表', 'Approval to end the investigation', '终止', [{ label: '理由类别', text: '法人终止且无权利义务承受人' }]),
  JURISDICTION_LETTER: letterTo('R42b', '案件移送函', 'Letter of transfer', '移函', { to: '示例市生态环境局', paragraphs: ['我局收到的涉嫌环境违法一案，经审查不属于我局管辖，现将案件移送你局依法处理，并请将处理结果函告我局。'], sections: [{ title: '涉嫌违法的事实', text: '废水总排口化学需氧量超过许可限值。' }, { title: '移送理由', text: '违法行为发生地在你市。' }, { title: '随函材料', text: '证据2项：数据审核意见；自动监测数据。' }] }),
  COURT_APPLICATION: letterTo('D30', '强制执行申请书', 'Application for enforcement by the court', '强执', { to: '示范市人民法院', paragraphs: ['申请人示范市生态环境局申请强制执行示环罚〔2026〕1号行政处罚决定。'], sections: [{ title: '申请事项', text: '强制执行罚款 118000 元和加处罚款 118000 元。' }, { title: '当事人的意见及催告情况', text: '催告书送达满十日仍未履行。' }], amount: '236000', signer: sampleOfficers[0] }),
  PRESERVATION_RESULT: letter('D12', '先行登记保存证据处理决定书', 'Handling of the preserved evidence', '登处', { paragraphs: ['我局对先行登记保存的证据作出如下处理。'], sections: [{ title: '处理决定', text: '复制、固定后退还。' }, { title: '证据清单', text: '自动监测设备工控机（1台）' }], remedies: sampleRemedies }),
  ENFORCEMENT_RECORD: form('D30b', '强制执行结果登记表', 'How the decision was enforced', '执结', [{ label: '执行到位', text: '118000 元' }]),
  DAILY_OVERDUE_RECORD: form('D33c', '按日连续处罚逾期未缴记录', 'Record of the late daily penalty', '日逾', [{ label: '应缴日', text: '2026年5月15日' }]),
  DAILY_DEMAND_NOTICE: letter('D29b', '督促履行义务催告书（按日连续处罚）', 'Demand for the daily penalty', '日催', { amount: '2242000' }),
  DAILY_COURT_APPLICATION: letterTo('D30c', '强制执行申请书（按日连续处罚）', 'Application to enforce the daily penalty', '日强执', { to: '示范市人民法院', sections: [{ title: '申请事项', text: '强制执行按日连续处罚罚款 2242000 元。' }], amount: '2242000', signer: sampleOfficers[0] }),
  DAILY_ENFORCEMENT_RECORD: form('D30d', '按日连续处罚强制执行结果登记表', 'How the daily penalty was enforced', '日执结', [{ label: '执行到位', text: '2242000 元' }]),
  DAILY_DROPPED: letter('D33h', '不实施按日连续处罚通知书', 'Notice that no daily penalty is imposed', '日免', { sections: [{ title: '理由', text: '复查证据不足。' }] }),
  DAILY_REVOCATION: letter('D33d', '撤销按日连续处罚决定通知书', 'Revocation of the daily penalty', '日撤', { remedies: sampleRemedies }),
  CORRECTION_COURT_APPLICATION: letterTo('D30e', '强制执行申请书（责令改正）', 'Application to enforce the order to correct', '改强执', { to: '示范市人民法院', sections: [{ title: '申请事项', text: '强制执行责令改正决定：停止超标排放。' }], signer: sampleOfficers[0] }),
  CORRECTION_ENFORCEMENT_RECORD: form('D30f', '责令改正强制执行结果登记表', 'How the order was enforced', '改执结', [{ label: '执行情况', text: '已经停止排放。' }]),
  DAILY_HEARING_NOTICE: letter('D18f', '按日连续处罚听证通知书', 'Notice of the hearing on a daily penalty', '按日听', { paragraphs: ['你单位对拟作出的按日连续处罚要求听证，我局定于2026年5月8日9时30分在第一会议室公开举行听证。'] }),
  SUBSTITUTE_RECORD: form('R52c', '代履行记录', 'Record of substitute performance', '代记', [{ label: '费用', text: '30000 元' }]),
};
