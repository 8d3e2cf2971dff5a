import { describe, expect, it } from 'vitest';
import { asId, instant, type AccountId, type CaseId } from '#kernel';
import { elsewhere, type TimedRecord } from './timed-records.ts';

const HOUR = 3_600_000;
const at = (hour: number) => instant(Date.parse('2026-10-29T00:00:00+08:00') + hour * HOUR);
const officer = (id: string) => ({ accountId: asId<AccountId>(id), name: id });
const record = (caseNo: string, from: number, to: number, more: Partial<TimedRecord> = {}): TimedRecord => ({
  caseId: asId<CaseId>(caseNo), caseNo, unitId: 'U1', kind: 'RECORD_SITE_INSPECTION', from: at(from), to: at(to), officers: [officer('A'), officer('B')], place: '1号排放口', ...more,
});
const inquiry = (caseNo: string, from: number, to: number, asked: string) => { const { place: _, ...asking } = record(caseNo, from, to, { kind: 'RECORD_INQUIRY', asked }); return asking; };
const against = (mine: TimedRecord, ...others: TimedRecord[]) => elsewhere(mine, others).map(({ other, names }) => `${other.caseNo} ${names}`);

describe('同一执法人员同一时间只在一处、只向一人取证（行政处罚法 第四十二条、第五十五条）', () => {
  it('时间重叠而地点不同、被询问人不同，或者一处在远程询问的，是两处；首尾相接的不是', () => {
    expect(against(record('2', 9, 11), record('1', 10, 12, { place: '2号排放口' }))).toEqual(['1 A、B']);
    expect(against(record('2', 9, 11), record('1', 10, 12, { unitId: 'U2' }))).toEqual(['1 A、B']);
    expect(against(record('1', 9, 11), inquiry('1', 10.5, 11.5, '甲'))).toEqual(['1 A、B']);
    expect(against(inquiry('1', 9, 10, '乙'), inquiry('1', 9.5, 10.5, '甲'))).toEqual(['1 A、B']);
    expect(against(record('2', 9, 11), record('1', 11, 12, { unitId: 'U2' }), record('3', 8, 9, { unitId: 'U2' }))).toEqual([]);
  });

  it('同一次到场的检查、采样和查封不相冲突，两案同一处的也不；别的执法人员不受影响，只有一人相同的写明是谁', () => {
    expect(against(record('1', 9, 11), record('1', 10, 12, { kind: 'RECORD_SAMPLING', place: '烟囱平台' }))).toEqual([]);
    expect(against(record('2', 9, 11), record('1', 10, 12))).toEqual([]);
    expect(against(record('2', 9, 11), record('1', 9, 11, { unitId: 'U2', officers: [officer('C'), officer('D')] }))).toEqual([]);
    expect(against(record('2', 9, 11), record('1', 9, 11, { unitId: 'U2', officers: [officer('C'), officer('B')] }))).toEqual(['1 B']);
    const forA = { accountId: asId<AccountId>('Z'), name: 'Z（代A）', behalf: officer('A') };
    expect(against(record('2', 9, 11), record('1', 9, 11, { unitId: 'U2', officers: [forA, officer('C')] }))).toEqual(['1 Z（代A）']);
  });
});
