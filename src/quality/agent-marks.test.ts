import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, registerAccess, unitLogin } from '#access';
import { asId, instant, manualClock, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { followRegistry, importRegister, registerRegisterRoutes } from '#register';
import { registerQualityRoutes } from './routes.ts';

const at = (text: string) => instant(Date.parse(`${text}+08:00`));
const E1 = asId<UnitId>('E1');
const E2 = asId<UnitId>('E2');
const FILES = {
  'enterprises.csv': 'enterprise,name\nE1,甲厂\nE2,清源运维公司\n',
  'outfalls.csv': 'outfall,enterprise,type,mn,name\nO1,E1,gas,A1,1号排口\nO2,E1,gas,A2,2号排口\nO9,E2,gas,A9,\n',
};
const MARK = { kind: 'CEMS_MAINTENANCE', from: '2026-09-14T08:00:00+08:00', to: '2026-09-14T09:00:00+08:00', reason: '校准' };

describe('代理人标记 an authorised agent marks data', () => {
  let t: TestDatabase;
  let app: App;
  const clock = manualClock(at('2026-09-14T10:00:00'));
  const folder = mkdtempSync(join(tmpdir(), 'agents-'));
  const sessions = new Map<string, string>();
  beforeAll(async () => {
    t = await testDatabase();
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    await importRegister({ db: t.db, clock }, { dir: folder, by: 'test', home: { authority: DEMO_CITY, region: 'jiangsu' } });
    const registry = await followRegistry(t.db);
    await createDemoAccounts({ db: t.db, clock }, [{ unitId: E1, name: '甲厂' }, { unitId: E2, name: '清源运维公司' }]);
    app = await createHttp({ log: silentLogger() });
    registerAccess(app, { db: t.db, clock, manySessions: true });
    registerRegisterRoutes(app, { db: t.db, clock, registry });
    registerQualityRoutes(app, { db: t.db, clock, registry, law: loadLaw() });
  });
  afterAll(async () => {
    await app.close();
    await t.drop();
    rmSync(folder, { recursive: true });
  });

  async function call(login: string, method: 'GET' | 'POST', url: string, payload?: object, password = DEMO_PASSWORD) {
    if (!sessions.has(login)) sessions.set(login, (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password } })).cookies[0]?.value ?? '');
    return app.inject({ method, url, cookies: { mingjian: sessions.get(login) ?? '' }, ...(payload === undefined ? {} : { payload }) });
  }
  const [unit, firm] = [unitLogin(E1), unitLogin(E2)];
  const authorise = (body: object) => call(unit, 'POST', '/api/unit/agents', {
    login: firm, company: '清源运维公司', outfalls: ['O1'], acts: ['marks'], from: '2026-09-14', until: '2026-09-15', ...body,
  });
  const mark = (outfall: string, login = firm) => call(login, 'POST', '/api/marks', { ...MARK, outfall });

  it('only the administrator of the unit, only own outfalls, only days that can still come', async () => {
    expect((await mark('O1')).statusCode).toBe(404);
    expect((await authorise({ outfalls: ['O9'] })).json()).toMatchObject({ code: 'REGISTER-003', field: 'outfalls' });
    expect((await authorise({ until: '2026-09-13' })).json()).toMatchObject({ code: 'REGISTER-011' });
    expect((await authorise({ until: '2029-01-01' })).json()).toMatchObject({ code: 'REGISTER-012' });
    expect((await authorise({ login: 'officer' })).json()).toMatchObject({ code: 'ACCESS-051' });
    expect((await authorise({ login: unit })).json()).toMatchObject({ code: 'ACCESS-051' });
    expect((await call('officer', 'POST', '/api/unit/agents', {})).statusCode).toBe(403);
  });

  it('marks the outfall that was named; the mark bears both the person and the unit; the rest of the unit stays shut', async () => {
    const granted = (await authorise({})).json<{ grantId: string; code: null }>();
    expect(granted.code).toBeNull();
    expect((await mark('O1')).json()).toMatchObject({ outfall: 'O1', agent: { name: '清源运维公司环保负责人' } });
    const { rows } = await sql<{ by: string; attributes: object }>`SELECT submitted_by AS by, attributes FROM register_mark`.execute(t.db);
    expect(rows).toEqual([{ by: `demo-${firm}`, attributes: { agent_grant: granted.grantId, for_unit: 'E1' } }]);
    expect((await call(unit, 'GET', '/api/marks?outfall=O1')).json<{ items: object[] }>().items).toMatchObject([{ agent: { name: '清源运维公司环保负责人' } }]);
    expect((await mark('O2')).statusCode).toBe(404);
    expect((await call(firm, 'GET', '/api/units/E1')).statusCode).toBe(404);
    expect((await call(firm, 'GET', '/api/outfalls/O1')).statusCode).toBe(200);
    expect((await call(firm, 'GET', '/api/outfalls/O2')).statusCode).toBe(404);
    expect((await call(firm, 'GET', '/api/agent/grants')).json<{ outfallPages: { outfall: string }[] }>().outfallPages.map((one) => one.outfall)).toEqual(['O1']);
  });

  it('the authority sees who acts for the unit, another authority does not; the unit is told that it still answers for the data', async () => {
    const seen = (await call('officer', 'GET', '/api/units/E1/agents')).json<{ items: object[]; responsibility: { zh: string; source: string } }>();
    expect(seen.items).toMatchObject([{ company: '清源运维公司', outfalls: [{ outfall: 'O1', name: '1号排口' }], state: 'IN_FORCE', acts: [{ act: 'marks' }] }]);
    expect(seen.responsibility).toMatchObject({ source: expect.stringContaining('第十九条') });
    expect((await call('neighbour', 'GET', '/api/units/E1/agents')).statusCode).toBe(404);
    expect((await call(firm, 'GET', '/api/units/E1/agents')).statusCode).toBe(404);
  });

  it('nothing is left after the last day', async () => {
    clock.set(at('2026-09-15T23:59:00'));
    sessions.clear();
    expect((await mark('O1')).statusCode).toBe(201);
    clock.set(at('2026-09-16T00:00:00'));
    expect((await mark('O1')).statusCode).toBe(404);
    expect((await call(firm, 'GET', '/api/outfalls/O1')).statusCode).toBe(404);
  });

  it('a withdrawal holds from the next request on, in the session that is open', async () => {
    const { grantId } = (await authorise({ from: '2026-09-16', until: '2026-09-30' })).json<{ grantId: string }>();
    expect((await mark('O1')).statusCode).toBe(201);
    expect((await call(firm, 'POST', `/api/unit/agents/${grantId}/withdrawal`, { reason: '不是我的' })).statusCode).toBe(404);
    expect((await call(unit, 'POST', `/api/unit/agents/${grantId}/withdrawal`, { reason: '合同解除' })).json()).toMatchObject({ items: [{ state: 'WITHDRAWN' }] });
    expect((await mark('O1')).statusCode).toBe(404);
    expect((await call(unit, 'POST', `/api/unit/agents/${grantId}/withdrawal`, { reason: '再撤' })).json()).toMatchObject({ code: 'REGISTER-014' });
  });

  it('a person without an account is invited, sets the password alone, and reaches nothing but the grant', async () => {
    const { code } = (await authorise({ login: 'yunwei-7', invite: { name: '林校准' }, from: '2026-09-16', until: '2026-09-30' })).json<{ code: string }>();
    expect((await app.inject({ method: 'POST', url: '/api/access/invitations/accept', payload: { code, password: 'my own password' } })).json()).toEqual({ login: 'yunwei-7' });
    expect((await call('yunwei-7', 'GET', '/api/access/me', undefined, 'my own password')).json()).toMatchObject({ side: 'unit', unitId: null, name: '林校准', entrusted: [{ outfalls: ['O1'] }] });
    expect((await mark('O1', 'yunwei-7')).statusCode).toBe(201);
    expect((await call('yunwei-7', 'GET', '/api/units')).json<{ items: unknown[] }>().items).toEqual([]);
    expect((await call('yunwei-7', 'GET', '/api/unit/agents')).statusCode).toBe(403);
  });
});
