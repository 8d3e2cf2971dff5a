import {
  asId, isRefusal, ok,
  type AccountId, type AuthorityId, type CalendarDay, type Clock, type DeliveryId, type DocumentId, type Instant, type RegionKey,
  type Result, type UnitId,
} from '#kernel';
import type { Bilingual } from '#law';
import type { Tx } from '#platform/db';
import { newId } from '#platform/ids';
import { chooseMethod, legalDayOf, openActs, stepDelivery } from './decide-delivery.ts';
import type { Delivery, DeliveryMethod, DeliveryState } from './delivery.ts';
import { refuseDelivery } from './errors.ts';
import { recordAct } from './record-act.ts';
import { findDelivery, insertDelivery, latestConsent, portalAccountOf } from './store.ts';

/** What a delivery works with inside the transaction of its act. */
export interface DeliveryDeps {
  readonly clock: Clock;
}

/** One document to one unit, for which matter and by whom. */
export interface DeliveryOrder {
  readonly document: { readonly documentId: DocumentId; readonly number: string; readonly title: string; readonly sha256: string };
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId;
  readonly region: RegionKey;
  /** What it belongs to, e.g. `{ kind: 'case', id }`; outbox events carry it. */
  readonly subject: { readonly kind: string; readonly id: string };
  /** One sentence about it as it stands now, for the unit's list of papers. */
  readonly about?: Bilingual;
  /** True for documents of the procedure; false for reminders and the fact notice of 江苏办法 第十三条. */
  readonly needsConsent: boolean;
  /** The unit must confirm that it received it. */
  readonly mustConfirm: boolean;
  readonly by: AccountId;
  /** Leave out to let consent decide. */
  readonly method?: DeliveryMethod;
  /** Postal address, or whatever another way needs. */
  readonly address?: string;
}

/** Where a delivery stands after it was sent; `legalDay` is the day of service once there is one. */
export interface SentDelivery {
  readonly deliveryId: DeliveryId;
  readonly method: DeliveryMethod;
  readonly state: DeliveryState;
  /** When it reached the recipient's system; null while a paper is still under way. */
  readonly arrivedAt: Instant | null;
  readonly legalDay: CalendarDay | null;
}

/**
 * Sends a document to a unit inside the caller's transaction. Into the unit's portal it arrives at once: that moment is
 * the day of service (行政处罚法 第六十一条; 民事诉讼法 第九十条). Without consent or account it becomes a paper to be handed over, which waits for its
 * receipt (`recordProof`).
 *
 * Outbox: `delivery.sent`, and `delivery.delivered` on arrival; subject is the order's subject id.
 *
 * @returns DLV-001/DLV-002 when electronic service was asked for and is not allowed
 */
export async function deliver(tx: Tx, deps: DeliveryDeps, order: DeliveryOrder): Promise<Result<SentDelivery>> {
  return send(tx, deps, order, null);
}

async function send(tx: Tx, deps: DeliveryDeps, order: DeliveryOrder, replaces: DeliveryId | null): Promise<Result<SentDelivery>> {
  const now = deps.clock.now();
  const consent = await latestConsent(tx, order.unitId);
  const account = await portalAccountOf(tx, order.unitId);
  const choice = chooseMethod({ asked: order.method, needsConsent: order.needsConsent, consent, account });
  if (isRefusal(choice)) return choice;
  const { method, reason, consentId } = choice.value;
  const { document } = order;
  const sent: Delivery = {
    deliveryId: asId<DeliveryId>(newId('dlv')), documentId: document.documentId, documentNumber: document.number, documentTitle: document.title,
    documentSha256: document.sha256, unitId: order.unitId, authorityId: order.authorityId, region: order.region, subjectKind: order.subject.kind,
    subjectId: order.subject.id, about: order.about ?? null, method, methodReason: reason, consentId, mustConfirm: order.mustConfirm, state: 'SENT', sentBy: order.by,
    account: method === 'ELECTRONIC' ? (account ?? '') : (order.address ?? ''), sentAt: now, arrivedAt: null, legalDay: null, readAt: null,
    confirmedAt: null, confirmedBy: null, failure: null, proofSha256: null, receiver: null, left: null, servedBy: [], replaces,
  };
  await insertDelivery(tx, sent);
  await recordAct(tx, deps, sent, 'send', order.by, { method, reason });
  if (method !== 'ELECTRONIC') return ok(summaryOf(sent));
  const arrived: Delivery = { ...sent, state: 'DELIVERED', arrivedAt: now, legalDay: legalDayOf(now) };
  await recordAct(tx, deps, arrived, 'arrive', order.by, { account: sent.account });
  return ok(summaryOf(arrived));
}

const summaryOf = (d: Delivery): SentDelivery => ({
  deliveryId: d.deliveryId, method: d.method, state: d.state, arrivedAt: d.arrivedAt, legalDay: d.legalDay,
});

/**
 * Goes another way after a failure, an unconfirmed receipt or the withdrawal of consent. The old delivery stays in the
 * record as replaced; the day of service is that of the new one.
 *
 * @returns DLV-003, DLV-004 when it was confirmed already, DLV-009 for electronic again, DLV-011 where service took place: a receipt, or the arrival of what need not be confirmed
 */
export async function fallBack(
  tx: Tx, deps: DeliveryDeps, deliveryId: DeliveryId, method: DeliveryMethod, by: AccountId, reason: string, address = '',
): Promise<Result<SentDelivery>> {
  if (method === 'ELECTRONIC') return refuseDelivery('DLV-009', { field: 'method' });
  const old = await findDelivery(tx, deliveryId, true);
  if (old === undefined) return refuseDelivery('DLV-003');
  const next = stepDelivery(old.state, 'replace');
  if (isRefusal(next)) return next;
  // The party was served: a second day of service would move every term that runs from the first.
  if (!openActs(old).otherWay) return refuseDelivery('DLV-011', { args: { day: old.legalDay ?? '' } });
  await recordAct(tx, deps, { ...old, state: next.value }, 'replace', by, { reason });
  const order: DeliveryOrder = {
    document: { documentId: old.documentId, number: old.documentNumber, title: old.documentTitle, sha256: old.documentSha256 },
    unitId: old.unitId, authorityId: old.authorityId, region: old.region, subject: { kind: old.subjectKind, id: old.subjectId }, ...(old.about === null ? {} : { about: old.about }),
    needsConsent: true, mustConfirm: old.mustConfirm, by, method, address,
  };
  return send(tx, deps, order, old.deliveryId);
}
