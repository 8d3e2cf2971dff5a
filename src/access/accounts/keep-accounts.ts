import { isRefusal, ok, type AccountId, type Clock, type Instant, type Refusal, type Result } from '#kernel';
import { transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { ActLeaf, Seal } from '../act-leaf.ts';
import type { Actor } from '../actor.ts';
import { refuse } from '../errors.ts';
import { hashPassword, readableSecret } from '../password.ts';
import type { Action } from '../permissions.ts';
import type { Role } from '../roles.ts';
import { allAuthorities, disableRow, enableRow, endRole, grantRole, lockAccount, setPasswordHash, type Account } from '../store/accounts.ts';
import { endSessionsOf } from '../store/sessions.ts';
import { keepingRefusal } from './decide-keeping.ts';
import { passwordRefusal } from './decide-password.ts';
import { rolesRefusal } from './decide-roles.ts';

/** What keeping accounts needs: the records, the platform's clock, and the evidence log for what was done. */
export interface KeepDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
}

type Details = Readonly<Record<string, readonly string[]>>;
type Work = (tx: Tx, account: Account, at: Instant) => Promise<Refusal | Details>;
/** An account by sign-in name, as an operator types it, or by id. */
type Who = string | Pick<Account, 'accountId'>;
type Kept = Promise<Result<AccountId>>;

/** One act of an administrator on one person's account: may he, is the person there, and what was done is fixed. */
const actOn = (deps: KeepDeps, actor: Actor, who: Who, act: ActLeaf['act'], work: Work, action: Action = 'access.keep-accounts'): Kept =>
  transact<Result<AccountId>>(deps.db, async (tx) => {
    const account = await lockAccount(tx, who);
    const no = keepingRefusal(actor, action, account, await allAuthorities(tx));
    if (no !== undefined || account === undefined) return no ?? refuse('ACCESS-005', { field: 'login' });
    if (account.accountId === actor.accountId) return refuse('ACCESS-062');
    const outcome = await work(tx, account, deps.clock.now());
    if (isRefusal(outcome)) return outcome;
    await deps.seal(tx, { t: 'role', ref: newId('kpa'), act, actor: actor.accountId, account: account.accountId, ...outcome });
    return ok(account.accountId);
  });

/** Ends a person's rights at once, with every open session; what he signed stays. ACCESS-004, ACCESS-005, ACCESS-052 where they have ended, ACCESS-062. */
export const disableAccount = (deps: KeepDeps, actor: Actor, who: Who): Kept =>
  actOn(deps, actor, who, 'disable', async (tx, { accountId, disabledAt }, at) => {
    if (disabledAt !== null) return refuse('ACCESS-052');
    await disableRow(tx, accountId, at);
    await endSessionsOf(tx, accountId, 'disabled', at);
    return {};
  });

/** Lets a person sign in again, with the roles he had. ACCESS-004, ACCESS-005, ACCESS-053 where he may already, ACCESS-062. */
export const enableAccount = (deps: KeepDeps, actor: Actor, who: Who): Kept =>
  actOn(deps, actor, who, 'enable', async (tx, { accountId, disabledAt }) => {
    if (disabledAt === null) return refuse('ACCESS-053');
    await enableRow(tx, accountId);
    return {};
  });

/** Signs a person out everywhere; he may sign in again. ACCESS-004, ACCESS-005, ACCESS-062, ACCESS-063 where nothing is open. */
export const endSessions = (deps: KeepDeps, actor: Actor, who: Who): Kept =>
  actOn(deps, actor, who, 'end-sessions', async (tx, { accountId }, at) => ((await endSessionsOf(tx, accountId, 'ended-by-keeper', at)) === 0 ? refuse('ACCESS-063') : {}));

/** Grants and withdraws until the person holds exactly these roles; what is open ends where they change, for a new role may demand a second factor at the sign-in. ACCESS-004, ACCESS-005, ACCESS-054 where they do not fit the account, ACCESS-062. */
export const setRoles = (deps: KeepDeps, actor: Actor, who: Who, roles: readonly Role[]): Kept =>
  actOn(deps, actor, who, 'roles', async (tx, account, at) => {
    const no = rolesRefusal(account, roles);
    if (no !== undefined) return no;
    const granted = roles.filter((role) => !account.roles.includes(role));
    const withdrawn = account.roles.filter((role) => !roles.includes(role));
    for (const role of granted) await grantRole(tx, account.accountId, role, at, actor.accountId);
    for (const role of withdrawn) await endRole(tx, account.accountId, role, at);
    if (granted.length + withdrawn.length > 0) await endSessionsOf(tx, account.accountId, 'ended-by-keeper', at);
    return { granted, withdrawn };
  }, 'access.grant');

/** Gives a person a new password, to be changed at the next sign-in, and ends his sessions. ACCESS-004, ACCESS-005, ACCESS-062, refusals of `passwordRefusal`. */
export async function resetPassword(deps: KeepDeps, actor: Actor, who: Who, password: string): Kept {
  const hash = await hashPassword(password);
  return actOn(deps, actor, who, 'password-reset', async (tx, { accountId, login }, at) => {
    const weak = passwordRefusal(password, login);
    if (weak !== undefined) return weak;
    await setPasswordHash(tx, accountId, { hash, due: true, at });
    await endSessionsOf(tx, accountId, 'password-reset', at);
    return {};
  });
}

/** 80 random bits. */
const GIVEN_LETTERS = 16;

/** Gives a person a password nobody chose, shown once to who asked for it. Otherwise as `resetPassword`. */
export async function givePassword(deps: KeepDeps, actor: Actor, who: Who): Promise<Result<{ readonly password: string }>> {
  const password = readableSecret(GIVEN_LETTERS);
  const done = await resetPassword(deps, actor, who, password);
  return done.ok ? ok({ password }) : done;
}
