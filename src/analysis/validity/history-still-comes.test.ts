import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, DAY, HOUR, instant, manualClock, type FactorCode, type OutfallId } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { loadLaw } from '#law';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister, type LiveRegistry } from '#register';
import { simulate } from '#sim/simulate';
import { Judge } from '../live/judge.ts';
import { assessQuantities } from './outfall-validity.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 6;
const CUT = { from: START + 3 * DAY, hours: 10 };
const NOX = 'a21002' as FactorCode;

describe('历史数据还在导入 history that is still coming in', { timeout: 120_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'still-comes-'));
  const clock = manualClock(instant(START + DAYS * DAY));
  let test: TestDatabase;
  let series: { series: Series; drop(): Promise<void> };
  let registry: LiveRegistry;
  let lines: readonly string[];

  beforeAll(async () => {
    [test, series] = await Promise.all([testDatabase(), testSeries()]);
    await simulate({ seed: 'still-a', outfalls: 1, days: DAYS, outDir: dir, start: START, inject: 'none' });
    lines = readFileSync(join(dir, 'capture.tsv'), 'latin1').trimEnd().split('\n');
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home: { authority: 'JS-QC', region: 'jiangsu' } })).problems).toEqual([]);
    registry = await followRegistry(test.db);
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await test.drop();
    await series.drop();
  });

  const takeIn = async (isWanted: (arrivedAt: number) => boolean): Promise<Judge> => {
    const wanted = lines.filter((line) => isWanted(Number.parseFloat(line))).map((line) => `${line}\n`);
    await importCapture({ db: test.db, clock, directory: directoryOfRegister(() => registry.current()) }, Readable.from(wanted.map((line) => Buffer.from(line, 'latin1'))), { source: 'capture.tsv' });
    const judge = await Judge.open({ db: test.db, series: series.series, clock, log: silentLogger(), registry, models: [] });
    while ((await judge.step()).frames > 0);
    return judge;
  };
  const account = async () => {
    const outfall = registry.current().outfall(asId<OutfallId>('QY0001-DA001'));
    if (outfall === undefined) throw new Error('no outfall');
    const { months, gaps, captures, within } = await assessQuantities({ db: test.db, series: series.series, law: loadLaw(), registry: registry.current() }, { outfall, factor: NOX, asOf: clock.now() });
    expect(within(START, clock.now()).measuredKg.toString()).toBe(within(START, START + DAY).measuredKg.plus(within(START + DAY, clock.now()).measuredKg).toString());
    const [month, quarter] = [months.find(({ start }) => start === START), captures.find(({ start, end }) => start <= START && START < end)];
    return { measured: month?.measuredKg.toNumber() ?? 0, standIn: month?.substitutedKg.toNumber() ?? 0, longest: Math.max(0, ...gaps.map((gap) => gap.hours)), capture: quarter?.capture?.toNumber() ?? 0 };
  };

  it('[NMG-2.1a] 尚未导入的小时不是缺失，不用替代值；导入完毕仍没有收到、且过了标记期限的才替代', async () => {
    const isCut = (at: number) => at > CUT.from && at <= CUT.from + CUT.hours * HOUR;
    await takeIn((at) => at < START + 2 * DAY);
    const early = await account();
    expect(early).toMatchObject({ standIn: 0, longest: 0 });
    expect([early.measured > 0, early.capture > 0.95]).toEqual([true, true]);
    const judge = await takeIn((at) => at >= START + 2 * DAY && !isCut(at));
    clock.advance(DAY);
    await judge.step();
    const whole = await account();
    expect(whole.measured).toBeGreaterThan(2 * early.measured);
    // Ten hours without a frame and one without its minutes; the seventh day is silent, but its deadline is not over.
    expect(whole.longest).toBe(CUT.hours + 1);
    expect(whole.standIn).toBeGreaterThan(0);
    expect(whole.standIn).toBeLessThan(whole.measured);
  });
});
