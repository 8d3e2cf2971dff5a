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
  situation: w('法定情形', 'Situation by law'), things: w('物品', 'Objects'), item: w('名称', 'Name'), model: w('型号', 'Model'), serial: w('编号', 'Serial number'),
  quantity: w('数量', 'Quantity'), relation: w('与违法行为的关系', 'What ties it to the act'), keeper: w('保管人', 'Keeper'), takenAt: w('实施（取得）时间', 'Taken at'),
  partyPresent: w('当事人到场', 'party present'), partyName: w('到场人姓名', 'Who was present'), witness: w('见证人', 'Witness'), toldRights: w('当场告知内容', 'What was told'),
  measure: w('措施', 'Measure'), proportion: w('比例原则', 'Proportion'), necessity: w('必要性', 'Why it is necessary'), lighterMeans: w('为何不能采取较轻措施', 'Why nothing lighter will do'),
  impact: w('对民生、安全和第三人的影响', 'Effect on livelihood, safety, others'), sparedKind: w('可以不予查封扣押的情形（如有）', 'Case where it may be spared'), sparedReason: w('仍须查封扣押的理由', 'Why seal nevertheless'),
  sealNumbers: w('封条编号', 'Seal numbers'), endsDischarge: w('实施后违法排放停止', 'the discharge ends with it'), fit: w('符合解除条件', 'to be released'), handedBackTo: w('退还接收人', 'Handed back to'),
  way: w('方式', 'Way'), plan: w('整改方案', 'Plan'), publishedAt: w('公开处', 'Published at'), monitoringReport: w('监测报告', 'Monitoring report'), checkedOn: w('检查日期', 'Checked on'),
  obeyed: w('合格', 'passed'), government: w('人民政府', 'Government'), laboratory: w('监测机构', 'Laboratory'), reportNo: w('报告编号', 'Report number'), need: w('原因', 'Reason'),
  filedOn: w('立案日期', 'Filed on'), goods: w('移交的物品和案卷', 'Goods and papers'), receivedBy: w('接收人', 'Received by'), procuratorate: w('抄送检察机关', 'Copy to the procuratorate'),
  materials: w('移送材料清单', 'Materials sent'), material: w('材料', 'Material'), pages: w('页数', 'Pages'), persons: w('责任人', 'Persons'), part: w('参与情况', 'Part taken'), basis: w('依据', 'Legal basis'),
  damage: w('损害情况', 'Damage'), evidenceNote: w('证据', 'Evidence'), institution: w('机构', 'Institution'), claim: w('索赔主张', 'Claim'),
  repair: w('修复方案', 'Repair'), terms: w('约定', 'Terms'), instruction: w('指示内容', 'Instruction'), listed: w('挂牌督办', 'listed for supervision'), 
  obstructed: w('拒绝、阻挠复查', 're-check obstructed'), announced: w('事先告知了当事人', 'announced beforehand'),
  signer: w('签署人', 'Signer'), statement: w('声明', 'Statement'), catalogue: w('卷内目录', 'Dossier catalogue'),
};

/** A field that means something else in one act. */
export const FIELDS_OF: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  PASS_CASE_REVIEW: { jurisdiction: w('管辖', 'Jurisdiction') },
  CHECK_RECTIFICATION: { from: w('核查数据起', 'Data from'), to: w('核查数据止', 'Data until') },
  TRANSFER_OUT: { to: w('移送机关', 'To authority') },
  SEND_TRANSFER: { to: w('公安机关', 'To the police') },
  SEND_DETENTION: { to: w('公安机关', 'To the police') },
  RECORD_POLICE_FORWARDED: { to: w('转送机关', 'Passed on to') },
  REPORT_MAJOR_CASE: { to: w('上报机关', 'Reported to'), course: w('案情', 'Course') },
  RECORD_INSTRUCTION: { from: w('指示机关', 'From') },
  CARRY_OUT_PRESERVATION: { statement: w('陈述申辩', 'What the party said') },
  PRESERVE_URGENTLY: { statement: w('陈述申辩', 'What the party said') },
  CARRY_OUT_SEALING: { statement: w('陈述申辩', 'What the party said') },
  SEAL_URGENTLY: { statement: w('陈述申辩', 'What the party said') },
  PROPOSE_DETENTION: { reason: w('移送理由', 'Reason') },
  ASK_REFUSAL_REVIEW: { body: w('向谁提出', 'To whom') },
  GIVE_TRANSFER_OPINION: { agrees: w('同意移送', 'agrees to the transfer') },
  APPRAISE_DAMAGE: { estimate: w('损害数额（元）', 'Estimate of the damage (yuan)') },
  RECEIVE_MONITORING_REPORT: { result: w('监测结果', 'Result') },
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
  SEALING: w('查封', 'sealing'), SEIZURE: w('扣押', 'seizure'), COPIED: w('记录、复制、拍照等固定后退还', 'copied and given back'), APPRAISED: w('送交鉴定', 'sent for appraisal'),
  SEALED: w('依法查封、扣押', 'sealed or seized'), CONFISCATED: w('依法没收', 'confiscated'), RETURNED: w('退还、退回', 'returned'), TO_BE_CHECKED: w('线索需要查证（7日）', 'clue to be checked (7 days)'),
  COMPLEX: w('案情重大、复杂（30日）', 'complex (30 days)'), POLICE: w('公安机关（复议）', 'police (review)'), PROCURATORATE: w('人民检察院（立案监督）', 'procuratorate'),
  WITHDRAWN: w('撤销案件', 'withdrawn'), NOT_PROSECUTED: w('不起诉', 'not prosecuted'), EXEMPTED: w('免予刑事处罚', 'exempted'), ACQUITTED: w('宣告无罪', 'acquitted'),
  DETAINED: w('已行政拘留', 'detained'), NOT_DETAINED: w('不予拘留', 'not detained'), SIMPLE: w('简易评估', 'simple appraisal'), FORMAL: w('鉴定评估', 'formal appraisal'),
};

/** Days of the law, and moments: JSON Schema knows only texts and integers, so the name decides. */
export const DAYS = new Set(['actStart', 'actEnd', 'obtainedOn', 'dueOn', 'paidOn', 'untilDay', 'receivedOn', 'completedOn', 'legalDay', 'checkedOn', 'filedOn']);
export const MOMENTS = new Set(['startedAt', 'endedAt', 'heldAt', 'arrivedAt', 'takenAt']);
