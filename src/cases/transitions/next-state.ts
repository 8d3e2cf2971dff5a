import type { Derived } from '../case-event.ts';
import type { CaseCommand, CommandKind, CommandOf } from '../commands/index.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import { MEASURE_PICK } from '../measures/measure-picks.ts';
import { obligation, obligationOfStep } from '../recovery/obligations.ts';
import { fateOfAct, fateOfDependents, type SideMove } from '../remedies/contested-acts.ts';
import { stateOn, type AnyState, type MainState } from '../states.ts';
import { transitionOf } from './transitions.ts';

export interface NextStates {
  readonly to: AnyState;
  /** Where the main track stands afterwards. */
  readonly main: MainState;
  readonly mainTo?: MainState;
  /** Other side tracks that move with it. */
  readonly sideTo: readonly SideMove[];
}

/** Picks the next state where a row allows several. */
export function nextStates(state: PenaltyCase, command: CaseCommand, derived: Derived): NextStates {
  const row = transitionOf(command.kind);
  const to = pick(state, command, derived) ?? row.to[0] ?? stateOn(state, row.track);
  if (row.track === 'MAIN') return { to, main: to as MainState, sideTo: [] };
  const sideTo = moveSides(state, command);
  const mainTo = moveMain(state, command, sideTo);
  return mainTo === undefined ? { to, main: state.main, sideTo } : { to, main: mainTo, mainTo, sideTo };
}

function moveSides(state: PenaltyCase, command: CaseCommand): readonly SideMove[] {
  if (command.kind === 'RECORD_ACT_REMEDY_OUTCOME') return fateOfAct(state, command);
  return command.kind === 'RECORD_REMEDY_OUTCOME' ? fateOfDependents(state, command) : [];
}

/**
 * A changed decision is performed as changed; one set aside is decided anew, or closes the case. An archived file moves no more: what
 * follows is done in a file of its own, or by a refund noted beside it.
 */
function moveMain(state: PenaltyCase, command: CaseCommand, sideTo: readonly SideMove[]): MainState | undefined {
  if (command.kind === 'RECORD_ACT_REMEDY_OUTCOME') return sideTo.length > 0 && (state.main === 'CLOSED' || state.main === 'CLOSING_PROPOSED') ? 'TO_CLOSE' : undefined;
  if (command.kind !== 'RECORD_REMEDY_OUTCOME' || state.main === 'ARCHIVED') return undefined;
  const { outcome, amount = 0 } = command;
  if (outcome === 'REMANDED') return 'DISCRETION';
  if (outcome === 'CHANGED' && amount > state.paid) return state.main === 'PERFORMING' ? undefined : 'PERFORMING';
  return outcome !== 'UPHELD' && state.main !== 'TO_CLOSE' ? 'TO_CLOSE' : undefined;
}

export type PickTable = { readonly [K in CommandKind]?: (state: PenaltyCase, command: CommandOf<K>, derived: Derived) => AnyState };

const due = (state: PenaltyCase): number => state.decision?.amount ?? 0;
/** What the court brought in only in part is still with it. */
const enforcedTo = (_state: PenaltyCase, { kind, outcome }: CommandOf<'RECORD_ENFORCEMENT' | 'RECORD_DAILY_ENFORCEMENT' | 'RECORD_CORRECTION_ENFORCED'>): AnyState => {
  const { court, ended, met } = obligation(obligationOfStep(kind)).states;
  return outcome === 'PART' ? court : outcome === 'TERMINATED' ? ended : met;
};
const afterWindow = (state: PenaltyCase): AnyState =>
  state.defence.some((p) => p.answer === undefined) ? 'DEFENCE_REVIEW' : 'LEGAL_REVIEW';

/** A demand whose reasons do not hold is given up: the sum or the order is where it stood before. */
const answeredTo = (state: PenaltyCase, { kind, accepted }: CommandOf<'ANSWER_DEMAND_STATEMENT' | 'ANSWER_DAILY_DEMAND_STATEMENT' | 'ANSWER_CORRECTION_STATEMENT'>): AnyState => {
  const { track, states } = obligation(obligationOfStep(kind));
  const here = stateOn(state, track);
  return accepted && here === states.demanded ? states.overdue : here;
};

/** Rows with one next state need no entry here. */
const PICK: PickTable = {
  ...MEASURE_PICK,
  DELIBERATE: (_, __, derived) => {
    if (derived.proposal === undefined) return 'DISCRETION';
    return derived.proposal.outcome === 'PENALTY' ? 'NOTICE_PREPARED' : 'LEGAL_REVIEW';
  },
  WAIVE_RIGHTS: afterWindow,
  CLOSE_WINDOW: afterWindow,
  REVIEW_DEFENCE: (_, c) =>
    (({ UPHELD: 'LEGAL_REVIEW', CHANGED: 'DISCRETION', MORE_FACTS: 'INVESTIGATING' }) as const)[c.result],
  PASS_LEGAL_REVIEW: (state) => (state.proposal?.collectiveDue === true ? 'COLLECTIVE_DISCUSSION' : 'DECISION_READY'),
  PASS_CASE_REVIEW: ({ report }) => (report?.outcome === 'NOT_ESTABLISHED' ? 'DELIBERATION' : 'DISCRETION'),
  RETURN_FROM_LEGAL: (_, c) => c.to,
  RETURN_FROM_DECISION: (_, c) => c.to,
  RECORD_DISCUSSION: (_, c) => (c.agreed ? 'DECISION_READY' : 'DISCRETION'),
  // What was paid on a decision that was then changed counts towards the new one.
  RECORD_DECISION_DELIVERED: (state) => (due(state) > state.paid ? 'PERFORMING' : 'TO_CLOSE'),
  REGISTER_PAYMENT: (state, c) => (state.paid + c.amount >= due(state) ? 'TO_CLOSE' : state.main),
  RECORD_ENFORCEMENT: enforcedTo,
  RECORD_DAILY_ENFORCEMENT: enforcedTo,
  RECORD_CORRECTION_ENFORCED: enforcedTo,
  ANSWER_DEMAND_STATEMENT: answeredTo,
  ANSWER_DAILY_DEMAND_STATEMENT: answeredTo,
  ANSWER_CORRECTION_STATEMENT: answeredTo,
  WITHDRAW_NOTICE: (_, c) => c.to,
  REOPEN_CASE: (_, c) => c.to,
  DECIDE_ON_SPOT: (_, c) => (c.penalties.includes('FINE') && c.amount > 0 ? 'PERFORMING' : 'TO_CLOSE'),
  // What a substitute or the court is to do goes on until it is done.
  CHECK_RECTIFICATION: ({ rectification: here }, c) => (c.corrected ? 'CORRECTED' : here === 'SUBSTITUTE_ORDERED' || here === 'CORRECTION_IN_COURT' ? here : 'NOT_CORRECTED'),
  RECORD_REMEDY: (_, c) => c.remedy,
  RECORD_REMEDY_OUTCOME: (_, c) => c.outcome,
  RECORD_ACT_REMEDY_OUTCOME: (state, c) => (state.actRemedies.some((one) => one.outcome === undefined && one.remedyId !== c.remedyId) ? 'ACT_CONTESTED' : 'ACT_REMEDY_ENDED'),
};

function pick(state: PenaltyCase, command: CaseCommand, derived: Derived): AnyState | undefined {
  const choose = PICK[command.kind] as ((s: PenaltyCase, c: CaseCommand, d: Derived) => AnyState) | undefined;
  return choose?.(state, command, derived);
}
