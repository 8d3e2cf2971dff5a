import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unitLogin } from '#access';
import { HOUR, instant } from '#kernel';
import { makeLaw } from '#law';
import { sql } from '#platform/db';
import { deadlinesOf, sweepDeadlines } from '#platform/deadlines';
import { silentLogger } from '#platform/log';
import { drainOutbox } from '#platform/outbox';
import { DESK_NOW as NOW, E1, E2, openDesk, type Desk } from '../testing/desk.ts';
import { checkEnd, MATTER_KINDS, MATTER_RULES } from './decide-device-matter.ts';
import { registerDeviceRoutes } from './device-routes.ts';
import { deviceHandlers } from './end-device-matter.ts';

interface Item { matterId: string; kind: string; state: string; late: boolean; dueAt: string | null; article: string | null; toldDueAt: string | null; ends: string[]; mayMeasure: boolean; answer: string | null; endedBy: string | null; manual: { factor: string; value: string }[] }

const iso = (at: number): string => new Date(at).toISOString();
const day = (text: string): number => Date.parse(`${text}T00:00:00+08:00`);

describe('[F-CEE 现场监督检查办法 art. 7–8] 设备事项', () => {
  let desk: Desk;
  beforeAll(async () => void (desk = await openDesk(registerDeviceRoutes)));
  afterAll(() => desk.close());
  const own = unitLogin(E1);
  const call: Desk['call'] = (...given) => desk.call(...given);
  const at = (text: string): void => desk.goTo(text);
  const report = (kind: string, since: number, more: object = {}, login = own) => call(login, 'POST', '/api/unit/device-matters', {
    kind, outfall: 'O1', device: '二氧化硫分析仪', factors: ['a21026'], since: iso(since), reason: '读数恒定不变', meanwhile: '每 6 小时手工监测一次', ...more,
  });
  const end = (matterId: string, how: string, login = own) => call(login, 'POST', `/api/unit/device-matters/${matterId}/end`, { end: how, answer: '已更换光源并校准' });
  const reply = (matterId: string, how: string, login = 'monitor') => call(login, 'POST', `/api/register/device-matters/${matterId}/answer`, { end: how, answer: '情况属实' });
  const manual = (matterId: string, more: object = {}) => call(own, 'POST', `/api/unit/device-matters/${matterId}/manual-values`, { factor: 'a21026', sampledAt: iso(NOW - HOUR), value: '21.5', ...more });
  const list = async (login: string): Promise<Item[]> => (await call(login, 'GET', '/api/register/device-matters')).json<{ items: Item[] }>().items;
  const clocks = (matterId: string) => deadlinesOf(desk.t.db, 'device-matter', matterId);
  const passTime = async (): Promise<void> => {
    await sweepDeadlines({ db: desk.t.db, clock: desk.clock });
    await drainOutbox({ db: desk.t.db, clock: desk.clock, log: silentLogger() }, deviceHandlers);
  };
  let fault = '';

  it('表上写的期限是读者所在地区当日的期限，地区改了就跟着改', async () => {
    const terms = async (at: Desk) => (await at.call(own, 'GET', '/api/register/device-matters')).json<{ terms: unknown }>().terms;
    const five = { n: 5, dayKind: 'WORKING_DAY' };
    expect(await terms(desk)).toEqual({ report: { n: 12, dayKind: 'HOUR' }, repair: five, answer: five, handIn: five });
    const { data } = desk.law;
    const [t25] = data.clocks.filter(({ id }) => id === 'T25');
    const regions = data.regions.map((region) => (region.key === 'jiangsu' && t25 !== undefined ? { ...region, clocks: [...region.clocks, { ...t25, n: 6 }] } : region));
    const elsewhere = await openDesk(registerDeviceRoutes, undefined, undefined, makeLaw({ ...data, regions }));
    expect(await terms(elsewhere)).toMatchObject({ report: { n: 6, dayKind: 'HOUR' } });
    await elsewhere.close();
  });

  it('T25：故障十二小时内报告的按期，报告须写明因子和停运期间的手工监测；别家的排口、没有登记的因子不收', async () => {
    expect((await report('FAULT', NOW + HOUR)).json()).toMatchObject({ code: 'REGISTER-032', field: 'since' });
    expect((await report('FAULT', NOW - HOUR, { factors: ['w01018'] })).json()).toMatchObject({ code: 'REGISTER-031' });
    expect((await report('FAULT', NOW - HOUR, { meanwhile: '' })).json()).toMatchObject({ code: 'REGISTER-034', basis: expect.stringContaining('第八条') });
    expect((await report('FAULT', NOW - HOUR, { outfall: 'O2' })).json()).toMatchObject({ code: 'REGISTER-003' });
    expect((await report('FAULT', NOW - HOUR, {}, 'monitor')).statusCode).toBe(403);
    const raised = await report('FAULT', NOW - 11 * HOUR);
    expect(raised.statusCode).toBe(201);
    const item = raised.json<Item>();
    fault = item.matterId;
    expect(item).toMatchObject({ state: 'OPEN', late: false, ends: ['REPAIRED'], mayMeasure: true });
    expect(Date.parse(item.toldDueAt ?? '')).toBe(NOW + HOUR);
    expect((await clocks(fault)).map(({ clockId, state, holder }) => [clockId, state, holder])).toEqual([['T25r', 'OPEN', 'E1'], ['T25', 'MET', 'E1']]);
    expect((await report('FAULT', NOW - HOUR)).json()).toMatchObject({ code: 'REGISTER-040' });
  });

  it('T25：第十三小时才报告的收下，记为逾期', async () => {
    const late = (await report('FAULT', NOW - 13 * HOUR, { device: '流速仪' })).json<Item>();
    expect(late.late).toBe(true);
    expect(await clocks(late.matterId)).toMatchObject([{ clockId: 'T25r', state: 'OPEN' }, { clockId: 'T25', state: 'OVERDUE_MET', overdue: true }]);
  });

  it('停运期间的手工监测结果进自行监测台账，注明所属事项；停运之外的不收；故障报告本身不标记数据', async () => {
    expect((await manual(fault, { value: '二十' })).json()).toMatchObject({ code: 'REGISTER-022' });
    expect((await manual(fault, { sampledAt: iso(NOW - 12 * HOUR) })).json()).toMatchObject({ code: 'REGISTER-041' });
    expect((await manual(fault, { factor: 'a21002' })).json()).toMatchObject({ code: 'REGISTER-031' });
    expect((await manual(fault)).json<Item>().manual).toMatchObject([{ factor: 'a21026', value: '21.5' }]);
    expect(desk.registry.current().data.selfMonitoring).toMatchObject([{ outfall: 'O1', factor: 'a21026', value: '21.5', attributes: { device_matter: fault } }]);
    expect(desk.registry.current().data.marks).toEqual([]);
  });

  it('T25r：五个工作日内修复；第六日仍未修复的，期限逾期可见，修复后记为逾期办结', async () => {
    // 14日起算、当日不计，15日至18日四天，20日星期日调休上班是第五天。
    expect((await clocks(fault))[0]).toMatchObject({ clockId: 'T25r', dueAt: day('2026-09-21') });
    at('2026-09-20T17:00:00+08:00');
    expect((await end(fault, 'WITHDRAWN')).json()).toMatchObject({ code: 'REGISTER-038' });
    expect((await end(fault, 'REPAIRED', unitLogin(E2))).statusCode).toBe(404);
    expect((await reply(fault, 'REPAIRED')).json()).toMatchObject({ code: 'REGISTER-038' });
    expect((await end(fault, 'REPAIRED')).json()).toMatchObject({ state: 'REPAIRED', answer: '已更换光源并校准' });
    expect((await end(fault, 'REPAIRED')).json()).toMatchObject({ code: 'REGISTER-037' });
    expect((await clocks(fault)).map(({ clockId, state }) => [clockId, state])).toEqual(expect.arrayContaining([['T25r', 'MET']]));
    at('2026-09-21T08:00:00+08:00');
    await passTime();
    const [open] = (await list('monitor')).filter((one) => one.state === 'OPEN');
    expect(open).toMatchObject({ kind: 'FAULT', ends: [] });
    expect((await clocks(open?.matterId ?? ''))[0]).toMatchObject({ clockId: 'T25r', state: 'OPEN', overdue: true });
    expect((await end(open?.matterId ?? '', 'REPAIRED')).statusCode).toBe(200);
    expect(await clocks(open?.matterId ?? '')).toEqual(expect.arrayContaining([expect.objectContaining({ clockId: 'T25r', state: 'OVERDUE_MET' })]));
  });

  it('T25b：停用、拆除须事先申请，要素、监控部门五个工作日内答复，别的岗位和别的机关不能', async () => {
    at('2026-09-14T10:00:00+08:00');
    expect((await report('STOP', NOW - HOUR)).json()).toMatchObject({ code: 'REGISTER-033' });
    const stop = (await report('STOP', day('2026-10-08'), { device: '在线分析小屋' })).json<Item>();
    expect(stop).toMatchObject({ late: false, toldDueAt: null, ends: ['WITHDRAWN'], mayMeasure: false });
    expect(await clocks(stop.matterId)).toMatchObject([{ clockId: 'T25b', holder: 'monitoring-control', dueAt: day('2026-09-21') }]);
    expect((await reply(stop.matterId, 'AGREED', 'officer')).statusCode).toBe(403);
    expect((await reply(stop.matterId, 'AGREED', own)).statusCode).toBe(403);
    expect(await list('neighbour')).toEqual([]);
    expect((await reply(stop.matterId, 'REPAIRED')).json()).toMatchObject({ code: 'REGISTER-038' });
    expect((await reply(stop.matterId, 'AGREED', 'air')).json()).toMatchObject({ state: 'AGREED', endedBy: expect.any(String) });
    const removal = (await report('REMOVAL', day('2026-10-08'), { device: '旧数采仪' })).json<Item>();
    expect((await reply(removal.matterId, 'REFUSED')).json()).toMatchObject({ state: 'REFUSED', mayMeasure: false });
    const again = (await report('REMOVAL', day('2026-10-08'), { device: '旧数采仪' })).json<Item>();
    expect((await end(again.matterId, 'WITHDRAWN')).json()).toMatchObject({ state: 'WITHDRAWN' });
    expect((await clocks(again.matterId))[0]).toMatchObject({ state: 'CANCELLED' });
  });

  it('T25b：五个工作日不答复，视为同意：平台记下，谁先看到都一样，之后不能再拒绝；停用期间可以报手工数据', async () => {
    const { matterId } = (await report('STOP', day('2026-09-22'), { device: '氮氧化物分析仪' })).json<Item>();
    at('2026-09-21T00:00:01+08:00');
    // The term has run out and nobody has recorded it yet: silence is consent all the same.
    expect((await reply(matterId, 'REFUSED')).json()).toMatchObject({ code: 'REGISTER-039', basis: expect.stringContaining('第八条') });
    expect((await list('monitor')).find((one) => one.matterId === matterId)).toMatchObject({ state: 'OPEN', ends: [] });
    await passTime();
    await passTime();
    expect((await list(own)).find((one) => one.matterId === matterId)).toMatchObject({ state: 'AGREED_BY_SILENCE', ends: [] });
    expect(await clocks(matterId)).toMatchObject([{ clockId: 'T25b', state: 'OVERDUE_MET', overdue: true }]);
    expect((await reply(matterId, 'REFUSED')).json()).toMatchObject({ code: 'REGISTER-037' });
    at('2026-09-23T10:00:00+08:00');
    expect((await manual(matterId, { sampledAt: '2026-09-23T09:00:00+08:00', value: '44' })).statusCode).toBe(200);
    expect((await manual(matterId, { sampledAt: '2026-09-21T23:00:00+08:00' })).json()).toMatchObject({ code: 'REGISTER-041' });
  });

  it('T25c：验收后五个工作日内报送登记，须附验收材料；机关登记或者退回；迟报的收下，记为逾期', async () => {
    at('2026-09-14T10:00:00+08:00');
    expect((await report('ACCEPTANCE', day('2026-09-08'), { meanwhile: '' })).json()).toMatchObject({ code: 'REGISTER-035', basis: expect.stringContaining('第七条') });
    const sha256 = await desk.blobs.put(Buffer.from('比对监测合格'));
    const materials = [{ name: '验收报告.pdf', sha256 }];
    expect((await report('ACCEPTANCE', day('2026-09-08'), { materials: [{ name: '没有传上来.pdf', sha256: 'a'.repeat(64) }] })).json()).toMatchObject({ code: 'REGISTER-028' });
    const first = (await report('ACCEPTANCE', day('2026-09-08'), { meanwhile: '', materials })).json<Item>();
    expect(first).toMatchObject({ late: false, dueAt: null });
    expect(await clocks(first.matterId)).toMatchObject([{ clockId: 'T25c', state: 'MET', dueAt: day('2026-09-16') }]);
    expect((await reply(first.matterId, 'RETURNED')).json()).toMatchObject({ state: 'RETURNED' });
    at('2026-09-17T10:00:00+08:00');
    const second = (await report('ACCEPTANCE', day('2026-09-08'), { meanwhile: '', materials })).json<Item>();
    expect(second.late).toBe(true);
    expect(await clocks(second.matterId)).toMatchObject([{ clockId: 'T25c', state: 'OVERDUE_MET' }]);
    expect((await reply(second.matterId, 'REGISTERED')).json()).toMatchObject({ state: 'REGISTERED' });
    const file = `/api/register/device-matters/${second.matterId}/materials/${sha256}`;
    expect((await call('air', 'GET', file)).body).toBe('比对监测合格');
    expect([(await call(unitLogin(E2), 'GET', file)).statusCode, (await call('neighbour', 'GET', file)).statusCode]).toEqual([404, 404]);
  });

  it('每一次办理都有存证叶和外发事件', async () => {
    const leaves = (act: string) => sql`(SELECT count(*)::int FROM evidence_leaf WHERE convert_from(bytes, 'UTF8') LIKE ${`%"act":"${act}"%`})`;
    const events = (type: string) => sql`(SELECT count(*)::int FROM outbox WHERE type = ${type})`;
    const { rows } = await sql`SELECT (SELECT count(*)::int FROM device_matter WHERE state <> 'OPEN') AS matters, ${events('register.device-reported')} AS reported,
      ${events('register.device-ended')} AS ended, ${leaves('device')} AS told, ${leaves('device-end')} AS closed, ${leaves('manual')} AS measured`.execute(desk.t.db);
    expect(rows).toEqual([{ matters: 8, reported: 8, ended: 8, told: 8, closed: 8, measured: 2 }]);
  });

  it('每类事项都有办结的路；沉默视为同意的只有停用、拆除', () => {
    for (const kind of MATTER_KINDS) expect(Object.keys(MATTER_RULES[kind].ends).length, kind).toBeGreaterThan(0);
    expect(MATTER_KINDS.filter((kind) => MATTER_RULES[kind].runs?.onExpiry !== undefined)).toEqual(['STOP', 'REMOVAL']);
    const running = { kind: 'STOP', state: 'OPEN', dueAt: instant(NOW) } as const;
    expect(checkEnd(running, 'AGREED', 'AUTHORITY', instant(NOW))).toBeUndefined();
    expect(checkEnd(running, 'AGREED', 'AUTHORITY', instant(NOW + 1))).toMatchObject({ code: 'REGISTER-039' });
    expect(checkEnd(running, 'AGREED_BY_SILENCE', 'LAW', instant(NOW + 1))).toBeUndefined();
  });
});
