import { describe, expect, it } from 'vitest';
import type { OfficePart } from '#access';
import { instant, type Instant } from '#kernel';
import { makeLaw } from '#law';
import type { CaseCommand, CommandKind, CommandOf } from './commands/index.ts';
import { decideCase } from './decide-case.ts';
import { closingGround, GUARDS } from './guards/guards.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { sample } from './testing/index.ts';
import { frozenAt } from './testing/deps.ts';
import { act, DAY, filed, investigated, law, must, noticed, people, start, walk } from './testing/pure-case.ts';

const with_ = <K extends CommandKind>(kind: K, now: Instant, more: Partial<CommandOf<K>>): CaseCommand => ({ ...sample(kind, now), ...more }) as CaseCommand;
const later = (days: number) => instant(start + days * DAY);
const weighed = () => walk(investigated(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], start);
const ready = () => walk(must(noticed(), sample('WAIVE_RIGHTS', start), start), ['PASS_LEGAL_REVIEW'], start);
const decided = (deliberation: CaseCommand) => {
  const told = walk(must(weighed(), deliberation, start), ['SEND_NOTICE', 'RECORD_NOTICE_DELIVERED', 'WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW'], start);
  const agreed = told.main === 'COLLECTIVE_DISCUSSION' ? must(told, sample('RECORD_DISCUSSION', start), start) : told;
  return walk(agreed, ['DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
};
const paidUp = (state: PenaltyCase) => walk(must(state, sample('REGISTER_PAYMENT', start, state), start), ['WAIVE_RECTIFICATION'], start);

describe('待作出决定', () => {
  it('负责人可以不作决定，说明理由退回裁量或者补充调查（行政处罚法 第五十七条）；调查人员不得', () => {
    const back = must(ready(), sample('RETURN_FROM_DECISION', start), start);
    expect([back.main, back.papers.at(-1)?.kind]).toEqual(['DISCRETION', 'RETURN_NOTE']);
    expect(must(ready(), with_('RETURN_FROM_DECISION', start, { to: 'INVESTIGATING' }), start).main).toBe('INVESTIGATING');
    expect(back.running.T8).toBeDefined();
  });
});

describe('决定书须写明缴到哪里、向谁申请救济（行政处罚法 第五十九条、第六十七条）', () => {
  const decide = (state: PenaltyCase, unnamed: readonly OfficePart[], kind: 'DECIDE' | 'DECIDE_DAILY_PENALTY' = 'DECIDE') => GUARDS.BODIES_NAMED({ state, law, now: start, command: sample(kind, start, state), unnamed });

  it('机关信息缺少代收银行、复议机关或者法院的，不得签署决定，逐项写明，并有英文；地址、电话不拦', () => {
    const all = ['collection', 'court', 'reconsideration', 'address', 'phone'] as const;
    const found = decide(ready(), all);
    expect(found).toEqual([expect.stringContaining('复议机关'), expect.stringContaining('法院'), expect.stringContaining('银行、户名和账号')]);
    expect(found.map((zh) => law.data.instruments.find((one) => one.zh === zh)?.en)).toEqual([expect.stringContaining('reconsideration'), expect.stringContaining('court'), expect.stringContaining('account')]);
    expect(decide(ready(), all, 'DECIDE_DAILY_PENALTY')).toHaveLength(3);
    expect(decide(ready(), ['address', 'phone'])).toEqual([]);
    const refused = decideCase(ready(), sample('DECIDE', start), { ...people(sample('DECIDE', start)), frozen: frozenAt(ready().version), unnamed: ['court'] }, law, start);
    expect(refused).toMatchObject({ ok: false, basis: expect.stringContaining('第五十九条'), missing: [expect.stringContaining('管辖法院')] });
  });

  it('不收钱的决定不问银行', () => {
    const spared = { ...ready(), proposal: { ...ready().proposal!, outcome: 'NO_PENALTY' as const, amount: 0 } };
    expect(decide(spared, ['collection'])).toEqual([]);
    expect(decide(spared, ['court'])).toHaveLength(1);
  });
});

describe('不得因陈述申辩加重（行政处罚法 第四十五条）', () => {
  const reviewed = (result: 'CHANGED' | 'MORE_FACTS') => {
    const heard = walk(must(noticed(), sample('SUBMIT_DEFENCE', start), start), ['CLOSE_WINDOW'], later(20));
    return must(heard, { ...sample('REVIEW_DEFENCE', later(20), heard), result } as CaseCommand, later(20));
  };
  const heavier = with_('DELIBERATE', later(21), { penalties: ['FINE', 'LIMIT_PRODUCTION'] });

  it('申辩后审议不得增加处罚种类；同样种类可以', () => {
    const again = must(reviewed('CHANGED'), sample('SET_DISCRETION', later(21)), later(21));
    expect(act(again, heavier, later(21))).toMatchObject({ ok: false, missing: [expect.stringContaining('LIMIT_PRODUCTION')], basis: expect.stringContaining('第四十五条') });
    expect(act(again, sample('DELIBERATE', later(21)), later(21))).toMatchObject({ ok: true });
  });

  it('没收也计入总额；有新的事实、补充调查后不受此限', () => {
    const again = must(reviewed('CHANGED'), sample('SET_DISCRETION', later(21)), later(21));
    expect(act(again, with_('DELIBERATE', later(21), { penalties: ['FINE', 'CONFISCATION'], confiscation: 1 }), later(21))).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringContaining('不高于原告知的')]) });
    const more = walk(reviewed('MORE_FACTS'), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW', 'SET_DISCRETION'], later(21));
    expect(act(more, heavier, later(21))).toMatchObject({ ok: true });
  });
});

describe('违反的条文', () => {
  const video = () => ({ ...investigated(), violation: 'VIDEO_NOT_INSTALLED' as const });
  /** The law of a region whose data name the penalty and not what it punishes. */
  const silent = makeLaw({ ...law.data, violations: law.data.violations.map((one) => one.key === 'VIDEO_NOT_INSTALLED' ? { ...one, bases: one.bases.map(({ broken: _unnamed, ...basis }) => basis) } : one) });
  const open = expect.stringContaining('违反的条文及其出处');

  it('法规数据没有载明的，由承办人写明条文和出处，文书引用所写的条文；不写明的不能终结调查，也不能责令改正', () => {
    const missing = (state: PenaltyCase, command: CaseCommand) => {
      const result = decideCase(state, command, people(command), silent, start);
      return result.ok ? [] : (result.missing ?? []);
    };
    expect(missing(video(), with_('FINISH_INVESTIGATION', start, {}))).toContainEqual(open);
    expect(missing(video(), with_('FINISH_INVESTIGATION', start, { brokenArticle: '第某条' }))).toContainEqual(open);
    expect(missing(video(), with_('ORDER_RECTIFICATION', start, {}))).toContainEqual(open);
    expect(missing(video(), with_('FINISH_INVESTIGATION', start, { brokenArticle: '第某条', brokenSource: '国务院公报' }))).not.toContainEqual(open);
    expect(missing(investigated(), with_('FINISH_INVESTIGATION', start, {}))).not.toContainEqual(open);
    const named = must(investigated(), with_('FINISH_INVESTIGATION', start, { brokenArticle: '第某条', brokenSource: '国务院公报' }), start);
    expect(named.namedProvision).toEqual({ article: '第某条', source: '国务院公报' });
    expect(missing({ ...named, violation: 'VIDEO_NOT_INSTALLED' }, with_('ORDER_RECTIFICATION', start, {}))).not.toContainEqual(open);
  });
});

describe('没收违法所得', () => {
  const confiscating = (confiscation?: number) => with_('DELIBERATE', start, { penalties: ['FINE', 'CONFISCATION'], ...(confiscation === undefined ? {} : { confiscation }) });

  it('须有金额；大额没收计入集体讨论和听证的数额', () => {
    expect(act(weighed(), confiscating(), start)).toMatchObject({ ok: false, missing: [expect.stringContaining('没收违法所得的金额')] });
    expect(act(weighed(), with_('DELIBERATE', start, { confiscation: 5 }), start)).toMatchObject({ ok: false });
    expect(must(weighed(), confiscating(1_000), start).proposal).toMatchObject({ confiscation: 1_000, collectiveDue: false });
    expect(must(weighed(), confiscating(9_000_000), start).proposal).toMatchObject({ collectiveDue: true, hearingRight: true });
  });

  it('[JS-18] 罚款缴清还不是履行完毕：决定的每一种处罚都有执行记录才能结案', () => {
    // 裁量的依据没有没收这一种处罚时，评查规则不让告知书发出：这里只看执行。
    const paid = paidUp(decided(sample('DELIBERATE', start)));
    const open: PenaltyCase = { ...paid, proposal: { ...paid.proposal!, penalties: ['FINE', 'CONFISCATION'], confiscation: 80_000 } };
    expect(act(open, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: false, missing: ['没收违法所得的执行记录'] });
    expect(act(open, with_('RECORD_PENALTY_CARRIED_OUT', start, { penalty: 'CLOSURE' }), start)).toMatchObject({ ok: false, missing: ['决定书中尚待执行的责令关闭'] });
    const done = must(open, sample('RECORD_PENALTY_CARRIED_OUT', start), start);
    expect(act(done, sample('RECORD_PENALTY_CARRIED_OUT', start), start)).toMatchObject({ ok: false });
    expect(must(done, sample('PROPOSE_CLOSING', start), start).main).toBe('CLOSING_PROPOSED');
    expect(act(paid, sample('RECORD_PENALTY_CARRIED_OUT', start), start)).toMatchObject({ ok: false });
  });

  it('决定停产整治而没有责令、没有了结的，缴清罚款也不能结案', () => {
    const paid = paidUp(decided(with_('DELIBERATE', start, { penalties: ['FINE', 'STOP_PRODUCTION'] })));
    expect(act(paid, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: false, missing: ['责令停产整治的执行记录'] });
    expect(act({ ...paid, production: 'FOLLOWED_UP' }, sample('PROPOSE_CLOSING', start), start)).toMatchObject({ ok: true });
  });
});

describe('违法事实不成立（生态环境行政处罚办法 第三十七条、第三十八条）', () => {
  const notEstablished = (now = start) => with_('FINISH_INVESTIGATION', now, { outcome: 'NOT_ESTABLISHED', conclusion: '违法事实不能成立。' });

  it('不要求证据齐全、不作裁量：审查、审议、法制审核后作出决定，送达当事人，结案', () => {
    expect(act(filed(), sample('FINISH_INVESTIGATION', start), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    const reviewed = walk(must(filed(), notEstablished(), start), ['PASS_CASE_REVIEW'], start);
    expect([reviewed.main, reviewed.discretion]).toEqual(['DELIBERATION', undefined]);
    expect(act(reviewed, sample('DELIBERATE', start), start)).toMatchObject({ ok: false, missing: [expect.stringContaining('违法事实成立的调查报告')] });
    const concluded = must(reviewed, with_('DELIBERATE', start, { outcome: 'NOT_ESTABLISHED', penalties: [] }), start);
    const served = walk(concluded, ['PASS_LEGAL_REVIEW', 'DECIDE', 'SEND_DECISION', 'RECORD_DECISION_DELIVERED'], start);
    expect([served.main, closingGround(served), served.papers.some((p) => p.kind === 'NOT_ESTABLISHED_DECISION')]).toEqual(['TO_CLOSE', 'NOT_ESTABLISHED', true]);
    expect(must(served, with_('PROPOSE_CLOSING', start, { ground: 'NOT_ESTABLISHED' }), start).main).toBe('CLOSING_PROPOSED');
  });

  it('审议不同意的退回，须补充调查、另行认定才能裁量', () => {
    const reviewed = walk(must(filed(), notEstablished(), start), ['PASS_CASE_REVIEW'], start);
    const back = must(reviewed, with_('DELIBERATE', start, { outcome: 'RETURN', penalties: [] }), start);
    expect(act(back, sample('SET_DISCRETION', start), start)).toMatchObject({ ok: false, missing: [expect.stringContaining('违法事实成立的调查报告')] });
    expect(must(back, sample('RETURN_CASE', start), start).main).toBe('INVESTIGATING');
  });
});
