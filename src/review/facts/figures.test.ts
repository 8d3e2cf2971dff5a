import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asId, HOUR, instant } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { soundInput } from '../testing/sound-facts.ts';
import { narrate, observedFacts } from './narrative.ts';
import { ruleBook } from '#quality';
import { compared, type Observation } from './observations.ts';

const law = loadLaw();
const START = Date.parse('2026-09-25T10:00:00+08:00');
const base = { title: { zh: '', en: '' }, factors: [{ zh: '颗粒物', en: 'particulates' }], codes: ['a34013'], unit: 'mg/m3', standard: 'GB 18485-2014', converted: true };
const input = (observation: Observation) => ({ ...soundInput({ unitId: asId('QY0002'), outfall: asId('QY0002-DA002'), periodFrom: observation.from, periodTo: observation.to }), observations: [observation] });
/** The sentence of one thing observed, in both languages, beside the same as data. */
function both(observation: Observation) {
  const [fact, ...more] = observedFacts(law, input(observation), ['PERMIT_EXCEED'], 'review-1');
  const text = narrate(law, input(observation), ['PERMIT_EXCEED']);
  if (fact === undefined || more.length > 0 || !text) throw new Error('one fact, told');
  return { fact, lines: [text.zh.split('\n')[0] ?? '', text.en.split('\n')[0] ?? ''] as const };
}

it('任意一段超标：句子里的小时数、限值、最高值、倍数和逐小时值就是数据里的；每个小时都有值和倍数', () => {
  const exceedance = fc.record({ limit: fc.integer({ min: 5, max: 500 }), over: fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 40 }), lost: fc.boolean() });
  fc.assert(fc.property(exceedance, ({ limit, over, lost }) => {
    const values = over.map((thousandths) => limit + thousandths / 1_000);
    const peak = Math.max(...values);
    const to = instant(START + values.length * HOUR);
    const { fact, lines } = both({
      ...base, model: 'B01', from: instant(START), to, stats: { hours: values.length, peak, limit: String(limit), multiple: peak / limit - 1, in24h: 3 },
      // One that has become invalid since: the hours are not all at hand any more.
      hourly: values.map((value, i) => ({ start: instant(START + i * HOUR), value })).slice(lost ? 1 : 0),
    });
    if (fact.figures?.kind !== 'HOURS_OVER') throw new Error('hours over a limit');
    const { hours, each } = fact.figures;
    expect(hours).toBe(values.length);
    expect(each.map((one) => one.start)).toEqual(lost ? [] : values.map((_, i) => START + i * HOUR));
    expect([fact.from, fact.to]).toEqual([START, to]);
    const { limit: held, peak: most, multiple } = fact.figures;
    const [zh, en] = lines;
    // One hour is told as that hour, not as hours in a row.
    expect(zh).toContain(hours === 1 ? `排放浓度 ${most} mg/m3，超过GB 18485-2014规定的排放限值 ${held} mg/m3（超标 ${multiple} 倍）` : `连续 ${hours} 小时超过GB 18485-2014规定的排放限值 ${held} mg/m3，最高 ${most} mg/m3（超标 ${multiple} 倍）`);
    expect(en).toContain(hours === 1 ? `was ${most} mg/m3, above the limit of ${held} mg/m3 (GB 18485-2014; ${multiple} times over the limit)` : `above the limit of ${held} mg/m3 (GB 18485-2014) for ${hours} h in a row, highest ${most} mg/m3 (${multiple} times over the limit)`);
    const listed = /逐小时为：(.*)。$/u.exec(zh)?.[1]?.split('、').map((one) => one.split(' ')[1]);
    expect(listed).toEqual(each.length < 2 || each.length > 24 ? undefined : each.map((one) => one.value));
    for (const one of each) expect(Number(one.multiple)).toBeCloseTo(Number(one.value) / limit - 1, 1);
    if (each.length > 0) expect(Math.max(...each.map((one) => Number(one.multiple)))).toBe(Number(multiple));
  }), { numRuns: 200 });
});

it('任意一日均值、任意一个累计量：句子里的数就是数据里的', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 5_001, max: 90_000 }), fc.integer({ min: 1_001, max: 9_000 }), (validHours, mean, used) => {
    const stats = { dayMean: String(mean / 100), limit: '50', multiple: mean / 5_000 - 1, validHours };
    const day = both({ ...base, model: 'B02', from: instant(START), to: instant(START + 24 * HOUR), stats, hourly: [] });
    if (day.fact.figures?.kind !== 'DAY_OVER') throw new Error('a day over its mean');
    expect(day.lines[0]).toContain(`日均值 ${day.fact.figures.mean} mg/m3（有效小时 ${day.fact.figures.validHours} 个），超过GB 18485-2014规定的排放限值 ${day.fact.figures.limit} mg/m3（超标 ${day.fact.figures.multiple} 倍）`);
    const account = { period: 'YEAR', from: instant(START), until: instant(START + HOUR), permitKg: '1000', usedBeforeKg: '7', months: [], missingHours: 4 } as const;
    const amount = both({ ...base, model: 'B05', from: instant(START), to: account.until, account, stats: { usedKg: used, permitKg: 1_000, over: used / 1_000 - 1, beforeKg: 7, missingHours: 4 }, hourly: [] });
    if (amount.fact.figures?.kind !== 'AMOUNT_OVER') throw new Error('an amount');
    const { used: told, permitted, before, missingHours } = amount.fact.figures;
    expect(amount.lines[0]).toContain(`累计排放 ${told} kg，超过排污许可证规定的年许可排放量 ${permitted} kg`);
    expect(amount.lines[0]).toContain(`依登记为 ${before} kg，缺失或者无效的 ${missingHours} 小时未计入`);
  }), { numRuns: 100 });
});

it('开门、参数、没有数字的事实也作为数据移送：因子、起止、属于哪些违法行为、到期的校准；一项事实两种违法行为都用的，只移送一次', () => {
  const seen = (model: string, stats: Observation['stats']): Observation => ({ ...base, model, from: instant(START), to: instant(START + HOUR), stats, hourly: [] });
  const calibration = { factor: 'a34013', name: '', zh: '校准', en: 'calibration', last: instant(START), everyHours: 168, source: 'HJ 75', overdueHours: 0 };
  const given = {
    ...input(seen('F10', { name: '斜率', now: '0.8', filed: '1.0' })), calibrations: [calibration, { ...calibration, factor: 'a21002' }],
    observations: [seen('F10', { name: '斜率', now: '0.8', filed: '1.0' }), seen('F06', { change: 0.4, turn: 'down' }), seen('C02', {}), seen('G02', { manual: 40, automatic: 18.25 })],
  };
  const facts = observedFacts(law, given, ['DATA_FALSIFY_UNIT', 'DEVICE_MOVED_DAMAGED', 'MONITORING_NOT_BY_SPEC'], 'review-1');
  expect(facts.map(({ figures }) => figures)).toEqual([{ kind: 'PARAMETER', name: '斜率', found: '0.8', filed: '1.0' }, { kind: 'DOOR_OPENED', change: '0.4' }, undefined, { kind: 'MANUAL_COMPARED', manual: '40', automatic: '18.25', unit: 'mg/m3' }]);
  expect(facts.map(({ factId }) => factId)).toEqual(['review-1:1', 'review-1:2', 'review-1:3', 'review-1:4']);
  expect(facts[0]).toMatchObject({
    supports: ['DEVICE_MOVED_DAMAGED', 'DATA_FALSIFY_UNIT'], factors: [{ code: 'a34013', zh: '颗粒物' }], from: START, to: START + HOUR,
    calibrations: [{ factor: 'a34013', last: START, everyHours: 168, source: 'HJ 75' }],
  });
  expect(observedFacts(law, given, ['AIR_EXCEED'], 'review-1')).toEqual([]);
});

it('手工与自动的比对写明标准、相差和允许的误差；在允许误差以内的不是任何违法行为的事实', () => {
  const rules = ruleBook(law, NATIONAL)(instant(START)).comparisons;
  const pair = (stats: Observation['stats'], codes: readonly string[] = ['a34013']) => compared({ ...base, codes, model: 'G02', from: instant(START), to: instant(START + HOUR), stats, hourly: [] }, rules);
  const told = (one: Observation) => observedFacts(law, input(one), ['MONITORING_NOT_BY_SPEC'], 'review-1');
  const [beyond] = told(pair({ manual: 40, automatic: 18.25, allowed: 12 }));
  expect(beyond?.told.zh).toMatch(/手工监测结果为 40 mg\/m3，同期自动监测数据为 18\.25 mg\/m3，相差 21\.75 mg\/m3，超过 HJ 75-2017 对该浓度允许的误差（不超过 12 mg\/m3）$/);
  expect(beyond?.figures).toEqual({ kind: 'MANUAL_COMPARED', manual: '40', automatic: '18.25', unit: 'mg/m3', error: '21.75', allowed: '12', comparedBy: 'HJ 75-2017' });
  expect(told(pair({ manual: 40, automatic: 28, allowed: 12 }))).toEqual([]);
  // Without a standard of the factor, or a permitted error of the finding, nothing is said of either.
  for (const one of [pair({ manual: 40, automatic: 28 }), pair({ manual: 40, automatic: 28, allowed: 12 }, ['a99999'])]) expect(told(one)[0]?.told.zh).toMatch(/同期自动监测数据为 28 mg\/m3$/);
});
