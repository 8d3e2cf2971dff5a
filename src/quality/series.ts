import type { FactorCode, MeterId } from '#kernel';
import type { Flag } from './flags.ts';
import type { MarkClass } from './marks/marks.ts';

/**
 * A regular grid from `t0` (epoch ms, start of the first interval), `stepMs` wide. Missing values are NaN and
 * never imputed. `arrivedAt` is when the version in force was known (ms), NaN where nothing came.
 * Grids begin at a local midnight and end with the last interval that is over at `now`: the open one is not in it.
 */
export interface Grid {
  readonly t0: number;
  readonly stepMs: number;
  readonly length: number;
}

/** Values of a factor by step; NaN where there is none. */
export interface StepSeries extends Grid {
  readonly avg: Float64Array;
  readonly flag: Uint8Array;
  readonly arrivedAt: Float64Array;
}

/** Values of a factor by hour, with what the hourly report adds. */
export interface HourSeries extends StepSeries {
  readonly min: Float64Array;
  readonly max: Float64Array;
  /** Total of the period: m³ for flow, kg for pollutants. */
  readonly cou: Float64Array;
  /** Converted mean as sent; NaN where not sent or sent as the sentinel 9999.99. */
  readonly zsAvg: Float64Array;
  /** Water analysers: when the sample behind the value was taken (ms), NaN where not sent. */
  readonly sampleTime: Float64Array;
  /** 1 where quality found the hour valid for judging as known now (U02, marks, completeness). */
  readonly valid: Uint8Array;
}

/** One earlier or later version of the same hour value (same MN, DataTime, factor, CN). The first stays in force. */
export interface Revision {
  readonly factor: FactorCode;
  readonly start: number;
  readonly field: 'avg' | 'zsAvg' | 'cou' | 'min' | 'max';
  readonly before: number;
  readonly after: number;
  readonly flagBefore: Flag;
  readonly flagAfter: Flag;
  readonly arrivedBefore: number;
  readonly arrivedAfter: number;
}

/** Power of a meter by step, kW. */
export interface PowerSeries extends StepSeries {
  readonly meter: MeterId;
  readonly role: 'production' | 'treatment' | 'main';
  readonly ratedKw: number;
}

/** A mark the unit declared, as known at the moment of asking; times in epoch ms. */
export interface Mark {
  readonly id: string;
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly submittedAt: number;
  readonly reason: string;
  /** What the kind amounts to, whatever the region calls it (quality: `markClassOf`). */
  readonly class?: MarkClass;
}

/** One opening of a station's door; times in epoch ms. */
export interface DoorOpening {
  readonly openedAt: number;
  /** NaN while open. */
  readonly closedAt: number;
  readonly method: string;
  readonly person: string;
  readonly arrivedAt: number;
}

/** An alarm of the door device itself; epoch ms. */
export interface DoorAlarm {
  readonly at: number;
  readonly kind: 'REMOVED' | 'FAULT';
  readonly arrivedAt: number;
}

/** State of the plant: running, off, between the two, contradictory, or unknown. */
export type PlantState = 'RUN' | 'OFF' | 'TRANSIENT' | 'CONFLICT' | 'UNKNOWN';
/** The states by their index in columns. Append only. */
export const PLANT_STATES = ['RUN', 'OFF', 'TRANSIENT', 'CONFLICT', 'UNKNOWN'] as const;

/** State of the plant by hour, from data and from power. */
export interface HourState extends Grid {
  /** Index into PLANT_STATES. */
  readonly state: Uint8Array;
  readonly byData: Uint8Array;
  readonly byPower: Uint8Array;
}
