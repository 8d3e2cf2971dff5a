import { describe, expect, it } from 'vitest';
import { calendarDay } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { priorityOf, type RankedClue } from './decide-priority.ts';

const law = loadLaw();
const DAY = calendarDay('2026-04-01');
const clue: RankedClue = { tier: 'WARN', provisional: false, rule: 'C01@1.0.0', factors: ['a34013'], periodFrom: 0, periodTo: 86_400_000 };
const of = (more: Partial<RankedClue>) => priorityOf({ ...clue, ...more }, law, NATIONAL, DAY);

describe('研判先后：预期危害 × 确定性 ÷ 工作量', () => {
  it('the graver tier, the more poisonous pollutant and the longer time come first', () => {
    expect(of({ tier: 'WORK_ORDER' })).toBeGreaterThan(of({}));
    expect(of({ tier: 'REMIND' })).toBeLessThan(of({}));
    expect(of({ factors: ['w20115'] })).toBeCloseTo(3 * of({}), 9);
    expect(of({ periodTo: 3 * 86_400_000 })).toBeCloseTo(1.5 * of({}), 9);
  });
  it('sources that agree are surer, what lies in the file is quicker, what may still be marked waits', () => {
    expect(of({ rule: 'C01@1.0.0 E01@1.0.0' })).toBeGreaterThan(of({}));
    expect(of({ rule: 'B01@1.1.0' })).toBeGreaterThan(of({ rule: 'D03@1.0.0' }));
    expect(of({ provisional: true })).toBe(of({}) / 2);
  });
  it('the weights are dated values of the law files, said to be judgement and not verified', () => {
    const { value, verified, source } = law.valueAt('review.queueOrder', NATIONAL, DAY);
    expect({ verified, source }).toEqual({ verified: false, source: '产品默认值（依评分表 docs/score.md 判断）' });
    const surer = { ...value, categories: { ...value.categories, C: { certainty: 0.45, hours: 1.5 } } };
    const valueAt = ((key, region, day) => ({ ...law.valueAt(key, region, day), value: surer })) as typeof law.valueAt;
    expect(priorityOf(clue, { ...law, codes: law.codes.bind(law), valueAt }, NATIONAL, DAY)).toBeCloseTo(of({}) / 2, 9);
  });
  it('a finding of a patrol needs no model', () => {
    expect(of({ rule: '', tier: 'WORK_ORDER', periodTo: null })).toBe(10);
  });
});
