import { select } from '#kernel';
import { PLANT_STATES, type PlantState } from './series.ts';

/** Sinter strands run at 14–17 % O₂, so their votes lie higher (U03). */
const SINTER_O2_REF = 16;
/** Whether a reference oxygen is that of a sinter strand. */
export const isSinter = (o2Ref: number | undefined): boolean => o2Ref === SINTER_O2_REF;
export const DEFAULT_AMBIENT = 15;

const index = Object.fromEntries(PLANT_STATES.map((state, i) => [state, i])) as Readonly<Record<PlantState, number>>;

export const [RUN, OFF, TRANSIENT, CONFLICT, UNKNOWN] = [index.RUN, index.OFF, index.TRANSIENT, index.CONFLICT, index.UNKNOWN];

export interface Baseline {
  q95: number;
  t50: number;
  p95: number;
}

/** Values gathered for one quantile after another, in one piece of memory. Selected, not sorted: one place of the order is all that is asked for. */
class Gathered {
  #values = new Float64Array(2048);
  #n = 0;

  add(value: number): void {
    if (this.#n === this.#values.length) {
      const grown = new Float64Array(2 * this.#n);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#n++] = value;
  }

  /** The value at `share` of the order; NaN when nothing was gathered. Begins anew. */
  quantile(share: number): number {
    const n = this.#n;
    this.#n = 0;
    if (n === 0) return Number.NaN;
    const k = Math.min(n - 1, Math.floor(share * n));
    select(this.#values, n, k);
    return this.#values[k] as number;
  }
}

/** Most oxygen at which a plant runs for certain. */
const runningOxygen = (sinter: boolean): number => (sinter ? 18.8 : 18);

/** What is usual of a plant, gathered hour by hour; NaN where a value is not known. */
export class UsualValues {
  readonly #flows = new Gathered();
  readonly #temperatures = new Gathered();
  readonly #powers = new Gathered();

  add(o2: number, flow: number, temperature: number, kw: number, sinter: boolean): void {
    const running = !(o2 > runningOxygen(sinter));
    if (running && flow > 0) this.#flows.add(flow);
    if (running && !Number.isNaN(temperature)) this.#temperatures.add(temperature);
    if (kw > 0) this.#powers.add(kw);
  }

  /** Begins anew. A plant that stood still all the time must not make its standby look like production. */
  take(ratedKw: number): Baseline {
    const p95 = this.#powers.quantile(0.95);
    return { q95: this.#flows.quantile(0.95), t50: this.#temperatures.quantile(0.5), p95: ratedKw > 0 && p95 < 0.15 * ratedKw ? ratedKw : p95 };
  }
}

/** Off and run thresholds of U03. NaN inputs cast no vote. */
export function gasState(o2: number, flow: number, temperature: number, ambient: number, base: Baseline, sinter: boolean): number {
  let off = 0;
  let run = 0;
  if (o2 >= (sinter ? 20.3 : 19.5)) off += 1;
  if (o2 <= runningOxygen(sinter)) run += 1;
  if (flow <= 0.12 * base.q95) off += 1;
  if (flow >= 0.25 * base.q95) run += 1;
  const rise = base.t50 - ambient;
  if (rise > 5) {
    if (temperature <= ambient + 0.3 * rise) off += 1;
    if (temperature >= ambient + 0.7 * rise) run += 1;
  }
  if (off >= 2 && off > run) return OFF;
  if (run >= 2 && run > off) return RUN;
  return Number.isNaN(o2) && Number.isNaN(flow) ? UNKNOWN : TRANSIENT;
}

export function waterState(flow: number, base: Baseline, resolution: number): number {
  if (Number.isNaN(flow)) return UNKNOWN;
  const floor = Number.isNaN(base.q95) ? 0 : 0.02 * base.q95;
  return flow > Math.max(floor, 2 * resolution) ? RUN : OFF;
}

export function powerState(kw: number, base: Baseline): number {
  if (Number.isNaN(kw) || Number.isNaN(base.p95)) return UNKNOWN;
  if (kw >= 0.2 * base.p95) return RUN;
  return kw <= 0.08 * base.p95 ? OFF : TRANSIENT;
}

/** Condition data of one hour: oxygen %, flow, temperature ℃, mean production power kW; NaN where not known. */
export interface HourCondition {
  readonly start: number;
  readonly o2: number;
  readonly flow: number;
  readonly temperature: number;
  readonly kw: number;
}

/**
 * The hours in which condition data prove that the source stood still (U03 over hours as stored): of gas, stack or power says
 * off and neither says running; of water the outlet itself decides where its flow is known. Where nothing is known nothing is
 * proved. `conditions` should reach back over weeks, from which the usual values are taken.
 */
export function standingHours(
  medium: 'gas' | 'water', conditions: readonly HourCondition[], { o2Ref, ratedKw, flowResolution = 0 }: { readonly o2Ref: number | undefined; readonly ratedKw: number; readonly flowResolution?: number | undefined },
): ReadonlySet<number> {
  const sinter = isSinter(o2Ref);
  const usual = new UsualValues();
  for (const { o2, flow, temperature, kw } of conditions) usual.add(o2, flow, temperature, kw, sinter);
  const base = usual.take(ratedKw);
  const stands = ({ o2, flow, temperature, kw }: HourCondition): boolean => {
    const byPower = powerState(kw, base);
    if (medium === 'gas') {
      const byData = gasState(o2, flow, temperature, DEFAULT_AMBIENT, base, sinter);
      return byData !== RUN && byPower !== RUN && (byData === OFF || byPower === OFF);
    }
    const byData = waterState(flow, base, flowResolution);
    return (byData === UNKNOWN ? byPower : byData) === OFF;
  };
  return new Set(conditions.filter(stands).map((hour) => hour.start));
}
