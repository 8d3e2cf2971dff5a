import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { areaUnder, DEMO_AUTHORITIES, DEMO_CITY, DEMO_PROVINCE, type Actor, type Role } from '#access';
import { asId, instant, manualClock, type AccountId, type AuthorityId, type RegionKey, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { documentKinds, type DocumentKindKey } from './document-kinds.ts';
import { issueDocument, type DocumentDeps } from './issue-document.ts';
import { registerDocumentRoutes } from './routes.ts';

const NEIGHBOUR = asId<AuthorityId>('JS-NZ');
const BRANCH = asId<AuthorityId>('JS-QC-HD');
const unit = asId<UnitId>('E1');
const region = asId<RegionKey>('jiangsu');
const clock = manualClock(instant(Date.UTC(2026, 2, 26, 2)));
const folder = mkdtempSync(join(tmpdir(), 'who-may-read-'));
let test: TestDatabase;
let app: App;

const official = (authorityId: AuthorityId, role: Role = 'enforcement-officer'): Actor =>
  ({ accountId: asId<AccountId>(`${role}-${authorityId}`), name: '甲', region, roles: [role], authorityId, area: areaUnder(DEMO_AUTHORITIES, authorityId) });
const actors: Readonly<Record<string, Actor>> = {
  province: official(DEMO_PROVINCE), city: official(DEMO_CITY), cityControl: official(DEMO_CITY, 'monitoring-control'), branch: official(BRANCH), neighbour: official(NEIGHBOUR),
  admin: official(DEMO_CITY, 'admin'), unit: { ...official(DEMO_CITY, 'unit-user'), unitId: unit },
};

/** Every cell: who issued which paper to whom, and who of the cast may open it. */
const CELLS: readonly [paper: string, kind: DocumentKindKey, by: AuthorityId, to: string | null, readers: readonly string[]][] = [
  ['总队发给本市单位的督办反馈函', 'FEEDBACK_LETTER', DEMO_PROVINCE, 'E1', ['province', 'city', 'cityControl']],
  ['总队发给本市单位的约谈通知书', 'REGULATORY_TALK_NOTICE', DEMO_PROVINCE, 'E1', ['province', 'city', 'cityControl']],
  ['总队所作本市单位的约谈记录', 'REGULATORY_TALK_RECORD', DEMO_PROVINCE, 'E1', ['province', 'city', 'cityControl']],
  ['总队发给邻市单位的约谈通知书', 'REGULATORY_TALK_NOTICE', DEMO_PROVINCE, 'E2', ['province', 'neighbour']],
  ['总队发给未登记单位的函', 'FEEDBACK_LETTER', DEMO_PROVINCE, 'E9', ['province']],
  ['总队关于本市单位的内部审批表', 'FILING_APPROVAL', DEMO_PROVINCE, 'E1', ['province']],
  ['邻市发给本市单位的函', 'FEEDBACK_LETTER', NEIGHBOUR, 'E1', ['province', 'city', 'cityControl', 'neighbour']],
  ['本市发给本市单位的函', 'FEEDBACK_LETTER', DEMO_CITY, 'E1', ['province', 'city', 'cityControl']],
  ['本市的内部审批表', 'FILING_APPROVAL', DEMO_CITY, null, ['province', 'city', 'cityControl']],
];
const ids = new Map<string, string>();

beforeAll(async () => {
  test = await testDatabase();
  const documents: DocumentDeps = { clock, law: loadLaw(), blobs: openBlobs(join(folder, 'blobs')), config: { dataDir: folder } };
  for (const [key, home] of [['E1', DEMO_CITY], ['E2', NEIGHBOUR]] as const) {
    await sql`INSERT INTO register_entry (kind, key, unit, authority_id, body, revised_at) VALUES ('units', ${key}, ${key}, ${home}, '{}', 0)`.execute(test.db);
  }
  for (const [paper, kind, authorityId, to] of CELLS) {
    const made = await transact(test.db, (tx) => issueDocument(tx, documents, {
      kind, data: documentKinds[kind].sample, authority: { authorityId, name: '示范机关', docPrefix: `${authorityId}环`, region }, subject: { kind: 'talk', id: 't1' },
      unitId: to === null ? null : asId<UnitId>(to), preparedBy: { accountId: asId<AccountId>('p'), name: '李甲' },
    }));
    if (!made.ok) throw new Error(made.en);
    ids.set(paper, made.value.documentId);
  }
  app = await createHttp({ log: silentLogger() });
  app.addHook('preHandler', async (request) => {
    request.actor = actors[String(request.headers['x-as'])] as Actor;
  });
  registerDocumentRoutes(app, { ...documents, db: test.db });
  await app.ready();
}, 120_000);
afterAll(async () => {
  await app.close();
  await test.drop();
  rmSync(folder, { recursive: true });
});

const as = (name: string, url: string) => app.inject({ url, headers: { 'x-as': name } });

it.each(CELLS)('%s：签发机关及其上级、单位所在辖区的机关可读，其他机关如同不存在；清单与单页一致', async (paper, _kind, _by, _to, readers) => {
  for (const name of Object.keys(actors)) {
    const open = readers.includes(name);
    const answers = await Promise.all([as(name, `/api/documents/${ids.get(paper)}`), as(name, `/api/documents/${ids.get(paper)}/file`)]);
    expect(answers.map(({ statusCode }) => statusCode), name).toEqual(Array(2).fill(open ? 200 : 404));
    const listed = (await as(name, '/api/documents?limit=200')).json<{ items: { documentId: string }[] }>();
    expect(listed.items.some(({ documentId }) => documentId === ids.get(paper)), name).toBe(open);
  }
});
