import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '#access';
import { asId, DAY, HOUR, instant, manualClock, MINUTE, type AccountId, type AuthorityId, type RegionKey } from '#kernel';
import { directoryOfRegister, importCapture } from '#ingest';
import { createHttp, type App } from '#platform/http';
import { sql, transact } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { silentLogger } from '#platform/log';
import type { Series } from '#platform/series';
import { testSeries } from '#platform/series/testing';
import { followRegistry, importRegister, type LiveRegistry } from '#register';
import { simulate } from '#sim/simulate';
import { runBacktest } from '../backtest/run-backtest.ts';
import { registerGovernanceRoutes } from './governance-routes.ts';
import { SHADOW_DAYS } from './decide-proposal.ts';
import { Judge } from '../live/judge.ts';
import { registerRuleRoutes } from './rule-routes.ts';
import { insertVerdict } from './store/verdicts.ts';
import { modelOfRule } from '../rules/rule-model.ts';
import type { RuleBody } from '../rules/rule.ts';

const START = Date.parse('2026-03-01T00:00:00+08:00');
const BEFORE = 2 * DAY;
const TRIED = BEFORE + (SHADOW_DAYS + 1) * DAY;
const WHY = '按专项行动要求提出';

const person = (login: string, ...roles: Role[]): Actor => ({
  accountId: asId<AccountId>(login), name: login, roles, authorityId: asId<AuthorityId>('JS-QC'), area: [asId<AuthorityId>('JS-QC')], region: asId<RegionKey>('jiangsu'),
});
const air = person('air', 'element-dept');
const rule: RuleBody = {
  title: { zh: '夜间排放', en: 'Discharge at night' }, department: 'air', family: 'emission', trigger: 'hour', media: ['gas', 'water'], factors: ['a21026', 'w01018'], applies: '',
  remind: 'avg(factor) > floor_value && (hour_of_day >= 22 || hour_of_day < 4)', warn: '', workOrder: '', params: { floor_value: 0 }, standsAlone: false, excusedBy: [],
  text: { zh: '{factor}夜间均值 {avg(factor)}', en: '{factor} at night {avg(factor)}' }, purpose: { zh: '专项行动', en: 'a campaign' }, advice: { zh: '核实工况', en: 'look at the plant' }, legalHooks: [],
};

describe('治理与规则：从提案到线索 governance and rules, from the proposal to the clue', { timeout: 120_000 }, () => {
  let t: TestDatabase;
  let series: { series: Series; drop(): Promise<void> };
  let app: App;
  let actor = air;
  let judge: Judge;
  let registry: LiveRegistry;
  let outfall = '';
  let lines: readonly string[] = [];
  const clock = manualClock(instant(START));
  const dir = mkdtempSync(join(tmpdir(), 'governance-'));
  const log = silentLogger();

  /** The world goes on: what was sent from one moment to another arrives and is judged. */
  const live = async (from: number, to: number): Promise<void> => {
    const part = lines.filter((line) => Number(line.split('\t')[0]) >= START + from && Number(line.split('\t')[0]) < START + to);
    const directory = directoryOfRegister(() => registry.current());
    await importCapture({ db: t.db, clock, directory }, Readable.from([Buffer.from(part.join('\n') + '\n', 'latin1')]), { source: 'capture.tsv' });
    clock.set(instant(START + to - 20_000));
    while ((await judge.step()).frames > 0);
    clock.set(instant(START + to + MINUTE));
    await judge.step();
  };

  beforeAll(async () => {
    t = await testDatabase();
    series = await testSeries();
    await simulate({ seed: 'governance', outfalls: 1, days: TRIED / DAY + 1, outDir: dir, start: START, inject: 'none', benign: false, stepMin: 20 });
    lines = readFileSync(join(dir, 'capture.tsv'), 'latin1').replace(/^(\d+)\.\d+\t/gm, '$1\t').split('\n').filter((line) => line !== '');
    await importRegister({ db: t.db, clock }, { dir, by: 'test', home: { authority: 'JS-QC', region: 'jiangsu' } });
    registry = await followRegistry(t.db);
    outfall = registry.current().data.outfalls[0]?.outfall ?? '';
    const deps = { db: t.db, series: series.series, clock, log, registry };
    judge = await Judge.open(deps);
    app = await createHttp({ log });
    app.decorateRequest('actor');
    app.addHook('onRequest', async (request) => void (request.actor = actor));
    registerGovernanceRoutes(app, deps);
    registerRuleRoutes(app, deps);
    await app.ready();
    await live(0, BEFORE);
  }, 120_000);
  afterAll(async () => {
    await app.close();
    rmSync(dir, { recursive: true });
    await t.drop();
    await series.drop();
  });

  const get = async (url: string) => (await app.inject({ url })).json();
  const post = async (url: string, payload: object = {}) => {
    const answer = await app.inject({ method: 'POST', url, payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  const linesOf = (payload: string) => payload.trim().split('\n').map((line) => JSON.parse(line));
  const preview = async (payload: object) => linesOf((await app.inject({ method: 'POST', url: '/api/analysis/rules/preview', payload })).payload);
  const episodesOfRule = async () => (await sql<{ n: number }>`SELECT count(*)::int AS n FROM analysis_episode WHERE model = 'R-001'`.execute(t.db)).rows[0]?.n;

  it('tells the language, checks a rule as it is written, and refuses one that does not read', async () => {
    const language = await get('/api/analysis/rules/vocabulary');
    expect(language.words.length).toBeGreaterThan(20);
    expect(language.departments[0]).toMatchObject({ key: 'air', zh: '大气处（科）' });
    expect((await post('/api/analysis/rules/check', { rule })).body).toEqual({ problems: [] });
    const wrong = await post('/api/analysis/rules/check', { rule: { ...rule, remind: 'avg(fator) > 0' } });
    expect(wrong.body.problems).toMatchObject([{ field: 'remind', at: 4, length: 5, suggestion: 'factor' }]);
    expect((await post('/api/analysis/proposals', { wish: { kind: 'RULE', rule: { ...rule, remind: 'avg(fator) > 0' } }, reason: WHY })).body).toMatchObject({ code: 'ANALYSIS-048', field: 'remind' });
    expect((await post('/api/analysis/rules/preview', { rule, outfall: 'NOBODY', days: 2 })).body).toMatchObject({ code: 'ANALYSIS-003' });
  });

  it('evidence fusion is refitted on what people found of reviewed clues, once there are enough of them', async () => {
    const wish = { wish: { kind: 'REFIT' }, reason: WHY };
    expect((await get('/api/analysis/standing')).items.filter((one: { refits: boolean }) => one.refits)).toMatchObject([{ model: 'G11' }]);
    expect((await post('/api/analysis/proposals', wish)).body).toMatchObject({ code: 'ANALYSIS-054' });
    await transact(t.db, async (tx) => {
      for (let i = 0; i < 60; i++) await insertVerdict(tx, { id: `refit-${i}`, clue: `refit-${i}`, verdict: i % 3 === 0 ? 'WRONG' : 'RIGHT', reason: '', models: i % 3 === 0 ? ['C01', 'C08'] : ['C08'], at: i });
    });
    const made = await post('/api/analysis/proposals', wish);
    expect(made.body).toMatchObject({ model: 'G11', state: 'PROPOSED', kind: 'PARAMETERS' });
    expect(made.body.parameters.map((one: { name: string }) => one.name)).toContain('voiceC08');
    expect((await post(`/api/analysis/proposals/${made.body.proposal}/withdrawal`, { reason: WHY })).body).toMatchObject({ state: 'WITHDRAWN' });
  });

  it('[JS-10.1] 部门规则先预览、再回测、再影子运行，期间不产生线索；批准之后产生线索', async () => {
    const seen = await preview({ rule, outfall, days: 2 });
    expect(seen[0].progress).toMatchObject({ done: 0, outfalls: 1 });
    const { report } = seen.at(-1);
    expect(report.appears.count).toBeGreaterThan(0);
    expect(report.appears.examples[0]).toMatchObject({ model: 'R-000', outfall, inForce: null });
    const made = await post('/api/analysis/proposals', { wish: { kind: 'RULE', rule }, reason: WHY });
    expect(made.body).toMatchObject({ model: 'R-001', state: 'PROPOSED', next: [{ act: 'revise', refusal: null }, { act: 'attach-backtest', refusal: null }, { act: 'refuse' }, { act: 'withdraw', refusal: null }] });
    const at = `/api/analysis/proposals/${made.body.proposal}`;
    const tried = linesOf((await app.inject({ method: 'POST', url: `${at}/backtest`, payload: { days: 2 } })).payload);
    expect(tried[0].progress).toMatchObject({ outfalls: 1 });
    expect(tried.at(-1).proposal).toMatchObject({ state: 'BACKTESTED', backtest: { outfalls: 1 } });
    expect(tried.at(-1).proposal.backtest.appears.count).toBe(report.appears.count);
    expect((await post(`${at}/shadow`)).body).toMatchObject({ state: 'IN_SHADOW', shadow: { unchanged: 0 } });
    await live(BEFORE, TRIED);
    expect(await episodesOfRule()).toBe(0);
    const shown = await get(at);
    // The same rule over the same days, tried over stored history instead of live.
    const later = (await preview({ rule, outfall, days: TRIED / DAY - 2 })).at(-1).report;
    expect(shown.shadow.appears.count).toBeGreaterThan(2);
    expect(Math.abs(shown.shadow.appears.count - later.appears.count)).toBeLessThanOrEqual(1);
    expect(shown.shadow.vanishes.count).toBe(0);

    actor = person('approver', 'model-approver');
    expect((await post(`${at}/decision`, { act: 'approve', reason: '' })).body).toMatchObject({ code: 'ANALYSIS-044' });
    const approved = await post(`${at}/decision`, { act: 'approve', reason: '影子运行平稳，同意' });
    expect(approved.body).toMatchObject({ state: 'APPROVED', next: [] });
    await live(TRIED, TRIED + DAY);
    expect(await episodesOfRule()).toBeGreaterThan(0);
    const raised = await sql<{ at: number }>`SELECT min(known_at) AS at FROM analysis_episode WHERE model = 'R-001'`.execute(t.db);
    expect(raised.rows[0]?.at).toBeGreaterThanOrEqual(Date.parse(approved.body.validFrom));
    const clues = await sql<{ models: string[] }>`SELECT models FROM analysis_clue WHERE 'R-001' = ANY(models)`.execute(t.db);
    expect(clues.rows.length).toBeGreaterThan(0);
    expect((await get('/api/analysis/rules')).items).toMatchObject([{ rule: 'R-001', version: 1, inForce: true, department: { zh: '大气处（科）' } }]);
    expect((await get('/api/analysis/standing?model=R-001')).items).toMatchObject([{ model: 'R-001', inForce: true, cap: null, lost: null }]);
    expect((await get('/api/analysis/proposals?state=APPROVED')).items).toHaveLength(1);
    // A worker that takes the work up again comes to the same end.
    const before = await episodesOfRule();
    judge = await Judge.open({ db: t.db, series: series.series, clock, log, registry });
    clock.advance(HOUR / 2);
    await judge.step();
    expect(await episodesOfRule()).toBe(before);
  });

  it('previews a rule that asks for all it may beside everything else: other requests are answered meanwhile, and it stops when nobody waits for it', async () => {
    actor = air;
    const term = 'last(700).max(avg(factor)) > 0';
    const readsWith = async (n: number): Promise<RuleBody | undefined> => {
      const heavy = { ...rule, factors: ['a21026'], remind: Array.from({ length: n }, () => term).join(' && ') };
      return (await post('/api/analysis/rules/check', { rule: heavy })).body.problems.length === 0 ? heavy : undefined;
    };
    let heavy = await readsWith(1);
    for (let n = 2, next = heavy; next !== undefined; n += 1) [heavy, next] = [next, await readsWith(n)];
    const days = TRIED / DAY;
    let over = false;
    let [longest, asked] = [0, 0];
    const began = performance.now();
    const answer = preview({ rule: heavy, outfall, days }).finally(() => (over = true));
    while (!over) {
      const at = performance.now();
      expect((await app.inject({ url: '/api/analysis/rules/outfalls' })).statusCode).toBe(200);
      longest = Math.max(longest, performance.now() - at);
      asked += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const { report } = (await answer).at(-1);
    const took = performance.now() - began;
    expect(report.exceptions).toEqual([]);
    expect(asked).toBeGreaterThan(10);
    expect(longest).toBeLessThan(took / 2);

    const stop = new AbortController();
    const cancelled = runBacktest({ db: t.db, series: series.series, registry }, {
      models: [modelOfRule({ id: 'R-000', version: 0, owner: asId<AuthorityId>('JS-QC'), area: [], body: heavy as RuleBody })], from: clock.now() - days * DAY, to: clock.now(), baseline: 'NONE',
    }, undefined, stop.signal);
    await new Promise((resolve) => setTimeout(resolve, took / 4));
    const stopped = performance.now();
    stop.abort();
    expect(await cancelled).toMatchObject({ code: 'ANALYSIS-026' });
    expect(performance.now() - stopped).toBeLessThan(took / 2);
  });
});
