import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoAccounts, DEMO_CITY, DEMO_PASSWORD, registerAccess, unitLogin } from '#access';
import { DAY, HOUR, instant, manualClock, type UnitId } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { createHttp, type App } from '#platform/http';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister, type LiveRegistry } from '#register';
import { simulate } from '#sim/simulate';
import { counts, type Episode } from '../clues/episode.ts';
import { Judge } from '../live/judge.ts';
import { runSelfCheck, type SelfCheckDeps, type SelfCheckProgress, type SelfCheckReport } from './run-self-check.ts';
import { registerSelfCheckRoutes } from './self-check-routes.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 6;
const END = START + DAYS * DAY;
const INJECT = [{ kind: 'exceed_sustained', at: 2, hours: 8 }, { kind: 'const_hold', at: 4, hours: 20 }];

describe('先自查 a unit checks its own data', { timeout: 180_000 }, () => {
  let test: TestDatabase;
  let values: { series: Series; drop(): Promise<void> };
  let registry: LiveRegistry;
  let app: App;
  let deps: SelfCheckDeps;
  const dir = mkdtempSync(join(tmpdir(), 'self-check-'));
  const clock = manualClock(instant(START));

  beforeAll(async () => {
    [test, values] = await Promise.all([testDatabase(), testSeries()]);
    await simulate({ seed: 'self-check', outfalls: 2, days: DAYS, outDir: dir, start: START, benign: false, inject: INJECT });
    const capture = join(dir, 'capture.tsv');
    writeFileSync(capture, readFileSync(capture, 'latin1').replace(/^(\d+)\.\d+\t/gm, '$1\t'), 'latin1');
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home: { authority: DEMO_CITY, region: 'jiangsu' } })).problems).toEqual([]);
    registry = await followRegistry(test.db);
    await importCapture({ db: test.db, clock, directory: directoryOfRegister(() => registry.current()) }, createReadStream(capture), { source: 'capture.tsv' });
    const judge = await Judge.open({ db: test.db, series: values.series, clock, log: silentLogger(), registry });
    while ((await judge.step()).frames > 0);
    clock.set(instant(END + 2_000));
    await judge.step();
    deps = { db: test.db, series: values.series, clock, registry };
    await createDemoAccounts({ db: test.db, clock }, registry.current().data.units.map(({ unit, name }) => ({ unitId: unit, name })));
    app = await createHttp({ log: silentLogger() });
    registerAccess(app, { db: test.db, clock, manySessions: true });
    registerSelfCheckRoutes(app, deps);
  }, 180_000);
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true });
    await Promise.all([test.drop(), values.drop()]);
  });

  const outfalls = () => registry.current().data.outfalls.map((outfall) => outfall.outfall);
  const count = async (): Promise<object> => (await sql<object>`SELECT (SELECT count(*) FROM analysis_episode) AS episodes, (SELECT count(*) FROM analysis_clue) AS clues,
    (SELECT count(*) FROM outbox) AS events`.execute(test.db)).rows[0] ?? {};
  const brief = ({ outfall, model, tier, start, end, text }: Episode): string => JSON.stringify([outfall, model, tier, start, end, text.zh]);

  it('says in the same sentences and tiers what the live path found, and leaves no trace of it', async () => {
    const { rows } = await sql<{ body: Episode }>`SELECT DISTINCT ON (episode) body FROM analysis_episode ORDER BY episode, version DESC`.execute(test.db);
    const live = rows.map((row) => row.body).filter(counts);
    const before = await count();
    const shares: number[] = [];
    const report = (await runSelfCheck(deps, { outfalls: outfalls(), from: START, to: END }, ({ share }) => void shares.push(share))) as SelfCheckReport;
    expect(report.exceptions).toEqual([]);
    const facts = (episodes: readonly Episode[]) => episodes.filter((episode) => ['A01', 'B01', 'B02', 'C01'].includes(episode.model)).map(brief).sort();
    expect(facts(report.episodes)).toEqual(facts(live));
    expect(report.episodes.some((episode) => episode.model === 'B01')).toBe(true);
    expect(report.episodes.every((episode) => episode.text.zh !== '' && episode.text.en !== '')).toBe(true);
    expect(shares[0]).toBe(0);
    expect(await count()).toEqual(before);
  });

  it('does not hold up the thread that serves: other work gets its turn while a check runs', async () => {
    let turns = 0;
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      turns += 1;
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const report = (await runSelfCheck(deps, { outfalls: outfalls(), from: START, to: END })) as SelfCheckReport;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(report.ms / 100);
    expect(longest).toBeLessThan(1_500);
  });

  it('stops when it is cancelled and says so', async () => {
    const stop = new AbortController();
    const heard: SelfCheckProgress[] = [];
    const running = runSelfCheck(deps, { outfalls: outfalls(), from: START, to: END }, (progress) => {
      heard.push(progress);
      if (heard.length === 1) setTimeout(() => stop.abort(), 50);
    }, stop.signal);
    expect(await running).toMatchObject({ code: 'ANALYSIS-026' });
  });

  it('is for the unit alone: own outfalls only, no official, no span in the future', async () => {
    const [mine, other] = registry.current().data.outfalls;
    const units = [...new Set(registry.current().data.outfalls.map((outfall) => outfall.unit))] as UnitId[];
    const cookies = async (login: string) => ({ mingjian: (await app.inject({ method: 'POST', url: '/api/access/sign-in', payload: { login, password: DEMO_PASSWORD } })).cookies[0]?.value ?? '' });
    const ask = async (login: string, of: string, to = END) => app.inject({ method: 'POST', url: '/api/unit/self-check', cookies: await cookies(login), payload: { outfalls: [of], from: new Date(to - DAY).toISOString(), to: new Date(to).toISOString() } });
    if (mine === undefined || other === undefined) return expect.fail('two outfalls were asked for');
    expect((await ask('monitor', mine.outfall)).statusCode).toBe(403);
    const own = await ask(unitLogin(mine.unit), mine.outfall);
    const lines = own.body.trim().split('\n').map((line) => JSON.parse(line) as { report?: { findings: unknown[]; hours: number } });
    expect([23, 24]).toContain(lines.at(-1)?.report?.hours);
    if (units.length > 1) expect((await ask(unitLogin(mine.unit), other.outfall)).statusCode).toBe(404);
    expect((await ask(unitLogin(mine.unit), mine.outfall, END + HOUR)).body).toContain('ANALYSIS-030');
  });
});
