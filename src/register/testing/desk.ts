import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, registerAccess } from '#access';
import { asId, instant, manualClock, type UnitId } from '#kernel';
import { loadLaw } from '#law';
import { openBlobs } from '#platform/blobs';
import { sql } from '#platform/db';
import { testDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import type { DisputeDeps } from '../disputes/raise-dispute.ts';
import { importRegister } from '../import-register.ts';
import { followRegistry } from '../open-registry.ts';

/** A Monday morning. */
export const DESK_NOW = Date.parse('2026-09-14T10:00:00+08:00');
export const E1 = asId<UnitId>('E1');
export const E2 = asId<UnitId>('E2');

export const FILES = {
  'enterprises.csv': 'enterprise,name,industry,key_polluter\nE1,甲厂,coal_power,1\nE2,乙厂,boiler,0\n',
  'outfalls.csv': 'outfall,enterprise,type,mn,o2_ref,design_flow,name\nO1,E1,gas,A1,6,800000,1号排口\nO2,E2,gas,A2,,,\n',
  'factors.csv': 'outfall,factor,factor_zh,unit,span,resolution\nO1,a21026,二氧化硫,mg/m3,100,0.01\n',
  'limits.csv': 'outfall,factor,factor_zh,limit,unit,period,basis,valid_from,valid_to,source\nO1,a21026,二氧化硫,35,mg/m3,hour,zs,,,许可证\n',
  'permits.csv': 'outfall,factor,annual_kg,used_before_start_kg\nO1,a21026,10000,0\n',
};

/** Registered units (two where no other files are given), the demonstration's people and the routes under test, over the real database. */
export async function openDesk(routes: (app: App, deps: DisputeDeps) => void, files: Readonly<Record<string, string>> = FILES, region = 'inner-mongolia', law = loadLaw()) {
  const folder = mkdtempSync(join(tmpdir(), 'register-desk-'));
  const t = await testDatabase();
  const clock = manualClock(instant(DESK_NOW));
  const blobs = openBlobs(join(folder, 'blobs'));
  const importFiles = (changed: Readonly<Record<string, string>> = {}) => {
    for (const [name, text] of Object.entries({ ...files, ...changed })) writeFileSync(join(folder, name), text);
    return importRegister({ db: t.db, clock }, { dir: folder, by: 'test', home: { authority: DEMO_CITY, region } });
  };
  const { problems } = await importFiles();
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const registry = await followRegistry(t.db);
  await createDemoAccounts({ db: t.db, clock }, registry.current().data.units.map(({ unit, name }) => ({ unitId: unit, name })));
  const app = await createHttp({ log: silentLogger() });
  registerAccess(app, { db: t.db, clock, manySessions: true });
  routes(app, { db: t.db, clock, blobs, law, registry });
  const sessions = new Map<string, string>();
  return {
    t, clock, blobs, law, registry, importFiles,
    /** Another day; sessions do not last that long. */
    goTo(text: string) {
      clock.set(instant(Date.parse(text)));
      sessions.clear();
    },
    async call(login: string, method: 'GET' | 'POST', url: string, payload?: object) {
      if (!sessions.has(login)) sessions.set(login, (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } })).cookies[0]?.value ?? '');
      return app.inject({ method, url, cookies: { mingjian: sessions.get(login) ?? '' }, ...(payload === undefined ? {} : { payload }) });
    },
    /** Everything in the evidence log, in order. */
    async leaves() {
      const { rows } = await sql<{ leaf: string }>`SELECT convert_from(bytes, 'UTF8') AS leaf FROM evidence_leaf ORDER BY idx`.execute(t.db);
      return rows.map(({ leaf }) => JSON.parse(leaf) as Record<string, unknown>);
    },
    async close() {
      await app.close();
      await t.drop();
      rmSync(folder, { recursive: true });
    },
  };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;
