import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLaw } from '#law';
import { demoProvince } from '#sim/demo-province';
import { simulate } from '#sim/simulate';
import { articleIn } from '../../web/src/shared/terms/article-in.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Limits of the demonstration's register against the standards of `law/limits`: figure, mean, basis and place. */

const dir = mkdtempSync(join(tmpdir(), 'mingjian-limits-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const rows = (name: string): Record<string, string>[] => {
  const [head = '', ...lines] = readFileSync(join(dir, name), 'utf8').trimEnd().split('\n');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [head.split(',')[i] ?? '', cell])));
};

let limits: Record<string, string>[];
let roles: ReadonlyMap<string | undefined, string | undefined>;

beforeAll(async () => {
  await simulate({ ...demoProvince(Date.UTC(2026, 10, 22, 3)), days: 1, inject: 'none', benign: false, outDir: dir });
  limits = rows('limits.csv');
  roles = new Map(rows('outfalls.csv').map((row) => [row['outfall'], row['role']]));
});

const { limits: library, instruments } = loadLaw().data;
/** Rows of the law on the same pollutant, mean and side, the last of them first. */
const standing = (row: Record<string, string>) => library
  .filter((one) => one.standard.startsWith(row['standard'] ?? '-') && one.factor === row['factor'] && one.period.toLowerCase() === row['period'] && (one.bound === 'MIN') === (row['side'] === 'lower'))
  .sort((a, b) => b.validFrom.localeCompare(a.validFrom));

describe('演示登记的限值 limits of the demonstration', () => {
  it('are the figures of the standard they name, or the permit\'s, which are no looser', () => {
    for (const row of limits) {
      if (row['period'] === 'five_minutes') continue;
      const [law] = standing(row);
      const what = `${row['outfall']} ${row['factor']} ${row['period']}`;
      expect(law, what).toBeDefined();
      expect(law?.basis, what).toBe(row['basis']);
      if (row['source']?.startsWith('排污许可证')) expect(Number(row['limit']), what).toBeLessThanOrEqual(Number(law?.value));
      else expect([row['source'], Number(row['limit'])], what).toEqual([row['standard'], Number(law?.value)]);
    }
  });
  it('say in both languages where they stand', () => {
    const told = [...new Set(limits.map((row) => articleIn(row['source'] ?? '', instruments)))];
    expect(told).toContain('discharge permit (ultra-low emission, ministry notice (2015) 164)');
    expect(told.filter((text) => text === '' || /\p{Script=Han}/u.test(text))).toEqual([]);
  });
  it('of waste incinerators are of the hour and of the day', () => {
    const of = (factor: string): string[] => [...new Set(limits.filter((row) => row['standard'] === 'GB 18485-2014' && row['factor'] === factor).map((row) => `${row['period']} ${row['limit']}`))];
    expect(Object.fromEntries(['a34013', 'a21002', 'a21026', 'a21024', 'a21005'].map((factor) => [factor, of(factor)]))).toEqual({
      a34013: ['hour 30', 'day 20'], a21002: ['hour 300', 'day 250'], a21026: ['hour 100', 'day 80'], a21024: ['hour 60', 'day 50'], a21005: ['hour 100', 'day 80'],
    });
  });
  it('of first-class pollutants stand at the outlet of the workshop, the others where the unit discharges', () => {
    const metals = limits.filter((row) => standing(row)[0]?.point === 'WORKSHOP');
    expect(metals.map((row) => row['factor']).sort()).toEqual(['w20117', 'w20121']);
    for (const row of limits) expect(roles.get(row['outfall']) === 'workshop', `${row['outfall']} ${row['factor']}`).toBe(metals.includes(row));
  });
});
