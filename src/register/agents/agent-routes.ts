import { z } from 'zod';
import { accountsOf, AGENT_ACT_NAMES, AGENT_ACTS, grantsOfAgent, grantsOfUnit, grantStateOn, refusalFor, type AgentGrant } from '#access';
import { asId, dayOf, instant, parseCalendarDay, toRfc3339, type CalendarDay, type UnitId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { refuse } from '../errors.ts';
import { outfallName, outfallPage, showOutfall, type RegisterDeps } from '../show-register.ts';
import { authoriseAgent, withdrawAgent } from './authorise-agent.ts';

const texts = z.object({ zh: z.string(), en: z.string() });
const named = z.object({ outfall: z.string(), name: z.string() });
const grantItem = z.object({
  grantId: z.string(), unitId: z.string(), unitName: z.string(), name: z.string(), login: z.string(), company: z.string(), outfalls: z.array(named),
  acts: z.array(texts.extend({ act: z.string() })), from: z.string(), until: z.string(), state: z.enum(['COMING', 'IN_FORCE', 'ENDED', 'WITHDRAWN']),
  grantedBy: z.string(), grantedAt: z.string(), withdrawnAt: z.string().nullable(), reason: z.string().nullable(),
});
/** Who answers for what an agent does (shown with every authorisation). */
const RESPONSIBILITY = {
  zh: '授权不转移责任：自行监测数据和标记的真实性、准确性仍由排污单位负责；代理人在授权范围内办理的事项，视为排污单位办理。',
  en: 'An authorisation moves no responsibility: the unit still answers for the truth of its data and marks, and what an agent does within it counts as done by the unit.',
  source: '《排污许可管理条例》第十九条；《民法典》第一百六十二条',
};
const reply = z.object({
  items: z.array(grantItem), responsibility: texts.extend({ source: z.string() }), choices: z.array(texts.extend({ act: z.string() })),
});
const choices = AGENT_ACT_NAMES.map((act) => ({ act, zh: AGENT_ACTS[act].zh, en: AGENT_ACTS[act].en }));

async function show(deps: RegisterDeps, grants: readonly AgentGrant[]): Promise<z.infer<typeof reply>> {
  const people = new Map((await accountsOf(deps.db, [...new Set(grants.flatMap((g) => [g.accountId, g.grantedBy]))])).map((one) => [one.accountId, one]));
  const registry = deps.registry.current();
  const today = dayOf(deps.clock.now());
  const items = grants.map((g) => ({
    grantId: g.grantId, unitId: g.unitId, unitName: registry.unit(g.unitId)?.name ?? g.unitId, name: people.get(g.accountId)?.name ?? '', login: people.get(g.accountId)?.login ?? '',
    company: g.company, outfalls: g.outfalls.map((outfall) => ({ outfall, name: outfallName(registry, outfall) })),
    acts: g.acts.map((act) => ({ act, zh: AGENT_ACTS[act].zh, en: AGENT_ACTS[act].en })), from: g.from, until: g.until, state: grantStateOn(g, today),
    grantedBy: people.get(g.grantedBy)?.name ?? '', grantedAt: toRfc3339(g.grantedAt), withdrawnAt: g.withdrawnAt === null ? null : toRfc3339(instant(g.withdrawnAt)), reason: g.reason,
  }));
  return { items, responsibility: RESPONSIBILITY, choices };
}

const day = z.string().refine((text) => parseCalendarDay(text) !== undefined).transform((text) => text as CalendarDay);
const body = z.object({
  login: z.string().regex(/^[A-Za-z0-9._@-]{3,64}$/), invite: z.object({ name: z.string().trim().min(1).max(60) }).optional(), company: z.string().trim().min(1).max(120),
  outfalls: z.array(z.string().max(64)).min(1).max(200), acts: z.array(z.enum(AGENT_ACT_NAMES)).min(1), from: day, until: day,
});

/** Authorised agents (运维单位、授权代理人): the unit grants and withdraws, the authority sees, the agent sees his own. */
export function agentRoutes(app: App, deps: RegisterDeps): void {
  const tags = ['register'];
  app.get('/api/unit/agents', { config: { action: 'agent.read' }, schema: { tags, response: { 200: reply } } }, async (request, response) => {
    const { unitId } = request.actor;
    if (unitId === undefined) return answer(response, refuse('REGISTER-002')) as never;
    return show(deps, await grantsOfUnit(deps.db, unitId));
  });
  app.get('/api/units/:unitId/agents', { config: { action: 'agent.read' }, schema: { tags, params: z.object({ unitId: z.string() }), response: { 200: reply } } }, async (request, response) => {
    const unitId = asId<UnitId>(request.params.unitId);
    if (refusalFor(request.actor, 'agent.read', { unitId, authorityId: deps.registry.current().authorityOf(unitId) }) !== undefined) return answer(response, refuse('REGISTER-002')) as never;
    return show(deps, await grantsOfUnit(deps.db, unitId));
  });
  app.post(
    '/api/unit/agents',
    { config: { action: 'agent.authorise', keys: 'no-answer' }, schema: { tags, body, response: { 201: z.object({ grantId: z.string(), code: z.string().nullable() }) } } },
    async (request, response) => {
      await deps.registry.refresh();
      const result = await authoriseAgent(deps, request.actor, request.body);
      return result.ok ? response.code(201).send(result.value) : (answer(response, result) as never);
    },
  );
  app.post(
    '/api/unit/agents/:grantId/withdrawal',
    { config: { action: 'agent.authorise' }, schema: { tags, params: z.object({ grantId: z.string() }), body: z.object({ reason: z.string().trim().min(1).max(500) }), response: { 200: reply } } },
    async (request, response) => {
      const result = await withdrawAgent(deps, request.actor, request.params.grantId, request.body.reason);
      return result.ok ? show(deps, [result.value]) : (answer(response, result) as never);
    },
  );
  const mine = reply.extend({ outfallPages: z.array(outfallPage) });
  app.get('/api/agent/grants', { config: { action: 'agent.read-mine' }, schema: { tags, response: { 200: mine } } }, async (request) => {
    await deps.registry.refresh();
    const registry = deps.registry.current();
    const open = new Set((request.actor.entrusted ?? []).flatMap((grant) => grant.outfalls));
    const pages = registry.data.outfalls.filter((outfall) => open.has(outfall.outfall)).map((outfall) => showOutfall(registry, outfall, deps.clock.now()));
    return { ...(await show(deps, await grantsOfAgent(deps.db, request.actor.accountId))), outfallPages: pages };
  });
}
