import type { OutfallId } from '#kernel';
import type { LaneRow } from '../store/lanes.ts';
import type { Lane } from './lane.ts';
import { holdsHour, type NamedArrival } from './named-arrival.ts';

/** A lane whose state lies in the database, with what has come for it since. */
interface Resting {
  readonly row: LaneRow;
  /** Frames that wait for it; they are in the journal and not in the stored state. */
  readonly waiting: NamedArrival[];
  /** Moment at which it must be looked at again. */
  nextMoment: number;
}

export interface LanesDeps {
  /** Bytes that lanes at work and what waits for the others may take. */
  readonly memoryBytes: number;
  /** Opens a lane from its stored state; undefined where the register does not know the outfall. */
  wake(row: LaneRow, waiting: readonly NamedArrival[]): Promise<Lane | undefined>;
  /** Writes what the lanes brought forth together with their state. */
  store(lanes: readonly Lane[]): Promise<void>;
}

/** Lanes that are put to rest with one transaction. */
const TOGETHER = 16;
/** What one frame that waits takes in memory, about. */
const FRAME_BYTES = 3_000;

/**
 * The lanes of all outfalls: as many as the budget allows are at work in memory, the others rest in the database until
 * their next moment. A lane that rested and one that did not judge alike, for its whole state is stored.
 */
export class Lanes {
  readonly #deps: LanesDeps;
  /** In the order in which they were last at work. */
  readonly #working = new Map<OutfallId, Lane>();
  readonly #sizes = new Map<OutfallId, number>();
  #bytes = 0;
  readonly #resting = new Map<OutfallId, Resting>();
  #waiting = 0;

  /** After a start every lane rests, until the first moment after its state was stored. */
  constructor(deps: LanesDeps, rows: readonly LaneRow[]) {
    this.#deps = deps;
    for (const row of rows) this.#resting.set(row.outfall as OutfallId, { row, waiting: [], nextMoment: row.storedAt ?? Number.NEGATIVE_INFINITY });
  }

  get working(): readonly Lane[] {
    return [...this.#working.values()];
  }

  /** Bytes of memory that lanes and waiting frames take, about. */
  get bytes(): number {
    return this.#bytes + this.#waiting * FRAME_BYTES;
  }

  workingOn(id: OutfallId): Lane | undefined {
    return this.#working.get(id);
  }

  has(id: OutfallId): boolean {
    return this.#working.has(id) || this.#resting.has(id);
  }

  /** Takes a lane among those at work, as the one last at work. */
  add(lane: Lane): void {
    this.#release(lane.outfall);
    this.#working.set(lane.outfall, lane);
    this.#sizes.set(lane.outfall, lane.bytes);
    this.#bytes += lane.bytes;
  }

  #release(id: OutfallId): void {
    this.#working.delete(id);
    this.#bytes -= this.#sizes.get(id) ?? 0;
    this.#sizes.delete(id);
  }

  /** Gives a frame to the outfall's lane, or lays it down for it. Frames that the stored state holds are passed over. */
  offer(id: OutfallId, seq: number, named: NamedArrival): void {
    const lane = this.#working.get(id);
    if (lane !== undefined) return void (seq > lane.seq && lane.offer(named));
    const rest = this.#resting.get(id);
    if (rest === undefined || seq <= rest.row.seq) return;
    rest.waiting.push(named);
    this.#waiting += 1;
    if (holdsHour(named.arrival)) rest.nextMoment = Math.min(rest.nextMoment, named.arrival.knownAt);
  }

  /** Something other than a frame came for the outfall. */
  stir(id: OutfallId): void {
    const rest = this.#resting.get(id);
    if (rest !== undefined) rest.nextMoment = Number.NEGATIVE_INFINITY;
  }

  /** Known time up to which the slowest lane was judged. */
  get behind(): number {
    let behind = Number.POSITIVE_INFINITY;
    for (const lane of this.#working.values()) behind = Math.min(behind, Math.max(lane.position, lane.activeSince));
    for (const { row } of this.#resting.values()) behind = Math.min(behind, Math.max(row.storedAt ?? Number.NEGATIVE_INFINITY, row.activeSince));
    return behind;
  }

  /** Every lane for which there is something to do until `until`, one by one; others are put to rest to make room. */
  async *due(until: number): AsyncGenerator<Lane> {
    yield* this.working;
    // As they stand now: those that are put to rest meanwhile have just been looked at.
    for (const [id, rest] of Array.from(this.#resting)) {
      if (rest.nextMoment > until && !(this.#crowded && rest.waiting.length > 0)) continue;
      const lane = await this.#deps.wake(rest.row, rest.waiting);
      this.#resting.delete(id);
      this.#waiting -= rest.waiting.length;
      if (lane === undefined) continue;
      yield lane;
      this.add(lane);
      await this.#makeRoom();
    }
    await this.#makeRoom();
  }

  /** What waits takes more than its part: lanes are looked at before their time. */
  get #crowded(): boolean {
    return this.#waiting * FRAME_BYTES > this.#deps.memoryBytes / 4;
  }

  async #makeRoom(): Promise<void> {
    let { bytes } = this;
    if (bytes <= this.#deps.memoryBytes) return;
    const leaving: Lane[] = [];
    for (const lane of this.#working.values()) {
      if (leaving.length >= TOGETHER && bytes <= this.#deps.memoryBytes) break;
      if (!Number.isFinite(lane.position)) continue;
      leaving.push(lane);
      bytes -= this.#sizes.get(lane.outfall) ?? 0;
    }
    await this.rest(leaving);
  }

  /** Writes lanes with their state and lets go of them. */
  async rest(lanes: readonly Lane[]): Promise<void> {
    for (let i = 0; i < lanes.length; i += TOGETHER) {
      const part = lanes.slice(i, i + TOGETHER);
      await this.#deps.store(part);
      for (const lane of part) {
        const { outfall, activeSince, seq, position, engine } = lane;
        this.#release(outfall);
        this.#resting.set(outfall, { row: { outfall, activeSince, seq, storedAt: position }, waiting: [], nextMoment: Math.min(engine.nextMoment, lane.nextWaiting) });
      }
    }
  }
}
