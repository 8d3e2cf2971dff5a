import { describe, expect, it } from 'vitest';
import { calendarDay, DAY, HOUR, type FactorCode } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { assessDays, assessHours, withGaps, type AssessInput, type StoredHour } from './assess-hours.ts';
import type { ConditionMark } from './marks/mark-budget.ts';
import { standingHours, type HourCondition } from './plant-votes.ts';
import { judgingRules } from './rules.ts';
import { captures, quantities } from './totals/assess-quantities.ts';

const law = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-12'));
const T0 = Date.parse('2026-03-02T00:00:00+08:00');
const NOX = 'a21002' as FactorCode;
const hour = (i: number, more: Partial<StoredHour> = {}): StoredHour => ({ start: T0 + i * HOUR, avg: 40, zs: 40, cou: 2, flag: 'NORMAL', verdict: 'VALID', reason: 'OK', ...more });
const hoursOf = (n: number, change: (i: number) => Partial<StoredHour> = () => ({})) => Array.from({ length: n }, (_, i) => hour(i, change(i)));
const markOf = (kind: string, from: number, to: number, submittedAt = T0 + to * HOUR): ConditionMark => ({ id: `${kind}${from}`, kind, start: T0 + from * HOUR, end: T0 + to * HOUR, submittedAt });
const inputOf = (hours: readonly StoredHour[], more: Partial<AssessInput> = {}): AssessInput => ({
  medium: 'gas', factor: NOX, industry: 'boiler', o2Ref: 9, hours, oxygen: new Map(), volume: new Map(), rules: () => law, marks: [], stands: () => false, now: T0 + 60 * DAY,
  limitsAt: () => [{ limit: '50', unit: 'mg/m3', period: 'hour', basis: 'zs', source: 'permit' }], ...more,
});
const assessed = (input: AssessInput) => assessHours(input).map(({ stopped, exceedance }) => `${stopped ? 'stopped ' : ''}${exceedance.state} ${exceedance.reason}`);

describe('停运须有工况数据证实 a stop is proved by condition data', () => {
  const flagged = hoursOf(24, (i) => (i < 12 ? { flag: 'SOURCE_STOPPED', verdict: 'INVALID', reason: 'FLAG', zs: 90 } : {}));

  it('运行时发 F 的小时无效但仍应得：不离开捕集率、传输率、缺失与水日均的分母', () => {
    const running = assessHours(inputOf(flagged));
    const [quarter] = captures(running, () => law);
    expect([quarter?.stoppedHours, quarter?.validHours, quarter?.capture?.toString(), quarter?.effective?.toString()]).toEqual([0, 12, '0.5', '0.5']);
    expect(quantities(running, () => law, T0 + DAY).gaps).toMatchObject([{ start: T0, hours: 12 }]);
    const stood = captures(assessHours(inputOf(flagged, { stands: (at) => at < T0 + 12 * HOUR })), () => law)[0];
    expect([stood?.stoppedHours, stood?.capture?.toString()]).toEqual([12, '1']);
    const water = inputOf(flagged, { medium: 'water', volume: new Map(flagged.map(({ start }) => [start, 10])), limitsAt: () => [{ limit: '50', unit: 'mg/L', period: 'day', basis: 'c', source: 'permit' }] });
    expect(assessDays(water, assessHours(water))[0]).toMatchObject({ dueHours: 24, validHours: 12, verdict: 'INVALID' });
  });

  it('2017 版数采仪的停运由按期停运标记申报，经证实方离开分母且不判超标；逾期或未证实的照常', () => {
    const over = hoursOf(3, () => ({ zs: 90 }));
    const stop = (submittedAt?: number) => [markOf('OUT_OF_SERVICE', 0, 2, submittedAt)];
    const stands = () => true;
    expect(assessed(inputOf(over, { marks: stop(), stands }))).toEqual(['stopped NOT_JUDGED STOPPED', 'stopped NOT_JUDGED STOPPED', 'EXCEEDED OK']);
    expect(assessed(inputOf(over, { marks: stop() }))).toEqual(['EXCEEDED OK', 'EXCEEDED OK', 'EXCEEDED OK']);
    expect(assessed(inputOf(over, { marks: stop(T0 + DAY + 12 * HOUR + 1), stands }))[0]).toBe('EXCEEDED OK');
    expect(assessed(inputOf(over, { stands }))[0]).toBe('EXCEEDED OK');
  });

  const NO = Number.NaN;
  const condition = (i: number, more: Partial<HourCondition> = {}): HourCondition => ({ start: T0 + i * HOUR, o2: 9, flow: 100, temperature: 120, kw: 500, ...more });
  const usual = Array.from({ length: 48 }, (_, i) => condition(i));
  const proved = (medium: 'gas' | 'water', last: Partial<HourCondition>, before = usual) =>
    standingHours(medium, [...before, condition(48, last)], { o2Ref: 9, ratedKw: 600, flowResolution: 0.1 }).has(T0 + 48 * HOUR);

  it('用电或烟气显示停、且无一显示运行的为证实；什么都不知道的不算证实', () => {
    const off = { o2: 20.8, flow: 2, temperature: 30 };
    const silent = { o2: NO, flow: NO, temperature: NO };
    expect(proved('gas', { ...off, kw: 5 })).toBe(true);
    expect(proved('gas', { ...silent, kw: 5 })).toBe(true);
    expect(proved('gas', { ...off, kw: NO })).toBe(true);
    expect(proved('gas', { ...off, kw: 480 })).toBe(false);
    expect(proved('gas', { kw: 5 })).toBe(false);
    expect(proved('gas', { ...silent, kw: NO })).toBe(false);
    expect(proved('gas', { ...silent, flow: 60, kw: NO }, usual.map((one) => ({ ...one, kw: NO })))).toBe(false);
  });

  it('废水以排口流量为准：不排水即停，排水则不停；流量不明时看用电', () => {
    expect([proved('water', { flow: 0 }), proved('water', { kw: 5 }), proved('water', { flow: NO, kw: 5 }), proved('water', { flow: NO, kw: NO })]).toEqual([true, false, true, false]);
  });
});

describe('启停标志与工况标记 furnace flags are judged through marks alone', () => {
  it('仅有启炉标志的超限为超标；有合规工况标记的为豁免候选', () => {
    const starting = hoursOf(2, () => ({ flag: 'STARTING', zs: 90 }));
    expect(assessed(inputOf(starting, { marks: [markOf('START_UP', 0, 1)] }))).toEqual(['EXEMPT_CANDIDATE CANDIDATE', 'EXCEEDED OK']);
  });
});

describe('日均值 days', () => {
  const daily: Partial<AssessInput> = { industry: 'waste_inc', limitsAt: () => [{ limit: '50', unit: 'mg/m3', period: 'day', basis: 'zs', source: 'permit' }] };
  const day = (hours: readonly StoredHour[], more: Partial<AssessInput> = {}) => {
    const input = inputOf(hours, { ...daily, ...more });
    const [only] = assessDays(input, assessHours(input));
    return `${only?.verdict} ${only?.reason} ${only?.exceedance.state} ${only?.exceedance.reason}`;
  };
  const starting = (others: number) => hoursOf(24, (i) => ({ zs: i < 4 ? 200 : others }));

  it('仅因按期工况标记的小时而超的日均值为豁免候选；其余小时本身也超的为超标', () => {
    const marks = [markOf('START_UP', 0, 4)];
    expect(day(starting(40))).toBe('VALID OK EXCEEDED OK');
    expect(day(starting(40), { marks })).toBe('VALID OK EXEMPT_CANDIDATE CANDIDATE');
    expect(day(starting(60), { marks })).toBe('VALID OK EXCEEDED OK');
    expect(day(starting(40), { marks: [markOf('START_UP', 0, 4, T0 + DAY + 12 * HOUR + 1)] })).toBe('VALID OK EXCEEDED OK');
    expect(day(starting(40), { marks: [markOf('START_UP', 6, 9)] })).toBe('VALID OK EXCEEDED OK');
    expect(day(starting(40), { marks, industry: 'dyeing' })).toBe('VALID OK EXEMPT_CANDIDATE NO_RULE');
    expect(day(hoursOf(24, () => ({ zs: 90 })), { marks: [markOf('START_UP', 0, 24)] })).toBe('VALID OK EXEMPT_CANDIDATE CANDIDATE');
  });

  it('未结束的日、只取到一部分的日不判', () => {
    const over = hoursOf(24, () => ({ zs: 90 }));
    expect(day(over)).toBe('VALID OK EXCEEDED OK');
    expect([over.slice(0, 23), over.slice(1)].map((part) => day(part))).toEqual(['CANNOT_TELL DAY_NOT_WHOLE NOT_JUDGED DAY_NOT_WHOLE', 'CANNOT_TELL DAY_NOT_WHOLE NOT_JUDGED DAY_NOT_WHOLE']);
  });
});

describe('缺失按整段判定 gaps are judged by their whole length', () => {
  // A quarter of hours; the gap crosses the end of a month.
  const march = Date.parse('2026-03-01T00:00:00+08:00');
  const january = Date.parse('2026-01-01T00:00:00+08:00');
  const series = (from: number, to: number) => withGaps(
    Array.from({ length: 59 * 24 + 200 }, (_, i) => ({ ...hour(0), start: january + i * HOUR, cou: i === 100 ? 9 : i === 59 * 24 - 600 ? 5 : 2 })).filter((one) => one.start < from || one.start >= to), january, march + 200 * HOUR,
  ).map((one) => ({ ...one, stopped: false }));
  const terms = { yearKg: '10000', monthKg: '1000' };

  it('跨月 30 小时的缺失取前 720 个有效小时的最大值，两个月各计其中的小时，月许可量亦然', () => {
    const found = quantities(series(march - 20 * HOUR, march + 10 * HOUR), () => law, march + 200 * HOUR, { terms });
    expect(found.gaps).toMatchObject([{ start: march - 20 * HOUR, hours: 30, ofValidHours: 720 }]);
    expect(found.months.map((month) => month.substitutedKg.toString())).toEqual(['0', '100', '50']);
    const kg = found.months.map((month) => month.totalKg);
    // The account of each amount by the months that lie in its period.
    expect(found.standings.map((one) => one.months.map((month) => month.start))).toEqual([found.months.map((month) => month.start), [found.months[2]?.start]]);
    expect(found.standings.map((one) => [one.cap.period, one.usedKg.toString()])).toEqual([['YEAR', kg.reduce((a, b) => a.plus(b)).toString()], ['MONTH', kg[2]?.toString()]]);
  });

  it('还没有收到、也还没有判到其标记期限的小时不是缺失：不替代，不减损捕集率；收到而无效的照常', () => {
    const late = (judgedUntil: number) => {
      const found = quantities(series(march, march + 500 * HOUR), () => law, march + 200 * HOUR, { terms, judgedUntil });
      return [found.gaps.reduce((hours, gap) => hours + gap.hours, 0), found.months[2]?.substitutedKg.toString(), found.captures[0]?.hours];
    };
    expect(late(march)).toEqual([0, '0', 59 * 24]);
    // Judged until noon of the fourth: the third day and those before it are closed, whatever the clock says.
    expect(late(march + 3 * DAY + 12 * HOUR)).toEqual([72, '360', 62 * 24]);
    expect(late(Number.POSITIVE_INFINITY)).toEqual([200, '1800', 59 * 24 + 200]);
    const invalid = series(march, march).map((one) => (one.start >= march ? { ...one, verdict: 'INVALID' as const, reason: 'FLAG' } : one));
    expect(quantities(invalid, () => law, march + 200 * HOUR, { terms, judgedUntil: march }).gaps).toMatchObject([{ start: march, hours: 200 }]);
  });

  it('月初的缺失也用此前的有效小时，不因时段起点而成为无法确定', () => {
    const found = quantities(series(march, march + 10 * HOUR), () => law, march + 200 * HOUR, { terms });
    expect(found.standings.find((one) => one.cap.period === 'MONTH')?.usedKg.toString()).toBe(String(10 * 2 + 190 * 2));
    expect(found.months.map((month) => month.undecidedHours)).toEqual([0, 0, 0]);
  });
});
