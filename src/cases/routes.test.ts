import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccountId, type Actor } from '#access';
import { asId, type CaseId, type UnitId } from '#kernel';
import type { App } from '#platform/http';
import { drainOutbox, emit } from '#platform/outbox';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { casesHandlers } from './on-events.ts';
import { caseRoutes } from './routes.ts';
import { caseOfClue } from './store/case-list.ts';
import { loadCase } from './views/case-page.ts';
import { cast, handover, person, sample, testClock, openDoor, testDeps, walkCase, type TestDeps } from './testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
let app: App;

const neighbour: Actor = { ...person('neighbour', ['enforcement-officer']), authorityId: asId('JS-NZ') };
const otherUnit: Actor = { ...cast.unit, accountId: demoAccountId('other'), unitId: asId<UnitId>('E999') };
const actors: Readonly<Record<string, Actor>> = { ...cast, neighbour, otherUnit };

beforeAll(async () => {
  base = await testDatabase();
  deps = testDeps(base.db, testClock());
  app = await openDoor(deps, actors, (door) => caseRoutes(door, deps));
}, 60_000);
afterAll(async () => {
  await app.close();
  await base.drop();
});

const get = async (as: keyof typeof actors, url: string) => app.inject({ url, headers: { 'x-as': String(as) } });
const act = async (as: keyof typeof actors, id: string, body: object) =>
  app.inject({
    method: 'POST',
    url: `/api/cases/${encodeURIComponent(id)}/acts`,
    headers: { 'x-as': String(as) },
    payload: body,
  });

describe('办案接口', () => {
  it('[JS-13.1] 移送事件经发件箱到达即成案，立案时钟自移送发出起算', async () => {
    const payload = handover({ reviewId: 'review-http', clueId: 'clue-http' });
    await base.db
      .transaction()
      .execute((tx) => emit(tx, deps.clock, { type: 'clue.handed_over', subject: 'clue-http', payload }));
    while ((await drainOutbox(deps, casesHandlers)) > 0);
    const found = await caseOfClue(base.db, 'clue-http');
    expect(found).toMatchObject({ mainState: 'PRELIM_REVIEW' });
    const page = (await get('officer', `/api/cases/${found?.caseId}`)).json<{
      clocks: { clockId: string; dueDay: string; article: string }[];
    }>();
    expect(page.clocks).toMatchObject([
      { clockId: 'T3a', dueDay: '2026-03-25', article: expect.stringContaining('第十四条') },
      { clockId: 'T3c', dueDay: '2026-03-31', article: '生态环境行政处罚办法 第十八条' },
    ]);
  });

  it('当即到达的文书只有一份送达回证：到达事件不再记一次', async () => {
    const { caseId } = await walkCase(deps, 'NOTICED');
    expect((await act('unit', caseId, sample('ASK_QUESTION', deps.clock.now()))).statusCode).toBe(200);
    const before = (await loadCase(base.db, caseId))?.state;
    expect((await act('officer', caseId, sample('ANSWER_QUESTION', deps.clock.now(), before))).statusCode).toBe(200);
    const proofs = async () => (await loadCase(base.db, caseId))?.state.papers.filter(({ kind }) => kind === 'DELIVERY_PROOF').length;
    const told = await proofs();
    const paper = (await loadCase(base.db, caseId))?.state.papers.findLast(({ kind }) => kind === 'QUESTION_ANSWER');
    const payload = { deliveryId: 'd', documentId: paper?.documentId ?? paper?.paperId, subjectKind: 'case', subjectId: caseId, method: 'ELECTRONIC', arrivedAt: deps.clock.now(), legalDay: '2026-03-16' };
    await base.db.transaction().execute((tx) => emit(tx, deps.clock, { type: 'delivery.delivered', subject: caseId, payload }));
    while ((await drainOutbox(deps, casesHandlers)) > 0);
    expect(await proofs()).toBe(told);
  });

  it('清单只见本机关的案件；企业只见自己的案件', async () => {
    await walkCase(deps, 'FILED');
    const mine = (await get('officer', '/api/cases?limit=1')).json<{ items: unknown[]; nextCursor: string }>();
    expect(mine.items).toHaveLength(1);
    const next = (await get('officer', `/api/cases?limit=1&cursor=${mine.nextCursor}`)).json<{ items: unknown[] }>();
    expect(next.items).not.toEqual(mine.items);
    expect((await get('neighbour', '/api/cases')).json()).toEqual({ items: [], nextCursor: null });
    expect((await get('otherUnit', '/api/unit/cases')).json()).toEqual({ items: [], nextCursor: null });
    expect((await get('unit', '/api/cases')).statusCode).toBe(403);
  });

  it('[JS-13.2] 询问或送达之前，单位看不到自己的案件；之后看得到', async () => {
    const early = await walkCase(deps, 'FILED');
    const told = await walkCase(deps, 'NOTICED');
    expect((await get('unit', `/api/unit/cases/${early.caseId}`)).statusCode).toBe(404);
    expect((await get('unit', `/api/unit/cases/${told.caseId}`)).statusCode).toBe(200);
    const { items } = (await get('unit', '/api/unit/cases')).json<{ items: { caseId: string; amount?: number }[] }>();
    const ids = items.map((i) => i.caseId);
    // Of a sum it learns from the notice or the decision, never from a list.
    expect(items.filter((i) => 'amount' in i)).toEqual([]);
    expect(ids).toContain(told.caseId);
    expect(ids).not.toContain(early.caseId);
  });

  it('别人的案件与不存在的案件答复相同，什么也不改变', async () => {
    const { caseId } = await walkCase(deps, 'NOTICED');
    const missing = await get('neighbour', '/api/cases/case_none');
    const foreign = await get('neighbour', `/api/cases/${caseId}`);
    expect(foreign.statusCode).toBe(404);
    expect(foreign.json<{ code: string }>().code).toBe(missing.json<{ code: string }>().code);
    expect((await act('otherUnit', caseId, sample('WAIVE_RIGHTS', deps.clock.now()))).statusCode).toBe(404);
    expect((await act('unit', caseId, sample('SUBMIT_DEFENCE', deps.clock.now()))).statusCode).toBe(200);
  });

  it.each(['=cmd|calc', '<img onerror=x>', '#..[*$', '../../etc', "' OR 1=1 --"])(
    '怪异的编号 %s 得到清楚的拒绝',
    async (id) => {
      expect((await get('officer', `/api/cases/${encodeURIComponent(id)}`)).statusCode).toBe(404);
      expect((await act('officer', id, { kind: 'DECIDE', opinion: 'x' })).statusCode).toBe(404);
    },
  );

  it('缺字段、错命令、超长输入各有字段名；系统步骤与归档不从此门进', async () => {
    const { caseId } = await walkCase(deps, 'RECEIVED');
    expect((await act('officer', caseId, { kind: 'NO_SUCH_STEP' })).statusCode).toBe(400);
    expect((await act('officer', caseId, { kind: 'PROPOSE_FILING' })).json()).toMatchObject({ status: 400 });
    expect((await act('officer', caseId, { kind: 'RESUME', reason: 'x'.repeat(6_000) })).statusCode).toBe(400);
    expect((await act('officer', caseId, sample('RECORD_NOTICE_DELIVERED', deps.clock.now()))).statusCode).toBe(403);
    expect((await act('archivist', caseId, sample('ARCHIVE', deps.clock.now()))).json()).toMatchObject({
      code: 'CASE-005',
    });
  });

  it('同一步重复提交或页面已旧：凭版本号拒绝，不会办两次', async () => {
    const { caseId, state } = await walkCase(deps, 'FILED');
    const url = `/api/cases/${caseId}/acts?version=${state?.version}`;
    const body = { kind: 'SWITCH_MODE', mode: 'ONSITE', ground: 'INSUFFICIENT', reason: '需核对参数。' };
    const twice = await Promise.all(
      [1, 2].map(() => app.inject({ method: 'POST', url, headers: { 'x-as': 'officer' }, payload: body })),
    );
    expect(twice.map((r) => r.statusCode).toSorted()).toEqual([200, 409]);
    expect(twice.find((r) => r.statusCode === 409)?.json()).toMatchObject({ code: 'CASE-007' });
  });

  it('拒绝写明条文与还缺的东西（RFC 9457）', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    const reply = await act('officer', caseId, sample('FINISH_INVESTIGATION', deps.clock.now()));
    expect(reply.statusCode).toBe(422);
    expect(reply.headers['content-type']).toContain('application/problem+json');
    expect(reply.json()).toMatchObject({
      code: 'CASE-003',
      basis: expect.stringContaining('第十四条'),
      missing: expect.arrayContaining(['当事人身份证明']),
    });
  });

  it('[JS-20.3] 裁量试算与入卷的计算同一个函数，缺因子时指出', async () => {
    const { caseId } = await walkCase(deps, 'INVESTIGATED');
    const { basisId, grades } = sample('SET_DISCRETION', deps.clock.now()) as {
      basisId: string;
      grades: Record<string, string>;
    };
    const preview = async (body: object) =>
      app.inject({
        method: 'POST',
        url: `/api/cases/${caseId}/discretion-preview`,
        headers: { 'x-as': 'officer' },
        payload: body,
      });
    expect((await preview({ basisId, grades })).json()).toMatchObject({ amount: 244_000, tableVerified: false });
    expect((await preview({ basisId, grades: {} })).json()).toMatchObject({
      code: 'LAW-002',
      field: 'grades.EXCEED_RATIO',
    });
  });

  it('文书数据只给看得见本案的人', async () => {
    const { caseId, state } = await walkCase(deps, 'FILED');
    const paper = state?.papers.find((p) => p.kind === 'FILING_PROPOSAL');
    const url = `/api/cases/${caseId as CaseId}/papers/${paper?.paperId}`;
    expect((await get('officer', url)).json()).toMatchObject({ kind: 'FILING_PROPOSAL' });
    expect((await get('neighbour', url)).statusCode).toBe(404);
  });
});
