import { describe, expect, it } from 'vitest';
import { Decimal } from '#kernel';
import { convertToReference, excessAir, flueFlow, hourlyMassKg, ppmToMgM3 } from './conversion.ts';
import { normaliseFlag, type Flag } from './flags.ts';
import { markEffect } from './marks/mark-effect.ts';
import { markClassOf, markCoversHour, markDeadlineMs } from './marks/marks.ts';
import { arithmeticMean, compareWithLimit, flowWeightedMean, transmissionRate, waterLoadKg } from './means.ts';
import { longestRun, rollUpFlag, type HourJudgement } from './rollup.ts';
import { hourVerdict } from './verdict.ts';

const round = (value: Decimal | undefined, decimals: number) => value?.toDecimalPlaces(decimals).toString();

describe('折算 conversion to reference oxygen', () => {
  it.each([
    ['35', '9.2', 6, '44.4915', undefined],
    ['42', '13.5', 11, '56', undefined],
    ['60', '20.5', 9, '1440', 'O2_ABOVE_GUARD'],
    ['60', '19.0', 9, '360', undefined],
  ])('%s mg/m³ at %s %% O₂ → %s %%', (c, o2, ref, expected, unreliable) => {
    const result = convertToReference(c, o2, ref);
    expect(round(result.value, 4)).toBe(expected);
    expect(result.unreliable).toBe(unreliable);
  });

  it('氧含量达到 21 % 或为负时不折算 has no value at 21 % oxygen or below zero', () => {
    for (const o2 of ['21', '21.3', '-0.1']) {
      expect(convertToReference('60', o2, 9)).toEqual({ value: undefined, unreliable: 'O2_IMPOSSIBLE' });
    }
  });

  it('gives the excess-air factor, dry standard flow, hourly mass and ppm', () => {
    expect(round(excessAir('9.2'), 5)).toBe('1.77966');
    const flow = flueFlow({ areaM2: 12.56, velocity: 14.2, temperature: 128, atmosphere: 101_325, pressure: -350, moisture: 0.092 });
    expect(round(flow.actual, 1)).toBe('642067.2');
    expect(round(flow.dryStandard, 2)).toBe('395532.21');
    expect(round(hourlyMassKg('38.4', flow.dryStandard), 4)).toBe('15.1884');
    expect(round(ppmToMgM3(20, 64), 3)).toBe('57.143');
    expect(round(ppmToMgM3(50, 46), 3)).toBe('102.679');
  });
});

describe('均值 means', () => {
  it('[NMG-2.1c] 水按流量加权日均值：未超限的不因简单平均而超限', () => {
    const values = [[42, 120], [55, 80], [61, 20], [48, 180]].map(([value, volume]) => ({ value: value as number, volume: volume as number }));
    const mean = flowWeightedMean(values) as Decimal;
    expect(mean.toString()).toBe('48.25');
    expect(arithmeticMean(values.map((one) => one.value))?.toString()).toBe('51.5');
    expect(waterLoadKg(values).toString()).toBe('19.3');
    expect(compareWithLimit(mean, '50').over).toBe(false);
    expect(arithmeticMean([40, 40, 44, 80])?.toString()).toBe('51');
    expect(round(flowWeightedMean([40, 40, 44, 80].map((value, i) => ({ value, volume: i === 3 ? 10 : 100 }))), 2)).toBe('42.58');
  });

  it('[NMG-2.1c] 全天未排水时没有日均值，也不是零', () => {
    expect(flowWeightedMean([{ value: 60, volume: 0 }, { value: 20, volume: '0.0' }])).toBeUndefined();
  });

  it('compares at the limit’s own precision, half-even, and equal is compliant', () => {
    expect(compareWithLimit('50.5', '50').over).toBe(false);
    expect(compareWithLimit('51.5', '51').over).toBe(true);
    expect(compareWithLimit('50.05', '50.0').over).toBe(false);
    expect(compareWithLimit('0.35', '0.3').over).toBe(true);
    expect(compareWithLimit('75', '50').multiple?.toString()).toBe('0.5');
  });

  it('counts 45 minutes', () => {
    const hour = (normalSteps: number) => hourVerdict({ medium: 'gas', value: 40, flag: 'NORMAL', span: undefined, normalSteps, stepMs: 60_000, stepsSent: true, marked: false });
    expect([hour(44), hour(45)]).toEqual([{ verdict: 'INVALID', reason: 'INCOMPLETE' }, { verdict: 'VALID', reason: 'OK' }]);
  });

  it('computes the effective transmission rate', () => {
    const rate = transmissionRate(720, 700, 680);
    expect([rate?.transmission, rate?.valid, rate?.effective].map((share) => share?.times(100).toFixed(2))).toEqual(['97.22', '97.14', '94.44']);
  });
});

describe('标记 flags and marks', () => {
  it('[NMG-2.1a] 同一字母在不同版本含义不同：F、B、P', () => {
    expect(normaliseFlag('F', { edition: '2005' })).toBe('SOURCE_STOPPED');
    expect(normaliseFlag('F', { edition: '2017' })).toBe('DEVICE_STOPPED');
    expect(normaliseFlag('F', { edition: '2017', f: 'source' })).toBe('SOURCE_STOPPED');
    expect(normaliseFlag('B', { edition: '2017' })).toBe('COMM_ABNORMAL');
    expect(normaliseFlag('B', { edition: '2017', b: 'banked' })).toBe('BANKED');
    expect(normaliseFlag('B', { edition: '2005' })).toBe('UNKNOWN');
    expect(normaliseFlag('P', { edition: '2005' })).toBe('POWER_FAULT');
    expect(normaliseFlag('Q', { edition: '2017' })).toBe('UNKNOWN');
    expect(normaliseFlag('', { edition: '2017' })).toBe('NONE');
  });

  it('rolls children up: gas by three quarters, water by any', () => {
    const minutes = (normal: number): Flag[] => Array.from({ length: 60 }, (_, i) => (i < normal ? 'NORMAL' : 'FAULT'));
    expect(rollUpFlag('gas', minutes(45))).toBe('NORMAL');
    expect(rollUpFlag('gas', minutes(44))).toBe('FAULT');
    expect(rollUpFlag('water', [...Array<Flag>(23).fill('NORMAL'), 'MAINTENANCE'])).toBe('MAINTENANCE');
  });

  it('[NMG-2.1b] 标记截至次日12时，12:01 的标记留存但不生效', () => {
    const hour = Date.parse('2026-03-12T02:00:00+08:00');
    expect(markDeadlineMs(hour)).toBe(Date.parse('2026-03-13T12:00:00+08:00'));
    const mark = { start: hour, end: hour + 3_600_000 };
    expect(markCoversHour({ ...mark, submittedAt: Date.parse('2026-03-13T12:00:00+08:00') }, hour)).toBe(true);
    expect(markCoversHour({ ...mark, submittedAt: Date.parse('2026-03-13T12:01:00+08:00') }, hour)).toBe(false);
    expect(markDeadlineMs(Date.parse('2026-03-12T16:00:00Z'))).toBe(Date.parse('2026-03-14T12:00:00+08:00'));
    const late = { ...mark, kind: 'START_UP', submittedAt: Date.parse('2026-03-13T12:01:00+08:00') };
    expect(markEffect(late, () => ({ markDeadlineHour: 12, lateMark: 'IGNORED' }))).toMatchObject({ hoursInTime: 0, zh: expect.stringContaining('次日12时前') });
    // Another region may give longer.
    expect(markEffect(late, () => ({ markDeadlineHour: 18, lateMark: 'IGNORED' }))).toMatchObject({ hoursInTime: 1, deadline: Date.parse('2026-03-13T18:00:00+08:00') });
  });

  it.each([
    ['OUT_OF_SERVICE', 'STOP'], ['停运', 'STOP'], ['stop', 'STOP'], ['START_UP', 'CONDITION'], ['停炉', 'CONDITION'],
    ['shutdown', 'CONDITION'], ['CEMS_MAINTENANCE', 'MONITORING'], ['通讯中断', 'MONITORING'], ['fault', 'CONDITION'],
    ['设备故障', 'MONITORING'], ['其他', 'OTHER'],
  ])('reads the mark kind %s as %s', (kind, expected) => expect(markClassOf(kind)).toBe(expected));

  it('[NMG-2.2a] 连续三小时：间隔小时按政策处理', () => {
    const hours: HourJudgement[] = ['OVER', 'OVER', 'INVALID', 'OVER'];
    expect(longestRun(hours, 'BREAK')).toBe(2);
    expect(longestRun(hours, 'SKIP')).toBe(3);
    expect(longestRun(hours, 'COUNT_AS_OVER')).toBe(4);
    expect(longestRun(['OVER', 'EXEMPT_CANDIDATE', 'OVER', 'OVER'], 'BREAK')).toBe(2);
  });
});
