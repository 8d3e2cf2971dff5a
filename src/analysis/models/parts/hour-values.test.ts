import { describe, expect, it } from 'vitest';
import { densest, fullest, trailingSpan } from './hour-values.ts';

describe('where a finding lies', () => {
  const values = [0, 0, 0, 1, 1, 1, 1, 0, 0];
  it('a stretch ends with the last value that shows it, not with the window', () => {
    expect(trailingSpan(values, 0.5, 1)).toEqual({ from: 3, to: 7 });
    expect(trailingSpan([0, 0, 1, 1, Number.NaN, 1], 0.5, 1)).toEqual({ from: 2, to: 6 });
  });
  it('is as long as asked at least, and empty places stay inside the values', () => {
    expect(trailingSpan(values, 0.5, 6)).toEqual({ from: 1, to: 7 });
    expect(trailingSpan([1], 0.5, 6)).toEqual({ from: 0, to: 1 });
  });
  it('the densest stretch drops a tenth that lies far away, and of months keeps the fullest week', () => {
    const hours = [1, 400, 402, 404, 406, 408, 410, 412, 414, 416];
    expect(densest(hours)).toEqual({ first: 400, last: 416 });
    const two = [...Array.from({ length: 12 }, (_, k) => k), ...Array.from({ length: 40 }, (_, k) => 500 + 2 * k)];
    expect(densest(two, 167).first).toBeGreaterThanOrEqual(500);
  });
  it('the fullest stretch leaves out what a window holds before and after the fact, wherever in the window it lies', () => {
    const band = Array.from({ length: 168 }, (_, h) => ((h >= 60 && h < 100 ? h % 2 === 0 : h % 40 === 0) ? 1 : 0));
    expect(fullest(band, 0.2)).toEqual({ from: 60, to: 99 });
    expect(fullest([0, 1, Number.NaN, Number.NaN, 1, 0], 0.5)).toEqual({ from: 1, to: 5 });
    expect(fullest([0, 0], 0.5)).toEqual({ from: 0, to: 0 });
  });
});
