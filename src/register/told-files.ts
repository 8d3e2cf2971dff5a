import type { FactorCode, OutfallId, UnitId } from '#kernel';
import { define, interval, type RegisterFile } from './register-files.ts';
import type { Attributes, OtherRow, RegisterData } from './registry.ts';
import { RowReader } from './row-reader.ts';

/** An optional cell: NaN where empty. */
const numberOr = (row: RowReader, column: string, min = -Infinity, max = Infinity): number => row.optionalNumber(column, min, max) ?? Number.NaN;
const timeOr = (row: RowReader, column: string): number => (row.text(column) === '' ? Number.NaN : row.time(column));
const yesNo = (row: RowReader, column: string): boolean | undefined => (row.text(column) === '' ? undefined : row.flag(column));
const codes = (row: RowReader, column: string): string[] => row.text(column).split('|').map((code) => code.trim()).filter((code) => code !== '');

const PAIR = /^([+-]?\d+(?:\.\d+)?):([+-]?\d+(?:\.\d+)?)$/;

/** `automatic:reference|automatic:reference`, as texts; absent where the cell is empty. */
function pairs(row: RowReader): { readonly pairs?: readonly { readonly automatic: string; readonly reference: string }[] } {
  const read = codes(row, 'pairs').map((text) => PAIR.exec(text));
  if (read.includes(null)) row.wrong('pairs', '比对数据应写作 自动值:参比值，以 | 分隔', 'pairs are written automatic:reference, parted by |');
  const found = read.flatMap((match) => (match === null ? [] : [{ automatic: match[1] as string, reference: match[2] as string }]));
  return found.length === 0 ? {} : { pairs: found };
}

const MONTH = /^(\d{4})-?(0[1-9]|1[0-2])$/;

function month(row: RowReader): string {
  const value = row.text('month', true);
  const match = MONTH.exec(value);
  if (value !== '' && match === null) row.wrong('month', '月份应为 YYYY-MM 或 YYYYMM', 'a month is written YYYY-MM or YYYYMM');
  return match === null ? '' : `${match[1]}-${match[2]}`;
}

/**
 * Optional register files (docs/register-files.md) whose rows models read. They are stored whole, as they came (kind `other`), so that every
 * column survives an export; here they are checked and given names. Times in epoch ms, drifts in percent of the span.
 */
export const TOLD_FILES = {
  calibrations: define('calibrations.csv', 'outfall,start_ms,end_ms,kind', (row) => ({
    outfall: row.id<OutfallId>('outfall'), ...interval(row), what: row.text('kind', true), factors: codes(row, 'factors') as FactorCode[],
    zeroDrift: numberOr(row, 'zero_drift'), spanDrift: numberOr(row, 'span_drift'), passed: yesNo(row, 'passed'), ...pairs(row),
  })),
  parameters: define('parameters.csv', 'outfall,at_ms,name,value', (row) => ({
    outfall: row.id<OutfallId>('outfall'), at: row.time('at_ms'), name: row.text('name', true), factor: row.text('factor'),
    value: row.text('value', true), filed: row.flag('filed'),
  })),
  waste: define('waste.csv', 'enterprise,month,generated_t,stock_t', (row) => ({
    unit: row.id<UnitId>('enterprise'), month: month(row), waste: row.text('waste_code'), generated: row.number('generated_t', 0),
    shipped: row.optionalNumber('shipped_t', 0) ?? 0, disposed: row.optionalNumber('disposed_t', 0) ?? 0, stock: row.number('stock_t', 0),
    production: numberOr(row, 'production_index', 0), submittedAt: timeOr(row, 'submitted_ms'),
  })),
  manifests: define('manifests.csv', 'manifest,enterprise,left_ms,sent_t', (row) => ({
    id: row.id('manifest'), unit: row.id<UnitId>('enterprise'), waste: row.text('waste_code'), leftAt: row.time('left_ms'),
    arrivedAt: timeOr(row, 'arrived_ms'), sentTonnes: row.number('sent_t', 0), receivedTonnes: numberOr(row, 'received_t', 0),
    carrier: row.text('carrier'), licensed: yesNo(row, 'licensed'), plate: row.text('plate'), deviationKm: numberOr(row, 'deviation_km', 0),
    stopMinutes: numberOr(row, 'stop_min', 0), silentMinutes: numberOr(row, 'silent_min', 0), storedSince: timeOr(row, 'stored_since_ms'),
  })),
  inspections: define('inspections.csv', 'enterprise,at_ms', (row) => ({
    unit: row.id<UnitId>('enterprise'), at: row.time('at_ms'), announced: row.flag('announced'), what: row.text('kind'),
  })),
  survey: define('survey.csv', 'pass,ts_ms,lat,lon,value', (row) => ({
    pass: row.text('pass', true), at: row.time('ts_ms'), lat: row.number('lat', -90, 90), lon: row.number('lon', -180, 180),
    value: row.number('value'), windFrom: numberOr(row, 'wind_from_deg', 0, 360), windSpeed: numberOr(row, 'wind_m_s', 0),
  })),
  permitReports: define('permit_reports.csv', 'outfall,factor,year,used_kg,title,filed_ms,sha256', (row) => ({
    outfall: row.id<OutfallId>('outfall'), factor: row.id<FactorCode>('factor'), year: row.number('year', 2000, 2100), usedKg: row.decimalText('used_kg'),
    title: row.text('title', true), filedAt: row.time('filed_ms'), name: row.text('name'), sha256: row.text('sha256', true),
  })),
  stations: define('stations.csv', 'station,ts_ms,factor,value,lat,lon', (row) => ({
    station: row.text('station', true), medium: row.oneOf('medium', ['air', 'river'], 'air'), at: row.time('ts_ms'), factor: row.text('factor', true),
    value: row.number('value'), lat: row.number('lat', -90, 90), lon: row.number('lon', -180, 180),
    /** Outfalls upstream of it; empty: those nearby. */
    outfalls: codes(row, 'outfalls'), travelHours: numberOr(row, 'travel_h', 0, 240),
  })),
} as const;

export type ToldFileName = keyof typeof TOLD_FILES;
/** A row of one of these files, read and checked. */
export type ToldRow<K extends ToldFileName> = ReturnType<(typeof TOLD_FILES)[K]['read']>;

const BY_FILE = new Map<string, RegisterFile<object>>(Object.values(TOLD_FILES).map((spec) => [spec.file, spec as RegisterFile<object>]));

export const toldFile = (file: string): RegisterFile<object> | undefined => BY_FILE.get(file);

/** Columns by which a row of an optional file points into the register. */
export const referencesOf = (values: Attributes): { readonly outfall: string | undefined; readonly unit: string | undefined } => ({
  outfall: values['outfall']?.trim() || undefined, unit: values['enterprise']?.trim() || undefined,
});

/** The rows of one optional file, by their place in it; rows that do not read well are left out. */
export function toldRows<K extends ToldFileName>(data: RegisterData, name: K): readonly ToldRow<K>[] {
  const { file, read } = TOLD_FILES[name];
  const rows: OtherRow[] = data.other.filter((row) => row.file === file).sort((a, b) => a.line - b.line);
  return rows.flatMap((row) => {
    const reader = new RowReader(file, row.line, row.values);
    const value = read(reader) as ToldRow<K>;
    return reader.problems.length > 0 ? [] : [value];
  });
}
