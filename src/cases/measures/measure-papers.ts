import type { PaperEntry } from '../papers/paper-kinds.ts';

const inner = (zh: string, en: string) => ({ zh, en, section: 'OPINION', by: 'AUTHORITY' }) as const;
const kept = (zh: string, en: string) => ({ zh, en, section: 'MEASURE', by: 'AUTHORITY' }) as const;
const handed = (zh: string, en: string) => ({ ...kept(zh, en), outer: true }) as const;
const sealed = (zh: string, en: string) => ({ ...handed(zh, en), approval: 'THE_ACT' }) as const;
const party = (zh: string, en: string) => ({ zh, en, section: 'MEASURE', by: 'PARTY' }) as const;

/** Papers of the special measures. */
export const MEASURE_PAPERS = {
  PRESERVATION_PROPOSAL: inner('先行登记保存呈批', 'proposal to preserve evidence'),
  PRESERVATION_APPROVAL: inner('先行登记保存证据审批表', 'approval of the preservation'),
  PRESERVATION_ORDER: sealed('先行登记保存证据决定书', 'preservation order'),
  PRESERVATION_LIST: handed('先行登记保存证据清单', 'list of preserved evidence'),
  PRESERVATION_RECORD: handed('先行登记保存现场笔录', 'record of the preservation'),
  PRESERVATION_RESULT: handed('先行登记保存证据处理决定书', 'handling of the preserved evidence'),
  PRESERVATION_LAPSE: kept('先行登记保存自动解除记录', 'record that the preservation lapsed'),

  SEALING_PROPOSAL: inner('查封、扣押呈批', 'proposal to seal'),
  SEALING_APPROVAL: inner('查封、扣押审批表', 'approval of the sealing'),
  SEALING_ORDER: sealed('查封（扣押）决定书', 'sealing order'),
  SEALING_LIST: handed('查封（扣押）物品清单', 'list of sealed objects'),
  SEALING_RECORD: handed('查封（扣押）现场笔录', 'record of the sealing'),
  SEALING_EXTENSION: sealed('查封（扣押）延期通知书', 'extension of the sealing'),
  SEALING_APPRAISAL: handed('查封（扣押）期间检测、鉴定告知书', 'notice of a test or appraisal during the sealing'),
  SEALING_APPRAISAL_END: kept('查封（扣押）期间检测、鉴定结束记录', 'record that the test or appraisal has ended'),
  RELEASE_REQUEST: party('解除查封（扣押）申请书', 'request for release'),
  RELEASE_CHECK: inner('解除申请检查意见', 'check of the request for release'),
  SEALING_RELEASE: sealed('解除查封（扣押）决定书', 'release'),
  SEALING_OVERRUN: kept('查封、扣押期满未解除记录', 'record that the sealing ran over its term'),

  PRODUCTION_ORDER: sealed('责令限制生产（停产整治）决定书', 'production order'),
  PRODUCTION_PLAN: party('限产停产整改方案', 'correction plan'),
  PRODUCTION_EXTENSION: sealed('延长限制生产期限通知书', 'extension of the limit'),
  PRODUCTION_CHECK: kept('限产停产检查记录', 'check of the production order'),
  PRODUCTION_COMPLETION: party('整改完成报告', 'report of completion'),
  PRODUCTION_FILING: party('整改完成备案材料', 'filing of completion'),
  PRODUCTION_EXPIRY: kept('限制生产期限届满记录', 'record that the limit ran out'),
  PRODUCTION_ENDED: handed('限制生产（停产整治）终止通知书', 'notice that the production order has ended'),
  CLOSURE_PROPOSAL: kept('报请责令停业、关闭的请示', 'proposal of closure'),

  MONITORING_REPORT: { zh: '监测报告收件记录', en: 'receipt of the monitoring report', section: 'EVIDENCE', by: 'AUTHORITY' },
  DAILY_PROPOSAL: inner('按日连续处罚呈批与计罚表', 'proposal and count of the daily penalty'),
  DAILY_DROPPED: handed('不实施按日连续处罚通知书', 'notice that no daily penalty is imposed'),
  DAILY_NOTICE: sealed('按日连续处罚事先（听证）告知书', 'notice of the daily penalty'),
  DAILY_DEFENCE: party('对按日连续处罚的陈述申辩、听证申请', 'defence against the daily penalty'),
  DAILY_HEARING_NOTICE: handed('按日连续处罚听证通知书', 'notice of the hearing'),
  DAILY_HEARING_RECORD: kept('按日连续处罚听证笔录与报告', 'hearing record'),
  DAILY_WINDOW_RECORD: kept('按日连续处罚陈述申辩期届满记录', 'record that the window ended'),
  DAILY_DEFENCE_REVIEW: inner('按日连续处罚陈述申辩复核意见', 'review of the defence'),
  DAILY_LEGAL_REVIEW: inner('按日连续处罚法制审核意见', 'legal review of the daily penalty'),
  DAILY_DISCUSSION: inner('按日连续处罚集体讨论记录', 'discussion of the daily penalty'),
  DAILY_PENALTY: sealed('按日连续处罚决定书', 'daily penalty'),
  DAILY_INSTALMENT_REQUEST: party('延期（分期）缴纳按日连续处罚罚款申请', 'request to pay the daily penalty in parts'),
  DAILY_INSTALMENT_NOTICE: handed('同意延期（分期）缴纳按日连续处罚罚款通知书', 'daily penalty payable later or in parts'),
  DAILY_INSTALMENT_REFUSAL: handed('不同意延期（分期）缴纳按日连续处罚罚款通知书', 'refusal to pay the daily penalty later'),
  DAILY_OVERDUE_RECORD: { zh: '按日连续处罚逾期未缴记录', en: 'record of the late daily penalty', section: 'PERFORMANCE', by: 'AUTHORITY' },
  DAILY_DEMAND_NOTICE: { zh: '履行义务催告书（按日连续处罚）', en: 'demand for the daily penalty', section: 'PERFORMANCE', by: 'AUTHORITY', outer: true },
  DAILY_COURT_APPLICATION: { zh: '强制执行申请书（按日连续处罚）', en: 'court application for the daily penalty', section: 'PERFORMANCE', by: 'AUTHORITY' },
  DAILY_ENFORCEMENT_RECORD: { zh: '按日连续处罚强制执行结果', en: 'how the daily penalty was enforced', section: 'PERFORMANCE', by: 'AUTHORITY' },
  DAILY_REVOCATION: handed('撤销按日连续处罚决定通知书', 'revocation of the daily penalty'),
  DAILY_PAYMENT: { zh: '按日连续处罚罚款收缴登记', en: 'payment of the daily penalty', section: 'PERFORMANCE', by: 'AUTHORITY' },

  TRANSFER_PROPOSAL: inner('移送涉嫌犯罪呈批', 'proposal of a criminal transfer'),
  TRANSFER_OPINION: inner('移送涉嫌犯罪法制意见', 'legal opinion on the transfer'),
  TRANSFER_REJECTION: inner('不批准移送决定', 'transfer rejected'),
  TWO_LAW_ENTRY: kept('两法衔接平台录入记录', 'entry on the two-law platform'),
  GOODS_HANDOVER: kept('涉案物品、案卷移交清单', 'handover of goods and papers'),
  REFUSAL_REVIEW_REQUEST: kept('提请复议、立案监督意见书', 'request to review the refusal'),
  TRANSFER_RETURN: kept('移送案件退回处理记录', 'return from the criminal procedure'),

  DETENTION_PROPOSAL: inner('移送行政拘留呈批', 'proposal of a detention transfer'),
  DETENTION_APPROVAL: inner('移送适用行政拘留案件审批表', 'approval of the detention transfer'),
  DETENTION_REJECTION: inner('不移送行政拘留意见', 'detention transfer rejected'),
  DETENTION_LETTER: { ...kept('移送适用行政拘留环境违法案件函', 'detention transfer letter'), approval: 'APPROVE_DETENTION' },
  DETENTION_ANSWER: kept('公安机关处理结果（行政拘留）', 'answer on detention'),
  DETENTION_WITHDRAWAL: kept('撤回移送行政拘留函', 'withdrawal of the detention transfer'),

  DAMAGE_CLUE: kept('生态环境损害赔偿线索登记表', 'damage clue'),
  DAMAGE_APPRAISAL: kept('损害调查与鉴定评估登记', 'appraisal of the damage'),
  DAMAGE_DROPPED: inner('不启动索赔审批', 'claim not pursued'),
  NEGOTIATION_LETTER: sealed('生态环境损害赔偿磋商函', 'letter of negotiation'),
  NEGOTIATION_RECORD: kept('生态环境损害赔偿磋商记录', 'record of the negotiation'),
  DAMAGE_AGREEMENT: sealed('生态环境损害赔偿协议', 'damage agreement'),
  AGREEMENT_CONFIRMATION: kept('司法确认登记', 'confirmation by the court'),
  DAMAGE_SUIT: kept('生态环境损害赔偿起诉登记', 'damage suit'),
  DAMAGE_JUDGMENT: kept('生态环境损害赔偿裁判登记', 'judgment on damage'),
  REPAIR_REPORT: party('修复完成报告', 'report of repair'),
  REPAIR_EVALUATION: kept('修复效果评估登记', 'evaluation of the repair'),

  MAJOR_CASE_MARK: inner('重大案件认定', 'marking as a major case'),
  MAJOR_CASE_REPORT: inner('重大案件上报记录', 'report of the major case'),
  MAJOR_CASE_INSTRUCTION: inner('上级指示、挂牌督办登记', 'instruction from above'),
} as const satisfies Record<string, PaperEntry>;
