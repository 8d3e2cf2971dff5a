import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_PASSWORD } from '#access';
import { bundleVerifier, policyText, type BuiltPackage } from '#evidence';
import { verifyPackage } from '#evidence/verify';
import { DAY, HOUR } from '#kernel';
import { deadlinesOf } from '#platform/deadlines';
import { EVERY_ROW, sql, withRows } from '#platform/db';
import { defenceOf } from '#sim/people/case-bodies';
import { missingEvidence } from '#sim/people/evidence-files';
import type { CaseRow, CluePage, ClueRow, Page, SheetRow } from '#sim/people/shapes';
import { exportCase } from '../../src/app/export-case.ts';
import { recomputeHours } from '../../src/app/verify/recompute-hours.ts';
import { assessOpenItems, peopleOf, type People } from './chain-people.ts';
import { TAMPERED } from './chain-tampering.ts';
import { HOSTILE_NAME, openWorld, type World } from './chain-world.ts';

const UNIT = 'unit-qy0001';
const STRANGER = 'unit-qy0002';

describe('[JS-9] 从一帧报文到一份可验证的卷宗 from a frame to a proven dossier', { timeout: 300_000 }, () => {
  let world: World;
  let people: People;
  let clueId = '';
  let caseId = '';
  let caseNo = '';
  let built: BuiltPackage;
  const as = (login: string) => people.as(login);
  const clue = (): Promise<CluePage> => as('panel').get(`/api/review/clues/${clueId}`);
  beforeAll(async () => {
    world = await openWorld();
    people = peopleOf(world, () => caseId);
    await world.settle();
  }, 600_000);
  afterAll(() => world?.drop());

  it('[JS-3.2][JS-10.3][PAPER-2.3f] 设备经 TCP 上报得到应答，连续超标成为带警告的线索，只告知本单位', async () => {
    const devices = await world.live(14);
    expect(devices.sent).toBeGreaterThan(100);
    expect(devices).toMatchObject({ acknowledged: devices.sent, givenUp: 0 });
    const { items } = await as('panel').get<Page<ClueRow>>('/api/review/clues?limit=200');
    const found = items.find((c) => c.rule.includes('B01') && c.periodFrom.startsWith('2026-03-10'));
    expect(found).toMatchObject({ unitName: HOSTILE_NAME, tier: 'WORK_ORDER', provisional: true, state: 'WAITING_MARKS' });
    clueId = found?.clueId ?? '';
    const mine = await as(UNIT).get<Page<SheetRow>>('/api/unit/sheets');
    expect(mine.items.length).toBeGreaterThan(0);
    expect(mine.items.every((s) => s.unitId === 'QY0001')).toBe(true);
    const stranger = await as(STRANGER).get<Page<SheetRow>>('/api/unit/sheets');
    expect(stranger.items.some((s) => s.unitId === 'QY0001')).toBe(false);
    expect(await people.refused(STRANGER, 'GET', `/api/unit/sheets/${mine.items[0]?.sheetId}`)).toMatchObject({ status: 404 });
    expect(await people.refused(STRANGER, 'POST', `/api/unit/sheets/${mine.items[0]?.sheetId}/receipt`, {})).toMatchObject({ status: expect.any(Number) });
  });

  it('[NMG-2.2b][NMG-2.2c] 单位签收警告并如实反馈，监控人员核查后转研判专班', async () => {
    const { sheet } = await clue();
    expect(sheet).not.toBeNull();
    const url = `/api/unit/sheets/${sheet?.sheetId}`;
    expect(await as(UNIT).get(url)).toMatchObject({ tier: 'WARN', state: 'FEEDBACK_PENDING', unitName: HOSTILE_NAME });
    await as(UNIT).post(`${url}/receipt`);
    expect(await people.refused(UNIT, 'POST', `${url}/feedback`, { cause: 'exceedance', explanation: '超' })).toMatchObject({ code: 'SUPV-004' });
    await as(UNIT).post(`${url}/feedback`, { cause: 'exceedance', explanation: '除尘器滤袋破损导致颗粒物超标，确属超标。', measures: '正在更换滤袋并降低负荷。' });
    await world.live(6);
    await as('monitor').post(`/api/supervision/sheets/${sheet?.sheetId}/recheck`, { outcome: 'refer', note: '无标记、无运维记录，单位承认超标，转研判。' });
    await world.settle();
    const rows = await deadlinesOf(world.domain.platform.db, 'sheet', sheet?.sheetId ?? '');
    expect(rows.map((d) => d.state)).toEqual(['MET']);
    const list = { decision: 'list', note: '标记时限未满就想列入清单。' };
    expect(await people.refused('panel', 'POST', `/api/review/clues/${clueId}/triage`, list)).toMatchObject({ code: 'REVIEW-013' });
    await world.live(20);
    expect(await clue()).toMatchObject({ state: 'PANEL_ANALYSIS', provisional: false });
  });

  it('[JS-10.4][JS-7.1] 专班列入清单并冻结移送，别的城市看不见，审核人员不能兼任', async () => {
    expect(await people.refused('neighbour', 'GET', `/api/review/clues/${clueId}`)).toMatchObject({ status: 404 });
    expect(await people.refused('officer', 'POST', `/api/review/clues/${clueId}/triage`, { decision: 'list', note: '越权操作' })).toMatchObject({ status: 403 });
    await as('panel').post(`/api/review/clues/${clueId}/triage`, { decision: 'list', note: '连续九小时折算浓度超标，工况正常，未标记。' });
    expect(await people.refused('review-tech', 'POST', `/api/review/clues/${clueId}/take`, {})).toMatchObject({ code: 'REVIEW-006' });
    await as('panel-lead').post('/api/review/lists');
    await world.settle();
    expect(await people.refused('panel', 'POST', `/api/review/clues/${clueId}/take`, {})).toMatchObject({ status: 403 });
    await as('review-tech').post(`/api/review/clues/${clueId}/take`);
  });

  it('[JS-11.0][JS-12.2][PAPER-2.1] 四性审核：预检逐项列明，缺一签署不得认定，认定后才可作证据', async () => {
    const taken = await clue();
    const review = taken.reviews[0];
    const outcome = Object.fromEntries((review?.items ?? []).map((i) => [i.item, i.outcome]));
    expect(outcome).toMatchObject({ 'data.object': 'PASS', 'data.limit': 'PASS', 'data.values': 'PASS', 'data.transport': 'PASS', 'data.storage': 'PASS', 'platform.running': 'PASS', 'basis.level': 'PASS' });
    const url = `/api/review/reviews/${review?.reviewId}`;
    const conclusion = { conclusion: 'pass', violations: ['AIR_EXCEED'] };
    expect(await people.refused('review-lead', 'POST', `${url}/conclusion`, conclusion)).toMatchObject({ code: 'REVIEW-011' });
    await assessOpenItems(as('review-tech'), taken, 'TECHNICAL');
    await as('review-tech').post(`${url}/signatures`, { track: 'TECHNICAL', conclusion: 'PASS' });
    expect(await people.refused('review-tech', 'POST', `${url}/signatures`, { track: 'LEGAL', conclusion: 'PASS' })).toMatchObject({ code: 'REVIEW-008' });
    await assessOpenItems(as('review-legal'), taken, 'LEGAL');
    await as('review-legal').post(`${url}/signatures`, { track: 'LEGAL', conclusion: 'PASS' });
    await as('review-lead').post(`${url}/conclusion`, conclusion);
    expect(await clue()).toMatchObject({ state: 'REVIEW_PASSED' });
  });

  it('[JS-1.2][JS-13.1][JS-13.2][JS-13.3] 三个工作日内移送，告知单位，单位确认收到并陈述', async () => {
    await world.wait(DAY);
    await as('review-lead').post(`/api/review/clues/${clueId}/hand-over`);
    await as('review-lead').post(`/api/review/clues/${clueId}/notice`);
    await world.settle();
    expect(await people.refused(STRANGER, 'GET', `/api/unit/suspicions/${clueId}`)).toMatchObject({ status: 404 });
    const told = await as(UNIT).get<{ facts: { zh: string }; documentId: string }>(`/api/unit/suspicions/${clueId}`);
    // Told from what was measured: who, where, from when to when, by which standard; no figure of a model.
    expect(told.facts.zh).toMatch(/统一社会信用代码 \S+，排污许可证编号 \S+）.+2026年3月10日5时至2026年3月10日\d+时，二氧化硫小时折算排放浓度连续 [3-9] 小时超过排污许可证规定的排放限值 35 mg\/m3.*逐小时为：/);
    expect(told.facts.zh).not.toMatch(/离散|惊异度|尚缺|\b[A-G]\d\d\b/);
    await as(UNIT).post(`/api/unit/suspicions/${clueId}/receipt`);
    await as(UNIT).post(`/api/unit/suspicions/${clueId}/statements`, { kind: 'STATEMENT', text: '滤袋已更换，愿意配合调查。' });
    await as('officer').post(`/api/review/clues/${clueId}/sign-in`);
    const page = await clue();
    expect(page.notice).toMatchObject({ state: 'CONFIRMED' });
    const clocks = Object.fromEntries(page.deadlines.map((d) => [d.clockId, d.state]));
    expect(clocks).toMatchObject({ panel: 'MET', review: 'MET', T2: 'MET', T2n: 'MET' });
  });

  it('[JS-14.1][JS-12.2] 七个工作日内立案；未经审核的电子数据不得作为证据', async () => {
    const { items } = await as('officer').get<Page<CaseRow>>('/api/cases');
    caseId = items[0]?.caseId ?? '';
    caseNo = items[0]?.caseNo ?? '';
    expect(await people.refused('neighbour', 'GET', `/api/cases/${caseId}`)).toMatchObject({ status: 404 });
    expect(await people.refused(STRANGER, 'GET', `/api/unit/cases/${caseId}`)).toMatchObject({ status: 404 });
    expect(await people.refused(STRANGER, 'POST', `/api/cases/${caseId}/acts`, defenceOf(await people.page()))).toMatchObject({ status: 404 });
    // The file holds the facts as data: the hours over the limit, each with its value and multiple.
    const [fact] = (await people.page()).state.observed ?? [];
    expect(fact?.figures).toMatchObject({ kind: 'HOURS_OVER', limit: '35', each: expect.arrayContaining([{ start: expect.any(Number), value: expect.any(String), multiple: expect.any(String) }]) });
    await world.wait(3 * DAY);
    // officer3 has let his certificate lapse: he cannot be the second officer.
    const lapsed = { kind: 'PROPOSE_FILING', assistOfficerId: 'demo-officer3' };
    expect(await people.step('PROPOSE_FILING', lapsed).then(() => 'taken', (e: Error) => e.message)).toMatch(/CASE-006/);
    await people.step('PROPOSE_FILING');
    await world.wait(DAY);
    await people.step('APPROVE_FILING');
    const page = await people.page();
    expect(page.state.main).toBe('INVESTIGATING');
    expect(page.clocks.find((c) => c.clockId === 'T3a')).toMatchObject({ state: 'MET', overdue: false });
    const data = { kind: 'ATTACH_EVIDENCE', title: '补充数据', evidenceKind: 'ELECTRONIC_DATA', point: 'AUTO_DATA', mode: 'OFFSITE', obtainedOn: '2026-03-18', provider: '平台', proves: '超标' };
    const unseen = { ...data, source: { from: 'REVIEWED_DATA', dataRef: `data:QY0001-DA001:${world.clock.now() - 9 * DAY}:${world.clock.now()}` } };
    expect(await people.refused('officer', 'POST', `/api/cases/${caseId}/acts`, unseen)).toMatchObject({ code: 'CASE-004' });
    const raw = { ...data, source: { from: 'PLATFORM_DATA', dataRef: page.state.evidenceRefs[0]?.dataRef } };
    expect(await people.refused('officer', 'POST', `/api/cases/${caseId}/acts`, raw)).toMatchObject({ code: 'CASE-004' });
    await people.act('officer', { ...data, source: { from: 'REVIEWED_DATA', dataRef: page.state.evidenceRefs[0]?.dataRef } });
  });

  it('[JS-14.2][JS-16][JS-20.1][PAPER-3.2-5b] 调查取证齐备后终结，案件审查、裁量、审议依次由不同的人完成', async () => {
    expect(await people.step('FINISH_INVESTIGATION').then(() => 'taken', (e: Error) => e.message)).toMatch(/CASE-003/);
    const scan = await as(UNIT).post<{ sha256: string }>('/api/unit/materials', { base64: Buffer.from('验收、校准与许可证扫描件').toString('base64') });
    for (const item of missingEvidence(await people.page(), scan.sha256, world.clock.now())) await people.act('officer', item);
    await world.wait(2 * DAY);
    await people.step('RECORD_INQUIRY');
    await people.step('FINISH_INVESTIGATION');
    expect(await people.refused('officer', 'POST', `/api/cases/${caseId}/acts`, { kind: 'RETURN_CASE', reason: '自己审自己' })).toMatchObject({ status: 403 });
    for (const command of ['PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE']) {
      await world.wait(DAY);
      await people.step(command);
    }
    const { state } = await people.page();
    expect(state.main).toBe('NOTICE_PREPARED');
    expect(state.proposal?.amount).toBeGreaterThanOrEqual(100_000);
  });

  it('[JS-17.1][JS-17.3][JS-20.5] 经确认同意后电子送达告知书；期限内陈述申辩，逐条复核', async () => {
    await as(UNIT).post('/api/unit/consent', { signerName: '单位负责人', signerRole: '法定代表人', recipient: UNIT });
    await people.step('SEND_NOTICE');
    expect((await people.page()).state.main).toBe('DEFENCE_WINDOW');
    await people.act(UNIT, defenceOf(await people.page()));
    expect(await people.step('CLOSE_WINDOW').then(() => 'taken', (e: Error) => e.message)).toMatch(/CASE-003/);
    await world.wait(8 * DAY);
    await people.step('CLOSE_WINDOW');
    await people.step('REVIEW_DEFENCE');
    await people.step('PASS_LEGAL_REVIEW');
    await world.wait(DAY);
    await people.step('DECIDE');
    await people.step('ORDER_RECTIFICATION');
    await people.step('SEND_DECISION');
    const notices = await as(UNIT).get<Page<{ deliveryId: string; documentTitle: string; documentSha256: string; legalDay: string }>>('/api/unit/notices');
    const decision = notices.items.find((n) => n.documentTitle.includes('处罚决定书'));
    expect(decision?.legalDay).toBeDefined();
    const file = await fetch(`${world.base}/api/unit/notices/${decision?.deliveryId}/file`, { headers: { cookie: await cookieOf(world, UNIT) } });
    const bytes = Buffer.from(await file.arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(decision?.documentSha256);
    const checked = await fetch(`${world.base}/api/public/documents/check`, { method: 'POST', headers: { 'content-type': 'application/pdf' }, body: bytes });
    expect(await checked.json()).toMatchObject({ problems: [] });
    const papers = await as('officer').get<Page<{ documentId: string; kind: string }>>(`/api/documents?subjectId=${caseId}&kind=PENALTY_DECISION`);
    const paper = await as('officer').get<{ data: { party: { name: string } } }>(`/api/documents/${papers.items[0]?.documentId}`);
    expect(paper.data.party.name).toBe(HOSTILE_NAME);
    expect(await people.refused(STRANGER, 'GET', `/api/documents/${papers.items[0]?.documentId}`)).toMatchObject({ status: expect.any(Number) });
  });

  it('[JS-18.1][JS-18.2] 缴款、非现场核查整改、公开、结案、归档，每个时限都在期内', async () => {
    await world.wait(5 * DAY);
    await people.step('REGISTER_PAYMENT');
    await people.step('REPORT_RECTIFICATION');
    await people.step('CHECK_RECTIFICATION');
    const { items } = await as('legal').get<Page<{ id: string; state: string }>>('/api/disclosure/publications');
    await as('head').post(`/api/disclosure/publications/${items[0]?.id}`, { act: 'publish', note: '依法公开。' });
    await world.settle();
    await people.step('PROPOSE_CLOSING');
    await people.step('APPROVE_CLOSING');
    expect(await people.refused('officer', 'POST', `/api/archive/${caseId}`, {})).toMatchObject({ status: 403 });
    expect(await as('archivist').post(`/api/archive/${caseId}`)).toMatchObject({ archiveNo: expect.any(String) });
    await world.settle();
    const page = await people.page();
    expect(page.state.main).toBe('ARCHIVED');
    const clocks = Object.fromEntries(page.clocks.map((c) => [c.clockId, c.state]));
    expect(clocks).toMatchObject({ T3a: 'MET', T8: 'MET', T9: 'MET', T10: 'MET', T18: 'MET', TR: 'MET' });
    expect(page.clocks.filter((c) => c.overdue)).toEqual([]);
    // The party's own terms ran to their end: a window that was granted in full is no duty missed.
    expect([clocks['T5'], clocks['T6']]).toEqual(['MET', 'MET']);
    expect(new Set(page.timeline.map((t) => t.actor)).size).toBeGreaterThanOrEqual(8);
  });

  it('[JS-20.6][PAPER-3.2-5c] 卷宗导出为证据包，离线核验成立；十种改动各被指出', async () => {
    const exported = await exportCase(world.domain, caseNo);
    if (!exported.ok) throw new Error(`${exported.code} ${exported.en}`);
    built = exported.value;
    const policy = policyText(world.domain.evidence);
    const report = await verifyPackage(built.zip, { policy, recompute: recomputeHours });
    expect(report.lines.find((l) => l.check === 'replay')).toMatchObject({ status: 'holds', zh: expect.stringMatching(/超限 [1-9]\d* 个/) });
    // Without the codec nobody can compute the hours again: "cannot tell", never green.
    expect((await verifyPackage(built.zip, { policy })).exit).toBe(2);
    const folder = mkdtempSync(join(tmpdir(), 'verifier-'));
    const [verifier, zip, policyFile] = ['verify.mjs', 'case.zip', 'policy.txt'].map((name) => join(folder, name)) as [string, string, string];
    await bundleVerifier(verifier, join(import.meta.dirname, '../../src/app/verify/entry.ts'));
    writeFileSync(zip, built.zip);
    writeFileSync(policyFile, policy);
    expect(execFileSync(process.execPath, [verifier, zip, '--policy', policyFile], { encoding: 'utf8', cwd: folder })).toContain('结论：成立');
    rmSync(folder, { recursive: true });
    expect(report.lines.filter((l) => l.status === 'fails' || l.status === 'cannot-tell')).toEqual([]);
    expect(report.exit).toBe(0);
    expect(TAMPERED).toHaveLength(10);
    for (const { what, tamper, check, where } of TAMPERED) {
      const { lines, exit } = await verifyPackage(tamper(built), { policy, recompute: recomputeHours });
      const failed = lines.filter((l) => l.status === 'fails');
      const places = failed.filter((l) => l.check === check).flatMap((l) => l.problems.map((p) => p.where));
      expect({ what, exit, checks: failed.map((l) => l.check), named: places.some((p) => where.test(p)) ? 'yes' : places }).toMatchObject({ exit: 1, checks: expect.arrayContaining([check]), named: 'yes' });
    }
    const again = await exportCase(world.domain, caseNo);
    expect(again.ok && Buffer.compare(Buffer.from(again.value.zip), Buffer.from(built.zip))).toBe(0);
  });

  it('过期的会话、他人的编号、空白身份一律拒绝，且不改变任何东西', async () => {
    const count = async () => (await sql<{ n: string }>`SELECT count(*) AS n FROM evidence_leaf`.execute(world.domain.platform.db)).rows[0]?.n;
    const before = await count();
    const cookie = await cookieOf(world, 'officer');
    await withRows(world.domain.platform.db, 'mingjian.person', EVERY_ROW, (tx) => sql`UPDATE access_session SET seen_at = seen_at - ${13 * HOUR}, created_at = created_at - ${13 * HOUR}`.execute(tx));
    const post = (headers: Record<string, string>) => fetch(`${world.base}/api/cases/${caseId}/acts`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ kind: 'CLOSE_WINDOW' }) });
    expect((await post({ cookie })).status).toBe(401);
    expect((await post({})).status).toBe(401);
    expect((await post({ cookie: 'mingjian=forged' })).status).toBe(401);
    for (const path of ['/api/cases/no-such', '/api/review/clues/%23..%5B*%24', '/api/documents/=cmd', '/api/unit/sheets/../../etc']) {
      expect((await as('officer').request('GET', path)).ok, path).toBe(false);
    }
    expect(await count()).toBe(before);
  });
});

/** A session of one's own, to look at what a browser would hold. */
async function cookieOf(world: World, login: string): Promise<string> {
  const answer = await fetch(`${world.base}/api/access/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: DEMO_PASSWORD }) });
  expect(answer.status).toBe(200);
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
