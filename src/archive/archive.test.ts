import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_CITY, DEMO_REGION } from '#access';
import { actOnCase } from '#cases';
import { cast, evidence as item, sample, testClock, testDeps, UNIT, walkCase, type Stage, type TestDeps } from '#cases/testing';
import { documentKind, findDocument, issueDocument, type DocumentKindKey } from '#documents';
import { buildPackage, loadLogKeys, makeCheckpoint } from '#evidence';
import { verifyPackage } from '#evidence/verify';
import { directoryOf } from '#ingest';
import { openBlobs } from '#platform/blobs';
import { asId, dayOf, type DocumentId, type UnitId } from '#kernel';
import { sql, transact } from '#platform/db';
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

const documents = () => ({ clock: deps.clock, law: deps.law, blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder } });
const authority = { authorityId: DEMO_CITY, name: '清川市生态环境局（演示）', docPrefix: '苏清环', region: DEMO_REGION };

/** A paper as an earlier step leaves it: on the sheet, or on the clue itself. */
async function before(kind: DocumentKindKey, subject: { kind: 'sheet' | 'clue'; id: string }, unitId: UnitId | null = UNIT): Promise<DocumentId> {
  const order = { kind, subject, unitId, authority, data: documentKind(kind).sample, preparedBy: { accountId: cast.officer.accountId, name: '李甲' }, approval: { accountId: cast.head.accountId, name: '陈丁', approvedAt: deps.clock.now(), ref: 'x' } };
  const made = await transact(base.db, (tx) => issueDocument(tx, documents(), order));
  if (!made.ok) throw new Error(made.zh);
  deps.clock.advance(60_000);
  return made.value.documentId;
}

/** A closed case whose clue went the whole way: sheet, answer, letter, recheck, notice and statement. */
async function handedOver(clueId: string, to: Stage = 'CLOSED', without: DocumentKindKey | '' = ''): ReturnType<typeof walkCase> {
  const [sheet, clue] = [{ kind: 'sheet', id: `sheet-${clueId}` }, { kind: 'clue', id: clueId }] as const;
  await sql`INSERT INTO supervision_sheet (sheet_id, unit_id, authority_id, region, outfall, tier, state, provisional, factors, sentence_zh, sentence_en, period_from, created_at, changed_at)
    VALUES (${sheet.id}, ${UNIT}, ${DEMO_CITY}, ${DEMO_REGION}, 'DA001', 'WARN', 'REFERRED', false, '{}', '超标', 'over', 0, 0, 0)`.execute(base.db);
  await sql`INSERT INTO supervision_sheet_clue (sheet_id, clue_id, joined_at) VALUES (${sheet.id}, ${clueId}, 0)`.execute(base.db);
  for (const kind of ['WARNING_NOTICE', 'SHEET_ANSWER', 'FEEDBACK_LETTER'] as const) await before(kind, sheet);
  const confirmedDocumentId = await before('CONTROL_RECHECK_NOTE', sheet, null);
  const opinionDocumentId = await before('REVIEW_OPINION', clue, null);
  const handoverDocumentId = await before('HANDOVER_SHEET', clue, null);
  if (without !== 'SUSPICION_NOTICE') await before('SUSPICION_NOTICE', clue);
  await before('SUSPICION_NOTICE', clue, asId<UnitId>('QY0999'));
  await before('SUSPICION_STATEMENT', clue);
  const papers: TestDeps['papers'] = { ...deps.papers, find: async (tx, id) => {
    const found = await findDocument(tx, id);
    return found && { ...found, issuedOn: dayOf(found.issuedAt) };
  } };
  return walkCase(Object.assign(deps, { papers }), to, { clueId, confirmedDocumentId, opinionDocumentId, handoverDocumentId });
}

describe('归档', () => {
  it('[JS-20.6] [JS-18.2] 结案后自动成卷：决定在前，依次立案、证据、告知……，页码连续，内部意见入副卷', async () => {
    const { caseId } = await handedOver('clue-filed');
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

  it('[JS-20.6] 移送前的督办单、单位反馈、函件、复核与告知书入卷，按时间先后编页，证据包同样收入；发给他人的告知书不入本卷', async () => {
    const { caseId } = await handedOver('clue-course');
    const volumes = (await currentDossier(deps, caseId))?.dossier.volumes ?? [];
    const of = (section: string) => volumes.flatMap(({ items }) => items.filter((item) => item.section === section));
    expect(of('SOURCE').map(({ kind, responsible }) => [kind, responsible]).slice(0, 3)).toEqual([
      ['WARNING_NOTICE', authority.name], ['SHEET_ANSWER', '示范电力有限公司'], ['FEEDBACK_LETTER', authority.name],
    ]);
    expect(of('SOURCE').map(({ kind }) => kind)).toEqual(['WARNING_NOTICE', 'SHEET_ANSWER', 'FEEDBACK_LETTER', 'CONTROL_RECHECK_NOTE', 'HANDOVER_SHEET']);
    expect(of('NOTICE').slice(0, 3).map(({ kind }) => kind)).toEqual(['SUSPICION_NOTICE', 'SUSPICION_STATEMENT', 'PRIOR_NOTICE']);
    for (const section of ['SOURCE', 'NOTICE']) {
      const days = of(section).map(({ day }) => day);
      expect(days).toEqual([...days].sort());
    }
    const [sheet] = of('SOURCE');
    expect(sheet).toMatchObject({ pageFrom: 1, number: expect.stringContaining('警告'), documentId: expect.any(String) });
    const content = await packageContentOf({ ...deps, blobs: documents().blobs, devices: directoryOf([]) }, caseId, 'notice');
    if (!content.ok) throw new Error(content.zh);
    const packed = content.value.files.documents?.map(({ path }) => path.split('-')[1]) ?? [];
    for (const kind of ['WARNING_NOTICE', 'SHEET_ANSWER', 'SUSPICION_NOTICE', 'SUSPICION_STATEMENT']) expect(packed, kind).toContain(kind);
  });

  it('没有告知涉嫌违法事实、没有移送单和审核意见的，列为缺件', async () => {
    const { caseId } = await handedOver('clue-untold', 'CLOSED', 'SUSPICION_NOTICE');
    expect((await currentDossier(deps, caseId))?.dossier.missing).toEqual(['涉嫌违法事实告知书']);
    expect(await archiveCase(deps, cast.archivist, caseId)).toMatchObject({ ok: false, code: 'ARCH-003', missing: ['涉嫌违法事实告知书'] });
    const bare = await walkCase(deps, 'CLOSED');
    expect((await currentDossier(deps, bare.caseId))?.dossier.missing).toEqual(['数据审核意见', '线索移送单', '涉嫌违法事实告知书']);
  });

  it('未结案不能归档；缺件时说出缺什么；无岗位者不能归档', async () => {
    const { caseId } = await walkCase(deps, 'DECIDED');
    expect(await archiveCase(deps, cast.archivist, caseId)).toMatchObject({ ok: false, code: 'ARCH-002' });
    expect((await currentDossier(deps, caseId))?.dossier.missing).toContain('结案审批表');
    expect(await archiveCase(deps, cast.officer, caseId)).toMatchObject({ ok: false, code: 'ACCESS-004' });
  });

  it('归档后不得再办、再归，也改不了卷', async () => {
    const { caseId } = await handedOver('clue-closed');
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
