import { describe, expect, it } from 'vitest';
import { HOUR, instant } from '#kernel';
import { directoryOf, type JournalRow } from '#ingest';
import { encodeFrame, encodeSegment } from '#ingest/hj212';
import { sentAgain } from './sent-again.ts';

const FROM = instant(Date.parse('2026-09-14T02:00:00+08:00'));
const mn = 'MN0000000000000000000001';
const row = (hour: number, fields: Readonly<Record<string, string>>, more: Partial<JournalRow> = {}): JournalRow => ({
  state: 'ACCEPTED', cn: '2061', mn, edition: null, marks: [], dataAt: FROM + hour * HOUR, receivedAt: FROM + (hour + 1) * HOUR,
  raw: encodeFrame(encodeSegment({ qn: '20260914030000001', st: '31', cn: '2061', pw: '123456', mn, flag: 5, cp: [[['DataTime', `202609140${2 + hour}0000`]], Object.entries(fields)] })),
  ...more,
} as JournalRow);
const of = (...rows: JournalRow[]) => sentAgain(rows, directoryOf([]));

describe('以不同数值重新上传的小时', () => {
  it('按小时和报文分别计数；第一次上传不计', () => {
    expect(of(row(0, { 'a21002-Avg': '61.2' }), row(0, { 'a21002-Avg': '41.0' }), row(0, { 'a21002-Avg': '40.9' }), row(1, { 'a21002-Avg': '50' }))).toEqual({ hours: 1, frames: 2 });
  });

  it('数值相同、写法不同的，只改标记的，补充其他因子的，分包的各部分，都不是改值', () => {
    expect(of(row(0, { 'a21002-Avg': '61.20', 'a21002-Flag': 'N' }), row(0, { 'a21002-Avg': '61.2', 'a21002-Flag': 'D' }), row(0, { 'a34013-Avg': '3' }, { state: 'PART' }))).toEqual({ hours: 0, frames: 0 });
  });

  it('同键的重复报文另行计数，实时和日数据不计', () => {
    const first = row(0, { 'a21002-Avg': '61.2' });
    expect(of(first, row(0, { 'a21002-Avg': '41' }, { state: 'CONFLICT' }))).toEqual({ hours: 0, frames: 0 });
    expect(of(row(0, { 'a21002-Avg': '61' }, { cn: '2031' }), row(0, { 'a21002-Avg': '41' }, { cn: '2031' }))).toEqual({ hours: 0, frames: 0 });
  });
});
