import { describe, expect, it } from 'vitest';
import { calendarDay, instant, isRefusal, type Instant } from '#kernel';
import { CLOCK_IDS } from '#law';
import { closingGround } from '../guards/guards.ts';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { sample } from '../testing/index.ts';
import { act, DAY, must, noticed, orderOverdue, start, walk } from '../testing/pure-case.ts';
import { transitionOf } from '../transitions/transitions.ts';
import { refundDue } from './refund.ts';
import { OBLIGATIONS, standing, surchargeBy } from './obligations.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const missing = (state: PenaltyCase, command: CaseCommand, now: Instant): readonly string[] => {
  const result = act(state, command, now);
  return isRefusal(result) ? (result.missing ?? [result.code]) : [];
};
const performing = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
const refused = () => must(orderOverdue(walk(performing(), ['ORDER_RECTIFICATION', 'RECORD_ORDER_DELIVERED'], start)), with_('CHECK_RECTIFICATION', later(20), { corrected: false }), later(20));
const daily = () =>
  walk(
    walk(must(refused(), with_('REGISTER_PAYMENT', later(10), { amount: performing().decision?.amount ?? 0 }), later(20)), ['PROPOSE_DAILY_PENALTY', 'SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], later(21)),
    ['CLOSE_DAILY_WINDOW', 'PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY', 'DECIDE_DAILY_PENALTY', 'RECORD_DAILY_DELIVERED'],
    later(40),
  );

describe('一张表，三种义务：罚款、按日连续处罚、责令改正', () => {
  it('每一步都在流程表的本流程上，每一个期限都有规定', () => {
    for (const { track, states, steps, terms } of Object.values(OBLIGATIONS)) {
      for (const step of Object.values(steps)) expect(transitionOf(step).track, step).toBe(track);
      for (const clock of Object.values(terms)) expect(CLOCK_IDS).toContain(clock);
      expect(transitionOf(steps.apply).to).toEqual([states.court]);
    }
  });
});

describe('按日连续处罚逾期未缴（行政处罚法 第七十二条、行政强制法 第四十六条、第五十三条、第五十四条）', () => {
  // The fifteenth day, 10 May 2026, is a Sunday.
  const overdue = () => must(daily(), sample('RECORD_DAILY_OVERDUE', later(57)), later(57));

  it('缴款期限届满由平台记录，自次日起每日加处百分之三，不超过罚款本数', () => {
    expect(missing(daily(), sample('RECORD_DAILY_OVERDUE', later(56)), later(56))).toEqual(['缴款期限届满']);
    const late = overdue();
    const { sum, payBy } = standing(late, 'DAILY');
    expect([late.daily, payBy, late.running.T11d?.dueDay, late.running.T16d?.dueDay]).toEqual(['DAILY_OVERDUE', '2026-05-11', '2026-05-12', '2026-06-10']);
    expect(sum).toBeGreaterThan(0);
    expect([surchargeBy(late, 'DAILY', '2026-05-13' as never), surchargeBy(late, 'DAILY', '2026-12-31' as never)]).toEqual([sum * 0.06, sum]);
    expect(missing(late, with_('REGISTER_DAILY_PAYMENT', later(58), { amount: 2 * sum + 1 }), later(58))[0]).toContain('加处罚款');
  });

  it('催告送达满十个工作日、加处满三十日、救济期限届满，才能申请法院强制执行；执行完毕即了结', () => {
    const demanded = walk(overdue(), ['ISSUE_DAILY_DEMAND', 'RECORD_DAILY_DEMAND_DELIVERED'], later(58));
    expect([demanded.daily, demanded.running.T10d, demanded.running.T15d !== undefined, demanded.running.T15bd !== undefined]).toEqual(['DAILY_DEMANDED', undefined, true, true]);
    expect(missing(demanded, sample('APPLY_TO_COURT_DAILY', later(60)), later(60))).toEqual(['催告书送达满十个工作日', '复议、诉讼期限届满', '加处罚款满三十日']);
    const applied = must(demanded, sample('APPLY_TO_COURT_DAILY', later(250)), later(250));
    const done = must(applied, sample('RECORD_DAILY_ENFORCEMENT', later(300), applied), later(300));
    expect([done.daily, done.main, Object.keys(done.running).filter((clock) => clock.endsWith('d'))]).toEqual(['DAILY_PAID', 'TO_CLOSE', []]);
  });

  it('部分缴纳不结束任何期限，缴清的即使已催告也了结；未了结的不能结案', () => {
    const demanded = walk(overdue(), ['ISSUE_DAILY_DEMAND', 'RECORD_DAILY_DEMAND_DELIVERED'], later(58));
    const part = must(demanded, with_('REGISTER_DAILY_PAYMENT', later(58), { amount: 1_000 }), later(58));
    expect([part.daily, part.running.T11d !== undefined]).toEqual(['DAILY_DEMANDED', true]);
    expect(missing(must(part, sample('WAIVE_RECTIFICATION', later(58)), later(58)), sample('PROPOSE_CLOSING', later(58)), later(58))[0]).toContain('按日连续处罚的了结');
    const rest = must(part, with_('REGISTER_DAILY_PAYMENT', later(59), { amount: standing(part, 'DAILY').owed }), later(59));
    expect(rest.daily).toBe('DAILY_PAID');
  });

  it('复议期间不加处；维持之日起算；原处罚决定被撤销的，不得再申请执行，只能撤销按日连续处罚', () => {
    const contested = must(overdue(), sample('RECORD_REMEDY', later(60)), later(60));
    expect([contested.running.T11d?.pausedAt, contested.running.T16d?.pausedAt]).toEqual([later(60), later(60)]);
    const upheld = must(contested, sample('RECORD_REMEDY_OUTCOME', later(90)), later(90));
    expect(upheld.running.T16d?.dueDay).toBe('2026-07-10');
    const revoked = must(contested, with_('RECORD_REMEDY_OUTCOME', later(90), { outcome: 'REVOKED' }), later(90));
    const demanded = walk(revoked, ['ISSUE_DAILY_DEMAND', 'RECORD_DAILY_DEMAND_DELIVERED'], later(91));
    expect(missing(demanded, sample('APPLY_TO_COURT_DAILY', later(300)), later(300))[0]).toContain('原罚款决定');
    expect(must(demanded, sample('REVOKE_DAILY_PENALTY', later(92)), later(92))).toMatchObject({ daily: 'DAILY_REVOKED' });
  });

  it('当事人不得为自己登记缴款、催告、申请执行', () => {
    for (const kind of ['ISSUE_DAILY_DEMAND', 'APPLY_TO_COURT_DAILY', 'RECORD_DAILY_ENFORCEMENT', 'REVOKE_DAILY_PENALTY'] as const)
      expect(['case.approve-notice', 'case.decide', 'case.notify']).toContain(transitionOf(kind).actor);
    expect(transitionOf('RECORD_DAILY_OVERDUE').actor).toBe('SYSTEM');
  });
});

describe('法院执行的结果（行政强制法 第五章）', () => {
  const applied = () => {
    const demanded = walk(must(performing(), sample('RECORD_OVERDUE', later(16)), later(16)), ['ISSUE_DEMAND', 'RECORD_DEMAND_DELIVERED'], later(17));
    return must(demanded, sample('APPLY_TO_COURT', later(250)), later(250));
  };

  it('部分到位的仍在法院；没有财产的终结执行，文书不写执行完毕；未全部到位的不得登记为全部', () => {
    const { owed } = standing(applied(), 'FINE');
    const record = (more: Partial<CommandOf<'RECORD_ENFORCEMENT'>>) => with_('RECORD_ENFORCEMENT', later(260), more);
    expect(missing(applied(), record({ outcome: 'FULL', amount: owed - 1 }), later(260))[0]).toContain(`不少于余额 ${owed} 元`);
    const part = must(applied(), record({ outcome: 'PART', amount: 1_000 }), later(260));
    expect([part.main, part.paid, part.running.T11 !== undefined]).toEqual(['COURT_APPLIED', 1_000, true]);
    const ended = must(part, record({ outcome: 'TERMINATED', amount: 0 }), later(300));
    expect([ended.main, ended.paid, ended.running.T11]).toEqual(['TO_CLOSE', 1_000, undefined]);
    const full = must(part, record({ outcome: 'FULL', amount: owed - 1_000 }), later(300));
    expect(full.main).toBe('TO_CLOSE');
    // 终结执行的案件以终结执行结案，不写强制执行完毕。
    expect([closingGround(ended), closingGround(full)]).toEqual(['ENFORCEMENT_ENDED', 'ENFORCED']);
    const settled = must(ended, sample('WAIVE_RECTIFICATION', later(300)), later(300));
    expect(missing(settled, with_('PROPOSE_CLOSING', later(300), { ground: 'ENFORCED' }), later(300))).toEqual(['与案件结果一致的结案理由：人民法院终结执行']);
    expect(must(settled, with_('PROPOSE_CLOSING', later(300), { ground: 'ENFORCEMENT_ENDED' }), later(300)).main).toBe('CLOSING_PROPOSED');
  });
});

describe('救济期限与申请强制执行（行政诉讼法 第四十五条、第四十六条；行政强制法 第五十三条）', () => {
  const overdue = () => must(performing(), sample('RECORD_OVERDUE', later(16)), later(16));
  const demanded = () => walk(overdue(), ['ISSUE_DEMAND', 'RECORD_DEMAND_DELIVERED'], later(17));
  const contested = (remedy: 'RECONSIDERATION' | 'LITIGATION', state = demanded()) => must(state, with_('RECORD_REMEDY', later(50), { remedy, receivedOn: calendarDay('2026-05-05') }), later(50));

  it('三个月的申请期限自救济期限届满起算，不因没有催告而不算；逾期申请的写明正当理由', () => {
    const overdue = must(performing(), sample('RECORD_OVERDUE', later(16)), later(16));
    // 4月1日送达，六个月至10月1日，三个月至次年1月1日。
    expect(overdue.running.T15b).toMatchObject({ dueDay: '2027-01-01' });
    const demanded = walk(overdue, ['ISSUE_DEMAND', 'RECORD_DEMAND_DELIVERED'], later(250));
    const late = later(295);
    expect(missing(demanded, with_('APPLY_TO_COURT', late, { lateReason: '' }), late)).toEqual([expect.stringContaining('逾期申请的正当理由')]);
    expect(missing(demanded, with_('APPLY_TO_COURT', late, { lateReason: '被申请人下落不明，公告送达。' }), late)).toEqual([]);
  });

  it('收到复议决定之日起十五日内不得申请执行；收到之日可以晚于作出之日、早于登记之日', () => {
    const upheld = must(contested('RECONSIDERATION'), with_('RECORD_REMEDY_OUTCOME', later(200), { receivedOn: calendarDay('2026-09-28') }), later(200));
    expect([upheld.running.T14r?.dueDay, upheld.remedyPeriods.at(-1)?.to]).toEqual(['2026-10-13', '2026-09-28']);
    expect(missing(upheld, sample('APPLY_TO_COURT', later(205)), later(205))).toContain('复议、诉讼期限届满');
    expect(missing(upheld, sample('APPLY_TO_COURT', later(240)), later(240))).toEqual([]);
    const early = with_('RECORD_REMEDY_OUTCOME', later(200), { receivedOn: calendarDay('2026-12-01') });
    expect(missing(contested('RECONSIDERATION'), early, later(200))).toEqual(['不早于受理、不晚于今日的收到日期']);
  });

  it('诉讼期间申请执行的三个月不走：维持后自救济期限届满起算', () => {
    expect(contested('LITIGATION').running.T15b).toBeUndefined();
    const upheld = must(contested('LITIGATION'), sample('RECORD_REMEDY_OUTCOME', later(500)), later(500));
    expect(upheld.running.T15b?.dueAt).toBeGreaterThan(later(580));
    const reconsidered = must(contested('RECONSIDERATION'), sample('RECORD_REMEDY_OUTCOME', later(500)), later(500));
    expect(reconsidered.running.T15b?.startedAt).toBe(instant(reconsidered.running.T14r!.dueAt - 1));
  });

  it('对处罚决定的诉讼不停止责令改正决定的申请执行', () => {
    const told = walk(refused(), ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], later(20));
    expect(missing(contested('LITIGATION', told), sample('APPLY_TO_COURT_CORRECTION', later(200)), later(200))).toEqual([]);
  });
});

describe('撤销按日连续处罚之后', () => {
  it('已缴的仍待退还，可以抵作新的；同样的日数可以重新作出决定', () => {
    const paid = must(daily(), with_('REGISTER_DAILY_PAYMENT', later(41), { amount: 1_000 }), later(41));
    const revoked = must(paid, sample('REVOKE_DAILY_PENALTY', later(42)), later(42));
    expect(refundDue(revoked)).toBe(1_000);
    const again = must(revoked, sample('PROPOSE_DAILY_PENALTY', later(43)), later(43));
    expect([again.dailyPaid, refundDue(again)]).toEqual([1_000, 1_000]);
    expect(again.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.days).toBe(paid.latest.PROPOSE_DAILY_PENALTY?.derived.daily?.days);
    const decided = walk(
      walk(again, ['SEND_DAILY_NOTICE', 'RECORD_DAILY_NOTICE_DELIVERED'], later(43)),
      ['CLOSE_DAILY_WINDOW', 'PASS_DAILY_LEGAL_REVIEW', 'DISCUSS_DAILY_PENALTY', 'DECIDE_DAILY_PENALTY', 'RECORD_DAILY_DELIVERED'],
      later(60),
    );
    expect([decided.daily, refundDue(decided), standing(decided, 'DAILY').owed]).toEqual(['DAILY_PAYING', 0, standing(decided, 'DAILY').sum - 1_000]);
  });
});

describe('责令改正不履行的强制执行（行政强制法 第五十三条、第五十四条）', () => {
  const demanded = () => walk(refused(), ['DEMAND_CORRECTION', 'RECORD_CORRECTION_DEMAND_DELIVERED'], later(20));

  it('催告期满、送达满十个工作日、对责令改正决定的救济期限届满，方可申请', () => {
    expect([demanded().running.T15r !== undefined, demanded().running.T15br !== undefined]).toEqual([true, true]);
    expect(missing(refused(), sample('APPLY_TO_COURT_CORRECTION', later(25)), later(25))).toContain('改正催告书送达');
    expect(missing(demanded(), sample('APPLY_TO_COURT_CORRECTION', later(40)), later(40))).toEqual(['复议、诉讼期限届满']);
    const applied = must(demanded(), sample('APPLY_TO_COURT_CORRECTION', later(200)), later(200));
    expect([applied.rectification, applied.running.T15r, applied.running.T15br]).toEqual(['CORRECTION_IN_COURT', undefined, undefined]);
    expect(must(applied, sample('RECORD_CORRECTION_ENFORCED', later(220)), later(220)).rectification).toBe('CORRECTED');
  });

  it('执行前自行改正的，核查合格即了结；不合格的执行继续；未改正的核查不结束催告后的期限', () => {
    const applied = must(demanded(), sample('APPLY_TO_COURT_CORRECTION', later(200)), later(200));
    expect(must(applied, with_('CHECK_RECTIFICATION', later(205), { corrected: false }), later(205)).rectification).toBe('CORRECTION_IN_COURT');
    expect(must(applied, sample('CHECK_RECTIFICATION', later(206)), later(206)).rectification).toBe('CORRECTED');
    const checked = must(demanded(), with_('CHECK_RECTIFICATION', later(30), { corrected: false }), later(30));
    expect(checked.running.T15r).toBeDefined();
    expect(must(demanded(), sample('CHECK_RECTIFICATION', later(30)), later(30)).running.T15r).toBeUndefined();
  });
});
