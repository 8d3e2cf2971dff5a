import { ok, type AccountId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { refuse } from '../errors.ts';
import { afterFailure, isLocked, TRIES } from '../session.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import { acceptStep, totpOf, useRecoveryCode } from '../store/factors.ts';
import { attemptsOf, keepAttempts, lockKey } from '../store/sessions.ts';
import { recoveryHash } from './recovery-codes.ts';
import { stepOfCode, TOTP } from './totp.ts';

const APP_CODE = new RegExp(`^\\d{${TOTP.digits}}$`);

async function judge(tx: Tx, deps: SessionDeps, accountId: AccountId, code: string): Promise<Result<null>> {
  const now = sessionNow(deps);
  if (!APP_CODE.test(code)) return (await useRecoveryCode(tx, accountId, recoveryHash(accountId, code), now)) ? ok(null) : refuse('ACCESS-013', { field: 'code' });
  const row = await totpOf(tx, accountId);
  const step = row === undefined || row.confirmedAt === null ? undefined : stepOfCode(deps.box().open(row.secret, accountId), code, now);
  if (row === undefined || step === undefined) return refuse('ACCESS-013', { field: 'code' });
  if (step <= row.lastStep) return refuse('ACCESS-014', { field: 'code' });
  await acceptStep(tx, row.factorId, step, now);
  return ok(null);
}

/**
 * Spends a code of the app or a recovery code: each counts once (RFC 6238 5.2).
 *
 * @returns ACCESS-013 wrong, ACCESS-014 used before, ACCESS-003 after five wrong ones within fifteen minutes
 */
export async function spendCode(deps: SessionDeps, accountId: AccountId, code: string): Promise<Result<null>> {
  const key = `factor:${accountId}`;
  // A wrong code is counted, so it must not roll back: the answer travels inside.
  const { spent } = await transact(deps.db, async (tx): Promise<{ spent: Result<null> }> => {
    await lockKey(tx, key);
    const attempts = await attemptsOf(tx, key);
    const now = sessionNow(deps);
    if (isLocked(attempts, now)) return { spent: refuse('ACCESS-003') };
    const judged = await judge(tx, deps, accountId, code.trim());
    await keepAttempts(tx, key, judged.ok ? { failures: 0, firstAt: now, lockedUntil: null } : afterFailure(attempts, TRIES.login, now));
    return { spent: judged };
  });
  return spent;
}
