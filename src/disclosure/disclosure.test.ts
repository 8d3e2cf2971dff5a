import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_AUTHORITIES, DEMO_CITY, DEMO_PROVINCE, areaUnder, demoAccountId, demoPlace, officeOf, registerAccess, visibilityOf, type Actor, type Role } from '#access';
import { actOnCase, decisionSaid, printedOf } from '#cases';
import { cast, testClock, testDeps, walkCase } from '#cases/testing';
import { documentKind, documentKinds } from '#documents';
import { evidenceOf, makeCheckpoint, policyText } from '#evidence';
import { runVerifier } from '#evidence/verify';
import { asId, HOUR, instant, manualClock, ok, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { deadlinesOf } from '#platform/deadlines';
import { EVERY_ROW, sql, withRows } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import { buildRegistry, EMPTY_REGISTER, type StoredRegistry } from '#register';
import { receiverOf } from './decide-receiver.ts';
import { disclosureHandlers } from './on-case-events.ts';
import type { ApprovalFacts, DisclosureDeps } from './prepare-publication.ts';
import { answerReport } from './public-report.ts';
import { actsOpenTo, decidePublication } from './publication.ts';
import { actOnPublication } from './publish-decision.ts';
import { disclosureRoutes, insideOf } from './routes.ts';
import { textRefOf } from './public-text.ts';
import { findPublication, isPublished, listPublications, listReports } from './store.ts';

type Said = { readonly zh: string; readonly en: string };
const unit = asId<UnitId>('E1');
const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'disclosure-'));
let test: TestDatabase;
let app: App;
let deps: DisclosureDeps;

const registry: StoredRegistry = {
  ...buildRegistry({
    ...EMPTY_REGISTER,
    units: [{ unit, name: '<img onerror=alert(1)>电力公司', industry: '', industryZh: '', county: '', lat: undefined, lon: undefined, operator: '', keyPolluter: true, attributes: { legal_representative: '张演示' } }],
  }),
  version: 1,
  authorityOf: () => DEMO_CITY,
};
/** Forms checked against the real layout's schema, kept for the tests to read. */
const forms: ApprovalFacts[] = [];
const papers: DisclosureDeps['papers'] = {
  async approval(_tx, _publication, facts) {
    documentKinds.PUBLICATION_APPROVAL.schema.parse(facts);
    forms.push(facts);
    return ok({ number: `公${forms.length}` });
  },
};
const lastForm = () => Object.fromEntries(forms.at(-1)?.rows.map((row) => [row.label, row.text]) ?? []);
const official = (login: string, role: Role): Actor => ({
  accountId: demoAccountId(login), name: login, roles: [role], region: asId<RegionKey>('jiangsu'), authorityId: DEMO_CITY, area: areaUnder(DEMO_AUTHORITIES, DEMO_CITY),
});
const head = official('head', 'authority-head');
const officer = official('officer', 'enforcement-officer');
const provincial: Actor = { ...official('region-enforcement', 'enforcement-lead'), authorityId: DEMO_PROVINCE, area: areaUnder(DEMO_AUTHORITIES, DEMO_PROVINCE) };
const neighbour: Actor = { ...official('neighbour', 'enforcement-officer'), authorityId: demoPlace('jiangsu').neighbour, area: [demoPlace('jiangsu').neighbour] };

beforeAll(async () => {
  test = await testDatabase();
  deps = { db: test.db, clock, log: silentLogger(), law: loadLaw(), registry: () => registry, papers, blobs: openBlobs(folder) };
  await createDemoAccounts(deps, []);
  app = await createHttp({ log: silentLogger() });
  registerAccess(app, deps);
  disclosureRoutes(app, deps);
  const payload = {
    caseId: 'case-1', caseNo: 'JS-QC-2026-0001', unitId: unit, authorityId: DEMO_CITY, region: 'jiangsu', violation: 'AIR_EXCEED', outcome: 'PENALTY', amount: 186_000,
    decidedAt: clock.now(), documentId: null, documentNumber: '苏清环罚〔2026〕1号',
  };
  for (let i = 0; i < 2; i++) await test.db.transaction().execute((tx) => emit(tx, clock, { type: 'case.decided', subject: 'case-1', payload }));
  for (const outcome of ['NOT_ESTABLISHED', 'NO_PENALTY'])
    await test.db.transaction().execute((tx) => emit(tx, clock, { type: 'case.decided', subject: outcome, payload: { ...payload, caseId: outcome, outcome, amount: 0 } }));
  while ((await drainOutbox(deps, disclosureHandlers)) > 0);
});
afterAll(async () => {
  await app.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const publicList = async () => (await app.inject({ url: '/api/public/decisions' })).json<{ items: { id: string; unit: string; facts: string }[] }>().items;

it('代办人改稿，记下代谁', async () => {
  const { items: [prepared] } = await listPublications(test.db, { kind: 'all' }, { limit: 10 });
  const deputy: Actor = { ...officer, behalf: { accountId: demoAccountId('enforcement'), name: '梁执中', delegationId: 'd' } };
  expect(await actOnPublication(deps, deputy, prepared!.publicationId, { act: 'edit', note: '', facts: '事实' })).toMatchObject({ ok: true });
  expect(await findPublication(test.db, { publicationId: prepared!.publicationId })).toMatchObject({ preparedBy: officer.accountId, preparedFor: demoAccountId('enforcement') });
  expect(await actOnPublication(deps, { ...head, accountId: demoAccountId('enforcement') }, prepared!.publicationId, { act: 'publish', note: '' })).toMatchObject({ code: 'DISC-003' });
});

it('[SH-14.3] 处罚决定作出后自动拟稿，违法事实不成立和不予处罚的不拟；未经批准不公开，拟稿人不得自批', async () => {
  const { items: [prepared, ...more] } = await listPublications(test.db, { kind: 'all' }, { limit: 10 });
  expect(more).toEqual([]);
  const id = prepared!.publicationId;
  expect(prepared).toMatchObject({ state: 'PREPARED', amount: 186_000, outcome: '行政处罚' });
  expect(await publicList()).toEqual([]);
  expect((await app.inject({ url: `/api/public/decisions/${id}` })).statusCode).toBe(404);
  // The law relied on, what is ordered and the remedies are the decision's own words; people are hidden in them, too.
  const said = decisionSaid(documentKind('PENALTY_DECISION').sample)!;
  expect([said.decisions.length, said.penal.length, said.remedies.reconsiderationBody]).toEqual([2, 1, '示范市人民政府']);
  const office = printedOf(await officeOf(test.db, DEMO_CITY));
  const performance = `自收到本决定书之日起十五日内，到${office.payee.zh}缴纳罚款。`;
  const remedies = { ...said.remedies, reconsiderationBody: office.reconsiderationBody.zh };
  const content = { evidence: [{ name: '询问笔录（张演示）', proves: '经过' }], discretion: '持续 9 小时，首次。', performance, broken: said.broken, penal: said.penal, orders: ['对法定代表人张演示处罚款人民币 18000 元。'], remedies };
  await sql`UPDATE disclosure_publication SET content = ${JSON.stringify(content)}::jsonb WHERE publication_id = ${id}`.execute(test.db);
  const text = '张演示在场，现场负责人李四（13912345678）确认。';
  expect(await actOnPublication(deps, officer, id, { act: 'edit', note: '', facts: text, names: ['李四'] })).toMatchObject({ ok: true });
  expect(await actOnPublication(deps, officer, id, { act: 'publish', note: '' })).toMatchObject({ status: 403 });
  expect(await actOnPublication(deps, head, id, { act: 'publish', note: '' })).toMatchObject({ ok: true });
  // 公开审批表：公开内容、隐去的内容、渠道、批准人；被拒绝的批准不成表。
  expect(forms).toHaveLength(1);
  expect(lastForm()).toMatchObject({ 公开内容: '张某在场，现场负责人李某（＊＊＊）确认。', 隐去的内容: '电话号码 1 处、个人姓名 2 处', 决定: '同意公开', 公开日期: '2026年9月14日' });
  expect(forms[0]?.opinions.map((o) => o.name)).toEqual([expect.any(String), 'head']);
  const [shown] = await publicList();
  expect(shown).toMatchObject({ facts: '张某在场，现场负责人李某（＊＊＊）确认。', unit: '<img onerror=alert(1)>电力公司', cause: { zh: expect.stringMatching(/案$/), en: expect.stringContaining('air') } });
  expect(shown).toMatchObject({ content: { evidence: [{ name: '询问笔录（张某）', proves: '经过' }], discretion: '持续 9 小时，首次。', performance: { zh: performance }, orders: [{ zh: '对法定代表人张某处罚款人民币 18000 元' }], penal: [{ instrument: expect.stringContaining('法'), instrumentEn: expect.stringMatching(/^[A-Z][\x20-\x7E]+ (?:Law|Code)$/), article: expect.stringContaining('条') }], remedies: { court: { zh: said.remedies.court } } } });
  // Readers of English are told bodies, bank and terms in English where the authority's own data name them; a body it does not name stays as it is written.
  const { authority, content: open } = (await app.inject({ url: `/api/public/decisions/${id}` })).json<{ authority: Said; content: { performance: Said; remedies: Record<'reconsiderationBody' | 'reconsiderationTerm' | 'court' | 'suitTerm', Said> } | null }>();
  const inEnglish = [authority, open?.performance, open?.remedies.reconsiderationBody, open?.remedies.reconsiderationTerm, open?.remedies.suitTerm].map((one) => one?.en);
  expect(inEnglish).toEqual([expect.stringContaining('Qingchuan'), expect.stringMatching(/15 days.+Demonstration Bank, Qingchuan branch/), expect.stringContaining('Government of Qingchuan'), 'within 60 days', 'within six months']);
  expect(inEnglish.join()).not.toMatch(/[一-鿿]/);
  expect(open?.remedies.court.en).toBe(said.remedies.court);
  expect(lastForm()).toMatchObject({ 证据: '1. 询问笔录（张某），证明：经过', 裁量理由: '持续 9 小时，首次。', 履行方式和期限: performance, 处罚内容: '对法定代表人张某处罚款人民币 18000 元。', 救济途径: expect.stringContaining(remedies.reconsiderationBody) });
  const { rows } = await sql`SELECT 1 FROM outbox WHERE type = 'decision.published' AND subject = 'case-1'`.execute(test.db);
  expect(rows).toHaveLength(1);
});

it('[SH-14.3] 公开文本及其存证证明可以取走，离线核验；改一个字即不成立；记录不含姓名、账号与案件', async () => {
  const [{ id } = { id: '' }] = await publicList();
  expect((await app.inject({ url: `/api/public/decisions/${id}/proof` })).json()).toMatchObject({ code: 'EVID-004' });
  const log = evidenceOf({ ...deps, config: readConfig({ MINGJIAN_DATA: folder }) });
  await makeCheckpoint(log);
  const [text, proof] = (await Promise.all(['text', 'proof'].map((what) => app.inject({ url: `/api/public/decisions/${id}/${what}` })))).map((one) => one.rawPayload);
  expect(String(text)).toContain('张某在场，现场负责人李某（＊＊＊）确认。');
  expect(String(text)).toMatch(/^案由：.+案$[^]*^处罚依据：《.+》第.+条[^]*^处罚内容：对法定代表人张某[^]*^救济途径：不服本决定的/m);
  const record = JSON.parse(String(Buffer.from(/^extra (.+)$/m.exec(String(proof))?.[1] ?? '', 'base64'))) as object;
  expect(Object.keys(record).toSorted()).toEqual(['at', 'kind', 'no', 'node', 'ref', 'sha256', 't', 'v']);
  const files = { text, changed: Buffer.from(`${String(text)} `), proof, policy: Buffer.from(policyText(log)), other: Buffer.from(String(proof).replace(/^index (\d+)$/m, (_, n: string) => `index ${Number(n) + 1}`)) };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes!);
  const verify = (...args: string[]) => runVerifier(args.map((arg) => (arg.startsWith('--') ? arg : join(folder, arg))), { out: () => undefined, err: () => undefined });
  expect(await verify('text', '--proof', 'proof', '--policy', 'policy')).toBe(0);
  expect(await verify('text', '--proof', 'proof')).toBe(2);
  expect(await verify('changed', '--proof', 'proof', '--policy', 'policy')).toBe(1);
  expect(await verify('text', '--proof', 'other', '--policy', 'policy')).toBe(1);
  expect(await verify('text', '--proof', 'text', '--policy', 'policy')).toBe(1);
  // The rule of the public leaf knows the text by its own name, and no act on the publication.
  expect(await isPublished(test.db, textRefOf(id))).toBe(true);
  expect(await isPublished(test.db, id)).toBe(false);
});

it('代办人拟稿的，代办人与委托人都不得批准 sec:X14', () => {
  const prepared = { state: 'PREPARED', preparedBy: officer.accountId, preparedFor: demoAccountId('enforcement') } as const;
  const deputyOf = (principal: string): Actor => ({ ...head, behalf: { accountId: demoAccountId(principal), name: principal, delegationId: 'd' } });
  const publish = (by: Actor) => decidePublication(prepared, 'publish', by, '');
  for (const by of [officer, official('enforcement', 'authority-head'), deputyOf('enforcement'), deputyOf('officer')]) expect(publish(by)).toMatchObject({ code: 'DISC-003' });
  expect(publish(head)).toMatchObject({ ok: true });
  expect(publish(deputyOf('legal'))).toMatchObject({ ok: true });
  // Nor is it offered to them.
  for (const by of [officer, deputyOf('enforcement')]) expect(actsOpenTo(prepared, by)).not.toContain('publish');
  expect(actsOpenTo(prepared, head)).toEqual(expect.arrayContaining(['publish', 'withhold']));
});

it('归档后重新作出决定的，原决定的公开须在三个工作日内撤回（处罚法 第四十八条）', async () => {
  const { items: [published] } = await listPublications(test.db, { kind: 'all' }, { limit: 10 });
  const again = {
    caseId: 'case-2', caseNo: 'JS-QC-2026-0002', unitId: published!.unitId, authorityId: DEMO_CITY, region: 'jiangsu', violation: 'AIR_EXCEED', outcome: 'PENALTY', amount: 100_000,
    decidedAt: deps.clock.now(), documentId: null, documentNumber: '苏清环罚〔2026〕2号', supersedes: 'case-1',
  };
  await test.db.transaction().execute((tx) => emit(tx, deps.clock, { type: 'case.decided', subject: 'case-2', payload: again }));
  while ((await drainOutbox(deps, disclosureHandlers)) > 0);
  expect(await deadlinesOf(test.db, 'publication', published!.publicationId)).toMatchObject([{ clockId: 'T17', state: 'OPEN' }]);
  expect((await listPublications(test.db, { kind: 'all' }, { limit: 10 })).items.map((one) => one.caseNo).toSorted()).toEqual(['JS-QC-2026-0001', 'JS-QC-2026-0002']);
});

it('a withdrawn decision keeps its place and its note, not its text', async () => {
  const [{ id } = { id: '' }] = await publicList();
  expect(await actOnPublication(deps, head, id, { act: 'withdraw', note: '行政复议决定撤销' })).toMatchObject({ ok: true });
  expect(lastForm()).toMatchObject({ 决定: '撤回公开并说明理由', 说明: '行政复议决定撤销' });
  const response = await app.inject({ url: `/api/public/decisions/${id}` });
  expect(response.json()).toMatchObject({ facts: '', withdrawNote: '行政复议决定撤销', textSha256: null });
  for (const what of ['text', 'proof']) expect((await app.inject({ url: `/api/public/decisions/${id}/${what}` })).statusCode).toBe(404);
  expect(await findPublication(test.db, { publicationId: id })).toMatchObject({ state: 'WITHDRAWN' });
});

it('search words are data, not patterns', async () => {
  expect((await app.inject({ url: '/api/public/decisions?q=%25' })).json()).toMatchObject({ items: [] });
  expect((await app.inject({ url: `/api/public/decisions?q=${encodeURIComponent("' OR 1=1 --")}` })).json()).toMatchObject({ items: [] });
});

it('公众可以反映问题并凭查询码看到答复；联系方式只给办理人员', async () => {
  const sent = await app.inject({ method: 'POST', url: '/api/public/reports', payload: { text: '夜间河边有异味和污水', place: '清川河大桥', contact: '13900000000' } });
  expect(sent.statusCode).toBe(201);
  const { code } = sent.json<{ code: string }>();
  const lookUp = () => app.inject({ method: 'POST', url: '/api/public/reports/look-up', payload: { code } });
  expect((await lookUp()).json()).toMatchObject({ state: 'RECEIVED', answer: null });
  expect((await lookUp()).body).not.toContain('13900000000');
  expect((await app.inject({ method: 'POST', url: '/api/public/reports/look-up', payload: { code: 'x'.repeat(16) } })).statusCode).toBe(404);
  expect((await app.inject({ url: '/api/disclosure/reports' })).statusCode).toBe(401);
  const { rows } = await withRows(test.db, 'mingjian.report', EVERY_ROW, (tx) => sql<{ report_id: string; code_hash: string }>`SELECT report_id, code_hash FROM disclosure_report`.execute(tx));
  expect(rows[0]?.code_hash).not.toContain(code);
  // The report names no unit: it is the province's, and not there for anybody below.
  expect(await answerReport(deps, officer, rows[0]!.report_id, '已安排核查，属实，正在处理')).toMatchObject({ code: 'ACCESS-005' });
  await answerReport(deps, provincial, rows[0]!.report_id, '已安排核查，属实，正在处理');
  expect((await lookUp()).json()).toMatchObject({ state: 'ANSWERED', answer: '已安排核查，属实，正在处理' });
});

it('举报由所点名单位、排放口、县区的机关办理；没有点名的归省级；别的机关看不到举报人 sec:X12', async () => {
  const [one, two, province] = ['A1', 'A2', 'P'].map((text) => asId<AuthorityId>(text));
  const [u1, u2] = [asId<UnitId>('U1'), asId<UnitId>('U2')];
  const register = { units: [{ unit: u1, name: '澄岚热电', county: '澄岚区' }, { unit: u2, name: '望川纸业', county: '' }], outfalls: [{ unit: u2, outfall: 'U2-DA001' }] };
  const receiver = (words: string) => receiverOf(words, register, (id) => (id === u1 ? one : two), province);
  expect(['澄岚热电夜里冒烟', '澄岚区河边', 'U2-DA001 直排', '澄岚热电旁的望川纸业', '河里有泡沫'].map(receiver)).toEqual([one, one, two, province, province]);

  await app.inject({ method: 'POST', url: '/api/public/reports', payload: { text: '<img onerror=alert(1)>电力公司夜间偷排', place: '', contact: '13700000000' }, remoteAddress: '10.0.0.8' });
  const seen = async (actor: Actor) => (await listReports(test.db, visibilityOf(actor, 'disclosure.reports-read'), { limit: 10 })).items.map((report) => report.contact);
  expect(await seen(officer)).toEqual(['13700000000']);
  expect(await seen(neighbour)).toEqual([]);
  expect((await seen(provincial)).toSorted()).toEqual(['13700000000', '13900000000']);
});

it('a report is seen by its code, its sender or the officer who handles it; a statement that names none of them finds nothing', async () => {
  const all = (tx: Parameters<Parameters<typeof withRows>[3]>[0] | typeof test.db) => sql<{ contact: string; code_hash: string }>`SELECT contact, code_hash FROM disclosure_report`.execute(tx);
  expect((await all(test.db)).rows).toEqual([]);
  expect((await sql`UPDATE disclosure_report SET contact = ''`.execute(test.db)).numAffectedRows).toBe(0n);
  const [first] = (await withRows(test.db, 'mingjian.report', EVERY_ROW, all)).rows;
  expect(first?.contact).toBe('13900000000');
  await app.inject({ method: 'POST', url: '/api/public/reports', payload: { text: '另一处夜间排污', place: '', contact: '13811111111' }, remoteAddress: '10.0.0.9' });
  expect((await withRows(test.db, 'mingjian.report', first!.code_hash, all)).rows).toEqual([first]);
});

it('批准公开时再按案卷中的姓名隐去：登记后变更的法定代表人也不以全名公开', async () => {
  const { items } = await listPublications(test.db, { kind: 'all' }, { limit: 10 });
  const second = items.find((one) => one.caseNo === 'JS-QC-2026-0002')!;
  expect(await actOnPublication(deps, officer, second.publicationId, { act: 'edit', note: '', facts: '王新任签收。' })).toMatchObject({ ok: true });
  const renamed = { ...registry, unit: (id: UnitId) => ({ ...registry.unit(id)!, attributes: { legal_representative: '王新任' } }) };
  expect(await actOnPublication({ ...deps, registry: () => renamed }, head, second.publicationId, { act: 'publish', note: '' })).toMatchObject({ ok: true });
  expect((await publicList()).map((one) => one.facts)).toContain('王某签收。');
});

it('lists go on past a page, what is open first', async () => {
  const all = await listReports(test.db, { kind: 'all' }, { limit: 200 });
  const states = all.items.map((one) => one.state === 'ANSWERED');
  expect([all.nextCursor, states]).toEqual([null, [false, false, true]]);
  const paged: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = await listReports(test.db, { kind: 'all' }, { limit: 1, cursor });
    paged.push(...items.map((one) => one.reportId));
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  expect(paged).toEqual(all.items.map((one) => one.reportId));
  const first = await listPublications(test.db, { kind: 'all' }, { limit: 1 });
  const next = await listPublications(test.db, { kind: 'all' }, { limit: 1, cursor: first.nextCursor ?? '' });
  expect(new Set([...first.items, ...next.items].map((one) => one.publicationId)).size).toBe(2);
});

it('stops a flood from one source, and lets it speak again after an hour', async () => {
  const send = () => app.inject({ method: 'POST', url: '/api/public/reports', payload: { text: '同一来源反复提交' } });
  for (let i = 0; i < 9; i++) expect((await send()).statusCode).toBe(201);
  expect((await send()).statusCode).toBe(429);
  clock.advance(HOUR + 1);
  expect((await send()).statusCode).toBe(201);
});

it('决定书送达之前不公开；送达后方可', async () => {
  const cases = testDeps(test.db, testClock());
  const { caseId } = await walkCase(cases, 'DECIDED');
  while ((await drainOutbox(deps, disclosureHandlers)) > 0);
  const { publicationId = '' } = (await findPublication(test.db, { caseId })) ?? {};
  expect(await actOnPublication(deps, head, publicationId, { act: 'publish', note: '' })).toMatchObject({ code: 'DISC-007', status: 409 });
  // Nor is it offered before; the page says why.
  const seen = async () => (await insideOf(deps, head, [(await findPublication(test.db, { publicationId }))!]))[0];
  expect(await seen()).toMatchObject({ next: ['withhold'], waits: { zh: expect.stringContaining('送达') as string } });
  expect(await actOnCase(cases, cast.officer, caseId, { kind: 'SEND_DECISION' })).toMatchObject({ ok: true });
  expect(await seen()).toMatchObject({ next: expect.arrayContaining(['publish']) as string[], waits: null });
  expect(await actOnPublication(deps, head, publicationId, { act: 'publish', note: '' })).toMatchObject({ ok: true });
  // The course of the case tells what was done to its publication.
  expect((await seen())?.acts).toMatchObject([{ zh: '拟定公开文本', to: '待批准公开', actor: '平台' }, { zh: '批准公开', to: '已公开', actor: expect.stringMatching(/./) as string }]);
});
