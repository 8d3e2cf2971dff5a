import { createHash } from 'node:crypto';
import { asId, DAY, ok, type AccountId, type Instant, type RegionKey, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import { transact } from '#platform/db';
import { newId, newToken } from '#platform/ids';
import { passwordRefusal } from '../accounts/decide-password.ts';
import { refuse } from '../errors.ts';
import { hashPassword } from '../password.ts';
import type { SessionDeps } from '../session-deps.ts';
import { accountByLogin, insertAccount } from '../store/accounts.ts';
import { insertInvitation, spendInvitation } from '../store/agents.ts';

export interface Invitation {
  readonly login: string;
  readonly name: string;
  readonly company: string;
  readonly region: RegionKey;
}

const CODE_DAYS = 7;
/** Fits no password: scrypt gives 32 bytes. */
const NO_PASSWORD = 'none';
const hashOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/**
 * Makes an account without a password for a person of a third party, and a one-time code (seven days) with which that
 * person sets one. ACCESS-021 when the sign-in name is taken.
 */
export async function inviteAgent(tx: Tx, invitation: Invitation, by: AccountId, at: Instant): Promise<Result<{ accountId: AccountId; code: string }>> {
  const { login, name, company, region } = invitation;
  if ((await accountByLogin(tx, login)) !== undefined) return refuse('ACCESS-021', { field: 'login' });
  const accountId = asId<AccountId>(newId('acc'));
  const none = { authorityId: null, unitId: null, certificate: null, legalQualification: null, demo: false, roles: [] };
  await insertAccount(tx, { ...none, accountId, login, name, region, company, passwordHash: NO_PASSWORD }, by, at);
  const code = newToken();
  await insertInvitation(tx, hashOf(code), accountId, by, at, at + CODE_DAYS * DAY);
  return ok({ accountId, code });
}

/** Account of a person whom a unit may authorise: of no authority, not disabled. Officials and unknown names are told apart by nothing. */
export async function agentByLogin(tx: Tx, login: string): Promise<{ accountId: AccountId; name: string; company: string } | undefined> {
  const found = await accountByLogin(tx, login);
  if (found === undefined || found.authorityId !== null || found.disabledAt !== null) return undefined;
  return { accountId: found.accountId, name: found.name, company: found.company ?? '' };
}

/** The invited person sets the own password; refusals of `passwordRefusal`, ACCESS-050 code unknown, used or too old. */
export async function acceptInvitation(deps: Pick<SessionDeps, 'db' | 'clock'>, code: string, password: string): Promise<Result<{ login: string }>> {
  const passwordHash = await hashPassword(password);
  return transact<Result<{ login: string }>>(deps.db, async (tx) => {
    const login = await spendInvitation(tx, hashOf(code), passwordHash, deps.clock.now());
    // The code is not used up by a password that does not do: a refusal undoes it.
    return passwordRefusal(password, login ?? '') ?? (login === undefined ? refuse('ACCESS-050', { field: 'code' }) : ok({ login }));
  });
}
