import type {
  AccountId,
  AuthorityId,
  CalendarDay,
  CaseId,
  DocumentId,
  Instant,
  OutfallId,
  RegionKey,
  UnitId,
} from '#kernel';
import { PENALTY_KINDS, PENALTY_TITLES, type ClockEffect, type ClockId, type DiscretionTrace, type Means, type PartyType, type PenaltyKind, type ViolationKey } from '#law';
import type { CommandKind, CommandOf, EvidenceSource } from './commands/index.ts';
import type { ExclusionGround } from './clocks/excluded-time.ts';
import type { Derived } from './case-event.ts';
import type { RectificationRound } from './measures/count-days.ts';
import type { KnownClue } from './evidence/later-findings.ts';
import type { Kin, OpenedFrom } from './kin/kin.ts';
import type { LiablePerson } from './kin/liable-person.ts';
import type { PaperKind } from './papers/paper-kinds.ts';
import type { DemandStatement } from './recovery/demand-statements.ts';
import type { ActRemedy } from './remedies/contested-acts.ts';
import type { Sampling } from './evidence/samplings.ts';
import type { ObservedFact } from '#review';
import type { TrackStates } from './states.ts';

/** Who did it: a person with his certificate, or the platform reporting a fact. */
export interface CaseActor {
  readonly accountId: AccountId;
  readonly name: string;
  readonly certificate?: string;
  readonly unitId?: UnitId;
  /** For whom he acted, deputising; the act counts for both. */
  readonly behalf?: { readonly accountId: AccountId; readonly name: string };
}

/** Clue and review as handed over; the case copies what it relies on, so that it stands by itself. */
export interface CaseOrigin {
  readonly caseId: CaseId;
  readonly caseNo: string;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  /** The party: a registered unit, or an id of its own where a person is. */
  readonly unitId: UnitId;
  /** Set when the party is a natural person. */
  readonly person?: LiablePerson;
  readonly outfallId?: OutfallId;
  readonly clueId: string;
  /** Version of the clue the review decided about; absent in files opened before it was kept: then the one known at the handover. */
  readonly clueVersion?: number;
  readonly reviewId: string;
  /** By which way the clue came to its review; absent in files opened before it was kept. */
  readonly route?: string;
  /** Which body reviewed the data, as papers name it; absent in files opened before it was kept. */
  readonly reviewedBy?: string;
  readonly opinionDocumentId?: string;
  readonly handoverDocumentId?: string;
  readonly facts: string;
  /** For readers of English, as the review wrote them; absent where it did not. Papers are in Chinese. */
  readonly factsEn?: string;
  readonly factors: readonly string[];
  readonly actStart: Instant;
  readonly actEnd: Instant;
  readonly suggestions: readonly ViolationKey[];
  /** Means of the act that the reviewed records themselves show; absent where they show none. */
  readonly acts?: readonly Means[];
  /** The facts as data (`factsFound`); absent in files opened before they were kept, of which no figure is known then. */
  readonly observed?: readonly ObservedFact[];
  /** Data the review passed: only these, or those of a later supplementary review, may become evidence. */
  readonly evidenceRefs: readonly ReviewedData[];
  readonly handedOverAt: Instant;
  /** What people did in clue and review, for the separation of duties. */
  readonly history: readonly PastAct[];
  /** Set when it was not a handover that opened the file but another case. */
  readonly openedFrom?: OpenedFrom;
}

/** The body that handed the clue over, as papers name it; it differs by region. */
export const reviewerOf = ({ reviewedBy }: Pick<CaseOrigin, 'reviewedBy'>): string => reviewedBy ?? '数据审核机构';

export interface ReviewedData {
  readonly reviewId: string;
  readonly dataRef: string;
  readonly title: string;
  readonly sha256?: string;
  /** Device whose frames it is, with the arrival span in epoch ms. */
  readonly frames?: { readonly mn: string; readonly from: number; readonly to: number };
}

export interface PastAct {
  readonly accountId: AccountId;
  readonly duty: string;
}

/** A piece of evidence in a case: what it shows, how and when it was obtained, fixed by digest. */
export interface EvidenceItem {
  readonly itemId: string;
  readonly title: string;
  readonly evidenceKind: string;
  readonly point: string;
  readonly mode: 'OFFSITE' | 'ONSITE';
  readonly obtainedOn: CalendarDay;
  readonly provider: string;
  readonly proves: string;
  /** Means of the act it shows; values alone show none. */
  readonly shows?: readonly Means[] | undefined;
  /** First and last moment of a log or a recording, where it was told. */
  readonly covers?: { readonly from: Instant; readonly to: Instant } | undefined;
  /** Factors the review looked at, of data that came with a handover; absent of everything else, and of files filed before it was kept. */
  readonly factors?: readonly string[] | undefined;
  readonly source: EvidenceSource;
}

export interface DefencePoint {
  readonly pointId: string;
  readonly point: string;
  readonly proof: string;
  readonly at: Instant;
  readonly answer?: { readonly accepted: boolean; readonly reason: string };
}

export interface PartyQuestion {
  readonly questionId: string;
  readonly question: string;
  readonly at: Instant;
  readonly answer?: string;
}

export interface Delivery {
  readonly deliveryId: string;
  readonly method: string;
  readonly arrivedAt: Instant;
  readonly legalDay: CalendarDay;
}

/** A paper in the file, fixed by its digest. */
export interface PaperRef {
  readonly kind: PaperKind;
  readonly paperId: string;
  readonly documentId?: DocumentId;
  readonly number: string;
  readonly title: string;
  readonly sha256: string;
  readonly pages: number;
  /** Its own date, where another module made it before the case. */
  readonly issuedOn?: CalendarDay;
  /** Who made it, where others than the actor of the step did: those who served, of a receipt. */
  readonly madeBy?: string;
}

export interface OpenedClock {
  readonly clock: ClockId;
  readonly startedAt: Instant;
  readonly dueAt: Instant;
  readonly dueDay: CalendarDay;
  readonly provisional: boolean;
  readonly article: string;
  readonly holder: string;
  readonly dayKind: string;
  /** What the end of the term means; a right that was used or lapsed is never late. */
  readonly effect: ClockEffect;
  /** Set while the term stands still. */
  readonly pausedAt?: Instant;
}

/** The file as it lay before the decision was signed: an evidence package no later step can replace. */
export interface FrozenFile {
  /** Version of the case whose papers and evidence it holds. */
  readonly version: number;
  /** `<case-no>_decision_<version>`. */
  readonly name: string;
  /** SHA-256 of its `manifest-sha256.txt`: what the log holds and the decision names. */
  readonly manifestSha256: string;
  /** Leaf under which it was fixed. */
  readonly leaf: number;
}

export interface TakenStep<K extends CommandKind = CommandKind> {
  readonly command: CommandOf<K>;
  /** Place in the ledger: what came before what, also within one moment. */
  readonly version: number;
  readonly at: Instant;
  readonly actor: CaseActor;
  readonly derived: Derived;
}

/** Everything known about one case, folded from its events. */
export interface PenaltyCase extends CaseOrigin, TrackStates {
  /** Events applied so far. */
  readonly version: number;
  /** Terms that run, by clock. */
  readonly running: Readonly<Partial<Record<ClockId, OpenedClock>>>;
  readonly duties: readonly PastAct[];
  readonly papers: readonly PaperRef[];
  /** The newest step of each remembered kind, of the matter now under way on its track. */
  readonly latest: { readonly [K in CommandKind]?: TakenStep<K> };
  /** Legal day on which a posted paper reached the party, by paper id. */
  readonly arrived: Readonly<Record<string, CalendarDay>>;
  readonly mode: 'OFFSITE' | 'ONSITE' | 'MIXED';
  readonly officers: readonly CaseActor[];
  readonly violation?: ViolationKey;
  /** Cases about the same matter. */
  readonly kin: readonly Kin[];
  /** Further violations handled in the same case; each is proved, weighed and counted by itself. */
  readonly further: readonly ChargedAct[];
  readonly partyType?: PartyType;
  readonly filing?: CommandOf<'PROPOSE_FILING'>;
  readonly filedAt?: Instant;
  /** Who proposed, and for whom where he deputised. */
  readonly proposedBy?: readonly AccountId[];
  readonly evidence: readonly EvidenceItem[];
  /**
   * What a case taken in opened again, because it was done before its facts were known: points that only items from this place of the list on meet, and how many
   * orders to correct there were by then. Absent where nothing was.
   */
  readonly reopened?: { readonly from: number; readonly points: readonly string[]; readonly orders: number };
  /** What officers asked and saw, as they recorded it, the first record first. */
  readonly course: readonly CommandOf<'RECORD_INQUIRY' | 'RECORD_SITE_INSPECTION'>[];
  readonly samplings: readonly Sampling[];
  /** The party told of the act before it was found. */
  readonly selfReport?: CommandOf<'RECORD_SELF_REPORT'>;
  /** What the clue grew by after its handover, and what became of it here, oldest first. */
  readonly settledFindings: readonly SettledFindings[];
  /** Suggestions of the platform that were not followed, each with the reason, by their id. */
  readonly notFollowed: Readonly<Record<string, NotFollowed>>;
  readonly report?: CommandOf<'FINISH_INVESTIGATION'>;
  /** Provision the report proposes to apply, by violation; absent in files reported before it was kept. */
  readonly reported?: Readonly<Partial<Record<ViolationKey, string>>>;
  /** The provision broken as an officer named it, where the data of law give none. */
  readonly namedProvision?: { readonly article: string; readonly source: string };
  readonly discretion?: {
    readonly trace: DiscretionTrace;
    readonly basisId: string;
    readonly basisReason: string;
    readonly further: readonly WeighedAct[];
    /** Provisions this weighing put in the place of others; absent in files weighed before it was kept. */
    readonly replaces?: readonly ReplacedBasis[];
    /** Why the file gives these grades, by factor, where the program worked them out. */
    readonly grounds?: Readonly<Record<string, GradeGround>>;
  };
  /** After a defence neither the sum nor the kinds may grow without new facts (处罚法 第四十五条). */
  readonly amountCap?: number;
  readonly kindsCap?: readonly PenaltyKind[];
  readonly proposal?: Proposal;
  readonly notice?: { readonly sentAt: Instant; readonly delivery?: Delivery; readonly windowEnds?: Instant };
  readonly defence: readonly DefencePoint[];
  /** What the party asked about the handling, each answered before the decision (沪环执法〔2021〕75号 三（十八）). */
  readonly questions: readonly PartyQuestion[];
  readonly waived: boolean;
  readonly hearing?: {
    readonly requestedAt: Instant;
    readonly heldAt?: Instant;
    readonly hostId?: AccountId;
    readonly place?: string;
    /** Absence without good reason counts as a waiver (处罚法 第六十四条). */
    readonly outcome?: 'HELD' | 'ABSENT';
  };
  readonly decision?: {
    readonly outcome: Proposal['outcome'];
    readonly decidedAt: Instant;
    readonly amount: number;
    readonly delivery?: Delivery;
    /** What it rests on; absent for a decision on the spot. */
    readonly file?: FrozenFile;
    /** Last day of payment. */ readonly payBy?: CalendarDay;
    /** Parts granted, in order of their days. */
    readonly schedule?: readonly { readonly dueOn: CalendarDay; readonly amount: number }[];
    /** Kinds beside fine and production orders that were recorded as carried out. */
    readonly carriedOut?: readonly PenaltyKind[];
    /** Changed or revoked by a remedy; no longer so once decided anew. */
    readonly overturned?: true;
  };
  readonly paid: number;
  /** What lateness had added, in yuan, when the sum itself was paid up; until then it grows. */
  readonly grown: Readonly<Partial<Record<'FINE' | 'DAILY', number>>>;
  /** What of the surcharge was waived, yuan (行政强制法 第四十二条). */
  readonly waivedSurcharge: Readonly<Partial<Record<'FINE' | 'DAILY', number>>>;
  /** What the party said after demands. */
  readonly demandStatements: readonly DemandStatement[];
  /** Of it, surcharge on the decision in force. */
  readonly surcharged: number;
  /** Paid of the daily penalty of the matter now under way on its track. */
  readonly dailyPaid: number;
  /** What a remedy changed it to, yuan. */
  readonly dailyChangedTo?: number;
  /** Last day to pay it. */
  readonly dailyPayBy?: CalendarDay;
  /** Times that do not count towards the term of the decision, each with its ground. */
  readonly excluded: readonly ExcludedPeriod[];
  /** Name the party took later; papers print it from then on. */
  readonly partyName?: string;
  /** Reconsideration and suit, during which no late fee accrues (处罚法 第七十三条). */
  readonly remedyPeriods: readonly { readonly from: CalendarDay; readonly to?: CalendarDay }[];
  /** Reconsiderations and suits against acts other than the penalty. */
  readonly actRemedies: readonly ActRemedy[];
  readonly order?: { readonly dueOn: CalendarDay; readonly demands: readonly string[]; readonly delivery?: Delivery };
  /** Orders to correct and their re-checks since the act was last cured. */
  readonly rounds: readonly RectificationRound[];
  /** Last day a daily penalty has already fined. */
  readonly dailyCountedTo?: CalendarDay;
  readonly closing?: { readonly ground: string; readonly proposedBy: readonly AccountId[]; readonly closedAt?: Instant };
  readonly archiveNo?: string;
}

/** What the officers did with findings that came after the handover. */
export interface SettledFindings {
  readonly way: CommandOf<'SETTLE_LATER_FINDINGS'>['way'];
  readonly reason: string;
  /** Their facts were taken in as data. */
  readonly asData?: true;
  /** The clue as it then stood. */
  readonly clue: KnownClue;
  readonly by: string;
  readonly at: Instant;
}

/** Why a suggestion was not followed, and what was found of its conditions. */
export interface NotFollowed {
  readonly reason: string;
  /** The provision by which a duty of the law is spared. */
  readonly provision?: string;
  readonly answers: CommandOf<'ANSWER_SUGGESTION'>['answers'];
  readonly by: string;
  readonly at: Instant;
}

/** One violation with its span and facts. */
export interface ChargedAct {
  readonly violation: ViolationKey;
  readonly actStart: CalendarDay;
  readonly actEnd: CalendarDay;
  readonly facts: string;
}

export interface WeighedAct {
  readonly violation: ViolationKey;
  readonly trace: DiscretionTrace;
  readonly basisId: string;
  readonly basisReason: string;
}

/** Why the file gives a grade: for inner papers, and for those that go to the party. */
export interface GradeGround {
  readonly zh: string;
  readonly told: string;
}

/** A provision that was named before and is not applied any more, and by which paper it was named. */
export interface ReplacedBasis {
  readonly violation: ViolationKey;
  readonly basisId: string;
  readonly in: 'REPORT' | 'NOTICE';
}

export interface ExcludedPeriod {
  readonly ground: ExclusionGround;
  readonly reason: string;
  readonly article: string;
  readonly from: Instant;
  readonly to?: Instant;
}

export interface Proposal {
  readonly outcome: 'PENALTY' | 'NO_PENALTY' | 'NOT_ESTABLISHED';
  /** The fine, yuan. */
  readonly amount: number;
  /** Unlawful gains to be confiscated, yuan; beside the fine, and counted with it where a sum decides the procedure. */
  readonly confiscation?: number;
  readonly penalties: readonly PenaltyKind[];
  readonly exemptionId?: string;
  /** The party has a right to a hearing (处罚法 第六十三条). */
  readonly hearingRight: boolean;
  readonly collectiveDue: boolean;
}

/** Kinds of penalty as papers name them (行政处罚法 第九条). */
export const PENALTY_WORDS = Object.fromEntries(PENALTY_KINDS.map((kind) => [kind, PENALTY_TITLES[kind].zh])) as Readonly<Record<PenaltyKind, string>>;
