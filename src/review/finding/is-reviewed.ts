import { ok, type Instant, type OutfallId, type Result } from '#kernel';
import type { Database, Tx } from '#platform/db';
import { refuse } from '../errors.ts';
import { coverageOfData, coverageOfMaterial, type Coverage } from '../store/reviews.ts';

/** A piece of electronic data somebody wants to use as evidence. */
export type EvidenceRef =
  | { readonly kind: 'DATA'; readonly outfall: OutfallId; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'MATERIAL'; readonly sha256: string };

/**
 * The gate of 江苏办法 第十二条, for every enforcement act: electronic data count as evidence only within the
 * scope of a passed review. A later rejection of any part of it takes the ground away again.
 *
 * @returns the review relied on, REVIEW-020 when nobody reviewed it, REVIEW-021 when it failed
 */
export async function isReviewed(db: Database | Tx, ref: EvidenceRef): Promise<Result<Coverage>> {
  const found = ref.kind === 'DATA' ? await coverageOfData(db, ref.outfall, ref.from, ref.to) : await coverageOfMaterial(db, ref.sha256);
  const newest = found[0];
  if (newest === undefined) return refuse('REVIEW-020');
  // Gate:G8 is met by the paper of the profile, not by the state alone.
  return newest.result === 'PASSED' && newest.opinionId !== null ? ok(newest) : refuse('REVIEW-021');
}
