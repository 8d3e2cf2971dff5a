import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, instant, manualClock, SECOND } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister } from '#register';
import { simulate } from '#sim/simulate';
import { alarmLines } from '../alarm.ts';
import { runDetect } from '../detect/detect.ts';
import type { Episode } from '../clues/episode.ts';
import { seededDraws } from '../primitives/index.ts';
import { Judge } from './judge.ts';

/** `RECORDED_SEED` draws other portions, kills and budgets; `RESTART_OUTFALLS=2` lives through more than one outfall at a time. */
const SEED = Number(process.env['RECORDED_SEED'] ?? 20_260_302);
const START = Date.parse('2026-01-20T00:00:00+08:00');
const DAYS = 40;
const OUTFALLS = Number(process.env['RESTART_OUTFALLS'] ?? 1);
/** Portions end where the devices are silent for so long: nothing that comes later was known before. */
const SILENCE = 30 * SECOND;

interface Line {
  readonly at: number;
  readonly text: string;
}

/** Cuts the recording at silences, in portions of some thousand lines. */
function portions(lines: readonly Line[], draw: () => number): Line[][] {
  const parts: Line[][] = [];
  let part: Line[] = [];
  let size = 0;
  for (const [i, line] of lines.entries()) {
    part.push(line);
    const next = lines[i + 1];
    if (next !== undefined && (part.length < size || next.at - line.at < SILENCE)) continue;
    parts.push(part);
    part = [];
    size = 200 + Math.floor(draw() * 3_000);
  }
  return parts;
}

/** Passes everything on; once in `most` insertions at most it fails as a process does that is killed: with half of its work done. */
function mortal(series: Series, draw: () => number, most: number): Series {
  let left = Math.ceil(draw() * most);
  return new Proxy(series, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'insert' && --left === 0) {
          left = Math.ceil(draw() * most);
          throw new Error('killed');
        }
        return (value as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

describe('活体重启 the live judge over forty days with the whole catalogue, killed at random', { timeout: 600_000 * OUTFALLS }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'restart-'));
  const databases: TestDatabase[] = [];
  let series: { series: Series; drop(): Promise<void> };
  let lines: Line[];

  beforeAll(async () => {
    series = await testSeries();
    const inject = [{ kind: 'const_hold', outfall: 0, at: 24.4, hours: 30 }, { kind: 'exceed_sustained', outfall: 0, at: 33.2, hours: 6 }];
    await simulate({ seed: 'restart', outfalls: OUTFALLS, days: DAYS, outDir: dir, start: START, inject, powerFrames: true });
    lines = readFileSync(join(dir, 'capture.tsv'), 'latin1').split('\n').filter((line) => line !== '').map((line) => {
      const [stamp = '', frame = ''] = line.split('\t');
      return { at: Math.floor(Number(stamp)), text: `${Math.floor(Number(stamp))}\t${frame}\n` };
    }).sort((a, b) => a.at - b.at);
    writeFileSync(join(dir, 'capture.tsv'), lines.map(({ text }) => text).join(''), 'latin1');
    for (const file of ['power.csv', 'doors.csv', 'video.csv']) rmSync(join(dir, file));
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    for (const test of databases) await test.drop();
    await series.drop();
  });

  /** Lives through the recording as it came in. `mishap` says after which steps the process is gone. */
  async function lived(mishap: { series: Series; killed(): boolean; memoryBytes?: number }) {
    const test = await testDatabase();
    databases.push(test);
    const clock = manualClock(instant(START));
    const home = { authority: 'JS-QC', region: 'jiangsu' };
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home })).problems).toEqual([]);
    const registry = await followRegistry(test.db);
    const directory = directoryOfRegister(() => registry.current());
    const { memoryBytes } = mishap;
    const deps = { db: test.db, series: mishap.series, clock, log: silentLogger(), registry, ...(memoryBytes === undefined ? {} : { memoryBytes }) };
    let judge = await Judge.open(deps);
    let kills = 0;
    const step = async (): Promise<number> => {
      for (;;) {
        try {
          return (await judge.step()).frames;
        } catch (error) {
          if ((error as Error).message !== 'killed') throw error;
          kills += 1;
          judge = await Judge.open(deps);
        }
      }
    };
    const draw = seededDraws(SEED);
    for (const part of portions(lines, draw)) {
      await importCapture({ db: test.db, clock, directory }, Readable.from(part.map(({ text }) => Buffer.from(text, 'latin1'))), { source: 'capture.tsv' });
      while ((await step()) > 0) if (mishap.killed()) judge = await Judge.open(deps);
      clock.set(instant((part.at(-1) as Line).at + SILENCE - 5 * SECOND));
      await step();
      if (mishap.killed()) judge = await Judge.open(deps);
    }
    clock.set(instant(START + DAYS * DAY + 2 * SECOND));
    while ((await step()) > 0);
    await step();
    const rows = async (what: string): Promise<string[]> => (await sql.raw(what).execute(test.db)).rows.map((row) => JSON.stringify(row));
    const newest = await sql<{ body: Episode }>`SELECT DISTINCT ON (episode) body FROM analysis_episode ORDER BY episode, version DESC`.execute(test.db);
    return {
      kills, alarms: alarmLines(newest.rows.map((row) => row.body)),
      episodes: await rows('SELECT episode, version, body FROM analysis_episode ORDER BY episode, version'),
      clues: await rows('SELECT clue, version, body FROM analysis_clue_version ORDER BY clue, version'),
      attendance: await rows(`SELECT * FROM analysis_attendance WHERE until = day + ${DAY - 1} ORDER BY outfall, day`),
      raised: await rows(`SELECT type, subject, count(*) FROM outbox WHERE type LIKE 'clue.%' GROUP BY 1, 2 ORDER BY 1, 2`),
    };
  }

  it('[JS-10.3] 全部模型、四十天：随机时刻断电，从库中状态续判，结论逐字节相同；内存预算只容一个排放口也相同', async () => {
    const draw = seededDraws(SEED + 1);
    const whole = await lived({ series: series.series, killed: () => false });
    expect(whole.kills).toBe(0);
    const expected = (await runDetect({ registryDir: dir, capture: join(dir, 'capture.tsv'), asOf: START + DAYS * DAY })).alarms;
    expect(expected.length).toBeGreaterThan(0);
    expect(whole.alarms).toEqual(expected);
    const { kills, ...killed } = await lived({ series: mortal(series.series, draw, 40), killed: () => draw() < 0.25, memoryBytes: 1 });
    expect(kills).toBeGreaterThan(2);
    for (const table of ['episodes', 'clues', 'raised', 'attendance', 'alarms'] as const) expect(killed[table]).toEqual(whole[table]);
  });
});
