import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chanceRepeatLength, coverage, dilate, equalRuns, impliedReferenceOxygen, intersect, newInformation, repeatedBlocks,
  seededDraws, toReferenceOxygen, toReferenceOxygenDecimal, union,
} from './index.ts';

const spans = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 20 })).map(([start, n]) => ({ start, end: start + n })));
const has = (list: readonly { start: number; end: number }[], t: number): boolean => list.some((i) => i.start <= t && t < i.end);

describe('intervals (U21)', () => {
  it('union and intersection hold exactly the points they should', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        const u = union([...a, ...b]);
        const both = intersect(a, b);
        for (let t = 0; t < 125; t++) {
          expect(has(u, t)).toBe(has(a, t) || has(b, t));
          expect(has(both, t)).toBe(has(a, t) && has(b, t));
        }
        for (let i = 1; i < u.length; i++) expect((u[i] as { start: number }).start).toBeGreaterThan((u[i - 1] as { end: number }).end);
      }),
    );
  });
  it('joins over small gaps, dilates, measures coverage', () => {
    expect(union([{ start: 0, end: 5 }, { start: 8, end: 9 }], 3)).toEqual([{ start: 0, end: 9 }]);
    expect(dilate([{ start: 5, end: 6 }], 2)).toEqual([{ start: 3, end: 8 }]);
    expect(coverage({ start: 0, end: 10 }, [{ start: 0, end: 3 }, { start: 2, end: 5 }])).toBe(0.5);
    expect(coverage({ start: 1, end: 1 }, [{ start: 0, end: 3 }])).toBe(0);
  });
});

describe('new information (U06)', () => {
  it('counts a held result once', () => {
    expect(newInformation([5, 5, 5, 6], [1, 1, 2, 3], 600_000, 1)).toEqual([0, 2, 3]);
  });
  it('falls back to the registered cycle, then to every step', () => {
    const none = Array.from({ length: 12 }, () => Number.NaN);
    expect(newInformation(Array.from({ length: 12 }, () => 1), none, 600_000, 1)).toEqual([0, 6]);
    expect(newInformation([1, Number.NaN, 1], none, 600_000, undefined)).toEqual([0, 2]);
  });
});

describe('equal runs', () => {
  const all = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
  it('bridges a one-bit flicker that returns, but no drift', () => {
    const x = [4, 5, 5, 5, 5.1, 5, 5, 5, 6];
    expect(equalRuns(x, all(9), 0.1)).toEqual([{ from: 1, to: 7, level: 5, flickers: 1 }]);
    expect(equalRuns([1, 1.1, 1.2, 1.3], all(4), 0.1)).toEqual([]);
  });
  it('every run stays within one resolution of its level and runs do not overlap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 80 }), (x) => {
        let end = -1;
        for (const run of equalRuns(x, all(x.length), 1)) {
          expect(run.from).toBeGreaterThan(end);
          end = run.to;
          for (let k = run.from; k <= run.to; k++) expect(Math.abs((x[k] as number) - run.level)).toBeLessThanOrEqual(1);
          expect(x[run.to]).toBe(run.level);
        }
      }),
    );
  });
});

describe('repeated blocks (U15)', () => {
  const draw = seededDraws(4);
  const random = Int32Array.from({ length: 3000 }, () => Math.floor(draw() * 400));
  const usable = new Uint8Array(3000).fill(1);

  it('finds a copied block with its full length and lag', () => {
    const x = Int32Array.from(random);
    x.copyWithin(2900, 1000, 1040);
    expect(repeatedBlocks(x, usable, 2856, 8)).toEqual([{ start: 2900, twin: 1000, length: 40 }]);
  });
  it('finds nothing in honest values, in frozen values or across gaps', () => {
    expect(repeatedBlocks(random, usable, 2856, 8)).toEqual([]);
    expect(repeatedBlocks(new Int32Array(3000).fill(7), usable, 2856, 8)).toEqual([]);
    const x = Int32Array.from(random);
    x.copyWithin(2900, 1000, 1012);
    const holes = Uint8Array.from(usable);
    holes[1006] = 0;
    expect(repeatedBlocks(x, holes, 2856, 8)).toEqual([]);
  });
  it('agrees with a slow search', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 20, maxLength: 60 }), fc.integer({ min: 5, max: 15 }), (list, fresh) => {
        const x = Int32Array.from(list);
        const from = x.length - fresh;
        const ok = new Uint8Array(x.length).fill(1);
        for (const r of repeatedBlocks(x, ok, from, 4)) {
          expect(r.start).toBeGreaterThanOrEqual(from);
          expect(r.twin + r.length).toBeLessThanOrEqual(r.start);
          expect([...x.subarray(r.start, r.start + r.length)]).toEqual([...x.subarray(r.twin, r.twin + r.length)]);
        }
      }),
    );
  });
  it('expects longer honest repeats from coarse channels', () => {
    const coarse = random.map((v) => Math.floor(v / 150));
    expect(chanceRepeatLength(coarse, usable, 0, 3000)).toBeGreaterThan(chanceRepeatLength(random, usable, 0, 3000));
    expect(chanceRepeatLength(new Int32Array(3000), usable, 0, 3000)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('conversion (U19)', () => {
  it('converts, inverts and refuses near air', () => {
    expect(toReferenceOxygen(60, 20.5, 9)).toBeCloseTo(1440);
    expect(toReferenceOxygenDecimal(60, 20.5, 9)?.toString()).toBe('1440');
    expect(toReferenceOxygen(60, 20.9, 9)).toBeNaN();
    expect(toReferenceOxygenDecimal(60, 21, 9)).toBeUndefined();
    expect(impliedReferenceOxygen(30, toReferenceOxygen(30, 8, 6), 8)).toBeCloseTo(6, 9);
  });
});
