import type { CommandKind } from './commands/index.ts';
import type { AnyState, Track } from './states.ts';
import type { Transition } from './transition.ts';
import { afterDecisionSteps } from './transitions-after.ts';
import { filingAndInvestigationSteps } from './transitions-main.ts';
import { noticeToDecisionSteps } from './transitions-notice.ts';

/** The one table a case moves by. Nothing else changes its state. */
export const TRANSITIONS: readonly Transition[] = [
  ...filingAndInvestigationSteps,
  ...noticeToDecisionSteps,
  ...afterDecisionSteps,
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
