import { instant, type Instant } from '#kernel';
import type { ClockId } from '#law';
import type { CommandKind } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { Transition } from '../transitions/transition.ts';
import { openSteps } from '../transitions/transitions.ts';
import { must } from './pure-case.ts';
import { sample } from './sample-commands.ts';

export interface Swept {
  readonly state: PenaltyCase;
  readonly taken: readonly CommandKind[];
}

/** The step the platform takes when this term has run out; undefined where there is none, or it was taken for this very term. */
export function consequenceOf(state: PenaltyCase, clock: ClockId): Transition | undefined {
  const row = openSteps(state).find((step) => step.onExpiry?.includes(clock));
  const taken = row === undefined ? undefined : state.latest[row.command]?.at;
  return taken !== undefined && taken >= (state.running[clock]?.dueAt ?? 0) ? undefined : row;
}

/**
 * What the daily sweep of deadlines does: a term that has run out, does not stand still and has a consequence by law gets it, once.
 * Throws when the consequence is refused, or could be drawn a second time.
 */
export function sweep(state: PenaltyCase, now: Instant): Swept {
  let current = state;
  const taken: CommandKind[] = [];
  for (const clock of Object.keys(state.running) as ClockId[]) {
    const term = current.running[clock];
    if (term === undefined || term.pausedAt !== undefined || now < term.dueAt) continue;
    const row = consequenceOf(current, clock);
    if (row === undefined) continue;
    current = must(current, sample(row.command, instant(term.dueAt)), now);
    taken.push(row.command);
    if (consequenceOf(current, clock) !== undefined) throw new Error(`cases: ${row.command} twice`);
  }
  return { state: current, taken };
}
