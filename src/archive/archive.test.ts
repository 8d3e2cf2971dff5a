import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoAccounts } from '#access';
import { actOnCase } from '#cases';
import { cast, evidence as item, sample, testClock, testDeps, walkCase, type TestDeps } from '#cases/testing';
import { buildPackage, loadLogKeys, makeCheckpoint } from '#evidence';
import { verifyPackage } from '#evidence/verify';
import { directoryOf } from '#ingest';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { archiveCase, currentDossier } from './archive-case.ts';
import { packageContentOf } from './package-content.ts';
import { findDossier } from './store/dossiers.ts';
import { keptPapers, withRealFreezing } from './testing/real-freezing.ts';

let base: TestDatabase;
let deps: TestDeps;
const folder = mkdtempSync(join(tmpdir(), 'mingjian-archive-'));

beforeAll(async () => {
  base = await testDatabase();
  await createDemoAccounts({ db: base.db, clock: testClock() }, []);
}, 60_000);
afterAll(async () => {
  await base.drop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  deps = testDeps(base.db, testClock());
});

describe('归档', () => {
  it('[JS-20.6] [JS-18.2] 结案后自动成卷：决定在前，依次立案、证据、告知……，页码连续，内部意见入副卷', async () => {
    const { caseId } = await walkCase(deps, 'CLOSED');
    const found = await currentDossier(deps, caseId);
    const [main, side] = found?.dossier.volumes ?? [];
    expect(found?.dossier.missing).toEqual([]);
    expect(main?.items.slice(0, 2).map((i) => i.kind)).toEqual(['PENALTY_DECISION', 'DELIVERY_PROOF']);
    expect(main?.items.map((i) => i.kind)).toContain('FILING_APPROVAL');
    expect(side?.items.map((i) => i.kind)).toEqual(
      expect.arrayContaining(['DISCRETION_SHEET', 'LEGAL_REVIEW', 'DEFENCE_REVIEW']),
    );
    for (const volume of [main, side]) {
      volume?.items.forEach((item, i) => expect(item.pageFrom).toBe((volume.items[i - 1]?.pageTo ?? 0) + 1));
    }
    const filed = await archiveCase(deps, cast.archivist, caseId);
    expect(filed).toMatchObject({ ok: true });
    expect(await findDossier(base.db, caseId)).toMatchObject({
      retentionYears: 30,
      archivedBy: cast.archivist.accountId,
    });
    const catalogue = deps.orders.at(-1);
    expect(catalogue?.kind).toBe('DOSSIER_CATALOGUE');
    // Who put the file together at the closing is another than who checks it.
    expect(catalogue?.data).toMatchObject({ filedBy: { name: cast.officer.name }, checkedBy: { name: cast.archivist.name } });
  });

  it('未结案不能归档；缺件时说出缺什么；无岗位者不能归档', async () => {
    const { caseId } = await walkCase(deps, 'DECIDED');
    expect(await archiveCase(deps, cast.archivist, caseId)).toMatchObject({ ok: false, code: 'ARCH-002' });
    expect((await currentDossier(deps, caseId))?.dossier.missing).toContain('结案审批表');
    expect(await archiveCase(deps, cast.officer, caseId)).toMatchObject({ ok: false, code: 'ACCESS-004' });
  });

  it('归档后不得再办、再归，也改不了卷', async () => {
    const { caseId } = await walkCase(deps, 'CLOSED');
    await archiveCase(deps, cast.archivist, caseId);
    expect(await archiveCase(deps, cast.archivist, caseId)).toMatchObject({ ok: false, code: 'ARCH-004' });
    expect(await actOnCase(deps, cast.head, caseId, sample('RECORD_REMEDY', deps.clock.now()))).toMatchObject({
      ok: false,
    });
    await expect(sql`UPDATE archive_dossier SET pages = 1`.execute(base.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM archive_dossier`.execute(base.db)).rejects.toThrow(/permission denied/);
  });
});

describe('证据包', () => {
  it('案件内容装入证据包，每一步与其证据叶一致，离线核验没有失败项', async () => {
    const blobs = openBlobs(join(folder, 'blobs'));
    const evidence = { db: base.db, clock: deps.clock, blobs, keys: loadLogKeys(folder, 'example.gov.cn/evidence/2026a', {}) };
    await makeCheckpoint(evidence);
    const { contentOf } = withRealFreezing(deps, evidence);
    const { caseId } = await walkCase(deps, 'CLOSED');
    const content = await contentOf(caseId, 'court');
    if (!content.ok) throw new Error(content.zh);
    expect(content.value.events.filter((e) => e.leaf !== undefined).length).toBeGreaterThan(10);
    expect(content.value.files.documents?.some((f) => /RECTIFICATION_REPORT.*\.pdf$/.test(f.path))).toBe(true);
    const built = await buildPackage(evidence, content.value);
    if (!built.ok) throw new Error(`${built.code} ${built.zh} ${built.field ?? ''}`);
    const report = await verifyPackage(built.value.zip);
    expect(report.lines.filter((l) => l.status === 'fails')).toEqual([]);
  });

  it('当事人版本不含人员与内部意见', async () => {
    const blobs = openBlobs(join(folder, 'blobs'));
    const kept = { ...deps, papers: keptPapers(deps.papers, blobs) };
    const { caseId } = await walkCase(kept, 'FILED');
    const noted = await actOnCase(kept, cast.officer, caseId, { ...item('PARTY', 'DOCUMENT'), source: { from: 'RECORD', note: '营业执照核对情况' } });
    if (!noted.ok) throw new Error(noted.zh);
    const given = { ...kept, blobs, devices: directoryOf([]) };
    const [content, court] = await Promise.all([packageContentOf(given, caseId, 'notice'), packageContentOf(given, caseId, 'court')]);
    if (!content.ok || !court.ok) throw new Error('no content');
    expect(content.value.files.people).toBeUndefined();
    expect(JSON.stringify(content.value.events)).not.toContain('officer');
    const inner = (files: typeof content.value.files) => files.documents?.filter((f) => f.path.includes('EVIDENCE_EXTRACT_RECORD')).length ?? 0;
    expect([inner(court.value.files), inner(content.value.files)]).toEqual([1, 0]);
  });
});
