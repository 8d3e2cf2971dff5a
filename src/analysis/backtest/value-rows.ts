import { DAY, HOUR, type FactorCode, type MeterId } from '#kernel';
import { byKnownTime, type Arrival, type Fact, type PeriodFact, type PeriodValue } from '#quality';
import type { Watch } from '../contract.ts';

/**
 * Rows of the series store for a few outfalls, column by column: row i holds the values `ends[i - 1]` to `ends[i]` of
 * every field, for the names `words[names[i]]` (codes joined by a space). In order of outfall, start and known time.
 */
export interface ValueRows {
  readonly outfalls: readonly string[];
  readonly outfall: Uint8Array | Uint16Array | Uint32Array;
  readonly start: Float64Array;
  readonly knownAt: Float64Array;
  readonly words: readonly string[];
  readonly names: Uint32Array;
  readonly ends: Uint32Array;
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

/** Arrivals in known-time order, one after another. What `take` gives holds good until the next one is taken. */
export interface ArrivalSource {
  /** Of the next arrival; infinite at the end. */
  readonly knownAt: number;
  /** Its place among arrivals of one millisecond. */
  readonly order: string;
  take(): Arrival;
}

/** Arrivals that are at hand as they are. */
export class ToldSource implements ArrivalSource {
  readonly #arrivals: readonly Arrival[];
  #next = 0;
  constructor(arrivals: readonly Arrival[]) {
    this.#arrivals = [...arrivals].sort(byKnownTime);
  }
  get knownAt(): number {
    return this.#arrivals[this.#next]?.knownAt ?? Number.POSITIVE_INFINITY;
  }
  get order(): string {
    return this.#arrivals[this.#next]?.order ?? '';
  }
  take(): Arrival {
    return this.#arrivals[this.#next++] as Arrival;
  }
}

type FactOf = (i: number, first: number) => Fact;

/** Rows of the store: one arrival and one fact for each list of codes serve all of them. */
class RowSource implements ArrivalSource {
  readonly #rows: ValueRows;
  readonly #places: Uint32Array;
  readonly #factOf: FactOf;
  readonly #arrival: { knownAt: number; readonly order: string; readonly facts: Fact[] };
  #next = 0;

  constructor({ rows, from, to }: RowSpan, skip: ((knownAt: number) => boolean) | undefined, factOf: FactOf, contact: Fact | undefined) {
    this.#rows = rows;
    this.#factOf = factOf;
    this.#arrival = { knownAt: Number.NaN, order: '', facts: contact === undefined ? [] : [contact, contact] };
    const places = new Uint32Array(to - from);
    let n = 0;
    let inOrder = true;
    for (let i = from; i < to; i++) {
      // A batch written again after a crash may lie twice until the store has merged it.
      if (isRepeat(rows, i, from) || skip?.(rows.knownAt[i] as number) === true) continue;
      inOrder &&= n === 0 || (rows.knownAt[i] as number) > (rows.knownAt[places[n - 1] as number] as number);
      places[n++] = i;
    }
    this.#places = places.subarray(0, n);
    if (inOrder) return;
    const { knownAt } = rows;
    this.#places.sort((a, b) => (knownAt[a] as number) - (knownAt[b] as number) || compareText(this.#orderOf(a), this.#orderOf(b)) || a - b);
  }

  #orderOf(i: number): string {
    return `${this.#rows.start[i]} ${this.#rows.words[this.#rows.names[i] as number]}`;
  }
  get knownAt(): number {
    return this.#next < this.#places.length ? (this.#rows.knownAt[this.#places[this.#next] as number] as number) : Number.POSITIVE_INFINITY;
  }
  get order(): string {
    return this.#orderOf(this.#places[this.#next] as number);
  }
  take(): Arrival {
    const i = this.#places[this.#next++] as number;
    this.#arrival.knownAt = this.#rows.knownAt[i] as number;
    this.#arrival.facts[0] = this.#factOf(i, i === 0 ? 0 : (this.#rows.ends[i - 1] as number));
    return this.#arrival;
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isRepeat = ({ start, knownAt, names }: ValueRows, i: number, from: number): boolean =>
  i > from && start[i] === start[i - 1] && knownAt[i] === knownAt[i - 1] && names[i] === names[i - 1];

const NOTHING: ArrivalSource = new ToldSource([]);

const at = (field: Float64Array | Uint8Array | undefined, i: number): number => (field === undefined ? Number.NaN : (field[i] as number));

/** One fact for each list of codes, whose values are written anew for each row. */
function periodFacts(rows: ValueRows, kind: PeriodFact['kind'], write: (value: PeriodValue, j: number) => void): FactOf {
  const facts: { kind: PeriodFact['kind']; start: number; values: PeriodValue[] }[] = [];
  const none = { avg: Number.NaN, min: Number.NaN, max: Number.NaN, cou: Number.NaN, zsAvg: Number.NaN, sampleTime: Number.NaN, flag: 0, normalSteps: undefined };
  return (i, first) => {
    const word = rows.names[i] as number;
    const fact = (facts[word] ??= { kind, start: 0, values: codesOf<FactorCode>(rows, word).map((factor) => ({ factor, ...none })) });
    fact.start = rows.start[i] as number;
    for (let k = 0; k < fact.values.length; k++) write(fact.values[k] as PeriodValue, first + k);
    return fact;
  };
}

const codesOf = <C extends string>({ words }: ValueRows, word: number): C[] => (words[word] === '' ? [] : ((words[word] as string).split(' ') as C[]));

/** Hours; `stepMs` where no steps are at hand: how complete an hour was then follows from what quality said of it. */
export function hourArrivals(span: RowSpan | undefined, stepMs: number | undefined, marksKnown: ReadonlySet<number>, contact: Fact): ArrivalSource {
  if (span === undefined) return NOTHING;
  const { avg, min, max, cou, zsAvg, sampleTime, flag, reason } = span.rows.fields;
  const whole = stepMs === undefined ? 0 : Math.min(255, HOUR / stepMs);
  const write = (value: PeriodValue, j: number): void => {
    value.avg = at(avg, j);
    value.min = at(min, j);
    value.max = at(max, j);
    value.cou = at(cou, j);
    value.zsAvg = at(zsAvg, j);
    value.sampleTime = at(sampleTime, j);
    value.flag = flag?.[j] ?? 0;
    const said = reason?.[j] ?? 0;
    value.normalSteps = stepMs === undefined || said === NO_STEPS_SENT ? undefined : said === INCOMPLETE ? 0 : whole;
  };
  // What a mark made of an hour was copied as a further row; the mark itself does it again here.
  const skip = marksKnown.size === 0 ? undefined : (knownAt: number) => marksKnown.has(knownAt);
  return new RowSource(span, skip, periodFacts(span.rows, 'hour', write), contact);
}

export function stepArrivals(span: RowSpan | undefined, contact: Fact): ArrivalSource {
  if (span === undefined) return NOTHING;
  const { avg, flag } = span.rows.fields;
  return new RowSource(span, undefined, periodFacts(span.rows, 'step', (value, j) => {
    value.avg = at(avg, j);
    value.flag = flag?.[j] ?? 0;
  }), contact);
}

export function powerRowArrivals(span: RowSpan | undefined): ArrivalSource {
  if (span === undefined) return NOTHING;
  const { rows } = span;
  const codes = rows.words.map((_, word) => codesOf<MeterId>(rows, word));
  return new RowSource(span, undefined, (i, first) => ({
    kind: 'power', at: rows.start[i] as number,
    readings: (codes[rows.names[i] as number] as MeterId[]).map((meter, k) => ({ meter, kw: at(rows.fields['kw'], first + k) })),
  }), undefined);
}

/** Several sources as one; of arrivals that are equal in time and order the earlier source's comes first. */
export function* inKnownOrder(sources: readonly ArrivalSource[]): Generator<Arrival> {
  let open = sources.filter((source) => source.knownAt < Number.POSITIVE_INFINITY);
  while (open.length > 1) {
    let [first] = open as [ArrivalSource];
    for (let i = 1; i < open.length; i++) {
      const source = open[i] as ArrivalSource;
      if (source.knownAt < first.knownAt || (source.knownAt === first.knownAt && source.order < first.order)) first = source;
    }
    yield first.take();
    if (first.knownAt === Number.POSITIVE_INFINITY) open = open.filter((source) => source !== first);
  }
  for (const last of open) while (last.knownAt < Number.POSITIVE_INFINITY) yield last.take();
}

/** Starts, in order, of the hours of `days` at which one of the conditions holds; a value that was not sent is NaN. */
export function hoursWatched({ rows, from, to }: RowSpan, days: Float64Array, watches: readonly Watch[]): Float64Array {
  const { avg, zsAvg } = rows.fields;
  const byWord = rows.words.map((_, word) => codesOf<FactorCode>(rows, word).map((factor) => watches.filter((watch) => watch.factor === factor)));
  const holds = ({ field, above, elseAvgAbove }: Watch, j: number): boolean => {
    const sent = at(field === 'zs' ? zsAvg : avg, j);
    return sent > above || (field === 'zs' && Number.isNaN(sent) && at(avg, j) > elseAvgAbove);
  };
  const found: number[] = [];
  for (let i = from, day = 0; i < to; i++) {
    const start = rows.start[i] as number;
    while (day < days.length && (days[day] as number) + DAY <= start) day += 1;
    if (day === days.length) break;
    if (start < (days[day] as number) || start === found.at(-1)) continue;
    const first = i === 0 ? 0 : (rows.ends[i - 1] as number);
    if ((byWord[rows.names[i] as number] as readonly Watch[][]).some((own, k) => own.some((watch) => holds(watch, first + k)))) found.push(start);
  }
  return Float64Array.from(found);
}
