import { describe, expect, it } from 'vitest';
import { instant, isRefusal, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import { dailySumOf } from '../measures/daily-sum.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { refundDue } from '../recovery/refund.ts';
import { standing, surchargeBy } from '../recovery/obligations.ts';
import { sample } from '../testing/index.ts';
import { paperOf } from '../testing/paper-of.ts';
import { act, DAY, filed, investigated, law, must, noticed, orderOverdue, start, walk } from '../testing/pure-case.ts';
import { openSteps, TRANSITIONS } from '../transitions/transitions.ts';
import { CONTESTABLE_ACTS } from './contested-acts.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>, state?: PenaltyCase): CaseCommand => ({ ...sample(kind, now, state), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant): readonly string[] => {
  const result = act(state, command, now);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};
type Outcome = CommandOf<'RECORD_ACT_REMEDY_OUTCOME'>['outcome'];

/** Contests the newest such paper, and says how it ended. */
const contest = (state: PenaltyCase, paperId: string, now: Instant) => must(state, with_('RECORD_ACT_REMEDY', now, { paperId }), now);
const decided = (state: PenaltyCase, outcome: Outcome, now: Instant, more: { readonly amount?: number } = {}) => must(state, with_('RECORD_ACT_REMEDY_OUTCOME', now, { outcome, ...more }, state), now);

const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const limited = () => {
  const reviewed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
  const proposed = must(reviewed, with_('DELIBERATE', start, { penalties: ['FINE', 'LIMIT_PRODUCTION'] }), start);
  return walk(proposed, ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW', 'RECORD_DISCUSSION', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED', 'ORDER_PRODUCTION', 'RECORD_PRODUCTION_DELIVERED'], start);
};
const refused = () => must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', later(20), { corrected: false }), later(20));
const daily = () => {
  const paid = must(refused(), with_('REGISTER_PAYMENT', later(10), { amount: performing().decision?.amount ?? 0 }), later(20));
  const told = walk(paid, ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], later(21));
  return walk(told, ['CLOSE_DAILY_WINDOW', 'PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY', 'DECIDE_DAILY_PENALTY', 'RECORD_DAILY_DELIVERED'], later(40));
};
const sealed = () => walk(filed(), ['PROPOSE_SEALING', 'APPROVE_SEALING', 'CARRY_OUT_SEALING'], start);

describe('复议、诉讼针对每一个可以救济的决定', () => {
  it('表中的每一种决定都由流程表送达当事人，撤销后的去向在本流程上', () => {
    for (const entry of Object.values(CONTESTABLE_ACTS)) {
      for (const kind of entry.papers) expect(TRANSITIONS.some((row) => row.posts?.papers.includes(kind as never)), kind).toBe(true);
      expect(openSteps({ ...filed(), [{ DAILY: 'daily', RECTIFICATION: 'rectification', SEALING: 'sealing', PRODUCTION: 'production' }[entry.track]]: entry.falls.to }).some((row) => row.track === entry.track)).toBe(true);
    }
  });

  it('没有送达的决定不能登记；正在救济中的不重复登记；复议之后只能诉讼；法院判过的不再登记', () => {
    const ordered = must(performing(), sample('ORDER_RECTIFICATION', start), start);
    expect(missing(ordered, with_('RECORD_ACT_REMEDY', start, { paperId: 'RECTIFICATION_ORDER' }), start)).not.toEqual([]);
    const once = contest(walk(ordered, ['RECORD_ORDER_DELIVERED'], start), 'RECTIFICATION_ORDER', later(2));
    expect([once.actRemedy, once.actRemedies.length]).toEqual(['ACT_CONTESTED', 1]);
    expect(missing(once, with_('RECORD_ACT_REMEDY', later(3), { paperId: 'RECTIFICATION_ORDER' }), later(3))).toContain('已送达、没有未结的复议诉讼、尚未被撤销的决定');
    const upheld = decided(once, 'UPHELD', later(60));
    expect([upheld.actRemedy, upheld.rectification]).toEqual(['ACT_REMEDY_ENDED', 'CORRECTING']);
    expect(missing(upheld, with_('RECORD_ACT_REMEDY', later(61), { paperId: 'RECTIFICATION_ORDER' }), later(61))).toEqual(['行政诉讼（该决定已经复议）']);
    const sued = must(upheld, with_('RECORD_ACT_REMEDY', later(61), { paperId: 'RECTIFICATION_ORDER', remedy: 'LITIGATION' }), later(61));
    expect(missing(decided(sued, 'UPHELD', later(200)), with_('RECORD_ACT_REMEDY', later(201), { paperId: 'RECTIFICATION_ORDER', remedy: 'LITIGATION' }), later(201))).not.toEqual([]);
  });

  it('未结的救济挡住结案', () => {
    const contested = contest(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), 'RECTIFICATION_ORDER', start);
    const done = walk(contested, ['REGISTER_PAYMENT', 'CHECK_RECTIFICATION'], start);
    expect(missing(done, sample('PROPOSE_CLOSING', start), start)).toEqual(['对其他决定的救济的了结（现为“其他决定在复议、诉讼中”）']);
    expect(missing(decided(done, 'UPHELD', later(60)), sample('PROPOSE_CLOSING', later(60)), later(60))).toEqual([]);
  });

  it('责令改正被撤销：回到未责令，拒不改正不再计罚；已改正的不变', () => {
    const state = contest(refused(), 'RECTIFICATION_ORDER', later(22));
    expect(dailySumOf(state, law).days).toBeGreaterThan(0);
    const fallen = decided(state, 'REVOKED', later(60));
    expect([fallen.rectification, fallen.order, dailySumOf(fallen, law).days, fallen.running.T20, fallen.running.T15br]).toEqual(['NO_ORDER', undefined, 0, undefined, undefined]);
    const cured = walk(contest(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), 'RECTIFICATION_ORDER', start), ['CHECK_RECTIFICATION'], start);
    expect(decided(cured, 'REVOKED', later(60)).rectification).toBe('CORRECTED');
  });

  it('责令改正在救济期间不得申请法院强制执行；维持后等满起诉期', () => {
    const demanded = walk(refused(), ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], later(21));
    const contested = contest(demanded, 'RECTIFICATION_ORDER', later(30));
    expect(contested.running.T15br).toBeUndefined();
    expect(missing(contested, sample('APPLY_TO_COURT_CORRECTION', later(250)), later(250))).toContain('复议、诉讼已有结果');
    const upheld = decided(contested, 'UPHELD', later(240));
    expect(upheld.running.T15br).toBeDefined();
    expect(missing(upheld, sample('APPLY_TO_COURT_CORRECTION', later(250)), later(250))).toContain('复议、诉讼期限届满');
    expect(missing(upheld, sample('APPLY_TO_COURT_CORRECTION', later(258)), later(258))).toEqual([]);
  });

  it('代履行决定被撤销：回到未改正', () => {
    const ordered = must(walk(refused(), ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], later(21)), sample('ORDER_SUBSTITUTE', later(40)), later(40));
    const served = must(ordered, with_('RECORD_PAPER_DELIVERED', later(41), { paperId: 'SUBSTITUTE_DECISION' }), later(41));
    expect(decided(contest(served, 'SUBSTITUTE_DECISION', later(42)), 'REVOKED', later(60)).rectification).toBe('NOT_CORRECTED');
  });

  it('查封被撤销：期限不再计算，只能以“被撤销”解除，解除决定送达后了结', () => {
    const fallen = decided(contest(sealed(), 'SEALING_ORDER', later(2)), 'REVOKED', later(10));
    expect([fallen.sealing, fallen.running.T21]).toEqual(['SEALING_FALLEN', undefined]);
    expect(missing(fallen, sample('RELEASE_SEALING', later(10)), later(10))).toEqual(['与查封、扣押决定是否已被撤销相符的解除情形']);
    expect(missing(sealed(), with_('RELEASE_SEALING', later(10), { ground: 'SET_ASIDE' }), later(10))).toEqual(['与查封、扣押决定是否已被撤销相符的解除情形']);
    const released = walk(must(fallen, with_('RELEASE_SEALING', later(10), { ground: 'SET_ASIDE' }), later(10)), ['RECORD_RELEASE_DELIVERED'], later(11));
    expect([released.sealing, released.running.T21d]).toEqual(['RELEASED', undefined]);
  });

  it('限产停产被撤销：失去依据，书面通知后终止；维持的照旧', () => {
    const state = contest(limited(), 'PRODUCTION_ORDER', later(5));
    expect(missing(state, sample('END_PRODUCTION', later(6)), later(6))).not.toEqual([]);
    expect(decided(state, 'UPHELD', later(40)).production).toBe('UNDER_LIMIT');
    const fallen = decided(state, 'REVOKED', later(40));
    expect([fallen.production, fallen.running.T22b, fallen.running.T22c]).toEqual(['LIMIT_FALLEN', undefined, undefined]);
    const ended = must(fallen, sample('END_PRODUCTION', later(41)), later(41));
    expect([ended.production, ended.papers.at(-1)?.kind]).toEqual(['LIMIT_REVOKED', 'PRODUCTION_ENDED']);
  });

  it('一案几个决定同时救济：各有各的结果，全部有结果才算了结', () => {
    const both = contest(contest(walk(limited(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), 'PRODUCTION_ORDER', later(5)), 'RECTIFICATION_ORDER', later(6));
    const [first, second] = both.actRemedies;
    const one = must(both, with_('RECORD_ACT_REMEDY_OUTCOME', later(40), { remedyId: second?.remedyId ?? '', outcome: 'UPHELD' }), later(40));
    expect([one.actRemedy, one.production]).toEqual(['ACT_CONTESTED', 'UNDER_LIMIT']);
    const two = must(one, with_('RECORD_ACT_REMEDY_OUTCOME', later(50), { remedyId: first?.remedyId ?? '', outcome: 'REVOKED' }), later(50));
    expect([two.actRemedy, two.production, two.rectification]).toEqual(['ACT_REMEDY_ENDED', 'LIMIT_FALLEN', 'CORRECTING']);
  });
});

describe('按日连续处罚的复议、诉讼', () => {
  it('救济期间加处罚款不计算、三个月不起算；维持后继续，另等十五日起诉期', () => {
    const late = must(daily(), sample('RECORD_DAILY_OVERDUE', later(57)), later(57));
    const contested = contest(late, 'DAILY_PENALTY', later(60));
    expect([contested.running.T11d?.pausedAt !== undefined, contested.running.T15bd]).toEqual([true, undefined]);
    expect(surchargeBy(contested, 'DAILY', '2026-12-31' as never)).toBe(surchargeBy(late, 'DAILY', '2026-05-15' as never));
    const upheld = decided(contested, 'UPHELD', later(90));
    expect([upheld.running.T11d?.pausedAt, upheld.running.T15bd !== undefined, upheld.actRemedies[0]?.suitUntil]).toEqual([undefined, true, '2026-06-29']);
  });

  it('罚款本身也在救济的，一个有了结果，另一个仍让加处罚款停着；重叠的日子只扣一次', () => {
    const late = must(daily(), sample('RECORD_DAILY_OVERDUE', later(57)), later(57));
    const both = must(contest(late, 'DAILY_PENALTY', later(60)), with_('RECORD_REMEDY', later(61), { receivedOn: '2026-05-16' as never }), later(61));
    const one = must(both, sample('RECORD_REMEDY_OUTCOME', later(80)), later(80));
    expect(one.running.T11d?.pausedAt).toBeDefined();
    const done = decided(one, 'UPHELD', later(90));
    expect(done.running.T11d?.pausedAt).toBeUndefined();
    const { sum } = standing(done, 'DAILY');
    // Late from 12 May, contested from 15 May to 14 June: four days before it and one after it.
    expect(surchargeBy(done, 'DAILY', '2026-06-15' as never)).toBeCloseTo(sum * 0.03 * 5, 2);
  });

  it('变更的按变更后的数额，自收到之日起十五日缴纳，不得加重；撤销的退还，责令重作的可以重新计罚', () => {
    const { sum } = standing(daily(), 'DAILY');
    const contested = contest(daily(), 'DAILY_PENALTY', later(45));
    expect(missing(contested, with_('RECORD_ACT_REMEDY_OUTCOME', later(60), { outcome: 'CHANGED' }, contested), later(60))).toEqual(['变更后的罚款数额']);
    expect(missing(contested, with_('RECORD_ACT_REMEDY_OUTCOME', later(60), { outcome: 'CHANGED', amount: sum + 1 }, contested), later(60))[0]).toContain('变更不得加重');
    // The fifteenth day, 30 May 2026, is a Saturday.
    const changed = decided(contested, 'CHANGED', later(60), { amount: 100_000 });
    expect([changed.daily, standing(changed, 'DAILY').owed, changed.dailyPayBy, changed.running.T10d?.dueDay]).toEqual(['DAILY_PAYING', 100_000, '2026-06-01', '2026-06-01']);
    const paid = contest(must(daily(), with_('REGISTER_DAILY_PAYMENT', later(45), { amount: sum }), later(45)), 'DAILY_PENALTY', later(46));
    const revoked = decided(paid, 'REVOKED', later(90));
    expect([revoked.daily, refundDue(revoked), dailySumOf(revoked, law).days]).toEqual(['DAILY_REVOKED', sum, 0]);
    expect(dailySumOf(decided(paid, 'REMANDED', later(90)), law).days).toBeGreaterThan(0);
  });
});

describe('处罚决定被撤销、变更，依附于它的一并失去依据', () => {
  const remedied = (state: PenaltyCase, more: Partial<CommandOf<'RECORD_REMEDY_OUTCOME'>>) => must(must(state, sample('RECORD_REMEDY', later(50)), later(50)), with_('RECORD_REMEDY_OUTCOME', later(80), more), later(80));

  it('限产停产：撤销、责令重作，或者变更后不再含该种类的，失去依据；仍含的照旧', () => {
    expect(remedied(limited(), { outcome: 'REVOKED' })).toMatchObject({ main: 'TO_CLOSE', production: 'LIMIT_FALLEN' });
    expect(remedied(limited(), { outcome: 'REMANDED' }).production).toBe('LIMIT_FALLEN');
    expect(remedied(limited(), { outcome: 'CHANGED', amount: 100_000, penalties: ['FINE'] }).production).toBe('LIMIT_FALLEN');
    expect(remedied(limited(), { outcome: 'CHANGED', amount: 100_000, penalties: ['FINE', 'LIMIT_PRODUCTION'] }).production).toBe('UNDER_LIMIT');
    const fallen = remedied(limited(), { outcome: 'REVOKED' });
    expect(missing(must(fallen, sample('WAIVE_RECTIFICATION', later(81)), later(81)), with_('PROPOSE_CLOSING', later(81), { ground: 'REVOKED' }), later(81))).toEqual(['限制生产、停产整治的了结（现为“限产停产失去依据待通知终止”）']);
    expect(paperOf(fallen, 'PRODUCTION_ENDED', 'END_PRODUCTION', later(81)).text).toContain('终止执行');
  });

  it('移送行政拘留：通报公安机关并撤回，之前不能结案', () => {
    const tampering = { ...performing(), violation: 'DATA_TAMPER_DISCHARGE' as const };
    const sent = walk(tampering, ['PROPOSE_DETENTION', 'APPROVE_DETENTION', 'SEND_DETENTION'], start);
    const fallen = remedied(sent, { outcome: 'REVOKED' });
    expect(fallen.detention).toBe('DETENTION_FALLEN');
    expect(must(fallen, sample('WITHDRAW_DETENTION', later(81)), later(81))).toMatchObject({ detention: 'DETENTION_WITHDRAWN' });
    expect(remedied(sent, { outcome: 'UPHELD' }).detention).toBe('DETENTION_SENT');
  });

  it('已缴的按日连续处罚：原处罚被撤销的，先撤销它再结案', () => {
    const { sum } = standing(daily(), 'DAILY');
    const revoked = remedied(must(daily(), with_('REGISTER_DAILY_PAYMENT', later(45), { amount: sum }), later(45)), { outcome: 'REVOKED' });
    const settled = must(revoked, sample('WAIVE_RECTIFICATION', later(81)), later(81));
    expect(missing(settled, with_('PROPOSE_CLOSING', later(81), { ground: 'REVOKED' }), later(81))).toContain('撤销失去依据（原处罚决定已被撤销）的按日连续处罚决定');
    expect(must(settled, sample('REVOKE_DAILY_PENALTY', later(82)), later(82)).daily).toBe('DAILY_REVOKED');
  });
});

describe('已归档案件的复议、诉讼：登记在旁，不改卷', () => {
  const archived = () => {
    const done = walk(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), ['CHECK_RECTIFICATION', 'REGISTER_PAYMENT', 'PROPOSE_CLOSING', 'APPROVE_CLOSING', 'ARCHIVE'], start);
    return must(done, with_('RECORD_REMEDY', later(50), { remedy: 'LITIGATION' }), later(50));
  };

  it('可以登记，也可以登记结果；案件仍是已归档，不开新的期限', () => {
    expect([archived().main, archived().remedy]).toEqual(['ARCHIVED', 'LITIGATION']);
    for (const outcome of ['UPHELD', 'REMANDED', 'REVOKED'] as const) {
      const after = must(archived(), with_('RECORD_REMEDY_OUTCOME', later(120), { outcome }), later(120));
      expect([after.main, after.remedy, after.running.T8, after.running.T10]).toEqual(['ARCHIVED', outcome, undefined, undefined]);
    }
  });

  it('撤销的退还已缴罚款；责令重作的另立案卷，不重于原决定', () => {
    const amount = performing().decision?.amount ?? 0;
    const revoked = must(archived(), with_('RECORD_REMEDY_OUTCOME', later(120), { outcome: 'REVOKED' }), later(120));
    expect(refundDue(revoked)).toBe(amount);
    const back = must(must(revoked, sample('DECIDE_REFUND', later(121), revoked), later(121)), sample('RECORD_REFUND', later(122), revoked), later(122));
    expect([back.main, refundDue(back)]).toEqual(['ARCHIVED', 0]);
    const remanded = must(archived(), with_('RECORD_REMEDY_OUTCOME', later(120), { outcome: 'REMANDED' }), later(120));
    expect([remanded.amountCap, missing(remanded, with_('REOPEN_ARCHIVED', later(121), { ground: 'COURT_ORDERED' }), later(121))]).toEqual([amount, []]);
  });

  it('其他决定也可以', () => {
    const contested = contest(archived(), 'RECTIFICATION_ORDER', later(51));
    expect(decided(contested, 'REVOKED', later(120))).toMatchObject({ main: 'ARCHIVED', actRemedy: 'ACT_REMEDY_ENDED', rectification: 'CORRECTED' });
  });
});

describe('对其他决定停止执行：期限停着，不催不罚；恢复的照剩余的日子继续', () => {
  const stayed = (state: PenaltyCase, now: Instant) => must(state, sample('RECORD_ACT_STAY', now, state), now);
  const lifted = (state: PenaltyCase, now: Instant) => must(state, sample('LIFT_ACT_STAY', now, state), now);

  it('责令改正：整改、复查期限停止，不得催告；已经改正的仍可确认；恢复后末日顺延', () => {
    const contested = contest(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start), 'RECTIFICATION_ORDER', later(2));
    expect(missing(contested, sample('LIFT_ACT_STAY', later(3), contested), later(3))).toEqual(['正在停止执行的决定']);
    const state = stayed(contested, later(5));
    expect([state.running.TR?.pausedAt, state.running.T20?.pausedAt, state.papers.at(-1)?.kind]).toEqual([later(5), later(5), 'STAY_NOTICE']);
    expect(missing(state, with_('CHECK_RECTIFICATION', later(6), { corrected: false }), later(6))).toEqual(['恢复执行（该决定在复议、诉讼期间已停止执行）']);
    expect(missing(state, sample('CHECK_RECTIFICATION', later(6)), later(6))).toEqual([]);
    const on = lifted(state, later(15));
    expect([on.running.TR?.pausedAt, on.order?.dueOn]).toEqual([undefined, on.running.TR?.dueDay]);
    // Ten days after 30 December is a Saturday.
    expect(on.running.TR?.dueDay).toBe('2027-01-11');
    expect(paperOf(contested, 'STAY_NOTICE', 'RECORD_ACT_STAY', later(5)).text).toContain('责令改正决定（1）');
  });

  it('限产：三个月停着不届满，也不算违反；维持的自动恢复', () => {
    const state = stayed(contest(limited(), 'PRODUCTION_ORDER', later(5)), later(10));
    expect(missing(state, sample('RECORD_BREACH', later(20)), later(20))).toContain('恢复执行（该决定在复议、诉讼期间已停止执行）');
    const before = limited().running.T22b?.dueAt ?? 0;
    const upheld = decided(state, 'UPHELD', later(200));
    expect([upheld.production, upheld.running.T22b?.pausedAt, (upheld.running.T22b?.dueAt ?? 0) > before + 180 * DAY]).toEqual(['UNDER_LIMIT', undefined, true]);
  });

  it('处罚和按日连续处罚都停止执行的，一个恢复了另一个仍停着', () => {
    const paying = contest(daily(), 'DAILY_PENALTY', later(42));
    const own = stayed(paying, later(43));
    const both = must(must(own, with_('RECORD_REMEDY', later(44), {}), later(44)), sample('RECORD_STAY', later(44)), later(44));
    const one = must(both, sample('LIFT_STAY', later(46)), later(46));
    expect(one.running.T10d?.pausedAt).toBeDefined();
    const two = lifted(one, later(53));
    expect([two.running.T10d?.pausedAt, two.dailyPayBy]).toEqual([undefined, two.running.T10d?.dueDay]);
  });
});

it('登记表写明被复议、诉讼的是哪一个决定和它此后的状态', () => {
  const state = contest(limited(), 'PRODUCTION_ORDER', later(5));
  const { text } = paperOf(state, 'REMEDY_RECORD', 'RECORD_ACT_REMEDY_OUTCOME', later(40), { outcome: 'REVOKED' } as Partial<CaseCommand>);
  expect(text).toContain('限制生产、停产整治决定');
  expect(text).toContain('限产停产失去依据待通知终止');
});
