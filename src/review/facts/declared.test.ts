import { describe, expect, it } from 'vitest';
import { asId, instant, type FactorCode, type OutfallId, type UnitId } from '#kernel';
import { buildRegistry, EMPTY_REGISTER, type RegisterData, type StoredRegistry } from '#register';
import { declaredAround } from './declared.ts';

const at = (text: string) => instant(Date.parse(`${text}+08:00`));
const unit = asId<UnitId>('E1');
const [outfall, other] = [asId<OutfallId>('O1'), asId<OutfallId>('O2')];
const NOX = asId<FactorCode>('a21002');
const row = (file: string, line: number, values: Record<string, string>) => ({ file, line, values });

const registryOf = (attributes: Record<string, string>, more: Partial<RegisterData> = {}): StoredRegistry => ({
  ...buildRegistry({
    ...EMPTY_REGISTER,
    units: [{ unit, name: '甲厂', industry: 'steel', industryZh: '钢铁', county: '', lat: undefined, lon: undefined, operator: '', keyPolluter: true, attributes }],
    ...more,
  }),
  version: 1, authorityOf: () => undefined,
});
const clue = { unitId: unit, outfall, periodFrom: at('2026-07-31T22:00:00'), periodTo: at('2026-08-01T03:00:00'), changedAt: at('2026-08-02T00:00:00') };

describe('结合审批、许可和申报资料研判', () => {
  it('[SH-6.2] 线索旁列出环评审批、排污许可证及其是否覆盖当日、许可排放量、手工监测、危废申报', () => {
    const registry = registryOf({ eia_no: '沪环评〔2019〕8号', permit_no: 'P-1', permit_from: '2021-07-01', permit_to: '2026-07-30' }, {
      permits: [{ outfall, factor: NOX, annualKg: 10_000, usedBeforeStartKg: 0, attributes: {} }, { outfall: other, factor: NOX, annualKg: 1, usedBeforeStartKg: 0, attributes: {} }],
      selfMonitoring: [
        { outfall, factor: NOX, sampledAt: at('2026-08-20T10:00:00'), value: '31', basis: 'zs', attributes: {} },
        { outfall, factor: NOX, sampledAt: at('2026-07-10T10:00:00'), value: '28', basis: 'zs', attributes: {} },
        { outfall, factor: NOX, sampledAt: at('2026-05-10T10:00:00'), value: '27', basis: 'zs', attributes: {} },
        { outfall: other, factor: NOX, sampledAt: at('2026-08-01T10:00:00'), value: '99', basis: 'zs', attributes: {} },
      ],
      other: [
        row('waste.csv', 2, { enterprise: 'E1', month: '2026-06', generated_t: '9', stock_t: '1' }),
        row('waste.csv', 3, { enterprise: 'E1', month: '2026-07', generated_t: '4', stock_t: '1', shipped_t: '3', submitted_ms: String(at('2026-08-05T09:00:00')) }),
        row('waste.csv', 4, { enterprise: 'E2', month: '2026-08', generated_t: '7', stock_t: '1' }),
      ],
    });
    const declared = declaredAround(registry, clue);
    expect(declared.approvals).toEqual([
      { zh: '环评审批', en: 'EIA approval', number: '沪环评〔2019〕8号', from: null, to: null, covers: null },
      { zh: '排污许可证', en: 'discharge permit', number: 'P-1', from: '2021-07-01', to: '2026-07-30', covers: false },
    ]);
    expect(declared.totals).toEqual([{ factor: 'a21002', name: 'a21002', annualKg: 10_000 }]);
    expect(declared.samples.map((one) => one.value)).toEqual(['28', '31']);
    expect(declared.waste).toEqual([{ month: '2026-07', waste: '', generated: 4, shipped: 3, disposed: 0, stock: 1, submittedAt: '2026-08-05T09:00:00.000+08:00' }]);
    expect(declaredAround(registryOf({ permit_no: 'P-1', permit_from: '2021-07-01', permit_to: '2026-07-31' }), clue).approvals).toMatchObject([{ covers: true }]);
  });

  it('登记表没有的，什么也不说；没有排放口的线索只列单位的资料', () => {
    expect(declaredAround(registryOf({}), clue)).toEqual({ approvals: [], totals: [], samples: [], waste: [] });
    expect(declaredAround(registryOf({ permit_no: 'P-1' }), { ...clue, outfall: null })).toMatchObject({ approvals: [{ number: 'P-1', covers: null }], totals: [], samples: [] });
  });
});
