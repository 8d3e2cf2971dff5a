import { createHash } from 'node:crypto';
import type { AccountId, Instant } from '#kernel';
import type { Tx } from '#platform/db';
import { readableSecret } from '../password.ts';
import { replaceRecoveryCodes } from '../store/factors.ts';

const RECOVERY_CODES = 10;

/** Ten codes of 60 random bits, `xxxx-xxxx-xxxx`; shown once, kept as digests. */
const newRecoveryCodes = (): string[] => Array.from({ length: RECOVERY_CODES }, () => readableSecret(12));

/** What is kept of a code. 60 random bits need no slow hash; the account keeps equal codes of two people apart. */
export const recoveryHash = (accountId: AccountId, code: string): string =>
  createHash('sha256').update(`${accountId}:${code.toLowerCase().replaceAll(/[^0-9a-z]/g, '')}`).digest('hex');

/** A new set in the place of the older; the codes are returned once and kept only as digests. */
export async function issueRecoveryCodes(tx: Tx, accountId: AccountId, at: Instant): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(tx, accountId, codes.map((each) => recoveryHash(accountId, each)), at);
  return codes;
}
