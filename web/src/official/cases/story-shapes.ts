import type { Words } from '../shapes.ts';

/** A clue in one of its versions, as the case keeps it. */
export interface KnownClue {
  readonly version: number;
  readonly knownAt: number;
  readonly claim: Words;
  readonly tier: Words;
  readonly from: number;
  readonly to: number;
}
/** The clue as handed over, what it grew by, and what became of that. */
export interface CaseStory {
  readonly handedOver: KnownClue;
  readonly now: KnownClue;
  readonly added: readonly Words[];
  readonly settled: readonly { readonly way: 'TAKE_IN' | 'LEAVE_OUT'; readonly reason: string; readonly clue: KnownClue; readonly by: string; readonly at: number }[];
  readonly open: readonly Words[];
  readonly standing: Words | null;
  readonly afterDecision: readonly Words[];
}
