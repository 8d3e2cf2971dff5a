import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts } from '#access';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { casePage } from '../views/case-page.ts';
import { noteValidity } from './note-validity.ts';
import { cast, sample, testClock, testDeps, walkCase, type TestDeps } from '../testing/index.ts';
import { actOnCase } from '../act-on-case.ts';

describe('案件所依据数据的有效性已变化', () => {
  let base: TestDatabase;
  let deps: TestDeps;
  beforeAll(async () => {
    base = await testDatabase();
    deps = testDeps(base.db, testClock());
    await createDemoAccounts({ db: base.db, clock: deps.clock }, []);
  }, 60_000);
  afterAll(() => base.drop());

  it('已立案的：办案人员在案件页看到告知，案件本身一字不动；另案同样告知，重复事件只记一次', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    const joint = await actOnCase(deps, cast.enforcement, caseId, sample('ADD_PARTY', deps.clock.now()));
    const before = (await casePage(deps, cast.officer, caseId))?.state;
    const clueId = before?.clueId ?? '';
    const zh = '所依据数据的有效性已变化：二氧化硫 03-07 09:00–03-07 12:00 3 小时由“有效”改判“失控期”。重新判定后，发现不再成立。';
    const event = { clueId, version: 7, validity: { zh, en: 'changed', at: 1, left: 'NO_LONGER_MET' } };
    for (let i = 0; i < 2; i++) await transact(base.db, (tx) => noteValidity(deps, tx, event));
    await transact(base.db, (tx) => noteValidity(deps, tx, { ...event, clueId: 'another' }));
    const page = await casePage(deps, cast.officer, caseId);
    expect(page?.notices).toEqual([{ kind: 'VALIDITY_CHANGED', clueId, clueVersion: 7, notedAt: deps.clock.now(), zh, en: 'changed', left: 'NO_LONGER_MET' }]);
    expect(page?.state).toEqual(before);
    expect(joint.ok).toBe(true);
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM case_notice`.execute(base.db);
    expect(rows[0]?.n).toBe(2);
  });
});
