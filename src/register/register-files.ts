import type { DeviceMn, FactorCode, MeterId, OutfallId, UnitId } from '#kernel';
import { checkProtocol } from './protocol-columns.ts';
import type * as r from './registry.ts';
import type { RowReader } from './row-reader.ts';

/** How one register file (docs/register-files.md) becomes rows. `key` names a row: a second row with the same key is an error. */
export interface RegisterFile<T> {
  readonly file: string;
  readonly required: readonly string[];
  read(row: RowReader): T;
  /** Undefined where several rows of one moment are all right (weather of several counties). */
  key?(row: T): string;
}

export const define = <T>(file: string, required: string, read: (row: RowReader) => T, key?: (row: T) => string): RegisterFile<T> => ({
  file,
  required: required.split(','),
  read,
  ...(key ? { key } : {}),
});

export const interval = (row: RowReader): { start: number; end: number } => {
  const start = row.time('start_ms');
  const end = row.time('end_ms');
  if (end < start) row.wrong('end_ms', '结束早于开始', 'ends before it starts');
  return { start, end };
};

export const REGISTER_FILES = {
  units: define<r.Unit>('enterprises.csv', 'enterprise,name', (row) => ({
    unit: row.id<UnitId>('enterprise'), name: row.text('name', true), industry: row.text('industry'),
    industryZh: row.text('industry_zh'), county: row.text('county'), lat: row.optionalNumber('lat', -90, 90),
    lon: row.optionalNumber('lon', -180, 180), operator: row.text('operator'), keyPolluter: row.flag('key_polluter'),
    attributes: row.rest(),
  }), (unit) => unit.unit),
  outfalls: define<r.Outfall>('outfalls.csv', 'outfall,enterprise,type', (row) => {
    checkProtocol(row);
    return { outfall: row.id<OutfallId>('outfall'), unit: row.id<UnitId>('enterprise'), type: row.oneOf('type', ['gas', 'water']),
    mn: row.optionalId<DeviceMn>('mn'), doorMn: row.optionalId<DeviceMn>('door_mn'),
    powerMn: row.optionalId<DeviceMn>('power_mn'), inletMn: row.optionalId<DeviceMn>('inlet_mn'),
    processMn: row.optionalId<DeviceMn>('process_mn'), o2Ref: row.optionalNumber('o2_ref', 0, 20.9),
    analysisCycleHours: row.optionalNumber('analysis_cycle_h', 0, 168), designFlow: row.optionalNumber('design_flow', 0),
    minuteStep: row.optionalNumber('minute_step', 1, 60) ?? 10, stackAreaM2: row.optionalNumber('stack_area_m2', 0),
    velocityCoefficient: row.optionalNumber('velocity_coef', 0), attributes: row.rest() };
  }, (outfall) => outfall.outfall),
  factors: define<r.Factor>('factors.csv', 'outfall,factor', (row) => ({
    outfall: row.id<OutfallId>('outfall'), factor: row.id<FactorCode>('factor'), factorZh: row.text('factor_zh'),
    unit: row.text('unit'), span: row.optionalNumber('span', 0), resolution: row.optionalNumber('resolution', 0),
    means: row.text('means'), attributes: row.rest(),
  }), (factor) => `${factor.outfall} ${factor.factor}`),
  limits: define<r.LimitValue>('limits.csv', 'outfall,factor,limit,period', (row) => ({
    outfall: row.id<OutfallId>('outfall'), factor: row.id<FactorCode>('factor'), factorZh: row.text('factor_zh'),
    limit: row.decimalText('limit'), unit: row.text('unit'), period: row.oneOf('period', ['hour', 'day', 'instant', 'five_minutes']),
    basis: row.oneOf('basis', ['c', 'zs'], 'c'), validFrom: row.day('valid_from'), validTo: row.day('valid_to'),
    source: row.text('source'), attributes: row.rest(),
    // pH has an upper and a lower limit of one period, and dated limits follow each other: only the same row is a repetition.
  }), (limit) => [limit.outfall, limit.factor, limit.period, limit.basis, limit.validFrom, limit.limit].join(' ')),
  standards: define<r.StandardRow>('standards.csv', 'standard,factor,limit,unit,period,valid_from,source', (row) => {
    const read = {
      standard: row.text('standard', true), industry: row.text('industry'), industryZh: row.text('industry_zh'), class: row.text('class'),
      factor: row.id<FactorCode>('factor'), factorZh: row.text('factor_zh'), limit: row.decimalText('limit'), unit: row.text('unit', true),
      period: row.oneOf('period', ['hour', 'day', 'instant']), basis: row.oneOf('basis', ['c', 'zs'], 'c'), side: row.oneOf('side', ['upper', 'lower'], 'upper'),
      referenceOxygen: row.optionalNumber('reference_o2', 0, 20.9), validFrom: row.day('valid_from') ?? '', validTo: row.day('valid_to'),
      source: row.text('source', true), article: row.text('article'), attributes: row.rest(),
    };
    if (read.validFrom === '') row.wrong('valid_from', '必填项为空', 'must not be empty');
    if (read.validTo !== undefined && read.validTo < read.validFrom) row.wrong('valid_to', '失效日期早于实施日期', 'ends before it begins');
    return read;
    // The last day is no part of the key: a standard that ends is the same row, told when.
  }, (row) => [row.standard, row.industry, row.class, row.factor, row.period, row.side, row.validFrom].join(' ')),
  permits: define<r.PermitTotal>('permits.csv', 'outfall,factor,annual_kg', (row) => ({
    outfall: row.id<OutfallId>('outfall'), factor: row.id<FactorCode>('factor'), annualKg: row.number('annual_kg', 0),
    usedBeforeStartKg: row.optionalNumber('used_before_start_kg', 0) ?? 0, attributes: row.rest(),
  }), (permit) => `${permit.outfall} ${permit.factor} ${permit.attributes['year'] ?? ''}`),
  meters: define<r.Meter>('meters.csv', 'meter,role', (row) => ({
    meter: row.id<MeterId>('meter'), outfall: row.optionalId<OutfallId>('outfall'), unit: row.optionalId<UnitId>('enterprise'),
    role: row.oneOf('role', ['production', 'treatment', 'main']), ratedKw: row.optionalNumber('rated_kw', 0), attributes: row.rest(),
  }), (meter) => `${meter.meter} ${meter.outfall ?? ''}`),
  marks: define<r.MarkRow>('marks.csv', 'mark,outfall,kind,start_ms,end_ms,submitted_ms', (row) => ({
    mark: row.id('mark'), outfall: row.id<OutfallId>('outfall'), kind: row.text('kind', true), ...interval(row),
    submittedAt: row.time('submitted_ms'), reason: row.text('reason'), attributes: row.rest(),
  }), (mark) => mark.mark),
  maintenance: define<r.MaintenanceRow>('maintenance_log.csv', 'outfall,start_ms,end_ms', (row) => ({
    outfall: row.id<OutfallId>('outfall'), ...interval(row), what: row.text('what'),
    factors: row.text('factors').split('|').map((code) => code.trim()).filter((code) => code !== '') as FactorCode[],
    attributes: row.rest(),
  }), (entry) => [entry.outfall, entry.start, entry.what, entry.factors.join('|')].join(' ')),
  orders: define<r.OrderRow>('orders.csv', 'enterprise,start_ms,end_ms,required_cut', (row) => ({
    unit: row.id<UnitId>('enterprise'), ...interval(row), requiredCut: row.number('required_cut', 0, 1), attributes: row.rest(),
  }), (order) => `${order.unit} ${order.start} ${order.end}`),
  selfMonitoring: define<r.SelfMonitoringRow>('selfmon.csv', 'outfall,factor,sampled_ms,value', (row) => ({
    outfall: row.id<OutfallId>('outfall'), factor: row.id<FactorCode>('factor'), sampledAt: row.time('sampled_ms'),
    value: row.decimalText('value'), basis: row.text('basis'), attributes: row.rest(),
  }), (sample) => [sample.outfall, sample.factor, sample.sampledAt, sample.basis, sample.value].join(' ')),
  power: define<r.PowerRow>('power.csv', 'ts_ms,meter,kw', (row) => ({
    at: row.time('ts_ms'), meter: row.id<MeterId>('meter'), kw: row.number('kw'),
  }), (reading) => `${reading.meter} ${reading.at}`),
  doors: define<r.DoorRow>('doors.csv', 'outfall,open_ms', (row) => {
    const openedAt = row.time('open_ms');
    const closedAt = row.text('close_ms') === '' ? Number.NaN : row.time('close_ms');
    if (closedAt < openedAt) row.wrong('close_ms', '关门早于开门', 'closed before it was opened');
    const outfall = row.id<OutfallId>('outfall');
    return { outfall, openedAt, closedAt, method: row.text('method'), person: row.text('person'), attributes: row.rest() };
  }, (door) => `${door.outfall} ${door.openedAt}`),
  videos: define<r.VideoRow>('video.csv', 'outfall,start_ms,end_ms', (row) => ({
    outfall: row.id<OutfallId>('outfall'), ...interval(row), camera: row.text('camera'), event: row.text('event'),
    attributes: row.rest(),
  }), (video) => `${video.outfall} ${video.start} ${video.camera} ${video.event}`),
  weather: define<r.WeatherRow>('weather.csv', 'ts_ms,temp_c', (row) => ({
    at: row.time('ts_ms'), tempC: row.number('temp_c', -70, 70), rainMmH: row.optionalNumber('rain_mm_h', 0) ?? 0,
    county: row.text('county'),
  })),
} as const;

export type RegisterFileName = keyof typeof REGISTER_FILES;
