import { demoAccountId } from '#access';
import { calendarDay, dayOf, type Instant } from '#kernel';
import type { CommandOf, MeasureCommandKind } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const day = calendarDay;
const delivery = (now: Instant) => ({ deliveryId: 'dlv-m', method: 'ELECTRONIC', arrivedAt: now, legalDay: dayOf(now) });
const things = [
  { item: '脱硝系统控制柜', model: 'TX-2', serial: '007', quantity: '1台', place: '2号机组', relation: '用于逃避监管排放的设施' },
];
const onSpot = (now: Instant) => ({
  takenAt: now - 2 * HOUR,
  endedAt: now - HOUR,
  place: '2号机组',
  partyPresent: true,
  partyName: '张演示',
  witness: '',
  toldRights: '已出示执法证件，告知理由、依据和陈述申辩、救济权利。',
  statement: '当事人无异议。',
  recordingId: 'cam-1',
});
const plan = {
  situation: 'EVASION',
  things,
  reason: '不正常运行污染防治设施。',
  proportion: { necessity: '不查封将继续违法排放。', lighterMeans: '责令改正后仍未停止。', impact: '不影响基本民生和生产安全。' },
  sparedReason: '',
};
const materials = [{ material: '案件调查报告', pages: 12 }];
const meeting = (now: Instant) => ({ heldAt: now, place: '第一会议室', discussion: '逐项讨论。', conclusion: '一致同意。' });

type Samples = { readonly [K in MeasureCommandKind]: (now: Instant, state?: PenaltyCase) => CommandOf<K> };

/** One well-formed command of every special measure. */
export const MEASURE_SAMPLES: Samples = {
  PROPOSE_PRESERVATION: () => ({ kind: 'PROPOSE_PRESERVATION', ground: 'MAY_BE_LOST', things, keeper: '当事人就地保管', reason: '数据可能被覆盖。' }),
  APPROVE_PRESERVATION: () => ({ kind: 'APPROVE_PRESERVATION', opinion: '同意。' }),
  REJECT_PRESERVATION: () => ({ kind: 'REJECT_PRESERVATION', reason: '无必要。' }),
  CARRY_OUT_PRESERVATION: (now) => ({ kind: 'CARRY_OUT_PRESERVATION', things, keeper: '当事人就地保管', ...onSpot(now) }),
  PRESERVE_URGENTLY: (now) => ({ kind: 'PRESERVE_URGENTLY', ground: 'MAY_BE_LOST', things, keeper: '当事人', reason: '正在删除数据。', ...onSpot(now) }),
  CONFIRM_PRESERVATION: () => ({ kind: 'CONFIRM_PRESERVATION', opinion: '同意补办。' }),
  HANDLE_PRESERVATION: () => ({ kind: 'HANDLE_PRESERVATION', outcome: 'COPIED', note: '已复制固定，退还原件。' }),
  LAPSE_PRESERVATION: (now) => ({ kind: 'LAPSE_PRESERVATION', expiredAt: now }),
  PROPOSE_SEALING: () => ({ kind: 'PROPOSE_SEALING', measure: 'SEALING', ...plan }),
  APPROVE_SEALING: () => ({ kind: 'APPROVE_SEALING', opinion: '同意。' }),
  REJECT_SEALING: () => ({ kind: 'REJECT_SEALING', reason: '可以采取较轻措施。' }),
  CARRY_OUT_SEALING: (now) => ({ kind: 'CARRY_OUT_SEALING', things, sealNumbers: '封1、封2', endsDischarge: false, ...onSpot(now) }),
  SEAL_URGENTLY: (now) => ({ kind: 'SEAL_URGENTLY', measure: 'SEALING', ...plan, sealNumbers: '封1', endsDischarge: false, ...onSpot(now) }),
  CONFIRM_SEALING: () => ({ kind: 'CONFIRM_SEALING', opinion: '同意补办。' }),
  EXTEND_SEALING: () => ({ kind: 'EXTEND_SEALING', reason: '案情复杂，鉴定未结束。' }),
  REQUEST_RELEASE: () => ({ kind: 'REQUEST_RELEASE', reason: '已经改正。' }),
  CHECK_RELEASE: () => ({ kind: 'CHECK_RELEASE', findings: '现场检查已改正。', fit: true }),
  RELEASE_SEALING: () => ({ kind: 'RELEASE_SEALING', ground: 'CORRECTED', reason: '已改正。', handedBackTo: '张演示' }),
  RECORD_RELEASE_DELIVERED: (now) => ({ kind: 'RECORD_RELEASE_DELIVERED', ...delivery(now) }),
  RECORD_SEALING_OVERRUN: (now) => ({ kind: 'RECORD_SEALING_OVERRUN', expiredAt: now }),
  ORDER_PRODUCTION: () => ({ kind: 'ORDER_PRODUCTION', measure: 'LIMIT_PRODUCTION', situation: 'OVER_STANDARD', way: '负荷不超过六成。', demands: ['检修脱硝系统'], reason: '持续超标。' }),
  RECORD_PRODUCTION_DELIVERED: (now) => ({ kind: 'RECORD_PRODUCTION_DELIVERED', ...delivery(now) }),
  FILE_PLAN: () => ({ kind: 'FILE_PLAN', plan: '检修方案。', publishedAt: 'https://example.invalid/plan', proof: [] }),
  EXTEND_LIMIT: () => ({ kind: 'EXTEND_LIMIT', reason: '情况复杂。' }),
  CHECK_PRODUCTION: (now) => ({ kind: 'CHECK_PRODUCTION', checkedOn: dayOf(now), findings: '按要求限产。' }),
  RECORD_BREACH: (now) => ({ kind: 'RECORD_BREACH', checkedOn: dayOf(now), findings: '限产期间仍超标。' }),
  REPORT_COMPLETION: (now) => ({ kind: 'REPORT_COMPLETION', completedOn: dayOf(now), measures: '检修完成。', monitoringReport: '监1', proof: [] }),
  FILE_COMPLETION: () => ({ kind: 'FILE_COMPLETION', statement: '已完成整改。', publishedAt: 'https://example.invalid/done' }),
  EXPIRE_LIMIT: (now) => ({ kind: 'EXPIRE_LIMIT', expiredAt: now }),
  FOLLOW_UP_PRODUCTION: (now) => ({ kind: 'FOLLOW_UP_PRODUCTION', checkedOn: dayOf(now), findings: '稳定达标。', obeyed: true }),
  PROPOSE_CLOSURE: () => ({ kind: 'PROPOSE_CLOSURE', government: '清川市人民政府', reason: '屡次超标。' }),
  RECEIVE_MONITORING_REPORT: (now) => ({ kind: 'RECEIVE_MONITORING_REPORT', laboratory: '清川市监测站', reportNo: '监2', receivedOn: dayOf(now), result: '氮氧化物超标。' }),
  PROPOSE_DAILY_PENALTY: () => ({ kind: 'PROPOSE_DAILY_PENALTY', reason: '复查发现继续违法排放。' }),
  DROP_DAILY_PENALTY: () => ({ kind: 'DROP_DAILY_PENALTY', reason: '复查证据不足。' }),
  SEND_DAILY_NOTICE: () => ({ kind: 'SEND_DAILY_NOTICE' }),
  RECORD_DAILY_NOTICE_DELIVERED: (now) => ({ kind: 'RECORD_DAILY_NOTICE_DELIVERED', ...delivery(now) }),
  DEFEND_AGAINST_DAILY: () => ({ kind: 'DEFEND_AGAINST_DAILY', statement: '已在整改。', proof: '' }),
  REQUEST_DAILY_HEARING: () => ({ kind: 'REQUEST_DAILY_HEARING', reason: '要求听证。' }),
  NOTIFY_DAILY_HEARING: (now) => ({ kind: 'NOTIFY_DAILY_HEARING', hostId: demoAccountId('hearing'), heldAt: now + 20 * DAY, place: '听证室' }),
  HOLD_DAILY_HEARING: () => ({ kind: 'HOLD_DAILY_HEARING', attended: true, record: '笔录。', report: '建议维持。' }),
  CLOSE_DAILY_WINDOW: () => ({ kind: 'CLOSE_DAILY_WINDOW' }),
  REVIEW_DAILY_DEFENCE: () => ({ kind: 'REVIEW_DAILY_DEFENCE', accepted: false, reason: '复查数据经审核。' }),
  PASS_DAILY_LEGAL_REVIEW: () => ({ kind: 'PASS_DAILY_LEGAL_REVIEW', subject: '合法', officers: '持证', procedure: '合法', factsAndEvidence: '清楚', lawAndDiscretion: '适当', documents: '完备', crime: '未发现', conclusion: '同意' }),
  DISCUSS_DAILY_PENALTY: (now) => ({
    kind: 'DISCUSS_DAILY_PENALTY', ...meeting(now), reason: '数额较大。', agreed: true,
    members: [{ name: '魏司南', post: '局长', opinion: '同意。', agrees: true }, { name: '卫癸', post: '副局长', opinion: '同意。', agrees: true }],
  }),
  DECIDE_DAILY_PENALTY: () => ({ kind: 'DECIDE_DAILY_PENALTY', opinion: '同意。' }),
  RECORD_DAILY_DELIVERED: (now) => ({ kind: 'RECORD_DAILY_DELIVERED', ...delivery(now) }),
  REGISTER_DAILY_PAYMENT: (now, state) => ({ kind: 'REGISTER_DAILY_PAYMENT', amount: Math.max(1, state?.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.amount ?? 1), paidOn: dayOf(now), voucher: 'V2' }),
  PROPOSE_TRANSFER: () => ({ kind: 'PROPOSE_TRANSFER', suspectedCrime: '污染环境罪', reason: '篡改自动监测数据。' }),
  GIVE_TRANSFER_OPINION: () => ({ kind: 'GIVE_TRANSFER_OPINION', opinion: '符合移送条件。', agrees: true }),
  APPROVE_TRANSFER: () => ({ kind: 'APPROVE_TRANSFER', opinion: '同意移送。' }),
  REJECT_TRANSFER: () => ({ kind: 'REJECT_TRANSFER', reason: '不构成犯罪。' }),
  SEND_TRANSFER: () => ({ kind: 'SEND_TRANSFER', to: '清川市公安局', reference: '移1', procuratorate: '清川市人民检察院', materials }),
  ENTER_TWO_LAW_PLATFORM: () => ({ kind: 'ENTER_TWO_LAW_PLATFORM', reference: '两法1' }),
  RECORD_POLICE_TERM: () => ({ kind: 'RECORD_POLICE_TERM', need: 'TO_BE_CHECKED', reference: '查1', note: '需要查证。' }),
  RECORD_POLICE_FORWARDED: () => ({ kind: 'RECORD_POLICE_FORWARDED', reference: '转1', to: '南洲市公安局' }),
  RECORD_POLICE_FILED: (now) => ({ kind: 'RECORD_POLICE_FILED', reference: '立1', filedOn: dayOf(now), note: '立案侦查。' }),
  RECORD_POLICE_REFUSED: () => ({ kind: 'RECORD_POLICE_REFUSED', reference: '不立1', reason: '情节显著轻微。' }),
  HAND_OVER_GOODS: (now) => ({ kind: 'HAND_OVER_GOODS', goods: '控制柜1台、案卷2册', receivedBy: '王警官', takenAt: now }),
  ACCEPT_REFUSAL: () => ({ kind: 'ACCEPT_REFUSAL', reason: '同意公安机关意见。' }),
  ASK_REFUSAL_REVIEW: () => ({ kind: 'ASK_REFUSAL_REVIEW', body: 'POLICE', reason: '符合追诉标准。' }),
  RECORD_REFUSAL_UPHELD: () => ({ kind: 'RECORD_REFUSAL_UPHELD', reference: '复1', note: '维持。' }),
  RECORD_REFUSAL_REVERSED: (now) => ({ kind: 'RECORD_REFUSAL_REVERSED', reference: '复2', filedOn: dayOf(now), note: '改为立案。' }),
  RECORD_NO_PUNISHMENT: () => ({ kind: 'RECORD_NO_PUNISHMENT', outcome: 'NOT_PROSECUTED', reference: '不诉1', note: '相对不起诉。' }),
  RECORD_CONVICTION: () => ({ kind: 'RECORD_CONVICTION', reference: '刑1', note: '判处有期徒刑。' }),
  PROPOSE_DETENTION: () => ({ kind: 'PROPOSE_DETENTION', persons: [{ name: '张演示', post: '厂长', part: '指使篡改数据' }], basis: '环境保护法 第六十三条第三项', reason: '尚不构成犯罪。' }),
  APPROVE_DETENTION: () => ({ kind: 'APPROVE_DETENTION', opinion: '同意。' }),
  REJECT_DETENTION: () => ({ kind: 'REJECT_DETENTION', reason: '证据不足。' }),
  SEND_DETENTION: () => ({ kind: 'SEND_DETENTION', to: '清川市公安局', reference: '拘移1', materials }),
  RECORD_DETENTION_ANSWER: () => ({ kind: 'RECORD_DETENTION_ANSWER', result: 'DETAINED', reference: '拘1', note: '拘留五日。' }),
  OPEN_DAMAGE_CLAIM: () => ({ kind: 'OPEN_DAMAGE_CLAIM', damage: '大气环境损害。', evidenceNote: '超标排放量核算。' }),
  APPRAISE_DAMAGE: () => ({ kind: 'APPRAISE_DAMAGE', way: 'SIMPLE', institution: '专家意见', estimate: 300_000, findings: '虚拟治理成本法。' }),
  DROP_DAMAGE_CLAIM: () => ({ kind: 'DROP_DAMAGE_CLAIM', reason: '损害轻微并已修复。' }),
  INVITE_TO_NEGOTIATE: (now) => ({ kind: 'INVITE_TO_NEGOTIATE', heldAt: now + 10 * DAY, place: '第二会议室', claim: '赔偿30万元。' }),
  RECORD_NEGOTIATION: (now) => ({ kind: 'RECORD_NEGOTIATION', heldAt: now, place: '第二会议室', attended: '张演示', discussion: '协商。', conclusion: '基本一致。' }),
  SIGN_AGREEMENT: () => ({ kind: 'SIGN_AGREEMENT', amount: 300_000, repair: '替代修复。', dueOn: day('2027-06-30'), signer: '张演示', terms: '分两期。' }),
  CONFIRM_AGREEMENT: () => ({ kind: 'CONFIRM_AGREEMENT', court: '清川市中级人民法院', reference: '确1' }),
  SUE_FOR_DAMAGE: () => ({ kind: 'SUE_FOR_DAMAGE', court: '清川市中级人民法院', reason: '磋商未达成一致。' }),
  RECORD_DAMAGE_JUDGMENT: () => ({ kind: 'RECORD_DAMAGE_JUDGMENT', reference: '民1', granted: true, note: '支持。' }),
  REPORT_REPAIR: (now) => ({ kind: 'REPORT_REPAIR', measures: '已种植。', completedOn: dayOf(now) }),
  EVALUATE_REPAIR: () => ({ kind: 'EVALUATE_REPAIR', institution: '评估机构', findings: '达到目标。', passed: true }),
  MARK_MAJOR_CASE: () => ({ kind: 'MARK_MAJOR_CASE', ground: 'SOCIAL_IMPACT', reason: '社会影响恶劣。' }),
  REPORT_MAJOR_CASE: () => ({ kind: 'REPORT_MAJOR_CASE', to: '省厅执法局', course: '案情报告。' }),
  RECORD_INSTRUCTION: () => ({ kind: 'RECORD_INSTRUCTION', from: '省厅', instruction: '挂牌督办。', listed: true }),
};
