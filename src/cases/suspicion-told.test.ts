import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDemoAccounts } from '#access';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from './act-on-case.ts';
import { casePage } from './views/case-page.ts';
import { decideCase } from './decide-case.ts';
import { cast, sample, testClock, testDeps, walkCase, type TestDeps } from './testing/index.ts';
import { law, noticed, people, start, walk } from './testing/pure-case.ts';

let base: TestDatabase;
let deps: TestDeps;
beforeAll(async () => {
  base = await testDatabase();
  const clock = testClock();
  await createDemoAccounts({ db: base.db, clock }, []);
  deps = testDeps(base.db, clock);
}, 60_000);
afterAll(() => base.drop());

it('[JS-13.1] 单位没有确认接收涉嫌违法事实告知书、也没有以其他方式送达的，不得发出处罚事先告知书', async () => {
  const { caseId } = await walkCase(deps, 'REVIEWED');
  const deliberated = await actOnCase(deps, cast.head, caseId, sample('DELIBERATE', deps.clock.now()));
  expect(deliberated.ok).toBe(true);
  deps.told = false;
  expect(await actOnCase(deps, cast.head, caseId, sample('SEND_NOTICE', deps.clock.now()))).toMatchObject({ ok: false, code: 'CASE-003', missing: [expect.stringContaining('确认接收')] });
  const page = await casePage(deps, cast.head, caseId);
  expect(page?.next.find((step) => step.command === 'SEND_NOTICE')?.missing).toEqual([expect.stringContaining('回证')]);
  deps.told = true;
  expect(await actOnCase(deps, cast.head, caseId, sample('SEND_NOTICE', deps.clock.now()))).toMatchObject({ ok: true });
});

it('作出决定时再看一次；共同违法的另一当事人没有审核机构的告知书，由事先告知书告知', () => {
  const ready = walk(noticed(), ['WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW'], start);
  const decide = sample('DECIDE', start);
  const frozen = { version: ready.version, name: 'x', manifestSha256: 'b'.repeat(64), leaf: 1 };
  const by = (told: boolean, state = ready) => decideCase(state, decide, { ...people(decide), frozen, told }, law, start);
  expect(by(false)).toMatchObject({ ok: false, missing: [expect.stringContaining('确认接收')] });
  expect(by(true).ok).toBe(true);
  const from = { relation: 'JOINT_WITH', caseId: 'c' as never, caseNo: '1', unitId: 'u' as never, reason: '', evidence: [] } as const;
  expect(by(false, { ...ready, openedFrom: from }).ok).toBe(true);
});
