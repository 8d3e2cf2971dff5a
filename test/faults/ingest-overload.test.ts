import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { directoryOf, Gateway, type GatewayLimits } from '#ingest';
import { systemClock } from '#platform/clock';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { TestDevice } from './ingest-device.ts';

let test: TestDatabase;
let gateway: Gateway;
let port: number;
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => test.drop());
afterEach(async () => gateway.stop());

async function start(limits: Partial<GatewayLimits>): Promise<void> {
  const mns = Array.from({ length: 50 }, (_, i) => new TestDevice(i).mn);
  const directory = directoryOf(mns.map((mn) => ({ mn, outfalls: ['O'], role: 'data' as const })));
  const deps = { db: test.db, clock: systemClock(), log: silentLogger(), directory };
  gateway = new Gateway(deps, { limits, acceptUnsafeDatabase: true });
  port = await gateway.listen(0, '127.0.0.1');
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function untilAnswered(devices: readonly TestDevice[], ms: number): Promise<number> {
  const began = performance.now();
  while (devices.some((device) => device.unanswered > 0)) {
    if (performance.now() - began > ms)
      throw new Error(`${devices.filter((d) => d.unanswered > 0).length} devices still wait`);
    await pause(10);
  }
  return performance.now() - began;
}

async function dial(): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

describe('gateway under load', () => {
  it(
    'fault:F16 more than it can queue: senders wait, nothing is lost, the queue stays bounded',
    { timeout: 60_000 },
    async () => {
      await start({ maxQueue: 50, maxBatch: 25 });
      const devices = Array.from({ length: 20 }, (_, i) => new TestDevice(i));
      await Promise.all(devices.map((device) => device.dial(port)));
      let peak = 0;
      for (let i = 0; i < 60; i++) {
        for (const device of devices) device.send();
        peak = Math.max(peak, gateway.stats().queued);
        if (i % 10 === 0) await pause(1);
      }
      await untilAnswered(devices, 40_000);
      const { rows } = await sql<{
        n: number;
      }>`SELECT count(*) AS n FROM frame_journal WHERE state = 'ACCEPTED'`.execute(test.db);
      expect(rows[0]?.n).toBe(devices.reduce((sum, device) => sum + device.sent, 0));
      // One read of each socket (64 kB at most, some 450 frames) may arrive after the mark.
      expect(peak).toBeLessThan(50 + devices.length * 450);
      for (const device of devices) device.hangUp();
    },
  );

  it('fault:F17 slow and junk connections do not hold up good devices', { timeout: 60_000 }, async () => {
    await start({ maxNoise: 20_000, idleMs: 60_000 });
    const junk = await Promise.all(Array.from({ length: 30 }, dial));
    const slow = await Promise.all(Array.from({ length: 30 }, dial));
    const timer = setInterval(() => {
      for (const socket of junk) if (!socket.destroyed) socket.write(Buffer.alloc(3_000, '##0999'));
      for (const socket of slow) socket.write('#');
    }, 10);
    const good = new TestDevice(40);
    await good.dial(port);
    const waits: number[] = [];
    for (let i = 0; i < 20; i++) {
      good.send();
      waits.push(await untilAnswered([good], 10_000));
    }
    clearInterval(timer);
    waits.sort((a, b) => a - b);
    expect(waits[Math.floor(waits.length / 2)]).toBeLessThan(2_000);
    expect(gateway.stats().closedForNoise).toBeGreaterThan(0);
    for (const socket of [...junk, ...slow]) socket.destroy();
    good.hangUp();
  });

  it('a connection that says nothing whole is closed after the idle time', async () => {
    await start({ idleMs: 300 });
    const socket = await dial();
    socket.write('##01');
    await once(socket, 'close');
    expect(gateway.stats().closedIdle).toBe(1);
  });

  it('one connection over its rate is slowed, not cut off', { timeout: 30_000 }, async () => {
    await start({ bytesPerSecond: 5_000, burstBytes: 2_000 });
    const device = new TestDevice(41);
    await device.dial(port);
    for (let i = 0; i < 50; i++) device.send();
    await untilAnswered([device], 25_000);
    // Some 8 kB are overdrawn by now: the next ones are read only when that is paid back.
    for (let i = 0; i < 10; i++) device.send();
    expect(await untilAnswered([device], 25_000)).toBeGreaterThan(300);
    device.hangUp();
  });
});

describe('gateway and its database', () => {
  it('[JS-19] fault:F03 nothing is answered while it is not committed', { timeout: 30_000 }, async () => {
    await start({});
    const device = new TestDevice(42);
    await device.dial(port);
    // The sequencer's row is held by someone else: the commit cannot come through.
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => (release = done));
    const blocker = test.db.transaction().execute(async (tx) => {
      await sql`SELECT * FROM evidence_log WHERE id = 1 FOR UPDATE`.execute(tx);
      await held;
    });
    await pause(100);
    device.send();
    await pause(500);
    expect(device.acknowledged.size).toBe(0);
    release();
    await blocker;
    await untilAnswered([device], 10_000);
    device.hangUp();
  });

  it(
    'fault:F02 connections to the database cut: no answer for what was not written, then all of it',
    { timeout: 30_000 },
    async () => {
      await start({});
      const device = new TestDevice(43);
      await device.dial(port);
      for (let i = 0; i < 30; i++) {
        device.send();
        if (i % 10 === 5) {
          await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()`
            .execute(test.db)
            .catch(() => undefined);
        }
        await pause(10);
      }
      await untilAnswered([device], 20_000);
      const { rows } = await sql<{ n: number }>`
      SELECT count(*) AS n FROM frame_journal WHERE state = 'ACCEPTED' AND mn = ${device.mn}`.execute(test.db);
      expect(rows[0]?.n).toBe(30);
      device.hangUp();
    },
  );
});
