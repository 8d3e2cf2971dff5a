import { z } from 'zod';
import { refusalFor, visibilityOf, visibleRows, type Actor } from '#access';
import { asId, type OutfallId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { refuse } from './errors.ts';
import { agentRoutes } from './agents/agent-routes.ts';
import { outfallPage, showOutfall, showUnit, unitItem, unitPage, type RegisterDeps } from './show-register.ts';
import { listUnits } from './store/entries.ts';

const listQuery = z.object({
  text: z.string().max(100).optional(), county: z.string().max(100).optional(), industry: z.string().max(100).optional(),
  cursor: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
});

async function list(deps: RegisterDeps, actor: Actor, query: z.infer<typeof listQuery>) {
  const visible = visibleRows(visibilityOf(actor, 'register.read'), { unit: 'e.key', authority: 'e.authority_id' });
  const rows = await listUnits(deps.db, { ...query, after: query.cursor, visible });
  const items = rows.map(({ unit, body, outfalls }) => ({ ...unitItem.omit({ unitId: true, outfalls: true }).parse({ lat: null, lon: null, ...body }), unitId: unit, outfalls }));
  return { items, nextCursor: rows.length === query.limit ? (rows.at(-1)?.unit ?? null) : null };
}

/** 一企一档: units, their outfalls and what is registered about them (PAPER-2.2d). */
export function registerRegisterRoutes(app: App, deps: RegisterDeps): void {
  const config = { action: 'register.read' };
  const reply = z.object({ items: z.array(unitItem), nextCursor: z.string().nullable() });
  app.get('/api/units', { config, schema: { tags: ['register'], querystring: listQuery, response: { 200: reply } } }, async (request) =>
    list(deps, request.actor, request.query),
  );
  app.get(
    '/api/units/:unitId',
    { config, schema: { tags: ['register'], params: z.object({ unitId: z.string() }), response: { 200: unitPage } } },
    async (request, response) => {
      await deps.registry.refresh();
      const page = showUnit(deps.registry.current(), request.actor, request.params.unitId, deps.clock.now());
      return 'code' in page ? (answer(response, page) as never) : page;
    },
  );
  app.get(
    '/api/outfalls/:outfall',
    { config, schema: { tags: ['register'], params: z.object({ outfall: z.string() }), response: { 200: outfallPage } } },
    async (request, response) => {
      await deps.registry.refresh();
      const registry = deps.registry.current();
      const outfall = registry.outfall(asId<OutfallId>(request.params.outfall));
      const scope = outfall && { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit) };
      if (outfall === undefined || refusalFor(request.actor, 'register.read', scope) !== undefined) return answer(response, refuse('REGISTER-003')) as never;
      return showOutfall(registry, outfall, deps.clock.now());
    },
  );
  agentRoutes(app, deps);
}
