import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, registerAccess } from '#access';
import { instant, manualClock, type ManualClock } from '#kernel';
import { loadLaw, type Law } from '#law';
import { openBlobs, type BlobStore } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import { importRegister, type ImportOutcome } from '../import-register.ts';
import { followRegistry, type LiveRegistry } from '../open-registry.ts';

/** A platform with register files imported and the people of the demonstration, asked over HTTP. */
export interface RegisterStage {
  readonly test: TestDatabase;
  readonly app: App;
  readonly registry: LiveRegistry;
  readonly clock: ManualClock;
  readonly blobs: BlobStore;
  readonly law: Law;
  /** Signs the person in where he is not, or where his session has run out. */
  call(login: string, method: 'GET' | 'POST', url: string, payload?: object): Promise<Awaited<ReturnType<App['inject']>>>;
  /** Imports files over those that are there. */
  importAgain(files: Readonly<Record<string, string>>): Promise<ImportOutcome>;
  /** Everything in the evidence log, in order. */
  leaves(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** `routes` are added before anybody asks; files are named as in formats.md §4. */
export async function registerStage(now: string, region: string, files: Readonly<Record<string, string>>, routes: (app: App, stage: Omit<RegisterStage, 'app' | 'call' | 'close' | 'importAgain' | 'leaves'> & { readonly db: TestDatabase['db'] }) => void): Promise<RegisterStage> {
  const folder = mkdtempSync(join(tmpdir(), 'register-'));
  const test = await testDatabase();
  const { db } = test;
  const clock = manualClock(instant(Date.parse(now)));
  const importAgain = (again: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(again)) writeFileSync(join(folder, name), text);
    return importRegister({ db, clock }, { dir: folder, by: 'test', home: { authority: DEMO_CITY, region } });
  };
  const outcome = await importAgain(files);
  if (outcome.problems.length > 0) throw new Error(JSON.stringify(outcome.problems));
  const registry = await followRegistry(db);
  await createDemoAccounts({ db, clock }, registry.current().data.units.map(({ unit, name }) => ({ unitId: unit, name })));
  const stage = { test, registry, clock, blobs: openBlobs(join(folder, 'blobs')), law: loadLaw() };
  const app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db, clock, manySessions: true });
  routes(app, { ...stage, db });
  const sessions = new Map<string, string>();
  return {
    ...stage, app, importAgain,
    call: async (login, method, url, payload) => {
      const ask = () => app.inject({ method, url, cookies: { mingjian: sessions.get(login) ?? '' }, ...(payload === undefined ? {} : { payload }) });
      const said = sessions.has(login) ? await ask() : undefined;
      if (said !== undefined && said.statusCode !== 401) return said;
      sessions.set(login, (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } })).cookies[0]?.value ?? '');
      return ask();
    },
    leaves: async () => {
      const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx`.execute(db);
      return rows.map(({ leaf }) => JSON.parse(leaf) as Record<string, unknown>);
    },
    close: async () => {
      await app.close();
      await test.drop();
      rmSync(folder, { recursive: true });
    },
  };
}
