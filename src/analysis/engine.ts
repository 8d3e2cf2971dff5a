import { DAY, HOUR } from '#kernel';
import { OutfallFacts, PlantStateTracker, type Arrival } from '#quality';
import { Attendance, type AttendanceDay } from './attendance.ts';
import { ContextBuilder, type Asked } from './context.ts';
import type { Context, Model, Outcome, Trigger } from './contract.ts';
import { dailySummary } from './daily-summary.ts';
import { explainByMarks } from './explain.ts';
import type { Episode } from './episode.ts';
import { firstDayMoment, firstTick } from './moments.ts';
import type { PeerBoard } from './peers.ts';
import { Opinions, type Change, type OpinionState } from './opinions.ts';
import type { OutfallSetup } from './setup.ts';
import { ShadowRuns, type ShadowState } from './shadow-runs.ts';
import type { Standing } from './standing.ts';

const LEARNING_MS = 48 * HOUR;

/** Last answer of one model for this outfall: what "cannot tell" lacked, or how it failed. */
export interface ModelAnswer {
  readonly model: string;
  readonly version: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly missing: readonly string[];
  readonly at: number;
}

/** Without a standing every model is in force with its defaults, uncapped, and nothing runs in the shadow. */
export interface EngineOptions extends Partial<Standing> {
  readonly models: readonly Model[];
  /** Where summaries are laid down for the other outfalls and theirs are read; without one an outfall is judged by itself. */
  readonly board?: PeerBoard;
  onChange(change: Change): void;
  /** Told of what a shadow run found; never of the outfall's own episodes and clues. */
  onShadow?(proposal: string, change: Change): void;
  onShadowFailure?(proposal: string, reason: string, at: number): void;
  /** Told once per change of a model's outcome, so that an exception is seen and not counted as clean. */
  onAnswer?(answer: ModelAnswer): void;
  /** Told after an arrival has been applied (not for history taken up by `resume`). */
  onArrival?(arrival: Arrival, facts: OutfallFacts): void;
  /** Opinions that were formed elsewhere, made known right before `model` is asked at `now` (back-test of a single model). */
  beforeAsking?(opinions: Opinions, model: Model, now: number): void;
  /** Told when a day of judging is over: how often each model was asked and what it said. */
  onAttendance?(day: AttendanceDay): void;
  /** Told right before the daily moment: all that a restart needs beside the arrivals of the window. */
  onSnapshot?(snapshot: EngineSnapshot): void;
}

export interface EngineSnapshot {
  /** The daily moment that has not been evaluated yet; every arrival known until then has been applied. */
  readonly at: number;
  readonly activeSince: number;
  readonly nextTick: number;
  readonly devices: readonly { readonly mn: string; readonly role: 'data' | 'door' | 'power'; readonly lastSeen: number | null }[];
  readonly masses: readonly (readonly [string, { kg: number; hours: number }])[];
  readonly opinions: OpinionState;
  readonly shadows?: readonly ShadowState[];
}

type ByTrigger = Readonly<Record<Trigger, readonly Model[]>>;

function byTrigger(models: readonly Model[], type: 'gas' | 'water'): ByTrigger {
  const of = (trigger: Trigger) => models.filter((model) => model.trigger === trigger && model.media.includes(type));
  return { hour: of('hour'), tick: of('tick'), day: of('day') };
}

/**
 * The fold of one outfall: arrivals in known-time order in, episodes and clues out. Moments of evaluation are
 * computed from recorded known times alone, never from when the work is done, so batches and restarts do not show (R5).
 */
export class OutfallEngine {
  setup: OutfallSetup;
  readonly facts: OutfallFacts;
  readonly opinions: Opinions;
  readonly #options: EngineOptions;
  readonly #plant: PlantStateTracker;
  readonly #contexts: ContextBuilder;
  readonly #answers = new Map<string, ModelAnswer>();
  readonly #shadows: ShadowRuns;
  readonly #attendance: Attendance;
  #byTrigger: ByTrigger;
  #nextTick: number;
  #nextDay: number;
  #hourPending = Number.NaN;
  #silent = false;

  constructor(setup: OutfallSetup, activeSince: number, options: EngineOptions, from = activeSince) {
    this.setup = setup;
    this.#options = options;
    this.facts = new OutfallFacts(setup.facts, activeSince, from);
    this.#expectDevices(setup);
    this.#plant = new PlantStateTracker(this.facts, setup.outfall.o2Ref);
    this.#contexts = new ContextBuilder(this.facts, this.#plant);
    const capOf = options.capOf?.bind(options);
    this.opinions = new Opinions(setup.outfall.outfall, setup.outfall.unit, options.onChange, capOf === undefined ? {} : { capOf });
    this.#shadows = new ShadowRuns(setup, options, () => this.opinions.episodes);
    this.#byTrigger = byTrigger(options.models, setup.outfall.type);
    this.#nextTick = firstTick(activeSince);
    this.#nextDay = firstDayMoment(activeSince);
    this.#attendance = new Attendance(this.#nextDay - DAY);
  }

  /** The outfall's own devices, whose silence models look at; analysers before treatment are not among them. */
  #expectDevices(setup: OutfallSetup): void {
    for (const { mn, role } of setup.devices) if (role !== 'inlet' && role !== 'process') this.facts.expectDevice(mn, role);
  }

  get answers(): readonly ModelAnswer[] {
    return [...this.#answers.values()];
  }

  /** The register has changed: what is known of the outfall from now on. The step must be the same. */
  useSetup(setup: OutfallSetup): void {
    this.setup = setup;
    this.facts.profile = setup.facts;
    this.#expectDevices(setup);
  }

  /** Rules were added: `models` are all that may be in force from now on, in the order of their ids. */
  useModels(models: readonly Model[]): void {
    this.#byTrigger = byTrigger(models, this.setup.outfall.type);
  }

  /** Feeds what became known next. Arrivals must come in `byKnownTime` order over all calls. */
  feed(arrivals: readonly Arrival[]): void {
    for (const arrival of arrivals) {
      if (!(this.#hourPending === arrival.knownAt)) this.#runUntil(arrival.knownAt, false);
      this.facts.apply(arrival);
      this.#options.onArrival?.(arrival, this.facts);
      if (!arrival.facts.some((fact) => fact.kind === 'hour')) continue;
      if (this.#hourPending !== arrival.knownAt) this.#attendance.expectHour();
      this.#hourPending = arrival.knownAt;
    }
  }

  /** Everything known at `at` has been fed: runs the moments up to and including it. */
  advance(at: number): void {
    this.#runUntil(at, true);
  }

  /** Takes up a fold where a snapshot left it; `history` are the window's arrivals known until `snapshot.at`, in order. */
  resume(snapshot: EngineSnapshot, history: Iterable<Arrival>): void {
    this.#silent = true;
    for (const arrival of history) this.facts.apply(arrival);
    this.#silent = false;
    this.facts.restoreMasses(snapshot.masses);
    const devices = snapshot.devices.map((device) => ({ ...device, lastSeen: device.lastSeen ?? Number.NaN }));
    this.facts.devices.splice(0, this.facts.devices.length, ...devices);
    this.opinions.restore(snapshot.opinions);
    this.#shadows.restore(snapshot.shadows ?? []);
    this.#nextTick = snapshot.nextTick;
    this.#nextDay = snapshot.at;
    this.#attendance.close();
    this.#hourPending = Number.NaN;
  }

  /**
   * Begins at a daily moment of an outfall that has a past: `history` are the arrivals known until then, in order. They
   * are applied, and nothing before `at` is judged.
   */
  beginAt(at: number, history: Iterable<Arrival>): void {
    for (const arrival of history) this.facts.apply(arrival);
    this.#nextDay = at;
    this.#nextTick = firstTick(at);
    this.#attendance.close();
    this.#hourPending = Number.NaN;
  }

  /** The day of judging that is open. */
  get attendance(): AttendanceDay | undefined {
    return this.#attendance.view(Number.isNaN(this.#hourPending) ? 0 : 1);
  }

  /** Known time up to which the open day is counted; NaN while none is open. */
  get attendedUntil(): number {
    return this.#attendance.until;
  }

  /** What the models have asked for so far, beside hours. */
  get asked(): ReadonlySet<Asked> {
    return this.#contexts.asked;
  }

  #runUntil(at: number, inclusive: boolean): void {
    const reaches = (moment: number) => (inclusive ? moment <= at : moment < at);
    for (;;) {
      const pending = Number.isNaN(this.#hourPending) ? Number.POSITIVE_INFINITY : this.#hourPending;
      const next = Math.min(pending, this.#nextTick, this.#nextDay);
      if (!reaches(next)) return this.#attendance.reached(inclusive ? at : at - 1);
      if (next === pending) {
        this.#hourPending = Number.NaN;
        this.#evaluate('hour', next);
      } else if (next === this.#nextTick) {
        this.#nextTick += HOUR;
        this.#settle(next);
        this.#evaluate('tick', next);
      } else this.#newDay(next);
    }
  }

  #newDay(at: number): void {
    this.#options.onSnapshot?.(this.#snapshot(at));
    this.#attendance.reached(at);
    const day = this.attendance;
    if (day !== undefined) this.#options.onAttendance?.(day);
    this.#attendance.begin(at);
    this.#nextDay = at + DAY;
    this.facts.trim(at);
    this.opinions.forget(at);
    this.#shadows.forget(at);
    this.#plant.learn(at);
    this.#contexts.forgetDaily();
    this.#meetPeers(at);
    this.#evaluate('day', at);
  }

  /** Lays down what this outfall did yesterday, and looks at what the others had laid down a day ago. */
  #meetPeers(at: number): void {
    const { board } = this.#options;
    if (board === undefined) return;
    const before = at - DAY;
    const { outfall } = this.setup.outfall;
    this.#contexts.peerView = {
      peers: this.setup.peers.map((place) => ({ ...place, days: board.daysOf(place.outfall, before) })),
      own: board.daysOf(outfall, before),
    };
    board.publish(dailySummary(this.#contexts.at(at, this.setup.registrationAt(at), [])));
  }

  #snapshot(at: number): EngineSnapshot {
    const shadows = this.#shadows.state;
    return {
      ...(shadows.length === 0 ? {} : { shadows }),
      at, activeSince: this.facts.activeSince, nextTick: this.#nextTick, masses: this.facts.masses, opinions: this.opinions.state,
      devices: this.facts.devices.map(({ mn, role, lastSeen }) => ({ mn, role, lastSeen: Number.isNaN(lastSeen) ? null : lastSeen })),
    };
  }

  #settle(now: number): void {
    const explained = (episode: Episode, episodes: readonly Episode[]) => explainByMarks(episode, episodes, this.facts.marks, this.#plant.at(now), now);
    this.opinions.settle(now, explained);
    this.#shadows.settle(now, explained);
  }

  #evaluate(trigger: Trigger, now: number): void {
    if (this.#silent) return;
    const models = this.#byTrigger[trigger];
    const shadows = this.#shadows.due(trigger, now);
    if (models.length === 0 && shadows.length === 0) return;
    // While there is little history the run/off baselines change by the hour.
    if (now - this.facts.activeSince < LEARNING_MS) this.#plant.learn(now);
    const registration = this.setup.registrationAt(now);
    // A fresh context per model: findings of the models before it are already in `recent`.
    const context = (): Context => this.#contexts.at(now, registration, this.opinions.recent(now));
    for (const model of models) {
      if (this.#options.inForce?.(model, now) === false || model.applies?.(registration) === false) {
        this.#attendance.excused(model);
        continue;
      }
      this.#options.beforeAsking?.(this.opinions, model, now);
      const params = this.#options.paramsOf?.(model, now) ?? model.params;
      try {
        const evaluation = model.evaluate(context(), params);
        for (const finding of evaluation.findings) this.opinions.take(model, params, finding, now);
        this.#answer(model, evaluation.outcome, evaluation.reason, evaluation.missing, now);
      } catch (error) {
        // A crashed model is an exception, never "clean", and stops nothing else (design.md §2.4).
        this.#answer(model, 'EXCEPTION', error instanceof Error ? error.message : String(error), [], now);
      }
    }
    for (const shadow of shadows) if (shadow.model.applies?.(registration) !== false) this.#shadows.evaluate(shadow, context(), now);
  }

  #answer(model: Model, outcome: Outcome, reason: string, missing: readonly string[], at: number): void {
    const before = this.#answers.get(model.id);
    const answer = { model: model.id, version: model.version, outcome, reason, missing, at };
    this.#answers.set(model.id, answer);
    this.#attendance.answered(model, outcome);
    if (before?.outcome !== outcome || (outcome === 'EXCEPTION' && before.reason !== reason)) this.#options.onAnswer?.(answer);
  }
}
