import { z } from 'zod';
import { asId, type AccountId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { refuse } from '../errors.ts';
import { cookieFor } from '../session.ts';
import { actorSchema, admitted, describeActor, type DoorDeps } from '../session-routes.ts';
import { siteOf } from '../site.ts';
import { listIdentities } from '../store/identities.ts';
import { beginIdentity, finishIdentity, linkIdentity, unlinkIdentity } from './sign-in-by-identity.ts';

const tags = ['access'];
/** Where the service sends people back to: the room they came from. Both addresses are registered at the service. */
const ROOMS = { official: '/', unit: '/unit' } as const;
const seen = z.object({ issuer: z.string(), subject: z.string(), label: z.string(), lastSeen: z.number(), linkId: z.string().nullable(), accountId: z.string().nullable(), accountName: z.string().nullable() });

/** Sign-in through the authority's identity service. */
export function identityRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  const cookie = tls ? '__Host-mingjian-identity' : 'mingjian-identity';
  app.get('/api/access/identity', { config: { action: 'public' }, schema: { tags, response: { 200: z.object({ name: z.string().nullable() }) } } }, async () => ({ name: deps.identity?.name ?? null }));
  const side = z.object({ side: z.enum(['official', 'unit']) });
  app.post('/api/access/identity/start', { config: { action: 'public' }, schema: { tags, body: side, response: { 200: z.object({ url: z.string() }) } } }, async (request, reply) => {
    const begun = await beginIdentity(deps, siteOf(deps.origin, request.host).origin + ROOMS[request.body.side]);
    if (!begun.ok) return answer(reply, begun);
    return reply.setCookie(cookie, begun.value.browser, { httpOnly: true, sameSite: 'strict', path: '/', secure: tls, maxAge: 600 }).send({ url: begun.value.url });
  });
  const body = z.object({ query: z.string().max(8192) });
  app.post('/api/access/identity/answer', { config: { action: 'public' }, schema: { tags, body, response: { 200: actorSchema } } }, async (request, reply) => {
    const browser = request.cookies[cookie];
    if (browser === undefined) return answer(reply, refuse('ACCESS-041'));
    const opened = await finishIdentity(deps, browser, request.body.query, request.ip);
    if (!opened.ok) return answer(reply, opened);
    request.actor = admitted(opened.value);
    return reply.clearCookie(cookie, { path: '/' }).setCookie(...cookieFor(tls, opened.value.token)).send(describeActor(request.actor, opened.value.stage));
  });
  linkRoutes(app, deps);
}

/** Which identity opens which account. */
function linkRoutes(app: App, deps: DoorDeps): void {
  const config = { action: 'access.identity-link' } as const;
  app.get('/api/access/identities', { config, schema: { tags, response: { 200: z.object({ connected: z.boolean(), items: z.array(seen) }) } } }, async () => ({
    connected: deps.identity !== undefined, items: await listIdentities(deps.db),
  }));
  const pair = z.object({ issuer: z.string().max(500), subject: z.string().max(255), accountId: z.string().max(64) });
  app.post('/api/access/identities/link', { config, schema: { tags, body: pair, response: { 200: z.null() } } }, async ({ actor, body }, reply) => {
    const done = await linkIdentity(deps, body, asId<AccountId>(body.accountId), actor.accountId);
    return done.ok ? null : (answer(reply, done) as never);
  });
  app.post('/api/access/identities/unlink', { config, schema: { tags, body: z.object({ linkId: z.string().max(64) }), response: { 200: z.null() } } }, async ({ actor, body }, reply) => {
    const done = await unlinkIdentity(deps, body.linkId, actor.accountId);
    return done.ok ? null : (answer(reply, done) as never);
  });
}
