import { DAY, HOUR } from '#kernel';

/** The scoring rule (docs/score.md), on plain records: no files, no clock, no chance. Times in epoch ms. */

/** A line of `alarms.jsonl` as far as it is scored. */
export interface Alarm {
  readonly outfall: string;
  readonly model: string;
  readonly start: number;
  readonly end: number;
  /** 1 work order, 2 warning, 3 reminder. */
  readonly tier: 1 | 2 | 3;
  readonly raised_at: number;
  readonly factors: readonly string[];
  /** When each tier was first reached. */
  readonly evidence?: { readonly steps: readonly { readonly tier: 1 | 2 | 3; readonly at: number }[] };
}

/** A line of `labels.jsonl` as far as it is scored. */
export interface Label {
  readonly id: string;
  readonly outfall: string;
  readonly kind: string;
  readonly benign: boolean;
  readonly start: number;
  readonly end: number;
  readonly tier: 1 | 2 | 3 | null;
  /** Every outfall on which an alarm counts as a hit. */
  readonly outfalls: readonly string[];
  /** What was drawn for it. */
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An alarm, or a day of an alarm that lasts over seven days: what is counted. */
export interface Piece extends Span {
  readonly alarm: Alarm;
}

export const LONGEST_WHOLE = 7 * DAY;
export const LEAST_SHARE = 0.2;
const BEFORE = HOUR;
const AFTER = 6 * HOUR;
const BEGINS_WITHIN = 6 * HOUR;
const COVERS_HOURS = 12 * HOUR;
const COVERS_SHARE = 0.1;

/** Alarms over seven days are cut into days, the last one shorter; others stay whole. */
export function piecesOf(alarm: Alarm): Piece[] {
  if (alarm.end - alarm.start <= LONGEST_WHOLE) return [{ alarm, start: alarm.start, end: alarm.end }];
  const pieces: Piece[] = [];
  for (let t = alarm.start; t < alarm.end; t += DAY) pieces.push({ alarm, start: t, end: Math.min(t + DAY, alarm.end) });
  return pieces;
}

/** An hour before the event to six hours after it. */
export const windowOf = (event: Span): Span => ({ start: event.start - BEFORE, end: event.end + AFTER });

export const shared = (a: Span, b: Span): number => Math.min(a.end, b.end) - Math.max(a.start, b.start);

/** They intersect, and the intersection is at least a fifth of the alarm. An alarm without length matches where it lies. */
export function matches(piece: Span, event: Span): boolean {
  const common = shared(piece, windowOf(event));
  const length = piece.end - piece.start;
  return length <= 0 ? common >= 0 : common > 0 && common >= LEAST_SHARE * length;
}

/** Matching pieces of one outfall that find the event: one begins within 6 h of its start, or they cover min(12 h, 10 %). */
export function isFound(event: Span, matching: readonly Span[]): boolean {
  if (matching.some((piece) => Math.abs(piece.start - event.start) <= BEGINS_WITHIN)) return true;
  const needed = Math.min(COVERS_HOURS, COVERS_SHARE * (event.end - event.start));
  return matching.length > 0 && covered(windowOf(event), matching) >= needed;
}

/** Length of the part of `span` that the pieces cover together. */
export function covered(span: Span, pieces: readonly Span[]): number {
  let total = 0;
  let until = span.start;
  for (const piece of [...pieces].sort((a, b) => a.start - b.start)) {
    const from = Math.max(until, piece.start);
    const to = Math.min(span.end, piece.end);
    if (to > from) {
      total += to - from;
      until = to;
    }
  }
  return total;
}

export type Verdict = 'true' | 'neutral' | 'false';

/** An alarm that meets an event is true; a reminder on a look-alike is neutral; everything else is false. */
export function verdictOf(piece: Piece, labels: readonly Label[]): Verdict {
  const met = labels.filter((label) => label.outfalls.includes(piece.alarm.outfall) && matches(piece, label));
  if (met.some((label) => !label.benign)) return 'true';
  return piece.alarm.tier === 3 && met.length > 0 ? 'neutral' : 'false';
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Wilson's interval of a share, 95 %. */
export function wilson(hits: number, n: number, z = 1.96): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const p = hits / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
