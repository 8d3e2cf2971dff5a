import { DAY, HOUR, type FactorCode, type MeterId, type OutfallId } from '#kernel';
import { ColumnTable, localMidnight, type Columns } from './columns.ts';
import { applyDoor, applyDoorBits, applyOpening } from './doors.ts';
import type { Arrival, ContactFact, Fact, MaintenanceFact, OrderFact, PeriodFact, PeriodValue, PowerFact, VideoFact, WeatherFact } from './facts.ts';
import { FLAGS, flagIndex, VALID_FLAG, type Flag } from './flags.ts';
import { HourVerdicts, type VerdictChange } from './hour-verdicts.ts';
import { markClassOf } from './marks/marks.ts';
import { ByteSink, ByteSource, packBytes, unpackBytes } from './pack-columns.ts';
import type { RuleBook } from './rules.ts';
import type { DoorAlarm, DoorOpening, Mark, Revision } from './series.ts';
import { put, putByTime, ToldFacts } from './told-facts.ts';
import type { Verdict, VerdictReason } from './verdict.ts';
import { YearMasses } from './totals/year-masses.ts';

/** What judging needs to know of an outfall to keep its facts. */
export interface FactsProfile {
  readonly outfall: OutfallId;
  readonly type: 'gas' | 'water';
  readonly stepMs: number;
  readonly powerStepMs: number;
  readonly meters: readonly { readonly meter: MeterId; readonly role: 'production' | 'treatment' | 'main'; readonly ratedKw: number }[];
  readonly spans: ReadonlyMap<FactorCode, number>;
  /** Resolution of the flow channel, for "is it discharging" (U03w). */
  readonly flowResolution: number | undefined;
  /** Rules of the region by day; without them the national minima hold and drift alone fails no check. */
  readonly rules?: RuleBook;
}

/** Days kept: the longest window of any model is 60 days, with room for late frames. */
export const WINDOW_DAYS = 75;
/** Once a day at 02:00 local the window moves on (analysis: the daily moment). */
const DAY_MOMENT = 2 * HOUR;
const NORMAL = flagIndex.NORMAL;
const REVISED = ['avg', 'zsAvg', 'cou', 'min', 'max'] as const;

interface Device {
  mn: string;
  role: 'data' | 'door' | 'power';
  lastSeen: number;
}
interface ClockSample {
  qn: number;
  dataTime: number;
  cn: string;
  arrivedAt: number;
}

/** Days of all columns, packed: what is stored of them at once. */
export interface FactsPiece {
  /** Beginning, epoch ms. */
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** All that is known beside the columns; plain data. */
export type FactsState = OutfallFacts['state'];

const flagAt = (index: number): Flag => FLAGS[index] ?? 'UNKNOWN';

/**
 * All facts known of one outfall, in columns, for a bounded window. It is fed in known-time order, so at any moment it
 * holds exactly what was known then. A repeated hour never overwrites: the first version stays in
 * force and every other one is kept as a revision.
 */
export class OutfallFacts {
  profile: FactsProfile;
  readonly hours: ColumnTable;
  readonly steps: ColumnTable;
  readonly power: ColumnTable;
  activeSince: number;
  revisions: Revision[] = [];
  maintenance: MaintenanceFact[] = [];
  doors: DoorOpening[] = [];
  doorAlarms: DoorAlarm[] = [];
  videos: VideoFact[] = [];
  orders: OrderFact[] = [];
  weather: WeatherFact[] = [];
  readonly told = new ToldFacts();
  devices: Device[] = [];
  clockSamples: ClockSample[] = [];
  /** First hour row whose inputs changed since the plant state was last computed. */
  dirtyFrom = Number.POSITIVE_INFINITY;
  /** Told before a value is given to an hour or a meter interval that already came: what was known before it can still be seen. */
  beforePastChanges: () => void = () => undefined;
  #doorBits = { REMOVED: false, FAULT: false };
  #latest = new Map<string, PeriodValue & { start: number; arrivedAt: number }>();
  readonly #verdicts: HourVerdicts;
  #powerCount = new Map<MeterId, { row: number; n: number }>();
  readonly #masses = new YearMasses();

  /** `from` is given when a fold is taken up again: nothing before the window of that moment is needed. */
  constructor(profile: FactsProfile, activeSince: number, from = activeSince) {
    this.profile = profile;
    this.activeSince = activeSince;
    const base = this.windowStart(from);
    this.hours = new ColumnTable(HOUR, base, 'hour');
    this.steps = new ColumnTable(profile.stepMs, base, 'step');
    this.power = new ColumnTable(profile.powerStepMs, base, 'step');
    this.#verdicts = new HourVerdicts(this.hours, () => this.profile, (...hour) => this.#countMass(...hour));
  }

  /** Applies what became known at `arrival.knownAt`, and says whether hours came. Must be called in known-time order. */
  apply(arrival: Arrival): boolean {
    this.#verdicts.changes = [];
    let hours = false;
    for (const fact of arrival.facts) {
      if (fact.kind === 'hour') hours = true;
      this.#applyOne(fact, arrival.knownAt);
    }
    return hours;
  }

  #applyOne(fact: Fact, knownAt: number): void {
    switch (fact.kind) {
      case 'step':
        return this.#applySteps(fact, knownAt);
      case 'hour':
        return this.#applyHours(fact, knownAt);
      case 'day':
        return; // The daily mean is recomputed from hours; the sent one stays in the journal.
      case 'contact':
        return this.#applyContact(fact, knownAt);
      case 'power':
        return this.#applyPower(fact, knownAt);
      case 'door':
        this.doors = applyDoor(this.doors, fact, knownAt);
        return void (this.doorAlarms = applyDoorBits(this.doorAlarms, this.#doorBits, fact, knownAt));
      case 'opening':
        return void (this.doors = applyOpening(this.doors, fact, knownAt));
      case 'mark':
        return this.#verdicts.takeMark({ ...fact, kind: fact.markKind, class: markClassOf(fact.markKind) });
      case 'maintenance':
        return void put((this.maintenance = [...this.maintenance]), fact, ['start', 'what', 'factors']);
      case 'video':
        return void put((this.videos = [...this.videos]), fact, ['start', 'camera', 'event']);
      case 'order':
        return void put((this.orders = [...this.orders]), fact, ['start', 'end']);
      case 'weather':
        putByTime(this.weather, fact, ['at', 'county']);
        this.dirtyFrom = Math.min(this.dirtyFrom, this.hours.row(fact.at));
        return;
      case 'calibration':
        this.#verdicts.takeCheck(fact);
        return this.told.take(fact);
      default:
        return this.told.take(fact);
    }
  }

  /** Older than the window was at the last daily moment, or more than a day ahead: kept in the journal, not judged. */
  #inWindow(start: number, width: number, knownAt: number): boolean {
    const lastDaily = localMidnight(knownAt - DAY_MOMENT) + DAY_MOMENT;
    return start >= this.windowStart(lastDaily) && start >= this.hours.base && start + width <= knownAt + DAY;
  }

  #applySteps(fact: PeriodFact, knownAt: number): void {
    if (!this.#inWindow(fact.start, this.steps.stepMs, knownAt)) return;
    const row = this.steps.row(fact.start);
    const hourRow = this.hours.row(fact.start);
    for (const value of fact.values) {
      const columns = this.steps.ensure(value.factor, row);
      if (!Number.isNaN(columns.arrivedAt[row] as number)) continue;
      columns.avg[row] = value.avg;
      columns.flag[row] = value.flag;
      columns.arrivedAt[row] = knownAt;
      this.#verdicts.stepSeen(value.factor);
      if (VALID_FLAG[value.flag] !== true || Number.isNaN(value.avg)) continue;
      const hours = this.hours.ensure(value.factor, hourRow);
      hours.okSteps[hourRow] = Math.min(255, (hours.okSteps[hourRow] as number) + 1);
      if (!Number.isNaN(hours.arrivedAt[hourRow] as number)) this.#verdicts.judge(value.factor, hours, hourRow, 'STEPS');
    }
  }

  #applyHours(fact: PeriodFact, knownAt: number): void {
    if (!this.#inWindow(fact.start, HOUR, knownAt)) return;
    const row = this.hours.row(fact.start);
    for (const value of fact.values) {
      const columns = this.hours.ensure(value.factor, row);
      if (Number.isNaN(columns.arrivedAt[row] as number)) {
        columns.arrivedAt[row] = knownAt;
        columns.flag[row] = value.flag;
      } else {
        if (Number.isNaN(columns.avg[row] as number)) this.beforePastChanges();
        this.#revise(fact.start, value, columns, row, knownAt);
      }
      this.#fill(columns, row, value);
      if (value.normalSteps !== undefined) {
        columns.okSteps[row] = value.normalSteps;
        this.#verdicts.stepSeen(value.factor);
      }
      this.#verdicts.judge(value.factor, columns, row, 'FRAME');
    }
    this.dirtyFrom = Math.min(this.dirtyFrom, row);
  }

  /** Fields that were empty take the value; a field that holds one keeps it. */
  #fill(columns: Columns, row: number, value: PeriodValue): void {
    if (Number.isNaN(columns.cou[row] as number) && !Number.isNaN(value.cou)) {
      this.hours.set(columns, 'cou', row, value.cou);
      if (columns.valid[row] === 1) this.#countMass(value.factor, columns, row);
    }
    if (Number.isNaN(columns.avg[row] as number)) columns.avg[row] = value.avg;
    if (Number.isNaN(columns.min[row] as number)) this.hours.set(columns, 'min', row, value.min);
    if (Number.isNaN(columns.max[row] as number)) this.hours.set(columns, 'max', row, value.max);
    if (Number.isNaN(columns.zsAvg[row] as number)) this.hours.set(columns, 'zsAvg', row, value.zsAvg);
    if (Number.isNaN(columns.sampleTime[row] as number)) this.hours.set(columns, 'sampleTime', row, value.sampleTime);
  }

  /** Only what valid hours emitted counts: an hour comes in with its verdict and goes out with it. */
  #countMass(factor: FactorCode, columns: Columns, row: number): void {
    const kg = columns.cou[row] as number;
    if (!Number.isNaN(kg)) this.#masses.add(factor, this.hours.base + row * HOUR, kg, columns.valid[row] === 1 ? 1 : -1);
  }

  #revise(start: number, value: PeriodValue, columns: Columns, row: number, knownAt: number): void {
    const key = `${value.factor} ${start}`;
    const before = this.#latest.get(key) ?? {
      avg: columns.avg[row] as number, zsAvg: columns.zsAvg[row] as number, cou: columns.cou[row] as number,
      min: columns.min[row] as number, max: columns.max[row] as number, flag: columns.flag[row] as number,
      arrivedAt: columns.arrivedAt[row] as number,
    };
    const flags = { flagBefore: flagAt(before.flag), flagAfter: flagAt(value.flag), arrivedBefore: before.arrivedAt, arrivedAfter: knownAt };
    const changed = REVISED.filter((field) => before[field] !== value[field] && !Number.isNaN(before[field]) && !Number.isNaN(value[field]));
    if (changed.length === 0 && before.flag === value.flag) return;
    const fields = changed.length > 0 ? changed : (['avg'] as const);
    for (const field of fields) {
      this.revisions.push({ factor: value.factor, start, field, before: before[field], after: value[field], ...flags });
    }
    this.#latest.set(key, { ...value, start, arrivedAt: knownAt });
  }

  /** What quality says of an hour as known now; undefined where nothing came. */
  verdictOf(factor: FactorCode, row: number): { readonly verdict: Verdict; readonly reason: VerdictReason } | undefined {
    return this.#verdicts.of(factor, row);
  }

  /** Verdicts that the last arrival changed: exactly the hours it touched. */
  get rejudged(): readonly VerdictChange[] {
    return this.#verdicts.changes;
  }

  /** Marks in the order of their submission. */
  get marks(): readonly Mark[] {
    return this.#verdicts.marks;
  }

  /** When a factor was out of control, as known now. */
  outOfControl(factor: FactorCode): readonly { readonly start: number; readonly end: number; readonly failedAt: number }[] {
    return this.#verdicts.spansOf(factor);
  }

  #applyContact(fact: ContactFact, knownAt: number): void {
    const device = this.devices.find((one) => one.mn === fact.mn && one.role === fact.role);
    if (device) device.lastSeen = knownAt;
    else this.devices.push({ mn: fact.mn, role: fact.role, lastSeen: knownAt });
    if (fact.role !== 'data' || (fact.cn !== '2051' && fact.cn !== '2061')) return;
    this.clockSamples.push({ qn: fact.qn, dataTime: fact.dataTime, cn: fact.cn, arrivedAt: knownAt });
  }

  #applyPower(fact: PowerFact, knownAt: number): void {
    if (!this.#inWindow(fact.at, 0, knownAt)) return;
    if (fact.details) this.told.electrical.push(...fact.details);
    const row = this.power.row(fact.at);
    for (const { meter, kw } of fact.readings) {
      const columns = this.power.ensure(meter as unknown as FactorCode, row);
      const count = this.#powerCount.get(meter);
      const old = columns.avg[row] as number;
      if (Number.isNaN(old)) {
        columns.avg[row] = kw;
        columns.flag[row] = NORMAL;
        columns.arrivedAt[row] = knownAt;
        this.#powerCount.set(meter, { row, n: 1 });
      } else if (count?.row === row) {
        this.beforePastChanges();
        count.n += 1;
        columns.avg[row] = old + (kw - old) / count.n;
      }
    }
    this.dirtyFrom = Math.min(this.dirtyFrom, this.hours.row(fact.at));
  }

  /** Registers a device before it has spoken; `lastSeen` NaN means never heard. */
  expectDevice(mn: string, role: Device['role']): void {
    if (!this.devices.some((one) => one.mn === mn && one.role === role)) this.devices.push({ mn, role, lastSeen: Number.NaN });
  }

  accumulated(factor: FactorCode, now: number): { kg: number; hours: number; missing: number; from: number } {
    return this.#masses.accumulated(factor, now, this.activeSince);
  }

  /** Totals of all years that facts are known of. */
  get masses(): FactsState['masses'] {
    return this.#masses.all;
  }

  /** Totals that began before the facts at hand (a back-test that begins within a year). */
  restoreMasses(masses: FactsState['masses']): void {
    this.#masses.restore(masses);
  }

  /** Start of the window models see at `now`. */
  windowStart(now: number): number {
    return Math.max(localMidnight(this.activeSince), localMidnight(now) - WINDOW_DAYS * DAY);
  }

  /** Forgets what no window reaches any more. Called at the daily moment, so that every processing forgets alike. */
  trim(now: number): void {
    const start = this.windowStart(now);
    for (const table of [this.hours, this.steps, this.power]) table.dropBefore(start);
    this.revisions = this.revisions.filter((revision) => revision.start >= start);
    this.#verdicts.trim(start);
    this.maintenance = this.maintenance.filter((entry) => entry.end >= start);
    this.doors = this.doors.filter((door) => door.openedAt >= start);
    this.doorAlarms = this.doorAlarms.filter((alarm) => alarm.at >= start);
    this.videos = this.videos.filter((video) => video.end >= start);
    this.orders = this.orders.filter((order) => order.end >= start);
    this.weather = this.weather.filter((hour) => hour.at >= start);
    this.clockSamples = this.clockSamples.filter((sample) => sample.arrivedAt >= now - DAY);
    this.told.trim(now);
    for (const [key, version] of this.#latest) if (version.start < start) this.#latest.delete(key);
    this.dirtyFrom = 0;
  }

  get #tables(): readonly [ColumnTable, ColumnTable, ColumnTable] {
    return [this.hours, this.steps, this.power];
  }

  /** Bytes of memory that the columns take. */
  get bytes(): number {
    return this.#tables.reduce((sum, table) => sum + table.bytes, 0);
  }

  /** Start of the oldest columns still kept. */
  get begin(): number {
    return Math.max(...this.#tables.map((table) => table.base));
  }

  /** Pieces of the columns that were written to since the last call. */
  takePieces(): readonly FactsPiece[] {
    const starts = new Set(this.#tables.flatMap((table) => table.takeWritten()));
    return [...starts].sort((a, b) => a - b).map((start) => {
      const sink = new ByteSink();
      for (const table of this.#tables) table.pack(start, sink);
      return { start, bytes: packBytes(sink.written) };
    });
  }

  get state() {
    const { revisions, maintenance, doors, doorAlarms, videos, orders, weather, devices, clockSamples } = this;
    return {
      tables: this.#tables.map((table) => table.shape), verdicts: this.#verdicts.state, masses: this.#masses.all, told: { ...this.told },
      doorBits: { ...this.#doorBits }, latest: new Map(this.#latest), powerCount: new Map(this.#powerCount),
      lists: { revisions, maintenance, doors, doorAlarms, videos, orders, weather, devices, clockSamples },
    };
  }

  /** Takes up what was stored. `pieces` are all that were ever given out, the newest of each beginning. */
  restore(state: FactsState, pieces: Iterable<Uint8Array>): void {
    this.#tables.forEach((table, i) => table.reshape(state.tables[i] as ColumnTable['shape']));
    for (const piece of pieces) {
      const source = new ByteSource(unpackBytes(piece));
      for (const table of this.#tables) table.unpack(source);
    }
    for (const table of this.#tables) table.takeWritten();
    this.#verdicts.restore(state.verdicts);
    this.#masses.restore(state.masses);
    Object.assign(this.told, state.told);
    Object.assign(this, state.lists);
    this.#doorBits = state.doorBits;
    this.#latest = state.latest;
    this.#powerCount = state.powerCount;
    this.dirtyFrom = 0;
  }
}
