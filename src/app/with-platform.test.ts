import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { DAY } from '#kernel';
import { systemClock } from '#platform/clock';
import { sql } from '#platform/db';
import { moveDemoClock } from './demo-clock.ts';
import { withPlatform } from './with-platform.ts';

const dir = mkdtempSync(join(tmpdir(), 'with-platform-'));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

it('brings its own engines each time anew: a second command does not look for those of the first', { timeout: 120_000 }, async () => {
  vi.stubEnv('MINGJIAN_DATA', dir);
  vi.stubEnv('DATABASE_URL', undefined);
  vi.stubEnv('CLICKHOUSE_URL', undefined);
  const answers = async () =>
    withPlatform(async ({ db, series }) => [(await sql<{ one: number }>`SELECT 1 AS one`.execute(db)).rows[0]?.one, (await series.query<{ one: number }>('SELECT 1 AS one'))[0]?.one]);
  expect([await answers(), await answers()]).toEqual([[1, 1], [1, 1]]);
  expect([process.env['DATABASE_URL'], process.env['CLICKHOUSE_URL']]).toEqual([undefined, undefined]);
});

it("lives by the clock of the demonstration whose data it works on, and by the machine's anywhere else", { timeout: 120_000 }, async () => {
  vi.stubEnv('MINGJIAN_DATA', dir);
  for (const name of ['MINGJIAN_DEMO', 'DATABASE_URL', 'CLICKHOUSE_URL']) vi.stubEnv(name, undefined);
  const ahead = async (then?: number) =>
    withPlatform(async ({ db, clock, config }) => {
      if (then !== undefined) await moveDemoClock(db, then);
      return { demo: config.demo, days: Math.round((clock.now() - systemClock().now()) / 60_000) / 1_440 };
    });
  expect(await ahead(40 * DAY)).toEqual({ demo: false, days: 0 });
  expect(await ahead()).toEqual({ demo: true, days: 40 });
  // And follows it while it works.
  expect(await ahead(41 * DAY)).toEqual({ demo: true, days: 41 });
});
