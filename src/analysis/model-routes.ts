import { z } from 'zod';
import { DAY, instant, toRfc3339, type Clock, type OutfallId } from '#kernel';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import type { LiveRegistry } from '#register';
import { modelById, modelCatalogue } from './catalogue.ts';
import { currentModel, readStanding, ruleModels } from './governance/live-standing.ts';
import { precisionView, showPrecision } from './governance/show-precision.ts';
import { reviewedOf } from './governance/store/verdicts.ts';
import { healthOf } from './model-health.ts';
import { modelTestItem, showTests } from './model-tests.ts';
import { wilson } from './primitives/index.ts';
import { showMinimum, thresholdsOf } from './models/declared/index.ts';
import { CATALOGUE, MODEL_CATEGORIES, MODEL_TESTS, testsOf, type CatalogueEntry, type ModelCategory } from './models/model-catalogue.ts';
import { attendedDays, readAttendance } from './store/attendance.ts';
import type { Model, Params } from './contract.ts';
import { refuse } from './errors.ts';
import { parametersIn } from './live/parameters.ts';
import { readParameters } from './store/progress.ts';
import { exceptionCounts, modelCounts, type ModelCount } from './store/read-clues.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const thresholdItem = texts.extend({
  name: z.string(), unit: texts,
  /** In force now, and as the program has it where nothing was approved. */
  value: z.number(), default: z.number(),
  /** Where the default comes from; `verified`: compared with its text, or measured by us. */
  source: texts.extend({ verified: z.boolean() }),
});
const minimumItem = texts.extend({
  /** Days of data before the first judgement; 0 where a fact suffices. */
  days: z.number(),
  needs: z.array(z.object({ anyOf: z.array(texts.extend({ input: z.string() })), atLeast: z.number() })),
});
const modelItem = z.object({
  id: z.string(), version: z.string(), title: texts, family: z.string(), trigger: z.enum(['hour', 'tick', 'day']), media: z.array(z.string()),
  standsAlone: z.boolean(), about: texts.extend({ source: z.string() }), legalHooks: z.array(z.string()),
  /** Parameters in force now; `defaults` where nothing was approved. */
  params: z.record(z.string(), z.number()), defaults: z.record(z.string(), z.number()),
  /** Every threshold in words: what it means, unit, source, and its value now. */
  thresholds: z.array(thresholdItem),
  /** Formula or rule in words. */
  formula: texts,
  /** What must be there before it judges; with less it cannot tell, and says so. */
  minimum: minimumItem,
  /** Dated versions of the parameters: approved changes, oldest first, each with the value before. */
  history: z.array(z.object({ parameter: z.string(), was: z.number().nullable(), value: z.number(), from: z.string(), proposedBy: z.string(), approvedBy: z.string(), reason: z.string() })),
  last30Days: z.array(z.object({ tier: z.string(), episodes: z.number(), cleared: z.number() })),
  exceptions: z.object({ outfalls: z.number(), reason: z.string() }).nullable(),
});

const modelPage = modelItem.extend({
  /** The four tests of this version. */
  tests: z.array(modelTestItem),
  /** What people found of clues it raised: share that was right, with its 95 % Wilson interval. */
  reviewed: z.object({ right: z.number(), wrong: z.number(), low: z.number(), high: z.number() }),
  overTime: precisionView,
});

const catalogueReply = z.object({
  counts: z.object({ specified: z.number(), coded: z.number(), tested: z.number() }),
  /** How many models passed each of the four tests in their present version. */
  tests: z.object({ property: z.number(), null: z.number(), positive: z.number(), benign: z.number() }),
  categories: z.array(z.object({
    category: z.string(), title: texts, models: z.array(z.object({
      id: z.string(), title: texts, state: z.enum(['specified', 'coded', 'tested']),
      /** Of the four tests those that its present version passed in the stored run. */
      passed: z.array(z.enum(MODEL_TESTS)),
      /** Highest tier it may give now, where it lost one. */
      cap: z.enum(['REMIND', 'WARN']).nullable(), inForce: z.boolean(),
    })),
  })),
});

const healthReply = z.object({
  /** Daily moments (02:00) that were counted, newest first. */
  days: z.array(z.string()),
  day: z.string().nullable(), until: z.string().nullable(), outfalls: z.number(),
  models: z.array(z.object({
    model: z.string(), version: z.string(), title: texts, trigger: z.enum(['hour', 'tick', 'day']), outfalls: z.number(), expected: z.number(), evaluated: z.number(),
    excused: z.number(), met: z.number(), notMet: z.number(), cannotTell: z.number(), exception: z.number(), differing: z.array(z.string()),
  })),
});

interface ModelRouteDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
}

interface Statistics {
  readonly counts: readonly ModelCount[];
  readonly exceptions: readonly { model: string; outfalls: number; reason: string }[];
  readonly dated: Awaited<ReturnType<typeof readParameters>>;
  paramsOf(model: Model, at: number): Params;
}

async function statistics(db: Database, now: number): Promise<Statistics> {
  const [counts, exceptions, dated] = await Promise.all([modelCounts(db, now - 30 * DAY), exceptionCounts(db), readParameters(db)]);
  return { counts, exceptions, dated, paramsOf: parametersIn(dated) };
}

/** Approved changes of one model's parameters, oldest first, each with what it replaced. */
function historyOf(model: Model, dated: Statistics['dated']): z.infer<typeof modelItem>['history'] {
  const last = new Map(Object.entries(model.params));
  return dated.filter((row) => row.model === model.id).map(({ parameter, value, validFrom, proposedBy, approvedBy, reason }) => {
    const was = last.get(parameter) ?? null;
    last.set(parameter, value);
    return { parameter, was, value, from: toRfc3339(instant(validFrom)), proposedBy, approvedBy, reason };
  });
}

function show(model: Model, now: number, s: Statistics): z.infer<typeof modelItem> {
  const params = s.paramsOf(model, now);
  const { zh, en, source } = model.about;
  const failed = s.exceptions.find((one) => one.model === model.id);
  return {
    id: model.id, version: model.version, title: model.title, family: model.family, trigger: model.trigger, media: [...model.media],
    standsAlone: model.standsAlone, about: model.about, legalHooks: [...model.legalHooks], params: { ...params },
    defaults: { ...model.params }, formula: { zh, en }, minimum: showMinimum(model.minimum),
    thresholds: thresholdsOf(model.id, model.params, { zh: source, en: source }).map((one) => {
      const standard = model.params[one.name] as number;
      return { ...one, value: params[one.name] ?? standard, default: standard };
    }),
    history: historyOf(model, s.dated),
    last30Days: s.counts.filter((one) => one.model === model.id).map(({ tier, episodes, cleared }) => ({ tier, episodes, cleared })),
    exceptions: failed === undefined ? null : { outfalls: failed.outfalls, reason: failed.reason },
  };
}

async function showPage(db: Database, model: Model, now: number): Promise<z.infer<typeof modelPage>> {
  const [figures, reviewed] = await Promise.all([statistics(db, now), reviewedOf(db, model.id)]);
  const right = reviewed.filter((one) => !one.wrong).length;
  const overTime = await showPrecision(db, model.id, reviewed);
  return { ...show(model, now, figures), tests: showTests(model), reviewed: { right, wrong: reviewed.length - right, ...wilson(right, reviewed.length) }, overTime };
}

/** One model as its page shows it, a department's own rule as well; undefined where there is none. */
export async function modelPageOf(db: Database, id: string, now: number): Promise<z.infer<typeof modelPage> | undefined> {
  const { models, standing } = await readStanding(db, modelCatalogue);
  const model = currentModel(models, standing, now)(id);
  return model === undefined ? undefined : showPage(db, model, now);
}

/** The whole catalogue by family, with how far each model has come; counts are shown as they are. */
async function catalogue({ db, clock }: ModelRouteDeps): Promise<z.infer<typeof catalogueReply>> {
  const { standing } = await readStanding(db, modelCatalogue);
  const now = clock.now();
  const stand = (id: string) => {
    const [cap, model] = [standing.capOf(id, now), modelById(id)];
    return { cap: cap === 'REMIND' || cap === 'WARN' ? cap : null, inForce: model !== undefined && standing.inForce(model, now) };
  };
  const passed = ({ model }: CatalogueEntry) => (model === undefined ? [] : [...testsOf(model)]);
  const count = (state: string) => CATALOGUE.filter((entry) => entry.state === state).length;
  return {
    counts: { specified: count('specified'), coded: count('coded'), tested: count('tested') },
    tests: Object.fromEntries(MODEL_TESTS.map((name) => [name, CATALOGUE.filter((entry) => passed(entry).includes(name)).length])) as z.infer<typeof catalogueReply>['tests'],
    categories: (Object.keys(MODEL_CATEGORIES) as ModelCategory[]).map((category) => ({
      category, title: MODEL_CATEGORIES[category],
      models: CATALOGUE.filter((entry) => entry.category === category).map((entry) => ({
        id: entry.id, title: { zh: entry.zh, en: entry.en }, state: entry.state, passed: passed(entry), ...stand(entry.id),
      })),
    })),
  };
}

async function health(deps: ModelRouteDeps, wanted: number | undefined): Promise<z.infer<typeof healthReply>> {
  const days = await attendedDays(deps.db, 14);
  const day = wanted ?? days[0];
  const time = (at: number) => toRfc3339(instant(at));
  if (day === undefined) return { days: [], day: null, until: null, outfalls: 0, models: [] };
  const registry = deps.registry.current();
  const { models } = await readStanding(deps.db, modelCatalogue);
  const rows = (await readAttendance(deps.db, day)).flatMap((row) => {
    const type = registry.outfall(row.outfall as OutfallId)?.type;
    return type === undefined ? [] : [{ ...row, type }];
  });
  const until = rows.reduce((latest, row) => Math.max(latest, row.until), day);
  return {
    days: days.map(time), day: time(day), until: time(until), outfalls: rows.length,
    models: healthOf(models, rows).filter((one) => one.expected + one.evaluated > 0 || modelById(one.model) !== undefined).map((one) => ({
      ...one, title: models.find((model) => model.id === one.model)?.title ?? { zh: one.model, en: one.model }, differing: one.differing.slice(0, 20),
    })),
  };
}

/** The catalogue: each model in words, with its parameters and how often it spoke. */
export function registerModelRoutes(app: App, deps: ModelRouteDeps): void {
  const config = { action: 'model.read' };
  app.get('/api/analysis/catalogue', { config, schema: { tags: ['analysis'], response: { 200: catalogueReply } } }, async () => catalogue(deps));
  app.get(
    '/api/analysis/health',
    { config, schema: { tags: ['analysis'], querystring: z.object({ day: z.iso.datetime({ offset: true }).optional() }), response: { 200: healthReply } } },
    async (request) => health(deps, request.query.day === undefined ? undefined : Date.parse(request.query.day)),
  );
  app.get('/api/analysis/models', { config, schema: { tags: ['analysis'], response: { 200: z.object({ items: z.array(modelItem) }) } } }, async () => {
    const now = deps.clock.now();
    const figures = await statistics(deps.db, now);
    const rules = new Map((await ruleModels(deps.db)).map((rule) => [rule.id, rule]));
    return { items: [...modelCatalogue, ...rules.values()].map((model) => show(model, now, figures)) };
  });
  app.get(
    '/api/analysis/models/:model',
    { config, schema: { tags: ['analysis'], params: z.object({ model: z.string() }), response: { 200: modelPage } } },
    async (request, reply) => {
      const page = await modelPageOf(deps.db, request.params.model, deps.clock.now());
      return page ?? (answer(reply, refuse('ANALYSIS-002')) as never);
    },
  );
}
