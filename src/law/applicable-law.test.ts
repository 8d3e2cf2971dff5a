import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, asId, calendarDay, type RegionKey } from '#kernel';
import { applicableLaw, computeDiscretion, loadLaw, VIOLATION_KEYS } from './index.ts';

const law = loadLaw();
const day = calendarDay;
const jiangsu = asId<RegionKey>('jiangsu');

describe('从旧兼从轻', () => {
  const permit = law.violation('PERMIT_EXCEED');

  it('行为与决定都在法典施行前：只有旧法', () => {
    const answer = applicableLaw(permit, day('2026-03-12'), day('2026-03-12'), day('2026-06-30'));
    expect(answer).toMatchObject({ choiceRequired: false, atAct: { id: 'PERMIT34-1' } });
  });

  it('行为在前、决定在后，新法下限更低：提出较轻者，但必须由人选择', () => {
    const answer = applicableLaw(permit, day('2026-03-12'), day('2026-03-12'), day('2026-10-09'));
    expect(answer.choiceRequired).toBe(true);
    expect(answer.atAct?.id).toBe('PERMIT34-1');
    expect(answer.lighter?.id).toBe('CODE1103');
  });

  it('连续行为跨越施行日：按终了之日', () => {
    const answer = applicableLaw(permit, day('2026-08-01'), day('2026-08-20'), day('2026-10-09'));
    expect(answer.atAct?.id).toBe('CODE1103');
    expect(answer.choiceRequired).toBe(true);
  });

  it('行为时尚不违法的，不因决定时有新法而当然处罚', () => {
    const answer = applicableLaw(
      law.violation('TREATMENT_NOT_BY_PERMIT'),
      day('2026-03-01'),
      day('2026-03-01'),
      day('2026-10-01'),
    );
    expect(answer.atAct).toBeUndefined();
    expect(answer.choiceRequired).toBe(true);
  });

  it('任何一日任何类型：候选都在起止期内，且较轻者是候选之一', () => {
    const anyDay = fc.integer({ min: 0, max: 700 }).map((n) => addDays(day('2025-01-01'), n));
    fc.assert(
      fc.property(fc.constantFrom(...VIOLATION_KEYS), anyDay, fc.nat(40), fc.nat(400), (key, start, length, later) => {
        const end = addDays(start, length);
        const answer = applicableLaw(law.violation(key), start, end, addDays(end, later));
        if (answer.lighter !== undefined) expect(answer.candidates).toContain(answer.lighter);
        if (answer.candidates.length > 1) expect(answer.choiceRequired).toBe(true);
      }),
    );
  });
});

describe('裁量', () => {
  const basis = law.violation('AIR_EXCEED').bases[0]!;
  const table = law.discretionTable('AIR_EXCEED', jiangsu, day('2026-03-12'))!;
  const grades = {
    EXCEED_RATIO: 'LT_05',
    DURATION: 'H_24',
    FACTOR_KIND: 'COMMON',
    REPEAT: 'FIRST',
    FAULT: 'NEGLIGENT',
    ATTITUDE: 'NORMAL',
    REPAIR: 'NONE',
  };

  it('[JS-20.3] 缩放百分比法逐步算出，每个数留痕', () => {
    const run = computeDiscretion(table, basis, { grades });
    // X = 10 %，Σ = 8 %：(0.1 + 0.08 × 0.9) × 100万 = 17.2 万
    expect(run).toMatchObject({ ok: true, value: { amount: 172_000, startPercent: '10', ratioPercent: '17.2' } });
  });

  it('缺一个因子就不算，并指出是哪一个', () => {
    const { REPAIR: _unused, ...rest } = grades;
    expect(computeDiscretion(table, basis, { grades: rest })).toMatchObject({
      ok: false,
      code: 'LAW-002',
      field: 'grades.REPAIR',
    });
  });

  it('低于法定最低额须有减轻情节，且不超过基准限度', () => {
    const half = { grades, mitigation: { ground: '主动消除危害后果', percentOff: '40' } };
    expect(computeDiscretion(table, basis, half)).toMatchObject({ ok: true, value: { amount: 60_000 } });
    const tooMuch = { grades, mitigation: { ground: '主动消除危害后果', percentOff: '60' } };
    expect(computeDiscretion(table, basis, tooMuch)).toMatchObject({ ok: false, code: 'LAW-004' });
  });

  it('任何档次组合都落在法定幅度内，且调整不超上限', () => {
    const combination = fc.record(
      Object.fromEntries(table.factors.map((f) => [f.id, fc.constantFrom(...f.grades.map((g) => g.id))])),
    );
    fc.assert(
      fc.property(combination, (chosen) => {
        const run = computeDiscretion(table, basis, { grades: chosen });
        if (!run.ok) throw new Error(run.en);
        expect(run.value.amount).toBeGreaterThanOrEqual(basis.fine!.min);
        expect(run.value.amount).toBeLessThanOrEqual(basis.fine!.max);
        expect(Math.abs(Number(run.value.adjustPercent))).toBeLessThanOrEqual(20);
      }),
    );
  });
});
