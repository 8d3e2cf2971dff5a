import { expect, it } from 'vitest';
import type { Episode } from '#analysis';
import { asId, HOUR, instant } from '#kernel';
import { loadLaw } from '#law';
import { soundInput } from '../testing/sound-facts.ts';
import { lowDays } from './low-days.ts';
import { narrate, observedFacts } from './narrative.ts';
import type { Observation } from './observations.ts';
import { toldOnce } from './told-once.ts';

const law = loadLaw();
const at = (text: string) => instant(Date.parse(`${text}:00+08:00`));
const FROM = at('2026-09-25T10:00');
const observed = (model: string, from: number, hours: number, stats: Observation['stats'] = {}, more: Partial<Observation> = {}): Observation => ({
  model, title: { zh: '', en: '' }, factors: [{ zh: '颗粒物', en: 'particulates' }], codes: ['a34013'], from: instant(FROM + from * HOUR), to: instant(FROM + (from + hours) * HOUR),
  stats, unit: 'mg/m3', standard: 'GB 18485-2014', converted: true, hourly: [], ...more,
});
const once = (...all: Observation[]) => toldOnce(law.narratives(), all).map(({ from, to, stats }) => [(from - FROM) / HOUR, (to - FROM) / HOUR, stats]);
const input = (observations: readonly Observation[]) => ({ ...soundInput({ unitId: asId('QY0002'), outfall: asId('DA001'), periodFrom: FROM, periodTo: instant(FROM + 24 * HOUR) }), observations });

it('同一事实的时段部分重叠或者相接的，合为一段；相隔的、另一因子的，各写各的', () => {
  expect(once(observed('C02', 0, 6), observed('C03', 4, 6), observed('C02', 10, 2), observed('C03', 20, 2))).toEqual([[0, 12, {}], [20, 22, {}]]);
  expect(once(observed('C02', 0, 6), observed('C03', 4, 6, {}, { factors: [{ zh: '二氧化硫', en: 'SO2' }] }))).toHaveLength(2);
  // An event has no span to join.
  expect(once(observed('C12', 0, 6), observed('C12', 4, 6))).toHaveLength(2);
});

it('合并后的数值按整段核算，不相加；不能核算的，不合并', () => {
  const run = (from: number, values: readonly number[]) => observed('B01', from, values.length, { hours: values.length, peak: Math.max(...values), limit: '20', multiple: Math.max(...values) / 20 - 1 },
    { hourly: values.map((value, i) => ({ start: instant(FROM + (from + i) * HOUR), value })) });
  const [whole, ...others] = toldOnce(law.narratives(), [run(0, [24, 30, 28]), run(2, [28, 26, 40, 22])]);
  expect(others).toEqual([]);
  expect(whole).toMatchObject({ stats: { hours: 6, peak: 40, multiple: 1 }, hourly: [24, 30, 28, 26, 40, 22].map((value) => expect.objectContaining({ value })) });
  const told = narrate(law, input([run(0, [24, 30, 28]), run(2, [28, 26, 40, 22])]), ['AIR_EXCEED'])?.zh.split('\n')[0];
  expect(told).toMatch(/2026年9月25日10时至2026年9月25日16时，颗粒物小时折算排放浓度连续 6 小时超过.*最高 40 mg\/m3（超标 1 倍），逐小时为：9月25日10时 24、.*9月25日15时 22。$/u);
  expect(once(observed('A05', 0, 6, { rewrites: 6, crossings: 0 }), observed('A05', 4, 6, { rewrites: 4, crossings: 0 }))).toHaveLength(2);
  // A run that is only part of its span says nothing of the whole.
  expect(once(observed('A01', 0, 20, { missingHours: 5 }), observed('A01', 4, 20, { missingHours: 7 }))).toHaveLength(2);
  expect(once(observed('A01', 0, 6, { missingHours: 6 }), observed('A01', 4, 6, { missingHours: 6 }))).toEqual([[0, 10, { missingHours: 10 }]]);
});

const low = (day: number, hour: number, count: number, coldest: number, more: Partial<Episode> = {}): Episode => {
  const start = at(`2026-09-${day}T${String(hour).padStart(2, '0')}:00`);
  return {
    id: 'e1', version: day, knownAt: start + HOUR, model: 'B08', factors: [], start: at('2026-09-25T22:00'), end: start + HOUR,
    stats: { count, coldest, limitC: 850, allowed: 5, lowFrom: start, lowTo: start + HOUR, breach: count > 5 ? 'some' : 'none' }, suppressed: undefined, cleared: undefined, ...more,
  } as Episode;
};
const observedOn = ({ stats }: Episode): Observation => observed('B08', 0, 1, stats, { from: instant(Number(stats['lowFrom'])), to: instant(Number(stats['lowTo'])), factors: [], codes: [] });

it('炉温偏低跨几个自然日的：每日各按当日次数写，数值相同的日子并在一处；不足的日子不写', () => {
  const versions = [low(25, 22, 5, 815), low(25, 22, 8, 812), low(26, 2, 4, 840), low(26, 2, 7, 830), low(27, 1, 7, 830), low(28, 1, 3, 845)];
  const days = lowDays(versions.at(-2) as Episode, versions);
  expect(days.map(({ stats }) => [stats['count'], stats['coldest']])).toEqual([[8, 812], [7, 830], [7, 830], [3, 845]]);
  const told = narrate(law, input(days.map(observedOn)), ['POP_MEASURES_NOT_TAKEN']);
  expect(told?.zh.split('\n')[0]).toMatch(/：焚烧炉正常运行期间，炉膛内热电偶测量温度的 5 分钟均值低于 850 ℃的次数，2026年9月25日22时至23时累计 8 次（最低 812 ℃），2026年9月26日2时至3时、2026年9月27日1时至2时每日累计 7 次（最低 830 ℃），各日均超过《生活垃圾焚烧发电厂自动监测数据应用管理规定》规定的一个自然日内累计 5 次。$/u);
  expect(told?.en).toContain('below 850 °C 8 times on 2026-09-25 22:00–23:00 (lowest 812 °C), 7 times on each of 2026-09-26 02:00–03:00, 2026-09-27 01:00–02:00 (lowest 830 °C), each more than the 5 in one natural day');
  const facts = observedFacts(law, input(days.map(observedOn)), ['POP_MEASURES_NOT_TAKEN'], 'r');
  expect(facts.map(({ figures }) => figures)).toMatchObject([8, 7, 7].map((count) => ({ kind: 'MEANS_BELOW', count, allowed: 5 })));
  expect(facts[0]?.told.zh).toContain('2026年9月25日22时至23时累计 8 次（最低 812 ℃），超过');
  const [late] = lowDays(low(25, 23, 6, 840), [low(25, 23, 6, 840)]).map(observedOn);
  expect(narrate(law, input([late as Observation]), ['POP_MEASURES_NOT_TAKEN'])?.zh).toContain('2026年9月25日23时至24时累计 6 次');
});

it('一日的数据后来重新认定有效性的，此前的次数不再写', () => {
  const now = low(26, 2, 7, 830, { validity: [{ at: at('2026-09-27T00:00'), hours: [{ from: at('2026-09-25T22:00'), to: at('2026-09-25T23:00') }] }] as unknown as NonNullable<Episode['validity']> });
  expect(lowDays(now, [low(25, 22, 8, 812), now]).map(({ stats }) => stats['count'])).toEqual([7]);
});
