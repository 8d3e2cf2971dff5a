import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Clock } from '#kernel';
import type { Database } from '#platform/db';
import { newId } from '#platform/ids';
import type { Logger } from '#platform/log';
import { decideEntry, DEFAULT_ENTRY_POLICY, type EntryPolicy } from '../decide-entry.ts';
import type { Device, DeviceDirectory } from '../devices/device-directory.ts';
import { encodeFrame, encodeSegment, type Frame, type Piece, replyTo, type Timing } from '../hj212/index.ts';
import { readReceived } from '../read-received.ts';
import { StatusBoard } from '../status-board.ts';
import { markReplied, unsafeSettings } from '../store/journal.ts';
import { JournalWriter, type WrittenBatch } from '../write-batch.ts';
import { Batcher, type Waiting } from './batcher.ts';
import { CommandDesk } from './command-desk.ts';
import { Connection } from './connection.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './limits.ts';

/** What the gateway works with. */
export interface GatewayDeps {
  /** A pool of the gateway's own: a slow report must not starve it (fault:F10). */
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly directory: DeviceDirectory;
  /** Told of each answer, with the seconds since the last byte of its frame. */
  onAnswered?(seconds: number): void;
}

/** Where a gateway departs from the defaults. */
export interface GatewayOptions {
  readonly limits?: Partial<GatewayLimits>;
  readonly policy?: EntryPolicy;
  /** How long requests to devices wait for their answers. */
  readonly timing?: Timing;
  /** Only for data nobody will miss (tests): work on a server that may lose what it has confirmed. */
  readonly acceptUnsafeDatabase?: boolean;
}

/** Counters of a gateway since its start. */
export interface GatewayStats {
  connections: number;
  refusedConnections: number;
  closedForNoise: number;
  closedIdle: number;
  closedUnread: number;
  received: number;
  written: number;
  acknowledged: number;
  duplicates: number;
  conflicts: number;
  quarantined: number;
  refused: number;
  noise: number;
  suspects: number;
  bytes: number;
  backPressure: number;
  held: number;
  queued: number;
  dbFailures: number;
}

/** While one batch is being committed the other is put together: the connections are shared out between two writers. */
const WRITERS = 2;
const SWEEP_MS = 250;
const REPLIED_MS = 1_000;
const COMMANDS_MS = 500;
/** Devices whose status is saved in one round: a projection for screens must not hold up what is being acknowledged. */
const STATUS_A_ROUND = 300;

/**
 * Where devices connect: cut, check, queue, commit, and only then answer. It decides nothing about
 * what the values mean.
 */
export class Gateway {
  readonly #deps: GatewayDeps;
  readonly #limits: GatewayLimits;
  readonly #policy: EntryPolicy;
  readonly #acceptUnsafe: boolean;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #perPeer = new Map<string, number>();
  /** The connection that speaks for an MN at present. */
  readonly #speakers = new Map<string, Connection>();
  readonly #batchers: readonly Batcher[];
  #accepted = 0;
  readonly #board: StatusBoard;
  readonly #desk: CommandDesk;
  readonly #timers: NodeJS.Timeout[] = [];
  #replied: number[] = [];
  readonly #counts = {
    refusedConnections: 0,
    closedForNoise: 0,
    closedIdle: 0,
    closedUnread: 0,
    received: 0,
    written: 0,
    acknowledged: 0,
    duplicates: 0,
    conflicts: 0,
    quarantined: 0,
    refused: 0,
    noise: 0,
    suspects: 0,
    bytes: 0,
    backPressure: 0,
  };

  constructor(deps: GatewayDeps, options: GatewayOptions = {}) {
    this.#deps = deps;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#policy = options.policy ?? DEFAULT_ENTRY_POLICY;
    this.#acceptUnsafe = options.acceptUnsafeDatabase ?? false;
    this.#board = new StatusBoard(deps.db);
    this.#desk = new CommandDesk({ ...deps, timing: options.timing, speakerOf: (mn) => this.#speakerOf(mn) });
    this.#batchers = Array.from({ length: WRITERS }, () => this.#openBatcher());
    this.#server = createServer({ noDelay: true, keepAlive: true }, (socket) => this.#accept(socket));
  }

  #openBatcher(): Batcher {
    return new Batcher({
      maxBatch: this.#limits.maxBatch,
      maxQueue: this.#limits.maxQueue / WRITERS,
      maxQueueBytes: this.#limits.maxQueueBytes / WRITERS,
      writer: new JournalWriter(this.#deps.db, this.#deps.clock, 'GATEWAY'),
      log: this.#deps.log,
      onWritten: (batch, waiting) => this.#answer(batch, waiting),
      onRelief: () => this.#relieve(),
    });
  }

  /** Starts to listen; resolves to the port. Throws when the port is taken or the database could lose what it confirms. */
  async listen(port: number, host = '0.0.0.0'): Promise<number> {
    const unsafe = this.#acceptUnsafe ? [] : await unsafeSettings(this.#deps.db);
    if (unsafe.length > 0)
      throw new Error(`PostgreSQL runs with ${unsafe.join(', ')} off: nothing may be acknowledged`);
    await new Promise<void>((done, failed) => {
      this.#server.once('error', failed);
      this.#server.listen(port, host, () => done());
    });
    this.#server.on('error', (error) => this.#deps.log.error({ err: error }, 'device port'));
    this.#timers.push(
      setInterval(() => this.#sweep(), SWEEP_MS),
      setInterval(() => void this.#bookkeep(STATUS_A_ROUND), REPLIED_MS),
      setInterval(() => void this.#desk.turn(), COMMANDS_MS),
    );
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no more, writes what came in, answers it, and closes. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    for (const connection of this.#connections) connection.hold();
    await Promise.all(this.#batchers.map((batcher) => batcher.stop()));
    await this.#bookkeep();
    await this.#desk.rest();
    for (const connection of this.#connections) connection.close();
    await closed;
  }

  stats(): GatewayStats {
    return {
      ...this.#counts,
      connections: this.#connections.size,
      held: [...this.#connections].filter((connection) => connection.held).length,
      queued: this.#batchers.reduce((sum, batcher) => sum + batcher.queued, 0),
      dbFailures: Math.max(...this.#batchers.map((batcher) => batcher.failures)),
    };
  }

  #accept(socket: Socket): void {
    const address = socket.remoteAddress ?? 'unknown';
    const fromPeer = this.#perPeer.get(address) ?? 0;
    if (this.#connections.size >= this.#limits.maxConnections || fromPeer >= this.#limits.maxPerPeer) {
      this.#counts.refusedConnections++;
      socket.destroy();
      return;
    }
    const batcher = this.#batchers[this.#accepted++ % WRITERS] as Batcher;
    const connection = new Connection(socket, newId('c').slice(0, 20), batcher, this.#limits, performance.now());
    this.#connections.add(connection);
    this.#perPeer.set(address, fromPeer + 1);
    socket.on('data', (chunk: Buffer) => {
      this.#counts.bytes += chunk.length;
      const free = !batcher.full;
      this.#take(connection, connection.take(chunk, performance.now()));
      if (!batcher.full) return;
      if (free) this.#counts.backPressure++;
      connection.hold();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.#leave(connection));
  }

  #leave(connection: Connection): void {
    this.#take(connection, connection.framer.flush());
    this.#connections.delete(connection);
    for (const mn of connection.speaksFor.keys()) if (this.#speakers.get(mn) === connection) this.#speakers.delete(mn);
    const left = (this.#perPeer.get(connection.address) ?? 1) - 1;
    if (left > 0) this.#perPeer.set(connection.address, left);
    else this.#perPeer.delete(connection.address);
  }

  #take(connection: Connection, pieces: readonly Piece[]): void {
    if (pieces.length === 0) return;
    const receivedAt = this.#deps.clock.now();
    const since = performance.now();
    for (const piece of pieces) {
      const { decoded, device } = readReceived(piece, this.#deps.directory, receivedAt);
      if (decoded.ok) connection.heard(since);
      const received = { decoded, receivedAt, conn: connection.id, peer: connection.peer };
      const rivalPeer = device !== undefined && decoded.ok && this.#isRival(device, connection, decoded);
      const entry = decideEntry(received, { device, rivalPeer, imported: false, policy: this.#policy });
      this.#counts.received++;
      if (entry.marks.includes('SUSPECT_PEER')) this.#counts.suspects++;
      connection.batcher.add({ entry, connection, since });
    }
  }

  /**
   * Two live connections from different addresses for one MN: the later one is suspect (sec:X01). One from an address the
   * register excludes never becomes the speaker: it neither gets the device's requests nor makes the device itself a rival.
   */
  #isRival({ mn, peers }: Device, connection: Connection, frame: Frame): boolean {
    const speaker = this.#speakers.get(mn);
    if (speaker && speaker !== connection && speaker.open && speaker.address !== connection.address) return true;
    if (peers !== undefined && !peers.includes(connection.address)) return false;
    this.#speakers.set(mn, connection);
    connection.learn(mn, frame);
    return false;
  }

  #speakerOf(mn: string) {
    const connection = this.#speakers.get(mn);
    const speech = connection?.speaksFor.get(mn);
    return connection?.open && speech !== undefined ? { connection, ...speech } : undefined;
  }

  #answer(batch: WrittenBatch, waiting: readonly Waiting[]): void {
    const answers = new Map<Connection, Uint8Array[]>();
    batch.rows.forEach((row, i) => {
      this.#count(row.state);
      const { decoded, receivedAt, peer } = row.entry.received;
      if (!decoded.ok) return;
      if (row.state !== 'QUARANTINED') this.#board.note(decoded, receivedAt, peer);
      const reply = row.entry.replyState === 'DUE' ? replyTo(decoded) : null;
      const connection = waiting[i]?.connection;
      if (connection) this.#desk.hear(decoded, connection);
      if (!reply || !connection) return;
      const list = answers.get(connection) ?? [];
      list.push(encodeFrame(encodeSegment(reply)));
      answers.set(connection, list);
    });
    for (const [connection, frames] of answers) {
      if (connection.send(frames.length === 1 ? (frames[0] as Uint8Array) : Buffer.concat(frames))) {
        this.#counts.acknowledged += frames.length;
      }
    }
    const { onAnswered } = this.#deps;
    if (onAnswered) for (const { entry, since } of waiting) if (entry.replyState === 'DUE') onAnswered((performance.now() - since) / 1_000);
    this.#replied.push(batch.batch);
  }

  #count(state: WrittenBatch['rows'][number]['state']): void {
    this.#counts.written++;
    if (state === 'DUPLICATE') this.#counts.duplicates++;
    else if (state === 'CONFLICT') this.#counts.conflicts++;
    else if (state === 'QUARANTINED') this.#counts.quarantined++;
    else if (state === 'REFUSED') this.#counts.refused++;
    else if (state === 'NOISE') this.#counts.noise++;
  }

  #relieve(): void {
    const now = performance.now();
    for (const connection of this.#connections) if (!connection.batcher.full) connection.release(now);
  }

  #sweep(): void {
    const now = performance.now();
    for (const connection of this.#connections) {
      this.#take(connection, connection.settle(now));
      if (!connection.batcher.full) connection.resumeIfDue(now);
      const fault = connection.fault(now);
      if (fault === undefined) continue;
      if (fault === 'NOISE') this.#counts.closedForNoise++;
      else if (fault === 'IDLE') this.#counts.closedIdle++;
      else {
        this.#counts.closedUnread++;
        this.#deps.log.warn({ peer: connection.peer, unread: connection.unread }, 'a peer does not read its answers: closed');
      }
      connection.close();
    }
  }

  async #bookkeep(devices?: number): Promise<void> {
    const batches = this.#replied;
    this.#replied = [];
    try {
      await markReplied(this.#deps.db, batches, this.#deps.clock.now());
      await this.#board.save(devices);
    } catch (error) {
      this.#replied.push(...batches.slice(-10_000));
      this.#deps.log.warn({ err: error }, 'reply times and device status not saved');
    }
  }
}
