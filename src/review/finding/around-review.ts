import { accountsOf } from '#access';
import type { AccountId } from '#kernel';
import type { Database, Tx } from '#platform/db';
import type { Around } from './decide-review.ts';
import { invitationsOf, recusalsOf, secondOf, type Invitation, type Recusal, type Second } from '../store/opinions.ts';
import { assessmentsOf, signaturesOf, type Review } from '../store/reviews.ts';

export interface WithOpinions {
  readonly around: Around;
  readonly second: Second | undefined;
  readonly invitations: readonly Invitation[];
  readonly recusals: readonly Recusal[];
}

/** Everything beside the two signatures that a conclusion waits for: second opinion, invited members, open recusals. */
export async function aroundReview(db: Database | Tx, review: Pick<Review, 'reviewId' | 'clueId'>): Promise<WithOpinions> {
  const [second, invitations, recusals] = await Promise.all([secondOf(db, review.reviewId), invitationsOf(db, review.clueId), recusalsOf(db, review.clueId)]);
  const open = invitations.filter((one) => one.answer === null).map((one) => one.accountId);
  const undecided = recusals.filter((one) => one.decision === null).map((one) => one.accountId);
  const people = await accountsOf(db, [...open, ...undecided]);
  const name = (id: AccountId) => people.find((one) => one.accountId === id)?.name ?? id;
  return {
    second, invitations, recusals,
    around: {
      second: second === undefined ? null : { conclusion: second.opinion?.conclusion ?? null },
      waiting: [
        ...open.map((id) => ({ zh: `听取${name(id)}的意见`, en: `to hear ${name(id)}` })),
        ...undecided.map((id) => ({ zh: `${name(id)}的回避待决定`, en: `the recusal of ${name(id)} is undecided` })),
      ],
      recused: recusals.filter((one) => one.decision?.granted === true).map((one) => one.accountId),
    },
  };
}

/** Who looked at the data first: nobody of them may give the second opinion. */
export async function firstReviewers(db: Database | Tx, review: Review): Promise<ReadonlySet<AccountId>> {
  const [assessments, signatures] = await Promise.all([assessmentsOf(db, review.reviewId), signaturesOf(db, review.reviewId)]);
  return new Set([review.openedBy, ...assessments.map((one) => one.accountId), ...signatures.flatMap(({ accountId, behalf }) => [accountId, ...(behalf ? [behalf] : [])])]);
}
