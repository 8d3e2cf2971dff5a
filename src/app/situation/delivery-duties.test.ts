import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaUnder, createDemoAccounts, DEMO_AUTHORITIES, DEMO_CITY, DEMO_PROVINCE, DEMO_REGION, demoAccountId, platformActor, type Actor, type Role } from '#access';
import { deliver, fallBack, recordProof, type DeliveryMethod } from '#delivery';
import { importFile } from '#documents';
import { asId, DAY, dayOf, instant, manualClock, type AuthorityId, type DeliveryId, type DocumentId, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { deliveryDutiesOf } from './delivery-duties.ts';

const NEIGHBOUR = asId<AuthorityId>('JS-NZ');
const clock = manualClock(instant(Date.parse('2026-09-14T10:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'mingjian-duties-'));
const as = (login: string, role: Role, authorityId: AuthorityId = DEMO_CITY): Actor => ({
  accountId: demoAccountId(login), name: login, region: DEMO_REGION, roles: [role], authorityId, area: areaUnder(DEMO_AUTHORITIES, authorityId),
});
const officer = as('officer', 'enforcement-officer');

describe('[JS-17.3] 待送达的文书是案件承办人的待办', () => {
  let records: TestDatabase;
  let papers = 0;
  const duties = async (actor = officer) => deliveryDutiesOf({ platform: { db: records.db, clock } as never, registry: { current: () => ({ unit: () => undefined }) } as never }, actor);
  const titles = async (actor?: Actor) => (await duties(actor)).items.map((one) => one.title);
  async function send(title: string, subject: { kind: string; id: string }, method: DeliveryMethod, { authorityId = DEMO_CITY, mustConfirm = false, by = demoAccountId('review-lead') } = {}): Promise<DeliveryId> {
    papers++;
    const sent = await transact(records.db, (tx) => deliver(tx, { clock }, {
      document: { documentId: asId<DocumentId>(`doc${papers}`), number: `苏清环〔2026〕${papers} 号`, title, sha256: 'a'.repeat(64) }, unitId: asId<UnitId>('U1'), authorityId, region: DEMO_REGION,
      subject, needsConsent: false, mustConfirm, by, method,
    }));
    if (!sent.ok) throw new Error(sent.en);
    return sent.value.deliveryId;
  }
  const ofCase = { kind: 'case', id: 'case1' };

  beforeAll(async () => {
    records = await testDatabase();
    await createDemoAccounts({ db: records.db, clock }, [{ unitId: asId<UnitId>('U1'), name: '演示公司' }]);
    for (const [id, authority] of [['case1', DEMO_CITY], ['case2', NEIGHBOUR]]) {
      await sql`INSERT INTO penalty_case (case_id, case_no, authority_id, region, unit_id, clue_id, review_id, main_state, rectification, remedy, handed_over_at, changed_at, version, officers)
        VALUES (${id}, ${`no ${id}`}, ${authority}, 'jiangsu', 'U1', ${`clue of ${id}`}, ${`rv ${id}`}, 'NOTICE_SENT', 'NONE', 'NONE', 1, 1, 1, ${id === 'case1' ? [officer.accountId, demoAccountId('enforcement')] : []})`.execute(records.db);
    }
  });
  afterAll(async () => {
    await records.drop();
    rmSync(folder, { recursive: true });
  });

  it('直接送达的告知书列在承办人名下，说明文号、方式、自何时起；登记回证之后不再列出', async () => {
    const deliveryId = await send('行政处罚事先告知书', ofCase, 'DIRECT');
    const { items, total } = await duties();
    expect([total, items]).toMatchObject([1, [{ title: '行政处罚事先告知书', number: '苏清环〔2026〕1 号', method: { zh: '直接送达' }, since: '2026-09-14T10:00:00.000+08:00', duty: 'HAND_OVER', subjectKind: 'case', subjectId: 'case1', caseNo: 'no case1', mine: true }]]);
    expect(items[0]?.people).toHaveLength(2);
    expect((await duties(as('archivist', 'archivist'))).items[0]?.mine).toBe(false);
    const receipt = await importFile({ clock, law: loadLaw(), blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder }, db: records.db }, { bytes: Buffer.from('送达回证'), fileName: '回证.pdf', subject: ofCase, authorityId: DEMO_CITY, unitId: asId<UnitId>('U1'), by: officer.accountId });
    if (!receipt.ok) throw new Error(receipt.en);
    const proved = await transact(records.db, (tx) => recordProof(tx, { clock, law: loadLaw() }, { deliveryId, receivedOn: dayOf(clock.now()), receiver: '门卫', proofSha256: receipt.value.sha256, second: demoAccountId('officer2'), by: officer.accountId }));
    expect(proved.ok).toBe(true);
    expect(await titles()).toEqual([]);
  });

  it('改换方式的只列新的一次；邻市的文书不列给本市，省厅两处都看得见', async () => {
    const first = await send('责令改正违法行为决定书', ofCase, 'DIRECT');
    clock.advance(DAY);
    await transact(records.db, (tx) => fallBack(tx, { clock }, first, 'POST', officer.accountId, '上门两次无人', '演示路 1 号'));
    await send('行政处罚决定书', { kind: 'case', id: 'case2' }, 'POST', { authorityId: NEIGHBOUR });
    expect((await duties()).items).toMatchObject([{ title: '责令改正违法行为决定书', method: { zh: '邮寄送达' }, since: '2026-09-15T10:00:00.000+08:00' }]);
    expect((await titles(as('province', 'enforcement-lead', DEMO_PROVINCE))).sort()).toEqual(['行政处罚决定书', '责令改正违法行为决定书'].sort());
  });

  it('[JS-13.3] 电子送达的告知书须确认而隔日仍未确认的也列出，可改换方式；不须确认的、当日到达的和自有时限的提醒单不列', async () => {
    await send('涉嫌违法事实告知书', { kind: 'clue', id: 'clue1' }, 'ELECTRONIC', { mustConfirm: true });
    await send('案件告知书', ofCase, 'ELECTRONIC');
    await send('提醒单', { kind: 'sheet', id: 'sheet1' }, 'ELECTRONIC', { mustConfirm: true });
    expect(await titles()).toEqual(['责令改正违法行为决定书']);
    clock.advance(DAY);
    expect((await duties()).items).toMatchObject([{ mine: true }, { title: '涉嫌违法事实告知书', duty: 'CONFIRMATION', subjectKind: 'clue', caseNo: null, mine: false }]);
    expect((await duties(as('review-lead', 'review-lead'))).items[0]).toMatchObject({ title: '涉嫌违法事实告知书', mine: true });
  });

  it('[JS-17.3] 平台按规则发出、须纸质送达的督办单和许可排放量预警单列在监控人员名下，通知约谈的列在发出人名下', async () => {
    const ruled = platformActor(DEMO_REGION).accountId;
    await send('电子督办单', { kind: 'sheet', id: 'sheet2' }, 'DIRECT', { mustConfirm: true, by: ruled });
    await send('许可排放量预警单', { kind: 'quota', id: 'quota1' }, 'DIRECT', { by: ruled });
    await send('约谈通知书', { kind: 'talk', id: 'talk1' }, 'DIRECT', { by: officer.accountId });
    const mine = async (actor: Actor) => (await duties(actor)).items.filter((one) => one.mine).map(({ title, subjectKind, subjectId, duty }) => [title, subjectKind, subjectId, duty]);
    expect(await mine(as('monitor', 'monitoring-control'))).toEqual([['电子督办单', 'sheet', 'sheet2', 'HAND_OVER'], ['许可排放量预警单', 'quota', 'quota1', 'HAND_OVER']]);
    expect(await mine(officer)).toContainEqual(['约谈通知书', 'talk', 'talk1', 'HAND_OVER']);
    expect(await mine(officer)).not.toContainEqual(['电子督办单', 'sheet', 'sheet2', 'HAND_OVER']);
  });
});
