import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDemoAccounts } from '#access';
import { checkSignedPdf, sealsOf, type DocumentDeps } from '#documents';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { papersOf, postOf } from './connect.ts';
import { actOnCase } from './act-on-case.ts';
import { cast, evidence, testClock, testDeps, walkCase, type TestDeps } from './testing/index.ts';

let base: TestDatabase;
let deps: TestDeps;
let documents: DocumentDeps;
const folder = mkdtempSync(join(tmpdir(), 'mingjian-case-papers-'));

beforeAll(async () => {
  base = await testDatabase();
  const clock = testClock();
  await createDemoAccounts({ db: base.db, clock }, []);
  documents = { clock, law: loadLaw(), blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder } };
  deps = { ...testDeps(base.db, clock), papers: papersOf(documents) };
}, 60_000);
afterAll(async () => {
  await base.drop();
  rmSync(folder, { recursive: true });
});

it('[JS-17.1] [JS-20.4] [JS-20.5] 全程文书以真实版式制作、编号、签章，批准即用印', { timeout: 120_000 }, async () => {
  const { state } = await walkCase(deps, 'CLOSED');
  const typeset = state?.papers.filter((p) => p.documentId !== undefined) ?? [];
  expect(new Set(typeset.map((p) => p.kind)).size).toBeGreaterThanOrEqual(14);
  const decision = typeset.find((p) => p.kind === 'PENALTY_DECISION');
  expect(decision?.number).toMatch(/^苏清环罚.*〔2026〕1号$/);
  const seals = sealsOf(documents);
  if (!seals.ok) throw new Error(seals.zh);
  const report = await checkSignedPdf(await documents.blobs.get(decision?.sha256 ?? ''), {
    roots: seals.value.roots(),
  });
  expect(report.problems).toEqual([]);
  expect(report.signatures.length).toBeGreaterThan(0);
  expect(new Set(typeset.map((p) => p.number)).size).toBe(typeset.length);
});

it('字体没有的字使整步不成立，什么也不留下', { timeout: 60_000 }, async () => {
  const { caseId, state } = await walkCase(deps, 'FILED');
  const item = { ...evidence('PARTY', 'DOCUMENT'), title: '证据 \u{1F9EA}' };
  expect(await actOnCase(deps, cast.officer, caseId, item)).toMatchObject({ ok: false });
  const again = await actOnCase(deps, cast.officer, caseId, evidence('PARTY', 'DOCUMENT'));
  expect(again.ok && again.value.version).toBe((state?.version ?? 0) + 1);
});

it('[JS-17.3] 没有送达确认书时不得电子送达：告知书走纸质，期限不起算', { timeout: 60_000 }, async () => {
  const paper: TestDeps = { ...deps, post: postOf(deps) };
  const { state } = await walkCase(paper, 'NOTICED');
  expect(state?.main).toBe('NOTICE_SENT');
  expect(state?.running.T5).toBeUndefined();
});
