import type { AccountId, CalendarDay, Instant, Refusal } from '#kernel';
import { refuse } from '../errors.ts';
import { ROLES, type Role } from '../roles.ts';

/** Roles of one person that another may exercise, from the first day to the end of the last (China time). */
export interface Delegation {
  readonly delegationId: string;
  readonly from: AccountId;
  readonly to: AccountId;
  readonly roles: readonly Role[];
  readonly firstDay: CalendarDay;
  readonly lastDay: CalendarDay;
  readonly reason: string;
  readonly madeAt: Instant;
  readonly madeBy: AccountId;
  readonly withdrawnAt: Instant | null;
}

/** What of a person decides whether he may hand over or take over. */
export interface Person {
  readonly accountId: AccountId;
  readonly name: string;
  readonly authorityId: string | null;
  readonly roles: readonly Role[];
  readonly certificate: { readonly from: CalendarDay; readonly to: CalendarDay } | null;
  readonly legalQualification: string | null;
  readonly disabledAt: Instant | null;
}

/** A delegation with the two people as they are now. */
export interface Deputising {
  readonly delegation: Delegation;
  readonly principal: Person;
  readonly deputy: Person;
}

export const isInForce = ({ withdrawnAt, firstDay, lastDay }: Delegation, today: CalendarDay): boolean =>
  withdrawnAt === null && firstDay <= today && today <= lastDay;

/** Roles whose acts the law gives only to people with a paper of their own. */
const CERTIFIED: readonly Role[] = ['enforcement-officer'];
const LEGALLY_QUALIFIED: readonly Role[] = ['legal', 'review-legal'];

/**
 * What the law wants of whoever exercises the role and this person lacks on some day of the span. Other acts that want a
 * certificate, e.g. of a head of enforcement who investigates, ask for the deputy's own when they are done.
 */
export function unqualifiedFor(role: Role, { certificate, legalQualification }: Person, from: CalendarDay, to: CalendarDay): Refusal | undefined {
  if (CERTIFIED.includes(role) && !(certificate !== null && certificate.from <= from && to <= certificate.to)) return refuse('ACCESS-012', { field: 'to' });
  return LEGALLY_QUALIFIED.includes(role) && legalQualification === null ? refuse('ACCESS-034', { field: 'to' }) : undefined;
}

/**
 * Roles a deputy may exercise today under a delegation: what the law asks of him himself must hold today, and the principal
 * must still hold the role. Pure.
 */
export function rolesHandedOver({ delegation, principal, deputy }: Deputising, today: CalendarDay): readonly Role[] {
  if (!isInForce(delegation, today) || principal.disabledAt !== null) return [];
  return delegation.roles.filter((role) => principal.roles.includes(role) && unqualifiedFor(role, deputy, today, today) === undefined);
}

export interface DelegationCommand {
  readonly roles: readonly Role[];
  readonly firstDay: CalendarDay;
  readonly lastDay: CalendarDay;
  readonly reason: string;
}

/**
 * May these roles be handed from one to the other for these days? Pure.
 *
 * @returns ACCESS-030 to 034 or ACCESS-012 with the field that is wrong, or undefined
 */
export function checkDelegation(command: DelegationCommand, from: Person, to: Person, today: CalendarDay): Refusal | undefined {
  const { roles, firstDay, lastDay, reason } = command;
  if (to.accountId === from.accountId || to.disabledAt !== null || to.authorityId === null || to.authorityId !== from.authorityId) return refuse('ACCESS-030', { field: 'to' });
  // Stewards hold no case rights and hand none of theirs over (三员).
  if (to.roles.some((role) => ROLES[role].side !== 'official')) return refuse('ACCESS-030', { field: 'to' });
  if (roles.length === 0 || roles.some((role) => !from.roles.includes(role) || ROLES[role].side !== 'official')) return refuse('ACCESS-031', { field: 'roles' });
  if (firstDay < today || lastDay < firstDay) return refuse('ACCESS-032', { field: firstDay < today ? 'firstDay' : 'lastDay' });
  if ([...reason.trim()].length < 5) return refuse('ACCESS-026', { field: 'reason' });
  return roles.map((role) => unqualifiedFor(role, to, firstDay, lastDay)).find((no) => no !== undefined);
}
