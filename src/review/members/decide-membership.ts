import { ROLES, type Authority, type Role } from '#access';
import type { AccountId, CalendarDay, Refusal } from '#kernel';
import { DEPARTMENTS, type Department } from '#law';
import { BODIES, type Body } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import type { Member } from '../store/members.ts';

/** Does the term cover the day? */
export const sits = (member: Pick<Member, 'fromDay' | 'toDay'>, day: CalendarDay): boolean =>
  member.fromDay <= day && (member.toDay === null || member.toDay >= day);

/** What the region's text asks of a body. */
export interface BodyRule {
  readonly leadDepartment: Department;
  readonly mix: readonly Department[];
  /** Instrument and article. */
  readonly basis: string;
}

/** Departments that must sit in the body and do not, on a day. */
export const missingFrom = (members: readonly Member[], rule: BodyRule, day: CalendarDay): readonly Department[] =>
  rule.mix.filter((department) => !members.some((member) => member.department === department && sits(member, day)));

/**
 * May this person act for the body on this day, as a member or as its lead? Pure.
 *
 * @param members every term of the body at the authority that handles the clue
 */
export function decideMembership(members: readonly Member[], body: Body, rule: BodyRule, accountId: AccountId, day: CalendarDay, as: 'member' | 'lead'): Refusal | undefined {
  const name = { body: BODIES[body].zh, bodyEn: BODIES[body].en };
  const now = members.filter((member) => sits(member, day));
  if (now.length === 0) return refuse('REVIEW-060', { args: name, basis: rule.basis });
  const missing = missingFrom(now, rule, day);
  if (missing.length > 0) return refuse('REVIEW-065', { args: name, basis: rule.basis, missing: missing.map((d) => `${DEPARTMENTS[d].zh}人员`), missingEn: missing.map((d) => DEPARTMENTS[d].en) });
  const own = now.filter((member) => member.accountId === accountId);
  if (own.length === 0) return refuse('REVIEW-061', { args: { ...name, day }, basis: rule.basis });
  return as === 'lead' && !own.some((member) => member.lead) ? refuse('REVIEW-062', { args: name, basis: rule.basis }) : undefined;
}

/** A seat that is asked for: a member before he has one. */
export type Admission = Omit<Member, 'memberId' | 'authorityId'>;

const overlap = (a: Pick<Member, 'fromDay' | 'toDay'>, b: Pick<Member, 'fromDay' | 'toDay'>): boolean =>
  (a.toDay === null || a.toDay >= b.fromDay) && (b.toDay === null || b.toDay >= a.fromDay);

/** May this person be given a seat? A branch office has no body of its own; the lead comes from the department the text names. Pure. */
export function decideAdmission(authority: Pick<Authority, 'level'>, roles: readonly Role[], rule: BodyRule, members: readonly Member[], seat: Admission): Refusal | undefined {
  const { zh, en, lead, members: roleList } = BODIES[seat.body];
  const name = { body: zh, bodyEn: en };
  if (authority.level === 'branch') return refuse('REVIEW-063', { basis: rule.basis });
  if (seat.toDay !== null && seat.toDay < seat.fromDay) return refuse('REVIEW-064', { field: 'toDay' });
  const wanted: readonly Role[] = seat.lead ? lead : roleList;
  if (!roles.some((role) => wanted.includes(role))) {
    return refuse('REVIEW-066', { args: { ...name, roles: wanted.map((role) => ROLES[role].zh).join('、'), rolesEn: wanted.map((role) => ROLES[role].en).join(', ') }, field: 'accountId' });
  }
  if (seat.lead && seat.department !== rule.leadDepartment) {
    const department = DEPARTMENTS[rule.leadDepartment];
    return refuse('REVIEW-067', { args: { ...name, department: department.zh, departmentEn: department.en }, basis: rule.basis, field: 'department' });
  }
  const near = members.filter((member) => overlap(member, seat));
  if (near.some((member) => member.accountId === seat.accountId)) return refuse('REVIEW-068', { field: 'accountId' });
  return seat.lead && near.some((member) => member.lead) ? refuse('REVIEW-069', { args: name, field: 'lead' }) : undefined;
}
