import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runDetect } from '#analysis';
import { HOUR } from '#kernel';
import { randomStream } from '#sim/random';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCsvProvince } from './csv-province.ts';
import { codeOf, readCsvSeries } from './csv-series.ts';

const dir = mkdtempSync(join(tmpdir(), 'csv-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

describe('a CSV of measured values', () => {
  it('is read by code or by name, in China time, with gaps', () => {
    const [s] = readCsvSeries('时间,SO2,nox,comment\n2026-03-01 00:00,12.5,40,a\n2026-03-01 01:00,,41,b\n2026/3/1 3:00,13,42,\n');
    expect(s).toMatchObject({ outfall: 'CSV-1', medium: 'gas', stepMs: HOUR, start: Date.UTC(2026, 1, 28, 16), length: 4 });
    expect([...(s?.values.get('a21026') ?? [])]).toEqual([12.5, Number.NaN, Number.NaN, 13]);
    expect([...(s?.values.keys() ?? [])]).toEqual(['a21026', 'a21002']);
  });
  it('knows several outfalls, epoch milliseconds and shorter steps', () => {
    const t = Date.UTC(2026, 2, 1);
    const rows = [0, 1, 2].flatMap((k) => ['A', 'B'].map((o) => `${t + k * 600_000},${o},${k}`));
    const list = readCsvSeries(['ts,outfall,cod', ...rows].join('\n'));
    expect(list.map((s) => [s.outfall, s.medium, s.stepMs, s.length])).toEqual([['A', 'water', 600_000, 6], ['B', 'water', 600_000, 6]]);
  });
  it('says what it cannot read', () => {
    expect(() => readCsvSeries('time,foo\n2026-01-01,1\n')).toThrow(RangeError);
    expect(() => readCsvSeries('time,so2\nyesterday,1\n')).toThrow(/2/u);
    expect([codeOf('NH3-N'), codeOf('nh3'), codeOf('A21026'), codeOf('note')]).toEqual(['w21003', 'a21001', 'a21026', undefined]);
  });
  it('goes through the whole pipeline: an exceedance is told, an honest month is not', async () => {
    const random = randomStream('csv', 'test', 'values');
    let x = 0;
    const rows = Array.from({ length: 40 * 24 }, (_, h) => {
      x = 0.8 * x + random.normal(0, 0.6);
      const over = h >= 700 && h < 704;
      return `${Date.UTC(2026, 2, 1, -8) + h * HOUR},${(over ? 60 : 18 + 3 * x).toFixed(1)},${(30 + 4 * random.normal()).toFixed(1)},6.0`;
    });
    const series = readCsvSeries(['time,so2,nox,o2', ...rows].join('\n'));
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
