import { describe, expect, it } from 'vitest';
import { encodeFrame } from '#ingest/hj212';
import { EXPECTED_FILE, judgeHours, LIMITS_FILE, recomputeHours, type HourLimit } from './recompute-hours.ts';

const frame = (hour: string, converted: string) =>
  ({ device: 'M1', raw: Buffer.from(encodeFrame(`QN=20260310100000000;ST=31;CN=2061;PW=123456;MN=M1;Flag=9;CP=&&DataTime=20260310${hour}0000;a34013-Avg=9.1,a34013-ZsAvg=${converted},a34013-Flag=N&&`)) });
const LIMITS: readonly HourLimit[] = [{ device: 'M1', factor: 'a34013', field: 'ZsAvg', limit: '10', unit: 'mg/m3' }];
const FRAMES = [frame('09', '19.8'), frame('10', '10.4'), frame('11', '10.5'), frame('12', '9999.99'), frame('13', '-')];

function check(hours: unknown, limits = LIMITS) {
  const files = new Map([[LIMITS_FILE, Buffer.from(JSON.stringify(limits))], [EXPECTED_FILE, Buffer.from(JSON.stringify({ hours }))]]);
  const frames = FRAMES.map((f, leaf) => ({ ...f, leaf, receivedAt: '' }));
  return recomputeHours({ name: 'p', files, frames, leaves: new Map() });
}

describe('由报文重算小时均值 hours computed again from frames (pkg:P07)', () => {
  it('rounds half to even at the decimals of the limit; the sentinel and what is no number have no value', () => {
    expect(judgeHours(FRAMES, LIMITS).map((h) => [h.hour.slice(11, 13), h.value, h.over])).toEqual([['09', '19.8', true], ['10', '10.4', false], ['11', '10.5', false]]);
    expect(judgeHours(FRAMES, [])).toEqual([]);
  });

  it('holds for its own result, and names each hour a changed limit, value or omission touches', async () => {
    const hours = judgeHours(FRAMES, LIMITS);
    expect((await check(hours)).problems).toEqual([]);
    expect((await check(hours, [{ ...LIMITS[0] as HourLimit, limit: '20' }])).problems).toHaveLength(3);
    expect((await check(hours.map((h, i) => (i === 0 ? { ...h, value: '9.8', over: false } : h)))).problems.map((p) => p.where)).toEqual([`${EXPECTED_FILE} M1 a34013 2026-03-10T09:00:00.000+08:00`]);
    expect((await check(hours.slice(1))).problems).toHaveLength(1);
  });
});
