import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaUnder, DEMO_AUTHORITIES, DEMO_CITY, DEMO_PROVINCE, visibilityOf, type Actor } from '#access';
import { asId, DAY, instant, manualClock, type AccountId, type AuthorityId, type RegionKey } from '#kernel';
import { loadLaw, pressingClocks } from '#law';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { openDeadline } from '#platform/deadlines';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { openRegistry } from '#register';
import { listClues } from '#review';
import { nextClocks, risksOf, type RiskDeps } from './risks.ts';

const NEIGHBOUR = asId<AuthorityId>('JS-NZ');
const NOW = instant(Date.parse('2026-09-14T02:00:00Z'));
const head = (authorityId: AuthorityId): Actor => ({
  accountId: asId<AccountId>('a'), name: '甲', region: asId<RegionKey>('jiangsu'), roles: ['enforcement-lead'], authorityId, area: areaUnder(DEMO_AUTHORITIES, authorityId),
});

describe('期限风险', () => {
  let records: TestDatabase;
  let deps: RiskDeps;

  beforeAll(async () => {
    records = await testDatabase();
    const { db } = records;
    const clock = manualClock(NOW);
    const registry = await openRegistry(db);
    const live = { current: () => registry, refresh: async () => false } as unknown as RiskDeps['registry'];
    deps = { platform: { db, clock, log: silentLogger(), blobs: openBlobs('unused'), config: readConfig({ MINGJIAN_DATA: 'unused' }) } as unknown as RiskDeps['platform'], law: loadLaw(), registry: live };
    const open = (clockId: string, subjectId: string, authorityId: AuthorityId, dueAt: number) =>
      db.transaction().execute((tx) => openDeadline(tx, { clockId, subjectKind: 'clue', subjectId, unitId: 'U', authorityId, holder: authorityId, article: '第十三条', dayKind: 'WORKING_DAY', startedAt: NOW - DAY, dueAt }));
    for (let i = 0; i < 450; i++) await open('T2', `neighbour-${i}`, NEIGHBOUR, NOW - DAY + i);
    await open('T2', 'late', DEMO_CITY, NOW - 1);
    await open('T2', 'soon', DEMO_CITY, NOW + DAY);
    await open('review', 'soon', DEMO_CITY, NOW + 3 * DAY);
  });
  afterAll(() => records.drop());

  it("however many clocks run elsewhere, an authority sees its own, the first to end first, and none of a neighbour's", async () => {
    const { items, running, overdue } = await risksOf(deps, head(DEMO_CITY), 60);
    expect(items.map(({ subjectId, clockId, overdue: late }) => [subjectId, clockId, late])).toEqual([['late', 'T2', true], ['soon', 'T2', false], ['soon', 'review', false]]);
    expect([running, overdue]).toEqual([3, 1]);
  });

  it('the province sees the first sixty of all, and how many there are', async () => {
    const { items, running, overdue } = await risksOf(deps, head(DEMO_PROVINCE), 60);
    expect([items.length, running, overdue]).toEqual([60, 453, 451]);
  });

  it('a clue under supervision has the clock of its sheet, in its row and in the order of the list', async () => {
    const { db } = records;
    const city = head(DEMO_CITY);
    await db.transaction().execute((tx) => openDeadline(tx, { clockId: 'T1', subjectKind: 'sheet', subjectId: 'sheet1', unitId: 'U', authorityId: DEMO_CITY, holder: 'U', article: '第八条', dayKind: 'HOUR', startedAt: NOW - DAY, dueAt: NOW + 60_000 }));
    await sql`INSERT INTO supervision_sheet (sheet_id, unit_id, authority_id, region, outfall, tier, state, provisional, sentence_zh, sentence_en, factors, period_from, created_at, changed_at)
      VALUES ('sheet1', 'U', ${DEMO_CITY}, 'jiangsu', 'O', 'WARN', 'FEEDBACK_PENDING', false, 'zh', 'en', '{}', 1, 1, 1)`.execute(db);
    await sql`INSERT INTO supervision_sheet_clue (clue_id, sheet_id, joined_at) VALUES ('supervised', 'sheet1', 1)`.execute(db);
    for (const [id, changed] of [['quiet', 9], ['soon', 1], ['supervised', 2], ['late', 3]] as const) {
      await sql`INSERT INTO review_clue (clue_id, authority_id, group_id, region, unit_id, source, tier, provisional, state, sentence_zh, sentence_en, factors, period_from, created_at, changed_at)
        VALUES (${id}, ${DEMO_CITY}, ${DEMO_CITY}, 'jiangsu', 'U', 'PLATFORM', 'WARN', false, ${id === 'supervised' ? 'SUPERVISED' : 'PANEL_ANALYSIS'}, 'zh', 'en', '{}', 1, 1, ${changed})`.execute(db);
    }
    expect(await nextClocks(deps, city, 'clue', ['supervised', 'quiet'])).toMatchObject({ supervised: { clockId: 'T1', article: '第八条', dayKind: 'HOUR', overdue: false } });
    const rows = await listClues(db, visibilityOf(city, 'clue.read'), { order: 'newest', urgent: { pressing: pressingClocks(deps.law, city.region, NOW), after: undefined }, limit: 9 });
    expect(rows.map((row) => row.clueId)).toEqual(['late', 'supervised', 'soon', 'quiet']);
  });

  it('a list is told the next clock of each of its matters, and nothing of matters one may not see', async () => {
    const clocks = await nextClocks(deps, head(DEMO_CITY), 'clue', ['soon', 'late', 'neighbour-1', 'nobody']);
    expect(Object.entries(clocks).map(([id, { clockId }]) => [id, clockId]).sort()).toEqual([['late', 'T2'], ['soon', 'T2']]);
  });
});
