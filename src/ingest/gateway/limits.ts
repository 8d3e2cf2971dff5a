import { MINUTE, SECOND } from '#kernel';

/** What one sender may cost (sec:X06). Every queue is bounded; a sender over its share is slowed, not believed less. */
export interface GatewayLimits {
  readonly maxConnections: number;
  /** Connections from one address; a carrier's NAT may stand for many devices. */
  readonly maxPerPeer: number;
  readonly maxSegment: number;
  /** Bytes per second one connection may send over time, and in one burst. */
  readonly bytesPerSecond: number;
  readonly burstBytes: number;
  /** Bytes that are no frame before a connection is closed. */
  readonly maxNoise: number;
  /** Closed when no whole frame came for so long. */
  readonly idleMs: number;
  /** Bytes of answers and requests a peer may leave unread before its connection is closed. */
  readonly maxUnread: number;
  /** Silence after which an unfinished frame is judged as it is. */
  readonly quietMs: number;
  /** Received and not yet committed: above, all senders wait. */
  readonly maxQueue: number;
  readonly maxQueueBytes: number;
  readonly maxBatch: number;
}

/** Limits where nothing else is set; generous for one province on one machine. */
export const DEFAULT_LIMITS: GatewayLimits = {
  maxConnections: 10_000,
  maxPerPeer: 5_000,
  maxSegment: 9_999,
  bytesPerSecond: 2_000_000,
  burstBytes: 8_000_000,
  maxNoise: 65_536,
  idleMs: 5 * MINUTE,
  maxUnread: 262_144,
  quietMs: 2 * SECOND,
  maxQueue: 20_000,
  maxQueueBytes: 32_000_000,
  maxBatch: 1_000,
};

/** Bytes one connection may still send now. Time is monotonic milliseconds. */
export class ByteBudget {
  readonly #rate: number;
  readonly #burst: number;
  #left: number;
  #at: number;

  constructor(limits: Pick<GatewayLimits, 'bytesPerSecond' | 'burstBytes'>, now: number) {
    this.#rate = limits.bytesPerSecond / 1000;
    this.#burst = limits.burstBytes;
    this.#left = limits.burstBytes;
    this.#at = now;
  }

  /** Takes `bytes`; returns the milliseconds the sender must wait before it may go on (0 = none). */
  take(bytes: number, now: number): number {
    this.#left = Math.min(this.#burst, this.#left + (now - this.#at) * this.#rate) - bytes;
    this.#at = now;
    return this.#left >= 0 ? 0 : Math.ceil(-this.#left / this.#rate);
  }
}
