import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { AGENT_ACTS, can, unitLogin } from '#access';
import { asId, calendarDay, dayOf, instant, type AccountId, type AuthorityId, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import { deadlinesOf, sweepDeadlines } from '#platform/deadlines';
import { DESK_NOW, openDesk, type Desk } from '#register/testing';
import { answerTask } from './act-on-task.ts';
import { decideTask, isOverdue, TASK_STATES, type TaskCommand, type TruthingTask } from './decide-truthing.ts';
import { registerTruthingRoutes } from './truthing-routes.ts';

const E1 = asId<UnitId>('E1');
const at = (text: string): number => Date.parse(text);
const FILES = {
  'enterprises.csv': 'enterprise,name,industry,operator\nE1,甲厂,coal_power,清源运维公司\nE2,乙厂,boiler,\n',
  'outfalls.csv': 'outfall,enterprise,type,mn,name\nO1,E1,gas,A1,1号排口\nO2,E2,gas,A2,\n',
  'factors.csv': 'outfall,factor,factor_zh,unit,span\nO1,a21026,二氧化硫,mg/m3,100\nO1,a34013,颗粒物,mg/m3,50\n',
  'calibrations.csv': `outfall,start_ms,end_ms,kind,factors,zero_drift,span_drift,passed\nO1,${at('2026-09-10T09:00:00+08:00')},${at('2026-09-10T10:00:00+08:00')},gas,a21026,1,12,\nO1,${at('2026-09-11T09:00:00+08:00')},${at('2026-09-11T10:00:00+08:00')},gas,a21026,1,1,\nO1,${at('2026-09-12T09:00:00+08:00')},${at('2026-09-12T10:00:00+08:00')},standard_check,,,,0\n`,
};

describe('归真任务的判断 what may be done with a task', () => {
  const now = instant(DESK_NOW);
  const task: TruthingTask = {
    taskId: 't', unitId: E1, authorityId: asId<AuthorityId>('A'), outfall: asId<OutfallId>('O1'), holder: 'UNIT', source: 'OUTFALL', ref: '', what: '补传', state: 'OPEN', round: 1,
    dueAt: instant(at('2026-09-16T00:00:00+08:00')), article: '', raisedAt: now,
  };
  const day = calendarDay('2026-09-20');

  it('[JS-6.4] 答复后核查：办结或退回重办，退回的另定日期', () => {
    const answered = decideTask(task, { act: 'ANSWER' }, now);
    expect(answered).toMatchObject({ ok: true, value: { state: 'ANSWERED', round: 1 } });
    const waiting: TruthingTask = { ...task, state: 'ANSWERED' };
    expect(decideTask(waiting, { act: 'CLOSE' }, now)).toMatchObject({ value: { state: 'CLOSED' } });
    expect(decideTask(waiting, { act: 'SEND_BACK', day }, now)).toMatchObject({ value: { state: 'OPEN', round: 2, dueAt: at('2026-09-21T00:00:00+08:00') } });
    expect(decideTask(waiting, { act: 'SEND_BACK', day: calendarDay('2026-09-13') }, now)).toMatchObject({ code: 'QUALITY-013', field: 'day' });
    expect(decideTask(task, { act: 'CLOSE' }, now)).toMatchObject({ code: 'QUALITY-012' });
  });

  it('overdue begins when the day is over, and only while an answer is owed', () => {
    expect([task.dueAt - 1, task.dueAt].map((moment) => isOverdue(task, instant(moment)))).toEqual([false, true]);
    expect(TASK_STATES.filter((state) => isOverdue({ ...task, state }, instant(task.dueAt + 1)))).toEqual(['OPEN']);
  });

  it('whatever is done in whatever order: a task that ended stays as it is, the round never falls', () => {
    const command = fc.constantFrom<TaskCommand>({ act: 'ANSWER' }, { act: 'CLOSE' }, { act: 'WITHDRAW' }, { act: 'SEND_BACK', day });
    fc.assert(fc.property(fc.array(command, { maxLength: 12 }), (commands) => {
      let one = task;
      for (const each of commands) {
        const next = decideTask(one, each, now);
        if (one.state === 'CLOSED' || one.state === 'WITHDRAWN') expect(next.ok).toBe(false);
        if (next.ok) expect(next.value.round).toBe(one.round + (each.act === 'SEND_BACK' ? 1 : 0));
        one = next.ok ? next.value : one;
      }
    }), { seed: 20261129 });
  });
});

interface Item { taskId: string; state: string; round: number; dueDay: string; overdue: boolean; holder: string; mayAnswer: boolean; mayCheck: boolean; history: { act: string; by: string; late: boolean; dueDay: string | null }[] }

describe('数据归真任务 tasks of putting data right', () => {
  let stage: Desk;
  const own = unitLogin(E1);
  const stranger = unitLogin(asId<UnitId>('E2'));
  const raise = (login: string, more: object = {}) => stage.call(login, 'POST', '/api/quality/truthing', { outfall: 'O1', source: 'OUTFALL', holder: 'UNIT', what: '9月10日二氧化硫漂移超标期间的小时数据', ...more });
  const answerAs = (login: string, taskId: string, more: object = {}) => stage.call(login, 'POST', `/api/unit/truthing/${taskId}/answer`, { text: '已按 HJ 75 修约补传', ...more });
  const check = (login: string, taskId: string, command: object) => stage.call(login, 'POST', `/api/quality/truthing/${taskId}/check`, { text: '核对原始记录', ...command });
  const list = async (login: string, query = '') => (await stage.call(login, 'GET', `/api/quality/truthing${query}`)).json<{ items: Item[] }>().items;
  beforeAll(async () => {
    stage = await openDesk((app, deps) =>
      registerTruthingRoutes(app, { ...deps, clueOwner: async (id) => (id === 'clue-1' ? { unitId: E1, outfall: asId<OutfallId>('O1') } : undefined) }), FILES, 'jiangsu');
  });
  afterAll(() => stage.close());

  it('[JS-6.4] 监控人员从排放口、线索、未通过的质控检查交办：办什么、谁办、哪天前办；原因要真有', async () => {
    const checks = (await stage.call('monitor', 'GET', '/api/outfalls/O1/failed-checks')).json<{ items: { ref: string; factors: { factor: string }[]; taskId: string | null }[] }>().items;
    expect(checks.map((one) => one.factors.map(({ factor }) => factor))).toEqual([['a21026', 'a34013'], ['a21026']]);
    const failed = checks[1] ?? expect.fail('no failed check');
    const made = await raise('monitor', { source: 'CHECK', ref: failed.ref, day: '2026-09-18' });
    expect(made.statusCode).toBe(201);
    expect(made.json()).toMatchObject({ state: 'OPEN', round: 1, dueDay: '2026-09-18', overdue: false, mayCheck: true, mayAnswer: false });
    const { taskId } = made.json<Item>();
    expect((await stage.call('monitor', 'GET', '/api/outfalls/O1/failed-checks')).json<{ items: { taskId: string | null }[] }>().items.map((one) => one.taskId)).toEqual([null, taskId]);
    expect(await deadlinesOf(stage.t.db, 'data-truthing', taskId)).toMatchObject([{ clockId: 'T1g', state: 'OPEN', holder: 'E1', dueAt: at('2026-09-19T00:00:00+08:00') }]);
    // Nobody named a day: five working days, and Sunday 20 September 2026 is one (调休上班).
    expect((await raise('lab', { source: 'CLUE', ref: 'clue-1' })).json()).toMatchObject({ dueDay: '2026-09-20' });
    for (const [more, code, field] of [
      [{ source: 'CHECK', ref: '1:gas' }, 'QUALITY-015', 'ref'], [{ source: 'CLUE', ref: 'clue-2' }, 'QUALITY-014', 'ref'], [{ source: 'CLUE', ref: 'clue-1', outfall: 'O2' }, 'QUALITY-014', 'ref'],
      [{ day: '2026-09-13' }, 'QUALITY-013', 'day'], [{ outfall: 'O9' }, 'QUALITY-001', 'outfall'],
    ] as const) expect((await raise('monitor', more)).json()).toMatchObject({ code, field });
    for (const login of ['officer', 'air', own]) expect((await raise(login)).statusCode).toBe(403);
  });

  it('[JS-6.4] 企业答复并附材料，退回重办，再答复后办结；每一步留痕', async () => {
    const taskId = (await list(own, '?open=true')).find((one) => one.dueDay === '2026-09-18')?.taskId ?? expect.fail('no task');
    expect(await list(stranger)).toEqual([]);
    expect(await list('neighbour')).toEqual([]);
    expect((await answerAs(stranger, taskId)).statusCode).toBe(404);
    expect((await answerAs(own, taskId, { materials: [{ name: '修约表.csv', sha256: 'a'.repeat(64) }] })).json()).toMatchObject({ code: 'QUALITY-016' });
    expect((await answerAs(own, taskId, { text: ' ' })).statusCode).toBe(400);
    expect((await check('monitor', taskId, { act: 'CLOSE' })).json()).toMatchObject({ code: 'QUALITY-012' });
    const sha256 = await stage.blobs.put(Buffer.from('时间,修约前,修约后'));
    expect((await answerAs(own, taskId, { materials: [{ name: '修约表.csv', sha256 }] })).json()).toMatchObject({ state: 'ANSWERED', mayAnswer: false });
    expect(await deadlinesOf(stage.t.db, 'data-truthing', taskId)).toMatchObject([{ state: 'MET' }]);
    const file = `/api/quality/truthing/${taskId}/materials/${sha256}`;
    expect((await stage.call('monitor', 'GET', file)).body).toBe('时间,修约前,修约后');
    for (const login of [stranger, 'neighbour']) expect((await stage.call(login, 'GET', file)).statusCode).toBe(404);

    expect((await check('officer', taskId, { act: 'CLOSE' })).statusCode).toBe(403);
    expect((await check('monitor', taskId, { act: 'SEND_BACK' })).statusCode).toBe(400);
    expect((await check('lab', taskId, { act: 'SEND_BACK', day: '2026-09-16' })).json()).toMatchObject({ state: 'OPEN', round: 2, dueDay: '2026-09-16' });
    expect((await answerAs(own, taskId)).json()).toMatchObject({ state: 'ANSWERED', round: 2 });
    expect((await check('monitor', taskId, { act: 'CLOSE' })).json()).toMatchObject({ state: 'CLOSED', mayCheck: false });
    expect((await answerAs(own, taskId)).json()).toMatchObject({ code: 'QUALITY-012' });

    const [seen] = (await list(own)).filter((one) => one.taskId === taskId);
    expect(seen?.history.map((one) => [one.act, one.by === ''])).toEqual([['RAISE', true], ['ANSWER', false], ['SEND_BACK', true], ['ANSWER', false], ['CLOSE', true]]);
    const leaves = (await stage.leaves()).filter((leaf) => leaf['ref'] === taskId);
    expect(leaves.map((leaf) => leaf['act'])).toEqual(['RAISE', 'ANSWER', 'SEND_BACK', 'ANSWER', 'CLOSE'].map((act) => `truthing.${act}`));
    expect(leaves[1]).toMatchObject({ t: 'mark', unit: 'E1', files: [`sha256:${sha256}`] });
    expect(JSON.stringify(leaves)).not.toContain('HJ 75');
    const { rows } = await sql<{ type: string }>`SELECT type FROM outbox WHERE type LIKE 'quality.%' AND subject = ${taskId} ORDER BY seq`.execute(stage.t.db);
    expect(rows.map((row) => row.type)).toEqual(['raised', 'answered', 'sent-back', 'answered', 'closed'].map((act) => `quality.truthing-${act}`));
  });

  it('[JS-6.4] 逾期看得见：清单里、时钟里；迟到的答复照收并注明', async () => {
    const { taskId } = (await raise('monitor', { day: dayOf(stage.clock.now()) })).json<Item>();
    stage.goTo('2026-09-15T01:00:00+08:00');
    await sweepDeadlines({ db: stage.t.db, clock: stage.clock });
    expect((await list('monitor', '?open=true')).find((one) => one.taskId === taskId)).toMatchObject({ overdue: true });
    expect(await deadlinesOf(stage.t.db, 'data-truthing', taskId)).toMatchObject([{ state: 'OPEN', overdue: true }]);
    expect((await answerAs(own, taskId)).json<Item>().history.at(-1)).toMatchObject({ act: 'ANSWER', late: true });
    expect(await deadlinesOf(stage.t.db, 'data-truthing', taskId)).toMatchObject([{ state: 'OVERDUE_MET' }]);
    expect((await check('monitor', taskId, { act: 'WITHDRAW' })).json()).toMatchObject({ state: 'WITHDRAWN' });
  });

  it('[JS-6.4] 交给运维单位的，受托人也能答复；交给企业自己的，受托人不能', async () => {
    const agent = { accountId: asId<AccountId>('a'), name: '运维员', roles: ['unit-agent'] as const, region: asId<RegionKey>('jiangsu'), entrusted: [{ grantId: 'g', unitId: E1, outfalls: ['O1'], acts: ['truthing'] as const }] };
    expect(AGENT_ACTS.truthing.actions).toContain('truthing.answer');
    const scope = { unitId: E1, outfall: 'O1' };
    expect([can(agent, 'truthing.answer', scope), can(agent, 'truthing.read', scope), can(agent, 'supervision.hand-in', scope), can(agent, 'supervision.feedback', scope)]).toEqual([true, true, true, false]);
    const deps = { db: stage.t.db, clock: stage.clock, blobs: stage.blobs, law: stage.law, registry: stage.registry, clueOwner: async () => undefined };
    const [mine, operators] = await Promise.all(['UNIT', 'OPERATOR'].map(async (holder) => (await raise('monitor', { holder })).json<Item>().taskId));
    expect(await answerTask(deps, agent, mine ?? '', { text: '已校准', materials: [] })).toMatchObject({ code: 'QUALITY-017' });
    expect(await answerTask(deps, agent, operators ?? '', { text: '已校准', materials: [] })).toMatchObject({ ok: true, value: { state: 'ANSWERED' } });
  });
});
