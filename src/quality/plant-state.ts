import { HOUR, type FactorCode } from '#kernel';
import type { Columns } from './columns.ts';
import type { OutfallFacts } from './outfall-facts.ts';
import { CONFLICT, DEFAULT_AMBIENT, gasState, isSinter, powerState, TRANSIENT, UNKNOWN, UsualValues, waterState, type Baseline } from './plant-votes.ts';
import type { HourState } from './series.ts';

const O2 = 'a19001' as FactorCode;
const GAS_FLOW = 'a00000' as FactorCode;
const TEMPERATURE = 'a01012' as FactorCode;
const WATER_FLOW = 'w00000' as FactorCode;

function agree(byData: number, byPower: number): number {
  if (byPower === UNKNOWN) return byData;
  if (byData === UNKNOWN) return byPower;
  if (byData === byPower) return byData;
  if (byData === TRANSIENT || byPower === TRANSIENT) return TRANSIENT;
  return CONFLICT;
}

const at = (column: Float64Array | undefined, row: number): number => column?.[row] ?? Number.NaN;

/**
 * Run/off state per hour from data (votes of O₂, flow, temperature; water: flow) and from production power (U03,
 * U03w). Baselines Q95, T50, P95 come from the window's run hours and are renewed at the daily moment.
 */
export class PlantStateTracker {
  readonly #facts: OutfallFacts;
  readonly #sinter: boolean;
  #base: Baseline = { q95: Number.NaN, t50: Number.NaN, p95: Number.NaN };
  /** Moment whose baselines are in force and have not been computed yet; NaN where they have. */
  #due = Number.NaN;
  readonly #usual = new UsualValues();
  #t0 = Number.NaN;
  #columns: StateColumns = columnsFor(0);
  readonly #one = columnsFor(1);

  constructor(facts: OutfallFacts, o2Ref: number | undefined) {
    this.#facts = facts;
    this.#sinter = isSinter(o2Ref);
    facts.beforePastChanges = () => this.#learnDue();
  }

  /** The baselines in force, plain data. */
  get baselines(): Baseline {
    this.#learnDue();
    return { ...this.#base };
  }

  set baselines(base: Baseline) {
    this.#base = base;
    this.#due = Number.NaN;
    this.#t0 = Number.NaN;
  }

  /** Renews the baselines from what is known now; they are computed when somebody asks for a state. */
  learn(now: number): void {
    this.#due = now;
    this.#facts.dirtyFrom = 0;
  }

  /** Values that came after the moment that is due are left out, so that it does not show when they are computed. */
  #learnDue(): void {
    if (Number.isNaN(this.#due)) return;
    const now = this.#due;
    this.#due = Number.NaN;
    const { hours, power, profile } = this.#facts;
    const from = Math.max(0, hours.row(this.#facts.windowStart(now)));
    const to = hours.row(now);
    const known = (columns: Columns | undefined, row: number): number => (columns !== undefined && (columns.arrivedAt[row] as number) <= now ? (columns.avg[row] as number) : Number.NaN);
    const [o2, flow, temperature] = [O2, profile.type === 'gas' ? GAS_FLOW : WATER_FLOW, TEMPERATURE].map((factor) => hours.columns(factor));
    const meters = productionColumns(this.#facts);
    const n = HOUR / power.stepMs;
    for (let row = from; row < to; row++) {
      const kw = meters.length === 0 ? Number.NaN : production(meters, power.row(hours.base + row * HOUR), n, now);
      this.#usual.add(known(o2, row), known(flow, row), known(temperature, row), kw, this.#sinter);
    }
    this.#base = this.#usual.take(profile.meters.filter((meter) => meter.role === 'production').reduce((sum, meter) => sum + meter.ratedKw, 0));
  }

  /** State of every hour of the window that is over at `now`; only changed hours are computed again. */
  at(now: number): HourState {
    this.#learnDue();
    const facts = this.#facts;
    const t0 = facts.windowStart(now);
    const length = Math.max(0, Math.floor((now - t0) / HOUR));
    if (t0 !== this.#t0 || length > this.#columns.state.length) this.#resize(t0, length);
    const first = facts.hours.row(t0);
    this.#compute(first, t0, Math.max(0, facts.dirtyFrom - first), length);
    facts.dirtyFrom = first + length;
    const cut = (column: Uint8Array) => column.subarray(0, length);
    const { state, byData, byPower } = this.#columns;
    return { t0, stepMs: HOUR, length, state: cut(state), byData: cut(byData), byPower: cut(byPower) };
  }

  /** The same of the one hour that holds `moment`, without the others; undefined outside the window that is over at `now`. */
  hourAt(now: number, moment: number, column: keyof StateColumns): number | undefined {
    this.#learnDue();
    const t0 = this.#facts.windowStart(now);
    const i = Math.floor((moment - t0) / HOUR);
    if (i < 0 || i >= Math.floor((now - t0) / HOUR)) return undefined;
    const first = this.#facts.hours.row(t0);
    if (t0 === this.#t0 && first + i < this.#facts.dirtyFrom && i < this.#columns.state.length) return this.#columns[column][i];
    this.#compute(first, t0, i, i + 1, this.#one, i);
    return this.#one[column][0];
  }

  #compute(first: number, t0: number, from: number, to: number, into = this.#columns, shift = 0): void {
    if (from >= to) return;
    const { hours, power, profile } = this.#facts;
    const column = (factor: FactorCode) => hours.columns(factor)?.avg;
    const [o2, flow, temperature, discharge] = [column(O2), column(GAS_FLOW), column(TEMPERATURE), column(WATER_FLOW)];
    const meters = productionColumns(this.#facts);
    const n = HOUR / power.stepMs;
    const ambient = ambientFrom(this.#facts.weather, t0 + from * HOUR);
    for (let i = from; i < to; i++) {
      const row = first + i;
      const byData = profile.type === 'gas'
        ? gasState(at(o2, row), at(flow, row), at(temperature, row), ambient(t0 + i * HOUR), this.#base, this.#sinter)
        : waterState(at(discharge, row), this.#base, this.#facts.profile.flowResolution ?? 0);
      const byPower = powerState(meters.length === 0 ? Number.NaN : production(meters, power.row(t0 + i * HOUR), n), this.#base);
      into.byData[i - shift] = byData;
      into.byPower[i - shift] = byPower;
      into.state[i - shift] = agree(byData, byPower);
    }
  }

  #resize(t0: number, length: number): void {
    const { state, byData, byPower } = this.#columns;
    if (length > state.length) this.#columns = columnsFor(length + 24 * 16);
    if (t0 === this.#t0) {
      this.#columns.state.set(state);
      this.#columns.byData.set(byData);
      this.#columns.byPower.set(byPower);
    }
    if (t0 !== this.#t0) this.#facts.dirtyFrom = 0;
    this.#t0 = t0;
  }
}

interface StateColumns {
  readonly state: Uint8Array;
  readonly byData: Uint8Array;
  readonly byPower: Uint8Array;
}

const columnsFor = (hours: number): StateColumns => {
  const column = () => new Uint8Array(hours).fill(UNKNOWN);
  return { state: column(), byData: column(), byPower: column() };
};

type MeterColumns = readonly { readonly avg: Float64Array; readonly arrivedAt: Float64Array }[];

const productionColumns = ({ power, profile }: OutfallFacts): MeterColumns =>
  profile.meters.flatMap(({ role, meter }) => (role === 'production' ? (power.columns(meter as unknown as FactorCode) ?? []) : []));

/** Mean power (kW) of `n` intervals, all production meters together, from what was known at `until`; NaN where none reported. */
function production(meters: MeterColumns, first: number, n: number, until = Number.POSITIVE_INFINITY): number {
  let sum = Number.NaN;
  for (const { avg, arrivedAt } of meters) {
    let total = 0;
    let count = 0;
    for (let step = first; step < first + n; step++) {
      const value = avg[step];
      if (value === undefined || Number.isNaN(value) || (arrivedAt[step] as number) > until) continue;
      total += value;
      count += 1;
    }
    if (count > 0) sum = (Number.isNaN(sum) ? 0 : sum) + total / count;
  }
  return sum;
}

/** Air temperature at moments that only grow, beginning at `from`. Weather lies in order of becoming known. */
function ambientFrom(weather: readonly { readonly at: number; readonly tempC: number }[], from: number): (moment: number) => number {
  if (weather.length === 0) return () => DEFAULT_AMBIENT;
  let i = 0;
  for (let high = weather.length - 1; i < high; ) {
    const middle = (i + high + 1) >> 1;
    if ((weather[middle] as { at: number }).at <= from) i = middle;
    else high = middle - 1;
  }
  return (moment) => {
    while (i + 1 < weather.length && (weather[i + 1] as { at: number }).at <= moment) i += 1;
    return (weather[i] as { tempC: number }).tempC;
  };
}
