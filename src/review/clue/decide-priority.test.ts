import { describe, expect, it } from 'vitest';
import { loadLaw } from '#law';
import { priorityOf, type RankedClue } from './decide-priority.ts';

const law = loadLaw();
const clue: RankedClue = { tier: 'WARN', provisional: false, rule: 'C01@1.0.0', factors: ['a34013'], periodFrom: 0, periodTo: 86_400_000 };
const of = (more: Partial<RankedClue>) => priorityOf({ ...clue, ...more }, law);

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
  it('a finding of a patrol needs no model', () => {
    expect(of({ rule: '', tier: 'WORK_ORDER', periodTo: null })).toBe(10);
  });
});
