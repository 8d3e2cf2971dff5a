import type { Logger } from '#platform/log';
import type { Entry } from '../journal-entry.ts';
import { BatchCutter, type JournalWriter, placeOfKey, type WrittenBatch } from '../write-batch.ts';
import type { Connection } from './connection.ts';

export interface Waiting {
  readonly entry: Entry;
  readonly connection: Connection;
  /** Monotonic time of its last byte, ms. */
  readonly since: number;
}

export interface BatcherOptions {
  readonly maxBatch: number;
  readonly maxQueue: number;
  readonly maxQueueBytes: number;
  readonly writer: JournalWriter;
  readonly log: Logger;
  /** A batch is on disk: now, and only now, it may be answered. */
  onWritten(batch: WrittenBatch, waiting: readonly Waiting[]): void;
  /** The queue has drained below half. */
  onRelief(): void;
}

/** Frames that need not wait for more, and how long fewer do. */
const ENOUGH = 100;
const GATHER_MS = 8;
const RETRY_MS = [50, 200, 1_000, 2_000, 5_000] as const;

/**
 * The bounded queue between sockets and database. While one batch is being committed the next one gathers, so a quiet
 * gateway answers at once and a busy one writes large batches.
 */
export class Batcher {
  readonly #options: BatcherOptions;
  readonly #queue: Waiting[] = [];
  readonly #cutter = new BatchCutter<Waiting>((waiting) => placeOfKey(waiting.entry));
  #bytes = 0;
  #running = false;
  #stopped = false;
  #full = false;
  #failures = 0;
  #idle: Promise<void> = Promise.resolve();

  constructor(options: BatcherOptions) {
    this.#options = options;
  }

  /** Whether senders must wait. */
  get full(): boolean {
    return this.#full;
  }

  get queued(): number {
    return this.#queue.length;
  }

  /** Commits that failed in a row; 0 when all is well. */
  get failures(): number {
    return this.#failures;
  }

  add(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.#bytes += waiting.entry.received.decoded.raw.length;
    this.#full ||= this.#queue.length >= this.#options.maxQueue || this.#bytes >= this.#options.maxQueueBytes;
    if (!this.#running) this.#idle = this.#run();
  }

  /** Writes what is queued, then stops. What cannot be written stays unacknowledged: the devices send it again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#idle;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#queue.length > 0) {
      await this.#gather();
      const batch = this.#cutter.take(this.#queue, this.#options.maxBatch);
      if (!(await this.#write(batch))) break;
      for (const waiting of batch) this.#bytes -= waiting.entry.received.decoded.raw.length;
      const { maxQueue, maxQueueBytes } = this.#options;
      if (this.#full && this.#queue.length < maxQueue / 2 && this.#bytes < maxQueueBytes / 2) {
        this.#full = false;
        this.#options.onRelief();
      }
    }
    this.#running = false;
  }

  /** A transaction costs the same for one frame as for fifty: a small batch waits a moment for company. */
  async #gather(): Promise<void> {
    if (this.#stopped || this.#queue.length >= ENOUGH) return;
    await new Promise<void>((done) => setTimeout(done, GATHER_MS));
  }

  /** Tries until it is written; the database may be away for a while (fault:F02). False when stopped first. */
  async #write(batch: readonly Waiting[]): Promise<boolean> {
    for (this.#failures = 0; ; this.#failures++) {
      const written = await this.#attempt(batch);
      if (!(written instanceof Failure)) {
        this.#failures = 0;
        this.#options.onWritten(written, batch);
        return true;
      }
      if (written.isData) return this.#isolate(batch, written);
      this.#options.log.error(
        { err: written.cause, frames: batch.length, attempt: this.#failures + 1 },
        'journal write failed',
      );
      if (this.#stopped) return false;
      await new Promise((done) => setTimeout(done, RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)]));
    }
  }

  async #attempt(batch: readonly Waiting[]): Promise<WrittenBatch | Failure> {
    try {
      return await this.#options.writer.write(batch.map((waiting) => waiting.entry));
    } catch (error) {
      return new Failure(error);
    }
  }

  /** One frame the database will not take must not hold up the others; it goes to the log whole and is not answered. */
  async #isolate(batch: readonly Waiting[], failure: Failure): Promise<boolean> {
    if (batch.length > 1) {
      const half = batch.length >> 1;
      return (await this.#write(batch.slice(0, half))) && (await this.#write(batch.slice(half)));
    }
    const raw = batch[0]?.entry.received.decoded.raw ?? new Uint8Array();
    this.#options.log.error({ err: failure.cause, raw: Buffer.from(raw).toString('base64') }, 'frame not storable');
    return true;
  }
}

class Failure {
  readonly cause: unknown;
  /** SQLSTATE classes 22 (data exception) and 23 (integrity): trying again will not help. */
  readonly isData: boolean;

  constructor(cause: unknown) {
    this.cause = cause;
    const code = (cause as { code?: unknown }).code;
    this.isData = typeof code === 'string' && /^2[23]/.test(code);
  }
}
