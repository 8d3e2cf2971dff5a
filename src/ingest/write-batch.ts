import type { Clock, LeafIndex } from '#kernel';
import { encodeFrameLeaf, type FrameLeaf } from '#evidence';
import type { Database } from '#platform/db';
import { areaOf, cutBytes, encodeCp, readPiece } from './hj212/index.ts';
import type { Entry } from './journal-entry.ts';
import {
  type Placed,
  type Standing,
  standingFrames,
  takeBatchNumbers,
  writeRows,
} from './store/journal.ts';

/** A committed batch: its leaves follow each other from `firstLeaf`, all with one known time (epoch ms). */
export interface WrittenBatch {
  readonly batch: number;
  readonly firstLeaf: LeafIndex;
  readonly knownAt: number;
  readonly rows: readonly Placed[];
}

const MAX_TRIES = 5;

/**
 * Writes batches of received frames: journal rows, evidence leaves and the batch row in one statement. When `write`
 * returns, everything is on disk and may be acknowledged. Batches of one writer keep their order.
 */
export class JournalWriter {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #door: 'GATEWAY' | 'IMPORT';
  #next = 0;
  #end = 0;

  constructor(db: Database, clock: Clock, door: 'GATEWAY' | 'IMPORT') {
    this.#db = db;
    this.#clock = clock;
    this.#door = door;
  }

  /** Keys must be unique within the batch unless the frame that stands is already written (see `BatchCutter`): a leaf cannot name one that is not yet written. */
  async write(entries: readonly Entry[]): Promise<WrittenBatch> {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const written = await this.#attempt(entries);
      if (written !== undefined) return written;
    }
    throw new Error(`${MAX_TRIES} times another writer took a key of the batch`);
  }

  async #batchNumber(): Promise<number> {
    if (this.#next === this.#end) {
      const { from, to } = await takeBatchNumbers(this.#db);
      this.#next = from;
      this.#end = to;
    }
    return this.#next++;
  }

  /** Undefined when another writer took a key between our look and our insert: tried again, the batch sees it. */
  async #attempt(entries: readonly Entry[]): Promise<WrittenBatch | undefined> {
    const batch = await this.#batchNumber();
    const standing = await standingFrames(this.#db, entries.flatMap((entry) => entry.key ?? []));
    const rows = entries.map((entry) => place(entry, entry.key === undefined ? undefined : standing.get(entry.key)));
    const now = this.#clock.now();
    const leaves = rows.map((row, n) => encodeFrameLeaf(leafOf(row, `${batch}.${n}`), now));
    const written = await writeRows(this.#db, { batch, door: this.#door, leaves, now }, rows);
    return written && { batch, firstLeaf: written.firstLeaf as LeafIndex, knownAt: written.knownAt, rows };
  }
}

function place(entry: Entry, standing: Standing | undefined): Placed {
  const { decoded } = entry.received;
  // What was set aside while nobody knew the device does not stand against its frames now that somebody does.
  if (!standing || !decoded.ok || (standing.quarantined && entry.state !== 'QUARANTINED')) return { entry, state: entry.state, firstLeaf: null };
  const same = decoded.encrypted
    ? Buffer.compare(sentArea(standing.raw), sentArea(decoded.raw)) === 0
    : areaOfRaw(standing.raw) === encodeCp(decoded.cp) || Buffer.compare(standing.raw, decoded.raw) === 0;
  return { entry, state: same ? 'DUPLICATE' : 'CONFLICT', firstLeaf: standing.leaf };
}

/** Data area of a stored frame; null where it needs more than the bytes to be read (a key, a profile). */
function areaOfRaw(raw: Uint8Array): string | null {
  const [piece] = cutBytes(raw);
  const decoded = piece && readPiece(piece, { profile: { tolerateLength: true } });
  if (!decoded) return null;
  if (decoded.ok) return encodeCp(decoded.cp);
  return decoded.readable?.cp ? encodeCp(decoded.readable.cp) : null;
}

/** Data area as it came over the wire. ECB gives the same ciphertext for the same text: a resend needs no key to be known. */
function sentArea(raw: Uint8Array): Uint8Array {
  const [piece] = cutBytes(raw);
  const segment = piece?.kind === 'frame' ? piece.bytes.subarray(HEADER, HEADER + piece.actual) : raw;
  const area = areaOf(segment);
  return area === undefined ? raw : segment.subarray(area.from, area.to);
}

const HEADER = 6;

function leafOf(row: Placed, ref: string): FrameLeaf {
  const { decoded, peer, conn } = row.entry.received;
  const leaf = {
    t: leafType(row),
    ref,
    raw: decoded.raw,
    mn: decoded.ok ? (decoded.mn ?? '') : '',
    cn: decoded.ok ? decoded.cn : '',
    qn: decoded.ok ? (decoded.qn ?? '') : '',
    pno: decoded.ok && decoded.pno !== null ? String(decoded.pno) : '',
    peer,
    conn,
    verdict: row.entry.verdict,
  };
  return row.firstLeaf === null ? leaf : { ...leaf, of: row.firstLeaf };
}

function leafType(row: Placed): FrameLeaf['t'] {
  if (row.state === 'DUPLICATE') return 'frame.dup';
  if (row.state === 'CONFLICT') return 'frame.conflict';
  return row.entry.marks.includes('BACKFILL') && row.state !== 'NOISE' ? 'backfill' : 'frame';
}

/** What may stand once: the key of a frame that counts, and apart from it that of one set aside. */
export const placeOfKey = ({ key, state }: Entry): string | undefined => (key !== undefined && state === 'QUARANTINED' ? `?${key}` : key);

/**
 * Takes batches from the head of a queue: at most `max` entries, each new key once. A second frame with the same key
 * waits for the next batch, where the first one is written and its leaf can be named; from then on any number of
 * resends fit into one batch.
 */
export class BatchCutter<T> {
  readonly #keyOf: (item: T) => string | undefined;
  #last: ReadonlySet<string> = new Set();

  constructor(keyOf: (item: T) => string | undefined) {
    this.#keyOf = keyOf;
  }

  take(queue: T[], max: number): T[] {
    const keys = new Set<string>();
    const taken: T[] = [];
    const left: T[] = [];
    let i = 0;
    for (; i < queue.length && taken.length < max; i++) {
      const item = queue[i] as T;
      const key = this.#keyOf(item);
      if (key !== undefined && keys.has(key) && !this.#last.has(key)) {
        left.push(item);
        continue;
      }
      if (key !== undefined) keys.add(key);
      taken.push(item);
    }
    const rest = queue.splice(i);
    queue.length = 0;
    for (const item of left) queue.push(item);
    for (const item of rest) queue.push(item);
    this.#last = keys;
    return taken;
  }
}
