import { z } from 'zod';
import { areaOf, can, type Actor } from '#access';
import { asId, DAY, isRefusal, startOfHour, type AuthorityId, type Refusal } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import type { Outfall } from '#register';
import type { BacktestRequest } from '../backtest/request.ts';
import { runBacktest } from '../backtest/run-backtest.ts';
import { replyInLines, type Places } from '../backtest/backtest-lines.ts';
import type { GovernanceRouteDeps } from './governance-routes.ts';
import { refuse as refuseHere } from '../errors.ts';
import { refuse } from './errors.ts';
import { readReleases } from './store/standing.ts';
import { readRules } from './store/proposals.ts';
import { showReport } from './show-proposal.ts';
import { factorInfo, KNOWN_FACTORS } from '../models/parts/factors.ts';
import { REASONS } from '../models/parts/explanations.ts';
import { readRule } from '../rules/read-rule.ts';
import { modelOfRule } from '../rules/rule-model.ts';
import { DEPARTMENTS, type RuleBody } from '../rules/rule.ts';
import { FAMILIES, ruleBody, TRIGGERS } from '../rules/rule-schema.ts';
import { DOMAINS, HELPERS, STATISTICS, VOCABULARY } from '../rules/vocabulary.ts';

const tags = ['analysis'];
const texts = z.object({ zh: z.string(), en: z.string() });
const named = z.array(texts.extend({ key: z.string() }));
const problem = z.object({ field: z.string(), at: z.number(), length: z.number(), zh: z.string(), en: z.string(), suggestion: z.string().nullable() });
const listOf = (table: Readonly<Record<string, { zh: string; en: string }>>) => Object.entries(table).map(([key, { zh, en }]) => ({ key, zh, en }));

const vocabularyView = z.object({
  words: z.array(texts.extend({ group: z.string(), write: z.string(), gives: z.string() })), statistics: z.array(texts.extend({ write: z.string() })), helpers: z.array(texts.extend({ write: z.string() })),
  domains: z.record(z.string(), z.array(z.string())), factors: named, departments: named, families: named, excuses: named, triggers: named,
});

/** The language as the form shows it: every name with its meaning, from the table that the checker reads. */
function vocabulary(): z.infer<typeof vocabularyView> {
  const sample: Readonly<Record<string, string>> = { factor: 'factor', role: '"production"', mark: '"STOP"' };
  return {
    words: VOCABULARY.map(({ name, group, args, gives, zh, en }) => ({ group, gives, zh, en, write: args.length === 0 ? name : `${name}(${args.map((arg) => sample[arg] ?? arg).join(', ')})` })),
    statistics: STATISTICS.map(({ name, takes, zh, en }) => ({ zh, en, write: `last(24).${name}(${takes === 'truth' ? 'zs(factor) > limit(factor)' : 'zs(factor)'})` })),
    helpers: HELPERS.map(({ name, args, zh, en }) => ({ zh, en, write: `${name}(${args.map(() => '…').join(', ')})` })),
    domains: Object.fromEntries(Object.entries(DOMAINS).map(([key, words]) => [key, [...words]])),
    factors: KNOWN_FACTORS.map((code) => ({ key: code, zh: factorInfo(code).zh, en: factorInfo(code).en })),
    departments: listOf(DEPARTMENTS), families: listOf(FAMILIES), excuses: Object.entries(REASONS).map(([key, [zh, en]]) => ({ key, zh, en })), triggers: listOf(TRIGGERS),
  };
}

const problemsOf = (rule: RuleBody) => readRule(rule).problems.map(({ field, at, length, zh, en, suggestion }) => ({ field, at, length, zh, en, suggestion: suggestion ?? null }));

interface Preview {
  readonly rule: RuleBody;
  /** One outfall; every outfall of the actor's area when not given. */
  readonly outfall?: string | undefined;
  readonly days: number;
}

const inArea = (deps: GovernanceRouteDeps, actor: Actor): Outfall[] => {
  const registry = deps.registry.current();
  return registry.data.outfalls.filter((one) => can(actor, 'analysis.read', { unitId: one.unit, authorityId: registry.authorityOf(one.unit) }));
};

/** People who write at the same time; each preview has a thread. */
const PREVIEWS: Places = { most: 4, taken: 0 };

/** What the rule would have said in the last days: the live engine over stored values. */
function previewOf(deps: GovernanceRouteDeps, actor: Actor, { rule, outfall, days }: Preview): BacktestRequest | Refusal {
  const outfalls = inArea(deps, actor).flatMap((one) => (outfall === undefined || one.outfall === outfall ? [one.outfall] : []));
  if (outfalls.length === 0) return refuseHere('ANALYSIS-003');
  const first = problemsOf(rule)[0];
  if (first !== undefined) return refuse('ANALYSIS-048', { args: { n: 1, first: first.zh, firstEn: first.en }, field: first.field });
  const to = startOfHour(deps.clock.now());
  const model = modelOfRule({ id: 'R-000', version: 0, owner: actor.authorityId ?? asId<AuthorityId>('-'), area: areaOf(actor), body: rule });
  return { models: [model], from: to - days * DAY, to, outfalls, baseline: 'NONE' };
}

const outfallItem = z.object({ outfall: z.string(), name: z.string(), unitName: z.string(), type: z.enum(['gas', 'water']) });
const FOUND = 20;

/** Outfalls of the actor's area whose id, name or unit holds the text. */
function findOutfalls(deps: GovernanceRouteDeps, actor: Actor, text: string): z.infer<typeof outfallItem>[] {
  const registry = deps.registry.current();
  const shown = inArea(deps, actor).map(({ outfall, unit, type, attributes }) => ({ outfall, type, name: attributes['name'] ?? outfall, unitName: registry.unit(unit)?.name ?? unit }));
  return shown.filter((one) => `${one.outfall} ${one.name} ${one.unitName}`.includes(text.trim())).slice(0, FOUND);
}

const ruleItem = z.object({
  rule: z.string(), version: z.number(), title: texts, department: texts, owner: z.string(), inForce: z.boolean(), trigger: texts, purpose: texts, advice: texts, body: z.unknown(),
});

async function listRules(deps: GovernanceRouteDeps): Promise<z.infer<typeof ruleItem>[]> {
  const [rules, releases] = await Promise.all([readRules(deps.db), readReleases(deps.db)]);
  const now = deps.clock.now();
  const newest = [...new Map(rules.map((rule) => [rule.rule, rule])).values()];
  return newest.map(({ rule, version, owner, body }) => {
    const release = releases.findLast((row) => row.model === rule && row.validFrom <= now);
    const { zh, en } = DEPARTMENTS[body.department];
    return { rule, version, owner, title: body.title, department: { zh, en }, inForce: release?.inForce ?? false, trigger: { ...TRIGGERS[body.trigger] }, purpose: body.purpose, advice: body.advice, body };
  });
}

/** Departments' own rules: the language, a live check, a preview on one outfall, and the rules that were approved. */
export function registerRuleRoutes(app: App, deps: GovernanceRouteDeps): void {
  const read = { action: 'model.proposals' };
  app.get('/api/analysis/rules', { config: read, schema: { tags, response: { 200: z.object({ items: z.array(ruleItem) }) } } }, async () => ({ items: await listRules(deps) }));
  app.get('/api/analysis/rules/vocabulary', { config: read, schema: { tags, response: { 200: vocabularyView } } }, () => Promise.resolve(vocabulary()));
  app.post('/api/analysis/rules/check', { config: { ...read, keys: 'none' }, schema: { tags, body: z.object({ rule: ruleBody }), response: { 200: z.object({ problems: z.array(problem) }) } } }, (request) =>
    Promise.resolve({ problems: problemsOf(request.body.rule) }));
  app.get('/api/analysis/rules/outfalls', { config: { action: 'analysis.read' }, schema: { tags, querystring: z.object({ text: z.string().max(64).default('') }), response: { 200: z.object({ items: z.array(outfallItem) }) } } }, (request) =>
    Promise.resolve({ items: findOutfalls(deps, request.actor, request.query.text) }));
  const body = z.object({ rule: ruleBody, outfall: z.string().max(64).optional(), days: z.number().int().min(1).max(90).default(30) });
  const preview = { tags, body, summary: 'What a rule would have said, as lines of JSON: progress, then the report' };
  app.post('/api/analysis/rules/preview', { config: { action: 'model.backtest', keys: 'none' }, schema: preview }, async (request, reply) => {
    const trial = previewOf(deps, request.actor, request.body);
    if (isRefusal(trial)) return answer(reply, trial) as never;
    return replyInLines(reply, (tell, signal) => runBacktest(deps, trial, tell, signal), (report) => ({ report: showReport(report) }), PREVIEWS);
  });
}
