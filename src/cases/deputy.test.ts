import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, type Actor } from '#access';
import type { CaseId } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from './act-on-case.ts';
import { casePage } from './views/case-page.ts';
import { cast, filingOf, sample, testClock, testDeps, walkCase, type TestDeps } from './testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
const clock = testClock();
beforeAll(async () => {
  base = await testDatabase();
  await createDemoAccounts({ db: base.db, clock }, []);
  deps = testDeps(base.db, clock);
}, 60_000);
afterAll(() => base.drop());

const received = async (): Promise<CaseId> => (await walkCase(deps, 'RECEIVED')).caseId;

/** One person with the roles another handed over, as `effectiveActor` makes him. */
const deputy = (who: Actor, whom: Actor): Actor => ({ ...who, roles: whom.roles, name: `${who.name}（代${whom.name}）`, behalf: { accountId: whom.accountId, name: whom.name, delegationId: 'dlg' } });
const act = async (actor: Actor, caseId: CaseId, kind: 'PROPOSE_FILING' | 'ENDORSE_FILING' | 'APPROVE_FILING') => actOnCase(deps, actor, caseId, kind === 'PROPOSE_FILING' ? await filingOf(deps, caseId) : sample(kind, clock.now()));

describe('案件中的代办', () => {
  it('代办人批准立案：事件、存证和办案过程都写明代谁', async () => {
    const id = await received();
    expect((await act(cast.officer, id, 'PROPOSE_FILING')).ok).toBe(true);
    expect((await act(cast.enforcement, id, 'ENDORSE_FILING')).ok).toBe(true);
    const approved = await act(deputy(cast.enforcement, cast.head), id, 'APPROVE_FILING');
    expect(approved.ok).toBe(true);
    const { rows } = await sql<{ actor: object }>`SELECT event->'actor' AS actor FROM case_event WHERE case_id = ${id} AND kind = 'APPROVE_FILING'`.execute(base.db);
    expect(rows[0]?.actor).toMatchObject({ accountId: cast.enforcement.accountId, behalf: { accountId: cast.head.accountId, name: cast.head.name } });
    const leaf = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx DESC LIMIT 1`.execute(base.db);
    expect(JSON.parse(leaf.rows[0]?.leaf ?? '')).toMatchObject({ t: 'case', step: 'APPROVE_FILING', actor: cast.enforcement.accountId, behalf: cast.head.accountId });
    const page = await casePage(deps, cast.head, id);
    expect(page?.timeline.at(-1)?.actor).toBe(`${cast.enforcement.name}（代${cast.head.name}）`);
  });

  it('两人中任何一人呈批的，代办时不得自己批准', async () => {
    const id = await received();
    await act(cast.officer, id, 'PROPOSE_FILING');
    // He deputises for a head and proposed himself; and he deputises for the very person who proposed.
    for (const actor of [deputy(cast.officer, cast.head), { ...deputy(cast.enforcement, cast.officer), roles: cast.enforcement.roles }])
      expect(await act(actor, id, 'APPROVE_FILING')).toMatchObject({ ok: false, missing: expect.arrayContaining(['呈批人以外的审批人']) as unknown });
  });

  it('代为呈批的，被代的人回来也不得批准；代办所为在案件历史中记在两人名下 sec:X14', async () => {
    const id = await received();
    const proposed = await act(deputy({ ...cast.enforcement, roles: [] }, cast.officer), id, 'PROPOSE_FILING');
    if (!proposed.ok) throw new Error(proposed.zh);
    const duties = proposed.value.duties.filter(({ duty }) => duty === 'investigator').map(({ accountId }) => accountId);
    expect(duties).toEqual(expect.arrayContaining([cast.enforcement.accountId, cast.officer.accountId]));
    expect(await act({ ...cast.officer, roles: ['enforcement-lead'] }, id, 'APPROVE_FILING')).toMatchObject({ ok: false, missing: expect.arrayContaining(['呈批人以外的审批人']) as unknown });
  });

  it('代执法人员办理，须有代办人自己的有效执法证件（行政处罚法 第四十二条）', async () => {
    const id = await received();
    const { certificate: _none, ...uncertified } = cast.enforcement;
    expect(await act(deputy(uncertified, cast.officer), id, 'PROPOSE_FILING')).toMatchObject({ ok: false, code: 'ACCESS-012' });
    // The second officer is never the one he stands in for: two people must act.
    expect((await act(deputy(cast.enforcement, cast.officer2), id, 'PROPOSE_FILING')).ok).toBe(false);
  });
});
