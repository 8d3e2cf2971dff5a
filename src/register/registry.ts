import type { DeviceMn, FactorCode, Instant, MeterId, OutfallId, UnitId } from '#kernel';

/** Columns we have no name for: kept as sent, because a later document may need them (docs/register-files.md). */
export type Attributes = Readonly<Record<string, string>>;

/** 排污单位 (column `enterprise` of the register files). */
export interface Unit {
  readonly unit: UnitId;
  readonly name: string;
  readonly industry: string;
  readonly industryZh: string;
  readonly county: string;
  readonly lat: number | undefined;
  readonly lon: number | undefined;
  /** Third party that operates the monitoring devices. */
  readonly operator: string;
  readonly keyPolluter: boolean;
  readonly attributes: Attributes;
}

/** 排放口: a discharge point with its devices. */
export interface Outfall {
  readonly outfall: OutfallId;
  readonly unit: UnitId;
  readonly type: 'gas' | 'water';
  readonly mn: DeviceMn | undefined;
  readonly doorMn: DeviceMn | undefined;
  readonly powerMn: DeviceMn | undefined;
  /** Analysers before treatment: their channels are kept beside the outlet's, as `in.<code>`. */
  readonly inletMn?: DeviceMn | undefined;
  /** Process signals (fuel, reagents, intake …), kept as `pr.<code>`; `means` in `factors.csv` says what a code stands for. */
  readonly processMn?: DeviceMn | undefined;
  /** Reference oxygen, %vol. */
  readonly o2Ref: number | undefined;
  readonly analysisCycleHours: number | undefined;
  readonly designFlow: number | undefined;
  /** Native interval of CN 2051 in minutes. */
  readonly minuteStep: number;
  readonly stackAreaM2: number | undefined;
  readonly velocityCoefficient: number | undefined;
  readonly attributes: Attributes;
}

/** A factor measured at an outfall, with span and resolution. */
export interface Factor {
  readonly outfall: OutfallId;
  readonly factor: FactorCode;
  readonly factorZh: string;
  readonly unit: string;
  readonly span: number | undefined;
  readonly resolution: number | undefined;
  /** What a process signal stands for, e.g. `fuel`, `reagent`, `intake`; empty for a monitored factor. */
  readonly means?: string;
  readonly attributes: Attributes;
}

/** A limit that holds at an outfall; the number as printed. */
export interface LimitValue {
  readonly outfall: OutfallId;
  readonly factor: FactorCode;
  readonly factorZh: string;
  /** As printed: a limit is compared at its own number of decimals. */
  readonly limit: string;
  readonly unit: string;
  /** `five_minutes`: means that are counted by the day (furnace of a waste incinerator), not compared one by one. */
  readonly period: 'hour' | 'day' | 'instant' | 'five_minutes';
  readonly basis: 'c' | 'zs';
  /** First and last day (inclusive) on which it applies; undefined is open. */
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
  readonly source: string;
  readonly attributes: Attributes;
}

/** A limit that every hour, day or instant is held against. */
export type ComparedLimit = LimitValue & { readonly period: 'hour' | 'day' | 'instant' };

/** One limit of an emission standard (排放标准), as imported; the law's own starter set comes in the same form. */
export interface StandardRow {
  /** Code as printed, e.g. `GB 13223-2011`. */
  readonly standard: string;
  /** Words of the register for the trades it binds, joined by `|`; empty binds every trade. */
  readonly industry: string;
  readonly industryZh: string;
  /** Class, table or kind of region within the standard (一级A, 重点地区); empty where there is only one. */
  readonly class: string;
  readonly factor: FactorCode;
  readonly factorZh: string;
  /** As printed. */
  readonly limit: string;
  readonly unit: string;
  readonly period: 'hour' | 'day' | 'instant';
  readonly basis: 'c' | 'zs';
  /** pH has two ends. */
  readonly side: 'upper' | 'lower';
  readonly referenceOxygen: number | undefined;
  readonly validFrom: string;
  /** Last day it holds (inclusive); undefined is open. */
  readonly validTo: string | undefined;
  /** Document the figure was taken from, and its article or table. */
  readonly source: string;
  readonly article: string;
  readonly attributes: Attributes;
}

/** A permitted annual amount, kg. */
export interface PermitTotal {
  readonly outfall: OutfallId;
  readonly factor: FactorCode;
  readonly annualKg: number;
  readonly usedBeforeStartKg: number;
  readonly attributes: Attributes;
}

/** A power meter and what it feeds. */
export interface Meter {
  readonly meter: MeterId;
  readonly outfall: OutfallId | undefined;
  readonly unit: UnitId | undefined;
  readonly role: 'production' | 'treatment' | 'main';
  readonly ratedKw: number | undefined;
  readonly attributes: Attributes;
}

/** A declared operating or monitoring mark (标记). Times in epoch ms. */
export interface MarkRow {
  readonly mark: string;
  readonly outfall: OutfallId;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly submittedAt: number;
  readonly reason: string;
  readonly attributes: Attributes;
}

/** Filed work on instruments; epoch ms. */
export interface MaintenanceRow {
  readonly outfall: OutfallId;
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly factors: readonly FactorCode[];
  readonly attributes: Attributes;
}

/** An order to cut production; epoch ms and share. */
export interface OrderRow {
  readonly unit: UnitId;
  readonly start: number;
  readonly end: number;
  /** Share of normal production to be cut, 0–1. */
  readonly requiredCut: number;
  readonly attributes: Attributes;
}

/** A laboratory sample of the unit's own monitoring. */
export interface SelfMonitoringRow {
  readonly outfall: OutfallId;
  readonly factor: FactorCode;
  readonly sampledAt: number;
  readonly value: string;
  readonly basis: string;
  readonly attributes: Attributes;
}

/** A meter reading from a file, kW. */
export interface PowerRow {
  readonly at: number;
  readonly meter: MeterId;
  readonly kw: number;
}

/** An opening from a file; epoch ms. */
export interface DoorRow {
  readonly outfall: OutfallId;
  readonly openedAt: number;
  readonly closedAt: number;
  readonly method: string;
  readonly person: string;
  readonly attributes: Attributes;
}

/** A camera event from a file; epoch ms. */
export interface VideoRow {
  readonly outfall: OutfallId;
  readonly start: number;
  readonly end: number;
  readonly camera: string;
  readonly event: string;
  readonly attributes: Attributes;
}

/** Weather of an hour: °C and mm/h. */
export interface WeatherRow {
  readonly at: number;
  readonly tempC: number;
  readonly rainMmH: number;
  /** Empty where one station serves the whole register. */
  readonly county: string;
}

/** A row of an optional file that has no table of its own yet (calibrations, shifts, waste …): kept whole. */
export interface OtherRow {
  readonly file: string;
  readonly line: number;
  readonly values: Attributes;
}

/** Everything the register files say, checked. */
export interface RegisterData {
  readonly units: readonly Unit[];
  readonly outfalls: readonly Outfall[];
  readonly factors: readonly Factor[];
  readonly limits: readonly LimitValue[];
  readonly standards: readonly StandardRow[];
  readonly permits: readonly PermitTotal[];
  readonly meters: readonly Meter[];
  readonly marks: readonly MarkRow[];
  readonly maintenance: readonly MaintenanceRow[];
  readonly orders: readonly OrderRow[];
  readonly selfMonitoring: readonly SelfMonitoringRow[];
  readonly power: readonly PowerRow[];
  readonly doors: readonly DoorRow[];
  readonly videos: readonly VideoRow[];
  readonly weather: readonly WeatherRow[];
  readonly other: readonly OtherRow[];
}

/** A register that says nothing. */
export const EMPTY_REGISTER: RegisterData = {
  units: [], outfalls: [], factors: [], limits: [], standards: [], permits: [], meters: [], marks: [], maintenance: [], orders: [],
  selfMonitoring: [], power: [], doors: [], videos: [], weather: [], other: [],
};

/** What a device at an outfall is for. */
export type DeviceRole = 'data' | 'door' | 'power' | 'inlet' | 'process';

/** What a device identifier stands for; one door or power device may serve several outfalls of a site. */
export interface RegisteredDevice {
  readonly mn: DeviceMn;
  readonly role: DeviceRole;
  readonly unit: UnitId;
  readonly outfalls: readonly OutfallId[];
}

/** Look-ups over checked register data; immutable. */
export interface Registry {
  readonly data: RegisterData;
  unit(id: UnitId): Unit | undefined;
  outfall(id: OutfallId): Outfall | undefined;
  /** Devices behind an MN: a logger may also report the doors or the meters of its site. */
  deviceOf(mn: string): readonly RegisteredDevice[];
  outfallsOf(unit: UnitId): readonly Outfall[];
  factorsOf(outfall: OutfallId): readonly Factor[];
  /** Limits in force on the local day of `at` that values are compared with. */
  limitsOf(outfall: OutfallId, at: Instant): readonly ComparedLimit[];
  /** Limits in force on that day whose misses are counted by the day. */
  countedLimitsOf(outfall: OutfallId, at: Instant): readonly LimitValue[];
  permitsOf(outfall: OutfallId): readonly PermitTotal[];
  /** Meters linked to the outfall, or to its unit without naming an outfall. */
  metersOf(outfall: OutfallId): readonly Meter[];
  meter(id: MeterId): Meter | undefined;
}
