import type { Refusal } from '#kernel';
import type { Actor } from '../actor.ts';
import type { Authority } from '../authority.ts';
import { can, refusalFor } from '../decide-access.ts';
import { refuse } from '../errors.ts';
import type { Action } from '../permissions.ts';
import type { Account } from '../store/accounts.ts';

/**
 * Whether an account lies in the actor's area: an official's at the official's authority, anybody else's (units, third parties) at
 * the top authority of the region. Who keeps accounts and belongs to no authority keeps those of the whole platform. Pure.
 */
export function keeps(actor: Actor, action: Action, account: Pick<Account, 'authorityId' | 'region'>, all: readonly Authority[]): boolean {
  if (actor.authorityId === undefined) return can(actor, action);
  const homes = account.authorityId === null ? all.filter(({ parentId, region }) => parentId === null && region === account.region).map((one) => one.authorityId) : [account.authorityId];
  return homes.some((authorityId) => can(actor, action, { authorityId }));
}

/** ACCESS-004 the role does not keep accounts, ACCESS-005 no such account in the actor's area; undefined where he may. Pure. */
export function keepingRefusal(actor: Actor, action: Action, account: Account | undefined, all: readonly Authority[]): Refusal | undefined {
  return refusalFor(actor, action) ?? (account !== undefined && keeps(actor, action, account, all) ? undefined : refuse('ACCESS-005', { field: 'login' }));
}
