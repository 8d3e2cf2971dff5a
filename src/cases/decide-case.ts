import { addMonths, dayOf, endOfDay, instant, isRefusal, ok, type Instant, type Refusal, type Result } from '#kernel';
import { localBasis, type ClockId, type Law, type PenaltyKind } from '#law';
import type { ActingContext } from './acting-context.ts';
import type { Derived, StepEvent } from './case-event.ts';
import { chargedWith, weighedSum } from './charged-acts.ts';
import { runDiscretion } from './run-discretion.ts';
import type { CaseCommand, CommandOf } from './commands/index.ts';
import { refuse } from './errors.ts';
import { GUARD_ARTICLES, GUARDS, type GuardContext } from './guards/guards.ts';
import { stillExcluded } from './excluded-time.ts';
import { dailyDebt, dailySumOf } from './measures/daily-sum.ts';
import { openedClock } from './open-clock.ts';
import { nextStates } from './transitions/next-state.ts';
import type { PaperKind } from './paper-kinds.ts';
import type { OpenedClock, PenaltyCase, Proposal, WeighedAct } from './penalty-case.ts';
import { stateOn, STATE_TITLES, type AnyState } from './states.ts';
import type { ClockCondition, ClockOpening, Transition } from './transitions/transition.ts';
import { transitionOf } from './transitions/transitions.ts';

/**
 * May this step be taken now, and what follows from it? Pure: everything needed is given.
 * CASE-002 wrong state, CASE-003 something missing (named), CASE-004 unreviewed data, CASE-009 no legal basis.
 */
export function decideCase(
  state: PenaltyCase,
  command: CaseCommand,
  people: ActingContext,
  law: Law,
  now: Instant,
): Result<StepEvent> {
  const row = transitionOf(command.kind);
  const from = stateOn(state, row.track);
  if (!row.from.includes(from)) return wrongState(row, from, localBasis(law, row.article, state.region));
  const ctx: GuardContext = { state, command, step: command.kind, law, now, ...people };
  const missing = missingFor(row, ctx);
  if (missing !== undefined) return missing;
  const derived = people.opened === undefined ? derive(ctx) : ok({ opened: people.opened });
  if (isRefusal(derived)) return derived;
  const next = nextStates(state, command, derived.value);
  const opened = openings(row, state, command, law, now);
  const cancels = cancelsOf(row, state, command, next.main);
  const running = (clocks: readonly ClockId[]) => clocks.filter((c) => state.running[c] !== undefined);
  return ok({
    kind: 'STEP',
    at: now,
    actor: people.actor,
    command,
    track: row.track,
    from,
    to: next.to,
    ...(next.mainTo === undefined ? {} : { mainTo: next.mainTo }),
    article: localBasis(law, row.article, state.region),
    derived: derived.value,
    opened,
    extended: extensions(state, command, law),
    closed: running(closesOf(row, state, command)),
    cancelled: running(cancels),
    paused: running(row.pauses),
    resumed: running(row.resumes).filter((c) => !cancels.includes(c) && !(c === 'T8' && stillExcluded(state, command))),
    owes: owedPapers(row, state, command),
    papers: [],
  });
}

const wrongState = (row: Transition, from: AnyState, basis: string): Refusal =>
  refuse('CASE-002', {
    args: { state: STATE_TITLES[from].zh, stateEn: STATE_TITLES[from].en, step: row.zh, stepEn: row.en },
    basis,
  });

function missingFor(row: Transition, ctx: GuardContext): Refusal | undefined {
  const found = row.guards.map((id) => ({ id, missing: GUARDS[id](ctx) })).filter((g) => g.missing.length > 0);
  const first = found[0];
  if (first === undefined) return undefined;
  const missing = found.flatMap((g) => g.missing);
  if (first.id === 'EVIDENCE_REVIEWED') return refuse('CASE-004', { missing });
  const args = { step: row.zh, stepEn: row.en, list: missing.join('；') };
  return refuse('CASE-003', { args, missing, basis: localBasis(ctx.law, [...new Set(found.map((g) => GUARD_ARTICLES[g.id]))].join('；'), ctx.state.region) });
}

function derive({ state, command, assistant, partyType, passed, checked, frozen, law, now }: GuardContext): Result<Derived> {
  if (frozen !== undefined) return ok({ frozen });
  if (checked !== undefined) return ok({ checked });
  if (command?.kind === 'ATTACH_EVIDENCE' && passed !== undefined && passed.length > 0) return ok({ passed });
  if (assistant !== undefined && (command?.kind === 'PROPOSE_FILING' || command?.kind === 'ASSIGN_OFFICERS'))
    return ok({ assistant, ...(partyType === undefined ? {} : { partyType }) });
  if (command?.kind === 'PROPOSE_DAILY_PENALTY') return ok({ daily: dailySumOf(state, law) });
  if (command?.kind === 'SET_DISCRETION') return weigh(state, command, law);
  if (command?.kind === 'DELIBERATE' && command.outcome !== 'RETURN')
    return ok({ proposal: propose(state, command, law, now) });
  if (command?.kind === 'APPROVE_FILING' && state.violation !== undefined) {
    const point = law
      .violation(state.violation)
      .evidence.find((e) => e.required && e.kinds.includes('ELECTRONIC_DATA'));
    return ok(point === undefined ? {} : { dataPoint: point.id });
  }
  return ok({});
}

/** Every violation of the case by its own table and basis; a further one nobody weighed is named by the guard. */
function weigh(state: PenaltyCase, command: CommandOf<'SET_DISCRETION'>, law: Law): Result<Derived> {
  const trace = runDiscretion(state, command, law);
  if (!trace.ok) return trace;
  const further: WeighedAct[] = [];
  for (const { violation, basisId, basisReason, ...input } of command.further) {
    const run = runDiscretion(state, { basisId, ...input }, law, violation);
    if (!run.ok) return run;
    further.push({ violation, basisId, basisReason, trace: run.value });
  }
  return ok({ trace: trace.value, further });
}

const HEARING_KINDS: readonly PenaltyKind[] = [
  'CONFISCATION',
  'LIMIT_PRODUCTION',
  'STOP_PRODUCTION',
  'PERMIT_REVOCATION',
  'CLOSURE',
];
const SEVERE_KINDS: readonly PenaltyKind[] = ['LIMIT_PRODUCTION', 'STOP_PRODUCTION', 'PERMIT_REVOCATION', 'CLOSURE'];

function propose(state: PenaltyCase, command: CommandOf<'DELIBERATE'>, law: Law, now: Instant): Proposal {
  const outcome = command.outcome === 'RETURN' ? 'NOT_ESTABLISHED' : command.outcome;
  const fine = outcome === 'PENALTY' && command.penalties.includes('FINE');
  const amount = fine ? weighedSum(state) : 0;
  const value = (key: 'cases.hearingAmountEntity' | 'cases.collectiveAmount') =>
    law.valueAt(key, state.region, dayOf(now)).value;
  const punished = outcome === 'PENALTY';
  // Leaving the benchmark always goes to the leaders together.
  const traces = state.discretion === undefined ? [] : [state.discretion, ...state.discretion.further].map((w) => w.trace);
  const leavesBenchmark = traces.some((trace) => trace.mitigation !== undefined);
  return {
    outcome,
    amount,
    penalties: punished ? command.penalties : [],
    ...(command.exemptionId === undefined ? {} : { exemptionId: command.exemptionId }),
    hearingRight:
      punished &&
      (amount >= value('cases.hearingAmountEntity') || command.penalties.some((p) => HEARING_KINDS.includes(p))),
    collectiveDue:
      punished &&
      (amount >= value('cases.collectiveAmount') ||
        command.complex ||
        leavesBenchmark ||
        command.penalties.some((p) => SEVERE_KINDS.includes(p))),
  };
}

function openings(row: Transition, state: PenaltyCase, command: CaseCommand, law: Law, now: Instant): OpenedClock[] {
  return row.opens
    .filter((o) => o.when === undefined || CONDITIONS[o.when](state, command, law))
    .map((opening) => {
      const start = startOf(opening, state, command, now);
      return openedClock(law, opening.clock, state.region, start, daySet(opening.clock, state, start));
    });
}

/** Last day the act or the file itself sets: an order names one, and a violation split off keeps the term it had. */
const daySet = (clock: ClockId, state: PenaltyCase, start: Instant) =>
  clock === 'TR' ? orderedDay(state, start) : clock === 'T8' && state.filedAt === undefined ? state.openedFrom?.decideBy : undefined;

/** The day an order names; one that reached the party only after that day leaves it the statutory term from delivery. */
function orderedDay(state: PenaltyCase, delivered: Instant) {
  const day = state.order?.dueOn;
  return day !== undefined && day > dayOf(delivered) ? day : undefined;
}

const contested = (state: PenaltyCase): boolean => state.remedy === 'RECONSIDERATION' || state.remedy === 'LITIGATION';

type Condition = (state: PenaltyCase, command: CaseCommand, law: Law) => boolean;
const CONDITIONS: Readonly<Record<ClockCondition, Condition>> = {
  FINE: (state, command) =>
    command.kind === 'DECIDE_ON_SPOT'
      ? command.penalties.includes('FINE') && command.amount > 0
      : (state.decision?.amount ?? 0) > state.paid,
  DECIDES_AGAIN: (_state, command) =>
    command.kind === 'REOPEN_CASE' ? command.to !== 'PERFORMING' : command.kind === 'RECORD_REMEDY_OUTCOME' && command.outcome === 'CHANGED',
  DAILY_PENALTY: (state, _command, law) => chargedWith(state, law, 'dailyPenalty').length > 0,
  RECONSIDERED: (state, command) =>
    state.remedy === 'RECONSIDERATION' && command.kind === 'RECORD_REMEDY_OUTCOME' && command.outcome !== 'REVOKED',
  LIMITED: (_state, command) => command.kind === 'ORDER_PRODUCTION' && command.measure === 'LIMIT_PRODUCTION',
  TO_BE_CHECKED: (_state, command) => command.kind === 'RECORD_POLICE_TERM' && command.need === 'TO_BE_CHECKED',
  // While a remedy is pending the fine does not grow (行政处罚法 第七十三条); it does from the day the decision is upheld.
  NOT_LATE_YET: (state) => state.running.T11 === undefined && !contested(state),
  LATE_AND_UPHELD: (state, command) =>
    command.kind === 'RECORD_REMEDY_OUTCOME' && command.outcome === 'UPHELD' && state.running.T11 === undefined && (state.main === 'OVERDUE' || state.main === 'DEMANDED'),
  COMPLEX: (_state, command) => command.kind === 'RECORD_POLICE_TERM' && command.need === 'COMPLEX',
};

function startOf(opening: ClockOpening, state: PenaltyCase, command: CaseCommand, now: Instant): Instant {
  const before = opening.after === undefined ? undefined : state.running[opening.after];
  if (before !== undefined) return instant(before.dueAt - 1);
  switch (opening.start) {
    case 'NOW':
      return now;
    case 'TAKEN':
      return 'takenAt' in command ? instant(command.takenAt) : now;
    case 'SENT':
      return state.latest.RECORD_POLICE_FORWARDED?.at ?? state.latest.SEND_TRANSFER?.at ?? now;
    case 'DELIVERED':
      return 'arrivedAt' in command ? instant(command.arrivedAt) : now;
    case 'PAYMENT_DAY': {
      const day = state.decision?.payBy;
      return day === undefined ? now : instant(endOfDay(day) - 1);
    }
    case 'REMEDIES_EXPIRED': {
      const day = state.decision?.delivery?.legalDay;
      return day === undefined ? now : instant(endOfDay(addMonths(day, 6)) - 1);
    }
  }
}

/** 负责人批准、集体讨论: each adds its own term to the last day of the running one. */
const TERM_EXTENSIONS = { EXTEND_TERM: 'T8x', EXTEND_TERM_AGAIN: 'T8y' } as const;

function extensions(state: PenaltyCase, command: CaseCommand, law: Law): OpenedClock[] {
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

/** A part payment ends no clock. */
function closesOf(row: Transition, state: PenaltyCase, command: CaseCommand): readonly ClockId[] {
  if (command.kind === 'REGISTER_DAILY_PAYMENT') return command.amount >= dailyDebt(state).owed ? row.closes : [];
  if (command.kind !== 'REGISTER_PAYMENT') return row.closes;
  return state.paid + command.amount >= (state.decision?.amount ?? 0) ? row.closes : [];
}

function cancelsOf(row: Transition, state: PenaltyCase, command: CaseCommand, main: AnyState): readonly ClockId[] {
  if (command.kind === 'RECORD_REMEDY_OUTCOME' && command.outcome === 'UPHELD') return [];
  // A case that ends without a decision has no decision term left.
  return main === 'TO_CLOSE' && state.decision === undefined ? [...row.cancels, 'T8'] : row.cancels;
}

const DECISION_PAPER = {
  PENALTY: 'PENALTY_DECISION',
  NO_PENALTY: 'NO_PENALTY_DECISION',
  NOT_ESTABLISHED: 'NOT_ESTABLISHED_DECISION',
} as const;

function owedPapers(row: Transition, state: PenaltyCase, command: CaseCommand): readonly PaperKind[] {
  if (command.kind !== 'DECIDE') return row.papers;
  return state.proposal === undefined ? [] : [DECISION_PAPER[state.proposal.outcome]];
}
