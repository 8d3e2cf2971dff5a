import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDemoAccounts, DEMO_PASSWORD, demoAccountId } from '#access';
import { keepCast } from '#access/testing';
import { openLog } from '#evidence';
import { instant, manualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import type { App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { testSeries } from '#platform/series/testing';
import { composeDomain, type Domain } from '../../src/app/compose-domain.ts';
import { composeServer } from '../../src/app/compose-server.ts';
import { call, Problem } from '../../web/src/shared/api.ts';
import { Unreachable } from '../../web/src/shared/ask.ts';

/** Posted to by people who are signed in, but no acts, or acts whose answer opens a session. A new one is added here on purpose. */
const WITHOUT_KEY = [
  'POST /api/access/behalf', 'POST /api/access/factors/passkey', 'POST /api/access/factors/passkey/:passkeyId/removal', 'POST /api/access/factors/passkey/confirmation',
  'POST /api/access/factors/recovery-codes', 'POST /api/access/factors/totp', 'POST /api/access/factors/totp/confirmation', 'POST /api/access/factors/totp/removal', 'POST /api/access/password',
  'POST /api/analysis/backtests', 'POST /api/analysis/proposals/:proposal/backtest', 'POST /api/analysis/rules/check', 'POST /api/analysis/rules/preview',
  'POST /api/cases/:id/discretion-preview', 'POST /api/cases/:id/like-cases', 'POST /api/cases/:id/previews', 'POST /api/discretion/replay', 'POST /api/documents/drafts',
  'POST /api/unit/self-check', 'POST /api/unit/self-check/csv',
];

const folder = mkdtempSync(join(tmpdir(), 'idempotency-'));
const clock = manualClock(instant(Date.parse('2026-09-14T10:00:00+08:00')));
let records: TestDatabase;
let values: Awaited<ReturnType<typeof testSeries>>;
let domain: Domain;
let app: App;

beforeAll(async () => {
  [records, values] = await Promise.all([testDatabase(), testSeries()]);
  await createDemoAccounts({ db: records.db, clock }, []);
  await keepCast(records.db);
  const config = readConfig({ MINGJIAN_DATA: folder });
  domain = await composeDomain({ db: records.db, series: values.series, clock, log: silentLogger(), blobs: openBlobs(join(folder, 'blobs')), config });
  await openLog(domain.evidence, 'test');
  app = await composeServer(domain);
});
afterAll(async () => {
  await app.close();
  domain.close();
  await Promise.all([records.drop(), values.drop()]);
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => vi.unstubAllGlobals());

const signIn = async (login: string): Promise<string> =>
  (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } })).cookies[0]?.value ?? '';

/** The browser of a person: its fetch reaches the platform, and loses every answer while the line is down. */
function browserOf(cookie: string) {
  const line = { down: false, keys: [] as string[] };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const headers = init.headers as Record<string, string>;
    line.keys.push(headers['idempotency-key'] ?? 'none');
    const answer = await app.inject({ method: init.method as 'POST', url, headers, cookies: { mingjian: cookie }, payload: String(init.body) });
    if (line.down) throw new TypeError('network error');
    return new Response(answer.body, { status: answer.statusCode, headers: { 'content-type': String(answer.headers['content-type']) } });
  });
  return line;
}

const handOver = (reason: string) => call('POST /api/access/delegations', {
  body: { to: demoAccountId('enforcement'), roles: ['authority-head'], firstDay: '2026-09-14', lastDay: '2026-09-18', reason },
});
const delegations = async (): Promise<number> => (await sql<{ n: number }>`SELECT count(*)::int AS n FROM access_delegation`.execute(records.db)).rows[0]?.n ?? 0;

describe('keys of acts on the whole platform', () => {
  it('stand in the description of every act of a signed-in person', () => {
    const { paths = {} } = app.swagger() as { paths?: Record<string, Record<string, { parameters?: readonly { in: string; name: string }[] }>> };
    const bare = app.doors.flatMap(({ method, url, action }) => {
      if (['GET', 'OPTIONS'].includes(method) || action === 'public') return [];
      const parameters = paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.parameters ?? [];
      return parameters.some((one) => one.in === 'header' && one.name === 'Idempotency-Key') ? [] : [`${method} ${url}`];
    });
    expect(bare.sort()).toEqual(WITHOUT_KEY);
    expect(app.doors.filter(({ method }) => method === 'POST').length).toBeGreaterThan(WITHOUT_KEY.length + 60);
  });

  it('are sent by the screens: an act whose answer was lost is asked for again and done once', async () => {
    const line = browserOf(await signIn('head'));
    const before = await delegations();
    line.down = true;
    await expect(handOver('外出学习一周')).rejects.toBeInstanceOf(Unreachable);
    await expect(handOver('外出学习一周')).rejects.toBeInstanceOf(Unreachable);
    line.down = false;
    expect(await handOver('外出学习一周')).toMatchObject({ reason: '外出学习一周' });
    expect(await delegations()).toBe(before + 1);
    // Answered: the same once more is another act of its own.
    await handOver('外出学习一周');
    expect(await delegations()).toBe(before + 2);
    expect(line.keys.map((key) => line.keys.indexOf(key))).toEqual([0, 0, 0, 3]);
  });

  it('are worth nothing to somebody else, and nothing to whoever may no longer act', async () => {
    const line = browserOf(await signIn('head'));
    await handOver('外出学习两周');
    const [key = ''] = line.keys;
    const again = async (cookie: string) => app.inject({
      method: 'POST', url: '/api/access/delegations', headers: { 'idempotency-key': key }, cookies: { mingjian: cookie },
      payload: { to: demoAccountId('enforcement'), roles: ['authority-head'], firstDay: '2026-09-14', lastDay: '2026-09-18', reason: '外出学习两周' },
    });
    expect((await again(await signIn('legal'))).json()).toMatchObject({ code: 'ACCESS-031' });
    expect((await again('')).json()).toMatchObject({ status: 401 });
    expect((await again(await signIn('head'))).headers['idempotency-replayed']).toBe('true');
  });

  it('tell the person what a refusal says', async () => {
    browserOf(await signIn('head'));
    const refused = await handOver('短').catch((problem: unknown) => problem);
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ code: 'ACCESS-026', field: 'reason' });
  });
});
