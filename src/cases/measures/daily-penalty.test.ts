import { describe, expect, it } from 'vitest';
import { demoAccountId } from '#access';
import { appointedHearing } from '../hearings.ts';
import { calendarDay, instant, isRefusal, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { cast, sample } from '../testing/index.ts';
import { act, DAY, filed, investigated, law, must, start, walk } from '../testing/pure-case.ts';
import { whatIsMissing } from '../views/what-is-missing.ts';
import { countDays, sumOfDays } from './count-days.ts';
import { dailyDebt } from './daily-sum.ts';
import { hearingViews } from '../views/hearing-view.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand =>
  ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const at = (text: string) => instant(Date.parse(text));
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant, by?: Parameters<typeof act>[3]): readonly string[] => {
  const result = act(state, command, now, by);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};

const performing = (penalties: CommandOf<'DELIBERATE'>['penalties'] = ['FINE']) => {
  const reviewed = walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
  const told = walk(must(reviewed, with_('DELIBERATE', start, { penalties }), start), ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW'], start);
  const agreed = told.main === 'COLLECTIVE_DISCUSSION' ? must(told, sample('RECORD_DISCUSSION', start), start) : told;
  return walk(agreed, ['DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
};

describe('按日连续处罚', () => {
  const day = calendarDay;
  it('3月1日送达、3月20日复查：十九日；再次复查累计，不重复计日；查封当日起不再计', () => {
    const first = { servedOn: day('2026-03-01'), checkedOn: day('2026-03-20'), refused: true };
    expect(countDays([first])).toEqual([{ from: '2026-03-02', to: '2026-03-20', days: 19 }]);
    const second = { servedOn: day('2026-03-20'), checkedOn: day('2026-04-10'), refused: true };
    expect(sumOfDays(countDays([first, second]))).toBe(19 + 21);
    expect(sumOfDays(countDays([first, { ...second, servedOn: day('2026-03-18') }]))).toBe(40);
    expect(sumOfDays(countDays([first], day('2026-03-11')))).toBe(9);
    expect(sumOfDays(countDays([{ ...first, refused: false }]))).toBe(0);
    // 上一轮的查封不影响新一轮的计罚。
    expect(sumOfDays(countDays([{ servedOn: day('2026-06-01'), checkedOn: day('2026-06-11'), refused: true }], day('2026-03-11')))).toBe(10);
  });

  const refusing = () => {
    const ordered = walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], at('2026-03-17T10:00:00+08:00'));
    const served = ordered.rounds.at(-1)?.servedOn ?? '';
    const recheck = with_('CHECK_RECTIFICATION', later(25), { corrected: false, from: day('2026-04-05'), to: day('2026-04-05') });
    return { served, state: must(ordered, recheck, later(25)) };
  };

  it('原处罚决定在先；金额为原罚款乘以日数；告知、申辩、法制审核、集体讨论后决定', () => {
    const early = walk(filed(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start);
    expect(missing(early, sample('PROPOSE_DAILY_PENALTY', start), start).join()).toContain('不得先于原处罚决定');
    const { state, served } = refusing();
    const proposed = must(state, sample('PROPOSE_DAILY_PENALTY', later(26)), later(26));
    const sum = proposed.latest.PROPOSE_DAILY_PENALTY?.derived.daily;
    const days = (Date.parse('2026-04-05') - Date.parse(served)) / DAY;
    expect(sum).toMatchObject({ days, base: state.decision?.amount, amount: days * (state.decision?.amount ?? 0) });
    const told = walk(proposed, ['SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], later(26));
    expect(missing(told, sample('CLOSE_DAILY_WINDOW', later(28)), later(28))).toEqual(['陈述申辩、听证期限届满']);
    const ready = walk(told, ['DEFEND_AGAINST_DAILY', 'CLOSE_DAILY_WINDOW', 'REVIEW_DAILY_DEFENCE', 'PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY'], later(40));
    const paying = walk(ready, ['DECIDE_DAILY_PENALTY', 'RECORD_DAILY_DELIVERED'], later(41));
    expect(paying).toMatchObject({ daily: 'DAILY_PAYING', running: { T10d: { clock: 'T10d' }, T10: { clock: 'T10' } }, dailyCountedTo: '2026-04-05' });
    const { owed } = dailyDebt(paying);
    expect(missing(paying, with_('REGISTER_DAILY_PAYMENT', later(42), { amount: owed + 1 }), later(42))[0]).toContain('不超过应缴余额');
    const part = must(paying, with_('REGISTER_DAILY_PAYMENT', later(42), { amount: 1_000 }), later(42));
    expect([part.daily, dailyDebt(part).owed, part.running.T10d !== undefined]).toEqual(['DAILY_PAYING', owed - 1_000, true]);
    const asked = must(part, sample('REQUEST_DAILY_INSTALMENTS', later(42)), later(42));
    const granted = must(asked, sample('GRANT_DAILY_INSTALMENTS', later(43)), later(43));
    expect((granted.running.T10d?.dueAt ?? 0) > (part.running.T10d?.dueAt ?? 0)).toBe(true);
    expect(missing(part, sample('GRANT_DAILY_INSTALMENTS', later(43)), later(43))[0]).toContain('申请');
    const paid = must(granted, with_('REGISTER_DAILY_PAYMENT', later(43), { amount: owed - 1_000 }), later(43));
    expect(paid.daily).toBe('DAILY_PAID');
    // 已经计罚的日子不再计；再次责令、再次复查拒不改正的继续计。
    expect(missing(paid, sample('PROPOSE_DAILY_PENALTY', later(43)), later(43))).toHaveLength(1);
    const again = walk(paid, ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], later(43));
    const refused = must(again, with_('CHECK_RECTIFICATION', later(60), { corrected: false, from: day('2026-05-10'), to: day('2026-05-10') }), later(60));
    expect(must(refused, sample('PROPOSE_DAILY_PENALTY', later(61)), later(61)).latest.PROPOSE_DAILY_PENALTY?.derived.daily?.spans).toEqual([
      { from: expect.any(String), to: '2026-05-10', days: expect.any(Number) },
    ]);
  });

  it('原罚款变更、撤销后，按原基数呈批的不能再告知、决定；任何未决定的环节都可以不予实施，并告知当事人；法制审核可以退回', () => {
    const { state } = refusing();
    const window = walk(state, ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], later(26));
    const legal = walk(window, ['CLOSE_DAILY_WINDOW'], later(40));
    const returned = must(legal, sample('RETURN_DAILY_FROM_LEGAL', later(40)), later(40));
    expect([returned.daily, returned.papers.at(-1)?.kind]).toEqual(['DAILY_PROPOSED', 'DAILY_LEGAL_REVIEW']);
    const ready = walk(legal, ['PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY'], later(40));
    const lowered: PenaltyCase = { ...ready, decision: { ...ready.decision!, amount: 10_000 } };
    expect(missing(lowered, sample('DECIDE_DAILY_PENALTY', later(41)), later(41))).toEqual([expect.stringContaining('以现行原罚款 10000 元为基数')]);
    const revoked: PenaltyCase = { ...ready, decision: { ...ready.decision!, overturned: true } };
    expect(missing(revoked, sample('DECIDE_DAILY_PENALTY', later(41)), later(41))[0]).toContain('原罚款决定');
    for (const from of [window, legal, ready, lowered, revoked]) {
      const dropped = must(from, sample('DROP_DAILY_PENALTY', later(41)), later(41));
      expect([dropped.daily, dropped.papers.at(-1)?.kind, dropped.running.T5, dropped.running.T6]).toEqual(['NO_DAILY', 'DAILY_DROPPED', undefined, undefined]);
    }
    const anew = walk(lowered, ['DROP_DAILY_PENALTY', 'PROPOSE_DAILY_PENALTY'], later(42));
    expect(anew.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.base).toBe(10_000);
  });

  it('同案另有不得按日连续处罚的违法行为时，只以列举行为的罚款为基数', () => {
    const { state } = refusing();
    const trace = state.discretion!.trace;
    const two: PenaltyCase = {
      ...state,
      further: [{ violation: 'INFO_NOT_PUBLIC', actStart: day('2026-03-12'), actEnd: day('2026-03-12'), facts: '未公开。' }],
      discretion: { ...state.discretion!, further: [{ violation: 'INFO_NOT_PUBLIC', trace: { ...trace, amount: 30_000 }, basisId: 'x', basisReason: '' }] },
    };
    const sum = must(two, sample('PROPOSE_DAILY_PENALTY', later(26)), later(26)).latest.PROPOSE_DAILY_PENALTY?.derived.daily;
    expect(sum?.base).toBe(trace.amount);
  });

  it('要求听证的提前七个工作日通知，由指定的主持人主持；改正后再犯是新的一轮', () => {
    const { state } = refusing();
    const asked = walk(state, ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED', 'REQUEST_DAILY_HEARING'], later(26));
    expect(missing(asked, with_('NOTIFY_DAILY_HEARING', later(26), { heldAt: later(30) }), later(26))[0]).toContain('提前七个工作日');
    const noticedHearing = must(asked, sample('NOTIFY_DAILY_HEARING', later(26)), later(26));
    expect(missing(noticedHearing, with_('HOLD_DAILY_HEARING', later(47), { attended: false }), later(47))).toEqual([expect.stringContaining('送达当事人的记录')]);
    const late = must(noticedHearing, sample('RECORD_PAPER_DELIVERED', later(44)), later(44));
    expect(missing(late, sample('HOLD_DAILY_HEARING', later(47)), later(47))).toEqual([expect.stringContaining('七个工作日之前送达')]);
    const told = must(noticedHearing, sample('RECORD_PAPER_DELIVERED', later(27)), later(27));
    expect(must(told, sample('HOLD_DAILY_HEARING', later(47)), later(47)).daily).toBe('DAILY_DEFENCE_REVIEW');
    // 延期与主持人回避同主程序的听证一样：答复以前不能举行，另行通知的一天重新提前七个工作日。
    const moved = must(must(told, sample('REQUEST_DAILY_POSTPONEMENT', later(28)), later(28)), with_('POSTPONE_DAILY_HEARING', later(29), { ground: 'PARTY_ASKED', heldAt: later(60), hostId: demoAccountId('legal') }), later(29));
    expect(appointedHearing(moved, 'DAILY')).toMatchObject({ heldAt: later(60), hostId: demoAccountId('legal') });
    expect(hearingViews(asked)).toEqual([]);
    expect(hearingViews(must(told, sample('REQUEST_DAILY_POSTPONEMENT', later(28)), later(28)))).toMatchObject([{ key: 'DAILY', zh: '按日连续处罚听证', place: '听证室', state: 'NOTICED', open: [{ asked: 'POSTPONEMENT', at: later(28), reason: '法定代表人住院。' }] }]);
    expect(hearingViews(moved)).toMatchObject([{ heldAt: later(60), hostId: demoAccountId('legal'), open: [] }]);
    expect(hearingViews(must(told, sample('HOLD_DAILY_HEARING', later(47)), later(47)))).toMatchObject([{ state: 'HELD' }]);
    expect(missing(moved, sample('HOLD_DAILY_HEARING', later(61)), later(61))).toEqual([expect.stringContaining('送达当事人的记录'), '由指定的主持人主持听证']);
    const asking = must(told, sample('ASK_DAILY_HOST_RECUSAL', later(28)), later(28));
    expect(missing(asking, sample('HOLD_DAILY_HEARING', later(47)), later(47))).toEqual(['对主持人回避申请的决定']);
    const other = must(asking, with_('ANSWER_DAILY_HOST_RECUSAL', later(29), { accepted: true, hostId: demoAccountId('legal') }), later(29));
    expect(appointedHearing(other, 'DAILY')).toMatchObject({ hostId: demoAccountId('legal'), place: '听证室' });
    const cured = must(must(state, sample('ORDER_RECTIFICATION', later(26)), later(26)), sample('RECORD_ORDER_DELIVERED', later(26)), later(26));
    const checked = must(cured, with_('CHECK_RECTIFICATION', later(40), { corrected: true }), later(40));
    expect(checked.rounds).toHaveLength(2);
    expect(must(checked, sample('ORDER_RECTIFICATION', later(90)), later(90)).rounds).toEqual([]);
  });

  it('监测报告后三个工作日责令改正；复查须暗查，阻挠复查不能算已改正；非列举行为不适用', () => {
    const reported = must(filed(), sample('RECEIVE_MONITORING_REPORT', start), start);
    expect(reported.running.T19?.dueDay).toBe('2026-03-19');
    // 收到在前、登记在后的，自收到之日起算。
    expect(must(filed(), with_('RECEIVE_MONITORING_REPORT', start, { receivedOn: day('2026-03-12') }), start).running.T19?.dueDay).toBe('2026-03-17');
    expect(missing(filed(), with_('RECEIVE_MONITORING_REPORT', start, { receivedOn: day('2026-03-17') }), start)).toEqual(['不晚于今日的日期']);
    expect(must(reported, sample('ORDER_RECTIFICATION', start), start).running.T19).toBeUndefined();
    const correcting = walk(filed(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start);
    expect(missing(correcting, with_('CHECK_RECTIFICATION', start, { announced: true }), start)[0]).toContain('暗查');
    expect(missing(correcting, with_('CHECK_RECTIFICATION', start, { obstructed: true }), start)[0]).toContain('阻挠');
    const other: PenaltyCase = { ...filed(), violation: 'INFO_NOT_PUBLIC' };
    expect(whatIsMissing(other, cast.officer, law, start).some((s) => s.command === 'RECEIVE_MONITORING_REPORT')).toBe(false);
  });
});
