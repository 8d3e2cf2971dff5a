import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_ROLES, createAccount, createDemoAccounts, DEMO_CITY, DEMO_REGION, demoAccountId, isKnownAction, READING_DOORS, reachOf, ROLES, type Action, type Role } from '#access';
import { appendLeaf, openLog } from '#evidence';
import { asId, DAY, HOUR, instant, manualClock, type AccountId, type AuthorityId, type UnitId } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import type { App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { emit } from '#platform/outbox';
import { testSeries } from '#platform/series/testing';
import { importRegister, openRegistry } from '#register';
import { simulate } from '#sim/simulate';
import { composeDomain, type Domain } from '../../src/app/compose-domain.ts';
import { composeServer } from '../../src/app/compose-server.ts';
import { handOn } from '../../src/app/hand-on.ts';
import { sampleOf, type Schema } from './sample-of.ts';

const NOW = Date.parse('2026-09-14T10:00:00+08:00');
const [UNIT, OUTFALL, OTHER_UNIT] = ['QY0001', 'QY0001-DA001', 'QY0002'];
const NEIGHBOUR = asId<AuthorityId>('JS-NZ');
const PASSWORD = 'a password for tests only';
const SIGNED_IN = ALL_ROLES.filter((role) => role !== 'public');

/** Doors that need no sign-in, on a platform that is not a demonstration. A new one is added here on purpose, or the test fails. */
const OPEN = [
  'GET /*', 'GET /api/access/identity', 'GET /api/access/me', 'GET /api/demo/accounts', 'GET /api/demo/clock', 'GET /api/openapi.json', 'GET /api/public/decisions', 'GET /api/public/decisions/:id',
  'GET /api/public/decisions/:id/text', 'GET /api/public/decisions/:id/proof',
  'GET /api/public/evidence/leaves/:index', 'GET /api/public/evidence/log', 'GET /api/supervision/causes', 'GET /healthz', 'GET /log/checkpoint', 'GET /log/policy', 'GET /log/tile/*', 'GET /metrics', 'GET /readyz',
  'POST /api/access/identity/answer', 'POST /api/access/identity/start', 'POST /api/access/invitations/accept', 'POST /api/access/second-factor', 'POST /api/access/second-factor/challenge', 'POST /api/access/sign-in', 'POST /api/access/sign-out', 'POST /api/public/documents/check', 'POST /api/public/evidence/verify',
  'POST /api/public/reports', 'POST /api/public/reports/look-up',
];

/** Doors to one object that show no evidence: a new one is put here on purpose, or among the readings, or the test fails. */
const NOT_EVIDENCE = [
  '/api/analysis/models/:model', '/api/analysis/proposals/:proposal', '/api/archive/:id/editions', '/api/cases/:id/files', '/api/cases/:id/inquiry-room', '/api/cases/:id/readings', '/api/deliveries/:deliveryId',
  '/api/deliveries/:deliveryId/servers', '/api/evidence/leaves/:index/proof', '/api/inquiries/:roomId/signals', '/api/outfalls/:outfall', '/api/outfalls/:outfall/failed-checks', '/api/outfalls/:outfall/validity',
  '/api/outfalls/:outfall/verdict-versions', '/api/supervision/units/:unitId/file', '/api/unit/inquiries/:roomId/signals', '/api/unit/notices/:deliveryId', '/api/units/:unitId', '/api/units/:unitId/agents',
];

/** Doors that only look through what the actor may see, though they are posted to. */
const SEARCHES = new Set(['POST /api/discretion/replay']);

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

let records: TestDatabase;
let values: Awaited<ReturnType<typeof testSeries>>;
let domain: Domain;
let app: App;
const folder = mkdtempSync(join(tmpdir(), 'denials-'));
const clock = manualClock(instant(NOW - 7 * HOUR));
const sessions = new Map<Role, string>();
/** Objects of unit QY0001 under the city, by the name a path, query or body gives them. */
const known: Record<string, unknown> = { unitId: UNIT, unit: UNIT, outfall: OUTFALL, factor: 'a21002', from: '2026-09-12T00:00:00+08:00', to: '2026-09-13T00:00:00+08:00' };

const idOf = async (statement: ReturnType<typeof sql<{ id: string }>>): Promise<string> => (await statement.execute(records.db)).rows[0]?.id ?? '';

/** A clue with its sheet, one held back, one in the pool, a case, a document and a delivery: all of QY0001. */
async function makeObjects(): Promise<void> {
  const { db } = records;
  const period = { from: NOW - 120 * HOUR, to: NOW - 114 * HOUR };
  const claim = { zh: '氮氧化物小时折算浓度连续 6 小时超过限值', en: 'NOx over the limit for 6 h' };
  const tell = (type: string, subject: string, payload: object) => db.transaction().execute((tx) => emit(tx, clock, { type, subject, payload: payload as never }));
  await tell('clue.raised', 'clue-own', { clueId: 'clue-own', outfall: OUTFALL, unit: UNIT, tier: 'WORK_ORDER', factors: ['a21002'], sentence: claim, period, models: [{ model: 'B01', version: '1.0.0' }] });
  const recent = { from: NOW - 9 * HOUR, to: NOW - 3 * HOUR };
  // Raised at three in the morning, so held back until the hours of rest are over.
  await tell('clue.raised', 'clue-held', { clueId: 'clue-held', outfall: OUTFALL, unit: UNIT, tier: 'REMIND', factors: ['a21002'], sentence: claim, period });
  while ((await handOn(domain)) > 0);
  clock.advance(7 * HOUR);
  await tell('clue.raised', 'clue-sheet', { clueId: 'clue-sheet', outfall: OUTFALL, unit: UNIT, tier: 'WARN', factors: ['a21002'], sentence: claim, period: recent });
  await tell('clue.handed_over', 'clue-case', {
    clueId: 'clue-case', reviewId: 'rev-1', unit: UNIT, outfall: OUTFALL, groupId: DEMO_CITY, region: DEMO_REGION, facts: claim, factors: ['a21002'], period,
    violations: ['AIR_EXCEED'], evidence: { frames: [{ mn: 'MN-1', ...period }], materials: [] }, handedOverAt: NOW - HOUR, handedOverBy: 'demo-review-lead',
  });
  while ((await handOn(domain)) > 0);
  known['clueId'] = 'clue-own';
  known['accountId'] = demoAccountId('officer');
  known['sheetId'] = await idOf(sql`SELECT sheet_id AS id FROM supervision_sheet WHERE unit_id = ${UNIT} LIMIT 1`);
  known['heldId'] = await idOf(sql`SELECT held_id AS id FROM supervision_held WHERE unit_id = ${UNIT} LIMIT 1`);
  await makeTalkAndQuota();
  known['caseId'] = known['id'] = await idOf(sql`SELECT case_id AS id FROM penalty_case WHERE unit_id = ${UNIT} LIMIT 1`);
  known['documentId'] = await idOf(sql`SELECT document_id AS id FROM document LIMIT 1`);
  known['deliveryId'] = await idOf(sql`SELECT delivery_id AS id FROM delivery WHERE unit_id = ${UNIT} LIMIT 1`);
}

/** A talk the unit is called to and an over-quantity to confirm, as their rows stand after three failures and a year's mass. */
async function makeTalkAndQuota(): Promise<void> {
  [known['talkId'], known['quotaId']] = ['tlk-own', 'quo-own'];
  await sql`INSERT INTO regulatory_talk (talk_id, unit_id, authority_id, region, state, lapse_ids, created_at, changed_at)
    VALUES ('tlk-own', ${UNIT}, ${DEMO_CITY}, ${DEMO_REGION}, 'DUE', '{}', ${NOW}, ${NOW})`.execute(records.db);
  await sql`INSERT INTO quota_warning (quota_id, unit_id, authority_id, region, outfall, factor, period, period_start, period_end, ratio, cap_kg, used_kg, share, state, document_id,
      document_no, delivery_id, as_of, created_at)
    VALUES ('quo-own', ${UNIT}, ${DEMO_CITY}, ${DEMO_REGION}, ${OUTFALL}, 'a21002', 'YEAR', 0, ${NOW}, '1.0', '1', '2', '2', 'TO_CONFIRM', 'doc', '1号', 'dlv', ${NOW}, ${NOW})`.execute(records.db);
}

beforeAll(async () => {
  const province = join(folder, 'province');
  [records, values] = await Promise.all([
    testDatabase(), testSeries(),
    simulate({ seed: 'denials-1', outfalls: 2, industries: ['coal_power', 'municipal'], days: 1, start: NOW - 2 * DAY, stepMin: 60, inject: 'none', benign: false, outDir: province }),
  ]);
  const { db } = records;
  await importRegister({ db, clock }, { dir: province, by: 'test', home: { authority: DEMO_CITY, region: DEMO_REGION } });
  const { data } = await openRegistry(db);
  await createDemoAccounts({ db, clock }, data.units.map(({ unit, name }) => ({ unitId: unit, name })));
  domain = await composeDomain({ db, series: values.series, clock, log: silentLogger(), blobs: openBlobs(join(folder, 'blobs')), config: readConfig({ MINGJIAN_DATA: folder }) });
  await openLog(domain.evidence, 'denials');
  app = await composeServer(domain);
  await makeObjects();
  for (const role of SIGNED_IN) {
    const home = ROLES[role].side === 'unit' ? { unitId: asId<UnitId>(OTHER_UNIT ?? '') } : { authorityId: NEIGHBOUR };
    const made = await createAccount({ db, clock, seal: (tx, leaf) => appendLeaf(tx, clock, leaf) }, { login: `only-${role}`, name: role, password: PASSWORD, roles: [role], region: DEMO_REGION, ...home }, asId<AccountId>('platform'));
    if (!made.ok) throw new Error(made.en);
    const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login: `only-${role}`, password: PASSWORD } });
    sessions.set(role, signed.cookies[0]?.value ?? '');
  }
}, 240_000);
afterAll(async () => {
  await app?.close();
  domain?.close();
  await Promise.all([records?.drop(), values?.drop()]);
  rmSync(folder, { recursive: true, force: true });
});

const doors = () => app.doors.filter(({ action, url }) => isKnownAction(action) && !url.startsWith('/t/'));
const nameOf = (door: { method: string; url: string }) => `${door.method} ${door.url}`;

/** The request an honest client would send through this door about QY0001's objects. */
function requestFor({ method, url }: { method: string; url: string }) {
  const { paths = {} } = app.swagger() as unknown as { paths?: Record<string, Record<string, Operation>> };
  const operation = paths[url.replace(/:(\w+)/g, '{$1}').replace('*', '{*}')]?.[method.toLowerCase()];
  const valueOf = (name: string, schema: Schema) => encodeURIComponent(String(known[name] ?? sampleOf(schema, known)));
  const parameters = operation?.parameters ?? [];
  const path = url.replace(/:(\w+)/g, (_, name: string) => valueOf(name, parameters.find((p) => p.name === name)?.schema ?? { type: 'string' })).replace('*', '000');
  const query = parameters.filter((p) => p.in === 'query' && p.required === true).map((p) => `${p.name}=${valueOf(p.name, p.schema)}`);
  const body = operation?.requestBody?.content['application/json']?.schema;
  return { method: method as 'GET' | 'POST', url: query.length === 0 ? path : `${path}?${query.join('&')}`, ...(body === undefined ? {} : { payload: sampleOf(body, known) as object }) };
}
const as = (role: Role) => ({ cookies: { mingjian: sessions.get(role) ?? '' } });

/** Puts a day where the platform asked for one: its own check of days does not show in the description of the body. */
function correct(payload: object, field: string): boolean {
  const path = field.split('.').slice(1);
  const name = path.pop();
  const at = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], payload) as Record<string, unknown> | undefined;
  if (name === undefined || at === undefined || at[name] === '2026-09-14') return false;
  at[name] = '2026-09-14';
  return true;
}

async function knock(role: Role, request: ReturnType<typeof requestFor>): Promise<{ readonly statusCode: number; readonly body: string }> {
  const answer = await app.inject({ ...request, ...as(role) });
  const { field = '' } = answer.statusCode === 400 ? answer.json<{ field?: string }>() : {};
  const again = field.startsWith('body.') && request.payload !== undefined && correct(request.payload, field);
  return again ? knock(role, request) : answer;
}

/** Everything the platform keeps, but the sessions and the trail that every knock leaves. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
    AND has_table_privilege(oid, 'SELECT') AND relname NOT IN ('access_session', 'access_attempt', 'access_audit') ORDER BY 1`.execute(records.db);
  const digests = await Promise.all(rows.map(async ({ name }) => {
    const found = await sql<{ digest: string }>`SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') AS digest FROM ${sql.table(name)} t`.execute(records.db);
    return [name, found.rows[0]?.digest ?? ''] as const;
  }));
  return Object.fromEntries(digests);
}

describe('每一扇门 every door of the platform sec:X12', { timeout: 300_000 }, () => {
  it('has objects to be refused, and knows every door', () => {
    expect(Object.entries(known).filter(([, value]) => value === '')).toEqual([]);
    expect(doors().length).toBeGreaterThan(90);
    // Where a door to evidence is renamed, its readings would no longer be written down.
    expect(READING_DOORS.filter((url) => !app.doors.some((door) => door.method === 'GET' && door.url === url))).toEqual([]);
    const unwritten = doors().filter(({ method, url }) => method === 'GET' && url.includes(':') && !READING_DOORS.includes(url)).map(({ url }) => url);
    expect(unwritten.sort()).toEqual([...NOT_EVIDENCE].sort());
    const open = app.doors.filter(({ action, url }) => action === 'public' && url !== '/api' && !url.startsWith('/api/static') && !/^\/api\/(json|yaml|$)/.test(url));
    expect(open.map(nameOf).sort()).toEqual([...OPEN].sort());
  });

  it('without a session: 401 at every door that is not public, and nothing changed', async () => {
    const before = await everything();
    for (const door of doors()) expect(`${nameOf(door)} ${(await app.inject(requestFor(door))).statusCode}`).toBe(`${nameOf(door)} 401`);
    expect(await everything()).toEqual(before);
  });

  it('a role without the row: 403 at every such door, and nothing changed', async () => {
    const before = await everything();
    let refused = 0;
    for (const door of doors()) {
      const request = requestFor(door);
      for (const role of SIGNED_IN.filter((each) => reachOf(each, door.action as Action) === undefined)) {
        const answer = await app.inject({ ...request, ...as(role) });
        expect(`${nameOf(door)} ${role} ${answer.statusCode} ${answer.json<{ code: string }>().code}`).toBe(`${nameOf(door)} ${role} 403 ACCESS-004`);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1_000);
    expect(await everything()).toEqual(before);
  });

  const ids = () => [UNIT, 'clue-own', known['caseId'], known['documentId'], known['deliveryId'], known['sheetId'], known['heldId'], known['talkId'], known['quotaId'], known['accountId']].map(String);

  it("another unit's or another authority's object: refused or not shown to every role, and nothing changed", async () => {
    const before = await everything();
    const leaks: string[] = [];
    let tried = 0;
    for (const door of doors()) {
      const request = requestFor(door);
      const named = !SEARCHES.has(nameOf(door)) && ids().some((id) => JSON.stringify(request).includes(id));
      // An act that names no object is on the actor's own; a list that names none must not show a foreign one.
      if (!named && door.method !== 'GET' && !SEARCHES.has(nameOf(door))) continue;
      for (const role of SIGNED_IN) {
        const reach = reachOf(role, door.action as Action);
        if (reach === undefined || reach === 'any') continue;
        const { statusCode, body } = await knock(role, request);
        tried++;
        // Without a grant in force an agent is stopped at the gate, before any list.
        const stopped = reach === 'entrusted' && statusCode === 403;
        const right = stopped || (named ? statusCode === 403 || statusCode === 404 : (statusCode < 300 || statusCode === 404) && !ids().some((id) => body.includes(id)));
        if (!right) leaks.push(`${nameOf(door)} ${role} → ${statusCode} ${body.slice(0, 200)}`);
      }
    }
    expect(leaks).toEqual([]);
    expect(tried).toBeGreaterThan(300);
    expect(await everything()).toEqual(before);
  });
});
