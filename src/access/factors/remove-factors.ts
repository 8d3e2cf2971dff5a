import { ok, type AccountId, type Result } from '#kernel';
import { transact, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { digestOfText } from '../act-leaf.ts';
import { refuse } from '../errors.ts';
import { sessionNow, type SessionDeps } from '../session-deps.ts';
import type { Site } from '../site.ts';
import { accountOf } from '../store/accounts.ts';
import { removeTotp, replaceRecoveryCodes } from '../store/factors.ts';
import { endPasskeys, insertFactorReset } from '../store/passkeys.ts';
import { isLastFactor, needsFactor } from './decide-factor.ts';
import { enrolledOf, requiredRoles } from './factor-state.ts';
import { proveFactor, type Proof } from './prove-factor.ts';

/** Takes one factor off against any factor of the person. ACCESS-017 when a role needs one and this is the last; refusals of `proveFactor`. */
async function takeOff(deps: SessionDeps, accountId: AccountId, proof: Proof, site: Site, remove: (tx: Tx) => Promise<Result<null>>): Promise<Result<null>> {
  const account = await accountOf(deps.db, accountId);
  const needed = account !== undefined && needsFactor(account.roles, await requiredRoles(deps));
  if (needed && isLastFactor(await enrolledOf(deps.db, accountId))) return refuse('ACCESS-017');
  const proved = await proveFactor(deps, accountId, proof, site);
  if (!proved.ok) return proved;
  return transact<Result<null>>(deps.db, async (tx) => {
    const removed = await remove(tx);
    if (!removed.ok) return removed;
    const { totp, passkeys } = await enrolledOf(tx, accountId);
    // Recovery codes stand in for a factor: without one they would be a second password.
    if (!totp && passkeys === 0) await replaceRecoveryCodes(tx, accountId, [], sessionNow(deps));
    return ok(null);
  });
}

/** Takes the authenticator app off. */
export const takeOffTotp = (deps: SessionDeps, accountId: AccountId, proof: Proof, site: Site): Promise<Result<null>> =>
  takeOff(deps, accountId, proof, site, async (tx) => {
    await removeTotp(tx, accountId, accountId, sessionNow(deps));
    return ok(null);
  });

/** Takes one passkey off. ACCESS-005 when the account has no such key. */
export const takeOffPasskey = (deps: SessionDeps, accountId: AccountId, passkeyId: string, proof: Proof, site: Site): Promise<Result<null>> =>
  takeOff(deps, accountId, proof, site, async (tx) => ((await endPasskeys(tx, accountId, accountId, sessionNow(deps), passkeyId)) === 1 ? ok(null) : refuse('ACCESS-005')));

/** Takes every factor off an account, e.g. after a phone was lost; the next sign-in enrols anew where a role needs it. ACCESS-005, ACCESS-026 without a reason. */
export async function resetFactors(deps: Pick<SessionDeps, 'db' | 'clock' | 'sessionClock' | 'seal'>, accountId: AccountId, by: AccountId, reason: string): Promise<Result<null>> {
  if ((await accountOf(deps.db, accountId)) === undefined) return refuse('ACCESS-005');
  if ([...reason.trim()].length < 5) return refuse('ACCESS-026', { field: 'reason' });
  const now = sessionNow(deps);
  const resetId = newId('frs');
  await transact(deps.db, async (tx) => {
    await removeTotp(tx, accountId, by, now);
    await endPasskeys(tx, accountId, by, now);
    await replaceRecoveryCodes(tx, accountId, [], now);
    await insertFactorReset(tx, resetId, accountId, by, reason.trim(), now);
    await deps.seal(tx, { t: 'role', ref: resetId, act: 'factor-reset', actor: by, account: accountId, reason: digestOfText(reason) });
  });
  return ok(null);
}
