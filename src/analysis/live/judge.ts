import { setImmediate as turn } from 'node:timers/promises';
import { DAY, HOUR, MINUTE, SECOND, startOfHour, type Clock, type OutfallId } from '#kernel';
import { directoryOfRegister, lastSeq, readJournal, type DeviceDirectory, type JournalFrame } from '#ingest';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Series } from '#platform/series';
import type { Arrival } from '#quality';
import { marksKnownAfter, readMarks, type LiveRegistry, type StoredMark, type StoredRegistry } from '#register';
import { modelCatalogue } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { firstDayMoment } from '../moments.ts';
import { MemoryBoard } from '../peers/peers.ts';
import { markArrival, registerArrivals } from './register-arrivals.ts';
import { setupOf, type OutfallSetup } from '../setup.ts';
import { readPeerSummaries } from '../store/peer-summaries.ts';
import { LiveStanding } from '../governance/live-standing.ts';
import { readLanes, readLaneState, type LaneRow } from '../store/lanes.ts';
import { readProgress, readShifts, type Progress } from '../store/progress.ts';
import { ValueCopies } from '../store/values.ts';
import { Lane, type LaneDeps } from './lane.ts';
import { Lanes } from './lanes.ts';
import { named, type NamedArrival } from './named-arrival.ts';
import { routeStored, type RoutedFrame } from './route-stored.ts';
import { sideArrivals, sideFrom, SideWatch } from './side-arrivals.ts';
import { Watchdog } from './watchdog.ts';
import { writeStep } from './write-step.ts';

/** What the judging worker works with; without `models` the whole catalogue and the approved rules. */
export interface JudgeDeps {
  readonly db: Database;
  readonly series: Series;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry: LiveRegistry;
  /** How the devices are read, their keys included; from the register alone where left out. */
  readonly devices?: DeviceDirectory;
  readonly models?: readonly Model[];
  /** Memory (bytes) that the state of outfalls may take; others rest in the database until their next moment. */
  readonly memoryBytes?: number;
  /** Knows which models hung, also after a Judge was thrown away. */
  readonly watchdog?: Watchdog;
}

/** What one step of the worker did. */
export interface JudgeStep {
  /** Journal rows read in this step; 0 when there was nothing new. */
  readonly frames: number;
  /** Known time up to which all outfalls have been judged; 0 while history is still being taken in. */
  readonly until: number;
}

/** Frames are committed a moment after the known time they carry; nothing younger is taken for settled. */
const COMMIT_LAG = 2 * SECOND;
/** While recorded history is being imported, the present must not be judged over it. */
const IMPORT_REST = 15 * SECOND;
/** Rows of one read and reads at once: history comes in much faster than it could be asked for one page at a time. */
const PAGE = 1_000;
const PAGES = 6;
/** Imported history is read in the order it arrived in, but for this much. */
const SETTLED_LAG = HOUR;
/** State is written at least so often, in known time: as much is judged again after a kill. Less often while history comes in. */
const STORE_EVERY = 6 * HOUR;
const DEFAULT_MEMORY = 2 * 1024 ** 3;

/** The judging worker: takes the journal up where it left it and folds every outfall forward. */
export class Judge {
  readonly #deps: JudgeDeps;
  #lanes!: Lanes;
  /** How the devices of outfalls at rest are read. */
  readonly #profiles = new Map<OutfallId, OutfallSetup['profiles'] | undefined>();
  readonly #copies: ValueCopies;
  readonly #board = new MemoryBoard();
  readonly #watchdog: Watchdog;
  #laneDeps!: LaneDeps;
  #standing!: LiveStanding;
  readonly #directory: DeviceDirectory;
  #registerArrivals!: (id: OutfallId, powerStepMs: number) => Arrival[];
  #seq = -1;
  /** Journal rows up to here have been offered in this round. */
  #offered = -1;
  /** Rows up to here were judged before the start: what is read again of them is no news. */
  #judgedSeq = -1;
  #until = 0;
  #writtenUntil = 0;
  #marksUntil = 0;
  #side!: SideWatch;
  #lastImport = Number.NEGATIVE_INFINITY;
  /** Newest arrival of the history that is coming in. */
  #importedUntil = Number.NEGATIVE_INFINITY;
  #ahead: Promise<{ frames: JournalFrame[]; seq: number; caughtUp: boolean }> | undefined;

  private constructor(deps: JudgeDeps) {
    this.#deps = deps;
    this.#copies = new ValueCopies(deps.series);
    this.#watchdog = deps.watchdog ?? new Watchdog();
    this.#directory = deps.devices ?? directoryOfRegister(() => deps.registry.current());
  }

  /** Opens the worker's state; lanes that were judged before are taken up from their snapshots. */
  static async open(deps: JudgeDeps): Promise<Judge> {
    const judge = new Judge(deps);
    const progress = await readProgress(deps.db);
    const rows = (await readLanes(deps.db)).filter(({ outfall }) => deps.registry.current().outfall(outfall as OutfallId) !== undefined);
    judge.#judgedSeq = progress.seq;
    judge.#seq = rows.reduce((least, row) => Math.min(least, row.seq), progress.seq);
    judge.#offered = judge.#seq;
    judge.#until = progress.until;
    judge.#marksUntil = deps.clock.now();
    judge.#side = new SideWatch(judge.#marksUntil);
    judge.#standing = await LiveStanding.open(deps.db, deps.models ?? modelCatalogue);
    for await (const summaries of readPeerSummaries(deps.db)) for (const summary of summaries) judge.#board.publish(summary);
    judge.#laneDeps = { clock: deps.clock, standing: judge.#standing, copies: judge.#copies, watchdog: judge.#watchdog, board: judge.#board };
    judge.#lanes = new Lanes({
      memoryBytes: deps.memoryBytes ?? DEFAULT_MEMORY,
      wake: (row, waiting) => judge.#wake(row, waiting),
      store: (lanes) => judge.#write(lanes, { seq: judge.#seq, until: judge.#until }, () => true),
    }, rows);
    judge.#useRegistry(deps.registry.current());
    return judge;
  }

  #useRegistry(registry: StoredRegistry): void {
    this.#registerArrivals = registerArrivals(registry);
    this.#profiles.clear();
    for (const lane of this.#lanes.working) {
      const id = lane.outfall;
      const setup = setupOf(registry, id);
      // A changed step needs new columns: that waits for the next start.
      if (setup !== undefined && setup.facts.stepMs === lane.engine.setup.facts.stepMs) lane.engine.useSetup(setup);
      for (const arrival of this.#registerArrivals(id, lane.engine.setup.facts.powerStepMs)) lane.offerOnce(named(arrival));
    }
  }

  /** Opens a lane from what was stored of it; what the register tells is offered once. */
  async #wake(row: LaneRow, waiting: readonly NamedArrival[]): Promise<Lane | undefined> {
    const id = row.outfall as OutfallId;
    const setup = setupOf(this.#deps.registry.current(), id);
    if (setup === undefined) return undefined;
    const { db } = this.#deps;
    const [stored, shifts, side, marks] = await Promise.all([readLaneState(db, id), readShifts(db, id), this.#sideOf(setup, row.storedAt), readMarks(db, id)]);
    const lane = new Lane(setup, row, this.#laneDeps, stored, shifts);
    for (const arrival of [...this.#registerArrivals(id, setup.facts.powerStepMs), ...marks.map(markArrival), ...side]) lane.offerOnce(named(arrival), this.#until);
    for (const frame of waiting) lane.offer(frame);
    lane.seq = Math.max(row.seq, this.#offered);
    return lane;
  }

  #sideOf(setup: OutfallSetup, judgedUntil: number | null): Promise<Arrival[]> {
    return sideArrivals(this.#deps.db, setup, { from: sideFrom(judgedUntil), to: this.#deps.clock.now() + DAY });
  }

  /** An outfall that is heard for the first time. */
  async #begin(id: OutfallId, activeSince: number, seq: number): Promise<void> {
    const lane = await this.#wake({ outfall: id, activeSince, seq: seq - 1, storedAt: null }, []);
    if (lane === undefined) return;
    lane.isNew = true;
    this.#lanes.add(lane);
  }

  #profilesOf(id: OutfallId): OutfallSetup['profiles'] | undefined {
    const working = this.#lanes.workingOn(id);
    if (working !== undefined) return working.engine.setup.profiles;
    if (!this.#profiles.has(id)) this.#profiles.set(id, setupOf(this.#deps.registry.current(), id)?.profiles);
    return this.#profiles.get(id);
  }

  #route(frame: JournalFrame): RoutedFrame[] {
    return routeStored(frame, this.#deps.registry.current(), (id) => this.#profilesOf(id));
  }

  /** One round: new frames, marks and register changes in; judged; written in one transaction. */
  async step(): Promise<JudgeStep> {
    const { clock, registry } = this.#deps;
    const now = clock.now();
    if (await registry.refresh()) this.#useRegistry(registry.current());
    // Read after the clock: what was decided to hold from a moment is here before that moment is judged.
    if (await this.#standing.refresh()) for (const lane of this.#lanes.working) lane.engine.useModels(this.#standing.models.map((model) => this.#watchdog.may(lane.outfall, model)));
    await this.#takeMarks(now);
    await this.#takeSide(now);
    const { frames, seq, caughtUp } = await (this.#ahead ?? this.#read(this.#seq));
    this.#ahead = caughtUp ? undefined : this.#read(seq);
    // A failed read is met at the next step; unobserved meanwhile it would end the process.
    this.#ahead?.catch(() => undefined);
    let newest = Number.NEGATIVE_INFINITY;
    for (const frame of frames) {
      for (const { outfall, named: arrival } of this.#route(frame)) {
        if (!this.#lanes.has(outfall)) await this.#begin(outfall, startOfHour(frame.arrivedAt), frame.seq);
        this.#lanes.offer(outfall, frame.seq, arrival);
      }
      newest = Math.max(newest, frame.arrivedAt);
      if (frame.seq <= this.#judgedSeq || !frame.row.marks.includes('IMPORTED')) continue;
      this.#importedUntil = Math.max(now - this.#lastImport > IMPORT_REST ? Number.NEGATIVE_INFINITY : this.#importedUntil, frame.arrivedAt);
      this.#lastImport = now;
    }
    this.#offered = seq;
    for (const lane of this.#lanes.working) lane.seq = Math.max(lane.seq, seq);
    const settled = caughtUp && now - this.#lastImport > IMPORT_REST;
    const until = settled ? now - COMMIT_LAG : newest;
    const importing = now - this.#lastImport <= IMPORT_REST;
    await this.#judgeUntil(until, settled, settled ? until : (importing ? this.#importedUntil : until) - SETTLED_LAG);
    const progress = { seq, until: settled ? Math.max(this.#until, until) : this.#until };
    const stores = (lane: Lane) => lane.storeDue(settled ? STORE_EVERY : DAY);
    const lanes = this.#lanes.working.filter((lane) => lane.hasOutput || stores(lane));
    if (lanes.length > 0 || frames.length > 0 || progress.until - this.#writtenUntil >= MINUTE) {
      await this.#write(lanes, progress, stores);
      this.#writtenUntil = progress.until;
    }
    this.#seq = seq;
    this.#until = progress.until;
    return { frames: frames.length, until: settled ? until : 0 };
  }

  /** Values are copied first, so that none is lost. */
  async #write(lanes: readonly Lane[], progress: Progress, stores: (lane: Lane) => boolean): Promise<void> {
    await this.#copies.flush();
    await writeStep(this.#deps, lanes, { ...progress, seq: Math.max(progress.seq, this.#judgedSeq) }, stores);
  }

  /** Writes the state of every lane at work, so that the next start has nothing to judge again. */
  async rest(): Promise<void> {
    await this.#lanes.rest(this.#lanes.working.filter((lane) => Number.isFinite(lane.position)));
  }

  /**
   * All outfalls go together from one daily moment to the next, for there they look at what the others published the day
   * before. `days` is how far daily moments are settled: while history is coming in, an hour behind its newest arrival.
   */
  async #judgeUntil(until: number, settled: boolean, days: number): Promise<void> {
    const { behind } = this.#lanes;
    if (Number.isFinite(behind)) for (let day = firstDayMoment(behind); day <= days; day += DAY) await this.#judgeAll(day, true);
    await this.#judgeAll(until, settled);
  }

  async #judgeAll(until: number, settled: boolean): Promise<void> {
    for await (const lane of this.#lanes.due(until)) {
      const judge = () => lane.judge(until, settled);
      // A watch costs a thread of the engine: most lanes have nothing to do in most rounds.
      if ((lane.nextWork > until ? judge() : this.#watchdog.run(lane.outfall, judge)) === 0) continue;
      this.#lanes.add(lane);
      // Other loops of the worker (outbox, deadlines, checkpoints) get their turn between outfalls.
      await turn();
    }
  }

  /** The next rows, page by page at once. Only rows that were visible before the first page was asked for (batches become visible in order). */
  async #read(after: number): Promise<{ frames: JournalFrame[]; seq: number; caughtUp: boolean }> {
    const last = await lastSeq(this.#deps.db);
    const pages = Math.min(PAGES, Math.ceil((last - after) / PAGE));
    if (pages <= 0) return { frames: [], seq: after, caughtUp: true };
    const read = await Promise.all(
      Array.from({ length: pages }, async (_, i) => {
        const from = after + i * PAGE;
        const rows = await readJournal(this.#deps.db, this.#directory, from, PAGE);
        return rows.filter((frame) => frame.seq <= Math.min(last, from + PAGE));
      }),
    );
    const seq = Math.min(last, after + pages * PAGE);
    return { frames: read.flat(), seq, caughtUp: seq >= last };
  }

  async #takeMarks(now: number): Promise<void> {
    const marks: readonly StoredMark[] = await marksKnownAfter(this.#deps.db, this.#marksUntil - MINUTE);
    for (const mark of marks) {
      this.#lanes.workingOn(mark.outfall)?.offerOnce(named(markArrival(mark)));
      this.#lanes.stir(mark.outfall);
    }
    this.#marksUntil = now;
  }

  /** Doors, meters and cameras told something beside the frames. */
  async #takeSide(now: number): Promise<void> {
    for (const id of await this.#side.look(this.#deps.db, this.#deps.registry.current(), now)) {
      const lane = this.#lanes.workingOn(id);
      if (lane === undefined) this.#lanes.stir(id);
      else for (const arrival of await this.#sideOf(lane.engine.setup, lane.position)) lane.offerOnce(named(arrival));
    }
  }
}
