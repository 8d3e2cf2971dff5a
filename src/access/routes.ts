import { z } from 'zod';
import { isRefusal, toRfc3339 } from '#kernel';
import { systemClock } from '#platform/clock';
import { refuse as answer, type App } from '#platform/http';
import { newId } from '#platform/ids';
import { accountRoutes } from './accounts/account-routes.ts';
import { ACTION_WORDS } from './action-words.ts';
import { anonymous, isAnonymous, type Actor } from './actor.ts';
import { gate } from './decide-access.ts';
import { refuse } from './errors.ts';
import { permissionGrid } from './permission-grid.ts';
import { isKnownAction } from './permissions.ts';
import { readingRoutes } from './reading-routes.ts';
import { readingOf } from './readings.ts';
import { ALL_ROLES, ROLES } from './roles.ts';
import { cookieName, type Stage } from './session.ts';
import { sessionRoutes, type AccessDeps, type DoorDeps } from './session-routes.ts';
import { delegationRoutes } from './delegation/delegation-routes.ts';
import { factorRoutes } from './factor-routes.ts';
import { identityRoutes } from './identity/identity-routes.ts';
import { identityService } from './identity/identity-service.ts';
import { officeRoutes } from './offices/office-routes.ts';
import { openBox } from './open-box.ts';
import { resume } from './sign-in.ts';
import { accountsOf } from './store/accounts.ts';
import { insertReading } from './store/readings.ts';
import { insertAudit, readAudit } from './store/sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before every handler; the anonymous actor when nobody is signed in. */
    actor: Actor;
    /** Set while a session stands open for its second factor only: the actor is then anonymous to everything else. */
    waiting: { readonly actor: Actor; readonly stage: Stage } | undefined;
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

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Fastify's own and the API browser's routes carry no action; everything under these is open. */
const OPEN_PREFIXES = ['/api/static', '/api/json', '/api/yaml', '/api/openapi'];
const isOpenPage = (url: string) => url === '/api' || url === '/api/' || OPEN_PREFIXES.some((prefix) => url.startsWith(prefix));

/**
 * Puts the gate in front of every route registered afterwards. A route without a known action stops the start:
 * a forgotten guard must never become an open door (sec:X12).
 */
export function guardRoutes(app: App, deps: DoorDeps): void {
  const cookie = cookieName(deps.tls ?? false);
  app.decorateRequest('actor');
  app.decorateRequest('waiting');
  app.decorate('doors', []);
  app.addHook('onRoute', (route) => {
    const action = route.config?.action;
    for (const method of [route.method].flat()) if (method !== 'HEAD') app.doors.push({ method, url: route.url, action: action ?? 'public' });
    if (action === undefined ? isOpenPage(route.url) : action === 'public' || isKnownAction(action)) return;
    throw new Error(`route ${String(route.method)} ${route.url} names no known action (${action ?? 'none'})`);
  });
  app.addHook('onRequest', async (request, reply) => {
    const token = request.cookies[cookie];
    const resumed = token === undefined ? { actor: anonymous(), stage: 'full' as const } : await resume(deps, token);
    const ended = isRefusal(resumed);
    const full = !ended && resumed.stage === 'full';
    request.actor = full ? resumed.actor : anonymous();
    request.waiting = ended || full ? undefined : resumed;
    const action = request.routeOptions.config.action ?? 'public';
    // SameSite=Strict keeps the cookie home already; this also stops browsers that do not know it.
    if (!SAFE.has(request.method) && request.headers['sec-fetch-site'] === 'cross-site') return answer(reply, refuse('ACCESS-007'));
    // Who owes a factor or a new password may bring that before anything else.
    if (request.waiting?.stage === 'enrol' && action === 'access.factor') request.actor = request.waiting.actor;
    if (request.waiting?.stage === 'new-password' && action === 'access.password') request.actor = request.waiting.actor;
    const no = gate(request.actor, action);
    if (no !== undefined) return answer(reply, ended && no.status === 401 ? resumed : no);
    return undefined;
  });
  app.addHook('onSend', async (request, reply) => {
    const reading = reply.statusCode < 300 ? readingOf(request.method, request.routeOptions.url, request.params) : undefined;
    if (reading === undefined) return;
    // Before the answer leaves: what was read without a trace would be no evidence of who knew it.
    await insertReading(deps.db, { ...reading, readingId: newId('rdg'), at: deps.clock.now(), accountId: request.actor.accountId, path: request.url, source: request.ip });
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
      behalf: request.actor.behalf?.accountId ?? null,
    });
  });
}

const words = z.object({ zh: z.string(), en: z.string() });
const gridSchema = z.object({
  roles: z.array(words.extend({ role: z.string(), side: z.enum(['official', 'unit', 'public', 'steward']) })),
  lines: z.array(z.object({
    action: z.string(), words, area: words, duty: words.nullable(), apart: z.array(words.extend({ basis: z.string() })),
    cells: z.array(z.object({ role: z.string(), reach: z.enum(['entrusted', 'own-unit', 'own-authority', 'any']) })),
  })),
});

/** A line of the trail: who, for whom, what in words, and how it ended. */
const auditItem = z.object({
  auditId: z.string(), at: z.string(), accountId: z.string(), name: z.string(), behalf: z.string().nullable(), behalfName: z.string().nullable(), action: z.string(), words,
  method: z.string(), path: z.string(), status: z.number(), source: z.string(),
});

function stewardRoutes(app: App, deps: DoorDeps): void {
  app.get('/api/access/matrix', { config: { action: 'access.matrix' }, schema: { tags: ['access'], response: { 200: gridSchema } } }, async () => ({
    roles: ALL_ROLES.map((role) => ({ role, zh: ROLES[role].zh, en: ROLES[role].en, side: ROLES[role].side })),
    lines: permissionGrid(),
  }));
  const page = z.object({ before: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
  app.get(
    '/api/access/audit',
    { config: { action: 'access.audit-read' }, schema: { tags: ['access'], querystring: page, response: { 200: z.object({ items: z.array(auditItem), nextCursor: z.string().nullable() }) } } },
    async (request) => {
      const rows = await readAudit(deps.db, request.query.limit, request.query.before);
      const people = new Map((await accountsOf(deps.db, [...new Set(rows.flatMap(({ accountId, behalf }) => (behalf === null ? [accountId] : [accountId, behalf])))])).map((one) => [one.accountId, one.name]));
      const items = rows.map(({ at, ...row }) => ({
        ...row, at: toRfc3339(at), name: people.get(row.accountId) ?? row.accountId, behalfName: row.behalf === null ? null : (people.get(row.behalf) ?? row.behalf),
        words: isKnownAction(row.action) ? ACTION_WORDS[row.action] : { zh: '公开接口', en: 'public' },
      }));
      const last = items.at(-1);
      return { items, nextCursor: items.length === request.query.limit && last !== undefined ? last.auditId : null };
    },
  );
}

/** The gate, then sign-in, sign-out, me, accounts, the permission matrix and the trail. Call before any other module's routes. */
export function registerAccess(app: App, given: AccessDeps): void {
  const { config, ...rest } = given;
  const common: DoorDeps = {
    seal: () => Promise.reject(new Error('no evidence log is connected')), ...rest, production: config?.production ?? false, box: openBox(config?.dataDir), origin: config?.origin,
    ...(config === undefined ? {} : { demonstration: config.demo }),
    tls: rest.tls ?? config?.origin?.startsWith('https:') ?? false,
    identity: config?.identity === undefined ? undefined : identityService(config.identity),
  };
  const deps: DoorDeps = config?.demo === true ? { ...common, sessionClock: systemClock(), manySessions: true } : common;
  guardRoutes(app, deps);
  sessionRoutes(app, deps);
  accountRoutes(app, deps);
  stewardRoutes(app, deps);
  factorRoutes(app, deps);
  identityRoutes(app, deps);
  delegationRoutes(app, deps);
  readingRoutes(app, deps);
  officeRoutes(app, deps);
}

