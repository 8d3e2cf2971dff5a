import { addDays, type CalendarDay } from '#kernel';
import type { Dispute } from '../store/disputes.ts';
import type { Entry } from '../store/entries.ts';

/** What an accepted dispute settled about a value. */
export type Settled = Pick<Dispute, 'disputeId' | 'kind' | 'key' | 'field' | 'registered' | 'newValue' | 'newFrom'>;

type Body = Readonly<Record<string, unknown>>;

/** A dated row ends the day before the value that took its place; one that ends earlier stays as it is. */
function closed(body: Body, from: CalendarDay): Body {
  const last = addDays(from, -1);
  const told = body['validTo'];
  return typeof told === 'string' && told !== '' && told <= last ? body : { ...body, validTo: last };
}

/** An undated row that still says a disputed value says the settled one; a value nobody disputed is news and goes through. */
function corrected(body: Body, settled: readonly Settled[]): Body {
  return settled.reduce<Body>((row, { field, registered, newValue }) => (row[field] === Number(registered) ? { ...row, [field]: Number(newValue) } : row), body);
}

/**
 * A register file that was not corrected after an accepted dispute does not undo it. Pure.
 *
 * @param accepted accepted disputes, the earliest answer first
 * @returns the entries as they shall be stored, and which of them the outcome of a dispute changed
 */
export function keepOutcomes(entries: readonly Entry[], accepted: readonly Settled[]): { readonly entries: readonly Entry[]; readonly kept: readonly Entry[] } {
  const of = Map.groupBy(accepted, ({ kind, key }) => `${kind} ${key}`);
  const kept: Entry[] = [];
  const after = entries.map((entry) => {
    const settled = of.get(`${entry.kind} ${entry.key}`) ?? [];
    const before = entry.body as Body;
    const from = settled.at(-1)?.newFrom;
    const body = entry.kind === 'limits' && from !== undefined && from !== null ? closed(before, from) : entry.kind === 'limits' ? before : corrected(before, settled);
    if (body === before) return entry;
    kept.push(entry);
    return { ...entry, body };
  });
  return { entries: after, kept };
}
