import { HOUR } from '#kernel';
import { wilson, type Interval } from './rule.ts';
import type { EventScore, PieceScore, Tally } from './tally.ts';

/** Recall of one kind of event, or of all. */
export interface Recall {
  readonly events: number;
  readonly found: number;
  readonly recall: number;
  readonly interval: Interval;
  readonly placebo: number;
  readonly excess: number;
  readonly medianDelayHours: number | undefined;
  /** Median to the first raising at any tier. */
  readonly medianNoticedHours: number | undefined;
  /** Share of found events whose highest tier is the label's, and whose highest tier is at least the label's. */
  readonly tierEqual: number;
  readonly tierReached: number;
}

export function recallOf(events: readonly EventScore[]): Recall {
  const found = events.filter((event) => event.found);
  const placebo = mean(events.map((event) => event.placebo));
  const recall = events.length === 0 ? 0 : found.length / events.length;
  const tiered = found.filter((event) => event.label.tier !== null);
  const share = (ok: (event: EventScore) => boolean): number => (tiered.length === 0 ? 0 : tiered.filter(ok).length / tiered.length);
  return {
    events: events.length, found: found.length, recall, interval: wilson(found.length, events.length), placebo, excess: recall - placebo,
    medianDelayHours: medianHours(found.map((event) => event.delay)),
    medianNoticedHours: medianHours(found.map((event) => event.noticed)),
    tierEqual: share((event) => event.tier === event.label.tier),
    tierReached: share((event) => (event.tier ?? 4) <= (event.label.tier ?? 0)),
  };
}

const medianHours = (delays: readonly (number | undefined)[]): number | undefined => median(delays.flatMap((delay) => (delay === undefined ? [] : [delay / HOUR])));

/** Recall by kind, in the order of their names. */
export const recallByKind = (events: readonly EventScore[]): ReadonlyMap<string, Recall> =>
  new Map(
    [...Map.groupBy(events, (event) => event.label.kind)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, list]) => [kind, recallOf(list)]),
  );

export interface FalseRates {
  /** False findings per outfall-month at tiers ≤ 3, ≤ 2 and 1. */
  readonly all: readonly [number, number, number];
  readonly clean: readonly [number, number, number];
}

export function falseRates(tally: Tally): FalseRates {
  const rate = (pieces: readonly PieceScore[], months: number): readonly [number, number, number] => {
    const per = (tier: number): number =>
      months === 0 ? 0 : pieces.filter(({ piece, verdict }) => verdict === 'false' && piece.alarm.tier <= tier).length / months;
    return [per(3), per(2), per(1)];
  };
  return { all: rate(tally.pieces, tally.outfallMonths), clean: rate(tally.pieces.filter((p) => p.clean), tally.cleanOutfallMonths) };
}

export interface Precision {
  readonly right: number;
  readonly neutral: number;
  readonly wrong: number;
  readonly wrongClean: number;
  readonly precision: number | undefined;
}

export function precisionOf(pieces: readonly PieceScore[]): Precision {
  const count = (verdict: string): number => pieces.filter((p) => p.verdict === verdict).length;
  const right = count('true');
  const wrong = count('false');
  return {
    right, neutral: count('neutral'), wrong, wrongClean: pieces.filter((p) => p.verdict === 'false' && p.clean).length,
    precision: right + wrong === 0 ? undefined : right / (right + wrong),
  };
}

export const precisionByModel = (pieces: readonly PieceScore[]): ReadonlyMap<string, Precision> =>
  new Map(
    [...Map.groupBy(pieces, (p) => p.piece.alarm.model)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([model, list]) => [model, precisionOf(list)]),
  );

const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, v) => sum + v, 0) / values.length);

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : sorted.length === 0 ? undefined : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Several provinces scored apart, as one. */
export const joined = (tallies: readonly Tally[]): Tally => ({
  events: tallies.flatMap((t) => t.events),
  pieces: tallies.flatMap((t) => t.pieces),
  outfallMonths: tallies.reduce((sum, t) => sum + t.outfallMonths, 0),
  cleanOutfallMonths: tallies.reduce((sum, t) => sum + t.cleanOutfallMonths, 0),
  alarmedInside: mean(tallies.map((t) => t.alarmedInside)),
});
