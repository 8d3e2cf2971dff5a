import { conflictOf, personsOf, refusalFor, refuseAccess, type Actor, type Duty } from '#access';
import type { Refusal } from '#kernel';
import type { CaseCommand } from './commands/index.ts';
import { refuse } from './errors.ts';
import type { PastAct, PenaltyCase } from './penalty-case.ts';
import type { Transition } from './transitions/transition.ts';

/** Steps an investigator may take without being one of the two officers yet. */
const OPEN_TO_NEW_OFFICERS: readonly CaseCommand['kind'][] = ['PROPOSE_FILING', 'ASSIGN_OFFICERS'];

/** What the party does by its own account; who has none says it to an officer, who takes it down. */
const PARTYS_OWN: readonly Transition['actor'][] = ['case.defend', 'case.pay'];

type Duties = Parameters<typeof conflictOf>[0];

/** The case's history in the words of `access`; duties are those of its own table. */
const history = (duties: readonly PastAct[]): Duties => duties as Duties;

export const isPlatform = (actor: Actor): boolean => actor.accountId === 'platform';

/**
 * May this person take this step in this matter? Permission and jurisdiction, then separation of duties from the
 * history of clue, review and case together, then the two officers of the case, then the certificate.
 */
export function checkActor(state: PenaltyCase, row: Transition, actor: Actor): Refusal | undefined {
  if (row.actor === 'SYSTEM') return isPlatform(actor) ? undefined : refuse('CASE-005', { basis: row.article });
  const recorded = state.person !== undefined && PARTYS_OWN.includes(row.actor);
  const denied = refusalFor(actor, recorded ? 'case.record-for-person' : row.actor, { unitId: state.unitId, authorityId: state.authorityId });
  if (denied !== undefined) return denied;
  // A person who declared an interest is out of the case whatever the step (处罚法 第四十三条).
  const conflict = conflictOf(history(state.duties), actor, (recorded ? 'investigator' : (row.duty ?? 'interested')) as Duty);
  if (conflict !== undefined) return conflict;
  if (row.actor === 'case.host-hearing' && row.track === 'MAIN' && state.hearing?.hostId !== actor.accountId) return refuse('CASE-010');
  return recorded || row.duty === 'investigator' ? checkOfficer(state, row, actor) : undefined;
}

function checkOfficer(state: PenaltyCase, row: Transition, actor: Actor): Refusal | undefined {
  const own = state.officers.some((o) => personsOf(actor).includes(o.accountId));
  if (!own && !OPEN_TO_NEW_OFFICERS.includes(row.command)) return refuse('CASE-008');
  return actor.certificate === undefined ? refuseAccess('ACCESS-012') : undefined;
}

/** Would a named person, e.g. the second officer or the hearing host, hold two duties that must be apart? */
export const conflictOfNamed = (state: PenaltyCase, accountId: Actor['accountId'], duty: Duty): Refusal | undefined =>
  conflictOf(history(state.duties), { accountId }, duty);
