import type { ObservedFact } from '#review';
import type { EvidenceItem } from '../penalty-case.ts';
import { parseDataRef } from './data-ref.ts';

type Held = Pick<EvidenceItem, 'source' | 'factors'>;

/**
 * Can these data bear this fact: they share some of its time, at its outfall, and were reviewed for one of its factors. Of what is no reviewed data, or names
 * no factor, only the officer knows. Pure.
 */
export function mayBear({ source, factors }: Held, fact: ObservedFact): boolean {
  const data = source.from === 'REVIEWED_DATA' ? parseDataRef(source.dataRef) : undefined;
  if (data?.kind !== 'DATA') return true;
  const sameTime = data.from < fact.to && fact.from < data.to;
  return sameTime && (fact.outfall === undefined || fact.outfall === data.outfall) && (factors === undefined || fact.factors.length === 0 || fact.factors.some(({ code }) => factors.includes(code)));
}
