import { mkdtempSync, writeFileSync, rmSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, instant, manualClock, type OutfallId, type UnitId } from '#kernel';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { sql, transact } from '#platform/db';
import { exportRegister } from './export-register.ts';
import { importRegister } from './import-register.ts';
import { followRegistry, openRegistry, partyOf } from './open-registry.ts';
import { loadRegistry, readRegister } from './read-register.ts';
import { writeEntries } from './store/entries.ts';
import { submitMark } from './submit-mark.ts';

const dirs: string[] = [];
function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'register-'));
  dirs.push(dir);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return dir;
}
afterAll(() => dirs.forEach((dir) => rmSync(dir, { recursive: true })));

const GOOD = {
  'enterprises.csv':
    'enterprise,name,industry,industry_zh,county,lat,lon,operator,key_polluter,credit_code,legal_representative,permit_no\n' +
    'E1,=cmd|calc,coal_power,火电,河东,31.2,120.5,运维甲,1,91320000X,张三,P-1\nE2,"<img src=x onerror=alert(1)>, 乙厂",boiler,锅炉,河西,,,,0,,,\n',
  'outfalls.csv':
    'outfall,enterprise,type,mn,door_mn,power_mn,o2_ref,analysis_cycle_h,design_flow,minute_step,stack_area_m2,velocity_coef,name\n' +
    'O1,E1,gas,A1,D1,P1,6,,800000,10,20.5,0.84,1号排口\nO2,E1,water,A2,D1,P1,,2,300,10,,,\n',
  'factors.csv': 'outfall,factor,factor_zh,unit,span,resolution\nO1,a21026,二氧化硫,mg/m3,100,0.01\n',
  'limits.csv':
    'outfall,factor,factor_zh,limit,unit,period,basis,valid_from,valid_to\n' +
    'O1,a21026,二氧化硫,50,mg/m3,hour,zs,,2026-06-30\nO1,a21026,二氧化硫,35.0,mg/m3,hour,zs,2026-07-01,\n',
  'standards.csv': 'standard,industry,factor,limit,unit,period,basis,valid_from,source,page\nGB 13271-2014,boiler,a21026,50,mg/m3,hour,zs,2014-07-01,GB 13271-2014 表2,12\n',
  'meters.csv': 'meter,outfall,enterprise,role,rated_kw\nM1,O1,E1,production,500\nM2,,E1,main,900\n',
  'marks.csv': 'mark,outfall,kind,start_ms,end_ms,submitted_ms,reason\nK1,O1,停运,1772300000000,1772310000000,1772301000000,检修\n',
  'power.csv': 'ts_ms,meter,kw\n1772300000000,M1,12.5\n1772300600000,M1,13\n',
  'shifts.csv': 'outfall,from_hour\nO1,8\n',
};

const O1 = asId<OutfallId>('O1');
const E1 = asId<UnitId>('E1');

describe('登记文件 register files', () => {
  it('[PAPER-2.2d] reads every file, keeps extra columns and unknown files', () => {
    const { data, problems } = readRegister(folder(GOOD));
    expect(problems).toEqual([]);
    expect(data.units[0]).toMatchObject({ unit: 'E1', name: '=cmd|calc', keyPolluter: true, attributes: { credit_code: '91320000X' } });
    expect(data.units[1]?.name).toBe('<img src=x onerror=alert(1)>, 乙厂');
    expect(data.power).toHaveLength(2);
    expect(data.other).toEqual([{ file: 'shifts.csv', line: 2, values: { outfall: 'O1', from_hour: '8' } }]);
  });

  it('answers by device, by day and by meter link', () => {
    const { registry } = loadRegistry(folder(GOOD));
    expect(registry.deviceOf('D1')).toEqual([{ mn: 'D1', role: 'door', unit: 'E1', outfalls: ['O1', 'O2'] }]);
    expect(registry.deviceOf('nobody')).toEqual([]);
    const on = (day: string) => registry.limitsOf(O1, instant(Date.parse(`${day}T12:00:00+08:00`))).map((limit) => limit.limit);
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual([['50'], ['35.0']]);
    expect(registry.metersOf(O1).map((meter) => meter.meter)).toEqual(['M1', 'M2']);
  });

  it('a limit whose misses are counted by the day is kept apart from those that values are compared with', () => {
    const furnace = `${GOOD['limits.csv']}O1,a01901,炉膛焚烧温度,850,degC,five_minutes,c,,\n`;
    const { registry } = loadRegistry(folder({ ...GOOD, 'limits.csv': furnace }));
    const at = instant(Date.parse('2026-06-30T12:00:00+08:00'));
    expect(registry.limitsOf(O1, at).map((limit) => limit.factor)).toEqual(['a21026']);
    expect(registry.countedLimitsOf(O1, at)).toMatchObject([{ factor: 'a01901', limit: '850', period: 'five_minutes' }]);
  });

  it.each([
    ['outfalls.csv', 'outfall,enterprise,type,mn\nO1,E9,gas,A1\n', 2, 'enterprise'],
    ['outfalls.csv', 'outfall,enterprise,type,mn\nO1,E1,steam,A1\n', 2, 'type'],
    ['outfalls.csv', 'outfall,enterprise,type,mn\nO1,E1,gas,A1\nO2,E1,gas,A1\n', 3, 'mn'],
    ['outfalls.csv', 'outfall,enterprise,type,hj212_edition\nO1,E1,gas,2018\n', 2, 'hj212_edition'],
    ['outfalls.csv', 'outfall,enterprise,type,hj212_crc\nO1,E1,gas,modbus|swapped\n', 2, 'hj212_crc'],
    ['outfalls.csv', 'outfall,enterprise,type,door_hj212_reading\nO1,E1,gas,loose\n', 2, 'door_hj212_reading'],
    ['outfalls.csv', 'outfall,enterprise,type,hj212_data_time\nO1,E1,gas,middle\n', 2, 'hj212_data_time'],
    ['outfalls.csv', 'outfall,enterprise,type,hj212_peers\nO1,E1,gas,example.com\n', 2, 'hj212_peers'],
    ['outfalls.csv', 'outfall,enterprise,type,hj212_units\nO1,E1,gas,a21026:ppm\n', 2, 'hj212_units'],
    ['outfalls.csv', 'outfall,enterprise,type,hj212_units\nO1,E1,gas,a21026=kPa\n', 2, 'hj212_units'],
    ['limits.csv', 'outfall,factor,limit,period\nO1,a21026,fifty,hour\n', 2, 'limit'],
    ['factors.csv', 'outfall,factor,span\nO1,a21026,1e\n', 2, 'span'],
    ['marks.csv', 'mark,outfall,kind,start_ms,end_ms,submitted_ms\nK1,O1,停运,1772300000,1772310000,1772301000\n', 2, 'start_ms'],
    ['enterprises.csv', 'enterprise,name\nE1,甲\nE1,乙\n', 3, 'enterprise'],
    ['enterprises.csv', 'enterprise,name\n../etc,甲\n', 2, 'enterprise'],
    ['enterprises.csv', 'name\n甲\n', 1, 'enterprise'],
    ['enterprises.csv', 'enterprise,name\nE1,"甲\n', 2, ''],
    ['waste.csv', 'enterprise,month,generated_t,stock_t\nE1,2026-2,1,1\n', 2, 'month'],
    ['calibrations.csv', 'outfall,start_ms,end_ms,kind\nO9,1772300000000,1772300001000,zero\n', 2, 'outfall'],
    ['calibrations.csv', 'outfall,start_ms,end_ms,kind,factors,pairs\nO1,1772300000000,1772300001000,比对,w01018,41.2:44|39.8\n', 2, 'pairs'],
    ['parameters.csv', 'outfall,at_ms,name\nO1,1772300000000,slope\n', 1, 'value'],
    ['power.csv', 'ts_ms,meter,kw\n1772300000000,M1,12.5\n1772300000000,M1,13\n', 3, 'ts_ms'],
  ])('names file, line and column of a wrong row in %s', (file, text, line, column) => {
    const { problems } = readRegister(folder({ ...GOOD, [file]: text }));
    expect(problems.find((problem) => problem.file === file)).toMatchObject({ line, column });
    expect(problems[0]?.zh).not.toBe('');
  });

  it('reads an empty folder as an empty register', () => {
    expect(readRegister(folder({}))).toMatchObject({ problems: [], rows: 0 });
  });
});

describe('登记入库 the register in the database', () => {
  let test: TestDatabase;
  const clock = manualClock(instant(Date.parse('2026-03-02T09:00:00+08:00')));
  const home = { authority: 'JS-QC', region: 'jiangsu' };
  beforeAll(async () => void (test = await testDatabase()));
  afterAll(() => test.drop());

  it('imports nothing while a row is wrong, unless told to keep the good rows', async () => {
    const dir = folder({ ...GOOD, 'factors.csv': 'outfall,factor,span\nO1,a21026,100\nO9,a21002,1\n' });
    const refused = await importRegister({ db: test.db, clock }, { dir, by: 'admin', home });
    expect(refused).toMatchObject({ imported: false, added: 0 });
    expect(refused.problems).toHaveLength(1);
    expect((await openRegistry(test.db)).data.units).toEqual([]);
  });

  it('is idempotent and gives back what was imported', async () => {
    // More than nine rows: their order in the store is not that of their line numbers as text.
    const months = Array.from({ length: 12 }, (_, i) => `E1,2025-${String(i + 1).padStart(2, '0')},${i}.5,1,x${i}\n`).join('');
    const dir = folder({ ...GOOD, 'waste.csv': `enterprise,month,generated_t,stock_t,note\n${months}` });
    const first = await importRegister({ db: test.db, clock }, { dir, by: 'admin', home });
    expect(first).toMatchObject({ imported: true, changed: 0, marks: 1 });
    const again = await importRegister({ db: test.db, clock }, { dir, by: 'admin', home });
    expect(again).toMatchObject({ imported: true, added: 0, changed: 0, marks: 0, unchanged: first.added });
    const stored = await openRegistry(test.db);
    const { data } = readRegister(dir);
    expect(stored.data.outfalls).toEqual([...data.outfalls]);
    expect(stored.data.limits).toHaveLength(2);
    expect(partyOf(stored, E1)).toMatchObject({ name: '=cmd|calc', creditCode: '91320000X', authorityId: 'JS-QC', region: 'jiangsu' });
    const out = mkdtempSync(join(tmpdir(), 'register-out-'));
    dirs.push(out);
    exportRegister(stored, out);
    expect(readRegister(out).problems).toEqual([]);
    expect(readFileSync(join(out, 'enterprises.csv'), 'utf8')).toContain('"<img src=x onerror=alert(1)>, 乙厂"');
    expect(await importRegister({ db: test.db, clock }, { dir: out, by: 'admin', home })).toMatchObject({ added: 0, changed: 0 });
  });

  it('keeps what stood before a change and lets nobody alter the ledger', async () => {
    const dir = folder({ ...GOOD, 'factors.csv': GOOD['factors.csv'].replace(',100,', ',200,') });
    expect(await importRegister({ db: test.db, clock }, { dir, by: 'admin', home })).toMatchObject({ added: 0, changed: 1 });
    const { rows } = await sql<{ before: { span: number }; after: { span: number } }>`
      SELECT before, after FROM register_change WHERE before IS NOT NULL`.execute(test.db);
    expect(rows.map((row) => [row.before.span, row.after.span])).toEqual([[100, 200]]);
    await expect(sql`DELETE FROM register_change`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`UPDATE register_mark SET end_at = end_at + 1`.execute(test.db)).rejects.toThrow(/permission denied/);
  });

  it('a register that is followed equals one read anew, after each change', async () => {
    const live = await followRegistry(test.db);
    const value = (limit: string, more = ''): Promise<unknown> =>
      importRegister({ db: test.db, clock }, { dir: folder({ ...GOOD, 'limits.csv': GOOD['limits.csv'].replace('35.0', limit) + more }), by: 'admin', home });
    for (const change of [() => value('33.0'), () => value('34.0', 'O1,a21026,二氧化硫,50,mg/m3,day,zs,2026-07-01,\n'), () => value('36.0')]) {
      await change();
      expect(await live.refresh()).toBe(true);
      expect(live.current().data).toEqual((await openRegistry(test.db)).data);
      expect(live.current().authorityOf(E1)).toBe('JS-QC');
    }
    expect(await live.refresh()).toBe(false);
  });

  it('a change that commits late is not passed over by one that began after it', async () => {
    const live = await followRegistry(test.db);
    const note = (key: string) => ({ kind: 'other' as const, key, unit: null, outfall: null, authority: null, start: null, body: { file: 'notes.csv', line: 1, values: { key } } });
    const [began, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const long = transact(test.db, async (tx) => {
      await writeEntries(tx, 'long', 1, [note('long')]);
      began.resolve();
      await mayEnd.promise;
    });
    await began.promise;
    const short = transact(test.db, (tx) => writeEntries(tx, 'short', 2, [note('short')]));
    await Promise.race([short, new Promise((resolve) => setTimeout(resolve, 300))]);
    await live.refresh();
    mayEnd.resolve();
    await Promise.all([long, short]);
    await live.refresh();
    expect(live.current().data.other.filter(({ file }) => file === 'notes.csv').map(({ values }) => values['key'])).toEqual(['long', 'short']);
  });

  it('[NMG-2.1b] 企业标记自有数据：留存提交时间，不得标记未来时段', async () => {
    const command = { outfall: O1, kind: 'CEMS_MAINTENANCE', start: clock.now() - 3_600_000, end: clock.now(), reason: '更换滤芯', by: 'unit-1' };
    const result = await submitMark({ db: test.db, clock }, command);
    expect(result).toMatchObject({ ok: true, value: { submittedAt: clock.now() } });
    expect(await submitMark({ db: test.db, clock }, { ...command, end: command.start - 1 })).toMatchObject({ code: 'REGISTER-004' });
    expect(await submitMark({ db: test.db, clock }, { ...command, start: clock.now() + 1, end: clock.now() + 2 })).toMatchObject({ code: 'REGISTER-005' });
  });
});
