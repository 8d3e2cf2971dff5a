import type { ClockId } from '#law';
import type { CaseEvent, ReceivedEvent, StepEvent } from './case-event.ts';
import { applyCommand } from './apply-command.ts';
import type { OpenedClock, PastAct, PenaltyCase } from './penalty-case.ts';
import { INITIAL, type MainState, type RectificationState, type RemedyState } from './states.ts';
import { transitionOf } from './transitions.ts';

/** The case as its events left it. Throws when there is none or the first is no handover: that is a defect. */
export function foldCase(events: readonly CaseEvent[]): PenaltyCase {
  const [first, ...rest] = events;
  if (first?.kind !== 'RECEIVED') throw new Error('cases: the first event must be the handover');
  return rest.reduce((state, event) => (event.kind === 'STEP' ? applyEvent(state, event) : state), begin(first));
}

function begin(event: ReceivedEvent): PenaltyCase {
  return {
    ...event.origin,
    main: INITIAL.MAIN,
    rectification: INITIAL.RECTIFICATION,
    remedy: INITIAL.REMEDY,
    version: 1,
    running: openAll({}, event.opened),
    duties: event.origin.history,
    papers: event.papers,
    mode: 'OFFSITE',
    officers: [],
    evidence: [],
    defence: [],
    waived: false,
    paid: 0,
  };
}

const openAll = (running: PenaltyCase['running'], opened: readonly OpenedClock[]) =>
  opened.reduce((all, clock) => ({ ...all, [clock.clock]: clock }), running);

function without(running: PenaltyCase['running'], clocks: readonly ClockId[]): PenaltyCase['running'] {
  return Object.fromEntries(Object.entries(running).filter(([id]) => !clocks.includes(id as ClockId)));
}

/** One event further. Pure: the event carries everything the law had to say. */
export function applyEvent(before: PenaltyCase, event: StepEvent): PenaltyCase {
  const moved: PenaltyCase = {
    ...before,
    ...stateAfter(event),
    version: before.version + 1,
    running: openAll(without(before.running, [...event.closed, ...event.cancelled]), [
      ...event.opened,
      ...event.extended,
    ]),
    duties: [...before.duties, ...dutiesOf(event)],
    papers: [...before.papers, ...event.papers],
  };
  return applyCommand(moved, event);
}

/** The actor's duty, and that of the second officer he named. */
function dutiesOf(event: StepEvent): PastAct[] {
  const duty = transitionOf(event.command.kind).duty;
  const people = [event.actor, ...(event.derived.assistant === undefined ? [] : [event.derived.assistant])];
  return duty === undefined ? [] : people.map(({ accountId }) => ({ accountId, duty }));
}

function stateAfter(event: StepEvent): Partial<PenaltyCase> {
  const main = event.mainTo === undefined ? {} : { main: event.mainTo };
  switch (event.track) {
    case 'MAIN':
      return { main: event.to as MainState };
    case 'RECTIFICATION':
      return { rectification: event.to as RectificationState, ...main };
    case 'REMEDY':
      return { remedy: event.to as RemedyState, ...main };
  }
}
