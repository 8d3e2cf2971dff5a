import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from './random.ts';

describe('seeded streams', () => {
  it('repeat themselves by name and differ between seeds, entities and purposes', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (seed, entity, purpose) => {
        const draw = (a: string, b: string, c: string): number[] => Array.from({ length: 4 }, randomStream(a, b, c).next);
        expect(draw(seed, entity, purpose)).toEqual(draw(seed, entity, purpose));
        expect(draw(seed, entity, purpose)).not.toEqual(draw(seed, entity, `${purpose}!`));
        expect(draw(seed, entity, purpose)).not.toEqual(draw(seed, `${entity}!`, purpose));
        expect(draw(seed, entity, purpose)).not.toEqual(draw(`${seed}!`, entity, purpose));
      }),
      { numRuns: 100 },
    );
  });

  it('have the moments of their distributions', () => {
    const random = randomStream('moments', 'e', 'p');
    const mean = (draw: () => number): number => Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b, 0) / 20_000;
    expect(mean(() => random.uniform(2, 4))).toBeCloseTo(3, 1);
    expect(mean(() => random.normal(1, 2))).toBeCloseTo(1, 0.7);
    expect(mean(() => random.exponential(3))).toBeCloseTo(3, 0.7);
    expect(mean(() => random.gamma(0.9, 1.6))).toBeCloseTo(1.6, 0.7);
    expect(mean(() => random.int(1, 6))).toBeCloseTo(3.5, 0.7);
  });
});
