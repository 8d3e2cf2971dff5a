import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asId, HOUR, instant, manualClock, MINUTE, type AccountId, type Refusal, type UnitId } from '#kernel';
import { readConfig } from '#platform/config';
import { sql, type Tx } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { secretBox } from '#platform/secrets';
import { createAccount } from './accounts/create-account.ts';
import { createDemoAccounts } from './demo/create-demo-accounts.ts';
import { DEMO_CAST, DEMO_PASSWORD, DEMO_REGION, demoAccountId } from './demo/demo-cast.ts';
import { disableAccount } from './accounts/keep-accounts.ts';
import { registerAccess } from './routes.ts';
import { resume, signIn, stepUp } from './sign-in.ts';
import { keepAttempts } from './store/sessions.ts';
import { keeper } from './testing/keeper.ts';

const START = instant(Date.parse('2026-09-14T09:00:00+08:00'));
let test: TestDatabase;
let app: App;
const clock = manualClock(START);

beforeAll(async () => {
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, [{ unitId: asId<UnitId>('E001'), name: '演示电厂' }]);
  app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db: test.db, clock });
  app.get('/t/case', { config: { action: 'case.read' } }, async () => ({ seen: true }));
  app.post('/t/decide', { config: { action: 'case.decide' } }, async () => ({ done: true }));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const deps = () => ({ db: test.db, clock, box: () => secretBox(new Uint8Array(32)), seal: async () => undefined });
const post = (login: string, password: string) =>
  app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password } });
const cookieOf = (response: { cookies: { name: string; value: string }[] }) => ({ mingjian: response.cookies[0]?.value ?? '' });

describe('accounts of a demonstration', () => {
  it('open no door where none runs: neither by password nor by a session that was open', async () => {
    const open = await signIn(deps(), 'head', DEMO_PASSWORD, 'x');
    if (!open.ok) throw new Error(open.en);
    const [real, demo] = [false, true].map((demonstration) => ({ ...deps(), demonstration }));
    if (real === undefined || demo === undefined) throw new Error('two platforms');
    expect(await resume(demo, open.value.token)).toMatchObject({ stage: 'full' });
    expect(await resume(real, open.value.token)).toMatchObject({ code: 'ACCESS-006' });
    expect(await stepUp(real, open.value.token, demoAccountId('head'), 'x')).toMatchObject({ code: 'ACCESS-006' });
    expect(await signIn(real, 'head', DEMO_PASSWORD, 'x')).toMatchObject({ code: 'ACCESS-002' });
    expect(await signIn(demo, 'head', DEMO_PASSWORD, 'x')).toMatchObject({ ok: true });
    const door = await createHttp({ log: silentLogger() });
    registerAccess(door, { db: test.db, clock, config: { demo: false } });
    expect((await door.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login: 'head', password: DEMO_PASSWORD } })).statusCode).toBe(401);
    await door.close();
  });
});

describe('sign-in', () => {
  it('opens a session whose cookie no script can read sec:X19', async () => {
    const response = await post('officer', DEMO_PASSWORD);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject({ name: '周行舟', side: 'official', certificate: '苏ZF-060001' });
    expect(response.headers['set-cookie']).toMatch(/HttpOnly/);
    expect(response.headers['set-cookie']).toMatch(/SameSite=Strict/);
    const me = await app.inject({ url: '/api/access/me', cookies: cookieOf(response) });
    expect(me.json<{ actions: string[] }>().actions).toContain('case.investigate');
  });

  it('uses the __Host- prefix and Secure over TLS', async () => {
    const secure = await createHttp({ log: silentLogger() });
    registerAccess(secure, { db: test.db, clock, tls: true });
    const response = await secure.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login: 'legal', password: DEMO_PASSWORD } });
    expect(response.headers['set-cookie']).toMatch(/^__Host-mingjian=.*Path=\/.*Secure/);
    await secure.close();
  });

  it('says the same for a wrong password and for nobody sec:X20', async () => {
    const wrong = await post('officer2', 'not the password');
    const nobody = await post('no-such-person', 'not the password');
    expect([wrong.statusCode, nobody.statusCode]).toEqual([401, 401]);
    expect({ ...wrong.json<object>(), instance: '' }).toEqual({ ...nobody.json<object>(), instance: '' });
  });

  it('locks a name after five tries for fifteen minutes, existing or not', async () => {
    for (const login of ['lab', 'ghost']) {
      for (let i = 0; i < 5; i++) expect((await signIn(deps(), login, 'wrong', `s-${login}`)).ok).toBe(false);
      expect(await signIn(deps(), login, DEMO_PASSWORD, 'elsewhere')).toMatchObject({ code: 'ACCESS-003', status: 429 });
    }
    clock.advance(15 * MINUTE);
    expect((await signIn(deps(), 'lab', DEMO_PASSWORD, 'elsewhere')).ok).toBe(true);
  });

  it('twelve tries at once get no further than five one after another', async () => {
    const tries = await Promise.all(Array.from({ length: 12 }, (_, i) => signIn(deps(), 'legal', 'wrong', `at-once-${i}`)));
    expect(tries.filter((one) => !one.ok && one.code === 'ACCESS-002')).toHaveLength(5);
    clock.advance(15 * MINUTE);
  });

  const failed = (source: string, failures: number) =>
    keepAttempts(test.db as Tx, `source:${source}`, { failures, firstAt: clock.now(), lockedUntil: failures < 30 ? null : instant(clock.now() + 15 * MINUTE) });

  it('an office behind one address is not locked by its typing errors: who gets in starts its count anew', async () => {
    await failed('office', 28);
    for (const [login, password, code] of [['typo', 'wrong', 'ACCESS-002'], ['legal', DEMO_PASSWORD, undefined], ['typo', 'wrong', 'ACCESS-002'], ['legal', DEMO_PASSWORD, undefined]] as const)
      expect(await signIn(deps(), login, password, 'office')).toMatchObject(code === undefined ? { ok: true } : { code });
  });

  it('tries are counted by the address behind a trusted proxy, and by the next hop for everybody else', async () => {
    await failed('203.0.113.7', 30);
    const answers = [];
    for (const trustedProxies of [['10.9.0.0/16'], []]) {
      const door = await createHttp({ log: silentLogger(), trustedProxies });
      registerAccess(door, { db: test.db, clock });
      for (const client of ['203.0.113.7', '203.0.113.8'])
        answers.push((await door.inject({ method: 'POST', url: '/api/access/sign-in', remoteAddress: '10.9.0.1', headers: { 'x-forwarded-for': client }, payload: { login: 'legal', password: DEMO_PASSWORD } })).statusCode);
      await door.close();
    }
    expect(answers).toEqual([429, 200, 200, 200]);
    expect(readConfig({ MINGJIAN_TRUSTED_PROXIES: '127.0.0.1, 10.9.0.0/16,::1' }).trustedProxies).toEqual(['127.0.0.1', '10.9.0.0/16', '::1']);
    expect(() => readConfig({ MINGJIAN_TRUSTED_PROXIES: 'everybody' })).toThrow('MINGJIAN_TRUSTED_PROXIES');
    clock.advance(15 * MINUTE);
  });

  it('ends after 30 idle minutes and after 12 hours of use', async () => {
    const idle = await signIn(deps(), 'air', DEMO_PASSWORD, 'x');
    if (!idle.ok) throw new Error(idle.en);
    clock.advance(29 * MINUTE);
    expect(await resume(deps(), idle.value.token)).toMatchObject({ actor: { name: '云淡远' } });
    clock.advance(31 * MINUTE);
    expect(await resume(deps(), idle.value.token)).toMatchObject({ code: 'ACCESS-006' });
    const busy = await signIn(deps(), 'air', DEMO_PASSWORD, 'x');
    if (!busy.ok) throw new Error(busy.en);
    for (let spent = 0; spent < 12 * HOUR; spent += 20 * MINUTE) {
      expect((await resume(deps(), busy.value.token)) as unknown).toMatchObject({ actor: { name: '云淡远' } });
      clock.advance(20 * MINUTE);
    }
    expect(await resume(deps(), busy.value.token)).toMatchObject({ code: 'ACCESS-006' });
  });

  it('a newer sign-in of an official ends the older; disabling ends all', async () => {
    const first = await signIn(deps(), 'head', DEMO_PASSWORD, 'x');
    const second = await signIn(deps(), 'head', DEMO_PASSWORD, 'y');
    if (!first.ok || !second.ok) throw new Error('sign-in failed');
    expect((await resume(deps(), first.value.token)) as Refusal).toMatchObject({ code: 'ACCESS-006' });
    await disableAccount(deps(), keeper, 'head');
    expect((await resume(deps(), second.value.token)) as Refusal).toMatchObject({ code: 'ACCESS-006' });
    expect((await signIn(deps(), 'head', DEMO_PASSWORD, 'y')).ok).toBe(false);
  });

  it('an expired certificate is not shown as one', async () => {
    const result = await signIn(deps(), 'officer3', DEMO_PASSWORD, 'x');
    expect(result.ok && result.value.actor.certificate).toBeUndefined();
  });
});

it('in a demonstration, running the clock signs nobody out and two people may share an account', async () => {
  const shown = await createHttp({ log: silentLogger() });
  registerAccess(shown, { db: test.db, clock, config: { demo: true } });
  const enter = () => shown.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login: 'monitor', password: DEMO_PASSWORD } });
  const first = cookieOf(await enter());
  await enter();
  clock.advance(60 * 24 * HOUR);
  expect((await shown.inject({ url: '/api/access/me', cookies: first })).json()).toMatchObject({ name: '陆闻笛' });
  await shown.close();
});

describe('the gate', () => {
  it('answers 401 without a session, 403 without the role, and changes nothing', async () => {
    expect((await app.inject({ url: '/t/case' })).statusCode).toBe(401);
    const officer = cookieOf(await post('officer2', DEMO_PASSWORD));
    expect((await app.inject({ url: '/t/case', cookies: officer })).json()).toEqual({ seen: true });
    const refused = await app.inject({ method: 'POST', url: '/t/decide', cookies: officer });
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ code: 'ACCESS-004' });
  });

  it('an expired session is told so', async () => {
    const response = await app.inject({ url: '/t/case', cookies: { mingjian: 'made-up' } });
    expect(response.json()).toMatchObject({ code: 'ACCESS-006', status: 401 });
  });

  it('refuses an act that comes from another site', async () => {
    const officer = cookieOf(await post('officer2', DEMO_PASSWORD));
    const response = await app.inject({ method: 'POST', url: '/t/decide', cookies: officer, headers: { 'sec-fetch-site': 'cross-site' } });
    expect(response.json()).toMatchObject({ code: 'ACCESS-007' });
  });

  it('a route without a known action stops the start sec:X12', async () => {
    const bare = await createHttp({ log: silentLogger() });
    registerAccess(bare, { db: test.db, clock });
    expect(() => bare.get('/t/open', async () => 'x')).toThrow(/no known action/);
    await bare.close();
  });

  it('keeps a trail of acts and refusals that the application cannot alter', async () => {
    const officer = cookieOf(await post('officer2', DEMO_PASSWORD));
    await app.inject({ method: 'POST', url: '/t/decide', cookies: officer });
    const { rows } = await sql<{ action: string; status: number }>`SELECT action, status FROM access_audit WHERE account_id = ${demoAccountId('officer2')}`.execute(test.db);
    expect(rows).toContainEqual({ action: 'case.decide', status: 403 });
    await expect(sql`DELETE FROM access_audit`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`UPDATE access_audit SET status = 200`.execute(test.db)).rejects.toThrow(/permission denied/);
  });
});

describe('accounts', () => {
  it('refuses a short password and a taken name', async () => {
    const command = { login: 'officer', name: '甲', password: 'short', roles: [], region: DEMO_REGION, unitId: asId<UnitId>('E001') } as const;
    const by = asId<AccountId>('platform');
    expect(await createAccount(deps(), command, by)).toMatchObject({ code: 'ACCESS-020' });
    expect(await createAccount(deps(), { ...command, password: 'long enough now' }, by)).toMatchObject({ code: 'ACCESS-021' });
  });

  it('making the demonstration twice makes nobody twice', async () => {
    expect(await createDemoAccounts(deps(), [])).toBe(0);
    expect(DEMO_CAST.length).toBeGreaterThanOrEqual(14);
  });
});
