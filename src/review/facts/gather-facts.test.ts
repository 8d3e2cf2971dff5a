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
import { gatherFacts } from './gather-facts.ts';
import { hourCoverage } from './hour-coverage.ts';
import { precheck } from './precheck-rules.ts';
import type { PoolClue } from '../store/clues.ts';
import { suggestViolations } from './suggest-violations.ts';

const unit = asId<UnitId>('E1');
const outfall = asId<OutfallId>('O1');
const mn = asId<DeviceMn>('MN0000000000000000000001');
const nox = asId<FactorCode>('a21002');
const FROM = instant(Date.parse('2026-09-14T02:00:00+08:00'));
const TO = instant(FROM + 6 * HOUR);
const clock = manualClock(instant(Date.parse('2026-09-15T14:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'gather-'));
let test: TestDatabase;

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
const gather = (region: RegionKey = clue.region) => gatherFacts({ db: test.db, law: loadLaw(), registry: () => registry, now: () => FROM }, { ...clue, region });

describe('what the pre-check looks at', () => {
  it('[JS-11.1] 由报文日志、存证日志、标记和档案取得，缺什么就说缺什么', async () => {
    const input = await gather();
    expect(input.hours).toEqual({ expected: 6, present: 5, valid: 4 });
    expect(input.frames).toMatchObject({ ranges: [{ mn, from: FROM, to: TO, frames: 5 }], conflicts: 0, sealed: 0 });
    expect(input.marks?.map((mark) => [mark.submittedAt, mark.inTime])).toEqual([[FROM + 2 * HOUR, true], [FROM + 48 * HOUR, false]]);
    expect(input.factors).toEqual([{ code: nox, name: '氮氧化物', unit: 'mg/m3', limit: '50', limitSource: '排污许可证' }]);
    expect(input.device).toMatchObject({ owner: 'UNIT', accepted: true, calibratedAt: FROM - 29 * HOUR });
    expect(input.videos).toEqual([]);
    expect(input.recordings).toBeUndefined(); // the clue's region lays down no term
    expect((await gather(asId<RegionKey>('ningxia'))).recordings).toMatchObject({ months: 6, keptUntil: expect.any(Number), lookedAt: FROM });
    expect(input.health).toMatchObject({ takenAt: FROM, frames: expect.any(Number), devices: 1, never: 1, silent: 0 });
    expect(input.health?.frames).toBeGreaterThan(0);
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
    const input = await gatherFacts({ db: test.db, law: loadLaw(), registry: () => registry, now: () => FROM }, { ...clue, outfall: asId<OutfallId>('ghost') });
    expect(input).toMatchObject({ hours: null, frames: null, factors: [{ limit: null }] });
  });
});

describe('hours', () => {
  const value = (flag: number) => ({ factor: nox, avg: 1, min: 1, max: 1, cou: 1, zsAvg: 1, sampleTime: Number.NaN, flag });
  it('an hourly value goes before its steps; without one, 45 valid minutes make an hour', () => {
    const steps = (hour: number, good: number, bad: number) =>
      [...Array(good + bad).keys()].map((i) => ({ kind: 'step' as const, start: FROM + hour * HOUR + i * 600_000, values: [value(i < good ? 1 : 5)] }));
    const facts = [...steps(0, 5, 1), ...steps(1, 4, 2), ...steps(2, 6, 0), { kind: 'hour' as const, start: FROM + 2 * HOUR, values: [value(5)] }];
    expect(hourCoverage(facts, [nox], FROM, FROM + 4 * HOUR, 600_000)).toEqual({ expected: 4, present: 3, valid: 1 });
  });
});

it('suggests violation types from the models, best first; a person chooses', () => {
  expect(suggestViolations('C01@1 E01@1', 'gas')).toEqual(['DATA_TAMPER_DISCHARGE', 'DATA_FALSIFY_UNIT', 'TREATMENT_NOT_BY_PERMIT']);
  expect(suggestViolations('B01@1', 'water')).toEqual(['WATER_EXCEED', 'PERMIT_EXCEED']);
  expect(suggestViolations('', 'gas')).toEqual([]);
});
