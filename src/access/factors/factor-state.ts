import type { AccountId } from '#kernel';
import type { Role } from '../roles.ts';
import type { SessionDeps } from '../session-deps.ts';
import { factorRule, totpOf } from '../store/factors.ts';
import { defaultFactorRoles, type Enrolled } from './decide-factor.ts';

/** Second factors an account can be asked for now. */
export async function enrolledOf(deps: SessionDeps, accountId: AccountId): Promise<Enrolled> {
  const totp = await totpOf(deps.db, accountId);
  return { totp: totp !== undefined && totp.confirmedAt !== null, passkeys: 0 };
}

/** Roles that must have a second factor, by the rule in force or the default of the installation. */
export const requiredRoles = async (deps: SessionDeps): Promise<readonly Role[]> =>
  (await factorRule(deps.db)) ?? defaultFactorRoles(deps.production ?? false);
