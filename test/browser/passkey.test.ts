import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD, demoAccountId, registerAccess } from '#access';
import { keepCast } from '#access/testing';
import { appendLeaf } from '#evidence';
import { instant, manualClock, MINUTE } from '#kernel';
import { sql } from '#platform/db';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { openStage, overflow, type Stage } from './stage.ts';

/** A security key in the browser's USB port that a person touches at once, or leaves alone (Web Authentication 11.2). */
async function plugIn(page: Page): Promise<{ touch(enabled: boolean): Promise<void> }> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('WebAuthn.enable');
  const { authenticatorId } = await browser.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { touch: async (enabled) => void (await browser.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })) };
}

describe('通行密钥 passkeys sec:X20', { timeout: 150_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ host: 'localhost' });
  }, 180_000);
  afterAll(async () => {
    await stage?.close();
  });

  it('on a phone a person registers a passkey, signs in with it and takes it off again', async () => {
    const { page, errors, go, axe } = await stage.visit({ login: 'unit-qy0001', width: 360, language: 'zh' });
    await plugIn(page);
    await go('/unit/account');
    await page.getByText('尚未登记通行密钥').waitFor();
    const add = async (name: string) => {
      await page.getByLabel('名称（如：办公室电脑、U 盾）').fill(name);
      await page.getByRole('button', { name: '登记通行密钥' }).click();
    };
    await add('值班手机');
    await page.getByText('恢复码只显示这一次', { exact: false }).first().waitFor();
    const codes = (await page.getByRole('listitem').allTextContents()).filter((code) => /^\w{4}-\w{4}-\w{4}$/.test(code));
    expect(codes).toHaveLength(10);
    await page.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('值班手机', { exact: true }).waitFor();
    // The same key twice is one key.
    await add('又一次');
    await page.getByText('这台设备或这把钥匙已经登记过').waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await axe()).toEqual([]);

    await page.getByRole('button', { name: /菜\s*单/ }).click();
    await page.getByRole('button', { name: /退\s*出/ }).click();
    await page.getByLabel('账号').fill('unit-qy0001');
    await page.getByLabel('密码', { exact: true }).fill(DEMO_PASSWORD);
    await page.getByRole('button', { name: /登\s*录/ }).first().click();
    await page.getByText('通行密钥不在手边时', { exact: false }).waitFor();
    expect(await axe()).toEqual([]);
    await page.getByRole('button', { name: '使用通行密钥' }).click();
    await page.getByText('通行密钥不在手边时', { exact: false }).waitFor({ state: 'detached' });

    await go('/unit/account');
    await page.getByRole('button', { name: '移除“值班手机”' }).click();
    await page.getByRole('button', { name: '使用通行密钥' }).click();
    await page.getByText('尚未登记通行密钥').waitFor();
    expect(errors.filter((line) => !line.includes('401'))).toEqual([]);
  });

  describe('at the routes', () => {
    const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
    const folder = mkdtempSync(join(tmpdir(), 'passkey-'));
    let app: App;
    let page: Page;
    let key: Awaited<ReturnType<typeof plugIn>>;
    let spare: Awaited<ReturnType<typeof plugIn>>;
    beforeAll(async () => {
      const { db } = stage.domain.platform;
      await keepCast(db);
      app = await createHttp({ log: silentLogger() });
      registerAccess(app, { db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf), config: { demo: false, dataDir: folder } });
      app.get('/t/blank', { config: { action: 'public' } }, async (_request, reply) => reply.type('text/html').send('<title>blank</title>'));
      const base = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost');
      ({ page } = await stage.visit({ width: 900, language: 'zh' }));
      key = await plugIn(page);
      await page.goto(`${base}/t/blank`);
    });
    afterAll(async () => {
      await app?.close();
      rmSync(folder, { recursive: true });
    });

    interface Answer { readonly status: number; readonly body: { code?: string; name?: string; waitingFor?: string | null; factors?: string[]; recoveryCodes?: string[]; passkeys?: { passkeyId: string; name: string }[] } }
    type Json = Record<string, unknown>;
    const inPage = <T>(script: string, given: unknown) => page.evaluate(`(async (given) => { ${script} })(${JSON.stringify(given)})`) as Promise<T>;
    const post = (url: string, body?: object) => inPage<Answer>(`const answer = await fetch(given.url, given.body === undefined ? { method: 'POST' } : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given.body) });
      const text = await answer.text(); return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };`, { url, body });
    const get = (url: string) => inPage<Answer>('const answer = await fetch(given); return { status: answer.status, body: await answer.json() };', url);
    const make = (options: unknown) => inPage<Json>('return (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(given) })).toJSON();', options);
    const show = (options: unknown) => inPage<Json>('return (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(given) })).toJSON();', options);
    const enter = (login: string) => post('/api/access/sign-in', { login, password: DEMO_PASSWORD });
    const ask = async () => (await post('/api/access/second-factor/challenge')).body as Json;
    const pass = (assertion: Json) => post('/api/access/second-factor', { assertion });
    const register = async (name: string) => {
      const credential = await make((await post('/api/access/factors/passkey')).body);
      return { credential, answer: await post('/api/access/factors/passkey/confirmation', { name, credential }) };
    };

    it('several under names of their own; the password alone then opens nothing', async () => {
      await enter('officer');
      const first = await register('办公室 U 盾');
      expect(first.answer.body.recoveryCodes).toHaveLength(10);
      // The same answer again: its challenge is spent.
      expect((await post('/api/access/factors/passkey/confirmation', { name: '再来', credential: first.credential })).body.code).toBe('ACCESS-023');
      spare = await plugIn(page);
      await key.touch(false);
      expect((await register('备用 U 盾')).answer.body.recoveryCodes).toEqual([]);
      // A key without the right credential also waits for a touch: only one is touched at a time.
      await spare.touch(false);
      await key.touch(true);
      expect((await get('/api/access/factors')).body.passkeys?.map(({ name }) => name)).toEqual(['办公室 U 盾', '备用 U 盾']);
      expect((await enter('officer')).body).toMatchObject({ waitingFor: 'second-factor', name: '公众' });
      expect((await get('/api/access/me')).body.factors).toEqual(['passkey']);
      expect((await get('/api/access/factors')).status).toBe(401);
      expect((await pass(await show(await ask()))).body).toMatchObject({ name: '周行舟', waitingFor: null });
    });

    it('refuses a challenge that is used, made up, given for registering or too old', async () => {
      await enter('officer');
      const options = await ask();
      const shown = await show(options);
      expect((await pass(shown)).status).toBe(200);
      await enter('officer');
      expect((await pass(shown)).body.code).toBe('ACCESS-023');
      expect((await pass(await show({ ...options, challenge: 'bWFkZSB1cCBieSB0aGUgYnJvd3Nlcg' }))).body.code).toBe('ACCESS-023');
      const late = await ask();
      clock.advance(5 * MINUTE);
      expect((await pass(await show(late))).body.code).toBe('ACCESS-023');
      expect((await pass(await show(await ask()))).status).toBe(200);
      const registering = (await post('/api/access/factors/passkey')).body as unknown as { challenge: string };
      await enter('officer');
      expect((await pass(await show({ ...(await ask()), challenge: registering.challenge }))).body.code).toBe('ACCESS-023');
    });

    it('refuses the key of another account, a challenge of another, another address and a copied key', async () => {
      await enter('legal');
      const { credential } = await register('法制 U 盾');
      await enter('officer');
      const foreign = { ...(await ask()), allowCredentials: [{ type: 'public-key', id: credential['id'] }] };
      expect((await pass(await show(foreign))).body.code).toBe('ACCESS-022');
      const officers = await ask();
      await enter('legal');
      expect((await pass(await show({ ...foreign, challenge: officers['challenge'] }))).body.code).toBe('ACCESS-023');
      await pass(await show(await ask()));
      await enter('officer');
      const shown = await show(await ask());
      const cookies = Object.fromEntries((await page.context().cookies()).map(({ name, value }) => [name, value]));
      const elsewhere = await app.inject({ method: 'POST', url: '/api/access/second-factor', headers: { host: 'mingjian.evil.example' }, cookies, payload: { assertion: shown } });
      expect(elsewhere.json()).toMatchObject({ code: 'ACCESS-022' });
      // The true bearer used it more often than the key at hand says: one of the two is a copy.
      const { db } = stage.domain.platform;
      await sql`UPDATE access_passkey SET counter = counter + 1000 WHERE account_id = ${demoAccountId('officer')}`.execute(db);
      expect((await pass(await show(await ask()))).body.code).toBe('ACCESS-022');
      await sql`UPDATE access_passkey SET counter = counter - 1000 WHERE account_id = ${demoAccountId('officer')}`.execute(db);
      clock.advance(15 * MINUTE);
    });

    it('taking one off asks for a factor; a role that needs one keeps its last; the security administrator takes off what is lost', async () => {
      await enter('security');
      await post('/api/access/factor-rule', { roles: ['enforcement-officer'] });
      await enter('officer');
      await pass(await show(await ask()));
      const [first, second] = (await get('/api/access/factors')).body.passkeys ?? [];
      const remove = (id: string | undefined, proof: object) => post(`/api/access/factors/passkey/${id}/removal`, proof);
      expect((await remove(first?.passkeyId, { code: '000000' })).body.code).toBe('ACCESS-013');
      expect((await remove('psk_of_another', { assertion: await show(await ask()) })).body.code).toBe('ACCESS-005');
      expect((await remove(first?.passkeyId, { assertion: await show(await ask()) })).status).toBe(200);
      await key.touch(false);
      await spare.touch(true);
      expect((await remove(second?.passkeyId, { assertion: await show(await ask()) })).body.code).toBe('ACCESS-017');
      await enter('security');
      expect((await post(`/api/access/accounts/${demoAccountId('officer')}/factor-reset`, { reason: 'U 盾遗失，已当面核实本人' })).status).toBe(200);
      expect((await enter('officer')).body.waitingFor).toBe('enrol');
      expect((await register('新 U 盾')).answer.body.recoveryCodes).toHaveLength(10);
      expect((await get('/api/access/me')).body).toMatchObject({ name: '周行舟', waitingFor: null });
    });
  });
});
