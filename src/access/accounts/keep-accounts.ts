import { isRefusal, ok, type AccountId, type Clock, type Instant, type Refusal, type Result } from '#kernel';
import { transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { ActLeaf, Seal } from '../act-leaf.ts';
import type { Actor } from '../actor.ts';
import { rolesRefusal } from './decide-roles.ts';
import { refusalFor } from '../decide-access.ts';
import { refuse } from '../errors.ts';
import { hashPassword, MIN_PASSWORD } from '../password.ts';
import type { Role } from '../roles.ts';
import { accountByLogin, disableRow, enableRow, endRole, grantRole, lockAccount, setPasswordHash, type Account } from '../store/accounts.ts';
import { endSessionsOf } from '../store/sessions.ts';

/** What keeping accounts needs: the records, the platform's clock, and the evidence log for what was done. */
export interface KeepDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly seal: Seal;
}

type Details = Readonly<Record<string, readonly string[]>>;
type Work = (tx: Tx, account: Account, at: Instant) => Promise<Refusal | Details>;

/** One act of an administrator on one person's account: may he, is the person there, and what was done is fixed. */
const actOn = (deps: KeepDeps, actor: Actor, login: string, act: ActLeaf['act'], work: Work): Promise<Result<AccountId>> =>
  transact<Result<AccountId>>(deps.db, async (tx) => {
    const no = refusalFor(actor, 'access.grant');
    if (no !== undefined) return no;
    await lockAccount(tx, login);
    const account = await accountByLogin(tx, login);
    if (account === undefined) return refuse('ACCESS-005', { field: 'login' });
    const outcome = await work(tx, account, deps.clock.now());
    if (isRefusal(outcome)) return outcome;
    await deps.seal(tx, { t: 'role', ref: newId('kpa'), act, actor: actor.accountId, account: account.accountId, ...outcome });
    return ok(account.accountId);
  });

/** Ends a person's rights at once, with every open session; what he signed stays. ACCESS-004, ACCESS-005, ACCESS-052 where they have ended. */
export const disableAccount = (deps: KeepDeps, actor: Actor, login: string): Promise<Result<AccountId>> =>
  actOn(deps, actor, login, 'disable', async (tx, { accountId, disabledAt }, at) => {
    if (disabledAt !== null) return refuse('ACCESS-052');
    await disableRow(tx, accountId, at);
    await endSessionsOf(tx, accountId, 'disabled', at);
    return {};
  });

/** Lets a person sign in again, with the roles he had. ACCESS-004, ACCESS-005, ACCESS-053 where he may already. */
export const enableAccount = (deps: KeepDeps, actor: Actor, login: string): Promise<Result<AccountId>> =>
  actOn(deps, actor, login, 'enable', async (tx, { accountId, disabledAt }) => {
    if (disabledAt === null) return refuse('ACCESS-053');
    await enableRow(tx, accountId);
    return {};
  });

/** Grants and withdraws until the person holds exactly these roles. ACCESS-004, ACCESS-005, ACCESS-054 where they do not fit the account. */
export const setRoles = (deps: KeepDeps, actor: Actor, login: string, roles: readonly Role[]): Promise<Result<AccountId>> =>
  actOn(deps, actor, login, 'roles', async (tx, account, at) => {
    const no = rolesRefusal(account, roles);
    if (no !== undefined) return no;
    const granted = roles.filter((role) => !account.roles.includes(role));
    const withdrawn = account.roles.filter((role) => !roles.includes(role));
    for (const role of granted) await grantRole(tx, account.accountId, role, at, actor.accountId);
    for (const role of withdrawn) await endRole(tx, account.accountId, role, at);
    return { granted, withdrawn };
  });

/** Gives a person a new password and ends his sessions. ACCESS-004, ACCESS-005, ACCESS-020 too short. */
export async function resetPassword(deps: KeepDeps, actor: Actor, login: string, password: string): Promise<Result<AccountId>> {
  if ([...password].length < MIN_PASSWORD) return refuse('ACCESS-020', { field: 'password' });
  const hash = await hashPassword(password);
  return actOn(deps, actor, login, 'password-reset', async (tx, { accountId }, at) => {
    await setPasswordHash(tx, accountId, hash);
    await endSessionsOf(tx, accountId, 'password-reset', at);
    return {};
  });
}
