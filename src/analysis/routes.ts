import { z } from 'zod';
import { refusalFor, visibilityOf, type Actor } from '#access';
import { DAY, instant, isRefusal, parseId, toRfc3339, type Clock, type OutfallId, type Refusal } from '#kernel';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import type { Logger } from '#platform/log';
import type { Series } from '#platform/series';
import type { Law } from '#law';
import type { LiveRegistry } from '#register';
import { alignedSeries } from './clues/aligned-series.ts';
import { peerCurves } from './clues/peer-curves.ts';
import { registerBacktestRoutes } from './backtest/backtest-routes.ts';
import { modelById } from './catalogue.ts';
import type { Clue } from './clues/clue.ts';
import type { Model } from './contract.ts';
import { refuse } from './errors.ts';
import { fusionOf } from './clues/fusion-sheet.ts';
import { registerGovernanceRoutes } from './governance/governance-routes.ts';
import { ruleModels } from './governance/live-standing.ts';
import { registerModelRoutes } from './model-routes.ts';
import { registerRuleRoutes } from './governance/rule-routes.ts';
import { registerSelfCheckRoutes } from './self-check/self-check-routes.ts';
import { readHours } from './store/read-values.ts';
import { rulesOf } from './validity/outfall-validity.ts';
import { clueItem, cluePage, episodeView, hoursReply, laneReply, seriesReply, textsOf, validityView } from './views.ts';
import { answersOf, clueVersions, episodesOf, findClue, listClues, suppressedIn, type StoredClue } from './store/read-clues.ts';

/** What the routes of analysis work with. */
export interface AnalysisDeps {
  readonly db: Database;
  readonly series: Series;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry: LiveRegistry;
  readonly law: Law;
}

const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const listQuery = z.object({
  tier: z.enum(['REMIND', 'WARN', 'WORK_ORDER']).optional(), model: z.string().max(8).optional(), outfall: z.string().max(64).optional(),
  unit: z.string().max(64).optional(), provisional: flag.optional(), cleared: flag.optional(), from: moment.optional(), to: moment.optional(),
  cursor: z.string().max(120).optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
});

function cursorOf(text: string | undefined): { raisedAt: number; clue: string } | undefined {
  const at = text?.indexOf('~') ?? -1;
  if (text === undefined || at < 1) return undefined;
  const raisedAt = Number(text.slice(0, at));
  return Number.isFinite(raisedAt) ? { raisedAt, clue: text.slice(at + 1) } : undefined;
}

function itemOf(deps: AnalysisDeps, { clue, unitId }: StoredClue): z.infer<typeof clueItem> {
  const registry = deps.registry.current();
  const outfall = registry.outfall(clue.outfall);
  return {
    clueId: clue.id, version: clue.version, outfall: clue.outfall, outfallName: outfall?.attributes['name'] ?? clue.outfall, unitId,
    unitName: registry.unit(clue.unit)?.name ?? unitId, tier: clue.tier, raisedAt: toRfc3339(instant(clue.raisedAt)),
    from: toRfc3339(instant(clue.start)), to: toRfc3339(instant(clue.end)), models: [...clue.models], factors: [...clue.factors],
    claim: clue.claim, provisional: clue.provisional, cleared: clue.cleared, score: clue.score,
    steps: clue.steps.map((step) => ({ tier: step.tier, at: toRfc3339(instant(step.at)) })),
    validity: clue.validity === undefined ? null : validityView(clue.validity),
  };
}

async function list(deps: AnalysisDeps, actor: Actor, query: z.infer<typeof listQuery>) {
  const clues = await listClues(deps.db, visibilityOf(actor, 'clue.read'), { ...query, before: cursorOf(query.cursor) });
  const last = clues.at(-1)?.clue;
  const nextCursor = clues.length === query.limit && last !== undefined ? `${Math.round(last.raisedAt)}~${last.id}` : null;
  return { items: clues.map((clue) => itemOf(deps, clue)), nextCursor };
}

/** What the other models could not tell here, and why: an abstention is shown, never counted as clean. */
async function openQuestions(deps: AnalysisDeps, clue: Clue, named: (id: string) => Model | undefined) {
  const answers = await answersOf(deps.db, clue.outfall);
  return answers.filter((one) => one.outcome === 'CANNOT_TELL' || one.outcome === 'EXCEPTION').map((one) => ({
    model: one.model, title: named(one.model)?.title ?? { zh: one.model, en: one.model }, outcome: one.outcome, reason: one.reason,
    missing: [...one.missing], since: toRfc3339(instant(one.at)),
  }));
}

async function page(deps: AnalysisDeps, actor: Actor, id: string, asOf: number | undefined): Promise<z.infer<typeof cluePage> | Refusal> {
  const found = await findClue(deps.db, id, asOf);
  if (found === undefined || refusalFor(actor, 'clue.read', found) !== undefined) return refuse('ANALYSIS-001');
  const { clue } = found;
  // Departments' rules have their names in the database, the catalogue's models in the program.
  const rules = await ruleModels(deps.db);
  const named = (model: string) => modelById(model) ?? rules.findLast((rule) => rule.id === model);
  const [episodes, versions, suppressed, questions] = await Promise.all([
    episodesOf(deps.db, clue.episodes, asOf), clueVersions(deps.db, id), suppressedIn(deps.db, clue.outfall, clue.start - DAY, clue.end + DAY),
    openQuestions(deps, clue, named),
  ]);
  return {
    ...itemOf(deps, found),
    clearedBy: clue.clearedBy.map(textsOf),
    episodes: episodes.map((episode) => episodeView(episode, named(episode.model))),
    suppressed: suppressed.map((episode) => episodeView(episode, named(episode.model))),
    fusion: fusionOf(episodes, named),
    openQuestions: questions,
    versions: versions.map((one) => ({ version: one.version, knownAt: toRfc3339(instant(one.knownAt)), tier: one.tier })),
  };
}

function clueRoutes(app: App, deps: AnalysisDeps): void {
  const config = { action: 'clue.read' };
  app.get(
    '/api/analysis/clues',
    { config, schema: { tags: ['analysis'], querystring: listQuery, response: { 200: z.object({ items: z.array(clueItem), nextCursor: z.string().nullable() }) } } },
    async (request) => list(deps, request.actor, request.query),
  );
  app.get(
    '/api/analysis/clues/:clueId',
    { config, schema: { tags: ['analysis'], params: z.object({ clueId: z.string() }), querystring: z.object({ asOf: moment.optional() }), response: { 200: cluePage } } },
    async (request, reply) => {
      const found = await page(deps, request.actor, request.params.clueId, request.query.asOf);
      return isRefusal(found) ? (answer(reply, found) as never) : found;
    },
  );
}

/** The outfall, or undefined where there is none or it is not this actor's to see. */
function visibleOutfall(deps: AnalysisDeps, actor: Actor, action: 'analysis.read' | 'quality.read', text: string) {
  const registry = deps.registry.current();
  const id = parseId<OutfallId>(text);
  const outfall = id === undefined ? undefined : registry.outfall(id);
  const scope = outfall && { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit) };
  return refusalFor(actor, action, scope ?? {}) === undefined ? outfall : undefined;
}

/** Five years and the day a leap year adds, with room before and after. */
const LONGEST_CURVES = 1_900 * DAY;

function seriesRoutes(app: App, deps: AnalysisDeps): void {
  const querystring = z.object({ from: moment, to: moment, points: z.coerce.number().int().min(50).max(5000).default(800), asOf: moment.optional() });
  app.get(
    '/api/outfalls/:outfall/series',
    { config: { action: 'analysis.read' }, schema: { tags: ['analysis'], params: z.object({ outfall: z.string() }), querystring, response: { 200: seriesReply } } },
    async (request, reply) => {
      await deps.registry.refresh();
      const registry = deps.registry.current();
      const outfall = visibleOutfall(deps, request.actor, 'analysis.read', request.params.outfall);
      if (outfall === undefined) return answer(reply, refuse('ANALYSIS-003')) as never;
      const { from, to, points, asOf } = request.query;
      if (to <= from || to - from > LONGEST_CURVES) return answer(reply, refuse('ANALYSIS-004', { field: 'to' })) as never;
      return seriesReply.parse(await alignedSeries({ db: deps.db, series: deps.series, registry, rules: rulesOf({ law: deps.law, registry }, outfall) }, { outfall: outfall.outfall, from, to, asOf }, points));
    },
  );
}

/** Curves of others are for officials: a unit sees its own outfalls only, so that none of its peers is visible to it. */
function peerRoutes(app: App, deps: AnalysisDeps): void {
  const querystring = z.object({ factor: z.string().max(16), from: moment, to: moment, points: z.coerce.number().int().min(50).max(5000).default(800), asOf: moment.optional() });
  app.get(
    '/api/outfalls/:outfall/peer-curves',
    { config: { action: 'analysis.read' }, schema: { tags: ['analysis'], params: z.object({ outfall: z.string() }), querystring, response: { 200: z.object({ lane: laneReply }) } } },
    async (request, reply) => {
      await deps.registry.refresh();
      const outfall = visibleOutfall(deps, request.actor, 'analysis.read', request.params.outfall);
      if (outfall === undefined) return answer(reply, refuse('ANALYSIS-003')) as never;
      const { factor, from, to, points, asOf } = request.query;
      if (to <= from || to - from > 31 * DAY) return answer(reply, refuse('ANALYSIS-004', { field: 'to' })) as never;
      const lane = await peerCurves({ series: deps.series, registry: deps.registry.current() }, { outfall: outfall.outfall, from, to, asOf }, factor, points,
        (peer) => visibleOutfall(deps, request.actor, 'analysis.read', peer) !== undefined);
      return { lane: laneReply.parse(lane) };
    },
  );
}

function hourRoutes(app: App, deps: AnalysisDeps): void {
  const querystring = z.object({ from: moment, to: moment, factor: z.string().max(16).optional(), asOf: moment.optional() });
  app.get(
    '/api/outfalls/:outfall/hours',
    { config: { action: 'quality.read' }, schema: { tags: ['quality'], params: z.object({ outfall: z.string() }), querystring, response: { 200: hoursReply } } },
    async (request, reply) => {
      const { from, to, factor, asOf } = request.query;
      const outfall = visibleOutfall(deps, request.actor, 'quality.read', request.params.outfall);
      if (outfall === undefined) return answer(reply, refuse('ANALYSIS-003')) as never;
      if (to <= from || to - from > 31 * DAY) return answer(reply, refuse('ANALYSIS-004', { field: 'to' })) as never;
      const hours = await readHours(deps.series, { outfall: outfall.outfall, from, to, asOf });
      const items = hours.filter((hour) => factor === undefined || hour.factor === factor);
      return { items: items.map(({ start, verdict, ...hour }) => ({ ...hour, verdict: verdict ?? 'CANNOT_TELL', from: toRfc3339(instant(start)) })) };
    },
  );
}

/** ③ for the screens: the pool of clues, a clue with all it stands on, aligned series, the catalogue of models. */
export function registerAnalysisRoutes(app: App, deps: AnalysisDeps): void {
  clueRoutes(app, deps);
  seriesRoutes(app, deps);
  peerRoutes(app, deps);
  hourRoutes(app, deps);
  registerModelRoutes(app, deps);
  registerGovernanceRoutes(app, deps);
  registerRuleRoutes(app, deps);
  registerBacktestRoutes(app, deps);
  registerSelfCheckRoutes(app, deps);
}
