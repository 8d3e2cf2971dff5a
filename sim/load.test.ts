import { describe, expect, it } from 'vitest';
import { DAY, HOUR, makeGrid } from './grid.ts';
import { planStops } from './plants/load.ts';
import { walkProvince } from './simulate.ts';

const START = Date.UTC(2026, 1, 1) - 8 * HOUR;

describe('load around stops', () => {
  it('stays that of a plant where a stop without a ramp begins inside a step', () => {
    const grid = makeGrid(START, 30, 10);
    const until = START + 29 * DAY;
    let inside = 0;
    for (const { sites } of walkProvince({ seed: 'test-stops', outfalls: 8, industries: ['electroplating', 'dyeing', 'chemical'] }, grid, until)) {
      for (const { site, result } of sites()) {
        inside += planStops('test-stops', site, grid).filter((s) => s.rampStart === s.offStart && s.rampStart % grid.stepMs !== 0).length;
        expect(result.run.truth.load.every((l) => l >= 0 && l <= 1.2)).toBe(true);
      }
    }
    expect(inside).toBeGreaterThan(2);
  }, 30_000);
});
