import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendLeaf } from '#evidence';
import { instant, manualClock, MINUTE } from '#kernel';
import { readConfig } from '#platform/config';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { keepCast } from '../testing/keep-cast.ts';
import { createDemoAccounts } from '../demo/create-demo-accounts.ts';
import { disableAccount } from '../accounts/keep-accounts.ts';
import { keeper, keeping } from '../testing/keeper.ts';
import { DEMO_PASSWORD, demoAccountId } from '../demo/demo-cast.ts';
import { registerAccess } from '../routes.ts';
import { openIdentityProvider, type TestProvider } from '../testing/index.ts';

const OURS = 'http://localhost:8080';
const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
let test: TestDatabase;
let app: App;
let provider: TestProvider;
const config = (more: Record<string, string> = {}) => ({
  ...readConfig({ ...provider.env, MINGJIAN_ORIGIN: OURS, ...more }), demo: false,
});
const door = async (more: Record<string, string> = {}): Promise<App> => {
  const made = await createHttp({ log: silentLogger() });
  registerAccess(made, { db: test.db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf), config: config(more) });
  return made;
};
beforeAll(async () => {
  provider = await openIdentityProvider();
  provider.register(OURS);
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, []);
  await keepCast(test.db);
  app = await door();
});
afterAll(async () => {
  await app.close();
  await test.drop();
  await provider.close();
});

/** A browser: keeps each side's cookies, follows the provider's redirects until they lead back to us. */
async function leave(to: App = app, side = 'official') {
  const begun = await to.inject({ method: 'POST', url: '/api/access/identity/start', payload: { side } });
  const browser = begun.cookies.find(({ name }) => name === 'mingjian-identity')?.value ?? '';
  const { url } = begun.json<{ url: string }>();
  const kept = new Map<string, string>();
  let next = new URL(url);
  while (next.href.startsWith(provider.issuer)) {
    const answer = await fetch(next, { redirect: 'manual', headers: { cookie: [...kept].map(([name, value]) => `${name}=${value}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      kept.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) throw new Error(`${answer.status} ${await answer.text()}`);
    next = new URL(location, next);
  }
  return { browser, url: new URL(url), back: next };
}
const bring = (browser: string, query: string, to: App = app) => to.inject({ method: 'POST', url: '/api/access/identity/answer', payload: { query }, cookies: { 'mingjian-identity': browser } });
const come = async (to: App = app) => {
  const { browser, back } = await leave(to);
  return bring(browser, back.search, to);
};
const steward = async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login: 'security', password: DEMO_PASSWORD } });
  return app.inject({ method, url, cookies: { mingjian: signed.cookies[0]?.value ?? '' }, ...(payload === undefined ? {} : { payload }) });
};
const link = (subject: string, login: string) => steward('POST', '/api/access/identities/link', { issuer: provider.issuer, subject, accountId: demoAccountId(login) });

describe('统一身份登录 sign-in through an identity service sec:X20', () => {
  it('sends people out with PKCE, state and nonce, back to the room they came from', async () => {
    const { url, back } = await leave(app, 'unit');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ response_type: 'code', scope: 'openid profile', code_challenge_method: 'S256', redirect_uri: `${OURS}/unit` });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(url.searchParams.get(name)?.length).toBeGreaterThan(30);
    expect(back.href.startsWith(`${OURS}/unit?`)).toBe(true);
  });

  it('未关联的身份不能进入，并被告知找谁办理；不会自动开户', async () => {
    const { rows: before } = await sql`SELECT FROM access_account`.execute(test.db);
    const refused = await come();
    expect(refused.json()).toMatchObject({ code: 'ACCESS-042', status: 403, title: '身份“名字-zhou”（zhou）尚未关联本平台账号：请联系安全管理员在“管理—统一身份”中关联后再登录' });
    expect(refused.cookies).toEqual([]);
    expect((await sql`SELECT FROM access_account`.execute(test.db)).rows).toHaveLength(before.length);
    expect((await steward('GET', '/api/access/identities')).json()).toMatchObject({ connected: true, items: [{ issuer: provider.issuer, subject: 'zhou', label: '名字-zhou', accountId: null }] });
  });

  it('安全管理员关联后，开的是本平台自己的会话，可撤销、有审计、关联是存证日志的一条', async () => {
    expect((await link('nobody-seen', 'officer')).statusCode).toBe(404);
    expect((await link('zhou', 'officer')).statusCode).toBe(200);
    expect((await link('zhou', 'officer2')).json()).toMatchObject({ code: 'ACCESS-045' });
    const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx DESC LIMIT 1`.execute(test.db);
    expect(JSON.parse(rows[0]?.leaf ?? '')).toMatchObject({ t: 'role', act: 'link', account: demoAccountId('officer'), actor: demoAccountId('security') });
    const opened = await come();
    expect(opened.json()).toMatchObject({ name: '周行舟', side: 'official', certificate: '苏ZF-060001', waitingFor: null });
    const session = { mingjian: opened.cookies.find(({ name }) => name === 'mingjian')?.value ?? '' };
    expect((await app.inject({ url: '/api/access/me', cookies: session })).json()).toMatchObject({ name: '周行舟' });
    // Written when the answer is out.
    const trail = async () => (await sql<{ account_id: string }>`SELECT account_id FROM access_audit WHERE path = '/api/access/identity/answer' AND status = 200`.execute(test.db)).rows;
    await expect.poll(trail).toEqual([{ account_id: demoAccountId('officer') }]);
    const { items } = (await steward('GET', '/api/access/identities')).json<{ items: { linkId: string }[] }>();
    expect((await steward('POST', '/api/access/identities/unlink', { linkId: items[0]?.linkId })).statusCode).toBe(200);
    expect((await app.inject({ url: '/api/access/me', cookies: session })).json()).toMatchObject({ side: 'public' });
    expect((await come()).json()).toMatchObject({ code: 'ACCESS-042' });
    expect((await link('zhou', 'officer')).statusCode).toBe(200);
  });

  it('a changed state, a changed code, another browser, a second use and a late answer open nothing', async () => {
    const no = { code: 'ACCESS-041', status: 401 };
    const altered = await leave();
    const state = new URLSearchParams(altered.back.search);
    state.set('state', `${state.get('state')}x`);
    expect((await bring(altered.browser, state.toString())).json()).toMatchObject(no);
    const forged = await leave();
    const code = new URLSearchParams(forged.back.search);
    code.set('code', 'made-up');
    expect((await bring(forged.browser, code.toString())).json()).toMatchObject(no);
    // A try that failed is spent: the true answer no longer counts either.
    expect((await bring(forged.browser, forged.back.search)).json()).toMatchObject(no);
    const stolen = await leave();
    expect((await bring('another browser', stolen.back.search)).json()).toMatchObject(no);
    expect((await app.inject({ method: 'POST', url: '/api/access/identity/answer', payload: { query: stolen.back.search } })).json()).toMatchObject(no);
    expect((await bring(stolen.browser, stolen.back.search)).statusCode).toBe(200);
    expect((await bring(stolen.browser, stolen.back.search)).json()).toMatchObject(no);
    // The code of one try does not answer another: PKCE and nonce belong to the request.
    const [one, two] = [await leave(), await leave()];
    const mixed = new URLSearchParams(two.back.search);
    mixed.set('code', new URLSearchParams(one.back.search).get('code') ?? '');
    expect((await bring(two.browser, mixed.toString())).json()).toMatchObject(no);
    const late = await leave();
    clock.advance(10 * MINUTE);
    expect((await bring(late.browser, late.back.search)).json()).toMatchObject(no);
  });

  it('asks for our own factor unless the service states one that is believed here', async () => {
    await steward('POST', '/api/access/factor-rule', { roles: ['enforcement-officer'] });
    provider.seat({ sub: 'zhou', amr: ['pwd', 'mfa'] });
    expect((await come()).json()).toMatchObject({ waitingFor: 'enrol', side: 'public', actions: [] });
    const believing = await door({ MINGJIAN_OIDC_TRUSTED: 'hwk, mfa' });
    expect((await come(believing)).json()).toMatchObject({ waitingFor: null, name: '周行舟' });
    provider.seat({ sub: 'zhou', amr: ['pwd'] });
    expect((await come(believing)).json()).toMatchObject({ waitingFor: 'enrol' });
    await believing.close();
  });

  it('a disabled account stays shut, and without a service there is no button and no way', async () => {
    await disableAccount(keeping(test.db, clock), keeper, 'officer');
    expect((await come()).json()).toMatchObject({ code: 'ACCESS-043' });
    const bare = await createHttp({ log: silentLogger() });
    registerAccess(bare, { db: test.db, clock });
    expect((await bare.inject({ url: '/api/access/identity' })).json()).toEqual({ name: null });
    expect((await bare.inject({ method: 'POST', url: '/api/access/identity/start', payload: { side: 'official' } })).json()).toMatchObject({ code: 'ACCESS-040' });
    await bare.close();
    const gone = await door({ MINGJIAN_OIDC_ISSUER: 'http://127.0.0.1:9' });
    expect((await gone.inject({ method: 'POST', url: '/api/access/identity/start', payload: { side: 'official' } })).json()).toMatchObject({ code: 'ACCESS-044', status: 503 });
    await gone.close();
  });

  it('only the security administrator links; the settings must be whole and over TLS', async () => {
    const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login: 'admin', password: DEMO_PASSWORD } });
    expect((await app.inject({ url: '/api/access/identities', cookies: { mingjian: signed.cookies[0]?.value ?? '' } })).statusCode).toBe(403);
    expect(() => readConfig({ MINGJIAN_OIDC_ISSUER: 'http://sso.example.gov.cn', MINGJIAN_OIDC_CLIENT_ID: 'a', MINGJIAN_OIDC_CLIENT_SECRET: 'b' })).toThrow(/MINGJIAN_OIDC_ISSUER/);
    expect(() => readConfig({ MINGJIAN_OIDC_ISSUER: 'https://sso.example.gov.cn', MINGJIAN_OIDC_CLIENT_ID: 'a' })).toThrow(/MINGJIAN_OIDC_CLIENT_SECRET/);
    expect(readConfig({}).identity).toBeUndefined();
  });
});
