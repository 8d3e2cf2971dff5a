import { afterAll, beforeAll, expect, it } from 'vitest';
import { asId, HOUR, type OutfallId, type UnitId } from '#kernel';
import { testSeries } from '#platform/series/testing';
import { buildRegistry, EMPTY_REGISTER } from '#register';
import { peerCurves } from './peer-curves.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const unit = (i: number, industry: string) => ({ unit: asId<UnitId>(`E${i}`), name: `${i}厂`, industry, industryZh: '', county: '', lat: undefined, lon: undefined, operator: '', keyPolluter: false, attributes: {} });
const outfall = (i: number) => ({
  outfall: asId<OutfallId>(`O${i}`), unit: asId<UnitId>(`E${i}`), type: 'gas' as const, mn: undefined, doorMn: undefined, powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined,
  designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: {},
});
// O4 is of another trade, O5 says nothing.
const registry = buildRegistry({ ...EMPTY_REGISTER, units: [0, 1, 2, 3, 5].map((i) => unit(i, 'boiler')).concat(unit(4, 'cement')), outfalls: [0, 1, 2, 3, 4, 5].map(outfall) });

let values: Awaited<ReturnType<typeof testSeries>>;
beforeAll(async () => {
  values = await testSeries();
  const row = (i: number, start: number) => ({
    outfall: `O${i}`, start, known_at: start + HOUR, factor: ['a21002', 'a21026'], avg: [10 * i, 1], min: [null, null], max: [null, null], cou: [null, null], zs: [12 * i, 1], sampled: [null, null], flag: [1, 1],
    verdict: [1, 1], reason: ['OK', 'OK'], cause: 'FRAME', ref: '',
  });
  await values.series.insert('hour_value', [0, 1, 2, 3, 4].flatMap((i) => Array.from({ length: 6 }, (_, h) => row(i, START + h * HOUR))));
});
afterAll(() => values.drop());

it('同类排放口的曲线：同行业、读者可见、有数据的才画，折算值优先，只画所问的因子', async () => {
  const range = { outfall: 'O0', from: START, to: START + 6 * HOUR };
  const lane = await peerCurves({ series: values.series, registry }, range, 'a21002', 100, (id) => id !== 'O2');
  expect(lane).toMatchObject({ id: 'peers-a21002', title: '同类 氮氧化物', titleEn: 'Peers NOx', unit: 'mg/m³' });
  expect(lane.curves?.map(({ name }) => name)).toEqual(['1厂 O1', '3厂 O3']);
  expect(lane.curves?.map(({ points }) => [...new Set(points.map(([, value]) => value))])).toEqual([[12], [36]]);
  expect((await peerCurves({ series: values.series, registry }, { ...range, asOf: START }, 'a21002', 100, () => true)).curves).toEqual([]);
});
