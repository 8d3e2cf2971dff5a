import { HOUR, type FactorCode, type MeterId } from '#kernel';
import type { Arrival, Fact, PeriodValue } from '#quality';

/**
 * Rows of the series store for a few outfalls, column by column: row i holds the values `ends[i - 1]` to `ends[i]` of
 * every field, for the names `words[names[i]]` (codes joined by a space). In order of outfall, start and known time.
 */
export interface ValueRows {
  readonly outfalls: readonly string[];
  readonly outfall: Uint32Array;
  readonly start: Float64Array;
  readonly knownAt: Float64Array;
  readonly words: readonly string[];
  readonly names: Uint32Array;
  readonly ends: Float64Array;
  readonly fields: Readonly<Record<string, Float64Array | Uint8Array>>;
}

/** Reasons of a verdict as the store hands them over: by place in this list, 1-based. */
export const REASONS = ['OK', 'INCOMPLETE', 'NO_STEPS_SENT'] as const;
const INCOMPLETE = REASONS.indexOf('INCOMPLETE') + 1;
const NO_STEPS_SENT = REASONS.indexOf('NO_STEPS_SENT') + 1;

/** Rows `from` to `to` of one outfall. */
export interface RowSpan {
  readonly rows: ValueRows;
  readonly from: number;
  readonly to: number;
}

/** Where each outfall lies in the rows. */
export function spansOf(rows: ValueRows): Map<string, RowSpan> {
  const spans = new Map<string, RowSpan>();
  for (let i = 0; i < rows.start.length; ) {
    const outfall = rows.outfall[i];
    let to = i + 1;
    while (to < rows.start.length && rows.outfall[to] === outfall) to += 1;
    spans.set(rows.outfalls[outfall as number] as string, { rows, from: i, to });
    i = to;
  }
  return spans;
}

const lists = new Map<string, readonly FactorCode[]>();
function namesOf(text: string): readonly FactorCode[] {
  let list = lists.get(text);
  if (list === undefined) lists.set(text, (list = text === '' ? [] : (text.split(' ') as FactorCode[])));
  return list;
}

/** A stored row as an arrival: its facts and its place among arrivals of one millisecond are made when they are asked for. */
class RowArrival implements Arrival {
  readonly knownAt: number;
  readonly #rows: ValueRows;
  readonly #i: number;
  readonly #factsOf: (i: number) => readonly Fact[];
  constructor(rows: ValueRows, i: number, factsOf: (i: number) => readonly Fact[]) {
    this.knownAt = rows.knownAt[i] as number;
    this.#rows = rows;
    this.#i = i;
    this.#factsOf = factsOf;
  }
  get order(): string {
    return `${this.#rows.start[this.#i]} ${this.#rows.words[this.#rows.names[this.#i] as number]}`;
  }
  get facts(): readonly Fact[] {
    return this.#factsOf(this.#i);
  }
}

const isRepeat = ({ start, knownAt, names }: ValueRows, i: number, from: number): boolean =>
  i > from && start[i] === start[i - 1] && knownAt[i] === knownAt[i - 1] && names[i] === names[i - 1];

function arrivalsOf(span: RowSpan | undefined, skip: (knownAt: number) => boolean, factOf: (rows: ValueRows, i: number, first: number) => Fact, contact: Fact | undefined): Arrival[] {
  if (span === undefined) return [];
  const { rows, from, to } = span;
  const found: Arrival[] = [];
  const factsOf = (i: number): readonly Fact[] => {
    const fact = factOf(rows, i, i === 0 ? 0 : (rows.ends[i - 1] as number));
    return contact === undefined ? [fact] : [fact, contact];
  };
  for (let i = from; i < to; i++) {
    // A batch written again after a crash may lie twice until the store has merged it.
    if (!isRepeat(rows, i, from) && !skip(rows.knownAt[i] as number)) found.push(new RowArrival(rows, i, factsOf));
  }
  return found;
}

const at = (field: Float64Array | Uint8Array | undefined, i: number): number => field?.[i] ?? Number.NaN;

/** Hours; `stepMs` where no steps are at hand: how complete an hour was then follows from what quality said of it. */
export function hourArrivals(span: RowSpan | undefined, stepMs: number | undefined, marksKnown: ReadonlySet<number>, contact: Fact): Arrival[] {
  const whole = stepMs === undefined ? 0 : Math.min(255, HOUR / stepMs);
  const factOf = (rows: ValueRows, i: number, first: number): Fact => {
    const { avg, min, max, cou, zsAvg, sampleTime, flag, reason } = rows.fields;
    const values = namesOf(rows.words[rows.names[i] as number] as string).map((factor, k): PeriodValue => {
      const j = first + k;
      const value: PeriodValue = {
        factor, avg: at(avg, j), min: at(min, j), max: at(max, j), cou: at(cou, j), zsAvg: at(zsAvg, j), sampleTime: at(sampleTime, j), flag: flag?.[j] ?? 0,
      };
      const said = reason?.[j] ?? 0;
      if (stepMs !== undefined && said !== NO_STEPS_SENT) value.normalSteps = said === INCOMPLETE ? 0 : whole;
      return value;
    });
    return { kind: 'hour', start: rows.start[i] as number, values };
  };
  // What a mark made of an hour was copied as a further row; the mark itself does it again here.
  return arrivalsOf(span, (knownAt) => marksKnown.has(knownAt), factOf, contact);
}

export function stepArrivals(span: RowSpan | undefined, contact: Fact): Arrival[] {
  const none = { min: Number.NaN, max: Number.NaN, cou: Number.NaN, zsAvg: Number.NaN, sampleTime: Number.NaN };
  return arrivalsOf(span, () => false, (rows, i, first) => ({
    kind: 'step', start: rows.start[i] as number,
    values: namesOf(rows.words[rows.names[i] as number] as string).map((factor, k) => ({ factor, avg: at(rows.fields['avg'], first + k), ...none, flag: rows.fields['flag']?.[first + k] ?? 0 })),
  }), contact);
}

export function powerRowArrivals(span: RowSpan | undefined): Arrival[] {
  return arrivalsOf(span, () => false, (rows, i, first) => ({
    kind: 'power', at: rows.start[i] as number,
    readings: namesOf(rows.words[rows.names[i] as number] as string).map((meter, k) => ({ meter: meter as unknown as MeterId, kw: at(rows.fields['kw'], first + k) })),
  }), undefined);
}
