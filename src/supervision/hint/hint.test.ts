import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_PASSWORD, registerAccess, unitLogin } from '#access';
import { noteVerdict } from '#analysis';
import { messagesOf } from '#delivery';
import { asId, DAY, type AuthorityId, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { supervisionRoutes } from '../routes.ts';
import { supervisionStage, type Stage } from '../testing/stage.ts';
import { testUnit } from '../testing/index.ts';
import { recipientsOf } from './hint.ts';

const NEIGHBOUR = asId<AuthorityId>('JS-NZ');

describe('谁应得到风险提示', () => {
  const units = ['A', 'B', 'C', 'D', 'E'].map((id) => testUnit(id, id === 'E' ? { authorityId: NEIGHBOUR } : {}));
  const found = (...ids: string[]) => ids.map((id, i) => ({ clue: `c${i}`, unit: asId<UnitId>(id) }));
  const told = (...ids: string[]) => [...recipientsOf(found(...ids), units, 3)].map(([, to]) => to.map((one) => one.unitId));

  it('家数按单位计，不按线索计；本地区同行业其他单位按机关分开，已核实的单位不在其中', () => {
    expect(told('A', 'A', 'A', 'B')).toEqual([]);
    expect(told('A', 'B', 'X')).toEqual([]);
    expect(told('A', 'B', 'C')).toEqual([['D'], ['E']]);
    expect(told('A', 'B', 'C', 'D', 'E')).toEqual([]);
  });
});

interface Hint { hintId: string; model: string; state: string; found: { unitId: string }[]; to: { unitId: string }[]; text: { zh: string }; maySettle: boolean; note: string | null; basis: string }

describe('同行业风险提示', () => {
  let stage: Stage;
  let app: App;
  let sessions = new Map<string, string>();
  let units: Record<'a' | 'b' | 'c' | 'd' | 'e' | 'other' | 'far' | 'neighbour', ReturnType<Stage['enter']>>;
  let serial = 0;

  beforeAll(async () => {
    stage = await supervisionStage();
    const enter = (trade: string, region = 'jiangsu', authorityId?: AuthorityId) => stage.enter(region, 'O', { trade, ...(authorityId === undefined ? {} : { authorityId }) });
    units = { a: enter('steel'), b: enter('steel'), c: enter('steel'), d: enter('steel'), e: enter('steel'), other: enter('paper'), far: enter('steel', 'ningxia'), neighbour: enter('steel', 'jiangsu', NEIGHBOUR) };
    await createDemoAccounts(stage.deps, Object.values(units).map(({ unit }) => ({ unitId: unit, name: unit })));
    app = await createHttp({ log: silentLogger() });
    registerAccess(app, { db: stage.test.db, clock: stage.clock, manySessions: true });
    supervisionRoutes(app, stage.deps);
  });
  afterAll(async () => {
    await app.close();
    await stage.close();
  });

  async function call<T>(login: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<{ status: number; body: T }> {
    if (!sessions.has(login)) sessions.set(login, (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } })).cookies[0]?.value ?? '');
    const response = await app.inject({ method, url, cookies: { mingjian: sessions.get(login) ?? '' }, ...(payload === undefined ? {} : { payload }) });
    return { status: response.statusCode, body: response.json<T>() };
  }
  const open = async (login = 'monitor') => (await call<{ items: Hint[] }>(login, 'GET', '/api/supervision/risk-hints?open=true')).body.items;
  const shownTo = async (who: { unit: UnitId }) => (await call<{ items: { text: { zh: string } }[] }>(unitLogin(who.unit), 'GET', '/api/unit/risk-hints')).body.items;

  /** A clue of the unit, judged by people as ⑤ does it. */
  async function judge({ unit, outfall }: { unit: UnitId; outfall: string }, verdict: 'RIGHT' | 'WRONG' | 'OPEN', model = 'C01', clue = `clue-${++serial}`): Promise<string> {
    const { test, clock } = stage;
    await sql`INSERT INTO analysis_clue (clue, version, known_at, outfall, unit_id, tier, raised_at, start_at, end_at, models, factors, provisional, cleared, score, body)
      VALUES (${clue}, 1, 0, ${outfall}, ${unit}, 'WARN', ${clock.now()}, 0, 0, ${[model]}, '{}', false, false, 1, '{}') ON CONFLICT DO NOTHING`.execute(test.db);
    await test.db.transaction().execute((tx) => noteVerdict(tx, clock, { clueId: clue, verdict, reason: 'list' }));
    await stage.drain();
    clock.advance(60_000);
    return clue;
  }

  it('[SH-18.2] 同一模型在同行业三家单位核实后，监控人员得到风险提示：看见将提示谁，只能发送或者不发送', async () => {
    await judge(units.a, 'RIGHT');
    await judge(units.a, 'RIGHT');
    await judge(units.b, 'RIGHT');
    await judge(units.c, 'WRONG');
    await judge(units.other, 'RIGHT');
    await judge(units.far, 'RIGHT');
    expect(await open()).toEqual([]);
    await judge(units.c, 'RIGHT');
    const [hint, ...more] = await open();
    expect(more).toEqual([]);
    expect(hint).toMatchObject({ model: 'C01', state: 'OFFERED', maySettle: true });
    expect([hint!.found, hint!.to].map((list) => list.map((one) => one.unitId))).toEqual([[units.a.unit, units.b.unit, units.c.unit], [units.d.unit, units.e.unit]]);
    for (const { unit } of [units.a, units.b, units.c]) expect(hint!.text.zh).not.toContain(`${unit}公司`);
    // The neighbouring authority decides for its own units; a fourth finding makes no second hint.
    expect((await open('neighbour')).map((one) => one.to.map((to) => to.unitId))).toEqual([[units.neighbour.unit]]);
    await judge(units.d, 'RIGHT', 'C01');
    expect(await open()).toHaveLength(1);
    expect(await shownTo(units.d)).toEqual([]);
  });

  it('[SH-18.2] 发送后单位在企业端看到并收到消息；不是督办单，没有时限，不进督办档案，也不影响企业码', async () => {
    const [hint] = await open();
    const url = `/api/supervision/risk-hints/${hint!.hintId}`;
    expect((await call(unitLogin(units.d.unit), 'POST', `${url}/sending`)).status).toBe(403);
    expect((await call('officer', 'POST', `${url}/sending`)).status).toBe(403);
    expect(await call('monitor', 'POST', `${url}/sending`)).toMatchObject({ status: 200, body: { state: 'SENT', maySettle: false } });
    await stage.drain();
    expect(await call('monitor', 'POST', `${url}/sending`)).toMatchObject({ body: { code: 'SUPV-012' } });
    for (const who of [units.d, units.e]) {
      expect(await shownTo(who)).toMatchObject([{ text: { zh: expect.stringContaining('无须反馈') as string } }]);
      expect((await stage.sheetsOf(who.unit)).length + (await stage.heldOf(who.unit)).length).toBe(0);
      expect((await call<{ colour: string; entries: unknown[] }>(unitLogin(who.unit), 'GET', '/api/unit/file')).body).toMatchObject({ colour: 'GREEN', entries: [] });
    }
    for (const who of [units.a, units.other, units.far, units.neighbour]) expect(await shownTo(who)).toEqual([]);
    const messages = await messagesOf(stage.test.db, hint!.hintId);
    expect([...new Set(messages.map((one) => `${one.unitId} ${one.audience} ${one.state}`))].sort()).toEqual([`${units.d.unit} UNIT RECORDED`, `${units.e.unit} UNIT RECORDED`]);
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM deadline`.execute(stage.test.db);
    expect(rows[0]?.n).toBe(0);
    const { rows: leaves } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx DESC LIMIT 1`.execute(stage.test.db);
    expect(JSON.parse(leaves[0]!.leaf)).toMatchObject({ act: 'send-hint', ref: hint!.hintId, model: 'C01', units: 2 });
  });

  it('不发送须写明理由，留下记录；改判的线索不计；期限内同一风险不再提出，过后可以', async () => {
    const back = await judge(units.a, 'RIGHT', 'C02');
    await judge(units.b, 'RIGHT', 'C02');
    await judge(units.a, 'OPEN', 'C02', back);
    await judge(units.c, 'RIGHT', 'C02');
    expect(await open()).toEqual([]);
    await judge(units.a, 'RIGHT', 'C02', back);
    const [hint] = await open();
    const url = `/api/supervision/risk-hints/${hint!.hintId}/declination`;
    expect(await call('monitor', 'POST', url, { reason: '不发' })).toMatchObject({ body: { code: 'SUPV-005' } });
    expect((await call('neighbour', 'POST', url, { reason: '别的机关的事项' })).status).toBeGreaterThanOrEqual(403);
    expect(await call('monitor', 'POST', url, { reason: '三家属同一集团，已当面约谈' })).toMatchObject({ body: { state: 'DECLINED', note: '三家属同一集团，已当面约谈' } });
    await judge(units.b, 'RIGHT', 'C02');
    expect(await open()).toEqual([]);
    expect(await shownTo(units.e)).toHaveLength(1);
    stage.clock.advance(90 * DAY);
    sessions = new Map();
    for (const who of [units.a, units.b, units.c]) await judge(who, 'RIGHT', 'C02');
    expect((await open()).map((one) => one.model)).toEqual(['C02']);
  });
});
