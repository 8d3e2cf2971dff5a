import type { CommandKind } from '../commands/index.ts';
import { MEASURE_PAPERS } from '../measures/measure-papers.ts';

/** Sections of the dossier, in the order of 原环境行政处罚办法 第六十八至七十条: main volume first, then side volume. */
export const DOSSIER_SECTIONS = {
  DECISION: { volume: 'MAIN', zh: '决定与送达' },
  FILING: { volume: 'MAIN', zh: '立案' },
  EVIDENCE: { volume: 'MAIN', zh: '证据' },
  NOTICE: { volume: 'MAIN', zh: '告知、陈述申辩与送达' },
  HEARING: { volume: 'MAIN', zh: '听证' },
  RECTIFICATION: { volume: 'MAIN', zh: '责令改正与核查' },
  MEASURE: { volume: 'MAIN', zh: '强制措施与其他专项措施' },
  PERFORMANCE: { volume: 'MAIN', zh: '执行' },
  CLOSING: { volume: 'MAIN', zh: '结案' },
  SOURCE: { volume: 'SIDE', zh: '来源材料' },
  OPINION: { volume: 'SIDE', zh: '审查、审核与讨论' },
} as const satisfies Record<string, { volume: 'MAIN' | 'SIDE'; zh: string }>;
export type DossierSection = keyof typeof DOSSIER_SECTIONS;

export interface PaperEntry {
  readonly zh: string;
  readonly en: string;
  readonly section: DossierSection;
  /** Who draws it up: the platform for an official, or the party itself. */
  readonly by: 'AUTHORITY' | 'PARTY';
  /** Goes to the party and therefore needs delivery. */
  readonly outer?: true;
  /** It is sealed on the strength of this act: the one that makes it, or the remembered approval before it. */
  readonly approval?: 'THE_ACT' | CommandKind;
}

/**
 * Every paper a step produces. Kinds that `#documents` can typeset become signed PDFs; the others are kept as a
 * recorded form (structured data with digest) until a template exists.
 */
export const PAPER_KINDS = {
  HANDOVER_SHEET: { zh: '线索移送单', en: 'handover sheet', section: 'SOURCE', by: 'AUTHORITY' },
  REVIEW_OPINION: { zh: '数据审核意见', en: 'data review opinion', section: 'EVIDENCE', by: 'AUTHORITY' },
  FILING_PROPOSAL: { zh: '立案呈批', en: 'filing proposal', section: 'OPINION', by: 'AUTHORITY' },
  FILING_APPROVAL: { zh: '立案审批表', en: 'filing approval', section: 'FILING', by: 'AUTHORITY' },
  FILING_EXTENSION: { zh: '延长立案审查期限审批表', en: 'extension of the filing decision', section: 'OPINION', by: 'AUTHORITY' },
  NOT_FILED_APPROVAL: { zh: '不予立案审批表', en: 'approval not to file', section: 'FILING', by: 'AUTHORITY' },
  FILING_REVOCATION: { zh: '撤销立案审批表', en: 'revocation of filing', section: 'FILING', by: 'AUTHORITY' },
  JURISDICTION_LETTER: { zh: '案件移送函', en: 'letter of transfer', section: 'FILING', by: 'AUTHORITY' },
  OFFICER_CHANGE: {
    zh: '更换办案人员、回避记录',
    en: 'change of officers and recusal',
    section: 'OPINION',
    by: 'AUTHORITY',
  },
  EVIDENCE_EXTRACT_RECORD: { zh: '证据提取单', en: 'evidence extraction record', section: 'EVIDENCE', by: 'AUTHORITY' },
  REMOTE_INQUIRY_RECORD: { zh: '远程询问笔录', en: 'remote inquiry record', section: 'EVIDENCE', by: 'AUTHORITY' },
  SITE_INSPECTION_RECORD: { zh: '现场检查（勘察）笔录', en: 'site inspection record', section: 'EVIDENCE', by: 'AUTHORITY', outer: true },
  SAMPLING_RECORD: { zh: '采样记录', en: 'sampling record', section: 'EVIDENCE', by: 'AUTHORITY', outer: true },
  TEST_REPORT_RECEIPT: { zh: '监测（检测）报告收件单', en: 'receipt of the report on samples', section: 'EVIDENCE', by: 'AUTHORITY' },
  TEST_RESULT_NOTICE: { zh: '监测（检测）结果告知书', en: 'notice of the result', section: 'EVIDENCE', by: 'AUTHORITY', outer: true },
  TEST_RESULT_COMMENT: { zh: '对监测（检测）结果的意见', en: 'comment on the result', section: 'EVIDENCE', by: 'PARTY' },
  TEST_RESULT_ANSWER: { zh: '监测（检测）结果异议答复书', en: 'answer to the objection', section: 'EVIDENCE', by: 'AUTHORITY', outer: true },
  SELF_REPORT_RECORD: { zh: '主动报告认定记录', en: 'record of a report of its own accord', section: 'EVIDENCE', by: 'AUTHORITY' },
  MODE_SWITCH: { zh: '转现场（非现场）审批', en: 'switch of mode', section: 'OPINION', by: 'AUTHORITY' },
  SUSPENSION_APPROVAL: { zh: '中止调查审批表', en: 'suspension approval', section: 'OPINION', by: 'AUTHORITY' },
  RESUMPTION_RECORD: { zh: '恢复调查记录', en: 'resumption record', section: 'OPINION', by: 'AUTHORITY' },
  TERMINATION_APPROVAL: { zh: '终止调查审批表', en: 'termination approval', section: 'CLOSING', by: 'AUTHORITY' },
  INVESTIGATION_REPORT: { zh: '案件调查报告', en: 'investigation report', section: 'EVIDENCE', by: 'AUTHORITY' },
  CASE_REVIEW_OPINION: { zh: '案件审查意见', en: 'case review opinion', section: 'OPINION', by: 'AUTHORITY' },
  RETURN_NOTE: { zh: '退回补充意见', en: 'return for more', section: 'OPINION', by: 'AUTHORITY' },
  DISCRETION_SHEET: { zh: '裁量计算表', en: 'discretion sheet', section: 'OPINION', by: 'AUTHORITY' },
  DELIBERATION_RECORD: { zh: '案件审议记录', en: 'deliberation record', section: 'OPINION', by: 'AUTHORITY' },
  PRIOR_NOTICE: {
    zh: '行政处罚事先（听证）告知书',
    en: 'prior notice',
    section: 'NOTICE',
    by: 'AUTHORITY',
    outer: true,
    approval: 'THE_ACT',
  },
  DELIVERY_PROOF: { zh: '送达回证', en: 'proof of delivery', section: 'NOTICE', by: 'AUTHORITY' },
  DEFENCE_STATEMENT: { zh: '陈述申辩书', en: 'statement and defence', section: 'NOTICE', by: 'PARTY' },
  PARTY_QUESTION: { zh: '当事人疑问', en: 'question of the party', section: 'NOTICE', by: 'PARTY' },
  QUESTION_ANSWER: { zh: '疑问答复书', en: 'answer to the party', section: 'NOTICE', by: 'AUTHORITY', outer: true },
  DEFENCE_REPLY: { zh: '陈述申辩复核情况告知书', en: 'reply to the defence', section: 'NOTICE', by: 'AUTHORITY', outer: true },
  RIGHTS_WAIVER: { zh: '放弃陈述申辩、听证声明', en: 'waiver', section: 'NOTICE', by: 'PARTY' },
  WINDOW_RECORD: { zh: '陈述申辩期届满记录', en: 'record that the window ended', section: 'NOTICE', by: 'AUTHORITY' },
  HEARING_REQUEST: { zh: '听证申请书', en: 'hearing request', section: 'HEARING', by: 'PARTY' },
  HEARING_WITHDRAWAL: { zh: '撤回听证申请', en: 'withdrawal of the hearing request', section: 'HEARING', by: 'PARTY' },
  HEARING_SESSION_NOTICE: { zh: '听证通知书', en: 'hearing notice', section: 'HEARING', by: 'AUTHORITY', outer: true },
  HEARING_REFUSAL: {
    zh: '不予听证通知书',
    en: 'refusal of a hearing',
    section: 'HEARING',
    by: 'AUTHORITY',
    outer: true,
  },
  POSTPONEMENT_REQUEST: { zh: '延期听证申请书', en: 'request for a later hearing', section: 'HEARING', by: 'PARTY' },
  HEARING_POSTPONEMENT: { zh: '延期听证通知书', en: 'notice of a later hearing', section: 'HEARING', by: 'AUTHORITY', outer: true },
  POSTPONEMENT_REFUSAL: { zh: '不同意延期听证通知书', en: 'refusal of a later hearing', section: 'HEARING', by: 'AUTHORITY', outer: true },
  RECUSAL_REQUEST: { zh: '听证主持人回避申请书', en: 'request for the recusal of the host', section: 'HEARING', by: 'PARTY' },
  RECUSAL_DECISION: { zh: '听证主持人回避决定书', en: 'decision on the recusal', section: 'HEARING', by: 'AUTHORITY', outer: true },
  HEARING_ADJOURNMENT: { zh: '中止听证通知书', en: 'notice of the adjournment', section: 'HEARING', by: 'AUTHORITY', outer: true },
  HEARING_RESUMPTION: { zh: '恢复听证通知书', en: 'notice that the hearing goes on', section: 'HEARING', by: 'AUTHORITY', outer: true },
  HEARING_RECORD: { zh: '听证笔录与听证报告', en: 'hearing record and report', section: 'HEARING', by: 'AUTHORITY' },
  DEFENCE_REVIEW: { zh: '陈述申辩复核意见', en: 'review of the defence', section: 'OPINION', by: 'AUTHORITY' },
  LEGAL_REVIEW: { zh: '法制审核意见书', en: 'legal review', section: 'OPINION', by: 'AUTHORITY' },
  COLLECTIVE_DISCUSSION: {
    zh: '集体讨论记录',
    en: 'collective discussion record',
    section: 'OPINION',
    by: 'AUTHORITY',
  },
  PENALTY_DECISION: {
    zh: '行政处罚决定书',
    en: 'penalty decision',
    section: 'DECISION',
    by: 'AUTHORITY',
    outer: true,
    approval: 'THE_ACT',
  },
  NO_PENALTY_DECISION: {
    zh: '不予行政处罚决定书',
    en: 'decision without penalty',
    section: 'DECISION',
    by: 'AUTHORITY',
    outer: true,
  },
  NOT_ESTABLISHED_DECISION: {
    zh: '违法事实不成立决定书',
    en: 'decision that nothing was established',
    section: 'DECISION',
    by: 'AUTHORITY',
    outer: true,
  },
  TRANSFER_APPROVAL: {
    zh: '移送涉嫌犯罪案件审批表',
    en: 'approval of a criminal transfer',
    section: 'OPINION',
    by: 'AUTHORITY',
  },
  TRANSFER_LETTER: {
    zh: '涉嫌犯罪案件移送书',
    en: 'criminal transfer letter',
    section: 'DECISION',
    by: 'AUTHORITY',
    approval: 'APPROVE_TRANSFER',
  },
  POLICE_ANSWER: { zh: '公安机关答复', en: 'answer of the police', section: 'DECISION', by: 'AUTHORITY' },
  PAYMENT_VOUCHER: { zh: '缴款凭证', en: 'payment voucher', section: 'PERFORMANCE', by: 'PARTY' },
  PAYMENT_RECORD: { zh: '罚款收缴登记', en: 'fine register entry', section: 'PERFORMANCE', by: 'AUTHORITY' },
  INSTALMENT_NOTICE: {
    zh: '同意延期（分期）缴纳罚款通知书',
    en: 'deferral notice',
    section: 'PERFORMANCE',
    by: 'AUTHORITY',
    outer: true,
  },
  INSTALMENT_REFUSAL: { zh: '不同意延期（分期）缴纳罚款通知书', en: 'refusal of deferral', section: 'PERFORMANCE', by: 'AUTHORITY', outer: true },
  PENALTY_EXECUTION: { zh: '没收、吊销、关闭执行记录', en: 'record of the carrying out of a penalty', section: 'PERFORMANCE', by: 'AUTHORITY' },
  REFUND_DECISION: { zh: '退还罚款决定书', en: 'decision on the refund', section: 'PERFORMANCE', by: 'AUTHORITY', outer: true },
  REFUND_RECORD: { zh: '退还罚款登记', en: 'refund register entry', section: 'PERFORMANCE', by: 'AUTHORITY' },
  STAY_NOTICE: { zh: '停止执行通知书', en: 'notice of the stay', section: 'PERFORMANCE', by: 'AUTHORITY', outer: true },
  STAY_LIFTED: { zh: '恢复执行通知书', en: 'notice that execution goes on', section: 'PERFORMANCE', by: 'AUTHORITY', outer: true },
  OFFICER_RECUSAL_REQUEST: { zh: '执法人员回避申请书', en: 'request for the recusal of an officer', section: 'NOTICE', by: 'PARTY' },
  OFFICER_RECUSAL_DECISION: { zh: '执法人员回避决定书', en: 'decision on the recusal of an officer', section: 'NOTICE', by: 'AUTHORITY', outer: true },
  OVERDUE_RECORD: { zh: '逾期未缴罚款记录', en: 'record of late payment', section: 'PERFORMANCE', by: 'AUTHORITY' },
  DEMAND_NOTICE: { zh: '履行义务催告书', en: 'demand notice', section: 'PERFORMANCE', by: 'AUTHORITY', outer: true },
  COURT_APPLICATION: { zh: '强制执行申请书', en: 'court application', section: 'PERFORMANCE', by: 'AUTHORITY' },
  ENFORCEMENT_RECORD: { zh: '强制执行结果', en: 'result of enforcement', section: 'PERFORMANCE', by: 'AUTHORITY' },
  RECTIFICATION_ORDER: {
    zh: '责令改正违法行为决定书',
    en: 'rectification order',
    section: 'RECTIFICATION',
    by: 'AUTHORITY',
    outer: true,
    approval: 'THE_ACT',
  },
  RECTIFICATION_REPORT: { zh: '整改报告', en: 'rectification report', section: 'RECTIFICATION', by: 'PARTY' },
  RECTIFICATION_CHECK: { zh: '整改核查表', en: 'rectification check', section: 'RECTIFICATION', by: 'AUTHORITY' },
  RECTIFICATION_WAIVER: {
    zh: '无须整改说明',
    en: 'ground why no correction is needed',
    section: 'RECTIFICATION',
    by: 'AUTHORITY',
  },
  REMEDY_RECORD: { zh: '复议、诉讼登记与结果', en: 'remedy record', section: 'DECISION', by: 'AUTHORITY' },
  CLOSING_PROPOSAL: { zh: '结案呈批', en: 'closing proposal', section: 'OPINION', by: 'AUTHORITY' },
  CLOSING_APPROVAL: { zh: '结案审批表', en: 'closing approval', section: 'CLOSING', by: 'AUTHORITY' },
  TERM_EXTENSION: { zh: '延长办案期限审批表', en: 'extension of the term', section: 'OPINION', by: 'AUTHORITY' },
  EXCLUSION_RECORD: { zh: '不计入办案期限记录', en: 'record of excluded time', section: 'OPINION', by: 'AUTHORITY' },
  NOTICE_WITHDRAWAL: {
    zh: '撤回行政处罚事先告知通知书',
    en: 'withdrawal of the prior notice',
    section: 'NOTICE',
    by: 'AUTHORITY',
    outer: true,
  },
  CORRECTION_NOTICE: { zh: '文书更正通知书', en: 'correction of a paper', section: 'DECISION', by: 'AUTHORITY', outer: true },
  REOPENING_APPROVAL: { zh: '重新办理审批表', en: 'approval to reopen', section: 'CLOSING', by: 'AUTHORITY' },
  VIOLATION_ADDED: { zh: '增加违法行为审批表', en: 'approval to add a violation', section: 'FILING', by: 'AUTHORITY' },
  SPLIT_APPROVAL: { zh: '分案审批表', en: 'approval to split the case', section: 'FILING', by: 'AUTHORITY' },
  PARTY_ADDED: { zh: '共同违法当事人另案处理审批表', en: 'approval of a case against another party', section: 'FILING', by: 'AUTHORITY' },
  MERGER_APPROVAL: { zh: '并案审批表', en: 'approval of the merger', section: 'FILING', by: 'AUTHORITY' },
  MERGER_RECORD: { zh: '并入案件记录', en: 'record of the case taken in', section: 'FILING', by: 'AUTHORITY' },
  PARTY_CHANGE: { zh: '当事人名称变更记录', en: 'change of the party’s name', section: 'EVIDENCE', by: 'AUTHORITY' },
  ON_SPOT_DECISION: {
    zh: '当场行政处罚决定书',
    en: 'decision on the spot',
    section: 'DECISION',
    by: 'AUTHORITY',
    outer: true,
  },
  ON_SPOT_FILING: { zh: '当场处罚备案表', en: 'filing of a decision on the spot', section: 'FILING', by: 'AUTHORITY' },
  INSTALMENT_REQUEST: { zh: '延期（分期）缴纳申请', en: 'request for instalments', section: 'PERFORMANCE', by: 'PARTY' },
  CORRECTION_DEMAND: { zh: '改正催告书', en: 'demand to correct', section: 'RECTIFICATION', by: 'AUTHORITY', outer: true },
  SUBSTITUTE_DECISION: {
    zh: '代履行决定书',
    en: 'decision on substitute performance',
    section: 'RECTIFICATION',
    by: 'AUTHORITY',
    outer: true,
  },
  SUBSTITUTE_RECORD: { zh: '代履行记录', en: 'record of substitute performance', section: 'RECTIFICATION', by: 'AUTHORITY' },
  CORRECTION_COURT_APPLICATION: { zh: '强制执行申请书（责令改正）', en: 'court application to enforce the order', section: 'RECTIFICATION', by: 'AUTHORITY' },
  CORRECTION_ENFORCEMENT_RECORD: { zh: '责令改正强制执行结果', en: 'how the order was enforced', section: 'RECTIFICATION', by: 'AUTHORITY' },
  ...MEASURE_PAPERS,
  DOSSIER_CATALOGUE: { zh: '卷内目录', en: 'dossier catalogue', section: 'CLOSING', by: 'AUTHORITY' },
} as const satisfies Record<string, PaperEntry>;
export type PaperKind = keyof typeof PAPER_KINDS;

/** Title, section of the file and author of a kind of paper. */
export const paperEntry = (kind: PaperKind): PaperEntry => PAPER_KINDS[kind];
