import { describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, type UnitId } from '#kernel';
import type { CommandOf } from '../commands/index.ts';
import { decideCase } from '../decide-case.ts';
import { keyUnitOf } from '../kin/liable-person.ts';
import type { PenaltyCase, Proposal } from '../penalty-case.ts';
import { penaltyDecision } from '../papers/late-papers.ts';
import type { PartyFacts } from '../ports.ts';
import { legalChecks } from '../quality/legal-checks.ts';
import { problemsAt } from '../quality/file-quality.ts';
import { sample } from '../testing/index.ts';
import { partyFacts, UNIT } from '../testing/deps.ts';
import { act, law, noticed, people, walk } from '../testing/pure-case.ts';
import { dutiesOf } from './duties.ts';
import { suggestionsOf } from './suggestions.ts';

const now = instant(Date.parse('2026-09-20T10:00:00+08:00'));
/** A case of evasion under the Code, at its legal review, with these kinds of penalty. */
function evasion(penalties: Proposal['penalties'], more: Partial<PenaltyCase> = {}): PenaltyCase {
  const told = walk(noticed(), ['WAIVE_RIGHTS'], instant(Date.parse('2026-03-17T10:00:00+08:00')));
  const { filing, discretion, proposal } = told;
  if (filing === undefined || discretion === undefined || proposal === undefined) throw new Error('not so far');
  return {
    ...told, main: 'LEGAL_REVIEW', violation: 'DATA_TAMPER_DISCHARGE', reported: { DATA_TAMPER_DISCHARGE: 'CODE1108' },
    filing: { ...filing, violation: 'DATA_TAMPER_DISCHARGE', actStart: calendarDay('2026-09-01'), actEnd: calendarDay('2026-09-02') },
    discretion: { ...discretion, basisId: 'CODE1108' }, proposal: { ...proposal, penalties }, ...more,
  };
}
const suggested = (state: PenaltyCase) => suggestionsOf(state, law, now, true, []);
const quality = (state: PenaltyCase, step: 'SEND_NOTICE' | 'DECIDE') => problemsAt({ state, law, now, suggestions: suggested(state) }, step).filter((line) => line.includes('第 30 项'));
const answer = (provision?: string): CommandOf<'ANSWER_SUGGESTION'> => ({ kind: 'ANSWER_SUGGESTION', suggestion: 'DUTY_LIMIT_OR_STOP', answers: [], reason: '该生产线已经永久拆除，没有可以限制的生产。', ...(provision === undefined ? {} : { provision }) });
const answered = (state: PenaltyCase, provision?: string) => decideCase(state, answer(provision), { ...people(answer()), suggestions: suggested(state) }, law, now);

describe('生态环境法典 第一千一百零八条：罚款之外应当同时作出的处理', () => {
  it('只罚款的，告知和决定之前被拦住，写明条文；列入限制生产或者停产整治的放行', () => {
    expect(quality(evasion(['FINE']), 'SEND_NOTICE')).toEqual([expect.stringContaining('《生态环境法典》第一千一百零八条：应当责令限制生产、停产整治')]);
    expect(quality(evasion(['FINE']), 'DECIDE')).toHaveLength(1);
    for (const kind of ['LIMIT_PRODUCTION', 'STOP_PRODUCTION'] as const) expect(quality(evasion(['FINE', kind]), 'DECIDE')).toEqual([]);
    // "可以责令" is no duty.
    const exceeded = evasion(['FINE'], { violation: 'AIR_EXCEED', reported: {}, discretion: { ...evasion(['FINE']).discretion!, basisId: 'CODE1107-AIR' } });
    expect(dutiesOf(exceeded, law, now)).toEqual([]);
  });

  it('案件审议时就拦住只罚款的，列入限制生产的放行；已经说明不采取的放行', () => {
    const { proposal: _none, ...rest } = evasion(['FINE']);
    const open: PenaltyCase = { ...rest, main: 'DELIBERATION' };
    const deliberate = (state: PenaltyCase, ...penalties: Proposal['penalties']) => act(state, { ...(sample('DELIBERATE', now) as CommandOf<'DELIBERATE'>), penalties: [...penalties] }, now);
    expect(deliberate(open, 'FINE')).toMatchObject({ ok: false, missing: [expect.stringMatching(/^处罚种类中的责令限制生产或者停产整治（《生态环境法典》第一千一百零八条/)] });
    expect(deliberate(open, 'FINE', 'LIMIT_PRODUCTION')).toMatchObject({ ok: true, value: { derived: { proposal: { hearingRight: true, collectiveDue: true } } } });
    expect(deliberate({ ...open, notFollowed: { DUTY_LIMIT_OR_STOP: { reason: '已拆除。', provision: '行政处罚法 第六条', answers: [], by: '甲', at: now } } }, 'FINE')).toMatchObject({ ok: true });
  });

  it('不采取的，须同时写明理由和条文依据，决定书照印', () => {
    const state = evasion(['FINE']);
    expect(answered(state)).toMatchObject({ ok: false, missing: ['可以不采取该项法定措施的条文依据'] });
    expect(answered(state, '行政处罚法 第六条')).toMatchObject({ ok: true });
    const { reason, provision } = answer('行政处罚法 第六条');
    const spared = evasion(['FINE'], { notFollowed: { DUTY_LIMIT_OR_STOP: { reason, provision: provision!, answers: [], by: '甲', at: now } } });
    expect(quality(spared, 'DECIDE')).toEqual([]);
    expect(dutiesOf(spared, law, now)).toMatchObject([{ duty: 'LIMIT_OR_STOP', met: 'SPARED', how: expect.stringContaining('没有可以限制的生产（依据行政处罚法 第六条）') }, { met: 'AFTER_DECISION' }]);
  });

  it('决定书写明送达后移送公安机关，移送以后写已经移送；对个人和不予处罚的没有这些义务', () => {
    const state = evasion(['FINE', 'STOP_PRODUCTION']);
    const printed = (of: PenaltyCase): string => {
      const facts = { before: of, after: of, event: { at: now, actor: people({ kind: 'DECIDE', opinion: '' }).actor, command: { kind: 'DECIDE', opinion: '同意。' }, derived: {} }, party: partyFacts(UNIT), authority: { reconsiderationBody: { zh: '', en: '' }, court: { zh: '', en: '' }, payee: { zh: '', en: '' } }, outfallName: '', deps: { law } };
      const { decisions, transfer } = penaltyDecision(facts as unknown as Parameters<typeof penaltyDecision>[0]);
      return [...decisions, ...transfer].join('\n');
    };
    expect(printed(state)).toMatch(/第一千一百零八条规定的“将案件移送公安机关.*”：处罚决定送达后，依法将案件移送公安机关/);
    expect(printed(state)).toContain('责令停产整治');
    expect(dutiesOf({ ...state, detention: 'DETENTION_SENT' }, law, now)[1]).toMatchObject({ met: 'DONE' });
    expect(dutiesOf({ ...state, proposal: { ...state.proposal!, outcome: 'NO_PENALTY' } }, law, now)).toEqual([]);
  });
});

describe('法制审核逐项核对（行政处罚法 第五十八条）', () => {
  const pass = (checks: CommandOf<'PASS_LEGAL_REVIEW'>['checks']) => ({ ...(sample('PASS_LEGAL_REVIEW', now) as CommandOf<'PASS_LEGAL_REVIEW'>), checks });
  const review = (state: PenaltyCase, checks: CommandOf<'PASS_LEGAL_REVIEW'>['checks']) => {
    const command = pass(checks);
    return decideCase(state, command, { ...people(command), suggestions: suggested(state) }, law, now);
  };

  it('七项要点由案卷填写：事实、证据、条文、裁量、法定义务都是本案的', () => {
    const state = evasion(['FINE', 'LIMIT_PRODUCTION']);
    const lines = legalChecks({ state, law, now, suggestions: suggested(state) });
    expect(lines.map(({ point }) => point)).toEqual(['PARTY', 'FACTS', 'EVIDENCE', 'PROCEDURE', 'LAW', 'DISCRETION', 'DUTIES']);
    expect(Object.fromEntries(lines.map(({ point, remark }) => [point, remark]))).toMatchObject({
      FACTS: expect.stringContaining('以逃避监管的方式排放污染物案；行为时间2026年9月1日至2026年9月2日；查明：事实清楚'), EVIDENCE: expect.stringMatching(/证据 \d+ 项：.*数据审核意见/),
      LAW: expect.stringContaining('第一千一百零八条'), DUTIES: expect.stringContaining('责令限制生产，列入处罚内容'),
    });
  });

  it('不作处罚的案件不写告知和陈述申辩；违法事实不成立的不写处罚依据、裁量和其他处理；引用的话不留双重标点', () => {
    const state = evasion([]);
    const remarks = (more: Partial<PenaltyCase>) => Object.fromEntries(legalChecks({ state: { ...state, ...more }, law, now, suggestions: suggested(state) }).map(({ point, remark }) => [point, remark]));
    const { notice: _notice, ...proposed } = state;
    const spared = { ...proposed, proposal: { ...state.proposal!, outcome: 'NO_PENALTY' as const, penalties: [] } };
    expect(remarks(spared)['PROCEDURE']).toContain('不作处罚，没有事先告知');
    expect(remarks(spared)['PROCEDURE']).not.toContain('当事人未陈述申辩');
    expect(remarks({})['PROCEDURE']).toContain('当事人未陈述申辩');
    const cleared = remarks({ report: { ...state.report!, outcome: 'NOT_ESTABLISHED' }, proposal: { ...state.proposal!, outcome: 'NOT_ESTABLISHED', penalties: [] } });
    expect(cleared).toMatchObject({ LAW: expect.stringMatching(/^没有认定违法行为/), DISCRETION: expect.stringMatching(/^没有认定违法行为/), DUTIES: expect.stringMatching(/^没有认定违法行为/) });
    const answer = { reason: '各项不同时具备。', answers: [] };
    expect(remarks({ notFollowed: { PROPOSE_TRANSFER: answer as never } })['DUTIES']).toContain('未采纳，各项不同时具备');
    for (const remark of Object.values(remarks({ notFollowed: { PROPOSE_TRANSFER: answer as never } }))) expect(remark).not.toMatch(/[。；]；/);
  });

  it('确认的不必再填；案卷检查有问题的一项须由审核人说明，照抄不算；有异议的不能通过', () => {
    const open = evasion(['FINE']);
    expect(review(open, [])).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringMatching(/^对“条文规定的其他处理”的审核意见（/)]) });
    const own = (point: 'DUTIES' | 'EVIDENCE' | 'LAW', remark: string, holds = true) => ({ point, holds, remark });
    const shown = legalChecks({ state: open, law, now, suggestions: suggested(open) });
    const others = shown.filter(({ holds, point }) => !holds && point !== 'DUTIES').map(({ point }) => ({ point, holds: true, remark: '已核对。' }));
    expect(review(open, [...others, own('DUTIES', shown.find(({ point }) => point === 'DUTIES')!.remark)])).toMatchObject({ ok: false, missing: [expect.stringContaining('所列问题的审核意见')] });
    const passed = review(open, [...others, own('DUTIES', '决定前须补列限制生产。')]);
    expect(passed).toMatchObject({ ok: true, value: { derived: { checks: expect.arrayContaining([expect.objectContaining({ point: 'DUTIES', opinion: '决定前须补列限制生产。' })]) } } });
    expect(review(open, [...others, own('DUTIES', '缺少限制生产。', false)])).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringContaining('没有异议')]) });
    expect(act(walk(noticed(), ['WAIVE_RIGHTS'], now), sample('PASS_LEGAL_REVIEW', now), now)).toMatchObject({ ok: true });
  });
});

describe('重点排污单位、实行重点管理的单位按登记信息认定', () => {
  const unit = (more: Partial<PartyFacts>) => ({ unit: () => ({ ...partyFacts(UNIT), ...more }) });
  const of = (more: Partial<PartyFacts>, person = false) => keyUnitOf(unit(more), { unitId: UNIT, ...(person ? { person: { name: '甲', idNumber: '', role: 'IN_CHARGE' as const, post: '', address: '', employer: { unitId: asId<UnitId>('E001'), name: '' } } } : {}) });

  it('列入名录或者实行重点管理的为是；两者都不是的为否；只知其一的不知道；对个人按其单位', () => {
    expect([of({ keyPolluter: true }), of({ keyPolluter: false, keyManaged: true }), of({ keyPolluter: true }, true)]).toEqual([true, true, true]);
    expect([of({ keyPolluter: false, keyManaged: false }), of({ keyPolluter: false }), of({})]).toEqual([false, undefined, undefined]);
  });
});
