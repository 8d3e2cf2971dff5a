import type { Action } from '#access';
import type { ClockId } from '#law';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import type { GuardId } from '../guards/guard-ids.ts';
import type { PaperKind } from '../papers/paper-kinds.ts';
import type { AnyState, MainState, Track } from '../states.ts';

/** Where the term of a clock starts. */
export type ClockStart =
  | 'NOW'
  /** The moment the paper reached the party's system. */
  | 'DELIVERED'
  /** The last day of payment has passed: from the next day the fine grows (行政处罚法 第七十二条). */
  | 'PAYMENT_DAY'
  /** The remedies have run out: those not used by time, those used by their outcome. */
  | 'REMEDIES_EXPIRED'
  /** The day the outcome of a remedy was received. */
  | 'OUTCOME_RECEIVED'
  /** The moment of the act on the spot, which is recorded afterwards. */
  | 'TAKEN'
  /** The moment or the day the command names: when it happened, was received, was completed, was filed by others. */
  | 'NAMED'
  /** The moment the file went to the police, or from there to those who have jurisdiction. */
  | 'SENT';

export interface ClockOpening {
  readonly clock: ClockId;
  readonly start: ClockStart;
  /** Opened only in this case. */
  readonly when?: ClockCondition;
  /** An extension: the term begins where this running one ends. */
  readonly after?: ClockId;
}

export type ClockCondition = 'FINE' | 'NOT_LATE_YET' | 'LATE_AND_UPHELD' | 'UNPAID_AND_UPHELD' | 'UNCONTESTED' | 'DAILY_OWED' | 'DAILY_PENALTY' | 'UNDER_INVESTIGATION' | 'STILL_TO_CORRECT' | 'DECIDES_AGAIN' | 'RECONSIDERED' | 'LIMITED' | 'TO_BE_CHECKED' | 'COMPLEX' | 'POLICE_REVIEWED' | 'CHANGED_AND_OWED' | 'SEALED_AT_ONCE';

/** Papers a step puts into the post, and the step that follows when the newest of them has arrived. */
export interface Posting {
  readonly papers: readonly PaperKind[];
  readonly onArrival: ArrivalKind;
  /** Each of these papers is about a matter of its own: an earlier one counts also after a later one went out. */
  readonly each?: true;
  /** The party is asked to confirm that it has it: arrival in its system is not enough. */
  readonly confirmed?: true;
}
/** Steps that only record that a paper has reached the party. */
export type ArrivalKind = Extract<CaseCommand, { readonly deliveryId: string }>['kind'];

/** The permission row that lets a person do it; `SYSTEM` for what the delivery module or the archive reports. */
export type ActorRule = Action | 'SYSTEM';

/** Duty the actor takes up in this matter; judged against its history. */
export type CaseDuty =
  | 'investigator'
  | 'case-reviewer'
  | 'legal-reviewer'
  | 'hearing-host'
  | 'discussion-voter'
  | 'decision-signer'
  | 'fine-clerk'
  | 'interested';

/** One lawful step: who may take it from where to where, by which article, with which paper and clocks. */
export interface Transition {
  readonly command: CommandKind;
  readonly zh: string;
  readonly en: string;
  readonly track: Track;
  readonly from: readonly AnyState[];
  /** Possible next states; `decide` picks one. */
  readonly to: readonly AnyState[];
  /** The case may stay where it was, e.g. after a part payment. */
  readonly stays?: true;
  /** A step on a side track that also moves the main one. */
  readonly mainTo?: readonly MainState[];
  /** States of other side tracks the step may move them to. */
  readonly sideTo?: readonly AnyState[];
  readonly actor: ActorRule;
  readonly duty?: CaseDuty;
  readonly article: string;
  readonly papers: readonly PaperKind[];
  readonly opens: readonly ClockOpening[];
  readonly closes: readonly ClockId[];
  readonly cancels: readonly ClockId[];
  readonly pauses: readonly ClockId[];
  readonly resumes: readonly ClockId[];
  readonly guards: readonly GuardId[];
  readonly posts?: Posting;
  /** Taken by the platform itself when one of these terms has run out. */
  readonly onExpiry?: readonly ClockId[];
  /** The folded case keeps the step for later steps and papers of its track. */
  readonly remembered?: true;
  /** A new matter begins on this track: what was remembered of the one before is only history. */
  readonly begins?: true;
}

/** A row as a table writes it: only the columns that say something. */
export type Row = Partial<Transition> &
  Pick<Transition, 'command' | 'zh' | 'en' | 'from' | 'to' | 'actor' | 'article' | 'papers'>;

/** Fills the empty columns, so that a row shows only what it does. */
export const step = (row: Row): Transition => ({
  track: 'MAIN',
  opens: [],
  closes: [],
  cancels: [],
  pauses: [],
  resumes: [],
  guards: [],
  ...row,
});

/** The steps of a special measure: one track, and each step is remembered while its matter is under way. */
export const stepsOn = (track: Track, rows: readonly Row[]): readonly Transition[] =>
  rows.map((row) => step({ remembered: true, ...row, track }));
