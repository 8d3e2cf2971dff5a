import { expect, it } from 'vitest';
import { HOUR } from '#kernel';
import type { ObservedFact } from '#review';
import { act, filed, law, must, start } from '../testing/pure-case.ts';
import { jointFacts } from './joint-facts.ts';

const first = Date.parse('2026-03-02T08:00:00+08:00');
let n = 0;
type Figures = NonNullable<ObservedFact['figures']>;
const fact = (zh: string, from: number, to: number, figures: Figures, more: Partial<ObservedFact> = {}): ObservedFact => ({
  factId: `f${(n += 1)}`, reviewId: 'r', outfall: 'DA001', supports: ['AIR_EXCEED'], told: { zh, en: '' }, factors: [{ code: 'a21002', zh: '氮氧化物', en: 'NOx' }], from, to, figures, knownAt: null, calibrations: [], ...more,
});
const times = (value: number): string => String(Math.round((value / 50 - 1) * 100) / 100);
const limit = { limit: '50', unit: 'mg/m³', standard: null, converted: true };
const over = (at: number, values: readonly number[], more: Partial<ObservedFact> = {}): ObservedFact => fact(
  `自第${at}时起，氮氧化物小时折算排放浓度连续 ${values.length} 小时超过排放限值 50 mg/m³`, first + at * HOUR, first + (at + values.length) * HOUR,
  { kind: 'HOURS_OVER', ...limit, hours: values.length, peak: String(Math.max(...values)), multiple: times(Math.max(...values)), each: values.map((value, i) => ({ start: first + (at + i) * HOUR, value: String(value), multiple: times(value) })) }, more,
);
const text = (facts: readonly ObservedFact[], validity = '上述时段应有小时数据 2 个，均有效。') => `示范公司DA001：${facts.map(({ told }) => `${told.zh}，逐小时为：3月2日8时 60、3月2日9时 75`).join('；')}。\n${validity}`;
const joint = (...cases: readonly (readonly ObservedFact[])[]) => jointFacts(law, 'AIR_EXCEED', cases.map((observed) => ({ facts: text(observed), observed })));

it('并案后同一排放口、同一因子、同一限值的超标写成一句：时段都列出，小时合计，最高值和倍数取两案的最大', () => {
  const [a, b] = [over(0, [60, 75]), over(72, [90, 55, 65])];
  const lines = joint([a], [b]).split('\n');
  expect(lines[0]).toBe('示范公司DA001：2026年3月2日8时至2026年3月2日10时、2026年3月5日8时至2026年3月5日11时，氮氧化物小时折算排放浓度共 5 小时超过排污许可证规定的排放限值 50 mg/m³，最高 90 mg/m³（超标 0.8 倍）。');
  // What is said of the data of each case names the time it is said of.
  expect(lines.slice(1)).toEqual(['2026年3月2日8时至2026年3月2日10时应有小时数据 2 个，均有效。', '2026年3月5日8时至2026年3月5日11时应有小时数据 2 个，均有效。']);
});

it('两案都写到的小时只算一次；没有逐小时数值而时段重叠的，不合写', () => {
  const [a, b] = [over(0, [60, 75]), over(1, [75, 80])];
  expect(joint([a], [b])).toContain('2026年3月2日8时至2026年3月2日11时，氮氧化物小时折算排放浓度共 3 小时');
  const unknown = { ...b, figures: { ...b.figures, each: [] } as Figures };
  expect(joint([a], [unknown])).toBe(`${text([a])}\n${text([unknown]).split('\n')[0]}`);
});

it('另一因子、另一排放口、另一限值的，经执法人员改写的，各自照写；日均值按日列出', () => {
  const a = over(0, [60, 75]);
  for (const other of [over(72, [90], { factors: [{ code: 'a21026', zh: '二氧化硫', en: 'SO2' }] }), over(72, [90], { outfall: 'DA002' }), { ...over(72, [90]), figures: { ...over(72, [90]).figures, limit: '35' } as Figures }])
    expect(joint([a], [other])).toContain(other.told.zh);
  const b = over(72, [90]);
  expect(jointFacts(law, 'AIR_EXCEED', [{ facts: text([a]), observed: [a] }, { facts: '三月五日又超标。', observed: [b] }])).toBe(`${text([a])}\n三月五日又超标。`);
  const day = (at: number, mean: string) => fact(`第${at}日，日均值 ${mean}`, first - 8 * HOUR + at * 24 * HOUR, first + (16 + at * 24) * HOUR, { kind: 'DAY_OVER', ...limit, mean, multiple: times(Number(mean)), validHours: 20 + at });
  expect(joint([day(0, '55')], [day(3, '60')]).split('\n')[0]).toBe('示范公司DA001：2026年3月2日、2026年3月5日，氮氧化物日均值依次为 55、60 mg/m³（有效小时依次为 20、23 个），均超过排污许可证规定的排放限值 50 mg/m³（最高超标 0.2 倍）。');
});

it('并入之后，本案这项违法行为的事实就是合写的一段', () => {
  const state = filed();
  const { violation = 'AIR_EXCEED', filing } = state;
  const command = { kind: 'TAKE_IN_CASE' as const, fromCaseId: 'c2', fromCaseNo: 'N2', acts: [{ violation, actStart: filing!.actStart, actEnd: filing!.actEnd, facts: '又一次。' }], evidence: [], refs: [], reason: '同一行为。' };
  expect(act(state, command, start)).toMatchObject({ ok: true });
  expect(must(state, command, start).filing?.facts).toBe(`${filing!.facts}\n又一次。`);
  expect(must(state, { ...command, told: [{ violation, facts: '合写。' }] }, start).filing?.facts).toBe('合写。');
});
