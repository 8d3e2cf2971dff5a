import { createHash } from 'node:crypto';
import { asId, dayOf, ok, type AccountId, type Refusal, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newToken } from '#platform/ids';
import type { Actor } from './actor.ts';
import { entrustmentsOn } from './agents/agent-grant.ts';
import { areaUnder } from './authority.ts';
import { effectiveActor } from './decide-access.ts';
import { refuse } from './errors.ts';
import { stageAfterPassword } from './factors/decide-factor.ts';
import { enrolledOf, requiredRoles } from './factors/factor-state.ts';
import { passwordMatches } from './password.ts';
import { ROLES } from './roles.ts';
import { isAlive, type Stage } from './session.ts';
import { sessionNow, type SessionDeps } from './session-deps.ts';
import { accountByLogin, accountOf, allAuthorities, type Account } from './store/accounts.ts';
import { findDelegation } from './store/delegations.ts';
import { grantsOfAgent } from './store/agents.ts';
import { endSession, endSessionsOf, findSession, insertSession, touchSession } from './store/sessions.ts';
import { clearTries, countTry, signInTries } from './tries.ts';

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether an account opens no door: it was disabled, or it is of a demonstration where none runs. */
export const isShut = (deps: Pick<SessionDeps, 'demonstration'>, { disabledAt, demo }: Pick<Account, 'disabledAt' | 'demo'>): boolean =>
  disabledAt !== null || (demo && deps.demonstration === false);

/** Person and rights as of now, acting for another where a delegation is named and in force. */
export async function actorOf(deps: Pick<SessionDeps, 'db' | 'clock'>, account: Account, delegationId?: string): Promise<Actor> {
  const own = await ownActor(deps, account);
  const delegation = delegationId === undefined ? undefined : await findDelegation(deps.db, delegationId);
  const principal = delegation?.to === account.accountId ? await accountOf(deps.db, delegation.from) : undefined;
  const deputising = delegation === undefined || principal === undefined ? undefined : { delegation, principal, deputy: account };
  return effectiveActor(own, deputising, dayOf(deps.clock.now()));
}

/** The certificate counts only on days it is valid (处罚法 第四十二条). */
async function ownActor(deps: Pick<SessionDeps, 'db' | 'clock'>, account: Account): Promise<Actor> {
  const { accountId, name, roles, region, certificate } = account;
  const today = dayOf(deps.clock.now());
  const valid = certificate !== null && certificate.from <= today && today <= certificate.to;
  const own = { accountId, name, roles, region, ...(valid ? { certificate: certificate.number } : {}) };
  const entrusted = roles.includes('unit-agent') ? { entrusted: entrustmentsOn(await grantsOfAgent(deps.db, accountId), today) } : {};
  if (account.unitId !== null) return { ...own, ...entrusted, unitId: account.unitId };
  if (account.authorityId === null) return { ...own, ...entrusted };
  const area = areaUnder(await allAuthorities(deps.db), account.authorityId);
  return { ...own, authorityId: account.authorityId, area };
}

export interface Opened {
  /** Goes into the cookie. */
  readonly token: string;
  readonly actor: Actor;
  readonly stage: Stage;
}

/** A new session in the database. An official's full session ends the older ones. */
export async function openSession(tx: Tx, deps: SessionDeps, account: Pick<Account, 'accountId' | 'roles'>, source: string, stage: Stage, delegationId?: string): Promise<string> {
  const token = newToken();
  const now = sessionNow(deps);
  const official = account.roles.some((role) => ROLES[role].side === 'official' || ROLES[role].side === 'steward');
  if (stage === 'full' && official && deps.manySessions !== true) await endSessionsOf(tx, account.accountId, 'newer-sign-in', now);
  await insertSession(tx, tokenHash(token), account.accountId, source, now, stage, delegationId);
  return token;
}

/**
 * Opens a session. Wrong name and wrong password are told apart by neither words nor time. Where a password was given out by an
 * administrator the session only lets its bearer set another; where a second factor is enrolled or demanded, only bring that.
 *
 * @returns the cookie's token and the actor; ACCESS-002 wrong pair, ACCESS-003 locked
 */
export async function signIn(deps: SessionDeps, login: string, password: string, source: string): Promise<Result<Opened>> {
  const keys = signInTries(login, source);
  if (!(await countTry(deps, keys))) return refuse('ACCESS-003');
  const account = await accountByLogin(deps.db, login);
  const right = await passwordMatches(password, account?.passwordHash);
  if (account === undefined || !right || isShut(deps, account)) return refuse('ACCESS-002');
  const stage = account.passwordDue ? 'new-password' : stageAfterPassword(await enrolledOf(deps.db, account.accountId), account.roles, await requiredRoles(deps));
  const token = await transact(deps.db, async (tx) => {
    await clearTries(tx, deps, keys);
    return openSession(tx, deps, account, source, stage);
  });
  return ok({ token, actor: await actorOf(deps, account), stage });
}

/** Turns a session into a full one under a new token (sec:X19), acting for another where a delegation is named; the old token is dead. */
export async function stepUp(deps: SessionDeps, token: string, accountId: AccountId, source: string, delegationId?: string): Promise<Result<Opened>> {
  const account = await accountOf(deps.db, accountId);
  if (account === undefined || isShut(deps, account)) return refuse('ACCESS-006');
  const next = await transact(deps.db, async (tx) => {
    await endSession(tx, tokenHash(token), 'stepped-up', sessionNow(deps));
    return openSession(tx, deps, account, source, 'full', delegationId);
  });
  return ok({ token: next, actor: await actorOf(deps, account, delegationId), stage: 'full' });
}

/** Who a cookie stands for and how far the session is open, or ACCESS-006 when it is unknown, ended, idle too long or too old. */
export async function resume(deps: SessionDeps, token: string): Promise<{ readonly actor: Actor; readonly stage: Stage } | Refusal> {
  const hash = tokenHash(token);
  const now = sessionNow(deps);
  const session = await findSession(deps.db, hash);
  if (session === undefined) return refuse('ACCESS-006');
  if (!isAlive(session, now)) {
    await endSession(deps.db, hash, 'expired', now);
    return refuse('ACCESS-006');
  }
  const account = await accountOf(deps.db, asId<AccountId>(session.accountId));
  if (account === undefined || isShut(deps, account)) return refuse('ACCESS-006');
  // A row write per request would be waste: the idle limit is 30 minutes, 30 seconds of grain are enough.
  if (now - session.seenAt > 30_000) await touchSession(deps.db, hash, now);
  return { actor: await actorOf(deps, account, session.delegationId), stage: session.stage };
}

/** Ends the session of this token; nothing happens when it has ended already. */
export async function signOut(deps: SessionDeps, token: string): Promise<void> {
  await endSession(deps.db, tokenHash(token), 'signed-out', sessionNow(deps));
}

