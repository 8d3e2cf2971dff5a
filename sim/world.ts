import type { Grid } from './grid.ts';
import type { FactorCode, IndustryRow, Medium, PollutantRow } from './plants/industry.ts';
import type { Catchment } from './plants/storm-drain.ts';
import type { Variation } from './variation.ts';
import type { Weather } from './weather.ts';

/** What the register knows of one discharging unit. Every name, number and person is invented. */
export interface Enterprise {
  readonly id: string;
  readonly name: string;
  readonly industry: IndustryRow;
  readonly county: string;
  readonly lat: number;
  readonly lon: number;
  readonly operator: string;
  readonly keyPolluter: boolean;
  readonly creditCode: string;
  readonly legalRepresentative: string;
  readonly contact: string;
  readonly phone: string;
  readonly address: string;
  readonly permitNo: string;
  readonly permitFrom: string;
  readonly permitTo: string;
  readonly outfalls: readonly Site[];
  /** Stormwater outlets beside them; none where the province was not asked for them. */
  readonly drains: readonly Site[];
  /** Outlets of workshops, where first-class pollutants are measured. */
  readonly workshops: readonly Site[];
}

export interface Instrument {
  readonly factor: FactorCode;
  readonly zh: string;
  readonly unit: string;
  /** 0 where the instrument has no stated range. */
  readonly span: number;
  readonly resolution: number;
  readonly decimals: number;
  /** Standard deviation of the reading's noise, in the factor's unit. */
  readonly noise: number;
  readonly pollutant?: PollutantRow;
}

export interface GasPlant {
  readonly kind: 'gas';
  readonly flow: number;
  readonly o2: number;
  readonly o2Slope: number;
  readonly temp: number;
  readonly tempSlope: number;
  readonly moisture: number;
  readonly velocity: number;
  readonly velocityCoefficient: number;
  readonly draught: number;
  /** m², such that full load gives the full flow. */
  readonly area: number;
  readonly o2Reference: number;
  /** Usual temperature of the combustion chamber, °C; only incinerators. */
  readonly furnace?: number;
}

export interface WaterPlant {
  readonly kind: 'water';
  /** L/s */
  readonly flow: number;
  readonly ph: number;
  readonly conductivity: number;
  readonly warmth: number;
  /** Litres; only batch dischargers. */
  readonly tank: number;
  /** The yard of a stormwater outlet. */
  readonly catchment?: Catchment;
}

export interface Meter {
  readonly id: string;
  readonly role: 'production' | 'treatment' | 'main';
  readonly ratedKw: number;
  /** Number of the channel inside the power terminal's frames, `100001`…. */
  readonly channel: string;
  readonly line: string;
}

/** One outfall with its devices. */
export interface Site {
  readonly id: string;
  readonly enterpriseId: string;
  readonly name: string;
  readonly industry: IndustryRow;
  readonly medium: Medium;
  readonly mn: string;
  readonly doorMn: string;
  readonly powerMn: string;
  readonly plant: GasPlant | WaterPlant;
  /** Pollutants in the order they are sent, with the share r of this plant. */
  readonly pollutants: readonly (PollutantRow & { readonly share: number; readonly sd: number; readonly lag: number })[];
  readonly instruments: readonly Instrument[];
  readonly meters: readonly Meter[];
  /** Two treatment lines that take turns. */
  readonly redundant: boolean;
  readonly cycleHours: number;
  readonly sampleMinute: number;
  readonly doorBeatMin: number;
  readonly designFlow: number;
  readonly variation: Variation;
  readonly traits: readonly 'near_zero_coarse'[];
  /** Registered door persons: maintenance staff of the operator, then the unit's own. */
  readonly persons: { readonly operator: readonly string[]; readonly own: readonly string[] };
}

/** A stormwater outlet: a meter and probes in a shaft, without a station of its own. */
export const isDrain = (site: Site): boolean => site.plant.kind === 'water' && site.plant.catchment !== undefined;

/** The outlet of a workshop: its water goes on to the unit's own treatment and final outlet. */
export const isWorkshop = (site: Site): boolean => site.industry.role === 'workshop';

export type PlantState = 0 | 1 | 2 | 3;
export const OFF = 0;
export const START = 1;
export const RUN = 2;
export const SHUT = 3;

export interface Stop {
  readonly cause: 'cold' | 'staggered' | 'halt' | 'holiday';
  readonly rampStart: number;
  readonly offStart: number;
  readonly offEnd: number;
  readonly startEnd: number;
}

/** What events do to the plant before its physics is computed. All arrays have one entry per step. */
export interface Influence {
  /** Added to ln z (gas) or ln c (water) of a factor. */
  readonly ln: Map<FactorCode, Float64Array>;
  /** Forced load; NaN where the plant decides itself. */
  readonly load: Float64Array;
  /** Multiplies the treatment power. */
  readonly treatment: Float64Array;
  /** 1 where the plant runs steadier than usual. */
  readonly steady: Uint8Array;
  /** Extra discharge, L/s. */
  readonly flow: Float64Array;
  /** Added to the temperature of the combustion chamber, °C. */
  readonly furnace: Float64Array;
  /** 1 where batches wait in the equalisation basin (tank dischargers). */
  readonly held: Uint8Array;
  /** Steps at which the whole site is dark. */
  readonly dark: Uint8Array;
}

export interface Truth {
  readonly load: Float64Array;
  readonly state: Uint8Array;
  /** m³/h dry normal for gas, L/s for water. */
  readonly flow: Float64Array;
  /** Auxiliary channels and pollutants: measured dry concentration, before any instrument. */
  readonly values: Map<FactorCode, Float64Array>;
  readonly power: Map<string, Float64Array>;
}

export interface Channel {
  readonly instrument: Instrument;
  readonly values: Float64Array;
  /** Character codes of N, F, M, D, C … per step. */
  readonly flags: Uint8Array;
}

export interface Label {
  readonly kind: string;
  readonly benign: boolean;
  readonly start: number;
  readonly end: number;
  /** 1 work order, 2 warning, 3 reminder; null for a benign look-alike. */
  readonly tier: 1 | 2 | 3 | null;
  readonly factors: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
}

/** Rows an outfall adds to the registry files, in no order. */
export interface Ledger {
  readonly marks: { kind: string; start: number; end: number; submitted: number; reason: string }[];
  readonly maintenance: { start: number; end: number; what: string; factors: readonly string[] }[];
  readonly orders: { start: number; end: number; cut: number; what: string }[];
  readonly selfMonitoring: { factor: FactorCode; at: number; value: number; basis: 'c' | 'zs' }[];
  readonly doors: { open: number; close: number; method: DoorMethod; person: string; purpose: string }[];
  readonly video: { start: number; end: number; camera: string; event: string }[];
  readonly calibrations: { start: number; end: number; kind: 'gas' | 'standard_check'; factors: readonly string[] }[];
  readonly permits: { factor: FactorCode; annualKg: number; usedKg: number; monthKg: number | null; winterKg: number | null }[];
  readonly labels: Label[];
}

export type DoorMethod = 'face' | 'ic_card' | 'fingerprint' | 'password';

/** Hourly values as the logger forms them. */
export interface Hours {
  readonly n: number;
  readonly channels: Map<FactorCode, HourChannel>;
}

export interface HourChannel {
  readonly avg: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** m³ for flow, kg for pollutants; NaN where a factor has no total. */
  readonly cou: Float64Array;
  readonly zsAvg: Float64Array;
  readonly zsMin: Float64Array;
  readonly zsMax: Float64Array;
  readonly flags: Uint8Array;
}

/** How the messages of an outfall travel. */
export interface Transport {
  /** Arrival of the minute frame per step, NaN = lost. */
  readonly minute: Float64Array;
  readonly hour: Float64Array;
  /** Device clock minus true time, ms, per step. */
  readonly clock: Float64Array;
  /** Messages sent again or instead, ready made. */
  readonly extra: { readonly at: number; readonly segment: ExtraMessage }[];
}

export interface ExtraMessage {
  readonly kind: 'hour';
  readonly index: number;
  /** Replaced averages (and with them totals and converted values) by factor, as a multiplier. */
  readonly factors: ReadonlyMap<FactorCode, number>;
}

/** Everything about one outfall over the whole horizon, while it is being made. */
export interface Run {
  readonly seed: string;
  readonly grid: Grid;
  readonly site: Site;
  readonly weather: Weather;
  readonly stops: readonly Stop[];
  readonly influence: Influence;
  readonly truth: Truth;
  readonly channels: Map<FactorCode, Channel>;
  /** Start of the sampling whose result is shown, per step (water). */
  readonly sampled: Float64Array;
  readonly reportedPower: Map<string, Float64Array>;
  readonly ledger: Ledger;
  readonly transport: Transport;
}
