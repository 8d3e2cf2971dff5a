import { dayOf, ok, yearOf, type AccountId, type AuthorityId, type Clock, type Result } from '#kernel';
import { isRefusal } from '#kernel';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { documentKinds, type DocumentKindKey } from './document-kinds.ts';
import { refuseDocument } from './errors.ts';
import { DEFAULT_NUMBER_PATTERN, writeNumber } from './number-pattern.ts';
import { insertNumber, lockNumber, markNumberVoid, nextNumber } from './store.ts';

/** The authority that issues: as in access' tree, plus its number pattern where it has one of its own. */
export interface IssuingAuthority {
  readonly authorityId: AuthorityId;
  readonly name: string;
  /** Letters in document numbers, e.g. 苏清环. */
  readonly docPrefix: string;
  readonly pattern?: string;
}

export interface ReservedNumber {
  readonly numberId: string;
  readonly number: string;
}

interface NumberDeps {
  readonly clock: Clock;
}

/**
 * Takes the next number of authority, kind letters and year, at the approval. Two approvals at once wait for each
 * other; a transaction that fails gives its number back, so the sequence has no gaps (law.md §11).
 *
 * @returns DOC-013 when the authority's pattern is wrong
 */
export async function reserveNumber(
  tx: Tx, deps: NumberDeps, kind: DocumentKindKey, authority: IssuingAuthority, by: AccountId,
): Promise<Result<ReservedNumber>> {
  const now = deps.clock.now();
  const year = yearOf(dayOf(now));
  const abbr = documentKinds[kind].abbreviation;
  const pattern = authority.pattern ?? DEFAULT_NUMBER_PATTERN;
  const trial = writeNumber(pattern, { prefix: authority.docPrefix, abbr, year, seq: 1 });
  if (isRefusal(trial)) return trial;
  const no = await nextNumber(tx, authority.authorityId, abbr, year);
  const written = writeNumber(pattern, { prefix: authority.docPrefix, abbr, year, seq: no });
  if (isRefusal(written)) return written;
  const numberId = newId('num');
  await insertNumber(tx, {
    numberId, authorityId: authority.authorityId, series: abbr, year, no, number: written.value, kind, reservedBy: by, reservedAt: now,
  });
  return ok({ numberId, number: written.value });
}

/**
 * Burns a number that was reserved and will not be used: it stays in the register with the reason and is never given
 * again. An issued document keeps its number.
 *
 * @returns DOC-014 when it is not reserved (any more)
 */
export async function voidNumber(tx: Tx, deps: NumberDeps, numberId: string, reason: string, by: AccountId): Promise<Result<void>> {
  const row = await lockNumber(tx, numberId);
  if (row === undefined || row.state !== 'RESERVED') {
    return refuseDocument('DOC-014', { args: { number: row?.number ?? numberId, state: row?.state ?? '不存在' } });
  }
  await markNumberVoid(tx, numberId, reason, by, deps.clock.now());
  return ok(undefined);
}
