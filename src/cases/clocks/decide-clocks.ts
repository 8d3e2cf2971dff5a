import { dayOf, endOfDay, instant, type Instant } from '#kernel';
import type { ClockId, Law } from '#law';
import { chargedWith } from '../charged-acts.ts';
import type { CaseCommand, CommandOf } from '../commands/index.ts';
import { openedClock } from './open-clock.ts';
import type { OpenedClock, PenaltyCase } from '../penalty-case.ts';
import { obligation, obligationOfClock, obligationOfStep, remediesEnd, remedyEnded, standing } from '../recovery/obligations.ts';
import { actOfPaper, clocksOfMoves, CONTESTABLE_ACTS, isContested, isStopped, obligationOfAct, stopsOf, withOutcome } from '../remedies/contested-acts.ts';
import type { Derived } from '../case-event.ts';
import type { NextStates } from '../transitions/next-state.ts';
import { isOpenToComment } from '../evidence/samplings.ts';
import { isStayed } from '../recovery/stay.ts';
import { stateOn } from '../states.ts';
import type { ClockCondition, ClockOpening, Transition } from '../transitions/transition.ts';

/** Terms a step opens, each from the day the law names. */
export function openings(row: Transition, state: PenaltyCase, command: CaseCommand, law: Law, now: Instant): OpenedClock[] {
  const holds = (o: ClockOpening): boolean => o.when === undefined || CONDITIONS[o.when](state, command, law, o.clock);
  // An archived file has no terms of its own any more but the one for a suit.
  const due = row.opens.filter((o) => holds(o) && (state.main !== 'ARCHIVED' || o.when === 'RECONSIDERED'));
  const opened: OpenedClock[] = [];
  let here = ended(state, command, law, now);
  for (const opening of due) {
    const start = startOf(opening, here, command, now);
    const clock = openedClock(law, opening.clock, state.region, start, daySet(opening.clock, state, start, command));
    opened.push(clock);
    // A term may begin where another one of the same step ends.
    here = { ...here, running: { ...here.running, [clock.clock]: clock } };
  }
  return opened;
}

type Outcome = CommandOf<'RECORD_REMEDY_OUTCOME' | 'RECORD_ACT_REMEDY_OUTCOME'>;
const isOutcome = (command: CaseCommand): command is Outcome => command.kind === 'RECORD_REMEDY_OUTCOME' || command.kind === 'RECORD_ACT_REMEDY_OUTCOME';
const receivedOn = (command: Outcome, now: Instant) => command.receivedOn ?? dayOf(now);

/** Fifteen days to sue after the reconsideration body has upheld or changed an act (行政诉讼法 第四十五条). */
export function suitUntil(state: PenaltyCase, command: CommandOf<'RECORD_ACT_REMEDY_OUTCOME'>, law: Law, now: Instant): Pick<Derived, 'suitUntil'> {
  const asked = state.actRemedies.find((one) => one.remedyId === command.remedyId);
  if (asked?.remedy !== 'RECONSIDERATION' || (command.outcome !== 'UPHELD' && command.outcome !== 'CHANGED')) return {};
  return { suitUntil: law.due('T14r', state.region, instant(endOfDay(receivedOn(command, now)) - 1)).dueDay };
}

/** The case with the remedy ended whose outcome this is. */
function ended(state: PenaltyCase, command: CaseCommand, law: Law, now: Instant): PenaltyCase {
  if (command.kind === 'RECORD_REMEDY_OUTCOME') return { ...state, remedy: command.outcome, remedyPeriods: remedyEnded(state.remedyPeriods, receivedOn(command, now)) };
  if (command.kind !== 'RECORD_ACT_REMEDY_OUTCOME') return state;
  return { ...state, actRemedies: withOutcome(state.actRemedies, command, receivedOn(command, now), suitUntil(state, command, law, now).suitUntil) };
}

/** Does the sum grow by this term, or is it the end of the thirty days of growing? */
function isOfGrowth(clock: ClockId): boolean {
  const { surcharge, thirty } = obligation(obligationOfClock(clock)).terms;
  return clock === surcharge || clock === thirty;
}

/** Would this term still stand still after this step: under another stay, or, of a sum, because another remedy is pending? */
export function stillStopped(state: PenaltyCase, command: CaseCommand, clock: ClockId): boolean {
  const remedyId = 'remedyId' in command ? command.remedyId : undefined;
  if (isStopped(state, clock, remedyId)) return true;
  if (isOfGrowth(clock)) return isOutcome(command) && isContested(settled(state, command), obligationOfClock(clock));
  // What the act itself let stand still goes on with it, unless the stay of the penalty holds it too; the terms of other acts are not touched.
  return remedyId !== undefined && (!stopsOf(state, remedyId).includes(clock) || (clock === 'T10d' && isStayed(state)));
}

/** Whose remedies are left once this one has its outcome. */
const settled = (state: PenaltyCase, command: Outcome): Pick<PenaltyCase, 'remedy' | 'actRemedies'> =>
  command.kind === 'RECORD_REMEDY_OUTCOME' ? { ...state, remedy: command.outcome } : { ...state, actRemedies: state.actRemedies.filter((one) => one.remedyId !== command.remedyId) };

/** Is this outcome about the obligation of the clock? One on the penalty is about the daily penalty as well. */
function isAbout(state: PenaltyCase, command: Outcome, clock: ClockId): boolean {
  const key = obligationOfClock(clock);
  if (command.kind === 'RECORD_REMEDY_OUTCOME') return key !== 'CORRECTION';
  return state.actRemedies.some((one) => one.remedyId === command.remedyId && obligationOfAct(one.act) === key);
}
const upheld = (state: PenaltyCase, command: CaseCommand, clock: ClockId): boolean =>
  isOutcome(command) && command.outcome === 'UPHELD' && isAbout(state, command, clock) && !isContested(settled(state, command), obligationOfClock(clock));

/** Last day the act or the file itself sets: an order names one, and a violation split off keeps the term it had. */
const daySet = (clock: ClockId, state: PenaltyCase, start: Instant, command: CaseCommand) =>
  command.kind === 'BEGIN_APPRAISAL' ? command.untilDay : clock === 'TR' ? orderedDay(state, start) : clock === 'T8' && state.filedAt === undefined ? state.openedFrom?.decideBy : undefined;

/** The day an order names; one that reached the party only after that day leaves it the statutory term from delivery. */
function orderedDay(state: PenaltyCase, delivered: Instant) {
  const day = state.order?.dueOn;
  return day !== undefined && day > dayOf(delivered) ? day : undefined;
}

const uncontested = (state: PenaltyCase, clock: ClockId): boolean => !isContested(state, obligationOfClock(clock));
const growsNot = (state: PenaltyCase, clock: ClockId): boolean => {
  const { surcharge } = obligation(obligationOfClock(clock)).terms;
  return surcharge !== undefined && state.running[surcharge] === undefined;
};

type Condition = (state: PenaltyCase, command: CaseCommand, law: Law, clock: ClockId) => boolean;
const CONDITIONS: Readonly<Record<ClockCondition, Condition>> = {
  FINE: (state, command) =>
    command.kind === 'DECIDE_ON_SPOT'
      ? command.penalties.includes('FINE') && command.amount > 0
      : (state.decision?.amount ?? 0) > state.paid,
  DECIDES_AGAIN: (_state, command) =>
    command.kind === 'REOPEN_CASE' ? command.to !== 'PERFORMING' : command.kind === 'RECORD_REMEDY_OUTCOME' && command.outcome === 'REMANDED',
  UNDER_INVESTIGATION: (state) => state.main === 'INVESTIGATING' || state.main === 'SUSPENDED',
  DAILY_OWED: (state) => standing(state, 'DAILY').owed > 0,
  DAILY_PENALTY: (state, _command, law) => chargedWith(state, law, 'dailyPenalty').length > 0,
  RECONSIDERED: (state, command) =>
    state.remedy === 'RECONSIDERATION' && command.kind === 'RECORD_REMEDY_OUTCOME' && (command.outcome === 'UPHELD' || command.outcome === 'CHANGED'),
  LIMITED: (_state, command) => command.kind === 'ORDER_PRODUCTION' && command.measure === 'LIMIT_PRODUCTION',
  TO_BE_CHECKED: (_state, command) => command.kind === 'RECORD_POLICE_TERM' && command.need === 'TO_BE_CHECKED',
  // While a remedy is pending a fine does not grow (行政处罚法 第七十三条); it does from the day the decision is upheld.
  NOT_LATE_YET: (state, _command, _law, clock) => growsNot(state, clock) && uncontested(state, clock),
  LATE_AND_UPHELD: (state, command, _law, clock) => {
    const { track, states } = obligation(obligationOfClock(clock));
    const late = [states.overdue, states.demanded].includes(stateOn(state, track));
    return upheld(state, command, clock) && growsNot(state, clock) && late;
  },
  UNCONTESTED: (state, _command, _law, clock) => uncontested(state, clock),
  UNPAID_AND_UPHELD: (state, command, _law, clock) => {
    const { track, states } = obligation(obligationOfClock(clock));
    return upheld(state, command, clock) && [states.overdue, states.demanded].includes(stateOn(state, track));
  },
  STILL_TO_CORRECT: (state) => state.rectification !== 'CORRECTED' && state.rectification !== 'NO_ORDER',
  CHANGED_AND_OWED: (state, command, _law, clock) =>
    isOutcome(command) && command.outcome === 'CHANGED' && (command.amount ?? 0) > standing(state, obligationOfClock(clock)).paid,
  POLICE_REVIEWED: (state) => state.latest.ASK_REFUSAL_REVIEW?.command.body === 'POLICE',
  SEALED_AT_ONCE: (state) => state.sealing === 'SEALED_URGENTLY',
  COMPLEX: (_state, command) => command.kind === 'RECORD_POLICE_TERM' && command.need === 'COMPLEX',
};

/** A day that is named counts to its end, today up to now. */
function namedIn(command: CaseCommand, now: Instant): Instant {
  if ('happenedAt' in command) return instant(command.happenedAt);
  const day = 'filedOn' in command ? command.filedOn : 'receivedOn' in command ? command.receivedOn : 'completedOn' in command ? command.completedOn : undefined;
  return day === undefined ? now : instant(Math.min(now, endOfDay(day) - 1));
}

function startOf(opening: ClockOpening, state: PenaltyCase, command: CaseCommand, now: Instant): Instant {
  const before = opening.after === undefined ? undefined : state.running[opening.after];
  if (before !== undefined) return instant(before.dueAt - 1);
  switch (opening.start) {
    case 'NOW':
      return now;
    case 'TAKEN':
      return 'takenAt' in command ? instant(command.takenAt) : now;
    case 'NAMED':
      return namedIn(command, now);
    case 'SENT':
      return state.latest.RECORD_POLICE_FORWARDED?.at ?? state.latest.SEND_TRANSFER?.at ?? now;
    case 'DELIVERED':
      return 'arrivedAt' in command ? instant(command.arrivedAt) : now;
    case 'PAYMENT_DAY': {
      const { payBy } = standing(state, obligationOfClock(opening.clock));
      return payBy === undefined ? now : instant(endOfDay(payBy) - 1);
    }
    case 'REMEDIES_EXPIRED': {
      const end = remediesEnd(state, obligationOfClock(opening.clock));
      return end === undefined ? now : instant(end - 1);
    }
    case 'OUTCOME_RECEIVED':
      return isOutcome(command) ? instant(endOfDay(receivedOn(command, now)) - 1) : now;
  }
}

/** 负责人批准、集体讨论: each adds its own term to the last day of the running one. */
const TERM_EXTENSIONS = { EXTEND_TERM: 'T8x', EXTEND_TERM_AGAIN: 'T8y' } as const;

/** Running terms that get a later last day. */
export function extensions(state: PenaltyCase, command: CaseCommand, law: Law): OpenedClock[] {
  const t8 = state.running.T8;
  if (command.kind === 'EXTEND_TERM' || command.kind === 'EXTEND_TERM_AGAIN') {
    if (t8 === undefined || ('agreed' in command && !command.agreed)) return [];
    const { dueAt, dueDay, article } = law.due(TERM_EXTENSIONS[command.kind], state.region, instant(t8.dueAt - 1));
    return [{ ...t8, dueAt, dueDay, article }];
  }
  if (command.kind !== 'GRANT_INSTALMENTS' && command.kind !== 'GRANT_DAILY_INSTALMENTS') return [];
  const term = command.kind === 'GRANT_INSTALMENTS' ? state.running.T10 : state.running.T10d;
  return term === undefined ? [] : [{ ...term, dueDay: command.untilDay, dueAt: endOfDay(command.untilDay), article: '行政处罚法 第六十六条' }];
}

/** A part payment ends no term, nor does a check that finds nothing corrected, nor a word on one result while another is open. */
export function closesOf(row: Transition, state: PenaltyCase, command: CaseCommand): readonly ClockId[] {
  switch (command.kind) {
    case 'REGISTER_PAYMENT':
    case 'REGISTER_DAILY_PAYMENT':
      return command.amount >= standing(state, obligationOfStep(command.kind)).owed ? row.closes : [];
    case 'RECORD_ENFORCEMENT':
    case 'RECORD_DAILY_ENFORCEMENT':
      return command.outcome === 'PART' ? [] : row.closes;
    // The right that was used, and no other.
    case 'RECORD_REMEDY':
      return row.closes.filter((clock) => clock !== (command.remedy === 'LITIGATION' ? 'T13' : 'T14'));
    case 'CHECK_RECTIFICATION':
      return command.corrected ? row.closes : row.closes.filter((clock) => obligationOfClock(clock) !== 'CORRECTION');
    case 'COMMENT_ON_RESULT':
      return state.samplings.some((s) => s.samplingId !== command.samplingId && isOpenToComment(state, s)) ? [] : row.closes;
    default:
      return row.closes;
  }
}

/** What the party contests by this step, as an obligation. */
const contestedBy = (state: PenaltyCase, { paperId }: CommandOf<'RECORD_ACT_REMEDY'>) => {
  const paper = state.papers.find((one) => one.paperId === paperId);
  const act = paper === undefined ? undefined : actOfPaper(paper);
  return act === undefined ? undefined : obligationOfAct(act);
};

/** A stay lets a day of payment stand still; one that had passed before it stays passed. A remedy stops the growth of what it is about. */
export const pausesOf = (row: Transition, state: PenaltyCase, command: CaseCommand, now: Instant): readonly ClockId[] =>
  command.kind === 'RECORD_ACT_REMEDY' ? row.pauses.filter((clock) => obligationOfClock(clock) === contestedBy(state, command))
  : command.kind === 'RECORD_ACT_STAY' ? stopsOf(state, command.remedyId).filter((clock) => (state.running[clock]?.dueAt ?? 0) > now)
  : command.kind === 'RECORD_STAY' ? row.pauses.filter((clock) => (state.running[clock]?.dueAt ?? 0) > now) : row.pauses;

export function cancelsOf(row: Transition, state: PenaltyCase, command: CaseCommand, { main, sideTo }: Pick<NextStates, 'main' | 'sideTo'>): readonly ClockId[] {
  if ('statementId' in command) return command.accepted ? row.cancels : [];
  if (command.kind === 'RECORD_ACT_REMEDY') return row.cancels.filter((clock) => obligationOfClock(clock) === contestedBy(state, command));
  if (isOutcome(command)) {
    const fallen = clocksOfMoves(sideTo);
    // Besides what fell, the terms of the fine itself; the daily penalty has its own.
    const own = command.kind === 'RECORD_REMEDY_OUTCOME' ? row.cancels.filter((clock) => !CONTESTABLE_ACTS.PRODUCTION.clocks.includes(clock)) : [];
    return command.outcome === 'UPHELD' ? [] : [...own, ...fallen];
  }
  // Window and hearing of the daily penalty end with it, never those of the main procedure.
  if (command.kind === 'DROP_DAILY_PENALTY') return state.daily === 'DAILY_WINDOW' ? ['T5', 'T6'] : state.daily === 'DAILY_HEARING_NOTICED' ? ['T7'] : [];
  // A case that ends without a decision has no decision term left.
  return main === 'TO_CLOSE' && state.decision === undefined ? [...row.cancels, 'T8', 'TM'] : row.cancels;
}
