import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DAY, HOUR, indexAt, makeGrid, timeAt } from './grid.ts';
import { outfallFrames } from './outfall-frames.ts';
import { FURNACE_LIMIT } from './plants/furnace.ts';
import { isDryWeather } from './plants/storm-drain.ts';
import { at } from './processes.ts';
import { simulate, walkProvince, type WalkOptions } from './simulate.ts';
import type { OutfallResult } from './simulate-outfall.ts';
import { makeWeather } from './weather.ts';
import { isDrain, OFF, RUN, type Enterprise } from './world.ts';

const START = Date.UTC(2026, 3, 1) - 8 * HOUR;
const dirs: string[] = [];
afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true, force: true })));

function province(options: WalkOptions, days: number): { enterprise: Enterprise; result: OutfallResult }[] {
  const grid = makeGrid(START, days + 1, 10);
  return [...walkProvince(options, grid, START + days * DAY)].flatMap(({ enterprise, sites }) => [...sites()].map(({ result }) => ({ enterprise, result })));
}

describe('炉膛温度 furnace temperature', () => {
  const honest = province({ seed: 'test-furnace', outfalls: 6, industries: ['waste_inc'], inject: 'none', benign: false }, 40).map((one) => one.result);
  it('stays above 850 °C while an honest furnace runs, falls with stops and is in the control system alike', () => {
    let stops = 0;
    for (const { run } of honest) {
      const shown = run.channels.get('a01901')?.values ?? new Float64Array(0);
      const control = run.channels.get('a01902')?.values ?? new Float64Array(0);
      const running = Array.from(shown).filter((_, i) => run.truth.state[i] === RUN);
      expect(Math.min(...running)).toBeGreaterThanOrEqual(FURNACE_LIMIT);
      expect(Math.max(...running)).toBeLessThan(1100);
      const standing = Array.from(shown).filter((_, i) => run.truth.state[i] === OFF);
      if (standing.length > 0) stops++;
      if (standing.length > 0) expect(Math.min(...standing)).toBeLessThan(300);
      expect(Math.max(...Array.from(shown, (x, i) => Math.abs(x - at(control, i))))).toBeLessThan(30);
    }
    expect(stops).toBeGreaterThan(0);
  });
  it('is sent with the step and the hour under its code, and a cold fire is told by it and by carbon monoxide', () => {
    const ask = { seed: 'test-furnace', outfalls: 1, industries: ['waste_inc'] as const, benign: false };
    const cold = province({ ...ask, inject: [{ kind: 'furnace_cold', at: 10, hours: 4 }] }, 20)[0]!.result;
    const usual = province({ ...ask, inject: 'none' }, 20)[0]!.result;
    const label = cold.run.ledger.labels.find((l) => l.kind === 'furnace_cold');
    expect(label).toMatchObject({ benign: false, tier: 1, factors: ['a01901'] });
    const frames = outfallFrames(cold, START + 10 * DAY, START + 10 * DAY + 5 * HOUR, false, false).map((f) => f.frame);
    const sent = frames.filter((f) => f.includes('CN=2051')).flatMap((f) => /a01901-Avg=([0-9.]+),a01901-Flag=N/.exec(f)?.[1] ?? []).map(Number);
    expect(sent.filter((t) => t < FURNACE_LIMIT)).toHaveLength(Number(label?.params['lowMeans']));
    expect(frames.some((f) => f.includes('CN=2061') && /a01901-Min=[0-9.]+,a01901-Avg=[0-9.]+,a01901-Max=[0-9.]+,a01901-Flag=N/.test(f))).toBe(true);
    const co = (r: OutfallResult): number => at(r.run.truth.values.get('a21005') ?? new Float64Array(0), indexAt(r.run.grid, START + 10 * DAY + 2 * HOUR));
    expect(co(cold)).toBeGreaterThan(1.3 * co(usual));
    // What it does not touch stays as it was.
    expect(cold.run.truth.values.get('a21026')).toEqual(usual.run.truth.values.get('a21026'));
  });
  it('is registered with the limit whose misses the law counts', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'mingjian-furnace-'));
    dirs.push(dir);
    await simulate({ seed: 'test-furnace', outfalls: 1, industries: ['waste_inc'], days: 1, start: START, outDir: dir });
    expect(readFileSync(join(dir, 'limits.csv'), 'utf8')).toMatch(/a01901,炉膛焚烧温度,850,degC,five_minutes,c,lower/);
    expect(readFileSync(join(dir, 'factors.csv'), 'utf8')).toMatch(/a01901,炉膛焚烧温度,degC,1300,0\.1/);
    const counties = new Set(readFileSync(join(dir, 'weather.csv'), 'utf8').trimEnd().split('\n').slice(1).map((row) => row.split(',')[3]));
    expect([...counties]).toEqual([readFileSync(join(dir, 'enterprises.csv'), 'utf8').split('\n')[1]?.split(',')[4]]);
  });
  it('has honest lows: a dip, a marked fault, slag that the control system does not see', () => {
    const low = (kind: string, hours: number) => province({ seed: 'test-furnace', outfalls: 1, industries: ['waste_inc'], benign: false, inject: [{ kind, at: 10.5, hours }] }, 20)[0]!.result.run;
    const dip = low('furnace_dip', 0.1);
    expect(dip.ledger.labels.find((l) => l.kind === 'furnace_dip')).toMatchObject({ benign: true, tier: null, params: { lowMeans: 1 } });
    const fault = low('furnace_fault', 3);
    expect(fault.ledger.marks.find((m) => m.kind === 'plant_fault')).toBeDefined();
    const slag = low('thermocouple_slag', 5);
    const i = indexAt(slag.grid, START + 10.5 * DAY + 2 * HOUR);
    expect(at(slag.channels.get('a01901')!.values, i)).toBeLessThan(at(slag.channels.get('a01902')!.values, i) - 50);
  });
});

describe('雨水排放口 stormwater outlets', () => {
  const options = { seed: 'test-drain', outfalls: 6, industries: ['chemical', 'electroplating', 'coal_power'] as const };
  it('stand beside the outfalls, registered by role, and change nothing of them', async () => {
    const make = async (stormDrains: boolean): Promise<{ dir: string; outfalls: string[]; lines: string[] }> => {
      const dir = mkdtempSync(join(tmpdir(), 'mingjian-drain-'));
      dirs.push(dir);
      await simulate({ ...options, days: 4, start: START, outDir: dir, sideDevices: true, stormDrains });
      return { dir, outfalls: readFileSync(join(dir, 'outfalls.csv'), 'utf8').trimEnd().split('\n').slice(1), lines: readFileSync(join(dir, 'capture.tsv'), 'latin1').trimEnd().split('\n') };
    };
    const without = await make(false);
    const all = await make(true);
    const drains = all.outfalls.filter((row) => row.endsWith(',stormwater'));
    expect(drains.length).toBeGreaterThan(1);
    expect(all.outfalls.filter((row) => !drains.includes(row))).toEqual(without.outfalls);
    const numbers = drains.map((row) => row.split(',')[3] ?? '');
    const theirs = (line: string): boolean => numbers.some((mn) => line.includes(`MN=${mn};`));
    expect(all.lines.filter((line) => !theirs(line))).toEqual(without.lines);
    expect(all.lines.filter(theirs).every((line) => !line.includes('ST=32;CN=2051') || line.includes('w00000-Avg='))).toBe(true);
    expect(readFileSync(join(all.dir, 'limits.csv'), 'utf8')).not.toContain('a01901');
  });
  it('are dry in dry weather and run with the rain of their county; cheats run when it does not rain', () => {
    let wet = 0;
    let cheats = 0;
    for (const { result: { run } } of province({ ...options, outfalls: 20, stormDrains: true }, 45).filter((one) => isDrain(one.result.run.site))) {
      for (let i = 0; i < run.grid.n; i++) {
        const rained = at(run.truth.flow, i) - at(run.influence.flow, i);
        if (rained > 0) wet++;
        if (isDryWeather(run.weather, run.grid, i, i + 1)) expect(rained).toBe(0);
      }
      for (const l of run.ledger.labels.filter((one) => one.kind === 'dry_discharge')) {
        cheats++;
        const [from, to] = [indexAt(run.grid, l.start), indexAt(run.grid, l.end)];
        expect(isDryWeather(run.weather, run.grid, from, to)).toBe(true);
        for (let i = from; i < to; i++) expect(at(run.channels.get('w00000')!.values, i)).toBeGreaterThan(0.2);
        expect(timeAt(run.grid, to) - timeAt(run.grid, from)).toBeGreaterThan(0.5 * HOUR);
      }
      expect(run.ledger.labels.some((l) => l.kind === 'rain_runoff' && l.benign)).toBe(true);
    }
    expect(wet).toBeGreaterThan(100);
    expect(cheats).toBeGreaterThan(3);
  });
});

describe('分县天气 weather by county', () => {
  it('outfalls of one county share it, those of another have other rain under the same climate', () => {
    const all = province({ seed: 'test-county', outfalls: 30, industries: ['municipal', 'chemical'], inject: 'none', benign: false }, 10);
    const byCounty = Map.groupBy(all, (one) => one.enterprise.county);
    for (const same of byCounty.values()) for (const one of same) expect(one.result.run.weather).toBe(same[0]!.result.run.weather);
    const [a, b] = [...byCounty.values()].map((same) => same[0]!.result.run.weather);
    expect(a!.rain).not.toEqual(b!.rain);
    const grid = makeGrid(START, 365, 60);
    const mean = (county: string): number => makeWeather('test-county', county, grid).temp.reduce((s, t) => s + t, 0) / grid.n;
    expect(Math.abs(mean('甲县') - mean('乙县'))).toBeLessThan(1.5);
  });
});
