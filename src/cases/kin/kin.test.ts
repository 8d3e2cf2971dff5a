import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoAccounts, type Actor } from '#access';
import { documentKinds } from '#documents';
import { asId, type CaseId, type UnitId } from '#kernel';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from '../act-on-case.ts';
import { casePage, loadCase } from '../views/case-page.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { caseOfClue } from '../store/case-list.ts';
import { eventsOf, leavesOf } from '../store/case-store.ts';
import { cast, evidence, sample, testClock, testDeps, UNIT, walkCase, type TestDeps } from '../testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
beforeAll(async () => {
  base = await testDatabase();
  await createDemoAccounts({ db: base.db, clock: testClock() }, []);
}, 60_000);
afterAll(() => base.drop());
beforeEach(() => {
  deps = testDeps(base.db, testClock());
});

const now = () => deps.clock.now();
const take = (actor: Actor, caseId: CaseId, command: CaseCommand) => actOnCase(deps, actor, caseId, command);
async function must(actor: Actor, caseId: CaseId, command: CaseCommand): Promise<PenaltyCase> {
  const result = await take(actor, caseId, command);
  if (!result.ok) throw new Error(`${command.kind}: ${result.code} ${result.zh}`);
  return result.value;
}
const loaded = async (caseId: CaseId): Promise<PenaltyCase> => {
  const found = await loadCase(base.db, caseId);
  if (found === undefined) throw new Error(caseId);
  return found.state;
};
const kinOf = (state: PenaltyCase, relation: string): CaseId => state.kin.find((one) => one.relation === relation)?.caseId ?? asId<CaseId>('none');

describe('共同违法：各当事人各有一案', () => {
  const OTHER = asId<UnitId>('E002');

  it('同一事实、同一批经审核的证据，另立一案；各自立案、告知、申辩、处罚、送达', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    await must(cast.officer, caseId, evidence('DEVICE_QC', 'DOCUMENT'));
    await must(cast.officer, caseId, evidence('PARTY', 'DOCUMENT'));
    const first = await must(cast.enforcement, caseId, sample('ADD_PARTY', now()));
    const other = await loaded(kinOf(first, 'JOINT_WITH'));
    expect(other).toMatchObject({ main: 'PRELIM_REVIEW', unitId: OTHER, reviewId: first.reviewId, officers: [], openedFrom: { relation: 'JOINT_WITH', caseId, reason: '运维单位配合修改参数。' } });
    // Who the first party is proves nothing against the second.
    expect(other.evidence.map((item) => item.point)).toEqual(['DEVICE_QC']);
    expect(Object.keys(other.running)).toEqual(['T3a', 'T3c']);
    await must(cast.officer, other.caseId, sample('PROPOSE_FILING', now()));
    const filed = await must(cast.enforcement, other.caseId, sample('APPROVE_FILING', now()));
    expect(filed.evidence.map((item) => item.itemId)).toEqual(expect.arrayContaining(['H0', 'H1']));
    const page = await casePage(deps, cast.enforcement, caseId);
    expect(page?.kin).toMatchObject([{ caseId: other.caseId, caseNo: other.caseNo, stateZh: '调查取证' }]);
    const own = deps.orders.filter((order) => order.kind === 'FILING_APPROVAL').map((order) => order.caseId);
    expect(own).toEqual([caseId, other.caseId]);
    expect(await caseOfClue(base.db, first.clueId)).toMatchObject({ caseId });
  });

  it('未登记的、同一个的、已另案处理的当事人都不行', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    const against = (otherUnitId: string) => take(cast.enforcement, caseId, { ...(sample('ADD_PARTY', now()) as CommandOf<'ADD_PARTY'>), otherUnitId });
    expect(await against(UNIT)).toMatchObject({ ok: false, missing: ['已登记的另一当事人'] });
    await must(cast.enforcement, caseId, sample('ADD_PARTY', now()));
    expect(await against(OTHER)).toMatchObject({ ok: false, missing: ['尚未另案处理的当事人'] });
    expect(await take(cast.officer, caseId, sample('ADD_PARTY', now()))).toMatchObject({ ok: false });
  });
});

describe('分案与并案', () => {
  async function withTwo() {
    const { caseId } = await walkCase(deps, 'FILED');
    await must(cast.enforcement, caseId, sample('ADD_VIOLATION', now()));
    await must(cast.officer, caseId, evidence('INFO_NOT_PUBLIC:FACT', 'DOCUMENT'));
    return must(cast.officer, caseId, evidence('PERMIT', 'DOCUMENT'));
  }

  it('一项违法行为连同它的证据分出去；第一项留在本案，办案期限不因分案重算', async () => {
    const both = await withTwo();
    expect(await take(cast.enforcement, both.caseId, { kind: 'SPLIT_CASE', violation: 'AIR_EXCEED', reason: '分案。' })).toMatchObject({ ok: false, code: 'CASE-003' });
    deps.clock.advance(40 * 86_400_000);
    const rest = await must(cast.enforcement, both.caseId, sample('SPLIT_CASE', now(), both));
    expect(rest.further).toEqual([]);
    const split = await loaded(kinOf(rest, 'SPLIT_OFF'));
    expect(split).toMatchObject({ unitId: UNIT, suggestions: ['INFO_NOT_PUBLIC'], facts: '未按规定公开排放信息。', openedFrom: { relation: 'SPLIT_FROM' } });
    expect(split.evidence.map((item) => item.point).toSorted()).toEqual(['FACT', 'PERMIT']);
    await must(cast.officer, split.caseId, { ...(sample('PROPOSE_FILING', now()) as CommandOf<'PROPOSE_FILING'>), violation: 'INFO_NOT_PUBLIC' });
    const filed = await must(cast.enforcement, split.caseId, sample('APPROVE_FILING', now()));
    expect(filed.running.T8?.dueDay).toBe(both.running.T8?.dueDay);
  });

  it('后立案的并入先立案的：违法行为、证据转入，后案终止且不再计期；反向的不行', async () => {
    const early = await withTwo();
    deps.clock.advance(86_400_000);
    const { caseId } = await walkCase(deps, 'FILED');
    await must(cast.officer, caseId, evidence('DEVICE_QC', 'DOCUMENT'));
    const into = (id: CaseId, target: CaseId) => take(cast.enforcement, id, { kind: 'MERGE_CASE', intoCaseId: target, reason: '同一当事人的关联行为。' });
    expect(await into(early.caseId, caseId)).toMatchObject({ ok: false, missing: ['先立案的案件（后立案的并入先立案的）'] });
    expect(await into(caseId, asId<CaseId>('case-nowhere'))).toMatchObject({ ok: false, missing: ['正在调查的另一案件'] });
    expect((await casePage(deps, cast.enforcement, caseId))?.mergeTargets.map((one) => one.caseId)).toContain(early.caseId);
    const merged = await into(caseId, early.caseId);
    expect(merged).toMatchObject({ ok: true, value: { main: 'MERGED', running: {}, kin: [{ relation: 'MERGED_INTO', caseId: early.caseId }] } });
    const after = await loaded(early.caseId);
    expect(after).toMatchObject({ main: 'INVESTIGATING', kin: [{ relation: 'TOOK_IN', caseId }], further: [{ violation: 'INFO_NOT_PUBLIC' }] });
    expect(after.evidence.some((item) => /^M\d+-E/.test(item.itemId) && item.point === 'DEVICE_QC')).toBe(true);
    expect(after.running.T8?.dueDay).toBe(early.running.T8?.dueDay);
    expect(await take(cast.officer, caseId, evidence('CALC', 'DOCUMENT'))).toMatchObject({ ok: false, code: 'CASE-002' });
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM case_evidence WHERE case_id = ${early.caseId}`.execute(base.db);
    expect(rows[0]?.n).toBe(after.evidence.length);
  });
});

describe('已归档案件的重新办理：更正，不改卷', () => {
  async function archived() {
    const { caseId } = await walkCase(deps, 'CLOSED');
    return must(cast.archivist, caseId, { kind: 'ARCHIVE', archiveNo: '档-1', catalogue: documentKinds.DOSSIER_CATALOGUE.sample as Record<string, unknown> });
  }

  it('原卷不动，另立一卷：从调查起重新办到决定，新决定写明代替哪一案', async () => {
    const old = await archived();
    expect(await take(cast.officer, old.caseId, sample('REOPEN_ARCHIVED', now()))).toMatchObject({ ok: false });
    expect(await take(cast.head, old.caseId, { kind: 'REOPEN_ARCHIVED', ground: '想改', reason: '——' })).toMatchObject({ ok: false, code: 'CASE-003' });
    const noted = await must(cast.head, old.caseId, sample('REOPEN_ARCHIVED', now()));
    expect([noted.main, noted.archiveNo]).toEqual(['ARCHIVED', '档-1']);
    expect(await take(cast.head, old.caseId, sample('REOPEN_ARCHIVED', now()))).toMatchObject({ ok: false, missing: ['尚未重新办理的案件'] });
    const anew = await loaded(kinOf(noted, 'REOPENED_AS'));
    expect(anew).toMatchObject({ main: 'INVESTIGATING', violation: old.violation, openedFrom: { relation: 'REOPENS', caseId: old.caseId } });
    expect(anew.running.T8?.startedAt).toBe(now());
    expect(anew.papers.map((paper) => paper.kind)).toContain('REOPENING_APPROVAL');
    const id = anew.caseId;
    await must(cast.officer, id, sample('FINISH_INVESTIGATION', now()));
    await must(cast.caseReviewer, id, sample('PASS_CASE_REVIEW', now()));
    await must(cast.officer, id, sample('SET_DISCRETION', now()));
    await must(cast.head, id, sample('DELIBERATE', now()));
    await must(cast.head, id, sample('SEND_NOTICE', now()));
    await must(cast.unit, id, sample('WAIVE_RIGHTS', now()));
    await must(cast.legal, id, sample('PASS_LEGAL_REVIEW', now()));
    const decided = await must(cast.head, id, sample('DECIDE', now()));
    expect(decided.decision?.amount).toBe(old.decision?.amount);
    const { rows } = await sql<{ payload: { supersedes: string | null } }>`SELECT payload FROM outbox WHERE type = 'case.decided' AND subject = ${id}`.execute(base.db);
    expect(rows[0]?.payload.supersedes).toBe(old.caseId);
    // Nothing of the old file has changed but the note that it is handled anew.
    const [before, after] = [(await eventsOf(base.db, old.caseId)).slice(0, -1), await loaded(old.caseId)];
    expect(before).toHaveLength(old.version);
    expect(after.papers.slice(0, old.papers.length)).toEqual(old.papers);
    expect((await leavesOf(base.db, old.caseId)).size).toBe(old.version);
  });
});
