import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlation, midRanks, principalAxes, rankCorrelation, residualOutside, saturatedMoisture, saturationPressure, seededDraws } from './index.ts';

describe('saturation (U18)', () => {
  it('agrees with steam tables within one per cent', () => {
    for (const [celsius, kpa] of [[20, 2.339], [50, 12.35], [60, 19.95]] as const) expect(saturationPressure(celsius) / kpa).toBeCloseTo(1, 1);
    expect(saturatedMoisture(50)).toBeCloseTo(12.2, 0);
    expect(saturatedMoisture(50, -1)).toBeGreaterThan(saturatedMoisture(50, 1));
  });
});

describe('rank correlation', () => {
  it('shares ranks among ties and sees any rising relation', () => {
    expect([...midRanks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
    const x = Array.from({ length: 50 }, (_, i) => i);
    expect(rankCorrelation(x, x.map((v) => v ** 3))).toBeCloseTo(1);
    expect(rankCorrelation(x, x.map((v) => (v === 7 ? Number.NaN : -v)))).toBeCloseTo(-1);
    expect(rankCorrelation([1, 2], [1, 2])).toBeNaN();
    expect(correlation(x, x.map(() => 5))).toBeNaN();
  });
  it('finds a lag', () => {
    const draw = seededDraws(5);
    const x = Array.from({ length: 200 }, () => draw());
    const y = x.map((_, i) => x[i - 3] ?? 0.5);
    expect(correlation(x, y, 0, 200, 3)).toBeCloseTo(1);
    expect(Math.abs(correlation(x, y))).toBeLessThan(0.3);
  });
});

describe('principal axes', () => {
  it('gives back the matrix, with orthogonal directions', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 15, maxLength: 15 }), (xs) => {
        const m = Array.from({ length: 5 }, (_, i) => Array.from({ length: 5 }, (_, j) => xs[Math.max(i, j) * (Math.max(i, j) + 1) / 2 + Math.min(i, j)] as number));
        const axes = principalAxes(m);
        m.forEach((row, i) => row.forEach((value, j) => {
          expect(axes.reduce((s, a) => s + a.variance * (a.direction[i] as number) * (a.direction[j] as number), 0)).toBeCloseTo(value, 6);
        }));
      }),
      { numRuns: 30 },
    );
  });
  it('leaves little of a vector that keeps the usual combination, much of one that does not', () => {
    const q = residualOutside(principalAxes([[1, 0.95], [0.95, 1]]), 0.9);
    expect(q([2, 2])).toBeCloseTo(0);
    expect(q([2, -2])).toBeCloseTo(8);
  });
});
