import type { Law, ViolationKey } from '#law';
import { wordsFor } from './narrative.ts';
import type { Observation } from './observations.ts';

/** What an outlet of the other medium breaks. */
const OTHERS: Readonly<Record<'gas' | 'water', ViolationKey>> = { gas: 'WATER_EXCEED', water: 'AIR_EXCEED' };

/**
 * Violations of which something observed is a fact (`supports` of `law/narratives`), best first, without repeats; a person always chooses (JS-20.1).
 *
 * @returns none where the findings only lead to a violation: then a person writes what was found
 */
export function suggestViolations(law: Law, observations: readonly Observation[], type: 'gas' | 'water'): readonly ViolationKey[] {
  const narratives = law.narratives();
  const keys = observations.flatMap((observed) => (observed.rule === undefined ? (wordsFor(narratives, observed)?.supports ?? []) : []));
  return [...new Set(keys)].filter((key) => key !== OTHERS[type]);
}
