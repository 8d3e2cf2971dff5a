import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { summaryOf } from './render.ts';
import { scoreProvince } from './score-province.ts';

/** What the published table must show: recall less chance, and false findings per outfall-month at tiers ≤ 3, ≤ 2 and 1. */
const PUBLISHED = { excess: 0.65, falseAtMost: [1, 0.2, 0.02] } as const;

/**
 * A fall below these fails the build: the published floor, as far as a small province of some fifteen events and ten outfall-months can show
 * it. One false finding is 0.1 there, so that two warnings and no work order may be false.
 */
const FLOOR = { excess: 0.65, falseAtMost: { any: 0.45, warning: 0.25, workOrder: 0.05 } } as const;

describe('the score of detection', () => {
  it('is published above the floor', () => {
    const table = readFileSync(join(import.meta.dirname, '../../../docs/score.md'), 'utf8');
    const numbers = (row: RegExp): number[] => (row.exec(table)?.[1] ?? '').split(/[|/]/).map(Number);
    expect(numbers(/^\| 明鉴 Mingjian \| [^|]+\| [^|]+\| [^|]+\| ([^|]+)\|/m)[0]).toBeGreaterThanOrEqual(PUBLISHED.excess);
    const rates = numbers(/^\| false findings per outfall-month [^|]+\| ([^|]+)\|/m);
    expect(rates).toHaveLength(PUBLISHED.falseAtMost.length);
    for (const [i, most] of PUBLISHED.falseAtMost.entries()) expect(rates[i]).toBeLessThanOrEqual(most);
  });

  it('does not fall behind its floor on a small province nobody tuned on', async () => {
    const scored = await scoreProvince({ seed: 'guard-1', outfalls: 8, days: 36, stepMin: 10, paramShift: 0, threads: 1 });
    const { recall, rates, exact, naiveRecall } = summaryOf([scored]);
    expect(exact).toMatchObject({ recall: 1, precision: 1 });
    expect(exact.clear).toBeGreaterThan(20);
    expect(recall.events).toBeGreaterThan(8);
    expect(recall.excess).toBeGreaterThanOrEqual(FLOOR.excess);
    expect(recall.excess).toBeGreaterThan(naiveRecall.excess);
    expect(rates.all[0]).toBeLessThanOrEqual(FLOOR.falseAtMost.any);
    expect(rates.all[1]).toBeLessThanOrEqual(FLOOR.falseAtMost.warning);
    expect(rates.all[2]).toBeLessThanOrEqual(FLOOR.falseAtMost.workOrder);
  }, 900_000);
});
