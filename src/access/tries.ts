import { transact, type Tx } from '#platform/db';
import { afterFailure, isLocked, TRIES } from './session.ts';
import { sessionNow, type SessionDeps } from './session-deps.ts';
import { attemptsOf, keepAttempts, lockKey } from './store/sessions.ts';

type Clocks = Pick<SessionDeps, 'db' | 'clock' | 'sessionClock'>;
/** Keys a try is counted under and how many each allows, always locked in this order. */
export type TryKeys = readonly (readonly [key: string, limit: number])[];

/** The name typed and where it came from. */
export const signInTries = (login: string, source: string): TryKeys => [...ownTries(login), [`source:${source}`, TRIES.source]];
/** The name alone: tries of a person who is signed in already. */
export const ownTries = (login: string): TryKeys => [[`login:${login.toLowerCase()}`, TRIES.login]];

/** Counts a try before it is judged, so that many at once share one count; false when a key is locked. */
export async function countTry(deps: Clocks, keys: TryKeys): Promise<boolean> {
  return transact(deps.db, async (tx) => {
    const now = sessionNow(deps);
    for (const [key] of keys) await lockKey(tx, key);
    const counted = await Promise.all(keys.map(async ([key, limit]) => ({ key, limit, attempts: await attemptsOf(tx, key) })));
    if (counted.some(({ attempts }) => isLocked(attempts, now))) return false;
    for (const { key, limit, attempts } of counted) await keepAttempts(tx, key, afterFailure(attempts, limit, now));
    return true;
  });
}

/** Whoever proved himself starts anew. */
export async function clearTries(tx: Tx, deps: Clocks, keys: TryKeys): Promise<void> {
  for (const [key] of keys) {
    await lockKey(tx, key);
    await keepAttempts(tx, key, { failures: 0, firstAt: sessionNow(deps), lockedUntil: null });
  }
}
