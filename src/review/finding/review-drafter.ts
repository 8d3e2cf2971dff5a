import { accountsOf } from '#access';
import type { Tx } from '#platform/db';
import type { PaperPerson } from '#supervision';
import { signaturesOf, type Review } from '../store/reviews.ts';

/** Who drew up the papers that follow from a review: its technical reviewer. The lead approves; a seal needs both. */
export async function drafterOf(tx: Tx, review: Review): Promise<PaperPerson> {
  const signer = (await signaturesOf(tx, review.reviewId)).find((s) => s.track === 'TECHNICAL');
  const [account] = signer === undefined ? [] : await accountsOf(tx, [signer.accountId]);
  if (account === undefined) throw new Error(`review ${review.reviewId} has no technical signature`);
  return { accountId: account.accountId, name: account.name };
}
