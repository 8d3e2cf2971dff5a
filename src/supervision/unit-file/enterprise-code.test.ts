import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asId, calendarDay, type RegionKey } from '#kernel';
import { CODE_FACTS, loadLaw } from '#law';
import { enterpriseCode, type CodeCounts } from './enterprise-code.ts';

const { value, verified } = loadLaw().valueAt('supervision.enterpriseCode', asId<RegionKey>('jiangsu'), calendarDay('2026-09-14'));
const counts = (more: Partial<CodeCounts> = {}): CodeCounts => ({ ...(Object.fromEntries(CODE_FACTS.map((fact) => [fact, 0])) as Record<(typeof CODE_FACTS)[number], number>), ...more });
const RANK = { GREEN: 0, YELLOW: 1, RED: 2 } as const;

describe('企业码', () => {
  it('无记录为绿；规则未经核实，如实标明', () => {
    expect(enterpriseCode(counts(), value.rules)).toEqual({ colour: 'GREEN', because: [] });
    expect(verified).toBe(false);
  });

  it('逾期或预警为黄，反馈不实、约谈、属实移交、确认超量为红，并列出全部理由', () => {
    expect(enterpriseCode(counts({ overdueNow: 1 }), value.rules).colour).toBe('YELLOW');
    expect(enterpriseCode(counts({ warnings: 2 }), value.rules).colour).toBe('GREEN');
    expect(enterpriseCode(counts({ warnings: 3 }), value.rules).colour).toBe('YELLOW');
    for (const fact of ['falseAnswers', 'talks', 'established', 'overQuantity'] as const) expect(enterpriseCode(counts({ [fact]: 1 }), value.rules).colour, fact).toBe('RED');
    const { because } = enterpriseCode(counts({ falseAnswers: 1, lapses: 1 }), value.rules);
    expect(because.map((one) => `${one.colour} ${one.fact}`)).toEqual(['RED falseAnswers', 'YELLOW lapses']);
  });

  it('one more of anything never makes the colour better', () => {
    const arbitrary = fc.record(Object.fromEntries(CODE_FACTS.map((fact) => [fact, fc.nat({ max: 5 })])));
    fc.assert(fc.property(arbitrary, fc.constantFrom(...CODE_FACTS), (given, fact) => {
      const before = counts(given);
      const after = { ...before, [fact]: before[fact] + 1 };
      expect(RANK[enterpriseCode(after, value.rules).colour]).toBeGreaterThanOrEqual(RANK[enterpriseCode(before, value.rules).colour]);
    }));
  });
});
