import { DAY } from '#kernel';
import { covered, isFound, matches, piecesOf, verdictOf, windowOf, type Alarm, type Label, type Piece, type Span, type Verdict } from './rule.ts';

/** What a run is scored on: one province, its labels and the alarms raised on it. */
export interface Province {
  readonly outfalls: readonly { readonly outfall: string; readonly type: string }[];
  readonly from: number;
  readonly until: number;
  readonly labels: readonly Label[];
  readonly alarms: readonly Alarm[];
}

export interface EventScore {
  readonly label: Label;
  readonly found: boolean;
  /** Share of placebo events (same length, other place and time) that the same alarms would have "found". */
  readonly placebo: number;
  /** From the start of the event to the first raising that matches it, ms; undefined when nothing matches. */
  readonly delay: number | undefined;
  /** The same to the first raising at any tier, where the alarms say when each was reached. */
  readonly noticed: number | undefined;
  /** Highest tier of the matching alarms. */
  readonly tier: 1 | 2 | 3 | undefined;
  readonly models: readonly string[];
}

export interface PieceScore {
  readonly piece: Piece;
  readonly verdict: Verdict;
  /** On an outfall where nothing was done. */
  readonly clean: boolean;
}

export interface Tally {
  readonly events: readonly EventScore[];
  readonly pieces: readonly PieceScore[];
  readonly outfallMonths: number;
  readonly cleanOutfallMonths: number;
  /** Share of alarmed time that lies inside event windows. */
  readonly alarmedInside: number;
}

const PLACEBOS = 20;
const TRIES = 200;
const MONTH = 30 * DAY;

/**
 * Scores a province. `draw` gives uniform numbers in [0, 1) for the placebo events: the same sequence gives the same
 * tally. Natural exceedances are events, but an outfall that has no others is clean.
 */
export function tally(province: Province, draw: () => number): Tally {
  const pieces = province.alarms.flatMap(piecesOf);
  const byOutfall = Map.groupBy(pieces, (piece) => piece.alarm.outfall);
  const positives = province.labels.filter((label) => !label.benign);
  // A way of being that lasts the whole time (coarse print, slow cycle) excuses no single alarm.
  const labels = province.labels.filter((label) => !label.benign || label.end - label.start < 0.9 * (province.until - province.from));
  const busy = busySpans(positives);
  const cheats = new Set(positives.filter((label) => label.kind !== 'exceed_natural').flatMap((label) => label.outfalls));
  const months = (province.until - province.from) / MONTH;
  const clean = province.outfalls.filter(({ outfall }) => !cheats.has(outfall));
  const labelsOf = new Map(province.outfalls.map(({ outfall }) => [outfall, labels.filter((label) => label.outfalls.includes(outfall))]));
  return {
    events: positives.map((label) => scoreEvent(label, byOutfall, placebosOf(label, province, byOutfall, busy, draw))),
    pieces: pieces.map((piece) => ({
      piece, verdict: verdictOf(piece, labelsOf.get(piece.alarm.outfall) ?? []), clean: !cheats.has(piece.alarm.outfall),
    })),
    outfallMonths: province.outfalls.length * months,
    cleanOutfallMonths: clean.length * months,
    alarmedInside: insideShare(byOutfall, busy),
  };
}

function scoreEvent(label: Label, byOutfall: ReadonlyMap<string, readonly Piece[]>, placebo: number): EventScore {
  const matching = label.outfalls.map((outfall) => (byOutfall.get(outfall) ?? []).filter((piece) => matches(piece, label)));
  const found = matching.some((pieces) => isFound(label, pieces));
  const all = matching.flat();
  const first = Math.min(...all.map((piece) => piece.alarm.raised_at));
  const noticed = Math.min(...all.map(({ alarm }) => alarm.evidence?.steps[0]?.at ?? alarm.raised_at));
  return {
    label, found, placebo,
    delay: all.length === 0 ? undefined : Math.max(0, first - label.start),
    noticed: all.length === 0 ? undefined : Math.max(0, noticed - label.start),
    tier: all.length === 0 ? undefined : (Math.min(...all.map((piece) => piece.alarm.tier)) as 1 | 2 | 3),
    models: [...new Set(all.map((piece) => piece.alarm.model))].sort(),
  };
}

function busySpans(positives: readonly Label[]): Map<string, Span[]> {
  const busy = new Map<string, Span[]>();
  for (const label of positives) {
    for (const outfall of label.outfalls) busy.set(outfall, [...(busy.get(outfall) ?? []), windowOf(label)]);
  }
  return busy;
}

/** Share of placebo events found: same length and number of outfalls, the same medium, a time free of events. */
function placebosOf(label: Label, province: Province, byOutfall: ReadonlyMap<string, readonly Piece[]>, busy: ReadonlyMap<string, readonly Span[]>, draw: () => number): number {
  const type = province.outfalls.find(({ outfall }) => outfall === label.outfall)?.type;
  const places = province.outfalls.filter((place) => place.type === type);
  const length = label.end - label.start;
  const room = province.until - province.from - length;
  let placed = 0;
  let found = 0;
  for (let k = 0; k < TRIES && placed < PLACEBOS && room > 0; k++) {
    const place = places[Math.floor(draw() * places.length)]?.outfall ?? '';
    const start = province.from + draw() * room;
    const event = { start, end: start + length };
    const window = windowOf(event);
    if ((busy.get(place) ?? []).some((span) => span.start < window.end && window.start < span.end)) continue;
    placed++;
    if (isFound(event, (byOutfall.get(place) ?? []).filter((piece) => matches(piece, event)))) found++;
  }
  return placed === 0 ? 0 : found / placed;
}

function insideShare(byOutfall: ReadonlyMap<string, readonly Piece[]>, busy: ReadonlyMap<string, readonly Span[]>): number {
  let inside = 0;
  let total = 0;
  for (const [outfall, pieces] of byOutfall) {
    for (const piece of pieces) {
      total += piece.end - piece.start;
      inside += covered(piece, busy.get(outfall) ?? []);
    }
  }
  return total === 0 ? 0 : inside / total;
}
