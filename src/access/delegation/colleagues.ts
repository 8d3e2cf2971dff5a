import type { AuthorityId, CalendarDay } from '#kernel';
import type { Database, Tx } from '#platform/db';
import type { Principal } from '../actor.ts';
import type { Role } from '../roles.ts';
import { accountsOf, authorityPeople, type Account } from '../store/accounts.ts';
import { delegationsTo } from '../store/delegations.ts';
import { rolesHandedOver } from './decide-delegation.ts';

/** A person of an authority with the roles he may exercise for others today, beside his own. */
export interface Colleague extends Account {
  readonly deputising: readonly { readonly role: Role; readonly principal: Principal }[];
}

/** Everybody of an authority, each with what was handed to him for the day. */
export async function colleaguesOf(db: Database | Tx, authorityId: AuthorityId, today: CalendarDay): Promise<Colleague[]> {
  const people = await authorityPeople(db, authorityId);
  const delegations = await delegationsTo(db, people.map((one) => one.accountId), today);
  const principals = new Map((delegations.length === 0 ? [] : await accountsOf(db, delegations.map((one) => one.from))).map((one) => [one.accountId, one]));
  return people.map((deputy) => ({
    ...deputy,
    deputising: delegations.filter((one) => one.to === deputy.accountId).flatMap((delegation) => {
      const principal = principals.get(delegation.from);
      if (principal === undefined) return [];
      const { accountId, name } = principal;
      return rolesHandedOver({ delegation, principal, deputy }, today).map((role) => ({ role, principal: { accountId, name, delegationId: delegation.delegationId } }));
    }),
  }));
}

/** May he act in the role today, in his own name or for another? */
export const actsAs = ({ roles, deputising }: Pick<Colleague, 'roles' | 'deputising'>, role: Role): boolean => roles.includes(role) || deputising.some((one) => one.role === role);

/** People of an authority who act in a role today, deputies included, e.g. to choose the second officer. */
export async function peopleWith(db: Database | Tx, role: Role, authorityId: AuthorityId, today: CalendarDay): Promise<Colleague[]> {
  return (await colleaguesOf(db, authorityId, today)).filter((one) => actsAs(one, role));
}
