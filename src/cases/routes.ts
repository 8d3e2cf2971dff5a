import { readingsPage, readingsReply, visibilityOf, type Actor } from '#access';
import { asId, isRefusal, ok, type CaseId, type Refusal, type Result } from '#kernel';
import { localBasis, pressingClocks, type ViolationKey } from '#law';
import { urgencyCursor } from '#platform/deadlines';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { actOnCase } from './act-on-case.ts';
import { causeOf } from './charged-acts.ts';
import { casePage } from './views/case-page.ts';
import { commandSchema, type CaseCommand } from './commands/index.ts';
import { discretionRoutes } from './discretion/discretion-routes.ts';
import { refuse } from './errors.ts';
import type { CaseDeps } from './ports.ts';
import { paperChanges, previewStep } from './views/preview-step.ts';
import { MAIN_STATES, STATE_TITLES, type AnyState } from './states.ts';
import { countByState, cursorOf, listCases, paperOf, type CaseRow } from './store/case-list.ts';
import { unitCasePage, unitCasePageSchema } from './views/unit-page.ts';
import { transitionOf } from './transitions/transitions.ts';
import { visibleCase } from './views/visible-case.ts';

const params = z.object({ id: z.string() });
const listQuery = z.object({
  state: z.enum(Object.keys(MAIN_STATES) as [keyof typeof MAIN_STATES]).optional(),
  unit: z.string().max(64).optional(),
  open: z.enum(['true', 'false']).optional(),
  order: z.enum(['newest', 'urgent']).default('newest').describe('urgent: the clock that is overdue or ends first comes first'),
  cursor: z.string().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const tags = ['cases'];

/** HTTP of ⑥: list, page, one route for every act, the discretion, and the unit's own view. */
export function caseRoutes(app: App, deps: CaseDeps): void {
  readRoutes(app, deps);
  actRoutes(app, deps);
  previewRoute(app, deps);
  unitRoutes(app, deps);
  discretionRoutes(app, deps);
}

const titleOf = (state: string) => STATE_TITLES[state as AnyState] ?? { zh: state, en: state };
const causeIn = ({ law }: CaseDeps, key: string | null) => (law.data.violations.some((v) => v.key === key) ? causeOf(law, [key as ViolationKey]) : undefined);

const show = (deps: CaseDeps) => (row: CaseRow) => ({
  ...row,
  stateZh: titleOf(row.mainState).zh,
  stateEn: titleOf(row.mainState).en,
  unitName: row.partyName ?? deps.directory.unit(asId(row.unitId))?.name ?? row.unitId,
  cause: causeIn(deps, row.violation)?.zh ?? null,
  causeEn: causeIn(deps, row.violation)?.en ?? null,
});

async function list(
  deps: CaseDeps,
  actor: Actor,
  action: 'case.read' | 'case.read-own',
  query: z.infer<typeof listQuery>,
) {
  const { state, unit, cursor, limit } = query;
  const urgent = query.order === 'urgent';
  const filter = {
    state,
    unitId: unit,
    open: query.open === 'true',
    shownOnly: action === 'case.read-own',
    ...(urgent ? { urgent: { pressing: pressingClocks(deps.law, actor.region, deps.clock.now()), after: urgencyCursor.read(cursor) } } : { cursor }),
    limit,
  };
  const rows = await listCases(deps.db, visibilityOf(actor, action), filter);
  const last = rows.at(-1);
  return {
    items: rows.map(show(deps)),
    nextCursor: rows.length < limit || last === undefined ? null : urgent ? urgencyCursor.of({ due: last.due, changed: last.changedAt, id: last.caseId }) : cursorOf(last),
  };
}

/** A case in the unit's own list. It learns of a sum from the notice or the decision that reaches it, never from a list before. Instants in epoch ms. */
const unitCaseItem = z.object({
  caseId: z.string(), caseNo: z.string(), mainState: z.string(), stateZh: z.string(), stateEn: z.string(), rectification: z.string(), cause: z.string().nullable(), causeEn: z.string().nullable(),
  handedOverAt: z.number(), changedAt: z.number(), closedAt: z.number().nullable(),
});

function readRoutes(app: App, deps: CaseDeps): void {
  const config = { action: 'case.read' } as const;
  app.get('/api/cases', { config, schema: { tags, querystring: listQuery } }, async (request) =>
    list(deps, request.actor, 'case.read', request.query),
  );
  app.get('/api/cases/counts', { config, schema: { tags } }, async (request) =>
    countByState(deps.db, visibilityOf(request.actor, 'case.read')),
  );
  app.get('/api/cases/:id', { config, schema: { tags, params } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    return isRefusal(loaded) ? answer(reply, loaded) : casePage(deps, request.actor, loaded.state.caseId);
  });
  app.get('/api/cases/:id/readings', { config, schema: { tags, params, response: { 200: readingsReply } } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    return isRefusal(loaded) ? (answer(reply, loaded) as never) : readingsPage(deps, { subject: loaded.state.caseId, limit: 100 });
  });
  app.get(
    '/api/cases/:id/papers/:paper',
    { config, schema: { tags, params: params.extend({ paper: z.string().max(64) }) } },
    async (request, reply) => {
      const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
      if (isRefusal(loaded)) return answer(reply, loaded);
      const paper = await paperOf(deps.db, loaded.state.caseId, request.params.paper);
      return paper ?? answer(reply, refuse('CASE-001'));
    },
  );
  app.get(
    '/api/cases/:id/papers/:paper/changes',
    { config, schema: { tags, params: params.extend({ paper: z.string().max(64) }) } },
    async (request, reply) => {
      const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
      if (isRefusal(loaded)) return answer(reply, loaded);
      const changes = await paperChanges(deps, loaded.state, request.params.paper);
      return changes.ok ? changes.value : answer(reply, changes);
    },
  );
}

/** Papers as they would look, while their form is still being filled in: the form may be incomplete, and is told so. */
function previewRoute(app: App, deps: CaseDeps): void {
  const form = z.record(z.string(), z.unknown());
  const schema = { tags, params, body: z.object({ now: form, before: form.optional() }) };
  app.post('/api/cases/:id/previews', { config: { action: 'case.act', keys: 'none' }, schema }, async (request, reply) => {
    const denied = await reachable(deps, request.actor, request.params.id);
    if (denied !== undefined) return answer(reply, denied);
    const now = readForm(request.body.now);
    if (!now.ok) return answer(reply, now);
    const before = request.body.before === undefined ? undefined : readForm(request.body.before);
    const drawn = await previewStep(deps, request.actor, asId<CaseId>(request.params.id), now.value, before?.ok === true ? before.value : undefined);
    return drawn.ok ? { items: drawn.value } : answer(reply, drawn);
  });
}

/** @returns CASE-012 with the fields that are still empty or wrong */
function readForm(form: unknown): Result<CaseCommand> {
  const read = commandSchema.safeParse(form);
  if (read.success) return ok(read.data);
  const missing = [...new Set(read.error.issues.map((issue) => issue.path.join('.')))];
  return refuse('CASE-012', { args: { fields: missing.slice(0, 8).join('、') }, missing, ...(missing[0] ? { field: missing[0] } : {}) });
}

function actRoutes(app: App, deps: CaseDeps): void {
  const schema = {
    tags,
    params,
    body: commandSchema,
    querystring: z.object({ version: z.coerce.number().int().positive().optional() }),
  };
  app.post('/api/cases/:id/acts', { config: { action: 'case.act' }, schema }, async (request, reply) => {
    // Archiving goes through the archive, which makes the catalogue itself.
    if (request.body.kind === 'ARCHIVE') return answer(reply, refuse('CASE-005', { basis: localBasis(deps.law, transitionOf('ARCHIVE').article, request.actor.region) }));
    const denied = await reachable(deps, request.actor, request.params.id);
    if (denied !== undefined) return answer(reply, denied);
    const result = await actOnCase(
      deps,
      request.actor,
      asId<CaseId>(request.params.id),
      request.body,
      request.query.version,
    );
    if (!result.ok) return answer(reply, result);
    const { caseId, caseNo, main, rectification, remedy, version } = result.value;
    return { caseId, caseNo, main, rectification, remedy, version, stateZh: STATE_TITLES[main].zh };
  });
}

/** Somebody else's case is not found, whatever the act: ids cannot be probed through refusals of the procedure. */
async function reachable(deps: CaseDeps, actor: Actor, id: string): Promise<Refusal | undefined> {
  const loaded = await visibleCase(deps, actor, actor.unitId === undefined ? 'case.read' : 'case.read-own', id);
  return isRefusal(loaded) ? loaded : undefined;
}

function unitRoutes(app: App, deps: CaseDeps): void {
  const config = { action: 'case.read-own' } as const;
  const reply = z.object({ items: z.array(unitCaseItem), nextCursor: z.string().nullable() });
  app.get('/api/unit/cases', { config, schema: { tags, querystring: listQuery, response: { 200: reply } } }, async (request) =>
    list(deps, request.actor, 'case.read-own', request.query),
  );
  app.get('/api/unit/cases/:id', { config, schema: { tags, params, response: { 200: unitCasePageSchema } } }, async (request, response) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read-own', request.params.id);
    const page = isRefusal(loaded) ? loaded : ((await unitCasePage(deps, loaded.state.caseId)) ?? refuse('CASE-001'));
    return isRefusal(page) ? (answer(response, page) as never) : page;
  });
}
