import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { instant } from '#kernel';
import { benchMn } from './bench-mn.ts';
import { encodeFrame, encodeSegment, formatHjTime, formatQn, Framer } from '../hj212/index.ts';

/**
 * The devices of `mingjian bench ingest`, a process of their own: port, connections, frames per second (0 = as fast as
 * they are answered), seconds, factors. Sends CN 2011 with wall-clock QN and DataTime, answer wanted; prints JSON.
 */
const [port = 0, connections = 0, rate = 0, seconds = 0, factors = 0] = process.argv.slice(2).map(Number);
/** Frames one connection may have unanswered at full speed. */
const WINDOW = 8;
const TICK_MS = 20;

interface Line {
  readonly socket: Socket;
  readonly mn: string;
  readonly sentAt: number[];
  lastQn: number;
  answered: number;
}

const latencies: number[] = [];
let sent = 0;
let answered = 0;

const epoch = performance.timeOrigin;

function frameOf(line: Line): Uint8Array {
  // QN is the identity: two frames of one device never share a millisecond.
  line.lastQn = Math.max(Math.floor(epoch + performance.now()), line.lastQn + 1);
  const at = instant(line.lastQn);
  const values = Array.from({ length: factors }, (_, i) => [
    [`a2${String(1000 + i)}-Rtd`, (10 + ((sent + i) % 97) / 10).toFixed(2)] as const,
    [`a2${String(1000 + i)}-Flag`, 'N'] as const,
  ]);
  return encodeFrame(
    encodeSegment({
      qn: formatQn(at),
      st: '31',
      cn: '2011',
      pw: '123456',
      mn: line.mn,
      flag: 5,
      cp: [[['DataTime', formatHjTime(at)]], ...values],
    }),
  );
}

function send(line: Line): void {
  line.sentAt.push(performance.now());
  line.socket.write(frameOf(line));
  sent++;
}

async function dial(index: number): Promise<Line> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const mn = benchMn(index);
  const line: Line = { socket, mn, sentAt: [], lastQn: 0, answered: 0 };
  const framer = new Framer({ blockSize: 1024 });
  socket.on('data', (chunk: Buffer) => {
    const now = performance.now();
    for (const piece of framer.push(chunk)) {
      if (piece.kind !== 'frame') continue;
      // Answers of one connection come in the order of its frames.
      latencies.push(now - (line.sentAt.shift() ?? now));
      answered++;
      if (rate === 0 && performance.now() < end) send(line);
    }
  });
  return line;
}

const quantile = (q: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? NaN;

const lines: Line[] = [];
let end = Infinity;
for (let i = 0; i < connections; i += 200) {
  lines.push(...(await Promise.all(Array.from({ length: Math.min(200, connections - i) }, (_, k) => dial(i + k)))));
}
const began = performance.now();
end = began + seconds * 1000;
if (rate === 0) for (const line of lines) for (let i = 0; i < WINDOW; i++) send(line);
let next = 0;
while (performance.now() < end) {
  await new Promise((done) => setTimeout(done, TICK_MS));
  if (rate === 0) continue;
  const due = Math.floor(((performance.now() - began) / 1000) * rate);
  while (sent < due) send(lines[next++ % lines.length] as Line);
}
const lastSent = performance.now();
while (answered < sent && performance.now() - lastSent < 30_000) await new Promise((done) => setTimeout(done, 20));
const elapsed = performance.now() - began;
latencies.sort((a, b) => a - b);
const bytes = lines[0] ? frameOf(lines[0]).length : 0;
process.stdout.write(
  `${JSON.stringify({ sent, answered, elapsedMs: elapsed, frameBytes: bytes, p50: quantile(0.5), p99: quantile(0.99), max: quantile(1) })}\n`,
);
for (const line of lines) line.socket.destroy();
