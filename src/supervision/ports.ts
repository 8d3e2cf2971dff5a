import type { AccountId, AuthorityId, DeliveryId, DocumentId, Instant, OutfallId, RegionKey, Result, UnitId } from '#kernel';
import type { Bilingual } from '#law';
import type { MarkEffect } from '#quality';
import type { Tx } from '#platform/db';

/** The party block of papers and the facts that decide whose matter it is. */
export interface UnitFacts {
  readonly unitId: UnitId;
  readonly name: string;
  readonly creditCode: string;
  readonly address: string;
  readonly legalRepresentative: string;
  readonly permitNumber: string;
  /** Where short messages go; empty when none is registered. */
  readonly phone: string;
  readonly keyPolluter: boolean;
  /** Authority on whose ground the unit stands. */
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
}

/** A trade (行业) as the register names it. */
export interface Trade {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
}

/** Who is registered. Backed by the register; here only what ④ and ⑤ ask of it. */
export interface Directory {
  unit(unitId: UnitId): UnitFacts | undefined;
  outfallName(outfall: OutfallId): string;
  factorName(outfall: OutfallId, factor: string): string;
  medium(outfall: OutfallId): 'gas' | 'water';
  /** The trade a unit is registered under; undefined where none is. */
  tradeOf(unitId: UnitId): Trade | undefined;
  /** Units of a trade in a region. */
  unitsOfTrade(trade: string, region: RegionKey): readonly UnitFacts[];
  /** Outfalls of all units of a region. */
  outfallsIn(region: RegionKey): readonly OutfallId[];
}

/** How meters of one role ran over a stretch: hours read, hours at a standstill, and how far the load moved (0 … 1). */
export interface Power {
  readonly hours: number;
  readonly off: number;
  readonly swing: number;
}

/** What the platform holds of an outfall beside its values, over a stretch of time. */
export interface HeldRecords {
  /** Marks with the hours of the stretch they cover, for how many they came in time by the region's rule, and in how many by its power production ran. */
  readonly marks: readonly (Bilingual & Pick<MarkEffect, 'class' | 'hours' | 'hoursInTime'> & { readonly ran?: number })[];
  /** Entries of the maintenance ledger. */
  readonly works: readonly Bilingual[];
  /** Undefined where no meter of the role was read. */
  readonly production: Power | undefined;
  readonly treatment: Power | undefined;
}

/** Records that answers are held against; composed where register, series and law meet. */
export interface Holdings {
  /** @param from epoch ms @param to end, exclusive */
  heldOn(outfall: OutfallId, from: number, to: number): Promise<HeldRecords>;
}

/** A paper to be drawn up, for which matter and by whom. */
export interface PaperRequest {
  /** Key of the document kind, e.g. `WARNING_NOTICE`. */
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly subject: { readonly kind: 'sheet' | 'clue' | 'review' | 'talk' | 'quota' | 'quota-report'; readonly id: string };
  readonly unitId: UnitId | null;
  readonly authorityId: AuthorityId;
  /** The platform for automatic notices. */
  readonly preparedBy: PaperPerson;
  /** Whose yes lets it be sealed: another person than the preparer. Left out for unsealed papers. */
  readonly approvedBy?: PaperPerson;
  /** Those whose names the paper prints as signers; preparer and approver when left out. */
  readonly signers?: readonly PaperPerson[];
}

/** Somebody a paper names. */
export interface PaperPerson {
  readonly accountId: AccountId;
  readonly name: string;
}

/** An issued paper as supervision keeps it. */
export interface Paper {
  readonly documentId: DocumentId;
  readonly number: string;
  readonly sha256: string;
}

/** A paper to be served on a unit. */
export interface DeliveryRequest {
  readonly paper: Paper;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly title: string;
  readonly by: AccountId;
  /** The measures want the receipt confirmed, not only arrived (江苏办法 第十三条). */
  readonly confirm: boolean;
  readonly subject: { readonly kind: 'sheet' | 'clue' | 'talk' | 'quota'; readonly id: string };
  /** One sentence about it as it stands now; kept with the paper. */
  readonly about?: Bilingual;
}

/** A delivery that has begun. */
export interface Sent {
  readonly deliveryId: DeliveryId;
  /** When it reached the recipient's system; null while it is still under way. */
  readonly arrivedAt: Instant | null;
}

/** Making and sending papers: documents and delivery behind one small face. Both work inside the caller's transaction. */
export interface Papers {
  make(tx: Tx, request: PaperRequest): Promise<Result<Paper>>;
  send(tx: Tx, request: DeliveryRequest): Promise<Result<Sent>>;
  /** Records the recipient's own confirmation of receipt. */
  confirm(tx: Tx, deliveryId: DeliveryId, by: AccountId): Promise<Result<unknown>>;
}
