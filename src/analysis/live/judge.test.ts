import { mkdtempSync, readFileSync, rmSync, createReadStream, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, instant, manualClock, type OutfallId } from '#kernel';
import { directoryOf, importCapture } from '#ingest';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister } from '#register';
import { simulate } from '#sim/simulate';
import { alarmLines } from '../alarm.ts';
import { runDetect } from '../detect.ts';
import type { Episode } from '../episode.ts';
import { Judge } from './judge.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 5;

describe('活体研判 the judging worker', () => {
  let test: TestDatabase;
  let series: { series: Series; drop(): Promise<void> };
  const dir = mkdtempSync(join(tmpdir(), 'judge-'));
  const clock = manualClock(instant(START));
  const log = createLogger('test', 'silent');
  let expected: readonly string[];

  beforeAll(async () => {
    test = await testDatabase();
    series = await testSeries();
    await simulate({ seed: 'judge', outfalls: 2, days: DAYS, outDir: dir, start: START, inject: 'none' });
    const capture = join(dir, 'capture.tsv');
    writeFileSync(capture, readFileSync(capture, 'latin1').replace(/^(\d+)\.\d+\t/gm, '$1\t'), 'latin1');
    rmSync(join(dir, 'power.csv'));
    rmSync(join(dir, 'doors.csv'));
    rmSync(join(dir, 'video.csv'));
    const until = START + DAYS * DAY;
    expected = (await runDetect({ registryDir: dir, capture, asOf: until })).alarms;
    const home = { authority: 'JS-QC', region: 'jiangsu' };
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home })).problems).toEqual([]);
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await test.drop();
    await series.drop();
  });

  const stored = async (): Promise<readonly string[]> => {
    const { rows } = await sql<{ body: Episode }>`SELECT DISTINCT ON (episode) body FROM analysis_episode ORDER BY episode, version DESC`.execute(test.db);
    return alarmLines(rows.map((row) => row.body));
  };

  it('[JS-10.3][NX-3.4c] 自动归集、研判并产生线索：与离线回放逐字节一致，重启不重不漏', async () => {
    const registry = await followRegistry(test.db);
    const devices = registry.current().data.outfalls.flatMap((outfall) =>
      [outfall.mn, outfall.doorMn].flatMap((mn, i) => (mn === undefined ? [] : [{ mn, outfall: outfall.outfall, role: i === 0 ? ('data' as const) : ('door' as const) }])),
    );
    await importCapture({ db: test.db, clock, directory: directoryOf(devices) }, createReadStream(join(dir, 'capture.tsv')), { source: 'capture.tsv' });
    const deps = { db: test.db, series: series.series, clock, log, registry };
    let judge = await Judge.open(deps);
    for (let steps = 0; ; steps++) {
      const step = await judge.step();
      // A new worker takes the work up in the middle of it.
      if (steps === 0) judge = await Judge.open(deps);
      if (step.frames === 0) break;
    }
    clock.set(instant(START + DAYS * DAY + 2_000));
    await judge.step();
    expect(await stored()).toEqual(expected);

    const again = await Judge.open(deps);
    await again.step();
    expect(await stored()).toEqual(expected);
    const { rows } = await sql<{ clues: number; events: number; raised: number }>`
      SELECT (SELECT count(*) FROM analysis_clue) AS clues, (SELECT count(*) FROM outbox WHERE type = 'clue.raised') AS events,
        (SELECT count(DISTINCT subject) FROM outbox WHERE type = 'clue.raised') AS raised`.execute(test.db);
    expect(rows[0]?.events).toBe(rows[0]?.raised);
  }, 120_000);

  it('copies hours and steps to the series store', async () => {
    const outfall = (await sql<{ outfall: OutfallId }>`SELECT outfall FROM analysis_lane LIMIT 1`.execute(test.db)).rows[0]?.outfall;
    const rows = await series.series.query<{ n: string }>('SELECT count(DISTINCT start) AS n FROM hour_value WHERE outfall = {outfall:String}', { outfall });
    expect(Number(rows[0]?.n)).toBeGreaterThan((DAYS - 1) * 24);
  });

  it('nobody can alter what was judged', async () => {
    await expect(sql`UPDATE analysis_episode SET tier = 'REMIND'`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM analysis_clue_version`.execute(test.db)).rejects.toThrow(/permission denied/);
  });
});
