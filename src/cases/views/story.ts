import type { Instant } from '#kernel';
import type { Bilingual } from '#law';
import { standingDecision } from '../charged-acts.ts';
import { added, standingOf, unsettled, type CaseClue, type KnownClue } from '../evidence/later-findings.ts';
import type { PenaltyCase, SettledFindings } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { caseClue } from './look-up.ts';

/** One clue told as one story: what was handed over, what came after, and what became of it. */
export interface CaseStory {
  readonly handedOver: KnownClue;
  readonly now: KnownClue;
  /** What the clue says more today than at the handover; empty where nothing was added. */
  readonly added: readonly Bilingual[];
  readonly settled: readonly SettledFindings[];
  /** What still waits for an act of the officers; nothing waits in a case that is decided. */
  readonly open: readonly Bilingual[];
  /** How that stands to the reviewed data, in words for the reason; null where nothing waits. */
  readonly standing: Bilingual | null;
  /** What was added only after the decision: it is no part of this case. */
  readonly afterDecision: readonly Bilingual[];
}

/** @param known the clue as it stood for the decision, or now where there is none */
export async function storyOf(deps: CaseDeps, state: PenaltyCase, known: CaseClue | undefined, now: Instant): Promise<CaseStory | null> {
  if (known === undefined) return null;
  const decided = standingDecision(state) !== undefined;
  const today = decided ? ((await caseClue(deps.db, deps, state, now)) ?? known) : known;
  return {
    handedOver: known.handedOver, now: today.now, added: added(known.handedOver, today.now), settled: state.settledFindings,
    open: decided ? [] : unsettled(state, known), standing: decided ? null : standingOf(state, known), afterDecision: decided ? added(known.now, today.now) : [],
  };
}
