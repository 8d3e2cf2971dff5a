import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, calendarDay, type RegionKey } from '#kernel';
import {
  applicableLaw, computeDiscretion, correspondences, loadLaw, proposeExemptions, VIOLATION_KEYS, type DiscretionTable, type LegalBasis, type ViolationKey,
} from './index.ts';

const law = loadLaw();
const day = calendarDay('2026-03-12');
const REGIONS = ['jiangsu', 'ningxia', 'inner-mongolia', 'shanghai'].map((key) => asId<RegionKey>(key));
const tableOf = (region: RegionKey, violation: ViolationKey = 'AIR_EXCEED') => law.discretionTable(violation, region, day) as DiscretionTable;
const basis = law.violation('AIR_EXCEED').bases[0] as LegalBasis;
const EXCEED = { EXCEED_RATIO: 'LT_05', DURATION: 'D_3', FACTOR_KIND: 'COMMON', REPEAT: 'SECOND', FAULT: 'NEGLIGENT', AREA: 'ORDINARY', ATTITUDE: 'CORRECTED', REPAIR: 'NONE' };

/** Only the factors the table asks for. */
const gradesFor = (table: DiscretionTable, grades: Record<string, string> = EXCEED) => Object.fromEntries(table.factors.map((f) => [f.id, grades[f.id] ?? f.grades[0]?.id ?? '']));
const amountOf = (region: RegionKey) => {
  const run = computeDiscretion(tableOf(region), basis, { grades: gradesFor(tableOf(region)) });
  if (!run.ok) throw new Error(run.en);
  return run.value;
};

describe('四个裁量公式族', () => {
  it('[SH-16.2] [JS-20.3] 四省区各用自己的裁量表：缩放百分比、累加、系数、二维叠加', () => {
    expect(REGIONS.map((region) => tableOf(region).family)).toEqual(['F2', 'F1', 'F4', 'F3']);
  });

  it('[SH-16.1] 手算核对：同样的情节，四个公式各得其数，每一步都写在裁量表上', () => {
    const [jiangsu, ningxia, mongolia, shanghai] = REGIONS.map(amountOf);
    // X = 10 %；F2：Σ = 8 + 5 + 8 − 10 = 11 %，(10 + 11 × 0.9) % × 100 万
    expect(jiangsu?.amount).toBe(199_000);
    // F1：Σ = 6 + 4 + 8 − 10 = 8 %，(10 + 8) % × 100 万
    expect(ningxia?.amount).toBe(180_000);
    // F4：基准 18 %，系数 5 + 15 − 20 = 0，18 % × 100 万
    expect(mongolia?.amount).toBe(180_000);
    // F3：A = 10 + 5 = 15 %，B = 10 %，A + B − AB = 23.5 %；(10 + 90 × 0.235) % × (1 − 10 %) × 100 万 = 280350，取整到百元
    expect(shanghai?.amount).toBe(280_300);
    for (const trace of [jiangsu, ningxia, mongolia, shanghai]) {
      expect(trace?.steps.at(-1)).toContain(String(trace?.amount));
      expect(trace?.sentence).toContain(`罚款 ${trace?.amount} 元`);
      expect(trace?.tableVerified).toBe(false);
    }
  });

  it('任何表、任何档次组合都落在法定幅度内', () => {
    const cases = law.data.discretion.flatMap((table) => table.violations.flatMap((key) => law.violation(key).bases.filter((b) => b.fine !== undefined).map((b) => ({ table, b }))));
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.infiniteStream(fc.nat(99)), ({ table, b }, picks) => {
        const next = picks[Symbol.iterator]();
        const grades = Object.fromEntries(table.factors.map((f) => [f.id, f.grades[Number(next.next().value) % f.grades.length]?.id ?? '']));
        const run = computeDiscretion(table, b, { grades });
        if (!run.ok) throw new Error(run.en);
        expect(run.value.amount).toBeGreaterThanOrEqual(b.fine?.min ?? 0);
        expect(run.value.amount).toBeLessThanOrEqual(b.fine?.max ?? 0);
      }),
    );
  });

  it('法律没有下限的，从简易程序上限起算', () => {
    const run = computeDiscretion(tableOf(REGIONS[1] as RegionKey), { ...basis, fine: { min: 0, max: 100_000 } }, { grades: gradesFor(tableOf(REGIONS[1] as RegionKey)) });
    expect(run).toMatchObject({ ok: true, value: { startPercent: '3' } });
  });
});

describe('新旧条文对照', () => {
  it('每个前后两个时期都有依据的违法类型都有对照，且写明新法是否较轻', () => {
    for (const key of VIOLATION_KEYS) {
      const { bases } = law.violation(key);
      const both = bases.some((b) => b.validFrom < '2026-08-15') && bases.some((b) => b.validFrom === '2026-08-15');
      expect(correspondences(law.violation(key)).length > 0, key).toBe(both);
    }
    expect(correspondences(law.violation('PERMIT_EXCEED'))[0]).toMatchObject({ old: { id: 'PERMIT34-1' }, next: { id: 'CODE1103' }, change: 'LIGHTER' });
    expect(correspondences(law.violation('AIR_EXCEED'))[0]?.change).toBe('SAME');
  });

  it('法典第一千二百四十二条只废止十部法律：条例的罚则继续有效，与法典并列且标为待核，须由人选择', () => {
    const day = calendarDay('2026-09-01');
    const regulations = VIOLATION_KEYS.flatMap((key) => law.violation(key).bases).filter((b) => b.instrumentLevel === 'ADMIN_REGULATION');
    expect(regulations.filter((b) => b.validTo !== undefined)).toEqual([]);
    const beside = VIOLATION_KEYS.map((key) => applicableLaw(law.violation(key), day, day, day)).filter((answer) => answer.candidates.length > 1);
    expect(beside.length).toBeGreaterThan(7);
    for (const { choiceRequired, atAct, reason, candidates } of beside) {
      expect([choiceRequired, atAct?.instrument, reason]).toEqual([true, '生态环境法典', expect.stringContaining('同一时期')]);
      for (const old of candidates.filter((b) => b.instrumentLevel === 'ADMIN_REGULATION')) expect(old, old.id).toMatchObject({ verified: false, note: expect.stringContaining('未被法典废止') });
    }
  });

  it('[JS-26] 损坏、移动、拆除设备，伪造、删除原始记录：两个时期都有罚则', () => {
    for (const key of ['DEVICE_MOVED_DAMAGED', 'DATA_FALSIFY_UNIT'] as const)
      for (const at of ['2026-03-12', '2026-09-12'].map(calendarDay)) expect(applicableLaw(law.violation(key), at, at, at), `${key} ${at}`).toMatchObject({ atAct: {} });
  });
});

describe('不予处罚只是建议', () => {
  const rules = (region: string, violation: ViolationKey = 'AIR_EXCEED') => law.exemptionRules(violation, asId<RegionKey>(region), calendarDay('2026-03-20'));
  const proposal = (region: string, id: string, facts: Parameters<typeof proposeExemptions>[1]) => proposeExemptions(rules(region), facts).find((p) => p.rule.id === id);
  const small = { exceedRatioBelow: '0.1', hoursPerDay: 3, factors: 1, corrected: true, monthsSinceLast: null };

  it('[SH-5.3] 上海轻微违法清单：数值都符合的建议，一项不符的排除，卷内没有的留给人判断', () => {
    expect(proposal('shanghai', 'SH2-AIR-MINOR', small)).toMatchObject({ fits: 'PROPOSED', rule: { force: 'SHALL', verified: false } });
    expect(proposal('shanghai', 'SH2-AIR-MINOR', { ...small, hoursPerDay: 6 })?.fits).toBe('EXCLUDED');
    expect(proposal('shanghai', 'SH2-AIR-MINOR', { ...small, monthsSinceLast: 5 })?.fits).toBe('EXCLUDED');
    const { exceedRatioBelow: _unknown, ...rest } = small;
    expect(proposal('shanghai', 'SH2-AIR-MINOR', rest)?.fits).toBe('OPEN');
    expect(proposal('shanghai', 'SH75-SELF-REPORTED', small)?.checks).toEqual([{ zh: '主动报告', en: 'reported of its own accord', outcome: 'CANNOT_TELL' }]);
    expect(proposal('jiangsu', 'SH2-AIR-MINOR', small)).toBeUndefined();
  });

  it('[NX-3.7e] 宁夏：情节轻微、后果轻微、及时改正的可以不予处罚；应当不予处罚的仍是处罚法', () => {
    expect(proposal('ningxia', 'NX37-MINOR', small)).toMatchObject({ fits: 'PROPOSED', rule: { force: 'MAY' } });
    expect(proposal('ningxia', 'NX37-MINOR', { ...small, corrected: false })?.fits).toBe('EXCLUDED');
    expect(proposal('ningxia', 'APL33-MINOR', small)).toMatchObject({ rule: { force: 'SHALL' } });
  });

  it('没有主观过错须由当事人举证，程序从不替人判断', () => {
    expect(proposal('jiangsu', 'APL33-NO-FAULT', small)).toMatchObject({ fits: 'OPEN', checks: [] });
  });
});

describe('[NMG-3.1b] 内蒙古列举的七种情形', () => {
  const acts = law.codes('abnormal-running-acts').codes;
  it.each([
    ['NMG-3.1b-1', 'STOPPED', 'DEVICE_NOT_RUNNING'],
    ['NMG-3.1b-2', 'FAULT_UNREPORTED', 'DEVICE_ABNORMAL_NOT_REPORTED'],
    ['NMG-3.1b-3', 'NOT_MAINTAINED', 'MONITORING_NOT_BY_SPEC'],
    ['NMG-3.1b-4', 'TRANSMITTED_DIFFERS', 'DEVICE_NOT_RUNNING'],
    ['NMG-3.1b-5', 'NOT_CORRELATED', 'DEVICE_NOT_RUNNING'],
    ['NMG-3.1b-6', 'MOVED_CHANGED', 'DEVICE_MOVED_DAMAGED'],
    ['NMG-3.1b-7', 'REPORT_MISSING', 'REPORT_NOT_SUBMITTED'],
  ] as const)('[%s] 每种情形归入一个有取证要点和罚则的违法类型', (_id, code, violation) => {
    expect(acts.find((act) => act.code === code)?.violation).toBe(violation);
    expect(law.violation(violation).evidence.filter((point) => point.required).length).toBeGreaterThan(2);
    expect(applicableLaw(law.violation(violation), day, day, day).candidates.length).toBeGreaterThan(0);
  });
});

describe('一种行为、几部法律', () => {
  it('废气、废水造假排放的罚则都在，须由人选择；法典施行后十部法律归于一条，未被废止的条例与它并列', () => {
    const tamper = law.violation('DATA_TAMPER_DISCHARGE');
    const before = applicableLaw(tamper, day, day, calendarDay('2026-06-01'));
    expect(before.candidates.map((b) => b.id)).toEqual(['AIR99-3', 'WATER83-3', 'PERMIT34-2']);
    expect(before).toMatchObject({ choiceRequired: true, reason: expect.stringContaining('同一时期') });
    const after = applicableLaw(tamper, calendarDay('2026-09-01'), calendarDay('2026-09-01'), calendarDay('2026-09-20'));
    expect([after.atAct?.id, after.candidates.map((b) => b.id)]).toEqual(['CODE1108', ['PERMIT34-2', 'CODE1108']]);
    expect(correspondences(tamper).map((c) => [c.old.id, c.change])).toEqual([['AIR99-3', 'SAME'], ['WATER83-3', 'SAME'], ['PERMIT34-2', 'LIGHTER']]);
  });
});
