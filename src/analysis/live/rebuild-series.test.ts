import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceOf, makeCheckpoint } from '#evidence';
import { directoryOfRegister, importCapture, sealFrames } from '#ingest';
import { DAY, HOUR, instant, manualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister, type LiveRegistry } from '#register';
import { simulate } from '#sim/simulate';
import { Judge } from './judge.ts';
import { rebuildSeries } from './rebuild-series.ts';

const START = Date.parse('2026-01-20T00:00:00+08:00');
const DAYS = 2;
const TABLES = ['hour_value', 'step_value', 'power_value', 'hour_peak'] as const;

describe('the series is filled anew from sealed frames, journal and register', { timeout: 240_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'rebuild-'));
  const clock = manualClock(instant(START));
  let test: TestDatabase;
  let store: { series: Series; drop(): Promise<void> };
  let registry: LiveRegistry;
  const blobs = openBlobs(join(dir, 'blobs'));
  const contents = async () =>
    Object.fromEntries(await Promise.all(TABLES.map(async (table) => [table, await store.series.query<object>(`SELECT * FROM ${table} FINAL ORDER BY ALL`)] as const)));
  const deps = () => ({ db: test.db, blobs, series: store.series, clock, log: silentLogger(), registry });

  beforeAll(async () => {
    [test, store] = await Promise.all([testDatabase(), testSeries()]);
    await simulate({ seed: 'rebuild', outfalls: 2, days: DAYS, outDir: dir, start: START, powerFrames: true });
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home: { authority: 'JS-QC', region: 'jiangsu' } })).problems).toEqual([]);
    registry = await followRegistry(test.db);
    const directory = directoryOfRegister(() => registry.current());
    const judge = await Judge.open({ ...deps(), models: [] });
    const lines = readFileSync(join(dir, 'capture.tsv'), 'latin1').split('\n').filter((line) => line !== '').map((line) => line.replace(/^(\d+)[.\d]*/, '$1'));
    const evidence = evidenceOf({ db: test.db, clock, blobs, config: readConfig({ MINGJIAN_DATA: dir }) });
    const cuts = [0, 0.5, 0.8, 1].map((share) => Math.floor(lines.length * share));
    for (let i = 0; i < 3; i++) {
      clock.set(instant(START + DAYS * DAY + i * 2 * HOUR));
      // The last frames come in after the sealing: they are in the journal only.
      if (i === 2) while ((await makeCheckpoint(evidence)).made || (await sealFrames({ db: test.db, clock, blobs }, 200)) > 0);
      const portion = lines.slice(cuts[i], cuts[i + 1]);
      await importCapture({ db: test.db, clock, directory }, Readable.from(portion.map((line) => Buffer.from(`${line}\n`, 'latin1'))), { source: 'capture.tsv', batch: 100 });
      while ((await judge.step()).frames > 0);
      clock.advance(HOUR);
      await judge.step();
    }
    await judge.rest();
  });
  afterAll(async () => {
    await test.drop();
    await store.drop();
    rmSync(dir, { recursive: true });
  });

  it('row for row as the judge had written it, also where the sealed part is gone from the journal', async () => {
    const before = await contents();
    for (const table of TABLES) expect(before[table]?.length, table).toBeGreaterThan(0);
    // The database owner takes out of the journal what is sealed: the files alone must do.
    const owner = new pg.Client({ connectionString: test.url });
    await owner.connect();
    const { rows: [sealed] } = await owner.query<{ blocks: number; last: number; left: number }>(`SELECT count(*)::int AS blocks, max(last_seq)::int AS last,
      (SELECT count(*)::int FROM frame_batch WHERE first_leaf > (SELECT max(last_seq) FROM frame_block)) AS left FROM frame_block`);
    expect(sealed?.blocks).toBeGreaterThan(2);
    expect(sealed?.left).toBeGreaterThan(0);
    await owner.query('DELETE FROM frame_journal WHERE batch IN (SELECT batch FROM frame_batch WHERE first_leaf <= $1)', [sealed?.last]);
    await owner.end();
    for (const table of TABLES) await store.series.command(`TRUNCATE TABLE ${table}`);
    const rebuilt = await rebuildSeries(deps());
    expect(rebuilt.outfalls).toBe(2);
    const after = await contents();
    for (const table of TABLES) expect(after[table], table).toEqual(before[table]);
    // Again over itself: nothing is doubled.
    await rebuildSeries(deps());
    expect(await contents()).toEqual(before);
  });

  it('stops at a file that was changed instead of telling less', async () => {
    const broken = { ...blobs, get: async (): Promise<Uint8Array> => { throw new Error('blob was changed on disk'); } };
    await expect(rebuildSeries({ ...deps(), blobs: broken })).rejects.toThrow(/changed on disk/);
  });
});
