import { dayOf } from '#kernel';
import type { Consent, Delivery } from './delivery.ts';
import { DELIVERY_METHODS } from './delivery.ts';
import type { DeliveryProofFacts } from './ports.ts';

/** What a proof of service (送达回证) names beside the delivery itself. */
export interface ProofContext {
  /** Name of the unit served. */
  readonly recipient: string;
  readonly portalName: string;
  readonly consent: Consent | undefined;
  readonly server: { readonly name: string; readonly certificate: string };
  /** Name of the person who confirmed; an id alone says nothing on paper. */
  readonly confirmedBy: string;
}

/**
 * What stands on the receipt of a delivery (送达回证, D27), ready for the documents module as kind `DELIVERY_PROOF`.
 *
 * @returns undefined while it has not arrived: there is nothing to prove yet
 */
export function deliveryProofFacts(d: Delivery, context: ProofContext): DeliveryProofFacts | undefined {
  if (d.arrivedAt === null || d.legalDay === null) return undefined;
  const electronic = d.method === 'ELECTRONIC';
  return {
    documentTitle: d.documentTitle,
    documentNumber: d.documentNumber,
    documentSha256: d.documentSha256,
    recipient: context.recipient,
    place: electronic ? `${context.portalName}账号 ${d.account}` : d.account === '' ? '当事人住所' : d.account,
    method: DELIVERY_METHODS[d.method].zh,
    system: electronic ? context.portalName : '/',
    sentAt: d.sentAt,
    arrivedAt: d.arrivedAt,
    legalDay: d.legalDay,
    ...(d.readAt === null ? {} : { readAt: d.readAt }),
    ...(d.confirmedAt === null ? {} : { confirmedAt: d.confirmedAt }),
    confirmedBy: d.confirmedAt === null ? (d.receiver ?? '') : context.confirmedBy,
    receiptId: d.deliveryId,
    consentNumber: context.consent?.documentNumber ?? '',
    server: { ...context.server, date: dayOf(d.arrivedAt) },
    remark: d.proofSha256 === null ? '' : `纸质回证扫描件 SHA-256 ${d.proofSha256}`,
  };
}
