import { describe, expect, it } from 'vitest';
import { DAY, HOUR, makeGrid } from './grid.ts';
import { outfallFrames } from './outfall-frames.ts';
import { walkProvince } from './simulate.ts';

const START = Date.UTC(2026, 7, 1) - 8 * HOUR;

/** Frames of history, computed with a horizon of so many days. */
function history(days: number, horizon: number, outfalls: number): Map<string, string[]> {
  const grid = makeGrid(START, horizon, 10);
  const until = START + days * DAY;
  const out = new Map<string, string[]>();
  for (const { sites } of walkProvince({ seed: 'continuity', outfalls, industries: ['waste_inc', 'electroplating', 'coal_power', 'municipal'], stormDrains: true }, grid, until)) {
    for (const { site, result } of sites()) {
      const frames = outfallFrames(result, START, until, true).sort((a, b) => a.at - b.at);
      out.set(site.id, frames.map((f) => `${f.at} ${f.frame}`));
    }
  }
  return out;
}

describe('one province, however long and however large it is computed', () => {
  it('has the same history when the horizon reaches further: the live province continues it', () => {
    const short = history(25, 26, 4);
    const long = history(25, 32, 4);
    expect([...short.keys()].some((id) => id.includes('-YS'))).toBe(true);
    for (const [id, frames] of short) expect(long.get(id)).toEqual(frames);
  }, 60_000);

  it('begins with the smaller province: more outfalls change nothing in the first ones', () => {
    const few = history(23, 24, 2);
    const many = history(23, 24, 5);
    const [first] = [...few];
    expect(many.get(first?.[0] ?? '')).toEqual(first?.[1]);
  }, 60_000);
});
