import { dayOf, type Instant, type RegionKey } from '#kernel';
import type { Law, ParameterKey } from '#law';
import type { LapseMeasure } from '../sheet/decide-sheet.ts';
import type { Tier } from '../clue-event.ts';
import { shownBasis } from '../value-basis.ts';

interface Ladder<R> {
  /** The mildest first. */
  readonly rungs: readonly R[];
  /** Instrument and article, and whether a lawyer has checked them. */
  readonly basis: string;
  readonly verified: boolean;
}

export interface Ladders {
  /** By severity of what was found, in the region's words. */
  readonly severity: Ladder<{ readonly tier: Tier; readonly zh: string; readonly en: string }>;
  /** By count of answers that were late, poor or false, with the rung after a talk. */
  readonly count: Ladder<LapseMeasure>;
}

/** The two ladders of a region side by side: one climbs with the finding, the other with the unit's silence (C7). */
export function laddersIn(law: Law, region: RegionKey, at: Instant): Ladders {
  const value = <K extends ParameterKey>(key: K) => law.valueAt(key, region, dayOf(at));
  const ladder = <R>(key: ParameterKey, rungs: readonly R[]): Ladder<R> => {
    const found = value(key);
    return { rungs, basis: shownBasis(law, found, region), verified: found.verified };
  };
  const labels = value('supervision.tierLabels').value;
  return {
    severity: ladder('supervision.tierLabels', value('supervision.severityLadder').value.map((tier) => ({ tier, ...labels[tier] }))),
    count: ladder('supervision.feedbackLadder', [...new Set<LapseMeasure>([...value('supervision.feedbackLadder').value, value('supervision.afterTalk').value])]),
  };
}
