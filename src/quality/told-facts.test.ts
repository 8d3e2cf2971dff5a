import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '#kernel';
import { ToldFacts, type ParameterFact, type StationFact, type WasteFact } from './told-facts.ts';

const T0 = Date.parse('2026-03-02T00:00:00+08:00');
const read = (hours: number, value: string, filed = false): ParameterFact => ({ kind: 'parameter', at: T0 + hours * HOUR, name: 'slope', factor: 'a21026', value, filed });
const told = (...facts: Parameters<ToldFacts['take']>[0][]): ToldFacts => {
  const all = new ToldFacts();
  for (const fact of facts) all.take(fact);
  return all;
};

describe('说过的事实再说一遍 records told again', () => {
  it('更正的危废月台账取代原记录，其他月份不动', () => {
    const month = (m: string, generated: number): WasteFact => ({ kind: 'waste', month: m, start: T0, end: T0 + 31 * DAY, waste: 'HW18', generated, shipped: 0, disposed: 0, stock: 0, production: Number.NaN });
    expect(told(month('2026-01', 1), month('2026-02', 2), month('2026-01', 3)).waste.map(({ month: m, generated }) => [m, generated])).toEqual([['2026-01', 3], ['2026-02', 2]]);
  });

  it('站点小时值按时间排列，同站同因子同一小时只有一个', () => {
    const hour = (station: string, at: number, value: number): StationFact => ({ kind: 'station', station, medium: 'air', at: T0 + at * HOUR, factor: 'a05024', value, lat: 0, lon: 0, travelHours: Number.NaN });
    const { stations } = told(hour('S1', 0, 1), hour('S2', 0, 2), hour('S1', 2, 3), hour('S1', 1, 4), hour('S1', 0, 5));
    expect(stations.map(({ station, at, value }) => [station, (at - T0) / HOUR, value])).toEqual([['S1', 0, 5], ['S2', 0, 2], ['S1', 1, 4], ['S1', 2, 3]]);
  });

  it('设备参数快照：值变了、其间有备案、满一天才留，四百天不随次数增长', () => {
    const { parameters } = told(read(0, '1.02', true), read(1, '1.02'), read(2, '1.02'), read(3, '1.05'), read(4, '1.05'), read(5, '1.05', true), read(6, '1.05'), read(7, '1.05'), read(8, '1.02'), read(9, '1.05'));
    expect(parameters.map(({ at, value, filed }) => [(at - T0) / HOUR, value, filed])).toEqual([
      [0, '1.02', true], [1, '1.02', false], [3, '1.05', false], [5, '1.05', true], [6, '1.05', false], [8, '1.02', false], [9, '1.05', false],
    ]);
    expect(told(...Array.from({ length: 10 * 24 }, (_, i) => read(i, '1.02'))).parameters).toHaveLength(10);
  });
});
