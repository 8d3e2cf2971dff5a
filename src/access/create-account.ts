import { asId, ok, type AccountId, type AuthorityId, type Clock, type RegionKey, type Result, type UnitId } from '#kernel';
import { transact, type Database } from '#platform/db';
import { newId } from '#platform/ids';
import { refuse } from './errors.ts';
import { hashPassword, MIN_PASSWORD } from './password.ts';
import type { Role } from './roles.ts';
import { accountByLogin, disableRow, insertAccount, type Certificate } from './store/accounts.ts';
import { endSessionsOf } from './store/sessions.ts';

/** A new account: who, with which roles, speaking for which authority or unit. The password is checked against the policy and kept as a hash. */
export interface AccountCommand {
  readonly login: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly Role[];
  readonly region: RegionKey;
  readonly authorityId?: AuthorityId;
  readonly unitId?: UnitId;
  readonly certificate?: Certificate;
  readonly legalQualification?: string;
  readonly demo?: boolean;
  /** Fixed id for the demonstration's cast; else one is made. */
  readonly accountId?: AccountId;
}

/** Adds a person. ACCESS-020 password too short, ACCESS-021 name taken. */
export async function createAccount(deps: { db: Database; clock: Clock }, command: AccountCommand, by: AccountId): Promise<Result<AccountId>> {
  if ([...command.password].length < MIN_PASSWORD) return refuse('ACCESS-020', { field: 'password' });
  const passwordHash = await hashPassword(command.password);
  const accountId = command.accountId ?? asId<AccountId>(newId('acc'));
  return transact<Result<AccountId>>(deps.db, async (tx) => {
    if ((await accountByLogin(tx, command.login)) !== undefined) return refuse('ACCESS-021', { field: 'login' });
    const account = {
      accountId,
      login: command.login,
      name: command.name,
      passwordHash,
      authorityId: command.authorityId ?? null,
      unitId: command.unitId ?? null,
      region: command.region,
      certificate: command.certificate ?? null,
      legalQualification: command.legalQualification ?? null,
      demo: command.demo ?? false,
      roles: command.roles,
    };
    await insertAccount(tx, account, by, deps.clock.now());
    return ok(accountId);
  });
}

/** Ends a person's rights at once, with every open session. What he signed stays. */
export async function disableAccount(deps: { db: Database; clock: Clock }, accountId: AccountId): Promise<void> {
  await transact(deps.db, async (tx) => {
    await disableRow(tx, accountId, deps.clock.now());
    await endSessionsOf(tx, accountId, 'disabled', deps.clock.now());
  });
}
