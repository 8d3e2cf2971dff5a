import { describe, expect, it } from 'vitest';
import { isolationForest, meanPath } from './isolation-forest.ts';
import { randomForest } from './random-forest.ts';
import { seededDraws } from './seeded-draws.ts';

const normal = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
const cloud = (n: number, centre: readonly number[], seed: number): number[][] => {
  const draw = seededDraws(seed);
  return Array.from({ length: n }, () => centre.map((c) => c + normal(draw)));
};

describe('U17 isolation forest', () => {
  const rows = cloud(200, [0, 0, 0], 1);
  it('sets apart what lies apart, and is the same forest for the same seed', () => {
    const forest = isolationForest(rows, { seed: 7 });
    const again = isolationForest(rows, { seed: 7 });
    expect(forest?.score([0, 0, 0])).toBeLessThan(0.5);
    expect(forest?.score([8, -8, 8])).toBeGreaterThan(0.7);
    expect(again?.score([1, 2, 3])).toBe(forest?.score([1, 2, 3]));
    expect(isolationForest(rows, { seed: 8 })?.score([1, 2, 3])).not.toBe(forest?.score([1, 2, 3]));
  });
  it('knows the mean path of its paper, cannot learn from a handful, and takes equal rows for usual', () => {
    expect(meanPath(256)).toBeCloseTo(10.244, 2);
    expect(isolationForest(rows.slice(0, 5), { seed: 1 })).toBeUndefined();
    expect(isolationForest(Array.from({ length: 20 }, () => [1, 1]), { seed: 1 })?.score([1, 1])).toBeCloseTo(0.5, 1);
  });
});

describe('random forest', () => {
  const data = {
    rows: [...cloud(60, [0, 0, 5], 1), ...cloud(60, [3, 0, 5], 2), ...cloud(60, [0, 4, 5], 3)],
    classes: Array.from({ length: 180 }, (_, i) => Math.floor(i / 60)),
  };
  it('tells the classes apart on points it has not seen', () => {
    const forest = randomForest(data, { seed: 11 });
    const right = [[0, 0, 5], [3, 0, 5], [0, 4, 5]].flatMap((centre, c) => cloud(40, centre, 20 + c).map((point) => {
      const p = forest?.probabilities(point) ?? [];
      return p.indexOf(Math.max(...p)) === c;
    }));
    expect(right.filter(Boolean).length / right.length).toBeGreaterThan(0.85);
  });
  it('gives shares that sum to one, the same for the same seed, and needs two classes', () => {
    const one = randomForest(data, { seed: 11 })?.probabilities([1, 1, 5]) ?? [];
    expect(one.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(randomForest(data, { seed: 11 })?.probabilities([1, 1, 5])).toEqual(one);
    expect(randomForest({ rows: data.rows.slice(0, 60), classes: data.classes.slice(0, 60) }, { seed: 1 })).toBeUndefined();
  });
});
