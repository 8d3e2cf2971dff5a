import type { Actor } from '#access';
import { dayOf, type AuthorityId, type CalendarDay, type Refusal, type RegionKey } from '#kernel';
import type { Law } from '#law';
import type { Database, Tx } from '#platform/db';
import { decideMembership, type BodyRule } from './decide-membership.ts';
import { basisOf, profileOf, type Body } from '../clue/decide-route.ts';
import type { ReviewDeps } from '../ports.ts';
import type { PoolClue } from '../store/clues.ts';
import { membersOf } from '../store/members.ts';

/** What the region's text asks of a body on a day. */
export function ruleOfBody(law: Law, region: RegionKey, body: Body, day: CalendarDay): BodyRule {
  const profile = profileOf(law, region, day, body);
  const lead = law.valueAt(body === 'PANEL' ? 'review.panelLead' : 'review.groupLead', profile, day);
  const mix = body === 'PANEL' ? [] : law.valueAt('review.memberMix', profile, day).value;
  return { leadDepartment: lead.value, mix, basis: basisOf(law, region, day, body) };
}

/** Refuses who has no seat today in the body that handles the clue (江苏办法 第七条); a deputy takes the seat of whom he acts for. */
export async function refuseStranger(tx: Database | Tx, deps: ReviewDeps, clue: Pick<PoolClue, 'groupId' | 'region'>, body: Body, actor: Pick<Actor, 'accountId' | 'behalf'>, as: 'member' | 'lead'): Promise<Refusal | undefined> {
  const day = dayOf(deps.clock.now());
  const rule = ruleOfBody(deps.law, clue.region, body, day);
  return decideMembership(await membersOf(tx, clue.groupId, body), body, rule, actor.behalf?.accountId ?? actor.accountId, day, as);
}

/** The person who leads the body today, when there is one. */
export async function isLead(db: Database | Tx, deps: ReviewDeps, authorityId: AuthorityId, region: RegionKey, body: Body, actor: Pick<Actor, 'accountId' | 'behalf'>): Promise<boolean> {
  return (await refuseStranger(db, deps, { groupId: authorityId, region }, body, actor, 'lead')) === undefined;
}
