import type { AccountId, Instant, Refusal } from '#kernel';
import { refuseDocument } from './errors.ts';

/** A person's yes to a document, on which the seal follows by itself (江苏办法 第二十条: 业务审批自动生成电子签章). */
export interface Approval {
  readonly accountId: AccountId;
  readonly name: string;
  readonly approvedAt: Instant;
  /** The act in which it was given, e.g. an event id of the case. */
  readonly ref: string;
  /** It was given for this one paper, which another makes and sends afterwards (移送: within the term the approval opens). */
  readonly ofThisPaper?: boolean;
}

const FRESH_MS = 30 * 60_000;

/**
 * May the seal be put now? The last step of the approval was made by another person, within half an hour: an old approval is no
 * standing permission to seal. One given for a single paper stands until that paper is made.
 */
export function refuseSeal(preparedBy: AccountId, approval: Approval | undefined, now: Instant): Refusal | undefined {
  if (approval === undefined) return refuseDocument('DOC-009', { missing: ['批准记录'] });
  if (approval.accountId === preparedBy) return refuseDocument('DOC-007');
  const age = now - approval.approvedAt;
  return age < 0 || (age > FRESH_MS && approval.ofThisPaper !== true) ? refuseDocument('DOC-008') : undefined;
}
