import { describe, expect, it } from 'vitest';
import type { HeldRecords } from '../ports.ts';
import { compareSources, suggestOutcome } from './compare-sources.ts';
import type { RecheckOutcome } from './decide-recheck.ts';
import type { Cause } from './decide-sheet.ts';

const running = { hours: 5, off: 0, swing: 0.05 };
const none: HeldRecords = { marks: [], works: [], production: undefined, treatment: undefined };
const timely = { zh: '自动监测设备维护、校准', en: 'maintenance', class: 'MONITORING', hours: 5, hoursInTime: 5 } as const;
const work = { zh: '校准', en: 'calibration' };
const OPEN: readonly RecheckOutcome[] = ['explain', 'send-back', 'establish'];
const anomaly = { rule: 'C01@1.0.0', tier: 'WARN', round: 1 } as const;
const exceedance = { rule: 'B01@1.0.0', tier: 'WARN', round: 1 } as const;

const results = (held: Partial<HeldRecords>, cause?: Cause, rule = 'C01@1.0.0') => Object.values(compareSources({ ...none, ...held }, cause, rule)).map(({ result }) => result);
const follows = (sheet: Parameters<typeof suggestOutcome>[0], held: Partial<HeldRecords>, cause?: Cause, open = OPEN) => suggestOutcome(sheet, cause, compareSources({ ...none, ...held }, cause, sheet.rule), open);

describe('逐项比对', () => {
  it('平台没有记录的，各项都是无相关记录，不能写成与反馈一致', () => {
    expect(results({}, 'device-fault')).toEqual(['NOTHING', 'NOTHING', 'NOTHING']);
    expect(results({}, 'exceedance')).toEqual(['NOTHING', 'NOTHING', 'NOTHING']);
  });

  it('[NMG-2.1b] 逾期标记视为数据有效：只写明，不印证反馈；按期标记须与所称原因同类', () => {
    const late = { ...timely, hoursInTime: 0 };
    expect(compareSources({ ...none, marks: [late] }, 'maintenance', 'C01@1.0.0').marks).toMatchObject({ result: 'NOTHING', zh: '逾期标记 1 个，视为数据有效' });
    expect(results({ marks: [timely] }, 'maintenance')[0]).toBe('AGREES');
    expect(results({ marks: [timely] }, 'start-stop')[0]).toBe('CONTRADICTS');
    expect(compareSources({ ...none, marks: [timely, late] }, 'maintenance', 'C01@1.0.0').marks.zh).toBe('按期标记 自动监测设备维护、校准 5 小时；逾期标记 1 个，视为数据有效');
  });

  it('同类记录合并计数；标记停运而用电显示运行的，标记与用电不符，不能印证任何反馈', () => {
    const stop = (hours: number, ran: number) => ({ zh: '停运', en: 'stop', class: 'STOP', hours, hoursInTime: hours, ran }) as const;
    const { marks } = compareSources({ ...none, marks: [stop(29, 29), stop(4, 4)] }, 'exceedance', 'B08@1.0.0');
    expect(marks).toMatchObject({ result: 'CONTRADICTS', zh: '按期标记 停运 2 个共 33 小时；其中停运标记 2 个共 33 小时，同时段用电显示生产设施运行 33 小时，标记与用电不符' });
    expect(results({ marks: [stop(29, 29)] }, 'start-stop')[0]).toBe('CONTRADICTS');
    expect(results({ marks: [stop(29, 1)] }, 'start-stop')[0]).toBe('AGREES');
    expect(results({ marks: [stop(29, 29)] })[0]).toBe('SILENT');
    expect(follows(exceedance, { marks: [stop(29, 29)] }, 'exceedance')).toMatchObject({ outcome: 'establish', falseAnswer: false });
    expect(compareSources({ ...none, works: [work, work, work, work] }, 'maintenance', 'C01@1.0.0').maintenance.zh).toBe('台账有校准 4 次的记录');
  });

  it('台账印证设备原因，用电印证或否定生产原因', () => {
    expect(results({ works: [work], production: running }, 'device-fault')).toEqual(['NOTHING', 'AGREES', 'SILENT']);
    expect(results({ production: running }, 'process')[2]).toBe('CONTRADICTS');
    expect(results({ production: { ...running, swing: 0.4 } }, 'process')[2]).toBe('AGREES');
    // Found against the load (D): that the load moved was known by then.
    expect(results({ production: { ...running, swing: 0.4 } }, 'process', 'D03@1.0.0')[2]).toBe('SILENT');
    expect(results({ production: running }, 'start-stop')[2]).toBe('CONTRADICTS');
    expect(results({ production: running, treatment: { ...running, off: 2 } }, 'exceedance')[2]).toBe('SILENT');
    expect(results({ production: { ...running, off: 5 } }, 'exceedance')[2]).toBe('CONTRADICTS');
    const stopped = compareSources({ ...none, production: running, treatment: { ...running, off: 2 } }, 'treatment-fault', 'C01@1.0.0').condition;
    expect(stopped).toMatchObject({ result: 'AGREES', zh: '用电显示生产设施全程运行、治理设施停运 2 小时，负荷变化 5 %' });
  });
});

describe('结论随比对而定', () => {
  it('[NMG-2.2c] 承认的、未反馈的，属实即移交；与记录矛盾的移交，没有一项印证的计为不实', () => {
    expect(follows(exceedance, { production: running }, 'exceedance')).toMatchObject({ outcome: 'establish', falseAnswer: false });
    expect(follows(anomaly, {}, undefined)).toMatchObject({ outcome: 'establish', falseAnswer: false });
    expect(follows(anomaly, { production: running }, 'process')).toMatchObject({ outcome: 'establish', falseAnswer: true });
    expect(follows(anomaly, { production: running, marks: [{ ...timely, class: 'CONDITION' }] }, 'process')).toMatchObject({ outcome: 'establish', falseAnswer: false });
  });

  it('超标只有按期标记能够排除，设备故障的说法加台账也不能', () => {
    expect(follows(exceedance, { works: [work] }, 'device-fault')).toMatchObject({ outcome: 'establish', zh: '没有按期标记，数据有效，超标属实' });
    expect(follows(exceedance, { works: [work], marks: [timely] }, 'device-fault')).toMatchObject({ outcome: 'explain' });
  });

  it('异常有记录印证的排除；没有印证的退回一次，再无印证即认定；提醒级别的留存备查', () => {
    expect(follows(anomaly, { works: [work] }, 'device-fault')).toMatchObject({ outcome: 'explain', zh: '运维、校准记录印证反馈，予以排除' });
    expect(follows(anomaly, {}, 'other')).toMatchObject({ outcome: 'send-back' });
    expect(follows({ ...anomaly, round: 2 }, {}, 'other')).toMatchObject({ outcome: 'establish' });
    expect(follows(anomaly, {}, 'other', ['explain', 'establish'])).toMatchObject({ outcome: 'establish' });
    expect(follows({ ...anomaly, tier: 'REMIND' }, {}, 'other', ['explain', 'accept', 'send-back', 'establish'])).toMatchObject({ outcome: 'accept' });
  });
});
