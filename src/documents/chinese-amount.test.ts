import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { chineseAmount } from './chinese-amount.ts';

describe('金额大写', () => {
  it.each([
    ['0', '零元整'],
    ['1', '壹元整'],
    ['10', '壹拾元整'],
    ['100000', '壹拾万元整'],
    ['123456.00', '壹拾贰万叁仟肆佰伍拾陆元整'],
    ['1001', '壹仟零壹元整'],
    ['10001', '壹万零壹元整'],
    ['100010', '壹拾万零壹拾元整'],
    ['1000000', '壹佰万元整'],
    ['100000001', '壹亿零壹元整'],
    ['1409.50', '壹仟肆佰零玖元伍角整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['0.05', '伍分'],
  ])('%s → %s', (figures, words) => expect(chineseAmount(figures)).toBe(words));

  it('two different sums never read the same', () => {
    const sum = fc.integer({ min: 0, max: 99_999_999 });
    fc.assert(fc.property(sum, sum, (a, b) => a === b || chineseAmount(String(a)) !== chineseAmount(String(b))));
  });

  it('refuses what is no sum', () => {
    for (const wrong of ['-1', '1.234', '=cmd', '', '1e5']) expect(() => chineseAmount(wrong)).toThrow();
  });
});
