import { describe, expect, it } from 'vitest';
import { dayOf, instant, isRefusal, type Instant } from '#kernel';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import { unansweredRequests } from '../guards/hearing.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { yuan } from '../papers/paper-facts.ts';
import { sample } from '../testing/index.ts';
import { paperOf } from '../testing/paper-of.ts';
import { act, DAY, must, noticed, orderOverdue, start, walk } from '../testing/pure-case.ts';
import { surchargeOwed } from './obligations.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>, state?: PenaltyCase): CaseCommand => ({ ...sample(kind, now, state), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant): readonly string[] => {
  const result = act(state, command, now);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const amount = () => performing().decision?.amount ?? 0;
// The fifteenth day, 31 March 2026, is a Tuesday.
const overdue = () => must(performing(), sample('RECORD_OVERDUE', later(16)), later(16));
const sent = () => must(overdue(), sample('ISSUE_DEMAND', later(17)), later(17));
const demanded = () => must(sent(), with_('RECORD_DEMAND_DELIVERED', later(17), { paperId: 'DEMAND_NOTICE' }), later(17));
const refused = () => must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', later(20), { corrected: false }), later(20));

describe('对催告的陈述申辩（行政强制法 第三十六条、第五十四条）', () => {
  const stated = () => must(demanded(), sample('STATE_AGAINST_DEMAND', later(18)), later(18));

  it('催告送达之后当事人才有可说的；说了就须答复，未答复不得申请法院', () => {
    expect(missing(sent(), sample('STATE_AGAINST_DEMAND', later(17)), later(17))).toEqual(['已送达的催告书']);
    expect(unansweredRequests(stated())).toEqual(['STATE_AGAINST_DEMAND']);
    expect(missing(stated(), sample('APPLY_TO_COURT', later(250)), later(250))).toEqual(['对“已在筹款，请求暂缓申请强制执行。”的答复']);
    const answered = must(stated(), sample('ANSWER_DEMAND_STATEMENT', later(19), stated()), later(19));
    expect([answered.main, unansweredRequests(answered), answered.papers.at(-1)?.kind]).toEqual(['DEMANDED', [], 'DEMAND_ANSWER']);
    expect(missing(answered, sample('APPLY_TO_COURT', later(250)), later(250))).toEqual([]);
    expect(missing(answered, sample('ANSWER_DEMAND_STATEMENT', later(20), answered), later(20))).toEqual(['尚未答复的对催告的陈述申辩']);
  });

  it('理由成立的采纳：催告撤回，回到逾期未缴，加处罚款照计，须另行催告', () => {
    const accepted = must(stated(), with_('ANSWER_DEMAND_STATEMENT', later(19), { accepted: true }, stated()), later(19));
    expect([accepted.main, accepted.running.T15, accepted.running.T11 !== undefined, accepted.running.T16 !== undefined]).toEqual(['OVERDUE', undefined, true, true]);
    expect(act(accepted, sample('APPLY_TO_COURT', later(250)), later(250))).toMatchObject({ ok: false, code: 'CASE-002' });
    expect(must(accepted, sample('ISSUE_DEMAND', later(30)), later(30)).main).toBe('DEMANDED');
  });

  it('申请书如实写：说了什么、怎样答复；没有说的写没有说', () => {
    const answered = must(stated(), sample('ANSWER_DEMAND_STATEMENT', later(19), stated()), later(19));
    const { text } = paperOf(answered, 'COURT_APPLICATION', 'APPLY_TO_COURT', later(250));
    for (const words of ['2026年4月3日陈述、申辩：已在筹款', '不予采纳，不影响履行义务']) expect(text).toContain(words);
    expect(paperOf(demanded(), 'COURT_APPLICATION', 'APPLY_TO_COURT', later(250)).text).toContain('未提出陈述、申辩');
    expect(paperOf(overdue(), 'DEMAND_NOTICE', 'ISSUE_DEMAND', later(17)).text).toContain('记录、复核并书面答复');
    const answer = paperOf(stated(), 'DEMAND_ANSWER', 'ANSWER_DEMAND_STATEMENT', later(19));
    expect(answer.sealed).toBe(true);
    expect(answer.text).toContain('第三十六条');
  });

  it('责令改正的催告同样：未答复的不得代履行；采纳后该催告不再是代履行的依据', () => {
    const demandedAgain = must(must(refused(), sample('DEMAND_CORRECTION', later(21)), later(21)), with_('RECORD_CORRECTION_DEMAND_DELIVERED', later(21), { paperId: 'CORRECTION_DEMAND' }), later(21));
    const said = must(demandedAgain, sample('STATE_AGAINST_CORRECTION_DEMAND', later(22)), later(22));
    expect(missing(said, sample('ORDER_SUBSTITUTE', later(40)), later(40))).toEqual(['对“已在筹款，请求暂缓申请强制执行。”的答复']);
    const kept = must(said, sample('ANSWER_CORRECTION_STATEMENT', later(23), said), later(23));
    expect(missing(kept, sample('ORDER_SUBSTITUTE', later(40)), later(40))).toEqual([]);
    const given = must(said, with_('ANSWER_CORRECTION_STATEMENT', later(23), { accepted: true }, said), later(23));
    expect([given.rectification, given.running.T15r]).toEqual(['NOT_CORRECTED', undefined]);
    expect(missing(given, sample('ORDER_SUBSTITUTE', later(40)), later(40))).toContain('未因采纳陈述申辩而撤回的催告');
  });
});

describe('逾期缴纳的加处罚款：结案前缴清、减免或者由法院执行', () => {
  // Ten days after 31 March.
  const paidLate = (state: PenaltyCase, sum: number) => must(state, with_('REGISTER_PAYMENT', later(25), { amount: sum }), later(25));
  const grown = () => amount() * 0.3;
  const settledOrder = (state: PenaltyCase) => must(state, sample('WAIVE_RECTIFICATION', later(26)), later(26));

  it('罚款缴清之日加处罚款不再增长，但仍欠着：不得结案', () => {
    const paid = settledOrder(paidLate(overdue(), amount()));
    expect([paid.main, surchargeOwed(paid, 'FINE', dayOf(later(25))), surchargeOwed(paid, 'FINE', dayOf(later(300)))]).toEqual(['TO_CLOSE', grown(), grown()]);
    expect(missing(paid, sample('PROPOSE_CLOSING', later(26)), later(26))).toEqual([`缴清或者减免的加处罚款（尚欠 ${grown()} 元）`]);
  });

  it('可以随后补缴，不多收；缴清后可以结案', () => {
    const paid = settledOrder(paidLate(overdue(), amount()));
    expect(missing(paid, with_('REGISTER_PAYMENT', later(30), { amount: grown() + 1 }), later(30))[0]).toContain(`加处罚款 ${grown()} 元`);
    const done = must(must(paid, with_('REGISTER_PAYMENT', later(30), { amount: 1000 }), later(30)), with_('REGISTER_PAYMENT', later(31), { amount: grown() - 1000 }), later(31));
    expect([done.surcharged, surchargeOwed(done, 'FINE', dayOf(later(31))), missing(done, sample('PROPOSE_CLOSING', later(31)), later(31))]).toEqual([grown(), 0, []]);
    expect(missing(done, with_('REGISTER_PAYMENT', later(32), { amount: 1 }), later(32))).toContain('尚待缴纳的罚款或者加处罚款');
  });

  it('减免须有法定情形、理由和决定书，不超过尚欠的；按期缴清的没有可减免的', () => {
    const paid = settledOrder(paidLate(overdue(), amount()));
    expect(missing(paid, with_('WAIVE_SURCHARGE', later(27), { ground: '照顾' }, paid), later(27))[0]).toContain('当事人采取补救措施');
    expect(missing(paid, with_('WAIVE_SURCHARGE', later(27), { amount: grown() + 1 }), later(27))[0]).toContain('不超过');
    const waived = must(paid, sample('WAIVE_SURCHARGE', later(27), paid), later(27));
    expect([surchargeOwed(waived, 'FINE', dayOf(later(27))), waived.papers.at(-1)?.kind]).toEqual([0, 'SURCHARGE_WAIVER']);
    const closing = walk(waived, ['PROPOSE_CLOSING'], later(28));
    expect(paperOf(closing, 'CLOSING_APPROVAL', 'APPROVE_CLOSING', later(28)).text).toContain(`加处罚款减免 ${yuan(grown())}`);
    expect(paperOf(paid, 'SURCHARGE_WAIVER', 'WAIVE_SURCHARGE', later(27)).text).toContain('罚款本身不予减免');
    expect(missing(must(performing(), with_('REGISTER_PAYMENT', later(5), { amount: amount() }), later(5)), with_('WAIVE_SURCHARGE', later(5), { amount: 1 }), later(5))[0]).toContain('尚待缴纳的加处罚款 0 元');
  });

  it('减免一部分的，增长中的仍按日计；申请书只申请未减免的', () => {
    const part = must(demanded(), with_('WAIVE_SURCHARGE', later(25), { amount: 10_000 }), later(25));
    expect(surchargeOwed(part, 'FINE', dayOf(later(25)))).toBe(grown() - 10_000);
    expect(surchargeOwed(part, 'FINE', dayOf(later(26)))).toBe(amount() * 0.33 - 10_000);
    expect(paperOf(part, 'COURT_APPLICATION', 'APPLY_TO_COURT', later(250)).text).toContain(`加处罚款 ${yuan(amount() - 10_000)}`);
  });

  it('法院执行的由法院计；被撤销、变更的决定没有加处罚款', () => {
    const applied = must(demanded(), sample('APPLY_TO_COURT', later(250)), later(250));
    const enforced = must(applied, sample('RECORD_ENFORCEMENT', later(300), applied), later(300));
    expect(surchargeOwed(enforced, 'FINE', dayOf(later(300)))).toBe(0);
    const ended = must(applied, with_('RECORD_ENFORCEMENT', later(300), { outcome: 'TERMINATED', amount: 0 }, applied), later(300));
    expect(surchargeOwed(ended, 'FINE', dayOf(later(400)))).toBe(0);
    const contested = must(paidLate(overdue(), amount()), sample('RECORD_REMEDY', later(50)), later(50));
    for (const more of [{ outcome: 'REVOKED' }, { outcome: 'CHANGED', amount: 100_000, penalties: ['FINE'] }] as const)
      expect(surchargeOwed(must(contested, with_('RECORD_REMEDY_OUTCOME', later(90), more as never), later(90)), 'FINE', dayOf(later(90)))).toBe(0);
  });
});
