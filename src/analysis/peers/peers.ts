import { DAY, type FactorCode, type OutfallId } from '#kernel';
import type { PastFinding } from '../clues/past-finding.ts';

/** One channel of one outfall over the day before a daily moment. Shares and ratios, so that sizes do not show; NaN where unknown. */
export interface FactorDay {
  readonly factor: FactorCode;
  /** Median of the valid running hours ÷ limit (the limit's own basis). */
  readonly level: number;
  /** Median as measured. */
  readonly median: number;
  readonly cv: number;
  /** Autocorrelation of neighbours: steps for gas, hours for water. */
  readonly lag1: number;
  /** q99 ÷ q50 − 1. */
  readonly tail: number;
  /** Root mean square of first differences ÷ median. */
  readonly jump: number;
  /** Twenty-four hourly means in order; NaN where not normal. Only of the newest `HOURS_DAYS` days. */
  readonly hours: readonly number[];
  /** Valid running hours up to a twentieth below an hourly limit, and up to a twentieth above it; absent where none is registered. */
  readonly near?: readonly [below: number, above: number];
}

/** A visit of a person to the station, seen by the door, and what the values did: ln of 12 h after ÷ 12 h before, lowest channel. */
export interface Visit {
  readonly person: string;
  readonly from: number;
  readonly to: number;
  readonly shift: number;
}

/** What an outfall tells the others once a day, of one fixed small size: facts to everybody, findings only to the unit's own outfalls. */
export interface DailySummary {
  readonly outfall: OutfallId;
  /** Daily moment at which it was made; it speaks of the 24 h before the local midnight of that day. */
  readonly at: number;
  readonly factors: readonly FactorDay[];
  readonly runShare: number;
  readonly markShare: number;
  /** Share of expected hours that came. */
  readonly complete: number;
  /** Median flow ÷ design flow. */
  readonly flowShare: number;
  /** Treatment kWh per kg emitted (limited pollutants together), and per production kWh. */
  readonly kwhPerKg: number;
  readonly treatmentShare: number;
  readonly oxygen: number;
  readonly visits: readonly Visit[];
  /** Texts of maintenance entries begun that day that are long enough to be compared. */
  readonly tickets: readonly { readonly text: string; readonly at: number }[];
  /** Samplings by hand that became known that day. */
  readonly samplings: readonly { readonly sampler: string; readonly from: number; readonly to: number }[];
  /** First digits 1–9 of the manual results of the last 400 days by laboratory, with the 5 and 95 % points. */
  readonly labs: readonly { readonly lab: string; readonly digits: readonly number[]; readonly low: number; readonly high: number }[];
  /** Findings raised or still growing since the moment before: for evidence fusion at the unit's other outfalls, who read them as `beside`. */
  readonly raised?: readonly PastFinding[];
}

/** A finding of another outfall of the same unit. */
export interface SiblingFinding extends PastFinding {
  readonly outfall: OutfallId;
}

/** What the unit's other outfalls have told of their findings: the newest word on each. */
export function besideOf(peers: readonly Peer[]): readonly SiblingFinding[] {
  const told = new Map<string, SiblingFinding>();
  for (const { outfall, relations, days } of peers) {
    if (!relations.includes('enterprise')) continue;
    for (const day of days) for (const finding of day.raised ?? []) told.set(`${outfall} ${finding.model} ${finding.start}`, { ...finding, outfall });
  }
  return [...told.values()];
}

export type PeerRelation = 'enterprise' | 'operator' | 'industry';

/** Another outfall as the register knows it. */
export interface PeerPlace {
  readonly outfall: OutfallId;
  readonly enterprise: string;
  readonly name: string;
  readonly operator: string;
  readonly relations: readonly PeerRelation[];
  readonly location: { readonly lat: number; readonly lon: number } | undefined;
  /** Group of outfalls that the register says share a duct or an analyser; empty where it says nothing. */
  readonly shared: string;
}

export interface Peer extends PeerPlace {
  /** Oldest first, up to the daily moment before the one in force. */
  readonly days: readonly DailySummary[];
}

/** Days of summaries kept, and days of which the hourly values may be read. */
export const PEER_DAYS = 70;
export const HOURS_DAYS = 3;

/**
 * Where outfalls lay down their summaries. At the daily moment of day D everybody reads what was laid down up to the
 * moment of day D−1, so the order in which outfalls are worked on within a day cannot show.
 */
export interface PeerBoard {
  publish(summary: DailySummary): void;
  /** Summaries made at moments in (`at` − 70 days, `at`], oldest first. */
  daysOf(outfall: OutfallId, at: number): readonly DailySummary[];
}

export class MemoryBoard implements PeerBoard {
  readonly #days = new Map<OutfallId, DailySummary[]>();

  publish(summary: DailySummary): void {
    const days = this.#days.get(summary.outfall) ?? [];
    // Others, and this outfall when it is taken up again, look a day back from the moment this one has passed.
    const since = summary.at - (PEER_DAYS + 2) * DAY;
    const others = days.filter((day) => day.at !== summary.at && day.at > since);
    // Hourly values are most of the size and are looked at only while they are new.
    const bare = others.map((day) => (day.at < summary.at - (HOURS_DAYS + 2) * DAY && day.factors.some((f) => f.hours.length > 0) ? withoutHours(day) : day));
    this.#days.set(summary.outfall, [...bare, summary].sort((a, b) => a.at - b.at));
  }

  daysOf(outfall: OutfallId, at: number): readonly DailySummary[] {
    return (this.#days.get(outfall) ?? []).filter((day) => day.at <= at && day.at > at - PEER_DAYS * DAY);
  }
}

const withoutHours = (day: DailySummary): DailySummary => ({ ...day, factors: day.factors.map((factor) => ({ ...factor, hours: [] })) });
