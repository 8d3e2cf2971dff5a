import { dayOf, type Instant } from '#kernel';
import { applicableLaw, type Law } from '#law';
import { violationFor } from '../kin/liable-person.ts';
import type { LookedUp } from '../acting-context.ts';
import type { CommandKind } from '../commands/index.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { PenaltyCase } from '../penalty-case.ts';

/** What a rule of the file review looks at: the folded case and what was looked up beside it, so that the same rule runs at a step and on the page. */
export interface QualityFile extends LookedUp {
  readonly state: PenaltyCase;
  readonly law: Law;
  readonly now: Instant;
}

export type QualityOutcome = 'SOUND' | 'PROBLEM' | 'NOT_YET' | 'BY_HAND';

export interface Finding {
  readonly outcome: QualityOutcome;
  /** What was found, or what a person has to look at. */
  readonly found: string;
}

/** One of the 25 major problems of the 2024 file review, any of which scores the whole file zero (环执法发〔2024〕4号), or a rule of the platform's own. */
export interface QualityRule {
  readonly no: number;
  readonly zh: string;
  readonly en: string;
  readonly article: string;
  /** Where in the file it shows. */
  readonly paper: PaperKind;
  /** Steps that may not be taken while the rule finds a problem. */
  readonly at: readonly CommandKind[];
  readonly check: (file: QualityFile) => Finding;
}

export const sound = (found: string): Finding => ({ outcome: 'SOUND', found });
export const problem = (found: string): Finding => ({ outcome: 'PROBLEM', found });
export const notYet = (found = '程序尚未到此'): Finding => ({ outcome: 'NOT_YET', found });
export const byHand = (found: string): Finding => ({ outcome: 'BY_HAND', found });

/** Place of the newest paper of a kind in the order of the file; −1 when there is none. */
export const placeOf = ({ papers }: PenaltyCase, kind: string): number => papers.findLastIndex((p) => p.kind === kind);
export const has = (state: PenaltyCase, kind: string): boolean => placeOf(state, kind) >= 0;

/** Who took up a duty in clue, review or case. */
export const holders = ({ duties }: PenaltyCase, duty: string): Set<string> =>
  new Set(duties.filter((d) => d.duty === duty).map((d) => d.accountId));

/** The legal basis the case is decided by, when it has been chosen. */
export const basisOf = ({ state, law }: QualityFile) =>
  state.violation === undefined ? undefined : violationFor(state, law, state.violation).bases.find((b) => b.id === state.discretion?.basisId);

export const erasOf = ({ state, law, now }: QualityFile) =>
  state.violation === undefined || state.filing === undefined
    ? undefined
    : applicableLaw(violationFor(state, law, state.violation), state.filing.actStart, state.filing.actEnd, dayOf(state.decision?.decidedAt ?? now));
