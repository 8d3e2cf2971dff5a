import { DAY, HOUR, instant, MINUTE, type FactorCode, type MeterId, type OutfallId } from '#kernel';
import { byKnownTime, flagIndex, OutfallFacts, PlantStateTracker, type Arrival, type Fact, type Flag, type PeriodValue } from '#quality';
import { ContextBuilder, NO_PEERS, type PeerView } from '../../context.ts';
import type { Context, Limit, PastFinding, Registration } from '../../contract.ts';
import type { PermittedTotal } from '../../permit-terms.ts';
import { seededDraws, toReferenceOxygen } from '../../primitives/index.ts';

/** 2026-03-01 00:00 in China. */
export const T0 = Date.UTC(2026, 2, 1) - 8 * HOUR;
export const STEP = 10 * MINUTE;
export const at = (days: number, hours = 0): number => T0 + days * DAY + hours * HOUR;

export const SO2 = 'a21026' as FactorCode;
export const NOX = 'a21002' as FactorCode;
export const DUST = 'a34013' as FactorCode;
export const O2 = 'a19001' as FactorCode;
export const TEMPERATURE = 'a01012' as FactorCode;
export const FLOW = 'a00000' as FactorCode;
export const WATER = 'w00000' as FactorCode;
export const COD = 'w01018' as FactorCode;
export const NH3N = 'w21003' as FactorCode;
export const TN = 'w21001' as FactorCode;
export const VELOCITY = 'a01011' as FactorCode;

interface Channel {
  readonly q: number;
  readonly values: Float64Array;
  readonly flags: Uint8Array;
}

/** Ornstein–Uhlenbeck noise on the step grid. */
function ou(draw: () => number, n: number, sd: number, tauHours: number): Float64Array {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const a = Math.exp(-STEP / HOUR / tauHours);
  const out = new Float64Array(n);
  let x = sd * normal();
  for (let i = 0; i < n; i++) {
    out[i] = x;
    x = a * x + sd * Math.sqrt(1 - a * a) * normal();
  }
  return out;
}

/** One outfall in memory: honest until it is edited, then sent hour by hour as a logger would. */
export class World {
  readonly type: 'gas' | 'water';
  readonly days: number;
  readonly steps: number;
  readonly channels = new Map<FactorCode, Channel>();
  readonly production: Float64Array;
  readonly treatment: Float64Array;
  limits: Limit[] = [];
  permits: PermittedTotal[] = [];
  /** What the register says beyond the plain outfall. */
  register: Partial<Registration> = {};
  /** What this outfall and others have published so far. */
  peerView: PeerView = NO_PEERS;
  readonly facts: { knownAt: number; fact: Fact }[] = [];
  readonly lost: { start: number; end: number; dark: boolean }[] = [];
  readonly late: { start: number; end: number; arrives: number }[] = [];
  /** Changes hours only, after the steps: what a forger does to the published value. */
  readonly hourEdits: ((value: PeriodValue, start: number) => void)[] = [];
  /** Optional register columns and lists of the outfall. */
  attributes: Record<string, string> = {};
  doorPersons: string[] = [];
  readonly #means = new Map<FactorCode, string>();
  clockLag: (at: number) => number = () => 0;
  #edits = 0;

  constructor(type: 'gas' | 'water', days: number, seed: number) {
    this.type = type;
    this.days = days;
    this.steps = (days * DAY) / STEP;
    const draw = seededDraws(seed);
    const load = ou(draw, this.steps, 0.05, 4).map((x) => 0.8 + x);
    this.production = load.map((l) => Math.round(1000 * (0.14 + 0.86 * l) * 10) / 10);
    this.treatment = load.map((l) => Math.round(200 * (0.3 + 0.7 * l ** 0.8) * 10) / 10);
    if (type === 'gas') this.#gas(draw, load);
    else this.#water(draw, load);
  }

  /** One more channel of this outfall, as the instrument would print it with resolution `q`. */
  add(factor: FactorCode, q: number, values: Float64Array): this {
    this.#edits++;
    this.channels.set(factor, { q, values, flags: new Uint8Array(this.steps).fill(flagIndex.NORMAL) });
    return this;
  }

  #gas(draw: () => number, load: Float64Array): void {
    const o2 = ou(draw, this.steps, 0.3, 1).map((x, i) => 6 + 3 * Math.max(0, 1 - (load[i] as number)) + x);
    const pollutant = (limit: number, share: number, sd: number, tau: number): Float64Array => {
      const slow = ou(draw, this.steps, sd, tau);
      const fast = ou(draw, this.steps, 0.05, 0.25);
      return o2.map((o, i) => (share * limit * Math.exp((slow[i] as number) + (fast[i] as number)) * (21 - o)) / 15);
    };
    this.add(SO2, 0.01, pollutant(35, 0.5, 0.14, 3));
    this.add(NOX, 0.01, pollutant(50, 0.6, 0.12, 3));
    this.add(DUST, 0.01, pollutant(10, 0.3, 0.17, 8));
    this.add(O2, 0.01, o2);
    this.add(TEMPERATURE, 0.1, ou(draw, this.steps, 1, 2).map((x) => 50 + x));
    this.add(VELOCITY, 0.01, load.map((l) => 14 * l));
    this.add(FLOW, 1, load.map((l, i) => (71_000 * 14 * l * 273.15) / (273.15 + (this.channels.get(TEMPERATURE)?.values[i] ?? 0))));
    this.limits = [[SO2, '35'], [NOX, '50'], [DUST, '10']].map(([factor, limit]) => ({
      factor: factor as FactorCode, limit: limit as string, unit: 'mg/m³', period: 'hour', basis: 'zs', source: 'test',
    }));
  }

  #water(draw: () => number, load: Float64Array): void {
    const held = (mean: number, sd: number): Float64Array => {
      const slow = ou(draw, this.steps, sd, 7);
      // The analyser samples at the full hour and holds its result in every frame until the next.
      return slow.map((_, i) => mean * Math.exp(slow[i - (i % 6)] as number));
    };
    this.add(WATER, 0.01, load.map((l) => 50 * l));
    this.add(COD, 0.1, held(30, 0.12));
    this.add(NH3N, 0.001, held(1.2, 0.3));
    this.add(TN, 0.01, held(8, 0.1));
    this.limits = [[COD, '50'], [NH3N, '5']].map(([factor, limit]) => ({
      factor: factor as FactorCode, limit: limit as string, unit: 'mg/L', period: 'day', basis: 'c', source: 'test',
    }));
  }

  /** A channel before treatment (`in.…`) or of the process (`pr.…`), with what it stands for. */
  side(factor: string, value: (i: number) => number, means = '', q = 0.001): this {
    this.#edits++;
    this.add(factor as FactorCode, q, new Float64Array(this.steps).map((_, i) => value(i)));
    this.#means.set(factor as FactorCode, means);
    return this;
  }

  index = (t: number): number => Math.floor((t - T0) / STEP);

  /** Rewrites a channel over [from, to): `fn(value, i, stepsSinceFrom)`. */
  edit(factor: FactorCode, from: number, to: number, fn: (value: number, i: number, k: number) => number): this {
    const channel = this.channels.get(factor) as Channel;
    const first = this.index(from);
    this.#edits++;
    for (let i = first; i < Math.min(this.steps, this.index(to)); i++) channel.values[i] = fn(channel.values[i] as number, i, i - first);
    return this;
  }

  flag(flag: Flag, from: number, to: number, factors: readonly FactorCode[] = [...this.channels.keys()]): this {
    this.#edits++;
    for (const f of factors) (this.channels.get(f) as Channel).flags.fill(flagIndex[flag], this.index(from), this.index(to));
    return this;
  }

  power(role: 'production' | 'treatment', from: number, to: number, fn: (kw: number) => number): this {
    this.#edits++;
    for (let i = this.index(from); i < Math.min(this.steps, this.index(to)); i++) this[role][i] = fn(this[role][i] as number);
    return this;
  }

  /** The plant stands: air in the stack, no power. */
  stop(from: number, to: number): this {
    this.power('production', from, to, () => 30).power('treatment', from, to, () => 2);
    if (this.type === 'gas') {
      for (const f of [SO2, NOX, DUST, FLOW]) this.edit(f, from, to, () => 0);
      this.edit(O2, from, to, () => 20.8).edit(TEMPERATURE, from, to, (v, _, k) => 18 + (v - 18) * Math.exp(-k / 60));
    } else this.edit(WATER, from, to, () => 0);
    return this;
  }

  mark(kind: string, start: number, end: number, submittedAt: number): this {
    this.facts.push({ knownAt: submittedAt, fact: { kind: 'mark', id: `m${this.facts.length}`, markKind: kind, start, end, submittedAt, reason: '' } });
    return this;
  }

  door(openedAt: number, person = 'P001', minutes = 30): this {
    const fact = { kind: 'opening', openedAt, closedAt: openedAt + minutes * MINUTE, method: 'card', person } as const;
    this.facts.push({ knownAt: fact.closedAt, fact });
    return this;
  }

  know(knownAt: number, fact: Fact): this {
    this.facts.push({ knownAt, fact });
    return this;
  }

  #value(factor: FactorCode, c: Channel, from: number, to: number): PeriodValue {
    const part = c.values.subarray(from, to).map((v) => Math.round(v / c.q) * c.q).map((v) => Number(v.toFixed(4)));
    const flags = c.flags.subarray(from, to);
    const avg = part.reduce((a, b) => a + b, 0) / part.length;
    const round = (v: number): number => Number((Math.round(v / c.q) * c.q).toFixed(4));
    const normal = flags.filter((f) => f === flagIndex.NORMAL).length >= 0.75 * flags.length;
    return {
      factor, avg: round(avg), min: round(Math.min(...part)), max: round(Math.max(...part)), cou: Number.NaN, zsAvg: Number.NaN,
      sampleTime: this.type === 'water' && factor !== WATER ? T0 + from * STEP : Number.NaN,
      flag: normal ? flagIndex.NORMAL : (flags.find((f) => f !== flagIndex.NORMAL) ?? flagIndex.NORMAL),
    };
  }

  #stepValue(factor: FactorCode, c: Channel, i: number): PeriodValue {
    const avg = Number((Math.round((c.values[i] as number) / c.q) * c.q).toFixed(4));
    const none = Number.NaN;
    return { factor, avg, min: none, max: none, cou: none, zsAvg: none, sampleTime: none, flag: c.flags[i] as number };
  }

  #hour(h: number): PeriodValue[] {
    const values = [...this.channels].map(([f, c]) => this.#value(f, c, h * 6, h * 6 + 6));
    const o2 = values.find((v) => v.factor === O2)?.avg ?? Number.NaN;
    const flow = values.find((v) => v.factor === FLOW || v.factor === WATER);
    for (const v of values) {
      if (v === flow) v.cou = this.type === 'gas' ? v.avg : Number((v.avg * 3.6).toFixed(3));
      else if (this.limits.some((l) => l.factor === v.factor)) {
        if (this.type === 'gas') v.zsAvg = Number(toReferenceOxygen(v.avg, o2, 6).toFixed(3));
        const volume = this.type === 'gas' ? (flow?.avg ?? 0) : (flow?.avg ?? 0) * 3.6;
        v.cou = Number(((v.avg * volume) / (this.type === 'gas' ? 1e6 : 1e3)).toFixed(4));
      }
      for (const edit of this.hourEdits) edit(v, T0 + h * HOUR);
    }
    return values;
  }

  #when(start: number, end: number, usual: number): number | undefined {
    if (this.lost.some((l) => start < l.end && end > l.start)) return undefined;
    const late = this.late.find((l) => start < l.end && end > l.start);
    return late === undefined ? usual : late.arrives + ((start - late.start) % (5 * MINUTE));
  }

  #contact(cn: string, start: number, knownAt: number, sentAt: number): Fact {
    const lag = this.clockLag(sentAt);
    return { kind: 'contact', mn: 'MN1', role: 'data', cn, qn: knownAt - 20_000 - lag, dataTime: start - lag };
  }

  #sent: { key: string; all: Arrival[] } | undefined;

  /** Everything that was known by `until`, in known-time order. */
  arrivals(until: number): Arrival[] {
    const key = [this.#edits, this.facts.length, this.lost.length, this.late.length, this.hourEdits.length].join();
    if (this.#sent?.key !== key) this.#sent = { key, all: this.#send() };
    return this.#sent.all.filter((a) => a.knownAt <= until);
  }

  #send(): Arrival[] {
    const out: Arrival[] = [];
    const add = (knownAt: number | undefined, facts: Fact[]): void => {
      if (knownAt !== undefined) out.push({ knownAt, order: String(out.length).padStart(7, '0'), facts });
    };
    for (let i = 0; i < this.steps; i++) {
      const start = T0 + i * STEP;
      const known = this.#when(start, start + STEP, start + STEP + 20_000);
      const values = [...this.channels].map(([f, c]) => this.#stepValue(f, c, i));
      const live = known !== undefined && known < start + HOUR;
      add(known, [{ kind: 'step', start, values }, ...(live ? [this.#contact('2051', start, known, start)] : [])]);
      if (this.lost.some((l) => l.dark && start < l.end && start + STEP > l.start)) continue;
      add(start + STEP, [
        { kind: 'power', at: start, readings: [{ meter: 'P' as MeterId, kw: this.production[i] as number }, { meter: 'T' as MeterId, kw: this.treatment[i] as number }] },
        { kind: 'contact', mn: 'MN2', role: 'power', cn: '2051', qn: start, dataTime: start },
      ]);
    }
    for (let h = 0; h < this.days * 24; h++) {
      const start = T0 + h * HOUR;
      const known = this.#when(start, start + HOUR, start + HOUR + 120_000);
      add(known, [{ kind: 'hour', start, values: this.#hour(h) }]);
    }
    for (const { knownAt, fact } of this.facts) add(knownAt, [fact]);
    return out.sort(byKnownTime);
  }

  registration(): Registration {
    return {
      outfall: 'DA001' as OutfallId, enterprise: 'U1', industry: this.type === 'gas' ? 'coal_power' : 'municipal', type: this.type,
      stepMs: STEP, o2Ref: this.type === 'gas' ? 6 : undefined, analysisCycleHours: this.type === 'water' ? 1 : undefined,
      designFlow: undefined, stackArea: undefined, velocityCoefficient: undefined,
      factors: [...this.channels].map(([factor, c]) => ({ factor, unit: '', span: undefined, resolution: c.q, means: this.#means.get(factor) ?? '' })),
      limits: this.limits, permits: this.permits, keyPolluter: true, county: '', operator: '', location: undefined, mustMonitor: [], shifts: [], shared: '', neighbours: [], doorPersons: this.doorPersons, attributes: this.attributes,
      ...this.register,
    };
  }

  /** What the platform knew at `now`: fed in arrival order through the real facts and the real context. */
  contextAt(now: number, recent: readonly PastFinding[] = []): Context {
    return this.asking(now, recent)();
  }

  /** The same, to be asked anew for each model, as the engine does: what one evaluation may ask for is counted by context. */
  asking(now: number, recent: readonly PastFinding[] = []): () => Context {
    const facts = new OutfallFacts({
      outfall: 'DA001' as OutfallId, type: this.type, stepMs: STEP, powerStepMs: STEP, spans: new Map(), flowResolution: 0.01,
      meters: [
        { meter: 'P' as MeterId, role: 'production', ratedKw: 1000 },
        { meter: 'T' as MeterId, role: 'treatment', ratedKw: 200 },
      ],
    }, T0);
    facts.expectDevice('MN1', 'data');
    facts.expectDevice('MN2', 'power');
    for (const arrival of this.arrivals(now)) facts.apply(arrival);
    const plant = new PlantStateTracker(facts, this.type === 'gas' ? 6 : undefined);
    plant.learn(now);
    const builder = new ContextBuilder(facts, plant);
    builder.peerView = this.peerView;
    const registration = this.registration();
    return () => builder.at(instant(now), registration, recent);
  }
}
