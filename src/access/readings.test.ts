import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendLeaf } from '#evidence';
import { instant, manualClock, MINUTE } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { createDemoAccounts } from './demo/create-demo-accounts.ts';
import { DEMO_PASSWORD, demoAccountId } from './demo/demo-cast.ts';
import { registerAccess } from './routes.ts';
import { digestOfReading, sealReadings } from './seal-readings.ts';
import type { Reading } from './store/readings.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
let test: TestDatabase;
let app: App;
beforeAll(async () => {
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, []);
  app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db: test.db, clock, manySessions: true });
  app.get('/api/cases/:id', { config: { action: 'case.read' } }, async (request, reply) =>
    (request.params as { id: string }).id === 'gone' ? reply.code(404).send({}) : { seen: true });
  app.get('/api/outfalls/:outfall/frames', { config: { action: 'ingest.read' } }, async () => ({ items: [] }));
});
afterAll(async () => {
  await app.close();
  await test.drop();
});

const get = async (login: string, url: string) => {
  const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } });
  return app.inject({ url, cookies: { mingjian: signed.cookies[0]?.value ?? '' } });
};
const read = async (query = '') => (await get('audit', `/api/access/readings${query}`)).json<{ items: { name: string; kind: { zh: string }; subject: string; path: string }[]; nextCursor: string | null }>();

describe('证据查阅记录 readings of evidence sec:X18', () => {
  it('writes down who read which case and which frames, before the answer leaves; refusals and misses are no readings', async () => {
    await get('officer', '/api/cases/case-1');
    await get('officer', '/api/outfalls/DA001/frames?from=2026-09-13&to=2026-09-14');
    await get('legal', '/api/cases/case-1');
    await get('officer', '/api/cases/gone');
    await get('admin', '/api/cases/case-1');
    const { items } = await read();
    expect(items.map(({ name, kind, subject, path }) => [name, kind.zh, subject, path])).toEqual([
      ['秦守正', '案件卷宗', 'case-1', '/api/cases/case-1'],
      ['周行舟', '原始报文', 'DA001', '/api/outfalls/DA001/frames?from=2026-09-13&to=2026-09-14'],
      ['周行舟', '案件卷宗', 'case-1', '/api/cases/case-1'],
    ]);
    expect((await read('?subject=case-1')).items).toHaveLength(2);
    expect((await read(`?account=${demoAccountId('officer')}`)).items).toHaveLength(2);
    const first = await read('?limit=2');
    expect((await read(`?limit=2&before=${first.nextCursor}`)).items).toHaveLength(1);
  });

  it('a page left open is one reading; looking again later is another', async () => {
    for (let i = 0; i < 4; i++) await get('officer2', '/api/cases/case-2');
    expect((await read('?subject=case-2')).items).toHaveLength(1);
    clock.advance(11 * MINUTE);
    await get('officer2', '/api/cases/case-2');
    expect((await read('?subject=case-2')).items).toHaveLength(2);
  });

  it('is shown to the audit administrator, not to those who read, and nobody can alter it', async () => {
    expect((await get('officer', '/api/access/readings')).statusCode).toBe(403);
    expect((await get('admin', '/api/access/readings')).statusCode).toBe(403);
    await expect(sql`UPDATE access_reading_log SET account_id = 'x'`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM access_reading_log`.execute(test.db)).rejects.toThrow(/permission denied/);
  });

  it('where the reading cannot be written down, nothing is shown', async () => {
    const owner = await import('pg').then(({ default: pg }) => new pg.Client({ connectionString: test.url }));
    await owner.connect();
    await owner.query('REVOKE INSERT ON access_reading_log FROM mingjian_app');
    const answer = await get('officer', '/api/cases/case-3');
    await owner.query('GRANT INSERT ON access_reading_log TO mingjian_app');
    await owner.end();
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('seen');
  });

  it('every reading is a leaf of the evidence log, once, with the digest of its row', async () => {
    const deps = { db: test.db, seal: (tx: Parameters<typeof appendLeaf>[0], leaf: Parameters<typeof appendLeaf>[2]) => appendLeaf(tx, clock, leaf) };
    await get('officer', '/api/cases/case-sealed');
    const sealed = await Promise.all([sealReadings(deps), sealReadings(deps)]);
    const { rows: readings } = await sql<Reading>`SELECT reading_id AS "readingId", at, kind, subject, path, source FROM access_reading_log ORDER BY at, reading_id`.execute(test.db);
    expect(sealed[0] + sealed[1]).toBe(readings.length);
    clock.advance(20 * MINUTE);
    await get('officer', '/api/cases/case-sealed');
    expect([await sealReadings(deps), await sealReadings(deps)]).toEqual([1, 0]);
    const leaves = (await sql<{ bytes: Buffer }>`SELECT bytes FROM evidence_leaf ORDER BY idx`.execute(test.db)).rows.map(({ bytes }) => JSON.parse(bytes.toString()) as { t: string; ref: string; row: string; by: string });
    expect(leaves.filter(({ t }) => t === 'access').slice(0, readings.length).map(({ ref, row }) => ({ ref, row }))).toEqual(readings.map((one) => ({ ref: one.readingId, row: digestOfReading(one) })));
    expect(leaves.at(-1)).toMatchObject({ t: 'access', by: demoAccountId('officer') });
    await expect(sql`DELETE FROM access_reading_leaf`.execute(test.db)).rejects.toThrow(/permission denied/);
  });
});
