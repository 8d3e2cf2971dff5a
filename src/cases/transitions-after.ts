import { step } from './transition.ts';
import type { MainState } from './states.ts';

const APL = '行政处罚法';
const AEL = '行政强制法';
const O30 = '生态环境行政处罚办法';
const JS = '江苏办法';

const PAYABLE: readonly MainState[] = ['PERFORMING', 'DEMANDED', 'COURT_APPLIED'];

/** Performance, closing, archive; the rectification and remedy tracks. */
export const afterDecisionSteps = [
  step({ command: 'REPORT_PAYMENT', zh: '报送缴款凭证', en: 'report the payment', from: PAYABLE, to: [], stays: true, actor: 'case.pay', article: `${APL} 第六十七条`, papers: ['PAYMENT_VOUCHER'] }),
  step({ command: 'REGISTER_PAYMENT', zh: '登记罚款收缴', en: 'register the payment', from: PAYABLE, to: ['TO_CLOSE'], stays: true, actor: 'case.register-payment', duty: 'fine-clerk', article: `${APL} 第六十七条`, papers: ['PAYMENT_RECORD'], closes: ['T10', 'T15', 'T15b'], guards: ['NOT_OVERPAID'] }),
  step({ command: 'GRANT_INSTALMENTS', zh: '同意延期（分期）缴纳', en: 'grant deferral or instalments', from: ['PERFORMING'], to: ['PERFORMING'], actor: 'case.decide', article: `${APL} 第六十六条`, papers: ['INSTALMENT_NOTICE'], guards: ['DAY_AHEAD'] }),
  step({ command: 'ISSUE_DEMAND', zh: '催告', en: 'issue a demand', from: ['PERFORMING'], to: ['DEMANDED'], actor: 'case.notify', duty: 'investigator', article: `${AEL} 第五十四条`, papers: ['DEMAND_NOTICE'], opens: [{ clock: 'T15', start: 'NOW' }, { clock: 'T15b', start: 'REMEDIES_EXPIRED' }], closes: ['T10'], guards: ['PAYMENT_OVERDUE'] }),
  step({ command: 'APPLY_TO_COURT', zh: '申请法院强制执行', en: 'apply to the court', from: ['DEMANDED'], to: ['COURT_APPLIED'], actor: 'case.decide', article: `${AEL} 第五十三条、第五十四条`, papers: ['COURT_APPLICATION'], closes: ['T15', 'T15b'], guards: ['DEMAND_AND_REMEDIES_EXPIRED', 'REMEDY_SETTLED'] }),
  step({ command: 'RECORD_ENFORCEMENT', zh: '登记强制执行结果', en: 'record the enforcement', from: ['COURT_APPLIED'], to: ['TO_CLOSE'], actor: 'case.notify', duty: 'investigator', article: `${AEL} 第五章`, papers: ['ENFORCEMENT_RECORD'] }),
  step({ command: 'PROPOSE_CLOSING', zh: '呈批结案', en: 'propose closing', from: ['TO_CLOSE'], to: ['CLOSING_PROPOSED'], actor: 'case.close', article: `${O30} 第六章；${JS} 第十八条`, papers: ['CLOSING_PROPOSAL'], guards: ['KNOWN_GROUND', 'RECTIFICATION_SETTLED', 'REMEDY_SETTLED'] }),
  step({ command: 'RETURN_CLOSING', zh: '退回结案呈批', en: 'return the closing', from: ['CLOSING_PROPOSED'], to: ['TO_CLOSE'], actor: 'case.approve-closing', article: `${O30} 第六章`, papers: ['RETURN_NOTE'] }),
  step({ command: 'APPROVE_CLOSING', zh: '批准结案', en: 'approve closing', from: ['CLOSING_PROPOSED'], to: ['CLOSED'], actor: 'case.approve-closing', article: `${O30} 第六章；${JS} 第十八条`, papers: ['CLOSING_APPROVAL'], guards: ['OTHER_APPROVER', 'REMEDY_SETTLED'] }),
  step({ command: 'ARCHIVE', zh: '归档', en: 'archive', from: ['CLOSED'], to: ['ARCHIVED'], actor: 'archive.write', article: `${JS} 第十八条；原环境行政处罚办法 第六十八至七十条`, papers: ['DOSSIER_CATALOGUE'], guards: ['REMEDY_SETTLED'] }),

  step({ command: 'ORDER_RECTIFICATION', track: 'RECTIFICATION', zh: '责令改正', en: 'order rectification', from: ['NO_ORDER', 'NOT_CORRECTED'], to: ['ORDER_SENT'], actor: 'case.approve-notice', article: `${APL} 第二十八条；${O30} 第九条`, papers: ['RECTIFICATION_ORDER'], guards: ['CASE_RUNNING', 'TWO_OFFICERS', 'NOT_AN_OFFICER', 'EVIDENCE_REVIEWED', 'DAY_AHEAD'] }),
  step({ command: 'RECORD_ORDER_DELIVERED', track: 'RECTIFICATION', zh: '责令改正决定书送达', en: 'the order has reached the party', from: ['ORDER_SENT'], to: ['CORRECTING'], actor: 'SYSTEM', article: `${APL} 第六十一条`, papers: ['DELIVERY_PROOF'], opens: [{ clock: 'TR', start: 'DELIVERED' }, { clock: 'T20', start: 'DELIVERED', when: 'DAILY_PENALTY' }] }),
  step({ command: 'REPORT_RECTIFICATION', track: 'RECTIFICATION', zh: '报送整改情况', en: 'report the correction', from: ['CORRECTING'], to: ['REPORTED'], actor: 'case.rectify', article: `${O30} 第九条`, papers: ['RECTIFICATION_REPORT'], closes: ['TR'] }),
  step({ command: 'CHECK_RECTIFICATION', track: 'RECTIFICATION', zh: '核查整改', en: 'check the correction', from: ['CORRECTING', 'REPORTED'], to: ['CORRECTED', 'NOT_CORRECTED'], actor: 'case.verify-rectification', article: `${JS} 第十八条`, papers: ['RECTIFICATION_CHECK'], closes: ['TR', 'T20'], guards: ['OFFSITE_CHECK_FIRST'] }),
  step({ command: 'WAIVE_RECTIFICATION', track: 'RECTIFICATION', zh: '记明无须整改的理由', en: 'record why no correction is needed', from: ['NO_ORDER', 'CORRECTING', 'NOT_CORRECTED'], to: ['NOT_NEEDED'], actor: 'case.approve-filing', article: `${JS} 第十八条`, papers: ['RECTIFICATION_WAIVER'], cancels: ['TR', 'T20'], guards: ['CASE_RUNNING'] }),

  step({ command: 'RECORD_REMEDY', track: 'REMEDY', zh: '登记复议、诉讼', en: 'record a remedy', from: ['NO_REMEDY', 'UPHELD'], to: ['RECONSIDERATION', 'LITIGATION'], actor: 'case.notify', article: '行政复议法 第二十条；行政诉讼法 第四十六条', papers: ['REMEDY_RECORD'], guards: ['DECISION_DELIVERED'] }),
  step({ command: 'RECORD_REMEDY_OUTCOME', track: 'REMEDY', zh: '登记复议、诉讼结果', en: 'record the outcome of a remedy', from: ['RECONSIDERATION', 'LITIGATION'], to: ['UPHELD', 'CHANGED', 'REVOKED'], mainTo: ['DISCRETION', 'TO_CLOSE'], actor: 'case.notify', article: `${APL} 第七十三条`, papers: ['REMEDY_RECORD'], cancels: ['T10', 'T15', 'T15b'] }),
] as const;
