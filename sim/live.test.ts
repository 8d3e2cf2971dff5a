import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { crc16, encodeFrame, formatCrc } from '#ingest/hj212';
import { DAY, HOUR } from './grid.ts';
import { startLive, type LiveProvince } from './live.ts';

const START = Date.UTC(2026, 7, 1) - 8 * HOUR;
const END = START + 22 * DAY;

interface Host {
  readonly port: number;
  readonly frames: string[];
  readonly sockets: Set<Socket>;
  close(): Promise<void>;
}

/** A host that checks every frame and answers 9014; `ignore` lets it fall silent for some. */
async function openHost(ignore: (frame: string, nth: number) => boolean = () => false): Promise<Host> {
  const frames: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const frame = text.slice(0, end);
        text = text.slice(end + 2);
        expect(frame.slice(-4)).toBe(formatCrc(crc16(Buffer.from(frame.slice(6, -4), 'latin1'))));
        frames.push(frame);
        if (ignore(frame, frames.length)) continue;
        const [, qn, mn] = /QN=(\d+);.*MN=([0-9A-F]+);/.exec(frame) ?? [];
        socket.write(encodeFrame(`QN=${qn};ST=91;CN=9014;PW=123456;MN=${mn};Flag=4;CP=&&&&`));
      }
    });
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  const port = (server.address() as { port: number }).port;
  return {
    port, frames, sockets,
    close: () => new Promise((go) => {
      for (const s of sockets) s.destroy();
      server.close(() => go());
    }),
  };
}

let live: LiveProvince | undefined;
let host: Host | undefined;
afterEach(async () => {
  live?.stop();
  await host?.close();
});

const open = (port: number, now: () => number, ackTimeoutMs = 5000): LiveProvince =>
  startLive({ seed: 'live', outfalls: 2, days: 22, start: START, liveDays: 5, host: '127.0.0.1', port, now, pollMs: 20, ackTimeoutMs });

describe('the live province', () => {
  it('tells the calibrations that ended, each once, so that no device is overdue for want of being told', async () => {
    host = await openHost();
    live = open(host.port, () => END);
    const told = (from: number, to: number) => live!.records(from, to).flatMap(({ calibrations }) => calibrations);
    const days = Array.from({ length: 5 }, (_, k) => told(END + k * DAY, END + (k + 1) * DAY));
    expect(days.flat().length).toBeGreaterThan(0);
    expect(days.flat()).toHaveLength(told(END, END + 5 * DAY).length);
    days.forEach((one, k) => one.forEach(({ end }) => expect(Math.floor((end - END) / DAY)).toBe(k)));
  });

  it('sends what is due by the clock over one connection per device, and nothing that is not', async () => {
    host = await openHost();
    let now = END;
    live = open(host.port, () => now);
    now = END + 3 * HOUR;
    expect(await live.settled(15_000)).toBe(true);
    const stats = live.stats();
    expect(stats.devices).toBe(6);
    expect(stats.acknowledged).toBe(stats.sent);
    expect(host.frames.length).toBe(stats.sent);
    for (const type of ['31', '80', '81']) expect(host.frames.some((f) => f.includes(`;ST=${type};`))).toBe(true);
    const times = host.frames.filter((f) => f.includes(';CN=2051;')).map((f) => /DataTime=(\d{12})/.exec(f)?.[1] ?? '');
    expect(times.every((t) => t >= '202608222340' && t <= '202608230300')).toBe(true);
    expect(times.length).toBeGreaterThan(20);
  }, 30_000);

  it('sends again what stays unanswered, and after a broken line', async () => {
    const silent = new Set<string>();
    host = await openHost((frame) => {
      const qn = /QN=(\d+)/.exec(frame)?.[1] ?? '';
      if (silent.has(qn) || silent.size >= 5) return false;
      silent.add(qn);
      return true;
    });
    let now = END + HOUR;
    live = open(host.port, () => now, 200);
    expect(await live.settled(15_000)).toBe(true);
    expect(live.stats().resent).toBeGreaterThanOrEqual(5);
    for (const s of host.sockets) s.destroy();
    now = END + 2 * HOUR;
    expect(await live.settled(15_000)).toBe(true);
    expect(live.stats().givenUp).toBe(0);
    expect(live.stats().connects).toBeGreaterThan(live.stats().devices);
  }, 40_000);
});
