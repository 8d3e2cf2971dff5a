import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLog, evidenceOf } from '#evidence';
import { directoryOf, importCapture, readEverything, readJournal, sealedFrames } from '#ingest';
import { HOUR, instant, manualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { sql } from '#platform/db';
import { type TestDatabase, testDatabase } from '#platform/db/testing';
import { minuteFrame } from '../../src/ingest/bench-decode.ts';

const MN = '010000A8900016F000169DC0';
const START = Date.UTC(2026, 2, 12);
const HOURS = 40;
const PER_HOUR = 120;
const ROUNDS = 8;
const folder = mkdtempSync(join(tmpdir(), 'mingjian-seal-'));
const directory = directoryOf([{ mn: MN, outfalls: ['O1'], role: 'data' }]);
const clock = manualClock(instant(START));
let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase();
  for (let hour = 0; hour < HOURS; hour++) {
    clock.set(instant(START + hour * HOUR));
    const lines = Array.from({ length: PER_HOUR }, (_, i) => Buffer.from(`${START + hour * HOUR + i}\t${Buffer.from(minuteFrame(hour * PER_HOUR + i, MN)).toString('latin1').trimEnd()}\n`));
    await importCapture({ db: test.db, clock, directory }, Readable.from(lines), { source: 'f', batch: 40 });
  }
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('fault:F20 kill -9 of the sealer in the middle of it, again and again: no frame is lost, none is sealed twice, the log holds', { timeout: 420_000 }, async () => {
  const start = () => spawn(process.execPath, [join(import.meta.dirname, 'seal-child.ts'), test.url, folder, String(clock.now())], { stdio: ['ignore', 'pipe', 'inherit'] });
  const sealed = async () => (await sql<{ n: number }>`SELECT coalesce(sum(frames), 0)::int AS n FROM frame_block`.execute(test.db)).rows[0]?.n ?? 0;
  const progress: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const child = start();
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    // The moment of death moves through reading, writing the file, the leaf and the commit.
    await new Promise((done) => setTimeout(done, 4 + round * 5));
    const died = once(child, 'exit');
    child.kill('SIGKILL');
    await died;
    progress.push(await sealed());
  }
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  const last = start();
  const [code] = (await once(last, 'exit')) as [number];
  expect(code).toBe(0);
  // Everything but the hour that runs.
  expect(await sealed()).toBe((HOURS - 1) * PER_HOUR);
  const { rows } = await sql<{ first: number; last: number }>`SELECT first_seq AS first, last_seq AS last FROM frame_block ORDER BY first_seq`.execute(test.db);
  expect(rows.filter((row, i) => i > 0 && row.first <= (rows[i - 1]?.last ?? 0))).toEqual([]);
  const blobs = openBlobs(join(folder, 'blobs'));
  const seqs: number[] = [];
  for await (const page of readEverything({ db: test.db, blobs }, directory)) seqs.push(...page.map((frame) => frame.seq));
  expect(seqs).toEqual((await readJournal(test.db, directory, -1, 100_000)).map((frame) => frame.seq));
  const evidence = evidenceOf({ db: test.db, clock, blobs, config: readConfig({ MINGJIAN_DATA: folder }) });
  expect((await checkLog(evidence, { sealedFrames: sealedFrames(test.db) })).findings).toEqual([]);
});
