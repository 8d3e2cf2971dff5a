import type { CalendarDay, Instant } from '#kernel';
import type { Bilingual, ClockId, DiscretionTrace, PartyType } from '#law';
import type { CaseCommand } from './commands/index.ts';
import type { DailySum } from './measures/daily-sum.ts';
import type { KnownClue } from './evidence/later-findings.ts';
import type { Kin } from './kin/kin.ts';
import type { ReviewedPoint } from './quality/legal-checks.ts';
import type { PaperKind } from './papers/paper-kinds.ts';
import type { SideMove } from './remedies/contested-acts.ts';
import type { CaseActor, CaseOrigin, EvidenceItem, FrozenFile, GradeGround, OpenedClock, PaperRef, PenaltyCase, Proposal, ReplacedBasis, ReviewedData, WeighedAct } from './penalty-case.ts';
import type { ObservedFact } from '#review';
import type { AnyState, MainState, Track } from './states.ts';

/** What `decide` worked out with the law of the day, so that folding never asks the law again. */
export interface Derived {
  readonly trace?: DiscretionTrace;
  /** The further violations of the case, each with its own calculation. */
  readonly further?: readonly WeighedAct[];
  /** Why the file gives the grades, by factor; provisions put in the place of others; earlier decisions the number of offences rests on. */
  readonly grounds?: Readonly<Record<string, GradeGround>>;
  readonly replaces?: readonly ReplacedBasis[];
  readonly earlier?: readonly EvidenceItem[];
  /** The points of the legal review: as the file answered them, and what the reviewer said to them. */
  readonly checks?: readonly ReviewedPoint[];
  /** Provision the report proposes to apply, by violation. */
  readonly reported?: NonNullable<PenaltyCase['reported']>;
  readonly partyType?: PartyType;
  readonly proposal?: Proposal;
  readonly assistant?: CaseActor;
  /** Who approved the filing heads the enforcement department. */
  readonly departmentHead?: true;
  /** The host of the hearing the step names. */
  readonly host?: CaseActor;
  /** Data a supplementary review passed, relied on from now on. */
  readonly passed?: readonly ReviewedData[];
  /** Facts of later data that were taken in with later findings. */
  readonly observed?: readonly ObservedFact[];
  /** Evidence point that the handed-over data, or the record of the place, satisfy for this violation type. */
  readonly dataPoint?: string;
  /** What the check of the attached file's signatures came to when it was brought. */
  readonly checked?: { readonly verdict: string; readonly sentence: string };
  /** The frozen file a decision rests on. */
  readonly frozen?: FrozenFile;
  /** The clue as it stood when its later findings were settled. */
  readonly clue?: KnownClue;
  /** What was suggested and is not followed, in words. */
  readonly suggested?: Bilingual;
  /** The case this step opens beside it. */
  readonly opened?: Kin;
  /** What the refused re-checks come to. */
  readonly daily?: DailySum;
  /** Last day to sue after the decision of the reconsideration body. */
  readonly suitUntil?: CalendarDay;
}

/** The case came into being by a handover. */
export interface ReceivedEvent {
  readonly kind: 'RECEIVED';
  readonly at: Instant;
  readonly actor: CaseActor;
  readonly origin: CaseOrigin;
  readonly opened: readonly OpenedClock[];
  readonly papers: readonly PaperRef[];
}

/** An accepted step. Never changed once written. */
export interface StepEvent {
  readonly kind: 'STEP';
  readonly at: Instant;
  readonly actor: CaseActor;
  readonly command: CaseCommand;
  readonly track: Track;
  readonly from: AnyState;
  readonly to: AnyState;
  /** Set when a step on a side track also moved the main one. */
  readonly mainTo?: MainState;
  /** Other side tracks it moved: what was set aside, or lost the footing it stood on. */
  readonly sideTo?: readonly SideMove[];
  readonly article: string;
  readonly derived: Derived;
  readonly opened: readonly OpenedClock[];
  /** Running terms that got a later last day. */
  readonly extended: readonly OpenedClock[];
  readonly closed: readonly ClockId[];
  readonly cancelled: readonly ClockId[];
  readonly paused: readonly ClockId[];
  readonly resumed: readonly ClockId[];
  /** Papers the step owes; the use case draws them up and fills `papers`. */
  readonly owes: readonly PaperKind[];
  readonly papers: readonly PaperRef[];
}

/** An accepted event of a case: its receipt, or a step with actor, article, papers and clocks. */
export type CaseEvent = ReceivedEvent | StepEvent;
