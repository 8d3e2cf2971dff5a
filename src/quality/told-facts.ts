import { DAY, type FactorCode, type MeterId } from '#kernel';
import type { Pair } from './checks/comparison.ts';

/** A manual result: the unit's own sampling (自行监测) or one taken by the authority (监督性监测). */
export interface SampleFact {
  readonly kind: 'sample';
  readonly factor: FactorCode;
  readonly sampledAt: number;
  readonly value: number;
  /** Value as printed in the report. */
  readonly text: string;
  /** `c` measured, `zs` converted to reference oxygen. */
  readonly basis: string;
  readonly by: 'self' | 'supervisory';
  readonly lab: string;
  readonly sampler: string;
  /** Of the sampling; NaN where the report does not say. */
  readonly startedAt: number;
  readonly finishedAt: number;
}

/** A calibration (zero and span), a check with a standard or a comparison with a reference method, from the quality-control ledger of the instrument. */
export interface CalibrationFact {
  readonly kind: 'calibration';
  readonly start: number;
  readonly end: number;
  /** As written: `gas`, `zero`, `span`, `standard_check` … */
  readonly what: string;
  readonly factors: readonly FactorCode[];
  /** Percent of the span, NaN where not recorded. */
  readonly zeroDrift: number;
  readonly spanDrift: number;
  readonly passed: boolean | undefined;
  /** Of a comparison, in the channel's unit. */
  readonly pairs?: readonly Pair[];
}

/** One parameter of an instrument or logger as it stood at a moment: read from the device, or filed with the authority. */
export interface ParameterFact {
  readonly kind: 'parameter';
  readonly at: number;
  readonly name: string;
  /** Empty where the parameter belongs to no factor. */
  readonly factor: string;
  readonly value: string;
  readonly filed: boolean;
}

/** A month of the unit's hazardous-waste ledger, tonnes. */
export interface WasteFact {
  readonly kind: 'waste';
  /** `YYYY-MM`. */
  readonly month: string;
  readonly start: number;
  readonly end: number;
  readonly waste: string;
  readonly generated: number;
  /** Handed over to others. */
  readonly shipped: number;
  /** Treated by the unit itself. */
  readonly disposed: number;
  /** At the end of the month. */
  readonly stock: number;
  /** Output in any unit that stays the same; NaN where not declared. */
  readonly production: number;
}

/** A transfer of hazardous waste (转移联单); NaN where a column is not given. */
export interface ManifestFact {
  readonly kind: 'manifest';
  readonly id: string;
  readonly waste: string;
  readonly leftAt: number;
  readonly arrivedAt: number;
  readonly sentTonnes: number;
  readonly receivedTonnes: number;
  readonly carrier: string;
  readonly licensed: boolean | undefined;
  readonly plate: string;
  /** Farthest distance from the declared route, km. */
  readonly deviationKm: number;
  /** Longest stop off the two sites and longest silence of the vehicle's position, minutes. */
  readonly stopMinutes: number;
  readonly silentMinutes: number;
  /** When the oldest of the load had come into store. */
  readonly storedSince: number;
}

/** An inspection, drill or round of the survey car at the unit. */
export interface InspectionFact {
  readonly kind: 'inspection';
  readonly at: number;
  readonly announced: boolean;
  readonly what: string;
}

/** One pass of a survey car near the unit: columns of equal length, one value a point. */
export interface SurveyFact {
  readonly kind: 'survey';
  readonly pass: string;
  readonly at: readonly number[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  /** Total VOC, any unit that stays the same within a pass. */
  readonly value: readonly number[];
  /** Where the wind comes from, degrees from north, and its speed in m/s; NaN where not measured. */
  readonly windFrom: readonly number[];
  readonly windSpeed: readonly number[];
}

/** One hour of an ambient or river station. */
export interface StationFact {
  readonly kind: 'station';
  readonly station: string;
  readonly medium: 'air' | 'river';
  readonly at: number;
  readonly factor: string;
  readonly value: number;
  readonly lat: number;
  readonly lon: number;
  /** Hours that water or air takes from the outfall; NaN where not known. */
  readonly travelHours: number;
}

/** Facts that only register files tell, no device. */
export type ToldFact =
  | SampleFact | CalibrationFact | ParameterFact | WasteFact | ManifestFact | InspectionFact | SurveyFact | StationFact;

/** Three-phase details of one meter reading; NaN where a frame does not carry them. */
export interface ElectricalReading {
  readonly at: number;
  readonly meter: MeterId;
  readonly kw: number;
  /** Mean phase voltage (V), mean phase current (A), power factor, counter (kWh). */
  readonly volts: number;
  readonly amperes: number;
  readonly powerFactor: number;
  readonly kwh: number;
}

const KEEP: Readonly<Record<ToldFact['kind'], number>> = {
  sample: 400, calibration: 120, parameter: 400, waste: 800, manifest: 400, inspection: 120, survey: 75, station: 75,
};
/** Days after which the last of such a record is forgotten, but for what was filed. */
export const LONGEST_TOLD_DAYS = Math.max(...Object.values(KEEP));
const KEEP_ELECTRICAL = 3 * DAY;

/** What makes two checks of a device one: told again, the newer one counts. */
export const CHECK_KEY = ['start', 'what', 'factors'] as const;

const alike = (a: unknown, b: unknown): boolean => a === b || (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, i) => one === b[i]));

/** Whether two facts are one fact, told twice. */
export const sameFact = <T>(a: T, b: T, key: readonly (keyof T)[]): boolean => key.every((name) => alike(a[name], b[name]));

/** Takes a fact into a list: in the place of the one it corrects, else at the end. */
export function put<T>(list: T[], fact: T, key: readonly (keyof T)[]): void {
  const at = list.findLastIndex((one) => sameFact(one, fact, key));
  if (at < 0) list.push(fact);
  else list[at] = fact;
}

/** The same for long lists, which stay in order of time. */
export function putByTime<T extends { readonly at: number }>(list: T[], fact: T, key: readonly (keyof T)[]): void {
  let end = list.length;
  while (end > 0 && (list[end - 1] as T).at > fact.at) end -= 1;
  for (let i = end - 1; i >= 0 && (list[i] as T).at === fact.at; i--) if (sameFact(list[i] as T, fact, key)) return void (list[i] = fact);
  list.splice(end, 0, fact);
}

/** What was read from the device says something where it differs from the reading before, where something was filed since, and once a day. */
function saysNothing(fact: ParameterFact, known: readonly ParameterFact[]): boolean {
  if (fact.filed) return false;
  const own = known.filter((one) => one.name === fact.name && one.factor === fact.factor);
  const before = own.findLast((one) => !one.filed);
  return before !== undefined && before.value === fact.value && fact.at > before.at && fact.at - before.at < DAY
    && !own.some((one) => one.filed && one.at > before.at && one.at <= fact.at);
}

/**
 * Facts that reach us as records and not as measured series. They are few, so they outlive the window of the series:
 * a ledger is judged over a year. Lists are in order of becoming known; parameters and hours of stations in that of their time.
 */
export class ToldFacts {
  samples: SampleFact[] = [];
  calibrations: CalibrationFact[] = [];
  parameters: ParameterFact[] = [];
  waste: WasteFact[] = [];
  manifests: ManifestFact[] = [];
  inspections: InspectionFact[] = [];
  surveys: SurveyFact[] = [];
  stations: StationFact[] = [];
  /** Of the last three days. */
  electrical: ElectricalReading[] = [];

  take(fact: ToldFact): void {
    switch (fact.kind) {
      case 'sample':
        return put(this.samples, fact, ['sampledAt', 'factor', 'basis', 'by', 'text']);
      case 'calibration':
        return put(this.calibrations, fact, CHECK_KEY);
      case 'parameter':
        if (!saysNothing(fact, this.parameters)) putByTime(this.parameters, fact, ['at', 'name', 'factor', 'filed', 'value']);
        return;
      case 'waste':
        return put(this.waste, fact, ['month', 'waste']);
      case 'manifest':
        return put(this.manifests, fact, ['id']);
      case 'inspection':
        return put(this.inspections, fact, ['at', 'what', 'announced']);
      case 'survey':
        return put(this.surveys, fact, ['pass']);
      case 'station':
        return putByTime(this.stations, fact, ['at', 'station', 'factor']);
    }
  }

  trim(now: number): void {
    const since = (kind: ToldFact['kind']): number => now - KEEP[kind] * DAY;
    this.samples = this.samples.filter((fact) => fact.sampledAt >= since('sample'));
    this.calibrations = this.calibrations.filter((fact) => fact.end >= since('calibration'));
    // What was filed stays in force until something else is filed, however long ago.
    this.parameters = this.parameters.filter((fact) => fact.filed || fact.at >= since('parameter'));
    this.waste = this.waste.filter((fact) => fact.end >= since('waste'));
    this.manifests = this.manifests.filter((fact) => fact.leftAt >= since('manifest'));
    this.inspections = this.inspections.filter((fact) => fact.at >= since('inspection'));
    this.surveys = this.surveys.filter((fact) => (fact.at.at(-1) ?? 0) >= since('survey'));
    this.stations = this.stations.filter((fact) => fact.at >= since('station'));
    this.electrical = this.electrical.filter((reading) => reading.at >= now - KEEP_ELECTRICAL);
  }
}
