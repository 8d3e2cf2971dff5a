import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountsOf, createDemoAccounts, DEMO_CITY, DEMO_REGION, demoAccountId } from '#access';
import { importFile } from '#documents';
import { asId, dayOf, instant, manualClock, type AccountId, type DocumentId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { deliver } from './deliver-document.ts';
import type { Delivery, LeftAtThePlace } from './delivery.ts';
import { deliveryProofFacts } from './proof-facts.ts';
import { recordProof } from './record-receipt.ts';
import { findDelivery } from './store.ts';

const clock = manualClock(instant(Date.parse('2026-09-14T10:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'mingjian-left-'));
const unitId = asId<UnitId>('U1');
const officer = demoAccountId('officer');
let records: TestDatabase;
beforeAll(async () => {
  records = await testDatabase();
  await createDemoAccounts({ db: records.db, clock }, [{ unitId, name: '演示公司' }]);
}, 60_000);
afterAll(async () => {
  await records.drop();
  rmSync(folder, { recursive: true });
});

it('[JS-17.3] 留置送达：须有拒收事由，并有送达人员以外的见证人签名或者拍照、录像；回证照印', async () => {
  const subject = { kind: 'case', id: 'case1' };
  const sent = await transact(records.db, (tx) => deliver(tx, { clock }, {
    document: { documentId: asId<DocumentId>('doc1'), number: '苏清环〔2026〕1 号', title: '行政处罚决定书', sha256: 'a'.repeat(64) }, unitId, authorityId: DEMO_CITY, region: DEMO_REGION,
    subject, needsConsent: false, mustConfirm: false, by: officer, method: 'LEFT',
  }));
  const receipt = await importFile({ clock, law: loadLaw(), blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder }, db: records.db }, { bytes: Buffer.from('留置送达回证'), fileName: '回证.pdf', subject, authorityId: DEMO_CITY, unitId, by: officer });
  if (!sent.ok || !receipt.ok) throw new Error('not sent');
  const { deliveryId } = sent.value;
  const prove = (left?: LeftAtThePlace, second: AccountId | null = demoAccountId('officer2')) => transact(records.db, (tx) => recordProof(tx, { clock, law: loadLaw() }, { deliveryId, receivedOn: dayOf(clock.now()), receiver: '门卫王某', proofSha256: receipt.value.sha256, left, second: second ?? undefined, by: officer }));
  const reason = '称负责人不在，拒绝签收。';
  expect(await prove()).toMatchObject({ code: 'DLV-012', field: 'left.reason' });
  expect(await prove({ reason, witness: '', recording: '' })).toMatchObject({ code: 'DLV-012', field: 'left.witness' });
  const witnessed = { reason, witness: '社区居委会赵某', recording: '' };
  // Two officers bring it: nobody alone, not twice the same, nobody who may not serve.
  for (const second of [null, officer, demoAccountId('archivist'), asId<AccountId>('nobody')]) {
    expect(await prove(witnessed, second), String(second)).toMatchObject({ code: 'DLV-014', field: 'second' });
  }
  const [server] = await accountsOf(records.db, [officer]);
  expect(await prove({ reason, witness: `${server?.name}（执法人员）`, recording: '' })).toMatchObject({ code: 'DLV-013' });
  expect(await prove({ reason, witness: '社区居委会赵某', recording: '' })).toMatchObject({ ok: true, value: { state: 'DELIVERED', servedBy: [officer, demoAccountId('officer2')], left: { reason, witness: '社区居委会赵某' } } });

  const kept = (await findDelivery(records.db, deliveryId)) as Delivery;
  const printed = (of: Delivery) => deliveryProofFacts(of, { recipient: '演示公司', portalName: '', consentNumber: '', servers: [{ name: '甲', certificate: '' }], confirmedBy: '' })?.receipt;
  expect(printed(kept)).toBe('门卫王某拒收，事由：称负责人不在，拒绝签收；2026年9月14日留置送达，见证人社区居委会赵某在送达回证上签名；回证扫描件存卷。');
  expect(printed({ ...kept, left: { reason, witness: '', recording: '执法记录仪 07 号' } })).toContain('送达过程拍照、录像（执法记录仪 07 号）');
  // Receipts recorded before the reason was asked for stay as they were.
  expect(printed({ ...kept, left: null })).toBe('2026年9月14日留置送达，送达回证记载的在场人或者见证人：门卫王某；回证扫描件存卷。');
});
