import { personsOf } from '#access';
import type { ClockId } from '#law';
import type { CaseEvent, ReceivedEvent, StepEvent } from './case-event.ts';
import { applyCommand } from './apply-command.ts';
import { excludedAfter, standStill } from './clocks/excluded-time.ts';
import type { Instant } from '#kernel';
import type { OpenedFrom } from './kin/kin.ts';
import { observedAt } from './evidence/facts-found.ts';
import type { OpenedClock, PastAct, PenaltyCase } from './penalty-case.ts';
import type { CommandKind } from './commands/index.ts';
import { atTheStart, standingAt, type Track } from './states.ts';
import { paperOfArrival, transitionOf } from './transitions/transitions.ts';

/** The case as its events left it. Throws when there is none or the first is no handover: that is a defect. */
export function foldCase(events: readonly CaseEvent[]): PenaltyCase {
  const [first, ...rest] = events;
  if (first?.kind !== 'RECEIVED') throw new Error('cases: the first event must be the handover');
  return rest.reduce((state, event) => (event.kind === 'STEP' ? applyEvent(state, event) : state), begin(first));
}

function begin(event: ReceivedEvent): PenaltyCase {
  return {
    ...event.origin,
    ...observedAt(event.origin),
    ...atTheStart(),
    version: 1,
    running: openAll({}, event.opened),
    duties: event.origin.history,
    papers: event.papers,
    latest: {},
    arrived: {},
    mode: 'OFFSITE',
    officers: [],
    evidence: [],
    course: [],
    samplings: [],
    defence: [],
    questions: [],
    settledFindings: [],
    notFollowed: {},
    waived: false,
    paid: 0,
    surcharged: 0,
    dailyPaid: 0,
    excluded: [],
    further: [],
    remedyPeriods: [],
    actRemedies: [],
    grown: {},
    waivedSurcharge: {},
    demandStatements: [],
    rounds: [],
    ...(event.origin.openedFrom === undefined ? { kin: [] } : broughtAlong(event.origin.openedFrom, event.at)),
  };
}

/** A file opened from another one starts with its evidence; one handled anew also with what was charged. */
function broughtAlong({ relation, caseId, caseNo, unitId, evidence, again }: OpenedFrom, at: Instant): Partial<PenaltyCase> & Pick<PenaltyCase, 'kin'> {
  const kin = [{ relation, caseId, caseNo, unitId }];
  return again === undefined ? { kin, evidence } : { kin, evidence, ...again, filedAt: at, main: 'INVESTIGATING' };
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
    ...standingAt(event.track, event.to),
    ...(event.mainTo === undefined ? {} : standingAt('MAIN', event.mainTo)),
    ...Object.assign({}, ...(event.sideTo ?? []).map((move) => standingAt(move.track, move.to))),
    version: before.version + 1,
    running: openAll(without(standStill(before.running, event), [...event.closed, ...event.cancelled]), [
      ...event.opened,
      ...event.extended,
    ]),
    excluded: excludedAfter(before.excluded, event),
    duties: [...before.duties, ...dutiesOf(event)],
    papers: [...before.papers, ...event.papers],
  };
  return applyCommand(remember(moved, event), event);
}

/** Keeps what later steps and papers of the track ask for, and when each posted paper reached the party. */
function remember(state: PenaltyCase, event: StepEvent): PenaltyCase {
  const { command, at, actor, derived } = event;
  const row = transitionOf(command.kind);
  // A changed decision is decided anew: what was asked and extended before it is only history.
  const begins = event.mainTo === 'DISCRETION' ? 'MAIN' : row.begins === true ? row.track : undefined;
  const earlier = begins === undefined ? state.latest : forgetTrack(state.latest, begins);
  const latest = row.remembered === true ? { ...earlier, [command.kind]: { command, version: state.version, at, actor, derived } } : earlier;
  if (!('deliveryId' in command)) return { ...state, latest };
  const sent = paperOfArrival(state.papers, command);
  return sent === undefined ? { ...state, latest } : { ...state, latest, arrived: { ...state.arrived, [sent.paperId]: command.legalDay } };
}

const forgetTrack = (latest: PenaltyCase['latest'], track: Track): PenaltyCase['latest'] =>
  Object.fromEntries(Object.entries(latest).filter(([kind]) => transitionOf(kind as CommandKind).track !== track));

/** The actor's duty, also for whom he deputised, and that of the second officer he named. */
function dutiesOf(event: StepEvent): PastAct[] {
  const duty = transitionOf(event.command.kind).duty;
  const people = [event.actor, ...(event.derived.assistant === undefined ? [] : [event.derived.assistant])];
  return duty === undefined ? [] : people.flatMap(personsOf).map((accountId) => ({ accountId, duty }));
}
