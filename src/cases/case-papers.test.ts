import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountsOf, createDemoAccounts, DEMO_CITY, type Actor } from '#access';
import { deliveriesOf, recordProof } from '#delivery';
import { checkSignedPdf, formatDay, findDocument, importFile, registerDocumentRoutes, sealsOf, sealUsesOf, type DocumentDeps } from '#documents';
import { asId, dayOf, type DeliveryId, type DocumentId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { createHttp } from '#platform/http';
import { transact } from '#platform/db';
import { drainOutbox } from '#platform/outbox';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { papersOf, postOf } from './connect.ts';
import { actOnCase } from './act-on-case.ts';
import { casesHandlers } from './on-events.ts';
import { loadCase } from './views/case-page.ts';
import type { CaseCommand } from './commands/index.ts';
import { textOfPages } from './testing/paper-of.ts';
import { cast, evidence, sample, testClock, testDeps, UNIT, walkCase, type TestDeps } from './testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
let documents: DocumentDeps;
const folder = mkdtempSync(join(tmpdir(), 'mingjian-case-papers-'));

beforeAll(async () => {
  base = await testDatabase();
  const clock = testClock();
  await createDemoAccounts({ db: base.db, clock }, []);
  documents = { clock, law: loadLaw(), blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder } };
  deps = { ...testDeps(base.db, clock), papers: papersOf(documents) };
}, 60_000);
afterAll(async () => {
  await base.drop();
  rmSync(folder, { recursive: true });
});

it('[JS-17.1] [JS-20.4] [JS-20.5] 全程文书以真实版式制作、编号、签章，批准即用印', { timeout: 120_000 }, async () => {
  const { state } = await walkCase(deps, 'CLOSED');
  const typeset = state?.papers.filter((p) => p.documentId !== undefined) ?? [];
  expect(new Set(typeset.map((p) => p.kind)).size).toBeGreaterThanOrEqual(14);
  const decision = typeset.find((p) => p.kind === 'PENALTY_DECISION');
  expect(decision?.number).toMatch(/^苏清环罚.*〔2026〕1号$/);
  const seals = sealsOf(documents);
  if (!seals.ok) throw new Error(seals.zh);
  const report = await checkSignedPdf(await documents.blobs.get(decision?.sha256 ?? ''), {
    roots: seals.value.roots(),
  });
  expect(report.problems).toEqual([]);
  expect(report.signatures.length).toBeGreaterThan(0);
  expect(new Set(typeset.map((p) => p.number)).size).toBe(typeset.length);
});

it('字体没有的字使整步不成立，什么也不留下', { timeout: 60_000 }, async () => {
  const { caseId, state } = await walkCase(deps, 'FILED');
  const item = { ...evidence('PARTY', 'DOCUMENT'), title: '证据 \u{1F9EA}' };
  expect(await actOnCase(deps, cast.officer, caseId, item)).toMatchObject({ ok: false });
  const again = await actOnCase(deps, cast.officer, caseId, evidence('PARTY', 'DOCUMENT'));
  expect(again.ok && again.value.version).toBe((state?.version ?? 0) + 1);
});

it('[JS-17.1] 当事人提交的材料成为有收件编号的文书：原话照录，字库没有的字也收；本单位自己能读，别的单位不能', { timeout: 60_000 }, async () => {
  const { caseId } = await walkCase(deps, 'NOTICED');
  const defence = { ...sample('SUBMIT_DEFENCE', deps.clock.now()), points: [{ point: '设备突发故障\u{1F9EA}，请求减轻。', proof: '' }] } as CaseCommand;
  const done = await actOnCase(deps, cast.unit, caseId, defence);
  if (!done.ok) throw new Error(done.zh);
  const paper = done.value.papers.at(-1);
  expect(paper).toMatchObject({ kind: 'DEFENCE_STATEMENT', number: expect.stringMatching(/收件.*〔2026〕\d+号$/) });
  const seals = sealsOf(documents);
  if (!seals.ok) throw new Error(seals.zh);
  const pdf = await documents.blobs.get(paper?.sha256 ?? '');
  expect((await checkSignedPdf(pdf, { roots: seals.value.roots() })).problems).toEqual([]);
  const text = await textOfPages({ pdf });
  for (const word of ['当事人提交材料', '陈述申辩书', '张演示', '设备突发故障〔U+1F9EA〕，请求减轻。', paper?.number ?? '']) expect(text).toContain(word);

  const app = await createHttp({ log: deps.log });
  const actors: Readonly<Record<string, Actor>> = { own: cast.unit, other: { ...cast.unit, unitId: asId<UnitId>('E999') } };
  app.addHook('preHandler', async (request) => {
    request.actor = actors[String(request.headers['x-as'])] as Actor;
  });
  registerDocumentRoutes(app, { ...documents, db: base.db });
  await app.ready();
  const file = (as: string, documentId = '') => app.inject({ url: `/api/unit/documents/${documentId}/file`, headers: { 'x-as': as } });
  const opened = await file('own', paper?.documentId);
  expect([opened.statusCode, opened.headers['content-type']]).toEqual([200, 'application/pdf']);
  expect((await file('other', paper?.documentId)).statusCode).toBe(404);
  // A paper of the authority is read where it was served, not here.
  const notice = done.value.papers.find((p) => p.kind === 'PRIOR_NOTICE');
  expect((await file('own', notice?.documentId)).statusCode).toBe(404);
  await app.close();
});

it('[JS-17.3] 没有送达确认书时不得电子送达：告知书走纸质，期限自登记的签收起算，回证写明谁在何日怎样签收', { timeout: 60_000 }, async () => {
  const paper: TestDeps = { ...deps, post: postOf(deps) };
  const { caseId, state } = await walkCase(paper, 'NOTICED');
  expect(state?.main).toBe('NOTICE_SENT');
  expect(state?.running.T5).toBeUndefined();
  expect(state?.papers.some(({ kind }) => kind === 'DELIVERY_PROOF')).toBe(false);
  const { deliveryId } = (await deliveriesOf(base.db, 'case', caseId)).at(-1) ?? { deliveryId: asId<DeliveryId>('none') };
  const by = cast.officer.accountId;
  const receipt = { bytes: Buffer.from('送达回证扫描件'), fileName: '送达回证.pdf', subject: { kind: 'case', id: caseId }, authorityId: DEMO_CITY, unitId: UNIT, by };
  const kept = await importFile({ ...documents, db: base.db }, receipt);
  if (!kept.ok) throw new Error(kept.zh);
  const receivedOn = dayOf(deps.clock.now());
  const proved = await transact(base.db, (tx) => recordProof(tx, deps, { deliveryId, receivedOn, receiver: '李收发（单位收发员）', proofSha256: kept.value.sha256, second: cast.officer2.accountId, by }));
  if (!proved.ok) throw new Error(proved.zh);
  await drainOutbox(paper, casesHandlers);
  const served = (await loadCase(base.db, caseId))?.state;
  expect(served?.notice?.delivery).toMatchObject({ method: 'DIRECT', legalDay: receivedOn });
  const proof = served?.papers.findLast(({ kind }) => kind === 'DELIVERY_PROOF');
  expect(await textOfPages({ pdf: await documents.blobs.get(proof?.sha256 ?? '') })).toContain(`李收发（单位收发员）于${formatDay(receivedOn)}在送达回证上记明收到日期并签名`);
  // Those who brought it made it, and both stand on it; the platform only takes the step that follows.
  const people = await accountsOf(base.db, [by, cast.officer2.accountId]);
  const names = [by, cast.officer2.accountId].map((id) => people.find(({ accountId }) => accountId === id));
  const text = await textOfPages({ pdf: await documents.blobs.get(proof?.sha256 ?? '') });
  for (const one of names) expect(text).toContain(`${one?.name}（执法证号${one?.certificate?.number}）`.replaceAll(' ', ''));
  expect(proof?.madeBy).toBe(names.map((one) => one?.name).join('、'));
  expect((await findDocument(base.db, proof?.documentId as DocumentId))?.preparedBy).toBe(by);
  expect((await sealUsesOf(base.db, proof?.documentId as DocumentId)).map(({ subjectId }) => subjectId)).toEqual([by]);
});

it('移送函按此前的批准用印：批准之后在二十四小时的移送期限内随时可以移送', { timeout: 60_000 }, async () => {
  const { caseId } = await walkCase(deps, 'FILED');
  const take = async (actor: Actor, kind: 'RECORD_INQUIRY' | 'PROPOSE_TRANSFER' | 'GIVE_TRANSFER_OPINION' | 'APPROVE_TRANSFER' | 'SEND_TRANSFER') => {
    const done = await actOnCase(deps, actor, caseId, sample(kind, deps.clock.now()));
    if (!done.ok) throw new Error(`${kind}: ${done.code} ${done.zh}`);
    return done.value;
  };
  await take(cast.officer, 'RECORD_INQUIRY');
  await take(cast.officer, 'PROPOSE_TRANSFER');
  await take(cast.legal, 'GIVE_TRANSFER_OPINION');
  await take(cast.head, 'APPROVE_TRANSFER');
  deps.clock.advance(20 * 3_600_000);
  const { papers } = await take(cast.officer, 'SEND_TRANSFER');
  const [report, goods, letter] = papers.slice(-3);
  expect([report?.kind, goods?.kind, letter]).toEqual(['TRANSFER_REPORT', 'TRANSFER_GOODS', expect.objectContaining({ kind: 'TRANSFER_LETTER', number: expect.stringMatching(/〔2026〕\d+号$/) })]);
  // The letter names the report and the list of goods that go with it by their numbers and pages.
  const text = await textOfPages({ pdf: await documents.blobs.get(letter?.sha256 ?? '') });
  for (const one of [report, goods]) expect(text).toContain(`${one?.title}${one?.number}${one?.pages}`.replaceAll(' ', ''));
});
