import type { AuthorityId, CalendarDay, DocumentId, Instant, RegionKey, Result, UnitId } from '#kernel';
import type { Tx } from '#platform/db';

/** What delivery asks of the register. */
export interface UnitFacts {
  readonly unitId: UnitId;
  readonly name: string;
  readonly creditCode: string;
  readonly address: string;
  readonly legalRepresentative: string;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
}

/** The register as delivery sees it. */
export interface UnitDirectory {
  unit(unitId: UnitId): UnitFacts | undefined;
}

/** Data of the confirmation the party signs before electronic service (kind `SERVICE_CONFIRMATION`, D26). */
export interface ConfirmationFacts {
  readonly party: { readonly name: string; readonly creditCode: string; readonly address: string; readonly legalRepresentative: string };
  readonly told: string;
  readonly consents: boolean;
  readonly channels: readonly { readonly name: string; readonly account: string }[];
  readonly documentsCovered: string;
  readonly paperAddress: string;
  readonly recipient: string;
  readonly phone: string;
  readonly signer: { readonly name: string; readonly role: string; readonly date: CalendarDay };
}

/** Makes the signed confirmation; the documents module stands behind it. */
export interface ConfirmationPapers {
  confirmation(tx: Tx, unit: UnitFacts, facts: ConfirmationFacts, signedBy: string): Promise<Result<{ readonly documentId: DocumentId; readonly number: string }>>;
}

/** Data of 送达回证 (kind `DELIVERY_PROOF`, D27), ready for the documents module. */
export interface DeliveryProofFacts {
  readonly documentTitle: string;
  readonly documentNumber: string;
  readonly documentSha256: string;
  readonly recipient: string;
  readonly place: string;
  readonly method: string;
  readonly system: string;
  readonly sentAt: Instant;
  /** By the minute where a system recorded it, by the day where a receipt on paper does. */
  readonly arrivedAt: Instant | CalendarDay;
  readonly legalDay: CalendarDay;
  readonly readAt?: Instant;
  readonly confirmedAt?: Instant;
  /** Who received a paper or confirmed its arrival. */
  readonly confirmedBy: string;
  /** How a service on paper was received and signed for; empty for electronic service. */
  readonly receipt: string;
  readonly receiptId: string;
  readonly consentNumber: string;
  readonly server: { readonly name: string; readonly certificate: string; readonly date: CalendarDay };
  /** The other officer of the two who brought it. */
  readonly second?: DeliveryProofFacts['server'];
  readonly remark: string;
}
