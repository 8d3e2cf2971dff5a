import { instant, MINUTE, ok, type AccountId, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId, newToken } from '#platform/ids';
import { digestOfText } from '../act-leaf.ts';
import { refuse } from '../errors.ts';
import { stageAfterPassword } from '../factors/decide-factor.ts';
import { enrolledOf, requiredRoles } from '../factors/factor-state.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import { actorOf, isShut, openSession, tokenHash, type Opened } from '../sign-in.ts';
import { accountOf } from '../store/accounts.ts';
import { endLink, insertLink, insertTry, linkedAccount, noteIdentity, spendTry } from '../store/identities.ts';
import { endSessionsOf } from '../store/sessions.ts';
import type { IdentityService } from './identity-service.ts';

export interface IdentityDeps extends SessionDeps {
  readonly identity: IdentityService | undefined;
}

/** How long a person may take at the service. */
const TRY_LIFE = 10 * MINUTE;

/** Sends a person to the service. `browser` goes into a cookie: only the browser that began may bring the answer. ACCESS-040, ACCESS-044. */
export async function beginIdentity(deps: IdentityDeps, back: string): Promise<Result<{ readonly url: string; readonly browser: string }>> {
  if (deps.identity === undefined) return refuse('ACCESS-040');
  const asked = await deps.identity.ask(back);
  if (asked === undefined) return refuse('ACCESS-044');
  const browser = newToken();
  await insertTry(deps.db, tokenHash(asked.state), tokenHash(browser), asked, sessionNow(deps));
  return ok({ url: asked.url, browser });
}

/**
 * Opens a session for the account an identity is linked to; nobody gets an account by signing in somewhere. Our own factor
 * is asked unless the service asked for one in a way that is believed here.
 *
 * @param query what the service added to the address
 * @returns ACCESS-041 the answer belongs to no open request of this browser, ACCESS-042 no account is linked, ACCESS-043 disabled
 */
export async function finishIdentity(deps: IdentityDeps, browser: string, query: string, source: string): Promise<Result<Opened>> {
  if (deps.identity === undefined) return refuse('ACCESS-040');
  const now = sessionNow(deps);
  const state = new URLSearchParams(query).get('state') ?? '';
  const asked = await spendTry(deps.db, tokenHash(state), tokenHash(browser), instant(now - TRY_LIFE), now);
  const identity = asked === undefined ? undefined : await deps.identity.hear({ ...asked, state }, query);
  if (identity === undefined) return refuse('ACCESS-041');
  await noteIdentity(deps.db, identity, now);
  const accountId = await linkedAccount(deps.db, identity.issuer, identity.subject);
  const account = accountId === undefined ? undefined : await accountOf(deps.db, accountId);
  if (account === undefined) return refuse('ACCESS-042', { args: { subject: identity.subject, label: identity.label || '—' } });
  if (isShut(deps, account)) return refuse('ACCESS-043');
  const stage = identity.strong ? 'full' : stageAfterPassword(await enrolledOf(deps.db, account.accountId), account.roles, await requiredRoles(deps));
  const token = await transact(deps.db, (tx) => openSession(tx, deps, account, source, stage));
  return ok({ token, actor: await actorOf(deps, account), stage });
}

/** Lets an identity open an account from now on. ACCESS-005 unknown identity or account, ACCESS-045 linked already. */
export async function linkIdentity(deps: SessionDeps, identity: { readonly issuer: string; readonly subject: string }, accountId: AccountId, by: AccountId): Promise<Result<null>> {
  const linkId = newId('idl');
  return transact<Result<null>>(deps.db, async (tx) => {
    if ((await accountOf(tx, accountId)) === undefined) return refuse('ACCESS-005', { field: 'accountId' });
    const made = await insertLink(tx, linkId, identity, accountId, by, sessionNow(deps));
    if (made !== 'done') return refuse(made === 'linked' ? 'ACCESS-045' : 'ACCESS-005', { field: 'subject' });
    await deps.seal(tx, { t: 'role', ref: linkId, act: 'link', actor: by, account: accountId, subject: digestOfText(identity.subject) });
    return ok(null);
  });
}

/** Takes an identity off its account and ends the sessions of that account at once. ACCESS-005. */
export async function unlinkIdentity(deps: SessionDeps, linkId: string, by: AccountId): Promise<Result<null>> {
  return transact<Result<null>>(deps.db, async (tx) => {
    const accountId = await endLink(tx, linkId, by, sessionNow(deps));
    if (accountId === undefined) return refuse('ACCESS-005');
    await endSessionsOf(tx, accountId, 'unlinked', sessionNow(deps));
    await deps.seal(tx, { t: 'role', ref: linkId, act: 'unlink', actor: by, account: accountId });
    return ok(null);
  });
}
