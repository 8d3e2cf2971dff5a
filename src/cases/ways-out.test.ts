import { describe, expect, it } from 'vitest';
import { instant, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import { closingGround } from './guards/guards.ts';
import { dailySumOf } from './measures/daily-sum.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
import { act, DAY, filed, law, must, noticed, orderOverdue, start, walk } from './testing/pure-case.ts';
import { openSteps } from './transitions/transitions.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const offers = (state: PenaltyCase): CommandKind[] => openSteps(state).map((row) => row.command);

describe('已催告改正的出路', () => {
  const refused = () => must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', start, { corrected: false }), start);
  const demanded = () => walk(refused(), ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], start);

  it('催告后改正的，报送、核查合格即为已改正；不必先报送也可以核查', () => {
    expect(offers(demanded())).toEqual(expect.arrayContaining(['REPORT_RECTIFICATION', 'CHECK_RECTIFICATION', 'WAIVE_RECTIFICATION', 'ORDER_SUBSTITUTE']));
    const reported = must(demanded(), sample('REPORT_RECTIFICATION', later(2)), later(2));
    expect(reported.rectification).toBe('REPORTED');
    expect(must(reported, sample('CHECK_RECTIFICATION', later(3)), later(3)).rectification).toBe('CORRECTED');
    expect(must(demanded(), sample('CHECK_RECTIFICATION', later(3)), later(3)).rectification).toBe('CORRECTED');
  });

  it('报送不实的拖不掉代履行：催告期满、核查仍未改正，不必再催告一次', () => {
    const feigned = must(must(demanded(), sample('REPORT_RECTIFICATION', later(2)), later(2)), with_('CHECK_RECTIFICATION', later(3), { corrected: false }), later(3));
    expect(feigned.rectification).toBe('NOT_CORRECTED');
    expect(act(feigned, sample('ORDER_SUBSTITUTE', later(5)), later(5))).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(must(feigned, sample('ORDER_SUBSTITUTE', later(11)), later(11)).rectification).toBe('SUBSTITUTE_ORDERED');
    expect(act(refused(), sample('ORDER_SUBSTITUTE', later(11)), later(11))).toMatchObject({ ok: false, missing: expect.arrayContaining(['改正催告书送达']) });
  });

  it('再次责令、再次催告都从头来：前一次催告的送达不算数', () => {
    const again = must(walk(must(demanded(), with_('CHECK_RECTIFICATION', later(3), { corrected: false }), later(3)), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], later(4)), with_('CHECK_RECTIFICATION', later(5), { corrected: false }), later(5));
    expect(act(again, sample('ORDER_SUBSTITUTE', later(30)), later(30))).toMatchObject({ ok: false, missing: expect.arrayContaining(['改正催告书送达']) });
    const second = must(orderOverdue(again), sample('DEMAND_CORRECTION', later(6)), later(6));
    expect(act(second, sample('ORDER_SUBSTITUTE', later(30)), later(30))).toMatchObject({ ok: false, missing: ['改正催告书送达'] });
  });

  it('纸质催告书晚于报送到达，仍记其送达', () => {
    const reported = must(must(refused(), sample('DEMAND_CORRECTION', start), start), sample('REPORT_RECTIFICATION', later(1)), later(1));
    const arrived = must(reported, sample('RECORD_CORRECTION_DEMAND_DELIVERED', later(2)), later(2));
    expect([arrived.rectification, arrived.latest.RECORD_CORRECTION_DEMAND_DELIVERED !== undefined]).toEqual(['REPORTED', true]);
  });

  it('代履行前自行改正的，停止代履行（行政强制法 第五十一条）；未改正的继续', () => {
    const ordered = must(demanded(), sample('ORDER_SUBSTITUTE', later(11)), later(11));
    expect(must(ordered, sample('CHECK_RECTIFICATION', later(12)), later(12)).rectification).toBe('CORRECTED');
    const not = must(ordered, with_('CHECK_RECTIFICATION', later(12), { corrected: false }), later(12));
    expect(not.rectification).toBe('SUBSTITUTE_ORDERED');
    const served = must(not, with_('RECORD_PAPER_DELIVERED', later(14), { paperId: 'SUBSTITUTE_DECISION' }), later(14));
    expect(must(served, sample('RECORD_SUBSTITUTE', later(20)), later(20)).rectification).toBe('CORRECTED');
  });

  it('催告后才改正的，复查已经发现的拒不改正照样计罚', () => {
    const late = must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', later(20), { corrected: false }), later(20));
    const before = dailySumOf(late, law);
    expect(before.days).toBeGreaterThan(0);
    const told = walk(late, ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], later(20));
    expect(dailySumOf(must(told, sample('CHECK_RECTIFICATION', later(23)), later(23)), law)).toEqual(before);
  });
});

describe('送达记在到达的那一份文书上', () => {
  it('先后付邮的两份，后寄的先到：各记各的，不张冠李戴；中止调查时也记', () => {
    const sealed = walk(walk(filed(), ['PROPOSE_SEALING', 'APPROVE_SEALING', 'CARRY_OUT_SEALING'], start), ['SUSPEND', 'EXTEND_SEALING'], later(20));
    const kept = walk(sealed, ['PRESERVE_URGENTLY', 'CONFIRM_PRESERVATION', 'HANDLE_PRESERVATION'], later(20));
    const arrive = (paperId: string, day: number) => with_('RECORD_PAPER_DELIVERED', later(day), { paperId });
    const one = must(kept, arrive('PRESERVATION_RESULT', 21), later(21));
    expect(one.arrived).toMatchObject({ PRESERVATION_RESULT: '2026-04-06' });
    expect(one.arrived['SEALING_EXTENSION']).toBeUndefined();
    expect(must(one, arrive('SEALING_EXTENSION', 23), later(23)).arrived).toMatchObject({ PRESERVATION_RESULT: '2026-04-06', SEALING_EXTENSION: '2026-04-08' });
    expect(kept.main).toBe('SUSPENDED');
  });
});

describe('复议、诉讼之后的新决定', () => {
  const outcome = (state: PenaltyCase, result: 'REMANDED' | 'REVOKED', now: Instant) =>
    must(must(state, sample('RECORD_REMEDY', now), now), with_('RECORD_REMEDY_OUTCOME', now, { outcome: result }), now);
  /** Weighed, told and decided again, the window waited for. */
  const decidedAgain = (state: PenaltyCase, day: number) =>
    walk(
      walk(state, ['SET_DISCRETION', 'DELIBERATE', 'SEND_NOTICE', 'RECORD_NOTICE_DELIVERED'], later(day)),
      ['CLOSE_WINDOW', 'PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'],
      later(day + 12),
    );

  it('变更的：写明变更后的数额和种类，不得加重；按变更后的履行，自收到之日起十五日缴款，逾期的照常催告', () => {
    const amount = performing().decision?.amount ?? 0;
    const late = must(must(performing(), sample('RECORD_OVERDUE', later(16)), later(16)), sample('RECORD_REMEDY', later(20)), later(20));
    const change = (more: Partial<CommandOf<'RECORD_REMEDY_OUTCOME'>>) => with_('RECORD_REMEDY_OUTCOME', later(40), { outcome: 'CHANGED', ...more });
    expect(act(late, change({}), later(40))).toMatchObject({ ok: false, missing: ['变更后的罚款数额', '变更后的处罚种类'] });
    expect(act(late, change({ amount: amount + 1, penalties: ['FINE'] }), later(40))).toMatchObject({ ok: false, missing: [expect.stringContaining('变更不得加重')] });
    const changed = must(late, change({ amount: amount - 50_000, penalties: ['FINE'] }), later(40));
    expect(changed).toMatchObject({ main: 'PERFORMING', remedy: 'CHANGED', decision: { amount: amount - 50_000, payBy: '2026-05-11' }, proposal: { amount: amount - 50_000, penalties: ['FINE'] } });
    expect([changed.decision?.overturned, changed.running.T11, changed.running.T8]).toEqual([undefined, undefined, undefined]);
    expect(Object.keys(changed.running)).toEqual(expect.arrayContaining(['T10', 'T12', 'T14r']));
    expect(act(changed, with_('RECORD_REMEDY', later(50), { remedy: 'LITIGATION' }), later(50))).toMatchObject({ ok: true });
    const demanded = walk(must(changed, sample('RECORD_OVERDUE', later(57)), later(57)), ['ISSUE_DEMAND'], later(58));
    expect(demanded.main).toBe('DEMANDED');
    const nothing = must(late, change({ amount: 0, penalties: ['WARNING'] }), later(40));
    expect([nothing.main, nothing.running.T10]).toEqual(['TO_CLOSE', undefined]);
  });

  it('责令重新作出的：办案期限重新起算，可以再延长；原决定不再催缴，也不能再对它起诉', () => {
    const once = must(performing(), sample('RECORD_REMEDY', later(10)), later(10));
    const changed = must(once, with_('RECORD_REMEDY_OUTCOME', later(40), { outcome: 'REMANDED' }), later(40));
    expect([changed.main, changed.remedy, changed.amountCap]).toEqual(['DISCRETION', 'REMANDED', performing().decision?.amount]);
    expect(changed.running.T8?.startedAt).toBe(later(40));
    expect(changed.running.T10).toBeUndefined();
    expect(act(changed, sample('RECORD_REMEDY', later(41)), later(41))).toMatchObject({ ok: false, missing: ['已送达且未被撤销的决定'] });
    expect(must(changed, sample('EXTEND_TERM', later(60)), later(60)).running.T8?.dueDay).not.toBe(changed.running.T8?.dueDay);
  });

  it('期限停着的时候末日不会到：原定末日之后仍可以批准延长', () => {
    const paused = must(filed(), sample('SUSPEND', later(80)), later(80));
    const resumed = must(paused, sample('RESUME', later(120)), later(120));
    expect(act(resumed, sample('EXTEND_TERM', later(121)), later(121))).toMatchObject({ ok: true });
    const checking = must(filed(), sample('BEGIN_EXCLUSION', later(80)), later(80));
    expect(checking.running.T8?.pausedAt).toBe(later(80));
    expect(act(checking, sample('EXTEND_TERM', later(95)), later(95))).toMatchObject({ ok: true });
  });

  it('原来用过的延长不占新期限的一次', () => {
    const extended = must(noticed(), sample('EXTEND_TERM', start), start);
    const decided = walk(must(extended, sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
    expect(act(outcome(decided, 'REMANDED', later(40)), sample('EXTEND_TERM', later(41)), later(41))).toMatchObject({ ok: true });
  });

  it('重新告知、等满陈述申辩期后重新决定；对新的决定仍可复议、起诉', () => {
    const again = decidedAgain(outcome(performing(), 'REMANDED', later(40)), 41);
    expect([again.main, again.running.T8, again.decision?.overturned]).toEqual(['PERFORMING', undefined, undefined]);
    expect(Object.keys(again.running)).toEqual(expect.arrayContaining(['T10', 'T13', 'T14']));
    const sued = must(again, with_('RECORD_REMEDY', later(60), { remedy: 'LITIGATION' }), later(60));
    expect(sued.remedy).toBe('LITIGATION');
    expect(must(sued, sample('RECORD_REMEDY_OUTCOME', later(90)), later(90)).remedy).toBe('UPHELD');
  });

  it('原决定已缴的抵扣新决定：缴清的不再催缴', () => {
    const amount = performing().decision?.amount ?? 0;
    const paid = must(performing(), with_('REGISTER_PAYMENT', start, { amount }), start);
    const again = decidedAgain(outcome(paid, 'REMANDED', later(40)), 41);
    expect([again.main, again.running.T10, again.paid]).toEqual(['TO_CLOSE', undefined, amount]);
  });

  it('撤销的：按撤销结案；重开另作决定的，对新决定可以再诉讼，结案理由随新决定', () => {
    const revoked = outcome(performing(), 'REVOKED', later(40));
    expect([revoked.main, closingGround(revoked)]).toEqual(['TO_CLOSE', 'REVOKED']);
    expect(act(revoked, sample('RECORD_REMEDY', later(41)), later(41))).toMatchObject({ ok: false, code: 'CASE-003' });
    const closed = walk(must(must(revoked, sample('WAIVE_RECTIFICATION', later(41)), later(41)), with_('PROPOSE_CLOSING', later(41), { ground: 'REVOKED' }), later(41)), ['APPROVE_CLOSING'], later(41));
    expect(act(closed, with_('REOPEN_CASE', later(42), { to: 'PERFORMING' }), later(42))).toMatchObject({ ok: false, missing: ['尚未缴清的罚款'] });
    const again = decidedAgain(must(closed, sample('REOPEN_CASE', later(42)), later(42)), 43);
    expect(must(again, sample('RECORD_REMEDY', later(60)), later(60)).remedy).toBe('RECONSIDERATION');
    const done = must(again, sample('REGISTER_PAYMENT', later(60), again), later(60));
    expect(closingGround(done)).toBe('PERFORMED');
  });
});
