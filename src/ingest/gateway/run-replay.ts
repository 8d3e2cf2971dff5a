import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Clock } from '#kernel';
import { type CaptureItem, readCapture } from '../capture.ts';
import { cutBytes, Framer, readPiece } from '../hj212/index.ts';
import { shiftFrame } from '../shift-frame.ts';

/** Where and how fast a capture is sent. */
export interface ReplayOptions {
  readonly host: string;
  readonly port: number;
  /** How many times faster than recorded; `max` sends as fast as the platform takes it. */
  readonly speed: number | 'max';
  readonly clock: Clock;
  onProgress?(sent: number, answered: number): void;
}

/** What a replay sent and how much of it was answered. */
export interface ReplayReport {
  readonly sent: number;
  readonly answered: number;
  /** Sent as recorded because they could not be moved in time. */
  readonly unshifted: number;
  readonly damagedLines: number;
}

interface DeviceLine {
  readonly socket: Socket;
  answered: number;
}

/**
 * Sends a capture over TCP, a connection per device, as the devices would. QN, DataTime and CRC are written anew so
 * that the last frame lies at the present. Throws when the platform cannot be reached.
 */
export async function runReplay(
  source: () => AsyncIterable<Uint8Array>,
  options: ReplayOptions,
): Promise<ReplayReport> {
  const span = await spanOf(source());
  const shift = span === undefined ? 0 : Math.round((options.clock.now() - span.last) / 1000) * 1000;
  const began = performance.now();
  const lines = new Map<string, DeviceLine>();
  let sent = 0;
  let unshifted = 0;
  let damagedLines = 0;
  const answered = (): number => [...lines.values()].reduce((sum, line) => sum + line.answered, 0);
  try {
    for await (const items of readCapture(source())) {
      for (const item of items) {
        if (!item.ok) {
          damagedLines++;
          continue;
        }
        if (options.speed !== 'max' && span) {
          const due = (item.at - span.first) / options.speed - (performance.now() - began);
          if (due > 1) await new Promise((done) => setTimeout(done, due));
        }
        const { bytes, mn, moved } = prepare(item, shift);
        if (!moved) unshifted++;
        const line = lines.get(mn) ?? (await dial(options));
        lines.set(mn, line);
        if (!line.socket.write(bytes)) await once(line.socket, 'drain');
        if (++sent % 1000 === 0) options.onProgress?.(sent, answered());
      }
    }
    await settle(answered);
  } finally {
    for (const line of lines.values()) line.socket.end();
  }
  return { sent, answered: answered(), unshifted, damagedLines };
}

async function spanOf(source: AsyncIterable<Uint8Array>): Promise<{ first: number; last: number } | undefined> {
  let first = Infinity;
  let last = -Infinity;
  for await (const items of readCapture(source)) {
    for (const item of items) {
      if (!item.ok) continue;
      first = Math.min(first, item.at);
      last = Math.max(last, item.at);
    }
  }
  return first <= last ? { first, last } : undefined;
}

function prepare(
  item: Extract<CaptureItem, { ok: true }>,
  shift: number,
): { bytes: Uint8Array; mn: string; moved: boolean } {
  const asSent = Buffer.concat([item.bytes, Buffer.from('\r\n')]);
  const [piece] = cutBytes(asSent);
  const decoded = piece && readPiece(piece);
  if (!decoded?.ok) return { bytes: asSent, mn: '', moved: false };
  const moved = shiftFrame(decoded, shift);
  return { bytes: moved ?? asSent, mn: decoded.mn ?? '', moved: moved !== undefined };
}

async function dial(options: ReplayOptions): Promise<DeviceLine> {
  const socket = connect(options.port, options.host);
  await once(socket, 'connect');
  const line: DeviceLine = { socket, answered: 0 };
  const framer = new Framer({ blockSize: 1024 });
  socket.on(
    'data',
    (chunk: Buffer) => void (line.answered += framer.push(chunk).filter((p) => p.kind === 'frame').length),
  );
  socket.on('error', () => undefined);
  return line;
}

/** Waits until no more answers come. */
async function settle(answered: () => number): Promise<void> {
  for (let last = -1, quiet = 0; quiet < 4;) {
    await new Promise((done) => setTimeout(done, 250));
    quiet = answered() === last ? quiet + 1 : 0;
    last = answered();
  }
}
