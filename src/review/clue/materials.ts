import type { ClueId, Refusal } from '#kernel';
import type { BlobStore } from '#platform/blobs';
import type { Database, Tx } from '#platform/db';
import type { Issued } from '../finding/outside-papers.ts';
import { refuse } from '../errors.ts';
import { stepsOf } from '../store/clues.ts';
import { statementsOf } from '../store/notices.ts';
import { assessmentsOf, reviewsOf } from '../store/reviews.ts';

/** A file that goes with a finding, a supply or a request; it was uploaded before and is named by its digest. Its kind and issuer are named where it proves something against the program. */
export interface Material extends Issued {
  readonly name: string;
  readonly sha256: string;
}

/** REVIEW-087 for the first file that was never received. */
export function missingMaterial(blobs: Pick<BlobStore, 'has'>, materials: readonly Material[]): Refusal | undefined {
  const missing = materials.find(({ sha256 }) => !blobs.has(sha256));
  return missing === undefined ? undefined : refuse('REVIEW-087', { field: 'materials', args: { name: missing.name } });
}

/** A file of the clue by its digest: handed in with a step or by the unit with what it said, or among what a review looked at. */
export async function materialOf(db: Database | Tx, clueId: ClueId, sha256: string): Promise<Material | undefined> {
  const [steps, reviews, statements] = await Promise.all([stepsOf(db, clueId), reviewsOf(db, clueId), statementsOf(db, clueId)]);
  const handedIn = steps.flatMap((step) => (step.detail.materials ?? []) as readonly Material[]);
  const proofs = (await Promise.all(reviews.map((review) => assessmentsOf(db, review.reviewId)))).flat().flatMap(({ shown }) => shown?.files ?? []);
  return [...handedIn, ...proofs, ...statements.flatMap((statement) => statement.materials), ...reviews.flatMap((review) => review.precheck.input.materials)].find((one) => one.sha256 === sha256);
}
