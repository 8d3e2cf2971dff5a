import { ok, type AccountId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { refuse } from '../errors.ts';
import { afterFailure, isLocked, TRIES } from '../session.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import type { Site } from '../site.ts';
import { acceptStep, totpOf, useRecoveryCode } from '../store/factors.ts';
import { attemptsOf, keepAttempts, lockKey } from '../store/sessions.ts';
import { acceptAssertion, type Assertion } from './passkey.ts';
import { recoveryHash } from './recovery-codes.ts';
import { stepOfCode, TOTP } from './totp.ts';

/** What a person shows as second factor: a code of the app, a recovery code, or the answer of a passkey. */
export type Proof = { readonly code: string } | { readonly assertion: Assertion };

const APP_CODE = new RegExp(`^\\d{${TOTP.digits}}$`);

async function acceptCode(tx: Tx, deps: SessionDeps, accountId: AccountId, code: string): Promise<Result<null>> {
  const now = sessionNow(deps);
  if (!APP_CODE.test(code)) return (await useRecoveryCode(tx, accountId, recoveryHash(accountId, code), now)) ? ok(null) : refuse('ACCESS-013', { field: 'code' });
  const row = await totpOf(tx, accountId);
  const step = row === undefined || row.confirmedAt === null ? undefined : stepOfCode(deps.box().open(row.secret, accountId), code, now);
  if (row === undefined || step === undefined) return refuse('ACCESS-013', { field: 'code' });
  if (step <= row.lastStep) return refuse('ACCESS-014', { field: 'code' });
  await acceptStep(tx, accountId, row.factorId, step, now);
  return ok(null);
}

/**
 * Accepts a second factor; each code and each challenge counts once (RFC 6238 5.2; Web Authentication 13.4.3).
 *
 * @returns ACCESS-013 wrong code, ACCESS-014 used before, ACCESS-022 to 024 of passkeys, ACCESS-003 after five failures within fifteen minutes
 */
export async function proveFactor(deps: SessionDeps, accountId: AccountId, proof: Proof, site: Site): Promise<Result<null>> {
  const key = `factor:${accountId}`;
  // A failure is counted and its challenge spent, so it must not roll back: the answer travels inside.
  const { answer } = await transact(deps.db, async (tx): Promise<{ answer: Result<null> }> => {
    await lockKey(tx, key);
    const attempts = await attemptsOf(tx, key);
    const now = sessionNow(deps);
    if (isLocked(attempts, now)) return { answer: refuse('ACCESS-003') };
    const judged = 'code' in proof ? await acceptCode(tx, deps, accountId, proof.code.trim()) : await acceptAssertion(tx, deps, accountId, proof.assertion, site);
    await keepAttempts(tx, key, judged.ok ? { failures: 0, firstAt: now, lockedUntil: null } : afterFailure(attempts, TRIES.login, now));
    return { answer: judged };
  });
  return answer;
}
