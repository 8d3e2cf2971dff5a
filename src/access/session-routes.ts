import { z } from 'zod';
import { refuse as answer, type App } from '#platform/http';
import type { IdentityConfig } from '#platform/config';
import type { Seal } from './act-leaf.ts';
import { anonymous, sideOf, type Actor } from './actor.ts';
import type { Enrolled } from './factors/decide-factor.ts';
import { enrolledOf } from './factors/factor-state.ts';
import type { IdentityService } from './identity/identity-service.ts';
import { can } from './decide-access.ts';
import { acceptInvitation } from './agents/invite-agent.ts';
import { PERMISSIONS } from './permissions.ts';
import { ROLES } from './roles.ts';
import { cookieFor, cookieName, type Stage } from './session.ts';
import type { SessionDeps } from './session-deps.ts';
import { signIn, signOut, type Opened } from './sign-in.ts';

/** What the routes of access work with. */
export interface AccessDeps extends Omit<SessionDeps, 'box' | 'production' | 'seal' | 'origin'> {
  /** Fixes acts about people and rights in the evidence log; without one such acts fail. */
  readonly seal?: Seal;
  /** True when browsers reach us over TLS: the cookie then carries the `__Host-` prefix. */
  readonly tls?: boolean;
  /** In a demonstration sessions live on the machine's own time, and cast and visitor may share an account. */
  readonly config?: { readonly demo: boolean; readonly production?: boolean; readonly dataDir?: string; readonly origin?: string | undefined; readonly identity?: IdentityConfig | undefined };
}

/** What `registerAccess` makes of its dependencies. */
export type DoorDeps = SessionDeps & Pick<AccessDeps, 'tls'> & { readonly identity: IdentityService | undefined };

export const actorSchema = z.object({
  accountId: z.string(),
  name: z.string(),
  side: z.enum(['official', 'unit', 'public', 'steward']),
  roles: z.array(z.object({ role: z.string(), zh: z.string(), en: z.string() })),
  unitId: z.string().nullable(),
  authorityId: z.string().nullable(),
  region: z.string(),
  /** What units entrusted to this person today. */
  entrusted: z.array(z.object({ grantId: z.string(), unitId: z.string(), outfalls: z.array(z.string()), acts: z.array(z.string()) })),
  certificate: z.string().nullable(),
  /** Actions this person's roles allow at all: menus and buttons follow it. */
  actions: z.array(z.string()),
  /** For whom the person acts now; null where for himself. */
  behalf: z.object({ accountId: z.string(), name: z.string() }).nullable(),
  /** What an open session still waits for, when the password alone does not do. */
  waitingFor: z.enum(['second-factor', 'enrol', 'new-password']).nullable(),
  /** What may be shown as second factor while one is owed; a recovery code always may. */
  factors: z.array(z.enum(['totp', 'passkey'])),
});

const NOTHING: Enrolled = { totp: false, passkeys: 0 };

/** What a page may know about the person signed in. */
export const describeActor = (actor: Actor, stage: Stage = 'full', { totp, passkeys }: Enrolled = NOTHING): z.infer<typeof actorSchema> => ({
  factors: [...(totp ? ['totp' as const] : []), ...(passkeys > 0 ? ['passkey' as const] : [])],
  waitingFor: stage === 'full' ? null : stage,
  behalf: actor.behalf === undefined ? null : { accountId: actor.behalf.accountId, name: actor.behalf.name },
  accountId: actor.accountId,
  name: actor.name,
  side: sideOf(actor),
  roles: actor.roles.map((role) => ({ role, zh: ROLES[role].zh, en: ROLES[role].en })),
  unitId: actor.unitId ?? null,
  authorityId: actor.authorityId ?? null,
  region: actor.region,
  entrusted: (actor.entrusted ?? []).map(({ grantId, unitId, outfalls, acts }) => ({ grantId, unitId, outfalls: [...outfalls], acts: [...acts] })),
  certificate: actor.certificate ?? null,
  actions: [...new Set(PERMISSIONS.map((row) => row.action))].filter((action) => can(actor, action)),
});

const signInBody = z.object({ login: z.string().min(1).max(64), password: z.string().min(1).max(256) });

/** Who stands behind an opened session for everything but the factor it still owes. */
export const admitted = ({ actor, stage }: Opened): Actor => (stage === 'full' ? actor : anonymous());

/** Sign-in, sign-out and who I am. */
export function sessionRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  app.post(
    '/api/access/sign-in',
    { config: { action: 'public' }, schema: { tags: ['access'], body: signInBody, response: { 200: actorSchema } } },
    async (request, reply) => {
      const old = request.cookies[cookieName(tls)];
      if (old !== undefined) await signOut(deps, old);
      const result = await signIn(deps, request.body.login, request.body.password, request.ip);
      if (!result.ok) return answer(reply, result);
      request.actor = admitted(result.value);
      return reply.setCookie(...cookieFor(tls, result.value.token)).send(describeActor(request.actor, result.value.stage));
    },
  );
  const acceptBody = z.object({ code: z.string().min(20).max(100), password: z.string().max(256) });
  app.post(
    '/api/access/invitations/accept',
    { config: { action: 'public' }, schema: { tags: ['access'], body: acceptBody, response: { 200: z.object({ login: z.string() }) } } },
    async (request, reply) => {
      const result = await acceptInvitation(deps, request.body.code, request.body.password);
      return result.ok ? result.value : (answer(reply, result) as never);
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
    async ({ actor, waiting }) => describeActor(actor, waiting?.stage, waiting?.stage === 'second-factor' ? await enrolledOf(deps.db, waiting.actor.accountId) : NOTHING),
  );
}
