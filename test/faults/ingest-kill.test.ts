import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { TestDevice } from './ingest-device.ts';

const ROUNDS = Number(process.env['MINGJIAN_KILL_ROUNDS'] ?? 6);
const DEVICES = 20;

let test: TestDatabase;
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => test.drop());

async function startGateway(): Promise<{ child: ChildProcess; port: number }> {
  const script = join(import.meta.dirname, 'ingest-child.ts');
  const child = spawn(process.execPath, [script, test.url, String(DEVICES)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
  return { child, port: Number(/port (\d+)/.exec(line.toString())?.[1]) };
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** QN of the frames that count, by device; a second one for a QN would be a double count. */
async function stored(): Promise<{ counted: string[]; leaves: number; rows: number; size: number }> {
  const { rows } = await sql<{ key: string }>`
    SELECT mn || ' ' || qn AS key FROM frame_journal WHERE state = 'ACCEPTED'`.execute(test.db);
  const { rows: totals } = await sql<{ leaves: number; rows: number; size: number }>`
    SELECT (SELECT count(*) FROM evidence_leaf) AS leaves, (SELECT count(*) FROM frame_journal) AS rows,
           (SELECT next_index FROM evidence_log) AS size`.execute(test.db);
  return { counted: rows.map((row) => row.key), ...(totals[0] as { leaves: number; rows: number; size: number }) };
}

it(
  '[PAPER-0.1] [JS-25.2] fault:F01 kill -9 of the gateway in the middle of it: nothing acknowledged is missing, nothing counts twice',
  { timeout: 120_000 },
  async () => {
    const devices = Array.from({ length: DEVICES }, (_, i) => new TestDevice(i));
    for (let round = 0; round < ROUNDS; round++) {
      const { child, port } = await startGateway();
      await Promise.all(devices.map((device) => device.dial(port)));
      // The moment of death moves through connect, first commit and full flow.
      for (let step = 0; step < 3 + round * 4; step++) {
        for (const device of devices) device.send();
        await pause(5);
      }
      const died = once(child, 'exit');
      child.kill('SIGKILL');
      await died;
      for (const device of devices) device.hangUp();
      const { counted } = await stored();
      const kept = new Set(counted);
      expect(counted.length).toBe(kept.size);
      const lost = devices.flatMap((device) =>
        [...device.acknowledged].filter((qn) => !kept.has(`${device.mn} ${qn}`)),
      );
      expect(lost).toEqual([]);
    }
    const { child, port } = await startGateway();
    await Promise.all(devices.map((device) => device.dial(port)));
    for (let i = 0; i < 600 && devices.some((device) => device.unanswered > 0); i++) await pause(50);
    const { counted, leaves, rows, size } = await stored();
    expect(devices.map((device) => device.unanswered)).toEqual(devices.map(() => 0));
    expect(counted.length).toBe(devices.reduce((sum, device) => sum + device.sent, 0));
    expect(new Set(counted).size).toBe(counted.length);
    // Every row has its leaf and the log has no gap.
    expect([leaves, size]).toEqual([rows, rows]);
    for (const device of devices) device.hangUp();
    child.kill('SIGKILL');
  },
);
