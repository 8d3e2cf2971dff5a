import { randomBytes } from 'node:crypto';
import { ok, type AccountId, type Result } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from '../errors.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import { accountOf } from '../store/accounts.ts';
import { acceptStep, insertTotp, removeTotp, replaceRecoveryCodes, totpOf } from '../store/factors.ts';
import { needsFactor } from './decide-factor.ts';
import { requiredRoles } from './factor-state.ts';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';
import { spendCode } from './spend-code.ts';
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
    await acceptStep(tx, row.factorId, step, now);
    const recoveryCodes = newRecoveryCodes();
    await replaceRecoveryCodes(tx, accountId, recoveryCodes.map((each) => recoveryHash(accountId, each)), now);
    return ok({ recoveryCodes });
  });
}

/** A new set of recovery codes against a code of the app; the older set is void. ACCESS-013, ACCESS-014, ACCESS-003. */
export async function renewRecoveryCodes(deps: SessionDeps, accountId: AccountId, code: string): Promise<Result<{ recoveryCodes: string[] }>> {
  const spent = await spendCode(deps, accountId, code);
  if (!spent.ok) return spent;
  const recoveryCodes = newRecoveryCodes();
  await transact(deps.db, (tx) => replaceRecoveryCodes(tx, accountId, recoveryCodes.map((each) => recoveryHash(accountId, each)), sessionNow(deps)));
  return ok({ recoveryCodes });
}

/** Takes the app off the account against a code. ACCESS-017 when a role needs it and there is no passkey. */
export async function takeOffTotp(deps: SessionDeps, accountId: AccountId, code: string): Promise<Result<null>> {
  const account = await accountOf(deps.db, accountId);
  if (account !== undefined && needsFactor(account.roles, await requiredRoles(deps))) return refuse('ACCESS-017');
  const spent = await spendCode(deps, accountId, code);
  if (!spent.ok) return spent;
  return resetFactors(deps, accountId, accountId);
}

/** Takes every factor off an account, e.g. after a phone was lost; the next sign-in enrols anew where a role needs it. */
export async function resetFactors(deps: SessionDeps, accountId: AccountId, by: AccountId): Promise<Result<null>> {
  if ((await accountOf(deps.db, accountId)) === undefined) return refuse('ACCESS-005');
  const now = sessionNow(deps);
  await transact(deps.db, async (tx) => {
    await removeTotp(tx, accountId, by, now);
    await replaceRecoveryCodes(tx, accountId, [], now);
  });
  return ok(null);
}
