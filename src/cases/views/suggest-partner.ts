import { peopleWith, type Actor } from '#access';
import { dayOf, type AccountId, type Instant } from '#kernel';
import { conflictOfNamed } from '../check-actor.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { lastPartner } from '../store/last-partner.ts';

/**
 * Whom the form proposes as second officer: the one this officer last worked with, else the first colleague, each with
 * a certificate valid today and no duty in the matter that must be apart. Only a proposal; undefined when nobody fits.
 */
export async function suggestPartner(
  deps: Pick<CaseDeps, 'db'>,
  state: PenaltyCase,
  actor: Actor,
  now: Instant,
): Promise<AccountId | undefined> {
  if (state.main !== 'PRELIM_REVIEW' && state.main !== 'INVESTIGATING') return undefined;
  const today = dayOf(now);
  const colleagues = await peopleWith(deps.db, 'enforcement-officer', state.authorityId, today);
  const free = (accountId: AccountId) => conflictOfNamed(state, accountId, 'investigator') === undefined;
  const able = colleagues.filter(
    ({ accountId, certificate, roles, deputising }) =>
      accountId !== actor.accountId &&
      certificate !== null &&
      certificate.from <= today &&
      today <= certificate.to &&
      free(accountId) &&
      // A deputy answers for whom he acts for as well.
      (roles.includes('enforcement-officer') || deputising.some(({ role, principal }) => role === 'enforcement-officer' && free(principal.accountId))),
  );
  const last = await lastPartner(deps.db, actor.accountId);
  return (able.find((one) => one.accountId === last) ?? able[0])?.accountId;
}
