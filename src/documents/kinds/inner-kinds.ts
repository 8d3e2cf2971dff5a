import { form, letterTo } from './procedure-kinds.ts';
import { decisionKinds } from './decision-kinds.ts';

/** Inner forms of a case: proposals, returns, registers, counts. Their rows are told by the file itself. */
export const innerKinds = {
  FILING_PROPOSAL: form('D6g', '立案呈批表', 'Filing proposal', '立呈', [{ label: '案件来源', text: '数据审核小组移送' }, { label: '立案条件', text: '有初步证据证明违法：符合' }]),
  CLOSING_PROPOSAL: form('D38b', '结案呈批表', 'Closing proposal', '结呈', [{ label: '办理经过', text: '2026年3月9日立案，2026年3月26日作出处罚决定。' }, { label: '结案理由', text: '处罚决定履行完毕' }]),
  OFFICER_CHANGE: form('R-换员', '更换办案人员、回避记录', 'Change of officers', '换', [{ label: '现办案人员', text: '李甲、王乙' }]),
  RETURN_NOTE: form('R-退回', '退回补正意见', 'Return for more', '退补', [{ label: '退回理由和补正要求', text: '补充设备校准记录。' }]),
  REMEDY_RECORD: form('R53e', '复议、诉讼登记表', 'Remedy record', '救', [{ label: '救济方式', text: '行政复议' }]),
  MODE_SWITCH: form('R36a', '转现场（非现场）审批表', 'Switch of mode', '转', [{ label: '情形', text: '非现场证据不足' }]),
  WINDOW_RECORD: form('R48c', '陈述申辩期届满记录', 'Record that the window ended', '届', [{ label: '期限届满', text: '2026年3月24日' }]),
  PAYMENT_RECORD: form('D28c', '罚款收缴登记表', 'Fine register entry', '收', [{ label: '本次缴款', text: '118000 元' }]),
  PENALTY_EXECUTION: form('D28d', '没收、吊销、关闭执行记录', 'Record of the carrying out of a penalty', '执记', [{ label: '处罚', text: '没收违法所得 50000 元' }]),
  RECTIFICATION_WAIVER: form('D37b', '无须整改说明', 'Ground why no correction is needed', '免改', [{ label: '无须整改的理由', text: '生产线已拆除。' }]),
  PRESERVATION_PROPOSAL: form('D12b', '先行登记保存呈批表', 'Proposal to preserve evidence', '登呈', [{ label: '拟登记保存的证据', text: '工控机1台' }]),
  SEALING_PROPOSAL: form('D31b', '查封、扣押呈批表', 'Proposal to seal', '封呈', [{ label: '对象', text: '加药泵控制柜1台' }]),
  RELEASE_CHECK: form('D31c', '解除查封（扣押）申请检查意见', 'Check of the request for release', '解检', [{ label: '检查情况', text: '已经改正。' }]),
  MONITORING_REPORT: form('D33f', '监测报告收件记录', 'Receipt of the monitoring report', '监件', [{ label: '报告编号', text: '示监〔2026〕第13号' }]),
  DAILY_PROPOSAL: form('D33g', '按日连续处罚呈批与计罚表', 'Proposal and count of the daily penalty', '日呈', [{ label: '计算', text: '118000 元 × 19 日 = 2242000 元' }]),
  DAILY_WINDOW_RECORD: form('D33i', '按日连续处罚陈述申辩期届满记录', 'Record that the window ended', '日届', [{ label: '期限届满', text: '2026年5月8日' }]),
  DAILY_HEARING_RECORD: form('D33j', '按日连续处罚听证笔录', 'Hearing record on the daily penalty', '日听笔', [{ label: '听证笔录', text: '当事人申辩和质证。' }]),
  DAILY_HEARING_REPORT: form('D33m', '按日连续处罚听证报告', 'Hearing report on the daily penalty', '日听报', [{ label: '当事人的主张', text: '已经改正。' }]),
  DAILY_DEFENCE_REVIEW: form('D33k', '按日连续处罚陈述申辩复核意见', 'Review of the defence', '日复', [{ label: '复核结论', text: '不予采纳' }]),
  DAILY_PAYMENT: form('D33l', '按日连续处罚罚款收缴登记表', 'Payment of the daily penalty', '日收', [{ label: '本次缴款', text: '2242000 元' }]),
  TRANSFER_PROPOSAL: form('D34b', '移送涉嫌犯罪呈批表', 'Proposal of a criminal transfer', '移呈', [{ label: '涉嫌罪名', text: '污染环境罪' }]),
  TRANSFER_OPINION: form('D34c', '移送涉嫌犯罪法制意见', 'Legal opinion on the transfer', '移法', [{ label: '是否同意移送', text: '同意' }]),
  TRANSFER_REJECTION: form('D34d', '不批准移送决定', 'Transfer rejected', '不移', [{ label: '理由', text: '不构成犯罪。' }]),
  DETENTION_PROPOSAL: form('D35b', '移送行政拘留呈批表', 'Proposal of a detention transfer', '拘呈', [{ label: '责任人', text: '张演示（厂长）' }]),
  CLOSURE_PROPOSAL: letterTo('D32b', '报请责令停业、关闭的请示', 'Proposal of closure', '请闭', { to: '示范市人民政府', sections: [{ title: '理由', text: '屡次超标，限产后仍未改正。' }] }),
  PUBLICATION_APPROVAL: form('D40', '公开审批表', 'Approval of the publication', '公', [{ label: '公开内容', text: '超过许可排放浓度排放水污染物，罚款 118000 元。' }, { label: '隐去的内容', text: '个人姓名 2 处' }, { label: '公开渠道', text: '平台公开页' }, { label: '公开日期', text: '2026年4月3日' }, { label: '说明', text: '决定被依法变更、撤销的，及时更正、撤回公开信息。' }]),
  DAILY_LEGAL_REVIEW: { ...decisionKinds.LEGAL_REVIEW, no: 'D21b', zh: '按日连续处罚法制审核意见书', en: 'Legal review of the daily penalty', abbreviation: '日法审' },
  DAILY_DISCUSSION: { ...decisionKinds.COLLECTIVE_DISCUSSION, no: 'D22b', zh: '按日连续处罚集体讨论记录', en: 'Discussion of the daily penalty', abbreviation: '日集' },
};
