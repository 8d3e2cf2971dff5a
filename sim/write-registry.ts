import { join } from 'node:path';
import { POWER_EVERY } from './devices/power-frames.ts';
import { timeAt, type Grid } from './grid.ts';
import { cityIn, countyIn, creditCodeIn } from './names.ts';
import { factorRow } from './plants/factors.ts';
import { PERMIT, type FactorCode } from './plants/industry.ts';
import { FURNACE_LIMIT } from './plants/furnace.ts';
import { at } from './processes.ts';
import { isDrain, isWorkshop, type Run, type Enterprise, type Site } from './world.ts';
import { INTAKE, sideDevices, WATER_LOSS } from './devices/side-frames.ts';
import type { ManifestRow, WasteRow } from './waste.ts';
import type { Weather } from './weather.ts';
import { openCsv, type Cell, type CsvFile } from './write-csv.ts';

/**
 * Register files in the column order of docs/register-files.md; the columns after those, and the last five files, are its
 * optional ones.
 */
export const REGISTRY_FILES = {
  'enterprises.csv': [
    'enterprise', 'name', 'industry', 'industry_zh', 'county', 'lat', 'lon', 'operator', 'key_polluter',
    'region', 'city', 'credit_code', 'legal_representative', 'contact', 'phone', 'address', 'permit_no', 'permit_from', 'permit_to', 'permit_category',
  ],
  'outfalls.csv': [
    'outfall', 'enterprise', 'type', 'mn', 'door_mn', 'power_mn', 'o2_ref', 'analysis_cycle_h', 'design_flow', 'minute_step',
    'stack_area_m2', 'velocity_coef', 'name', 'flow_unit', 'sample_minute', 'must_monitor', 'door_beat_min', 'inlet_mn', 'process_mn', 'loss', 'accepted_on', 'role',
  ],
  'factors.csv': ['outfall', 'factor', 'factor_zh', 'unit', 'span', 'resolution', 'must_monitor', 'means'],
  'limits.csv': ['outfall', 'factor', 'factor_zh', 'limit', 'unit', 'period', 'basis', 'side', 'valid_from', 'valid_to', 'source', 'standard'],
  'permits.csv': ['outfall', 'factor', 'annual_kg', 'used_before_start_kg', 'month_cap_kg', 'winter_cap_kg'],
  'meters.csv': ['meter', 'outfall', 'enterprise', 'role', 'rated_kw', 'channel', 'line'],
  'marks.csv': ['mark', 'outfall', 'kind', 'start_ms', 'end_ms', 'submitted_ms', 'reason'],
  'maintenance_log.csv': ['outfall', 'start_ms', 'end_ms', 'what', 'factors'],
  'orders.csv': ['enterprise', 'start_ms', 'end_ms', 'required_cut', 'what'],
  'selfmon.csv': ['outfall', 'factor', 'sampled_ms', 'value', 'basis'],
  'power.csv': ['ts_ms', 'meter', 'kw'],
  'doors.csv': ['outfall', 'open_ms', 'close_ms', 'method', 'person', 'registered', 'purpose'],
  'video.csv': ['outfall', 'start_ms', 'end_ms', 'camera', 'event'],
  'weather.csv': ['ts_ms', 'temp_c', 'rain_mm_h', 'county'],
  'calibrations.csv': ['outfall', 'start_ms', 'end_ms', 'kind', 'factors'],
  'door_persons.csv': ['person', 'outfall', 'employer', 'employer_name'],
  'shifts.csv': ['outfall', 'weekdays', 'from_hour', 'to_hour'],
  'waste.csv': ['enterprise', 'month', 'generated_t', 'shipped_t', 'stock_t', 'production_index'],
  'manifests.csv': ['manifest', 'enterprise', 'left_ms', 'sent_t', 'arrived_ms', 'received_t', 'carrier', 'licensed', 'plate', 'deviation_km', 'stop_min', 'silent_min', 'stored_since_ms'],
} as const satisfies Record<string, readonly string[]>;

export type RegistryFile = keyof typeof REGISTRY_FILES;

export interface RegistryWriter {
  enterprise(e: Enterprise): void;
  outfall(e: Enterprise, run: Run, until: number): void;
  waste(e: Enterprise, rows: readonly WasteRow[], manifests: readonly ManifestRow[]): void;
  weather(county: string, grid: Grid, weather: Weather, until: number): void;
  close(): Record<RegistryFile, number>;
}

/** Opens all register files in a folder; rows go out as the outfalls come. `region` is where the units stand, `withSide` whether devices before treatment are registered. */
export function openRegistry(dir: string, region: string, withSide = false): RegistryWriter {
  const files = {} as Record<RegistryFile, CsvFile>;
  const names = Object.keys(REGISTRY_FILES) as RegistryFile[];
  for (const name of names) files[name] = openCsv(join(dir, name), REGISTRY_FILES[name]);
  const city = cityIn(region);
  const row = (name: RegistryFile, ...cells: readonly Cell[]): void => files[name].row(cells);
  return {
    enterprise: (e) => {
      const code = creditCodeIn(region, e.creditCode);
      row('enterprises.csv', e.id, e.name, e.industry.key, e.industry.zh, countyIn(region, e.county), e.lat, e.lon, e.operator, e.keyPolluter,
        region, city, code, e.legalRepresentative, e.contact, e.phone, city + countyIn(region, e.address), e.permitNo.replace(e.creditCode, code), e.permitFrom, e.permitTo, '重点管理');
    },
    outfall: (e, run, until) => {
      writeSite(row, e, run.site, run.grid, withSide);
      writeLedger(row, e, run, until);
      writePower(files['power.csv'], run, until);
    },
    waste: (e, rows, manifests) => {
      for (const w of rows) row('waste.csv', e.id, w.month, w.generated.toFixed(3), w.shipped.toFixed(3), w.stock.toFixed(3), w.production.toFixed(3));
      for (const m of manifests) {
        row('manifests.csv', m.id, e.id, Math.round(m.left), m.sent.toFixed(2), Math.round(m.arrived), m.received.toFixed(2), m.carrier, true, m.plate,
          m.deviationKm.toFixed(1), Math.round(m.stopMin), Math.round(m.silentMin), Math.round(m.storedSince));
      }
    },
    weather: (county, grid, weather, until) => {
      for (let i = 0; i < grid.n && timeAt(grid, i) < until; i += grid.perHour) {
        // Rain of the whole hour: a shower between two full hours wets a drain too.
        const rain = weather.rain.subarray(i, i + grid.perHour).reduce((sum, mm) => sum + mm, 0) / grid.perHour;
        row('weather.csv', timeAt(grid, i), at(weather.temp, i).toFixed(2), rain.toFixed(2), countyIn(region, county));
      }
    },
    close: () => Object.fromEntries(names.map((name) => [name, files[name].close()])) as Record<RegistryFile, number>,
  };
}

type Row = (name: RegistryFile, ...cells: readonly Cell[]) => void;

function writeSite(row: Row, e: Enterprise, site: Site, grid: Grid, withSide: boolean): void {
  const drain = isDrain(site);
  const side = withSide && !drain ? sideDevices(site) : undefined;
  const gas = site.plant.kind === 'gas' ? site.plant : undefined;
  const must = site.instruments.map((i) => i.factor).join('|');
  row('outfalls.csv', site.id, e.id, site.medium, site.mn, drain ? null : site.doorMn, drain ? null : site.powerMn, gas?.o2Reference, gas === undefined && !drain ? site.cycleHours : null,
    site.designFlow, grid.stepMs / 60_000, gas?.area, gas?.velocityCoefficient, site.name, gas === undefined ? 'L/s' : 'm3/h',
    gas === undefined && !drain ? site.sampleMinute : null, must, drain ? null : site.doorBeatMin, side?.inlet, side?.process,
    side?.process === undefined ? null : WATER_LOSS, drain ? null : e.permitFrom, drain ? 'stormwater' : isWorkshop(site) ? 'workshop' : null);
  for (const i of site.instruments) row('factors.csv', site.id, i.factor, i.zh, i.unit, i.span || null, i.resolution, true, null);
  if (side?.process !== undefined) row('factors.csv', site.id, `pr.${INTAKE.code}`, INTAKE.zh, INTAKE.unit, null, 0.01, false, 'intake');
  const { standard, limitsBy, permitted } = site.industry;
  // The document that sets the value, and the standard it stands under.
  const set = (factor?: FactorCode): readonly [string, string] => [limitsBy ?? (factor !== undefined && permitted?.includes(factor) === true ? PERMIT : standard), standard];
  for (const p of site.pollutants) {
    const i = site.instruments.find((x) => x.factor === p.factor);
    const means = gas === undefined ? { day: p.limit } : { hour: p.limit, day: p.dayLimit };
    for (const [period, limit] of Object.entries(means)) {
      if (limit !== undefined) row('limits.csv', site.id, p.factor, i?.zh, limit, i?.unit, period, gas === undefined ? 'c' : 'zs', 'upper', e.permitFrom, null, ...set(p.factor));
    }
  }
  // pH has two ends: two rows of one factor and period, told apart by `side`. It is limited where the water leaves the unit.
  for (const [side, limit] of gas === undefined && !isWorkshop(site) ? ([['lower', 6], ['upper', 9]] as const) : []) {
    row('limits.csv', site.id, 'w01001', 'pH值', limit, '1', 'instant', 'c', side, e.permitFrom, null, ...set());
  }
  if (gas?.furnace !== undefined) {
    row('limits.csv', site.id, 'a01901', factorRow('a01901').zh, FURNACE_LIMIT, 'degC', 'five_minutes', 'c', 'lower', e.permitFrom, null, standard, standard);
  }
  for (const m of site.meters) row('meters.csv', m.id, site.id, e.id, m.role, m.ratedKw, m.channel, m.line);
  for (const p of site.persons.operator) row('door_persons.csv', p, site.id, 'operator', e.operator);
  for (const p of site.persons.own) row('door_persons.csv', p, site.id, 'unit', e.name);
  const shift = site.industry.load.shift;
  if (shift !== undefined) row('shifts.csv', site.id, shift.sundays ? '1-7' : '1-6', shift.from, shift.to);
}

function writeLedger(row: Row, e: Enterprise, run: Run, until: number): void {
  const { site, ledger } = run;
  const ms = Math.round;
  for (const p of ledger.permits) row('permits.csv', site.id, p.factor, p.annualKg, p.usedKg, p.monthKg, p.winterKg);
  [...ledger.marks].filter((m) => m.submitted < until).sort((a, b) => a.submitted - b.submitted).forEach((m, k) =>
    row('marks.csv', `${site.id}-K${String(k + 1).padStart(3, '0')}`, site.id, m.kind, ms(m.start), ms(m.end), ms(m.submitted), m.reason));
  for (const m of byStart(ledger.maintenance)) if (m.start < until) row('maintenance_log.csv', site.id, ms(m.start), ms(m.end), m.what, m.factors.join('|'));
  for (const o of byStart(ledger.orders)) row('orders.csv', e.id, ms(o.start), ms(o.end), o.cut, o.what);
  for (const s of ledger.selfMonitoring) row('selfmon.csv', site.id, s.factor, ms(s.at), s.value, s.basis);
  const known = new Set([...site.persons.operator, ...site.persons.own]);
  for (const d of [...ledger.doors].sort((a, b) => a.open - b.open)) {
    if (d.close < until) row('doors.csv', site.id, ms(d.open), ms(d.close), d.method, d.person, known.has(d.person), d.purpose);
  }
  for (const v of byStart(ledger.video)) if (v.end < until) row('video.csv', site.id, ms(v.start), ms(v.end), v.camera, v.event);
  for (const c of byStart(ledger.calibrations)) if (c.start < until) row('calibrations.csv', site.id, ms(c.start), ms(c.end), c.kind, c.factors.join('|'));
}

const byStart = <T extends { readonly start: number }>(rows: readonly T[]): T[] => [...rows].sort((a, b) => a.start - b.start);

function writePower(file: CsvFile, run: Run, until: number): void {
  const every = Math.max(1, Math.round(POWER_EVERY / run.grid.stepMs));
  for (const meter of run.site.meters) {
    const kw = run.reportedPower.get(meter.id);
    if (kw === undefined) continue;
    for (let i = 0; i < run.grid.n && timeAt(run.grid, i) < until; i += every) {
      if (run.influence.dark[i] !== 1) file.row([timeAt(run.grid, i), meter.id, at(kw, i).toFixed(2)]);
    }
  }
}

