import type { AccountId } from '#kernel';
import type { Database, Tx } from '#platform/db';
import type { Role } from '../roles.ts';
import type { SessionDeps } from '../session-deps.ts';
import { factorRule, totpOf } from '../store/factors.ts';
import { passkeysOf } from '../store/passkeys.ts';
import { defaultFactorRoles, type Enrolled } from './decide-factor.ts';

/** Second factors an account can be asked for now. */
export async function enrolledOf(db: Database | Tx, accountId: AccountId): Promise<Enrolled> {
  const totp = await totpOf(db, accountId);
  return { totp: totp !== undefined && totp.confirmedAt !== null, passkeys: (await passkeysOf(db, accountId)).length };
}

/** Roles that must have a second factor, by the rule in force or the default of the installation. */
export const requiredRoles = async (deps: SessionDeps): Promise<readonly Role[]> =>
  (await factorRule(deps.db)) ?? defaultFactorRoles(deps.production ?? false);
