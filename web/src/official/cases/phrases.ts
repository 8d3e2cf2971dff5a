import type { CasePage } from '../shapes.ts';

/** What a leader or a reviewer says when nothing stands against it. */
const LEGAL_REVIEW = { subject: '主体合法。', officers: '执法人员具备资格。', documents: '文书完备规范。', crime: '未发现涉嫌犯罪。', conclusion: '同意。' } as const;
const DISCUSSED = { opinion: '同意。', discussion: '逐项讨论。', conclusion: '同意。' } as const;
const TOLD_AT_THE_PLACE = { toldRights: '出示执法证件，告知申请回避、陈述申辩的权利和配合检查的义务，当事人表示清楚，不申请回避。', statement: '当事人无异议。' } as const;
const TOLD_THE_MEASURE = { toldRights: '出示执法证件，当场告知理由、依据和依法享有的权利、救济途径。' } as const;

/**
 * Set phrases by act and field: offered beside the empty field, never filled in. Who opines, finds, or records what
 * somebody else said, does so himself. Chinese, because they go into Chinese papers.
 */
const PHRASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  APPROVE_FILING: { opinion: '同意立案。' },
  RECORD_INQUIRY: { identityCheck: '人证比对一致', rightsTold: '已告知当事人有申请回避、陈述申辩的权利和如实回答的义务。', confirmedByAsked: '以上记录我已看过，与我说的一致。' },
  RECORD_SITE_INSPECTION: { ...TOLD_AT_THE_PLACE, photos: '拍照、录像，详见录音录像。' },
  RECORD_SAMPLING: TOLD_AT_THE_PLACE,
  CARRY_OUT_PRESERVATION: TOLD_THE_MEASURE, CARRY_OUT_SEALING: TOLD_THE_MEASURE, PRESERVE_URGENTLY: TOLD_THE_MEASURE, SEAL_URGENTLY: TOLD_THE_MEASURE,
  FINISH_INVESTIGATION: { conclusion: '违法事实清楚，证据充分。', proposal: '建议依法处罚并责令改正。' },
  PASS_CASE_REVIEW: {
    jurisdiction: '本机关有管辖权。', facts: '事实清楚。', evidence: '证据确实、充分，电子数据已经审核。', procedure: '程序合法。', limitation: '未超过追责时效。',
    lawAndDiscretion: '适用法律正确。', conclusion: '同意调查结论，提请裁量。',
  },
  DELIBERATE: { opinion: '同意。', discussion: '对事实、证据、程序、法律适用和裁量逐项讨论。', conclusion: '一致同意。' },
  RECORD_DISCUSSION: { ...DISCUSSED, reason: '符合集体讨论情形。' },
  PASS_LEGAL_REVIEW: { ...LEGAL_REVIEW, procedure: '程序合法。', factsAndEvidence: '事实清楚、证据合法充分。', lawAndDiscretion: '适用法律正确、裁量适当。' },
  RECEIVE_TEST_REPORT: { signatures: '编制、审核、签发三级签名和检验检测专用章齐全。' },
  HOLD_HEARING: { signatures: '笔录经各方核对无误后签名。' }, HOLD_DAILY_HEARING: { signatures: '笔录经各方核对无误后签名。' },
  RESUME_HEARING: { reason: '中止听证的情形已经消除。' },
  EXTEND_TERM_AGAIN: { opinion: '同意。', discussion: '对延长办案期限的必要性进行讨论。', conclusion: '同意再延长三十日。' },
  GRANT_INSTALMENTS: { reason: '申请理由成立。' }, GRANT_DAILY_INSTALMENTS: { reason: '申请理由成立。' },
  DEMAND_CORRECTION: { reason: '经核查仍未改正。' },
  ORDER_SUBSTITUTE: { reason: '催告期满仍未改正，违法后果已经或者将造成环境污染。' },
  APPLY_TO_COURT: { reason: '当事人逾期不履行处罚决定，催告后仍未履行，复议、诉讼期限届满。' },
  APPLY_TO_COURT_DAILY: { reason: '当事人逾期不缴纳按日连续处罚罚款，催告后仍未履行，复议、诉讼期限届满。' },
  APPLY_TO_COURT_CORRECTION: { reason: '当事人逾期不改正违法行为，催告后仍未履行，复议、诉讼期限届满。' },
  LIFT_STAY: { reason: '停止执行的原因已经消除。' },
  ANSWER_OFFICER_RECUSAL: { workDone: '此前依法取得的证据有效。' },
  PROPOSE_DAILY_PENALTY: { reason: '复查发现拒不改正，继续违法排放污染物。' },
  DISCUSS_DAILY_PENALTY: { ...DISCUSSED, reason: '按日连续处罚数额较大。' },
  PASS_DAILY_LEGAL_REVIEW: { ...LEGAL_REVIEW, procedure: '程序合法，原处罚决定在先。', factsAndEvidence: '复查事实清楚。', lawAndDiscretion: '计罚日数和基数正确。' },
  PROPOSE_TRANSFER: { suspectedCrime: '污染环境罪' },
  OPEN_DAMAGE_CLAIM: { evidenceNote: '见本案经审核的证据。' },
  APPROVE_CLOSING: { opinion: '同意结案。' },
};

/** Opinions on what is proposed name the sum that is proposed. */
const ON_THE_PROPOSAL: Readonly<Record<string, string>> = { DECIDE: 'opinion', RECORD_DISCUSSION: 'conclusion' };

export function phrasesOf(command: string, { state }: CasePage): (field: string) => string | undefined {
  const sum = state.proposal === undefined ? '' : `拟罚款 ${state.proposal.amount} 元。`;
  return (field) => (ON_THE_PROPOSAL[command] === field ? `同意。${sum}` : PHRASES[command]?.[field]);
}
