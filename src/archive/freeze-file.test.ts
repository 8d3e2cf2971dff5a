import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, gate, type Actor } from '#access';
import { actOnCase, loadCase } from '#cases';
import { cast, person, sample, testClock, testDeps, walkCase, type TestDeps } from '#cases/testing';
import { buildPackage, loadLogKeys, makeCheckpoint, type EvidenceDeps, type PackageKind } from '#evidence';
import { readZip, verifyPackage, writeZip } from '#evidence/verify';
import { asId, isRefusal, ok, type CaseId } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { createHttp, refuse as answer, type App } from '#platform/http';
import { drainOutbox } from '#platform/outbox';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { archiveHandlers, freezeFile, type FreezeDeps } from './freeze-file.ts';
import { archiveRoutes } from './routes.ts';
import { frozenEditions } from './store/frozen-files.ts';
import { withRealFreezing, type RealFreezing } from './testing/real-freezing.ts';

let base: TestDatabase;
let deps: TestDeps;
let freezing: FreezeDeps;
let evidence: EvidenceDeps;
let contentOf: RealFreezing<TestDeps>['contentOf'];
const folder = mkdtempSync(join(tmpdir(), 'mingjian-freeze-'));
const blobs = openBlobs(join(folder, 'blobs'));

beforeAll(async () => {
  base = await testDatabase();
  await createDemoAccounts({ db: base.db, clock: testClock() }, []);
  const plain = testDeps(base.db, testClock());
  evidence = { db: base.db, clock: plain.clock, blobs, keys: loadLogKeys(folder, 'example.gov.cn/evidence/2026a', {}) };
  ({ deps, freezing, contentOf } = withRealFreezing(plain, evidence));
  await makeCheckpoint(evidence);
}, 60_000);
afterAll(async () => {
  await base.drop();
  rmSync(folder, { recursive: true });
});

async function packageOf(caseId: CaseId, kind: PackageKind) {
  const content = await contentOf(caseId, kind);
  if (isRefusal(content)) throw new Error(content.zh);
  const built = await buildPackage(evidence, content.value);
  if (isRefusal(built)) throw new Error(`${built.code} ${built.zh}`);
  return built.value;
}
/** The case as it waits for the head's signature. */
async function waiting(): Promise<CaseId> {
  const { caseId } = await walkCase(deps, 'NOTICED');
  const state = async () => (await loadCase(base.db, caseId))?.state;
  const must = async (actor: Actor, command: Parameters<typeof actOnCase>[3]) => {
    const done = await actOnCase(deps, actor, caseId, command);
    if (!done.ok) throw new Error(`${done.code} ${done.zh}`);
  };
  await must(cast.unit, sample('SUBMIT_DEFENCE', deps.clock.now()));
  deps.clock.advance(14 * 86_400_000);
  await must(cast.officer, sample('CLOSE_WINDOW', deps.clock.now()));
  await must(cast.caseReviewer, sample('REVIEW_DEFENCE', deps.clock.now(), await state()));
  await must(cast.legal, sample('PASS_LEGAL_REVIEW', deps.clock.now()));
  return caseId;
}
const decide = (caseId: CaseId) => actOnCase(deps, cast.head, caseId, sample('DECIDE', deps.clock.now()));
const leafBytes = async (index: number) => {
  const { rows: [row] } = await sql<{ bytes: Buffer }>`SELECT bytes FROM evidence_leaf WHERE idx = ${index}`.execute(base.db);
  return JSON.parse(row!.bytes.toString()) as Record<string, unknown>;
};

describe('决定前封存案卷', () => {
  it('[JS-20.6] 签署决定前自动封存：决定书、存证条目都指向这份案卷，离线核验成立', async () => {
    const caseId = await waiting();
    const before = (await loadCase(base.db, caseId))!.state.version;
    const decided = await decide(caseId);
    if (!decided.ok) throw new Error(`${decided.code} ${decided.zh}`);
    const [edition] = await frozenEditions(base.db, caseId);
    expect(edition).toMatchObject({ version: before, name: expect.stringContaining('_decision_') });
    expect(decided.value.decision?.file).toEqual({ version: before, name: edition!.name, manifestSha256: edition!.manifestSha256, leaf: edition!.leaf });
    const order = deps.orders.findLast((one) => one.kind === 'PENALTY_DECISION')!;
    expect(order.data).toMatchObject({ file: { name: edition!.name, sha256: edition!.manifestSha256, leaf: edition!.leaf } });
    const { rows: [row] } = await sql<{ leaf: number }>`SELECT idx AS leaf FROM case_leaf WHERE case_id = ${caseId} AND seq = ${decided.value.version}`.execute(base.db);
    expect(row!.leaf).toBeGreaterThan(edition!.leaf);
    expect(await leafBytes(row!.leaf)).toMatchObject({ step: 'DECIDE', pkg: edition!.manifestSha256, pkgLeaf: edition!.leaf });
    expect(await leafBytes(edition!.leaf)).toMatchObject({ t: 'pkg', kind: 'decision', manifest: edition!.manifestSha256 });
    const report = await verifyPackage((await packageOf(caseId, 'court')).zip);
    expect(report.lines.filter((line) => line.status === 'fails')).toEqual([]);
    expect(report.lines.find((line) => line.check === 'decision')).toMatchObject({ status: 'holds', zh: expect.stringContaining(edition!.name) });
    // The frozen package itself, as kept, still holds.
    const own = await verifyPackage(await blobs.get(edition!.zipSha256));
    expect(own.package).toMatchObject({ name: edition!.name, manifestSha256: edition!.manifestSha256 });
    expect(own.lines.filter((line) => line.status === 'fails')).toEqual([]);
  });

  it('封存之后又有新材料的，须以新的一版作依据，旧版不变并列明', async () => {
    const caseId = await waiting();
    const first = await freezeFile(freezing, caseId);
    if (!first.ok) throw new Error(first.zh);
    expect(await freezeFile(freezing, caseId)).toEqual(first);
    const added = await actOnCase(deps, cast.head, caseId, sample('ORDER_RECTIFICATION', deps.clock.now()));
    expect(added.ok).toBe(true);
    const decided = await decide(caseId);
    if (!decided.ok) throw new Error(decided.zh);
    const [old, rested] = await frozenEditions(base.db, caseId);
    expect(old).toMatchObject(first.value);
    expect(decided.value.decision?.file?.name).toBe(rested!.name);
    expect(rested!.version).toBeGreaterThan(old!.version);
    await expect(sql`UPDATE archive_frozen_file SET manifest_sha256 = ${'0'.repeat(64)}`.execute(base.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM archive_frozen_file`.execute(base.db)).rejects.toThrow(/permission denied/);
    const report = await verifyPackage((await packageOf(caseId, 'court')).zip);
    expect(report.lines.find((line) => line.check === 'decision')).toMatchObject({ status: 'holds' });
  });

  it('没有与现状相符的封存案卷，不能作出决定', async () => {
    const caseId = await waiting();
    const stale = { version: 3, name: 'x', manifestSha256: 'a'.repeat(64), leaf: 1 };
    const lazy = { ...deps, freezer: { freeze: async () => ok(stale), newest: async () => stale } };
    expect(await actOnCase(lazy, cast.head, caseId, sample('DECIDE', deps.clock.now()))).toMatchObject({ code: 'CASE-003', missing: ['签署、移送前封存的案卷证据包'], basis: expect.stringContaining('行政诉讼法 第三十五条') });
    const unable = { ...deps, freezer: { ...deps.freezer, freeze: async () => ({ ok: false as const, code: 'EVID-009', zh: '证据包未通过核验', en: 'x' }) } };
    expect(await actOnCase(unable, cast.head, caseId, sample('DECIDE', deps.clock.now()))).toMatchObject({ code: 'EVID-009' });
    // Nobody makes a package by asking for a decision that is not his.
    expect(await decide(caseId).then(() => frozenEditions(base.db, caseId))).toHaveLength(1);
    const other = await waiting();
    expect(await actOnCase(deps, cast.officer, other, sample('DECIDE', deps.clock.now()))).toMatchObject({ code: 'ACCESS-004' });
    expect(await frozenEditions(base.db, other)).toEqual([]);
  });

  it('待签即由平台先行封存，签署人可以先看；重复通知、并发不产生第二份', async () => {
    const caseId = await waiting();
    while ((await drainOutbox(freezing, archiveHandlers)) > 0);
    const made = await frozenEditions(base.db, caseId);
    expect(made).toHaveLength(1);
    const both = await Promise.all([freezeFile(freezing, caseId), freezeFile(freezing, caseId)]);
    expect(both.every((one) => one.ok && one.value.leaf === made[0]!.leaf)).toBe(true);
    expect((await decide(caseId)).ok).toBe(true);
    expect(await frozenEditions(base.db, caseId)).toHaveLength(1);
  });

  it.each([
    ['决定前在卷的文书事后被改', (path: string) => /^data\/documents\/\d+-DEFENCE_STATEMENT/.test(path), '决定后被改动'],
    ['所依据案卷的清单被换', (path: string) => path.startsWith('data/matter/editions/'), '缺少该案卷的清单'],
  ] as const)('核验指出：%s', async (_what, which, words) => {
    const caseId = await waiting();
    await decide(caseId);
    const { zip, name } = await packageOf(caseId, 'court');
    const files = new Map(readZip(zip).files);
    const path = [...files.keys()].find((one) => which(one.slice(name.length + 1)))!;
    files.set(path, Buffer.concat([files.get(path)!, Buffer.from(' ')]));
    const line = (await verifyPackage(writeZip(files))).lines.find((one) => one.check === 'decision');
    expect(line).toMatchObject({ status: 'fails', problems: [expect.objectContaining({ zh: expect.stringContaining(words) })] });
  });
});

describe('封存案卷的查阅', () => {
  let app: App;
  const actors: Readonly<Record<string, Actor>> = { ...cast, neighbour: { ...person('neighbour', ['authority-head']), authorityId: asId('JS-NZ') } };
  beforeAll(async () => {
    app = await createHttp({ log: deps.log });
    app.addHook('preHandler', async (request, reply) => {
      request.actor = actors[String(request.headers['x-as'])] as Actor;
      const no = gate(request.actor, request.routeOptions.config.action ?? '');
      return no === undefined ? undefined : answer(reply, no);
    });
    archiveRoutes(app, { ...deps, blobs });
    await app.ready();
  });
  afterAll(() => app.close());

  it('本机关人员可以看清单、取原包；别的机关、当事人不能', async () => {
    const caseId = await waiting();
    await decide(caseId);
    const get = (as: string, path: string) => app.inject({ url: `/api/archive/${caseId}/editions${path}`, headers: { 'x-as': as } });
    const { items: [edition] } = (await get('head', '')).json<{ items: { version: number; name: string; bytes: number; manifestSha256: string }[] }>();
    const file = await get('head', `/${edition!.version}/file`);
    expect(file.headers['content-type']).toBe('application/zip');
    expect((await verifyPackage(file.rawPayload)).package).toMatchObject({ name: edition!.name, manifestSha256: edition!.manifestSha256 });
    for (const path of ['', `/${edition!.version}/file`]) {
      expect((await get('neighbour', path)).statusCode).toBe(404);
      expect((await get('unit', path)).statusCode).toBe(403);
    }
    expect((await get('head', '/1/file')).statusCode).toBe(404);
  });
});
