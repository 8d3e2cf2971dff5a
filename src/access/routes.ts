import { z } from 'zod';
import { isRefusal } from '#kernel';
import { systemClock } from '#platform/clock';
import { refuse as answer, type App } from '#platform/http';
import { newId } from '#platform/ids';
import { anonymous, isAnonymous, sideOf, type Actor } from './actor.ts';
import { gate } from './decide-access.ts';
import { refuse } from './errors.ts';
import { permissionGrid } from './permission-grid.ts';
import { isKnownAction, PERMISSIONS } from './permissions.ts';
import { ALL_ROLES, ROLES } from './roles.ts';
import { cookieName, cookieOptions } from './session.ts';
import { resume, signIn, signOut, type SessionDeps } from './sign-in.ts';
import { allAccounts } from './store/accounts.ts';
import { insertAudit, readAudit } from './store/sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before every handler; the anonymous actor when nobody is signed in. */
    actor: Actor;
  }
  interface FastifyInstance {
    /** Every guarded route in the order of registration; a test walks it. */
    doors: Door[];
  }
}

/** A route and the row of the permission table that opens it. */
export interface Door {
  readonly method: string;
  readonly url: string;
  readonly action: string;
}

export interface AccessDeps extends SessionDeps {
  /** True when browsers reach us over TLS: the cookie then carries the `__Host-` prefix. */
  readonly tls?: boolean;
  /** In a demonstration sessions live on the machine's own time, and cast and visitor may share an account. */
  readonly config?: { readonly demo: boolean };
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Fastify's own and the API browser's routes carry no action; everything under these is open. */
const OPEN_PREFIXES = ['/api/static', '/api/json', '/api/yaml', '/api/openapi'];
const isOpenPage = (url: string) => url === '/api' || url === '/api/' || OPEN_PREFIXES.some((prefix) => url.startsWith(prefix));

/**
 * Puts the gate in front of every route registered afterwards. A route without a known action stops the start:
 * a forgotten guard must never become an open door (sec:X12).
 */
export function guardRoutes(app: App, deps: AccessDeps): void {
  const cookie = cookieName(deps.tls ?? false);
  app.decorateRequest('actor');
  app.decorate('doors', []);
  app.addHook('onRoute', (route) => {
    const action = route.config?.action;
    for (const method of [route.method].flat()) if (method !== 'HEAD') app.doors.push({ method, url: route.url, action: action ?? 'public' });
    if (action === undefined ? isOpenPage(route.url) : action === 'public' || isKnownAction(action)) return;
    throw new Error(`route ${String(route.method)} ${route.url} names no known action (${action ?? 'none'})`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const token = request.cookies[cookie];
    const resumed = token === undefined ? anonymous() : await resume(deps, token);
    const ended = isRefusal(resumed);
    request.actor = ended ? anonymous() : resumed;
    const action = request.routeOptions.config.action ?? 'public';
    // SameSite=Strict keeps the cookie home already; this also stops browsers that do not know it.
    if (!SAFE.has(request.method) && request.headers['sec-fetch-site'] === 'cross-site') return answer(reply, refuse('ACCESS-007'));
    const no = gate(request.actor, action);
    if (no !== undefined) return answer(reply, ended && no.status === 401 ? resumed : no);
    return undefined;
  });
  app.addHook('onResponse', async (request, reply) => {
    const refused = reply.statusCode === 401 || reply.statusCode === 403;
    if ((SAFE.has(request.method) && !refused) || (isAnonymous(request.actor) && refused)) return;
    await insertAudit(deps.db, {
      auditId: newId('aud'),
      at: deps.clock.now(),
      accountId: request.actor.accountId,
      action: request.routeOptions.config.action ?? 'public',
      method: request.method,
      // The query may hold words a person searched for; the path alone says which object it was.
      path: request.url.split('?')[0] ?? '',
      status: reply.statusCode,
      source: request.ip,
    });
  });
}

const actorSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  side: z.enum(['official', 'unit', 'public', 'steward']),
  roles: z.array(z.object({ role: z.string(), zh: z.string(), en: z.string() })),
  unitId: z.string().nullable(),
  authorityId: z.string().nullable(),
  region: z.string(),
  certificate: z.string().nullable(),
  /** Actions this person's roles allow at all: menus and buttons follow it. */
  actions: z.array(z.string()),
});

/** What a page may know about the person signed in. */
export const describeActor = (actor: Actor): z.infer<typeof actorSchema> => ({
  accountId: actor.accountId,
  name: actor.name,
  side: sideOf(actor),
  roles: actor.roles.map((role) => ({ role, zh: ROLES[role].zh, en: ROLES[role].en })),
  unitId: actor.unitId ?? null,
  authorityId: actor.authorityId ?? null,
  region: actor.region,
  certificate: actor.certificate ?? null,
  actions: [...new Set(PERMISSIONS.filter((row) => row.roles.some((role) => actor.roles.includes(role))).map((row) => row.action))],
});

const signInBody = z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) });

function sessionRoutes(app: App, deps: AccessDeps): void {
  const tls = deps.tls ?? false;
  app.post(
    '/api/access/sign-in',
    { config: { action: 'public' }, schema: { tags: ['access'], body: signInBody, response: { 200: actorSchema } } },
    async (request, reply) => {
      const old = request.cookies[cookieName(tls)];
      if (old !== undefined) await signOut(deps, old);
      const result = await signIn(deps, request.body.login, request.body.password, request.ip);
      if (!result.ok) return answer(reply, result);
      request.actor = result.value.actor;
      return reply.setCookie(cookieName(tls), result.value.token, cookieOptions(tls)).send(describeActor(result.value.actor));
    },
  );
  app.post('/api/access/sign-out', { config: { action: 'public' }, schema: { tags: ['access'] } }, async (request, reply) => {
    const token = request.cookies[cookieName(tls)];
    if (token !== undefined) await signOut(deps, token);
    return reply.clearCookie(cookieName(tls), { path: '/' }).code(204).send();
  });
  app.get(
    '/api/access/me',
    { config: { action: 'public' }, schema: { tags: ['access'], response: { 200: actorSchema } } },
    async (request) => describeActor(request.actor),
  );
}

const words = z.object({ zh: z.string(), en: z.string() });
const gridSchema = z.object({
  roles: z.array(words.extend({ role: z.string(), side: z.enum(['official', 'unit', 'public', 'steward']) })),
  lines: z.array(z.object({
    action: z.string(), words, area: words, duty: words.nullable(), apart: z.array(words.extend({ basis: z.string() })),
    cells: z.array(z.object({ role: z.string(), reach: z.enum(['own-unit', 'own-authority', 'any']) })),
  })),
});

function stewardRoutes(app: App, deps: AccessDeps): void {
  app.get('/api/access/matrix', { config: { action: 'access.matrix' }, schema: { tags: ['access'], response: { 200: gridSchema } } }, async () => ({
    roles: ALL_ROLES.map((role) => ({ role, zh: ROLES[role].zh, en: ROLES[role].en, side: ROLES[role].side })),
    lines: permissionGrid(),
  }));
  app.get('/api/access/accounts', { config: { action: 'access.accounts' }, schema: { tags: ['access'] } }, async () => ({
    items: (await allAccounts(deps.db)).map(({ passwordHash: _hash, ...account }) => account),
  }));
  const page = z.object({ before: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
  app.get(
    '/api/access/audit',
    { config: { action: 'access.audit-read' }, schema: { tags: ['access'], querystring: page } },
    async (request) => {
      const items = await readAudit(deps.db, request.query.limit, request.query.before);
      const last = items.at(-1);
      return { items, nextCursor: items.length === request.query.limit && last !== undefined ? last.auditId : null };
    },
  );
}

/** The gate, then sign-in, sign-out, me, the permission matrix, accounts and the trail. Call before any other module's routes. */
export function registerAccess(app: App, given: AccessDeps): void {
  const deps: AccessDeps = given.config?.demo === true ? { ...given, sessionClock: systemClock(), manySessions: true } : given;
  guardRoutes(app, deps);
  sessionRoutes(app, deps);
  stewardRoutes(app, deps);
}

