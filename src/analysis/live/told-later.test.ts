import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, DAY, HOUR, instant, manualClock, MINUTE, type FactorCode, type MeterId, type OutfallId } from '#kernel';
import { directoryOfRegister, importCapture, importSideFacts, recordVideoEvent, type SideFacts } from '#ingest';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister } from '#register';
import { simulate } from '#sim/simulate';
import type { Context, Model } from '../contract.ts';
import { Judge, type JudgeDeps } from './judge.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const OUTFALL = 'QY0001-DA001';
const NOX = 'a21002' as FactorCode;

describe('后到的记录 what reaches an outfall at work beside its frames', { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'told-later-'));
  const clock = manualClock(instant(START));
  let test: TestDatabase;
  let series: { series: Series; drop(): Promise<void> };
  let deps: JudgeDeps;
  let judge: Judge;
  let seen: Context | undefined;
  const probe: Model = {
    id: 'Z09', version: '1', title: { zh: '旁观', en: 'looks on' }, family: 'site', trigger: 'tick', media: ['gas', 'water'], standsAlone: true, params: {}, legalHooks: [],
    about: { zh: '', en: '', source: '' }, minimum: { days: 0, needs: [] },
    evaluate: (ctx) => {
      seen = ctx;
      return { outcome: 'NOT_MET', reason: '', missing: [], findings: [] };
    },
  };
  /** The next tick is judged: what the model then sees of the outfall. */
  const nextTick = async (): Promise<Context> => {
    await judge.step();
    clock.advance(HOUR);
    await judge.step();
    return seen as Context;
  };
  const register = async (calibration: string, maintenanceHours: number): Promise<void> => {
    const [from, to] = [START + 20 * HOUR, START + 20 * HOUR + 10 * MINUTE];
    writeFileSync(join(dir, 'calibrations.csv'), `outfall,start_ms,end_ms,kind,factors,passed\n${OUTFALL},${from},${to},standard_check,${NOX},${calibration}\n`);
    writeFileSync(join(dir, 'maintenance_log.csv'), `outfall,start_ms,end_ms,what,factors\n${OUTFALL},${from},${from + maintenanceHours * HOUR},filter,${NOX}\n`);
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home: { authority: 'JS-QC', region: 'jiangsu' } })).problems).toEqual([]);
  };

  beforeAll(async () => {
    [test, series] = await Promise.all([testDatabase(), testSeries()]);
    await simulate({ seed: 'told-later', outfalls: 1, days: 1, outDir: dir, start: START, inject: 'none' });
    for (const file of ['power.csv', 'doors.csv', 'video.csv']) rmSync(join(dir, file));
    await register('', 1);
    const registry = await followRegistry(test.db);
    await importCapture({ db: test.db, clock, directory: directoryOfRegister(() => registry.current()) }, createReadStream(join(dir, 'capture.tsv')), { source: 'capture.tsv' });
    deps = { db: test.db, series: series.series, clock, log: silentLogger(), registry, models: [probe] };
    judge = await Judge.open(deps);
    while ((await judge.step()).frames > 0);
    clock.set(instant(START + DAY + 30 * MINUTE));
    await judge.step();
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await test.drop();
    await series.drop();
  });

  it('导入的开门与电量即时到达运行中的排放口；两块表同一时刻各算各的，重启不重复', async () => {
    const at = START + 23 * HOUR;
    const meters = readFileSync(join(dir, 'meters.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(',')[0] as string).slice(0, 2);
    expect(meters).toHaveLength(2);
    const tell = (facts: Partial<SideFacts>) => transact(test.db, (tx) => importSideFacts(tx, clock, { doors: [], power: [], videos: [], ...facts }));
    const reading = (i: number, kw: number) => ({ at, meter: asId<MeterId>(meters[i] ?? ''), kw });
    const door = { outfall: asId<OutfallId>(OUTFALL), openedAt: at, closedAt: at + 5 * MINUTE, method: 'card', person: 'P9', attributes: {} };
    expect(await tell({ doors: [door], power: [reading(0, 11)] })).toMatchObject({ doors: { added: 1 }, power: { added: 1 } });
    const before = await nextTick();
    expect(before.doors.filter(({ person }) => person === 'P9')).toMatchObject([{ openedAt: at, closedAt: at + 5 * MINUTE, person: 'P9' }]);
    expect((await tell({ power: [reading(1, 22)] })).power.added).toBe(1);
    const told = async (): Promise<unknown> => {
      const { doors, power } = await nextTick();
      return [doors.filter(({ person }) => person === 'P9').length, power.map(({ meter, t0, stepMs, avg }) => [meter, avg[Math.floor((at - t0) / stepMs)]])];
    };
    const expected = [1, [[meters[0], 11], [meters[1], 22]]];
    expect(await told()).toEqual(expected);
    await judge.rest();
    judge = await Judge.open(deps);
    expect(await told()).toEqual(expected);
    const { rows } = await sql<{ ref: string }>`SELECT ref FROM analysis_shift WHERE ref LIKE 'power %' OR ref LIKE 'door %'`.execute(test.db);
    expect(rows).toHaveLength(4);
  });

  it('摄像平台报来的事件到达模型，同一事件再报不重复', async () => {
    const startAt = clock.now() - 20 * MINUTE;
    const event = { outfall: OUTFALL, camera: 'C1', kind: 'DOOR_OPENED', startAt, endAt: startAt + MINUTE, photoSha: null };
    expect(await recordVideoEvent(deps, event)).toMatchObject({ ok: true, value: { known: false } });
    const { videos } = await nextTick();
    expect(videos).toMatchObject([{ start: startAt, end: startAt + MINUTE, camera: 'C1', event: 'DOOR_OPENED' }]);
    await recordVideoEvent(deps, event);
    await judge.rest();
    judge = await Judge.open(deps);
    expect((await nextTick()).videos).toHaveLength(1);
  });

  it('登记的校准先无结果后不合格、维护后改时长：更正取代原记录', async () => {
    const first = await nextTick();
    expect(first.calibrations).toMatchObject([{ what: 'standard_check', passed: undefined }]);
    expect(first.maintenance).toMatchObject([{ end: START + 21 * HOUR }]);
    await register('0', 3);
    const then = await nextTick();
    expect(then.calibrations).toMatchObject([{ what: 'standard_check', passed: false }]);
    expect(then.maintenance).toMatchObject([{ end: START + 23 * HOUR }]);
    await judge.rest();
    judge = await Judge.open(deps);
    const again = await nextTick();
    expect([again.calibrations.length, again.maintenance.length]).toEqual([1, 1]);
    const { rows } = await series.series.query<{ reason: string }>(
      `SELECT reason[indexOf(factor, {factor:String})] AS reason FROM hour_value WHERE outfall = {outfall:String} AND start = {start:Int64} ORDER BY known_at DESC LIMIT 1`,
      { outfall: OUTFALL, factor: NOX, start: START + 22 * HOUR },
    ).then((found) => ({ rows: found }));
    expect(rows[0]?.reason).toBe('OUT_OF_CONTROL');
  });
});
