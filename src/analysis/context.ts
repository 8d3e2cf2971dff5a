import { DAY, HOUR, instant, type FactorCode, type Instant } from '#kernel';
import type { Columns, HourSeries, HourState, OutfallFacts, PlantStateTracker, PowerSeries, StepSeries } from '#quality';
import type { Context, DailySummary, Mark, PastFinding, Peer, Registration, SiblingFinding } from './contract.ts';
import { besideOf } from './peers/peers.ts';
import { WORK_LIMIT, WORK_PER_QUESTION, WorkExceeded } from './live/work-limit.ts';

/** What a model may ask for beside hours: minute steps, signs of life, stamps and alarms of frames, totals beyond the window, other outfalls. */
export type Asked = 'steps' | 'contacts' | 'totals' | 'peers';

interface Window {
  readonly from: number;
  readonly t0: number;
  readonly length: number;
}

/** What others published, as seen from one daily moment. */
export interface PeerView {
  readonly peers: readonly Peer[];
  readonly own: readonly DailySummary[];
}
export const NO_PEERS: PeerView = { peers: [], own: [] };

/** What a view says of the unit's other outfalls and of the trade. */
interface Around {
  readonly view: PeerView | undefined;
  readonly beside: readonly SiblingFinding[];
  readonly trade: PeerView;
}

/** A model asked for what is not kept: it cannot tell. */
export class NotKept extends Error {
  readonly missing: string;
  constructor(reason: string, missing: string) {
    super(reason);
    this.missing = missing;
  }
}

/** Made once: where nobody's summaries were kept it is thrown at every question, and a trace of its place costs more than the question. */
const NO_SUMMARIES = new NotKept('daily summaries of outfalls are not kept that long', 'daily summaries');

/**
 * Builds the context of one outfall again and again. Series are views on the facts' columns, cut once per hour or
 * step and never copied; a model must not keep them.
 */
export class ContextBuilder {
  readonly #facts: OutfallFacts;
  readonly #state: PlantStateTracker;
  #daily = new Map<string, unknown>();
  /** What was asked for so far. */
  readonly asked = new Set<Asked>();
  /** In force until the next daily moment; undefined where nobody's summaries were kept. */
  peerView: PeerView | undefined = NO_PEERS;
  readonly #views: SeriesViews;
  #allFactors: readonly FactorCode[] = [];
  #ownFactors: readonly FactorCode[] = [];
  #around: Around = { view: NO_PEERS, beside: [], trade: NO_PEERS };

  constructor(facts: OutfallFacts, state: PlantStateTracker, views = new SeriesViews(facts)) {
    this.#facts = facts;
    this.#state = state;
    this.#views = views;
  }

  /** Once-a-day values as they stand: plain data. */
  get learnt(): Map<string, unknown> {
    return this.#daily;
  }

  set learnt(values: Map<string, unknown>) {
    this.#daily = values;
  }

  /** At the daily moment: yesterday's once-a-day values are no longer in force. */
  forgetDaily(): void {
    this.#daily.clear();
  }

  at(now: number, registration: Registration, recent: readonly PastFinding[], again?: Context['again']): Context {
    return new FactsContext(now, registration, recent, this, again);
  }

  get facts(): OutfallFacts {
    return this.#facts;
  }

  /** Without channels before treatment and of the process, whose names have a dot. */
  get ownFactors(): readonly FactorCode[] {
    const { factors } = this.#facts.hours;
    if (factors !== this.#allFactors) [this.#allFactors, this.#ownFactors] = [factors, factors.filter((code) => !code.includes('.'))];
    return this.#ownFactors;
  }

  get summaries(): PeerView {
    this.asked.add('peers');
    if (this.peerView === undefined) throw NO_SUMMARIES;
    return this.peerView;
  }

  /** Empty where nobody's summaries were kept; worked out once for each look at the peers. */
  get around(): Around {
    this.asked.add('peers');
    if (this.#around.view !== this.peerView) {
      const view = this.peerView;
      const { peers, own } = view ?? NO_PEERS;
      this.#around = { view, beside: besideOf(peers), trade: { own, peers: peers.filter((peer) => peer.relations.includes('industry')) } };
    }
    return this.#around;
  }

  stateAt(now: number): HourState {
    return this.#state.at(now);
  }

  hourStateAt(now: number, at: number, column: 'state' | 'byData' | 'byPower'): number | undefined {
    return this.#state.hourAt(now, at, column);
  }

  daily<T>(key: string, compute: () => T): T {
    if (!this.#daily.has(key)) this.#daily.set(key, compute());
    return this.#daily.get(key) as T;
  }

  hour(factor: FactorCode, now: number): HourSeries | undefined {
    return this.#views.hour(factor, now);
  }

  step(factor: FactorCode, now: number): StepSeries | undefined {
    this.asked.add('steps');
    return this.#views.step(factor, now);
  }

  power(now: number): readonly PowerSeries[] {
    return this.#views.power(now);
  }
}

/** The windows of one outfall's series, for all who look at them at one moment. */
export class SeriesViews {
  readonly #facts: OutfallFacts;
  readonly #steps = new Views<StepSeries>();
  readonly #hours = new Views<HourSeries>();
  readonly #power = new Views<PowerSeries>();

  constructor(facts: OutfallFacts) {
    this.#facts = facts;
  }

  #window(table: { base: number; stepMs: number; row(at: number): number }, now: number): Window {
    const t0 = this.#facts.windowStart(now);
    return { from: table.row(t0), t0, length: Math.max(0, Math.floor((now - t0) / table.stepMs)) };
  }

  hour(factor: FactorCode, now: number): HourSeries | undefined {
    const { hours } = this.#facts;
    if (hours.columns(factor) === undefined) return undefined;
    const w = this.#window(hours, now);
    hours.reserve(w.from + w.length);
    return this.#hours.at(w, hours.generation).of(factor, () => new HourWindow(hours.columns(factor) as Columns, w));
  }

  step(factor: FactorCode, now: number): StepSeries | undefined {
    const { steps } = this.#facts;
    if (steps.columns(factor) === undefined) return undefined;
    const w = this.#window(steps, now);
    steps.reserve(w.from + w.length);
    return this.#steps.at(w, steps.generation).of(factor, () => stepView(steps.columns(factor) as Columns, w, steps.stepMs));
  }

  power(now: number): readonly PowerSeries[] {
    const { power, profile } = this.#facts;
    const w = this.#window(power, now);
    power.reserve(w.from + w.length);
    const views = this.#power.at(w, power.generation);
    return profile.meters.flatMap((meter) => {
      const columns = power.columns(meter.meter as unknown as FactorCode);
      return columns === undefined ? [] : [views.of(meter, () => ({ ...stepView(columns, w, power.stepMs), ...meter }))];
    });
  }
}

/** Views on the columns of one table, cut anew when the window or the place of the columns in memory changes. */
class Views<V> {
  #from = Number.NaN;
  #length = Number.NaN;
  #generation = Number.NaN;
  readonly #views = new Map<unknown, V>();

  at(w: Window, generation: number): this {
    if (w.from !== this.#from || w.length !== this.#length || generation !== this.#generation) {
      this.#views.clear();
      this.#from = w.from;
      this.#length = w.length;
      this.#generation = generation;
    }
    return this;
  }

  of(key: unknown, cut: () => V): V {
    let view = this.#views.get(key);
    if (view === undefined) this.#views.set(key, (view = cut()));
    return view;
  }
}

const numbers = (column: Float64Array, w: Window): Float64Array => new Float64Array(column.buffer, column.byteOffset + w.from * 8, w.length);
const bytes = (column: Uint8Array, w: Window): Uint8Array => new Uint8Array(column.buffer, column.byteOffset + w.from, w.length);

function stepView({ avg, flag, arrivedAt }: Columns, w: Window, stepMs: number): StepSeries {
  return { t0: w.t0, stepMs, length: w.length, avg: numbers(avg, w), flag: bytes(flag, w), arrivedAt: numbers(arrivedAt, w) };
}

/** The window of an hour table; a column is cut when it is first asked for: most models ask for two or three of nine. */
class HourWindow implements HourSeries {
  readonly stepMs = HOUR;
  readonly t0: number;
  readonly length: number;
  readonly #columns: Columns;
  readonly #window: Window;
  readonly #numbers: Partial<Record<'avg' | 'arrivedAt' | 'min' | 'max' | 'cou' | 'zsAvg' | 'sampleTime', Float64Array>> = {};
  readonly #bytes: Partial<Record<'flag' | 'valid', Uint8Array>> = {};

  constructor(columns: Columns, window: Window) {
    this.#columns = columns;
    this.#window = window;
    this.t0 = window.t0;
    this.length = window.length;
  }

  get avg(): Float64Array {
    return (this.#numbers.avg ??= numbers(this.#columns.avg, this.#window));
  }
  get flag(): Uint8Array {
    return (this.#bytes.flag ??= bytes(this.#columns.flag, this.#window));
  }
  get arrivedAt(): Float64Array {
    return (this.#numbers.arrivedAt ??= numbers(this.#columns.arrivedAt, this.#window));
  }
  get min(): Float64Array {
    return (this.#numbers.min ??= numbers(this.#columns.min, this.#window));
  }
  get max(): Float64Array {
    return (this.#numbers.max ??= numbers(this.#columns.max, this.#window));
  }
  get cou(): Float64Array {
    return (this.#numbers.cou ??= numbers(this.#columns.cou, this.#window));
  }
  get zsAvg(): Float64Array {
    return (this.#numbers.zsAvg ??= numbers(this.#columns.zsAvg, this.#window));
  }
  get sampleTime(): Float64Array {
    return (this.#numbers.sampleTime ??= numbers(this.#columns.sampleTime, this.#window));
  }
  get valid(): Uint8Array {
    return (this.#bytes.valid ??= bytes(this.#columns.valid, this.#window));
  }
}

const FEW_HOURS = 24;

/** One moment's view; everything is looked up only when a model asks. */
class FactsContext implements Context {
  readonly now: Instant;
  readonly reg: Registration;
  readonly recent: readonly PastFinding[];
  readonly again: Context['again'];
  readonly #builder: ContextBuilder;
  #power: readonly PowerSeries[] | undefined;
  #state: HourState | undefined;
  #hoursOfState = 0;
  #lastFactor: FactorCode | undefined;
  #lastHours: HourSeries | undefined;
  #work = 0;

  constructor(now: number, reg: Registration, recent: readonly PastFinding[], builder: ContextBuilder, again: Context['again']) {
    this.again = again;
    this.now = instant(now);
    this.reg = reg;
    this.recent = recent;
    this.#builder = builder;
  }

  #handOut<T extends { readonly length: number } | undefined>(series: T): T {
    this.#work += WORK_PER_QUESTION + (series?.length ?? 0);
    if (this.#work > WORK_LIMIT) throw new WorkExceeded();
    return series;
  }

  get activeSince(): number {
    return this.#builder.facts.activeSince;
  }
  get factors(): readonly FactorCode[] {
    return this.#builder.ownFactors;
  }
  get revisions() {
    return this.#builder.facts.revisions;
  }
  get marks(): readonly Mark[] {
    return this.#builder.facts.marks;
  }
  get maintenance() {
    return this.#builder.facts.maintenance;
  }
  get doors() {
    return this.#builder.facts.doors;
  }
  get doorAlarms() {
    this.#builder.asked.add('contacts');
    return this.#builder.facts.doorAlarms;
  }
  get videos() {
    return this.#builder.facts.videos;
  }
  get orders() {
    return this.#builder.facts.orders;
  }
  get weather() {
    return this.#builder.facts.weather;
  }
  get samples() {
    return this.#builder.facts.told.samples;
  }
  get calibrations() {
    return this.#builder.facts.told.calibrations;
  }
  get parameters() {
    return this.#builder.facts.told.parameters;
  }
  get waste() {
    return this.#builder.facts.told.waste;
  }
  get manifests() {
    return this.#builder.facts.told.manifests;
  }
  get inspections() {
    return this.#builder.facts.told.inspections;
  }
  get surveys() {
    return this.#builder.facts.told.surveys;
  }
  get stations() {
    return this.#builder.facts.told.stations;
  }
  get electrical() {
    return this.#builder.facts.told.electrical;
  }
  get beside(): readonly SiblingFinding[] {
    return this.#builder.around.beside;
  }
  get trade(): PeerView {
    return this.#builder.around.trade;
  }
  get peers(): readonly Peer[] {
    return this.#builder.summaries.peers;
  }
  get ownDays(): readonly DailySummary[] {
    return this.#builder.summaries.own;
  }
  get devices() {
    this.#builder.asked.add('contacts');
    return this.#builder.facts.devices;
  }
  get clockSamples() {
    this.#builder.asked.add('contacts');
    return this.#builder.facts.clockSamples.filter((sample) => sample.arrivedAt >= this.now - DAY).reverse();
  }
  get power(): readonly PowerSeries[] {
    return this.#handOut((this.#power ??= this.#builder.power(this.now)));
  }
  get state(): HourState {
    return this.#handOut((this.#state ??= this.#builder.stateAt(this.now)));
  }
  stateAt(at: number, column: 'state' | 'byData' | 'byPower'): number | undefined {
    this.#handOut(undefined);
    // Whoever looks at many hours is given them all at once.
    if (this.#state === undefined && ++this.#hoursOfState > FEW_HOURS) this.#state = this.#builder.stateAt(this.now);
    return this.#state === undefined ? this.#builder.hourStateAt(this.now, at, column) : this.#state[column][Math.floor((at - this.#state.t0) / HOUR)];
  }
  step(factor: FactorCode): StepSeries | undefined {
    return this.#handOut(this.#builder.step(factor, this.now));
  }
  hour(factor: FactorCode): HourSeries | undefined {
    // Models ask for one factor in a row, value by value.
    if (factor !== this.#lastFactor) {
      this.#lastHours = this.#builder.hour(factor, this.now);
      this.#lastFactor = factor;
    }
    return this.#handOut(this.#lastHours);
  }
  accumulated(factor: FactorCode) {
    this.#builder.asked.add('totals');
    return this.#builder.facts.accumulated(factor, this.now);
  }
  daily<T>(key: string, compute: () => T): T {
    return this.#builder.daily(key, compute);
  }
}
