import type { SupervisionDeps } from '#supervision';
import type { Declared } from './facts/declared.ts';
import type { Instant } from '#kernel';
import type { Means, ViolationKey } from '#law';
import type { Words } from './facts/narrative.ts';
import type { ObservedFact } from './facts/observed-fact.ts';
import type { PrecheckInput } from './facts/precheck.ts';
import type { PoolClue } from './store/clues.ts';

/** Gathers what the pre-check looks at, from journal, log, quality and register. Composed where those meet. */
export interface ClueFacts {
  /**
   * @param clue as it stands in the pool; the answer holds nothing the platform learnt after the call
   * @param asked the period to look at, where it is not that of the clue and all it observed; end exclusive
   */
  gather(clue: PoolClue, asked?: { readonly from: Instant; readonly to: Instant }): Promise<PrecheckInput>;
  /**
   * Types of violation of which something observed is a fact, best first; people choose. See `suggestViolations`.
   *
   * @param input of its review, where there is one
   */
  suggestViolations(clue: PoolClue, input?: PrecheckInput): Promise<readonly ViolationKey[]>;
  /** Means of the act that the records themselves show; see `actsByRecord`. */
  actsByRecord(input: PrecheckInput, violations: readonly string[]): readonly Means[];
  /** The facts as papers tell them, for these violations; see `narrate`. */
  narrate(input: PrecheckInput, violations: readonly ViolationKey[]): Words | null | undefined;
  /** The same facts as data; see `observedFacts`. */
  observed(input: PrecheckInput, violations: readonly string[], reviewId: string): readonly ObservedFact[];
  /** What was approved, permitted and declared around the clue, as the register holds it. */
  declared(clue: PoolClue): Declared;
}

/** What review works with. */
export interface ReviewDeps extends SupervisionDeps {
  readonly facts: ClueFacts;
  /** A number in [0, 1) nobody can foresee: decides whether a review gets a second opinion. */
  readonly draw: () => number;
}

