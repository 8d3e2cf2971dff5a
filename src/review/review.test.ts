import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { areaUnder, DEMO_AUTHORITIES, DEMO_CITY, createDemoAccounts, demoAccountId, type Actor, type Role } from '#access';
import { documentKind } from '#documents';
import { asId, calendarDay, DAY, HOUR, instant, manualClock, type AccountId, type AuthorityId, type ClueId, type OutfallId, type RegionKey, type ReviewId, type UnitId } from '#kernel';
import { loadLaw, own } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { deadlinesOf, openDeadline, sweepDeadlines } from '#platform/deadlines';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import { answerSheet, recheckSheet, sheetOfClue, supervisionHandlers } from '#supervision';
import { noHoldings, rememberedPapers, testDirectory, testUnit, type RememberedPapers } from '#supervision/testing';
import { concludeReview } from './finding/conclude-review.ts';
import { handOverClue, signInClue, type HandedOver } from './handover/hand-over-clue.ts';
import { isReviewed } from './finding/is-reviewed.ts';
import { confirmNotice, deferNotice, notifyUnit, stateOnNotice } from './handover/notify-unit.ts';
import { seatDemoPeople } from './members/keep-members.ts';
import { reviewHandlers } from './on-events.ts';
import { requestSupplement, takeReview } from './finding/open-review.ts';
import type { ReviewDeps } from './ports.ts';
import type { PrecheckInput } from './facts/precheck.ts';
import { reportClue } from './clue/report-clue.ts';
import { assessItem, signTrack } from './finding/sign-review.ts';
import { findClue, stepsOf } from './store/clues.ts';
import { gapsOf } from './store/notices.ts';
import { soundFacts } from './testing/sound-facts.ts';
import { freezeList, reopenClue, triageClue } from './panel/triage-clue.ts';

const region = asId<RegionKey>('jiangsu');
const START = Date.parse('2026-09-14T09:00:00+08:00');
const clock = manualClock(instant(START));
const folder = mkdtempSync(join(tmpdir(), 'review-'));
let test: TestDatabase;
let deps: ReviewDeps;
let papers: RememberedPapers;
let spoiled: Partial<PrecheckInput> = {};
let serial = 0;
let outfall = asId<OutfallId>('O0');

beforeAll(async () => {
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, []);
  await seatDemoPeople({ db: test.db, clock }, DEMO_CITY);
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  papers = rememberedPapers(clock);
  spoiled = {};
  outfall = asId<OutfallId>(`O${++serial}`);
  const directory = testDirectory([testUnit('E1'), testUnit('E2'), testUnit('E3', { authorityId: asId<AuthorityId>('JS-QC-HD') })]);
  deps = { db: test.db, clock, log: silentLogger(), blobs: openBlobs(folder), law: loadLaw(), directory, holdings: noHoldings, papers, facts: soundFacts(() => spoiled), draw: () => 1 };
});

const official = (login: string, role: Role, authority: AuthorityId = DEMO_CITY): Actor => ({
  accountId: demoAccountId(login), name: login, roles: [role], region, authorityId: authority, area: areaUnder(DEMO_AUTHORITIES, authority),
});
const panel = official('panel', 'panel-member');
const panelLead = official('panel-lead', 'panel-lead');
const technical = official('review-tech', 'review-technical');
const legal = official('review-legal', 'review-legal');
const lead = official('review-lead', 'review-lead');
const officer = official('officer', 'enforcement-officer');
const neighbour = official('neighbour', 'review-lead', asId<AuthorityId>('JS-NZ'));
const firm = (unit: string): Actor => ({ accountId: asId<AccountId>(`p-${unit}`), name: '企业', roles: ['unit-user'], region, unitId: asId<UnitId>(unit) });

const idOf = (id: string) => asId<ClueId>(`${outfall}-${id}`);
const clue = (id: string, more: Record<string, unknown> = {}) => ({
  clueId: idOf(id), outfall, unit: 'E1', tier: 'WORK_ORDER', sentence: { zh: '氮氧化物折算值恒为47.6', en: 'NOx constant' },
  factors: ['a21002'], period: { from: clock.now() - 10 * HOUR, to: clock.now() - 4 * HOUR }, ...more,
});
async function drain() {
  let handled: number;
  do handled = (await drainOutbox(deps, supervisionHandlers)) + (await drainOutbox(deps, reviewHandlers));
  while (handled > 0);
}
async function tell(type: string, payload: Record<string, unknown>) {
  await test.db.transaction().execute((tx) => emit(tx, clock, { type, subject: String(payload.clueId), payload }));
  await drain();
}
const stateOf = async (id: string) => (await findClue(test.db, idOf(id)))?.state;
const note = '与运维、工况、标记记录比对后列入';

async function listed(id = 'a', more: Record<string, unknown> = {}): Promise<ClueId> {
  await tell('clue.raised', clue(id, more));
  const done = await triageClue(deps, panel, idOf(id), { decision: 'list', note });
  if (!done.ok) throw new Error(done.en);
  const frozen = await freezeList(deps, panelLead);
  if (!frozen.ok) throw new Error(frozen.en);
  return idOf(id);
}
async function taken(id = 'a'): Promise<ReviewId> {
  const review = await takeReview(deps, technical, await listed(id));
  if (!review.ok) throw new Error(review.en);
  return review.value.reviewId;
}
const pass = { conclusion: 'pass', reason: '', factsZh: '9月14日氮氧化物折算值六小时不变', factsEn: '', violations: ['DATA_TAMPER_DISCHARGE'] } as const;
async function signed(reviewId: ReviewId) {
  expect(await signTrack(deps, technical, reviewId, { track: 'TECHNICAL', conclusion: 'PASS', reason: '' })).toMatchObject({ ok: true });
  expect(await signTrack(deps, legal, reviewId, { track: 'LEGAL', conclusion: 'PASS', reason: '' })).toMatchObject({ ok: true });
}
async function passed(id = 'a'): Promise<ReviewId> {
  const reviewId = await taken(id);
  await signed(reviewId);
  expect(await concludeReview(deps, lead, reviewId, pass)).toMatchObject({ ok: true, value: { state: 'PASSED' } });
  return reviewId;
}
async function eventsOfType<T>(type: string, subject: string): Promise<T[]> {
  const { rows } = await sql<{ payload: T }>`SELECT payload FROM outbox WHERE type = ${type} AND subject = ${subject} ORDER BY seq`.execute(test.db);
  return rows.map((row) => row.payload);
}

describe('the pool', () => {
  it('[JS-10.3] 平台自动产生的线索按等级归集，工单待标记期满后交专班', async () => {
    await tell('clue.raised', clue('a', { tier: 'REMIND' }));
    await tell('clue.raised', clue('b', { provisional: true }));
    expect([await stateOf('a'), await stateOf('b')]).toEqual(['SUPERVISED', 'WAITING_MARKS']);
    await tell('clue.settled', clue('b'));
    await tell('clue.settled', clue('b'));
    expect(await stateOf('b')).toBe('PANEL_ANALYSIS');
  });

  it('a mark that explains a waiting clue ends it before any person is troubled', async () => {
    await tell('clue.raised', clue('a', { provisional: true }));
    await tell('clue.settled', clue('a', { cleared: true }));
    expect(await stateOf('a')).toBe('EXPLAINED');
  });

  it('[NMG-2.2c] 核查转研判的线索进入专班；自行纠正的就此办结，写明依据', async () => {
    await tell('clue.raised', clue('a', { tier: 'WARN' }));
    const sheet = await sheetOfClue(test.db, idOf('a'));
    await answerSheet(deps, firm('E1'), sheet!.sheetId, { cause: 'other', explanation: '正在核查处理', measures: '', materials: [], marks: [] });
    const staff = official('monitor', 'monitoring-control');
    await recheckSheet(deps, staff, sheet!.sheetId, { outcome: 'refer', note: '与用电不符', falseAnswer: false });
    await drain();
    expect(await stateOf('a')).toBe('PANEL_ANALYSIS');
    outfall = asId<OutfallId>(`O${++serial}`);
    await tell('clue.raised', clue('b', { tier: 'REMIND', unit: 'E2' }));
    const mild = await sheetOfClue(test.db, idOf('b'));
    await answerSheet(deps, firm('E2'), mild!.sheetId, { cause: 'exceedance', explanation: '已减产并更换布袋', measures: '更换', materials: [], marks: [] });
    await recheckSheet(deps, staff, mild!.sheetId, { outcome: 'accept', note: '数据已恢复正常', falseAnswer: false });
    await drain();
    expect(await stateOf('b')).toBe('EXPLAINED');
    expect((await stepsOf(test.db, idOf('b'))).at(-1)).toMatchObject({ detail: { outcome: 'accept', sheetId: mild!.sheetId } });
  });

  it.each([['refer', 'PANEL_ANALYSIS'], ['accept', 'EXPLAINED']] as const)('a sheet that ended (%s) before its clue was taken up leaves no clue behind', async (outcome, state) => {
    outfall = asId<OutfallId>(`O${++serial}`);
    await test.db.transaction().execute((tx) => emit(tx, clock, { type: 'clue.raised', subject: idOf('a'), payload: clue('a', { tier: 'WARN' }) }));
    while ((await drainOutbox(deps, supervisionHandlers)) > 0);
    const { sheetId } = (await sheetOfClue(test.db, idOf('a')))!;
    await answerSheet(deps, firm('E1'), sheetId, { cause: 'other', explanation: '正在核查处理', measures: '', materials: [], marks: [] });
    expect(await recheckSheet(deps, official('monitor', 'monitoring-control'), sheetId, { outcome, note: '与用电比对核查', falseAnswer: false })).toMatchObject({ ok: true });
    await drainOutbox(deps, reviewHandlers.toReversed());
    await drain();
    expect(await stateOf('a')).toBe(state);
  });

  it('dismissing needs words; the clue stays, counted and reopenable sec:X15', async () => {
    await tell('clue.raised', clue('a'));
    const command = { decision: 'dismiss', reason: 'model-error', note: '' } as const;
    expect(await triageClue(deps, panel, idOf('a'), command)).toMatchObject({ code: 'REVIEW-004' });
    expect(await triageClue(deps, panel, idOf('a'), { ...command, note: '校准时段误报' })).toMatchObject({ ok: true, value: { state: 'DISMISSED' } });
    expect(await reopenClue(deps, panel, idOf('a'), '补充数据后重新研判')).toMatchObject({ ok: true, value: { state: 'PANEL_ANALYSIS' } });
    expect((await stepsOf(test.db, idOf('a'))).map((s) => s.act)).toEqual(['to-panel', 'dismiss', 'reopen']);
    await expect(sql`DELETE FROM review_clue WHERE clue_id = ${idOf('a')}`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`UPDATE review_event SET act = 'x'`.execute(test.db)).rejects.toThrow(/permission denied/);
  });

  it('a strong fact that joins a dismissed clue of the same tier puts it before the panel again; what was known when it was dismissed does not', async () => {
    await tell('clue.raised', clue('a'));
    await triageClue(deps, panel, idOf('a'), { decision: 'dismiss', reason: 'model-error', note: '校准时段误报' });
    await tell('clue.settled', clue('a'));
    expect(await stateOf('a')).toBe('DISMISSED');
    await tell('clue.joined', clue('a', { sentence: { zh: '治污设施停运六小时', en: 'treatment off for six hours' } }));
    expect(await stateOf('a')).toBe('PANEL_ANALYSIS');
    expect((await findClue(test.db, idOf('a')))?.sentenceZh).toBe('治污设施停运六小时');
  });

  it('another city finds nothing sec:X12', async () => {
    await tell('clue.raised', clue('a'));
    const foreign = official('neighbour', 'panel-member', asId<AuthorityId>('JS-NZ'));
    expect(await triageClue(deps, foreign, idOf('a'), { decision: 'list', note })).toMatchObject({ status: 404 });
  });
});

describe('list and review', () => {
  it('[JS-7.2][JS-10.4] 清单逐版冻结，移送同级审核小组；未随清单移送的不得受理', async () => {
    await tell('clue.raised', clue('a', { unit: 'E3' }));
    await triageClue(deps, panel, idOf('a'), { decision: 'list', note });
    expect(await takeReview(deps, technical, idOf('a'))).toMatchObject({ code: 'REVIEW-006' });
    const frozen = await freezeList(deps, panelLead);
    expect(frozen).toMatchObject({ ok: true, value: { groupId: DEMO_CITY, clues: [{ clueId: idOf('a') }] } });
    expect(await freezeList(deps, panelLead)).toMatchObject({ code: 'REVIEW-005' });
    expect(papers.made.map((paper) => paper.kind)).toContain('SUSPECTED_VIOLATION_LIST');
    expect(await takeReview(deps, neighbour, idOf('a'))).toMatchObject({ status: 404 });
    expect(await takeReview(deps, technical, idOf('a'))).toMatchObject({ ok: true });
  });

  it('[JS-7.1] 参与研判的人员不得审核同一线索', async () => {
    const clueId = await listed();
    const turncoat = { ...technical, accountId: panel.accountId };
    expect(await takeReview(deps, turncoat, clueId)).toMatchObject({ code: 'ACCESS-010' });
    expect(await stateOf('a')).toBe('LISTED');
  });

  it('[JS-11.0] 审核意见须双签，出具文书，开启移送与告知两个时钟', async () => {
    const reviewId = await taken();
    expect(await concludeReview(deps, lead, reviewId, pass)).toMatchObject({ code: 'REVIEW-011', missing: ['技术审核签署', '合法性审核签署'] });
    await signed(reviewId);
    expect(await concludeReview(deps, lead, reviewId, { ...pass, violations: [] })).toMatchObject({ code: 'REVIEW-012' });
    // Nothing measured is a fact of what is chosen: a person writes the facts.
    const unlike = { ...deps, facts: { ...deps.facts, narrate: () => null } };
    expect(await concludeReview(unlike, lead, reviewId, { ...pass, factsZh: ' ' })).toMatchObject({ code: 'REVIEW-015', field: 'factsZh' });
    // Of an amount or a concentration no words stand for values.
    const written = { ...pass, factsZh: '氮氧化物年累计排放占许可量的 99.9%', violations: ['PERMIT_EXCEED'] } as const;
    expect(await concludeReview(unlike, lead, reviewId, written)).toMatchObject({ code: 'REVIEW-024', field: 'violations', zh: expect.stringContaining('超过许可排放浓度、排放量排放污染物') });
    expect(await concludeReview(deps, lead, reviewId, pass)).toMatchObject({ ok: true });
    expect(papers.made.at(-1)?.kind).toBe('REVIEW_OPINION');
    const open = (await deadlinesOf(test.db, 'clue', idOf('a'))).filter((d) => d.state === 'OPEN').map((d) => d.clockId).sort();
    expect(open).toEqual(['T2', 'T2n']);
  });

  it('a failed pre-check stops the opinion until a reviewer of that track answers it in words', async () => {
    spoiled = { address: '' };
    const reviewId = await taken();
    expect(await assessItem(deps, legal, reviewId, { item: 'data.place', outcome: 'PASS', note: '已核对' })).toMatchObject({ code: 'REVIEW-008' });
    const met = { item: 'data.place', outcome: 'PASS', note: '已核对排污许可证载明地址' } as const;
    expect(await assessItem(deps, technical, reviewId, met)).toMatchObject({ code: 'REVIEW-018' });
    expect(await assessItem(deps, technical, reviewId, { ...met, shown: { refs: [], files: [{ name: '许可证.pdf', sha256: 'd'.repeat(64) }] } })).toMatchObject({ code: 'REVIEW-087' });
    const sha256 = await deps.blobs.put(Buffer.from('许可证'));
    expect(await assessItem(deps, technical, reviewId, { ...met, shown: { refs: [], files: [{ name: '许可证.pdf', sha256 }] } })).toMatchObject({ ok: true });
    await signed(reviewId);
    expect(await assessItem(deps, technical, reviewId, { item: 'data.place', outcome: 'FAIL', note: '反悔' })).toMatchObject({ code: 'REVIEW-009' });
    expect(await concludeReview(deps, lead, reviewId, pass)).toMatchObject({ ok: true });
    // What showed it was reviewed with it, and the opinion prints both findings.
    expect(await isReviewed(test.db, { kind: 'MATERIAL', sha256 })).toMatchObject({ ok: true });
    expect(JSON.stringify(papers.made.at(-1)?.data)).toContain('程序：不能判断，档案未载明地址；审核人认定：符合，已核对排污许可证载明地址，依据：许可证.pdf');
  });

  it('[JS-12.2] 未经审核或审核未通过的电子数据不得作为证据', async () => {
    const period = { from: instant(clock.now() - 9 * HOUR), to: instant(clock.now() - 5 * HOUR) };
    const data = { kind: 'DATA', outfall, ...period } as const;
    expect(await isReviewed(test.db, data)).toMatchObject({ code: 'REVIEW-020', basis: `${own('evidence')}；行政处罚法 第四十一条` });
    const reviewId = await passed();
    expect(await isReviewed(test.db, data)).toMatchObject({ ok: true, value: { reviewId } });
    expect(await isReviewed(test.db, { ...data, to: clock.now() })).toMatchObject({ code: 'REVIEW-020' });
    expect(await isReviewed(test.db, { ...data, outfall: asId<OutfallId>('other') })).toMatchObject({ code: 'REVIEW-020' });
  });

  it('[JS-12.2] 同一数据另经审核：数据不予认可的，不得再作证据；数据属实而不构成违法的，不影响已通过的审核', async () => {
    const period = { from: instant(clock.now() - 9 * HOUR), to: instant(clock.now() - 5 * HOUR) };
    const data = { kind: 'DATA', outfall, ...period } as const;
    const first = await passed();
    const second = await taken('b');
    await signed(second);
    expect(await concludeReview(deps, lead, second, { ...pass, conclusion: 'reject', reason: '数据属实，未见违法事实' })).toMatchObject({ ok: true });
    expect(await isReviewed(test.db, data)).toMatchObject({ ok: true, value: { reviewId: first } });
    const third = await taken('c');
    expect(await signTrack(deps, technical, third, { track: 'TECHNICAL', conclusion: 'REJECT', reason: '属设备故障时段，数据无效' })).toMatchObject({ ok: true });
    expect(await signTrack(deps, legal, third, { track: 'LEGAL', conclusion: 'PASS', reason: '' })).toMatchObject({ ok: true });
    expect(await concludeReview(deps, lead, third, { ...pass, conclusion: 'reject', reason: '属设备故障时段，数据无效' })).toMatchObject({ ok: true });
    expect(await isReviewed(test.db, data)).toMatchObject({ code: 'REVIEW-021' });
  });

  it('returned for more goes back to the panel and comes again with the next list', async () => {
    const reviewId = await taken();
    await concludeReview(deps, lead, reviewId, { ...pass, conclusion: 'return', reason: '缺少校准记录，请补充' });
    expect(await stateOf('a')).toBe('RETURNED_FOR_MORE');
    await triageClue(deps, panel, idOf('a'), { decision: 'list', note });
    await freezeList(deps, panelLead);
    expect(await takeReview(deps, technical, idOf('a'))).toMatchObject({ ok: true });
  });
});

describe('handover and notice', () => {
  it('[JS-13.1] 认定后三个工作日内移送，逾期留痕；移送包带足审核依据', async () => {
    const reviewId = await passed();
    const [t2] = (await deadlinesOf(test.db, 'clue', idOf('a'))).filter((d) => d.clockId === 'T2');
    expect(t2?.dueAt).toBe(Date.parse('2026-09-18T00:00:00+08:00'));
    expect(await handOverClue(deps, technical, idOf('a'))).toMatchObject({ status: 403 });
    expect(await handOverClue(deps, lead, idOf('a'))).toMatchObject({ ok: true, value: { state: 'HANDED_OVER' } });
    const [payload] = await eventsOfType<HandedOver>('clue.handed_over', idOf('a'));
    expect(payload).toMatchObject({ reviewId, unit: 'E1', outfall, violations: ['DATA_TAMPER_DISCHARGE'], evidence: { frames: [{ mn: 'MN01', frames: 360, leafFrom: 10, leafTo: 369 }] } });
    clock.advance(DAY);
    expect(await signInClue(deps, officer, idOf('a'))).toMatchObject({ ok: true, value: { signedInAt: clock.now() } });
    // The receipt names who took it and when; the term is that of the region, from the dispatch a day before.
    const { kind, data } = papers.made.at(-1)!;
    expect([kind, data]).toEqual(['HANDOVER_RECEIPT', expect.objectContaining({
      receivedAt: clock.now(), sentAt: clock.now() - DAY, receivers: [expect.objectContaining({ name: officer.name })],
      dueNote: expect.stringMatching(/^自移送之日起7个工作日内决定是否立案，至2026年9月\d+日，签收早晚不影响（江苏省生态环境非现场执法管理办法（试行）第十四条）$/u),
    })]);
    expect(await signInClue(deps, officer, idOf('a'))).toMatchObject({ code: 'REVIEW-042' });
  });

  it('[JS-25.1] 逾期未移送、未告知自动记录，并写明在岗人员而不认定责任', async () => {
    await passed();
    clock.advance(4 * DAY);
    await sweepDeadlines(deps);
    await drain();
    const gaps = (await gapsOf(test.db, { kind: 'all' }, { limit: 100 })).items.filter((gap) => gap.clueId === idOf('a'));
    expect(gaps.map((gap) => gap.kind).sort()).toEqual(['NOT_HANDED_OVER', 'NOT_NOTIFIED']);
    expect(gaps[0]?.onDuty).toContain(lead.accountId);
    await handOverClue(deps, lead, idOf('a'));
    const [t2] = (await deadlinesOf(test.db, 'clue', idOf('a'))).filter((d) => d.clockId === 'T2');
    expect(t2).toMatchObject({ state: 'OVERDUE_MET' });
  });

  it('[JS-25.1] 执法部门收到移送后逾期未立案，同样记录', async () => {
    await passed();
    await handOverClue(deps, lead, idOf('a'));
    const caseId = `case-${outfall}`;
    await test.db.transaction().execute(async (tx) => {
      await emit(tx, clock, { type: 'case.received', subject: caseId, payload: { caseId, clueId: idOf('a') } });
      const due = deps.law.due('T3a', region, clock.now());
      await openDeadline(tx, { ...due, subjectKind: 'case', subjectId: caseId, unitId: 'QY0001', authorityId: DEMO_CITY, holder: DEMO_CITY });
    });
    await drain();
    clock.advance(20 * DAY);
    await sweepDeadlines(deps);
    await drain();
    const gaps = (await gapsOf(test.db, { kind: 'all' }, { limit: 100 })).items.filter((gap) => gap.clueId === idOf('a'));
    expect(gaps.map((gap) => gap.kind)).toContain('NOT_INVESTIGATED');
  });

  it('[JS-13.2][JS-13.3] 告知排污单位并确认收到，随时可查询、陈述、申辩', async () => {
    await passed();
    const statement = { kind: 'DEFENCE', text: '当日为设备校准', materials: [] } as const;
    expect(await stateOnNotice(deps, firm('E1'), idOf('a'), statement)).toMatchObject({ status: 404 });
    expect(await notifyUnit(deps, lead, idOf('a'))).toMatchObject({ ok: true, value: { state: 'SENT' } });
    expect(await notifyUnit(deps, lead, idOf('a'))).toMatchObject({ code: 'REVIEW-030' });
    expect(await confirmNotice(deps, firm('E2'), idOf('a'))).toMatchObject({ status: 404 });
    expect(await confirmNotice(deps, firm('E1'), idOf('a'))).toMatchObject({ ok: true, value: { state: 'CONFIRMED' } });
    expect(papers.confirmed).toHaveLength(1);
    clock.advance(90 * DAY);
    expect(await stateOnNotice(deps, firm('E1'), idOf('a'), statement)).toMatchObject({ ok: true });
    const paper = papers.made.at(-1);
    expect(paper).toMatchObject({ kind: 'SUSPICION_STATEMENT', unitId: 'E1', subject: { kind: 'clue', id: idOf('a') }, data: { statements: [{ label: '申辩', text: statement.text }] } });
    expect(documentKind('SUSPICION_STATEMENT').schema.safeParse(paper?.data).error).toBeUndefined();
    clock.set(instant(clock.now()));
  });

  it('may be deferred with a reason and a day, not without bound', async () => {
    await passed();
    const far = calendarDay('2027-12-31');
    expect(await deferNotice(deps, lead, idOf('a'), far, '先固定现场证据')).toMatchObject({ code: 'REVIEW-034' });
    const soon = calendarDay(new Date(clock.now() + 10 * DAY).toISOString().slice(0, 10));
    expect(await deferNotice(deps, lead, idOf('a'), soon, '')).toMatchObject({ code: 'REVIEW-004' });
    expect(await deferNotice(deps, lead, idOf('a'), soon, '先固定现场证据')).toMatchObject({ ok: true, value: { state: 'DEFERRED' } });
    expect(await notifyUnit(deps, lead, idOf('a'))).toMatchObject({ ok: true });
  });
});

describe('other routes into review', () => {
  it('[JS-10.5][JS-11.5] 巡查发现的线索直送审核小组，所附材料一并审核，发现人不得参加审核', async () => {
    const finder = official('air', 'element-dept');
    const found = await reportClue(deps, finder, {
      unitId: asId<UnitId>('E1'), outfall, sentenceZh: '无人机发现偷排暗管', sentenceEn: '', factors: [], from: instant(clock.now() - HOUR), to: clock.now(),
      how: '无人机', materials: [{ name: '照片.jpg', sha256: await deps.blobs.put(Buffer.from('照片')) }],
    });
    if (!found.ok) throw new Error(found.en);
    const both = { ...technical, accountId: finder.accountId };
    expect(await takeReview(deps, both, found.value.clueId)).toMatchObject({ code: 'ACCESS-010' });
    const review = await takeReview(deps, technical, found.value.clueId);
    if (!review.ok) throw new Error(review.en);
    expect(review.value.precheck.items.map((item) => item.item)).toContain('other.materials');
  });

  it('[JS-12.2] 移送后补充收集的数据须经补充审核，另计时限', async () => {
    await passed();
    await handOverClue(deps, lead, idOf('a'));
    const sha256 = await deps.blobs.put(Buffer.from('台账'));
    const command = { from: instant(clock.now() - 3 * HOUR), to: clock.now(), materials: [{ name: '台账.csv', sha256 }], reason: '调查期间调取台账' };
    expect(await requestSupplement(deps, officer, idOf('a'), { ...command, materials: [{ name: '没收到.csv', sha256: 'd'.repeat(64) }] })).toMatchObject({ code: 'REVIEW-087', zh: '材料“没收到.csv”没有上传成功，请重新选择' });
    expect(await requestSupplement(deps, officer, idOf('a'), { ...command, from: command.to, to: command.from })).toMatchObject({ code: 'REVIEW-088', field: 'to' });
    const asked = await requestSupplement(deps, officer, idOf('a'), command);
    if (!asked.ok) throw new Error(asked.en);
    expect(await requestSupplement(deps, officer, idOf('a'), command)).toMatchObject({ code: 'REVIEW-041' });
    expect(await isReviewed(test.db, { kind: 'MATERIAL', sha256 })).toMatchObject({ code: 'REVIEW-020' });
    const { reviewId } = asked.value;
    await assessItem(deps, technical, reviewId, { item: 'other.materials', outcome: 'PASS', note: '来源与内容已核对', shown: { refs: [`sha256:${sha256}`], files: [] } });
    await signed(reviewId);
    expect(await concludeReview(deps, lead, reviewId, { ...pass, violations: [] })).toMatchObject({ ok: true });
    expect(await isReviewed(test.db, { kind: 'MATERIAL', sha256 })).toMatchObject({ ok: true });
    expect(await stateOf('a')).toBe('HANDED_OVER');
    expect((await deadlinesOf(test.db, 'clue', idOf('a'))).find((d) => d.clockId === 'T2s')).toMatchObject({ state: 'MET' });
  });
});
