import { describe, expect, it } from 'vitest';
import { calendarDay, endOfDay, HOUR, instant, isRefusal, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { refundDue } from './recovery/refund.ts';
import { cast, sample } from './testing/index.ts';
import { act, DAY, filed, law, must, noticed, people, start, walk } from './testing/pure-case.ts';
import { applyEvent } from './fold.ts';
import { decideCase } from './decide-case.ts';
import { transitionOf } from './transitions/transitions.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant): readonly string[] => {
  const result = act(state, command, now);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);

describe('停止执行（行政复议法 第四十二条、行政诉讼法 第五十六条）', () => {
  const sued = () => must(performing(), with_('RECORD_REMEDY', later(5), { remedy: 'LITIGATION' }), later(5));
  const stayed = () => must(sued(), sample('RECORD_STAY', later(6)), later(6));

  it('只在复议、诉讼期间，理由法定；未届满的缴款期限停走，恢复后顺延', () => {
    expect(act(performing(), sample('RECORD_STAY', start), start)).toMatchObject({ ok: false, code: 'CASE-002' });
    expect(missing(sued(), with_('RECORD_STAY', later(6), { ground: 'X' }), later(6))[0]).toContain('停止执行的情形');
    expect([stayed().running.T10?.pausedAt, stayed().running.T12?.pausedAt]).toEqual([later(6), later(6)]);
    expect(missing(stayed(), sample('RECORD_STAY', later(7)), later(7))).toEqual(['尚未停止执行的决定']);
    const lifted = must(stayed(), sample('LIFT_STAY', later(16)), later(16));
    expect([lifted.running.T10?.dueDay, lifted.decision?.payBy]).toEqual(['2026-04-10', '2026-04-10']);
    expect(missing(lifted, sample('LIFT_STAY', later(17)), later(17))).toEqual(['正在停止执行的决定']);
  });

  it('停走的缴款期限按整日顺延：一日的几点停止、几点恢复都不影响届满时刻；届满日逢节假日顺延', () => {
    const at = (days: number, hours: number) => instant(later(days) + hours * HOUR);
    const lifted = must(must(sued(), sample('RECORD_STAY', at(6, 3)), at(6, 3)), sample('LIFT_STAY', at(16, -2)), at(16, -2));
    expect([lifted.running.T10?.dueDay, lifted.running.T10?.dueAt]).toEqual(['2026-04-10', endOfDay(calendarDay('2026-04-10'))]);
    expect(missing(lifted, sample('RECORD_OVERDUE', lifted.running.T10!.dueAt), lifted.running.T10!.dueAt)).toEqual([]);
    // 11 April 2026 is a Saturday.
    const rolled = must(must(sued(), sample('RECORD_STAY', at(6, 3)), at(6, 3)), sample('LIFT_STAY', at(17, 5)), at(17, 5));
    expect([rolled.running.T10?.dueDay, rolled.decision?.payBy]).toEqual(['2026-04-13', '2026-04-13']);
  });

  it('停止执行期间不得催告；裁判维持的，停止执行随之结束', () => {
    const overdue = must(must(sued(), sample('RECORD_OVERDUE', later(16)), later(16)), sample('RECORD_STAY', later(17)), later(17));
    // 停止执行之前已经届满的缴款期限不因停止执行恢复。
    expect([overdue.running.T10?.pausedAt, overdue.decision?.payBy]).toEqual([undefined, '2026-03-31']);
    expect(missing(overdue, sample('ISSUE_DEMAND', later(18)), later(18))).toEqual(['恢复执行（复议、诉讼期间已决定停止执行）']);
    const upheld = must(overdue, sample('RECORD_REMEDY_OUTCOME', later(40)), later(40));
    expect(missing(upheld, sample('ISSUE_DEMAND', later(41)), later(41))).toEqual([]);
  });

  it('此前一次复议中的停止执行不及于后来的诉讼', () => {
    const first = must(must(performing(), sample('RECORD_REMEDY', later(5)), later(5)), sample('RECORD_STAY', later(6)), later(6));
    const again = must(must(first, sample('RECORD_REMEDY_OUTCOME', later(30)), later(30)), with_('RECORD_REMEDY', later(35), { remedy: 'LITIGATION' }), later(35));
    expect(missing(again, sample('LIFT_STAY', later(36)), later(36))).toEqual(['正在停止执行的决定']);
  });
});

describe('不同意延期（分期）缴纳（行政处罚法 第六十六条）', () => {
  it('说明理由，书面告知；驳回后不能再同意同一申请，另行申请的可以', () => {
    expect(missing(performing(), sample('REFUSE_INSTALMENTS', start), start)).toEqual(['当事人的延期（分期）缴纳申请']);
    const refused = walk(performing(), ['REQUEST_INSTALMENTS', 'REFUSE_INSTALMENTS'], start);
    expect(refused.papers.at(-1)?.kind).toBe('INSTALMENT_REFUSAL');
    expect(missing(refused, sample('GRANT_INSTALMENTS', start), start)).toContain('当事人的延期（分期）缴纳申请');
    const again = must(refused, sample('REQUEST_INSTALMENTS', later(1)), later(1));
    expect(missing(again, sample('GRANT_INSTALMENTS', later(1)), later(1))).toEqual([]);
  });
});

describe('退还罚款（国家赔偿法 第三十六条）', () => {
  const amount = performing().decision?.amount ?? 0;
  const paid = () => must(performing(), with_('REGISTER_PAYMENT', start, { amount }), start);
  const after = (result: Partial<CommandOf<'RECORD_REMEDY_OUTCOME'>>) => must(must(paid(), sample('RECORD_REMEDY', later(10)), later(10)), with_('RECORD_REMEDY_OUTCOME', later(40), result), later(40));

  it('决定被撤销的，已缴的全部退还；未退还的不得结案', () => {
    const revoked = must(after({ outcome: 'REVOKED' }), sample('WAIVE_RECTIFICATION', later(41)), later(41));
    expect(refundDue(revoked)).toBe(amount);
    expect(missing(revoked, with_('PROPOSE_CLOSING', later(41), { ground: 'REVOKED' }), later(41))).toEqual([`退还多缴的罚款 ${amount} 元`]);
    expect(missing(revoked, sample('RECORD_REFUND', later(41), revoked), later(41))[0]).toBe('尚未退还的退款决定');
    expect(missing(revoked, with_('DECIDE_REFUND', later(41), { amount: amount - 1 }), later(41))).toEqual([`等于应退数额 ${amount} 元的退款`]);
    const decided = must(revoked, sample('DECIDE_REFUND', later(41), revoked), later(41));
    const done = must(decided, sample('RECORD_REFUND', later(42), decided), later(42));
    expect([done.paid, refundDue(done)]).toEqual([0, 0]);
    expect(missing(done, with_('PROPOSE_CLOSING', later(43), { ground: 'REVOKED' }), later(43))).toEqual([]);
    expect(missing(done, sample('DECIDE_REFUND', later(43), done), later(43))[0]).toBe('多缴或者应予退还的罚款');
    // 一份退款决定只退一次，也只及于它所决定的数额。
    expect(missing({ ...done, paid: amount }, with_('RECORD_REFUND', later(44), { amount }), later(44))).toEqual(['尚未退还的退款决定']);
    expect(missing({ ...decided, paid: amount + 5 }, with_('RECORD_REFUND', later(44), { amount: amount + 5 }), later(44))).toEqual(['尚未退还的退款决定']);
  });

  it('变更后数额更低的，退还差额；逾期加处的罚款不是多缴', () => {
    const changed = after({ outcome: 'CHANGED', amount: amount - 30_000, penalties: ['FINE'] });
    expect([changed.main, refundDue(changed)]).toEqual(['TO_CLOSE', 30_000]);
    const late = must(must(performing(), sample('RECORD_OVERDUE', later(16)), later(16)), with_('REGISTER_PAYMENT', later(20), { amount: amount + Math.floor(amount * 0.03), paidOn: calendarDay('2026-04-05') }), later(20));
    expect([late.main, refundDue(late)]).toEqual(['TO_CLOSE', 0]);
  });
});

describe('执法人员回避（行政处罚法 第四十三条）', () => {
  const asked = () => must(filed(), sample('ASK_OFFICER_RECUSAL', start, filed()), start);
  const replacement = { accountId: cast.legal.accountId, name: '另一执法人员', certificate: '苏ZF-9' };
  const decide = (state: PenaltyCase, more: Partial<CommandOf<'ANSWER_OFFICER_RECUSAL'>>, now = later(1)) => {
    const command = with_('ANSWER_OFFICER_RECUSAL', now, more) as CommandOf<'ANSWER_OFFICER_RECUSAL'>;
    return decideCase(state, command, { ...people(command), ...(command.replacementId === undefined ? {} : { assistant: replacement }) }, law, now);
  };

  it('由当事人提出，由负责人决定；决定前不停止调查，未决定的不能告知、不能决定', () => {
    expect([transitionOf('ASK_OFFICER_RECUSAL').actor, transitionOf('ANSWER_OFFICER_RECUSAL').actor]).toEqual(['case.defend', 'case.decide']);
    expect(missing(filed(), with_('ASK_OFFICER_RECUSAL', start, { officerId: cast.head.accountId }), start)).toEqual(['本案执法人员之一']);
    expect(missing(filed(), sample('ANSWER_OFFICER_RECUSAL', start), start)).toEqual(['尚未决定的回避申请']);
    expect(missing(asked(), sample('ASK_OFFICER_RECUSAL', later(1), asked()), later(1))).toEqual(['对前一回避申请的决定']);
    expect(act(asked(), sample('RECORD_INQUIRY', later(1)), later(1))).toMatchObject({ ok: true });
    const pending: PenaltyCase = { ...noticed(), main: 'NOTICE_PREPARED', latest: asked().latest };
    expect(missing(pending, sample('SEND_NOTICE', later(1)), later(1))).toEqual(['对执法人员回避申请的决定']);
  });

  it('驳回的说明理由；同意的须另行指定执法人员，回避的人不得再办，其所取证据依决定存留', () => {
    expect(decide(asked(), { accepted: true })).toMatchObject({ ok: false, missing: ['另行指定的执法人员'] });
    expect(decide(asked(), { accepted: false, excluded: ['H0'] })).toMatchObject({ ok: false, missing: ['不排除证据的驳回决定'] });
    expect(decide(asked(), { accepted: true, replacementId: replacement.accountId, excluded: ['E99'] })).toMatchObject({ ok: false, missing: ['卷内证据（没有 E99）'] });
    const granted = decide(asked(), { accepted: true, replacementId: replacement.accountId, excluded: ['H0'] });
    if (isRefusal(granted)) throw new Error(granted.zh);
    const state = applyEvent(asked(), granted.value);
    expect(state.officers.map((o) => o.accountId)).toEqual([cast.officer.accountId, replacement.accountId]);
    expect(state.evidence.map((e) => e.itemId)).not.toContain('H0');
    expect(state.duties).toEqual(expect.arrayContaining([{ accountId: cast.officer2.accountId, duty: 'interested' }, { accountId: replacement.accountId, duty: 'investigator' }]));
    expect(missing(must(asked(), sample('ANSWER_OFFICER_RECUSAL', later(1)), later(1)), sample('ANSWER_OFFICER_RECUSAL', later(2)), later(2))).toEqual(['尚未决定的回避申请']);
  });

  it('自行申报回避的，无论在哪个环节都须更换；没有更换的不能告知、不能决定', () => {
    const ready = walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW'], start);
    const [first, second] = ready.officers;
    if (first === undefined || second === undefined) throw new Error('two officers');
    const declared = decideCase(ready, sample('DECLARE_INTEREST', start), { actor: second }, law, start);
    if (isRefusal(declared)) throw new Error(declared.zh);
    const aside = applyEvent(ready, declared.value);
    expect(missing(aside, sample('DECIDE', start), start)).toEqual([`更换已申报回避的${second.name}`]);
    expect(missing({ ...aside, main: 'NOTICE_PREPARED' }, sample('SEND_NOTICE', start), start)).toEqual([`更换已申报回避的${second.name}`]);
    const other = { ...replacement, accountId: cast.enforcement.accountId };
    const replaced = decideCase(aside, { ...(sample('ASSIGN_OFFICERS', start) as CommandOf<'ASSIGN_OFFICERS'>), assistOfficerId: other.accountId }, { actor: first, assistant: other }, law, start);
    if (isRefusal(replaced)) throw new Error(replaced.zh);
    const again = applyEvent(aside, replaced.value);
    expect([again.main, again.officers.map(({ name }) => name)]).toEqual(['DECISION_READY', [first.name, other.name]]);
    expect(act(again, sample('DECIDE', start), start)).toMatchObject({ ok: true });
  });
});
