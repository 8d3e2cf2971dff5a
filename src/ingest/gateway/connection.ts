import type { Socket } from 'node:net';
import { type Edition, type Frame, Framer, type Piece } from '../hj212/index.ts';
import type { Batcher } from './batcher.ts';
import { ByteBudget, type GatewayLimits } from './limits.ts';

/** What an answer to a device, or a request, has to repeat of its own frames. */
export interface Speech {
  readonly edition: Edition;
  readonly password: string;
  /** System type of its data, HJ 212-2017 表 5; undefined until data came (answers carry 91). */
  readonly st: string | undefined;
}

/** ST of what only the exchange between device and platform is about (HJ 212-2017 表 5). */
const EXCHANGE_ST = '91';

/** One device connection: its socket, its framer and its share of everything. */
export class Connection {
  readonly id: string;
  readonly peer: string;
  readonly address: string;
  readonly framer: Framer;
  /** Where its frames are written, so that they stay in order. */
  readonly batcher: Batcher;
  /** Registered devices heard on this connection, and how each speaks. */
  readonly speaksFor = new Map<string, Speech>();
  readonly #socket: Socket;
  readonly #budget: ByteBudget;
  readonly #limits: GatewayLimits;
  /** Monotonic times. */
  #lastData: number;
  #lastFrame: number;
  #resumeAt = 0;
  #held = false;
  #noise = 0;

  constructor(socket: Socket, id: string, batcher: Batcher, limits: GatewayLimits, now: number) {
    this.#socket = socket;
    this.id = id;
    this.batcher = batcher;
    this.address = socket.remoteAddress ?? 'unknown';
    this.peer = `${this.address}:${socket.remotePort ?? 0}`;
    this.framer = new Framer({ maxSegment: limits.maxSegment, blockSize: 2048 });
    this.#budget = new ByteBudget(limits, now);
    this.#limits = limits;
    this.#lastData = this.#lastFrame = now;
  }

  get open(): boolean {
    return !this.#socket.destroyed;
  }

  /** Notes how a device speaks here; most frames say nothing new. */
  learn(mn: string, frame: Frame): void {
    const known = this.speaksFor.get(mn);
    const { edition } = frame;
    const password = frame.pw ?? known?.password ?? '';
    const st = frame.st === null || frame.st === EXCHANGE_ST ? known?.st : frame.st;
    if (known?.edition !== edition || known.password !== password || known.st !== st) this.speaksFor.set(mn, { edition, password, st });
  }

  /** Cuts a chunk into pieces. A sender over its rate is not read for a while: TCP slows it down. */
  take(chunk: Uint8Array, now: number): Piece[] {
    this.#lastData = now;
    const wait = this.#budget.take(chunk.length, now);
    if (wait > 0) {
      this.#resumeAt = now + wait;
      this.#socket.pause();
    }
    return this.#note(this.framer.push(chunk), now);
  }

  /** Pieces that are final because nothing more came for a while. */
  settle(now: number): Piece[] {
    if (this.framer.pending === 0 || now - this.#lastData < this.#limits.quietMs) return [];
    return this.#note(this.framer.flush(), now);
  }

  #note(pieces: Piece[], now: number): Piece[] {
    for (const piece of pieces) {
      if (piece.kind === 'noise') this.#noise += piece.bytes.length;
      else if (piece.fault === null) {
        this.#lastFrame = now;
        this.#noise = 0;
      } else this.#noise += piece.bytes.length;
    }
    return pieces;
  }

  /** A frame that counts, also one whose CRC holds only under the key or the profile of its device. */
  heard(now: number): void {
    this.#lastFrame = now;
    this.#noise = 0;
  }

  /** Why the connection has to go, if it has to. */
  fault(now: number): 'NOISE' | 'IDLE' | 'UNREAD' | undefined {
    if (this.unread > this.#limits.maxUnread) return 'UNREAD';
    if (this.#noise > this.#limits.maxNoise) return 'NOISE';
    return now - this.#lastFrame > this.#limits.idleMs ? 'IDLE' : undefined;
  }

  /** Bytes sent to it that it has not taken. */
  get unread(): number {
    return this.#socket.writableLength;
  }

  /** Not read at present because the queue is full. */
  get held(): boolean {
    return this.#held;
  }

  /** The whole gateway is behind: wait with the others. */
  hold(): void {
    this.#held = true;
    this.#socket.pause();
  }

  release(now: number): void {
    this.#held = false;
    this.resumeIfDue(now);
  }

  resumeIfDue(now: number): void {
    if (!this.#held && now >= this.#resumeAt && this.#socket.isPaused()) this.#socket.resume();
  }

  /** False when the answer cannot be delivered any more: the peer is gone, or reads nothing and is about to be closed. */
  send(bytes: Uint8Array): boolean {
    if (!this.open || !this.#socket.writable || this.unread > this.#limits.maxUnread) return false;
    this.#socket.write(bytes);
    return true;
  }

  close(): void {
    this.#socket.destroy();
  }
}
