import { createHash } from 'node:crypto';
import { asId, DAY, ok, type AccountId, type Instant, type RegionKey, type Result } from '#kernel';
import type { Tx } from '#platform/db';
import { transact } from '#platform/db';
import { newId, newToken } from '#platform/ids';
import { refuse } from '../errors.ts';
import { hashPassword, MIN_PASSWORD } from '../password.ts';
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

/** The invited person sets the own password; ACCESS-020 too short, ACCESS-050 code unknown, used or too old. */
export async function acceptInvitation(deps: Pick<SessionDeps, 'db' | 'clock'>, code: string, password: string): Promise<Result<{ login: string }>> {
  if ([...password].length < MIN_PASSWORD) return refuse('ACCESS-020', { field: 'password' });
  const passwordHash = await hashPassword(password);
  const login = await transact(deps.db, (tx) => spendInvitation(tx, hashOf(code), passwordHash, deps.clock.now()));
  return login === undefined ? refuse('ACCESS-050', { field: 'code' }) : ok({ login });
}
