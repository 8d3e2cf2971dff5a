import { HOUR, type Clock, type OutfallId } from '#kernel';
import { byKnownTime, type Arrival, type DoorOpening } from '#quality';
import type { AttendanceDay } from './attendance.ts';
import type { Clue } from '../clues/clue.ts';
import { OutfallEngine, type EngineState, type ModelAnswer } from '../engine.ts';
import { counts, isHigher, type Episode } from '../clues/episode.ts';
import type { Change } from '../opinions.ts';
import type { LiveStanding } from '../governance/live-standing.ts';
import type { ShadowEpisode, ShadowFailure } from '../governance/store/shadow.ts';
import type { DailySummary, PeerBoard } from '../peers/peers.ts';
import type { OutfallSetup } from '../setup.ts';
import { FRAME, holdsHour, useEnds, type NamedArrival } from './named-arrival.ts';
import { packState, unpackState } from './stored-state.ts';
import type { LaneState } from '../store/lanes.ts';
import type { ClueEventType, ClueModel, OpeningRow } from '../store/opinions.ts';
import type { Shift } from '../store/progress.ts';
import type { ValueCopies } from '../store/values.ts';
import type { Watchdog } from './watchdog.ts';

export interface ClueChange {
  readonly clue: Clue;
  readonly events: readonly ClueEventType[];
  readonly models: readonly ClueModel[];
}

/** What a lane brought forth since it was last emptied. */
export interface LaneOutput {
  episodes: Episode[];
  clues: ClueChange[];
  answers: (ModelAnswer & { outfall: OutfallId })[];
  shifts: Shift[];
  openings: OpeningRow[];
  shadows: ShadowEpisode[];
  shadowFailures: ShadowFailure[];
  summaries: DailySummary[];
  attendance: AttendanceDay[];
}

const emptyOutput = (): LaneOutput => ({
  episodes: [], clues: [], answers: [], shifts: [], openings: [], shadows: [], shadowFailures: [], summaries: [], attendance: [],
});

export interface LaneDeps {
  readonly clock: Clock;
  readonly standing: LiveStanding;
  readonly copies: ValueCopies;
  readonly watchdog: Watchdog;
  /** What all outfalls have published so far. */
  readonly board: PeerBoard;
}

/** Hours in a row over a limit, by the model that counts them. */
const RUN_MODEL = 'B01';

function speakersOf(members: readonly Episode[]): ClueModel[] {
  const versions = new Map(members.map((episode) => [episode.model, episode.modelVersion]));
  const hours = Math.max(0, ...members.filter((episode) => episode.model === RUN_MODEL && counts(episode)).map((episode) => Number(episode.stats['hours'] ?? 0)));
  return [...versions].map(([model, version]) => (model === RUN_MODEL && hours > 0 ? { model, version, hours } : { model, version }));
}

const runOf = (models: readonly ClueModel[]): number => models.find(({ model }) => model === RUN_MODEL)?.hours ?? 0;

function eventsOf(clue: Clue, before: Clue | undefined, longer: boolean, joined: boolean): ClueEventType[] {
  if (before === undefined) return clue.cleared ? [] : ['clue.raised'];
  const events: ClueEventType[] = clue.validity !== undefined && clue.validity.at !== before.validity?.at ? ['clue.validity_changed'] : [];
  if (clue.cleared && !before.cleared) return [...events, 'clue.withdrawn'];
  if (isHigher(clue.tier, before.tier)) events.push('clue.escalated');
  // A region may count hours before it asks the unit: each hour more is news although the tier stays.
  else if (longer && !clue.cleared) events.push('clue.grown');
  if (before.provisional && !clue.provisional && !clue.cleared) events.push('clue.settled');
  // A strong fact of the tier that people already know: whoever has closed the clue has not seen it.
  if (joined && !events.includes('clue.escalated')) events.push('clue.joined');
  return events;
}

/** What an outfall holds beside its columns when its windows are full (`bench models`). */
const BESIDE_COLUMNS = 3 * 1024 * 1024;

export interface StoredState {
  readonly state: Uint8Array;
  readonly pieces: readonly Uint8Array[];
}

/** What is stored of a lane, as plain data. */
interface Held {
  readonly engine: EngineState;
  readonly position: number;
  /** Names of what was offered beside frames, with the known time after which it is of no more use. */
  readonly told?: readonly (readonly [ref: string, useEnds: number])[];
  readonly waiting: readonly NamedArrival[];
}

/** The live fold of one outfall with what waits to be fed and what waits to be written. */
export class Lane {
  readonly outfall: OutfallId;
  readonly activeSince: number;
  /** Journal sequence number up to which every frame of the outfall was offered. */
  seq: number;
  /** The same when it was opened. */
  readonly bornAt: number;
  readonly engine: OutfallEngine;
  /** Known time up to which this lane has been judged: nothing older may be fed as if it had been known. */
  position = Number.NEGATIVE_INFINITY;
  /** Not yet in the database. */
  isNew = false;
  #storedAt: number;
  /** Names of the facts beside frames that were offered, and until when these are of use. */
  readonly #known = new Map<string, number>();
  #waiting: NamedArrival[] = [];
  #doors: readonly DoorOpening[] = [];
  #out = emptyOutput();
  readonly #clues = new Map<string, Clue>();
  /** Longest row of exceeding hours told of each clue. */
  readonly #runs = new Map<string, number>();
  #attendedUntil = Number.NEGATIVE_INFINITY;
  readonly #shifts: ReadonlyMap<string, number>;

  constructor(setup: OutfallSetup, row: { readonly activeSince: number; readonly seq: number }, deps: LaneDeps, stored: StoredState | null, shifts: ReadonlyMap<string, number>) {
    this.outfall = setup.outfall.outfall;
    this.activeSince = row.activeSince;
    this.seq = row.seq;
    this.bornAt = row.seq;
    this.#shifts = shifts;
    const { standing, watchdog } = deps;
    this.engine = new OutfallEngine(setup, row.activeSince, {
      models: standing.models.map((model) => watchdog.may(this.outfall, model)),
      beforeAsking: (_, model) => watchdog.asks(this.outfall, model),
      inForce: standing.inForce.bind(standing),
      paramsOf: standing.paramsOf.bind(standing),
      capOf: standing.capOf.bind(standing),
      shadowsAt: (at) => standing.shadowsAt(at).map((shadow) => ({ ...shadow, model: watchdog.may(this.outfall, shadow.model) })),
      board: this.#noting(deps.board),
      onChange: (change: Change) => this.#take(change),
      onAnswer: (answer: ModelAnswer) => void this.#out.answers.push({ ...answer, outfall: this.outfall }),
      onShadow: (proposal: string, change: Change) => void (change.kind === 'episode' && this.#out.shadows.push({ proposal, episode: change.episode })),
      onShadowFailure: (proposal: string, reason: string, at: number) => void this.#out.shadowFailures.push({ proposal, outfall: this.outfall, reason, at }),
      onAttendance: (day: AttendanceDay) => void this.#out.attendance.push(day),
      onArrival: deps.copies.note.bind(deps.copies),
    });
    if (stored !== null) this.#takeUp(stored);
    this.#storedAt = this.position;
  }

  #takeUp({ state, pieces }: StoredState): void {
    const { engine, position, told, waiting } = unpackState<Held>(state);
    this.engine.takeUp(engine, pieces);
    this.position = position;
    for (const [ref, ends] of told ?? []) this.#known.set(ref, ends);
    this.#waiting = [...waiting];
    this.#doors = this.engine.facts.doors;
    this.#attendedUntil = this.engine.attendedUntil;
    const { episodes, clues } = engine.judged.opinions;
    for (const clue of clues) {
      this.#clues.set(clue.id, clue);
      this.#runs.set(clue.id, runOf(speakersOf(episodes.filter((episode) => clue.episodes.includes(episode.id)))));
    }
  }

  /** All that is held at this moment, to be written with what was brought forth until now. Facts of the register that wait are told again. */
  store(): LaneState {
    const frames = this.#waiting.filter(({ ref }) => ref.startsWith(FRAME));
    const waits = new Set(this.#waiting.map(({ ref }) => ref));
    for (const [ref, ends] of this.#known) if (ends < this.position) this.#known.delete(ref);
    const held: Held = {
      engine: this.engine.state, position: this.position, told: [...this.#known].filter(([ref]) => !waits.has(ref)),
      waiting: frames.map(({ ref, arrival: { knownAt, order, facts } }) => ({ ref, arrival: { knownAt, order, facts } })),
    };
    this.#storedAt = this.position;
    return { bytes: packState(held), pieces: this.engine.facts.takePieces(), windowStart: this.engine.facts.begin };
  }

  /** When the first hour that waits becomes known. */
  get nextWaiting(): number {
    return this.#waiting.reduce((at, { arrival }) => (arrival.knownAt < at && holdsHour(arrival) ? arrival.knownAt : at), Number.POSITIVE_INFINITY);
  }

  /** When somebody is asked or something is fed next; until then judging goes on without work. */
  get nextWork(): number {
    return this.#waiting.reduce((at, { arrival }) => Math.min(at, arrival.knownAt), this.engine.nextMoment);
  }

  /** Whether so much was judged since the state was last written that it should not be judged again after a restart. */
  storeDue(after: number): boolean {
    return this.position > Number.NEGATIVE_INFINITY && !(this.position - this.#storedAt < after);
  }

  /** Bytes of memory, about: the columns, and what lies beside them. */
  get bytes(): number {
    return this.engine.facts.bytes + BESIDE_COLUMNS;
  }

  /** The common board; what this outfall lays down there is also written with the step. */
  #noting(board: PeerBoard): PeerBoard {
    return {
      daysOf: board.daysOf.bind(board),
      publish: (summary) => {
        this.#out.summaries.push(summary);
        board.publish(summary);
      },
    };
  }

  #placed(named: NamedArrival): NamedArrival {
    const shifted = this.#shifts.get(named.ref);
    if (shifted === undefined) return named;
    const { facts, order } = named.arrival;
    return { ref: named.ref, arrival: { facts, order, knownAt: shifted } };
  }

  /**
   * Takes a fact that has reached us. One whose known time has already been judged counts from now on, and that is noted.
   * `judgedUntil` is how far others were judged while this lane was at rest.
   */
  offer(named: NamedArrival, judgedUntil = Number.NEGATIVE_INFINITY): void {
    const placed = this.#placed(named);
    if (placed.arrival.knownAt > this.position) return void this.#waiting.push(placed);
    const knownAt = Math.max(this.position, judgedUntil) + 1;
    const { facts, order } = placed.arrival;
    this.#out.shifts.push({ outfall: this.outfall, ref: named.ref, knownAt });
    this.#waiting.push({ ref: named.ref, arrival: { facts, order, knownAt } });
  }

  /** Takes a fact beside the frames that may already be here. One that no model can see any more is passed over, so that its name need not be kept. */
  offerOnce(named: NamedArrival, judgedUntil?: number): void {
    const ends = useEnds(named.arrival);
    if (ends < this.position || this.#known.has(named.ref)) return;
    this.#known.set(named.ref, ends);
    this.offer(named, judgedUntil);
  }

  /** Judges what was known before `until`; with `settled`, everything known until then is here and its moments are run. */
  judge(until: number, settled: boolean): number {
    if (until <= this.position) return 0;
    const due: Arrival[] = [];
    const later: NamedArrival[] = [];
    for (const named of this.#waiting) {
      if (settled ? named.arrival.knownAt <= until : named.arrival.knownAt < until) due.push(named.arrival);
      else later.push(named);
    }
    this.#waiting = later;
    due.sort(byKnownTime);
    this.engine.feed(due);
    this.#noteOpenings();
    const last = due.at(-1);
    if (settled) {
      this.engine.advance(until);
      this.position = until;
    } else if (last !== undefined) this.position = last.knownAt;
    return due.length;
  }

  #take(change: Change): void {
    if (change.kind === 'episode') return void this.#out.episodes.push(change.episode);
    const { clue, joined } = change;
    const members = this.engine.opinions.episodes.filter((episode) => clue.episodes.includes(episode.id));
    const models = speakersOf(members);
    const run = runOf(models);
    this.#out.clues.push({ clue, models, events: eventsOf(clue, this.#clues.get(clue.id), run > (this.#runs.get(clue.id) ?? run), joined) });
    this.#runs.set(clue.id, run);
    this.#clues.set(clue.id, clue);
  }

  /** Openings that are new or have been closed since the last round. */
  #noteOpenings(): void {
    const { doors } = this.engine.facts;
    if (doors === this.#doors) return;
    for (const door of doors.filter((one) => !this.#doors.includes(one))) {
      this.#out.openings.push({
        outfall: this.outfall, opened_at: Math.round(door.openedAt), closed_at: Number.isNaN(door.closedAt) ? null : Math.round(door.closedAt),
        method: door.method, person: door.person, known_at: door.arrivedAt,
      });
    }
    this.#doors = doors;
  }

  /** The open day is written again once an hour of it has been judged since. */
  get #attendanceDue(): boolean {
    return this.engine.attendedUntil - this.#attendedUntil >= HOUR;
  }

  get hasOutput(): boolean {
    return this.isNew || this.#attendanceDue || Object.values(this.#out).some((list) => list.length > 0);
  }

  empty(): LaneOutput {
    const out = this.#out;
    const open = this.engine.attendance;
    if (open !== undefined) {
      out.attendance.push(open);
      this.#attendedUntil = open.until;
    }
    this.#out = emptyOutput();
    return out;
  }
}
