import type { Words } from '../shapes.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** Names of the fields of commands, once for all acts. */
export const FIELDS: Readonly<Record<string, Words>> = {
  violation: w('涉嫌违法行为（案由）', 'Suspected violation'), assistOfficerId: w('协办执法人员', 'Second officer'), actStart: w('行为起', 'Act from'),
  actEnd: w('行为止', 'Act until'), facts: w('事实', 'Facts'), reason: w('理由', 'Reason'), conditions: w('立案条件（第十八条）', 'Conditions of filing (art. 18)'),
  initialProof: w('有初步证据证明违法行为', 'initial proof of a violation'), punishable: w('依法应当或者可以处罚', 'punishable by law'),
  jurisdiction: w('属于本机关管辖', 'within jurisdiction'), withinLimitation: w('未超过追责时效', 'within the limitation'), opinion: w('意见', 'Opinion'),
  ground: w('理由类别', 'Ground'), to: w('至', 'To'), title: w('名称', 'Title'), evidenceKind: w('证据种类', 'Kind of evidence'), point: w('要点', 'Point'),
  mode: w('取证方式', 'Mode'), obtainedOn: w('取得日期', 'Obtained on'), provider: w('提供人', 'Provider'), proves: w('证明对象', 'Proves'),
  source: w('来源', 'Source'), from: w('来源', 'From'), reviewId: w('审核', 'Review'), dataRef: w('数据', 'Data'), sha256: w('SHA-256 摘要', 'SHA-256 digest'),
  fileName: w('文件', 'File'), note: w('说明', 'Note'), startedAt: w('开始', 'Started'), endedAt: w('结束', 'Ended'), platform: w('询问平台', 'Platform'),
  recordingId: w('录音录像编号', 'Recording'), identityCheck: w('身份核验', 'Identity check'), asked: w('被询问人', 'Person asked'), name: w('姓名', 'Name'),
  role: w('身份职务', 'Position'), phone: w('电话', 'Phone'), rightsTold: w('权利义务告知', 'Rights told'), dialogue: w('问答', 'Questions and answers'),
  question: w('问', 'Question'), answer: w('答', 'Answer'), confirmedByAsked: w('被询问人确认', 'Confirmed by the person asked'),
  suspectedCrime: w('涉嫌罪名', 'Suspected crime'), reference: w('编号', 'Reference'), conclusion: w('结论', 'Conclusion'), proposal: w('处理建议', 'Proposal'),
  evidence: w('证据', 'Evidence'), procedure: w('程序', 'Procedure'), limitation: w('时效', 'Limitation'), lawAndDiscretion: w('法律适用和裁量', 'Law and discretion'),
  basisId: w('处罚依据', 'Legal basis'), basisReason: w('适用理由', 'Why this law applies'), grades: w('裁量因子', 'Discretion factors'),
  mitigation: w('减轻情节', 'Mitigation'), percentOff: w('低于法定最低额的百分比', 'Per cent below the minimum'), outcome: w('结果', 'Outcome'),
  heldAt: w('时间', 'Held at'), place: w('地点', 'Place'), members: w('参加人', 'Members'), post: w('职务', 'Post'), agrees: w('同意', 'agrees'),
  accountId: w('账号', 'Account'), discussion: w('讨论情况', 'Discussion'), penalties: w('处罚种类', 'Kinds of penalty'), exemptionId: w('不予处罚依据', 'Ground of exemption'),
  complex: w('情节复杂或重大（须集体讨论）', 'complex or serious (collective discussion)'), hostId: w('听证主持人', 'Hearing host'), attended: w('当事人到场', 'party attended'),
  record: w('听证笔录', 'Hearing record'), points: w('意见要点', 'Points'), report: w('听证报告', 'Hearing report'), answers: w('逐条复核', 'Answers point by point'),
  pointId: w('意见', 'Point'), accepted: w('采纳', 'accepted'), result: w('复核结果', 'Result'), subject: w('主体资格', 'Competence'), officers: w('执法人员', 'Officers'),
  factsAndEvidence: w('事实和证据', 'Facts and evidence'), documents: w('文书', 'Documents'), crime: w('是否涉嫌犯罪', 'Crime suspected?'), agreed: w('集体讨论同意', 'agreed'),
  amount: w('金额（元）', 'Amount (yuan)'), paidOn: w('缴款日期', 'Paid on'), voucher: w('票据号', 'Voucher'), untilDay: w('延至', 'Until'), court: w('法院', 'Court'),
  course: w('办理经过', 'Course'), remedyCourse: w('救济情况', 'Remedies'), archiveNo: w('档号', 'Archive number'), demands: w('改正要求', 'Demands'),
  dueOn: w('改正期限', 'Due on'), consequence: w('逾期后果', 'Consequence'), measures: w('措施', 'Measures'), completedOn: w('完成日期', 'Completed on'),
  proof: w('证明材料', 'Proof'), method: w('核查方式', 'Method'), methodReason: w('采用该方式的理由', 'Why this method'), findings: w('核查情况', 'Findings'),
  corrected: w('已改正', 'corrected'), remedy: w('救济方式', 'Remedy'), body: w('受理机关', 'Body'), receivedOn: w('受理日期', 'Received on'),
  wrong: w('原文（笔误处）', 'As it stands'), right: w('更正为', 'Corrected to'), paperId: w('已送达文书', 'Served paper'), newName: w('新名称', 'New name'),
  said: w('当事人意见', 'What the party said'), signedBy: w('当事人签收人', 'Signed for by'), schedule: w('分期', 'Instalments'), performer: w('代履行人', 'Performed by'),
  estimate: w('费用预算（元）', 'Estimated cost (yuan)'), manner: w('代履行方式', 'Manner'), cost: w('实际费用（元）', 'Cost (yuan)'),
  signer: w('签署人', 'Signer'), statement: w('声明', 'Statement'), catalogue: w('卷内目录', 'Dossier catalogue'),
};

/** A field that means something else in one act. */
export const FIELDS_OF: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  PASS_CASE_REVIEW: { jurisdiction: w('管辖', 'Jurisdiction') },
  CHECK_RECTIFICATION: { from: w('核查数据起', 'Data from'), to: w('核查数据止', 'Data until') },
  TRANSFER_OUT: { to: w('移送机关', 'To authority') },
  SEND_TRANSFER: { to: w('公安机关', 'To the police') },
  RETURN_FROM_LEGAL: { to: w('退回至', 'Back to') },
  WITHDRAW_NOTICE: { to: w('退回至', 'Back to') },
  REOPEN_CASE: { to: w('重新办理自', 'Starts again at') },
  ORDER_SUBSTITUTE: { dueOn: w('完成期限', 'Due on') },
};

/** Words for the closed lists of the commands. */
export const VALUES: Readonly<Record<string, Words>> = {
  OFFSITE: w('非现场', 'off-site'), ONSITE: w('现场', 'on-site'), REVIEWED_DATA: w('已审核的电子数据', 'reviewed electronic data'), PLATFORM_DATA: w('平台记录', 'record of the platform'),
  FILE: w('文件', 'file'), RECORD: w('笔录或说明', 'record'), PENALTY: w('予以处罚', 'penalty'), NO_PENALTY: w('不予处罚', 'no penalty'), NOT_ESTABLISHED: w('违法事实不成立', 'not established'),
  RETURN: w('退回', 'return'), UPHELD: w('维持', 'upheld'), CHANGED: w('变更', 'changed'), MORE_FACTS: w('补充调查', 'more facts'), REVOKED: w('撤销', 'revoked'),
  PERFORMING: w('履行', 'performance'), INVESTIGATING: w('调查取证', 'investigation'), DISCRETION: w('裁量', 'discretion'), WARNING: w('警告', 'warning'), FINE: w('罚款', 'fine'), CONFISCATION: w('没收', 'confiscation'),
  LIMIT_PRODUCTION: w('限制生产', 'limited production'), STOP_PRODUCTION: w('停产整治', 'stop of production'), PERMIT_REVOCATION: w('吊销许可证', 'revocation of the permit'), CLOSURE: w('责令关闭', 'closure'),
  DATA: w('数据比对', 'data'), DRONE: w('无人机', 'drone'), VEHICLE: w('走航车', 'vehicle'), RECONSIDERATION: w('行政复议', 'reconsideration'), LITIGATION: w('行政诉讼', 'litigation'),
  REFUSED: w('不予立案', 'refused'), NO_CRIME: w('不构成犯罪', 'no crime'), PUNISHED: w('已追究刑事责任', 'punished'),
};

/** Days of the law, and moments: JSON Schema knows only texts and integers, so the name decides. */
export const DAYS = new Set(['actStart', 'actEnd', 'obtainedOn', 'dueOn', 'paidOn', 'untilDay', 'receivedOn', 'completedOn', 'legalDay']);
export const MOMENTS = new Set(['startedAt', 'endedAt', 'heldAt', 'arrivedAt']);
