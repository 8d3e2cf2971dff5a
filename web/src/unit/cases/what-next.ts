import type { Text } from '../../shared/i18n.tsx';

const FILING: Text = { zh: '执法机构收到线索后在规定的期限内决定是否立案。不予立案的，事情到此为止；立案的，由两名持证执法人员调查取证。', en: 'Enforcement decides within the term set for it after receiving the clue whether to open a case. If not, it ends here; if so, two certified officers investigate.' };
const INQUIRY: Text = { zh: '执法人员正在调查，可能会远程或到现场向您询问、调取材料。调查应自立案之日起 90 日内办结。调查结束后先经案件审查，再决定是否拟处罚。', en: 'Officers investigate and may ask you or call for papers, remotely or on site. The case is to be finished within 90 days of filing. After it comes the case review, then the decision whether a penalty is proposed.' };
const WINDOW: Text = { zh: '收到告知书后 5 个工作日内，您可以陈述、申辩；符合条件的可以要求听证。您提出的事实、理由和证据必须逐条复核；不会因为申辩而加重处罚。', en: 'Within 5 working days of the notice you may state and defend and, where the law provides it, ask for a hearing. Each point must be answered; a defence never makes the penalty heavier.' };
const REVIEW: Text = { zh: '您的意见正在复核，之后是法制审核，必要时集体讨论，然后作出决定。', en: 'Your points are reviewed, then comes the legal review, where due a collective discussion, then the decision.' };
const DECISION: Text = { zh: '决定书将在 7 日内送达。送达之日起 15 日内缴纳罚款；逾期的，每日按罚款数额的百分之三加处罚款。确有困难的可以申请延期或分期。', en: 'The decision is served within 7 days. The fine is due within 15 days of service; after that 3 % a day may be added. In hardship you may ask for deferral or instalments.' };
const PERFORM: Text = { zh: '缴款并完成整改后，经核查（优先非现场）即可结案。已缴款的请报送凭证；整改完成的请报送情况和材料。', en: 'After payment and correction, checked off-site where possible, the case is closed. Report the payment voucher and the correction here.' };
const HEARING: Text = { zh: '听证由非本案调查人员主持，您可以委托一至二人代理；有正当理由的可以申请延期，主持人与案件有利害关系的可以申请回避。听证结束后，您的意见逐条复核，再作出决定。', en: 'The hearing is led by somebody who did not investigate; one or two people may speak for you. With good reason you may ask for a later day, and ask the host to stand aside if he has an interest. Afterwards each point is answered, then comes the decision.' };
const LATE: Text = { zh: '缴款期限已过，每日按罚款数额的百分之三加处罚款，加处总额不超过罚款数额。请尽快缴纳；催告书送达十日后仍不缴纳的，可以申请人民法院强制执行。确有困难的可以申请延期或分期。', en: 'The fine is overdue: 3 % a day is added, never more than the fine itself. Pay as soon as you can; ten days after a demand the court may be asked to enforce. In hardship you may ask for deferral or instalments.' };
const MERGED: Text = { zh: '本案已并入您的另一案件，请在该案件中查看进展、行使权利。', en: 'This case was merged into another case of yours; follow it and use your rights there.' };
const DONE: Text = { zh: '案件已办结，没有需要您办理的。结案不影响您在期限内申请行政复议、提起诉讼（期限见“期限”）；文书可以继续在这里查阅。', en: 'The case is closed; nothing has to be done. Closing does not touch your right to reconsideration or suit within their terms (see the terms); the papers stay here.' };
const AWAY: Text = { zh: '案件暂由其他机关处理，或调查已中止；恢复后会在这里显示。', en: 'The case is with another authority or suspended; it will show here when it goes on.' };

const NEXT: Readonly<Record<string, Text>> = {
  待立案: FILING, 立案审批中: FILING, 不予立案: DONE, 调查取证: INQUIRY, 案件审查: INQUIRY, 裁量: INQUIRY, 案件审议: INQUIRY, 拟发事先告知书: INQUIRY,
  告知书送达中: WINDOW, 陈述申辩期: WINDOW, 已要求听证: HEARING, 已通知听证: HEARING, 听证中止: HEARING, 陈述申辩复核: REVIEW, 法制审核: REVIEW, 集体讨论: REVIEW, 待作出决定: REVIEW,
  决定已作出: DECISION, 决定书送达中: DECISION, 履行中: PERFORM, 逾期未缴: LATE, 已催告: LATE, 已申请强制执行: LATE, 已并入他案: MERGED, 待结案: PERFORM, 结案审批中: PERFORM, 已结案: DONE, 已归档: DONE,
};

/** What comes after this stage, in plain words. */
export const nextOf = (stage: string): Text => NEXT[stage] ?? AWAY;

/** Remedies against a decision (行政复议法 第二十条; 行政诉讼法 第四十六条). */
export const OBJECTION: Text = {
  zh: '处罚决定作出前：随时可以陈述、申辩。决定送达后：60 日内可以申请行政复议，或者 6 个月内直接向人民法院提起行政诉讼，受理机关写在决定书里；复议、诉讼期间一般不停止执行，但加处罚款的数额不计算。',
  en: 'Before a decision you may state and defend at any time. After it is served you may apply for reconsideration within 60 days or bring an action in court within 6 months; the decision names the bodies. Execution is as a rule not suspended, but the added fine does not run meanwhile.',
};
