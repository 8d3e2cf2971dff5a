import { z } from 'zod';
import { asId, instant, toRfc3339, type AccountId, type Result } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import type { Actor } from '../actor.ts';
import { refuse } from '../errors.ts';
import { ABSOLUTE_LIMIT, cookieFor, cookieName, IDLE_LIMIT } from '../session.ts';
import { sessionNow } from '../session-deps.ts';
import type { DoorDeps } from '../session-routes.ts';
import { allAccounts, allAuthorities } from '../store/accounts.ts';
import { openSessions } from '../store/sessions.ts';
import { changePassword } from './change-password.ts';
import { keeps } from './decide-keeping.ts';
import { disableAccount, enableAccount, endSessions, givePassword } from './keep-accounts.ts';

const tags = ['access'];
const done = z.null();

const accountRow = z.object({
  accountId: z.string(), login: z.string(), name: z.string(), authorityId: z.string().nullable(), authority: z.object({ zh: z.string(), en: z.string() }).nullable(), unitId: z.string().nullable(), company: z.string().nullable(),
  region: z.string(), roles: z.array(z.string()), certificate: z.object({ number: z.string(), from: z.string(), to: z.string() }).nullable(),
  legalQualification: z.string().nullable(), demo: z.boolean(), disabledAt: z.string().nullable(),
  /** The password was given out by an administrator and has not been changed yet. */
  passwordDue: z.boolean(),
  openSessions: z.number(),
  /** Whether the person who asks may disable it, end its sessions or give it a new password. */
  mine: z.boolean(),
});

/** The accounts of the area of whoever asks. */
async function listAccounts(deps: DoorDeps, actor: Actor): Promise<z.infer<typeof accountRow>[]> {
  const now = sessionNow(deps);
  const [accounts, authorities, open] = await Promise.all([
    allAccounts(deps.db), allAuthorities(deps.db), openSessions(deps.db, instant(now - IDLE_LIMIT), instant(now - ABSOLUTE_LIMIT)),
  ]);
  const names = new Map(authorities.map(({ authorityId, nameZh, nameEn }) => [authorityId, { zh: nameZh, en: nameEn }]));
  return accounts.filter((account) => keeps(actor, 'access.accounts', account, authorities)).map(({ passwordHash: _hash, company, roles, disabledAt, ...account }) => ({
    ...account, authority: (account.authorityId === null ? undefined : names.get(account.authorityId)) ?? null, company: company ?? null, roles: [...roles], disabledAt: disabledAt === null ? null : toRfc3339(disabledAt), openSessions: open.get(account.accountId) ?? 0,
    mine: account.accountId !== actor.accountId && keeps(actor, 'access.keep-accounts', account, authorities),
  }));
}

/** What is done to somebody else's account. */
function keepingRoutes(app: App, deps: DoorDeps): void {
  const params = z.object({ accountId: z.string().max(64) });
  const given = z.object({ password: z.string() });
  app.get('/api/access/accounts', { config: { action: 'access.accounts' }, schema: { tags, response: { 200: z.object({ items: z.array(accountRow) }) } } },
    async ({ actor }) => ({ items: await listAccounts(deps, actor) }));
  const acts: Readonly<Record<string, (deps: DoorDeps, actor: Actor, who: { accountId: AccountId }) => Promise<Result<AccountId>>>> = {
    'disable': disableAccount, 'enable': enableAccount, 'end-sessions': endSessions,
  };
  for (const [name, act] of Object.entries(acts)) {
    app.post(`/api/access/accounts/:accountId/${name}`, { config: { action: 'access.keep-accounts' }, schema: { tags, params, response: { 200: done } } }, async ({ actor, params: { accountId } }, reply) => {
      const result = await act(deps, actor, { accountId: asId<AccountId>(accountId) });
      return result.ok ? null : (answer(reply, result) as never);
    });
  }
  app.post('/api/access/accounts/:accountId/new-password', { config: { action: 'access.keep-accounts', keys: 'no-answer' }, schema: { tags, params, response: { 200: given } } }, async ({ actor, params: { accountId } }, reply) => {
    const result = await givePassword(deps, actor, { accountId: asId<AccountId>(accountId) });
    return result.ok ? result.value : (answer(reply, result) as never);
  });
}

/** Accounts: the own password, and what the security administrator does to others. */
export function accountRoutes(app: App, deps: DoorDeps): void {
  const tls = deps.tls ?? false;
  const body = z.object({ current: z.string().min(1).max(256), password: z.string().min(1).max(256) });
  app.post('/api/access/password', { config: { action: 'access.password', keys: 'none' }, schema: { tags, body, response: { 200: done } } }, async (request, reply) => {
    const token = request.cookies[cookieName(tls)];
    if (token === undefined) return answer(reply, refuse('ACCESS-006')) as never;
    const own = { token, accountId: request.actor.accountId, stage: request.waiting?.stage ?? 'full', source: request.ip } as const;
    const result = await changePassword(deps, own, request.body.current, request.body.password);
    if (!result.ok) return answer(reply, result) as never;
    if (result.value.token !== token) reply.setCookie(...cookieFor(tls, result.value.token));
    return null;
  });
  keepingRoutes(app, deps);
}
