import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { instant, manualClock, MINUTE } from '#kernel';
import { EVERY_ROW, sql, withRows } from '#platform/db';
import { setRoles } from './accounts/keep-accounts.ts';
import { demoAccountId } from './demo/demo-cast.ts';
import { hotp, stepAt } from './factors/totp.ts';
import type { Role } from './roles.ts';
import { keeper, keeping } from './testing/keeper.ts';
import { testDoor } from './testing/door.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'factors-'));
const test = testDoor(clock, (app) => {
  app.get('/t/case', { config: { action: 'case.read' } }, async () => ({ seen: true }));
}, { demo: false, dataDir: folder });
afterAll(() => rmSync(folder, { recursive: true }));

const { jars } = test;
type Body = Record<string, never> & { code: string; waitingFor: string | null; secret: string; recoveryCodes: string[]; name: string };
const call = (who: string, url: string, payload?: object) => test.call<Body>(who, url, payload);
const enter = (login: string) => test.enter<Body>(login);

const BITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
/** The app in the officer's pocket: reads the secret as shown, knows the time. */
const phone = (secret: string) => {
  const bits = [...secret].map((letter) => BITS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  return () => hotp(bytes, stepAt(clock.now()));
};
async function enrol(login: string) {
  const { body: { secret } } = await call(login, '/api/access/factors/totp', {});
  const show = phone(secret);
  const { status, body } = await call(login, '/api/access/factors/totp/confirmation', { code: show() });
  return { show, secret, status, recoveryCodes: body.recoveryCodes };
}

describe('second factor sec:X20', () => {
  it('enrols an app, asks for it from then on, and opens nothing before it', async () => {
    expect((await enter('officer')).body).toMatchObject({ name: '周行舟', waitingFor: null });
    expect((await call('officer', '/api/access/factors')).body).toEqual({ totp: false, passkeys: [], recoveryCodesLeft: 0, required: false });
    const { show, status, recoveryCodes } = await enrol('officer');
    expect(status).toBe(200);
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await call('officer', '/api/access/factors/totp', {})).body.code).toBe('ACCESS-016');

    expect((await enter('officer')).body).toMatchObject({ waitingFor: 'second-factor', side: 'public', actions: [] });
    const waiting = jars.get('officer');
    expect((await call('officer', '/t/case')).status).toBe(401);
    expect((await call('officer', '/api/access/factors')).status).toBe(401);
    expect((await call('officer', '/api/access/factors/totp', {})).status).toBe(401);
    expect((await call('officer', '/api/access/second-factor', { code: '000000' })).body.code).toBe('ACCESS-013');
    // The code that confirmed the enrolment was seen once; it does not open the door as well.
    expect((await call('officer', '/api/access/second-factor', { code: show() })).body.code).toBe('ACCESS-014');
    clock.advance(MINUTE);
    const code = show();
    expect((await call('officer', '/api/access/second-factor', { code })).body).toMatchObject({ name: '周行舟', waitingFor: null });
    expect(jars.get('officer')).not.toBe(waiting);
    expect((await call('officer', '/t/case')).body).toEqual({ seen: true });
    jars.set('thief', waiting ?? '');
    expect((await call('thief', '/t/case')).status).toBe(401);

    await enter('officer');
    expect((await call('officer', '/api/access/second-factor', { code })).body.code).toBe('ACCESS-014');
    expect((await call('officer', '/api/access/second-factor', { code: recoveryCodes[0]?.toUpperCase() })).status).toBe(200);
    await enter('officer');
    expect((await call('officer', '/api/access/second-factor', { code: recoveryCodes[0] })).body.code).toBe('ACCESS-013');
  });

  it('keeps the secret sealed under a key file of the installation, and recovery codes as digests', async () => {
    await enter('legal');
    const { secret, recoveryCodes } = await enrol('legal');
    const { rows } = await withRows(test.db, 'mingjian.person', EVERY_ROW, (tx) => sql<{ row: string }>`SELECT t::text AS row FROM access_totp t UNION ALL SELECT r::text FROM access_recovery_code r`.execute(tx));
    const kept = rows.map(({ row }) => row).join('\n');
    for (const shown of [secret, ...recoveryCodes, ...recoveryCodes.map((each) => each.replaceAll('-', ''))]) expect(kept).not.toContain(shown);
    const files = readdirSync(join(folder, 'keys'));
    expect(files).toEqual(['access-factors.key']);
    expect(statSync(join(folder, 'keys', files[0] ?? '')).mode & 0o077).toBe(0);
    // A row moved to another person does not open.
    await withRows(test.db, 'mingjian.person', EVERY_ROW, async (tx) => {
      await sql`UPDATE access_totp SET removed_at = 1, removed_by = 'x' WHERE account_id = ${demoAccountId('head')}`.execute(tx);
      await sql`INSERT INTO access_totp (factor_id, account_id, secret, created_at, confirmed_at) SELECT 'moved', ${demoAccountId('head')}, secret, 1, 1 FROM access_totp WHERE account_id = ${demoAccountId('legal')}`.execute(tx);
    });
    await enter('head');
    expect((await call('head', '/api/access/second-factor', { code: phone(secret)() })).status).toBe(500);
  });

  it('locks after five wrong codes, also against the right one', async () => {
    await enter('lab');
    const { show } = await enrol('lab');
    clock.advance(MINUTE);
    await enter('lab');
    for (let i = 0; i < 5; i++) expect((await call('lab', '/api/access/second-factor', { code: '12345a' })).body.code).toBe('ACCESS-013');
    expect((await call('lab', '/api/access/second-factor', { code: show() })).body.code).toBe('ACCESS-003');
  });

  it('a session that waits ends after ten minutes', async () => {
    await enter('legal');
    clock.advance(10 * MINUTE);
    expect((await call('legal', '/api/access/second-factor', { code: '000000' })).status).toBe(401);
  });

  it('the security administrator says which roles need one; such a person enrols before anything else', async () => {
    await enter('security');
    for (const login of ['review-lead', 'review-legal']) expect((await enter(login)).body.waitingFor).toBeNull();
    expect((await call('security', '/api/access/factor-rule', { roles: ['review-lead'] })).body).toEqual({ roles: ['review-lead'] });
    // Who is signed in without one does not go on until tomorrow; others do.
    expect((await call('review-lead', '/t/case')).status).toBe(401);
    expect((await call('review-legal', '/t/case')).status).toBe(200);
    expect((await enter('review-lead')).body.waitingFor).toBe('enrol');
    expect((await call('review-lead', '/t/case')).status).toBe(401);
    const { show, status } = await enrol('review-lead');
    expect(status).toBe(200);
    expect((await call('review-lead', '/t/case')).body).toEqual({ seen: true });
    clock.advance(MINUTE);
    expect((await call('review-lead', '/api/access/factors/totp/removal', { code: show() })).body.code).toBe('ACCESS-017');
    // The phone is lost: the security administrator takes the factor off, and the next sign-in enrols anew.
    const reset = (reason: string) => call('security', `/api/access/accounts/${demoAccountId('review-lead')}/factor-reset`, { reason });
    expect((await reset('丢了')).body.code).toBe('ACCESS-026');
    expect((await reset('手机遗失，已当面核实本人')).status).toBe(200);
    const { rows } = await sql<{ reason: string }>`SELECT reason FROM access_factor_reset_log`.execute(test.db);
    expect(rows).toEqual([{ reason: '手机遗失，已当面核实本人' }]);
    await expect(sql`UPDATE access_factor_reset_log SET reason = ''`.execute(test.db)).rejects.toThrow(/permission denied/);
    expect((await enter('review-lead')).body.waitingFor).toBe('enrol');
    await enter('admin');
    expect((await call('admin', '/api/access/factor-rule', { roles: [] })).status).toBe(403);
    await expect(sql`DELETE FROM access_factor_rule`.execute(test.db)).rejects.toThrow(/permission denied/);
  });

  it('sec:X19 岗位变动后原登录随即结束：被撤的岗位不再有用，新授的岗位须先绑定第二重验证', async () => {
    const rights = (roles: readonly Role[]) => setRoles(keeping(test.db, clock), keeper, 'panel', roles);
    expect((await enter('panel')).body.waitingFor).toBeNull();
    expect((await call('panel', '/t/case')).status).toBe(200);
    expect(await rights(['review-lead'])).toMatchObject({ ok: true });
    expect((await call('panel', '/t/case')).status).toBe(401);
    expect((await enter('panel')).body.waitingFor).toBe('enrol');
    expect(await rights([])).toMatchObject({ ok: true });
    expect((await enter('panel')).body.waitingFor).toBeNull();
    expect((await call('panel', '/t/case')).status).toBe(403);
    // The same roles again are no change.
    expect(await rights([])).toMatchObject({ ok: true });
    expect((await call('panel', '/t/case')).status).toBe(403);
  });

  it('renews recovery codes and takes the app off against a fresh code', async () => {
    await enter('air');
    const first = await enrol('air');
    clock.advance(MINUTE);
    const { body } = await call('air', '/api/access/factors/recovery-codes', { code: first.show() });
    expect(body.recoveryCodes).toHaveLength(10);
    clock.advance(MINUTE);
    await enter('air');
    expect((await call('air', '/api/access/second-factor', { code: first.recoveryCodes[1] })).body.code).toBe('ACCESS-013');
    expect((await call('air', '/api/access/second-factor', { code: body.recoveryCodes[1] })).status).toBe(200);
    expect((await call('air', '/api/access/factors/totp/removal', { code: first.show() })).status).toBe(200);
    expect((await enter('air')).body.waitingFor).toBeNull();
  });
});
