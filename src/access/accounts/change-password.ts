import { ok, type Refusal, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from '../errors.ts';
import { stageAfterPassword } from '../factors/decide-factor.ts';
import { enrolledOf, requiredRoles } from '../factors/factor-state.ts';
import { hashPassword, passwordMatches } from '../password.ts';
import type { Stage } from '../session.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import { isShut, openSession, tokenHash, type Opened } from '../sign-in.ts';
import { accountOf, lockAccount, pastPasswords, setPasswordHash, type Account } from '../store/accounts.ts';
import { endSession, endSessionsOf } from '../store/sessions.ts';
import { clearTries, countTry, ownTries } from '../tries.ts';
import { passwordRefusal, REMEMBERED_PASSWORDS } from './decide-password.ts';

/** Who changes the own password, in which session, and from where. */
export interface OwnSession {
  readonly token: string;
  readonly accountId: Account['accountId'];
  readonly stage: Stage;
  readonly source: string;
}

async function isReused(deps: SessionDeps, account: Account, password: string): Promise<boolean> {
  const hashes = [account.passwordHash, ...(await pastPasswords(deps.db, account.accountId, REMEMBERED_PASSWORDS))];
  // One after another: a try takes 16 MB, and ingest shares the cores.
  for (const hash of hashes) if (await passwordMatches(password, hash)) return true;
  return false;
}

/** The present password, asked and counted as at the door; what the new one lacks. */
async function changeRefusal(deps: SessionDeps, account: Account, current: string, password: string): Promise<Refusal | undefined> {
  const keys = ownTries(account.login);
  if (!(await countTry(deps, keys))) return refuse('ACCESS-003');
  if (!(await passwordMatches(current, account.passwordHash))) return refuse('ACCESS-061', { field: 'current' });
  await transact(deps.db, (tx) => clearTries(tx, deps, keys));
  return passwordRefusal(password, account.login) ?? ((await isReused(deps, account, password)) ? refuse('ACCESS-060', { field: 'password' }) : undefined);
}

/**
 * A person's own new password, against the present one; every other session of the account ends. A session that waited for it goes
 * on to the factor the person owes, or is full, under a new token.
 *
 * @returns the session to go on with; ACCESS-003 locked, ACCESS-006, ACCESS-061 wrong present password, ACCESS-060 used before, refusals of `passwordRefusal`
 */
export async function changePassword(deps: SessionDeps, own: OwnSession, current: string, password: string): Promise<Result<Pick<Opened, 'token' | 'stage'>>> {
  const account = await accountOf(deps.db, own.accountId);
  if (account === undefined || isShut(deps, account)) return refuse('ACCESS-006');
  const no = await changeRefusal(deps, account, current, password);
  if (no !== undefined) return no;
  const hash = await hashPassword(password);
  const owed = own.stage === 'full' ? 'full' : stageAfterPassword(await enrolledOf(deps.db, own.accountId), account.roles, await requiredRoles(deps));
  return transact<Result<Pick<Opened, 'token' | 'stage'>>>(deps.db, async (tx) => {
    const now = sessionNow(deps);
    // Somebody who changed it while this one was judged proved the same present password.
    if ((await lockAccount(tx, account))?.passwordHash !== account.passwordHash) return refuse('ACCESS-061', { field: 'current' });
    await setPasswordHash(tx, own.accountId, { hash, due: false, at: deps.clock.now() });
    await endSessionsOf(tx, own.accountId, 'password-changed', now, tokenHash(own.token));
    const waited = own.stage !== 'full';
    if (waited) await endSession(tx, tokenHash(own.token), 'stepped-up', now);
    const token = waited ? await openSession(tx, deps, account, own.source, owed) : own.token;
    await deps.seal(tx, { t: 'role', ref: newId('kpa'), act: 'password', actor: own.accountId, account: own.accountId });
    return ok({ token, stage: owed });
  });
}

