import { accountsOf, allAuthorities, areaOf, visibilityOf, type Actor } from '#access';
import { dayOf, type CalendarDay, type RegionKey } from '#kernel';
import { DEPARTMENTS, type Law } from '#law';
import { ruleOfBody } from './check-member.ts';
import { missingFrom, sits } from './decide-membership.ts';
import { bodiesIn, BODIES } from '../clue/decide-route.ts';
import type { ReviewDeps } from '../ports.ts';
import { membersSeen, type Member } from '../store/members.ts';

const named = (law: Law, region: RegionKey, day: CalendarDay, body: Member['body']) => {
  const rule = ruleOfBody(law, region, body, day);
  return { rule, leadDepartment: rule.leadDepartment, basis: rule.basis, zh: BODIES[body].zh, en: BODIES[body].en };
};

/** The bodies each province and city authority of the actor's area must have by its region, with everybody who ever sat in them. */
export async function showBodies(deps: ReviewDeps, actor: Actor) {
  const day = dayOf(deps.clock.now());
  const area = areaOf(actor);
  const authorities = (await allAuthorities(deps.db)).filter((one) => one.level !== 'branch' && area.includes(one.authorityId));
  const members = await membersSeen(deps.db, visibilityOf(actor, 'group.read'));
  const people = await accountsOf(deps.db, [...new Set(members.map((member) => member.accountId))]);
  return authorities.flatMap((authority) =>
    bodiesIn(deps.law, authority.region, day).map((body) => {
      const own = members.filter((member) => member.authorityId === authority.authorityId && member.body === body);
      const { rule, ...words } = named(deps.law, authority.region, day, body);
      return {
        authorityId: authority.authorityId, authority: { zh: authority.nameZh, en: authority.nameEn }, body, ...words,
        missing: missingFrom(own, rule, day).map((department) => ({ zh: DEPARTMENTS[department].zh, en: DEPARTMENTS[department].en })),
        hasLead: own.some((member) => member.lead && sits(member, day)),
        members: own.map((member) => ({
          memberId: member.memberId, accountId: member.accountId, name: people.find((one) => one.accountId === member.accountId)?.name ?? member.accountId,
          department: member.department, departmentName: { zh: DEPARTMENTS[member.department].zh, en: DEPARTMENTS[member.department].en }, lead: member.lead,
          fromDay: member.fromDay, toDay: member.toDay, sits: sits(member, day),
        })),
      };
    }));
}
