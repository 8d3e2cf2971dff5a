import { DAY, HOUR } from '#kernel';
import { OutfallFacts, PlantStateTracker, type Arrival } from '#quality';
import { Attendance, type AttendanceDay } from './live/attendance.ts';
import { SeriesViews, type Asked } from './context.ts';
import type { Model, Trigger } from './contract.ts';
import { dailySummary } from './peers/daily-summary.ts';
import { explainByMarks } from './clues/explain.ts';
import type { Episode } from './clues/episode.ts';
import { LearntLate } from './live/learnt-late.ts';
import { firstDayMoment, firstTick } from './moments.ts';
import type { PeerBoard } from './peers/peers.ts';
import { Judgement, type JudgementOptions, type ModelAnswer } from './judgement.ts';
import type { Change, Opinions } from './opinions.ts';
import type { OutfallSetup } from './setup.ts';
import { ShadowRuns } from './governance/shadow-runs.ts';
import type { Standing } from './standing.ts';

export type { ModelAnswer } from './judgement.ts';

const LEARNING_MS = 48 * HOUR;

/** Without a standing every model is in force with its defaults, uncapped, and nothing runs in the shadow. */
export interface EngineOptions extends JudgementOptions, Pick<Partial<Standing>, 'shadowsAt'> {
  /** The same facts judged otherwise as well, each for itself (back-test). */
  readonly trials?: readonly JudgementOptions[];
  /** Where summaries are laid down for the other outfalls and theirs are read; without one an outfall is judged by itself. */
  readonly board?: PeerBoard;
  /** Told of what a shadow run found; never of the outfall's own episodes and clues. */
  onShadow?(proposal: string, change: Change): void;
  onShadowFailure?(proposal: string, reason: string, at: number): void;
  /** Told after an arrival has been applied (not for history taken up by `resume`). */
  onArrival?(arrival: Arrival, facts: OutfallFacts): void;
  /** Told when a day of judging is over: how often each model was asked and what it said. */
  onAttendance?(day: AttendanceDay): void;
}

const pendingAt = (at: number): number => (Number.isNaN(at) ? Number.POSITIVE_INFINITY : at);

/** Everything an engine holds beside columns, at one moment; plain data. */
export type EngineState = OutfallEngine['state'];

/**
 * The fold of one outfall: arrivals in known-time order in, episodes and clues out. Moments of evaluation are
 * computed from recorded known times alone, never from when the work is done, so batches and restarts do not show.
 */
export class OutfallEngine {
  setup: OutfallSetup;
  readonly facts: OutfallFacts;
  readonly #options: EngineOptions;
  readonly #plant: PlantStateTracker;
  readonly #inForce: Judgement;
  readonly #judgements: readonly Judgement[];
  readonly #shadows: ShadowRuns;
  readonly #attendance: Attendance;
  #nextTick: number;
  #nextDay: number;
  #hourPending = Number.NaN;
  readonly #learnt = new LearntLate();
  /** Daily moment at which the outfall last looked at its peers; NaN while it never did. */
  #metAt = Number.NaN;
  /** Before this moment nobody is to be asked. */
  #quietUntil = Number.NEGATIVE_INFINITY;

  constructor(setup: OutfallSetup, activeSince: number, options: EngineOptions, from = activeSince) {
    this.setup = setup;
    this.#options = options;
    this.facts = new OutfallFacts(setup.facts, activeSince, from);
    this.#expectDevices(setup);
    this.#plant = new PlantStateTracker(this.facts, setup.outfall.o2Ref);
    this.#nextTick = firstTick(activeSince);
    this.#nextDay = firstDayMoment(activeSince);
    this.#attendance = new Attendance(this.#nextDay - DAY);
    const seen = { facts: this.facts, plant: this.#plant, views: new SeriesViews(this.facts) };
    this.#inForce = new Judgement(setup, seen, options, this.#attendance);
    this.#judgements = [this.#inForce, ...(options.trials ?? []).map((trial) => new Judgement(setup, seen, trial))];
    this.#shadows = new ShadowRuns(setup, options, { facts: this.facts, opinions: this.opinions, context: this.#inForce.context.bind(this.#inForce) });
  }

  /** The outfall's own devices, whose silence models look at; analysers before treatment are not among them. */
  #expectDevices(setup: OutfallSetup): void {
    for (const { mn, role } of setup.devices) if (role !== 'inlet' && role !== 'process') this.facts.expectDevice(mn, role);
  }

  get opinions(): Opinions {
    return this.#inForce.opinions;
  }

  get answers(): readonly ModelAnswer[] {
    return this.#inForce.answers;
  }

  /** The register has changed: what is known of the outfall from now on. The step must be the same. */
  useSetup(setup: OutfallSetup): void {
    this.facts.beforePastChanges();
    this.setup = setup;
    this.facts.profile = setup.facts;
    this.#expectDevices(setup);
  }

  /** Rules were added: `models` are all that may be in force from now on, in the order of their ids. */
  useModels(models: readonly Model[]): void {
    this.#inForce.useModels(models, this.setup.outfall.type);
  }

  /** Feeds what became known next. Arrivals must come in `byKnownTime` order over all calls. */
  feed(arrivals: readonly Arrival[]): void {
    for (const arrival of arrivals) this.take(arrival);
  }

  /** Feeds one arrival; nothing of it is kept. */
  take(arrival: Arrival): void {
    const { knownAt } = arrival;
    if (this.#hourPending !== knownAt) this.#runUntil(knownAt, false);
    const withHour = this.facts.apply(arrival);
    this.#options.onArrival?.(arrival, this.facts);
    this.#learnt.note(arrival, this.facts.rejudged, this.facts.profile.stepMs);
    if (!withHour) return;
    if (this.#hourPending !== knownAt) this.#attendance.expectHour();
    this.#hourPending = knownAt;
  }

  /** Everything known at `at` has been fed: runs the moments up to and including it. */
  advance(at: number): void {
    this.#runUntil(at, true);
  }

  /** What must be stored, beside the pieces of `facts`, so that another engine can go on from here. */
  get state() {
    return {
      facts: this.facts.state, baselines: this.#plant.baselines, judged: this.#inForce.state, shadows: this.#shadows.state, attendance: this.#attendance.state,
      nextTick: this.#nextTick, nextDay: this.#nextDay, hourPending: this.#hourPending, metAt: this.#metAt, learnt: this.#learnt.state,
    };
  }

  /** Takes a fold up where it was left; `pieces` are all that its facts ever gave out, the newest of each beginning. */
  takeUp(state: EngineState, pieces: Iterable<Uint8Array>): void {
    this.facts.restore(state.facts, pieces);
    this.#expectDevices(this.setup);
    this.#plant.baselines = state.baselines;
    this.#inForce.restore(state.judged);
    this.#shadows.restore(state.shadows);
    this.#attendance.restore(state.attendance);
    this.#nextTick = state.nextTick;
    this.#nextDay = state.nextDay;
    this.#hourPending = state.hourPending;
    this.#learnt.restore(state.learnt);
    if (!Number.isNaN(state.metAt)) this.#lookAtPeers(state.metAt);
  }

  /** The moment that is run next, whatever arrives until then. */
  get nextMoment(): number {
    return Math.min(pendingAt(this.#hourPending), this.#learnt.at, this.#nextTick, this.#nextDay);
  }

  /** Begins at a daily moment of an outfall that has a past: `facts` hold what was known then, and nothing before `at` is judged. */
  beginAt(at: number): void {
    this.#nextDay = at;
    this.#nextTick = firstTick(at);
    this.#attendance.close();
    this.#hourPending = Number.NaN;
  }

  /** The daily moment that comes next. */
  get nextDay(): number {
    return this.#nextDay;
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
    return new Set(this.#judgements.flatMap((one) => [...one.contexts.asked]));
  }

  #runUntil(at: number, inclusive: boolean): void {
    const reaches = (moment: number) => (inclusive ? moment <= at : moment < at);
    for (;;) {
      this.#passOver(at);
      const pending = pendingAt(this.#hourPending);
      const next = Math.min(pending, this.#learnt.at, this.#nextTick, this.#nextDay);
      if (!reaches(next)) return this.#attendance.reached(inclusive ? at : at - 1);
      if (next === this.#learnt.at) this.#judgeAgain(next);
      else if (next === pending) {
        this.#hourPending = Number.NaN;
        this.#evaluate('hour', next);
      } else if (next === this.#nextTick) {
        this.#nextTick += HOUR;
        this.#settle(next);
        this.#judgeLate('tick', next);
        this.#evaluate('tick', next);
      } else this.#newDay(next);
    }
  }

  /** Leaves out moments up to `at` at which nobody needs to be asked and nothing can settle (back-test). */
  #passOver(at: number): void {
    const first = this.#hourPending < this.#nextTick ? this.#hourPending : this.#nextTick;
    if (first > at) return;
    if (first >= this.#quietUntil) this.#quietUntil = this.#dueFrom(first);
    if (this.#hourPending < this.#quietUntil) this.#hourPending = Number.NaN;
    if (this.#nextTick >= this.#quietUntil || this.#judgements.some((one) => one.opinions.unsettled)) return;
    this.#nextTick = Math.max(this.#nextTick, firstTick(Math.min(at, this.#quietUntil) - 1));
  }

  /** The first moment from `now` on at which a model may find something; baselines that change by the hour are learnt by asking. */
  #dueFrom(now: number): number {
    if (this.#options.shadowsAt !== undefined || now - this.facts.activeSince < LEARNING_MS) return now;
    return this.#judgements.reduce((least, one) => Math.min(least, one.dueFrom(now)), Number.POSITIVE_INFINITY);
  }

  #newDay(at: number): void {
    this.#attendance.reached(at);
    if (this.#options.onAttendance !== undefined) {
      const day = this.attendance;
      if (day !== undefined) this.#options.onAttendance(day);
    }
    this.#attendance.begin(at);
    this.#nextDay = at + DAY;
    this.facts.trim(at);
    this.#shadows.forget(at);
    this.#plant.learn(at);
    for (const one of this.#judgements) {
      one.opinions.forget(at);
      one.contexts.forgetDaily();
    }
    this.#meetPeers(at);
    const explained = this.#explainedAt(at);
    for (const one of this.#judgements) one.judgeArrived(at, this.setup, explained);
    this.#shadows.again('day', at, (again, models) => again.arrived(models, at, this.setup, explained));
    this.#judgeLate('day', at);
    this.#evaluate('day', at);
  }

  /** Lays down what this outfall did yesterday, and looks at what the others had laid down a day ago. */
  #meetPeers(at: number): void {
    this.#lookAtPeers(at);
    this.#options.board?.publish(dailySummary(this.#inForce.contexts.at(at, this.setup.registrationAt(at), this.opinions.recent(at))));
  }

  #lookAtPeers(at: number): void {
    this.#metAt = at;
    const { board } = this.#options;
    if (board === undefined) return;
    const before = at - DAY;
    const { outfall } = this.setup.outfall;
    const view = { peers: this.setup.peers.map((place) => ({ ...place, days: board.daysOf(place.outfall, before) })), own: board.daysOf(outfall, before) };
    for (const one of this.#judgements) one.contexts.peerView = view;
  }

  #explainedAt(now: number) {
    return (episode: Episode, episodes: readonly Episode[]) =>
      explainByMarks(episode, episodes, this.facts.marks, this.#plant.at(now), now, this.setup.registrationAt(episode.start));
  }

  /** Judges again what was learnt late, at the moment it was: changed validity, and hours for the models that are asked by the hour. */
  #judgeAgain(now: number): void {
    const changes = this.#learnt.takeChanges();
    if (now - this.facts.activeSince < LEARNING_MS) this.#plant.learn(now);
    const explained = this.#explainedAt(now);
    for (const one of this.#judgements) one.judgeChanged(changes, now, this.setup, explained);
    this.#shadows.again(undefined, now, (again, models) => again.changed(models, changes, now, this.setup, explained));
    this.#judgeLate('hour', now);
  }

  #judgeLate(trigger: Trigger, now: number): void {
    const late = this.#learnt.takeLate(trigger);
    if (late.length === 0) return;
    for (const one of this.#judgements) one.judgeLate(trigger, late, now, this.setup);
    this.#shadows.again(trigger, now, (again, models) => again.late(models, late, now, this.setup));
  }

  #settle(now: number): void {
    const explained = this.#explainedAt(now);
    for (const one of this.#judgements) one.opinions.settle(now, explained);
    this.#shadows.settle(now, explained);
  }

  #evaluate(trigger: Trigger, now: number): void {
    const shadows = this.#shadows.due(trigger, now);
    if (shadows.length === 0 && !this.#judgements.some((one) => one.waits(trigger))) return;
    // While there is little history the run/off baselines change by the hour.
    if (now - this.facts.activeSince < LEARNING_MS) this.#plant.learn(now);
    for (const one of this.#judgements) one.evaluate(trigger, now, this.setup);
    if (shadows.length === 0) return;
    const registration = this.setup.registrationAt(now);
    for (const shadow of shadows) this.#shadows.evaluate(shadow, now, registration);
  }
}
