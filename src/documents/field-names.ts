/** Names of the fields of all documents, as a person would call them: `字段|field`. One name for one field everywhere. */
const NAMES = {
  party: '当事人|Party', unit: '当事人|Party', cause: '案由|Cause', facts: '违法事实|Facts', evidence: '证据|Evidence', investigated: '调查经过|Investigation',
  broken: '违反的规定|Provisions broken', penal: '处罚依据|Penal provisions', basis: '依据|Legal basis', grounds: '涉嫌违反的规定|Provisions said to be broken', legalBasis: '法律依据|Legal basis',
  defence: '告知与陈述申辩|Notice and defence', points: '陈述申辩逐条意见|Points of the defence', discretion: '裁量理由|Discretion', attendance: '当事人到场和签名|Attendance of the party', benchmark: '裁量基准|Benchmark',
  decisions: '决定内容|What is decided', amount: '金额|Amount', transfer: '移送公安机关|Transfer to the police', payment: '缴纳方式和期限|Payment', consequence: '逾期后果|Consequence', remedies: '救济途径|Remedies',
  file: '决定所依据的案卷|File the decision rests on', proposal: '拟处理意见|Proposal', statementTerm: '陈述申辩期限|Term of the defence', hearing: '听证权利|Hearing', contact: '联系人|Contact',
  demands: '改正要求|Demands', dueOn: '期限|Due on', reportTo: '报送方式|Where to report', conclusion: '结论|Conclusion', reviewers: '审核人员|Reviewers', officers: '执法人员|Officers',
  opinions: '审批意见|Opinions', source: '来源|Source', reason: '理由|Reason', receivedOn: '收到日期|Received on', limit: '期限|Term', startedAt: '开始时间|Began',
  endedAt: '结束时间|Ended', platform: '平台|Platform', recordingId: '录音录像编号|Recording', identityCheck: '身份核验|Identity check', asked: '被询问人|Person asked',
  recorder: '记录人|Recorder', rightsTold: '权利义务告知|Rights told', dialogue: '询问内容|Questions and answers', serviceAddress: '送达地址|Address for service',
  checkedByAsked: '被询问人核对意见|Confirmed by the person asked', method: '方式|Method', environment: '环境|Environment', files: '文件|Files', logRoot: '存证根|Root of the log',
  operator: '提取人|Extracted by', assistant: '见证执法人员|Second officer', confirmation: '确认|Confirmation', confirmedBy: '确认人|Confirmed by', origin: '案件来源|Origin',
  course: '办理经过|Course', jurisdiction: '管辖|Jurisdiction', procedure: '程序|Procedure', limitation: '时效|Limitation', lawAndDiscretion: '法律适用和裁量|Law and discretion',
  violation: '违法行为|Violation', table: '裁量表|Table', tableVersion: '裁量表版本|Version of the table', formula: '计算方法|Formula', minimum: '法定下限|Minimum', maximum: '法定上限|Maximum',
  factors: '裁量因子|Factors', trace: '计算过程|Calculation', adjustments: '调整|Adjustments', sentence: '说明|In words', heldAt: '时间|Held at', place: '地点|Place', host: '主持人|Chair',
  members: '成员意见|Members', attendees: '列席人员|Attending', report: '情况报告|Report', discussion: '讨论情况|Discussion', result: '结果|Result', noticeNumber: '告知书文号|Number of the notice',
  servedOn: '送达日期|Served on', summary: '摘要|Summary', ground: '事由|Ground', subject: '主体资格|Competence', factsAndEvidence: '事实和证据|Facts and evidence',
  documents: '文书|Documents', crime: '是否涉嫌犯罪|Crime suspected', told: '告知内容|What was told', consents: '是否同意|Consent', channels: '送达渠道|Channels',
  documentsCovered: '适用文书|Documents covered', paperAddress: '纸质送达地址|Postal address', recipient: '受送达人|Recipient', phone: '电话|Phone', signer: '签署人|Signer',
  documentTitle: '送达文书|Document served', documentNumber: '文号|Number', documentSha256: '文书校验值|Digest of the document', system: '系统|System', sentAt: '发出时间|Sent at',
  arrivedAt: '到达时间|Arrived at', legalDay: '法定送达日|Legal day of service', readAt: '阅读时间|Read at', confirmedAt: '签收时间|Confirmed at', receiptId: '回执编号|Receipt', receipt: '签收记录|Record of receipt',
  consentNumber: '确认书文号|Number of the consent', server: '送达人|Server', second: '另一名送达人|Second server', remark: '备注|Remark', remarks: '备考|Remarks', orderNumber: '责令改正决定书文号|Number of the order',
  methodReason: '采用该方式的理由|Why this method', checkedFrom: '核查起|Checked from', checkedTo: '核查止|Checked until', findings: '核查情况|Findings', proof: '证明材料|Proof',
  checkers: '核查人员|Checked by', filedOn: '立案日期|Filed on', decisionNumber: '决定书文号|Number of the decision', decidedOn: '决定日期|Decided on', performance: '履行情况|Performance',
  rectification: '整改情况|Correction', remedyCourse: '救济情况|Course of remedies', caseTitle: '案件名称|Case', caseNumber: '案号|Case number', retention: '保管期限|Retention', volume: '卷别|Volume',
  items: '目录|Items', filedBy: '立卷人|Filed by', checkedBy: '检查人|Checked by', sheetNumber: '督办单编号|Number of the sheet', outfall: '排放口|Outfall', period: '时段|Period', finding: '发现|Finding',
  answer: '反馈|Answer', comparisons: '比对|Comparisons', note: '说明|Note', falseAnswer: '反馈不实|False answer', against: '与平台记录不一致的认定理由|Why against the record', measure: '措施|Measure', failure: '未履行情形|Failure', ordinal: '次数|Ordinal',
  countedSince: '起算日|Counted since', next: '后续|What follows', demand: '要求|Demand', failures: '未履行情形|Failures', topics: '约谈事项|Topics', said: '约谈内容|What was said',
  answered: '答复|Answer', commitments: '承诺|Commitments', quantity: '数量|Quantity', asOf: '截至|As of', exceeded: '已超过|Exceeded', forecast: '预测|Forecast', toDo: '应做事项|What to do',
  month: '月份|Month', receiver: '接收单位|Receiver', reporters: '报送人|Reported by', things: '物品|Objects', proportion: '比例原则|Proportion', term: '期限|Term', duties: '义务|Duties',
  keeper: '保管人|Keeper', seals: '封条|Seals', takenAt: '实施时间|Taken at', signedBy: '签收人|Signed by', witness: '见证人|Witness', present: '到场情况|Present', toldRights: '告知权利|Rights told',
  spot: '采样点位|Sampling point', samplers: '采样人员|Samplers', instrument: '采样仪器|Instrument', samples: '样品|Samples', laboratory: '监测（检测）机构|Laboratory', signature: '签名情况|Signature', production: '生产情况|Production',
  formalities: '环评、验收、许可等手续|Formalities', treatment: '污染物治理和排放情况|Treatment', found: '发现的情况|What was found', photos: '采样、拍照、录像情况|Photographs',
  statement: '陈述|Statement', paragraphs: '正文|Text', sections: '段落|Sections', schedule: '分期|Instalments', rows: '事项|Rows', rule: '规则|Rule', ruleVersion: '规则版本|Version of the rule',
  window: '数据时段|Window', observations: '监测数据|Observations', feedback: '反馈方式|How to answer', feedbackDue: '反馈期限|Answer due', reviewNo: '审核编号|Review', recheckNote: '监控部门复核|Recheck of control staff', matters: '线索|Clues', dataReview: '数据审核|Review of the data', clueNo: '线索编号|Clue', clueMatter: '线索事项|Matter of the clue',
  object: '审核对象|Object', time: '时间|Time', factor: '污染因子|Pollutant', values: '数值|Values', generation: '数据产生、存储、传输|Generation of the data', marks: '标记与报告|Marks',
  video: '视频核查|Video', platformState: '平台状态|State of the platform', relevance: '关联性|Relevance', authenticity: '真实性|Authenticity', completeness: '完整性|Completeness', legality: '合法性|Legality',
  otherMatters: '其他|Other matters', checks: '核查项目|Checks', listVersion: '清单版本|Version of the list', panel: '研判机构|Analysing body', clues: '线索|Clues', changes: '变更|Changes', analysts: '研判人员|Analysts',
  opinionNumber: '审核意见编号|Number of the opinion', dataAccess: '数据查询|Access to the data', statementWay: '陈述方式|How to state', statementUntil: '陈述截止|State until', attachments: '附件|Attachments',
  title: '文书名称|Title of the paper', partyAs: '当事人的称谓|What the party is called', signatures: '签名人|To be signed by', submitter: '提交人|Handed in by', identity: '身份|Signed in as', submittedAt: '提交时间|Handed in at', about: '所针对的文书|Paper it answers', statements: '提交内容|What is said', matter: '提交事项|Matter',
  circumstances: '主观过错、持续时间、次数和后果|Fault, duration, times, consequences', orderServedOn: '责令改正决定书送达日期|Order served on',
  sender: '移送单位|Sender', dueNote: '期限提示|Term', receivedAt: '接收时间|Received at', senders: '移送人|Sent by', receivers: '接收人|Received by', originalNumber: '原决定书文号|Number of the first decision',
  originalAmount: '原罚款数额|First fine', spans: '计罚期间|Days counted', days: '天数|Days', rights: '权利|Rights', to: '受移送机关|To', copy: '抄送|Copy', reference: '移送文号|Reference', brief: '简要案情|Brief',
  decided: '决定|Decided', persons: '责任人|Persons', materials: '材料清单|Materials', damage: '损害情况|Damage', estimate: '损害估算|Estimate', claim: '索赔主张|Claim', repair: '修复方案|Repair', terms: '约定|Terms',
} as const satisfies Record<string, `${string}|${string}`>;

export interface FieldName {
  readonly zh: string;
  readonly en: string;
}

/** What a field of a document is called; undefined for a name no document has. */
export function fieldName(field: string): FieldName | undefined {
  const name: string | undefined = Object.hasOwn(NAMES, field) ? NAMES[field as keyof typeof NAMES] : undefined;
  const [zh, en] = name?.split('|') ?? [];
  return zh === undefined || en === undefined ? undefined : { zh, en };
}
