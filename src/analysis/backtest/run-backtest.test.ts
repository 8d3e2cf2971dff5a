import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, instant, isRefusal, manualClock, type OutfallId } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister } from '#register';
import { simulate } from '#sim/simulate';
import { alarmLine } from '../alarm.ts';
import { modelById, modelCatalogue } from '../catalogue.ts';
import { CONCLUDING, type Model } from '../contract.ts';
import { counts, type Episode } from '../clues/episode.ts';
import { Judge } from '../live/judge.ts';
import { Watchdog } from '../live/watchdog.ts';
import { registerArrivals } from '../live/register-arrivals.ts';
import { setupOf } from '../setup.ts';
import { findSuspects, readActiveSince } from '../store/read-history.ts';
import { variantsOf, type Batch } from './judge-batch.ts';
import { judgeHistory, type Suspects } from './judge-history.ts';
import { watchGroups } from './quiet-outfalls.ts';
import { readBatch } from './read-batch.ts';
import type { BacktestReport } from './request.ts';
import { runBacktest, type BacktestDeps } from './run-backtest.ts';
import { spansOf } from './value-rows.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 9;
const INJECT = [{ kind: 'const_hold', at: 2, hours: 20 }, { kind: 'exceed_sustained', at: 4, hours: 8 }, { kind: 'treatment_off', at: 6, hours: 10 }, { kind: 'stop_mark_running', at: 7.5, hours: 12 }];
const END = START + DAYS * DAY;

describe('回溯 back-test over stored history', { timeout: 180_000 }, () => {
  let test: TestDatabase;
  let values: { series: Series; drop(): Promise<void> };
  let deps: BacktestDeps;
  let outfalls: OutfallId[];
  const dir = mkdtempSync(join(tmpdir(), 'backtest-'));
  const clock = manualClock(instant(START));

  beforeAll(async () => {
    test = await testDatabase();
    values = await testSeries();
    await simulate({ seed: 'backtest-3', outfalls: 2, days: DAYS, outDir: dir, start: START, benign: true, inject: INJECT });
    const capture = join(dir, 'capture.tsv');
    // Times of the journal are whole milliseconds.
    writeFileSync(capture, readFileSync(capture, 'latin1').replace(/^(\d+)\.\d+\t/gm, '$1\t'), 'latin1');
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home: { authority: 'JS-QC', region: 'jiangsu' } })).problems).toEqual([]);
    const registry = await followRegistry(test.db);
    outfalls = registry.current().data.outfalls.map((outfall) => outfall.outfall);
    await importCapture({ db: test.db, clock, directory: directoryOfRegister(() => registry.current()) }, createReadStream(capture), { source: 'capture.tsv' });
    const judge = await Judge.open({ db: test.db, series: values.series, clock, log: silentLogger(), registry });
    while ((await judge.step()).frames > 0);
    clock.set(instant(END + 2_000));
    await judge.step();
    deps = { db: test.db, series: values.series, registry };
  }, 180_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await test.drop();
    await values.drop();
  });

  const stored = async (model: string): Promise<string[]> => {
    const { rows } = await sql<{ body: Episode }>`
      SELECT DISTINCT ON (episode) body FROM analysis_episode WHERE model = ${model} ORDER BY episode, version DESC`.execute(test.db);
    return rows.map((row) => row.body).filter(counts).map(plain).sort();
  };
  /** Names are numbered as they come; with fewer models asked the numbers differ. */
  const plain = (episode: Episode): string => alarmLine(episode).replace(/"(episode|clue)":"[^"]*",?/g, '');
  const again = (batch: Batch, model: Model): { episodes: string[]; asked: ReadonlySet<string> } => {
    const [hours, steps, power] = [spansOf(batch.hours), spansOf(batch.steps!), spansOf(batch.power)];
    const judged = batch.outfalls.map((one) => judgeHistory(setupOf(deps.registry.current(), one.outfall)!, {
      ...one, others: one.others.filter((episode) => episode.model !== model.id), hours: hours.get(one.outfall), steps: { span: steps.get(one.outfall) },
      power: power.get(one.outfall),
    }, { from: START, to: END, models: [model], variants: [{ paramsOf: () => model.params }], watchdog: new Watchdog() }, true));
    return { episodes: judged.flatMap((one) => one.episodes[0] ?? []).filter(counts).map(plain).sort(), asked: new Set(judged.flatMap((one) => [...one.asked])) };
  };

  it('gives the episodes of the live path again, byte for byte, for every model that needs neither stamps of frames nor other outfalls', async () => {
    const registry = deps.registry.current();
    const read = { ...deps, registry, activeSince: await readActiveSince(test.db), register: registerArrivals(registry) };
    const batch = await readBatch(read, outfalls, { from: START, to: END, models: [], needs: new Set(['steps', 'totals']), suspects: new Map(), signal: undefined });
    const spoke = new Set<string>();
    for (const model of modelCatalogue) {
      const { episodes, asked } = again(batch, model);
      const live = await stored(model.id);
      // Whoever looked for summaries could not tell, so what he found then is missing here.
      // Evidence fusion that does not hear the unit's other outfalls tells by itself what live was told there.
      if (asked.has('peers') && !asked.has('contacts') && !CONCLUDING.has(model.id)) expect(episodes.filter((one) => !live.includes(one))).toEqual([]);
      if (asked.has('contacts') || asked.has('peers')) continue;
      expect([model.id, ...episodes]).toEqual([model.id, ...live]);
      if (episodes.length > 0) spoke.add(model.family);
    }
    expect(spoke.size).toBeGreaterThan(1);
  });

  it('asks only where something can be found, reads only what is named, judges two sides at once: and finds what live found, byte for byte', async () => {
    const b01 = modelById('B01')!;
    const registry = deps.registry.current();
    const suspects = new Map<OutfallId, Suspects>();
    for (const { outfalls: ids, watches } of watchGroups(registry, [b01], () => [b01.params], outfalls, START, END) ?? []) {
      for (const [outfall, days] of await findSuspects(deps.series, { outfalls: ids, from: START - 200 * DAY, to: END }, watches)) suspects.set(outfall, { watches, days });
    }
    const read = { ...deps, registry, activeSince: await readActiveSince(test.db), register: registerArrivals(registry) };
    const judge = async (model: Model, watched: boolean) => {
      const batch = await readBatch(read, outfalls, { from: START, to: END, models: [model], needs: new Set(), suspects: watched ? suspects : new Map(), signal: undefined });
      const [hours, power] = [spansOf(batch.hours), spansOf(batch.power)];
      return batch.outfalls.map((one) => judgeHistory(setupOf(registry, one.outfall)!, { ...one, hours: hours.get(one.outfall), steps: undefined, power: power.get(one.outfall) }, {
        from: START, to: END, models: [model], variants: [{ paramsOf: () => model.params }, { paramsOf: () => ({ ...model.params, workOrderRun: 2 }) }], watchdog: new Watchdog(),
      }, false));
    };
    const side = (judged: Awaited<ReturnType<typeof judge>>, i: number) => judged.flatMap((one) => one.episodes[i] ?? []).filter(counts).map(plain).sort();
    const { watches: _w, hourFields: _f, reachHours: _r, ...blind } = b01;
    const [few, all] = [await judge(b01, true), await judge(blind, false)];
    expect(side(few, 0)).toEqual(await stored('B01'));
    expect(side(few, 1)).toEqual(side(all, 1));
    expect(side(few, 1)).not.toEqual(side(few, 0));
    expect(side(all, 0)).toEqual(side(few, 0));
  });

  it('counts by month and tier, and says what appears and what vanishes when a threshold moves', async () => {
    const ask = async (set: Record<string, number>, threads = 0) => (await runBacktest(deps, { models: ['B01'], from: START, to: END, set, threads })) as BacktestReport;
    const none = await ask({});
    expect({ ...(await ask({}, 2)), ms: 0 }).toEqual({ ...none, ms: 0 });
    expect(none.appears.count + none.vanishes.count + none.moves.count).toBe(0);
    expect(none.months.map((month) => month.month)).toEqual(none.unchanged > 0 ? ['2026-03'] : []);
    expect(none.unchanged).toBeGreaterThan(0);
    const grave = await ask({ workOrderRun: 999, workOrderRatio: 1e9, warnRun: 998, warnIn24h: 998, warnRatio: 1e9 });
    expect(grave.moves.examples[0]).toMatchObject({ model: 'B01', tierInForce: 'WORK_ORDER' });
    expect(grave.moves.examples[0]?.tierChanged).not.toBe('WORK_ORDER');
    expect(grave.unchanged + grave.moves.count).toBe(none.unchanged);
    const blind = await ask({ lookBackHours: 0 });
    expect(blind.vanishes.count).toBe(none.unchanged);
    expect(blind.months[0]?.changed).toEqual({ REMIND: 0, WARN: 0, WORK_ORDER: 0 });
  });

  it('passes over outfalls where nothing can be found, and finds the same', async () => {
    const { watches: _, hourFields: _fields, ...blind } = modelById('B01')!;
    for (const set of [{}, { workOrderRun: 2 }]) {
      const [all, some] = await Promise.all([runBacktest(deps, { models: [blind], from: START, to: END, set }), runBacktest(deps, { models: ['B01'], from: START, to: END, set })]) as [BacktestReport, BacktestReport];
      const plainReport = ({ ms: _ms, evaluations: _evaluations, basis: _basis, ...rest }: BacktestReport) => rest;
      expect(plainReport(some)).toEqual(plainReport(all));
    }
    // With limits out of reach every outfall is quiet.
    const none = (await runBacktest(deps, { models: [{ ...modelById('B01')!, watches: () => [{ factor: 'a21002' as never, field: 'zs', above: 1e9, elseAvgAbove: 1e9 }] }], from: START, to: END })) as BacktestReport;
    expect(none.basis.quietOutfalls).toBe(2);
    expect(none.evaluations).toBe(0);
  });

  it('refuses in words what it cannot run', async () => {
    const ask = (more: object) => runBacktest(deps, { models: ['B01'], from: START, to: END, ...more });
    const code = async (more: object) => {
      const answer = await ask(more);
      return isRefusal(answer) ? answer.code : 'ran';
    };
    expect(await code({ models: ['Z99'] })).toBe('ANALYSIS-002');
    expect(await code({ to: START })).toBe('ANALYSIS-021');
    expect(await code({ models: ['B01', 'B02'], set: { warnRun: 1 } })).toBe('ANALYSIS-022');
    expect(await code({ set: { noSuch: 1 } })).toBe('ANALYSIS-023');
    expect(await code({ set: { warnRun: Number.NaN } })).toBe('ANALYSIS-024');
    expect(await code({ region: 'nowhere' })).toBe('ANALYSIS-025');
    const stop = new AbortController();
    stop.abort();
    const cancelled = await runBacktest(deps, { models: ['B01'], from: START, to: END }, undefined, stop.signal);
    expect(isRefusal(cancelled) && cancelled.code).toBe('ANALYSIS-026');
  });

  it('runs a model that is not in the catalogue, against nothing', async () => {
    const own = { ...modelById('B01')!, id: 'R1', params: { ...modelById('B01')!.params } };
    const report = (await runBacktest(deps, { models: [own], from: START, to: END, baseline: 'NONE' })) as BacktestReport;
    expect(report.outfalls).toBe(2);
    expect(report.vanishes.count).toBe(0);
  });

  it('a model that crashes, or does not come to an end, is an EXCEPTION in the report, and stops nothing else', async () => {
    const c01 = modelById('C01')!;
    const busy = (): never => {
      for (;;);
    };
    const broken = { ...c01, id: 'Z1', evaluate: () => { throw new Error('planted'); } };
    const hanging: Model = { ...c01, id: 'Z2', evaluate: (context, params) => (context.reg.outfall === outfalls[1] ? busy() : c01.evaluate(context, params)) };
    const ask = async (models: (string | Model)[]) => (await runBacktest({ ...deps, watchdog: new Watchdog(200, 1_000) }, { models, from: START, to: END, threads: 0 })) as BacktestReport;
    const [alone, beside] = [await ask(['B01']), await ask(['B01', broken, hanging])];
    expect(beside.exceptions.map(({ model, outfall, outcome }) => `${model} ${outfall} ${outcome}`)).toEqual([`Z1 ${outfalls[0]} EXCEPTION`, `Z1 ${outfalls[1]} EXCEPTION`, `Z2 ${outfalls[1]} EXCEPTION`]);
    expect(beside.exceptions[2]?.reason).toMatch(/^Z2@.+ did not come to an end/u);
    expect([beside.unchanged, beside.months]).toEqual([alone.unchanged, alone.months]);
    expect(alone.unchanged).toBeGreaterThan(0);
  });

  it('judges with the caps and releases of the time, like the live path', async () => {
    const counts = async () => {
      const report = (await runBacktest(deps, { models: ['B01'], from: START, to: END, threads: 0 })) as BacktestReport;
      return report.months.reduce((sum, { inForce }) => ({ grave: sum.grave + inForce.WARN + inForce.WORK_ORDER, all: sum.all + inForce.REMIND + inForce.WARN + inForce.WORK_ORDER }), { grave: 0, all: 0 });
    };
    const free = await counts();
    expect(free.grave).toBeGreaterThan(0);
    await sql`INSERT INTO model_cap (model, cap, valid_from, reviewed, wrong, days, share, bound, recorded_at) VALUES ('B01', 'REMIND', ${START - DAY}, 12, 11, 30, 0.5, 0.65, ${START})`.execute(test.db);
    expect(await counts()).toEqual({ grave: 0, all: free.all });
    const withdrawn = { parameters: [], caps: [], shadows: [], releases: [{ model: 'B01', version: '1', inForce: false, validFrom: START - DAY }] };
    const sides = (baseline: 'IN_FORCE' | 'NONE') => variantsOf({ from: START, to: END, set: { warnRun: 3 }, baseline, standing: withdrawn }).map((side) => side.inForce?.(modelById('B01')!, START));
    // A rule that does not run yet is tried as if it did.
    expect([sides('IN_FORCE'), sides('NONE')]).toEqual([[false, false], [undefined]]);
  });
});
