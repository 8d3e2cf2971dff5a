import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoAccounts, type Actor } from '#access';
import { documentKinds } from '#documents';
import { asId, calendarDay, type CaseId, type UnitId } from '#kernel';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from '../act-on-case.ts';
import { casePage, loadCase } from '../views/case-page.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { hoursOver } from '../discretion/hours-over.ts';
import { amountFact, runFact } from '../testing/observed.ts';
import { GUARDS } from '../guards/guards.ts';
import { takeIn } from './kin.ts';
import { foundFacts } from '../papers/found-facts.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { caseOfClue } from '../store/case-list.ts';
import { eventsOf, leavesOf } from '../store/case-store.ts';
import { handoverSchema, receiveHandover } from '../receive-handover.ts';
import { otherCases } from '../store/other-cases.ts';
import { cast, CHECKLIST, evidence, filingOf, handover, inquiryAt, sample, testClock, testDeps, UNIT, walkCase, type TestDeps } from '../testing/index.ts';

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
    await must(cast.officer, split.caseId, { ...(await filingOf(deps, split.caseId)), violation: 'INFO_NOT_PUBLIC' });
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

describe('同一排放口时间相近的案件：并入，或者说明为什么分别立案', () => {
  const received = async (mark: string, more: Parameters<typeof handover>[0] = {}): Promise<CaseId> =>
    (await transact(deps.db, (tx) => receiveHandover(tx, deps, handoverSchema.parse(handover({ reviewId: `review-${mark}`, clueId: `clue-${mark}`, outfall: 'DA009', ...more }))))) ?? asId<CaseId>('none');
  beforeEach(() => ['DA009', 'DA010', 'DA011', 'DA012'].forEach((outfall) => deps.reviewed.add(`data:${outfall}:1773252000000:1773273600000`)));
  const filing = (beside: CommandOf<'PROPOSE_FILING'>['beside'] = []): CaseCommand => ({ ...(sample('PROPOSE_FILING', now()) as CommandOf<'PROPOSE_FILING'>), beside });
  const day = 86_400_000;
  const spanOf = (days: number) => ({ period: { from: 1773252000000 - days * day, to: 1773273600000 - days * day } });

  it('页面列出本单位在办和相近的案件；没有说明不能呈批立案；理由印在立案呈批、审批和调查报告上', async () => {
    const first = await received('s1', spanOf(1));
    await must(cast.officer, first, filing());
    const { caseNo } = await must(cast.enforcement, first, sample('APPROVE_FILING', now()));
    const second = await received('s2');
    const far = await received('s3', { ...spanOf(60), evidence: { frames: [], materials: [{ name: '运维台账.csv', sha256: 'b'.repeat(64) }] } });
    expect((await loaded(far)).evidenceRefs).toMatchObject([{ title: '运维台账' }]);
    const page = await casePage(deps, cast.officer, second);
    expect(page?.siblings.find((one) => one.caseNo === caseNo)).toMatchObject({ close: true, sameOutfall: true, open: true, violation: 'AIR_EXCEED', actStart: '2026-03-11' });
    expect((await casePage(deps, cast.officer, far))?.siblings.some(({ close }) => close)).toBe(false);
    expect(await take(cast.officer, second, filing())).toMatchObject({ ok: false, missing: [`对同一排放口相近案件 ${caseNo} 的说明（并入该案，或者分别立案的理由）`] });
    const proposed = await must(cast.officer, second, filing([{ caseNo, way: 'SEPARATE', reason: '该案治理设施已修复，本案是另一次故障。' }]));
    await must(cast.enforcement, second, sample('APPROVE_FILING', now()));
    const printed = (kind: string, of = second) => JSON.stringify(deps.orders.filter((order) => order.caseId === of && order.kind === kind).at(-1)?.data);
    for (const kind of ['FILING_PROPOSAL', 'FILING_APPROVAL']) expect(printed(kind), kind).toContain(`${caseNo}：分别立案，该案治理设施已修复，本案是另一次故障`);
    for (const command of [...CHECKLIST, inquiryAt(now()), sample('FINISH_INVESTIGATION', now())]) await must(command.kind === 'RECORD_INQUIRY' ? cast.officer2 : cast.officer, second, command);
    expect(printed('INVESTIGATION_REPORT')).toContain(`${caseNo}：分别立案`);
    // The other one names nobody: who files later answers.
    expect(proposed.filing?.beside).toHaveLength(1);
  });

  it('同一排放口同一时间的同一种违法行为已有另案的：不能分别立案，只能并入或者不予立案；另一种违法行为可以', async () => {
    const first = await received('t1', { outfall: 'DA011' });
    await must(cast.officer, first, filing());
    const { caseNo } = await must(cast.enforcement, first, sample('APPROVE_FILING', now()));
    const second = await received('t2', { outfall: 'DA011' });
    expect((await casePage(deps, cast.officer, second))?.siblings.find((one) => one.caseNo === caseNo)).toMatchObject({ overlaps: true });
    const apart = [{ caseNo, way: 'SEPARATE' as const, reason: '另行查处。' }];
    expect(await take(cast.officer, second, filing(apart))).toMatchObject({ ok: false, missing: [`案件 ${caseNo} 没有处理过的违法行为（同一行为不得两次罚款，应当并入该案或者不予立案）`] });
    const other = { ...filing(apart), violation: 'DEVICE_ABNORMAL_NOT_REPORTED' } as CaseCommand;
    const refused = await take(cast.officer, second, other);
    expect((refused as { missing?: readonly string[] }).missing ?? []).not.toContainEqual(expect.stringContaining('没有处理过的违法行为'));
    expect(await must(cast.enforcement, second, { kind: 'REFUSE_FILING', ground: 'HANDLED', reason: `同一行为已由 ${caseNo} 处理。` })).toMatchObject({ main: 'NOT_FILED' });
  });

  it('同一排放口、同一因子、同一年度的许可排放量只有一个：无论哪天查出，超过它是同一行为；另一因子的是另一行为', async () => {
    const hour = 3_600_000;
    const over = (factor: string, from: number) => ({ outfall: 'DA013', violations: ['PERMIT_EXCEED'], observed: [{ ...amountFact(factor, '1150', '1000'), from, to: from + hour }] });
    deps.reviewed.add('data:DA013:1773252000000:1773273600000');
    const charged = (beside: CommandOf<'PROPOSE_FILING'>['beside'] = []) => ({ ...filing(beside), violation: 'PERMIT_EXCEED' }) as CaseCommand;
    const first = await received('u1', over('氮氧化物', 1773252000000));
    await must(cast.officer, first, charged());
    const { caseNo } = await must(cast.enforcement, first, sample('APPROVE_FILING', now()));
    const beside = async (id: CaseId) => (await casePage(deps, cast.officer, id))?.siblings.find((one) => one.caseNo === caseNo);
    const again = await received('u2', over('氮氧化物', 1773252000000 + 4 * hour));
    expect(await beside(again)).toMatchObject({ close: true, overlaps: true, oneAmount: true });
    expect(await take(cast.officer, again, charged([{ caseNo, way: 'SEPARATE', reason: '另行查处。' }])))
      .toMatchObject({ ok: false, missing: expect.arrayContaining([`案件 ${caseNo} 没有处理过的违法行为（同一行为不得两次罚款，应当并入该案或者不予立案）`]) });
    expect(await beside(await received('u3', over('二氧化硫', 1773252000000 + 4 * hour)))).toMatchObject({ close: true, overlaps: false, oneAmount: false });
  });

  it('说明并入的，立案后并入才能办下去；该案已调查终结的不能说并入', async () => {
    const find: TestDeps['papers']['find'] = async (_tx, documentId) => ({ documentId, number: `苏数审〔2026〕${documentId}号`, title: '非现场数据审核意见', sha256: 'a'.repeat(64), pages: 2, issuedOn: calendarDay('2026-03-13') });
    deps = { ...deps, papers: { ...deps.papers, find } };
    const first = await received('j1', { outfall: 'DA010', opinionDocumentId: '1', observed: [runFact('氮氧化物', '2026-03-12T02', 3)] });
    await must(cast.officer, first, filing());
    const { caseNo } = await must(cast.enforcement, first, sample('APPROVE_FILING', now()));
    const later = { period: { from: 1773252000000, to: 1773273600000 + 7_200_000 }, factors: ['a21026'], observed: [runFact('二氧化硫', '2026-03-12T04', 1), runFact('二氧化硫', '2026-03-12T07', 1)] };
    const second = await received('j2', { outfall: 'DA010', opinionDocumentId: '2', ...later });
    await must(cast.officer, second, filing([{ caseNo, way: 'JOIN', reason: '同一次故障的延续。' }]));
    await must(cast.enforcement, second, sample('APPROVE_FILING', now()));
    const finish = (await casePage(deps, cast.officer, second))?.next.find(({ command }) => command === 'FINISH_INVESTIGATION');
    expect(finish?.missing).toContain(`并入 ${caseNo}（立案时已说明并入该案一并调查）`);
    const merged = await must(cast.enforcement, second, { kind: 'MERGE_CASE', intoCaseId: first, reason: '本案与该案是同一次故障的延续。' });
    expect(merged.main).toBe('MERGED');
    const record = deps.orders.findLast(({ kind }) => kind === 'MERGER_RECORD')?.data as { rows: { label: string; text: string }[]; opinions: object[] };
    // It was she who merged them, on her reason, in which the words for the two cases are the other way round.
    expect(record.opinions).toMatchObject([{ role: '并案决定人意见', name: cast.enforcement.name, certificate: cast.enforcement.certificate, opinion: expect.stringContaining('属于同一种违法行为，事实和时间合并认定') }]);
    const BOTH = '《非现场数据审核意见》苏数审〔2026〕1号（2026年3月13日）、《非现场数据审核意见》苏数审〔2026〕2号（2026年3月13日）';
    const rows = Object.fromEntries(record.rows.map(({ label, text }) => [label, text]));
    expect(rows).toMatchObject({ 本案: caseNo, 并入的案件: merged.caseNo, 数据审核意见: BOTH, 理由: `${merged.caseNo}的《并案审批表》写明（所称“本案”为${merged.caseNo}，“该案”为${caseNo}）：本案与该案是同一次故障的延续。` });
    const both = await loaded(first);
    // From the first to the last of the facts, not of the clues.
    expect(both).toMatchObject({ actStart: later.period.from, actEnd: 1773273600000, factors: ['a21002', 'a21026'] });
    // Three hours and two, one of them the same: not the six from the first to the last.
    expect(hoursOver(both.observed ?? [])?.total.toString()).toBe('4');
    // Facts told before they carried their outfall are of that of the file; those of another outfall keep it, and count by themselves.
    expect(both.observed?.map(({ outfall }) => outfall)).toEqual(['DA010', 'DA010', 'DA010']);
    const elsewhere = { ...runFact('二氧化硫', '2026-03-12T03', 2), factId: 'other', outfall: 'DA011' };
    expect(hoursOver(takeIn(both, { kind: 'TAKE_IN_CASE', fromCaseId: second, fromCaseNo: '', acts: [], evidence: [], refs: [], reason: '', observed: [elsewhere] }).observed ?? [])?.total.toString()).toBe('6');
    expect(both.evidence.filter(({ point }) => point === 'REVIEW').map(({ title }) => title)).toEqual(['数据审核意见（苏数审〔2026〕1号）', '数据审核意见（苏数审〔2026〕2号）']);
    expect(foundFacts(both, deps.law)).toContain(BOTH);
    const { rows: papers } = await sql<{ number: string }>`SELECT number FROM case_paper WHERE case_id = ${first} AND kind = 'REVIEW_OPINION'`.execute(base.db);
    expect(papers).toHaveLength(2);
    const named = () => JSON.stringify(deps.orders.findLast(({ kind, caseId }) => kind === 'INVESTIGATION_REPORT' && caseId === first)?.data);
    const third = await received('j3', { outfall: 'DA010' });
    for (const command of [...CHECKLIST, inquiryAt(now()), sample('FINISH_INVESTIGATION', now())]) await must(command.kind === 'RECORD_INQUIRY' ? cast.officer2 : cast.officer, first, command);
    for (const words of [BOTH, `${merged.caseNo}已并入本案一并调查（《并入案件记录》`, '数据审核意见（苏数审〔2026〕2号）']) expect(named()).toContain(words);
    expect(await take(cast.officer, third, filing([{ caseNo, way: 'JOIN', reason: '延续。' }]))).toMatchObject({ ok: false, missing: [`正在调查的案件（${caseNo} 已调查终结，不能并入）`] });
  });

  it('并案以前的询问、计算、许可证摘录和责令改正不及于并入的事实：须就其补办，计入并案记录；并入的案件自己带来的除外', async () => {
    const first = await received('m1', { outfall: 'DA012' });
    await must(cast.officer, first, filing());
    const { caseNo } = await must(cast.enforcement, first, sample('APPROVE_FILING', now()));
    for (const command of [...CHECKLIST, inquiryAt(now())]) await must(command.kind === 'RECORD_INQUIRY' ? cast.officer2 : cast.officer, first, command);
    await must(cast.head, first, sample('ORDER_RECTIFICATION', now()));
    const finish = async () => (await casePage(deps, cast.officer, first))?.next.find(({ command }) => command === 'FINISH_INVESTIGATION')?.missing ?? [];
    const before = await finish();
    const second = await received('m2', { outfall: 'DA012', factors: ['a34013'] });
    await must(cast.officer, second, filing([{ caseNo, way: 'JOIN', reason: '前后相续。' }]));
    await must(cast.enforcement, second, sample('APPROVE_FILING', now()));
    await must(cast.enforcement, second, { kind: 'MERGE_CASE', intoCaseId: first, reason: '一并查明。' });
    const points = (await casePage(deps, cast.officer, first))?.evidencePoints ?? [];
    for (const id of ['INQUIRY', 'CALC', 'PERMIT']) expect(points.find((one) => one.id === id)?.items, id).toEqual([]);
    expect(points.find((one) => one.id === 'PARTY')?.items).toHaveLength(1);
    const wanted = '对并入的违法事实责令改正（原责令改正决定作出于并案以前；原决定核查后另行作出）';
    expect(before).not.toContain(wanted);
    expect(await finish()).toEqual(expect.arrayContaining([wanted, ...points.filter(({ id, required }) => required && ['INQUIRY', 'CALC', 'PERMIT'].includes(id)).map(({ zh }) => zh)]));
    const record = deps.orders.findLast(({ kind }) => kind === 'MERGER_RECORD')?.data as { rows: { label: string; text: string }[]; basis: { instrument: string; article: string }[] };
    expect(record.rows.find(({ label }) => label === '并案后补办')?.text).toMatch(/询问.*、责令改正$/);
    expect(record.basis.map(({ article }) => article)).toEqual(['第二十九条', '第四十条', '第四十四条']);
    // Asked and reckoned again for all of it, and ordered once more after the first order was checked.
    for (const command of [evidence('CALC', 'DOCUMENT'), evidence('PERMIT', 'DOCUMENT'), inquiryAt(now())]) await must(command.kind === 'RECORD_INQUIRY' ? cast.officer2 : cast.officer, first, command);
    expect(await finish()).toEqual([wanted]);
    const state = await loaded(first);
    expect(GUARDS.ORDER_COVERS_ALL({ state: { ...state, papers: [...state.papers, ...state.papers.filter(({ kind }) => kind === 'RECTIFICATION_ORDER')] }, law: deps.law, now: now() })).toEqual([]);
    expect(takeIn({ ...state, factors: ['a34013'], papers: [] }, { kind: 'TAKE_IN_CASE', fromCaseId: second, fromCaseNo: '', acts: [], evidence: [], refs: [], reason: '', reopens: { ordered: true } }).reopened?.orders).toBe(1);
  });
});

describe('在先的处罚决定', () => {
  it('决定的文号、摘要和送达日期取自该案自己的卷；裁量时列入本案证据', async () => {
    const { caseId: earlier } = await walkCase(deps, 'PERFORMING');
    const decided = await loaded(earlier);
    const paper = decided.papers.find(({ kind }) => kind === 'PENALTY_DECISION');
    const { state } = await walkCase(deps, 'FILED');
    const found = (await otherCases(deps.db, state!)).find((one) => one.caseId === earlier);
    expect(found).toMatchObject({ decisionNo: paper?.number, decisionSha256: paper?.sha256, servedOn: decided.decision?.delivery?.legalDay, punished: true, outfallId: decided.outfallId, actStart: decided.actStart });
    // Another party to the act is another party.
    expect(await otherCases(deps.db, { ...state!, unitId: asId<UnitId>('E777') })).toEqual([]);
  });
});
