import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoAccountId, type Actor } from '#access';
import { asId, type CaseId, type UnitId } from '#kernel';
import type { App } from '#platform/http';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from '../act-on-case.ts';
import type { CaseCommand } from '../commands/index.ts';
import { inquiryRoutes } from './inquiry-routes.ts';
import { cast, person, sample, testClock, openDoor, testDeps, walkCase, type TestDeps } from '../testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
let app: App;
let caseId: CaseId;
const actors: Readonly<Record<string, Actor>> = {
  ...cast,
  third: person('third', ['enforcement-officer']),
  neighbour: { ...person('neighbour', ['enforcement-officer']), authorityId: asId('JS-NZ') },
  otherUnit: { ...cast.unit, accountId: demoAccountId('other'), unitId: asId<UnitId>('E999') },
};

beforeAll(async () => {
  base = await testDatabase();
  deps = testDeps(base.db, testClock());
  app = await openDoor(deps, actors, (door) => inquiryRoutes(door, deps, ['stun:stun.example.gov.cn']));
  ({ caseId } = await walkCase(deps, 'FILED'));
}, 60_000);
afterAll(async () => {
  await app.close();
  await base.drop();
});

const ask = async (as: string, method: 'GET' | 'POST', url: string, payload?: object) => {
  const response = await app.inject({ method, url, headers: { 'x-as': as }, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.json<Record<string, unknown> & { items?: { seq: number; kind: string; body: string }[]; roomId?: string }>() };
};
const acts = async (roomId: string) =>
  (await sql<{ text: string }>`SELECT convert_from(bytes, 'UTF8') AS text FROM evidence_leaf WHERE convert_from(bytes, 'UTF8') LIKE ${`%${roomId}%`} ORDER BY idx`.execute(base.db)).rows
    .map((row) => JSON.parse(row.text) as { act: string; actor: string }).map(({ act, actor }) => `${act} ${actor}`);

describe('远程询问室', () => {
  it('[PAPER-3.2-5b] 承办人员开启，当事人进入，双方的接通信息互相转交；开始、进出、结束记入存证，结束即清除', async () => {
    const opened = await ask('officer', 'POST', `/api/cases/${caseId}/inquiry-room`);
    expect(opened).toMatchObject({ status: 200, body: { iceServers: ['stun:stun.example.gov.cn'] } });
    const roomId = opened.body.roomId!;
    expect((await ask('officer2', 'POST', `/api/cases/${caseId}/inquiry-room`)).body.roomId).toBe(roomId);
    expect((await ask('unit', 'GET', '/api/unit/inquiries')).body.items).toMatchObject([{ roomId }]);
    await ask('officer', 'POST', `/api/inquiries/${roomId}/signals`, { kind: 'JOIN' });
    await ask('unit', 'POST', `/api/unit/inquiries/${roomId}/signals`, { kind: 'JOIN' });
    await ask('officer', 'POST', `/api/inquiries/${roomId}/signals`, { kind: 'DESCRIPTION', body: '{"type":"offer"}' });
    const heard = (await ask('unit', 'GET', `/api/unit/inquiries/${roomId}/signals`)).body.items!;
    expect(heard.map(({ kind, body }) => [kind, body])).toEqual([['JOIN', ''], ['DESCRIPTION', '{"type":"offer"}']]);
    expect((await ask('unit', 'GET', `/api/unit/inquiries/${roomId}/signals?after=${heard[1]!.seq}`)).body.items).toEqual([]);
    expect((await ask('officer', 'GET', `/api/inquiries/${roomId}/signals`)).body.items?.map(({ kind }) => kind)).toEqual(['JOIN']);
    await ask('unit', 'POST', `/api/unit/inquiries/${roomId}/signals`, { kind: 'LEAVE' });
    expect((await ask('officer', 'POST', `/api/inquiries/${roomId}/close`)).status).toBe(200);
    expect(await acts(roomId)).toEqual([
      `opened ${cast.officer.accountId}`, `joined ${cast.officer.accountId}`, `joined ${cast.unit.accountId}`, `left ${cast.unit.accountId}`, `closed ${cast.officer.accountId}`,
    ]);
    const { rows: [left] } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM case_inquiry_signal`.execute(base.db);
    expect(left?.n).toBe(0);
    expect(await ask('unit', 'GET', `/api/unit/inquiries/${roomId}/signals`)).toMatchObject({ status: 404, body: { code: 'CASE-015' } });
    expect((await ask('unit', 'GET', '/api/unit/inquiries')).body.items).toEqual([]);
  });

  it('只有本案承办人员和本单位的人能进：别的人既看不到也说不进', async () => {
    expect(await ask('third', 'POST', `/api/cases/${caseId}/inquiry-room`)).toMatchObject({ status: 403, body: { code: 'CASE-008' } });
    expect((await ask('neighbour', 'POST', `/api/cases/${caseId}/inquiry-room`)).status).toBe(404);
    for (const as of ['head', 'legal', 'unit', 'archivist']) expect((await ask(as, 'POST', `/api/cases/${caseId}/inquiry-room`)).status, as).toBe(403);
    const { body: { roomId } } = await ask('officer', 'POST', `/api/cases/${caseId}/inquiry-room`);
    expect((await ask('otherUnit', 'GET', '/api/unit/inquiries')).body.items).toEqual([]);
    for (const [as, url] of [['third', '/api/inquiries'], ['neighbour', '/api/inquiries'], ['otherUnit', '/api/unit/inquiries']] as const) {
      expect((await ask(as, 'GET', `${url}/${roomId}/signals`)).body, as).toMatchObject({ code: 'CASE-015' });
      expect((await ask(as, 'POST', `${url}/${roomId}/signals`, { kind: 'JOIN' })).body, as).toMatchObject({ code: 'CASE-015' });
    }
    expect((await ask('unit', 'GET', `/api/inquiries/${roomId}/signals`)).status).toBe(403);
    expect((await ask('officer', 'GET', `/api/unit/inquiries/${roomId}/signals`)).status).toBe(403);
    expect((await ask('unit', 'POST', `/api/inquiries/${roomId}/close`)).status).toBe(403);
    expect(await ask('third', 'POST', `/api/inquiries/${roomId}/close`)).toMatchObject({ body: { code: 'CASE-015' } });
    expect((await ask('officer', 'POST', `/api/inquiries/${roomId}/signals`, { kind: 'CANDIDATE', body: 'x'.repeat(60_001) })).status).toBe(400);
  });

  it('同一执法人员不能同时在两处：一场远程询问未结束，不开另一案件的询问室，也不收与之重叠的笔录', async () => {
    const { caseId: second, state } = await walkCase(deps, 'FILED');
    const { body: { roomId } } = await ask('officer', 'POST', `/api/cases/${caseId}/inquiry-room`);
    expect(await ask('officer2', 'POST', `/api/cases/${second}/inquiry-room`)).toMatchObject({ status: 409, body: { code: 'CASE-018' } });
    deps.clock.advance(3_600_000);
    const inquiry = (more: object): CaseCommand => ({ ...sample('RECORD_INQUIRY', deps.clock.now()), endedAt: deps.clock.now(), ...more }) as CaseCommand;
    const refused = await actOnCase(deps, cast.officer2, second, inquiry({}));
    expect(refused).toMatchObject({ ok: false, code: 'CASE-003', missing: [expect.stringMatching(/^执法人员officer、.+不在别处的起止时间：同一时间正在办理案件.+的正在进行的远程询问 /u)] });
    await ask('officer', 'POST', `/api/inquiries/${roomId}/close`);
    const again = await ask('officer2', 'POST', `/api/cases/${second}/inquiry-room`);
    expect(again.status).toBe(200);
    expect(await actOnCase(deps, cast.officer2, second, inquiry({}))).toMatchObject({ ok: true });
    // Once written, the record itself stands against another of the same time, of whichever case; what follows upon it does not.
    expect(await actOnCase(deps, cast.officer2, caseId, inquiry({ startedAt: deps.clock.now() - 60_000 }))).toMatchObject({ missing: [expect.stringContaining(`同一时间正在办理案件${state?.caseNo}的询问（张演示）`)] });
    await ask('officer2', 'POST', `/api/inquiries/${again.body.roomId}/close`);
    deps.clock.advance(3_600_000);
    expect(await actOnCase(deps, cast.officer2, caseId, inquiry({ startedAt: deps.clock.now() - 3_600_000 }))).toMatchObject({ ok: true });
    deps.clock.advance(24 * 3_600_000);
    // Written at once in two cases, one of them stands.
    const both = await Promise.all([caseId, second].map((id) => actOnCase(deps, cast.officer2, id, inquiry({}))));
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    deps.clock.advance(24 * 3_600_000);
  });

  it('立案前、调查终结后不开', async () => {
    const { caseId: done } = await walkCase(deps, 'INVESTIGATED');
    expect(await ask('officer', 'POST', `/api/cases/${done}/inquiry-room`)).toMatchObject({ status: 409, body: { code: 'CASE-014' } });
  });
});
