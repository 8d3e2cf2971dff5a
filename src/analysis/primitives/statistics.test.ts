import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg, binomialTail, chiSquare, chiSquareTail, huberLine, isotonic, isotonicAt, lag1, mannWhitney, mean, median,
  normalTail, peakShare, pelt, quantile, resolutionOf, robustScale, runSurprise, seededDraws, sortedFinite,
  standardDeviation, theilSen, varianceCut, wilson, type IsotonicFit,
} from './index.ts';

const noise = (seed: number, n: number): number[] => {
  const draw = seededDraws(seed);
  return Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()));
};

describe('order statistics (U05)', () => {
  it('ignores gaps and interpolates', () => {
    expect(median([3, Number.NaN, 1, 2])).toBe(2);
    expect(quantile(sortedFinite([1, 2, 3, 4]), 0.5)).toBe(2.5);
    expect(mean([1, Number.NaN, 3])).toBe(2);
    expect(standardDeviation([1, 3])).toBeCloseTo(Math.SQRT2);
    expect(median([])).toBeNaN();
  });
  it('floors sigma at half a resolution', () => {
    expect(robustScale([5, 5, 5, 5], 0.1).sigma).toBe(0.05);
    expect(robustScale(noise(1, 4000)).sigma).toBeCloseTo(1, 1);
  });
  it('lies between the extremes and does not depend on order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (xs, p) => {
        const q = quantile(sortedFinite(xs), p);
        expect(q).toBeGreaterThanOrEqual(Math.min(...xs) - 1e-9);
        expect(q).toBeLessThanOrEqual(Math.max(...xs) + 1e-9);
        expect(quantile(sortedFinite([...xs].reverse()), p)).toBe(q);
      }),
    );
  });
});

describe('resolution (U04)', () => {
  it.each([1, 0.1, 0.01, 0.001])('recognises %d', (q) => {
    const values = noise(7, 500).map((v) => Math.round((40 + 3 * v) / q) * q);
    expect(resolutionOf(values)).toBe(q);
  });
  it('does not guess from few or unquantised values', () => {
    expect(resolutionOf([1, 2, 3])).toBeUndefined();
    expect(resolutionOf(noise(3, 500))).toBeUndefined();
  });
});

describe('regression (U08)', () => {
  it('finds a line although a tenth of the points are wild', () => {
    const x = Array.from({ length: 200 }, (_, i) => i);
    const e = noise(2, 200);
    const y = x.map((v, i) => 3 + 2 * v + (e[i] as number) + (i % 10 === 0 ? 500 : 0));
    const line = huberLine(x, y);
    expect(line?.slope).toBeCloseTo(2, 1);
    expect(line?.sigma).toBeLessThan(2);
    expect(theilSen(x, y)?.slope).toBeCloseTo(2, 1);
  });
  it('isotonic fit never falls and keeps a rising function', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: -100, max: 100 })), { minLength: 3, maxLength: 60 }), (points) => {
        const fit = isotonic(points.map((p) => p[0]), points.map((p) => p[1])) as IsotonicFit;
        let last = Number.NEGATIVE_INFINITY;
        for (let x = 0; x <= 50; x++) {
          const y = isotonicAt(fit, x);
          expect(y).toBeGreaterThanOrEqual(last);
          last = y;
        }
      }),
    );
    expect(isotonicAt(isotonic([1, 2, 3], [10, 20, 30]) as IsotonicFit, 2)).toBe(20);
  });
});

describe('spectrum (U09)', () => {
  it('gives a sinusoid nearly all the power and noise little', () => {
    const sine = Array.from({ length: 72 }, (_, i) => 5 + Math.sin((2 * Math.PI * i * 6) / 72));
    expect(peakShare(sine)).toMatchObject({ bin: 6 });
    expect(peakShare(sine).share).toBeGreaterThan(0.95);
    expect(peakShare(noise(5, 72)).share).toBeLessThan(0.4);
    expect(peakShare(Array.from({ length: 20 }, () => 3)).share).toBe(0);
  });
  it('measures autocorrelation over gaps', () => {
    expect(Math.abs(lag1(noise(9, 2000)))).toBeLessThan(0.06);
    const slow = Array.from({ length: 400 }, (_, i) => Math.sin(i / 40));
    expect(lag1(slow)).toBeGreaterThan(0.95);
    expect(lag1([1, Number.NaN, 2])).toBeNaN();
  });
});

describe('change points (U12)', () => {
  it('finds the step and nothing else', () => {
    const values = noise(11, 100).map((v, i) => v + (i >= 60 ? 6 : 0));
    expect(pelt(values, 12, 3 * Math.log(100) * 1.5)).toEqual([60]);
    expect(pelt(noise(12, 200), 12, 3 * Math.log(200) * 2)).toEqual([]);
  });
  it('finds where a quiet stretch begins', () => {
    const values = noise(13, 120).map((v, i) => (i >= 80 ? v * 0.02 : v));
    expect(Math.abs((varianceCut(values, 6) as number) - 80)).toBeLessThanOrEqual(2);
    expect(varianceCut([1, 2, 3], 6)).toBeUndefined();
  });
});

describe('tests (U13) and surprise (U22)', () => {
  it('agrees with tables', () => {
    expect(normalTail(1.959964)).toBeCloseTo(0.025, 5);
    expect(chiSquareTail(16.919, 9)).toBeCloseTo(0.05, 4);
    expect(binomialTail(8, 10, 0.5)).toBeCloseTo(0.0546875, 9);
    expect(chiSquare([25, 25], [0.5, 0.5])).toEqual({ statistic: 0, p: 1 });
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilson(50, 100).low).toBeCloseTo(0.404, 2);
    expect(benjaminiHochberg([0.01, 0.04, 0.03])).toEqual([0.03, 0.04, 0.04]);
  });
  it('Mann–Whitney is antisymmetric and sees a shift', () => {
    const a = noise(1, 60);
    const b = noise(2, 60).map((v) => v + 1.5);
    expect(mannWhitney(a, b).p).toBeLessThan(1e-5);
    expect(mannWhitney(b, a).z).toBeCloseTo(-mannWhitney(a, b).z, 9);
    expect(mannWhitney([1, 1], [1, 1]).p).toBe(1);
  });
  it('surprise grows with the run and with how rarely neighbours are equal', () => {
    expect(runSurprise(24, 0, 4000)).toBeCloseTo(24 * 3.602, 0);
    expect(runSurprise(24, 3900, 4000)).toBeLessThan(1);
    expect(runSurprise(0, 1, 10)).toBe(0);
  });
});
