import type {
  AccountId,
  AuthorityId,
  CalendarDay,
  CaseId,
  DeliveryId,
  DocumentId,
  Instant,
  OutfallId,
  RegionKey,
  Result,
  UnitId,
} from '#kernel';
import type { OfficePart } from '#access';
import type { Delivery } from '#delivery';
import type { ImportVerdict, RedlineField } from '#documents';
import type { Bilingual, Law, PartyType, ViolationKey } from '#law';
import type { PlatformDeps } from '#platform';
import type { Database, Tx } from '#platform/db';
import type { PermitPeriod } from '#quality';
import type { ObservedFact } from '#review';
import type { PaperKind } from './papers/paper-kinds.ts';
import type { LiablePerson } from './kin/liable-person.ts';
import type { KnownClue } from './evidence/later-findings.ts';
import type { CaseActor, FrozenFile, PastAct } from './penalty-case.ts';

/** The party block of papers. Backed by the register. */
export interface PartyFacts {
  readonly unitId: UnitId;
  readonly name: string;
  readonly creditCode: string;
  readonly address: string;
  readonly legalRepresentative: string;
  readonly permitNumber: string;
  readonly partyType: PartyType;
  /** 重点排污单位; undefined when the register does not say. */
  readonly keyPolluter?: boolean;
  /** 实行排污许可重点管理; undefined when the register does not say. */
  readonly keyManaged?: boolean;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  /** Set for a natural person. */
  readonly person?: LiablePerson;
}

/** Who is registered and who the authority is; only what a case asks. */
export interface CaseDirectory {
  unit(unitId: UnitId): PartyFacts | undefined;
  outfallName(outfall: OutfallId): string;
  /** The name of what is measured at an outfall; its code where the register has none. */
  factorName(outfall: OutfallId, factor: string): string;
  authority(db: Database | Tx, id: AuthorityId): Promise<AuthorityFacts>;
}

/** What papers print about the authority: set by the deployment, never by a template. */
export interface AuthorityFacts {
  readonly authorityId: AuthorityId;
  readonly name: string;
  readonly docPrefix: string;
  /** Says how its numbers are written. */
  readonly region: RegionKey;
  readonly address: string;
  readonly phone: string;
  readonly reconsiderationBody: Bilingual;
  readonly court: Bilingual;
  /** Where fines are paid, as it stands behind 到 in a sentence. */
  readonly payee: Bilingual;
  /** What of this nobody has entered: papers then say it in the words of the law, and no decision is signed. */
  readonly unnamed: readonly OfficePart[];
}

export interface PaperOrder {
  readonly kind: PaperKind;
  readonly data: unknown;
  readonly caseId: CaseId;
  readonly authority: AuthorityFacts;
  /** The unit that may read it; null for inner papers. */
  readonly unitId: UnitId | null;
  readonly preparedBy: { readonly accountId: AccountId; readonly name: string };
  /** The act that lets it be sealed; needed for sealed kinds. */
  readonly approval?: {
    readonly accountId: AccountId;
    readonly name: string;
    readonly approvedAt: Instant;
    readonly ref: string;
    /** Given for this one paper before it is made. */
    readonly ofThisPaper: boolean;
  };
}

export interface IssuedPaper {
  readonly documentId: DocumentId;
  readonly number: string;
  readonly title: string;
  readonly sha256: string;
  readonly pages: number;
}

/** Pages to look at: one picture, each page marked as a draft. */
export interface PaperDraft {
  readonly title: string;
  readonly pages: number;
  readonly svg: string;
}

/** Documents, as a case needs them. Works inside the caller's transaction. */
export interface Papers {
  issue(tx: Tx, order: PaperOrder): Promise<Result<IssuedPaper>>;
  /** The same pages without number, seal and record. */
  draft(kind: PaperKind, data: unknown, authority: string): Result<PaperDraft>;
  /** What changed from one version of a kind to another. */
  redline(kind: PaperKind, before: unknown, after: unknown): readonly RedlineField[];
  /** The same for a slip of the pen put right. */
  correction(kind: PaperKind, data: unknown, wrong: string, right: string): readonly RedlineField[];
  /** A paper an earlier step made, e.g. the review opinion; undefined when there is none. */
  find(tx: Tx, documentId: DocumentId): Promise<(IssuedPaper & { readonly issuedOn: CalendarDay }) | undefined>;
  /** What a paper was printed from, as its kind's schema has it; undefined when there is none. */
  dataOf(db: Database, documentId: DocumentId): Promise<unknown>;
}

export interface DeliveryOrder {
  readonly document: {
    readonly documentId: DocumentId;
    readonly number: string;
    readonly title: string;
    readonly sha256: string;
  };
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly unitId: UnitId;
  readonly caseId: CaseId;
  readonly about: Bilingual;
  readonly by: AccountId;
  /** Whether the party is asked to confirm that it has it. */
  readonly mustConfirm: boolean;
}

/** What a proof of service is made from. */
export interface RecordedDelivery {
  readonly delivery: Delivery;
  readonly consentNumber: string;
  /** Who served it, where people of the authority did; the one who recorded the receipt first. */
  readonly servers: readonly CaseActor[];
}

export interface PostedDelivery {
  readonly deliveryId: DeliveryId;
  readonly method: string;
  /** When it reached the recipient's system, and the legal day of it; null while it is still under way. */
  readonly arrived: { readonly at: Instant; readonly legalDay: CalendarDay } | null;
}

/** Delivery, as a case needs it. Refuses electronic delivery without the party's consent (处罚法 第六十一条). */
export interface Post {
  deliver(tx: Tx, order: DeliveryOrder): Promise<Result<PostedDelivery>>;
  /** The party confirmed the paper, or was served with it in another way than electronically. */
  received(db: Database | Tx, documentId: DocumentId): Promise<boolean>;
  /** The delivery as it was recorded, with the number of the consent it stands on; undefined where there is none. */
  find(tx: Tx, deliveryId: DeliveryId): Promise<RecordedDelivery | undefined>;
}

/** What ⑤ knows: is a piece of data covered by a passed review today, and who did what on the clue. */
export interface DataReviews {
  /** @param dataRef `data:<outfall>:<from ms>:<to ms>` or `material:<sha256>` */
  check(tx: Tx, dataRef: string): Promise<Result<{ readonly reviewId: string }>>;
  /** Facts of these violations, as data, that the data of a passed review show; none where it showed none or did not pass. */
  facts(tx: Tx, reviewId: string, violations: readonly ViolationKey[]): Promise<readonly ObservedFact[]>;
  history(tx: Tx, clueId: string): Promise<readonly PastAct[]>;
  /** Has the unit confirmed the notice of the suspicion, or was it served in another way, with a receipt (江苏办法 第十三条; 行政处罚法 第四十一条)? */
  told(db: Database | Tx, clueId: string): Promise<boolean>;
}

/** What ③ knows of a clue. */
export interface Clues {
  /** The version, or what was known at a moment; undefined for a clue that no model raised, or where it is not kept. */
  find(db: Database | Tx, clueId: string, at: { readonly version: number } | { readonly knownBy: Instant }): Promise<KnownClue | undefined>;
}

/** What the check of a file brought from outside came to. */
export interface CheckedFile {
  readonly verdict: ImportVerdict;
  /** The same for people, with the faults named. */
  readonly sentence: string;
}

/** Files brought to a case; their signatures were checked when they came. */
export interface Imports {
  find(tx: Tx, caseId: CaseId, sha256: string): Promise<CheckedFile | undefined>;
  /** Does the platform keep a file with this digest at all, brought to the case or handed in by the unit? */
  kept(sha256: string): boolean;
}

/** Puts the file of a case under seal before a decision is signed: an evidence package, fixed in the log. */
export interface Freezer {
  /** The frozen file of the case as it stands; made when there is none yet. Refuses with what its verifier finds (EVID-…). */
  freeze(caseId: CaseId): Promise<Result<FrozenFile>>;
  /** The newest one; undefined when none was made. */
  newest(db: Database | Tx, caseId: CaseId): Promise<FrozenFile | undefined>;
}

/** What an outfall has discharged of a permitted amount at both ends of a stretch of time. Backed by the quantities of the data. */
export interface Amounts {
  /**
   * kg as valid hours measured it, what was used before connection included; `before` is none where the amount of another period began since.
   * Undefined where none is permitted or the outfall is not known.
   */
  between(
    of: { readonly outfall: OutfallId; readonly factor: string; readonly period: PermitPeriod }, from: Instant, to: Instant,
  ): Promise<{ readonly permitted: string; readonly before: string; readonly after: string } | undefined>;
}

/** What cases work with: the platform, the law, and the neighbours they call through ports. */
export interface CaseDeps extends Pick<PlatformDeps, 'db' | 'clock' | 'log'> {
  readonly law: Law;
  readonly papers: Papers;
  readonly post: Post;
  readonly directory: CaseDirectory;
  readonly reviews: DataReviews;
  readonly clues: Clues;
  readonly freezer: Freezer;
  readonly imports: Imports;
  readonly amounts: Amounts;
}
