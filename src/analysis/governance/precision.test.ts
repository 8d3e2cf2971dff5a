import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { DAY } from '#kernel';
import { aroundChanges, precisionByMonth, type JudgedClue } from './precision.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const clue = (day: string, wrong: boolean): JudgedClue => ({ raisedAt: at(`${day}T10:00:00`), wrong });

describe('预警规则改进的效果 precision over time', () => {
  const change = at('2026-07-03T00:00:00');
  const judged = [
    clue('2026-05-31', true), clue('2026-06-10', true), clue('2026-06-20', false), clue('2026-07-02', true),
    clue('2026-07-03', false), clue('2026-07-20', false), clue('2026-08-01', true),
  ];

  it('[NX-3.5c] [JS-8] 按线索产生的月份给出属实率；每次修改前后各计，区间随条数', () => {
    expect(precisionByMonth(judged).map(({ month, right, reviewed }) => [month, right, reviewed])).toEqual([['2026-05', 0, 1], ['2026-06', 1, 2], ['2026-07', 2, 3], ['2026-08', 0, 1]]);
    // The first hour of a month in China is still the month before in UTC.
    expect(precisionByMonth([{ raisedAt: at('2026-08-01T00:30:00'), wrong: false }])[0]?.month).toBe('2026-08');
    expect(aroundChanges(judged, [change])).toMatchObject([{ before: { right: 1, reviewed: 4 }, after: { right: 2, reviewed: 3 } }]);
    const [two] = aroundChanges(judged, [change, at('2026-08-01T00:00:00')]);
    expect(two).toMatchObject({ before: { reviewed: 4 }, after: { right: 2, reviewed: 2 } });
    expect(two!.after.low).toBeGreaterThan(0.3);
    expect(two!.after.low).toBeLessThan(0.4);
    expect(aroundChanges([], [change])).toMatchObject([{ before: { reviewed: 0, low: 0, high: 1 }, after: { reviewed: 0 } }]);
  });

  it('every judged clue is counted once, on one side of every change', () => {
    const clues = fc.array(fc.record({ raisedAt: fc.integer({ min: 0, max: 400 }).map((day) => change + day * DAY), wrong: fc.boolean() }));
    fc.assert(fc.property(clues, fc.uniqueArray(fc.integer({ min: 0, max: 400 }).map((day) => change + day * DAY)), (all, moments) => {
      const changes = moments.toSorted((a, b) => a - b);
      const around = aroundChanges(all, changes);
      if (around.length > 0) expect((around[0]?.before.reviewed ?? 0) + around.reduce((sum, one) => sum + one.after.reviewed, 0)).toBe(all.length);
      expect(precisionByMonth(all).reduce((sum, one) => sum + one.reviewed, 0)).toBe(all.length);
    }));
  });
});
