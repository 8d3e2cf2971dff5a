import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegisterData, Registry } from './registry.ts';

type Cell = string | number | boolean | undefined | null;

/** Text that a spreadsheet would run as a formula is quoted with an apostrophe there, not here: a CSV keeps what it says. */
const cell = (value: Cell): string => {
  if (value === undefined || value === null || (typeof value === 'number' && Number.isNaN(value))) return '';
  const text = value === true ? '1' : value === false ? '0' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

type Columns<T> = readonly (readonly [name: string, of: (row: T) => Cell])[];

const FILES: { readonly [K in keyof RegisterData]?: { readonly file: string; readonly columns: Columns<RegisterData[K][number]> } } = {
  units: { file: 'enterprises.csv', columns: [
    ['enterprise', (r) => r.unit], ['name', (r) => r.name], ['industry', (r) => r.industry], ['industry_zh', (r) => r.industryZh],
    ['county', (r) => r.county], ['lat', (r) => r.lat], ['lon', (r) => r.lon], ['operator', (r) => r.operator], ['key_polluter', (r) => r.keyPolluter],
  ] },
  outfalls: { file: 'outfalls.csv', columns: [
    ['outfall', (r) => r.outfall], ['enterprise', (r) => r.unit], ['type', (r) => r.type], ['mn', (r) => r.mn], ['door_mn', (r) => r.doorMn],
    ['power_mn', (r) => r.powerMn], ['o2_ref', (r) => r.o2Ref], ['analysis_cycle_h', (r) => r.analysisCycleHours], ['design_flow', (r) => r.designFlow],
    ['minute_step', (r) => r.minuteStep], ['stack_area_m2', (r) => r.stackAreaM2], ['velocity_coef', (r) => r.velocityCoefficient],
    ['inlet_mn', (r) => r.inletMn], ['process_mn', (r) => r.processMn],
  ] },
  factors: { file: 'factors.csv', columns: [
    ['outfall', (r) => r.outfall], ['factor', (r) => r.factor], ['factor_zh', (r) => r.factorZh], ['unit', (r) => r.unit], ['span', (r) => r.span],
    ['resolution', (r) => r.resolution], ['means', (r) => r.means],
  ] },
  limits: { file: 'limits.csv', columns: [
    ['outfall', (r) => r.outfall], ['factor', (r) => r.factor], ['factor_zh', (r) => r.factorZh], ['limit', (r) => r.limit], ['unit', (r) => r.unit],
    ['period', (r) => r.period], ['basis', (r) => r.basis], ['valid_from', (r) => r.validFrom], ['valid_to', (r) => r.validTo], ['source', (r) => r.source],
  ] },
  standards: { file: 'standards.csv', columns: [
    ['standard', (r) => r.standard], ['industry', (r) => r.industry], ['industry_zh', (r) => r.industryZh], ['class', (r) => r.class], ['factor', (r) => r.factor],
    ['factor_zh', (r) => r.factorZh], ['limit', (r) => r.limit], ['unit', (r) => r.unit], ['period', (r) => r.period], ['basis', (r) => r.basis], ['side', (r) => r.side],
    ['reference_o2', (r) => r.referenceOxygen], ['valid_from', (r) => r.validFrom], ['valid_to', (r) => r.validTo], ['source', (r) => r.source], ['article', (r) => r.article],
  ] },
  permits: { file: 'permits.csv', columns: [
    ['outfall', (r) => r.outfall], ['factor', (r) => r.factor], ['annual_kg', (r) => r.annualKg], ['used_before_start_kg', (r) => r.usedBeforeStartKg],
  ] },
  meters: { file: 'meters.csv', columns: [
    ['meter', (r) => r.meter], ['outfall', (r) => r.outfall], ['enterprise', (r) => r.unit], ['role', (r) => r.role], ['rated_kw', (r) => r.ratedKw],
  ] },
  marks: { file: 'marks.csv', columns: [
    ['mark', (r) => r.mark], ['outfall', (r) => r.outfall], ['kind', (r) => r.kind], ['start_ms', (r) => r.start], ['end_ms', (r) => r.end],
    ['submitted_ms', (r) => r.submittedAt], ['reason', (r) => r.reason],
  ] },
  maintenance: { file: 'maintenance_log.csv', columns: [
    ['outfall', (r) => r.outfall], ['start_ms', (r) => r.start], ['end_ms', (r) => r.end], ['what', (r) => r.what], ['factors', (r) => r.factors.join('|')],
  ] },
  orders: { file: 'orders.csv', columns: [
    ['enterprise', (r) => r.unit], ['start_ms', (r) => r.start], ['end_ms', (r) => r.end], ['required_cut', (r) => r.requiredCut],
  ] },
  selfMonitoring: { file: 'selfmon.csv', columns: [
    ['outfall', (r) => r.outfall], ['factor', (r) => r.factor], ['sampled_ms', (r) => r.sampledAt], ['value', (r) => r.value], ['basis', (r) => r.basis],
  ] },
  power: { file: 'power.csv', columns: [['ts_ms', (r) => r.at], ['meter', (r) => r.meter], ['kw', (r) => r.kw]] },
  doors: { file: 'doors.csv', columns: [
    ['outfall', (r) => r.outfall], ['open_ms', (r) => r.openedAt], ['close_ms', (r) => r.closedAt], ['method', (r) => r.method], ['person', (r) => r.person],
  ] },
  videos: { file: 'video.csv', columns: [
    ['outfall', (r) => r.outfall], ['start_ms', (r) => r.start], ['end_ms', (r) => r.end], ['camera', (r) => r.camera], ['event', (r) => r.event],
  ] },
  weather: { file: 'weather.csv', columns: [
    ['ts_ms', (r) => r.at], ['temp_c', (r) => r.tempC], ['rain_mm_h', (r) => r.rainMmH], ['county', (r) => r.county],
  ] },
};

const attributesOf = (row: object): Readonly<Record<string, string>> => (row as { attributes?: Record<string, string> }).attributes ?? {};

function csv<T extends object>(columns: Columns<T>, rows: readonly T[]): string {
  const extra = [...new Set(rows.flatMap((row) => Object.keys(attributesOf(row))))].sort();
  const lines = rows.map((row) => [...columns.map(([, of]) => cell(of(row))), ...extra.map((name) => cell(attributesOf(row)[name]))].join(','));
  return `${[...columns.map(([name]) => name), ...extra].map(cell).join(',')}\n${lines.map((line) => `${line}\n`).join('')}`;
}

/**
 * Writes register files (docs/register-files.md): the data of the stored register, with doors, meter readings and camera events
 * where the caller adds them. Importing them again changes nothing. Returns the files written.
 */
export function exportRegister({ data }: Pick<Registry, 'data'>, dir: string): readonly string[] {
  mkdirSync(dir, { recursive: true });
  const written: string[] = [];
  for (const [kind, spec] of Object.entries(FILES)) {
    const rows = data[kind as keyof RegisterData] as readonly object[];
    if (rows.length === 0) continue;
    writeFileSync(join(dir, spec.file), csv(spec.columns as Columns<object>, rows));
    written.push(spec.file);
  }
  for (const file of new Set(data.other.map((row) => row.file))) {
    const own = data.other.filter((row) => row.file === file).sort((a, b) => a.line - b.line);
    const rows = own.map((row) => ({ attributes: row.values }));
    writeFileSync(join(dir, file), csv([], rows));
    written.push(file);
  }
  return written.sort();
}
