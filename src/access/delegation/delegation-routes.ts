import { z } from 'zod';
import { asId, calendarDay, dayOf, type AccountId, type Result } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { can } from '../decide-access.ts';
import { refuse } from '../errors.ts';
import { ALL_ROLES, ROLES, type Role } from '../roles.ts';
import { cookieFor, cookieName } from '../session.ts';
import { actorSchema, describeActor, type DoorDeps } from '../session-routes.ts';
import { accountsOf } from '../store/accounts.ts';
import { listDelegations } from '../store/delegations.ts';
import type { Delegation } from './decide-delegation.ts';
import { actFor, delegate, withdrawDelegation } from './delegate.ts';

const tags = ['access'];
const day = z.iso.date().transform((text) => calendarDay(text));
const body = z.object({ to: z.string().max(64), roles: z.array(z.enum(ALL_ROLES as [Role, ...Role[]])).max(10), firstDay: day, lastDay: day, reason: z.string().max(500) });
const party = z.object({ accountId: z.string(), name: z.string() });
const delegationView = z.object({
  delegationId: z.string(), from: party, to: party, roles: z.array(z.object({ role: z.string(), zh: z.string(), en: z.string() })), firstDay: z.string(), lastDay: z.string(),
  reason: z.string(), madeAt: z.number(), madeBy: party, state: z.enum(['ahead', 'in-force', 'over', 'withdrawn']),
  /** Given by or received by the person who asks; `other` in the list of everybody's. */
  mine: z.enum(['given', 'received', 'other']),
});
const list = z.object({ items: z.array(delegationView) });
type View = z.infer<typeof delegationView>;

const stateOf = (d: Delegation, today: string): View['state'] => (d.withdrawnAt !== null ? 'withdrawn' : today > d.lastDay ? 'over' : today < d.firstDay ? 'ahead' : 'in-force');

async function viewsOf(deps: DoorDeps, rows: readonly Delegation[], me: AccountId): Promise<View[]> {
  const names = new Map((await accountsOf(deps.db, [...new Set(rows.flatMap(({ from, to, madeBy }) => [from, to, madeBy]))])).map((one) => [one.accountId, one.name]));
  const of = (accountId: AccountId) => ({ accountId, name: names.get(accountId) ?? accountId });
  const today = dayOf(deps.clock.now());
  return rows.map((d) => ({
    delegationId: d.delegationId, from: of(d.from), to: of(d.to), madeBy: of(d.madeBy), madeAt: d.madeAt, firstDay: d.firstDay, lastDay: d.lastDay, reason: d.reason,
    roles: d.roles.map((role) => ({ role, zh: ROLES[role].zh, en: ROLES[role].en })), state: stateOf(d, today), mine: d.from === me ? 'given' : d.to === me ? 'received' : 'other',
  }));
}

/** Handing over, withdrawing, and acting for another. */
export function delegationRoutes(app: App, deps: DoorDeps): void {
  const viewOf = async (made: Result<Delegation>, me: AccountId): Promise<Result<View>> => (made.ok ? { ok: true, value: (await viewsOf(deps, [made.value], me))[0] as View } : made);
  app.get('/api/access/delegations', { config: { action: 'access.delegate' }, schema: { tags, response: { 200: list } } }, async ({ actor }) => ({
    items: await viewsOf(deps, await listDelegations(deps.db, actor.accountId), actor.accountId),
  }));
  app.get('/api/access/delegations/all', { config: { action: 'access.delegate-for' }, schema: { tags, response: { 200: list } } }, async ({ actor }) => {
    const rows = await listDelegations(deps.db);
    const givers = new Map((await accountsOf(deps.db, [...new Set(rows.map(({ from }) => from))])).map((one) => [one.accountId, one]));
    return { items: await viewsOf(deps, rows.filter(({ from }) => can(actor, 'access.delegate-for', givers.get(from) ?? {})), actor.accountId) };
  });
  app.post('/api/access/delegations', { config: { action: 'access.delegate' }, schema: { tags, body, response: { 200: delegationView } } }, async ({ actor, body: { to, ...command } }, reply) => {
    const made = await viewOf(await delegate(deps, actor, actor.accountId, asId<AccountId>(to), command), actor.accountId);
    return made.ok ? made.value : (answer(reply, made) as never);
  });
  const giver = z.object({ accountId: z.string().max(64) });
  app.post('/api/access/accounts/:accountId/delegations', { config: { action: 'access.delegate-for' }, schema: { tags, params: giver, body, response: { 200: delegationView } } }, async ({ actor, params, body: { to, ...command } }, reply) => {
    const made = await viewOf(await delegate(deps, actor, asId<AccountId>(params.accountId), asId<AccountId>(to), command), actor.accountId);
    return made.ok ? made.value : (answer(reply, made) as never);
  });
  const params = z.object({ delegationId: z.string().max(64) });
  app.post('/api/access/delegations/:delegationId/withdrawal', { config: { action: 'access.delegation-end' }, schema: { tags, params, response: { 200: z.null() } } }, async ({ actor, params: { delegationId } }, reply) => {
    const done = await withdrawDelegation(deps, actor, delegationId);
    return done.ok ? null : (answer(reply, done) as never);
  });
  const tls = deps.tls ?? false;
  const choice = z.object({ delegationId: z.string().max(64).nullable() });
  app.post('/api/access/behalf', { config: { action: 'access.delegate', keys: 'none' }, schema: { tags, body: choice, response: { 200: actorSchema } } }, async (request, reply) => {
    const token = request.cookies[cookieName(tls)];
    if (token === undefined) return answer(reply, refuse('ACCESS-006'));
    const opened = await actFor(deps, token, request.actor.accountId, request.ip, request.body.delegationId);
    if (!opened.ok) return answer(reply, opened);
    request.actor = opened.value.actor;
    return reply.setCookie(...cookieFor(tls, opened.value.token)).send(describeActor(request.actor));
  });
}
