import { startOfDay, type CalendarDay, type UnitId } from '#kernel';
import { REGISTER_FILES } from '../register-files.ts';
import type { Registry } from '../registry.ts';

export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Department that answers for a value: permit conditions lie with the element department, devices with monitoring control. */
export type Owner = 'element-dept' | 'monitoring-control';

interface Field extends Words {
  readonly field: string;
  readonly unit: string;
  readonly owner: Owner;
  /** What is judged by it. */
  readonly judged: Words;
}

const device = (field: string, zh: string, en: string, unit: string, judgedZh: string, judgedEn: string): Field =>
  ({ field, zh, en, unit, owner: 'monitoring-control', judged: { zh: judgedZh, en: judgedEn } });
const permit = (field: string, zh: string, en: string, unit: string, judgedZh: string, judgedEn: string): Field =>
  ({ field, zh, en, unit, owner: 'element-dept', judged: { zh: judgedZh, en: judgedEn } });

/** Registered numbers a unit may dispute, by kind of register row. Numbers only: names and addresses are changed with papers. */
export const DISPUTABLE = {
  limits: [permit('limit', '限值', 'limit', '', '超标判定、连续超标、接近限值等规则', 'exceedance, hours in a row, near-limit rules')],
  permits: [
    permit('annualKg', '许可年排放量', 'permitted annual amount', 'kg', '排放总量预警与超总量判定', 'quantity warnings and over-quantity'),
    permit('usedBeforeStartKg', '接入前已用量', 'used before connection', 'kg', '排放总量预警与超总量判定', 'quantity warnings and over-quantity'),
  ],
  outfalls: [
    permit('o2Ref', '基准氧含量', 'reference oxygen', '%', '折算浓度，从而超标判定', 'converted concentrations and so exceedance'),
    permit('designFlow', '设计流量', 'design flow', 'm3/h', '流量异常、总量核算', 'flow anomalies and totals'),
    device('stackAreaM2', '烟道截面积', 'duct area', 'm2', '流量与总量核算', 'flow and totals'),
    device('velocityCoefficient', '速度场系数', 'velocity coefficient', '', '流量与总量核算', 'flow and totals'),
    device('analysisCycleHours', '分析周期', 'analysis cycle', 'h', '应报时段与数据缺失判定', 'which hours are due and which are missing'),
  ],
  factors: [
    device('span', '量程', 'span', '', '满量程、超量程判定', 'values at or beyond the span'),
    device('resolution', '分辨率', 'resolution', '', '恒值判定', 'values that do not move'),
  ],
  meters: [device('ratedKw', '额定功率', 'rated power', 'kW', '治理设施运行判定', 'whether treatment runs')],
} as const satisfies Partial<Record<keyof typeof REGISTER_FILES, readonly Field[]>>;

export type DisputeKind = keyof typeof DISPUTABLE;
export const DISPUTE_KINDS = Object.keys(DISPUTABLE) as [DisputeKind, ...DisputeKind[]];

export const fieldOf = (kind: DisputeKind, field: string): Field | undefined => (DISPUTABLE[kind] as readonly Field[]).find((one) => one.field === field);

/** One registered value of a unit with its address in the register. */
export interface RegisteredValue extends Words {
  readonly kind: DisputeKind;
  readonly key: string;
  readonly field: string;
  readonly outfall: string | null;
  readonly factor: string | null;
  /** Empty where nothing is registered. */
  readonly value: string;
  readonly unit: string;
  readonly owner: Owner;
  readonly judged: Words;
  readonly source: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

const PERIODS: Readonly<Record<string, Words>> = { hour: { zh: '小时', en: 'hourly' }, day: { zh: '日', en: 'daily' }, instant: { zh: '瞬时', en: 'instant' } };

type Row = Readonly<Record<string, unknown>>;
const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function valuesOf(kind: DisputeKind, row: object, about: Words, unit: string): RegisteredValue[] {
  const cells = row as Row;
  const key = (REGISTER_FILES[kind] as { key?: (row: object) => string }).key?.(row) ?? '';
  return (DISPUTABLE[kind] as readonly Field[]).map(({ field, zh, en, unit: own, owner, judged }) => ({
    kind, key, field, outfall: text(cells['outfall']) || null, factor: text(cells['factor']) || null, value: text(cells[field]),
    zh: `${about.zh}${zh}`, en: `${about.en}${en}`, unit: own || unit, owner, judged, source: text(cells['source']),
    validFrom: text(cells['validFrom']) || null, validTo: text(cells['validTo']) || null,
  }));
}

/** What the register says of a unit on a day, value by value, in the order of its outfalls. Pure. */
export function registeredValues(registry: Registry, unit: UnitId, day: CalendarDay): RegisteredValue[] {
  return registry.outfallsOf(unit).flatMap((outfall) => {
    const factors = registry.factorsOf(outfall.outfall);
    const nameOf = (code: string): string => factors.find((factor) => factor.factor === code)?.factorZh || code;
    return [
      ...registry.limitsOf(outfall.outfall, startOfDay(day)).flatMap((limit) => {
        const period = PERIODS[limit.period] ?? { zh: '', en: '' };
        return valuesOf('limits', limit, { zh: `${limit.factorZh || nameOf(limit.factor)}${period.zh}`, en: `${limit.factor} ${period.en} ` }, limit.unit);
      }),
      ...registry.permitsOf(outfall.outfall).flatMap((row) => valuesOf('permits', row, { zh: nameOf(row.factor), en: `${row.factor} ` }, '')),
      ...valuesOf('outfalls', outfall, { zh: '', en: '' }, '').filter((one) => one.value !== ''),
      ...factors.flatMap((factor) => valuesOf('factors', factor, { zh: factor.factorZh || factor.factor, en: `${factor.factor} ` }, factor.unit).filter((one) => one.value !== '')),
      ...registry.metersOf(outfall.outfall).filter((meter) => meter.outfall === outfall.outfall).flatMap((meter) => valuesOf('meters', meter, { zh: `电表 ${meter.meter} `, en: `meter ${meter.meter} ` }, '')),
    ];
  });
}
