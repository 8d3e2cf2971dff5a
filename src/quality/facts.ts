import type { FactorCode, MeterId } from '#kernel';
import type { Edition } from './flags.ts';
import type { ElectricalReading, ToldFact } from './told-facts.ts';

/** What quality needs of a decoded frame; `Frame` of #ingest/hj212 is one. */
export interface FrameView {
  readonly edition: Edition;
  readonly st: string | null;
  readonly cn: string;
  readonly mn: string | null;
  readonly qn: string | null;
  /** DataTime as epoch ms. */
  readonly dataAt: number | null;
  readonly cp: readonly (readonly (readonly string[])[])[];
}

/**
 * One factor of one period. Numbers are the shortest reading of the text that was sent: up to 15 digits a double
 * gives the very decimal back, so `new Decimal(avg)` is what the device said. NaN = not sent or "no value".
 */
export interface PeriodValue {
  readonly factor: FactorCode;
  avg: number;
  min: number;
  max: number;
  cou: number;
  zsAvg: number;
  sampleTime: number;
  /** Index into FLAGS. */
  flag: number;
  /** Copies of judged hours only, where the steps themselves are not at hand: how many normal ones stood behind the value. */
  normalSteps?: number | undefined;
}

/** What a device reported for a step, an hour or a day. */
export interface PeriodFact {
  readonly kind: 'step' | 'hour' | 'day';
  /** Start of the period, epoch ms. */
  readonly start: number;
  readonly values: readonly PeriodValue[];
}

/** A sign of life, with the stamps A06 compares. */
export interface ContactFact {
  readonly kind: 'contact';
  readonly mn: string;
  readonly role: 'data' | 'door' | 'power';
  readonly cn: string;
  readonly qn: number;
  readonly dataTime: number;
}

/** What a door device reported. */
export interface DoorFact {
  readonly kind: 'door';
  /** Time stamp of the report. */
  readonly at: number;
  readonly open: boolean | undefined;
  readonly removed: boolean | undefined;
  readonly fault: boolean | undefined;
  readonly method: string;
  readonly person: string;
  /** i32006, NaN where not sent. */
  readonly openedAt: number;
}

/** What a meter reported, kW. */
export interface PowerFact {
  readonly kind: 'power';
  readonly at: number;
  readonly readings: readonly { readonly meter: MeterId; readonly kw: number }[];
  /** Three-phase details, where the frame carries them. */
  readonly details?: readonly ElectricalReading[];
}

/** From the register files or the door of another system, not from a frame. */
export interface OpeningFact {
  readonly kind: 'opening';
  readonly openedAt: number;
  readonly closedAt: number;
  readonly method: string;
  readonly person: string;
}
/** A mark of the unit; it counts from its submission. */
export interface MarkFact {
  readonly kind: 'mark';
  readonly id: string;
  readonly markKind: string;
  readonly start: number;
  readonly end: number;
  readonly submittedAt: number;
  readonly reason: string;
}
/** Filed work on instruments. */
export interface MaintenanceFact {
  readonly kind: 'maintenance';
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly factors: readonly FactorCode[];
}
/** An event of a camera. */
export interface VideoFact {
  readonly kind: 'video';
  readonly start: number;
  readonly end: number;
  readonly camera: string;
  readonly event: string;
}
/** An order to cut production. */
export interface OrderFact {
  readonly kind: 'order';
  readonly start: number;
  readonly end: number;
  readonly requiredCut: number;
}
/** Weather of the unit's county for an hour. */
export interface WeatherFact {
  readonly kind: 'weather';
  readonly at: number;
  readonly tempC: number;
  readonly rainMmH: number;
  /** Where it was measured; empty where one station serves all. */
  readonly county?: string;
}

/** A fact about one outfall (facts first, opinions on top of them, never the other way round). */
export type Fact =
  | PeriodFact | ContactFact | DoorFact | PowerFact | OpeningFact | MarkFact | MaintenanceFact | VideoFact | OrderFact | WeatherFact | ToldFact;

/** A fact with the moment we knew it. `order` decides between facts of the same millisecond, whatever the processing order. */
export interface Arrival {
  readonly knownAt: number;
  readonly order: string;
  readonly facts: readonly Fact[];
}

/** Known-time order; two arrivals of one millisecond are ordered by content so that every processing agrees. */
export const byKnownTime = (a: Arrival, b: Arrival): number =>
  a.knownAt - b.knownAt || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0);
