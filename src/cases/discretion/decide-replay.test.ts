import { describe, expect, it } from 'vitest';
import { asId, calendarDay, type RegionKey } from '#kernel';
import type { DiscretionTable, LegalBasis } from '#law';
import { replayFines, type DecidedFine } from './decide-replay.ts';
import { spreadOf } from './spread.ts';
import { law } from '../testing/pure-case.ts';

const table = law.discretionTable('AIR_EXCEED', asId<RegionKey>('jiangsu'), calendarDay('2026-03-12')) as DiscretionTable;
const basis = law.violation('AIR_EXCEED').bases[0] as LegalBasis;
const grades = { EXCEED_RATIO: 'LT_05', DURATION: 'H_24', FACTOR_KIND: 'COMMON', REPEAT: 'FIRST', FAULT: 'NEGLIGENT', ATTITUDE: 'NORMAL', REPAIR: 'NONE' };
const fine = (caseNo: string, amount: number, more: Record<string, string> = {}): DecidedFine => ({
  caseId: caseNo, caseNo, unitId: 'E001', violation: 'AIR_EXCEED', decidedOn: calendarDay('2026-05-01'), amount, tableId: table.id, tableVersion: table.version, basisId: basis.id, input: { grades: { ...grades, ...more } },
});

describe('罚款的分布', () => {
  it('中位数与四分位按相邻两值线性插值', () => {
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf([7])).toEqual({ n: 1, min: 7, q1: 7, median: 7, q3: 7, max: 7 });
    expect(spreadOf([40, 10, 30, 20])).toEqual({ n: 4, min: 10, q1: 18, median: 25, q3: 33, max: 40 });
  });
});

describe('按改动后的裁量表推演上一年的决定', () => {
  const decided = [fine('A-1', 172_000), fine('A-2', 244_000, { REPEAT: 'SECOND' })];
  const all = (t: DiscretionTable) => replayFines(decided, t, () => basis);

  it('表不变，数不变', () => {
    expect(all(table)).toMatchObject({ changed: 0, impossible: 0, rows: [{ after: 172_000 }, { after: 244_000 }] });
  });

  it('只改一档，只有落在这一档的案件变化', () => {
    const factors = table.factors.map((f) => (f.id === 'REPEAT' ? { ...f, grades: f.grades.map((g) => (g.id === 'SECOND' ? { ...g, percent: '18' } : g)) } : f));
    const replay = all({ ...table, factors });
    // X = 10 %，Σ = 8 + 18 = 26 %：(10 + 26 × 0.9) % × 100 万
    expect(replay).toMatchObject({ changed: 1, rows: [{ after: 172_000 }, { before: 244_000, after: 334_000 }], before: { median: 208_000 }, after: { median: 253_000 } });
  });

  it('新表多问一个因子，旧案没有答过的不硬算，写明缺什么', () => {
    const factors = [...table.factors, { id: 'AREA', title: { zh: '区域', en: 'area' }, group: 'COMMON' as const, grades: [{ id: 'A', title: { zh: '甲', en: 'a' }, percent: '0' }, { id: 'B', title: { zh: '乙', en: 'b' }, percent: '5' }] }];
    const replay = all({ ...table, factors });
    expect(replay).toMatchObject({ impossible: 2, before: null, after: null });
    expect(replay.rows[0]?.why?.zh).toContain('区域');
  });
});
