import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_PASSWORD, registerAccess, unitLogin } from '#access';
import { asId, calendarDay, DAY, HOUR, instant, startOfDay, toRfc3339, type RegionKey } from '#kernel';
import { sweepDeadlines } from '#platform/deadlines';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { laddersIn } from './ladder/ladders.ts';
import { supervisionRoutes } from './routes.ts';
import { supervisionStage, type Stage } from './testing/stage.ts';

let stage: Stage;
let app: App;
let mine: ReturnType<Stage['enter']>;
let other: ReturnType<Stage['enter']>;
const sessions = new Map<string, string>();

beforeAll(async () => {
  stage = await supervisionStage();
  mine = stage.enter('jiangsu');
  other = stage.enter('jiangsu');
  await createDemoAccounts(stage.deps, [mine, other].map(({ unit }) => ({ unitId: unit, name: unit })));
  app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db: stage.test.db, clock: stage.clock, manySessions: true });
  supervisionRoutes(app, stage.deps);
});
afterAll(async () => {
  await app.close();
  await stage.close();
});

/** Sessions do not outlive the wait: everybody signs in again. */
function later(ms: number): void {
  stage.clock.advance(ms);
  sessions.clear();
}

async function call(login: string, method: 'GET' | 'POST', url: string, payload?: object) {
  if (!sessions.has(login)) {
    const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } });
    expect(signed.statusCode, login).toBe(200);
    sessions.set(login, signed.cookies[0]?.value ?? '');
  }
  return app.inject({ method, url, cookies: { mingjian: sessions.get(login) ?? '' }, ...(payload === undefined ? {} : { payload }) });
}
async function must<T>(login: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  const response = await call(login, method, url, payload);
  expect(`${response.statusCode} ${response.body.slice(0, 300)}`).toMatch(/^200 /);
  return response.json<T>();
}

interface File { colour: string; rules: { fact: string; count: number; holds: boolean }[]; entries: { kind: string; at: string; documentId: string | null }[] }
const firm = () => unitLogin(mine.unit);

describe('督办档案 over HTTP', () => {
  it('[NMG-1.1a] 督办单页说明时限起算、各渠道结果、暂缓理由；企业只见发给自己的消息', async () => {
    later(14 * HOUR);
    await stage.tell('clue.raised', { clueId: 'c-1', unit: mine.unit, outfall: mine.outfall });
    const { items: held } = await must<{ items: { heldId: string; reason: string; maySend: boolean; mayTell: boolean }[] }>('monitor', 'GET', '/api/supervision/held?open=true');
    expect(held).toMatchObject([{ reason: 'QUIET_HOURS', maySend: true, mayTell: false }]);
    expect((await call(firm(), 'GET', '/api/supervision/held')).statusCode).toBe(403);
    expect((await call(firm(), 'POST', `/api/supervision/held/${held[0]?.heldId}/send`)).statusCode).toBe(403);
    expect((await call('monitor', 'POST', `/api/supervision/held/${held[0]?.heldId}/tell-enforcement`, { note: '疑似数据造假' })).statusCode).toBe(409);
    await must('monitor', 'POST', `/api/supervision/held/${held[0]?.heldId}/send`);
    await stage.drain();
    const { items } = await must<{ items: { sheetId: string }[] }>(firm(), 'GET', '/api/unit/sheets');
    expect(items).toMatchObject([{ rung: null, channels: [{ text: { zh: '短信' }, state: 'RECORDED' }], heldFor: [{ zh: expect.stringContaining('夜间') }] }]);
    const url = `sheets/${items[0]?.sheetId}`;
    const official = await must<{ messages: { audience: string }[]; held: unknown[] }>('monitor', 'GET', `/api/supervision/${url}`);
    const own = await must<{ messages: { audience: string; body: string }[]; held: unknown[] }>(firm(), 'GET', `/api/unit/${url}`);
    expect(official).toMatchObject({ clockStart: 'ARRIVED', clockHours: 48, clockVerified: false, outcomes: ['explain', 'accept', 'send-back', 'refer'], compares: false, held: [{ reasonText: { zh: expect.stringContaining('夜间') } }] });
    expect(new Set(official.messages.map((m) => m.audience))).toEqual(new Set(['UNIT', 'STAFF']));
    expect(own.messages.map((m) => m.audience)).toEqual(['UNIT']);
    expect(own.messages[0]?.body).toContain('请登录企业端查看');
    expect(own.held).toHaveLength(1);
    expect((await call(unitLogin(other.unit), 'GET', `/api/unit/${url}`)).statusCode).toBe(404);
  });

  it('档案按时间列出通知、沉默、阶梯，企业码随之变色；别的单位看不到，企业看不到暂缓的理由', async () => {
    expect((await must<File>(firm(), 'GET', '/api/unit/file')).colour).toBe('GREEN');
    later(49 * HOUR);
    await sweepDeadlines(stage.deps);
    await stage.drain();
    const own = await must<File>(firm(), 'GET', '/api/unit/file');
    const official = await must<File>('monitor', 'GET', `/api/supervision/units/${mine.unit}/file`);
    expect(own.colour).toBe('YELLOW');
    expect((await must<{ items: unknown[] }>('monitor', 'GET', '/api/supervision/sheets')).items).toMatchObject([{ rung: 'REMIND' }]);
    expect(own.rules.filter((rule) => rule.holds).map((rule) => rule.fact)).toEqual(['overdueNow', 'lapses']);
    expect(new Set(own.entries.map((entry) => entry.kind))).toEqual(new Set(['NOTICE', 'SILENCE']));
    expect(official.entries.map((entry) => entry.kind)).toContain('HELD');
    expect(own.entries.map((entry) => entry.at)).toEqual(own.entries.map((entry) => entry.at).sort().reverse());
    expect(own.entries.find((entry) => entry.kind === 'SILENCE')?.documentId).not.toBeNull();
    expect((await must<File>(unitLogin(other.unit), 'GET', '/api/unit/file')).entries).toEqual([]);
    expect((await call('neighbour', 'GET', `/api/supervision/units/${mine.unit}/file`)).statusCode).toBe(404);
    expect((await call(firm(), 'GET', `/api/supervision/units/${mine.unit}/file`)).statusCode).toBe(403);
  });

  it('[PAPER-2.3f][NMG-3.1c] 两把阶梯分开给出：按严重程度的级别用本地区的叫法，按次数的另列；各有依据', async () => {
    const ladders = await must(firm(), 'GET', '/api/supervision/ladders');
    expect(ladders).toEqual(await must('monitor', 'GET', '/api/supervision/ladders'));
    expect(ladders).toMatchObject({
      severity: { rungs: [{ tier: 'REMIND', zh: '三级提醒' }, { tier: 'WARN', zh: '二级警告' }, { tier: 'WORK_ORDER', zh: '一级工单' }], basis: expect.stringContaining('江苏执法论文') },
      count: { rungs: ['REMIND', 'WARN', 'TALK', 'ENFORCE'], basis: expect.stringContaining('三（一）') },
    });
    expect(laddersIn(stage.deps.law, asId<RegionKey>('inner-mongolia'), stage.clock.now()).severity).toMatchObject({ rungs: [{ zh: '提醒' }, { zh: '预警' }, { zh: '电子督办' }], verified: false });
  });

  it('约谈与许可量：只有相应的人可以办理，别市的人什么也看不到', async () => {
    for (const id of ['x', 'y']) {
      await stage.tell('clue.raised', { clueId: `c-${id}`, unit: mine.unit, outfall: `${mine.outfall}${id}`, tier: 'WARN' });
      later(49 * HOUR);
      await sweepDeadlines(stage.deps);
      await stage.drain();
    }
    const { items } = await must<{ items: { talkId: string; acts: string[] }[] }>('enforcement', 'GET', '/api/supervision/talks');
    expect(items).toMatchObject([{ acts: ['summon', 'cancel'] }]);
    const talk = `/api/supervision/talks/${items[0]?.talkId}`;
    const summons = { meetAt: toRfc3339(instant(stage.clock.now() + DAY)), place: '一楼会议室', attendees: '负责人', topics: '督办反馈' };
    expect((await call('monitor', 'POST', `${talk}/summons`, summons)).statusCode).toBe(403);
    await must('enforcement', 'POST', `${talk}/summons`, summons);
    later(DAY);
    const record = { attendees: [{ name: '王某', post: '经理' }], recorder: '周某', said: '指出问题', answered: '作出说明', commitments: '专人值守' };
    expect(await must('enforcement', 'POST', `${talk}/record`, record)).toMatchObject({ state: 'HELD' });
    expect((await call('enforcement', 'POST', `${talk}/cancellation`, { reason: '已经约谈过了' })).statusCode).toBe(409);
    const start = startOfDay(calendarDay('2026-01-01'));
    stage.emitted(mine.unit, mine.outfall, 'a21002', { period: 'YEAR', start, end: startOfDay(calendarDay('2027-01-01')), kg: '100' }, 120);
    await stage.tell('clue.raised', { clueId: 'c-q', unit: mine.unit, outfall: mine.outfall, tier: 'WORK_ORDER', models: [{ model: 'B05', version: '1' }] });
    const { items: quotas } = await must<{ items: { quotaId: string; share: string; state: string }[] }>('monitor', 'GET', '/api/supervision/quotas');
    expect(quotas).toMatchObject([{ share: '120 %', state: 'TO_CONFIRM' }]);
    const confirmation = `/api/supervision/quotas/${quotas[0]?.quotaId}/confirmation`;
    expect((await call('officer', 'POST', confirmation, { holds: true, note: '核对属实' })).statusCode).toBe(403);
    expect(await must('monitor', 'POST', confirmation, { holds: true, note: '核对数据属实' })).toMatchObject({ state: 'SETTLED' });
    expect((await call('monitor', 'POST', '/api/supervision/quota-reports', { month: '2026-09' })).json()).toMatchObject({ code: expect.stringMatching(/SUPV-02[34]/) });
    expect((await must<{ items: unknown[] }>('neighbour', 'GET', '/api/supervision/talks')).items).toEqual([]);
    expect((await must<{ items: unknown[] }>('neighbour', 'GET', '/api/supervision/quotas')).items).toEqual([]);
    expect((await must<File>(firm(), 'GET', '/api/unit/file')).colour).toBe('RED');
  });
});
