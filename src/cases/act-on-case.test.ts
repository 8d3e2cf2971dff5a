import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoAccounts, demoAccountId, type Actor } from '#access';
import { calendarDay, instant, type CaseId, type ManualClock } from '#kernel';
import { deadlinesOf } from '#platform/deadlines';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from './act-on-case.ts';
import { casePage, loadCase } from './views/case-page.ts';
import type { CaseCommand, CommandOf } from './commands/index.ts';
import { handoverSchema, receiveHandover } from './receive-handover.ts';
import { evidence, sample } from './testing/index.ts';
import { runFact } from './testing/observed.ts';
import { GROWN_CLUE } from './testing/sample-terms.ts';
import { eventsOf } from './store/case-store.ts';
import { foldCase } from './fold.ts';
import { cast, filingOf, handover, inquiryAt, person, testClock, testDeps, walkCase, type TestDeps } from './testing/index.ts';
import { unitCasePage } from './views/unit-page.ts';

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

const received = async (): Promise<CaseId> => (await walkCase(deps, 'RECEIVED')).caseId;

const act = (actor: Actor, caseId: CaseId, command: CaseCommand) => actOnCase(deps, actor, caseId, command);

async function must(actor: Actor, caseId: CaseId, command: CaseCommand) {
  const result = await act(actor, caseId, command);
  if (!result.ok) throw new Error(`${command.kind}: ${result.code} ${result.zh}`);
  return result.value;
}

const now = () => clock.now();
const CHECKLIST = [
  evidence('DEVICE_QC', 'DOCUMENT'),
  evidence('CALC', 'DOCUMENT'),
  evidence('PARTY', 'DOCUMENT'),
  evidence('PERMIT', 'DOCUMENT'),
];

it('[NMG-2.2c] 监控部门的复核单与审核意见、移送单一并入卷，各为其文书', async () => {
  const find: typeof deps.papers.find = async (_tx, id) => ({ documentId: id, number: id, title: id, sha256: 'a'.repeat(64), pages: 1, issuedOn: calendarDay('2026-03-13') });
  const given = handoverSchema.parse(handover({ reviewId: 'rvw-noted', clueId: 'clue-noted', confirmedDocumentId: 'note', opinionDocumentId: 'opinion', handoverDocumentId: 'sheet' }));
  const caseId = await transact(base.db, (tx) => receiveHandover(tx, { ...deps, papers: { ...deps.papers, find } }, given));
  const { papers } = foldCase(await eventsOf(base.db, caseId as CaseId));
  expect(papers.map(({ kind, number }) => [kind, number])).toEqual([['CONTROL_RECHECK_NOTE', 'note'], ['REVIEW_OPINION', 'opinion'], ['HANDOVER_SHEET', 'sheet']]);
});

async function investigated(): Promise<CaseId> {
  const id = await received();
  await must(cast.officer, id, await filingOf(deps, id));
  await must(cast.enforcement, id, sample('APPROVE_FILING', now()));
  for (const item of CHECKLIST) await must(cast.officer, id, item);
  await must(cast.officer2, id, inquiryAt(now()));
  return id;
}

async function noticed(): Promise<CaseId> {
  const id = await investigated();
  await must(cast.officer, id, sample('FINISH_INVESTIGATION', now()));
  await must(cast.caseReviewer, id, sample('PASS_CASE_REVIEW', now()));
  await must(cast.officer, id, sample('SET_DISCRETION', now()));
  await must(cast.head, id, sample('DELIBERATE', now()));
  await must(cast.head, id, sample('SEND_NOTICE', now()));
  return id;
}

async function decided(): Promise<CaseId> {
  const id = await noticed();
  await must(cast.unit, id, sample('WAIVE_RIGHTS', now()));
  await must(cast.legal, id, sample('PASS_LEGAL_REVIEW', now()));
  await must(cast.head, id, sample('DECIDE', now()));
  return id;
}

describe('从移送到结案', () => {
  it('[JS-13.1] [JS-14.1] [JS-16] [JS-18.1] [JS-20.2] 走完全程，时钟有条文，文书各就各位', async () => {
    const id = await noticed();
    const open = (await deadlinesOf(base.db, 'case', id)).filter((d) => d.state === 'OPEN').map((d) => d.clockId);
    expect(open.toSorted()).toEqual(['T5', 'T6', 'T8']);
    await must(cast.unit, id, sample('SUBMIT_DEFENCE', now()));
    expect(await act(cast.officer, id, sample('CLOSE_WINDOW', now()))).toMatchObject({ ok: false, code: 'CASE-003' });
    clock.advance(8 * DAY);
    let state = await must(cast.officer, id, sample('CLOSE_WINDOW', now()));
    await must(cast.caseReviewer, id, sample('REVIEW_DEFENCE', now(), state));
    await must(cast.legal, id, sample('PASS_LEGAL_REVIEW', now()));
    await must(cast.head, id, sample('DECIDE', now()));
    await must(cast.head, id, sample('ORDER_RECTIFICATION', now()));
    state = await must(cast.officer, id, sample('SEND_DECISION', now()));
    expect(state).toMatchObject({ main: 'PERFORMING', rectification: 'CORRECTING' });
    expect(state.running.T10).toBeDefined();
    clock.advance(3 * DAY);
    await must(cast.unit, id, sample('REPORT_PAYMENT', now()));
    state = await must(cast.finance, id, sample('REGISTER_PAYMENT', now(), state));
    await must(cast.unit, id, sample('REPORT_RECTIFICATION', now()));
    await must(cast.officer2, id, sample('CHECK_RECTIFICATION', now()));
    await must(cast.officer, id, sample('PROPOSE_CLOSING', now()));
    state = await must(cast.head, id, sample('APPROVE_CLOSING', now()));
    expect(state.main).toBe('CLOSED');

    const rows = await deadlinesOf(base.db, 'case', id);
    expect(
      rows
        .filter((d) => d.state === 'OPEN')
        .map((d) => d.clockId)
        .toSorted(),
    ).toEqual(['T13', 'T14', 'T18']);
    expect(rows.filter((d) => d.state === 'OVERDUE_MET')).toEqual([]);
    for (const row of rows) expect(row.article).toMatch(/第.+条|参考值/);
    // The projection, the ledger and the fold say the same.
    expect(foldCase(await eventsOf(base.db, id))).toEqual(JSON.parse(JSON.stringify(state)));
    const kinds = state.papers.map((p) => p.kind);
    for (const kind of [
      'FILING_APPROVAL',
      'REMOTE_INQUIRY_RECORD',
      'INVESTIGATION_REPORT',
      'DISCRETION_SHEET',
      'PRIOR_NOTICE',
      'DEFENCE_REVIEW',
      'LEGAL_REVIEW',
      'PENALTY_DECISION',
      'RECTIFICATION_CHECK',
      'CLOSING_APPROVAL',
    ]) {
      expect(kinds).toContain(kind);
    }
    const { rows: emitted } = await sql<{
      type: string;
    }>`SELECT type FROM outbox WHERE subject = ${id} ORDER BY seq`.execute(base.db);
    expect(emitted.map((e) => e.type)).toEqual([
      'case.received',
      'case.filed',
      'case.notice_sent',
      'case.decision_ready',
      'case.decided',
      'case.decision_delivered',
      'case.closed',
    ]);
    const { rows: leaves } = await sql<{
      n: number;
    }>`SELECT count(*)::int AS n FROM evidence_leaf WHERE convert_from(bytes, 'UTF8') LIKE ${`%${id}%`}`.execute(
      base.db,
    );
    expect(leaves[0]?.n).toBe(state.version);
  });

  it('同一移送事件送达两次只立一卷', async () => {
    const given = handoverSchema.parse(handover({ reviewId: 'review-twice', clueId: 'clue-twice' }));
    const first = await transact(base.db, (tx) => receiveHandover(tx, deps, given));
    const second = await transact(base.db, (tx) => receiveHandover(tx, deps, given));
    expect(first).toBeDefined();
    expect(second).toBeUndefined();
  });

  it('纸质送达未到之前不起算陈述申辩期', async () => {
    deps.arrives = false;
    const id = await noticed();
    const page = await casePage(deps, cast.officer, id);
    expect(page?.state.main).toBe('NOTICE_SENT');
    expect(page?.clocks.some((c) => c.clockId === 'T5')).toBe(false);
  });
});

describe('职责分离与权限', () => {
  it('两名执法人员须不同且证件有效', async () => {
    const id = await received();
    const alone = { ...(await filingOf(deps, id)), assistOfficerId: cast.officer.accountId } as CaseCommand;
    expect(await act(cast.officer, id, alone)).toMatchObject({ ok: false, code: 'CASE-003' });
    const expired = { ...(await filingOf(deps, id)), assistOfficerId: demoAccountId('officer3') } as CaseCommand;
    expect(await act(cast.officer, id, expired)).toMatchObject({ ok: false, code: 'CASE-006' });
    expect((await eventsOf(base.db, id)).length).toBe(1);
  });

  it('调查人员不得审查、审核、主持听证或签发本案', async () => {
    const id = await investigated();
    await must(cast.officer, id, sample('FINISH_INVESTIGATION', now()));
    const both = person('officer', ['enforcement-officer', 'case-reviewer', 'authority-head', 'legal']);
    expect(await act(both, id, sample('PASS_CASE_REVIEW', now()))).toMatchObject({ ok: false, code: 'ACCESS-010' });
    const signing = await decidedBut(both);
    expect(signing).toMatchObject({ ok: false, code: 'ACCESS-010' });
  });

  it('数据审核人不得成为本案调查人员以外的越权者：没有岗位的人一律被拒', async () => {
    const id = await received();
    expect(await act(cast.legal, id, sample('PROPOSE_FILING', now()))).toMatchObject({ ok: false, code: 'ACCESS-004' });
    const neighbour = { ...person('neighbour', ['enforcement-officer']), authorityId: 'JS-NZ' as never };
    expect(await act(neighbour, id, sample('PROPOSE_FILING', now()))).toMatchObject({ ok: false, code: 'ACCESS-005' });
    expect(await act(cast.officer, id, sample('RECORD_NOTICE_DELIVERED', now()))).toMatchObject({ ok: false });
  });

  it('非承办人不得固定证据；声明利害关系后出局', async () => {
    const id = await investigated();
    expect(await act(cast.enforcement, id, evidence('PARTY', 'DOCUMENT'))).toMatchObject({
      ok: false,
      code: 'CASE-008',
    });
    await must(cast.officer2, id, sample('DECLARE_INTEREST', now()));
    expect(await act(cast.officer2, id, evidence('PARTY', 'DOCUMENT'))).toMatchObject({
      ok: false,
      code: 'ACCESS-011',
    });
    // The case goes on with somebody else, not in the name of who stands aside.
    expect(await act(cast.officer, id, sample('FINISH_INVESTIGATION', now()))).toMatchObject({ ok: false, missing: expect.arrayContaining([expect.stringMatching(/^更换已申报回避的/)]) });
  });

  it('呈批人不得批准自己的立案', async () => {
    const id = await received();
    await must(cast.enforcement, id, await filingOf(deps, id));
    expect(await act(cast.enforcement, id, sample('APPROVE_FILING', now()))).toMatchObject({
      ok: false,
      code: 'CASE-003',
    });
    // The head of the authority decides on the opinion of the department, here of the very head of it who proposed.
    expect(await act(cast.head, id, sample('APPROVE_FILING', now()))).toMatchObject({ ok: false, missing: ['部门负责人意见'] });
    expect(await act(cast.enforcement, id, sample('ENDORSE_FILING', now()))).toMatchObject({ ok: true });
    expect(await act(cast.head, id, sample('APPROVE_FILING', now()))).toMatchObject({ ok: true });
  });

  it('放弃权利由法定代表人签署；别人签署的，须附授权委托书', async () => {
    const id = await noticed();
    const waiver = { ...(sample('WAIVE_RIGHTS', now()) as CommandOf<'WAIVE_RIGHTS'>), proof: [] };
    expect(await act(cast.unit, id, { ...waiver, signer: '环保负责人' })).toMatchObject({ ok: false, missing: [expect.stringContaining('授权委托书')] });
    expect(await act(cast.unit, id, { ...waiver, signer: '张演示' })).toMatchObject({ ok: true, value: { main: 'LEGAL_REVIEW' } });
  });

  async function decidedBut(signer: Actor) {
    const id = await noticed();
    await must(cast.unit, id, sample('WAIVE_RIGHTS', now()));
    await must(cast.legal, id, sample('PASS_LEGAL_REVIEW', now()));
    return act(signer, id, sample('DECIDE', now()));
  }
});

describe('证据门与账本', () => {
  it('[JS-12.2] 未经审核的电子数据被拒，且数据库本身也写不进去', async () => {
    const id = await investigated();
    const raw = {
      ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'),
      source: { from: 'PLATFORM_DATA', dataRef: 'x' },
    } as CaseCommand;
    expect(await act(cast.officer, id, raw)).toMatchObject({ ok: false, code: 'CASE-004' });
    const other = {
      ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'),
      source: { from: 'REVIEWED_DATA', reviewId: '', dataRef: 'data:DA001:1:2' },
    } as CaseCommand;
    expect(await act(cast.officer, id, other)).toMatchObject({ ok: false, code: 'CASE-004' });
    const forced = sql`INSERT INTO case_evidence (case_id, item_id, point, evidence_kind, mode, title, attached_at)
      VALUES (${id}, 'X', 'AUTO_DATA', 'ELECTRONIC_DATA', 'OFFSITE', 'x', 1)`.execute(base.db);
    await expect(forced).rejects.toThrow(/check/);
  });

  it('[JS-12.2] 补充审核通过的数据可以作为证据', async () => {
    const id = await investigated();
    deps.reviewed.add('data:DA001:5:6');
    const later = {
      ...evidence('AUTO_DATA', 'ELECTRONIC_DATA'),
      source: { from: 'REVIEWED_DATA', reviewId: '', dataRef: 'data:DA001:5:6' },
    } as CaseCommand;
    const state = await must(cast.officer, id, later);
    expect(state.evidence.at(-1)?.source).toMatchObject({ reviewId: 'review-1', dataRef: 'data:DA001:5:6' });
  });

  it('[JS-12.2] 审核否定的文件改称书证提交的被拒；没有送审的书证不受影响', async () => {
    const id = await investigated();
    const check = deps.reviews.check.bind(deps.reviews);
    const refusedFile = 'e'.repeat(64);
    const rejecting: typeof deps = { ...deps, reviews: { ...deps.reviews, check: async (tx, dataRef) => (dataRef === `material:${refusedFile}` ? { ok: false, code: 'REVIEW-021', zh: '审核未通过', en: 'failed review' } : check(tx, dataRef)) } };
    const paper = (sha256: string) => ({ ...evidence('PERMIT', 'DOCUMENT'), source: { from: 'FILE', fileName: '副本.pdf', sha256 } }) as CaseCommand;
    expect(await actOnCase(rejecting, cast.officer, id, paper(refusedFile))).toMatchObject({ ok: false, code: 'CASE-004' });
    expect(await actOnCase(rejecting, cast.officer, id, paper('d'.repeat(64)))).toMatchObject({ ok: true });
  });

  it('账本只增不改：应用角色不能改写或删除案件事件、文书、证据、裁量记录', async () => {
    await received();
    for (const table of ['case_event', 'case_paper', 'case_evidence', 'case_discretion_run']) {
      await expect(sql`DELETE FROM ${sql.table(table)}`.execute(base.db), table).rejects.toThrow(/permission denied/);
      await expect(sql`UPDATE ${sql.table(table)} SET case_id = case_id`.execute(base.db), table).rejects.toThrow(
        /permission denied/,
      );
    }
  });

  it('被拒的行为不留任何痕迹', async () => {
    const id = await decided();
    const count = async () =>
      (
        await sql<{
          n: number;
        }>`SELECT (SELECT count(*) FROM case_event)::int + (SELECT count(*) FROM case_paper)::int + (SELECT count(*) FROM outbox)::int + (SELECT count(*) FROM evidence_leaf)::int AS n`.execute(
          base.db,
        )
      ).rows[0]?.n;
    const before = await count();
    expect(await act(cast.head, id, sample('DECIDE', now()))).toMatchObject({ ok: false, code: 'CASE-002' });
    expect(await count()).toBe(before);
  });
});

describe('页面', () => {
  it('案件页：下一步是主按钮，旁边列出还缺什么', async () => {
    const id = await received();
    await must(cast.officer, id, await filingOf(deps, id));
    await must(cast.enforcement, id, sample('APPROVE_FILING', now()));
    const page = await casePage(deps, cast.officer, id);
    const first = page?.next[0];
    expect(first).toMatchObject({ command: 'FINISH_INVESTIGATION', primary: true, allowed: true });
    expect(first?.missing).toContain('调查（远程）询问笔录');
    expect(page?.next.some((s) => s.command === 'RECORD_REMEDY')).toBe(false);
    expect(page?.clocks.find((c) => c.clockId === 'T8')).toMatchObject({ overdue: false, dueDay: '2026-06-15' });
    expect(page?.correctBy).toBe('2026-04-15');
    expect(page?.timeline.map((t) => t.step)).toEqual(['RECEIVED', 'PROPOSE_FILING', 'APPROVE_FILING']);
  });

  it('[JS-13.2] 企业页：告知书送达后看到陈述申辩和放弃权利，看不到内部文书', async () => {
    const id = await noticed();
    const page = await unitCasePage(deps, id);
    expect(page?.rights.map((r) => r.command)).toEqual(['SUBMIT_DEFENCE', 'REQUEST_HEARING', 'WAIVE_RIGHTS', 'ASK_QUESTION', 'ASK_OFFICER_RECUSAL']);
    expect(page?.papers.map((p) => p.kind)).toEqual(['PRIOR_NOTICE']);
    expect(page?.clocks.map((c) => c.clockId).toSorted()).toEqual(['T5', 'T6']);
    expect(instant(page?.clocks[0]?.dueAt ?? 0)).toBeGreaterThan(now());
  });

  it('机关信息缺少法院的，到作出决定一步被拦住；填写后可以作出', async () => {
    deps.unnamed = ['court', 'phone'];
    await expect(walkCase(deps, 'DECIDED')).rejects.toThrow(/DECIDE: CASE-003 .*机关信息中的管辖法院/);
    deps.unnamed = [];
    expect((await walkCase(deps, 'DECIDED')).state?.main).toBe('DECIDED');
  });

  it('企业页：拟处罚款和所依据的法律照送达的告知书，未送达前一字不露；决定书送达后写明怎样缴款、向谁复议起诉', async () => {
    deps.arrives = false;
    const waiting = await unitCasePage(deps, await noticed());
    deps.arrives = true;
    expect(waiting?.proposed).toBeNull();
    const { caseId } = await walkCase(deps, 'NOTICED');
    const told = await unitCasePage(deps, caseId);
    const sum = (await loadCase(base.db, caseId))?.state.proposal?.amount;
    expect(told?.proposed).toMatchObject({ amount: sum, penalties: [{ zh: '罚款', en: 'fine' }], statementTerm: '收到本告知书之日起五个工作日内', penal: [{ instrument: expect.stringContaining('法') }] });
    expect([told?.decided, told?.amount]).toEqual([null, null]);
    const { caseId: decided } = await walkCase(deps, 'PERFORMING');
    const page = await unitCasePage(deps, decided);
    expect(page?.decided).toMatchObject({ payment: expect.stringContaining('到指定银行缴纳罚款'), reconsideration: { zh: '清川市人民政府', en: 'Qingchuan government' }, court: { zh: '清川法院', term: '六个月内' } });
    expect(page?.decided?.decisions.map(({ en }) => en)).toContain(`fine: ${page?.amount?.toLocaleString('en-US')} yuan`);
    expect(page?.clocks.find(({ clockId }) => clockId === 'T5')?.end).toEqual({ zh: '已行使', en: 'used' });
    expect(page?.clocks.some(({ clockId }) => clockId === 'T11')).toBe(false);
  });
});

it('新增事实列入本案的，补充审核通过、已固定为证据的数据所示的事实作为数据一并列入', async () => {
  const { caseId, state } = await walkCase(deps, 'FILED');
  const dataRef = `data:${state?.outfallId}:${GROWN_CLUE.handedOver.to}:${GROWN_CLUE.now.to}`;
  deps.reviewed.add(dataRef);
  deps.supplied = [runFact('氮氧化物', '2026-03-12T08', 24)];
  deps.clueVersions = [{ ...GROWN_CLUE.handedOver, knownAt: instant(now() - 90 * DAY) }, { ...GROWN_CLUE.now, knownAt: now() }];
  await must(cast.officer, caseId, { ...(evidence('AUTO_DATA', 'ELECTRONIC_DATA') as CommandOf<'ATTACH_EVIDENCE'>), source: { from: 'REVIEWED_DATA', reviewId: '', dataRef } });
  const settle = sample('SETTLE_LATER_FINDINGS', now()) as CommandOf<'SETTLE_LATER_FINDINGS'>;
  const after = await must(cast.officer, caseId, { ...settle, way: 'TAKE_IN', actStart: calendarDay('2026-03-12'), actEnd: calendarDay('2026-03-13'), facts: '连续 30 小时超过限值。' });
  expect(after.settledFindings).toMatchObject([{ way: 'TAKE_IN', asData: true }]);
  // Its handover held no facts as data: of the whole no figure is known.
  expect(after.observed).toBeUndefined();
});
