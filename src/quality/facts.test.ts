import { describe, expect, it } from 'vitest';
import { asId, calendarDay, conversionBetween, DAY, HOUR, MINUTE, type FactorCode, type MeterId, type OutfallId } from '#kernel';
import { loadLaw, NATIONAL } from '#law';
import { encodeFrame, encodeSegment, Framer, readPiece, type Frame } from '#ingest/hj212';
import type { Arrival, Fact, PeriodFact } from './facts.ts';
import { flagIndex } from './flags.ts';
import { OutfallFacts, type FactsProfile } from './outfall-facts.ts';
import { PlantStateTracker } from './plant-state.ts';
import { factsOf, type FactProfile } from './read-facts.ts';
import { judgingRules } from './rules.ts';
import { PLANT_STATES } from './series.ts';

const NOX = asId<FactorCode>('a21002');
const T0 = Date.parse('2026-03-02T00:00:00+08:00');
const data: FactProfile = { role: 'data', stepMs: 10 * MINUTE };

function frame(fields: { st?: string; cn: string; flag?: number; cp: string }): Frame {
  const bytes = encodeFrame(encodeSegment({ qn: '20260302010005000', st: fields.st ?? '31', cn: fields.cn, pw: '123456', mn: 'A1', flag: fields.flag ?? 5, cp: fields.cp }));
  const framer = new Framer();
  const piece = [...framer.push(bytes), ...framer.flush()][0];
  const decoded = piece === undefined ? undefined : readPiece(piece);
  if (decoded?.ok !== true) throw new Error('the test frame is no frame');
  return decoded;
}
const period = (facts: readonly Fact[]): PeriodFact => facts.find((fact) => fact.kind === 'hour' || fact.kind === 'step') as PeriodFact;

describe('事实 facts of a frame', () => {
  it('reads an hour: values, flag, sentinel, start of the period', () => {
    const cp = 'DataTime=20260302000000;a21002-Avg=35.50,a21002-Min=30,a21002-Max=-999,a21002-Cou=12.5,a21002-ZsAvg=9999.99,a21002-Flag=N;a19001-Avg=x,a19001-Flag=D';
    const fact = period(factsOf(frame({ cn: '2061', cp }), data));
    expect(fact).toMatchObject({ kind: 'hour', start: T0 });
    expect(fact.values[0]).toMatchObject({ factor: 'a21002', avg: 35.5, min: 30, max: Number.NaN, cou: 12.5, zsAvg: Number.NaN, flag: flagIndex.NORMAL });
    expect(fact.values[1]).toMatchObject({ factor: 'a19001', avg: Number.NaN, flag: flagIndex.FAULT });
  });

  it('keeps what a device before treatment or of the process says under its prefix, and never as a sign of life', () => {
    const cp = 'DataTime=20260302000000;a21026-Avg=1200,a21026-Flag=N';
    const [fact, ...rest] = factsOf(frame({ cn: '2061', cp }), { ...data, role: 'inlet' });
    expect(fact).toMatchObject({ kind: 'hour', start: T0, values: [{ factor: 'in.a21026', avg: 1200 }] });
    expect(rest).toEqual([]);
    expect(factsOf(frame({ cn: '2061', cp }), { ...data, role: 'process' })[0]).toMatchObject({ values: [{ factor: 'pr.a21026' }] });
  });

  it('keeps letters of another edition apart and puts labels on the grid', () => {
    const cp = 'DataTime=20260302001003;a21002-Avg=1,a21002-Flag=F';
    expect(period(factsOf(frame({ cn: '2051', cp }), data))).toMatchObject({ kind: 'step', start: T0 + 10 * MINUTE });
    expect(period(factsOf(frame({ cn: '2051', cp }), data)).values[0]?.flag).toBe(flagIndex.DEVICE_STOPPED);
    expect(period(factsOf(frame({ cn: '2051', cp, flag: 1 }), data)).values[0]?.flag).toBe(flagIndex.SOURCE_STOPPED);
    expect(period(factsOf(frame({ cn: '2061', cp, flag: 1 }), { ...data, dataTimeIs: 'end' })).start).toBe(T0 - HOUR);
  });

  it('turns a unit that the device sends into the registered one; totals and what is no value stay', () => {
    const cp = 'DataTime=20260302000000;a21002-Avg=35100,a21002-Min=30,a21002-Max=-999,a21002-Cou=12.5,a21002-ZsAvg=9999.99,a21002-Flag=N';
    const convert = new Map([[NOX, conversionBetween('µg/m³', 'mg/m3') as (value: number) => number]]);
    expect(period(factsOf(frame({ cn: '2061', cp }), { ...data, convert })).values[0]).toMatchObject({ avg: 35.1, min: 0.03, max: Number.NaN, cou: 12.5, zsAvg: Number.NaN });
    expect([conversionBetween('L/s', 'm3/h')?.(10), conversionBetween('m3/h', 'L/s')?.(36), conversionBetween('kPa', 'Pa')?.(0.1)]).toEqual([36, 10, 100]);
    expect([conversionBetween('mg/m3', 'kPa'), conversionBetween('ppm', 'mg/m3')]).toEqual([undefined, undefined]);
  });

  it('[NX-A2.5] 门禁 i32001–i32006 成为开门事实', () => {
    const cp = 'DataTime=20260302081500;i32001-Rtd=1;i32002-Rtd=0;i32003-Rtd=0;i32004-Rtd=2;i32005-Rtd=P-07;i32006-Rtd=20260302081457';
    const [door] = factsOf(frame({ st: '81', cn: '2011', cp }), { ...data, role: 'door' });
    expect(door).toMatchObject({ kind: 'door', open: true, removed: false, method: '2', person: 'P-07', openedAt: T0 + 8 * HOUR + 14 * MINUTE + 57_000 });
  });

  it('reads the parameters a device tells of itself (CN 3020), each with its factor', () => {
    const cp = 'DataTime=20260302000000;PolId=w01018,i13008-Info=1.05,i13007-Info=-0.2,i12001-Info=0';
    const facts = factsOf(frame({ cn: '3020', cp }), data);
    const of = { kind: 'parameter', at: T0, factor: 'w01018', filed: false };
    expect(facts.slice(0, 2)).toEqual([{ ...of, name: 'slope', value: '1.05' }, { ...of, name: 'intercept', value: '-0.2' }]);
    expect(facts.map((fact) => fact.kind)).toEqual(['parameter', 'parameter', 'contact']);
  });

  it('reads meters by their channel, and realtime data as a sign of life only', () => {
    const meters = new Map([['100001', asId<MeterId>('M1')], ['100002', asId<MeterId>('M2')]]);
    const cp = 'DataTime=20260302000000;100001-Ia=401.4,100001-Ua=220,100001-PF=0.9,100001-Ept=8.5,100001-Pt=267.391;100002-Pt=12.5';
    expect(factsOf(frame({ st: '80', cn: '2011', cp }), { role: 'power', stepMs: 600_000, meters })[0]).toEqual({
      kind: 'power', at: T0, readings: [{ meter: 'M1', kw: 267.391 }, { meter: 'M2', kw: 12.5 }],
      details: [{ at: T0, meter: 'M1', kw: 267.391, volts: 220, amperes: 401.4, powerFactor: 0.9, kwh: 8.5 }],
    });
    expect(factsOf(frame({ cn: '2011', cp: 'DataTime=20260302000000;a21002-Rtd=5' }), data).map((fact) => fact.kind)).toEqual(['contact']);
  });
});

const profile: FactsProfile = {
  outfall: asId<OutfallId>('O1'), type: 'gas', stepMs: 10 * MINUTE, powerStepMs: 10 * MINUTE, spans: new Map([[NOX, 200]]), flowResolution: undefined,
  meters: [{ meter: asId<MeterId>('M1'), role: 'production', ratedKw: 100 }],
};
const value = (factor: FactorCode, avg: number, more: Partial<PeriodFact['values'][number]> = {}): PeriodFact['values'][number] => ({
  factor, avg, min: Number.NaN, max: Number.NaN, cou: Number.NaN, zsAvg: Number.NaN, sampleTime: Number.NaN, flag: flagIndex.NORMAL, ...more,
});
const at = (knownAt: number, ...facts: Fact[]): Arrival => ({ knownAt, order: '', facts });
const hour = (start: number, ...values: PeriodFact['values'][number][]): Fact => ({ kind: 'hour', start, values });
const step = (start: number, ...values: PeriodFact['values'][number][]): Fact => ({ kind: 'step', start, values });
const validAt = (facts: OutfallFacts, start: number): number | undefined => facts.hours.columns(NOX)?.valid[facts.hours.row(start)];

describe('逐小时有效性 what was known of an outfall', () => {
  const fresh = () => new OutfallFacts(profile, T0);
  const steps = (facts: OutfallFacts, start: number, n: number) => {
    for (let i = 0; i < n; i++) facts.apply(at(start + (i + 1) * 10 * MINUTE, step(start + i * 10 * MINUTE, value(NOX, 40))));
  };

  it('[NMG-2.1a] 正常运行且分钟数据足45分钟的小时有效；40分钟的无效，迟到的分钟补足后转为有效', () => {
    const facts = fresh();
    steps(facts, T0, 5);
    facts.apply(at(T0 + HOUR + 1, hour(T0, value(NOX, 40))));
    expect(validAt(facts, T0)).toBe(1);
    steps(facts, T0 + HOUR, 4);
    facts.apply(at(T0 + 2 * HOUR + 1, hour(T0 + HOUR, value(NOX, 40))));
    expect(validAt(facts, T0 + HOUR)).toBe(0);
    facts.apply(at(T0 + 5 * HOUR, step(T0 + HOUR + 40 * MINUTE, value(NOX, 40))));
    expect(validAt(facts, T0 + HOUR)).toBe(1);
  });

  it('启炉、停炉、闷炉标志的分钟与小时有效（附条件）：没有按期工况标记的超限照判', () => {
    const facts = fresh();
    for (const [i, flag] of [flagIndex.STARTING, flagIndex.STOPPING, flagIndex.BANKED, flagIndex.FAULT].entries()) {
      const start = T0 + i * HOUR;
      for (let s = 0; s < 6; s++) facts.apply(at(start + (s + 1) * 10 * MINUTE, step(start + s * 10 * MINUTE, value(NOX, 90, { flag }))));
      facts.apply(at(start + HOUR + 1, hour(start, value(NOX, 90, { flag }))));
    }
    expect([0, 1, 2, 3].map((i) => facts.verdictOf(NOX, facts.hours.row(T0 + i * HOUR))?.reason)).toEqual(['OK', 'OK', 'OK', 'FLAG']);
  });

  it('[NMG-2.1b] 按期维护标记使小时无效，逾期标记不生效；量程外与异常标识无效', () => {
    const facts = fresh();
    for (let i = 0; i < 4; i++) facts.apply(at(T0 + (i + 1) * HOUR + 1, hour(T0 + i * HOUR, value(NOX, i === 3 ? 201 : 40, i === 2 ? { flag: flagIndex.CALIBRATION } : {}))));
    expect([0, 1, 2, 3].map((i) => validAt(facts, T0 + i * HOUR))).toEqual([1, 1, 0, 0]);
    const mark = (id: string, start: number, submittedAt: number): Fact => ({ kind: 'mark', id, markKind: 'CEMS_MAINTENANCE', start, end: start + HOUR, submittedAt, reason: '' });
    facts.apply(at(T0 + DAY + 12 * HOUR, mark('in-time', T0, T0 + DAY + 12 * HOUR)));
    facts.apply(at(T0 + DAY + 12 * HOUR + 60_000, mark('late', T0 + HOUR, T0 + DAY + 12 * HOUR + 60_000)));
    expect([0, 1].map((i) => validAt(facts, T0 + i * HOUR))).toEqual([0, 1]);
  });

  it('[JS-21.2] 第 10 天核查不合格、上次合格为第 3 天：其间小时追溯无效并逐一留痕；补报的合格、下次合格只改判触及的小时', () => {
    const facts = fresh();
    for (let h = 0; h < 12 * 24; h++) facts.apply(at(T0 + (h + 1) * HOUR + 1, hour(T0 + h * HOUR, value(NOX, 40))));
    const check = (day: number, passed: boolean): Fact => ({ kind: 'calibration', start: T0 + day * DAY, end: T0 + day * DAY + HOUR, what: 'zero', factors: [NOX], zeroDrift: Number.NaN, spanDrift: Number.NaN, passed });
    const invalid = () => Array.from({ length: 12 * 24 }, (_, h) => h).filter((h) => validAt(facts, T0 + h * HOUR) === 0);
    facts.apply(at(T0 + 12 * DAY + 2, check(3, true)));
    expect([invalid(), facts.rejudged]).toEqual([[], []]);
    facts.apply(at(T0 + 12 * DAY + 3, check(10, false)));
    expect(invalid()).toEqual(Array.from({ length: 12 * 24 - 73 }, (_, i) => 73 + i));
    expect(facts.rejudged).toHaveLength(12 * 24 - 73);
    expect(facts.rejudged[0]).toMatchObject({ factor: NOX, start: T0 + 73 * HOUR, verdict: 'INVALID', reason: 'OUT_OF_CONTROL', before: 'NO_STEPS_SENT', cause: 'CHECK' });
    facts.apply(at(T0 + 12 * DAY + 4, check(11, true)));
    expect([invalid()[0], invalid().at(-1), facts.rejudged.length]).toEqual([73, 11 * 24 - 1, 24]);
    facts.apply(at(T0 + 12 * DAY + 5, check(7, true)));
    expect([invalid()[0], facts.rejudged.length]).toEqual([7 * 24 + 1, 4 * 24]);
    facts.apply(at(T0 + 12 * DAY + 6, check(7, true)));
    expect(facts.rejudged).toEqual([]);
  });

  it('[NMG-2.1f] 比对不合格同样追溯至上次合格：成对数据按规定判定，更正后的成对数据恢复原判', () => {
    const rules = judgingRules(loadLaw(), NATIONAL, calendarDay('2026-03-12'));
    const facts = new OutfallFacts({ ...profile, rules: () => rules }, T0);
    for (let h = 0; h < 48; h++) facts.apply(at(T0 + (h + 1) * HOUR + 1, hour(T0 + h * HOUR, value(NOX, 40))));
    const check = (start: number, what: string, more: object): Fact => ({ kind: 'calibration', start, end: start + HOUR, what, factors: [NOX], zeroDrift: Number.NaN, spanDrift: Number.NaN, passed: undefined, ...more });
    const compared = (automatic: number) => check(T0 + 40 * HOUR, '比对', { pairs: [1, 2, 3].map(() => ({ automatic: String(automatic), reference: '40' })) });
    const invalid = () => Array.from({ length: 48 }, (_, h) => h).filter((h) => validAt(facts, T0 + h * HOUR) === 0);
    facts.apply(at(T0 + 50 * HOUR, check(T0 + 10 * HOUR, 'zero', { passed: true })));
    facts.apply(at(T0 + 51 * HOUR, compared(60)));
    expect([invalid()[0], invalid().length]).toEqual([11, 37]);
    facts.apply(at(T0 + 52 * HOUR, compared(41)));
    expect(invalid()).toEqual([]);
  });

  it('a repeated hour never overwrites: the first stands, every other one is a revision', () => {
    const facts = fresh();
    facts.apply(at(T0 + HOUR, hour(T0, value(NOX, 80, { zsAvg: 90 }))));
    facts.apply(at(T0 + 3 * HOUR, hour(T0, value(NOX, 80, { zsAvg: 90 }))));
    expect(facts.revisions).toEqual([]);
    facts.apply(at(T0 + 4 * HOUR, hour(T0, value(NOX, 40, { zsAvg: 45 }))));
    facts.apply(at(T0 + 5 * HOUR, hour(T0, value(NOX, 30, { zsAvg: 45 }))));
    expect(facts.hours.columns(NOX)?.avg[0]).toBe(80);
    expect(facts.revisions.map(({ field, before, after }) => [field, before, after])).toEqual([['avg', 80, 40], ['zsAvg', 90, 45], ['avg', 40, 30]]);
  });

  it('counts mass once per hour and forgets what no window reaches', () => {
    const facts = fresh();
    for (let i = 0; i < 100 * 24; i++) facts.apply(at(T0 + (i + 1) * HOUR, hour(T0 + i * HOUR, value(NOX, 40, { cou: 2 }))));
    const now = T0 + 100 * DAY;
    facts.trim(now);
    expect(facts.accumulated(NOX, now)).toMatchObject({ kg: 4800, hours: 2400, missing: 0, from: T0 });
    expect(facts.windowStart(now)).toBe(now - 75 * DAY);
    expect(facts.hours.base).toBeGreaterThan(T0);
    expect(validAt(facts, now - HOUR)).toBe(1);
  });

  it('counts the mass of valid hours alone; a verdict that changes brings an hour in or takes it out, whatever of it came first', () => {
    const facts = fresh();
    for (let i = 0; i < 24; i++) facts.apply(at(T0 + (i + 1) * HOUR, hour(T0 + i * HOUR, value(NOX, 40, { cou: 2.00025, ...(i === 0 ? { flag: flagIndex.CALIBRATION } : {}) }))));
    const counted = () => facts.accumulated(NOX, T0 + DAY);
    const sum = (hours: number) => ({ kg: (hours * Math.round(2.00025 * 10_000)) / 10_000, hours });
    expect(counted()).toMatchObject(sum(23));
    const mark = (id: string, now: number): Arrival => at(now, { kind: 'mark', id, markKind: 'maintenance', start: T0 + 3 * HOUR, end: T0 + 5 * HOUR, submittedAt: now, reason: '' });
    facts.apply(mark('K', T0 + 25 * HOUR));
    facts.apply(mark('L', T0 + 26 * HOUR));
    expect(counted()).toMatchObject(sum(21));
    facts.apply(at(T0 + 27 * HOUR, hour(T0 + 24 * HOUR, value(NOX, 40))));
    facts.apply(at(T0 + 28 * HOUR, hour(T0 + 24 * HOUR, value(NOX, 40, { cou: 2.00025 }))));
    expect(counted()).toMatchObject(sum(22));
  });

  it('one opening told by frames and by the register is one record', () => {
    const facts = fresh();
    const door = (now: number, open: boolean, openedAt: number): Arrival =>
      at(now, { kind: 'door', at: now, open, removed: false, fault: false, method: '1', person: 'P', openedAt });
    facts.apply(at(T0 + HOUR, { kind: 'opening', openedAt: T0 + HOUR, closedAt: T0 + 2 * HOUR, method: 'face', person: 'P' }));
    facts.apply(door(T0 + HOUR + 5_000, true, T0 + HOUR + 3_000));
    facts.apply(door(T0 + HOUR + 15 * MINUTE, true, T0 + HOUR + 3_000));
    facts.apply(door(T0 + 2 * HOUR, false, Number.NaN));
    expect(facts.doors).toHaveLength(1);
    expect(facts.doors[0]).toMatchObject({ openedAt: T0 + HOUR, closedAt: T0 + 2 * HOUR });
  });

  it('knows run from off by data and by power, and keeps a contradiction', () => {
    const facts = fresh();
    const run = (i: number, o2: number, flow: number, temperature: number, kw: number) => {
      const start = T0 + i * HOUR;
      for (let j = 0; j < 6; j++) facts.apply(at(start + j * 10 * MINUTE + 1, { kind: 'power', at: start + j * 10 * MINUTE, readings: [{ meter: asId<MeterId>('M1'), kw }] }));
      const of = (code: string, avg: number) => value(asId<FactorCode>(code), avg);
      facts.apply(at(start + HOUR + 1, hour(start, of('a19001', o2), of('a00000', flow), of('a01012', temperature))));
    };
    for (let i = 0; i < 48; i++) run(i, 6, 100_000, 130, 90);
    run(48, 20.8, 2_000, 20, 2);
    run(49, 20.8, 2_000, 20, 90);
    const tracker = new PlantStateTracker(facts, 6);
    const now = T0 + 50 * HOUR;
    tracker.learn(now);
    const { state } = tracker.at(now);
    expect([0, 47, 48, 49].map((i) => PLANT_STATES[state[i] as number])).toEqual(['RUN', 'RUN', 'OFF', 'CONFLICT']);
  });
});
