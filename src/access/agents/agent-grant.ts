import type { AccountId, CalendarDay, Instant, UnitId } from '#kernel';
import type { Entrustment } from '../actor.ts';
import type { AgentActName } from './agent-acts.ts';

/** One authorisation of a unit; days are China Standard Time, both included. */
export interface AgentGrant {
  readonly grantId: string;
  readonly accountId: AccountId;
  readonly unitId: UnitId;
  readonly company: string;
  readonly outfalls: readonly string[];
  readonly acts: readonly AgentActName[];
  readonly from: CalendarDay;
  readonly until: CalendarDay;
  readonly grantedBy: AccountId;
  readonly grantedAt: Instant;
  readonly withdrawnAt: Instant | null;
  readonly withdrawnBy: AccountId | null;
  readonly reason: string | null;
}

/** Where an authorisation of an agent stands; computed from its days and its withdrawal, never stored. */
export type GrantState = 'COMING' | 'IN_FORCE' | 'ENDED' | 'WITHDRAWN';

/** Where an authorisation stands on a day. One that was withdrawn is over at once, whatever its last day. */
export function grantStateOn(grant: Pick<AgentGrant, 'from' | 'until' | 'withdrawnAt'>, today: CalendarDay): GrantState {
  if (grant.withdrawnAt !== null) return 'WITHDRAWN';
  if (today < grant.from) return 'COMING';
  return today > grant.until ? 'ENDED' : 'IN_FORCE';
}

/** What an agent may do today; nothing remains of a grant before its first and after its last day. */
export const entrustmentsOn = (grants: readonly AgentGrant[], today: CalendarDay): Entrustment[] =>
  grants.filter((grant) => grantStateOn(grant, today) === 'IN_FORCE').map(({ grantId, unitId, outfalls, acts }) => ({ grantId, unitId, outfalls, acts }));
