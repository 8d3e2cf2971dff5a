import type { CommandKind } from '../commands/index.ts';
import type { PaperRef } from '../penalty-case.ts';
import { stateOn, TRACK_KEYS, type AnyState, type Track, type TrackStates } from '../states.ts';
import { measureSteps } from '../measures/measure-steps.ts';
import type { Transition } from './transition.ts';
import { afterDecisionSteps } from './after-decision.ts';
import { filingAndInvestigationSteps } from './filing-and-investigation.ts';
import { hearingSteps } from './hearing.ts';
import { kinSteps } from './kin.ts';
import { noticeToDecisionSteps } from './notice-to-decision.ts';
import { reliefSteps } from './relief.ts';
import { remedySteps } from '../remedies/remedy-steps.ts';
import { siteAndSamplingSteps } from './site-and-sampling.ts';
import { termsAndCorrectionSteps } from './terms-and-corrections.ts';

/** The one table a case moves by. Nothing else changes its state. */
export const TRANSITIONS: readonly Transition[] = [
  ...filingAndInvestigationSteps,
  ...siteAndSamplingSteps,
  ...noticeToDecisionSteps,
  ...hearingSteps,
  ...afterDecisionSteps,
  ...remedySteps,
  ...termsAndCorrectionSteps,
  ...reliefSteps,
  ...kinSteps,
  ...measureSteps,
];

const BY_COMMAND = new Map(TRANSITIONS.map((t) => [t.command, t]));

/** The row of a command; a command without a row is a defect, the table test finds it. */
export function transitionOf(command: CommandKind): Transition {
  const row = BY_COMMAND.get(command);
  if (row === undefined) throw new Error(`cases: no transition for ${command}`);
  return row;
}

/** Steps that start in this state of this track. */
export const stepsFrom = (track: Track, state: AnyState): Transition[] =>
  TRANSITIONS.filter((t) => t.track === track && t.from.includes(state));

/** Steps that start where the case stands now, on any track. */
export const openSteps = (state: TrackStates): Transition[] =>
  TRACK_KEYS.flatMap((track) => stepsFrom(track, stateOn(state, track)));

/** The paper whose arrival this step records: the one it names, else the newest of those it may be. */
export function paperOfArrival(papers: readonly PaperRef[], { kind, paperId }: { readonly kind: CommandKind; readonly paperId?: string | undefined }): PaperRef | undefined {
  const kinds = TRANSITIONS.filter((row) => row.posts?.onArrival === kind).flatMap((row) => row.posts?.papers ?? []);
  return papers.findLast((paper) => (paperId === undefined ? kinds.includes(paper.kind) : paper.paperId === paperId));
}
