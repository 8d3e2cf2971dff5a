import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaUnder, DEMO_AUTHORITIES, DEMO_CITY, type Actor, type Role } from '#access';
import { documentKind } from '#documents';
import { asId, HOUR, instant, manualClock, type AccountId, type OutfallId, type RegionKey, type SheetId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { deadlinesOf, sweepDeadlines } from '#platform/deadlines';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import { answerSheet, confirmSheet } from './sheet/answer-sheet.ts';
import type { ClueEvent } from './clue-event.ts';
import { supervisionHandlers } from './on-clue-events.ts';
import { recheckSheet } from './sheet/recheck-sheet.ts';
import type { SupervisionDeps } from './sheet/step-sheet.ts';
import { eventsOf, feedbackOf, findSheet, listSheets, noticesSent, type Sheet } from './store/sheets.ts';
import { OPEN_STATES } from './sheet/sheet-machine.ts';
import { noHoldings, rememberedPapers, testDirectory, testUnit, type RememberedPapers } from './testing/index.ts';

const region = asId<RegionKey>('jiangsu');
const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'supervision-'));
let test: TestDatabase;
let papers: RememberedPapers;
let deps: SupervisionDeps;
let serial = 0;
let outfall = asId<OutfallId>('O0');
// Each test has a unit of its own: how often a unit is told depends on what it was told before.
let mine = 'E0';
let key = 'K0';

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  papers = rememberedPapers(clock);
  outfall = asId<OutfallId>(`O${++serial}`);
  [mine, key] = [`E${serial}`, `K${serial}`];
  const directory = testDirectory([testUnit(mine), testUnit(key, { keyPolluter: true })]);
  deps = { db: test.db, clock, log: silentLogger(), blobs: openBlobs(folder), law: loadLaw(), directory, holdings: noHoldings, papers };
});

const official = (role: Role): Actor => ({
  accountId: asId<AccountId>(role), name: role, roles: [role], region, authorityId: DEMO_CITY, area: areaUnder(DEMO_AUTHORITIES, DEMO_CITY),
});
const firm = (unit: string): Actor => ({ accountId: asId<AccountId>(`p-${unit}`), name: '企业', roles: ['unit-user'], region, unitId: asId<UnitId>(unit) });
const clue = (id: string, more: Record<string, unknown> = {}) => ({
  clueId: `${outfall}-${id}`, outfall, unit: mine, tier: 'REMIND', sentence: { zh: '氮氧化物恒值', en: 'NOx constant' },
  factors: ['a21002'], period: { from: clock.now() - 3 * HOUR, to: null }, ...more,
});
async function tell(type: string, payload: Partial<Record<keyof ClueEvent, unknown>> | Record<'subjectKind' | 'subjectId' | 'documentId' | 'deliveryId' | 'arrivedAt', unknown>) {
  await test.db.transaction().execute((tx) => emit(tx, clock, { type, subject: String('subjectId' in payload ? payload.subjectId : payload.clueId), payload }));
  while ((await drainOutbox(deps, supervisionHandlers)) > 0);
}
async function sheets(): Promise<Sheet[]> {
  const all = await listSheets(test.db, { kind: 'all' }, { limit: 200, openStates: OPEN_STATES });
  return all.filter((sheet) => sheet.outfall === outfall);
}
async function onlySheet(): Promise<Sheet> {
  const [sheet, ...more] = await sheets();
  expect(more).toEqual([]);
  return sheet as Sheet;
}
const feedback = { cause: 'device-fault', explanation: '分析仪采样泵故障，已更换', measures: '更换采样泵并校准', materials: [], marks: [] } as const;
const note = '与运维记录、校准记录比对一致';

describe('a clue reaches the unit', () => {
  it('[PAPER-2.3f] 三级提醒、二级警告，送达后开始计算反馈时限', async () => {
    await tell('clue.raised', clue('a'));
    const sheet = await onlySheet();
    expect(sheet).toMatchObject({ tier: 'REMIND', state: 'FEEDBACK_PENDING', round: 1 });
    expect(papers.made.map((paper) => paper.kind)).toEqual(['REMINDER_NOTICE']);
    expect(sheet.feedbackDue).toBe(clock.now() + 48 * HOUR);
    const [deadline] = await deadlinesOf(test.db, 'sheet', sheet.sheetId);
    expect(deadline).toMatchObject({ clockId: 'T1', holder: mine, state: 'OPEN' });
    // Which notices went out about the outfall in a time, by their own papers and clues: both ends excluded.
    const sent = (from: number, to: number) => noticesSent(test.db, outfall, { from: instant(clock.now() + from * HOUR), to: instant(clock.now() + to * HOUR) });
    expect([await sent(-2, 1), await sent(-2, 0), await sent(0, 2)]).toEqual([[{ at: clock.now(), documentId: sheet.documentId, clueId: `${outfall}-a` }], [], []]);
  });

  it('gives key units the shorter clock', async () => {
    await tell('clue.raised', clue('a', { unit: key, tier: 'WARN' }));
    expect((await onlySheet()).feedbackDue).toBe(clock.now() + 4 * HOUR);
  });

  it('does not start the clock before the notice has arrived', async () => {
    papers.arrives = false;
    await tell('clue.raised', clue('a'));
    const { sheetId, documentId, ...sheet } = await onlySheet();
    expect(sheet).toMatchObject({ state: 'REMINDED', feedbackDue: null });
    // Served another way in the end: the delivery is another one, the paper is the same; an older paper starts nothing.
    clock.advance(HOUR);
    for (const [paper, state] of [['doc_old', 'REMINDED'], [documentId, 'FEEDBACK_PENDING']] as const) {
      await tell('delivery.delivered', { subjectKind: 'sheet', subjectId: sheetId, documentId: paper, deliveryId: `dlv-${state}`, arrivedAt: clock.now() });
      expect(await findSheet(test.db, sheetId)).toMatchObject({ state });
    }
    expect(await findSheet(test.db, sheetId)).toMatchObject({ deliveryId: 'dlv-FEEDBACK_PENDING', deliveredAt: clock.now(), feedbackDue: clock.now() + 48 * HOUR });
  });

  it('one episode, one sheet: repeats and further clues of the outfall send no second notice', async () => {
    await tell('clue.raised', clue('a'));
    await tell('clue.raised', clue('a'));
    await tell('clue.raised', clue('b'));
    await onlySheet();
    expect(papers.made).toHaveLength(1);
  });

  it('a louder tier is a new round: warning paper, new clock, old clock cancelled', async () => {
    await tell('clue.raised', clue('a'));
    clock.advance(HOUR);
    await tell('clue.escalated', clue('a', { tier: 'WARN' }));
    const sheet = await onlySheet();
    expect(sheet).toMatchObject({ tier: 'WARN', state: 'FEEDBACK_PENDING', round: 2, feedbackDue: clock.now() + 48 * HOUR });
    expect(papers.made.map((paper) => paper.kind)).toEqual(['REMINDER_NOTICE', 'WARNING_NOTICE']);
    const rounds = await noticesSent(test.db, outfall, { from: instant(clock.now() - 2 * HOUR), to: instant(clock.now() + HOUR) });
    expect(rounds.map(({ at }) => at)).toEqual([clock.now() - HOUR, clock.now()]);
    expect(rounds[1]?.documentId).toBe(sheet.documentId);
    expect((await deadlinesOf(test.db, 'sheet', sheet.sheetId)).map((d) => d.state).sort()).toEqual(['CANCELLED', 'OPEN']);
  });

  it('a work order asks nobody first; a provisional one only warns until the marks are final', async () => {
    await tell('clue.raised', clue('a', { tier: 'WORK_ORDER' }));
    expect(await sheets()).toEqual([]);
    await tell('clue.raised', clue('b', { tier: 'WORK_ORDER', provisional: true }));
    expect(await onlySheet()).toMatchObject({ tier: 'WARN', provisional: true });
    await tell('clue.settled', clue('b', { tier: 'WORK_ORDER' }));
    expect(await onlySheet()).toMatchObject({ state: 'REFERRED' });
  });

  it('一事一单：其中一条线索升为工单时，同单的其他线索一并转研判，不留在已结束的督办里', async () => {
    await tell('clue.raised', clue('a'));
    await tell('clue.raised', clue('b'));
    await tell('clue.escalated', clue('a', { tier: 'WORK_ORDER' }));
    expect(await onlySheet()).toMatchObject({ state: 'REFERRED' });
    const { rows } = await sql<{ subject: string }>`SELECT subject FROM outbox WHERE type = 'sheet.referred' AND subject LIKE ${`${outfall}-%`} ORDER BY subject`.execute(test.db);
    expect(rows.map(({ subject }) => subject)).toEqual([`${outfall}-a`, `${outfall}-b`]);
  });
});

describe('the unit answers', () => {
  it('[NMG-2.2b][NMG-2.2c][PAPER-0.4] 单位确认收到并反馈，监控人员核查后认定', async () => {
    await tell('clue.raised', clue('a'));
    const { sheetId } = await onlySheet();
    expect((await confirmSheet(deps, firm(mine), sheetId)).ok).toBe(true);
    expect(await confirmSheet(deps, firm(mine), sheetId)).toMatchObject({ code: 'SUPV-007' });
    expect(papers.confirmed).toHaveLength(1);
    expect((await answerSheet(deps, firm(mine), sheetId, feedback)).ok).toBe(true);
    const paper = papers.made.at(-1);
    expect(paper).toMatchObject({ kind: 'SHEET_ANSWER', unitId: mine, subject: { kind: 'sheet', id: sheetId }, data: { about: expect.stringMatching(/号$/), statements: expect.arrayContaining([{ label: '情况说明', text: feedback.explanation }]) } });
    expect(documentKind('SHEET_ANSWER').schema.safeParse(paper?.data).error).toBeUndefined();
    const done = await recheckSheet(deps, official('monitoring-control'), sheetId, { outcome: 'explain', note, falseAnswer: false });
    expect(done).toMatchObject({ ok: true, value: { state: 'EXPLAINED' } });
    expect((await eventsOf(test.db, sheetId)).map((event) => event.act)).toEqual(['remind', 'arrive', 'confirm', 'answer', 'explain']);
    expect((await deadlinesOf(test.db, 'sheet', sheetId))[0]).toMatchObject({ state: 'MET' });
    // New data of the same episode open it again, as a warning.
    await tell('clue.escalated', clue('a', { tier: 'WARN' }));
    expect(await onlySheet()).toMatchObject({ state: 'FEEDBACK_PENDING', tier: 'WARN', round: 2, confirmedAt: null });
  });

  it('核查排除之后又并入更重的发现：同一单再发一轮，写新的事实，重新计时', async () => {
    await tell('clue.raised', clue('a'));
    const { sheetId } = await onlySheet();
    await answerSheet(deps, firm(mine), sheetId, feedback);
    await recheckSheet(deps, official('monitoring-control'), sheetId, { outcome: 'explain', note, falseAnswer: false });
    await tell('clue.joined', clue('a', { tier: 'WARN', sentence: { zh: '治污设施停运六小时', en: 'treatment off for six hours' } }));
    expect(await onlySheet()).toMatchObject({ sheetId, state: 'FEEDBACK_PENDING', tier: 'WARN', round: 2, sentenceZh: '治污设施停运六小时', feedbackDue: clock.now() + 48 * HOUR });
    expect(papers.made.map((paper) => paper.kind)).toEqual(['REMINDER_NOTICE', 'SHEET_ANSWER', 'WARNING_NOTICE']);
  });

  it('another unit finds nothing and changes nothing sec:X12', async () => {
    await tell('clue.raised', clue('a'));
    const { sheetId } = await onlySheet();
    expect(await answerSheet(deps, firm(key), sheetId, feedback)).toMatchObject({ status: 404 });
    expect(await findSheet(test.db, sheetId)).toMatchObject({ state: 'FEEDBACK_PENDING' });
    expect(await answerSheet(deps, firm(mine), asId<SheetId>('nope'), feedback)).toMatchObject({ status: 404 });
  });

  it('refuses materials nobody uploaded and an answer without words', async () => {
    await tell('clue.raised', clue('a'));
    const { sheetId } = await onlySheet();
    const ghost = { ...feedback, materials: [{ name: '照片.jpg', sha256: 'b'.repeat(64) }] };
    expect(await answerSheet(deps, firm(mine), sheetId, ghost)).toMatchObject({ code: 'SUPV-006' });
    expect(await answerSheet(deps, firm(mine), sheetId, { ...feedback, explanation: '无' })).toMatchObject({ code: 'SUPV-004' });
    expect(await feedbackOf(test.db, sheetId)).toEqual([]);
  });

  it('late: counted once, still heard, and marked late', async () => {
    await tell('clue.raised', clue('a'));
    const { sheetId } = await onlySheet();
    clock.advance(48 * HOUR + 1);
    await sweepDeadlines(deps);
    await sweepDeadlines(deps);
    while ((await drainOutbox(deps, supervisionHandlers)) > 0);
    expect(await findSheet(test.db, sheetId)).toMatchObject({ state: 'FEEDBACK_OVERDUE' });
    const { rows } = await sql<{ kind: string }>`SELECT kind FROM supervision_lapse WHERE sheet_id = ${sheetId}`.execute(test.db);
    expect(rows).toEqual([{ kind: 'OVERDUE' }]);
    expect((await answerSheet(deps, firm(mine), sheetId, feedback)).ok).toBe(true);
    expect((await feedbackOf(test.db, sheetId))[0]).toMatchObject({ late: true });
  });

  it('poor: goes back, clock anew; false: to the panel with every clue of the sheet', async () => {
    await tell('clue.raised', clue('a'));
    await tell('clue.raised', clue('b'));
    const { sheetId } = await onlySheet();
    const staff = official('monitoring-control');
    await answerSheet(deps, firm(mine), sheetId, feedback);
    const back = await recheckSheet(deps, staff, sheetId, { outcome: 'send-back', note, falseAnswer: false });
    expect(back).toMatchObject({ value: { state: 'FEEDBACK_PENDING', round: 2 } });
    await answerSheet(deps, firm(mine), sheetId, feedback);
    await recheckSheet(deps, staff, sheetId, { outcome: 'refer', note, falseAnswer: true });
    const { rows } = await sql<{ subject: string }>`SELECT subject FROM outbox WHERE type = 'sheet.referred' AND subject LIKE ${`${outfall}-%`} ORDER BY 1`.execute(test.db);
    expect(rows.map((row) => row.subject)).toEqual([`${outfall}-a`, `${outfall}-b`]);
  });

  it('only control staff recheck, with a reason', async () => {
    await tell('clue.raised', clue('a'));
    const { sheetId } = await onlySheet();
    await answerSheet(deps, firm(mine), sheetId, feedback);
    const command = { outcome: 'explain', note, falseAnswer: false } as const;
    expect(await recheckSheet(deps, official('panel-member'), sheetId, command)).toMatchObject({ status: 403 });
    expect(await recheckSheet(deps, official('monitoring-control'), sheetId, { ...command, note: '' })).toMatchObject({ code: 'SUPV-005' });
    expect(await findSheet(test.db, sheetId)).toMatchObject({ state: 'FEEDBACK_RECEIVED' });
  });
});

it('[JS-25.2] 督办过程的记录不能被平台程序修改或删除', async () => {
  await expect(sql`UPDATE supervision_event SET act = 'x'`.execute(test.db)).rejects.toThrow(/permission denied/);
  await expect(sql`DELETE FROM supervision_feedback`.execute(test.db)).rejects.toThrow(/permission denied/);
  await expect(sql`DELETE FROM supervision_sheet`.execute(test.db)).rejects.toThrow(/permission denied/);
});
