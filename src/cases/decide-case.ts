import { dayOf, isRefusal, ok, type Instant, type Refusal, type Result } from '#kernel';
import { localBasis, type ClockId, type EvidencePoint, type Law, type PenaltyKind } from '#law';
import type { ActingContext } from './acting-context.ts';
import type { Derived, StepEvent } from './case-event.ts';
import { chargedActs, weighedSum } from './charged-acts.ts';
import { replacedBases, reportedBases } from './discretion/choice-of-law.ts';
import { computedGrades } from './discretion/computed-grades.ts';
import { earlierDecisionItems } from './discretion/earlier-decisions.ts';
import { runDiscretion } from './discretion/run-discretion.ts';
import type { OtherCase } from './store/other-cases.ts';
import type { CaseCommand, CommandOf } from './commands/index.ts';
import { refuse } from './errors.ts';
import { articlesOf, GUARDS, type GuardContext } from './guards/guards.ts';
import { resumedTerm, stillExcluded } from './clocks/excluded-time.ts';
import { fitsParty } from './kin/liable-person.ts';
import { SITE_POINT } from './evidence/evidence-items.ts';
import { cancelsOf, closesOf, extensions, openings, pausesOf, stillStopped, suitUntil } from './clocks/decide-clocks.ts';
import { dailySumOf } from './measures/daily-sum.ts';
import { nextStates } from './transitions/next-state.ts';
import { fileQuality } from './quality/file-quality.ts';
import { reviewedPoints } from './quality/legal-checks.ts';
import type { PaperKind } from './papers/paper-kinds.ts';
import type { PenaltyCase, Proposal, WeighedAct } from './penalty-case.ts';
import { stateOn, STATE_TITLES, type AnyState } from './states.ts';
import type { Transition } from './transitions/transition.ts';
import { takenAtOnce } from './measures/states.ts';
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
  if (!fitsParty(state, row)) return refuse('CASE-017', { args: { step: row.zh, stepEn: row.en } });
  if (!row.from.includes(from)) return wrongState(row, from, localBasis(law, row.article, state.region));
  // The legal review holds its points against the whole report, and prints them: it is made once.
  const quality = command.kind === 'PASS_LEGAL_REVIEW' ? { quality: fileQuality({ ...people, state, law, now }) } : {};
  const ctx: GuardContext = { state, command, step: command.kind, law, now, ...people, ...quality };
  const missing = missingFor(row, ctx);
  if (missing !== undefined) return missing;
  const derived = people.opened === undefined ? derive(ctx) : ok({ opened: people.opened });
  if (isRefusal(derived)) return derived;
  const next = nextStates(state, command, derived.value);
  const opened = openings(row, state, command, law, now);
  const cancels = cancelsOf(row, state, command, next);
  const running = (clocks: readonly ClockId[]) => clocks.filter((c) => state.running[c] !== undefined);
  const resumed = running(row.resumes).filter((c) => !cancels.includes(c) && !(c === 'T8' && stillExcluded(state, command)) && !stillStopped(state, command, c));
  const stood = Object.values(state.running).filter((term) => term.pausedAt !== undefined && resumed.includes(term.clock));
  return ok({
    kind: 'STEP',
    at: now,
    actor: people.actor,
    command,
    track: row.track,
    from,
    to: next.to,
    ...(next.mainTo === undefined ? {} : { mainTo: next.mainTo }),
    ...(next.sideTo.length === 0 ? {} : { sideTo: next.sideTo }),
    article: localBasis(law, row.article, state.region),
    derived: derived.value,
    opened,
    extended: [...stood.map((term) => resumedTerm(term, law, state.region, now)), ...extensions(state, command, law)],
    closed: running(closesOf(row, state, command)),
    cancelled: running(cancels),
    paused: running(pausesOf(row, state, command, now)),
    resumed,
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
  const basis = localBasis(ctx.law, articlesOf(found.map(({ id }) => id), row), ctx.state.region);
  if (first.id === 'EVIDENCE_REVIEWED' || first.id === 'CHECK_REVIEWED') return refuse('CASE-004', { missing, basis });
  const args = { step: row.zh, stepEn: row.en, list: missing.join('；') };
  return refuse('CASE-003', { args, missing, basis });
}

function derive(ctx: GuardContext): Result<Derived> {
  const { state, command, assistant, host, departmentHead, partyType, passed, supplied = [], checked, frozen, clue, suggestions, others, law, now } = ctx;
  if (frozen !== undefined) return ok({ frozen });
  if (checked !== undefined) return ok({ checked });
  if (host !== undefined) return ok({ host });
  if (command?.kind === 'ATTACH_EVIDENCE' && passed !== undefined && passed.length > 0) return ok({ passed });
  if (assistant !== undefined && (command?.kind === 'PROPOSE_FILING' || command?.kind === 'ASSIGN_OFFICERS' || command?.kind === 'ANSWER_OFFICER_RECUSAL'))
    return ok({ assistant, ...(partyType === undefined ? {} : { partyType }) });
  if (command?.kind === 'SETTLE_LATER_FINDINGS' && clue !== undefined) return ok({ clue: clue.now, ...(supplied.length === 0 ? {} : { observed: supplied }) });
  if (command?.kind === 'ANSWER_SUGGESTION') return ok(suggestedBy(command.suggestion, suggestions));
  if (command?.kind === 'PROPOSE_DAILY_PENALTY') return ok({ daily: dailySumOf(state, law) });
  if (command?.kind === 'RECORD_ACT_REMEDY_OUTCOME') return ok(suitUntil(state, command, law, now));
  if (command?.kind === 'SET_DISCRETION') return weigh(state, command, law, others, now);
  if (command?.kind === 'DELIBERATE' && command.outcome !== 'RETURN')
    return ok({ proposal: propose(state, command, law, now) });
  if (command?.kind === 'FINISH_INVESTIGATION') return ok({ reported: reportedBases(state, law, dayOf(now)) });
  if (command?.kind === 'PASS_LEGAL_REVIEW') return ok({ checks: reviewedPoints(ctx, command.checks) });
  if (command?.kind === 'APPROVE_FILING') return ok({ ...pointFor(state, law, (e) => e.required && e.kinds.includes('ELECTRONIC_DATA')), ...(departmentHead === true ? { departmentHead } : {}) });
  if (command?.kind === 'RECORD_SITE_INSPECTION') return ok({ ...pointFor(state, law, (e) => e.kinds.includes('SITE_RECORD')), ...pointFor(state, law, (e) => e.id === SITE_POINT) });
  return ok({});
}

function suggestedBy(id: string, suggestions: GuardContext['suggestions'] = []): Pick<Derived, 'suggested'> {
  const found = suggestions.find((one) => one.id === id);
  return found === undefined ? {} : { suggested: { zh: found.zh, en: found.en } };
}

/** The first point of the checklist that what the step brings satisfies. */
function pointFor({ violation }: PenaltyCase, law: Law, fits: (point: EvidencePoint) => boolean): Pick<Derived, 'dataPoint'> {
  const point = violation === undefined ? undefined : law.violation(violation).evidence.find(fits);
  return point === undefined ? {} : { dataPoint: point.id };
}

/** Every violation of the case by its own table and basis; a further one nobody weighed is named by the guard. */
function weigh(state: PenaltyCase, command: CommandOf<'SET_DISCRETION'>, law: Law, others: readonly OtherCase[] | undefined, now: Instant): Result<Derived> {
  const trace = runDiscretion(state, command, law);
  if (!trace.ok) return trace;
  const further: WeighedAct[] = [];
  for (const { violation, basisId, basisReason, ...input } of command.further) {
    const run = runDiscretion(state, { basisId, ...input }, law, violation);
    if (!run.ok) return run;
    further.push({ violation, basisId, basisReason, trace: run.value });
  }
  const [act] = chargedActs(state);
  const table = act && law.discretionTable(act.violation, state.region, act.actEnd);
  const computed = computedGrades(state, law, table, others).filter(({ factor, grade }) => command.grades[factor] === grade);
  return ok({
    trace: trace.value, further, grounds: Object.fromEntries(computed.map(({ factor, zh, told }) => [factor, { zh, told }])),
    replaces: replacedBases(state, command), earlier: earlierDecisionItems(state, law, table, others ?? [], now),
  });
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
  const { confiscation } = command;
  const sum = amount + (confiscation ?? 0);
  const value = (key: 'cases.hearingAmountEntity' | 'cases.hearingAmountCitizen' | 'cases.collectiveAmount') =>
    law.valueAt(key, state.region, dayOf(now)).value;
  const hearingFrom = value(state.person === undefined ? 'cases.hearingAmountEntity' : 'cases.hearingAmountCitizen');
  const punished = outcome === 'PENALTY';
  // Leaving the benchmark always goes to the leaders together.
  const traces = state.discretion === undefined ? [] : [state.discretion, ...state.discretion.further].map((w) => w.trace);
  const leavesBenchmark = traces.some((trace) => trace.mitigation !== undefined);
  return {
    outcome,
    amount,
    ...(punished && confiscation !== undefined ? { confiscation } : {}),
    penalties: punished ? command.penalties : [],
    ...(command.exemptionId === undefined ? {} : { exemptionId: command.exemptionId }),
    hearingRight:
      punished &&
      (sum >= hearingFrom || command.penalties.some((p) => HEARING_KINDS.includes(p))),
    collectiveDue:
      punished &&
      (sum >= value('cases.collectiveAmount') ||
        command.complex ||
        leavesBenchmark ||
        command.penalties.some((p) => SEVERE_KINDS.includes(p))),
  };
}

const DECISION_PAPER = {
  PENALTY: 'PENALTY_DECISION',
  NO_PENALTY: 'NO_PENALTY_DECISION',
  NOT_ESTABLISHED: 'NOT_ESTABLISHED_DECISION',
} as const;

function owedPapers(row: Transition, state: PenaltyCase, command: CaseCommand): readonly PaperKind[] {
  // Only what was taken at once is given back when it is rejected.
  if (command.kind === 'REJECT_SEALING' || command.kind === 'REJECT_PRESERVATION') return takenAtOnce(stateOn(state, row.track)) ? row.papers : row.papers.slice(0, 1);
  if (command.kind !== 'DECIDE') return row.papers;
  return state.proposal === undefined ? [] : [DECISION_PAPER[state.proposal.outcome]];
}
