import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#access';
import { asId, calendarDay, DAY, instant, type RegionKey } from '#kernel';
import type { App } from '#platform/http';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import type { LikeCases } from './like-cases.ts';
import type { Replay } from './decide-replay.ts';
import type { CasePage } from '../views/case-page.ts';
import type { LawView } from '../views/law-view.ts';
import { caseRoutes } from '../routes.ts';
import { GROWN_CLUE } from '../testing/sample-terms.ts';
import { cast, person, sample, testClock, openDoor, testDeps, walkCase, type TestDeps } from '../testing/index.ts';

interface Table {
  readonly id: string;
  readonly factors: readonly { readonly id: string; readonly grades: readonly { readonly id: string; readonly percent: string }[] }[];
}

let base: TestDatabase;
let deps: TestDeps;
let app: App;
let asked = '';
const decided: string[] = [];
const neighbour: Actor = { ...person('neighbour', ['enforcement-lead']), authorityId: asId('JS-NZ') };
const actors: Readonly<Record<string, Actor>> = { ...cast, neighbour };

beforeAll(async () => {
  base = await testDatabase();
  deps = testDeps(base.db, testClock());
  app = await openDoor(deps, actors, (door) => caseRoutes(door, deps));
  // Two decided cases of 244 000 yuan and one that is being weighed.
  for (let i = 0; i < 2; i++) decided.push((await walkCase(deps, 'DECIDED')).caseId);
  asked = (await walkCase(deps, 'REVIEWED')).caseId;
}, 120_000);
afterAll(async () => {
  await app.close();
  await base.drop();
});

const post = async (as: string, url: string, payload: object) => app.inject({ method: 'POST', url, headers: { 'x-as': as }, payload });
const { grades } = sample('SET_DISCRETION', testClock().now()) as { grades: Record<string, string> };

describe('类案与推演', () => {
  it('[SH-16.1] 裁量时看得到同类已决案件的分布，情节相同的另列；外市的只进分布，不列出案件', async () => {
    const found = (await post('officer', `/api/cases/${asked}/like-cases`, { grades })).json<LikeCases>();
    expect(found).toMatchObject({ asked: 7, spread: { n: 2, median: 244_000, q1: 244_000, q3: 244_000 }, alike: { n: 2 } });
    expect(found.cases.map((one) => one.sameGrades)).toEqual([7, 7]);
    expect(found.cases.some((one) => one.caseId === asked)).toBe(false);
    const other = (await post('officer', `/api/cases/${asked}/like-cases`, { grades: { ...grades, REPEAT: 'MORE' } })).json<LikeCases>();
    expect(other).toMatchObject({ alike: null, cases: [{ sameGrades: 6 }, { sameGrades: 6 }] });
    expect((await post('neighbour', `/api/cases/${asked}/like-cases`, { grades })).statusCode).toBe(404);
  });

  it('已决定的案件只与决定之前已经作出的决定比较', async () => {
    const earlier = (await post('officer', `/api/cases/${decided[0]}/like-cases`, { grades })).json<LikeCases>();
    expect(earlier).toMatchObject({ spread: null, cases: [] });
    const later = (await post('officer', `/api/cases/${decided[1]}/like-cases`, { grades })).json<LikeCases>();
    expect(later.cases.map((one) => one.caseId)).toEqual([decided[0]]);
  });

  it('违法次数由本平台的决定算出：本次行为开始以后才决定的两件不计入，逐件写明，写在表单上', async () => {
    const page = (await app.inject({ url: `/api/cases/${asked}`, headers: { 'x-as': 'officer' } })).json<Pick<CasePage, 'quality'> & { law: LawView }>();
    expect(page.law.computed.find(({ factor }) => factor === 'REPEAT')).toMatchObject({ grade: 'FIRST', refused: [], zh: expect.stringMatching(/同期另案不计入（JS-QC-2026-0001：处罚决定在本次行为开始之前尚未送达、JS-QC-2026-0002：/) });
    expect(page.quality.find(({ no }) => no === 12)?.outcome).toBe('SOUND');
  });

  it('选了哪部法律、谁选的、为什么，写在案件上；裁量计算表也写明', async () => {
    const page = (await app.inject({ url: `/api/cases/${asked}`, headers: { 'x-as': 'officer' } })).json<{ law: LawView }>();
    expect(page.law.chosen).toMatchObject({ id: 'AIR99-2', name: '大气污染防治法第九十九条第二项', reason: '行为时法律。', by: 'officer' });
    const sheet = deps.orders.findLast((order) => order.kind === 'DISCRETION_SHEET')?.data as { sentence: string };
    expect(sheet.sentence).toMatch(/^适用《大气污染防治法》第九十九条第二项，理由：行为时法律。/);
  });

  it('按改动后的表重算一年的决定：只算看得见的案件，没有权限的人不能推演', async () => {
    const table = deps.law.discretionTable('AIR_EXCEED', asId<RegionKey>('jiangsu'), calendarDay('2026-03-12'));
    const tables = (await app.inject({ url: '/api/discretion/tables', headers: { 'x-as': 'head' } })).json<{ items: Table[] }>();
    const given = tables.items.find((one) => one.id === table?.id) as Table;
    const factors = given.factors.map((f) => ({ ...f, grades: f.grades.map((g) => (g.id === 'SECOND' ? { ...g, percent: '18' } : g)) }));
    const body = { region: 'jiangsu', year: 2026, table: { ...given, factors } };
    expect((await post('head', '/api/discretion/replay', body)).json<Replay>()).toMatchObject({ changed: 2, impossible: 0, before: { median: 244_000 }, after: { median: 334_000 } });
    expect((await post('head', '/api/discretion/replay', { ...body, year: 2025 })).json<Replay>()).toMatchObject({ rows: [], before: null });
    expect((await post('neighbour', '/api/discretion/replay', body)).json<Replay>().rows).toEqual([]);
    expect((await post('officer', '/api/discretion/replay', body)).statusCode).toBe(403);
  });

  it('免罚建议由卷内事实得出：同类违法在先的不再是初次；建议不改变案件', async () => {
    const page = (await app.inject({ url: `/api/cases/${asked}`, headers: { 'x-as': 'officer' } })).json<{ law: LawView; state: { main: string } }>();
    const first = page.law.exemptions.find((one) => one.id === 'APL33-FIRST');
    expect(first?.checks.find((check) => check.zh.includes('12 个月'))?.outcome).toBe('MET');
    expect(first?.fits).toBe('OPEN');
    expect(page.law.correspondences).toMatchObject([{ old: '大气污染防治法第九十九条第二项', next: '生态环境法典第一千一百零七条', change: 'SAME' }]);
    expect(page.state.main).toBe('DELIBERATION');
  });

  it('线索在移送后又有新增：案件上写明移送时与现在，处理之前不得告知；决定以后的新增不在本案之内', async () => {
    deps.clueVersions = [{ ...GROWN_CLUE.handedOver, knownAt: instant(deps.clock.now() - 90 * DAY) }, { ...GROWN_CLUE.now, knownAt: deps.clock.now() }];
    const step = async (as: string, command: object) => post(as, `/api/cases/${asked}/acts`, command);
    const look = async (id: string) => (await app.inject({ url: `/api/cases/${id}`, headers: { 'x-as': 'officer' } })).json<CasePage>();
    const { story, next } = await look(asked);
    expect(story).toMatchObject({ handedOver: { version: 2 }, now: { version: 5 }, settled: [], afterDecision: [] });
    expect(story?.open).toHaveLength(1);
    expect(next.some(({ command }) => command === 'SETTLE_LATER_FINDINGS')).toBe(true);
    expect((await look(decided[0]!)).story).toMatchObject({ open: [], afterDecision: [{ zh: expect.stringContaining('时段由') }] });
    await step('head', sample('DELIBERATE', deps.clock.now()));
    const refused = await step('head', { kind: 'SEND_NOTICE' });
    expect([refused.statusCode, refused.body]).toEqual([expect.any(Number), expect.stringContaining('第 26 项')]);
    expect((await step('officer', sample('SETTLE_LATER_FINDINGS', deps.clock.now()))).statusCode).toBe(200);
    expect((await step('head', { kind: 'SEND_NOTICE' })).statusCode).toBe(200);
    expect((await look(asked)).story).toMatchObject({ open: [], settled: [{ way: 'LEAVE_OUT', clue: { version: 5 } }] });
    expect(deps.orders.some((order) => order.kind === 'LATER_FINDINGS')).toBe(true);
    deps.clueVersions = [];
  });
});
