import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areaUnder, createDemoAccounts, DEMO_AUTHORITIES, DEMO_CAST, DEMO_CITY, demoAccountId, unitLogin, type Actor } from '#access';
import { deliveriesOfDocument } from '#delivery';
import { documentsOf } from '#documents';
import { asId, HOUR, instant, manualClock, type ClueId, type DocumentId, type FactorCode, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import type { Series } from '#platform/series';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import { drainOutbox, emit } from '#platform/outbox';
import { buildRegistry, EMPTY_REGISTER, type StoredRegistry } from '#register';
import { answerSheet, confirmSheet, connectSupervision, sheetOfClue, supervisionHandlers } from '#supervision';
import { concludeReview } from './conclude-review.ts';
import { connectReview } from '../connect.ts';
import { handOverClue, signInClue } from '../handover/hand-over-clue.ts';
import { confirmNotice, notifyUnit } from '../handover/notify-unit.ts';
import { seatDemoPeople } from '../members/keep-members.ts';
import { reviewHandlers } from '../on-events.ts';
import { takeReview } from './open-review.ts';
import type { ReviewDeps } from '../ports.ts';
import { showClue, showNotice } from '../clue/show-clue.ts';
import { assessItem, signTrack } from './sign-review.ts';
import { findReview } from '../store/reviews.ts';
import { freezeList, triageClue } from '../panel/triage-clue.ts';

const unit = asId<UnitId>('E1');
const outfall = asId<OutfallId>('O1');
const clueId = asId<ClueId>('clue-1');
const clock = manualClock(instant(Date.parse('2026-09-14T09:00:00+08:00')));
const folder = mkdtempSync(join(tmpdir(), 'papers-'));
let test: TestDatabase;
let deps: ReviewDeps;

const registry: StoredRegistry = {
  ...buildRegistry({
    ...EMPTY_REGISTER,
    units: [{ unit, name: '示范市清源电力有限公司', industry: 'coal_power', industryZh: '火力发电', county: '演示区', lat: undefined, lon: undefined, operator: '', keyPolluter: true, attributes: { address: '演示路 18 号', credit_code: '91329000MA1EXAMPL0' } }],
    outfalls: [{ outfall, unit, type: 'gas', mn: undefined, doorMn: undefined, powerMn: undefined, o2Ref: 6, analysisCycleHours: undefined, designFlow: undefined, minuteStep: 1, stackAreaM2: undefined, velocityCoefficient: undefined, attributes: { name: '1号机组烟囱' } }],
    factors: [{ outfall, factor: asId<FactorCode>('a21002'), factorZh: '氮氧化物', unit: 'mg/m3', span: undefined, resolution: undefined, attributes: {} }],
  }),
  version: 1,
  authorityOf: () => DEMO_CITY,
};

beforeAll(async () => {
  test = await testDatabase();
  await createDemoAccounts({ db: test.db, clock }, [{ unitId: unit, name: '清源电力' }]);
  await seatDemoPeople({ db: test.db, clock }, DEMO_CITY);
  const config = { ...readConfig({}), dataDir: folder };
  const platform = { db: test.db, clock, log: silentLogger(), blobs: openBlobs(join(folder, 'blobs')), config, series: {} as Series };
  deps = { ...connectReview(connectSupervision({ ...platform, law: loadLaw() }, () => registry), () => registry), draw: () => 1 };
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

function as(login: string): Actor {
  const member = DEMO_CAST.find((m) => m.login === login);
  if (member === undefined) throw new Error(login);
  return { accountId: demoAccountId(login), name: member.name, roles: member.roles, region: asId<RegionKey>('jiangsu'), authorityId: member.authorityId, area: areaUnder(DEMO_AUTHORITIES, member.authorityId) };
}
const firm: Actor = { accountId: demoAccountId(unitLogin(unit)), name: '企业', roles: ['unit-user'], region: asId<RegionKey>('jiangsu'), unitId: unit };

async function tell(type: string, tier: string) {
  const payload = { clueId, outfall, unit, tier, sentence: { zh: '氮氧化物折算值六小时恒为47.6 mg/m³。', en: 'NOx constant' }, factors: ['a21002'], period: { from: clock.now() - 9 * HOUR, to: clock.now() - 3 * HOUR }, models: [{ model: 'C01', version: '1.0.0' }] };
  await test.db.transaction().execute((tx) => emit(tx, clock, { type, subject: clueId, payload }));
  while ((await drainOutbox(deps, supervisionHandlers)) + (await drainOutbox(deps, reviewHandlers)) > 0);
}
async function must<T>(result: Promise<{ ok: true; value: T } | { ok: false; code: string; en: string; missing?: readonly string[] }>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(`${settled.code} ${settled.en} ${settled.missing?.join('; ') ?? ''}`);
  return settled.value;
}

it('[JS-17.1] 从预警到移送、告知，每一步都由真实文书留痕并送达', { timeout: 60_000 }, async () => {
  await tell('clue.raised', 'WARN');
  const sheet = await sheetOfClue(test.db, clueId);
  expect(sheet).toMatchObject({ state: 'FEEDBACK_PENDING' });
  await must(confirmSheet(deps, firm, sheet!.sheetId));
  await must(answerSheet(deps, firm, sheet!.sheetId, { cause: 'device-fault', explanation: '采样泵故障，已更换', measures: '更换采样泵', materials: [], marks: [] }));
  await tell('clue.escalated', 'WORK_ORDER');
  // The register holds no calibration and no acceptance: the panel hands in the operator's record with the list.
  const record = { name: '校准、验收记录.pdf', sha256: await deps.blobs.put(Buffer.from('校准、验收记录')), kind: 'SERVICE_RECORD', issuer: '某运维公司' } as const;
  expect(await triageClue(deps, as('panel'), clueId, { decision: 'list', note: '与用电、门禁比对后列入', materials: [{ ...record, sha256: 'd'.repeat(64) }] })).toMatchObject({ code: 'REVIEW-087' });
  await must(triageClue(deps, as('panel'), clueId, { decision: 'list', note: '与用电、门禁比对后列入', materials: [record] }));
  const list = await must(freezeList(deps, as('panel-lead')));
  expect(list.documentNo).toMatch(/苏清环/);
  const review = await must(takeReview(deps, as('review-tech'), clueId));
  const open = review.precheck.items.filter((item) => (item.force === 'MANDATORY' || item.asks === true) && item.outcome !== 'PASS' && item.outcome !== 'NOT_CONCERNED');
  expect(open.map((item) => item.item)).toContain('data.storage');
  const log = { name: '平台日志.pdf', sha256: await deps.blobs.put(Buffer.from('平台日志')), kind: 'OPERATIONS_LOG', issuer: '信息中心' } as const;
  for (const { item, track, figures = [] } of open) {
    await must(assessItem(deps, as(track === 'LEGAL' ? 'review-legal' : 'review-tech'), review.reviewId, { item, outcome: 'PASS', note: `已另行核对原始记录 ${figures.join('、')}`, shown: { refs: [`sha256:${record.sha256}`], files: [log] } }));
  }
  await must(signTrack(deps, as('review-tech'), review.reviewId, { track: 'TECHNICAL', conclusion: 'PASS', reason: '' }));
  await must(signTrack(deps, as('review-legal'), review.reviewId, { track: 'LEGAL', conclusion: 'PASS', reason: '' }));
  await must(concludeReview(deps, as('review-lead'), review.reviewId, { conclusion: 'pass', reason: '', factsZh: '', factsEn: '', violations: ['DATA_TAMPER_DISCHARGE'] }));
  await must(handOverClue(deps, as('review-lead'), clueId));
  const officer: Actor = { ...as('officer'), certificate: '苏ZF-060001' };
  await must(signInClue(deps, officer, clueId));
  const notice = await must(notifyUnit(deps, as('review-lead'), clueId));
  await must(confirmNotice(deps, firm, clueId));
  const [delivery] = await deliveriesOfDocument(test.db, notice.documentId as DocumentId);
  expect(delivery).toMatchObject({ method: 'ELECTRONIC', state: 'CONFIRMED' });
  const papers = await documentsOf(test.db, 'clue', clueId);
  const [sent, receipt] = ['HANDOVER_SHEET', 'HANDOVER_RECEIPT'].map((kind) => papers.find((paper) => paper.kind === kind));
  // The receipt: who took which sheet, when, and the term of the filing, which runs from the dispatch.
  expect(receipt?.data).toMatchObject({
    clueMatter: expect.stringMatching(/^[^A-Z]+$/u), receivedAt: clock.now(), receivers: [{ name: officer.name, certificate: '苏ZF-060001' }], senders: [{ name: as('review-lead').name }],
    attachments: [{ name: `涉嫌违法问题线索移送单 ${sent?.number}`, sha256: sent?.sha256 }],
    dueNote: expect.stringMatching(/^自移送之日起7个工作日内决定是否立案，至\d{4}年\d+月\d+日，签收早晚不影响（.+）$/u),
  });
  expect(papers.map((paper) => paper.kind).sort()).toEqual(['HANDOVER_RECEIPT', 'HANDOVER_SHEET', 'REVIEW_OPINION', 'SUSPECTED_VIOLATION_LIST', 'SUSPICION_NOTICE']);
  expect((await findReview(test.db, review.reviewId))?.opinionSha).toMatch(/^[0-9a-f]{64}$/);
});

it('the official page shows the whole course, the unit only what it was told', async () => {
  const page = (await showClue(deps, as('review-lead'), clueId)) as { steps: { act: string }[]; suggestedViolations: string[]; next: unknown[] };
  expect(page.steps.map((step) => step.act)).toEqual(['take-up', 'grow', 'to-panel', 'list', 'list', 'take', 'sign', 'sign', 'pass', 'hand-over', 'sign-in', 'notify', 'confirm']);
  // No finding of a model stands behind it: nothing is suggested.
  expect(page.suggestedViolations).toEqual([]);
  const told = JSON.stringify(await showNotice(deps, firm, clueId));
  expect(told).toContain('47.6');
  for (const name of ['江映秋', '方正言', '韩秉直', 'panel']) expect(told).not.toContain(name);
  expect(await showNotice(deps, { ...firm, unitId: asId<UnitId>('E2') }, clueId)).toMatchObject({ status: 404 });
});
