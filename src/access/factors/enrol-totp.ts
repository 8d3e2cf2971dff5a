import { randomBytes } from 'node:crypto';
import { ok, type AccountId, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from '../errors.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import { accountOf } from '../store/accounts.ts';
import type { Site } from '../site.ts';
import { acceptStep, insertTotp, removeTotp, totpOf } from '../store/factors.ts';
import { proveFactor, type Proof } from './prove-factor.ts';
import { issueRecoveryCodes } from './recovery-codes.ts';
import { base32, stepOfCode, totpUri } from './totp.ts';

const ISSUER = '明鉴';
/** RFC 4226 4 R6 recommends 160 bits. */
const SECRET_BYTES = 20;

/** Begins an enrolment: a new secret, as text and as the address an app reads. ACCESS-016 when one is enrolled. An unconfirmed one is replaced. */
export async function beginTotp(deps: SessionDeps, accountId: AccountId): Promise<Result<{ secret: string; uri: string }>> {
  const account = await accountOf(deps.db, accountId);
  if (account === undefined) return refuse('ACCESS-005');
  const secret = randomBytes(SECRET_BYTES);
  const now = sessionNow(deps);
  return transact<Result<{ secret: string; uri: string }>>(deps.db, async (tx) => {
    const before = await totpOf(tx, accountId);
    if (before !== undefined && before.confirmedAt !== null) return refuse('ACCESS-016');
    await removeTotp(tx, accountId, accountId, now);
    await insertTotp(tx, newId('fac'), accountId, deps.box().seal(secret, accountId), now);
    return ok({ secret: base32(secret), uri: totpUri(ISSUER, account.login, secret) });
  });
}

/** Confirms an enrolment by the first code of the app, and gives out the recovery codes, once. ACCESS-013 wrong code, ACCESS-018 nothing waits. */
export async function confirmTotp(deps: SessionDeps, accountId: AccountId, code: string): Promise<Result<{ recoveryCodes: string[] }>> {
  const now = sessionNow(deps);
  return transact<Result<{ recoveryCodes: string[] }>>(deps.db, async (tx) => {
    const row = await totpOf(tx, accountId);
    if (row === undefined || row.confirmedAt !== null) return refuse('ACCESS-018');
    const step = stepOfCode(deps.box().open(row.secret, accountId), code, now);
    if (step === undefined) return refuse('ACCESS-013', { field: 'code' });
    await acceptStep(tx, accountId, row.factorId, step, now);
    return ok({ recoveryCodes: await issueRecoveryCodes(tx, accountId, now) });
  });
}

/** A new set of recovery codes against a factor; the older set is void. Refusals of `proveFactor`. */
export async function renewRecoveryCodes(deps: SessionDeps, accountId: AccountId, proof: Proof, site: Site): Promise<Result<{ recoveryCodes: string[] }>> {
  const proved = await proveFactor(deps, accountId, proof, site);
  if (!proved.ok) return proved;
  return ok({ recoveryCodes: await transact(deps.db, (tx) => issueRecoveryCodes(tx, accountId, sessionNow(deps))) });
}
