import { setImmediate as turn } from 'node:timers/promises';
import { DAY, HOUR, instant, MINUTE, SECOND, startOfHour, type Clock, type OutfallId } from '#kernel';
import { directoryOfRegister, lastSeq, readDevices, readJournal, readSideRecords, type DeviceDirectory, type JournalFrame } from '#ingest';
import type { Database } from '#platform/db';
import type { Logger } from '#platform/log';
import type { Series } from '#platform/series';
import { factsOf, WINDOW_DAYS, type Arrival } from '#quality';
import { marksKnownAfter, readMarks, type LiveRegistry, type StoredMark, type StoredRegistry } from '#register';
import { modelCatalogue } from '../catalogue.ts';
import type { Model } from '../contract.ts';
import { firstDayMoment } from '../moments.ts';
import { MemoryBoard } from '../peers.ts';
import { doorArrivals, markArrival, powerArrivals, registerArrivals } from '../register-arrivals.ts';
import { chosen, FrameArrival } from '../route-frames.ts';
import { setupOf } from '../setup.ts';
import { readPeerSummaries } from '../store/peer-summaries.ts';
import { LiveStanding } from '../governance/live-standing.ts';
import { readLanes, readProgress, readShifts, type StoredLane } from '../store/progress.ts';
import { ValueCopies } from '../store/values.ts';
import { Lane, type LaneDeps, type NamedArrival } from './lane.ts';
import { writeStep } from './write-step.ts';

export interface JudgeDeps {
  readonly db: Database;
  readonly series: Series;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry: LiveRegistry;
  readonly models?: readonly Model[];
}

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
/** History is read back in portions, so that months of frames never lie in memory at once. */
const PORTION = 5 * DAY;
const LANES_AT_ONCE = 4;
/** Imported history is read in the order it arrived in, but for this much. */
const SETTLED_LAG = HOUR;
const FOR_EVER = 8.64e15;

const named = (arrival: Arrival): NamedArrival => ({ ref: `${arrival.order} ${arrival.knownAt}`, arrival });

/** The judging worker: takes the journal up where it left it and folds every outfall forward (R5). */
export class Judge {
  readonly #deps: JudgeDeps;
  readonly #lanes = new Map<OutfallId, Lane>();
  readonly #stored = new Map<string, StoredLane>();
  readonly #copies: ValueCopies;
  readonly #board = new MemoryBoard();
  #laneDeps!: LaneDeps;
  #standing!: LiveStanding;
  readonly #directory: DeviceDirectory;
  #registerArrivals!: (id: OutfallId, powerStepMs: number) => Arrival[];
  #seq = -1;
  #until = 0;
  #writtenUntil = 0;
  #marksUntil = 0;
  #lastImport = Number.NEGATIVE_INFINITY;
  /** Newest arrival of the history that is coming in. */
  #importedUntil = Number.NEGATIVE_INFINITY;
  #ahead: Promise<{ frames: JournalFrame[]; seq: number; caughtUp: boolean }> | undefined;

  private constructor(deps: JudgeDeps) {
    this.#deps = deps;
    this.#copies = new ValueCopies(deps.series);
    this.#directory = directoryOfRegister(() => deps.registry.current());
  }

  /** Opens the worker's state; lanes that were judged before are taken up from their snapshots. */
  static async open(deps: JudgeDeps): Promise<Judge> {
    const judge = new Judge(deps);
    const progress = await readProgress(deps.db);
    judge.#seq = progress.seq;
    judge.#until = progress.until;
    judge.#marksUntil = deps.clock.now();
    judge.#standing = await LiveStanding.open(deps.db, deps.models ?? modelCatalogue);
    for await (const summaries of readPeerSummaries(deps.db)) for (const summary of summaries) judge.#board.publish(summary);
    judge.#laneDeps = { clock: deps.clock, standing: judge.#standing, copies: judge.#copies, board: judge.#board };
    judge.#useRegistry(deps.registry.current());
    const lanes = await readLanes(deps.db);
    for (const lane of lanes) judge.#stored.set(lane.outfall, lane);
    for (let i = 0; i < lanes.length; i += LANES_AT_ONCE) {
      await Promise.all(lanes.slice(i, i + LANES_AT_ONCE).map((lane) => judge.#openLane(lane.outfall as OutfallId, lane.activeSince)));
    }
    return judge;
  }

  #useRegistry(registry: StoredRegistry): void {
    this.#registerArrivals = registerArrivals(registry);
    for (const [id, lane] of this.#lanes) {
      const setup = setupOf(registry, id);
      // A changed step needs new columns: that waits for the next start.
      if (setup !== undefined && setup.facts.stepMs === lane.engine.setup.facts.stepMs) lane.engine.useSetup(setup);
      for (const arrival of this.#registerArrivals(id, lane.engine.setup.facts.powerStepMs)) lane.offerOnce(named(arrival));
    }
  }

  async #openLane(id: OutfallId, activeSince: number): Promise<Lane | undefined> {
    const setup = setupOf(this.#deps.registry.current(), id);
    if (setup === undefined) return undefined;
    const stored = this.#stored.get(id);
    const shifts = await readShifts(this.#deps.db, id);
    const history = stored === undefined ? [] : await this.#history(setup, (stored.snapshot?.at ?? activeSince) - (WINDOW_DAYS + 1) * DAY);
    const side = await this.#sideArrivals(setup);
    const register = this.#registerArrivals(id, setup.facts.powerStepMs);
    const marks = (await readMarks(this.#deps.db, id)).map(markArrival);
    const told = new Map([...register, ...marks, ...side].map(named).map((one) => [one.ref, one]));
    const arrivals = [...history, ...told.values()];
    const lane = new Lane(setup, activeSince, this.#laneDeps, { snapshot: stored?.snapshot ?? null, shifts }, arrivals);
    this.#lanes.set(id, lane);
    return lane;
  }

  async #history(setup: NonNullable<ReturnType<typeof setupOf>>, from: number): Promise<NamedArrival[]> {
    const mns = [...new Set(setup.devices.map((device) => device.mn))];
    const end = Math.max(this.#until, this.#deps.clock.now());
    const arrivals: NamedArrival[] = [];
    for (let at = from; at < end + PORTION; at += PORTION) {
      // The last portion is open: recorded history may bear times the clock has not reached.
      const range = { from: instant(at), to: instant(at + PORTION > end ? FOR_EVER : at + PORTION) };
      for (const frame of await readDevices(this.#deps.db, this.#directory, mns, range, 1_000_000)) {
        if (frame.seq > this.#seq) continue;
        for (const routed of this.#route(frame)) if (routed.outfall === setup.outfall.outfall) arrivals.push(routed.named);
      }
      if (range.to === FOR_EVER) break;
    }
    return arrivals;
  }

  /** Doors and meter readings that came as files (R27: the same fact told by a frame is one record). */
  async #sideArrivals(setup: NonNullable<ReturnType<typeof setupOf>>): Promise<Arrival[]> {
    const range = { from: 0, to: this.#deps.clock.now() + DAY };
    const doors = await readSideRecords(this.#deps.db, 'DOOR', [setup.outfall.outfall], range);
    const power = await readSideRecords(this.#deps.db, 'POWER', setup.facts.meters.map((meter) => meter.meter), range);
    return [
      ...doors.flatMap((door) => doorArrivals({
        openedAt: door.startAt, closedAt: door.endAt ?? Number.NaN, method: door.value['method'] ?? '', person: door.value['person'] ?? '',
      })),
      ...powerArrivals(power.map((row) => ({ at: row.startAt, meter: row.subject as never, kw: Number(row.value['kw']) })), setup.facts.powerStepMs),
    ];
  }

  #route(frame: JournalFrame): { outfall: OutfallId; named: NamedArrival }[] {
    const { message, row } = frame;
    if (message === null || message.mn === null) return [];
    const registry = this.#deps.registry.current();
    return chosen(registry.deviceOf(message.mn), message.st).flatMap((device) =>
      device.outfalls.flatMap((outfall) => {
        const setup = this.#lanes.get(outfall)?.engine.setup ?? setupOf(registry, outfall);
        if (setup === undefined) return [];
        const facts = factsOf(message, setup.profiles[device.role]);
        return [{ outfall, named: { ref: `f${frame.seq}`, arrival: new FrameArrival(frame.arrivedAt, facts, row.raw) } }];
      }),
    );
  }

  /** One round: new frames, marks and register changes in; judged; written in one transaction. */
  async step(): Promise<JudgeStep> {
    const { clock, registry } = this.#deps;
    const now = clock.now();
    if (await registry.refresh()) this.#useRegistry(registry.current());
    // Read after the clock: what was decided to hold from a moment is here before that moment is judged.
    if (await this.#standing.refresh()) for (const lane of this.#lanes.values()) lane.engine.useModels(this.#standing.models);
    await this.#takeMarks(now);
    const { frames, seq, caughtUp } = await (this.#ahead ?? this.#read(this.#seq));
    this.#ahead = caughtUp ? undefined : this.#read(seq);
    // A failed read is met at the next step; unobserved meanwhile it would end the process.
    this.#ahead?.catch(() => undefined);
    let newest = Number.NEGATIVE_INFINITY;
    for (const frame of frames) {
      for (const { outfall, named: arrival } of this.#route(frame)) {
        const lane = this.#lanes.get(outfall) ?? (await this.#openLane(outfall, startOfHour(frame.arrivedAt)));
        lane?.offer(arrival);
      }
      newest = Math.max(newest, frame.arrivedAt);
      if (!frame.row.marks.includes('IMPORTED')) continue;
      this.#importedUntil = Math.max(now - this.#lastImport > IMPORT_REST ? Number.NEGATIVE_INFINITY : this.#importedUntil, frame.arrivedAt);
      this.#lastImport = now;
    }
    const settled = caughtUp && now - this.#lastImport > IMPORT_REST;
    const until = settled ? now - COMMIT_LAG : newest;
    const importing = now - this.#lastImport <= IMPORT_REST;
    await this.#judgeUntil(until, settled, settled ? until : (importing ? this.#importedUntil : until) - SETTLED_LAG);
    await this.#copies.flush();
    const progress = { seq, until: settled ? Math.max(this.#until, until) : this.#until };
    const lanes = [...this.#lanes.values()].filter((lane) => lane.hasOutput);
    if (lanes.length > 0 || frames.length > 0 || progress.until - this.#writtenUntil >= MINUTE) {
      await writeStep(this.#deps, lanes, progress);
      this.#writtenUntil = progress.until;
    }
    this.#seq = seq;
    this.#until = progress.until;
    return { frames: frames.length, until: settled ? until : 0 };
  }

  /**
   * All outfalls go together from one daily moment to the next, for there they look at what the others published the day
   * before. `days` is how far daily moments are settled: while history is coming in, an hour behind its newest arrival.
   */
  async #judgeUntil(until: number, settled: boolean, days: number): Promise<void> {
    const behind = Math.min(...[...this.#lanes.values()].map((lane) => Math.max(lane.position, lane.activeSince)));
    if (Number.isFinite(behind)) for (let day = firstDayMoment(behind); day <= days; day += DAY) await this.#judgeAll(day, true);
    await this.#judgeAll(until, settled);
  }

  async #judgeAll(until: number, settled: boolean): Promise<void> {
    for (const lane of this.#lanes.values()) {
      // Other loops of the worker (outbox, deadlines, checkpoints) get their turn between outfalls.
      if (lane.judge(until, settled) > 0) await turn();
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
    for (const mark of marks) this.#lanes.get(mark.outfall)?.offerOnce(named(markArrival(mark)));
    this.#marksUntil = now;
  }
}
