import { z } from 'zod';
import { DAY, type Clock } from '#kernel';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import { modelById, modelCatalogue } from './catalogue.ts';
import type { Model, Params } from './contract.ts';
import { refuse } from './errors.ts';
import { ruleModels } from './governance/live-standing.ts';
import { parametersIn } from './live/parameters.ts';
import { readParameters } from './store/progress.ts';
import { exceptionCounts, modelCounts, type ModelCount } from './store/read-clues.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const modelItem = z.object({
  id: z.string(), version: z.string(), title: texts, family: z.string(), trigger: z.enum(['hour', 'tick', 'day']), media: z.array(z.string()),
  standsAlone: z.boolean(), about: texts.extend({ source: z.string() }), legalHooks: z.array(z.string()),
  /** Parameters in force now; `defaults` where nothing was approved (R10). */
  params: z.record(z.string(), z.number()), defaults: z.record(z.string(), z.number()),
  last30Days: z.array(z.object({ tier: z.string(), episodes: z.number(), cleared: z.number() })),
  exceptions: z.object({ outfalls: z.number(), reason: z.string() }).nullable(),
});

interface Statistics {
  readonly counts: readonly ModelCount[];
  readonly exceptions: readonly { model: string; outfalls: number; reason: string }[];
  paramsOf(model: Model, at: number): Params;
}

async function statistics(db: Database, now: number): Promise<Statistics> {
  const [counts, exceptions, dated] = await Promise.all([modelCounts(db, now - 30 * DAY), exceptionCounts(db), readParameters(db)]);
  return { counts, exceptions, paramsOf: parametersIn(dated) };
}

function show(model: Model, now: number, s: Statistics): z.infer<typeof modelItem> {
  const failed = s.exceptions.find((one) => one.model === model.id);
  return {
    id: model.id, version: model.version, title: model.title, family: model.family, trigger: model.trigger, media: [...model.media],
    standsAlone: model.standsAlone, about: model.about, legalHooks: [...model.legalHooks], params: { ...s.paramsOf(model, now) },
    defaults: { ...model.params },
    last30Days: s.counts.filter((one) => one.model === model.id).map(({ tier, episodes, cleared }) => ({ tier, episodes, cleared })),
    exceptions: failed === undefined ? null : { outfalls: failed.outfalls, reason: failed.reason },
  };
}

/** The catalogue: each model in words, with its parameters and how often it spoke. */
export function registerModelRoutes(app: App, deps: { readonly db: Database; readonly clock: Clock }): void {
  const config = { action: 'model.read' };
  app.get('/api/analysis/models', { config, schema: { tags: ['analysis'], response: { 200: z.object({ items: z.array(modelItem) }) } } }, async () => {
    const now = deps.clock.now();
    const figures = await statistics(deps.db, now);
    const rules = new Map((await ruleModels(deps.db)).map((rule) => [rule.id, rule]));
    return { items: [...modelCatalogue, ...rules.values()].map((model) => show(model, now, figures)) };
  });
  app.get(
    '/api/analysis/models/:model',
    { config, schema: { tags: ['analysis'], params: z.object({ model: z.string() }), response: { 200: modelItem } } },
    async (request, reply) => {
      const model = modelById(request.params.model) ?? (await ruleModels(deps.db)).findLast((rule) => rule.id === request.params.model);
      if (model === undefined) return answer(reply, refuse('ANALYSIS-002')) as never;
      const now = deps.clock.now();
      return show(model, now, await statistics(deps.db, now));
    },
  );
}
