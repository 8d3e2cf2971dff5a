import type { Guard } from '../guards/guards.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** A check of a special measure with the article quoted in its refusal. */
export interface MeasureGuard {
  readonly article: string;
  /** While it fails the step is not even offered: the case has not come so far, or the act is not of the kind. */
  readonly gate?: true;
  readonly check: Guard;
}

/** A penalty that reached the party and that no remedy has taken away: what a further measure may stand on. */
export const penaltyStands = ({ decision }: Pick<PenaltyCase, 'decision'>): boolean =>
  decision?.outcome === 'PENALTY' && decision.delivery !== undefined && decision.overturned !== true;
