import { HOUR } from '#kernel';
import { describe, expect, it } from 'vitest';
import { exactness, type Exceeding } from './exceedances.ts';
import type { Alarm } from './rule.ts';
import { checkSeed } from './tuning-seeds.ts';

const hour = (h: number, clear = true): Exceeding => ({ outfall: 'A', factor: 'a21026', start: h * HOUR, end: (h + 1) * HOUR, clear });
const alarm = (model: string, from: number, to: number, tier: 1 | 2 | 3 = 3): Alarm => ({
  outfall: 'A', model, start: from * HOUR, end: to * HOUR, tier, raised_at: to * HOUR, factors: ['a21026'],
});

describe('exactness of exceedances', () => {
  const exceeding = [hour(5), hour(6), hour(7, false), hour(20)];
  it('is perfect when every clear hour is named and nothing else but what may be argued', () => {
    expect(exactness([alarm('B01', 5, 8), alarm('B01', 20, 21)], exceeding)).toEqual({ clear: 3, named: 3, recall: 1, wrong: 0, precision: 1 });
  });
  it('counts hours between two runs as wrong, and missing ones', () => {
    expect(exactness([alarm('B01', 5, 10)], exceeding)).toEqual({ clear: 3, named: 2, recall: 2 / 3, wrong: 2, precision: 0.5 });
  });
  it('asks only the models that judge exceedances, and B02 only where it says "over"', () => {
    expect(exactness([alarm('C12', 5, 20)], exceeding)).toMatchObject({ named: 0, wrong: 0 });
    const day: Exceeding = { outfall: 'A', factor: 'a21026', start: 0, end: 24 * HOUR, clear: true };
    expect(exactness([alarm('B02', 0, 24, 3)], [day]).recall).toBe(0);
    expect(exactness([alarm('B02', 0, 24, 2)], [day]).recall).toBe(1);
  });
});

describe('seeds of the score', () => {
  it('refuses seeds that were tuned on', () => {
    expect(() => checkSeed('dev1')).toThrow(RangeError);
    expect(() => checkSeed('test-7')).toThrow(RangeError);
    expect(() => checkSeed('fresh-1')).not.toThrow();
  });
});
