import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDemoAccounts } from '#access';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from './act-on-case.ts';
import { sql } from '#platform/db';
import { connectReviews } from './connect.ts';
import { casePage } from './views/case-page.ts';
import { decideCase } from './decide-case.ts';
import { cast, sample, testClock, testDeps, walkCase, type TestDeps } from './testing/index.ts';
import { act, law, noticed, people, start, walk } from './testing/pure-case.ts';
import { suspicionTold } from './views/look-up.ts';

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

it('[JS-13.1] 只到达平台不算；单位确认的算；不确认的，直接、邮寄等送达有回证的算', async () => {
  const notice = (clue: string, state: string) => sql`WITH clue AS (
      INSERT INTO review_clue (clue_id, authority_id, group_id, region, unit_id, source, tier, provisional, state, sentence_zh, sentence_en, factors, period_from, created_at, changed_at)
      VALUES (${clue}, 'A', 'A', 'jiangsu', 'E1', 'PLATFORM', 'WORK_ORDER', false, 'HANDED_OVER', '', '', '{}', 0, 0, 0) RETURNING clue_id)
    INSERT INTO review_notice (clue_id, unit_id, state, document_id, changed_at) SELECT clue_id, 'E1', ${state}, ${`doc-${clue}`}, 0 FROM clue`.execute(base.db);
  const sent = (clue: string, method: string, state: string, arrived: boolean) => sql`INSERT INTO delivery (delivery_id, document_id, document_number, document_title, document_sha256, unit_id, authority_id, region, subject_kind, subject_id,
      method, method_reason, account, must_confirm, state, sent_by, sent_at, arrived_at, legal_day)
    VALUES (${`d-${clue}-${method}`}, ${`doc-${clue}`}, '1', '告知书', ${'a'.repeat(64)}, 'E1', 'A', 'jiangsu', 'clue', ${clue}, ${method}, 'NOTICE', '', true, ${state}, 'x', 1, ${arrived ? 2 : null}, ${arrived ? '2026-03-16' : null})`.execute(base.db);
  for (const [clue, state] of [['due', 'DUE'], ['arrived', 'SENT'], ['confirmed', 'CONFIRMED'], ['posted', 'SENT'], ['by-hand', 'SENT']] as const) await notice(clue, state);
  for (const clue of ['arrived', 'posted', 'by-hand']) await sent(clue, 'ELECTRONIC', clue === 'arrived' ? 'READ' : 'REPLACED', true);
  await sent('posted', 'POST', 'SENT', false);
  await sent('by-hand', 'DIRECT', 'DELIVERED', true);
  const told: Record<string, boolean> = {};
  for (const clue of ['none', 'due', 'arrived', 'confirmed', 'posted', 'by-hand']) told[clue] = await connectReviews(law).told(base.db, clue);
  expect(told).toEqual({ none: false, due: false, arrived: false, confirmed: true, posted: false, 'by-hand': true });
});

it('作出决定时再看一次；共同违法的另一当事人也须自己收到告知书，审核机构给原当事人的不算', async () => {
  const ready = walk(noticed(), ['WAIVE_RIGHTS', 'PASS_LEGAL_REVIEW'], start);
  const decide = sample('DECIDE', start);
  const frozen = { version: ready.version, name: 'x', manifestSha256: 'b'.repeat(64), leaf: 1 };
  const by = (told: boolean, state = ready) => decideCase(state, decide, { ...people(decide), frozen, told }, law, start);
  expect(by(false)).toMatchObject({ ok: false, missing: [expect.stringContaining('确认接收')] });
  expect(by(true).ok).toBe(true);
  const from = { relation: 'JOINT_WITH', caseId: 'c' as never, caseNo: '1', unitId: 'u' as never, reason: '', evidence: [] } as const;
  const joint = { ...ready, openedFrom: from };
  expect(by(false, joint)).toMatchObject({ ok: false, missing: [expect.stringContaining('确认接收')] });
  const asked: string[] = [];
  const ports = { reviews: { told: async () => true }, post: { received: async (_db: unknown, id: string) => asked.push(id) > 0 } } as unknown as Parameters<typeof suspicionTold>[1];
  expect(await suspicionTold(base.db, ports, ready)).toBe(true);
  expect(await suspicionTold(base.db, ports, joint)).toBe(false);
  const told = walk({ ...joint, main: 'INVESTIGATING' }, ['TELL_SUSPICION'], start);
  const letter = { ...told.papers.at(-1)!, documentId: 'doc-told' as never };
  expect(letter.kind).toBe('SUSPICION_NOTICE');
  expect(await suspicionTold(base.db, ports, { ...told, papers: [...told.papers.slice(0, -1), letter] })).toBe(true);
  expect(asked).toEqual(['doc-told']);
  // It is sent once; to the party of the clue the review has sent its own.
  const again = (state: typeof ready) => act({ ...state, main: 'INVESTIGATING' }, { kind: 'TELL_SUSPICION' }, start);
  expect([again(told), again(ready)]).toMatchObject([{ ok: false }, { ok: false, missing: [expect.stringContaining('共同违法')] }]);
});
