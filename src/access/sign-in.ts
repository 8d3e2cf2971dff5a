import { createHash } from 'node:crypto';
import { asId, dayOf, ok, type AccountId, type Clock, type Refusal, type Result } from '#kernel';
import { transact, type Database } from '#platform/db';
import { newToken } from '#platform/ids';
import type { Actor } from './actor.ts';
import { areaUnder } from './authority.ts';
import { refuse } from './errors.ts';
import { passwordMatches } from './password.ts';
import { ROLES } from './roles.ts';
import { afterFailure, isAlive, isLocked, TRIES } from './session.ts';
import { accountByLogin, accountOf, allAuthorities, type Account } from './store/accounts.ts';
import { attemptsOf, endSession, endSessionsOf, findSession, insertSession, keepAttempts, lockKey, touchSession } from './store/sessions.ts';

export interface SessionDeps {
  readonly db: Database;
  /** The platform's clock: it says which certificates are valid today. */
  readonly clock: Clock;
  /** Time of sessions and locks, where it differs: moving a demonstration's clock must not sign people out. */
  readonly sessionClock?: Clock;
  /** Several sign-ins of one demonstration account may live side by side: the cast and a visitor share it. */
  readonly manySessions?: boolean;
}

const sessionNow = (deps: SessionDeps) => (deps.sessionClock ?? deps.clock).now();

export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Person and rights as of now; the certificate counts only on days it is valid (处罚法 第四十二条). */
export async function actorOf(deps: SessionDeps, account: Account): Promise<Actor> {
  const { accountId, name, roles, region, certificate } = account;
  const today = dayOf(deps.clock.now());
  const valid = certificate !== null && certificate.from <= today && today <= certificate.to;
  const own = { accountId, name, roles, region, ...(valid ? { certificate: certificate.number } : {}) };
  if (account.unitId !== null) return { ...own, unitId: account.unitId };
  if (account.authorityId === null) return own;
  const area = areaUnder(await allAuthorities(deps.db), account.authorityId);
  return { ...own, authorityId: account.authorityId, area };
}

async function countFailure(deps: SessionDeps, keys: readonly [string, number][]): Promise<void> {
  await transact(deps.db, async (tx) => {
    for (const [key, limit] of keys) {
      await lockKey(tx, key);
      await keepAttempts(tx, key, afterFailure(await attemptsOf(tx, key), limit, sessionNow(deps)));
    }
  });
}

/**
 * Opens a session. Wrong name and wrong password are told apart by neither words nor time.
 *
 * @returns the cookie's token and the actor; ACCESS-002 wrong pair, ACCESS-003 locked
 */
export async function signIn(
  deps: SessionDeps,
  login: string,
  password: string,
  source: string,
): Promise<Result<{ token: string; actor: Actor }>> {
  const keys: [string, number][] = [[`login:${login.toLowerCase()}`, TRIES.login], [`source:${source}`, TRIES.source]];
  const now = sessionNow(deps);
  const locks = await Promise.all(keys.map(([key]) => attemptsOf(deps.db, key)));
  const account = await accountByLogin(deps.db, login);
  const right = await passwordMatches(password, account?.passwordHash);
  if (locks.some((attempts) => isLocked(attempts, now))) return refuse('ACCESS-003');
  if (account === undefined || !right || account.disabledAt !== null) {
    await countFailure(deps, keys);
    return refuse('ACCESS-002');
  }
  const token = newToken();
  const official = account.roles.some((role) => ROLES[role].side === 'official' || ROLES[role].side === 'steward');
  await transact(deps.db, async (tx) => {
    if (official && deps.manySessions !== true) await endSessionsOf(tx, account.accountId, 'newer-sign-in', now);
    await insertSession(tx, tokenHash(token), account.accountId, source, now);
    await keepAttempts(tx, `login:${login.toLowerCase()}`, { failures: 0, firstAt: now, lockedUntil: null });
  });
  return ok({ token, actor: await actorOf(deps, account) });
}

/** The actor of a cookie, or ACCESS-006 when the session is unknown, ended, idle too long or too old. */
export async function resume(deps: SessionDeps, token: string): Promise<Actor | Refusal> {
  const hash = tokenHash(token);
  const now = sessionNow(deps);
  const session = await findSession(deps.db, hash);
  if (session === undefined) return refuse('ACCESS-006');
  if (!isAlive(session, now)) {
    await endSession(deps.db, hash, 'expired', now);
    return refuse('ACCESS-006');
  }
  const account = await accountOf(deps.db, asId<AccountId>(session.accountId));
  if (account === undefined || account.disabledAt !== null) return refuse('ACCESS-006');
  // A row write per request would be waste: the idle limit is 30 minutes, 30 seconds of grain are enough.
  if (now - session.seenAt > 30_000) await touchSession(deps.db, hash, now);
  return actorOf(deps, account);
}

export async function signOut(deps: SessionDeps, token: string): Promise<void> {
  await endSession(deps.db, tokenHash(token), 'signed-out', sessionNow(deps));
}

