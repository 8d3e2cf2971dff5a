import type { AccountId, AuthorityId, CalendarDay, DeliveryId, DocumentId, Instant, RegionKey, UnitId } from '#kernel';
import type { Bilingual } from '#law';

/** Ways of service (民事诉讼法 第七章第二节，by 行政处罚法 第六十一条). */
export const DELIVERY_METHODS = {
  ELECTRONIC: { zh: '电子送达', en: 'electronic' },
  DIRECT: { zh: '直接送达', en: 'direct' },
  LEFT: { zh: '留置送达', en: 'left' },
  ENTRUSTED: { zh: '委托送达', en: 'entrusted' },
  POST: { zh: '邮寄送达', en: 'by post' },
  FORWARDED: { zh: '转交送达', en: 'forwarded' },
  PUBLIC_NOTICE: { zh: '公告送达', en: 'by public notice' },
} as const;

export type DeliveryMethod = keyof typeof DELIVERY_METHODS;

/** Sent, arrived, read and confirmed are four different facts; the law hangs on the second, 江苏办法 第十三条 on the fourth. */
export const DELIVERY_STATES = {
  SENT: { zh: '已发出', en: 'sent' },
  DELIVERED: { zh: '已送达', en: 'delivered' },
  READ: { zh: '已阅读', en: 'read' },
  CONFIRMED: { zh: '已确认收到', en: 'confirmed' },
  FAILED: { zh: '未能送达', en: 'failed' },
  REPLACED: { zh: '已改用其他方式', en: 'replaced by another way' },
} as const;

export type DeliveryState = keyof typeof DELIVERY_STATES;

/** What the receipt of a paper left at the place says (民事诉讼法 第八十九条): the witness signs it, or the service was filmed. */
export interface LeftAtThePlace {
  /** Why it was refused. */
  readonly reason: string;
  /** Name and position; empty where it was filmed. */
  readonly witness: string;
  /** Number or place of the pictures; empty where a witness signed. */
  readonly recording: string;
}

/** One way of one document to one unit, with each of its facts: sent, arrived, read, confirmed. */
export interface Delivery {
  readonly deliveryId: DeliveryId;
  readonly documentId: DocumentId;
  readonly documentNumber: string;
  readonly documentTitle: string;
  readonly documentSha256: string;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** What the paper was about when it was sent; the matter may go on, this does not change. */
  readonly about: Bilingual | null;
  readonly method: DeliveryMethod;
  /** Why this way: consent, notice by law, no consent, no account, or what an officer wrote. */
  readonly methodReason: string;
  /** Account or address it went to. */
  readonly account: string;
  readonly consentId: string | null;
  readonly mustConfirm: boolean;
  readonly state: DeliveryState;
  readonly sentBy: AccountId;
  readonly sentAt: Instant;
  /** When it reached the recipient's system, or was handed over. */
  readonly arrivedAt: Instant | null;
  readonly legalDay: CalendarDay | null;
  readonly readAt: Instant | null;
  readonly confirmedAt: Instant | null;
  readonly confirmedBy: string | null;
  readonly failure: string | null;
  readonly proofSha256: string | null;
  readonly receiver: string | null;
  /** Of a paper left at the place; null for other ways and for receipts recorded before it was asked. */
  readonly left: LeftAtThePlace | null;
  /** Who brought a paper to the party, who recorded the receipt first; empty for electronic service and for receipts recorded before it was asked. */
  readonly servedBy: readonly AccountId[];
  readonly replaces: DeliveryId | null;
}

/** A unit's consent to electronic service or its withdrawal (送达地址确认书); the newest holds. */
export interface Consent {
  readonly consentId: string;
  readonly unitId: UnitId;
  readonly act: 'GIVEN' | 'WITHDRAWN';
  readonly channel: 'PORTAL';
  readonly account: string;
  readonly documentsCovered: string;
  readonly signerName: string;
  readonly signerRole: string;
  readonly signedBy: AccountId;
  /** The signed confirmation (D26); absent for a withdrawal. */
  readonly documentId: DocumentId | null;
  readonly documentNumber: string | null;
  readonly at: Instant;
}
