import { HOUR, type Clock, type OutfallId } from '#kernel';
import { byKnownTime, type Arrival, type DoorOpening } from '#quality';
import type { AttendanceDay } from '../attendance.ts';
import type { Clue } from '../clue.ts';
import { OutfallEngine, type EngineSnapshot, type ModelAnswer } from '../engine.ts';
import { counts, isHigher, type Episode } from '../episode.ts';
import type { Change } from '../opinions.ts';
import type { LiveStanding } from '../governance/live-standing.ts';
import type { ShadowEpisode, ShadowFailure } from '../governance/store/shadow.ts';
import type { DailySummary, PeerBoard } from '../peers.ts';
import type { OutfallSetup } from '../setup.ts';
import type { ClueEventType, ClueModel, OpeningRow } from '../store/opinions.ts';
import type { Shift } from '../store/progress.ts';
import type { ValueCopies } from '../store/values.ts';

/** An arrival with the name under which it is found again when the fold is recomputed. */
export interface NamedArrival {
  readonly ref: string;
  readonly arrival: Arrival;
}

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
  snapshot: EngineSnapshot | null;
  openings: OpeningRow[];
  shadows: ShadowEpisode[];
  shadowFailures: ShadowFailure[];
  summaries: DailySummary[];
  attendance: AttendanceDay[];
}

const emptyOutput = (): LaneOutput => ({
  episodes: [], clues: [], answers: [], shifts: [], snapshot: null, openings: [], shadows: [], shadowFailures: [], summaries: [], attendance: [],
});

export interface LaneDeps {
  readonly clock: Clock;
  readonly standing: LiveStanding;
  readonly copies: ValueCopies;
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

function eventsOf(clue: Clue, before: Clue | undefined, longer: boolean): ClueEventType[] {
  if (before === undefined) return clue.cleared ? [] : ['clue.raised'];
  const events: ClueEventType[] = [];
  if (clue.cleared && !before.cleared) return ['clue.withdrawn'];
  if (isHigher(clue.tier, before.tier)) events.push('clue.escalated');
  // A region may count hours before it asks the unit: each hour more is news although the tier stays.
  else if (longer && !clue.cleared) events.push('clue.grown');
  if (before.provisional && !clue.provisional && !clue.cleared) events.push('clue.settled');
  return events;
}

/** The live fold of one outfall with what waits to be fed and what waits to be written. */
export class Lane {
  readonly outfall: OutfallId;
  readonly activeSince: number;
  readonly engine: OutfallEngine;
  /** Known time up to which this lane has been judged: nothing older may be fed as if it had been known. */
  position: number;
  /** Not yet in the database. */
  isNew: boolean;
  readonly #known = new Set<string>();
  #waiting: NamedArrival[] = [];
  #doors: readonly DoorOpening[] = [];
  #out = emptyOutput();
  readonly #clues = new Map<string, Clue>();
  /** Longest row of exceeding hours told of each clue. */
  readonly #runs = new Map<string, number>();
  #attendedUntil = Number.NEGATIVE_INFINITY;
  readonly #shifts: ReadonlyMap<string, number>;

  constructor(
    setup: OutfallSetup,
    activeSince: number,
    deps: LaneDeps,
    stored: { readonly snapshot: EngineSnapshot | null; readonly shifts: ReadonlyMap<string, number> },
    history: readonly NamedArrival[],
  ) {
    this.outfall = setup.outfall.outfall;
    this.activeSince = activeSince;
    this.#shifts = stored.shifts;
    this.isNew = stored.snapshot === null;
    for (const { ref } of history) if (!ref.startsWith('f')) this.#known.add(ref);
    const { standing } = deps;
    const options = {
      models: standing.models,
      inForce: standing.inForce.bind(standing),
      paramsOf: standing.paramsOf.bind(standing),
      capOf: standing.capOf.bind(standing),
      shadowsAt: standing.shadowsAt.bind(standing),
      board: this.#noting(deps.board),
      onChange: (change: Change) => this.#take(change),
      onAnswer: (answer: ModelAnswer) => void this.#out.answers.push({ ...answer, outfall: this.outfall }),
      onShadow: (proposal: string, change: Change) => void (change.kind === 'episode' && this.#out.shadows.push({ proposal, episode: change.episode })),
      onShadowFailure: (proposal: string, reason: string, at: number) => void this.#out.shadowFailures.push({ proposal, outfall: this.outfall, reason, at }),
      onSnapshot: (snapshot: EngineSnapshot) => void (this.#out.snapshot = structuredClone(snapshot)),
      onAttendance: (day: AttendanceDay) => void this.#out.attendance.push(day),
      onArrival: deps.copies.note.bind(deps.copies),
    };
    const { snapshot } = stored;
    this.engine = new OutfallEngine(setup, activeSince, options, snapshot?.at ?? activeSince);
    const arrivals = history.map((named) => this.#placed(named)).sort((a, b) => byKnownTime(a.arrival, b.arrival));
    if (snapshot === null) {
      this.position = Number.NEGATIVE_INFINITY;
      this.#waiting = arrivals;
      return;
    }
    for (const clue of snapshot.opinions.clues) {
      this.#clues.set(clue.id, clue);
      this.#runs.set(clue.id, runOf(speakersOf(snapshot.opinions.episodes.filter((episode) => clue.episodes.includes(episode.id)))));
    }
    this.engine.resume(snapshot, arrivals.filter(({ arrival }) => arrival.knownAt <= snapshot.at).map(({ arrival }) => arrival));
    this.position = snapshot.at;
    this.#waiting = arrivals.filter(({ arrival }) => arrival.knownAt > snapshot.at);
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

  /** Takes a fact that has reached us. One whose known time has already been judged counts from now on, and that is noted. */
  offer(named: NamedArrival): void {
    const placed = this.#placed(named);
    if (placed.arrival.knownAt > this.position) return void this.#waiting.push(placed);
    const knownAt = this.position + 1;
    const { facts, order } = placed.arrival;
    this.#out.shifts.push({ outfall: this.outfall, ref: named.ref, knownAt });
    this.#waiting.push({ ref: named.ref, arrival: { facts, order, knownAt } });
  }

  /** Takes a fact of the register that may already be here. */
  offerOnce(named: NamedArrival): void {
    if (this.#known.has(named.ref)) return;
    this.#known.add(named.ref);
    this.offer(named);
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
    const { clue } = change;
    const members = this.engine.opinions.episodes.filter((episode) => clue.episodes.includes(episode.id));
    const models = speakersOf(members);
    const run = runOf(models);
    this.#out.clues.push({ clue, models, events: eventsOf(clue, this.#clues.get(clue.id), run > (this.#runs.get(clue.id) ?? run)) });
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
    const { snapshot, ...lists } = this.#out;
    return this.isNew || snapshot !== null || this.#attendanceDue || Object.values(lists).some((list) => list.length > 0);
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
