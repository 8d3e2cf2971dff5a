import { beforeAll, describe, expect, it } from 'vitest';
import { asId, instant, manualClock, type RegionKey, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import type { Authority } from '../authority.ts';
import { DEMO_AUTHORITIES, DEMO_CITY, DEMO_PASSWORD, DEMO_REGION, demoAccountId } from '../demo/demo-cast.ts';
import { testDoor } from '../testing/door.ts';
import { keeper, keeping } from '../testing/keeper.ts';
import { createAccount } from './create-account.ts';
import { keeps } from './decide-keeping.ts';
import { passwordRefusal } from './decide-password.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
interface Row { accountId: string; login: string; mine: boolean; openSessions: number; passwordDue: boolean; disabledAt: number | null; authority: { zh: string } | null }
interface Said { code?: string; field?: string; waitingFor?: string | null; name?: string; side?: string; password?: string }

describe('new passwords', () => {
  it('长度、字符种类、不同字符、用户名：每一条都说得出（GB/T 22239-2019 8.1.4.1）', () => {
    const said = ['kurz', 'allsmallletters', 'ABABABABAB12!', 'my-Weisi-password', 'a password of my own', '一二三四五六七八九十甲乙1'].map((password) => passwordRefusal(password, 'weisi')?.code);
    expect(said).toEqual(['ACCESS-020', 'ACCESS-027', 'ACCESS-029', 'ACCESS-028', undefined, undefined]);
    expect(passwordRefusal('a lab at the sea shore', 'lab')).toBeUndefined();
  });
});

describe('whose accounts a keeper keeps', () => {
  const [province, city, , neighbour] = DEMO_AUTHORITIES as readonly [Authority, Authority, Authority, Authority];
  const at = (authority?: Authority) => ({ ...keeper, ...(authority === undefined ? {} : { authorityId: authority.authorityId, area: authority === province ? DEMO_AUTHORITIES.map((one) => one.authorityId) : [authority.authorityId] }) });
  it('those of his authority and below; people of units are kept at the top of their region, and the whole platform by who belongs to none', () => {
    const official = { authorityId: city.authorityId, region: DEMO_REGION };
    const unit = { authorityId: null, region: DEMO_REGION };
    const elsewhere = { authorityId: null, region: asId<RegionKey>('shanghai') };
    const seen = [province, city, neighbour, undefined].map((where) => [official, unit, elsewhere].map((account) => keeps(at(where), 'access.keep-accounts', account, DEMO_AUTHORITIES)));
    expect(seen).toEqual([[true, true, false], [true, false, false], [false, false, false], [true, true, true]]);
    expect(keeps({ ...at(province), roles: ['audit-admin'] }, 'access.keep-accounts', official, DEMO_AUTHORITIES)).toBe(false);
  });
});

describe('the own password over HTTP', () => {
  const door = testDoor(clock, () => undefined, { demo: true });
  const change = (who: string, current: string, password: string) => door.call<Said>(who, '/api/access/password', { current, password });
  const enter = (who: string, login: string, password = DEMO_PASSWORD) => door.call<Said>(who, '/api/access/sign-in', { login, password });
  const leaves = async () => (await sql<{ act: string }>`SELECT convert_from(bytes, 'UTF8')::json->>'act' AS act FROM evidence_leaf ORDER BY idx`.execute(door.db)).rows.map(({ act }) => act);
  const me = async (who: string) => (await door.call<Said>(who, '/api/access/me')).body;

  it('asks for the present one, says what the new one lacks, ends the other sessions, and cannot be one of the last six', async () => {
    await Promise.all([enter('here', 'lab'), enter('there', 'lab')]);
    expect((await change('here', 'not the present one', 'a new password, long')).body).toMatchObject({ code: 'ACCESS-061', field: 'current' });
    expect((await change('here', DEMO_PASSWORD, 'short')).body).toMatchObject({ code: 'ACCESS-020', field: 'password' });
    expect((await change('here', DEMO_PASSWORD, DEMO_PASSWORD)).body).toMatchObject({ code: 'ACCESS-060', field: 'password' });
    expect(await leaves()).toEqual([]);
    expect((await change('here', DEMO_PASSWORD, 'a new password, long')).status).toBe(200);
    expect([(await me('here')).name, (await me('there')).side]).toEqual(['苏量清', 'public']);
    expect([(await enter('x', 'lab')).status, (await enter('x', 'lab', 'a new password, long')).status]).toEqual([401, 200]);
    expect((await change('x', 'a new password, long', DEMO_PASSWORD)).body).toMatchObject({ code: 'ACCESS-060' });
    expect(await leaves()).toEqual(['password']);
  });

  it('is guessed at no more often than at the door: five tries, then fifteen minutes', async () => {
    await enter('guess', 'lab2');
    const codes = [];
    for (let i = 0; i < 6; i++) codes.push((await change('guess', `guess ${i}`, 'a new password, long')).body.code);
    expect(codes).toEqual([...Array<string>(5).fill('ACCESS-061'), 'ACCESS-003']);
  });
});

describe('keeping accounts over HTTP', () => {
  const door = testDoor(clock, () => undefined, { demo: true });
  const act = (who: string, login: string, name: string) => door.call<Said>(who, `/api/access/accounts/${demoAccountId(login)}/${name}`, {});
  const list = async (who: string) => (await door.call<{ items: Row[] }>(who, '/api/access/accounts')).body.items;
  const row = async (login: string) => (await list('security')).find((one) => one.login === login);
  beforeAll(async () => {
    const keep = keeping(door.db, clock);
    const common = { name: '市安全管理员', password: DEMO_PASSWORD, region: DEMO_REGION };
    await createAccount(keep, { ...common, login: 'city-security', roles: ['security-admin'], authorityId: DEMO_CITY }, keeper.accountId);
    await createAccount(keep, { ...common, login: 'unit-person', roles: ['unit-user'], unitId: asId<UnitId>('E001') }, keeper.accountId);
    for (const login of ['security', 'city-security', 'admin', 'audit']) await door.enter(login);
  });

  it('lists the accounts of the area, without hashes, and says which the reader may keep', async () => {
    const [all, city, admin] = await Promise.all(['security', 'city-security', 'admin'].map(list)) as [Row[], Row[], Row[]];
    const logins = (rows: Row[]) => rows.map((one) => one.login);
    expect(logins(all)).toEqual(expect.arrayContaining(['officer', 'neighbour', 'unit-person', 'security']));
    expect(logins(city)).toContain('officer');
    expect(logins(city).filter((login) => ['neighbour', 'unit-person', 'region-monitor'].includes(login))).toEqual([]);
    expect([all.find((one) => one.login === 'security')?.mine, all.find((one) => one.login === 'officer')?.mine, admin.some((one) => one.mine)]).toEqual([false, true, false]);
    expect(all.find((one) => one.login === 'officer')?.authority?.zh).toContain('清川市');
    expect(JSON.stringify(all)).not.toMatch(/scrypt|passwordHash/);
    expect((await door.call<Said>('audit', '/api/access/accounts')).body).toMatchObject({ code: 'ACCESS-004' });
  });

  it('disables, enables, ends sessions and gives a password that must be changed, each with a leaf; foreign and own accounts are refused', async () => {
    await door.enter('officer');
    expect((await row('officer'))?.openSessions).toBe(1);
    expect((await act('city-security', 'officer', 'end-sessions')).status).toBe(200);
    expect((await act('security', 'officer', 'end-sessions')).body).toMatchObject({ code: 'ACCESS-063' });
    expect((await door.call<Said>('officer', '/api/access/me')).body.side).toBe('public');
    expect([(await act('security', 'officer', 'disable')).status, (await door.enter('officer')).status, (await act('security', 'officer', 'enable')).status, (await door.enter('officer')).status]).toEqual([200, 401, 200, 200]);
    expect((await act('city-security', 'neighbour', 'disable')).body).toMatchObject({ code: 'ACCESS-005' });
    expect((await act('security', 'security', 'disable')).body).toMatchObject({ code: 'ACCESS-062' });
    expect((await act('admin', 'officer', 'disable')).body).toMatchObject({ code: 'ACCESS-004' });

    const { password = '' } = (await act('security', 'officer', 'new-password')).body;
    expect((await row('officer'))).toMatchObject({ openSessions: 0, passwordDue: true });
    expect((await door.enter('officer')).status).toBe(401);
    const entered = await door.call<Said>('officer', '/api/access/sign-in', { login: 'officer', password });
    expect(entered.body).toMatchObject({ waitingFor: 'new-password', side: 'public' });
    // Until then the session opens no other door.
    expect((await door.call<Said>('officer', '/api/access/factors')).status).toBe(401);
    expect((await door.call<Said>('officer', '/api/access/password', { current: password, password: 'known to me alone' })).status).toBe(200);
    expect((await door.call<Said>('officer', '/api/access/me')).body).toMatchObject({ name: '周行舟', waitingFor: null });
    expect((await row('officer'))?.passwordDue).toBe(false);
    const acts = await sql<{ act: string }>`SELECT convert_from(bytes, 'UTF8')::json->>'act' AS act FROM evidence_leaf ORDER BY idx DESC LIMIT 5`.execute(door.db);
    expect(acts.rows.map((one) => one.act).reverse()).toEqual(['end-sessions', 'disable', 'enable', 'password-reset', 'password']);
  });
});
