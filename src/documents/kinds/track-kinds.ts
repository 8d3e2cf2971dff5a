import { form, letterTo } from './procedure-kinds.ts';

/** Records and letters of the tracks beside the main one: terms that ran out, production, police, damage, major cases. */
export const trackKinds = {
  PRESERVATION_LAPSE: form('D12c', '先行登记保存自动解除记录', 'Record that the preservation lapsed', '登解', [{ label: '登记保存决定书', text: '示环登存〔2026〕1号' }, { label: '解除日期', text: '2026年3月23日' }]),
  SEALING_OVERRUN: form('D31e', '查封、扣押期满未解除记录', 'Record that the sealing ran over its term', '封逾', [{ label: '查封（扣押）决定书', text: '示环查封〔2026〕1号' }, { label: '期限届满', text: '2026年4月11日' }]),

  SEALING_APPRAISAL_END: form('D31f', '查封（扣押）期间检测、鉴定结束记录', 'Record that the test or appraisal has ended', '检终', [{ label: '结果', text: '鉴定意见已经作出。' }, { label: '查封（扣押）期限届满', text: '2026年4月21日' }]),

  PRODUCTION_CHECK: form('D32c', '限制生产、停产整治检查记录', 'Check of a production order', '限检', [{ label: '检查日期', text: '2026年4月20日' }, { label: '检查情况', text: '生产负荷不超过六成。' }]),
  PRODUCTION_EXPIRY: form('D32d', '限制生产期限届满记录', 'Record that the limit ran out', '限届', [{ label: '期限届满', text: '2026年7月20日' }]),

  TRANSFER_REPORT: form('D34j', '涉嫌犯罪案件调查报告', 'Investigation report of the suspected crime', '移调', [{ label: '案件来源', text: '数据审核小组移送' }, { label: '查获情况', text: '《现场检查（勘察）笔录》示环检〔2026〕1号' }]),
  TRANSFER_GOODS: form('D34k', '涉案物品清单', 'List of goods of the case', '涉物', [{ label: '涉案物品', text: '无。本案没有先行登记保存、查封、扣押的物品。' }]),
  POLICE_ANSWER: form('D34e', '公安、司法机关处理情况登记表', 'Answer of the police or the court', '警复', [{ label: '处理情况', text: '公安机关决定立案侦查' }, { label: '文书编号', text: '立字1号' }]),
  TWO_LAW_ENTRY: form('D34f', '行政执法与刑事司法衔接平台录入记录', 'Entry on the two-law platform', '两录', [{ label: '平台编号', text: '两法0001' }]),
  GOODS_HANDOVER: form('D34g', '涉案物品、案卷移交清单', 'Handover of goods and papers', '物交', [{ label: '移交的物品和案卷', text: '控制柜1台、案卷2册' }, { label: '接收人', text: '王警官' }]),
  REFUSAL_REVIEW_REQUEST: letterTo('D34h', '提请复议、立案监督意见书', 'Request to review a refusal', '提议', { to: '示范市公安局', paragraphs: ['我局移送的涉嫌污染环境罪一案，你局决定不予立案。我局认为符合立案追诉标准，现提请复议。'], sections: [{ title: '理由', text: '排放含镍废水超过排放标准三倍以上。' }] }),
  TRANSFER_RETURN: form('D34i', '移送案件退回处理记录', 'Return from the criminal procedure', '移退', [{ label: '退回情形', text: '人民检察院决定不起诉' }]),
  DETENTION_REJECTION: form('D35c', '不移送行政拘留意见', 'Detention transfer rejected', '不拘', [{ label: '理由', text: '证据不足。' }]),
  DETENTION_ANSWER: form('D35d', '行政拘留案件处理结果登记表', 'Answer on detention', '拘复', [{ label: '处理结果', text: '决定行政拘留' }]),

  DAMAGE_APPRAISAL: form('D36b', '生态环境损害调查、鉴定评估登记表', 'Appraisal of the damage', '损评', [{ label: '评估方式', text: '简易评估' }, { label: '损害数额', text: '300000 元' }]),
  DAMAGE_DROPPED: form('D36c', '不启动生态环境损害赔偿审批表', 'Claim not pursued', '损止', [{ label: '理由', text: '损害轻微并已修复。' }]),
  NEGOTIATION_RECORD: form('D36d', '生态环境损害赔偿磋商记录', 'Record of the negotiation', '损记', [{ label: '磋商情况', text: '双方就赔偿数额和修复方式进行磋商。' }, { label: '结论', text: '达成一致。' }]),
  AGREEMENT_CONFIRMATION: form('D36e', '生态环境损害赔偿协议司法确认登记表', 'Confirmation by the court', '损确', [{ label: '法院', text: '示范市中级人民法院' }]),
  DAMAGE_SUIT: form('D36f', '生态环境损害赔偿起诉登记表', 'Damage suit', '损诉', [{ label: '受诉法院', text: '示范市中级人民法院' }]),
  DAMAGE_JUDGMENT: form('D36g', '生态环境损害赔偿裁判登记表', 'Judgment on damage', '损判', [{ label: '裁判结果', text: '支持诉讼请求' }]),
  REPAIR_EVALUATION: form('D36h', '生态环境修复效果评估登记表', 'Evaluation of the repair', '损验', [{ label: '评估结论', text: '达到修复目标' }]),

  MAJOR_CASE_MARK: form('R-重大', '重大案件认定表', 'Marking as a major case', '重认', [{ label: '情形', text: '社会影响较大' }]),
  MAJOR_CASE_REPORT: form('R-重报', '重大案件上报记录', 'Report of the major case', '重报', [{ label: '上报机关', text: '示范省生态环境厅' }]),
  MAJOR_CASE_INSTRUCTION: form('R-重示', '上级指示、挂牌督办登记表', 'Instruction from above', '重示', [{ label: '指示机关', text: '示范省生态环境厅' }]),
};
