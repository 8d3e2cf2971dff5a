import { allAuthorities } from '#access';
import { dayOf, ok, yearOf, type AccountId, type AuthorityId, type Clock, type RegionKey, type Result } from '#kernel';
import { NATIONAL, type Law } from '#law';
import type { Database, Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { documentKinds, type DocumentKindKey } from './document-kinds.ts';
import { refuseDocument } from './errors.ts';
import { insertNumber, lockNumber, markNumberVoid, nextNumber } from './store.ts';

/** The authority that issues. */
export interface IssuingAuthority {
  readonly authorityId: AuthorityId;
  readonly name: string;
  /** Letters in document numbers, e.g. 苏清环. */
  readonly docPrefix: string;
  /** Says how its numbers are written (`documents.numberPattern`). */
  readonly region: RegionKey;
}

/** The authority as it stands in access' tree; one that does not stand there signs with its own id. */
export async function issuingAuthority(db: Database | Tx, authorityId: AuthorityId): Promise<IssuingAuthority> {
  const found = (await allAuthorities(db)).find((each) => each.authorityId === authorityId);
  return { authorityId, name: found?.nameZh ?? authorityId, docPrefix: found?.docPrefix ?? authorityId, region: found?.region ?? NATIONAL };
}

/** A number taken from the series of an authority; it is never given twice. */
export interface ReservedNumber {
  readonly numberId: string;
  readonly number: string;
}

interface NumberDeps {
  readonly clock: Clock;
  readonly law: Pick<Law, 'valueAt'>;
}

/** Puts the parts where the pattern names them; the law's own check has made sure that it names each once. */
const writeNumber = (pattern: string, parts: Readonly<Record<string, string | number>>): string =>
  pattern.replaceAll(/\{(\w+)(?::(\d))?\}/g, (_, name: string, width?: string) => String(parts[name]).padStart(Number(width ?? 0), '0'));

/**
 * Takes the next number of authority, kind letters and year, at the approval, and writes it as the region does on that
 * day. Two approvals at once wait for each other; a transaction that fails gives its number back, so the sequence has no
 * gaps.
 */
export async function reserveNumber(tx: Tx, { clock, law }: NumberDeps, kind: DocumentKindKey, authority: IssuingAuthority, by: AccountId): Promise<ReservedNumber> {
  const now = clock.now();
  const today = dayOf(now);
  const year = yearOf(today);
  const { authorityId, docPrefix: prefix, region } = authority;
  const abbr = documentKinds[kind].abbreviation;
  const seq = await nextNumber(tx, authorityId, abbr, year);
  const number = writeNumber(law.valueAt('documents.numberPattern', region, today).value, { prefix, abbr, year, seq });
  const numberId = newId('num');
  await insertNumber(tx, { numberId, authorityId, series: abbr, year, no: seq, number, kind, reservedBy: by, reservedAt: now });
  return { numberId, number };
}

/**
 * Burns a number that was reserved and will not be used: it stays in the register with the reason and is never given
 * again. An issued document keeps its number.
 *
 * @returns DOC-014 when it is not reserved (any more)
 */
export async function voidNumber(tx: Tx, deps: Pick<NumberDeps, 'clock'>, numberId: string, reason: string, by: AccountId): Promise<Result<void>> {
  const row = await lockNumber(tx, numberId);
  if (row === undefined || row.state !== 'RESERVED') {
    return refuseDocument('DOC-014', { args: { number: row?.number ?? numberId, state: row?.state ?? '不存在' } });
  }
  await markNumberVoid(tx, numberId, reason, by, deps.clock.now());
  return ok(undefined);
}
