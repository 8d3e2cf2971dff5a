import { ok, type AuthorityId, type Result } from '#kernel';
import { transact, type Database, type Tx } from '#platform/db';
import { newId } from '#platform/ids';
import type { KeepDeps } from '../accounts/keep-accounts.ts';
import type { Actor } from '../actor.ts';
import { refusalFor } from '../decide-access.ts';
import { refuse } from '../errors.ts';
import { allAuthorities } from '../store/accounts.ts';
import { insertOffice, officesOf } from '../store/offices.ts';
import { emptyOffice, type Office } from './office.ts';

/** What papers print of the authority now. */
export async function officeOf(db: Database | Tx, authorityId: AuthorityId): Promise<Office> {
  const [found] = await officesOf(db, [authorityId]);
  return found ?? emptyOffice(authorityId);
}

/**
 * Enters what papers of the authority print from now on, with a leaf; papers already issued keep what they say.
 *
 * @returns the office; ACCESS-004, ACCESS-005 for an authority outside of the own area, ACCESS-055 no such authority
 */
export const keepOffice = (deps: Pick<KeepDeps, 'db' | 'clock' | 'seal'>, actor: Actor, office: Office): Promise<Result<Office>> =>
  transact<Result<Office>>(deps.db, async (tx) => {
    const { authorityId } = office;
    const no = refusalFor(actor, 'access.office', { authorityId });
    if (no !== undefined) return no;
    if (!(await allAuthorities(tx)).some((one) => one.authorityId === authorityId)) return refuse('ACCESS-055', { field: 'authorityId' });
    await insertOffice(tx, { entryId: newId('off'), office, by: actor.accountId, at: deps.clock.now() });
    await deps.seal(tx, { t: 'role', ref: authorityId, act: 'office', actor: actor.accountId });
    return ok(office);
  });
