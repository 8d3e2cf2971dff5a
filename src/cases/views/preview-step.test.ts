import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccountId, type Actor } from '#access';
import { asId, type CaseId, type UnitId } from '#kernel';
import type { App } from '#platform/http';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from '../act-on-case.ts';
import { caseRoutes } from '../routes.ts';
import { cast, person, sample, testClock, openDoor, testDeps, walkCase, type TestDeps } from '../testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
let app: App;
const actors: Readonly<Record<string, Actor>> = {
  ...cast,
  neighbour: { ...person('neighbour', ['authority-head']), authorityId: asId('JS-NZ') },
  otherUnit: { ...cast.unit, accountId: demoAccountId('other'), unitId: asId<UnitId>('E999') },
};

beforeAll(async () => {
  base = await testDatabase();
  deps = testDeps(base.db, testClock());
  app = await openDoor(deps, actors, (door) => caseRoutes(door, deps));
}, 60_000);
afterAll(async () => {
  await app.close();
  await base.drop();
});

interface Item { kind: string; title: string; pages: number; svg: string; against: string | null; changes: { field: string; paragraphs: { change: string; text: string }[][] }[] }
const preview = async (as: string, id: string, now: object, before?: object) => {
  const response = await app.inject({ method: 'POST', url: `/api/cases/${id}/previews`, headers: { 'x-as': as }, payload: { now, ...(before === undefined ? {} : { before }) } });
  return { status: response.statusCode, body: response.json<{ items: Item[]; code?: string; missing?: string[] }>() };
};
const rows = async () => {
  const { rows: [found] } = await sql<Record<string, number>>`SELECT (SELECT count(*) FROM case_event) AS events, (SELECT count(*) FROM case_paper) AS papers,
    (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM document_number) AS numbers, (SELECT count(*) FROM outbox) AS outbox,
    (SELECT count(*) FROM evidence_leaf) AS leaves`.execute(base.db);
  return found;
};
const order = (more: object = {}) => ({ ...sample('ORDER_RECTIFICATION', deps.clock.now()), ...more });
/** Until the walk stands before the decision. */
async function readyToDecide(): Promise<CaseId> {
  const { caseId, state } = await walkCase(deps, 'NOTICED');
  await actOnCase(deps, cast.unit, caseId, sample('SUBMIT_DEFENCE', deps.clock.now()));
  deps.clock.advance(8 * 86_400_000);
  await actOnCase(deps, cast.officer, caseId, sample('CLOSE_WINDOW', deps.clock.now()));
  const loaded = (await app.inject({ url: `/api/cases/${caseId}`, headers: { 'x-as': 'head' } })).json<{ state: typeof state }>().state;
  await actOnCase(deps, cast.caseReviewer, caseId, sample('REVIEW_DEFENCE', deps.clock.now(), loaded));
  await actOnCase(deps, cast.legal, caseId, sample('PASS_LEGAL_REVIEW', deps.clock.now()));
  return caseId;
}

describe('制发前预览文书', () => {
  it('[JS-17.1] 按表单现有内容排出纸面，什么也不保存，不占文号', async () => {
    const caseId = await readyToDecide();
    const before = await rows();
    const { status, body } = await preview('head', caseId, sample('DECIDE', deps.clock.now()));
    expect(status).toBe(200);
    expect(body.items.map((item) => item.kind)).toEqual(['PENALTY_DECISION']);
    expect(body.items[0]?.svg.startsWith('<svg')).toBe(true);
    expect(await rows()).toEqual(before);
  });

  it('没有填完的表单说出还缺哪些字段', async () => {
    const caseId = await readyToDecide();
    expect(await preview('head', caseId, { kind: 'DECIDE' })).toMatchObject({ status: 422, body: { code: 'CASE-012', missing: ['opinion'] } });
    expect((await preview('head', caseId, { kind: 'NOTHING' })).status).toBe(422);
  });

  it('没有岗位的人、他人案件、别的机关都不能预览；与办理同样拒绝', async () => {
    const caseId = await readyToDecide();
    const decide = sample('DECIDE', deps.clock.now());
    expect(await preview('officer', caseId, decide)).toMatchObject({ status: 403, body: { code: 'ACCESS-004' } });
    expect((await preview('neighbour', caseId, decide)).status).toBe(404);
    expect((await preview('otherUnit', caseId, decide)).status).toBe(404);
    expect(await preview('head', caseId, sample('SEND_NOTICE', deps.clock.now()))).toMatchObject({ body: { code: 'CASE-002' } });
  });

  it('与留下的对照稿、与已制发的同种文书逐处对照', async () => {
    const { caseId } = await walkCase(deps, 'DECIDED');
    const first = await preview('head', caseId, order());
    expect(first.body.items[0]).toMatchObject({ kind: 'RECTIFICATION_ORDER', against: null, changes: [] });
    const second = await preview('head', caseId, order({ demands: ['立即停止超标排放', '三十日内更换布袋'] }), order());
    expect(second.body.items[0]?.against).toBe('DRAFT');
    expect(second.body.items[0]?.changes.map((field) => field.field)).toContain('demands');
  });

  it('更正通知书与所更正的文书对照，改在原文哪一处一目了然', async () => {
    const { caseId, state } = await walkCase(deps, 'PERFORMING');
    const decision = state?.papers.find((paper) => paper.kind === 'PENALTY_DECISION');
    const absent = await actOnCase(deps, cast.head, caseId, { kind: 'CORRECT_PAPER', paperId: decision!.paperId, wrong: '演示路7号', right: '演示路10号', reason: '地址笔误' });
    expect(absent).toMatchObject({ ok: false, code: 'CASE-003', missing: ['原文书中确有的原文'] });
    const corrected = await actOnCase(deps, cast.head, caseId, { kind: 'CORRECT_PAPER', paperId: decision!.paperId, wrong: '演示路1号', right: '演示路10号', reason: '地址笔误' });
    if (!corrected.ok) throw new Error(corrected.zh);
    const paper = corrected.value.papers.findLast((one) => one.kind === 'CORRECTION_NOTICE')!;
    const url = `/api/cases/${caseId}/papers/${paper.paperId}/changes`;
    const changes = (await app.inject({ url, headers: { 'x-as': 'officer' } })).json<{ from: string; to: string; changes: Item['changes'] }>();
    expect(changes).toMatchObject({ from: decision!.number, to: paper.number });
    expect(changes.changes.map((field) => field.field)).toEqual(['party']);
    expect(changes.changes[0]?.paragraphs[0]?.filter((part) => part.change !== 'SAME')).toEqual([{ change: 'REMOVED', text: '1' }, { change: 'ADDED', text: '10' }]);
    expect((await app.inject({ url, headers: { 'x-as': 'neighbour' } })).statusCode).toBe(404);
    expect((await app.inject({ url, headers: { 'x-as': 'unit' } })).statusCode).toBe(403);
    const alone = corrected.value.papers.find((one) => one.kind === 'INVESTIGATION_REPORT')!;
    expect((await app.inject({ url: `/api/cases/${caseId}/papers/${alone.paperId}/changes`, headers: { 'x-as': 'officer' } })).json()).toMatchObject({ code: 'CASE-011' });
  });
});
