import { visibilityOf } from '#access';
import { asId, calendarDay, isRefusal, type RegionKey } from '#kernel';
import { discretionTableSchema, VIOLATION_KEYS } from '#law';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { replayFines } from './decide-replay.ts';
import { runDiscretion } from './run-discretion.ts';
import { likeCases } from './like-cases.ts';
import type { CaseDeps } from '../ports.ts';
import { decidedFines } from '../store/decided-fines.ts';
import { visibleCase } from '../views/visible-case.ts';

const tags = ['cases'];
const params = z.object({ id: z.string() });
const grades = z.record(z.string().max(64), z.string().max(64));
const preview = z.object({
  /** A further violation of the case; left out for the one it was filed for. */
  violation: z.enum(VIOLATION_KEYS).optional(),
  basisId: z.string().max(64),
  grades,
  mitigation: z
    .object({ ground: z.string().min(1).max(300), percentOff: z.string().regex(/^\d+(\.\d+)?$/) })
    .optional(),
});
const replay = z.object({
  region: z.string().max(64),
  year: z.number().int().min(2000).max(2100),
  table: discretionTableSchema,
});

/** HTTP around the discretion: preview of a sum, like cases beside it, and last year's decisions under a changed table. */
export function discretionRoutes(app: App, deps: CaseDeps): void {
  const reading = { action: 'case.read', keys: 'none' } as const;
  app.post('/api/cases/:id/discretion-preview', { config: reading, schema: { tags, params, body: preview } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    if (isRefusal(loaded)) return answer(reply, loaded);
    const run = runDiscretion(loaded.state, request.body, deps.law, request.body.violation);
    return run.ok ? run.value : answer(reply, run);
  });
  app.post('/api/cases/:id/like-cases', { config: reading, schema: { tags, params, body: z.object({ grades }) } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    return isRefusal(loaded) ? answer(reply, loaded) : likeCases(deps, request.actor, loaded.state, request.body.grades);
  });
  app.get('/api/discretion/tables', { config: { action: 'discretion.replay' }, schema: { tags } }, async () => ({
    items: deps.law.data.discretion,
    regions: deps.law.data.regions.map(({ key, title }) => ({ key, ...title })),
  }));
  app.post('/api/discretion/replay', { config: { action: 'discretion.replay', keys: 'none' }, schema: { tags, body: replay } }, async (request) => {
    const { region, year, table } = request.body;
    const filter = {
      region: asId<RegionKey>(region),
      violations: table.violations,
      from: calendarDay(`${year}-01-01`),
      to: calendarDay(`${year}-12-31`),
    };
    const decided = await decidedFines(deps.db, filter, visibilityOf(request.actor, 'discretion.replay'));
    return replayFines(decided, table, (f) => deps.law.violation(f.violation).bases.find((b) => b.id === f.basisId));
  });
}
