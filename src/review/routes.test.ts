import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, readingsPage, registerAccess, unitLogin } from '#access';
import { asId, HOUR, instant, manualClock, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import { supervisionHandlers, supervisionRoutes } from '#supervision';
import { noHoldings, rememberedPapers, testDirectory, testUnit } from '#supervision/testing';
import { seatDemoPeople } from './members/keep-members.ts';
import { reviewHandlers } from './on-events.ts';
import type { ReviewDeps } from './ports.ts';
import { reviewRoutes } from './routes.ts';
import { noticesOf } from './store/notices.ts';
import { soundFacts } from './testing/sound-facts.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'review-http-'));
const units = ['E1', 'E2'].map((id) => asId<UnitId>(id));
const sessions = new Map<string, string>();
const urls: { method: string; url: string }[] = [];
let test: TestDatabase;
let app: App;
let deps: ReviewDeps;

beforeAll(async () => {
  test = await testDatabase();
  deps = {
    db: test.db, clock, log: silentLogger(), blobs: openBlobs(folder), law: loadLaw(), papers: rememberedPapers(clock),
    holdings: noHoldings, directory: testDirectory([testUnit('E1'), testUnit('E2')]), facts: soundFacts(), draw: () => 1,
  };
  await createDemoAccounts(deps, units.map((unitId) => ({ unitId, name: unitId })));
  await seatDemoPeople({ db: test.db, clock }, DEMO_CITY);
  app = await createHttp({ log: silentLogger() });
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) if (method !== 'HEAD') urls.push({ method, url: route.url });
  });
  registerAccess(app, { db: test.db, clock, manySessions: true });
  urls.length = 0;
  supervisionRoutes(app, { ...deps, quantities: { permits: () => [], standings: async () => [] } });
  reviewRoutes(app, deps);
  await tell('clue-1', 'O1', 'WARN');
});
afterAll(async () => {
  await app.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

async function tell(clueId: string, outfall: string, tier: string, type = 'clue.raised') {
  const payload = { clueId, outfall, unit: 'E1', tier, sentence: { zh: '氮氧化物恒值', en: 'NOx constant' }, factors: ['a21002'], period: { from: clock.now() - 9 * HOUR, to: clock.now() - 3 * HOUR }, models: [{ model: 'C01', version: '1' }] };
  await test.db.transaction().execute((tx) => emit(tx, clock, { type, subject: clueId, payload }));
  while ((await drainOutbox(deps, supervisionHandlers)) + (await drainOutbox(deps, reviewHandlers)) > 0);
}

async function call(login: string | undefined, method: 'GET' | 'POST', url: string, payload?: object) {
  if (login !== undefined && !sessions.has(login)) {
    const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } });
    expect(signed.statusCode, login).toBe(200);
    sessions.set(login, signed.cookies[0]?.value ?? '');
  }
  const cookies = login === undefined ? {} : { mingjian: sessions.get(login) ?? '' };
  return app.inject({ method, url, cookies, ...(payload === undefined ? {} : { payload }) });
}
async function must<T>(login: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  const response = await call(login, method, url, payload);
  expect(`${response.statusCode} ${response.body.slice(0, 300)}`).toMatch(/^200 /);
  return response.json<T>();
}

interface Page {
  state: string;
  reviewId: string;
  next: { act: string; mine: boolean }[];
  reviews: { missing: { zh: string; en: string }[]; gates: { gate: string; outcome: string }[]; items: unknown[] }[];
}
const page = (login: string) => must<Page>(login, 'GET', '/api/review/clues/clue-1');
const firm = unitLogin(units[0] as UnitId);
const stranger = unitLogin(units[1] as UnitId);

describe('the whole course over HTTP', () => {
  it('the unit confirms and answers; a material it hands in is kept by digest', async () => {
    const { items } = await must<{ items: { sheetId: string; open: boolean }[] }>(firm, 'GET', '/api/unit/sheets?open=true');
    const sheetId = items[0]?.sheetId ?? '';
    const material = await must<{ sha256: string }>(firm, 'POST', '/api/unit/materials', { base64: Buffer.from('proof').toString('base64') });
    await must(firm, 'POST', `/api/unit/sheets/${sheetId}/receipt`);
    await must(firm, 'POST', `/api/unit/sheets/${sheetId}/feedback`, { cause: 'device-fault', explanation: '采样泵故障，已更换', materials: [{ name: '照片.jpg', sha256: material.sha256 }] });
    const seen = await must<{ events: { actor: string | null }[]; clues: string[] }>(firm, 'GET', `/api/unit/sheets/${sheetId}`);
    expect(seen.clues).toEqual([]);
    expect(seen.events.every((event) => event.actor === null)).toBe(true);
    expect((await call(stranger, 'GET', `/api/unit/sheets/${sheetId}`)).statusCode).toBe(404);
    // Whoever judges the answer opens what came with it; its reading is written down.
    const file = `/api/supervision/sheets/${sheetId}/materials/${material.sha256}`;
    const opened = await call('monitor', 'GET', file);
    expect([opened.statusCode, opened.body, opened.headers['content-disposition']]).toEqual([200, 'proof', `attachment; filename*=UTF-8''${encodeURIComponent('照片.jpg')}`]);
    expect((await readingsPage(deps, { subject: sheetId, limit: 10 })).items).toMatchObject([{ kind: { zh: '提交的材料' }, subject: sheetId }, { kind: { zh: '督促单和反馈' }, subject: sheetId }]);
    expect((await call(firm, 'GET', file)).statusCode).toBe(403);
    expect((await call('monitor', 'GET', file.replace(material.sha256, 'c'.repeat(64)))).json()).toMatchObject({ code: 'SUPV-027' });
    expect((await must<{ items: unknown[] }>(stranger, 'GET', '/api/unit/sheets')).items).toEqual([]);
    await must('monitor', 'POST', `/api/supervision/sheets/${sheetId}/recheck`, { outcome: 'refer', note: '与治理设施用电不符' });
    while ((await drainOutbox(deps, reviewHandlers)) > 0);
  });

  it('[JS-10.4][JS-12.1] 研判、清单、审核、移送、告知依次办理，页面始终给出下一步', async () => {
    expect(await page('panel')).toMatchObject({ state: 'PANEL_ANALYSIS' });
    expect((await page('panel')).next.find((step) => step.act === 'list')).toMatchObject({ mine: true });
    expect((await page('officer')).next.find((step) => step.act === 'list')).toMatchObject({ mine: false });
    await must('panel', 'POST', '/api/review/clues/clue-1/triage', { decision: 'list', note: '与用电、门禁比对后列入' });
    await must('panel-lead', 'POST', '/api/review/lists');
    const taken = await must<Page>('review-tech', 'POST', '/api/review/clues/clue-1/take');
    expect(taken.reviews[0]?.missing.map((one) => one.zh)).toEqual(['技术审核签署', '合法性审核签署']);
    expect(taken.reviews[0]?.missing[1]?.en).toBe('signature of the legality track');
    expect(taken.reviews[0]?.gates.map((gate) => gate.gate)).toEqual(['G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7']);
    const review = `/api/review/reviews/${taken.reviewId}`;
    const early = await call('review-lead', 'POST', `${review}/conclusion`, { conclusion: 'pass', violations: ['DATA_TAMPER_DISCHARGE'] });
    expect(early.statusCode).toBe(409);
    expect(early.json()).toMatchObject({ code: 'REVIEW-011', missing: ['技术审核签署', '合法性审核签署'], missingEn: [expect.stringContaining('technical'), expect.stringContaining('legality')] });
    await must('review-tech', 'POST', `${review}/signatures`, { track: 'TECHNICAL', conclusion: 'PASS' });
    await must('review-legal', 'POST', `${review}/signatures`, { track: 'LEGAL', conclusion: 'PASS' });
    await must('review-lead', 'POST', `${review}/conclusion`, { conclusion: 'pass', violations: ['DATA_TAMPER_DISCHARGE'] });
    await must('review-lead', 'POST', '/api/review/clues/clue-1/hand-over');
    await must('review-lead', 'POST', '/api/review/clues/clue-1/notice');
    await must('officer', 'POST', '/api/review/clues/clue-1/sign-in');
    await must('officer', 'POST', '/api/review/clues/clue-1/notes', { text: '已签收，安排取证' });
    const told = await must<{ state: string }>(firm, 'POST', '/api/unit/suspicions/clue-1/receipt');
    expect(told.state).toBe('CONFIRMED');
    const proof = await must<{ sha256: string }>(firm, 'POST', '/api/unit/materials', { base64: Buffer.from('repaired').toString('base64') });
    await must(firm, 'POST', '/api/unit/suspicions/clue-1/statements', { kind: 'DEFENCE', text: '当日设备故障', materials: [{ name: '维修单.pdf', sha256: proof.sha256 }] });
    expect(await page('review-lead')).toMatchObject({ statements: [{ materials: [{ name: '维修单.pdf', sha256: proof.sha256 }] }] });
    expect((await call('review-lead', 'GET', `/api/review/clues/clue-1/materials/${proof.sha256}`)).body).toBe('repaired');
    expect((await call(firm, 'GET', `/api/review/clues/clue-1/materials/${proof.sha256}`)).statusCode).toBe(403);
    expect(await must(firm, 'GET', '/api/unit/suspicions')).toMatchObject({ items: [{ clueId: 'clue-1', state: 'CONFIRMED' }] });
    expect(await page('review-lead')).toMatchObject({ state: 'HANDED_OVER' });
  });

  it('单位的告知逐页列出，最新的在前，一份不漏', async () => {
    const copy = (table: string) => sql`INSERT INTO ${sql.table(table)} SELECT (jsonb_populate_record(c, jsonb_build_object('clue_id', c.clue_id || '-' || n))).* FROM ${sql.table(table)} c, generate_series(1, 3) n WHERE clue_id = 'clue-1'`;
    const back = new Error('the copies go again');
    await expect(test.db.transaction().execute(async (tx) => {
      for (const table of ['review_clue', 'review_notice']) await copy(table).execute(tx);
      const seen: string[] = [];
      for (let cursor: string | undefined, more = true; more; ) {
        const { items, nextCursor } = await noticesOf(tx, { kind: 'all' }, { limit: 2, cursor });
        expect(items.length).toBeLessThanOrEqual(2);
        seen.push(...items.map((one) => one.clueId));
        [cursor, more] = [nextCursor ?? undefined, nextCursor !== null];
      }
      expect(seen).toEqual(['clue-1-3', 'clue-1-2', 'clue-1-1', 'clue-1']);
      throw back;
    })).rejects.toBe(back);
    expect((await must<{ items: unknown[]; nextCursor: unknown }>(firm, 'GET', '/api/unit/suspicions?limit=1'))).toMatchObject({ items: [{ clueId: 'clue-1' }], nextCursor: null });
  });

  it('the queue pages by priority, largest first, no clue twice', async () => {
    type Queue = { items: { clueId: string; priority: number }[]; nextCursor: string | null };
    const all = await must<Queue>('panel', 'GET', '/api/review/clues?order=priority');
    const ranks = all.items.map((clue) => clue.priority);
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
    expect(Math.min(...ranks)).toBeGreaterThan(0);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Queue = await must('panel', 'GET', `/api/review/clues?order=priority&limit=1${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.items.map((clue) => clue.clueId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(all.items.map((clue) => clue.clueId));
  });

  it('the pool pages by cursor and filters by state', async () => {
    for (const id of ['clue-2', 'clue-3']) await tell(id, `O-${id}`, 'WORK_ORDER');
    const first = await must<{ items: { clueId: string }[]; nextCursor: string }>('panel', 'GET', '/api/review/clues?limit=2');
    const second = await must<{ items: { clueId: string }[]; nextCursor: null }>('panel', 'GET', `/api/review/clues?limit=2&cursor=${encodeURIComponent(first.nextCursor)}`);
    expect([...first.items, ...second.items].map((clue) => clue.clueId).sort()).toEqual(['clue-1', 'clue-2', 'clue-3']);
    expect(await must('panel', 'GET', '/api/review/clues?state=HANDED_OVER,LISTED')).toMatchObject({ items: [{ clueId: 'clue-1' }] });
    expect((await must<{ items: unknown[] }>('neighbour', 'GET', '/api/review/clues')).items).toEqual([]);
    expect(await must('panel', 'GET', '/api/review/counts')).toMatchObject({ counts: { HANDED_OVER: 1, PANEL_ANALYSIS: 2 } });
  });
});

describe('someone else', () => {
  const bodies: Record<string, object> = {
    triage: { decision: 'list', note: '与用电、门禁比对' }, reopen: { note: '重新研判此线索' }, supply: { text: '补充校准记录' }, second: { conclusion: 'PASS', reason: '独立核对一致' }, invitations: { accountId: 'demo-air', department: 'AIR', question: '工况是否异常' },
    answer: { outcome: 'HEARD', text: '工况平稳' }, recusals: { accountId: 'demo-review-tech', reason: '有利害关系' }, decision: { granted: true, reason: '属实应当回避' }, notes: { text: '看看' }, deferral: { until: '2026-09-20', reason: '先固定证据' },
    supplements: { from: '2026-09-14T00:00:00+08:00', to: '2026-09-14T06:00:00+08:00', reason: '补充调取数据' }, feedback: { cause: 'other', explanation: '说明情况说明' },
    recheck: { outcome: 'refer', note: '比对不一致' }, statements: { kind: 'QUERY', text: '问' }, assessments: { item: 'data.place', outcome: 'PASS', note: '核对' },
    signatures: { track: 'TECHNICAL', conclusion: 'PASS' }, conclusion: { conclusion: 'return', reason: '补充校准记录' }, materials: { base64: '' },
  };

  it('every route × anonymous, other unit, neighbouring city, steward: refused, nothing changed sec:X12', async () => {
    const before = await page('review-lead');
    const { items } = await must<{ items: { sheetId: string }[] }>('monitor', 'GET', '/api/supervision/sheets');
    const sheetId = items.at(-1)?.sheetId ?? '';
    for (const { method, url } of urls) {
      const path = url.replace(':clueId', 'clue-1').replace(':sheetId', sheetId).replace(':reviewId', before.reviewId);
      const body = method === 'POST' ? (bodies[url.split('/').at(-1) ?? ''] ?? {}) : undefined;
      for (const login of [undefined, stranger, 'neighbour', 'admin']) {
        const response = await call(login, method as 'GET' | 'POST', path, body);
        const owned = path.includes('clue-1') || path.includes(sheetId) || path.includes(before.reviewId);
        const label = `${login ?? 'anonymous'} ${method} ${url} ${response.statusCode}`;
        if (login === undefined && !url.endsWith('causes')) expect(response.statusCode, label).toBe(401);
        if (login !== undefined && owned) expect([403, 404], label).toContain(response.statusCode);
      }
    }
    const after = await page('review-lead');
    expect(after).toEqual(before);
  });

  it('a hostile text is kept as text and comes back as text sec:X10', async () => {
    const text = '<img src=x onerror=alert(1)> =cmd|calc #..[*$ \u202Eevil';
    await must('officer', 'POST', '/api/review/clues/clue-1/notes', { text });
    const shown = await must<{ notes: { text: string }[] }>('officer', 'GET', '/api/review/clues/clue-1');
    expect(shown.notes.at(-1)?.text).toBe(text);
    expect((await call('officer', 'GET', `/api/review/clues/${encodeURIComponent("x' OR '1'='1")}`)).statusCode).toBe(404);
  });

  it('a malformed body names the field', async () => {
    const response = await call('panel', 'POST', '/api/review/clues/clue-2/triage', { decision: 'dismiss', reason: 'because', note: '误报情况说明' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ field: expect.stringContaining('reason') });
  });
});
