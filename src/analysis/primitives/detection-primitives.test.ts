import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  caliper, cusum, differenceCorrelation, excessMass, foldedResidual, huberPlane, likeness, mannKendall, nearestWindows, poissonAtMost, seededDraws, sinusoidResidual,
} from './index.ts';

const noise = (seed: number, n: number): number[] => {
  const draw = seededDraws(seed);
  return Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()));
};
/** A process with memory, as honest channels are. */
const walk = (seed: number, n: number, keep = 0.95): number[] => {
  let x = 0;
  return noise(seed, n).map((e) => (x = keep * x + Math.sqrt(1 - keep * keep) * e));
};

describe('best sinusoid (U09)', () => {
  it('leaves nothing of a sinusoid whatever its period and phase, and gives the period back', () => {
    fc.assert(
      fc.property(fc.double({ min: 26, max: 250, noNaN: true }), fc.double({ min: 0, max: 6.28, noNaN: true }), (period, phase) => {
        const fit = sinusoidResidual(Array.from({ length: 288 }, (_, i) => 30 + 4 * Math.sin((2 * Math.PI * i) / period + phase)));
        expect(fit.residual).toBeLessThan(0.05);
        expect(Math.abs(fit.period / period - 1)).toBeLessThan(0.15);
      }),
      { numRuns: 50 },
    );
  });
  it('leaves the share of the noise, does not mind gaps, and finds nothing in a flat series', () => {
    const e = noise(3, 288);
    const mixed = e.map((v, i) => (i % 7 === 0 ? Number.NaN : 2 * Math.sin(i / 9) + v));
    expect(sinusoidResidual(mixed).residual).toBeGreaterThan(0.25);
    expect(sinusoidResidual(mixed).residual).toBeLessThan(0.42);
    expect(sinusoidResidual(e).residual).toBeGreaterThan(0.85);
    expect(sinusoidResidual([5, 5, 5, 5, 5, 5, 5, 5])).toMatchObject({ residual: 1 });
  });
  it('lies between 0 and 1 and does not change with level and scale', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.1, max: 50, noNaN: true }), (seed, scale) => {
        const x = walk(seed, 144);
        const r = sinusoidResidual(x).residual;
        expect(r).toBeGreaterThanOrEqual(0);
        expect(r).toBeLessThanOrEqual(1);
        expect(sinusoidResidual(x.map((v) => 100 + scale * v)).residual).toBeCloseTo(r, 6);
      }),
      { numRuns: 30 },
    );
  });
  /** Flue gas as the simulator makes it: converted value = common + own + fast memory, times oxygen. */
  const flueGas = (draw: () => number, n: number, [most, t1, t2, r1, r2]: readonly [number, number, number, number, number]): Float64Array => {
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
    const memory = (sd: number, tau: number): (() => number) => {
      const keep = Math.exp(-1 / 6 / tau);
      let x = sd * normal();
      return () => (x = keep * x + sd * Math.sqrt(1 - keep * keep) * normal());
    };
    const s = Math.min(most, Math.log(1 / (r1 + (r2 - r1) * draw())) / 3.8);
    const [common, own, fast, oxygen] = [memory(1, 3), memory(1, t1 + (t2 - t1) * draw()), memory(Math.min(0.05, 0.4 * s), 0.25), memory(0.3, 1)];
    return Float64Array.from({ length: n }, () => Math.exp(s * (0.35 * common() + Math.sqrt(1 - 0.35 ** 2) * own()) + fast()) * (14 - oxygen()));
  };
  it('honest flue gas leaves what the calibration table says (48 h: 0.328 in 0.05 windows per factor-month, ±10 %)', () => {
    const types = [
      [0.2, 2, 5, 0.35, 0.7], [0.14, 2, 4, 0.5, 0.78], [0.18, 6, 10, 0.1, 0.45], [0.3, 2, 5, 0.2, 0.6], [0.13, 1.5, 4, 0.45, 0.75], [0.4, 0.6, 1.2, 0.06, 0.25],
      [0.28, 3, 6, 0.12, 0.45], [0.22, 2, 5, 0.06, 0.4], [0.25, 3, 6, 0.1, 0.55], [0.24, 1.5, 4, 0.3, 0.65], [0.15, 1.5, 4, 0.45, 0.78], [0.22, 4, 8, 0.12, 0.5],
    ] as const;
    const draw = seededDraws(77);
    const shares: number[] = [];
    for (const type of Array.from({ length: 5 }, () => types).flat()) {
      const x = flueGas(draw, 120 * 144, type);
      for (let i = 0; i + 288 <= x.length; i += 144) shares.push(sinusoidResidual(x.subarray(i, i + 288), 2).residual);
    }
    shares.sort((a, b) => a - b);
    const months = 5 * types.length * 4;
    expect(Math.abs((shares[Math.round(0.05 * months) - 1] as number) / 0.328 - 1)).toBeLessThan(0.1);
  });
  it('a template that is played again leaves nothing at its own length only', () => {
    const template = noise(5, 36);
    const x = Array.from({ length: 144 }, (_, i) => template[i % 36] as number);
    expect(foldedResidual(x, 36)).toBe(0);
    expect(foldedResidual(x, 35)).toBeGreaterThan(0.5);
    expect(foldedResidual(x, 35, 0.1)).toBe(Number.POSITIVE_INFINITY);
    expect(foldedResidual(x.map((v, i) => (i % 3 === 0 ? v : Number.NaN)), 36)).toBeNaN();
  });
});

describe('CUSUM (U10)', () => {
  it('starts where the shift began and knows its side', () => {
    const x = noise(7, 120).map((v, i) => v + (i >= 70 ? -2 : 0));
    const signal = cusum(x, 0, 1, 8);
    expect(signal?.side).toBe('down');
    expect(Math.abs((signal?.start ?? 0) - 70)).toBeLessThanOrEqual(3);
    expect(signal?.at).toBeLessThan(85);
    expect(cusum(x.map((v) => -v), 0, 1, 8)?.side).toBe('up');
  });
  it('is silent without a shift and steps over gaps', () => {
    for (let seed = 1; seed <= 40; seed++) expect(cusum(noise(seed, 60), 0, 1, 8)).toBeUndefined();
    expect(cusum([Number.NaN, 9, Number.NaN, 9], 0, 1, 8)).toMatchObject({ side: 'up', start: 1 });
  });
});

describe('density at a limit (U14)', () => {
  const limit = 50;
  const plain = (seed: number, n: number): number[] => noise(seed, n).map((v) => 45 * Math.exp(0.1 * v));
  const pressed = (seed: number, n: number): number[] => plain(seed, n).map((v, i) => (v > 0.98 * limit ? limit * (0.93 + 0.0005 * (i % 100)) : v));
  it('caliper: a smooth density is balanced, a pressed one is not', () => {
    const even = seededDraws(6);
    expect(Math.abs(caliper(Array.from({ length: 3000 }, () => 40 + 20 * even()), limit, 0.05).z)).toBeLessThan(2.4);
    expect(caliper(pressed(1, 1000), limit, 0.05).z).toBeGreaterThan(8);
    expect(caliper([49, 51], limit, 0.05).z).toBeNaN();
  });
  it('caliper: a value equal to the limit is compliant, whatever binary says', () => {
    const c = caliper(Array.from({ length: 20 }, () => 0.1 + 0.2), 0.3, 0.05, 0.01);
    expect(c).toMatchObject({ below: 20, above: 0 });
  });
  it('excess mass: near zero for smooth densities, large where the top was pressed down', () => {
    for (let seed = 1; seed <= 20; seed++) expect(excessMass(plain(seed, 700), limit)?.z).toBeLessThan(3);
    const hit = excessMass(pressed(2, 700), limit);
    expect(hit?.z).toBeGreaterThan(4);
    expect((hit?.missing ?? 0) / (hit?.expectedAbove ?? 1)).toBeGreaterThan(0.9);
    expect(excessMass([40, 41, 42], limit)).toBeUndefined();
  });
});

describe('nearest windows and likeness (U16)', () => {
  it('finds a scaled and shifted copy exactly, overlapping windows once', () => {
    const x = walk(11, 1500);
    x.splice(1400, 60, ...x.slice(700, 760).map((v) => 5 + 0.6 * v));
    const found = nearestWindows(x.slice(1400, 1460), x, 3, 1400);
    expect(found[0]?.at).toBe(700);
    expect(found[0]?.r).toBeCloseTo(1, 9);
    expect(new Set(found.map((m) => Math.round(m.at / 30))).size).toBe(found.length);
    expect(differenceCorrelation(x, 700, 1400, 60)).toBeCloseTo(1, 9);
    expect(Math.abs(differenceCorrelation(x, 100, 1400, 60))).toBeLessThan(0.5);
    expect(likeness(x, 700, 1400, 60)).toMatchObject({ slope: expect.closeTo(0.6, 6), differenceR2: expect.closeTo(1, 6) });
  });
  it('agrees with a slow search', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 5, max: 20 }), (seed, n) => {
        const x = walk(seed, 200);
        const q = walk(seed + 1000, n);
        const r = (at: number): number => {
          const w = x.slice(at, at + n);
          const [mw, mq] = [w.reduce((a, b) => a + b) / n, q.reduce((a, b) => a + b) / n];
          const dot = w.reduce((s, v, i) => s + (v - mw) * ((q[i] as number) - mq), 0);
          return dot / Math.sqrt(w.reduce((s, v) => s + (v - mw) ** 2, 0) * q.reduce((s, v) => s + (v - mq) ** 2, 0));
        };
        const best = Array.from({ length: 200 - n + 1 }, (_, at) => r(at)).reduce((a, b) => Math.max(a, b));
        expect(nearestWindows(q, x, 1)[0]?.r).toBeCloseTo(best, 9);
      }),
      { numRuns: 30 },
    );
  });
  it('honest days may look alike, their differences do not; a common step does not decide', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const x = [...walk(seed, 72), ...walk(seed + 500, 72)].map((v, i) => v + (i % 72 > 36 ? 20 : 0));
      expect(likeness(x, 0, 72, 72)?.r2).toBeGreaterThan(0.9);
      expect(likeness(x, 0, 72, 72)?.differenceR2).toBeLessThan(0.4);
    }
  });
  it('skips gaps and flat stretches', () => {
    const x = walk(4, 300);
    x[150] = Number.NaN;
    x.fill(3, 200, 260);
    for (const m of nearestWindows(walk(5, 24), x, 20)) expect(m.at > 150 || m.at + 24 <= 150).toBe(true);
    expect(nearestWindows(Array.from({ length: 24 }, () => 1), x, 3)).toEqual([]);
  });
});

describe('regression on several inputs (U08)', () => {
  it('finds the plane although a tenth of the rows are wild, and ignores an input that stands still', () => {
    const [a, b, e] = [noise(1, 400), noise(2, 400), noise(3, 400)];
    const y = a.map((v, i) => 7 + 2 * v - 3 * (b[i] as number) + 0.3 * (e[i] as number) + (i % 10 === 0 ? 40 : 0));
    const plane = huberPlane([a, b, a.map(() => 5)], y);
    expect(plane?.coefficients[1]).toBeCloseTo(2, 1);
    expect(plane?.coefficients[2]).toBeCloseTo(-3, 1);
    expect(plane?.coefficients[3]).toBe(0);
    expect(plane?.at([1, 1, 5])).toBeCloseTo(6, 0);
    expect(plane?.sigma).toBeLessThan(0.6);
  });
  it('does not guess from too few rows or from inputs that repeat each other', () => {
    expect(huberPlane([[1, 2, 3]], [1, 2, 3])).toBeUndefined();
    const a = noise(1, 100);
    expect(huberPlane([a, a.map((v) => 2 * v)], noise(2, 100))).toBeUndefined();
    expect(huberPlane([a.map((v, i) => (i < 95 ? Number.NaN : v))], noise(2, 100))).toBeUndefined();
  });
});

describe('trend and counts (U08, U13)', () => {
  it('Mann–Kendall sees a trend under noise and none without, with ties', () => {
    const e = noise(9, 30);
    const up = mannKendall(e.map((v, i) => v + i / 5));
    expect(up.tau).toBeGreaterThan(0.5);
    expect(up.p).toBeLessThan(1e-4);
    expect(mannKendall(e.map((v, i) => v - i / 5)).tau).toBeLessThan(-0.5);
    expect(mannKendall([1, 1, 1, 1, 1]).p).toBe(1);
    expect(mannKendall([1, 2, 3]).p).toBe(1);
    // S = 6 of n = 4 gives z = 5/√(26/3).
    expect(mannKendall([1, 2, 3, 4])).toMatchObject({ tau: 1, p: expect.closeTo(0.0894, 3) });
  });
  it('Poisson tail agrees with tables', () => {
    expect(poissonAtMost(0, 3)).toBeCloseTo(0.0498, 4);
    expect(poissonAtMost(2, 3)).toBeCloseTo(0.4232, 4);
    expect(poissonAtMost(5, 0)).toBe(1);
  });
});
