import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccount, createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, DEMO_REGION, demoAccountId, registerAccess } from '#access';
import {
  confirmReceipt, deliver, deliveriesOf, deliveryHandlers, deliveryProofFacts, eventsOf, fallBack, findDelivery, latestConsent, recordProof,
  registerDeliveryRoutes, type DeliveryOrder, type DeliveryRouteDeps, type UnitFacts,
} from '#delivery';
import {
  checkSignedPdf, documentsHandlers, documentKind, importFile, issueDocument, layOut, registerDocumentRoutes, sealsOf, type DocumentDeps, type IssuedDocument,
} from '#documents';
import { asId, calendarDay, DAY, instant, isRefusal, manualClock, ok, toRfc3339, type AccountId, type AuthorityId, type Result, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { drainOutbox } from '#platform/outbox';
import { textOfPages } from '../../src/cases/testing/paper-of.ts';

const START = instant(Date.parse('2026-03-27T15:30:00+08:00'));
const clock = manualClock(START);
const folder = mkdtempSync(join(tmpdir(), 'mingjian-delivery-'));
const blobs = openBlobs(join(folder, 'blobs'));
const documents: DocumentDeps = { clock, law: loadLaw(), blobs, config: { dataDir: folder } };
const city = { authorityId: DEMO_CITY, name: '清川市生态环境局（演示）', docPrefix: '苏清环', region: DEMO_REGION };
const officer = { accountId: demoAccountId('officer'), name: '周行舟' };
const head = { accountId: demoAccountId('head'), name: '魏司南' };
const unitFacts = (id: string): UnitFacts => ({
  unitId: asId<UnitId>(id), name: `${id} 演示公司`, creditCode: '91320000MA00000000', address: '演示路 1 号', legalRepresentative: '甲',
  authorityId: DEMO_CITY, region: DEMO_REGION,
});

let test: TestDatabase;
let app: App;
let units = 0;
let unit: UnitFacts;

function must<T>(result: Result<T>): T {
  if (isRefusal(result)) throw new Error(`${result.code} ${result.zh}`);
  return result.value;
}

beforeAll(async () => {
  test = await testDatabase();
  const ids = Array.from({ length: 20 }, (_, i) => `E${String(i + 1).padStart(3, '0')}`);
  await createDemoAccounts({ db: test.db, clock }, ids.map((id) => ({ unitId: asId<UnitId>(id), name: `${id} 演示公司` })));
  app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db: test.db, clock });
  registerDocumentRoutes(app, { ...documents, db: test.db });
  const deps: DeliveryRouteDeps = {
    ...documents, db: test.db, law: loadLaw(),
    directory: { unit: (id) => (id.startsWith('E') ? unitFacts(id) : undefined) },
    papers: {
      async confirmation(tx, of, facts, by) {
        return issueDocument(tx, documents, {
          kind: 'SERVICE_CONFIRMATION', data: facts, authority: city, subject: { kind: 'unit', id: of.unitId }, unitId: of.unitId,
          preparedBy: { accountId: asId<AccountId>(by), name: facts.signer.name },
        });
      },
    },
  };
  registerDeliveryRoutes(app, deps);
  await app.ready();
}, 120_000);
afterAll(async () => {
  await app.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  units++;
  unit = unitFacts(`E${String(units).padStart(3, '0')}`);
  clock.set(instant(START + units * 60_000));
});

async function signIn(login: string) {
  const response = await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } });
  return { mingjian: response.cookies[0]?.value ?? '' };
}
const asUnit = (of = unit) => signIn(`unit-${of.unitId.toLowerCase()}`);

async function decision(): Promise<IssuedDocument> {
  return must(
    await transact(test.db, (tx) =>
      issueDocument(tx, documents, {
        kind: 'PENALTY_DECISION', data: documentKind('PENALTY_DECISION').sample, authority: city, unitId: unit.unitId,
        subject: { kind: 'case', id: `case-${unit.unitId}` }, preparedBy: officer, approval: { ...head, approvedAt: clock.now(), ref: 'evt' },
      }),
    ),
  );
}
const orderOf = (document: IssuedDocument, more: Partial<DeliveryOrder> = {}): DeliveryOrder => ({
  document, unitId: unit.unitId, authorityId: DEMO_CITY, region: DEMO_REGION, subject: { kind: 'case', id: `case-${unit.unitId}` },
  needsConsent: true, mustConfirm: true, by: officer.accountId, ...more,
});
const send = (order: DeliveryOrder) => transact(test.db, (tx) => deliver(tx, { clock }, order));
const consentBody = { signerName: '甲', signerRole: '法定代表人', recipient: '甲' };

describe('[JS-17.3] 电子送达以同意和确认书为前提', () => {
  it('没有确认书时不以电子方式送达，改为直接送达并等待回证', async () => {
    const document = await decision();
    expect(await send(orderOf(document, { method: 'ELECTRONIC' }))).toMatchObject({ code: 'DLV-001' });
    const sent = must(await send(orderOf(document)));
    expect(sent).toMatchObject({ method: 'DIRECT', state: 'SENT', arrivedAt: null, legalDay: null });
    const cookies = await asUnit();
    expect((await app.inject({ url: '/api/unit/notices', cookies })).json()).toMatchObject({ items: [] });
    expect((await app.inject({ url: `/api/unit/notices/${sent.deliveryId}`, cookies })).statusCode).toBe(404);
  });

  it('签订确认书（已签名的 D26）之后电子送达；到达企业端之日即送达之日，与何时阅读无关', async () => {
    const cookies = await asUnit();
    const given = await app.inject({ method: 'POST', url: '/api/unit/consent', cookies, payload: consentBody });
    expect(given.statusCode).toBe(201);
    const { documentId } = given.json<{ documentId: string }>();
    const paper = await app.inject({ url: `/api/documents/${documentId}/file`, cookies: await signIn('officer') });
    const trust = { roots: must(sealsOf(documents)).roots() };
    expect(await checkSignedPdf(paper.rawPayload, trust)).toMatchObject({ accepted: true, signatures: [{ problems: [] }] });

    clock.set(instant(Date.parse('2026-03-27T23:59:30+08:00')));
    const document = await decision();
    const about = { zh: '案件 1 号', en: 'case 1' };
    const sent = must(await send(orderOf(document, { about })));
    expect(sent).toMatchObject({ method: 'ELECTRONIC', state: 'DELIVERED', legalDay: '2026-03-27' });
    clock.advance(3 * DAY);
    const later = await asUnit();
    expect((await app.inject({ url: `/api/unit/notices/${sent.deliveryId}`, cookies: later })).json()).toMatchObject({ about });
    const file = await app.inject({ url: `/api/unit/notices/${sent.deliveryId}/file`, cookies: later });
    expect(file.headers['content-type']).toBe('application/pdf');
    expect(await checkSignedPdf(file.rawPayload, trust)).toMatchObject({ accepted: true });
    expect(await findDelivery(test.db, sent.deliveryId)).toMatchObject({ state: 'READ', readAt: clock.now(), legalDay: '2026-03-27' });
  });

  it('撤回同意只对以后有效', async () => {
    const cookies = await asUnit();
    expect((await app.inject({ method: 'POST', url: '/api/unit/consent/withdraw', cookies })).json()).toMatchObject({ code: 'DLV-007' });
    await app.inject({ method: 'POST', url: '/api/unit/consent', cookies, payload: consentBody });
    const before = must(await send(orderOf(await decision())));
    clock.advance(1000);
    expect((await app.inject({ method: 'POST', url: '/api/unit/consent/withdraw', cookies })).statusCode).toBe(200);
    expect((await latestConsent(test.db, unit.unitId))?.act).toBe('WITHDRAWN');
    expect(must(await send(orderOf(await decision()))).method).toBe('DIRECT');
    expect(await findDelivery(test.db, before.deliveryId)).toMatchObject({ state: 'DELIVERED' });
  });

  it('纸质送达以回证证明，日期须合理；公告送达期满才算送达', async () => {
    const law = loadLaw();
    const document = await decision();
    const sent = must(await send(orderOf(document)));
    const { sha256 } = must(await importFile({ ...documents, db: test.db }, { bytes: Buffer.from('送达回证'), fileName: '送达回证.pdf', subject: orderOf(document).subject, authorityId: DEMO_CITY, unitId: unit.unitId, by: officer.accountId }));
    const prove = (deliveryId: typeof sent.deliveryId, day: string) =>
      transact(test.db, (tx) => recordProof(tx, { clock, law }, { deliveryId, receivedOn: calendarDay(day), receiver: '甲', proofSha256: sha256, second: demoAccountId('officer2'), by: officer.accountId }));
    expect(await prove(sent.deliveryId, '2026-03-26')).toMatchObject({ code: 'DLV-005' });
    const proof = async () => deliveryProofFacts((await findDelivery(test.db, sent.deliveryId))!, { recipient: unit.name, portalName: '环保脸谱', consentNumber: '', servers: [{ name: officer.name, certificate: '苏ZF-060001' }, { name: '梁执中', certificate: '苏ZF-060002' }], confirmedBy: '' });
    expect(await proof()).toBeUndefined();
    expect(must(await prove(sent.deliveryId, '2026-03-27'))).toMatchObject({ state: 'DELIVERED', legalDay: '2026-03-27', receiver: '甲' });
    const told = (await proof())!;
    expect(deliveryProofFacts({ ...(await findDelivery(test.db, sent.deliveryId))!, receiver: null }, { recipient: unit.name, portalName: '', consentNumber: '', servers: [officer as never], confirmedBy: '' })).toBeUndefined();
    const paper = layOut('DELIVERY_PROOF', told, { authority: city.name, number: '示1' }, clock.now());
    const printed = await textOfPages(must(paper));
    for (const word of [unit.name.replaceAll(' ', ''), '签收（确认）人', '甲于2026年3月27日在送达回证上记明收到日期并签名；回证扫描件存卷。', officer.name]) expect(printed).toContain(word);
    const notice = must(await send(orderOf(document, { method: 'PUBLIC_NOTICE' })));
    clock.advance(29 * DAY);
    expect(await prove(notice.deliveryId, '2026-04-25')).toMatchObject({ code: 'DLV-005' });
    clock.advance(2 * DAY);
    expect(must(await prove(notice.deliveryId, '2026-04-26'))).toMatchObject({ legalDay: '2026-04-26' });
  });
});

describe('[JS-17.3] 纸质送达的回证与改换方式（经 HTTP）', () => {
  const post = (cookies: { mingjian: string }, path: string, payload: object) => app.inject({ method: 'POST', url: `/api/deliveries/${path}`, cookies, payload });
  const bring = (cookies: { mingjian: string }, id: string) =>
    app.inject({ method: 'POST', url: `/api/deliveries/${id}/receipts?name=${encodeURIComponent('送达回证.pdf')}`, cookies, headers: { 'content-type': 'application/octet-stream' }, payload: Buffer.from(`回证 ${id}`) });
  interface Line { deliveryId: string; state: string; method: string; provableFrom: string; acts: { prove: boolean; otherWay: boolean } }
  const lines = async (cookies: { mingjian: string }) => (await app.inject({ url: `/api/deliveries?subjectId=case-${unit.unitId}`, cookies })).json<{ items: Line[] }>().items;

  it('送入回证并登记：成为已送达，签收人、日期、回证可查，之后不再提供登记和改换', async () => {
    const { deliveryId } = must(await send(orderOf(await decision(), { mustConfirm: false })));
    const cookies = await signIn('officer');
    expect(await lines(cookies)).toMatchObject([{ deliveryId, method: 'DIRECT', provableFrom: '2026-03-27', acts: { prove: true, otherWay: true } }]);
    const told = { receivedOn: '2026-03-27', receiver: '门卫 王某', second: demoAccountId('officer2'), proofSha256: 'a'.repeat(64) };
    expect((await post(cookies, `${deliveryId}/proof`, told)).json()).toMatchObject({ code: 'DLV-010', status: 422 });
    const taken = await bring(cookies, deliveryId);
    expect(taken.statusCode, taken.body).toBe(200);
    const { sha256 } = taken.json<{ sha256: string }>();
    expect(Buffer.from(await blobs.get(sha256)).toString()).toBe(`回证 ${deliveryId}`);
    const proved = await post(cookies, `${deliveryId}/proof`, { ...told, proofSha256: sha256 });
    expect(proved.statusCode).toBe(200);
    expect(proved.json()).toMatchObject({ deliveryId, state: 'DELIVERED', legalDay: '2026-03-27', receiver: '门卫 王某' });
    expect(await lines(cookies)).toMatchObject([{ state: 'DELIVERED', proofSha256: sha256, acts: { prove: false, otherWay: false } }]);
    expect((await eventsOf(test.db, deliveryId)).map((e) => e.act)).toEqual(['send', 'prove']);
    expect((await post(cookies, `${deliveryId}/proof`, { ...told, proofSha256: sha256 })).json()).toMatchObject({ code: 'DLV-004' });
    // 已凭回证证明送达的，不得再换一种方式重新起算期限。
    const again = await post(cookies, `${deliveryId}/other-way`, { method: 'POST', reason: '想换一种方式', address: '演示路 1 号' });
    expect([again.statusCode, again.json()]).toMatchObject([409, { code: 'DLV-011' }]);
    expect((await eventsOf(test.db, deliveryId)).map((e) => e.act)).toEqual(['send', 'prove']);
  });

  it('改为公告送达：期满之日由服务器给出，之前登记被拒；不得登记的人看得见、办不了', async () => {
    const { deliveryId } = must(await send(orderOf(await decision())));
    const cookies = await signIn('officer');
    const changed = await post(cookies, `${deliveryId}/other-way`, { method: 'PUBLIC_NOTICE', reason: '当事人下落不明', address: '本局网站' });
    expect(changed.statusCode).toBe(201);
    const [notice, old] = await lines(cookies) as [Line, Line];
    expect(old).toMatchObject({ deliveryId, state: 'REPLACED', acts: { prove: false, otherWay: false } });
    expect(notice).toMatchObject({ method: 'PUBLIC_NOTICE', address: '本局网站', acts: { prove: true, otherWay: true } });
    const { sha256 } = (await bring(cookies, notice.deliveryId)).json<{ sha256: string }>();
    const told = async (receivedOn: string) => post(await signIn('officer'), `${notice.deliveryId}/proof`, { receivedOn, receiver: '经办人', proofSha256: sha256 });
    expect((await told('2026-03-27')).json()).toMatchObject({ code: 'DLV-005' });
    clock.advance(31 * DAY);
    expect((await told(notice.provableFrom)).json()).toMatchObject({ state: 'DELIVERED', legalDay: notice.provableFrom });
    const archivist = await signIn('archivist');
    const direct = must(await send(orderOf(await decision())));
    expect((await lines(archivist))[0]).toMatchObject({ deliveryId: direct.deliveryId, acts: { prove: false, otherWay: true } });
    expect((await bring(archivist, direct.deliveryId)).statusCode).toBe(403);
  });

  it('监控人员登记本机关督办文书的回证；邻市监控人员看不见，企业和管理员不得登记', async () => {
    const sheet = { kind: 'sheet', id: `sheet-${unit.unitId}` };
    const order = orderOf(await decision(), { subject: sheet, needsConsent: false, method: 'DIRECT' });
    const { deliveryId } = must(await send(order));
    const { deliveryId: foreign } = must(await send({ ...order, authorityId: asId<AuthorityId>('JS-NZ') }));
    const monitor = await signIn('monitor');
    const seen = async () => (await app.inject({ url: `/api/deliveries?subjectId=${sheet.id}`, cookies: monitor })).json<{ items: Line[] }>().items;
    expect(await seen()).toMatchObject([{ deliveryId, acts: { prove: true, otherWay: true } }]);
    expect((await bring(monitor, foreign)).statusCode).toBe(404);
    for (const cookies of [await asUnit(), await signIn('admin')]) expect((await bring(cookies, deliveryId)).statusCode).toBe(403);
    const { sha256 } = (await bring(monitor, deliveryId)).json<{ sha256: string }>();
    const proof = { receivedOn: '2026-03-27', receiver: '门卫 王某', second: demoAccountId('officer2'), proofSha256: sha256 };
    expect((await post(monitor, `${foreign}/proof`, proof)).statusCode).toBe(404);
    expect((await post(monitor, `${deliveryId}/proof`, proof)).json()).toMatchObject({ state: 'DELIVERED', legalDay: '2026-03-27' });
    expect(await seen()).toMatchObject([{ state: 'DELIVERED', receiver: '门卫 王某', acts: { prove: false, otherWay: false } }]);
  });
});

describe('[JS-13.3] 告知时确认其收到', () => {
  const notice = async () => must(await send(orderOf(await decision(), { needsConsent: false })));

  it('发出、到达、阅读、确认各有时间，确认由单位本人作出，重复确认不变', async () => {
    const sent = await notice();
    const cookies = await asUnit();
    const list = await app.inject({ url: '/api/unit/notices', cookies });
    expect(list.json()).toMatchObject({ items: [{ deliveryId: sent.deliveryId, state: 'DELIVERED', stateZh: '已送达', mustConfirm: true }] });
    // A paper is found by its own id, however many came after it.
    const [{ documentId } = { documentId: '' }] = list.json<{ items: { documentId: string }[] }>().items;
    await notice();
    for (const [id, found] of [[documentId, [sent.deliveryId]], ['doc_none', []]] as const) {
      const { items } = (await app.inject({ url: `/api/unit/notices?limit=1&document=${id}`, cookies })).json<{ items: { deliveryId: string }[] }>();
      expect(items.map((one) => one.deliveryId)).toEqual(found);
    }
    clock.advance(60_000);
    await app.inject({ url: `/api/unit/notices/${sent.deliveryId}/file`, cookies });
    clock.advance(60_000);
    const confirmed = await app.inject({ method: 'POST', url: `/api/unit/notices/${sent.deliveryId}/confirm`, cookies });
    expect(confirmed.json()).toMatchObject({ state: 'CONFIRMED', confirmedAt: toRfc3339(clock.now()) });
    clock.advance(60_000);
    const again = await app.inject({ method: 'POST', url: `/api/unit/notices/${sent.deliveryId}/confirm`, cookies });
    expect(again.json<{ confirmedAt: string }>().confirmedAt).toBe(confirmed.json<{ confirmedAt: string }>().confirmedAt);
    expect((await eventsOf(test.db, sent.deliveryId)).map((e) => e.act)).toEqual(['send', 'arrive', 'read', 'confirm']);
  });

  it('待确认的文书由数据库查出：其后又到两百多份已确认的，仍列得出；改换方式的不列', async () => {
    const sent = await notice();
    const replaced = await notice();
    must(await transact(test.db, (tx) => fallBack(tx, { clock }, replaced.deliveryId, 'POST', officer.accountId, '三日内未确认', '演示路 1 号')));
    await sql`INSERT INTO delivery SELECT (jsonb_populate_record(d, jsonb_build_object('delivery_id', d.delivery_id || '-' || n, 'state', 'CONFIRMED', 'confirmed_at', d.arrived_at, 'confirmed_by', d.sent_by))).*
      FROM delivery d, generate_series(1, 205) n WHERE delivery_id = ${replaced.deliveryId}`.execute(test.db);
    const cookies = await asUnit();
    const ids = async (query: string) => (await app.inject({ url: `/api/unit/notices?${query}`, cookies })).json<{ items: { deliveryId: string }[] }>().items.map((one) => one.deliveryId);
    expect(await ids('limit=200')).not.toContain(sent.deliveryId);
    expect(await ids('limit=200&open=true')).toEqual([sent.deliveryId]);
  });

  it('别的单位、未登录的人、执法人员都不能代为阅读或者确认', async () => {
    const sent = await notice();
    const other = await asUnit(unitFacts('E020'));
    for (const url of [`/api/unit/notices/${sent.deliveryId}`, `/api/unit/notices/${sent.deliveryId}/file`]) {
      expect((await app.inject({ url, cookies: other })).statusCode, url).toBe(404);
      expect((await app.inject({ url })).statusCode, url).toBe(401);
      expect((await app.inject({ url, cookies: await signIn('officer') })).statusCode, url).toBe(403);
    }
    const confirm = { method: 'POST' as const, url: `/api/unit/notices/${sent.deliveryId}/confirm` };
    expect((await app.inject({ ...confirm, cookies: other })).statusCode).toBe(404);
    expect((await app.inject({ ...confirm, cookies: await signIn('officer') })).statusCode).toBe(403);
    expect(await findDelivery(test.db, sent.deliveryId)).toMatchObject({ state: 'DELIVERED', readAt: null });
  });

  it('未确认的可以改用其他方式，原记录保留；已确认的不能', async () => {
    const sent = await notice();
    const cookies = await signIn('officer');
    const payload = { method: 'POST', reason: '三日内未确认', address: '演示路 1 号' };
    const other = await app.inject({ method: 'POST', url: `/api/deliveries/${sent.deliveryId}/other-way`, cookies, payload });
    expect(other.statusCode).toBe(201);
    const all = await deliveriesOf(test.db, 'case', `case-${unit.unitId}`);
    expect(all.map((d) => [d.method, d.state])).toEqual([['ELECTRONIC', 'REPLACED'], ['POST', 'SENT']]);
    expect(all[1]!.replaces).toBe(sent.deliveryId);
    const confirmed = await notice();
    must(await transact(test.db, (tx) => confirmReceipt(tx, { clock }, confirmed.deliveryId, asId<AccountId>('u'))));
    const refused = await transact(test.db, (tx) => fallBack(tx, { clock }, confirmed.deliveryId, 'LEFT', officer.accountId, 'x'));
    expect(refused).toMatchObject({ code: 'DLV-004' });
  });

  it('不以确认为要件的电子送达，到达即送达，不得再换一种方式重新起算期限', async () => {
    const sent = must(await send(orderOf(await decision(), { needsConsent: false, mustConfirm: false })));
    const payload = { method: 'POST', reason: '想换一种方式', address: '演示路 1 号' };
    const other = await app.inject({ method: 'POST', url: `/api/deliveries/${sent.deliveryId}/other-way`, cookies: await signIn('officer'), payload });
    expect([other.statusCode, other.json()]).toMatchObject([409, { code: 'DLV-011' }]);
    expect(await findDelivery(test.db, sent.deliveryId)).toMatchObject({ state: 'DELIVERED' });
  });

  it('送到能够查看并签收的账号；没有这样的账号不算电子送达', async () => {
    const account = { login: 'a-first', name: '单位管理员', password: 'long enough for a test', roles: ['unit-admin' as const], unitId: unit.unitId, region: DEMO_REGION };
    must(await createAccount({ db: test.db, clock, seal: async () => undefined }, account, head.accountId));
    const sent = await notice();
    expect(await findDelivery(test.db, sent.deliveryId)).toMatchObject({ method: 'ELECTRONIC', account: `unit-${unit.unitId.toLowerCase()}` });
    await sql`UPDATE access_account SET disabled_at = 1 WHERE unit_id = ${unit.unitId} AND login <> 'a-first'`.execute(test.db);
    expect(await notice()).toMatchObject({ method: 'DIRECT', arrivedAt: null });
  });

  it('送达回证由送达记录生成，证明内容一致', async () => {
    const sent = await notice();
    must(await transact(test.db, (tx) => confirmReceipt(tx, { clock }, sent.deliveryId, asId<AccountId>('u'))));
    const delivery = (await findDelivery(test.db, sent.deliveryId))!;
    const facts = deliveryProofFacts(delivery, {
      recipient: unit.name, portalName: '环保脸谱', consentNumber: '', servers: [{ name: officer.name, certificate: '苏ZF-060001' }, { name: '梁执中', certificate: '苏ZF-060002' }], confirmedBy: '甲',
    })!;
    expect(facts).toMatchObject({ legalDay: delivery.legalDay, documentSha256: delivery.documentSha256, method: '电子送达', receiptId: sent.deliveryId.replace('dlv_', ''), receipt: '' });
    const proof = await transact(test.db, (tx) =>
      issueDocument(tx, documents, { kind: 'DELIVERY_PROOF', data: facts, authority: city, subject: { kind: 'case', id: 'c' }, preparedBy: officer }),
    );
    expect(must(proof).title).toBe('送达回证');
  });

  it('回执进入存证日志；送达事件只增不改', async () => {
    const sent = await notice();
    const deps = { db: test.db, clock, log: silentLogger() };
    await drainOutbox(deps, [...documentsHandlers, ...deliveryHandlers]);
    const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf`.execute(test.db);
    const own = rows.map((row) => JSON.parse(row.leaf) as { t: string; ref: string; act?: string }).filter((leaf) => leaf.ref === sent.deliveryId);
    expect(own.map((leaf) => leaf.act)).toEqual(expect.arrayContaining(['send', 'arrive']));
    for (const statement of ['UPDATE delivery_event SET act = \'x\'', 'DELETE FROM delivery_event', 'DELETE FROM delivery', 'UPDATE delivery SET sent_at = 0', 'UPDATE delivery_consent SET act = \'GIVEN\'']) {
      await expect(sql.raw(statement).execute(test.db), statement).rejects.toThrow(/permission denied/);
    }
  });
});

describe('[JS-17.1] 文书的查阅、预览与核验', () => {
  it('本辖区人员可以查阅下载，外地人员视同不存在，单位不能从内部入口进入', async () => {
    const document = await decision();
    const url = `/api/documents/${document.documentId}`;
    const own = await app.inject({ url, cookies: await signIn('officer') });
    expect(own.json()).toMatchObject({ number: document.number, sealed: true, development: true, signatures: [{ subjectKind: 'authority' }] });
    const list = await app.inject({ url: `/api/documents?subjectId=case-${unit.unitId}`, cookies: await signIn('officer') });
    expect(list.json<{ items: unknown[] }>().items).toHaveLength(1);
    for (const path of [url, `${url}/file`]) {
      expect((await app.inject({ url: path, cookies: await signIn('neighbour') })).statusCode).toBe(404);
      expect((await app.inject({ url: path, cookies: await asUnit() })).statusCode).toBe(403);
      expect((await app.inject({ url: path })).statusCode).toBe(401);
    }
    expect((await app.inject({ url: '/api/documents/..%2f..%2fetc', cookies: await signIn('officer') })).statusCode).toBe(404);
  });

  it('预览不带文号和印章，内容有误时指出字段', async () => {
    const cookies = await signIn('officer');
    const post = (payload: object) => app.inject({ method: 'POST', url: '/api/documents/drafts', cookies, payload });
    const draft = await post({ kind: 'LEGAL_REVIEW', data: documentKind('LEGAL_REVIEW').sample, authority: '清川市生态环境局' });
    expect(draft.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await post({ kind: 'LEGAL_REVIEW', data: {}, authority: '甲' })).json()).toMatchObject({ code: 'DOC-001', status: 422 });
    expect((await post({ kind: '=cmd', data: {}, authority: '甲' })).json()).toMatchObject({ code: 'DOC-005' });
    expect((await post({ kind: 'toString', data: {}, authority: '甲' })).json()).toMatchObject({ code: 'DOC-005' });
  });

  it('任何人可以核验手中的文书，改动一处即指出', async () => {
    const document = await decision();
    const check = (payload: Buffer) =>
      app.inject({ method: 'POST', url: '/api/public/documents/check', headers: { 'content-type': 'application/pdf' }, payload });
    const whole = { accepted: true, explained: [], sha256: document.sha256, signatures: [{ certificate: { issuer: expect.stringMatching(/./) } }] };
    expect((await check(Buffer.from(document.pdf))).json()).toMatchObject({ ...whole, log: null });
    // Once it is a leaf, whoever holds the file learns which one and since when.
    while ((await drainOutbox({ db: test.db, clock, log: silentLogger() }, documentsHandlers)) > 0);
    expect((await check(Buffer.from(document.pdf))).json()).toMatchObject({ ...whole, log: { index: expect.any(Number), knownAt: expect.stringContaining('2026'), sealedAt: null } });
    const changed = Buffer.from(document.pdf);
    changed[3000]! ^= 1;
    expect((await check(changed)).json()).toMatchObject({ accepted: false, log: null });
    expect((await check(Buffer.from('=cmd'))).json()).toMatchObject({ accepted: false, explained: [{ code: 'NOT_A_PDF' }] });
    const json = await app.inject({ method: 'POST', url: '/api/public/documents/check', payload: { a: 1 } });
    expect(json.json()).toMatchObject({ code: 'DOC-016' });
  });

  it('the list of kinds says what each needs', async () => {
    const { items } = (await app.inject({ url: '/api/documents/kinds', cookies: await signIn('officer') })).json<{ items: { key: string; fields: { name: string; required: boolean }[] }[] }>();
    const penalty = items.find((item) => item.key === 'PENALTY_DECISION')!;
    expect(penalty.fields).toEqual(expect.arrayContaining([{ name: 'remedies', required: true }, { name: 'amount', required: false }]));
    expect(ok(items.length).value).toBeGreaterThan(20);
  });
});
