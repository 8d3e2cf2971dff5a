import { connect, type Socket } from 'node:net';
import { encodeFrame } from '#ingest/hj212';

export interface LinkOptions {
  readonly host: string;
  readonly port: number;
  /** Real milliseconds to wait for a 9014 before sending again (HJ 212-2017 §8: 5 s, 3 times). */
  readonly ackTimeoutMs?: number;
  readonly resends?: number;
  /** Frames that may be on their way without an answer; a device that catches up does not wait for each. */
  readonly window?: number;
}

export interface LinkStats {
  sent: number;
  acknowledged: number;
  resent: number;
  givenUp: number;
  connects: number;
  commands: number;
}

interface Flying {
  readonly frame: string;
  readonly qn: string;
  attempts: number;
  sentAt: number;
}

/**
 * One device's connection: sends frames in order, waits for the 9014 with the same QN, sends again what stays
 * unanswered, connects again when the line breaks. Nothing is thrown away before it was sent `resends + 1` times on a
 * living line, so a platform that restarts receives everything.
 */
export class DeviceLink {
  readonly #options: Required<LinkOptions>;
  readonly #queue: string[] = [];
  readonly #flying = new Map<string, Flying>();
  readonly #stats: LinkStats;
  #socket: Socket | undefined;
  #ready = false;
  #closed = false;
  #text = '';
  #retryMs = 100;
  #timer: NodeJS.Timeout;
  #reconnect: NodeJS.Timeout | undefined;

  constructor(options: LinkOptions, stats: LinkStats) {
    this.#options = { ackTimeoutMs: 5000, resends: 3, window: 32, ...options };
    this.#stats = stats;
    this.#timer = setInterval(() => this.#sweep(), Math.max(50, this.#options.ackTimeoutMs / 4));
    this.#timer.unref();
    this.#open();
  }

  get pending(): number {
    return this.#queue.length + this.#flying.size;
  }

  /** Frames as text without line end, in the order of sending. */
  send(frames: readonly string[]): void {
    for (const frame of frames) this.#queue.push(frame);
    this.#pump();
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#reconnect);
    this.#socket?.destroy();
  }

  #open(): void {
    if (this.#closed) return;
    const socket = connect({ host: this.#options.host, port: this.#options.port });
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('connect', () => {
      this.#ready = true;
      this.#retryMs = 100;
      this.#stats.connects++;
      this.#resendAll();
      this.#pump();
    });
    socket.on('data', (bytes) => this.#take(bytes.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#ready = false;
      this.#text = '';
      if (this.#closed) return;
      this.#reconnect = setTimeout(() => this.#open(), this.#retryMs);
      this.#retryMs = Math.min(5000, this.#retryMs * 2);
    });
  }

  #pump(): void {
    while (this.#ready && this.#flying.size < this.#options.window) {
      const frame = this.#queue.shift();
      if (frame === undefined) return;
      const qn = /QN=(\d+)/.exec(frame)?.[1] ?? '';
      this.#flying.set(qn, { frame, qn, attempts: 1, sentAt: performance.now() });
      this.#write(frame);
      this.#stats.sent++;
    }
  }

  #write(frame: string): void {
    this.#socket?.write(Buffer.from(`${frame}\r\n`, 'latin1'));
  }

  /** After a break everything unanswered goes out again: whether it arrived nobody can know. */
  #resendAll(): void {
    for (const f of this.#flying.values()) {
      f.sentAt = performance.now();
      this.#stats.resent++;
      this.#write(f.frame);
    }
  }

  #sweep(): void {
    if (!this.#ready) return;
    const now = performance.now();
    for (const f of this.#flying.values()) {
      if (now - f.sentAt < this.#options.ackTimeoutMs) continue;
      if (f.attempts > this.#options.resends) {
        this.#flying.delete(f.qn);
        this.#stats.givenUp++;
        continue;
      }
      f.attempts++;
      f.sentAt = now;
      this.#stats.resent++;
      this.#write(f.frame);
    }
    this.#pump();
  }

  #take(text: string): void {
    this.#text += text;
    for (let end = this.#text.indexOf('\r\n'); end >= 0; end = this.#text.indexOf('\r\n')) {
      this.#answer(this.#text.slice(0, end));
      this.#text = this.#text.slice(end + 2);
    }
    if (this.#text.length > 8192) this.#text = '';
  }

  #answer(line: string): void {
    const qn = /QN=(\d+)/.exec(line)?.[1];
    const cn = /CN=(\d+)/.exec(line)?.[1];
    if (qn === undefined || cn === undefined) return;
    if (cn === '9014') {
      if (this.#flying.delete(qn)) this.#stats.acknowledged++;
      this.#pump();
      return;
    }
    // A host's command: accepted (9011, QnRtn=1) and done (9012, ExeRtn=1), as an obedient logger answers (HJ 212-2017).
    if (cn.startsWith('9')) return;
    this.#stats.commands++;
    const mn = /MN=([^;]*)/.exec(line)?.[1] ?? '';
    for (const [answer, body] of [['9011', 'QnRtn=1'], ['9012', 'ExeRtn=1']] as const) {
      const frame = encodeFrame(`QN=${qn};ST=91;CN=${answer};PW=123456;MN=${mn};Flag=4;CP=&&${body}&&`);
      this.#socket?.write(frame);
    }
  }
}
