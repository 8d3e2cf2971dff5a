import { dayOf, ok, type AccountId, type Refusal, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { digestOfText } from '../act-leaf.ts';
import type { Actor } from '../actor.ts';
import { can, refusalFor } from '../decide-access.ts';
import { refuse } from '../errors.ts';
import { needsFactor } from '../factors/decide-factor.ts';
import { enrolledOf, requiredRoles } from '../factors/factor-state.ts';
import type { SessionDeps } from '../session-deps.ts';
import { stepUp, type Opened } from '../sign-in.ts';
import { accountOf } from '../store/accounts.ts';
import { endDelegation, findDelegation, insertDelegation } from '../store/delegations.ts';
import { checkDelegation, isInForce, type Delegation, type DelegationCommand } from './decide-delegation.ts';

/**
 * Hands roles to a colleague for a span of days: a person his own, a head or the security administrator another's.
 *
 * @returns ACCESS-004/005 not his to hand over, ACCESS-033 while deputising, and those of `checkDelegation`
 */
export async function delegate(deps: SessionDeps, actor: Actor, from: AccountId, to: AccountId, command: DelegationCommand): Promise<Result<Delegation>> {
  // What was handed over is not handed on.
  if (actor.behalf !== undefined) return refuse('ACCESS-033');
  const delegationId = newId('dlg');
  return transact<Result<Delegation>>(deps.db, async (tx) => {
    const [giver, taker] = [await accountOf(tx, from), await accountOf(tx, to)];
    if (giver === undefined || taker === undefined) return refuse('ACCESS-005', { field: giver === undefined ? 'from' : 'to' });
    const no = refusalFor(actor, from === actor.accountId ? 'access.delegate' : 'access.delegate-for', giver) ?? checkDelegation(command, giver, taker, dayOf(deps.clock.now()));
    if (no !== undefined) return no;
    const { roles, firstDay, lastDay } = command;
    const delegation: Delegation = { delegationId, from, to, roles, firstDay, lastDay, reason: command.reason.trim(), madeAt: deps.clock.now(), madeBy: actor.accountId, withdrawnAt: null };
    await insertDelegation(tx, delegation);
    await deps.seal(tx, { t: 'role', ref: delegationId, act: 'delegate', actor: actor.accountId, from, to, roles, first: firstDay, last: lastDay, reason: digestOfText(command.reason) });
    return ok(delegation);
  });
}

/** Ends a delegation at once, by either of the two, a head or the security administrator. ACCESS-005, ACCESS-035 when it has ended. */
export async function withdrawDelegation(deps: SessionDeps, actor: Actor, delegationId: string): Promise<Result<null>> {
  return transact<Result<null>>(deps.db, async (tx) => {
    const found = await findDelegation(tx, delegationId);
    if (found === undefined || !(await mayEnd(tx, actor, found))) return refuse('ACCESS-005');
    const over = dayOf(deps.clock.now()) > found.lastDay;
    if (over || !(await endDelegation(tx, delegationId, actor.accountId, deps.clock.now()))) return refuse('ACCESS-035');
    await deps.seal(tx, { t: 'role', ref: delegationId, act: 'withdraw', actor: actor.accountId, from: found.from, to: found.to });
    return ok(null);
  });
}

async function mayEnd(tx: Tx, actor: Actor, { from, to }: Delegation): Promise<boolean> {
  if (actor.accountId === from || actor.accountId === to) return true;
  const giver = await accountOf(tx, from);
  return giver !== undefined && actor.behalf === undefined && can(actor, 'access.delegate-for', giver);
}

/**
 * Begins to act for another, or for himself again with `null`; the session goes on under a new token (sec:X19).
 *
 * @returns ACCESS-005 not his, ACCESS-035 not in force, ACCESS-015 the role wants a second factor he has not enrolled
 */
export async function actFor(deps: SessionDeps, token: string, accountId: AccountId, source: string, delegationId: string | null): Promise<Result<Opened>> {
  const no = delegationId === null ? undefined : await cannotActUnder(deps, accountId, delegationId);
  return no ?? stepUp(deps, token, accountId, source, delegationId ?? undefined);
}

async function cannotActUnder(deps: SessionDeps, accountId: AccountId, delegationId: string): Promise<Refusal | undefined> {
  const found = await findDelegation(deps.db, delegationId);
  if (found === undefined || found.to !== accountId) return refuse('ACCESS-005');
  if (!isInForce(found, dayOf(deps.clock.now()))) return refuse('ACCESS-035');
  const { totp, passkeys } = await enrolledOf(deps.db, accountId);
  return needsFactor(found.roles, await requiredRoles(deps)) && !totp && passkeys === 0 ? refuse('ACCESS-015') : undefined;
}
