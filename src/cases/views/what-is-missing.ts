import type { Actor } from '#access';
import type { Instant } from '#kernel';
import { localBasis, type Law } from '#law';
import type { LookedUp } from '../acting-context.ts';
import { checkActor } from '../check-actor.ts';
import type { CommandKind } from '../commands/index.ts';
import type { GuardId } from '../guards/guard-ids.ts';
import { GUARDS, type GuardContext } from '../guards/guards.ts';
import { measureGates } from '../measures/measure-guards.ts';
import { fitsParty } from '../kin/liable-person.ts';
import type { PenaltyCase } from '../penalty-case.ts';
import type { MainState } from '../states.ts';
import type { Transition } from '../transitions/transition.ts';
import { openSteps } from '../transitions/transitions.ts';

/** One step that starts where the case stands now. */
export interface NextStep {
  readonly command: CommandKind;
  readonly zh: string;
  readonly en: string;
  readonly track: Transition['track'];
  readonly article: string;
  readonly papers: readonly string[];
  /** The step the law expects next: the primary button. */
  readonly primary: boolean;
  /** May this very person take it? If not, why. */
  readonly allowed: boolean;
  readonly why?: string;
  readonly whyEn?: string;
  /** Papers and facts still missing, each in words. */
  readonly missing: readonly string[];
}

/** The forward step of each state. States that wait for the party or for a delivery have none for the officer. */
export const FORWARD: Readonly<Partial<Record<MainState, CommandKind>>> = {
  PRELIM_REVIEW: 'PROPOSE_FILING',
  FILING_PROPOSED: 'APPROVE_FILING',
  INVESTIGATING: 'FINISH_INVESTIGATION',
  SUSPENDED: 'RESUME',
  TRANSFER_PROPOSED: 'APPROVE_TRANSFER',
  TRANSFER_APPROVED: 'SEND_TRANSFER',
  WITH_POLICE: 'RECORD_POLICE_FILED',
  POLICE_REFUSED: 'ASK_REFUSAL_REVIEW',
  REFUSAL_REVIEW: 'RECORD_REFUSAL_UPHELD',
  CRIMINAL_CASE: 'HAND_OVER_GOODS',
  CASE_REVIEW: 'PASS_CASE_REVIEW',
  DISCRETION: 'SET_DISCRETION',
  DELIBERATION: 'DELIBERATE',
  NOTICE_PREPARED: 'SEND_NOTICE',
  DEFENCE_WINDOW: 'CLOSE_WINDOW',
  HEARING_REQUESTED: 'GRANT_HEARING',
  HEARING_NOTICED: 'HOLD_HEARING',
  HEARING_ADJOURNED: 'RESUME_HEARING',
  DEFENCE_REVIEW: 'REVIEW_DEFENCE',
  LEGAL_REVIEW: 'PASS_LEGAL_REVIEW',
  COLLECTIVE_DISCUSSION: 'RECORD_DISCUSSION',
  DECISION_READY: 'DECIDE',
  DECIDED: 'SEND_DECISION',
  PERFORMING: 'REGISTER_PAYMENT',
  OVERDUE: 'ISSUE_DEMAND',
  DEMANDED: 'APPLY_TO_COURT',
  COURT_APPLIED: 'RECORD_ENFORCEMENT',
  TO_CLOSE: 'PROPOSE_CLOSING',
  CLOSING_PROPOSED: 'APPROVE_CLOSING',
  CLOSED: 'ARCHIVE',
};

/** The steps that start here, the expected one first, each with what is still missing. Runs the very guards of `decide`. */
export function whatIsMissing(state: PenaltyCase, actor: Actor, law: Law, now: Instant, looked: LookedUp & Pick<GuardContext, 'told' | 'quality'> = {}): NextStep[] {
  const ctx: GuardContext = { state, law, now, ...looked };
  const rows = openSteps(state).filter((row) => fitsParty(state, row) && row.actor !== 'SYSTEM' && !comesTooEarly(row, ctx));
  const steps = rows.map((row): NextStep => {
    const missing = row.guards.flatMap((id) => GUARDS[id]({ ...ctx, step: row.command }));
    const denied = checkActor(state, row, actor);
    return {
      command: row.command,
      zh: row.zh,
      en: row.en,
      track: row.track,
      article: localBasis(law, row.article, state.region),
      papers: row.papers,
      primary: FORWARD[state.main] === row.command,
      allowed: denied === undefined,
      ...(denied === undefined ? {} : { why: denied.zh, whyEn: denied.en }),
      missing,
    };
  });
  return steps.sort((a, b) => Number(b.primary) - Number(a.primary));
}

/** Side tracks are not offered before the case has come so far, nor steps this region or this case does not know. */
const GATES: readonly GuardId[] = ['CASE_RUNNING', 'FINDINGS_UNSETTLED', 'SUGGESTION_OPEN', 'DECISION_DELIVERED', 'ACT_CONTESTABLE', 'ACT_TO_STAY', 'ACT_STAYED', 'MONEY_OWED', 'DEMAND_IN_HAND', 'STATEMENT_OPEN', 'SURCHARGE_TO_WAIVE', ...measureGates, 'SIMPLE_ALLOWED', 'DECIDED_ON_SPOT', 'EXCLUSION_OPEN', 'RIGHT_TO_WAIVE', 'POSTPONEMENT_PENDING', 'RECUSAL_PENDING', 'QUESTION_OPEN', 'REPORT_AWAITED', 'RESULT_TO_TELL', 'RESULT_OPEN', 'OBJECTION_OPEN', 'STAYED', 'NOT_YET_STAYED', 'OTHER_PARTY_TO_TELL', 'REFUND_DUE', 'REFUND_DECIDED', 'PENALTY_TO_CARRY_OUT', 'OFFICER_RECUSAL_PENDING'];
export const comesTooEarly = (row: Transition, ctx: GuardContext): boolean =>
  row.guards.some((id) => GATES.includes(id) && GUARDS[id]({ ...ctx, step: row.command }).length > 0);
