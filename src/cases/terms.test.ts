import { describe, expect, it } from 'vitest';
import { calendarDay, instant, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import { decideCase } from './decide-case.ts';
import { applyEvent } from './fold.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
import { act, DAY, filed, investigated, law, must, noticed, orderOverdue, people, start, walk } from './testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>, state?: PenaltyCase): CaseCommand => ({ ...sample(kind, now, state), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const reviewed = () => walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
const severe = () => walk(must(reviewed(), with_('DELIBERATE', start, { penalties: ['FINE', 'LIMIT_PRODUCTION'] }), start), ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED'], start);
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);

describe('办案期限：延长与扣除', () => {
  it('九十日，负责人批准延长三十日，集体讨论再延长三十日，各一次，都在届满之前', () => {
    const state = filed();
    expect(state.running.T8?.dueDay).toBe('2026-06-15');
    expect(act(state, sample('EXTEND_TERM_AGAIN', start), start)).toMatchObject({ ok: false, code: 'CASE-003', missing: ['负责人已批准的延长'] });
    const once = must(state, sample('EXTEND_TERM', start), later(80));
    expect(once.running.T8?.dueDay).toBe('2026-07-15');
    expect(act(once, sample('EXTEND_TERM', start), later(80))).toMatchObject({ ok: false, missing: ['负责人只能批准延长一次'] });
    const refused = must(once, with_('EXTEND_TERM_AGAIN', start, { agreed: false }), later(81));
    expect(refused.running.T8?.dueDay).toBe('2026-07-15');
    const twice = must(once, sample('EXTEND_TERM_AGAIN', later(81)), later(81));
    expect(twice.running.T8?.dueDay).toBe('2026-08-14');
    expect(act(twice, sample('EXTEND_TERM_AGAIN', later(82)), later(82))).toMatchObject({ ok: false });
    expect(act(state, sample('EXTEND_TERM', start), later(200))).toMatchObject({ ok: false, missing: ['尚未届满的办案期限'] });
  });

  it('监测、听证、送达、中止的时间不计入：每段留一行，重叠的只扣一次', () => {
    const measured = must(filed(), sample('BEGIN_EXCLUSION', start), later(1));
    expect(measured.excluded).toMatchObject([{ ground: 'MONITORING', reason: '委托检测排放口污染物。' }]);
    expect(act(measured, sample('BEGIN_EXCLUSION', start), later(2))).toMatchObject({ ok: false, missing: ['同一事由的扣除时间尚未结束'] });
    const both = must(measured, with_('BEGIN_EXCLUSION', start, { ground: 'APPRAISAL' }), later(4));
    const one = must(both, with_('END_EXCLUSION', start, { ground: 'MONITORING' }), later(6));
    // The appraisal goes on: the term still stands still.
    expect(one.running.T8?.pausedAt).toBe(later(1));
    const none = must(one, with_('END_EXCLUSION', start, { ground: 'APPRAISAL' }), later(11));
    expect(none.running.T8).toMatchObject({ dueDay: '2026-06-25' });
    expect(none.excluded.every((p) => p.to !== undefined)).toBe(true);
    expect(act(filed(), with_('BEGIN_EXCLUSION', start, { ground: 'HOLIDAY' }), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(severe().excluded).toMatchObject([{ ground: 'SERVICE' }]);
    const heard = must(walk(severe(), ['REQUEST_HEARING', 'GRANT_HEARING', 'RECORD_PAPER_DELIVERED'], start), sample('HOLD_HEARING', start), later(21));
    expect(heard.excluded.at(-1)).toMatchObject({ ground: 'HEARING', from: start, to: later(21) });
    expect(heard.running.T8?.dueDay).toBe('2026-07-06');
  });
});

describe('告知、陈述申辩与听证', () => {
  it('撤回告知书：期限取消，须重新告知，权利重新起算，不得因申辩加重', () => {
    const defended = must(noticed(), sample('SUBMIT_DEFENCE', start), start);
    const back = must(defended, sample('WITHDRAW_NOTICE', start), later(1));
    expect(back).toMatchObject({ main: 'DISCRETION', amountCap: back.proposal?.amount });
    expect(back.notice).toBeUndefined();
    expect(back.running.T5).toBeUndefined();
    const heavier = sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>;
    expect(act(back, { ...heavier, grades: { ...heavier.grades, REPEAT: 'MORE' } }, later(1))).toMatchObject({ ok: false, code: 'CASE-003' });
    const again = walk(back, ['SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED'], later(2));
    expect(again.running.T5?.startedAt).toBe(later(2));
    expect(again.papers.filter((p) => p.kind === 'PRIOR_NOTICE')).toHaveLength(2);
    expect(walk(noticed(), ['WITHDRAW_NOTICE'], start).amountCap).toBeUndefined();
  });

  it('逾期提出的听证要求可以说明理由拒绝；无正当理由不到场视为放弃，不替他记录意见', () => {
    const late = must(severe(), sample('REQUEST_HEARING', start), later(9));
    expect(must(late, sample('REFUSE_HEARING', start), later(9)).main).toBe('DEFENCE_WINDOW');
    const granted = walk(severe(), ['REQUEST_HEARING', 'GRANT_HEARING', 'RECORD_PAPER_DELIVERED'], start);
    const absent = must(granted, with_('HOLD_HEARING', start, { attended: false }), later(21));
    expect(absent.hearing?.outcome).toBe('ABSENT');
    expect(absent.defence).toHaveLength(1);
  });

  it('听证期间仍可提交书面意见，逐条复核后才能往下走', () => {
    const asked = must(severe(), sample('REQUEST_HEARING', start), start);
    const written = must(asked, sample('SUBMIT_DEFENCE', start), later(1));
    expect(written).toMatchObject({ main: 'HEARING_REQUESTED' });
    expect(written.defence).toHaveLength(2);
    const held = must(walk(written, ['GRANT_HEARING', 'RECORD_PAPER_DELIVERED'], later(1)), sample('HOLD_HEARING', start), later(22));
    const some = { ...sample('REVIEW_DEFENCE', start, held), answers: [{ pointId: held.defence[0]?.pointId ?? '', accepted: false, reason: '不采纳。' }] } as CaseCommand;
    expect(act(held, some, later(22))).toMatchObject({ ok: false, code: 'CASE-003' });
  });
});

describe('更正与重新办理：新的一步，从不改旧卷', () => {
  it('更正只及笔误：须是已送达的文书，不得改变罚款数额', () => {
    const state = performing();
    const paperId = state.papers.findLast((p) => p.kind === 'PENALTY_DECISION')?.paperId ?? '';
    const corrected = must(state, with_('CORRECT_PAPER', start, { paperId }), start);
    expect(corrected).toMatchObject({ main: 'PERFORMING', decision: state.decision });
    expect(corrected.papers.at(-1)?.kind).toBe('CORRECTION_NOTICE');
    expect(corrected.papers.slice(0, state.papers.length)).toEqual(state.papers);
    const sum = String(state.decision?.amount);
    expect(act(state, with_('CORRECT_PAPER', start, { paperId, wrong: sum, right: '1' }), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    const inner = state.papers.find((p) => p.kind === 'LEGAL_REVIEW')?.paperId ?? '';
    expect(act(state, with_('CORRECT_PAPER', start, { paperId: inner }), start)).toMatchObject({ ok: false, missing: ['已送达当事人的文书'] });
  });

  it('已结案件以新的一步重新办理：办案期限重新起算，再作决定前仍须告知', () => {
    const paid = must(performing(), sample('REGISTER_PAYMENT', start, performing()), start);
    const closed = walk(paid, ['WAIVE_RECTIFICATION', 'PROPOSE_CLOSING', 'APPROVE_CLOSING'], start);
    expect(act(closed, with_('REOPEN_CASE', start, { to: 'PERFORMING' }), start)).toMatchObject({ ok: false, missing: ['尚未缴清的罚款'] });
    const again = must(closed, sample('REOPEN_CASE', start), later(10));
    expect(again).toMatchObject({ main: 'DISCRETION' });
    expect(again.closing).toBeUndefined();
    expect(again.running.T8?.startedAt).toBe(later(10));
    expect(again.papers.slice(0, closed.papers.length)).toEqual(closed.papers);
    expect(act(again, sample('DECIDE', start), later(10))).toMatchObject({ ok: false, code: 'CASE-002' });
  });

  it('当事人更名后，后来的文书用新名，先前的不变', () => {
    const renamed = must(investigated(), sample('RENAME_PARTY', start), start);
    expect(renamed.partyName).toBe('新名电力有限公司');
    expect(renamed.papers.at(-1)?.kind).toBe('PARTY_CHANGE');
  });
});

describe('简易程序', () => {
  const on = { ...law, valueAt: ((key, region, day) => (key === 'cases.simpleProcedure' ? { ...law.valueAt(key, region, day), value: true } : law.valueAt(key, region, day))) as typeof law.valueAt };
  const spot = (state: PenaltyCase, command: CaseCommand) => decideCase(state, command, people(command), on, start);

  it('默认关闭；启用后三千元以下，当场送达，三个工作日内备案，先复议后诉讼', () => {
    const command = sample('DECIDE_ON_SPOT', start);
    expect(act(investigated(), command, start)).toMatchObject({ ok: false, missing: ['本地区启用的简易程序'] });
    expect(spot(investigated(), { ...command, amount: 3_001 } as CaseCommand)).toMatchObject({ ok: false, missing: ['不超过 3000 元的罚款或者警告'] });
    const decided = spot(investigated(), command);
    if (!decided.ok) throw new Error(decided.zh);
    const state = applyEvent(investigated(), decided.value);
    expect(state).toMatchObject({ main: 'PERFORMING', decision: { amount: 2_000, delivery: { method: 'DIRECT' } } });
    expect(state.running.T27?.dueDay).toBe('2026-03-19');
    expect(state.running.T8).toBeUndefined();
    expect(act(state, with_('RECORD_REMEDY', start, { remedy: 'LITIGATION' }), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    const paid = walk(must(state, sample('REGISTER_PAYMENT', start, state), start), ['WAIVE_RECTIFICATION'], start);
    expect(act(paid, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: false, missing: ['当场处罚决定备案'] });
    const filedAway = must(paid, sample('FILE_ON_SPOT', start), start);
    expect(filedAway.running.T27).toBeUndefined();
    expect(act(filedAway, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: true });
  });
});

describe('分期、加处罚款与代履行', () => {
  it('分期须当事人在缴款期内申请，各期合计等于余额', () => {
    const state = performing();
    const owed = state.decision?.amount ?? 0;
    expect(act(state, sample('GRANT_INSTALMENTS', start), start)).toMatchObject({ ok: false, missing: ['当事人的延期（分期）缴纳申请'] });
    expect(act(state, sample('REQUEST_INSTALMENTS', start), later(40))).toMatchObject({ ok: false });
    const asked = must(state, sample('REQUEST_INSTALMENTS', start), start);
    const parts = (first: number) => [{ dueOn: calendarDay('2026-06-30'), amount: first }, { dueOn: calendarDay('2026-12-31'), amount: owed - 1_000 }];
    expect(act(asked, with_('GRANT_INSTALMENTS', start, { schedule: parts(999) }), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    const granted = must(asked, with_('GRANT_INSTALMENTS', start, { schedule: parts(1_000) }), start);
    expect(granted.decision?.schedule).toHaveLength(2);
    expect(granted.running.T10?.dueDay).toBe('2026-12-31');
  });

  it('复议、诉讼期间不加处罚款', () => {
    const late = later(25);
    const amount = performing().decision?.amount ?? 0;
    const pay = (extra: number) => with_('REGISTER_PAYMENT', late, { amount: amount + extra, paidOn: calendarDay('2026-04-10') });
    // 应缴日 3月31日，逾期十日，加处 30 %。
    expect(act(performing(), pay(Math.floor(amount * 0.3)), late)).toMatchObject({ ok: true });
    const contested = must(must(performing(), with_('RECORD_REMEDY', start, { receivedOn: calendarDay('2026-04-01') }), start), sample('RECORD_REMEDY_OUTCOME', start), later(23));
    expect(act(contested, pay(Math.floor(amount * 0.3)), late)).toMatchObject({ ok: false, code: 'CASE-003' });
  });

  it('不改正的先催告，催告期满仍不改正才可代履行，费用记入', () => {
    const failed = must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', start, { corrected: false }), start);
    expect(act({ ...failed, order: { ...failed.order!, dueOn: calendarDay('2026-03-16') } }, sample('DEMAND_CORRECTION', start), start)).toMatchObject({ ok: false, missing: ['责令改正期限（2026-03-16）届满仍未改正'] });
    const demanded = must(failed, sample('DEMAND_CORRECTION', start), start);
    expect(act(demanded, sample('ORDER_SUBSTITUTE', later(11)), later(11))).toMatchObject({ ok: false, missing: ['改正催告书送达'] });
    const told = must(demanded, sample('RECORD_CORRECTION_DEMAND_DELIVERED', start), start);
    expect(act(told, sample('ORDER_SUBSTITUTE', later(5)), later(5))).toMatchObject({ ok: false, code: 'CASE-003' });
    const ordered = must(told, sample('ORDER_SUBSTITUTE', later(11)), later(11));
    expect(act(told, { ...sample('ORDER_SUBSTITUTE', later(11)), ground: '费用低' } as CaseCommand, later(11))).toMatchObject({ ok: false, missing: [expect.stringContaining('代履行的情形')] });
    // 代履行前送达决定书，三日前催告（行政强制法 第五十一条）。
    expect(act(ordered, sample('RECORD_SUBSTITUTE', later(30)), later(30))).toMatchObject({ ok: false, missing: ['代履行决定书送达'] });
    const served = must(ordered, { ...sample('RECORD_PAPER_DELIVERED', later(28)), paperId: 'SUBSTITUTE_DECISION' } as CaseCommand, later(28));
    expect(act(served, sample('RECORD_SUBSTITUTE', later(30)), later(30))).toMatchObject({ ok: false, missing: [expect.stringContaining('满三日')] });
    expect(must(served, sample('RECORD_SUBSTITUTE', later(31)), later(31))).toMatchObject({ rectification: 'CORRECTED', latest: { RECORD_SUBSTITUTE: { command: { cost: 28_000 } } } });
  });
});
