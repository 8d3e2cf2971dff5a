import { describe, expect, it } from 'vitest';
import { asId, calendarDay, DAY, Decimal, HOUR, type FactorCode, type RegionKey } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { dayReception, quarterOf, captureRate } from './totals/capture-rate.ts';
import { allowedError, guardBand, judgeComparison } from './checks/comparison.ts';
import { basisOf, boundsOf, judgeExceedance, referenceValue, type ExceedanceInput } from './exceedance.ts';
import { exemptionOf, yearHoursUsed, type ConditionMark } from './marks/mark-budget.ts';
import { dayVerdict, monthIsComplete, type HourOfDay } from './period-verdict.ts';
import { capsAt, permitStanding } from './totals/permit-quantity.ts';
import { checkResult, checkResultFor, outOfControlSpans, ruleOfCheck, touched } from './checks/quality-control.ts';
import { longestRun, type HourJudgement } from './rollup.ts';
import { judgingRules } from './rules.ts';
import { fillGaps, massWithin, type MassHour } from './totals/totals.ts';

const rules = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-12'));
const T0 = Date.parse('2026-03-01T00:00:00+08:00');
const NOX = 'a21002' as FactorCode;
const SO2 = 'a21026' as FactorCode;
const percent = (value: Decimal | undefined) => value?.times(100).toFixed(2);

describe('折算 conversion', () => {
  it.each([
    [35, 9.2, '6', '44.4915', 'OK'], [42, 13.5, '11', '56', 'OK'], [60, 20.5, '9', '1440', 'O2_ABOVE_GUARD'], [60, 19, '9', '360', 'OK'],
  ] as const)('%s mg/m³ at %s %% → %s %%: %s, %s', (measured, o2, o2Ref, expected, reason) => {
    const found = referenceValue({ measured, o2, o2Ref });
    expect([found.value?.toDecimalPlaces(4).toString(), found.reason]).toEqual([expected, reason]);
  });

  it('哨兵值 9999.99 不是数值：不进入均值、总量或比较', () => {
    expect(referenceValue({ measured: 40, sent: 9999.99, o2: 6, o2Ref: '6' })).toEqual({ value: undefined, reason: 'SENTINEL' });
    expect(referenceValue({ measured: 9999.98, o2: 6, o2Ref: '6' }).value?.toString()).toBe('9999.98');
    expect(referenceValue({ measured: 40, o2: 4, o2Ref: '6', convertWhenBelowRef: false }).value?.toString()).toBe('40');
    // Where conversion is forbidden below the reference, a converted value that was sent all the same does not count.
    expect(referenceValue({ measured: 40, sent: 35.3, o2: 4, o2Ref: '6', convertWhenBelowRef: false }).value?.toString()).toBe('40');
    expect(referenceValue({ measured: 40, sent: 44.5, o2: 7, o2Ref: '6', convertWhenBelowRef: false }).value?.toString()).toBe('44.5');
    expect(referenceValue({ measured: 40, o2: -0.1, o2Ref: '6' }).reason).toBe('O2_IMPOSSIBLE');
  });
});

describe('有效性 validity of days and months', () => {
  const gas = (valid: number): HourOfDay[] => Array.from({ length: 24 }, (_, i) => ({ verdict: i < valid ? 'VALID' : 'INVALID', value: '40' }));
  const water = (values: readonly (readonly [string, string])[]): HourOfDay[] => values.map(([value, volume]) => ({ verdict: 'VALID', value, volume }));

  it('日有效：19 个有效小时无效，20 个有效', () => {
    expect([19, 20].map((n) => dayVerdict('gas', gas(n), rules).verdict)).toEqual(['INVALID', 'VALID']);
    expect(dayVerdict('gas', gas(20), rules).mean?.toString()).toBe('40');
  });

  it('[NMG-2.1c] 水日均按流量加权：48.25 达标，简单平均 51.5 会超标', () => {
    const day = dayVerdict('water', water([['42', '120'], ['55', '80'], ['61', '20'], ['48', '180']]), rules);
    expect(day.mean?.toString()).toBe('48.25');
    expect(dayVerdict('water', water([['40', '100'], ['40', '100'], ['44', '100'], ['80', '10']]), rules).mean?.toDecimalPlaces(2).toString()).toBe('42.58');
  });

  it('全天未排水没有日均值，也不是零；缺流量不能判定；标样核查小时不计应得', () => {
    expect(dayVerdict('water', water([['60', '0'], ['20', '0']]), rules)).toMatchObject({ reason: 'NO_DISCHARGE', mean: undefined });
    expect(dayVerdict('water', [{ verdict: 'VALID', value: 40 }], rules)).toMatchObject({ verdict: 'CANNOT_TELL', reason: 'NO_FLOW' });
    // One hour of unknown flow is due and does not count, as one without a value.
    const known = (n: number): HourOfDay[] => Array.from({ length: 24 }, (_, i) => ({ verdict: 'VALID', value: 40, volume: i < n ? 10 : undefined }));
    expect([known(18), known(17)].map((day) => dayVerdict('water', day, rules)).map(({ reason, mean }) => `${reason} ${String(mean)}`)).toEqual(['OK 40', 'TOO_FEW_HOURS undefined']);
    const three: HourOfDay[] = [0, 1, 2].map(() => ({ verdict: 'VALID', value: 40, volume: 10 }));
    const two: HourOfDay[] = [...three.slice(1), { verdict: 'INVALID', value: undefined, volume: 10, checkHour: true }];
    expect([two, two.map(({ checkHour: _not, ...hour }) => hour)].map((day) => dayVerdict('water', day, rules).verdict)).toEqual(['VALID', 'INVALID']);
  });

  it('月有效：25 个有效日，2 月 23 个；水按应得日的 75%', () => {
    expect([monthIsComplete('gas', 3, 24, 31), monthIsComplete('gas', 3, 25, 31), monthIsComplete('gas', 2, 23, 28)]).toEqual([false, true, true]);
    expect([monthIsComplete('water', 3, 22, 30), monthIsComplete('water', 3, 23, 30)]).toEqual([false, true]);
  });

  it('水 24 小时缺 1 个核查小时：95.83%，按参数视为完整', () => {
    const day = dayReception(23, 24, true, true);
    expect([percent(day.share), day.complete]).toEqual(['95.83', true]);
    expect(dayReception(23, 24, true, false).complete).toBe(false);
    expect(dayReception(22, 24, true, true).complete).toBe(false);
  });

  it('季度捕集率：扣除停运小时', () => {
    expect(percent(captureRate(2160, 200, 160))).toBe('90.00');
    expect(captureRate(2160, 0, 2160)).toBeUndefined();
    expect(quarterOf(T0)).toEqual({ start: Date.parse('2026-01-01T00:00:00+08:00'), end: Date.parse('2026-04-01T00:00:00+08:00') });
  });
});

describe('连续三小时 three hours in a row', () => {
  const gap: HourJudgement[] = ['OVER', 'OVER', 'INVALID', 'OVER'];
  it('[NMG-2.2a] 超、超、无效、超：BREAK 不触发，SKIP 触发，COUNT_AS_OVER 触发', () => {
    expect((['BREAK', 'SKIP', 'COUNT_AS_OVER'] as const).map((policy) => longestRun(gap, policy) >= 3)).toEqual([false, true, true]);
  });
  it('超、豁免候选、超、超：默认中断，按参数可不中断；仅有无效小时从不触发', () => {
    const exempt: HourJudgement[] = ['OVER', 'EXEMPT_CANDIDATE', 'OVER', 'OVER'];
    expect([longestRun(exempt, 'BREAK', rules.exemptBreaks), longestRun(exempt, 'BREAK', false)]).toEqual([2, 3]);
    expect(longestRun(['INVALID', 'INVALID', 'INVALID'], 'COUNT_AS_OVER')).toBe(0);
  });
});

describe('失控与追溯 out of control', () => {
  const check = (day: number, result: 'PASS' | 'FAIL' | 'ADJUST' | 'CANNOT_TELL') => ({ start: T0 + day * DAY, end: T0 + day * DAY + HOUR, result });

  it('第 10 天核查不合格、上次合格为第 3 天：第 3 至 10 天无效，直到下次合格', () => {
    const before = outOfControlSpans([check(3, 'PASS')], 'LAST_PASS');
    const after = outOfControlSpans([check(10, 'FAIL'), check(3, 'PASS')], 'LAST_PASS');
    expect(after).toEqual([{ start: T0 + 3 * DAY + HOUR, end: Number.POSITIVE_INFINITY, failedAt: T0 + 10 * DAY }]);
    expect(touched(before, after)).toEqual([{ start: T0 + 3 * DAY + HOUR, end: Number.POSITIVE_INFINITY }]);
    const closed = outOfControlSpans([check(3, 'PASS'), check(10, 'FAIL'), check(11, 'PASS')], 'LAST_PASS');
    expect(touched(after, closed)).toEqual([{ start: T0 + 11 * DAY, end: Number.POSITIVE_INFINITY }]);
  });

  it('起点按地区取自不合格之时；此前没有合格记录的不向前追溯；补报的合格缩短追溯', () => {
    expect(outOfControlSpans([check(3, 'PASS'), check(10, 'FAIL')], 'FAILURE')[0]?.start).toBe(T0 + 10 * DAY);
    expect(outOfControlSpans([check(10, 'FAIL')], 'LAST_PASS')[0]?.start).toBe(T0 + 10 * DAY);
    const late = outOfControlSpans([check(3, 'PASS'), check(10, 'FAIL'), check(7, 'PASS')], 'LAST_PASS');
    expect(late[0]?.start).toBe(T0 + 7 * DAY + HOUR);
    expect(outOfControlSpans([check(3, 'PASS'), check(5, 'FAIL'), check(6, 'FAIL'), check(7, 'ADJUST')], 'LAST_PASS')).toHaveLength(1);
  });

  it('[JS-21.2] 漂移按表 4：超要求须调节，超失控限为不合格，等于限值不算超出；记录未说明结果的不能判定', () => {
    const rule = ruleOfCheck(rules.checks, 'gas', SO2, '零点量程校准 calibration');
    const of = (zeroDrift?: number, spanDrift?: number, passed?: boolean) => checkResult({ start: 0, end: 1, what: '', factors: [], zeroDrift, spanDrift, passed }, rule);
    expect([of(2.5, -2.5), of(2.6), of(5, 10), of(5.1), of(0, -10.1), of(), of(9, 9, true), of(0, 0, false)])
      .toEqual(['PASS', 'ADJUST', 'ADJUST', 'FAIL', 'FAIL', 'CANNOT_TELL', 'PASS', 'FAIL']);
    expect(ruleOfCheck(rules.checks, 'water', 'w01018' as FactorCode, '标样核查')?.item).toBe('WATER_STANDARD_SAMPLE');
  });

  it('[NMG-2.1f] 比对：分段限值，至少三对；气态污染物计入置信系数', () => {
    const rule = (quantity: string) => rules.comparisons.find((one) => one.quantity === quantity) as (typeof rules.comparisons)[number];
    expect([250, 249, 49, 19].map((ppm) => allowedError(rule('SO2'), ppm).toString())).toEqual(['37.5', '20', '14.7', '6']);
    expect([200, 201].map((dust) => allowedError(rule('PM'), dust).toString())).toEqual(['40', '30.15']);
    const pairs = (automatic: number) => [1, 2, 3].map(() => ({ automatic, reference: 50 }));
    expect([judgeComparison(rule('COD'), pairs(65)), judgeComparison(rule('COD'), pairs(65.1)), judgeComparison(rule('COD'), pairs(65).slice(1))].map((one) => one.result)).toEqual(['PASS', 'FAIL', 'CANNOT_TELL']);
    const scattered = [280, 320, 300].map((automatic) => ({ automatic, reference: 300 }));
    expect(judgeComparison(rule('SO2'), scattered).result).toBe('FAIL');
    expect(judgeComparison(rule('SO2'), [300, 301, 302].map((automatic) => ({ automatic, reference: 300 }))).result).toBe('PASS');
  });
});

describe('比对记录 a recorded comparison is a check like any other', () => {
  const of = (factor: string, automatic: readonly number[], reference: number, passed?: boolean) =>
    checkResultFor({ start: T0, end: T0 + HOUR, what: '实际水样比对', factors: [factor as FactorCode], passed, pairs: automatic.map((value) => ({ automatic: value, reference })) }, factor.startsWith('w') ? 'water' : 'gas', factor as FactorCode, rules);

  it('[NMG-2.1f] 水样逐对比较，少于三对或没有规定的不能判定；记录写明结果的从其记录', () => {
    expect([of('w01018', [24.9, 20, 18], 20), of('w01018', [25.1, 20, 18], 20), of('w01018', [20, 20], 20), of('w20121', [1, 1, 1], 1), of('w01018', [99, 99, 99], 20, true)])
      .toEqual(['PASS', 'FAIL', 'CANNOT_TELL', 'CANNOT_TELL', 'PASS']);
  });
  it('气态污染物按 µmol/mol 分段：mg/m³ 先换算（二氧化硫 20 ppm = 57.143 mg/m³，其下绝对误差 6 ppm = 17.14）', () => {
    expect([of(SO2, [67, 67, 67], 50), of(SO2, [68, 68, 68], 50)]).toEqual(['PASS', 'FAIL']);
  });
});

describe('替代与总量 substitution feeds totals only', () => {
  const hours = (gapHours: number, valid = 3000): MassHour[] => [
    ...Array.from({ length: valid }, (_, i) => ({ start: T0 + i * HOUR, kg: valid - i === 200 ? 9 : valid - i === 1000 ? 20 : valid - i === 2000 ? 50 : 2, valid: true })),
    ...Array.from({ length: gapHours }, (_, i) => ({ start: T0 + (valid + i) * HOUR, kg: 777, valid: false })),
  ];
  const gapOf = (capture: string, gapHours: number) => fillGaps(hours(gapHours), () => rules.substitutions, () => new Decimal(capture))[0];

  it.each([['0.92', 20, 'SUBSTITUTED', 180, '2'], ['0.92', 25, 'SUBSTITUTED', 720, '9'], ['0.80', 5, 'SUBSTITUTED', 2160, '50'], ['0.70', 5, 'UNDECIDED', undefined, undefined]] as const)(
    '捕集率 %s、缺失 %s 小时：%s，前 %s 个有效小时最大值 %s', (capture, gap, by, ofValidHours, kg) => {
      const found = gapOf(capture, gap);
      expect([found?.by, found?.ofValidHours, found?.kgPerHour?.toString()]).toEqual([by, ofValidHours, kg]);
    },
  );

  it('[NMG-2.1e] 自动数据优先，其次手工监测，再次替代；停运小时不是缺失；各来源分列', () => {
    const series: MassHour[] = [
      { start: T0, kg: '0.1', valid: true }, { start: T0 + HOUR, kg: '0.2', valid: true }, { start: T0 + 2 * HOUR, kg: undefined, valid: false },
      { start: T0 + 3 * HOUR, kg: undefined, valid: false }, { start: T0 + 4 * HOUR, kg: 5, valid: false, stopped: true },
    ];
    const gaps = fillGaps(series, () => rules.substitutions, () => new Decimal('0.95'), [{ start: T0 + 2 * HOUR, end: T0 + 3 * HOUR, kgPerHour: '0.15' }]);
    const total = massWithin(series, gaps, T0, T0 + DAY);
    expect([total.measuredKg, total.manualKg, total.substitutedKg, total.totalKg].map(String)).toEqual(['0.3', '0.15', '0.2', '0.65']);
    expect(total.undecidedHours).toBe(0);
  });
});

describe('许可量 permitted amounts by month, season and year', () => {
  const at = (text: string) => Date.parse(`${text}+08:00`);
  const terms = { yearKg: '10000', monthKg: '1000', season: { from: '11-01', to: '03-15', kg: '3000' } };

  it('[NMG-2.3a] 内蒙古达到 80% 与 100% 时告知，恰等于亦算达到；没有条文的地区只告知用尽', () => {
    const [year] = capsAt(terms, T0);
    if (year === undefined) throw new Error('no cap of the year');
    const reached = (region: RegionKey) => {
      const { permitRatios } = judgingRules(loadLaw(), region, calendarDay('2026-03-12'));
      return ['7999.9999', '8000', '9999.99', '10000'].map((kg) => permitStanding(year, kg, permitRatios, T0).reached);
    };
    expect(reached(asId<RegionKey>('inner-mongolia'))).toEqual([undefined, '0.8', '0.8', '1.0']);
    expect(reached(asId<RegionKey>('ningxia'))).toEqual([undefined, undefined, undefined, '1.0']);
  });

  it('年、月、跨年的采暖季', () => {
    expect(capsAt(terms, T0).map((cap) => cap.period)).toEqual(['YEAR', 'MONTH', 'SEASON']);
    expect(capsAt(terms, at('2026-03-16T00:00:00')).map((cap) => cap.period)).toEqual(['YEAR', 'MONTH']);
    expect(capsAt(terms, at('2026-12-31T23:00:00'))[2]).toMatchObject({ start: at('2026-11-01T00:00:00'), end: at('2027-03-16T00:00:00') });
    expect(capsAt(terms, T0)[1]).toMatchObject({ start: T0, end: at('2026-04-01T00:00:00') });
  });
});

describe('超标判定 exceedance on the basis the standard names', () => {
  const judge = (value: string | number, more: Partial<ExceedanceInput> = {}) =>
    judgeExceedance({ validity: 'VALID', validityReason: 'OK', value: new Decimal(value), bounds: { max: '50' }, ...more });

  it('[NMG-2.1c] 标准有规定的从其规定；没有规定的，水按日均、气按小时均值', () => {
    expect([basisOf('gas', undefined), basisOf('water', undefined), basisOf('gas', 'day'), basisOf('water', 'hour'), basisOf('water', 'instant')])
      .toEqual(['HOUR_MEAN', 'DAY_FLOW_WEIGHTED', 'DAY_MEAN', 'HOUR_MEAN', 'INSTANT']);
  });

  it('按限值位数修约，等于为达标；倍数取未修约值；无效、无限值、不可折算的不判', () => {
    expect([judge('50.5').state, judge('50.51').state, judge('50.51').multiple?.toString()]).toEqual(['COMPLIANT', 'EXCEEDED', '0.0102']);
    expect([judge(80, { validity: 'INVALID', validityReason: 'OUT_OF_CONTROL' }), judge(80, { bounds: {} }), judge(80, { valueReason: 'O2_ABOVE_GUARD' })].map(({ state, reason }) => `${state} ${reason}`))
      .toEqual(['NOT_JUDGED OUT_OF_CONTROL', 'NOT_JUDGED NO_LIMIT', 'NOT_JUDGED O2_ABOVE_GUARD']);
  });

  it('十进制比较：0.1+0.2 式的二进制误差不致超标', () => {
    expect(judge(new Decimal('0.1').plus('0.2').toString(), { bounds: { max: '0.3' } }).state).toBe('COMPLIANT');
  });

  it('瞬时限值：pH 上下限，GB 18918 修改单自 2026-03-01 起按瞬时值', () => {
    const bounds = boundsOf('w01001', ['9', '6']);
    expect(bounds).toEqual({ min: '6', max: '9' });
    expect([5.4, 5.5, 6, 9, 9.5, 9.6].map((ph) => judge(ph, { bounds }).bound)).toEqual(['MIN', undefined, undefined, undefined, 'MAX', 'MAX']);
    const instant = loadLaw().data.limits.filter((limit) => limit.period === 'INSTANT' && limit.standard.startsWith('GB 18918'));
    expect(instant.map((limit) => `${limit.factor} ${limit.bound ?? ''} ${limit.value} ${limit.validFrom}`)).toEqual([
      'w01001 MIN 6 2026-03-01', 'w01001 MAX 9 2026-03-01', 'w01003  30 2026-03-01', 'w02003  1000 2026-03-01',
    ]);
    expect(boundsOf('a21002', ['100', '50'])).toEqual({ max: '50' });
  });

  it('测量不确定度只作警戒带展示，不从数值中扣减', () => {
    const band = guardBand(rules.comparisons, SO2, '57.142857142857142857142857142857142857');
    expect(band?.toDecimalPlaces(4).toString()).toBe('17.1429');
    const near = judge('57', { guardBand: band });
    expect([near.state, near.guard?.limitInside, judge('120', { guardBand: band }).guard?.limitInside]).toEqual(['EXCEEDED', true, false]);
    expect(guardBand(rules.comparisons, 'w20121', 1)).toBeUndefined();
  });
});

describe('工况标记与豁免 condition marks by trade and rule version', () => {
  const mark = (kind: string, start: number, hours: number, submittedAt = start + HOUR): ConditionMark => ({ id: `${kind}${start}`, kind, start: T0 + start, end: T0 + start + hours * HOUR, submittedAt: T0 + submittedAt });
  const states = (industry: string, factor: string, marks: ConditionMark[], hours: readonly number[]) =>
    hours.map((hour) => exemptionOf(T0 + hour * HOUR, factor, industry, marks, rules.conditionMarks)?.state);

  it('燃煤锅炉启炉只豁免氮氧化物，且不超过 4 小时', () => {
    expect(states('boiler', NOX, [mark('启炉', 0, 6)], [0, 3, 4, 6])).toEqual(['CANDIDATE', 'CANDIDATE', 'OVER_EVENT', undefined]);
    expect(states('boiler', SO2, [mark('启炉', 0, 6)], [0])).toEqual(['FACTOR_NOT_COVERED']);
    expect(states('cement', SO2, [mark('启窑', 0, 40)], [35, 36])).toEqual(['CANDIDATE', 'OVER_EVENT']);
  });

  it('垃圾焚烧全年累计 60 小时，故障每次 4 小时，同一组标记共用', () => {
    const start = mark('烘炉', 0, 58);
    const fault = mark('故障', 60 * HOUR, 5);
    expect(states('waste_inc', SO2, [start, fault], [57, 60, 61, 62, 64])).toEqual(['CANDIDATE', 'CANDIDATE', 'CANDIDATE', 'OVER_YEAR', 'OVER_EVENT']);
  });

  it('一次启炉拆成几段标记仍是一次；同一规则的不同标记亦然；中间空一小时以上的另算', () => {
    const cut = [mark('启炉', 0, 4), mark('启炉', 4 * HOUR, 4)];
    expect(states('boiler', NOX, cut, [3, 4, 7])).toEqual(['CANDIDATE', 'OVER_EVENT', 'OVER_EVENT']);
    expect(states('boiler', NOX, [...cut].reverse(), [3, 4, 7])).toEqual(['CANDIDATE', 'OVER_EVENT', 'OVER_EVENT']);
    expect(states('coal_power', NOX, [mark('启机', 0, 3), mark('并网', 3 * HOUR - 60_000, 3)], [3, 4])).toEqual(['CANDIDATE', 'OVER_EVENT']);
    expect(states('boiler', NOX, [mark('启炉', 0, 4), mark('启炉', 5 * HOUR, 4)], [4, 5, 8])).toEqual([undefined, 'CANDIDATE', 'CANDIDATE']);
  });

  it('首日逾期、其后按期的标记，自按期之日起计入年度预算', () => {
    const long = mark('停炉降温', 0, 72, DAY + 13 * HOUR);
    const rule = rules.conditionMarks.find((one) => one.yearGroup === 'waste-abnormal' && one.marks.includes('COOLING_AFTER_STOP')) as (typeof rules.conditionMarks)[number];
    expect([24, 48, 72].map((hour) => yearHoursUsed(rule, rules.conditionMarks, [long], T0 + hour * HOUR))).toEqual([0, 24, 48]);
    expect(states('waste_inc', SO2, [long, mark('停炉', 80 * HOUR, 14)], [10, 30, 91, 92])).toEqual(['LATE', 'CANDIDATE', 'CANDIDATE', 'OVER_YEAR']);
  });

  it('[NMG-2.1b] 次日 12:01 的标记留存但不生效；没有行业规则的由人员判断', () => {
    const deadline = DAY + 12 * HOUR;
    expect(states('boiler', NOX, [mark('启炉', 0, 2, deadline)], [0])).toEqual(['CANDIDATE']);
    expect(states('boiler', NOX, [mark('启炉', 0, 2, deadline + 60_000)], [0])).toEqual(['LATE']);
    expect(states('dyeing', 'w01018', [mark('设施故障', 0, 2)], [0])).toEqual(['NO_RULE']);
  });

  it('规则按数据日期取版本：2022 年的数据用 HJ 953-2018', () => {
    const old = judgingRules(loadLaw(), NATIONAL, calendarDay('2022-06-01'));
    expect([...new Set(old.conditionMarks.filter((rule) => rule.trade === 'coal-boiler').map((rule) => rule.rule))]).toEqual(['HJ 953-2018']);
    expect([...new Set(rules.conditionMarks.filter((rule) => rule.trade === 'coal-boiler').map((rule) => rule.rule))]).toEqual(['2022-21']);
  });
});
