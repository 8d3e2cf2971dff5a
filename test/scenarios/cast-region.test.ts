import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_PASSWORD, registerAccess } from '#access';
import { addMonths, calendarDay, DAY, dayOf, HOUR, startOfDay } from '#kernel';
import { sweepDeadlines } from '#platform/deadlines';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { superviseTurn } from '#sim/people/at-supervision';
import { openTroupe, type Troupe } from '#sim/people/habits';
import type { Answer, Session } from '#sim/people/session';
import { quotaSweep } from '../../src/supervision/quantity/warn-quota.ts';
import { supervisionRoutes } from '../../src/supervision/routes.ts';
import { listQuotas } from '../../src/supervision/store/quotas.ts';
import { lapseEntries, listTalks } from '../../src/supervision/store/talks.ts';
import { supervisionStage, type Stage } from '../../src/supervision/testing/stage.ts';

const NOX = 'a21002';
let stage: Stage;
let app: App;
let cast: Troupe;
let mine: ReturnType<Stage['enter']>;

/** One person over HTTP; signs in for each act, as sessions do not outlive the waits of the story. */
const sessionOf = (login: string): Pick<Session, 'request'> => ({
  async request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const signed = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } });
    const sent = { method: method as 'GET' | 'POST', url: path, cookies: { mingjian: signed.cookies[0]?.value ?? '' }, ...(body === undefined ? {} : { payload: body as object }) };
    const { statusCode: status, body: text } = await app.inject(sent);
    return status < 300 ? { ok: true, status, body: JSON.parse(text) as T } : { ok: false, problem: { status, code: text, detail: text, body: undefined } };
  },
});

beforeAll(async () => {
  stage = await supervisionStage();
  mine = stage.enter('inner-mongolia');
  await createDemoAccounts(stage.deps, [{ unitId: mine.unit, name: mine.unit }]);
  app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db: stage.test.db, clock: stage.clock, manySessions: true });
  supervisionRoutes(app, stage.deps);
  cast = openTroupe({ now: () => stage.clock.now(), as: (login) => sessionOf(login) as Session });
});
afterAll(async () => {
  await app.close();
  await stage.close();
});

/** Office days pass, each with its looks. */
async function days(n: number): Promise<void> {
  for (let k = 0; k < n; k++) {
    stage.morning();
    for (const _ of ['morning', 'noon', 'evening']) {
      await sweepDeadlines(stage.deps);
      await stage.drain();
      await superviseTurn(cast);
      await stage.drain();
      stage.clock.advance(3 * HOUR);
    }
  }
}

describe('内蒙古的演示人员 the cast in Inner Mongolia', () => {
  it('[NMG-2.3b] 自治区监控人员数日内确认超许可量，次月月报执法部门', async () => {
    stage.emitted(mine.unit, mine.outfall, NOX, { period: 'YEAR', start: startOfDay(calendarDay('2026-01-01')), end: startOfDay(calendarDay('2027-01-01')), kg: '0.25' }, 0.31675);
    await stage.tell('clue.raised', { clueId: 'q-1', unit: mine.unit, outfall: mine.outfall, tier: 'WORK_ORDER', factors: [NOX], models: [{ model: 'B05', version: '1' }] });
    while ((await quotaSweep(stage.deps)()) > 0);
    await days(3);
    const quotas = async () => (await listQuotas(stage.test.db, { kind: 'all' }, { unitId: mine.unit, limit: 10 })).items;
    expect(await quotas()).toMatchObject([{ state: 'CONFIRMED', note: expect.stringContaining('许可 0.25 kg，实测排放 0.3168 kg，占 126.7 %，缺失和无效小时的替代值 0 kg 不计入') }]);
    stage.clock.advance(startOfDay(addMonths(calendarDay(`${dayOf(stage.clock.now()).slice(0, 7)}-01`), 1)) - stage.clock.now());
    await days(3);
    expect(await quotas()).toMatchObject([{ state: 'REPORTED' }]);
    expect(await stage.events('supervision.confirmed', 'q-1')).toHaveLength(1);
    expect(cast.diary.refused).toEqual([]);
  });

  it('[NMG-2.3b] 只因替代值才超过的，查明实测没有超过，答复不属实；不因此停下', async () => {
    const other = stage.enter('inner-mongolia');
    stage.emitted(other.unit, other.outfall, NOX, { period: 'YEAR', start: startOfDay(calendarDay('2026-01-01')), end: startOfDay(calendarDay('2027-01-01')), kg: '3406' }, 5946.4, 5155.4);
    while ((await quotaSweep(stage.deps)()) > 0);
    await days(3);
    expect((await listQuotas(stage.test.db, { kind: 'all' }, { unitId: other.unit, limit: 10 })).items).toMatchObject([{ state: 'REJECTED', note: expect.stringContaining('实测排放 791 kg，占 23.2 %，缺失和无效小时的替代值 5155.4 kg 不计入') }]);
    expect(cast.diary.refused).toEqual([]);
  });

  it('[NMG-3.1c] 三次不反馈：提醒、警示，自治区总队通知并进行约谈，形成记录', async () => {
    for (const id of ['x', 'y', 'z']) {
      await stage.tell('clue.raised', { clueId: `s-${id}`, unit: mine.unit, outfall: `${mine.outfall}${id}`, tier: 'WARN', models: [{ model: 'A01', version: '1' }] });
      stage.clock.advance(2 * DAY);
      await sweepDeadlines(stage.deps);
      await stage.drain();
    }
    expect((await lapseEntries(stage.test.db, mine.unit)).map(({ measure }) => measure)).toEqual(['REMIND', 'WARN', 'TALK']);
    await days(12);
    expect((await listTalks(stage.test.db, { kind: 'all' }, { unitId: mine.unit, limit: 10 })).items).toMatchObject([{ state: 'HELD', noticeNo: expect.any(String), recordNo: expect.any(String) }]);
    expect(stage.papers.made.find(({ kind }) => kind === 'REGULATORY_TALK_RECORD')?.data['answered']).toContain('说明');
    expect(cast.diary.refused).toEqual([]);
  });

  it('[NMG-2.2c] 承认的超标复核属实移交，复核单的比对出自平台记录；没有一单停在已反馈', async () => {
    const { unit, outfall } = mine;
    stage.holds(outfall, { production: { hours: 3, off: 0, swing: 0.1 } });
    for (let k = 0; k < 4; k++) {
      await stage.tell('clue.raised', { clueId: `b-${k}`, unit, outfall: `${outfall}b${k}`, tier: 'WARN', sentence: { zh: '二氧化硫连续 7 小时超标；', en: 'SO2' }, models: [{ model: 'B01', version: '1', hours: 7 }] });
      stage.holds(`${outfall}b${k}` as typeof outfall, { production: { hours: 7, off: 0, swing: 0.1 } });
    }
    await days(8);
    const sheets = (await stage.sheetsOf(unit)).filter((sheet) => sheet.rule.startsWith('B01'));
    expect(sheets.map(({ state }) => state)).toEqual(Array(4).fill('ESTABLISHED'));
    const notes = stage.papers.made.filter(({ kind, data }) => kind === 'CONTROL_RECHECK_NOTE' && JSON.stringify(data).includes('确属超标'));
    expect(notes.length).toBeGreaterThan(0);
    for (const { data } of notes) expect(JSON.stringify(data['comparisons'])).toContain('有记录，不能印证也不相矛盾（用电显示生产设施全程运行，负荷变化 10 %）');
    expect((await stage.sheetsOf(unit)).map(({ state }) => state)).not.toContain('FEEDBACK_RECEIVED');
    expect(cast.diary.refused).toEqual([]);
  });
});
