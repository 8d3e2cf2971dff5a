import { CST_OFFSET, DAY, HOUR, type OutfallId, type UnitId } from '#kernel';
import { localMidnight, type Arrival, type StationFact, type SurveyFact, type ToldFact } from '#quality';
import { kilometres, type Place } from '../models/parts/places.ts';
import { toldRows, type Registry, type SelfMonitoringRow, type ToldRow } from '#register';

/** How near a point of a survey car or a station without named outfalls must be to concern a unit, km. */
const SURVEY_KM = 2;
const STATION_KM = 20;

export const placeOf = (unit: { readonly lat: number | undefined; readonly lon: number | undefined } | undefined): Place | undefined =>
  unit?.lat === undefined || unit.lon === undefined ? undefined : { lat: unit.lat, lon: unit.lon };

/** Units within reach of a survey point; asked only where the register holds surveys, for it looks at every unit. */
export function neighboursOf(registry: Registry, id: UnitId): readonly Place[] {
  const place = placeOf(registry.unit(id));
  if (place === undefined || !registry.data.other.some((row) => row.file === 'survey.csv')) return [];
  return registry.data.units.flatMap((unit) => {
    const other = unit.unit === id ? undefined : placeOf(unit);
    return other !== undefined && kilometres(other, place) <= SURVEY_KM ? [other] : [];
  });
}

export function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}

/** First moment of a month `YYYY-MM` and of the one after it, China Standard Time. */
function monthSpan(month: string): { start: number; end: number } {
  const [year = 0, m = 1] = month.split('-').map(Number);
  return { start: Date.UTC(year, m - 1, 1) - CST_OFFSET, end: Date.UTC(year, m, 1) - CST_OFFSET };
}

const told = (knownAt: number, order: string, fact: ToldFact): Arrival => ({ knownAt, order, facts: [fact] });

const timeIn = (text: string | undefined): number => (text === undefined || !/^\d{12,13}$/u.test(text) ? Number.NaN : Number(text));

/** When a manual result can have been known: at its `reported_ms`, else when it must be published. */
export function sampleKnownAt({ sampledAt, attributes }: Pick<SelfMonitoringRow, 'sampledAt' | 'attributes'>): number {
  const [finished, reported] = [timeIn(attributes['finished_ms']), timeIn(attributes['reported_ms'])];
  return Number.isNaN(reported) ? localMidnight(Number.isNaN(finished) ? sampledAt : finished) + 2 * DAY : reported;
}

function sampleArrival(row: SelfMonitoringRow): Arrival {
  const { attributes: more } = row;
  const by = more['kind'] === 'supervisory' ? 'supervisory' : 'self';
  return told(sampleKnownAt(row), `sample ${row.factor} ${row.sampledAt} ${row.basis} ${row.value} ${by}`, {
    kind: 'sample', factor: row.factor, sampledAt: row.sampledAt, value: Number(row.value), text: row.value, basis: row.basis, by,
    lab: more['lab'] ?? '', sampler: more['sampler'] ?? '', startedAt: timeIn(more['started_ms']), finishedAt: timeIn(more['finished_ms']),
  });
}

function wasteArrival(row: ToldRow<'waste'>): Arrival {
  const { start, end } = monthSpan(row.month);
  const { month, waste, generated, shipped, disposed, stock, production, submittedAt } = row;
  const fact = { kind: 'waste', month, start, end, waste, generated, shipped, disposed, stock, production } as const;
  return told(Number.isNaN(submittedAt) ? end : submittedAt, `waste ${month} ${waste}`, fact);
}

function manifestArrival({ unit: _unit, ...row }: ToldRow<'manifests'>): Arrival {
  return told(Number.isNaN(row.arrivedAt) ? row.leftAt : row.arrivedAt, `manifest ${row.id}`, { kind: 'manifest', ...row });
}

function passesNear(passes: ReadonlyMap<string, readonly ToldRow<'survey'>[]>, place: Place | undefined): Arrival[] {
  if (place === undefined) return [];
  return [...passes].flatMap(([pass, rows]) => {
    const near = rows.filter((row) => kilometres(row, place) <= SURVEY_KM).sort((a, b) => a.at - b.at);
    const last = near.at(-1);
    if (last === undefined) return [];
    const column = (of: (row: ToldRow<'survey'>) => number): number[] => near.map(of);
    const fact: SurveyFact = {
      kind: 'survey', pass, at: column((r) => r.at), lat: column((r) => r.lat), lon: column((r) => r.lon), value: column((r) => r.value),
      windFrom: column((r) => r.windFrom), windSpeed: column((r) => r.windSpeed),
    };
    return [told(last.at, `survey ${pass}`, fact)];
  });
}

function stationArrival({ outfalls: _outfalls, ...row }: ToldRow<'stations'>): Arrival {
  const fact: StationFact = { kind: 'station', ...row };
  return told(row.at + HOUR, `station ${row.station} ${row.factor}`, fact);
}

/**
 * Records of the register as arrivals, each with the moment it can have been known (no look-ahead):
 * a manual result at the end of the day after sampling, when it must be published (自行监测及信息公开办法 第20条), or at its
 * `reported_ms`; a calibration when it ends; a parameter when it was read or filed; a month of the waste ledger when the
 * month is over, or at its `submitted_ms`; a manifest when the load arrives; an inspection when it happens; a survey pass
 * at its last point near the unit; an hour of a station when it is over. What concerns a unit as a whole (waste, survey)
 * is judged once, at its first outfall by id.
 */
export function toldArrivals(registry: Registry): (id: OutfallId) => Arrival[] {
  const { data } = registry;
  const samples = groupBy(data.selfMonitoring, (row) => row.outfall);
  const calibrations = groupBy(toldRows(data, 'calibrations'), (row) => row.outfall);
  const parameters = groupBy(toldRows(data, 'parameters'), (row) => row.outfall);
  const waste = groupBy(toldRows(data, 'waste'), (row) => row.unit);
  const manifests = groupBy(toldRows(data, 'manifests'), (row) => row.unit);
  const inspections = groupBy(toldRows(data, 'inspections'), (row) => row.unit);
  const passes = groupBy(toldRows(data, 'survey'), (row) => row.pass);
  const stations = toldRows(data, 'stations');
  const ofUnit = (unit: UnitId, place: Place | undefined): Arrival[] => [
    ...(waste.get(unit) ?? []).map(wasteArrival), ...(manifests.get(unit) ?? []).map(manifestArrival), ...passesNear(passes, place),
  ];
  return (id) => {
    const unit = registry.outfall(id)?.unit;
    const place = unit === undefined ? undefined : placeOf(registry.unit(unit));
    const first = unit === undefined ? undefined : registry.outfallsOf(unit).map((outfall) => outfall.outfall).sort()[0];
    return [
      ...(samples.get(id) ?? []).map(sampleArrival),
      ...(calibrations.get(id) ?? []).map(({ outfall: _outfall, ...row }) =>
        told(row.end, `calibration ${row.start} ${row.what} ${row.factors.join('|')}`, { kind: 'calibration', ...row }),
      ),
      ...(parameters.get(id) ?? []).map(({ outfall: _outfall, ...row }) =>
        told(row.at, `parameter ${row.name} ${row.factor} ${row.value} ${row.filed}`, { kind: 'parameter', ...row }),
      ),
      ...(unit === undefined ? [] : (inspections.get(unit) ?? [])).map(({ at, announced, what }) =>
        told(at, `inspection ${what} ${announced}`, { kind: 'inspection', at, announced, what }),
      ),
      ...(unit !== undefined && first === id ? ofUnit(unit, place) : []),
      ...stations.flatMap((row) => {
        const concerns = row.outfalls.length > 0 ? row.outfalls.includes(id) : place !== undefined && kilometres(row, place) <= STATION_KM;
        return concerns ? [stationArrival(row)] : [];
      }),
    ];
  };
}
