import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { checkBoundaries, checkFolders, importsOf, readImportTable, type Source } from './boundaries.ts';
import { migrationsBelow, tableOwners } from './tables.ts';

const root = join(import.meta.dirname, '../..');
const table = readImportTable(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8'));

function sourcesBelow(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.gen\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|\/dist\//.test(file))
    .map((file) => ({ path: relative(root, file), text: readFileSync(file, 'utf8') }));
}

describe('the house', () => {
  const sources = [...sourcesBelow('src'), ...sourcesBelow('sim'), ...sourcesBelow('web/src')];

  it('has a table in ARCHITECTURE.md with every module, and looks at real files', () => {
    const modules = new Set(sourcesBelow('src').map((source) => source.path.split('/')[1]));
    for (const module of modules) expect([...table.keys()]).toContain(module);
    expect(sources.length).toBeGreaterThan(100);
  });

  it('keeps every boundary', () => {
    const violations = checkBoundaries(sources, table, tableOwners(migrationsBelow(root)));
    expect(violations.map(({ rule, path, what }) => `${rule}: ${path}: ${what}`)).toEqual([]);
  });
});

describe('parts of a module', () => {
  const page = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('## Parts of the larger modules')[1]?.split('\n## ')[0] ?? '';
  const sources = [...sourcesBelow('src'), ...sourcesBelow('sim'), ...sourcesBelow('web/src')];

  it('no folder holds more files than one looks over, unless it says why', () => expect(checkFolders(sources)).toEqual([]));

  it('ARCHITECTURE.md says of every part what is in it, and names none that is not there', () => {
    const folders = new Set(sources.filter(({ path }) => path.startsWith('src/')).map(({ path }) => path.split('/').slice(1, -1)).filter((at) => at.length === 2 && !['store', 'testing'].includes(at[1] ?? '')).map((at) => at.join('/')));
    const told = [...page.matchAll(/`([a-z]+\/[a-z0-9-]+)\/`/g)].map(([, part = '']) => part);
    expect(told.sort()).toEqual([...folders].sort());
  });

  it('a planted large folder and an idle exception are caught', () => {
    const many = Array.from({ length: 26 }, (_, i) => ({ path: `src/law/f${i}.ts`, text: '' }));
    expect(checkFolders(many, {})).toEqual([{ rule: 'folder', path: 'src/law', what: '26 files' }]);
    expect(checkFolders(many, { 'src/law': 'x', 'src/review': 'y' })).toEqual([{ rule: 'folder', path: 'src/review', what: 'needs no exception any more' }]);
  });
});

describe('the top folders', () => {
  const below = (folder: string) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));

  it('law, db, series and docs are data: no code lies there', () => {
    expect(['law', 'db', 'series', 'docs'].flatMap(below).filter((file) => /\.(m|c)?[jt]sx?$/.test(file))).toEqual([]);
  });

  it('bin begins on plain Node: nothing but what comes with it, and src/app at the end', () => {
    const taken = below('bin').flatMap((file) => importsOf({ path: relative(root, file), text: readFileSync(file, 'utf8') }).map(({ specifier }) => specifier));
    expect(taken).toContain('node:child_process');
    expect(taken.filter((specifier) => !specifier.startsWith('node:') && specifier !== './bootstrap.mjs' && !specifier.startsWith('../src/app/'))).toEqual([]);
  });
});

describe('a planted violation is caught', () => {
  const owners = new Map([['case_event', 'cases'], ['hour_value', 'analysis']]);
  const planted: readonly (readonly [string, Source])[] = [
    ['direction', { path: 'src/ingest/x.ts', text: `import { a } from '#cases';` }],
    ['direction', { path: 'src/documents/x.ts', text: `import type { Case } from '#cases';` }],
    ['direction', { path: 'src/cases/x.ts', text: `import { a } from '#fieldwork';` }],
    ['direction', { path: 'src/analysis/x.ts', text: `import { a } from '#oversight';` }],
    ['direction', { path: 'src/delivery/x.ts', text: `import { a } from '#cases';` }],
    ['direction', { path: 'src/evidence/x.ts', text: `import { a } from '#review';` }],
    ['direction', { path: 'src/law/x.ts', text: `export { sql } from '#platform/db';` }],
    ['face', { path: 'src/review/x.ts', text: `import { a } from '../analysis/contract.ts';` }],
    ['module', { path: 'src/helpers/x.ts', text: `export const a = 1;` }],
    ['database', { path: 'src/cases/file-case.ts', text: `import { sql } from 'kysely';` }],
    ['database', { path: 'src/cases/decide-case.ts', text: `const x = await import('pg');` }],
    ['database', { path: 'src/analysis/x.ts', text: `import { createClient } from '@clickhouse/client';` }],
    ['http', { path: 'src/cases/file-case.ts', text: `import Fastify from 'fastify';` }],
    ['sockets', { path: 'src/delivery/x.ts', text: `import { createServer } from 'node:net';` }],
    ['purity', { path: 'src/cases/decide-case.ts', text: `import { sql } from '#platform/db';` }],
    ['purity', { path: 'src/cases/decide-case.ts', text: `import { loadCase } from './store/case-store.ts';` }],
    ['purity', { path: 'src/analysis/models/a01.ts', text: `export const at = Math.random();` }],
    ['purity', { path: 'src/kernel/x.ts', text: `import { readFileSync } from 'node:fs';` }],
    ['clock', { path: 'src/cases/file-case.ts', text: `export const at = Date.now();` }],
    ['clock', { path: 'src/cases/store.ts', text: 'await sql`UPDATE case_event SET at = now()`.execute(tx);' }],
    ['tables', { path: 'src/review/store.ts', text: `await tx.insertInto('case_event').values({}).execute();` }],
    ['tables', { path: 'src/review/store.ts', text: 'await sql`UPDATE case_event SET a = 1`.execute(tx);' }],
    ['tables', { path: 'src/quality/store.ts', text: `await series.insert('hour_value', rows);` }],
    ['tables', { path: 'src/app/x.ts', text: 'await series.command(`TRUNCATE TABLE hour_value`);' }],
    ['size', { path: 'src/cases/x.ts', text: 'const a = 1;\n'.repeat(401) }],
    ['outsiders', { path: 'sim/x.ts', text: `import { a } from '#cases';` }],
    ['outsiders', { path: 'sim/people/x.ts', text: `import { a } from '../../src/cases/index.ts';` }],
    ['outsiders', { path: 'web/src/official/x.tsx', text: `import { a } from '../../../src/cases/index.ts';` }],
    ['outsiders', { path: 'web/src/x.tsx', text: `import { a } from '#platform/db';` }],
  ];

  it.each(planted)('%s', (rule, source) => {
    expect(checkBoundaries([source], table, owners).map((violation) => violation.rule)).toContain(rule);
  });

  it('cycles', () => {
    const pair = [
      { path: 'src/cases/a.ts', text: `import { b } from './b.ts'; export const a = b;` },
      { path: 'src/cases/b.ts', text: `import { a } from './a.ts'; export const b = a;` },
    ];
    expect(checkBoundaries(pair, table, owners).map((violation) => violation.rule)).toContain('cycles');
  });
});

describe('ledgers', () => {
  /** Tables named as a ledger that the application role may change; `evidence_log` is the one row that says where the log ends. */
  const changeable = async (client: pg.Client): Promise<string[]> => {
    const { rows } = await client.query<{ tablename: string; changes: boolean }>(`
      SELECT tablename, has_table_privilege('mingjian_app', quote_ident(tablename), 'UPDATE')
        OR has_table_privilege('mingjian_app', quote_ident(tablename), 'DELETE')
        OR has_table_privilege('mingjian_app', quote_ident(tablename), 'TRUNCATE') AS changes
      FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'evidence_log' AND (tablename ~ '(_event|_ledger|_audit|_log|journal|leaf)$' OR tablename IN ('outbox', 'register_change'))`);
    expect(rows.length).toBeGreaterThan(3);
    return rows.filter((row) => row.changes).map((row) => row.tablename);
  };
  let t: TestDatabase;
  beforeAll(async () => void (t = await testDatabase()));
  afterAll(() => t.drop());

  it('[JS-25.2] the application role holds neither UPDATE nor DELETE on any table named an event, a ledger or a log', async () => {
    const client = new pg.Client({ connectionString: t.url });
    await client.connect();
    expect(await changeable(client)).toEqual([]);
    // A grant that slipped in is caught.
    await client.query('BEGIN; CREATE TABLE planted_ledger (a int); GRANT SELECT, INSERT, UPDATE ON planted_ledger TO mingjian_app');
    expect(await changeable(client)).toEqual(['planted_ledger']);
    await client.query('ROLLBACK');
    await client.end();
  });
});
