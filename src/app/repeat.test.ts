import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadLogKeys } from '#evidence';
import { DAY, HOUR, instant, manualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { testDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { checkDaily } from './check-daily.ts';
import { repeat } from './repeat.ts';

it.each([['done', async (): Promise<unknown> => undefined], ['failed', (): Promise<unknown> => Promise.reject(new Error('a round that fails'))]] as const)('a stop during a round that is %s waits for the round, not for the pause after it', async (_, end: () => Promise<unknown>) => {
  const [inside, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let rounds = 0;
  const loop = repeat(60_000, silentLogger(), 'test', async (): Promise<unknown> => {
    rounds += 1;
    inside.resolve();
    await mayEnd.promise;
    return end();
  });
  await inside.promise;
  const stopped = loop.stop();
  mayEnd.resolve();
  expect(await Promise.race([stopped.then(() => 'stopped'), new Promise((resolve) => setTimeout(() => resolve('waits'), 1_500))])).toBe('stopped');
  expect(rounds).toBe(1);
});

it('the daily walk is due a day after the last one ended, however often the worker was started since', async () => {
  const test = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-daily-'));
  const clock = manualClock(instant(1_793_000_000_000));
  const platform = { db: test.db, log: silentLogger() };
  const evidence = { db: test.db, clock, blobs: openBlobs(folder), keys: loadLogKeys(folder, 'hb.example/evidence/2026a', {}) };
  const walked: boolean[] = [];
  for (const later of [0, 5 * HOUR, DAY - 5 * HOUR, HOUR]) {
    clock.advance(later);
    walked.push(await checkDaily({ platform, evidence }, clock));
  }
  expect(walked).toEqual([true, false, true, false]);
  await test.drop();
  rmSync(folder, { recursive: true });
});
