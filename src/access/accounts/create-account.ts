import { asId, ok, type AccountId, type AuthorityId, type RegionKey, type Result, type UnitId } from '#kernel';
import { transact } from '#platform/db';
import { newId } from '#platform/ids';
import { passwordRefusal } from './decide-password.ts';
import { rolesRefusal } from './decide-roles.ts';
import { refuse } from '../errors.ts';
import type { KeepDeps } from './keep-accounts.ts';
import { hashPassword } from '../password.ts';
import type { Role } from '../roles.ts';
import { accountByLogin, allAuthorities, insertAccount, type Certificate } from '../store/accounts.ts';

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

/** Adds a person. Refusals of `passwordRefusal`, ACCESS-021 name taken, ACCESS-054 roles that do not fit, ACCESS-055 no such authority. */
export async function createAccount(deps: KeepDeps, command: AccountCommand, by: AccountId): Promise<Result<AccountId>> {
  const weak = passwordRefusal(command.password, command.login);
  if (weak !== undefined) return weak;
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
    if (account.authorityId !== null && !(await allAuthorities(tx)).some((one) => one.authorityId === account.authorityId)) return refuse('ACCESS-055', { field: 'authorityId' });
    const no = rolesRefusal(account, account.roles);
    if (no !== undefined) return no;
    await insertAccount(tx, account, by, deps.clock.now());
    await deps.seal(tx, { t: 'role', ref: accountId, act: 'add', actor: by, account: accountId, roles: command.roles });
    return ok(accountId);
  });
}
