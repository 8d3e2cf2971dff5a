import { HOUR, type FactorCode } from '#kernel';
import type { OutfallFacts } from './outfall-facts.ts';
import { PLANT_STATES, type HourState, type PlantState } from './series.ts';

const O2 = 'a19001' as FactorCode;
const GAS_FLOW = 'a00000' as FactorCode;
const TEMPERATURE = 'a01012' as FactorCode;
const WATER_FLOW = 'w00000' as FactorCode;
/** Sinter strands run at 14–17 % O₂, so their votes lie higher (U03). */
const SINTER_O2_REF = 16;
const DEFAULT_AMBIENT = 15;

const index = Object.fromEntries(PLANT_STATES.map((state, i) => [state, i])) as Readonly<Record<PlantState, number>>;

interface Baseline {
  q95: number;
  t50: number;
  p95: number;
}

function quantile(values: number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(share * values.length))] as number;
}

/** Off and run thresholds of U03. NaN inputs cast no vote. */
function gasState(o2: number, flow: number, temperature: number, ambient: number, base: Baseline, sinter: boolean): PlantState {
  let off = 0;
  let run = 0;
  if (o2 >= (sinter ? 20.3 : 19.5)) off += 1;
  if (o2 <= (sinter ? 18.8 : 18)) run += 1;
  if (flow <= 0.12 * base.q95) off += 1;
  if (flow >= 0.25 * base.q95) run += 1;
  const rise = base.t50 - ambient;
  if (rise > 5) {
    if (temperature <= ambient + 0.3 * rise) off += 1;
    if (temperature >= ambient + 0.7 * rise) run += 1;
  }
  if (off >= 2 && off > run) return 'OFF';
  if (run >= 2 && run > off) return 'RUN';
  return Number.isNaN(o2) && Number.isNaN(flow) ? 'UNKNOWN' : 'TRANSIENT';
}

function agree(byData: PlantState, byPower: PlantState): PlantState {
  if (byPower === 'UNKNOWN') return byData;
  if (byData === 'UNKNOWN') return byPower;
  if (byData === byPower) return byData;
  if (byData === 'TRANSIENT' || byPower === 'TRANSIENT') return 'TRANSIENT';
  return 'CONFLICT';
}

/**
 * Run/off state per hour from data (votes of O₂, flow, temperature; water: flow) and from production power (U03,
 * U03w). Baselines Q95, T50, P95 come from the window's run hours and are renewed at the daily moment.
 */
export class PlantStateTracker {
  readonly #facts: OutfallFacts;
  readonly #sinter: boolean;
  #base: Baseline = { q95: Number.NaN, t50: Number.NaN, p95: Number.NaN };
  #t0 = Number.NaN;
  #state = new Uint8Array(0);
  #byData = new Uint8Array(0);
  #byPower = new Uint8Array(0);

  constructor(facts: OutfallFacts, o2Ref: number | undefined) {
    this.#facts = facts;
    this.#sinter = o2Ref === SINTER_O2_REF;
  }

  /** Renews the baselines from what is known now. */
  learn(now: number): void {
    const facts = this.#facts;
    const from = Math.max(0, facts.hours.row(facts.windowStart(now)));
    const to = facts.hours.row(now);
    const o2 = facts.hours.columns(O2)?.avg;
    const flow = facts.hours.columns(facts.profile.type === 'gas' ? GAS_FLOW : WATER_FLOW)?.avg;
    const temperature = facts.hours.columns(TEMPERATURE)?.avg;
    const flows: number[] = [];
    const temperatures: number[] = [];
    const powers: number[] = [];
    for (let row = from; row < to; row++) {
      const running = o2 === undefined || Number.isNaN(o2[row] as number) || (o2[row] as number) <= (this.#sinter ? 18.8 : 18);
      if (running && flow && (flow[row] as number) > 0) flows.push(flow[row] as number);
      if (running && temperature && !Number.isNaN(temperature[row] as number)) temperatures.push(temperature[row] as number);
      const power = this.#production(row);
      if (power > 0) powers.push(power);
    }
    const rated = facts.profile.meters.filter((meter) => meter.role === 'production').reduce((sum, meter) => sum + meter.ratedKw, 0);
    const p95 = quantile(powers, 0.95);
    // A plant that stood still all the time must not make its standby look like production.
    this.#base = { q95: quantile(flows, 0.95), t50: quantile(temperatures, 0.5), p95: rated > 0 && p95 < 0.15 * rated ? rated : p95 };
    facts.dirtyFrom = 0;
  }

  #production(row: number): number {
    const { power, hours, profile } = this.#facts;
    const first = power.row(hours.base + row * HOUR);
    const n = HOUR / power.stepMs;
    let sum = Number.NaN;
    for (const meter of profile.meters) {
      if (meter.role !== 'production') continue;
      const kw = power.columns(meter.meter as unknown as FactorCode)?.avg;
      if (kw === undefined) continue;
      let total = 0;
      let count = 0;
      for (let step = first; step < first + n; step++) {
        const value = kw[step];
        if (value !== undefined && !Number.isNaN(value)) {
          total += value;
          count += 1;
        }
      }
      if (count > 0) sum = (Number.isNaN(sum) ? 0 : sum) + total / count;
    }
    return sum;
  }

  #ambientAt(): (at: number) => number {
    const weather = this.#facts.weather;
    let i = 0;
    return (at) => {
      if (weather.length === 0) return DEFAULT_AMBIENT;
      if (i > 0 && (weather[i] as { at: number }).at > at) i = 0;
      while (i + 1 < weather.length && (weather[i + 1] as { at: number }).at <= at) i += 1;
      return (weather[i] as { tempC: number }).tempC;
    };
  }

  #byDataAt(row: number, ambient: number): PlantState {
    const { hours, profile } = this.#facts;
    const valueOf = (factor: FactorCode) => hours.columns(factor)?.avg[row] ?? Number.NaN;
    if (profile.type === 'gas') return gasState(valueOf(O2), valueOf(GAS_FLOW), valueOf(TEMPERATURE), ambient, this.#base, this.#sinter);
    const flow = valueOf(WATER_FLOW);
    if (Number.isNaN(flow)) return 'UNKNOWN';
    const floor = Number.isNaN(this.#base.q95) ? 0 : 0.02 * this.#base.q95;
    return flow > Math.max(floor, 2 * (profile.flowResolution ?? 0)) ? 'RUN' : 'OFF';
  }

  #byPowerAt(row: number): PlantState {
    const kw = this.#production(row);
    if (Number.isNaN(kw) || Number.isNaN(this.#base.p95)) return 'UNKNOWN';
    if (kw >= 0.2 * this.#base.p95) return 'RUN';
    return kw <= 0.08 * this.#base.p95 ? 'OFF' : 'TRANSIENT';
  }

  /** State of every hour of the window that is over at `now`; only changed hours are computed again. */
  at(now: number): HourState {
    const facts = this.#facts;
    const t0 = facts.windowStart(now);
    const length = Math.max(0, Math.floor((now - t0) / HOUR));
    if (t0 !== this.#t0 || length > this.#state.length) this.#resize(t0, length);
    const first = facts.hours.row(t0);
    const ambient = this.#ambientAt();
    for (let i = Math.max(0, facts.dirtyFrom - first); i < length; i++) {
      const byData = this.#byDataAt(first + i, ambient(t0 + i * HOUR));
      const byPower = this.#byPowerAt(first + i);
      this.#byData[i] = index[byData];
      this.#byPower[i] = index[byPower];
      this.#state[i] = index[agree(byData, byPower)];
    }
    facts.dirtyFrom = first + length;
    const cut = (column: Uint8Array) => column.subarray(0, length);
    return { t0, stepMs: HOUR, length, state: cut(this.#state), byData: cut(this.#byData), byPower: cut(this.#byPower) };
  }

  #resize(t0: number, length: number): void {
    const grown = (old: Uint8Array) => {
      const next = new Uint8Array(length + 24 * 16).fill(index.UNKNOWN);
      if (t0 === this.#t0) next.set(old);
      return next;
    };
    this.#state = grown(this.#state);
    this.#byData = grown(this.#byData);
    this.#byPower = grown(this.#byPower);
    if (t0 !== this.#t0) this.#facts.dirtyFrom = 0;
    this.#t0 = t0;
  }
}
