import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { sql } from '#platform/db';
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
