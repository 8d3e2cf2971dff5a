import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, isRefusal, manualClock, startOfDay, type AccountId, type AuthorityId, type RegionKey, type Result } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { checkSignedPdf } from './check-signed-pdf.ts';
import { documentKinds, type DocumentKindKey } from './document-kinds.ts';
import { issueDocument, sealsOf, type DocumentDeps, type DocumentOrder } from './issue-document.ts';
import { reserveNumber, voidNumber, type IssuingAuthority } from './number-document.ts';
import { documentsHandlers } from './on-document-issued.ts';
import { documentsOf, findDocument, sealUsesOf } from './store.ts';

let test: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'mingjian-docs-'));
const clock = manualClock(instant(Date.UTC(2026, 2, 26, 2)));
const deps: DocumentDeps = { clock, law: loadLaw(), blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder } };
beforeAll(async () => void (test = await testDatabase()));
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

const officer = { accountId: asId<AccountId>('acc-1'), name: '李甲' };
const head = { accountId: asId<AccountId>('acc-2'), name: '陈丁' };
let authorities = 0;
let authority: IssuingAuthority;
beforeEach(() => {
  authorities++;
  authority = { authorityId: asId<AuthorityId>(`A-${authorities}`), name: '示范市生态环境局', docPrefix: '示环', region: asId<RegionKey>('jiangsu') };
  clock.set(instant(Date.UTC(2026, 2, 26, 2)));
});

function must<T>(result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${result.zh}`);
  return result.value;
}

const order = (kind: DocumentKindKey, more: Partial<DocumentOrder> = {}): DocumentOrder => ({
  kind, data: documentKinds[kind].sample, authority, subject: { kind: 'case', id: 'case-1' }, preparedBy: officer,
  approval: { ...head, approvedAt: clock.now(), ref: 'evt-1' }, ...more,
});
const issue = (o: DocumentOrder) => transact(test.db, (tx) => issueDocument(tx, deps, o));
const numbers = async () =>
  (await sql<{ number: string; state: string; no: number }>`SELECT number, state, no FROM document_number
    WHERE authority_id = ${authority.authorityId} ORDER BY series, year, no`.execute(test.db)).rows;

describe('[JS-20.5] 审批通过自动生成电子签章', () => {
  it('批准后文书即带文号、印章，可核验，留有用印记录', async () => {
    const issued = must(await issue(order('PENALTY_DECISION')));
    expect(issued.number).toBe('示环罚〔2026〕1号');
    const report = await checkSignedPdf(await deps.blobs.get(issued.sha256), { roots: must(sealsOf(deps)).roots() });
    expect(report).toMatchObject({ accepted: true });
    expect(report.signatures.map((s) => s.field)).toEqual(['seal']);
    const row = (await findDocument(test.db, issued.documentId))!;
    expect(row).toMatchObject({ number: issued.number, sealed: true, provider: 'development', approvedBy: 'acc-2', preparedBy: 'acc-1' });
    const [use] = await sealUsesOf(test.db, issued.documentId);
    expect(use).toMatchObject({ digestBefore: expect.stringMatching(/^[0-9a-f]{64}$/), digestAfter: issued.sha256, subjectKind: 'authority' });
    const { rows } = await sql<{ type: string }>`SELECT type FROM outbox WHERE subject = ${issued.documentId}`.execute(test.db);
    expect(rows).toEqual([{ type: 'document.issued' }]);
  });

  it('没有批准、自己批准、批准过期的，不予用印，文号不占用', async () => {
    const { approval: _none, ...without } = order('PENALTY_DECISION');
    expect(await issue(without)).toMatchObject({ code: 'DOC-009' });
    expect(await issue(order('PENALTY_DECISION', { approval: { ...officer, approvedAt: clock.now(), ref: 'x' } }))).toMatchObject({ code: 'DOC-007' });
    const stale = order('PENALTY_DECISION');
    clock.advance(31 * 60_000);
    expect(await issue(stale)).toMatchObject({ code: 'DOC-008' });
    expect(await numbers()).toEqual([]);
  });

  it('审批表由实际行为人签名，集体各页另有空位不代签', async () => {
    const issued = must(await issue(order('FILING_APPROVAL')));
    const uses = await sealUsesOf(test.db, issued.documentId);
    expect(uses.map((use) => [use.subjectName, use.subjectId])).toEqual([['李甲', 'acc-1'], ['陈丁', 'acc-2']]);
  });

  it('平台按规则发出的提醒单带平台签名，不盖章', async () => {
    const platform = { accountId: asId<AccountId>('platform'), name: '信息平台' };
    const { approval: _none, ...alert } = order('REMINDER_NOTICE', { preparedBy: platform });
    const issued = must(await issue(alert));
    expect(issued.number).toBe('示环提醒〔2026〕1号');
    expect((await sealUsesOf(test.db, issued.documentId)).map((use) => use.subjectKind)).toEqual(['platform']);
  });

  it('生产模式拒绝开发印章', async () => {
    const production = { ...deps, config: { ...deps.config, production: true } };
    const refused = await transact(test.db, (tx) => issueDocument(tx, production, order('PENALTY_DECISION')));
    expect(refused).toMatchObject({ code: 'DOC-010' });
    expect(await numbers()).toEqual([]);
  });
});

describe('[JS-17.1] 文号', () => {
  it('同一机关、文种、年度连续编号；并发不重不漏', async () => {
    const issued = await Promise.all(Array.from({ length: 8 }, () => issue(order('DEFENCE_REVIEW'))));
    expect(issued.map(must).map((d) => d.number).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `示环复核〔2026〕${n}号`));
    const reserve = () => transact(test.db, (tx) => reserveNumber(tx, deps, 'DEFENCE_REVIEW', authority, officer.accountId));
    const reserved = await Promise.all(Array.from({ length: 40 }, reserve));
    expect(new Set(reserved.map((r) => r.number)).size).toBe(40);
    expect((await numbers()).map((n) => n.no)).toEqual(Array.from({ length: 48 }, (_, i) => i + 1));
  });

  it('失败的事务归还文号，没有空号', async () => {
    must(await issue(order('LEGAL_REVIEW')));
    expect(await issue(order('LEGAL_REVIEW', { data: {} }))).toMatchObject({ code: 'DOC-001' });
    await expect(
      transact(test.db, async (tx) => {
        must(await issueDocument(tx, deps, order('LEGAL_REVIEW')));
        throw new Error('crash');
      }),
    ).rejects.toThrow('crash');
    expect(must(await issue(order('LEGAL_REVIEW'))).number).toBe('示环法审〔2026〕2号');
  });

  it('批准时预留，作废后不再使用', async () => {
    const first = await transact(test.db, (tx) => reserveNumber(tx, deps, 'PENALTY_DECISION', authority, officer.accountId));
    const second = await transact(test.db, (tx) => reserveNumber(tx, deps, 'PENALTY_DECISION', authority, officer.accountId));
    must(await transact(test.db, (tx) => voidNumber(tx, deps, first.numberId, '决定改为不予处罚', officer.accountId)));
    expect(await issue(order('PENALTY_DECISION', { numberId: first.numberId }))).toMatchObject({ code: 'DOC-014' });
    expect(must(await issue(order('PENALTY_DECISION', { numberId: second.numberId }))).number).toBe('示环罚〔2026〕2号');
    expect(await issue(order('PENALTY_DECISION', { numberId: second.numberId }))).toMatchObject({ code: 'DOC-014' });
    expect(must(await issue(order('PENALTY_DECISION'))).number).toBe('示环罚〔2026〕3号');
    expect((await numbers()).map((n) => n.state)).toEqual(['VOID', 'ISSUED', 'ISSUED']);
    const again = await transact(test.db, (tx) => voidNumber(tx, deps, second.numberId, '误', officer.accountId));
    expect(again).toMatchObject({ code: 'DOC-014' });
  });

  it('年度按北京时间更替，文种各自编号', async () => {
    clock.set(instant(startOfDay(calendarDay('2027-01-01')) - 1));
    expect(must(await issue(order('CASE_REVIEW_OPINION'))).number).toBe('示环审〔2026〕1号');
    clock.set(startOfDay(calendarDay('2027-01-01')));
    expect(must(await issue(order('CASE_REVIEW_OPINION'))).number).toBe('示环审〔2027〕1号');
    expect(must(await issue(order('LEGAL_REVIEW'))).number).toBe('示环法审〔2027〕1号');
  });

  it('文号式样是地区数据：各地区按自己的式样，没有写明的按全国通例', async () => {
    const reserve = (region: string) =>
      transact(test.db, (tx) => reserveNumber(tx, deps, 'RECTIFICATION_ORDER', { ...authority, authorityId: asId<AuthorityId>(`${authority.authorityId}-${region}`), region: asId<RegionKey>(region) }, officer.accountId));
    const written = [];
    for (const region of ['jiangsu', 'shanghai', 'nowhere', 'shanghai']) written.push((await reserve(region)).number);
    expect(written).toEqual(['示环责改〔2026〕1号', '示环责改第2026000001号', '示环责改〔2026〕1号', '示环责改第2026000002号']);
  });
});

describe('documents are only ever added', () => {
  it('the application role can neither change nor remove a document or a use of the seal', async () => {
    must(await issue(order('RECTIFICATION_ORDER')));
    for (const statement of ['UPDATE document SET data = \'{}\'', 'DELETE FROM document', 'DELETE FROM document_seal_use', 'DELETE FROM document_number', 'UPDATE document_number SET number = \'x\'']) {
      await expect(sql.raw(statement).execute(test.db), statement).rejects.toThrow(/permission denied/);
    }
  });

  it('an issued document becomes a leaf of the evidence log', async () => {
    const issued = must(await issue(order('SUSPICION_NOTICE', { subject: { kind: 'review', id: 'rev-9' } })));
    const { rows } = await sql<{ payload: unknown; seq: number }>`SELECT payload, seq FROM outbox WHERE subject = ${issued.documentId}`.execute(test.db);
    const event = { type: 'document.issued', subject: issued.documentId, payload: rows[0]!.payload, seq: rows[0]!.seq, occurredAt: clock.now() };
    await transact(test.db, async (tx) => documentsHandlers[0]!.handle(deps, tx, event));
    const leaves = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf`.execute(test.db);
    expect(leaves.rows.some((row) => row.leaf.includes(issued.sha256))).toBe(true);
    expect((await documentsOf(test.db, 'review', 'rev-9')).map((d) => d.documentId)).toEqual([issued.documentId]);
  });
});
