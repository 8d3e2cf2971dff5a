import { expect, it } from 'vitest';
import { cityIn, COUNTIES, countyIn, creditCode, creditCodeIn } from './names.ts';
import { randomStream } from './random.ts';

/** Check character of GB 32100-2015: the weighted sum of all eighteen characters is 0 modulo 31. */
const holds = (code: string): boolean => {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28, 1];
  return [...code].reduce((sum, c, i) => sum + alphabet.indexOf(c) * (weights[i] ?? 0), 0) % 31 === 0;
};

it('统一社会信用代码是单位所在省区的区划、校验位相符，区划没有分配给任何地方；江苏的不变', () => {
  const codes = COUNTIES.map((place) => creditCode(randomStream('names', place.name, 'test'), place));
  for (const code of codes) {
    expect(creditCodeIn('jiangsu', code)).toBe(code);
    const elsewhere = creditCodeIn('inner-mongolia', code);
    expect(elsewhere).toMatch(/^911599\d{2}MA[0-9A-Z]{8}$/);
    expect([holds(code), holds(elsewhere), holds(creditCodeIn('shanghai', code))]).toEqual([true, true, true]);
  }
});

it('上海的区里没有区县：地名是街道和镇，其他地区不变', () => {
  expect([countyIn('shanghai', '澄岚区望江路1号'), countyIn('shanghai', '溪和县'), cityIn('shanghai')]).toEqual(['澄岚街道望江路1号', '溪和镇', '沪滨区']);
  for (const region of ['jiangsu', 'ningxia', 'inner-mongolia']) expect(COUNTIES.map(({ name }) => countyIn(region, name))).toEqual(COUNTIES.map(({ name }) => name));
});
