import {
  agentByLogin, findGrant, insertGrant, insertWithdrawal, inviteAgent, refusalFor, refuseAccess, type Actor, type AgentActName, type AgentGrant,
} from '#access';
import { appendLeaf } from '#evidence';
import { addMonths, dayOf, ok, type AccountId, type CalendarDay, type Clock, type Result, type UnitId } from '#kernel';
import { transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from '../errors.ts';
import { partyOf, type StoredRegistry } from '../open-registry.ts';

export interface AgentDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: { current(): StoredRegistry };
}

export interface AgentCommand {
  readonly login: string;
  /** Given when the person has no account yet: one is made, and a one-time code comes back. */
  readonly invite?: { readonly name: string } | undefined;
  readonly company: string;
  readonly outfalls: readonly string[];
  readonly acts: readonly AgentActName[];
  readonly from: CalendarDay;
  readonly until: CalendarDay;
}

/** Longer contracts are authorised anew: a forgotten authorisation must end by itself. */
const MOST_MONTHS = 24;

function checked(registry: StoredRegistry, unitId: UnitId, command: AgentCommand, today: CalendarDay): Result<true> {
  const own = new Set<string>(registry.outfallsOf(unitId).map((outfall) => outfall.outfall));
  if (command.outfalls.some((outfall) => !own.has(outfall))) return refuse('REGISTER-003', { field: 'outfalls' });
  if (command.until < command.from || command.until < today) return refuse('REGISTER-011', { field: 'until' });
  return command.until > addMonths(command.from, MOST_MONTHS) ? refuse('REGISTER-012', { field: 'until' }) : ok(true);
}

async function personOf(tx: Tx, deps: AgentDeps, command: AgentCommand, unitId: UnitId, by: AccountId): Promise<Result<{ accountId: AccountId; code: string | null }>> {
  if (command.invite !== undefined) {
    const region = partyOf(deps.registry.current(), unitId)?.region;
    if (region === undefined) return refuse('REGISTER-002');
    return inviteAgent(tx, { login: command.login, name: command.invite.name, company: command.company, region }, by, deps.clock.now());
  }
  const found = await agentByLogin(tx, command.login);
  return found === undefined || found.accountId === by ? refuseAccess('ACCESS-051', { field: 'login' }) : ok({ accountId: found.accountId, code: null });
}

/**
 * A unit's administrator lets a person of a third party act for it: named outfalls, named acts, first to last day. The
 * unit goes on answering for its data (排污许可管理条例 第十九条). `code` is told once, for a person who was invited.
 */
export async function authoriseAgent(deps: AgentDeps, actor: Actor, command: AgentCommand): Promise<Result<{ grantId: string; code: string | null }>> {
  const { unitId } = actor;
  const no = refusalFor(actor, 'agent.authorise', { unitId });
  if (no !== undefined || unitId === undefined) return no ?? refuse('REGISTER-002');
  const now = deps.clock.now();
  const wrong = checked(deps.registry.current(), unitId, command, dayOf(now));
  if (!wrong.ok) return wrong;
  return transact(deps.db, async (tx) => {
    const person = await personOf(tx, deps, command, unitId, actor.accountId);
    if (!person.ok) return person;
    const { accountId, code } = person.value;
    const grantId = newId('agt');
    const { company, outfalls, acts, from, until } = command;
    await insertGrant(tx, { grantId, accountId, unitId, company, outfalls, acts, from, until, grantedBy: actor.accountId, grantedAt: now });
    await appendLeaf(tx, deps.clock, { t: 'role', ref: grantId, act: 'authorise', unit: unitId, agent: accountId, by: actor.accountId, outfalls: [...outfalls], acts: [...acts], from, until });
    return ok({ grantId, code });
  });
}

/** Takes an authorisation back; the agent's next request is refused already. REGISTER-013 unknown, REGISTER-014 over before. */
export async function withdrawAgent(deps: AgentDeps, actor: Actor, grantId: string, reason: string): Promise<Result<AgentGrant>> {
  return transact(deps.db, async (tx) => {
    const grant = await findGrant(tx, grantId);
    if (grant === undefined || refusalFor(actor, 'agent.authorise', grant) !== undefined) return refuse('REGISTER-013');
    const now = deps.clock.now();
    if (grant.until < dayOf(now) || !(await insertWithdrawal(tx, grantId, actor.accountId, now, reason))) return refuse('REGISTER-014');
    await appendLeaf(tx, deps.clock, { t: 'role', ref: grantId, act: 'withdraw', unit: grant.unitId, agent: grant.accountId, by: actor.accountId });
    return ok({ ...grant, withdrawnAt: now, withdrawnBy: actor.accountId, reason });
  });
}
