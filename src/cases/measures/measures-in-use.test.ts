import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoAccounts, type Actor } from '#access';
import type { CaseId, ManualClock } from '#kernel';
import { deadlinesOf, sweepDeadlines } from '#platform/deadlines';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { drainOutbox } from '#platform/outbox';
import { actOnCase } from '../act-on-case.ts';
import { casePage, loadCase } from '../views/case-page.ts';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import { casesHandlers } from '../on-events.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { cast, sample, testClock, testDeps, walkCase, type TestDeps } from '../testing/index.ts';
import { unitCasePage } from '../views/unit-page.ts';

const DAY = 86_400_000;
let base: TestDatabase;
let clock: ManualClock;
let deps: TestDeps;

beforeAll(async () => {
  base = await testDatabase();
  await createDemoAccounts({ db: base.db, clock: testClock() }, []);
}, 60_000);
afterAll(() => base.drop());
beforeEach(() => {
  clock = testClock();
  deps = testDeps(base.db, clock);
});

async function stateOf(caseId: CaseId): Promise<PenaltyCase> {
  const loaded = await loadCase(base.db, caseId);
  if (loaded === undefined) throw new Error('no case');
  return loaded.state;
}
async function take(actor: Actor, caseId: CaseId, kind: CommandKind, more: object = {}): Promise<PenaltyCase> {
  const command = { ...sample(kind, clock.now(), await stateOf(caseId)), ...more } as CaseCommand;
  const result = await actOnCase(deps, actor, caseId, command);
  if (!result.ok) throw new Error(`${kind}: ${result.code} ${result.zh}`);
  return result.value;
}
/** The worker's round: terms that have run out are raised, and what follows from them is recorded. */
async function round(): Promise<void> {
  await sweepDeadlines({ db: base.db, clock });
  while ((await drainOutbox(deps, casesHandlers)) > 0);
}
const kinds = () => deps.orders.map((order) => order.kind);

describe('专项措施在用', () => {
  it('[JS-17.1] 先行登记保存：文书齐全；七个工作日未处理，平台自己登记解除，只登记一次', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    await take(cast.officer, caseId, 'PROPOSE_PRESERVATION');
    await take(cast.head, caseId, 'APPROVE_PRESERVATION');
    await take(cast.officer2, caseId, 'CARRY_OUT_PRESERVATION');
    expect(kinds()).toEqual(expect.arrayContaining(['PRESERVATION_APPROVAL', 'PRESERVATION_ORDER', 'PRESERVATION_LIST', 'PRESERVATION_RECORD']));
    const order = deps.orders.find((one) => one.kind === 'PRESERVATION_ORDER');
    expect(order?.approval?.accountId).toBe(cast.head.accountId);
    expect(order?.preparedBy.accountId).toBe(cast.officer.accountId);
    clock.advance(12 * DAY);
    await round();
    await round();
    expect(await stateOf(caseId)).toMatchObject({ preservation: 'PRESERVATION_LAPSED' });
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM case_event WHERE case_id = ${caseId} AND kind = 'LAPSE_PRESERVATION'`.execute(base.db);
    expect(rows[0]?.n).toBe(1);
    // 处理前自动解除的，期限按届满结束，不算谁迟延。
    expect((await deadlinesOf(base.db, 'case', caseId)).find((d) => d.clockId === 'T4')?.state).toBe('MET');
  });

  it('[SH-5.4] 查封到解除：审批、决定、清单、笔录、延期、解除、送达；企业看得到并可申请解除', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    await take(cast.officer, caseId, 'PROPOSE_SEALING');
    expect((await unitCasePage(deps, caseId))?.measures).toEqual([]);
    const approved = await take(cast.head, caseId, 'APPROVE_SEALING');
    const order = approved.papers.find((p) => p.kind === 'SEALING_ORDER');
    const seen = async () => (await unitCasePage(deps, caseId))?.papers.map((p) => p.kind);
    // 批准而未实施的决定书，当事人看不到。
    expect(await seen()).toEqual([]);
    const carried = await take(cast.officer, caseId, 'CARRY_OUT_SEALING');
    expect(carried.arrived[order?.paperId ?? '']).toBeDefined();
    expect(await seen()).toEqual(expect.arrayContaining(['SEALING_ORDER', 'SEALING_LIST', 'SEALING_RECORD']));
    const page = await unitCasePage(deps, caseId);
    expect(page?.measures).toEqual([expect.objectContaining({ track: 'SEALING', stateZh: '查封扣押中' })]);
    expect(page?.rights.map((r) => r.command)).toContain('REQUEST_RELEASE');
    expect(page?.clocks.map((c) => c.clockId)).toContain('T21');
    clock.advance(20 * DAY);
    await take(cast.head, caseId, 'EXTEND_SEALING');
    await take(cast.unit, caseId, 'REQUEST_RELEASE');
    await take(cast.officer, caseId, 'CHECK_RELEASE');
    const released = await take(cast.head, caseId, 'RELEASE_SEALING');
    expect(released).toMatchObject({ sealing: 'RELEASED' });
    expect(Object.keys(released.arrived)).toContain(released.papers.find((p) => p.kind === 'SEALING_EXTENSION')?.paperId);
    expect(kinds()).toEqual(expect.arrayContaining(['SEALING_APPROVAL', 'SEALING_ORDER', 'SEALING_LIST', 'SEALING_RECORD', 'SEALING_EXTENSION', 'SEALING_RELEASE', 'DELIVERY_PROOF']));
    const track = (await casePage(deps, cast.officer, caseId))?.tracks.find((t) => t.track === 'SEALING');
    expect(track).toMatchObject({ begun: true, open: false });
  });

  it('紧急查封：补办批准的决定书送达当事人；不予批准的立即解除，解除决定书送达；当事人不到场的决定书付邮', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    await take(cast.officer, caseId, 'SEAL_URGENTLY');
    const confirmed = await take(cast.head, caseId, 'CONFIRM_SEALING');
    expect(confirmed.arrived[confirmed.papers.findLast((p) => p.kind === 'SEALING_ORDER')?.paperId ?? '']).toBeDefined();
    const other = await walkCase(deps, 'FILED');
    await take(cast.officer, other.caseId, 'SEAL_URGENTLY');
    const freed = await take(cast.head, other.caseId, 'REJECT_SEALING');
    expect(freed).toMatchObject({ sealing: 'RELEASED' });
    expect(freed.papers.map((p) => p.kind)).toContain('SEALING_RELEASE');
    const absent = await walkCase(deps, 'FILED');
    await take(cast.officer, absent.caseId, 'PROPOSE_PRESERVATION');
    await take(cast.head, absent.caseId, 'APPROVE_PRESERVATION');
    const kept = await take(cast.officer, absent.caseId, 'CARRY_OUT_PRESERVATION', { partyPresent: false, orderHandedTo: '', witness: '社区干部赵某', refusal: '通知后无人到场' });
    expect(kept.papers.map((p) => p.kind)).toContain('DELIVERY_PROOF');
  });

  it.each([
    ['CARRY_OUT_PRESERVATION', 'PROPOSE_PRESERVATION', 'APPROVE_PRESERVATION', 'PRESERVATION'], ['PRESERVE_URGENTLY', '', '', 'PRESERVATION'],
    ['CARRY_OUT_SEALING', 'PROPOSE_SEALING', 'APPROVE_SEALING', 'SEALING'], ['SEAL_URGENTLY', '', '', 'SEALING'],
  ] as const)('%s：当事人不到场、拒绝签名的，写明原因并有见证人，记入笔录和清单，缺一不可（行政强制法 第十八条第八、九项）', async (step, proposed, approved, track) => {
    const { caseId } = await walkCase(deps, 'FILED');
    if (proposed !== '') await take(cast.officer, caseId, proposed);
    if (approved !== '') await take(cast.head, caseId, approved);
    const tried = (more: object) => actOnCase(deps, cast.officer, caseId, { ...sample(step, deps.clock.now()), ...more } as CaseCommand);
    const absent = { partyPresent: false, ...('orderHandedTo' in sample(step, deps.clock.now()) ? { orderHandedTo: '' } : {}) };
    expect(await tried({ signed: false })).toMatchObject({ missing: ['当事人拒绝签名的原因', '当事人拒绝签名时的见证人'] });
    expect(await tried({ signed: false, refusal: '认为不应查封' })).toMatchObject({ missing: ['当事人拒绝签名时的见证人'] });
    expect(await tried({ ...absent, witness: '社区干部赵某' })).toMatchObject({ missing: ['当事人没有到场的原因'] });
    expect(await tried({ ...absent, refusal: '通知后无人到场' })).toMatchObject({ missing: ['当事人不到场时的见证人'] });
    expect(await tried({ signed: false, refusal: '认为不应查封', witness: '社区干部赵某' })).toMatchObject({ ok: true });
    const made = (kind: string) => deps.orders.findLast((order) => order.caseId === caseId && order.kind === kind)?.data;
    const noted = '当事人（张演示）拒绝签名：认为不应查封。由见证人社区干部赵某签名，两名执法人员注明并签名。';
    expect(made(`${track}_RECORD`)).toMatchObject({ signature: noted, witness: '社区干部赵某' });
    expect(made(`${track}_LIST`)).toMatchObject({ signature: noted, signedBy: '张演示拒绝签名', witness: '社区干部赵某' });
  });

  it('查封期满未解除：平台登记，期限显示逾期，解除后才算（迟延地）了结', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    await take(cast.officer, caseId, 'SEAL_URGENTLY');
    await take(cast.head, caseId, 'CONFIRM_SEALING');
    clock.advance(32 * DAY);
    await round();
    expect(await stateOf(caseId)).toMatchObject({ sealing: 'SEALING_OVERRUN' });
    expect((await casePage(deps, cast.officer, caseId))?.clocks.find((c) => c.clockId === 'T21')?.overdue).toBe(true);
    await take(cast.head, caseId, 'RELEASE_SEALING', { ground: 'TERM_OVER' });
    expect((await deadlinesOf(base.db, 'case', caseId)).find((d) => d.clockId === 'T21')?.state).toBe('OVERDUE_MET');
  });

  it('涉嫌犯罪移送：审批表含法制意见，移送书由批准移送的人核准用印', async () => {
    const { caseId } = await walkCase(deps, 'FILED');
    clock.advance(DAY);
    await take(cast.officer, caseId, 'RECORD_INQUIRY');
    await take(cast.officer, caseId, 'PROPOSE_TRANSFER');
    await take(cast.legal, caseId, 'GIVE_TRANSFER_OPINION');
    await take(cast.head, caseId, 'APPROVE_TRANSFER');
    await take(cast.officer, caseId, 'SEND_TRANSFER');
    expect(deps.orders.find((one) => one.kind === 'TRANSFER_LETTER')?.approval?.accountId).toBe(cast.head.accountId);
    expect(await take(cast.officer, caseId, 'RECORD_POLICE_REFUSED')).toMatchObject({ main: 'POLICE_REFUSED' });
    expect(await take(cast.head, caseId, 'ACCEPT_REFUSAL')).toMatchObject({ main: 'INVESTIGATING' });
  });

  it('[JS-12.2] 按日连续处罚与损害赔偿：文书由卷内事实生成；只依据自动监测数据的复查，数据未经审核不得计罚', async () => {
    const { caseId } = await walkCase(deps, 'PERFORMING');
    clock.advance(20 * DAY);
    const { outfallId } = await take(cast.officer, caseId, 'CHECK_RECTIFICATION', { corrected: false, from: '2026-04-02', to: '2026-04-04' });
    // The check read it from data alone: they are reviewed before anything is fined on them (江苏办法 第十二条).
    const checked = `data:${outfallId}:${Date.parse('2026-04-02T00:00:00+08:00')}:${Date.parse('2026-04-05T00:00:00+08:00')}`;
    await expect(take(cast.officer, caseId, 'PROPOSE_DAILY_PENALTY')).rejects.toThrow(/CASE-004/);
    deps.reviewed.add(checked);
    await take(cast.officer, caseId, 'PROPOSE_DAILY_PENALTY');
    await take(cast.head, caseId, 'SEND_DAILY_NOTICE');
    await take(cast.unit, caseId, 'DEFEND_AGAINST_DAILY');
    clock.advance(9 * DAY);
    await take(cast.officer, caseId, 'CLOSE_DAILY_WINDOW');
    await take(cast.caseReviewer, caseId, 'REVIEW_DAILY_DEFENCE');
    await take(cast.legal, caseId, 'PASS_DAILY_LEGAL_REVIEW');
    await take(cast.head, caseId, 'DISCUSS_DAILY_PENALTY');
    deps.reviewed.delete(checked);
    await expect(take(cast.head, caseId, 'DECIDE_DAILY_PENALTY')).rejects.toThrow(/CASE-004/);
    deps.reviewed.add(checked);
    const decided = await take(cast.head, caseId, 'DECIDE_DAILY_PENALTY');
    expect(decided).toMatchObject({ daily: 'DAILY_PAYING' });
    const paper = deps.orders.find((one) => one.kind === 'DAILY_PENALTY')?.data as { amount: string; days: number };
    expect(Number(paper.amount)).toBe(paper.days * (decided.decision?.amount ?? 0));
    await take(cast.officer, caseId, 'OPEN_DAMAGE_CLAIM');
    await take(cast.officer, caseId, 'APPRAISE_DAMAGE');
    await take(cast.head, caseId, 'INVITE_TO_NEGOTIATE');
    await take(cast.officer, caseId, 'RECORD_NEGOTIATION');
    await take(cast.head, caseId, 'SIGN_AGREEMENT');
    expect(kinds()).toEqual(expect.arrayContaining(['DAILY_NOTICE', 'DAILY_PENALTY', 'DAMAGE_CLUE', 'NEGOTIATION_LETTER', 'DAMAGE_AGREEMENT']));
    expect((await unitCasePage(deps, caseId))?.measures.map((m) => m.track).toSorted()).toEqual(['DAILY', 'DAMAGE']);
  });
});
