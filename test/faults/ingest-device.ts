import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { instant, MINUTE } from '#kernel';
import { encodeFrame, encodeSegment, formatHjTime, formatQn, Framer, readPiece } from '#ingest/hj212';

/** A device that sends minute frames, keeps what is not answered, and sends it again after a reconnect. */
export class TestDevice {
  readonly mn: string;
  /** QN of every frame the platform has acknowledged. */
  readonly acknowledged = new Set<string>();
  readonly #unanswered = new Map<string, Uint8Array>();
  #socket: Socket | undefined;
  #next = 0;

  constructor(index: number) {
    this.mn = `010000A8900016F0${String(index).padStart(8, '0')}`;
  }

  get unanswered(): number {
    return this.#unanswered.size;
  }

  get connected(): boolean {
    return this.#socket !== undefined && !this.#socket.destroyed;
  }

  get sent(): number {
    return this.#next;
  }

  async dial(port: number): Promise<void> {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    const framer = new Framer({ blockSize: 1024 });
    socket.on('data', (chunk: Buffer) => {
      for (const piece of framer.push(chunk)) {
        const frame = readPiece(piece);
        if (!frame.ok || frame.cn !== '9014' || frame.qn === null) continue;
        this.acknowledged.add(frame.qn);
        this.#unanswered.delete(frame.qn);
      }
    });
    this.#socket = socket;
    for (const bytes of this.#unanswered.values()) socket.write(bytes);
  }

  /** Sends one frame; returns false when the line is down (the frame then waits for the next one). */
  send(): void {
    const at = instant(Date.UTC(2026, 2, 1) + this.#next++ * MINUTE);
    const qn = formatQn(instant(at + 1));
    const bytes = encodeFrame(
      encodeSegment({
        qn,
        st: '32',
        cn: '2051',
        pw: '123456',
        mn: this.mn,
        flag: 5,
        cp: [
          [['DataTime', formatHjTime(at)]],
          [
            ['w01018-Avg', String(this.#next)],
            ['w01018-Flag', 'N'],
          ],
        ],
      }),
    );
    this.#unanswered.set(qn, bytes);
    if (this.#socket && !this.#socket.destroyed) this.#socket.write(bytes);
  }

  hangUp(): void {
    this.#socket?.destroy();
  }
}
