import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { unitLogin } from '#access';
import { asId, calendarDay, type FactorCode, type OutfallId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { sql } from '#platform/db';
import { readFile } from '../read-register.ts';
import { REGISTER_FILES } from '../register-files.ts';
import type { LimitValue } from '../registry.ts';
import { openDesk, type Desk } from '../testing/desk.ts';
import { wordsOf } from './finding-words.ts';
import { FINDING_KINDS, holdLimit } from './hold-limit.ts';
import { libraryOf } from './library.ts';
import { registerStandardRoutes } from './standard-routes.ts';

const HEAD = 'standard,industry,industry_zh,class,factor,factor_zh,limit,unit,period,basis,side,valid_from,valid_to,source,article';
const read = (...rows: string[]) => readFile(REGISTER_FILES.standards, Buffer.from([HEAD, ...rows].join('\n')));
const TODAY = calendarDay('2026-09-14');
const STANDARDS = [
  'DB 32/4385-2014,boiler,锅炉,燃煤,a21026,二氧化硫,300,mg/m3,hour,zs,,2014-07-01,,DB 32/4385-2014,表2',
  'DB 32/4385-2014,boiler,锅炉,燃气,a21026,二氧化硫,50,mg/m³,hour,zs,,2014-07-01,,DB 32/4385-2014,表2',
  'DB 32/4385-2001,boiler,锅炉,,a21026,二氧化硫,900,mg/m3,hour,zs,,2002-01-01,2014-06-30,DB 32/4385-2001,表2',
];

describe('许可限值对照排放标准 permitted limits held against emission standards', () => {
  const library = libraryOf(loadLaw(), read(...STANDARDS).rows);
  const permitted = (value: string, more: Partial<LimitValue> = {}): LimitValue => ({
    outfall: asId<OutfallId>('O1'), factor: asId<FactorCode>('a21026'), factorZh: '二氧化硫', limit: value, unit: 'mg/m3', period: 'hour', basis: 'zs', validFrom: undefined, validTo: undefined,
    source: 'GB 13223-2011 表2', attributes: {}, ...more,
  });
  const kind = (limit: LimitValue, industry = 'coal_power', day = TODAY) => holdLimit(limit, industry, library, day)?.kind;

  it('[NMG-2.1d] 与标准相同或更严的没有问题，宽于标准的列出', () => {
    expect([kind(permitted('50')), kind(permitted('50.0')), kind(permitted('35')), kind(permitted('50.1'))]).toEqual([undefined, undefined, undefined, 'LOOSER']);
    const found = holdLimit(permitted('100'), 'coal_power', library, TODAY) ?? expect.fail('nothing found');
    expect(wordsOf(found).zh).toBe('登记限值 100 mg/m3 宽于 GB 13223-2011 表2 的 50 mg/m3（小时均值）');
  });

  it('[NMG-2.1d] 标准库没有的、已失效或尚未实施的、单位或口径不一致的各自列明', () => {
    expect(kind(permitted('50', { source: 'GB 29620-2013' }))).toBe('UNKNOWN_STANDARD');
    expect(kind(permitted('50', { source: '许可证', attributes: { standard: 'DB 32/9999-2020' } }))).toBe('UNKNOWN_STANDARD');
    expect(kind(permitted('800', { source: 'DB 32/4385-2001' }), 'boiler')).toBe('NOT_IN_FORCE');
    expect(kind(permitted('800', { source: 'DB 32/4385-2001' }), 'boiler', calendarDay('2014-06-30'))).toBeUndefined();
    expect(kind(permitted('50'), 'coal_power', calendarDay('2011-12-31'))).toBe('NOT_IN_FORCE');
    expect(kind(permitted('50000', { unit: 'ug/m3' }))).toBe('UNIT_MISMATCH');
    expect(kind(permitted('50', { basis: 'c' }))).toBe('BASIS_MISMATCH');
    expect(kind(permitted('50', { unit: 'mg/Nm³' }))).toBeUndefined();
  });

  it('a first-class pollutant is registered at the outlet of the workshop', () => {
    const nickel = (role?: string) => holdLimit(permitted('0.5', { factor: asId<FactorCode>('w20121'), unit: 'mg/L', period: 'day', basis: 'c', source: 'GB 21900-2008' }), 'electroplating', library, TODAY, role);
    expect([nickel()?.kind, nickel('stormwater')?.kind, nickel('workshop')]).toEqual(['WRONG_POINT', 'WRONG_POINT', undefined]);
    expect(wordsOf(nickel() ?? expect.fail('nothing found')).zh).toContain('GB 21900-2008 表2 规定该污染物在车间或生产设施废水排放口监控');
    expect(kind(permitted('0.5', { factor: asId<FactorCode>('w20122'), unit: 'mg/L', period: 'day', basis: 'c', source: 'GB 21900-2008' }), 'electroplating')).toBeUndefined();
  });

  it('[NMG-2.1d] 锅炉、水泥、烧结、印染、石化、合成树脂的国家标准在库中；没有写明类别的按最宽的一类', () => {
    const of = (source: string, industry: string, value: string, more: Partial<LimitValue> = {}) => kind(permitted(value, { source, ...more }), industry);
    const nox = { factor: asId<FactorCode>('a21002') };
    const cod = { factor: asId<FactorCode>('w01018'), unit: 'mg/L', period: 'day', basis: 'c' } as const;
    expect([of('GB 13271-2014', 'boiler', '300'), of('GB 13271-2014', 'boiler', '301'), of('GB 13271-2014', 'boiler', '51', { attributes: { class: '燃气' } })]).toEqual([undefined, 'LOOSER', 'LOOSER']);
    expect([of('GB 4915-2013', 'cement', '400', nox), of('GB 4915-2013', 'cement', '401', nox), of('GB 4915-2013', 'cement', '321', { ...nox, attributes: { class: '特别排放限值' } })]).toEqual([undefined, 'LOOSER', 'LOOSER']);
    expect([of('GB 28662-2012', 'sinter', '200'), of('GB 28662-2012', 'sinter', '201')]).toEqual([undefined, 'LOOSER']);
    expect([of('GB 4287-2012', 'dyeing', '80', cod), of('GB 4287-2012', 'dyeing', '81', cod), of('GB 4287-2012', 'dyeing', '200', { ...cod, attributes: { class: '间接排放' } })]).toEqual([undefined, 'LOOSER', undefined]);
    expect([of('GB 31571-2015', 'petrochemical', '61', cod), of('GB 31572-2015', 'synthetic_resin', '60', cod)]).toEqual(['LOOSER', undefined]);
    const oxygen = (standard: string) => [...new Set(library.filter((row) => row.standard === standard && row.basis === 'zs').map((row) => row.referenceOxygen))].sort((x = 0, y = 0) => x - y);
    expect(['GB 13271-2014', 'GB 4915-2013', 'GB 28662-2012', 'GB 31571-2015'].map(oxygen)).toEqual([[3.5, 9], [10], [16, 18], [3]]);
  });

  it('the permit that says its class is held to that class; one that does not is held to the loosest', () => {
    const boiler = (value: string, attributes: Record<string, string> = {}) => kind(permitted(value, { source: 'DB32/4385—2014', attributes }), 'boiler');
    expect([boiler('200'), boiler('301'), boiler('200', { class: '燃气' }), boiler('200', { class: '燃煤' })]).toEqual([undefined, 'LOOSER', 'LOOSER', undefined]);
  });

  it('a permit that names no standard is held to those of its trade; a figure the library does not speak of is not judged', () => {
    expect(kind(permitted('60', { source: '许可证' }))).toBe('LOOSER');
    expect(kind(permitted('60', { source: '许可证' }), 'dyeing')).toBeUndefined();
    expect(kind(permitted('60', { factor: asId<FactorCode>('a19001') }))).toBeUndefined();
    expect(kind(permitted('60', { period: 'day' }))).toBeUndefined();
  });

  it('pH is held at both ends, by the amendment of the standard it names', () => {
    const ph = (value: string, side: string) => kind(permitted(value, { factor: asId<FactorCode>('w01001'), unit: '1', period: 'instant', basis: 'c', source: 'GB 18918-2002', attributes: { side } }), 'municipal');
    expect([ph('6', 'lower'), ph('9', 'upper'), ph('5.5', 'lower'), ph('9.5', 'upper'), ph('6.5', 'lower')]).toEqual([undefined, undefined, 'LOOSER', 'LOOSER', undefined]);
  });

  it('a later figure of the same standard replaces the earlier one from its first day; what is imported stands before the starter set', () => {
    const tightened = libraryOf(loadLaw(), read('GB 13223-2011,coal_power,火电厂,,a21026,二氧化硫,50,mg/m3,hour,zs,,2012-01-01,,GB 13223-2011,表2', 'GB 13223-2011,coal_power,火电厂,,a21026,二氧化硫,30,mg/m3,hour,zs,,2026-09-14,,修改单,一').rows);
    expect([calendarDay('2026-09-13'), TODAY].map((day) => holdLimit(permitted('35'), 'coal_power', tightened, day)?.kind)).toEqual([undefined, 'LOOSER']);
    expect(tightened.filter((row) => row.standard === 'GB 13223-2011' && row.factor === 'a21026').map((row) => row.origin)).toEqual(['IMPORTED', 'IMPORTED']);
  });

  it('whatever the figures: looser is exactly larger than the standard', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), (n) => {
      expect(kind(permitted((n / 1000).toFixed(3)))).toBe(n > 50_000 ? 'LOOSER' : undefined);
    }), { seed: 20261129 });
  });

  it.each([
    [',boiler,,,a21026,,50,mg/m3,hour,zs,,2014-07-01,,来源,', 'standard'], ['GB 1-2014,,,,a21026,,fifty,mg/m3,hour,zs,,2014-07-01,,来源,', 'limit'],
    ['GB 1-2014,,,,a21026,,50,,hour,zs,,2014-07-01,,来源,', 'unit'], ['GB 1-2014,,,,a21026,,50,mg/m3,month,zs,,2014-07-01,,来源,', 'period'],
    ['GB 1-2014,,,,a21026,,50,mg/m3,hour,wet,,2014-07-01,,来源,', 'basis'], ['GB 1-2014,,,,a21026,,50,mg/m3,hour,zs,left,2014-07-01,,来源,', 'side'],
    ['GB 1-2014,,,,a21026,,50,mg/m3,hour,zs,,,,来源,', 'valid_from'], ['GB 1-2014,,,,a21026,,50,mg/m3,hour,zs,,2014-13-01,,来源,', 'valid_from'],
    ['GB 1-2014,,,,a21026,,50,mg/m3,hour,zs,,2014-07-01,2014-06-30,来源,', 'valid_to'], ['GB 1-2014,,,,a21026,,50,mg/m3,hour,zs,,2014-07-01,,,', 'source'],
  ])('names line and column of a wrong row: %s', (row, column) => {
    const { rows, problems } = read(STANDARDS[0] as string, row);
    expect(rows).toHaveLength(1);
    expect(problems).toMatchObject([{ file: 'standards.csv', line: 3, column }]);
  });

  it('has words in both languages for every kind', () => {
    const row = library.find((one) => one.standard === 'GB 13223-2011');
    for (const each of FINDING_KINDS) expect(wordsOf({ kind: each, limit: permitted('1'), standard: 'GB 1-2014', row })).toMatchObject({ zh: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) });
  });
});

const FILES = {
  'enterprises.csv': 'enterprise,name,industry\nE1,甲厂,coal_power\nE2,乙厂,boiler\n',
  'outfalls.csv': 'outfall,enterprise,type,mn,name\nO1,E1,gas,A1,1号排口\nO2,E2,gas,A2,锅炉排口\n',
  'limits.csv': 'outfall,factor,factor_zh,limit,unit,period,basis,source\nO1,a21026,二氧化硫,100,mg/m3,hour,zs,GB 13223-2011\nO1,a34013,颗粒物,10,mg/m3,hour,zs,GB 13223-2011\nO2,a21026,二氧化硫,200,mg/m3,hour,zs,DB 32/4385-2014\n',
};

interface Found { total: number; items: { kind: string; outfall: string; zh: string }[] }

describe('排放标准库 the library over HTTP', () => {
  let stage: Desk;
  const E1 = unitLogin(asId<UnitId>('E1'));
  const post = (login: string, ...rows: string[]) => stage.call(login, 'POST', '/api/register/standards', { csv: [HEAD, ...rows].join('\n') });
  const findings = async (login: string, query = '') => (await stage.call(login, 'GET', `/api/register/standard-findings${query}`)).json<Found>();
  beforeAll(async () => {
    stage = await openDesk(registerStandardRoutes, FILES);
  });
  afterAll(() => stage.close());

  it('[NMG-2.1d] 未导入前：宽于标准的、标准库没有的都列出；只见本辖区、本单位的', async () => {
    expect((await findings('monitor')).items.map((one) => [one.outfall, one.kind])).toEqual([['O1', 'LOOSER'], ['O2', 'UNKNOWN_STANDARD']]);
    expect((await findings('monitor', '?outfall=O2')).items.map((one) => one.kind)).toEqual(['UNKNOWN_STANDARD']);
    expect((await findings(E1)).items.map((one) => one.outfall)).toEqual(['O1']);
    expect((await findings('neighbour')).total).toBe(0);
    expect((await findings('monitor', '?day=2011-01-01')).items.map((one) => one.kind)).toContain('NOT_IN_FORCE');
  });

  it('[NMG-2.1d] 有一格错就整份不导入，逐格说明；没有权限的不能导入', async () => {
    const refused = await post('monitor', ...STANDARDS, 'DB 32/4385-2014,boiler,锅炉,燃油,a21026,二氧化硫,二百,mg/m3,hour,zs,,2014-07-01,,DB 32/4385-2014,表2');
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: 'REGISTER-001', field: 'csv', missing: ['第5行 limit “二百”：不是十进制数'] });
    expect((await stage.call('monitor', 'GET', '/api/register/standards')).json<{ items: { origin: string }[] }>().items.filter((one) => one.origin === 'IMPORTED')).toEqual([]);
    expect((await post('monitor')).json()).toMatchObject({ code: 'REGISTER-051' });
    for (const login of ['officer', E1]) expect((await post(login, ...STANDARDS)).statusCode).toBe(403);
  });

  it('[NMG-2.1d] 导入留痕：一行存证、一条事件；再导入同一文件什么也不变；限值仍是登记的限值', async () => {
    const before = stage.registry.current().data.limits;
    expect((await post('monitor', ...STANDARDS)).json()).toEqual({ added: 3, changed: 0, unchanged: 0, findings: 1 });
    expect((await findings('monitor')).items.map((one) => [one.outfall, one.kind])).toEqual([['O1', 'LOOSER']]);
    expect((await stage.leaves()).at(-1)).toMatchObject({ t: 'register', added: 3, held: 1 });
    const { rows } = await sql<{ type: string; payload: object }>`SELECT type, payload FROM outbox ORDER BY seq DESC LIMIT 1`.execute(stage.t.db);
    expect(rows).toMatchObject([{ type: 'register.imported', payload: { added: 3, held: 1 } }]);
    expect((await post('air', ...STANDARDS)).json()).toEqual({ added: 0, changed: 0, unchanged: 3, findings: 1 });
    expect(stage.registry.current().data.limits).toEqual(before);
  });

  it('[NMG-2.1d] 标准失效后改一行失效日期，原来的一行留在台账里', async () => {
    expect((await post('monitor', `${(STANDARDS[0] as string).replace('2014-07-01,,', '2014-07-01,2026-08-31,')}`, `${(STANDARDS[1] as string).replace('2014-07-01,,', '2014-07-01,2026-08-31,')}`)).json()).toMatchObject({ added: 0, changed: 2 });
    expect((await findings('monitor')).items.map((one) => [one.outfall, one.kind])).toEqual([['O1', 'LOOSER'], ['O2', 'NOT_IN_FORCE']]);
    const { rows } = await sql<{ before: { validTo?: string } }>`SELECT before FROM register_change WHERE kind = 'standards' AND before IS NOT NULL`.execute(stage.t.db);
    expect(rows.map((row) => row.before.validTo)).toEqual([undefined, undefined]);
  });
});
