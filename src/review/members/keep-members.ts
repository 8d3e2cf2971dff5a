import { accountOf, allAuthorities, areaUnder, behalfOf, refusalFor, type Actor } from '#access';
import { appendLeaf } from '#evidence';
import { addDays, asId, calendarDay, dayOf, ok, type AccountId, type AuthorityId, type CalendarDay, type Result } from '#kernel';
import { transact, type Database } from '#platform/db';
import { newId } from '#platform/ids';
import { ruleOfBody } from './check-member.ts';
import { decideAdmission, sits, type Admission } from './decide-membership.ts';
import type { Body } from '../clue/decide-route.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { endTerm, findMember, insertMember, membersOf, type Member } from '../store/members.ts';

export interface SeatCommand extends Admission {
  readonly authorityId: AuthorityId;
}

/** Gives a person a seat in a body of a province or city authority, for a term (江苏办法 第七条). */
export async function addMember(deps: ReviewDeps, actor: Actor, command: SeatCommand): Promise<Result<Member>> {
  const no = refusalFor(actor, 'group.keep', command);
  if (no !== undefined) return no;
  return transact<Result<Member>>(deps.db, async (tx) => {
    const authorities = await allAuthorities(tx);
    const authority = authorities.find((one) => one.authorityId === command.authorityId);
    const account = await accountOf(tx, command.accountId);
    if (authority === undefined || account === undefined || account.authorityId === null || account.disabledAt !== null) return refuse('REVIEW-051', { field: 'accountId' });
    const now = deps.clock.now();
    const rule = ruleOfBody(deps.law, authority.region, command.body, dayOf(now));
    const seated = await membersOf(tx, command.authorityId, command.body, true);
    const against = decideAdmission(authority, account.roles, rule, seated, command);
    if (against !== undefined) return against;
    if (!areaUnder(authorities, authority.authorityId).includes(account.authorityId)) return refuse('REVIEW-051', { field: 'accountId' });
    const { authorityId, body, accountId, department, lead, fromDay, toDay } = command;
    const member: Member = { memberId: newId('mbr'), authorityId, body, accountId, department, lead, fromDay, toDay };
    await insertMember(tx, member, actor.accountId, now);
    await appendLeaf(tx, deps.clock, { t: 'review', ref: member.memberId, act: 'seat', state: body, actor: actor.accountId, ...behalfOf(actor), member: accountId, from: fromDay, ...(toDay === null ? {} : { to: toDay }) });
    return ok(member);
  });
}

/** Ends a term with its last day: today, or a later one. What the person did until then stands. */
export async function endMember(deps: ReviewDeps, actor: Actor, memberId: string, last?: CalendarDay): Promise<Result<Member>> {
  return transact<Result<Member>>(deps.db, async (tx) => {
    const member = await findMember(tx, memberId);
    if (member === undefined) return refuse('REVIEW-070');
    const no = refusalFor(actor, 'group.keep', member);
    if (no !== undefined) return no;
    const now = deps.clock.now();
    const today = dayOf(now);
    const lastDay = last ?? today;
    if (!sits(member, today) || lastDay < addDays(today, -1) || lastDay < member.fromDay) return refuse('REVIEW-064', { field: 'lastDay' });
    await endTerm(tx, memberId, lastDay, actor.accountId, now);
    await appendLeaf(tx, deps.clock, { t: 'review', ref: memberId, act: 'unseat', state: member.body, actor: actor.accountId, ...behalfOf(actor), to: lastDay });
    return ok({ ...member, toDay: lastDay });
  });
}

const SEATS: readonly (readonly [login: string, body: Body, department: Member['department'], lead: boolean])[] = [
  ['panel-lead', 'PANEL', 'CONTROL', true],
  ['panel', 'PANEL', 'AIR', false],
  ['review-lead', 'REVIEW', 'ENFORCEMENT', true],
  ['review-tech', 'REVIEW', 'MONITORING', false],
  ['review-tech2', 'REVIEW', 'WATER', false],
  ['review-legal', 'REVIEW', 'LEGAL', false],
  ['review-lead', 'TEAM', 'ENFORCEMENT', true],
  ['panel', 'TEAM', 'MONITORING', false],
  ['panel-lead', 'TEAM', 'IT', false],
  ['review-tech', 'TEAM', 'MONITORING', false],
  ['review-tech2', 'TEAM', 'IT', false],
  ['review-legal', 'TEAM', 'LEGAL', false],
  ['monitor-lead', 'CONTROL', 'CONTROL', true],
  ['monitor', 'CONTROL', 'CONTROL', false],
  ['monitor2', 'CONTROL', 'CONTROL', false],
  ['monitor3', 'CONTROL', 'CONTROL', false],
  ['review-legal', 'CONTROL', 'LEGAL', false],
  ['lab-lead', 'LAB', 'MONITORING', true],
  ['lab', 'LAB', 'MONITORING', false],
  ['lab2', 'LAB', 'MONITORING', false],
  ['review-legal', 'LAB', 'LEGAL', false],
];

/** Seats the demonstration's people in every body, whichever its region uses. Called with `--demo` only; calling it again changes nothing. */
export async function seatDemoPeople(deps: Pick<ReviewDeps, 'clock'> & { readonly db: Database }, authorityId: AuthorityId): Promise<void> {
  await transact(deps.db, async (tx) => {
    for (const [login, body, department, lead] of SEATS) {
      const member: Member = {
        memberId: `demo-${body}-${login}`, authorityId, body, accountId: asId<AccountId>(`demo-${login}`), department, lead, fromDay: calendarDay('2024-01-01'), toDay: null,
      };
      await insertMember(tx, member, asId<AccountId>('platform'), deps.clock.now());
    }
  });
}
