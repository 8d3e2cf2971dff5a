import { describe, expect, it } from 'vitest';
import { DAY, HOUR, makeGrid } from './grid.ts';
import { planStops } from './plants/load.ts';
import { walkProvince } from './simulate.ts';
import { isDrain } from './world.ts';

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
  it('keeps the starts and stops of an incinerator within the hours its standard gives a year', () => {
    const year = makeGrid(Date.UTC(2026, 0, 1) - 8 * HOUR, 365, 60);
    const hours: number[] = [];
    for (const { sites } of walkProvince({ seed: 'test-ramps', outfalls: 6, industries: ['waste_inc'] }, makeGrid(START, 2, 10), START + DAY)) {
      for (const { site } of sites()) {
        if (isDrain(site)) continue;
        hours.push(planStops('test-ramps', site, year).reduce((sum, s) => sum + s.offStart - s.rampStart + s.startEnd - s.offEnd, 0) / HOUR);
      }
    }
    expect(hours.length).toBeGreaterThan(3);
    expect(Math.max(...hours)).toBeLessThanOrEqual(45);
    expect(Math.min(...hours)).toBeGreaterThan(0);
  }, 30_000);
});
