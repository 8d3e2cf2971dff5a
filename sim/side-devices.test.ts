import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INTAKE } from './devices/side-frames.ts';
import { DAY, HOUR, hourOfDay, makeGrid } from './grid.ts';
import { makeProvince } from './province.ts';
import { simulate } from './simulate.ts';
import { simulateOutfall } from './simulate-outfall.ts';
import { makeWaste } from './waste.ts';
import { makeWeather } from './weather.ts';

const START = Date.UTC(2026, 3, 1) - 8 * HOUR;
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'mingjian-side-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rows = (dir: string, name: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(join(root, dir, name), 'utf8').trimEnd().split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i] ?? '', cell])));
};

describe('进口与取水 devices before treatment and of the intake', () => {
  it('are registered and send hours of their own; what the province sent without them stays the same', async () => {
    const base = { seed: 'test-side', outfalls: 3, days: 3, start: START, industries: ['coal_power', 'dyeing'] as const, inject: 'none' as const, benign: false };
    await simulate({ ...base, outDir: join(root, 'plain') });
    await simulate({ ...base, outDir: join(root, 'side'), sideDevices: true });
    const lines = (dir: string): string[] => readFileSync(join(root, dir, 'capture.tsv'), 'latin1').trimEnd().split('\n');
    const side = rows('side', 'outfalls.csv');
    const numbers = side.flatMap((o) => [o['inlet_mn'], o['process_mn']]).filter((mn) => mn !== undefined && mn !== '') as string[];
    const theirs = (line: string): boolean => numbers.some((mn) => line.includes(`MN=${mn};`));
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(lines('side').filter((line) => !theirs(line))).toEqual(lines('plain'));
    for (const mn of numbers) expect(lines('side').filter((line) => line.includes(`MN=${mn};`)).length).toBeGreaterThan(68);
    expect(rows('side', 'factors.csv').filter((f) => f['means'] === 'intake').map((f) => f['factor'])).toContain(`pr.${INTAKE.code}`);
    expect(rows('plain', 'outfalls.csv').every((o) => o['inlet_mn'] === '')).toBe(true);
  });
  it('water taken in is what leaves and is lost, hour by hour, and the inlet lies well above the outlet', async () => {
    const value = (line: string, code: string): number => Number(new RegExp(`[;&]${code}-(?:Min=[^;]*)?Avg=([0-9.]+)`).exec(line)?.[1]);
    const water = rows('side', 'outfalls.csv').find((o) => o['type'] === 'water');
    const of = (mn: string | undefined, code: string): number[] =>
      readFileSync(join(root, 'side', 'capture.tsv'), 'latin1').split('\n').filter((l) => l.includes(`MN=${mn};`) && l.includes('CN=2061')).map((l) => value(l, code)).filter(Number.isFinite);
    const mean = (list: readonly number[]): number => list.reduce((s, v) => s + v, 0) / list.length;
    const out = readFileSync(join(root, 'side', 'capture.tsv'), 'latin1').split('\n').filter((l) => l.includes(`MN=${water?.['mn']};`) && l.includes('CN=2061'));
    const flow = mean(out.map((l) => Number(/w00000-Cou=[^,]*,w00000-Min=[^,]*,w00000-Avg=([0-9.]+)/.exec(l)?.[1])).filter(Number.isFinite));
    const cod = mean(out.map((l) => Number(/w01018-Cou=[^,]*,w01018-Min=[^,]*,w01018-Avg=([0-9.]+)/.exec(l)?.[1])).filter(Number.isFinite));
    expect(mean(of(water?.['process_mn'], INTAKE.code)) / (3.6 * flow)).toBeCloseTo(1 / 0.9, 1);
    expect(mean(of(water?.['inlet_mn'], 'w01018'))).toBeGreaterThan(4 * cod);
  });
});

describe('已申报的夜间排放 a declared schedule of the tank', () => {
  const grid = makeGrid(START, 20, 10);
  const weather = makeWeather('test-tank', 'province', grid);
  const site = makeProvince({ seed: 'test-tank', outfalls: 1, industries: ['electroplating'] }).flatMap((e) => e.outfalls)[0]!;
  const made = (inject: 'none' | { kind: string; at: number; hours: number }[]) =>
    simulateOutfall({ seed: 'test-tank', site, ordinal: 0, alone: true, grid, weather, until: grid.start + 19 * DAY, inject, benign: false }).run;
  it('moves the batches into the declared night, loses no water, is filed and is no cheat', () => {
    const usual = made('none');
    const moved = made([{ kind: 'declared_tank_schedule', at: 4, hours: 240 }]);
    const from = (5 * DAY) / grid.stepMs;
    const to = (13 * DAY) / grid.stepMs;
    const byDay = (flow: Float64Array): number => flow.subarray(from, to).reduce((sum, q, i) => sum + (hourOfDay(grid.start + (from + i) * grid.stepMs) >= 6 && hourOfDay(grid.start + (from + i) * grid.stepMs) < 22 ? q : 0), 0);
    const all = (flow: Float64Array): number => flow.subarray(from, to).reduce((sum, q) => sum + q, 0);
    expect(byDay(usual.truth.flow)).toBeGreaterThan(0.5 * all(usual.truth.flow));
    expect(byDay(moved.truth.flow)).toBeLessThan(0.05 * all(moved.truth.flow));
    expect(all(moved.truth.flow) / all(usual.truth.flow)).toBeGreaterThan(0.85);
    expect(moved.ledger.maintenance.map((m) => m.what)).toContain('tank_schedule_filed');
    expect(moved.ledger.labels.find((l) => l.kind === 'declared_tank_schedule')).toMatchObject({ benign: true, tier: null });
    // Samples go on being drawn of what leaves at night: nothing is hidden.
    const nights = new Set(moved.sampled.subarray(from, to));
    expect(nights.size).toBeGreaterThan(8 * 3);
  });
});

describe('危险废物 hazardous waste', () => {
  const grid = makeGrid(START, 150, 60);
  const firms = makeProvince({ seed: 'test-waste', outfalls: 60, industries: ['chemical'] });
  const loads = [new Float64Array(grid.n).fill(0.8)];
  const made = (cheat: boolean) => firms.map((firm) => makeWaste('test-waste', firm, grid, grid.start + 150 * DAY, loads, cheat));
  it('leaves in truckloads that add up to what the ledger shipped', () => {
    for (const { rows: months, manifests } of made(false)) {
      for (const m of months) {
        const sent = manifests.filter((load) => load.id.includes(`-${m.month}-`)).reduce((sum, load) => sum + load.sent, 0);
        expect(sent).toBeCloseTo(m.shipped, 1);
      }
    }
  });
  it('begins before the run, and hides nothing in a month that is told after it', () => {
    for (const { rows: months, labels } of made(true)) {
      expect(months.map((m) => m.month)).toEqual([...new Set(months.map((m) => m.month))]);
      expect(months.length).toBeGreaterThanOrEqual(10);
      expect(labels.every((l) => l.end < grid.start + 150 * DAY)).toBe(true);
    }
  });
  it('a stock that does not close is as much a gap as generation that was not told; honest ledgers close', () => {
    const unclosed = (months: ReturnType<typeof makeWaste>['rows']): number[] =>
      months.slice(1).map((m, k) => (months[k]?.stock ?? 0) + m.generated - m.shipped - m.stock).filter((gap) => Math.abs(gap) > 0.01);
    expect(made(false).flatMap(({ rows: months }) => unclosed(months))).toEqual([]);
    const cheats = made(true);
    const gone = cheats.flatMap(({ labels }) => labels.map((l) => l.params['stockGoneTonnes']).filter((t) => t !== undefined)) as number[];
    expect(gone.length).toBeGreaterThan(0);
    expect(cheats.flatMap(({ rows: months }) => unclosed(months)).map((gap) => Number(gap.toFixed(2))).sort()).toEqual([...gone].sort());
    expect(cheats.flatMap(({ labels }) => labels).some((l) => l.params['missingTonnes'] !== undefined)).toBe(true);
  });
});
