import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_CITY } from '#access';
import { evidenceOf, makeCheckpoint } from '#evidence';
import { asId, HOUR, instant, manualClock, toRfc3339, type ClueId, type DeviceMn, type FactorCode, type Instant, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import { directoryOf, importCapture } from '#ingest';
import { encodeFrame, encodeSegment } from '#ingest/hj212';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { buildRegistry, EMPTY_REGISTER, submitMark, type StoredRegistry } from '#register';
import { gatherFacts, periodOf } from './gather-facts.ts';
import type { ValueRow } from '#analysis';
import { ruleBook } from '#quality';
import { calibrationTerms, type CalibrationTerm } from './calibration-terms.ts';
import { dayTold } from './day-mean.ts';
import { claimOf, hourCoverage } from './hour-coverage.ts';
import { accountSheet, chargedKg, type PermitAccount } from './permit-account.ts';
import { onHours, onValidHours, withinData, withinTerms, type Observation } from './observations.ts';
import { precheck } from './precheck-rules.ts';
import type { PoolClue } from '../store/clues.ts';
import { suggestViolations } from './suggest-violations.ts';
import { isFactOf } from './words-for.ts';

const unit = asId<UnitId>('E1');
const outfall = asId<OutfallId>('O1');
const mn = asId<DeviceMn>('MN0000000000000000000001');
const nox = asId<FactorCode>('a21002');
const FROM = instant(Date.parse('2026-09-14T02:00:00+08:00'));
const TO = instant(FROM + 6 * HOUR);
const clock = manualClock(instant(Date.parse('2026-09-15T14:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'gather-'));
let test: TestDatabase;
const law = loadLaw();

const registry: StoredRegistry = {
  ...buildRegistry({
    ...EMPTY_REGISTER,
    units: [{ unit, name: '演示电厂', industry: '', industryZh: '', county: '', lat: undefined, lon: undefined, operator: '', keyPolluter: true, attributes: { address: '演示路1号' } }],
    outfalls: [{ outfall, unit, type: 'gas', mn, doorMn: undefined, powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined, designFlow: undefined, minuteStep: 10, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: { name: '1号烟囱', accepted_on: '2020-05-01' } }],
    factors: [{ outfall, factor: nox, factorZh: '氮氧化物', unit: 'mg/m3', span: undefined, resolution: undefined, attributes: {} }],
    limits: [{ outfall, factor: nox, factorZh: '氮氧化物', limit: '50', unit: 'mg/m3', period: 'hour', basis: 'zs', validFrom: undefined, validTo: undefined, source: '排污许可证', attributes: {} }],
    maintenance: [{ outfall, start: FROM - 30 * HOUR, end: FROM - 29 * HOUR, what: '校准', factors: [nox], attributes: {} }],
  }),
  version: 1,
  authorityOf: () => DEMO_CITY,
};
const clue: PoolClue = {
  clueId: asId<ClueId>('c1'), authorityId: DEMO_CITY, groupId: DEMO_CITY, region: asId<RegionKey>('jiangsu'), unitId: unit, outfall, source: 'PLATFORM', route: 'PANEL_LIST', body: 'REVIEW', confirmedPaper: null, tier: 'WORK_ORDER',
  provisional: false, state: 'LISTED', sentenceZh: '', sentenceEn: '', factors: [nox], periodFrom: FROM, periodTo: TO, rule: 'C01@1', listId: null, reviewId: null,
  handedOverAt: null, signedInAt: null, priority: 1, createdAt: FROM, changedAt: TO,
};

const stamp = (at: Instant) => toRfc3339(at).replace(/[-T:+.]/g, '').slice(0, 14);
function line(hour: number, flag: string): Buffer {
  const at = instant(FROM + hour * HOUR);
  const segment = encodeSegment({
    qn: `${stamp(instant(at + HOUR))}001`, st: '31', cn: '2061', pw: '123456', mn, flag: 5,
    cp: [[['DataTime', stamp(at)]], [['a21002-Avg', '47.6'], ['a21002-Flag', flag]]],
  });
  return Buffer.concat([Buffer.from(`${at + HOUR}\t`), encodeFrame(segment)]);
}
async function* capture() {
  for (let hour = 0; hour < 5; hour++) yield line(hour, hour === 3 ? 'D' : 'N');
  yield line(7, 'N');
}

beforeAll(async () => {
  test = await testDatabase();
  const directory = directoryOf([{ mn, outfalls: [outfall], role: 'data' }]);
  const report = await importCapture({ db: test.db, clock, directory }, capture(), { source: 'test' });
  expect(report).toMatchObject({ accepted: 6 });
  // Handed in one by one: the register in memory above knows none of them.
  for (const [start, submittedAt] of [[FROM, FROM + 2 * HOUR], [FROM, FROM + 48 * HOUR], [TO + HOUR, TO + 2 * HOUR]] as const)
    await submitMark({ db: test.db, clock: manualClock(instant(submittedAt)) }, { outfall, kind: '停运', start, end: start + HOUR, reason: '', by: 'u1' });
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});
const gather = (region: RegionKey = clue.region) => gatherFacts({ db: test.db, law, registry: () => registry, now: () => FROM, blobs: openBlobs(join(folder, 'sheets')) }, { ...clue, region });

describe('what the pre-check looks at', () => {
  it('[JS-11.1] 由报文日志、存证日志、标记和档案取得，缺什么就说缺什么', async () => {
    const input = await gather();
    expect(input.hours).toBeNull(); // no series store here: nothing is reckoned from frames instead
    expect(input.calibrations).toEqual([expect.objectContaining({ factor: nox, name: '氮氧化物', last: FROM - 29 * HOUR, everyHours: 168, source: 'HJ 75-2017', overdueHours: 0 })]);
    expect(input.frames).toMatchObject({ ranges: [{ mn, from: FROM, to: TO, frames: 5 }], conflicts: 0, sealed: 0 });
    expect(input.marks?.map((mark) => [mark.submittedAt, mark.inTime])).toEqual([[FROM + 2 * HOUR, true], [FROM + 48 * HOUR, false]]);
    expect(input.factors).toEqual([{ code: nox, name: '氮氧化物', unit: 'mg/m3', limit: '50', limitSource: '排污许可证' }]);
    expect(input.device).toMatchObject({ owner: 'UNIT', accepted: true });
    expect(input.videos).toEqual([]);
    expect(input.recordings).toBeUndefined(); // the clue's region lays down no term
    expect((await gather(asId<RegionKey>('ningxia'))).recordings).toMatchObject({ months: 6, keptUntil: expect.any(Number), lookedAt: FROM });
    expect(input.health).toMatchObject({ takenAt: FROM, frames: expect.any(Number), devices: 1, never: 1, silent: 0 });
    expect(input.health?.frames).toBeGreaterThan(0);
    expect(input.warned).toBeNull();
    expect(input.operations).toEqual({ count: 0, incomplete: 0 });
    expect(input.platform).toBeNull(); // imported history says nothing about how the platform ran
    const items = precheck(input);
    expect(items.find((item) => item.item === 'data.storage')).toMatchObject({ outcome: 'FAIL' });
    expect(items.find((item) => item.item === 'platform.log')).toMatchObject({ outcome: 'CANNOT_TELL', detailZh: expect.stringContaining('未核验') });
    expect(items.find((item) => item.item === 'platform.running')).toMatchObject({ outcome: 'CANNOT_TELL' });
  });

  it('counts frames as sealed once a signed head covers them', async () => {
    const config = { ...readConfig({}), dataDir: folder };
    const evidence = evidenceOf({ db: test.db, clock, log: silentLogger(), blobs: openBlobs(join(folder, 'blobs')), config, series: {} as Series });
    expect((await makeCheckpoint(evidence)).made).toBe(true);
    const input = await gather();
    expect(input.frames).toMatchObject({ sealed: 5 });
    // The leaves themselves are followed to the signed root, also those of imported history.
    expect(input.log).toEqual({ checked: 5, intact: true });
    expect(precheck(input).find((item) => item.item === 'platform.log')).toMatchObject({ outcome: 'PASS', detailZh: '核验 5 条报文的存证叶，与签名检查点一致' });
  });

  it('knows nothing of an outfall nobody registered, and does not fail', async () => {
    const input = await gatherFacts({ db: test.db, law, registry: () => registry, now: () => FROM, blobs: openBlobs(join(folder, 'sheets')) }, { ...clue, outfall: asId<OutfallId>('ghost') });
    expect(input).toMatchObject({ hours: null, frames: null, factors: [{ limit: null }] });
  });
});

const observed = (model: string, more: Partial<Observation> = {}): Observation => ({
  model, title: { zh: '', en: '' }, factors: [], codes: [nox], from: FROM, to: TO, stats: { hours: 6, limit: '50', peak: 90, multiple: 0.8 }, unit: 'mg/m3', standard: null, converted: true,
  hourly: [60, 55, 70, 80, 90, 65].map((value, i) => ({ start: instant(FROM + i * HOUR), value })), ...more,
});

describe('hours', () => {
  const row = (hour: number, verdict: ValueRow['verdict'], reason = 'OK', factor: string = nox): ValueRow => ({ factor, start: FROM + hour * HOUR, avg: 1, zs: 1, flag: 'NORMAL', verdict, reason, knownAt: FROM + (hour + 1) * HOUR });
  const term = (...hours: number[]): CalibrationTerm => ({ factor: nox, zh: '', en: '', last: FROM, everyHours: 168, source: '', overdue: hours.map((hour) => FROM + hour * HOUR) });

  it('计数按平台对小时有效性的判定，不另行推算；每个因子都有效的小时才有效', () => {
    const rows = [row(0, 'VALID'), row(1, 'INVALID', 'OUT_OF_CONTROL'), row(2, 'CANNOT_TELL', 'NO_STEPS_SENT'), row(3, 'CANNOT_TELL', 'NO_FLAG'), row(4, 'VALID'), row(4, 'INVALID', 'FLAG', 'a21026'), row(9, 'VALID')];
    const span = { from: FROM, to: FROM + 6 * HOUR };
    expect(hourCoverage(rows, [{ factors: [nox], ...span }], [])).toEqual({ expected: 6, present: 5, valid: 3, overdue: 0 });
    expect(hourCoverage(rows, [{ factors: [], ...span }], [])).toMatchObject({ valid: 2 });
    // Each fact brings the hours of its own factors and its own time; one under two of them is due once.
    expect(hourCoverage(rows, [{ factors: [nox], from: FROM, to: FROM + HOUR }, { factors: ['a21026'], from: FROM, to: FROM + 2 * HOUR }], [])).toMatchObject({ expected: 2, present: 1, valid: 1 });
  });

  it('逾时才补传的小时照计为收到，另行写明有几个、最后一个何时收到', () => {
    const rows = [row(0, 'VALID'), { ...row(1, 'VALID'), knownAt: FROM + 30 * HOUR }, { ...row(2, 'VALID'), knownAt: FROM + 31 * HOUR }, { ...row(3, 'VALID'), knownAt: FROM + 6 * HOUR }];
    const span = { factors: [nox], from: FROM, to: FROM + 6 * HOUR };
    expect(hourCoverage(rows, [span], [])).toMatchObject({ expected: 6, present: 4, valid: 4, afterwards: { hours: 2, until: FROM + 31 * HOUR } });
    expect(onHours(observed('A01', { codes: [], hourly: [] }), rows)).toMatchObject({ stats: { afterwards: 'some' }, hourly: [] });
  });

  it('事实的逐小时值与有效小时数出自同一次读取：其单一因子在其起止之间、有效的小时，按限值所用基准', () => {
    const rows = [{ ...row(0, 'VALID'), avg: 40, zs: 61 }, row(1, 'INVALID', 'FLAG'), row(2, 'VALID', 'OK', 'a21026'), { ...row(3, 'VALID'), zs: null }, { ...row(9, 'VALID'), zs: 70 }];
    expect(onHours(observed('B01', { hourly: [] }), rows).hourly).toEqual([{ start: FROM, value: 61 }]);
    expect(onHours(observed('B01', { hourly: [], converted: false }), rows).hourly).toEqual([{ start: FROM, value: 40 }, { start: FROM + 3 * HOUR, value: 1 }]);
    expect(onHours(observed('C15', { codes: [nox, 'a21026'] }), rows).hourly).toEqual([]);
  });

  it('校准到期以后的小时不计为有效，另行写明', () => {
    const rows = [row(0, 'VALID'), row(1, 'VALID'), row(2, 'VALID'), row(3, 'INVALID', 'FLAG')];
    expect(hourCoverage(rows, [{ factors: [nox], from: FROM, to: FROM + 4 * HOUR }], [term(2, 3)])).toEqual({ expected: 4, present: 4, valid: 2, overdue: 1 });
  });
});

describe('校准、核查的有效期', () => {
  const gas = registry.data.outfalls[0]!;
  const rules = ruleBook(law, asId<RegionKey>('jiangsu'));
  const calibrated = (hours: number, more: Record<string, string> = {}) =>
    ({ file: 'calibrations.csv', line: hours, values: { outfall, start_ms: String(FROM - (hours + 1) * HOUR), end_ms: String(FROM - hours * HOUR), kind: 'gas', factors: nox, ...more } }) as never;
  const terms = (...other: never[]) => calibrationTerms({ ...EMPTY_REGISTER, other }, gas, [nox], rules, FROM, FROM + 6 * HOUR);

  it('抽取式气态分析仪 168 小时；其后的小时超期，再次校准以后重新计算；不合格的校准不算', () => {
    expect(terms(calibrated(164))).toMatchObject([{ last: FROM - 164 * HOUR, overdue: [FROM + 4 * HOUR, FROM + 5 * HOUR] }]);
    expect(terms(calibrated(300), calibrated(-2))).toMatchObject([{ last: FROM + 2 * HOUR, overdue: [FROM, FROM + HOUR] }]);
    expect(terms(calibrated(164), calibrated(-1, { passed: 'false' }))).toMatchObject([{ last: FROM - 164 * HOUR, overdue: [FROM + 4 * HOUR, FROM + 5 * HOUR] }]);
    expect(terms()).toMatchObject([{ last: null, overdue: [] }]);
  });

  it('超标事实只取有效期以内的小时：缩短为其中最长的连续时段，日均值不取，造假类的发现不受影响', () => {
    const late = terms(calibrated(164));
    expect(withinTerms([observed('B01')], late)).toMatchObject([{ from: FROM, to: FROM + 4 * HOUR, stats: { hours: 4, peak: 80, multiple: 0.6 } }]);
    expect(withinTerms([observed('B02')], late)).toEqual([]);
    expect(withinTerms([observed('B01', { hourly: [] })], late)).toEqual([]);
    expect(withinTerms([observed('B01'), observed('C01')], terms(calibrated(200)))).toMatchObject([{ model: 'C01' }]);
    expect(withinTerms([observed('B01')], terms(calibrated(100)))).toEqual([observed('B01')]);
  });

  it('超标只按其因子自己的有效小时：一个有效小时也没有的，不再是事实；其他因子校准超期不影响', () => {
    const rows = (...valid: boolean[]) => valid.map((one, hour): ValueRow => ({ factor: nox, start: FROM + hour * HOUR, avg: 60, zs: 60, flag: 'NORMAL', verdict: one ? 'VALID' : 'INVALID', reason: one ? 'OK' : 'FLAG', knownAt: FROM + (hour + 1) * HOUR }));
    const dust = terms(calibrated(400)).map((term) => ({ ...term, factor: 'a34013' }));
    const left = (valid: boolean, late = dust) => onValidHours([observed('B01'), observed('B02'), observed('C01')], rows(valid, valid), late).map(({ model }) => model);
    expect(left(true)).toEqual(['B01', 'B02', 'C01']);
    expect(left(false)).toEqual(['C01']);
    expect(left(true, terms(calibrated(400)))).toEqual(['C01']);
    // What is said of values none of which counts leads, and is no fact of anything.
    const [jump] = onValidHours([observed('C12')], rows(false, false), []);
    expect(jump?.stats).toMatchObject({ valuesAre: 'invalid' });
    expect(isFactOf(law.narratives(), jump!)).toBe(false);
    expect(isFactOf(law.narratives(), onValidHours([observed('C12')], rows(false, true), [])[0]!, 'DATA_FALSIFY_UNIT')).toBe(true);
    expect(onValidHours([observed('A08', { stats: {} }), observed('C12', { codes: ['a21026'] })], rows(false), []).map(({ stats }) => stats['valuesAre'])).toEqual([undefined, undefined]);
    expect(hourCoverage(rows(true, true), [claimOf({ ...observed('B01'), to: instant(FROM + 2 * HOUR) }, [nox, 'a34013'])], dust)).toMatchObject({ expected: 2, valid: 2, overdue: 0 });
  });

  it('日均值按当日的判定：小时不足的日不是事实；流量记录显示只在有效小时排放的，写明', () => {
    const day = (validHours: number, verdict: 'VALID' | 'INVALID' = 'VALID') => ({ start: FROM, verdict, validHours });
    const flow = (...flowing: number[]) => new Map(Array.from({ length: 24 }, (_, hour) => [FROM + hour * HOUR, flowing.includes(hour) ? 12 : 0] as const));
    expect(dayTold(day(1), flow(9))).toEqual({ validHours: 1, dayIs: 'only' });
    expect(dayTold(day(2), flow(8, 9, 10))).toEqual({ validHours: 2 });
    expect(dayTold(day(1), new Map([[FROM, 12]]))).toEqual({ validHours: 1 });
    expect(dayTold(day(1, 'INVALID'), flow(9, 10))).toEqual({ validHours: 1, dayIs: 'short' });
    expect(dayTold(undefined, flow())).toEqual({ validHours: 0, dayIs: 'short' });
  });

  it('审核时段包括每一项写入违法事实的发现，站房开门后的数据变化也在内；只是线索的不扩大时段', () => {
    const until = (model: string) => periodOf(law, clue, [observed(model, { to: instant(TO + 6.8 * HOUR), stats: { turn: 'down' } })], instant(TO + 48 * HOUR)).to;
    expect([until('F06'), until('C01'), until('F07')]).toEqual([TO + 7 * HOUR, TO + 7 * HOUR, TO]);
  });

  it('只审一段数据的，事实按小时截在所审时段以内；不能截的不写', () => {
    const until = instant(FROM + 3.5 * HOUR);
    expect(withinData([observed('B01'), observed('C01')], FROM, until)).toMatchObject([{ model: 'B01', from: FROM, to: FROM + 3 * HOUR, stats: { hours: 3, peak: 70 } }]);
    expect(withinData([observed('B01'), observed('C01')], FROM, TO)).toHaveLength(2);
    expect(withinData([observed('C01', { to: instant(until - 1) })], FROM, until)).toHaveLength(1);
  });
});

describe('许可排放量的核算', () => {
  const account: PermitAccount = {
    period: 'YEAR', from: instant(Date.parse('2026-01-01T00:00:00+08:00')), until: TO, permitKg: '100', usedBeforeKg: '12.5', missingHours: 7,
    months: [{ month: '2026-08', measuredKg: '60.25', manualKg: '0', substitutedKg: '3', undecidedHours: 0 }, { month: '2026-09', measuredKg: '30', manualKg: '1', substitutedKg: '4', undecidedHours: 2 }],
  };

  it('计入违法事实的只有有效小时的实测值和登记的既往量；替代值列在表中而不计入', () => {
    expect(chargedKg(account).toString()).toBe('102.75');
    const { name, bytes } = accountSheet(account, { unit: '演示电厂', outfall: '1号烟囱', factor: '氮氧化物' });
    expect(name).toBe('排放量核算表（氮氧化物，2026-01-01起）.csv');
    const rows = Buffer.from(bytes).toString('utf8').split('\r\n');
    expect(rows).toContain('"2026-09","30","1","4","2"');
    expect(rows).toContain('"合计","90.25","1","7","2"');
    expect(rows).toContain('"计入违法事实的累计排放量（千克）","102.75"');
    const lines = (more: Partial<PermitAccount>) => Buffer.from(accountSheet({ ...account, ...more }, { unit: '演示电厂', outfall: '1号烟囱', factor: '氮氧化物' }).bytes).toString('utf8').split('\r\n');
    expect(lines({ report: { title: '2026年季度执行报告', name: '报告.pdf', sha256: 'a' } })).toContain('"接入平台以前（依当事人报送的《2026年季度执行报告》）","12.5"');
    const unproven = lines({ usedBeforeKg: '0', unprovenKg: '12.5' });
    expect(unproven).toContain('"接入平台以前登记而没有执行报告佐证的（千克，不计入违法事实）","12.5"');
    expect(unproven).toContain('"计入违法事实的累计排放量（千克）","90.25"');
  });
});

it('suggests violation types from the models, best first; a person chooses', () => {
  const observed = (model: string, stats: Observation['stats'] = {}): Observation =>
    ({ model, title: { zh: '', en: '' }, factors: [], from: FROM, to: FROM, stats, unit: '', standard: null, converted: false, hourly: [] });
  const suggested = (type: 'gas' | 'water', ...observations: Observation[]) => suggestViolations(law, observations, type, true);
  expect(suggested('gas', observed('C01'), observed('E01')))
    .toEqual(['DEVICE_ABNORMAL_NOT_REPORTED', 'DATA_FALSIFY_UNIT', 'DATA_TAMPER_DISCHARGE', 'TREATMENT_NOT_BY_PERMIT']);
  // Who was not told of them may not have found the data abnormal.
  expect(suggestViolations(law, [observed('C01')], 'gas', false)).toEqual(['DATA_FALSIFY_UNIT', 'DATA_TAMPER_DISCHARGE', 'DEVICE_ABNORMAL_NOT_REPORTED']);
  expect(suggested('water', observed('B01'))).toEqual(['WATER_EXCEED', 'PERMIT_EXCEED']);
  expect(suggested('gas', observed('B05'))).toEqual(['PERMIT_EXCEED']);
  expect(suggested('gas', observed('E04'))).toEqual(['SPECIAL_PERIOD_NOT_LIMITED']);
  expect(suggested('gas', observed('F05', { kind: 'late' }))).toEqual(['DEVICE_NOT_RUNNING', 'MONITORING_NOT_BY_SPEC']);
  // A furnace too cold is a breach above the number of times a day the rule allows, of the provision on dioxin; below it, and in older findings, a lead.
  expect([{ breach: 'some' }, { breach: 'none' }, { count: 6 }].map((stats) => suggested('gas', observed('B08', stats)))).toEqual([['POP_MEASURES_NOT_TAKEN'], [], []]);
  // An open door, or a power meter that contradicts itself or stands still, charges nobody; what changed behind the door were values.
  expect(suggested('gas', observed('F07'))).toEqual([]);
  expect(suggested('gas', observed('F07', { bit: 'i32002' }))).toEqual(['DEVICE_MOVED_DAMAGED']);
  expect([{ how: 'fit' }, { how: 'constant' }].map((stats) => suggested('gas', observed('E06', stats)))).toEqual([[], []]);
  expect(suggested('gas', observed('E06', { how: 'repeated' }))).toEqual(['DATA_FALSIFY_UNIT']);
  expect(suggested('gas', observed('F06'))).toEqual(['DATA_FALSIFY_UNIT', 'DEVICE_MOVED_DAMAGED']);
  expect(suggested('gas')).toEqual([]);
});
