import { describe, expect, it } from 'vitest';
import { asId, DAY, HOUR, instant, type MeterId } from '#kernel';
import { powerSheet, powerSpan } from './power-sheet.ts';

const FROM = Date.parse('2026-09-14T02:00:00+08:00');
const meter = (id: string, role: 'production' | 'treatment') => ({ meter: asId<MeterId>(id), role });
const about = { unit: '演示电厂', outfall: '1号烟囱' };

describe('用电事实的逐小时记录', () => {
  it('每台设备逐小时平均；没有读数的小时空着，没有读数的设备不列；没有读数就没有记录', () => {
    const readings = [{ meter: 'M1', start: FROM, kw: 10 }, { meter: 'M1', start: FROM + HOUR / 2, kw: 20 }, { meter: 'M1', start: FROM + HOUR, kw: 7 }, { meter: 'M2', start: FROM, kw: 900 }];
    const meters = [meter('M2', 'production'), meter('M1', 'treatment'), meter('M3', 'treatment')];
    const sheet = powerSheet(readings, meters, about);
    expect(sheet?.name).toBe('用电功率记录（2026-09-14起）.csv');
    const lines = Buffer.from(sheet?.bytes ?? []).toString('utf8').split('\r\n');
    expect(lines[1]).toBe('"小时","生产设施（用电监控设备 M2）平均功率（千瓦）","治理设施（用电监控设备 M1）平均功率（千瓦）"');
    expect(lines.slice(2, 4)).toEqual(['"2026-09-14 02:00","900.0","15.0"', '"2026-09-14 03:00","","7.0"']);
    expect(powerSheet([], meters, about)).toBeUndefined();
    expect(powerSheet([{ meter: 'OTHER', start: FROM, kw: 1 }], meters, about)).toBeUndefined();
  });

  it('时段是各项事实的整小时，另加此前一日作对照', () => {
    expect(powerSpan([{ from: instant(FROM + 5), to: instant(FROM + 2 * HOUR + 5) }, { from: instant(FROM + HOUR), to: instant(FROM + 3 * HOUR + 1) }])).toEqual({ from: FROM - DAY, to: FROM + 4 * HOUR });
  });
});
