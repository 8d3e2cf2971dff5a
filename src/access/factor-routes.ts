import { z } from 'zod';
import { asId, type AccountId } from '#kernel';
import { transact } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import { newId } from '#platform/ids';
import { refuse } from './errors.ts';
import { beginTotp, confirmTotp, renewRecoveryCodes, resetFactors, takeOffTotp } from './factors/enrol-totp.ts';
import { needsFactor } from './factors/decide-factor.ts';
import { enrolledOf, requiredRoles } from './factors/factor-state.ts';
import { spendCode } from './factors/spend-code.ts';
import { ALL_ROLES, type Role } from './roles.ts';
import { cookieFor, cookieName } from './session.ts';
import { sessionNow } from './session-deps.ts';
import { actorSchema, admitted, describeActor, type DoorDeps } from './session-routes.ts';
import { stepUp } from './sign-in.ts';
import { insertFactorRule, recoveryCodesLeft } from './store/factors.ts';

const tags = ['access'];
const code = z.object({ code: z.string().trim().min(6).max(32) });
const codes = z.object({ recoveryCodes: z.array(z.string()) });
const own = { action: 'access.factor' } as const;

/** The second half of a sign-in. */
function askRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  app.post('/api/access/second-factor', { config: { action: 'public' }, schema: { tags, body: code, response: { 200: actorSchema } } }, async (request, reply) => {
    const token = request.cookies[cookieName(tls)];
    const { waiting } = request;
    if (token === undefined || waiting === undefined || waiting.stage !== 'second-factor') return answer(reply, refuse('ACCESS-006'));
    const spent = await spendCode(deps, waiting.actor.accountId, request.body.code);
    if (!spent.ok) return answer(reply, spent);
    const opened = await stepUp(deps, token, waiting.actor.accountId, request.ip);
    if (!opened.ok) return answer(reply, opened);
    request.actor = admitted(opened.value);
    return reply.setCookie(...cookieFor(tls, opened.value.token)).send(describeActor(request.actor));
  });
}

const state = z.object({ totp: z.boolean(), passkeys: z.number(), recoveryCodesLeft: z.number(), required: z.boolean() });

/** A person's own factors. */
function ownRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  app.get('/api/access/factors', { config: own, schema: { tags, response: { 200: state } } }, async ({ actor }) => ({
    ...(await enrolledOf(deps, actor.accountId)), recoveryCodesLeft: await recoveryCodesLeft(deps.db, actor.accountId), required: needsFactor(actor.roles, await requiredRoles(deps)),
  }));
  app.post('/api/access/factors/totp', { config: own, schema: { tags, response: { 200: z.object({ secret: z.string(), uri: z.string() }) } } }, async ({ actor }, reply) => {
    const begun = await beginTotp(deps, actor.accountId);
    return begun.ok ? begun.value : answer(reply, begun) as never;
  });
  app.post('/api/access/factors/totp/confirmation', { config: own, schema: { tags, body: code, response: { 200: codes } } }, async (request, reply) => {
    const { accountId } = request.actor;
    const confirmed = await confirmTotp(deps, accountId, request.body.code);
    if (!confirmed.ok) return answer(reply, confirmed) as never;
    const token = request.cookies[cookieName(tls)];
    if (request.waiting === undefined || token === undefined) return confirmed.value;
    const opened = await stepUp(deps, token, accountId, request.ip);
    if (!opened.ok) return answer(reply, opened) as never;
    return reply.setCookie(...cookieFor(tls, opened.value.token)).send(confirmed.value);
  });
  app.post('/api/access/factors/recovery-codes', { config: own, schema: { tags, body: code, response: { 200: codes } } }, async ({ actor, body }, reply) => {
    const renewed = await renewRecoveryCodes(deps, actor.accountId, body.code);
    return renewed.ok ? renewed.value : (answer(reply, renewed) as never);
  });
  app.post('/api/access/factors/totp/removal', { config: own, schema: { tags, body: code, response: { 200: z.null() } } }, async ({ actor, body }, reply) => {
    const removed = await takeOffTotp(deps, actor.accountId, body.code);
    return removed.ok ? null : (answer(reply, removed) as never);
  });
}

const rule = z.object({ roles: z.array(z.enum(ALL_ROLES as [Role, ...Role[]])) });

/** What the security administrator says of factors: which roles need one, and whose are taken off after a loss. */
function ruleRoutes(app: App, deps: DoorDeps): void {
  app.get('/api/access/factor-rule', { config: { action: 'access.factor-rule' }, schema: { tags, response: { 200: rule } } }, async () => ({ roles: [...(await requiredRoles(deps))] }));
  app.post('/api/access/factor-rule', { config: { action: 'access.factor-rule' }, schema: { tags, body: rule, response: { 200: rule } } }, async ({ actor, body }) => {
    await transact(deps.db, (tx) => insertFactorRule(tx, newId('frl'), body.roles, actor.accountId, sessionNow(deps)));
    return { roles: [...(await requiredRoles(deps))] };
  });
  app.post(
    '/api/access/accounts/:accountId/factor-reset',
    { config: { action: 'access.factor-reset' }, schema: { tags, params: z.object({ accountId: z.string().max(64) }), response: { 200: z.null() } } },
    async ({ actor, params }, reply) => {
      const done = await resetFactors(deps, asId<AccountId>(params.accountId), actor.accountId);
      return done.ok ? null : (answer(reply, done) as never);
    },
  );
}

/** Routes of second factors. */
export function factorRoutes(app: App, deps: DoorDeps): void {
  askRoutes(app, deps);
  ownRoutes(app, deps);
  ruleRoutes(app, deps);
}
