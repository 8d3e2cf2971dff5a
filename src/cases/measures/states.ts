import type { AnyState, StateEntry } from '../states.ts';

/** 复议、诉讼 against acts other than the decision on the penalty; which acts and how far each got is kept one by one. */
export const ACT_REMEDY_STATES = {
  NO_ACT_REMEDY: { zh: '其他决定未被申请救济', en: 'no remedy against another act' },
  ACT_CONTESTED: { zh: '其他决定在复议、诉讼中', en: 'another act is contested' },
  ACT_REMEDY_ENDED: { zh: '对其他决定的复议、诉讼已有结果', en: 'remedies against other acts ended', atRest: true },
} as const satisfies Record<string, StateEntry>;

/** 先行登记保存: seven working days, then it falls away by itself (行政处罚法 第五十六条). */
export const PRESERVATION_STATES = {
  NO_PRESERVATION: { zh: '未先行登记保存', en: 'nothing preserved' },
  PRESERVATION_PROPOSED: { zh: '先行登记保存审批中', en: 'preservation proposed', inside: true },
  PRESERVATION_APPROVED: { zh: '已批准登记保存待实施', en: 'preservation approved', inside: true },
  PRESERVED_URGENTLY: { zh: '紧急登记保存待补办审批', en: 'preserved urgently, approval to follow' },
  PRESERVED: { zh: '登记保存中', en: 'preserved' },
  PRESERVATION_HANDLED: { zh: '登记保存已处理', en: 'preserved evidence handled', atRest: true },
  PRESERVATION_LAPSED: { zh: '登记保存逾期自动解除', en: 'preservation lapsed', atRest: true },
} as const satisfies Record<string, StateEntry>;

/** 查封、扣押 (行政强制法 第二十二至二十八条; 查封扣押办法). */
export const SEALING_STATES = {
  NO_SEALING: { zh: '未查封扣押', en: 'nothing sealed' },
  SEALING_PROPOSED: { zh: '查封扣押审批中', en: 'sealing proposed', inside: true },
  SEALING_APPROVED: { zh: '已批准查封扣押待实施', en: 'sealing approved', inside: true },
  SEALED_URGENTLY: { zh: '紧急查封扣押待补办批准', en: 'sealed urgently, approval to follow' },
  SEALED: { zh: '查封扣押中', en: 'sealed' },
  SEALED_LONGER: { zh: '查封扣押已延长', en: 'sealing extended' },
  RELEASE_REQUESTED: { zh: '当事人申请解除', en: 'release requested' },
  RELEASE_PROPOSED: { zh: '检查后建议解除', en: 'release proposed after the check' },
  SEALING_OVERRUN: { zh: '查封扣押期满未解除', en: 'term of sealing overrun' },
  SEALING_FALLEN: { zh: '查封扣押决定已被撤销待解除', en: 'sealing set aside, to be released' },
  RELEASE_DECIDED: { zh: '解除决定送达中', en: 'release on its way' },
  RELEASED: { zh: '查封扣押已解除', en: 'released', atRest: true },
} as const satisfies Record<string, StateEntry>;

/** 限制生产、停产整治 (限制生产停产整治办法), on the footing of a penalty decision. */
export const PRODUCTION_STATES = {
  NO_LIMIT: { zh: '未限产停产', en: 'production not limited' },
  LIMIT_SENT: { zh: '限产停产决定送达中', en: 'production order on its way', inside: true },
  UNDER_LIMIT: { zh: '限制生产中', en: 'production limited' },
  UNDER_STOP: { zh: '停产整治中', en: 'production stopped' },
  COMPLETION_REPORTED: { zh: '整改完成待备案', en: 'correction complete, to be filed' },
  LIMIT_EXPIRED: { zh: '限制生产期限届满未备案', en: 'term over, completion not filed' },
  LIMIT_FALLEN: { zh: '限产停产失去依据待通知终止', en: 'order without its footing, end to be told' },
  LIMIT_REVOKED: { zh: '限产停产已终止', en: 'order ended, its footing gone', atRest: true },
  LIMIT_ENDED: { zh: '限产停产已解除待跟踪检查', en: 'limit ended, follow-up due' },
  FOLLOWED_UP: { zh: '跟踪检查合格', en: 'follow-up passed', atRest: true },
  LIMIT_BROKEN: { zh: '限产停产期间或解除后仍超标', en: 'still over the limit', atRest: true },
  CLOSURE_PROPOSED: { zh: '已报请人民政府责令停业关闭', en: 'closure proposed to the government', atRest: true, inside: true },
} as const satisfies Record<string, StateEntry>;

/** 按日连续处罚 (按日连续处罚办法; 生态环境法典 第一千零六十条). */
export const DAILY_STATES = {
  NO_DAILY: { zh: '未按日连续处罚', en: 'no daily penalty' },
  DAILY_PROPOSED: { zh: '拟按日连续处罚', en: 'daily penalty proposed', inside: true },
  DAILY_NOTICE_SENT: { zh: '按日连续处罚告知送达中', en: 'notice of the daily penalty on its way', inside: true },
  DAILY_WINDOW: { zh: '按日连续处罚陈述申辩期', en: 'defence window of the daily penalty' },
  DAILY_HEARING: { zh: '按日连续处罚已要求听证', en: 'hearing on the daily penalty requested' },
  DAILY_HEARING_NOTICED: { zh: '按日连续处罚已通知听证', en: 'hearing on the daily penalty notified' },
  DAILY_DEFENCE_REVIEW: { zh: '按日连续处罚陈述申辩复核', en: 'defence against the daily penalty under review' },
  DAILY_LEGAL_REVIEW: { zh: '按日连续处罚法制审核', en: 'legal review of the daily penalty' },
  DAILY_DISCUSSION: { zh: '按日连续处罚集体讨论', en: 'collective discussion of the daily penalty' },
  DAILY_READY: { zh: '按日连续处罚待决定', en: 'daily penalty ready for the decision' },
  DAILY_DECIDED: { zh: '按日连续处罚决定送达中', en: 'daily penalty on its way' },
  DAILY_PAYING: { zh: '按日连续处罚履行中', en: 'daily penalty being paid' },
  DAILY_OVERDUE: { zh: '按日连续处罚逾期未缴', en: 'daily penalty overdue' },
  DAILY_DEMANDED: { zh: '按日连续处罚已催告', en: 'daily penalty demanded' },
  DAILY_COURT_APPLIED: { zh: '按日连续处罚已申请强制执行', en: 'court enforcement of the daily penalty applied for' },
  DAILY_REVOKED: { zh: '按日连续处罚已撤销', en: 'daily penalty revoked', atRest: true },
  DAILY_UNRECOVERED: { zh: '按日连续处罚终结执行', en: 'enforcement of the daily penalty ended by the court', atRest: true },
  DAILY_PAID: { zh: '按日连续处罚已履行', en: 'daily penalty paid', atRest: true },
} as const satisfies Record<string, StateEntry>;

/** 移送行政拘留 (公治〔2014〕853号). */
export const DETENTION_STATES = {
  NO_DETENTION: { zh: '未移送行政拘留', en: 'no detention transfer' },
  DETENTION_PROPOSED: { zh: '移送行政拘留审批中', en: 'detention transfer proposed', inside: true },
  DETENTION_APPROVED: { zh: '待移送行政拘留', en: 'detention transfer approved', inside: true },
  DETENTION_SENT: { zh: '已移送公安机关（行政拘留）', en: 'sent to the police for detention', inside: true },
  DETENTION_ANSWERED: { zh: '公安机关已答复（行政拘留）', en: 'answered by the police', atRest: true, inside: true },
  DETENTION_FALLEN: { zh: '移送行政拘留失去依据待通报', en: 'transfer without its footing, police to be told', inside: true },
  DETENTION_WITHDRAWN: { zh: '移送行政拘留已撤回', en: 'detention transfer withdrawn', atRest: true, inside: true },
} as const satisfies Record<string, StateEntry>;

/** 生态环境损害赔偿 (环法规〔2022〕31号). It may outlive the penalty case. */
export const DAMAGE_STATES = {
  NO_DAMAGE: { zh: '未启动损害赔偿', en: 'no damage claim' },
  DAMAGE_SCREENED: { zh: '损害线索初步核查', en: 'preliminary check of the damage', inside: true },
  DAMAGE_APPRAISED: { zh: '损害调查与鉴定评估', en: 'investigation and appraisal of the damage', inside: true },
  NEGOTIATING: { zh: '赔偿磋商中', en: 'under negotiation' },
  AGREED: { zh: '已签订赔偿协议', en: 'agreement signed' },
  DAMAGE_SUED: { zh: '已提起损害赔偿诉讼', en: 'damage suit brought' },
  REPAIRING: { zh: '生态环境修复中', en: 'under repair' },
  REPAIR_REPORTED: { zh: '修复完成待评估', en: 'repair to be evaluated' },
  DAMAGE_SETTLED: { zh: '损害赔偿已了结', en: 'damage settled', final: true },
  DAMAGE_DROPPED: { zh: '不启动索赔', en: 'claim not pursued', atRest: true, inside: true },
} as const satisfies Record<string, StateEntry>;

/** 重大案件上报 (沪环执法〔2021〕75号 三（八）二). */
export const MAJOR_STATES = {
  NOT_MAJOR: { zh: '非重大案件', en: 'not a major case' },
  MAJOR_KNOWN: { zh: '重大案件待上报', en: 'major case to be reported up', inside: true },
  MAJOR_REPORTED: { zh: '重大案件已上报', en: 'major case reported', atRest: true, inside: true },
} as const satisfies Record<string, StateEntry>;

/** Taken on the spot before anybody approved it. */
export const takenAtOnce = (here: AnyState): boolean => here === 'SEALED_URGENTLY' || here === 'PRESERVED_URGENTLY';
