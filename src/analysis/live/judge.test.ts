import { mkdtempSync, readFileSync, rmSync, createReadStream, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#access';
import { asId, DAY, instant, manualClock, type AccountId, type AuthorityId, type OutfallId, type RegionKey, type UnitId } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { loadLaw } from '#law';
import { ruleBook } from '#quality';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { createHttp, type App } from '#platform/http';
import { registerQualityRoutes } from '#quality';
import { followRegistry, importRegister, registerRegisterRoutes } from '#register';
import { simulate } from '#sim/simulate';
import { alarmLines } from '../alarm.ts';
import { alignedSeries } from '../clues/aligned-series.ts';
import { modelCatalogue } from '../catalogue.ts';
import { runDetect } from '../detect/detect.ts';
import type { Episode } from '../clues/episode.ts';
import { registerAnalysisRoutes } from '../routes.ts';
import { peerWatcher } from '../testing/peer-watcher.ts';
import { registerValidityRoutes } from '../validity/validity-routes.ts';
import { Judge } from './judge.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const DAYS = 4;
const MODELS = [...modelCatalogue, peerWatcher];

describe('活体研判 the judging worker', { timeout: 120_000 }, () => {
  let test: TestDatabase;
  let series: { series: Series; drop(): Promise<void> };
  const dir = mkdtempSync(join(tmpdir(), 'judge-'));
  const clock = manualClock(instant(START));
  const log = silentLogger();
  const law = loadLaw();
  let expected: readonly string[];

  beforeAll(async () => {
    test = await testDatabase();
    series = await testSeries();
    await simulate({ seed: 'judge', outfalls: 2, days: DAYS, outDir: dir, start: START, inject: 'none' });
    const capture = join(dir, 'capture.tsv');
    writeFileSync(capture, readFileSync(capture, 'latin1').replace(/^(\d+)\.\d+\t/gm, '$1\t'), 'latin1');
    rmSync(join(dir, 'power.csv'));
    rmSync(join(dir, 'doors.csv'));
    rmSync(join(dir, 'video.csv'));
    const until = START + DAYS * DAY;
    expected = (await runDetect({ registryDir: dir, capture, asOf: until, catalogue: MODELS })).alarms;
    const home = { authority: 'JS-QC', region: 'jiangsu' };
    expect((await importRegister({ db: test.db, clock }, { dir, by: 'test', home })).problems).toEqual([]);
  }, 120_000);
  afterAll(async () => {
    rmSync(dir, { recursive: true });
    await test.drop();
    await series.drop();
  });

  const stored = async (): Promise<readonly string[]> => {
    const { rows } = await sql<{ body: Episode }>`SELECT DISTINCT ON (episode) body FROM analysis_episode ORDER BY episode, version DESC`.execute(test.db);
    return alarmLines(rows.map((row) => row.body));
  };

  it('[JS-10.3][NX-3.4c] 自动归集、研判并产生线索：与离线回放逐字节一致，重启不重不漏', async () => {
    const registry = await followRegistry(test.db);
    await importCapture({ db: test.db, clock, directory: directoryOfRegister(() => registry.current()) }, createReadStream(join(dir, 'capture.tsv')), { source: 'capture.tsv' });
    const deps = { db: test.db, series: series.series, clock, log, registry, models: MODELS };
    let judge = await Judge.open(deps);
    for (let steps = 0; ; steps++) {
      const step = await judge.step();
      // A new worker takes the work up in the middle of it.
      if (steps === 0) judge = await Judge.open(deps);
      if (step.frames === 0) break;
    }
    clock.set(instant(START + DAYS * DAY + 2_000));
    await judge.step();
    expect(await stored()).toEqual(expected);
    // What the outfalls told each other is the same, too, and there was something to tell.
    const watched = expected.map((line) => JSON.parse(line) as { model: string; evidence: { stats: { peers: number } } }).filter((one) => one.model === 'Z02');
    expect(watched.some((one) => one.evidence.stats.peers > 0)).toBe(true);

    const again = await Judge.open(deps);
    await again.step();
    expect(await stored()).toEqual(expected);
    const { rows } = await sql<{ clues: number; events: number; raised: number }>`
      SELECT (SELECT count(*) FROM analysis_clue) AS clues, (SELECT count(*) FROM outbox WHERE type = 'clue.raised') AS events,
        (SELECT count(DISTINCT subject) FROM outbox WHERE type = 'clue.raised') AS raised`.execute(test.db);
    expect(rows[0]?.events).toBe(rows[0]?.raised);
  }, 120_000);

  it('copies hours and steps to the series store', async () => {
    const outfall = (await sql<{ outfall: OutfallId }>`SELECT outfall FROM analysis_lane LIMIT 1`.execute(test.db)).rows[0]?.outfall;
    const rows = await series.series.query<{ n: string }>('SELECT count(DISTINCT start) AS n FROM hour_value WHERE outfall = {outfall:String}', { outfall });
    expect(Number(rows[0]?.n)).toBeGreaterThan((DAYS - 1) * 24);
  });

  it('nobody can alter what was judged', async () => {
    await expect(sql`UPDATE analysis_episode SET tier = 'REMIND'`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM analysis_clue_version`.execute(test.db)).rejects.toThrow(/permission denied/);
  });

  describe('读取端 what the screens read', () => {
    let app: App;
    let actor: Partial<Actor> = {};
    const official: Partial<Actor> = { accountId: asId<AccountId>('a'), roles: ['monitoring-control'], authorityId: asId<AuthorityId>('JS-QC'), region: asId<RegionKey>('jiangsu') };
    beforeAll(async () => {
      const registry = await followRegistry(test.db);
      app = await createHttp({ log });
      app.decorateRequest('actor');
      app.addHook('onRequest', async (request) => void (request.actor = actor as Actor));
      const deps = { db: test.db, series: series.series, clock, registry, log };
      registerRegisterRoutes(app, deps);
      registerQualityRoutes(app, { ...deps, law });
      registerAnalysisRoutes(app, { ...deps, law });
      registerValidityRoutes(app, { ...deps, law });
      await app.ready();
      actor = official;
    });
    afterAll(() => app.close());
    const get = async (url: string) => {
      const response = await app.inject({ url });
      return { status: response.statusCode, body: response.json() };
    };
    const RANGE = `from=2026-03-02T00:00:00%2B08:00&to=2026-03-03T00:00:00%2B08:00`;

    it('[PAPER-2.3f] lists clues by page and shows why one was raised and what would clear it', async () => {
      const first = await get('/api/analysis/clues?limit=1');
      expect(first.body.items).toHaveLength(1);
      const all = await get('/api/analysis/clues?limit=200');
      const second = await get(`/api/analysis/clues?limit=1&cursor=${encodeURIComponent(first.body.nextCursor)}`);
      expect(second.body.items[0]?.clueId).toBe(all.body.items[1]?.clueId);
      const { status, body } = await get(`/api/analysis/clues/${all.body.items[0].clueId}`);
      expect(status).toBe(200);
      expect(body.claim.zh).toMatch(/。$/);
      expect(body.episodes[0]).toMatchObject({ title: { zh: expect.any(String) }, about: { source: expect.any(String) }, modelVersion: expect.any(String) });
      expect(body.clearedBy.length).toBeGreaterThan(0);
      expect(body.versions[0].version).toBe(1);
      const early = await get(`/api/analysis/clues/${all.body.items[0].clueId}?asOf=${encodeURIComponent(body.versions[0].knownAt)}`);
      expect(early.body.version).toBe(1);
    });

    it('puts all sources of an outfall on one axis, thinned, and only as known then', async () => {
      await alignedSeries({ db: test.db, series: series.series, registry: (await followRegistry(test.db)).current(), rules: ruleBook(law, asId<RegionKey>('jiangsu')) }, { outfall: 'QY0001-DA001', from: START, to: START + DAY }, 60);
      const { body } = await get(`/api/outfalls/QY0001-DA001/series?${RANGE}&points=60`);
      const nox = body.lanes.find((lane: { id: string }) => lane.id === 'a21002');
      expect(nox.limit.label).toMatch(/^小时限值 /);
      expect(nox.curves[0].points.length).toBeLessThanOrEqual(70);
      expect(body.lanes.map((lane: { id: string }) => lane.id)).toEqual(expect.arrayContaining(['a19001', 'doors', 'videos', 'marks', 'flags', 'maintenance']));
      const before = await get(`/api/outfalls/QY0001-DA001/series?${RANGE}&asOf=2026-03-01T23:00:00%2B08:00`);
      expect(before.body.lanes.filter((lane: { curves?: unknown[] }) => lane.curves).length).toBe(0);
      expect((await get(`/api/outfalls/QY0001-DA001/series?from=2026-03-02T00:00:00%2B08:00&to=2026-03-01T00:00:00%2B08:00`)).status).toBe(422);
    });

    it('[PAPER-2.3a] shows the catalogue of models with the parameters in force', async () => {
      const { body } = await get('/api/analysis/models');
      expect(body.items.length).toBeGreaterThanOrEqual(23);
      expect((await get('/api/analysis/models/B01')).body).toMatchObject({ id: 'B01', legalHooks: expect.arrayContaining(['H1']) });
      expect((await get('/api/analysis/models/Z99')).status).toBe(404);
    });

    it('[JS-10.3] 应判时刻等于已判时刻：由到达的小时独立点数', async () => {
      const { body } = await get('/api/analysis/health');
      expect(body.days.length).toBeGreaterThan(DAYS - 1);
      const shown = (await Promise.all(body.days.map((day: string) => get(`/api/analysis/health?day=${encodeURIComponent(day)}`)))).flatMap((one) => one.body.models);
      for (const one of shown) expect(one).toMatchObject({ differing: [], evaluated: one.expected });
      const sum = (id: string) => shown.filter((one) => one.model === id).reduce((total: number, one) => total + one.evaluated, 0);
      const [row] = await series.series.query<{ n: string }>('SELECT count() AS n FROM (SELECT DISTINCT outfall, known_at FROM hour_value)');
      expect(sum('B01')).toBe(Number(row?.n));
    });

    it('answers a back-test in lines, and refuses in words', async () => {
      const ask = (more: object) => app.inject({
        method: 'POST', url: '/api/analysis/backtests',
        payload: { model: 'B01', from: '2026-03-01T00:00:00+08:00', to: '2026-03-05T00:00:00+08:00', set: { workOrderRun: 2 }, ...more },
      });
      const lines = (await ask({})).payload.trim().split('\n').map((line) => JSON.parse(line));
      expect(lines.at(-1).report).toMatchObject({ outfalls: 2, exceptions: [], basis: { contactsMissing: false } });
      expect(lines.at(-1).report.models[0]).toMatchObject({ id: 'B01', changed: { workOrderRun: 2 } });
      const refused = (await ask({ set: { nothing: 1 } })).payload.trim().split('\n').map((line) => JSON.parse(line));
      expect(refused.at(-1).refusal).toMatchObject({ code: 'ANALYSIS-023', zh: expect.stringContaining('nothing') });
      expect((await ask({ to: '2030-01-01T00:00:00+08:00' })).statusCode).toBe(422);
    });

    it('shows the whole catalogue in three states, and of a model what people found', async () => {
      const { body } = await get('/api/analysis/catalogue');
      expect(body.categories.flatMap((one: { models: unknown[] }) => one.models)).toHaveLength(80);
      expect(body.counts.specified + body.counts.coded + body.counts.tested).toBe(80);
      expect((await get('/api/analysis/models/B01')).body).toMatchObject({ reviewed: { right: 0, wrong: 0, low: 0, high: 1 }, history: [] });
    });

    it('keeps another authority out: a foreign id answers like one that does not exist', async () => {
      const clueId = (await get('/api/analysis/clues')).body.items[0].clueId;
      actor = { ...official, authorityId: asId<AuthorityId>('elsewhere') };
      expect((await get('/api/analysis/clues')).body.items).toEqual([]);
      expect((await get(`/api/analysis/clues/${clueId}`)).status).toBe(404);
      expect((await get(`/api/outfalls/QY0001-DA001/series?${RANGE}`)).status).toBe(404);
      expect((await get('/api/units')).body.items).toEqual([]);
      expect((await get('/api/units/QY0001')).status).toBe(404);
      actor = official;
      expect((await get('/api/units')).body.items[0]).toMatchObject({ unitId: 'QY0001' });
      expect((await get('/api/units/QY0001')).body.outfallPages[0].limits.length).toBeGreaterThan(0);
    });

    it('[NMG-2.1b] 企业提交标记，得知截止时间与效力；他人的排放口不可标记', async () => {
      const body = { outfall: 'QY0001-DA001', kind: 'CEMS_MAINTENANCE', from: '2026-03-04T08:00:00+08:00', to: '2026-03-04T10:00:00+08:00', reason: '更换 <b>滤芯</b>' };
      const post = () => app.inject({ method: 'POST', url: '/api/marks', payload: body });
      actor = { accountId: asId<AccountId>('u'), roles: ['unit-user'], unitId: asId<UnitId>('nobody'), region: asId<RegionKey>('jiangsu') };
      expect((await post()).statusCode).toBe(404);
      actor = { ...actor, unitId: asId<UnitId>('QY0001') };
      const made = await post();
      expect(made.statusCode).toBe(201);
      expect(made.json()).toMatchObject({ hours: 2, hoursInTime: 2, deadline: '2026-03-05T12:00:00.000+08:00', reason: '更换 <b>滤芯</b>' });
      expect((await get('/api/marks?outfall=QY0001-DA001')).body.items[0].effect.zh).toContain('不作为判定');

      actor = official;
      const verdicts = async () => {
        const { body: hours } = await get('/api/outfalls/QY0001-DA001/hours?from=2026-03-04T07:00:00%2B08:00&to=2026-03-04T11:00:00%2B08:00&factor=a21002');
        return hours.items.map((hour: { verdict: string; reason: string }) => `${hour.verdict} ${hour.reason}`);
      };
      const before = await verdicts();
      clock.advance(60_000);
      const judge = await Judge.open({ db: test.db, series: series.series, clock, log, registry: await followRegistry(test.db) });
      await judge.step();
      const after = await verdicts();
      expect([after[0], after[3]]).toEqual([before[0], before[3]]);
      expect(after.slice(1, 3).every((verdict: string) => verdict === 'INVALID MARKED' || verdict.startsWith('INVALID FLAG'))).toBe(true);
      expect(after).not.toEqual(before);
    });

    it('判定有版本：标记只改判其小时并留痕；按“当时所知”查询得到当时的判定', async () => {
      const span = 'factor=a21002&from=2026-03-04T07:00:00%2B08:00&to=2026-03-04T11:00:00%2B08:00';
      const { body: versions } = await get(`/api/outfalls/QY0001-DA001/verdict-versions?${span}`);
      expect(versions.items.map((item: { from: string }) => item.from.slice(11, 13)).sort()).toEqual(['08', '09']);
      const trace = versions.items[0].versions;
      expect([trace[0].cause, trace.at(-1).cause, trace.at(-1).reason]).toEqual(['FRAME', 'MARK', 'MARKED']);
      expect(trace.at(-1).ref).toMatch(/^mrk/);
      const reasons = async (asOf: string) => (await get(`/api/outfalls/QY0001-DA001/validity?${span}&by=hour${asOf}`)).body.items.map((item: { reason: string }) => item.reason);
      const then = encodeURIComponent(trace[0].knownAt.replace('.000', '.500'));
      expect((await reasons(`&asOf=${then}`)).at(-1)).not.toBe('MARKED');
      expect((await reasons('')).slice(1, 3)).toEqual(['MARKED', 'MARKED']);
    });

    it('年月日：按日按月汇总，总量分来源，他人不可见', async () => {
      const whole = 'from=2026-03-01T00:00:00%2B08:00&to=2026-03-05T00:00:00%2B08:00';
      const days = await get(`/api/outfalls/QY0001-DA001/validity?factor=a21002&${whole}&by=day`);
      expect(days.body).toMatchObject({ basis: 'HOUR_MEAN' });
      expect(days.body.items).toHaveLength(4);
      expect(days.body.items[0]).toMatchObject({ dueHours: expect.any(Number), mean: expect.stringMatching(/^\d/) });
      expect((await get(`/api/outfalls/QY0001-DA001/validity?factor=a21002&${whole}&by=month`)).body.items).toHaveLength(1);
      expect((await get('/api/outfalls/QY0001-DA001/validity?factor=a21002&from=2020-01-01T00:00:00%2B08:00&to=2026-03-05T00:00:00%2B08:00&by=hour')).status).toBe(422);
      const { body } = await get('/api/outfalls/QY0001-DA001/quantities?factor=a21002');
      expect(body.captures[0].hours).toBeGreaterThan(90);
      expect(Number(body.months[0].totalKg)).toBeGreaterThan(0);
      expect(body.standings.map((one: { period: string }) => one.period)).toContain('YEAR');
      actor = { ...official, authorityId: asId<AuthorityId>('elsewhere') };
      for (const route of [`validity?factor=a21002&${whole}&by=day`, `verdict-versions?factor=a21002&${whole}`, 'quantities?factor=a21002']) {
        expect((await get(`/api/outfalls/QY0001-DA001/${route}`)).status).toBe(404);
      }
      actor = official;
    });
  });
});
