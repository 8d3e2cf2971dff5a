import { addDays, calendarDay, dayOf, instant, type Instant } from '#kernel';
import type { CommandKind, CommandOf } from '../commands/index.ts';
import type { CaseClue, KnownClue } from '../evidence/later-findings.ts';
import type { Suggestion } from '../measures/suggestions.ts';
import type { PenaltyCase } from '../penalty-case.ts';

type Samples<K extends CommandKind> = { readonly [Kind in K]: (now: Instant, state?: PenaltyCase) => CommandOf<Kind> };
type TermKind =
  | 'EXTEND_TERM' | 'EXTEND_TERM_AGAIN' | 'BEGIN_EXCLUSION' | 'END_EXCLUSION' | 'WITHDRAW_NOTICE' | 'CORRECT_PAPER' | 'REOPEN_CASE' | 'RENAME_PARTY' | 'ADD_VIOLATION' | 'SETTLE_LATER_FINDINGS' | 'ANSWER_SUGGESTION'
  | 'RECORD_PAPER_DELIVERED' | 'RECORD_DEMAND_DELIVERED' | 'DECIDE_ON_SPOT' | 'FILE_ON_SPOT' | 'REQUEST_INSTALMENTS' | 'DEMAND_CORRECTION'
  | 'SPLIT_CASE' | 'ADD_PARTY' | 'ADD_PERSON' | 'TELL_SUSPICION' | 'MERGE_CASE' | 'TAKE_IN_CASE' | 'REOPEN_ARCHIVED'
  | 'RECORD_CORRECTION_DEMAND_DELIVERED' | 'ORDER_SUBSTITUTE' | 'RECORD_SUBSTITUTE';

const known = (version: number, claim: string, to: string): KnownClue => ({
  version, knownAt: instant(Date.parse(to)), claim: { zh: claim, en: claim }, tier: { zh: '执法工单', en: 'work order' }, models: [{ zh: 'B01 小时均值超标', en: 'B01 hourly mean over the limit' }],
  from: instant(1773252000000), to: instant(Date.parse(to)), cleared: false,
});
/** The clue of the sample handover, which went on for a day. */
export const GROWN_CLUE: CaseClue = {
  handedOver: known(2, '氮氧化物折算小时均值连续 6 小时超过限值。', '2026-03-12T08:00:00+08:00'), now: known(5, '氮氧化物折算小时均值连续 30 小时超过限值。', '2026-03-13T08:00:00+08:00'),
};
export const SUGGESTED: Suggestion = { id: 'APL33-MINOR', kind: 'EXEMPTION', zh: '违法行为轻微并及时改正，没有造成危害后果', en: 'minor, corrected in time, no harm', force: 'SHALL', grounds: [{ zh: '没有造成危害后果', en: 'no harm', holds: 'UNKNOWN' }, { zh: '已改正', en: 'corrected', holds: 'YES' }] };

const delivery = (now: Instant) => ({ deliveryId: 'dlv-2', method: 'ELECTRONIC', arrivedAt: now, legalDay: dayOf(now) });
const inDays = (now: Instant, n: number) => addDays(dayOf(now), n);

/** One well-formed command for every step of `transitions/terms-and-corrections.ts`. */
export const TERM_SAMPLES: Samples<TermKind> = {
  EXTEND_TERM: () => ({ kind: 'EXTEND_TERM', reason: '案情复杂，须补充鉴定。' }),
  EXTEND_TERM_AGAIN: (now) => ({
    kind: 'EXTEND_TERM_AGAIN', heldAt: now, place: '第一会议室', recorder: '褚壬', reason: '案情特别复杂。', discussion: '逐项讨论。', agreed: true, conclusion: '同意再延长。',
    members: [
      { name: '魏司南', post: '局长', opinion: '同意。', agrees: true },
      { name: '卫癸', post: '副局长', opinion: '同意。', agrees: true },
    ],
  }),
  BEGIN_EXCLUSION: () => ({ kind: 'BEGIN_EXCLUSION', ground: 'MONITORING', reason: '委托检测排放口污染物。' }),
  END_EXCLUSION: (_now, state) => ({ kind: 'END_EXCLUSION', ground: state?.excluded.find((p) => p.to === undefined)?.ground ?? 'MONITORING', result: '检测报告已收到。' }),
  WITHDRAW_NOTICE: () => ({ kind: 'WITHDRAW_NOTICE', to: 'DISCRETION', reason: '引用条文有误，须重新告知。' }),
  CORRECT_PAPER: (_now, state) => ({
    kind: 'CORRECT_PAPER', paperId: Object.keys(state?.arrived ?? {}).at(-1) ?? 'none', wrong: '演示路1号', right: '演示路2号', reason: '地址笔误。',
  }),
  REOPEN_CASE: () => ({ kind: 'REOPEN_CASE', ground: 'DECISION_REVOKED_BY_US', to: 'DISCRETION', reason: '裁量档次适用有误，自行纠正。' }),
  ADD_VIOLATION: () => ({
    kind: 'ADD_VIOLATION', violation: 'INFO_NOT_PUBLIC', actStart: calendarDay('2026-03-01'), actEnd: calendarDay('2026-03-12'), facts: '未按规定公开排放信息。', reason: '调查中一并发现。', harm: 'NONE', harmFinding: '',
  }),
  SPLIT_CASE: (_now, state) => ({ kind: 'SPLIT_CASE', violation: state?.further.at(-1)?.violation ?? 'INFO_NOT_PUBLIC', reason: '两项行为事实各自独立，分案办理。' }),
  ADD_PARTY: () => ({ kind: 'ADD_PARTY', otherUnitId: 'E002', part: '运维单位配合修改参数。', reason: '' }),
  TELL_SUSPICION: () => ({ kind: 'TELL_SUSPICION' }),
  ADD_PERSON: () => ({ kind: 'ADD_PERSON', name: '赵演示', idNumber: '11010119800101001X', role: 'IN_CHARGE', post: '生产副总经理', address: '示范市演示路1号', part: '指使环保科修改自动监测设备参数。' }),
  MERGE_CASE: () => ({ kind: 'MERGE_CASE', intoCaseId: 'case-0', reason: '同一当事人的关联行为，并案办理。' }),
  TAKE_IN_CASE: () => ({
    kind: 'TAKE_IN_CASE', fromCaseId: 'case-9', fromCaseNo: 'JS-QC-2026-0009', reason: '并案办理。', evidence: [], refs: [], by: { name: '陈以恒', certificate: '苏ZF-060009' },
    acts: [{ violation: 'INFO_NOT_PUBLIC', actStart: calendarDay('2026-03-01'), actEnd: calendarDay('2026-03-12'), facts: '未按规定公开排放信息。' }],
  }),
  REOPEN_ARCHIVED: () => ({ kind: 'REOPEN_ARCHIVED', ground: 'NEW_FACTS', reason: '归档后发现影响处理的新事实。' }),
  SETTLE_LATER_FINDINGS: () => ({ kind: 'SETTLE_LATER_FINDINGS', way: 'LEAVE_OUT', clueVersion: GROWN_CLUE.now.version, facts: '', reason: '新增时段的数据未经审核，不作为本案事实。' }),
  ANSWER_SUGGESTION: () => ({ kind: 'ANSWER_SUGGESTION', suggestion: SUGGESTED.id, answers: [{ ground: '没有造成危害后果', holds: false }], reason: '危害后果已经发生，不属于轻微。' }),
  RENAME_PARTY: () => ({ kind: 'RENAME_PARTY', newName: '新名电力有限公司', proof: '营业执照变更登记', reason: '公司更名。' }),
  RECORD_PAPER_DELIVERED: (now) => ({ kind: 'RECORD_PAPER_DELIVERED', ...delivery(now) }),
  RECORD_DEMAND_DELIVERED: (now) => ({ kind: 'RECORD_DEMAND_DELIVERED', ...delivery(now) }),
  DECIDE_ON_SPOT: () => ({
    kind: 'DECIDE_ON_SPOT', basisId: 'AIR99-2', penalties: ['FINE'], amount: 2_000, facts: '未按规定公开排放信息。', place: '示范电力有限公司', said: '无异议。', signedBy: '张演示',
  }),
  FILE_ON_SPOT: () => ({ kind: 'FILE_ON_SPOT', reference: '备1' }),
  REQUEST_INSTALMENTS: () => ({ kind: 'REQUEST_INSTALMENTS', untilDay: calendarDay('2026-12-31'), reason: '资金周转困难。' }),
  DEMAND_CORRECTION: (now) => ({ kind: 'DEMAND_CORRECTION', dueOn: inDays(now, 10), reason: '复查仍超标。' }),
  RECORD_CORRECTION_DEMAND_DELIVERED: (now) => ({ kind: 'RECORD_CORRECTION_DEMAND_DELIVERED', ...delivery(now) }),
  ORDER_SUBSTITUTE: (now) => ({ kind: 'ORDER_SUBSTITUTE', ground: 'POLLUTION', performer: '清源环保工程有限公司', dueOn: inDays(now, 20), estimate: 30_000, manner: '清理泄漏物并修复围堰。', reason: '催告期满仍未改正。' }),
  RECORD_SUBSTITUTE: (now) => ({ kind: 'RECORD_SUBSTITUTE', completedOn: dayOf(now), cost: 28_000, findings: '已清理完毕。' }),
};
