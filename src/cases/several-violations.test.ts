import { describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel';
import type { CaseCommand, CommandOf } from './commands/index.ts';
import { pointsOf } from './charged-acts.ts';
import { decideCase } from './decide-case.ts';
import type { PenaltyCase } from './penalty-case.ts';
import { evidence, sample } from './testing/index.ts';
import { act, filed, investigated, law, must, people, received, start, walk } from './testing/pure-case.ts';

const weigh = (further: CommandOf<'SET_DISCRETION'>['further']): CaseCommand => ({ ...(sample('SET_DISCRETION', start) as CommandOf<'SET_DISCRETION'>), further });
const OTHER = { violation: 'INFO_NOT_PUBLIC', basisId: 'PERMIT36-7', basisReason: '', grades: { DURATION: 'D_5', FAULT: 'NEGLIGENT', REPEAT: 'FIRST', ATTITUDE: 'NORMAL' } } as const;

describe('一案数项违法行为', () => {
  const added = () => must(investigated(), sample('ADD_VIOLATION', start), start);
  const proved = () =>
    law
      .violation('INFO_NOT_PUBLIC')
      .evidence.filter((p) => p.required && !['PARTY', 'PERMIT', 'INQUIRY', 'REVIEW'].includes(p.id))
      .reduce((s, p) => must(s, { ...evidence(`INFO_NOT_PUBLIC:${p.id}`, p.kinds.find((k) => k !== 'ELECTRONIC_DATA') ?? 'ELECTRONIC_DATA') }, start), added());

  it('每一项各自取证：缺后一项的证据不能结束调查，共有的证据只须一份', () => {
    const refused = act(added(), sample('FINISH_INVESTIGATION', start), start);
    expect(refused).toMatchObject({ ok: false, code: 'CASE-003' });
    if (isRefusal(refused)) expect(refused.missing?.every((line) => line.includes('（')) && refused.missing.length > 0).toBe(true);
    expect(act(proved(), sample('FINISH_INVESTIGATION', start), start)).toMatchObject({ ok: true });
    expect(act(added(), sample('ADD_VIOLATION', start), start)).toMatchObject({ ok: false, missing: ['本案尚未包括的违法行为'] });
  });

  it('[JS-20.3] 分别裁量、合并决定：各用自己的依据和裁量表，少一项不算', () => {
    const reviewed = walk(proved(), ['FINISH_INVESTIGATION', 'PASS_CASE_REVIEW'], start);
    expect(act(reviewed, weigh([]), start)).toMatchObject({ ok: false, code: 'CASE-003' });
    const weighed = must(reviewed, weigh([{ ...OTHER, grades: { ...OTHER.grades } }]), start);
    const [first, second] = [weighed.discretion?.trace.amount ?? 0, weighed.discretion?.further[0]?.trace.amount ?? 0];
    expect([first, second]).toEqual([244_000, 20_000]);
    expect(must(weighed, sample('DELIBERATE', start), start).proposal?.amount).toBe(264_000);
  });
});

describe('[JS-1.1] 排污单位包括排放的单位和第三方机构', () => {
  const file = (violation: string, partyType: 'DISCHARGE_UNIT' | 'THIRD_PARTY_AGENCY') => {
    const command = { ...sample('PROPOSE_FILING', start), violation } as CaseCommand;
    return decideCase(received(), command, { ...people(command), partyType }, law, start);
  };

  it('第三方机构可以是当事人；不是它能实施的行为不能对它立案，反之亦然', () => {
    expect(file('DATA_FALSIFY_AGENCY', 'THIRD_PARTY_AGENCY')).toMatchObject({ ok: true, value: { derived: { partyType: 'THIRD_PARTY_AGENCY' } } });
    expect(file('MONITORING_NOT_BY_SPEC', 'THIRD_PARTY_AGENCY')).toMatchObject({ ok: true });
    expect(file('DEVICE_NOT_RUNNING', 'THIRD_PARTY_AGENCY')).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(file('DATA_FALSIFY_AGENCY', 'DISCHARGE_UNIT')).toMatchObject({ ok: false, code: 'CASE-003' });
    expect(file('AIR_EXCEED', 'DISCHARGE_UNIT')).toMatchObject({ ok: true });
  });
});

it('手工与自动比对的案件以手工监测报告为必要证据；同一违法行为由别的事实而来的不要', () => {
  const fact = (figures?: object) => ({ ...filed(), violation: 'MONITORING_NOT_BY_SPEC' as const, observed: [{ factId: 'F1', figures }] as unknown as PenaltyCase['observed'] });
  const wanted = (state: PenaltyCase) => pointsOf(state, law).filter(({ id, required }) => required && id === 'MANUAL_REPORT').length;
  expect(wanted(fact({ kind: 'MANUAL_COMPARED', manual: '40', automatic: '18', unit: 'mg/m3' }) as PenaltyCase)).toBe(1);
  expect([wanted(fact() as PenaltyCase), wanted({ ...filed(), violation: 'MONITORING_NOT_BY_SPEC' })]).toEqual([0, 0]);
});
