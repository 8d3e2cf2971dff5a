import { demoAccountId } from '#access';
import { calendarDay, dayOf, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { contestablePapers } from '../remedies/contested-acts.ts';
import { openStatements } from '../recovery/demand-statements.ts';
import { surchargeOwed, type ObligationKey } from '../recovery/obligations.ts';
import { refundDue } from '../recovery/refund.ts';
import { DATA_REF } from './deps.ts';
import { SITE_SAMPLES } from './sample-site.ts';
import { TERM_SAMPLES } from './sample-terms.ts';
import { hearingMinutes, hearingSession, MEASURE_SAMPLES } from './sample-measures.ts';

const day = calendarDay;
const HOUR = 3_600_000;
const meeting = (now: Instant) => ({
  heldAt: now,
  place: '第一会议室',
  recorder: '褚壬',
  discussion: '逐项讨论。',
  conclusion: '一致同意。',
});
const members = [
  { name: '魏司南', post: '局长', opinion: '同意。', agrees: true },
  { name: '卫癸', post: '副局长', opinion: '同意。', agrees: true },
];
const delivery = (now: Instant) => ({
  deliveryId: 'dlv-1',
  method: 'ELECTRONIC',
  arrivedAt: now,
  legalDay: day('2026-04-01'),
});

const said = { statement: '已在筹款，请求暂缓申请强制执行。', proof: '' };
const answered = (state: PenaltyCase | undefined, key: ObligationKey = 'FINE') => ({
  statementId: (state === undefined ? [] : openStatements(state, key))[0]?.statementId ?? 'none', accepted: false, reason: '不影响履行义务。',
});

type Samples = { readonly [K in CommandKind]: (now: Instant, state?: PenaltyCase) => CommandOf<K> };

/** One well-formed command of every kind, for tests that walk or wander through the table. */
export const SAMPLES: Samples = {
  ...MEASURE_SAMPLES,
  PROPOSE_FILING: () => ({
    kind: 'PROPOSE_FILING',
    violation: 'AIR_EXCEED',
    assistOfficerId: demoAccountId('officer2'),
    actStart: day('2026-03-12'),
    actEnd: day('2026-03-12'),
    facts: '2026年3月12日2时至8时氮氧化物折算小时均值6次超过限值。',
    reason: '符合立案条件。',
    harm: 'NONE',
    harmFinding: '',
    conditions: { initialProof: true, punishable: true, jurisdiction: true, withinLimitation: true },
    beside: [],
  }),
  ENDORSE_FILING: () => ({ kind: 'ENDORSE_FILING', opinion: '同意承办人意见，建议立案。' }),
  RETURN_FILING: () => ({ kind: 'RETURN_FILING', reason: '补充说明。' }),
  EXTEND_FILING: () => ({ kind: 'EXTEND_FILING', reason: '案情复杂，须核对工况。' }),
  APPROVE_FILING: () => ({ kind: 'APPROVE_FILING', opinion: '同意立案。' }),
  REFUSE_FILING: () => ({ kind: 'REFUSE_FILING', ground: 'NO_INITIAL_PROOF', reason: '证据不足。' }),
  TRANSFER_OUT: () => ({ kind: 'TRANSFER_OUT', to: '南洲市生态环境局', reason: '不属于本机关管辖。' }),
  REVOKE_FILING: () => ({ kind: 'REVOKE_FILING', ground: 'NO_INITIAL_PROOF', reason: '新事实表明不符合立案条件。' }),
  ASSIGN_OFFICERS: () => ({
    kind: 'ASSIGN_OFFICERS',
    assistOfficerId: demoAccountId('officer2'),
    reason: '工作调整。',
  }),
  DECLARE_INTEREST: () => ({ kind: 'DECLARE_INTEREST', reason: '与当事人有亲属关系。' }),
  ATTACH_EVIDENCE: () => evidence('PERMIT', 'DOCUMENT'),
  RECORD_INQUIRY: (now) => ({
    kind: 'RECORD_INQUIRY',
    startedAt: now - 2 * HOUR,
    endedAt: now - HOUR,
    platform: '远程询问室',
    recordingId: 'rec-1',
    identityCheck: '人证比对一致',
    asked: { name: '张演示', role: '法定代表人', idNumber: '32990119800101001X', phone: '' },
    rightsTold: '已告知权利义务。',
    dialogue: [{ question: '当时生产情况？', answer: '正常生产。' }],
    circumstances: '设备故障，非故意；持续六小时；首次；未发现危害后果。',
    serviceAddress: '',
    confirmedByAsked: '与我说的一致。',
  }),
  RECORD_SELF_REPORT: () => ({ kind: 'RECORD_SELF_REPORT', reportedOn: day('2026-03-12'), way: '企业端', content: '脱硝设施故障，已减产抢修。', proof: '企业端报告记录' }),
  SWITCH_MODE: () => ({ kind: 'SWITCH_MODE', mode: 'ONSITE', ground: 'INSUFFICIENT', reason: '需核对参数。' }),
  SUSPEND: () => ({ kind: 'SUSPEND', ground: 'FORCE_MAJEURE', reason: '洪水。' }),
  RESUME: () => ({ kind: 'RESUME', reason: '原因消除。' }),
  TERMINATE: () => ({ kind: 'TERMINATE', ground: 'ENTITY_GONE', reason: '单位注销。' }),
  FINISH_INVESTIGATION: () => ({
    kind: 'FINISH_INVESTIGATION',
    outcome: 'ESTABLISHED',
    facts: '事实清楚。',
    conclusion: '违法事实成立。',
    proposal: '建议处罚款。',
  }),
  PASS_CASE_REVIEW: () => ({
    kind: 'PASS_CASE_REVIEW',
    jurisdiction: '是',
    facts: '清楚',
    evidence: '充分',
    procedure: '合法',
    limitation: '未过',
    lawAndDiscretion: '适当',
    conclusion: '同意',
  }),
  RETURN_CASE: () => ({ kind: 'RETURN_CASE', reason: '补充证据。' }),
  SET_DISCRETION: () => ({
    kind: 'SET_DISCRETION',
    basisId: 'AIR99-2',
    basisReason: '行为时法律。',
    further: [],
    grades: {
      EXCEED_RATIO: 'LT_05',
      DURATION: 'H_24',
      FACTOR_KIND: 'COMMON',
      REPEAT: 'SECOND',
      FAULT: 'NEGLIGENT',
      ATTITUDE: 'OPEN',
      REPAIR: 'NONE',
    },
  }),
  DELIBERATE: (now) => ({
    kind: 'DELIBERATE',
    outcome: 'PENALTY',
    ...meeting(now),
    members,
    penalties: ['FINE'],
    complex: false,
  }),
  SEND_NOTICE: () => ({ kind: 'SEND_NOTICE' }),
  RECORD_NOTICE_DELIVERED: (now) => ({ kind: 'RECORD_NOTICE_DELIVERED', ...delivery(now) }),
  SUBMIT_DEFENCE: () => ({ kind: 'SUBMIT_DEFENCE', points: [{ point: '设备突发故障，请求减轻。', proof: '维修单' }] }),
  REQUEST_HEARING: () => ({ kind: 'REQUEST_HEARING', reason: '要求听证。' }),
  ASK_QUESTION: () => ({ kind: 'ASK_QUESTION', question: '折算基准氧含量依据什么确定？' }),
  ANSWER_QUESTION: (_now, state) => ({
    kind: 'ANSWER_QUESTION',
    questionId: state?.questions.find((q) => q.answer === undefined)?.questionId ?? 'none',
    answer: '依据火电厂排放标准，基准氧含量为百分之六。',
    basis: '',
  }),
  WAIVE_RIGHTS: () => ({ kind: 'WAIVE_RIGHTS', signer: '张演示', statement: '对拟处罚的事实和数额没有异议。', proof: [{ name: '授权委托书.pdf', sha256: 'ab'.repeat(32) }] }),
  CLOSE_WINDOW: () => ({ kind: 'CLOSE_WINDOW' }),
  GRANT_HEARING: (now) => ({
    kind: 'GRANT_HEARING',
    hostId: demoAccountId('hearing'),
    ...hearingSession(now),
  }),
  REQUEST_POSTPONEMENT: () => ({ kind: 'REQUEST_POSTPONEMENT', reason: '法定代表人住院。', proof: '诊断证明' }),
  POSTPONE_HEARING: (now) => ({ kind: 'POSTPONE_HEARING', ground: 'OTHER', heldAt: now + 40 * 24 * HOUR, place: '听证室', reason: '场地临时不能使用。' }),
  REFUSE_POSTPONEMENT: () => ({ kind: 'REFUSE_POSTPONEMENT', reason: '可以委托代理人参加。' }),
  ASK_HOST_RECUSAL: () => ({ kind: 'ASK_HOST_RECUSAL', reason: '主持人与本案有直接利害关系。' }),
  ANSWER_HOST_RECUSAL: () => ({ kind: 'ANSWER_HOST_RECUSAL', accepted: false, reason: '经查没有利害关系。' }),
  ADJOURN_HEARING: () => ({ kind: 'ADJOURN_HEARING', ground: 'NEW_FACTS', record: '当事人提出新的检修记录，须核实。' }),
  RESUME_HEARING: (now) => ({ kind: 'RESUME_HEARING', heldAt: now + 20 * 24 * HOUR, place: '听证室', reason: '核实完毕。' }),
  REFUSE_HEARING: () => ({ kind: 'REFUSE_HEARING', reason: '未达听证标准。' }),
  WITHDRAW_HEARING: () => ({ kind: 'WITHDRAW_HEARING', reason: '撤回。' }),
  HOLD_HEARING: () => ({
    kind: 'HOLD_HEARING',
    ...hearingMinutes,
    record: '听证笔录。',
    points: ['请求减轻'],
    report: '建议维持。',
  }),
  REVIEW_DEFENCE: (_now, state) => ({
    kind: 'REVIEW_DEFENCE',
    result: 'UPHELD',
    conclusion: '维持拟处罚。',
    answers: (state?.defence ?? []).map((p) => ({ pointId: p.pointId, accepted: false, reason: '不符合减轻条件。' })),
  }),
  PASS_LEGAL_REVIEW: () => ({
    kind: 'PASS_LEGAL_REVIEW',
    subject: '合法',
    officers: '持证',
    procedure: '合法',
    factsAndEvidence: '清楚',
    lawAndDiscretion: '适当',
    documents: '完备',
    crime: '未发现',
    checks: (['PARTY', 'LAW', 'DISCRETION'] as const).map((point) => ({ point, holds: true, remark: '已对照公布的原文和登记信息核对。' })),
    conclusion: '同意',
  }),
  RETURN_FROM_LEGAL: () => ({ kind: 'RETURN_FROM_LEGAL', to: 'DISCRETION', reason: '重新裁量。' }),
  RECORD_DISCUSSION: (now) => ({
    kind: 'RECORD_DISCUSSION',
    ...meeting(now),
    members,
    reason: '情节复杂。',
    agreed: true,
  }),
  RETURN_FROM_DECISION: () => ({ kind: 'RETURN_FROM_DECISION', to: 'DISCRETION', reason: '裁量档次须重新核定。' }),
  DECIDE: () => ({ kind: 'DECIDE', opinion: '同意。' }),
  SEND_DECISION: () => ({ kind: 'SEND_DECISION' }),
  RECORD_DECISION_DELIVERED: (now) => ({ kind: 'RECORD_DECISION_DELIVERED', ...delivery(now) }),
  REPORT_PAYMENT: () => ({ kind: 'REPORT_PAYMENT', amount: 1000, paidOn: day('2026-05-01'), voucher: 'V1' }),
  REGISTER_PAYMENT: (now, state) => ({
    kind: 'REGISTER_PAYMENT',
    amount: Math.max(1, (state?.decision?.amount ?? 1) - (state?.paid ?? 0)),
    paidOn: dayOf(now),
    voucher: 'V1',
  }),
  GRANT_INSTALMENTS: () => ({ kind: 'GRANT_INSTALMENTS', untilDay: day('2026-12-31'), reason: '经营困难。', schedule: [] }),
  REFUSE_INSTALMENTS: () => ({ kind: 'REFUSE_INSTALMENTS', reason: '没有证明确有经济困难。' }),
  RECORD_STAY: () => ({ kind: 'RECORD_STAY', by: 'COURT', ground: 'ASKED', reference: '行停1', reason: '执行会造成难以弥补的损失。' }),
  LIFT_STAY: () => ({ kind: 'LIFT_STAY', by: 'COURT', reference: '行停2', reason: '停止执行的原因消除。' }),
  DECIDE_REFUND: (_now, state) => ({ kind: 'DECIDE_REFUND', amount: Math.max(1, state === undefined ? 0 : refundDue(state)), reason: '处罚决定已被撤销、变更。' }),
  RECORD_REFUND: (now, state) => ({ kind: 'RECORD_REFUND', amount: Math.max(1, state === undefined ? 0 : refundDue(state)), interest: 0, paidOn: dayOf(now), voucher: 'T1' }),
  ASK_OFFICER_RECUSAL: (_now, state) => ({ kind: 'ASK_OFFICER_RECUSAL', officerId: state?.officers[1]?.accountId ?? demoAccountId('officer2'), reason: '与本单位负责人有亲属关系。' }),
  ANSWER_OFFICER_RECUSAL: () => ({ kind: 'ANSWER_OFFICER_RECUSAL', accepted: false, workDone: '此前取得的证据有效。', excluded: [], reason: '经查没有利害关系。' }),
  RECORD_OVERDUE: (now) => ({ kind: 'RECORD_OVERDUE', expiredAt: now }),
  ISSUE_DEMAND: () => ({ kind: 'ISSUE_DEMAND', reason: '逾期未缴。' }),
  APPLY_TO_COURT: () => ({ kind: 'APPLY_TO_COURT', court: '清川法院', reason: '逾期不履行。', lateReason: '' }),
  RECORD_ENFORCEMENT: (_now, state) => ({
    kind: 'RECORD_ENFORCEMENT',
    outcome: 'FULL',
    reference: '执1',
    amount: Math.max(1, state?.decision?.amount ?? 1),
    note: '执行到位。',
  }),
  STATE_AGAINST_DEMAND: () => ({ kind: 'STATE_AGAINST_DEMAND', ...said }),
  ANSWER_DEMAND_STATEMENT: (_now, state) => ({ kind: 'ANSWER_DEMAND_STATEMENT', ...answered(state) }),
  STATE_AGAINST_DAILY_DEMAND: () => ({ kind: 'STATE_AGAINST_DAILY_DEMAND', ...said }),
  ANSWER_DAILY_DEMAND_STATEMENT: (_now, state) => ({ kind: 'ANSWER_DAILY_DEMAND_STATEMENT', ...answered(state, 'DAILY') }),
  STATE_AGAINST_CORRECTION_DEMAND: () => ({ kind: 'STATE_AGAINST_CORRECTION_DEMAND', ...said }),
  ANSWER_CORRECTION_STATEMENT: (_now, state) => ({ kind: 'ANSWER_CORRECTION_STATEMENT', ...answered(state, 'CORRECTION') }),
  WAIVE_SURCHARGE: (now, state) => ({ kind: 'WAIVE_SURCHARGE', of: 'FINE', amount: Math.max(1, state === undefined ? 0 : surchargeOwed(state, 'FINE', dayOf(now))), ground: 'REMEDIAL_MEASURES', reason: '已达成执行协议并采取补救措施。' }),
  APPLY_TO_COURT_CORRECTION: () => ({ kind: 'APPLY_TO_COURT_CORRECTION', court: '清川法院', reason: '催告后仍未改正。', lateReason: '' }),
  RECORD_CORRECTION_ENFORCED: () => ({ kind: 'RECORD_CORRECTION_ENFORCED', outcome: 'FULL', reference: '执3', note: '已经停止违法排放。' }),
  PROPOSE_CLOSING: () => ({
    kind: 'PROPOSE_CLOSING',
    ground: 'PERFORMED',
    course: '依法办理完毕。',
    remedyCourse: '未申请救济。',
  }),
  RETURN_CLOSING: () => ({ kind: 'RETURN_CLOSING', reason: '补充材料。' }),
  APPROVE_CLOSING: () => ({ kind: 'APPROVE_CLOSING', opinion: '同意结案。' }),
  ARCHIVE: () => ({ kind: 'ARCHIVE', archiveNo: 'A-1', catalogue: {} }),
  ORDER_RECTIFICATION: () => ({
    kind: 'ORDER_RECTIFICATION',
    demands: ['立即停止超标排放'],
    dueOn: day('2026-12-30'),
    consequence: '',
  }),
  RECORD_ORDER_DELIVERED: (now) => ({ kind: 'RECORD_ORDER_DELIVERED', ...delivery(now) }),
  REPORT_RECTIFICATION: (now) => ({
    kind: 'REPORT_RECTIFICATION',
    measures: '检修脱硝系统。',
    completedOn: dayOf(now),
    proof: [],
  }),
  CHECK_RECTIFICATION: (now) => ({
    kind: 'CHECK_RECTIFICATION',
    method: 'DATA',
    methodReason: '',
    from: dayOf(now),
    to: dayOf(now),
    findings: '小时均值全部达标。',
    corrected: true,
    obstructed: false,
    announced: false,
  }),
  WAIVE_RECTIFICATION: () => ({ kind: 'WAIVE_RECTIFICATION', ground: '生产线已拆除。' }),
  RECORD_REMEDY: () => ({
    kind: 'RECORD_REMEDY',
    remedy: 'RECONSIDERATION',
    body: '清川市人民政府',
    receivedOn: day('2026-05-01'),
  }),
  RECORD_REMEDY_OUTCOME: () => ({ kind: 'RECORD_REMEDY_OUTCOME', outcome: 'UPHELD', reference: '复1', note: '维持。' }),
  RECORD_ACT_REMEDY: (now, state) => ({ kind: 'RECORD_ACT_REMEDY', paperId: (state === undefined ? [] : contestablePapers(state)).at(-1)?.paperId ?? 'none', remedy: 'RECONSIDERATION', body: '清川市人民政府', receivedOn: dayOf(now) }),
  RECORD_ACT_REMEDY_OUTCOME: (_now, state) => ({ kind: 'RECORD_ACT_REMEDY_OUTCOME', remedyId: state?.actRemedies.find((one) => one.outcome === undefined)?.remedyId ?? 'none', outcome: 'UPHELD', reference: '复9', note: '维持。' }),
  RECORD_ACT_STAY: (_now, state) => ({ kind: 'RECORD_ACT_STAY', remedyId: state?.actRemedies.find((one) => one.outcome === undefined && one.stayed !== true)?.remedyId ?? 'none', by: 'COURT', ground: 'ASKED', reference: '行停3', reason: '执行会造成难以弥补的损失。' }),
  LIFT_ACT_STAY: (_now, state) => ({ kind: 'LIFT_ACT_STAY', remedyId: state?.actRemedies.find((one) => one.outcome === undefined && one.stayed === true)?.remedyId ?? 'none', by: 'COURT', reference: '行停4', reason: '停止执行的原因消除。' }),
  RECORD_PENALTY_CARRIED_OUT: (now) => ({ kind: 'RECORD_PENALTY_CARRIED_OUT', penalty: 'CONFISCATION', carriedOutOn: dayOf(now), reference: '没收1', note: '违法所得已上缴国库。' }),
  ...TERM_SAMPLES,
  ...SITE_SAMPLES,
};

/** An item for a point of the checklist; electronic data come from the reviewed span. */
const EVIDENCE_TITLES: Readonly<Record<string, string>> = { DEVICE_QC: '设备验收、校准与质控记录', CALC: '均值、折算与超标计算表', PARTY: '当事人身份证明', PERMIT: '排污许可证与执行标准摘录' };

export function evidence(point: string, evidenceKind: string): CommandOf<'ATTACH_EVIDENCE'> {
  const source =
    evidenceKind === 'ELECTRONIC_DATA'
      ? ({ from: 'REVIEWED_DATA', reviewId: '', dataRef: DATA_REF } as const)
      : ({ from: 'FILE', fileName: `${EVIDENCE_TITLES[point] ?? '书证'}.pdf`, sha256: 'b'.repeat(64) } as const);
  return {
    kind: 'ATTACH_EVIDENCE',
    title: EVIDENCE_TITLES[point] ?? '书证',
    evidenceKind,
    point,
    mode: 'OFFSITE',
    obtainedOn: day('2026-03-17'),
    provider: '示范电力有限公司',
    proves: '违法事实',
    source,
    environment: '',
    partySigned: '',
    absence: '',
    witness: '',
  };
}

export const sample = (kind: CommandKind, now: Instant, state?: PenaltyCase): CaseCommand => SAMPLES[kind](now, state);
