import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#access';
import { documentKinds, findImport, isDocumentKind, layOut, sealsOf, sentenceOf, signDocument, type DocumentDeps } from '#documents';
import { ofdParts, sm2Holder, zipOfd } from '#documents/testing';
import { asId, type CaseId } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import type { App } from '#platform/http';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { actOnCase } from '../act-on-case.ts';
import { connectImports } from '../connect.ts';
import { caseFileRoutes } from './file-routes.ts';
import { cast, evidence, person, testClock, openDoor, testDeps, walkCase, type TestDeps } from '../testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
let documents: DocumentDeps;
let app: App;
const folder = mkdtempSync(join(tmpdir(), 'mingjian-imports-'));
const actors: Readonly<Record<string, Actor>> = { ...cast, neighbour: { ...person('neighbour', ['enforcement-officer']), authorityId: asId('JS-NZ') }, third: person('third', ['enforcement-officer']) };
const terms = { from: Date.UTC(2020, 0, 1), to: Date.UTC(2030, 0, 1) };
const root = sm2Holder('示范电子认证根', terms);
const signer = sm2Holder('示范市水务局', terms, root);

beforeAll(async () => {
  base = await testDatabase();
  deps = testDeps(base.db, testClock());
  documents = { clock: deps.clock, law: deps.law, blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder } };
  Object.assign(deps, { imports: connectImports(documents.blobs) });
  mkdirSync(join(folder, 'trust'));
  writeFileSync(join(folder, 'trust', 'ca.pem'), `-----BEGIN CERTIFICATE-----\n${Buffer.from(root.certificate).toString('base64')}\n-----END CERTIFICATE-----\n`);
  app = await openDoor(deps, actors, (door) => caseFileRoutes(door, deps, documents));
}, 60_000);
afterAll(async () => {
  await app.close();
  await base.drop();
  rmSync(folder, { recursive: true });
});

interface View { importId: string; sha256: string; verdict: string; leaf: number; signatures: { signer: string; seal: string; trusted: boolean; coversWholeFile: boolean; lines: { outcome: string; zh: string }[] }[]; lines: { zh: string }[] }
const bring = async (as: string, caseId: string, bytes: Uint8Array, name = '来函.pdf') => {
  const response = await app.inject({ method: 'POST', url: `/api/cases/${caseId}/files?name=${encodeURIComponent(name)}`, headers: { 'x-as': as, 'content-type': 'application/octet-stream' }, payload: Buffer.from(bytes) });
  return { status: response.statusCode, body: response.json<View & { code?: string }>() };
};
async function signedPdf(): Promise<Uint8Array> {
  const seals = sealsOf(documents);
  const laid = layOut('PENALTY_DECISION', documentKinds.PENALTY_DECISION.sample, { authority: '示范市水务局', number: '示水〔2026〕1号' }, deps.clock.now());
  if (!seals.ok || !laid.ok) throw new Error('not set');
  const signed = await signDocument(laid.value.pdf, laid.value.slots, [{ slot: 'seal', subject: { kind: 'authority', id: 'w', name: '示范市水务局' } }], seals.value, deps.clock.now());
  if (!signed.ok) throw new Error(signed.zh);
  return signed.value.bytes;
}
const ofd = () => ofdParts({ signer, maker: sm2Holder('示范制章中心', terms, root), sealName: '示范市水务局公章', sealedAt: deps.clock.now(), sealFrom: terms.from, sealTo: terms.to });

describe('接收外来文书即验签', () => {
  let caseId: CaseId;
  beforeAll(async () => {
    ({ caseId } = await walkCase(deps, 'FILED'));
  }, 60_000);

  it('PDF：签名人、时间、是否覆盖全文、是否可信一并保存并可查，存证登记', async () => {
    const bytes = await signedPdf();
    const { status, body } = await bring('officer', caseId, bytes);
    expect(status).toBe(200);
    expect(body).toMatchObject({ verdict: 'VALID', signatures: [{ signer: '示范市水务局 [w]', trusted: true, coversWholeFile: true }] });
    expect((await bring('officer', caseId, bytes)).body.importId).toBe(body.importId);
    const { rows: [leaf] } = await sql<{ bytes: Buffer }>`SELECT bytes FROM evidence_leaf WHERE idx = ${body.leaf}`.execute(base.db);
    expect(JSON.parse(leaf!.bytes.toString())).toMatchObject({ t: 'doc', act: 'imported', ref: body.importId, sha256: body.sha256, verdict: 'VALID' });
    const kept = await app.inject({ url: `/api/cases/${caseId}/files/${body.importId}/file`, headers: { 'x-as': 'officer' } });
    expect(Buffer.compare(kept.rawPayload, Buffer.from(bytes))).toBe(0);
    expect(kept.headers['content-disposition']).toContain('attachment');
    expect(kept.headers['x-content-type-options']).toBe('nosniff');
    await expect(sql`UPDATE document_import SET report = '{}'`.execute(base.db)).rejects.toThrow(/permission denied/);
  });

  it('签名不成立的照样收下作为证据，问题写明在证据提取单上，绝不默不作声', async () => {
    const broken = new Uint8Array(await signedPdf());
    broken[Math.floor(broken.length * 0.3)]! ^= 1;
    const { status, body } = await bring('officer', caseId, broken, '被改动的回执.pdf');
    expect(status).toBe(200);
    expect(body.verdict).toBe('BROKEN');
    const said = body.signatures.flatMap((one) => one.lines).filter((line) => line.outcome === 'FAILS').map((line) => line.zh);
    expect(said).toContain('内容与签名摘要不一致');
    const attached = await actOnCase(deps, cast.officer, caseId, { ...evidence('DEVICE_QC', 'DOCUMENT'), source: { from: 'FILE', fileName: '被改动的回执.pdf', sha256: body.sha256 } } as never);
    expect(attached.ok).toBe(true);
    const record = deps.orders.findLast((order) => order.kind === 'EVIDENCE_EXTRACT_RECORD')!;
    expect(JSON.stringify(record.data)).toContain('接收时验签：验签不通过');
    expect(JSON.stringify(record.data)).toContain('内容与签名摘要不一致');
    expect(isDocumentKind(record.kind) && documentKinds[record.kind].schema.safeParse(record.data).success).toBe(true);
  });

  it('没有收存过的文件，只凭摘要不能作为证据，指明字段', async () => {
    const told = { ...evidence('DEVICE_QC', 'DOCUMENT'), source: { from: 'FILE', fileName: '手填.pdf', sha256: 'c'.repeat(64) } } as const;
    expect(await actOnCase(deps, cast.officer, caseId, told as never)).toMatchObject({ ok: false, code: 'CASE-016', field: 'source.sha256' });
    const { body } = await bring('officer', caseId, Buffer.from('手填'), '手填.pdf');
    expect((await actOnCase(deps, cast.officer, caseId, { ...told, source: { ...told.source, sha256: body.sha256 } } as never)).ok).toBe(true);
  });

  it('OFD：按配置的根验章；追加字节的 PDF、没有签名的、别的格式，各有说法', async () => {
    const sealed = await bring('officer', caseId, zipOfd(ofd()), '来函.ofd');
    expect(sealed.body).toMatchObject({ verdict: 'VALID', signatures: [{ seal: '示范市水务局公章', signer: '示范市水务局' }] });
    const parts = ofd();
    const changed = await bring('officer', caseId, zipOfd({ ...parts, 'Doc_0/Document.xml': Buffer.concat([parts['Doc_0/Document.xml']!, Buffer.from(' ')]) }), '来函.ofd');
    expect(changed.body.verdict).toBe('BROKEN');
    expect(sentenceOf((await findImport(base.db, caseId, changed.body.sha256))!.report)).toContain('部件 Doc_0/Document.xml 与签名时不一致');
    expect((await bring('officer', caseId, Buffer.concat([await signedPdf(), Buffer.from('\n% 更多')]))).body.verdict).toBe('BROKEN');
    const plain = layOut('PENALTY_DECISION', documentKinds.PENALTY_DECISION.sample, { authority: 'x', number: '1' }, deps.clock.now());
    expect((await bring('officer', caseId, plain.ok ? plain.value.pdf : new Uint8Array())).body.verdict).toBe('UNSIGNED');
    expect((await bring('officer', caseId, Buffer.from('%PDF-1.4 不是'))).body.verdict).toBe('BROKEN');
    expect((await bring('officer', caseId, Buffer.from('GIF89a'), '照片.gif')).body.verdict).toBe('OTHER');
    const list = (await app.inject({ url: `/api/cases/${caseId}/files`, headers: { 'x-as': 'head' } })).json<{ items: View[] }>();
    expect(list.items.length).toBeGreaterThanOrEqual(7);
  });

  it('只有本案承办人员可以送入；别的机关、当事人看不到也送不进；空文件不收', async () => {
    const bytes = Buffer.from('x');
    expect(await bring('third', caseId, bytes)).toMatchObject({ status: 403, body: { code: 'CASE-008' } });
    expect((await bring('neighbour', caseId, bytes)).status).toBe(404);
    expect((await bring('unit', caseId, bytes)).status).toBe(403);
    expect((await bring('head', caseId, bytes)).status).toBe(403);
    expect(await bring('officer', caseId, Buffer.alloc(0))).toMatchObject({ status: expect.toSatisfy((code: number) => code >= 400) as number });
    expect((await app.inject({ url: `/api/cases/${caseId}/files`, headers: { 'x-as': 'neighbour' } })).statusCode).toBe(404);
    expect((await app.inject({ url: `/api/cases/${caseId}/files`, headers: { 'x-as': 'unit' } })).statusCode).toBe(403);
    expect((await app.inject({ method: 'POST', url: `/api/cases/${caseId}/files?name=a`, headers: { 'x-as': 'officer' }, payload: { a: 1 } })).json()).toMatchObject({ code: 'CASE-013' });
  });
});
