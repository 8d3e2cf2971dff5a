import { dayOf, type Instant } from '#kernel';
import { proposeExemptions, type ExemptionProposal } from '#law';
import type { Database, Tx } from '#platform/db';
import type { LookedUp } from '../acting-context.ts';
import { chargedActs, standingDecision } from '../charged-acts.ts';
import type { CaseClue } from '../evidence/later-findings.ts';
import { exemptionFacts } from '../discretion/exemption-facts.ts';
import { isOtherParty } from '../kin/kin.ts';
import { keyUnitOf } from '../kin/liable-person.ts';
import { suggestionsOf } from '../measures/suggestions.ts';
import type { ChargedAct, PenaltyCase } from '../penalty-case.ts';
import type { CaseDeps } from '../ports.ts';
import { lastFound } from '../store/decided-fines.ts';
import { otherCases } from '../store/other-cases.ts';

type Deps = Pick<CaseDeps, 'clues' | 'clock' | 'directory' | 'law'>;

/** Looks up what guards and rules of the file review ask for beside the file. */
export async function lookUp(db: Database | Tx, deps: Deps, state: PenaltyCase): Promise<LookedUp> {
  const now = deps.clock.now();
  const clue = await caseClue(db, deps, state, standingDecision(state)?.decidedAt ?? now);
  const exemptions = await exemptionsOf(db, deps, state);
  const suggestions = suggestionsOf(state, deps.law, now, keyUnitOf(deps.directory, state), exemptions);
  const { unnamed } = await deps.directory.authority(db, state.authorityId);
  return { others: await otherCases(db, state), suggestions, unnamed, ...(clue === undefined ? {} : { clue }) };
}

/** Whether this very party has the notice of what it is suspected of: that of the review, or, another party to the act, that of its own case. */
export async function suspicionTold(db: Database | Tx, { reviews, post }: Pick<CaseDeps, 'reviews' | 'post'>, state: PenaltyCase): Promise<boolean> {
  if (!isOtherParty(state)) return reviews.told(db, state.clueId);
  const documentId = state.papers.findLast(({ kind }) => kind === 'SUSPICION_NOTICE')?.documentId;
  return documentId !== undefined && post.received(db, documentId);
}

/** The clue as it was handed over and as it was known by a moment; undefined where no model raised it. */
export async function caseClue(db: Database | Tx, { clues }: Deps, { clueId, clueVersion, handedOverAt }: PenaltyCase, by: Instant): Promise<CaseClue | undefined> {
  const handedOver = await clues.find(db, clueId, clueVersion === undefined ? { knownBy: handedOverAt } : { version: clueVersion });
  const now = handedOver && (await clues.find(db, clueId, { knownBy: by }));
  return handedOver === undefined || now === undefined ? undefined : { handedOver, now };
}

/** Grounds for not punishing an act, held against the file as it stood for the decision. */
export async function exemptionsOf(db: Database | Tx, { law, clock }: Deps, state: PenaltyCase, act: ChargedAct | undefined = chargedActs(state)[0]): Promise<ExemptionProposal[]> {
  if (act === undefined) return [];
  const decidedAt = standingDecision(state)?.decidedAt;
  const table = law.discretionTable(act.violation, state.region, act.actEnd);
  const last = await lastFound(db, state.unitId, act.violation, state.handedOverAt);
  const rules = law.exemptionRules(act.violation, state.region, dayOf(decidedAt ?? clock.now()));
  return proposeExemptions(rules, exemptionFacts(state, table, last));
}
