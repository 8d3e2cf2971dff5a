import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDetect } from '#analysis';
import { HOUR } from '#kernel';
import { randomStream } from '#sim/random';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCsvProvince } from './csv-province.ts';
import { codeOf, csvText, readCsvSeries } from './csv-series.ts';

const dir = mkdtempSync(join(tmpdir(), 'csv-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('a CSV of measured values', () => {
  it('is read by code or by name, in China time, with gaps', () => {
    const { series: [s] } = readCsvSeries('时间,SO2,nox,comment\n2026-03-01 00:00,12.5,40,a\n2026-03-01 01:00,,41,b\n2026/3/1 3:00,13,42,\n');
    expect(s).toMatchObject({ outfall: 'CSV-1', medium: 'gas', stepMs: HOUR, start: Date.UTC(2026, 1, 28, 16), length: 4 });
    expect([...(s?.values.get('a21026') ?? [])]).toEqual([12.5, Number.NaN, Number.NaN, 13]);
    expect([...(s?.values.keys() ?? [])]).toEqual(['a21026', 'a21002']);
  });
  it('knows several outfalls, epoch milliseconds and shorter steps', () => {
    const t = Date.UTC(2026, 2, 1);
    const rows = [0, 1, 2].flatMap((k) => ['A', 'B'].map((o) => `${t + k * 600_000},${o},${k}`));
    const { series: list } = readCsvSeries(['ts,outfall,cod', ...rows].join('\n'));
    expect(list.map((s) => [s.outfall, s.medium, s.stepMs, s.length])).toEqual([['A', 'water', 600_000, 6], ['B', 'water', 600_000, 6]]);
  });
  it('says what it cannot read, with line and column', () => {
    const wrong = (...lines: string[]) => {
      try {
        readCsvSeries(lines.join('\n'));
        return '';
      } catch (error) {
        return error instanceof RangeError ? error.message : String(error);
      }
    };
    expect(wrong('time,foo', '2026-01-01,1')).toContain('no column names a channel: time, foo');
    expect(wrong('time,so2', '2026-01-01,1', 'yesterday,1')).toContain('第 3 行“time”不是时间');
    expect(wrong('time,so2', '1026-01-01,1')).toContain('不是时间');
    expect(wrong('时间;二氧化硫;o2', '2026-01-01 00:00;18,05;6')).toContain('第 2 行“二氧化硫”不是数值：18,05（小数点须为“.”');
    expect(wrong('time,so2', '2026-01-01 00:00,18,05')).toContain('第 2 行有 3 格，表头有 2 格');
    expect(wrong('time,cod', '2026-01-01 00:00,20', '2026-01-01 01:00,<4')).toContain('第 3 行“cod”不是数值：<4');
    expect(wrong('time,so2,二氧化硫', '2026-01-01 00:00,1,2')).toContain('同一因子 a21026');
    expect(wrong('time,so2', '2026-01-01 00:00,1', '2026-01-01 00:00,2')).toContain('第 2 行与第 3 行时间相同，“so2”不同：1、2');
    expect(wrong('time,so2')).toContain('没有数据行');
    expect(wrong('time,so2', '2026-01-01 00:00,')).toContain('没有任何数值');
    expect(wrong('time,so2', '2026-01-01 00:00,"1')).toContain('第 2 行不合 CSV 格式');
    expect([codeOf('NH3-N'), codeOf('nh3'), codeOf('A21026'), codeOf('note')]).toEqual(['w21003', 'a21001', 'a21026', undefined]);
  });
  it('takes the columns of this country, units and all, and says which it did not use', () => {
    const { series: [s], notes } = readCsvSeries('监测时间;二氧化硫实测浓度(mg/m³);二氧化硫折算浓度（mg/m³）;含氧量(%);备注\n2026年3月1日0时;12;13;6.1;x\n2026年3月1日1时;—;-;6.2;\n');
    expect([...(s?.values ?? [])].map(([code, values]) => [code, ...values])).toEqual([['a21026', 12, Number.NaN], ['a19001', 6.1, 6.2]]);
    expect(notes.map(({ zh }) => zh)).toEqual(['未用的列：二氧化硫折算浓度（mg/m³）、备注（不是已知的因子，或者整列没有数值）']);
    const { series: [water] } = readCsvSeries('time,cod,flow\n2026-03-01 00:00,12,80\n');
    expect([...(water?.values.keys() ?? [])]).toEqual(['w01018', 'w00000']);
  });
  it('reads times as they are written, and GBK', () => {
    const at = Date.UTC(2026, 2, 1);
    const texts = ['2026-03-01 08:00:00', '2026/3/1 8:00', '2026.3.1 8:00:00.0', '2026-03-01T00:00:00Z', '2026年3月1日 8点', '202603010800', '2026030108', '20260301080000', String(at), String(at / 1000), '2026-02-28 24:00'];
    expect(texts.map((text) => readCsvSeries(`time,so2\n${text},1\n`).series[0]?.start)).toEqual([...texts.slice(1).map(() => at), at - 8 * HOUR]);
    expect(csvText(Uint8Array.from([0xca, 0xb1, 0xbc, 0xe4, 0x2c, 0x73, 0x6f, 0x32]))).toBe('时间,so2');
    expect(() => csvText(Uint8Array.from([0xff, 0xff, 0x80]))).toThrow(/GBK/u);
  });
  it('averages rows of one interval, and takes rows closer than a minute as minutes', () => {
    const t = Date.UTC(2026, 2, 1);
    const { series: [s] } = readCsvSeries(['ts,so2', ...[0, 1, 2, 3, 4, 5].map((k) => `${t + k * 20_000},${k}`)].join('\n'));
    expect([s?.stepMs, s?.values.get('a21026')?.[0], s?.values.get('a21026')?.[1]]).toEqual([60_000, 1, 4]);
    const { series: [twice] } = readCsvSeries('time,so2\n2026-01-01 00:00,1\n2026-01-01 00:00,1\n2026-01-01 01:00,2\n');
    expect([...(twice?.values.get('a21026') ?? [])]).toEqual([1, 2]);
  });
  it('goes through the whole pipeline: an exceedance is told, an honest month is not', async () => {
    const random = randomStream('csv', 'test', 'values');
    let x = 0;
    const rows = Array.from({ length: 40 * 24 }, (_, h) => {
      x = 0.8 * x + random.normal(0, 0.6);
      const over = h >= 700 && h < 704;
      return `${Date.UTC(2026, 2, 1, -8) + h * HOUR},${(over ? 60 : 18 + 3 * x).toFixed(1)},${(30 + 4 * random.normal()).toFixed(1)},6.0`;
    });
    const { series } = readCsvSeries(['time,so2,nox,o2', ...rows].join('\n'));
    const limits = [{ factor: 'a21026', limit: '35', period: 'hour' as const }, { factor: 'a21002', limit: '50', period: 'hour' as const }];
    const { capture } = writeCsvProvince(dir, series, { industry: 'coal_power', o2Ref: 6, limits });
    expect(readFileSync(capture, 'latin1')).toContain('a21026-ZsAvg=');
    const { alarms, registerProblems, exceptions } = await runDetect({ registryDir: dir, capture });
    expect([registerProblems, exceptions]).toEqual([[], []]);
    const told = alarms.map((line) => JSON.parse(line) as { model: string; tier: number; start: number; end: number });
    expect(told.filter((a) => a.model === 'B01')).toMatchObject([{ tier: 1, start: Date.UTC(2026, 2, 1, -8) + 700 * HOUR, end: Date.UTC(2026, 2, 1, -8) + 704 * HOUR }]);
    expect(told.filter((a) => a.start < Date.UTC(2026, 2, 1, -8) + 690 * HOUR)).toEqual([]);
  });
});
