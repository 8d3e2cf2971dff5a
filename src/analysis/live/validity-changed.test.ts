import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, instant, manualClock } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister } from '#register';
import { simulate } from '#sim/simulate';
import { modelById, modelCatalogue } from '../catalogue.ts';
import type { Clue } from '../clues/clue.ts';
import type { Model } from '../contract.ts';
import type { Episode } from '../clues/episode.ts';
import { findClue } from '../store/read-clues.ts';
import { Judge } from './judge.ts';
import { ModelHung, Watchdog } from './watchdog.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 3;
const NOW = START + DAYS * DAY + 10 * HOUR;

describe('活体：所依据数据的有效性改变、模型停不下来', { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'validity-'));
  const clock = manualClock(instant(START));
  let test: TestDatabase;
  let series: { series: Series; drop(): Promise<void> };
  const home = { authority: 'JS-QC', region: 'jiangsu' };
  const outfall = () => (readFileSync(join(dir, 'outfalls.csv'), 'utf8').split('\n')[1] ?? '').split(',')[0] ?? '';

  beforeAll(async () => {
    test = await testDatabase();
    series = await testSeries();
    await simulate({ seed: 'validity', outfalls: 1, days: DAYS, outDir: dir, start: START, inject: [{ kind: 'exceed_sustained', outfall: 0, at: 1.2, hours: 6 }] });
    const capture = join(dir, 'capture.tsv');
    writeFileSync(capture, readFileSync(capture, 'latin1').replace(/^(\d+)\.\d+\t/gm, '$1\t'), 'latin1');
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home })).problems).toEqual([]);
    const registry = await followRegistry(test.db);
    await importCapture({ db: test.db, clock, directory: directoryOfRegister(() => registry.current()) }, createReadStream(capture), { source: 'capture.tsv' });
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await test.drop();
    await series.drop();
  });

  async function run(judge: Judge): Promise<void> {
    while ((await judge.step()).frames > 0);
    clock.set(instant(NOW));
    await judge.step();
  }
  const versions = async (model: string) => (await sql<{ body: Episode }>`SELECT body FROM analysis_episode WHERE model = ${model} ORDER BY episode, version`.execute(test.db)).rows.map((row) => row.body);

  it('停不下来的模型记为 EXCEPTION，其余照常；登记的不合格核查后到：线索撤回并说明，向下一步发出事件', async () => {
    const stuck: Model = { ...(modelById('C01') as Model), evaluate: () => { for (;;); } };
    const models = [modelById('A01') as Model, modelById('B01') as Model, stuck];
    const watchdog = new Watchdog(500, 2_000);
    const deps = { db: test.db, series: series.series, clock, log: silentLogger(), registry: await followRegistry(test.db), models, watchdog };
    // As the worker does it: what was judged since the last write is thrown away and taken up again.
    const errors: Error[] = [];
    const lived = async (): Promise<Judge> => {
      try {
        const judge = await Judge.open(deps);
        await run(judge);
        return judge;
      } catch (error) {
        errors.push(error as Error);
        if (errors.length > 8) throw error;
        return lived();
      }
    };
    const judge = await lived();
    expect(errors.filter((error) => error instanceof ModelHung)).toHaveLength(1);
    expect(errors.every((error) => error instanceof ModelHung || error.message.includes('broken off'))).toBe(true);
    const { rows: answers } = await sql<{ model: string; outcome: string; reason: string }>`SELECT model, outcome, reason FROM analysis_answer ORDER BY model`.execute(test.db);
    expect(answers.filter((one) => one.outcome === 'EXCEPTION')).toEqual([{ model: 'C01', outcome: 'EXCEPTION', reason: expect.stringContaining('did not come to an end') }]);
    expect((await versions('B01')).at(-1)).toMatchObject({ tier: 'WORK_ORDER' });
    expect(modelCatalogue).toContain(models[0]);

    const rows = [[START + 2 * HOUR, 'true'], [NOW - 3 * HOUR, 'false']].map(([at, passed]) => `${outfall()},${at},${Number(at) + 600_000},standard_check,,,,${passed}`);
    writeFileSync(join(dir, 'calibrations.csv'), `outfall,start_ms,end_ms,kind,factors,zero_drift,span_drift,passed\n${rows.join('\n')}\n`);
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home })).problems).toEqual([]);
    clock.advance(60_000);
    await judge.step();
    clock.advance(60_000);
    await judge.step();

    const b01 = await versions('B01');
    expect(b01.at(-1)).toMatchObject({ cleared: { reason: 'VALIDITY_CHANGED' }, validity: [{ cause: 'CHECK', left: 'NO_LONGER_MET' }] });
    const { rows: told } = await sql<{ type: string; subject: string; payload: { version: number; validity: { zh: string; left: string } } }>`
      SELECT type, subject, payload FROM outbox WHERE type IN ('clue.validity_changed', 'clue.withdrawn') ORDER BY seq`.execute(test.db);
    expect(told.map((one) => one.type)).toEqual(['clue.validity_changed', 'clue.withdrawn']);
    expect(told[0]?.payload.validity).toMatchObject({ left: 'NO_LONGER_MET', zh: expect.stringContaining('所依据数据的有效性已变化') });
    const clue = (asOf?: number): Promise<Clue | undefined> => findClue(test.db, told[0]?.subject ?? '', asOf).then((found) => found?.clue);
    expect(await clue()).toMatchObject({ cleared: true, validity: { left: 'NO_LONGER_MET' } });
    expect(await clue(NOW - HOUR)).toMatchObject({ cleared: false, tier: 'WORK_ORDER' });
    expect((await clue(NOW - HOUR))?.validity).toBeUndefined();
  });
});
