import type { Delivery } from '#delivery';
import { dayOf, instant } from '#kernel';
import type { StepEvent } from '../case-event.ts';
import type { RecordedDelivery } from '../ports.ts';

const OF_THE_DELIVERY = {
  documentId: 'doc-1', documentNumber: '测〔2026〕1号', documentTitle: '行政处罚决定书', documentSha256: 'a'.repeat(64), unitId: 'E001', authorityId: 'qingchuan', region: 'jiangsu',
  subjectKind: 'case', subjectId: 'c', about: null, method: 'ELECTRONIC', methodReason: 'CONSENT', account: 'unit-e001', consentId: null, mustConfirm: false, state: 'DELIVERED',
  sentBy: 'a', readAt: null, confirmedAt: null, confirmedBy: null, failure: null, proofSha256: null, receiver: null, servedBy: [], replaces: null,
};

/** What delivery keeps of a paper that arrived then, electronically unless said otherwise. */
export const recordedDelivery = (deliveryId: string, at: number, more: Partial<Delivery> = {}): RecordedDelivery => ({
  delivery: { ...OF_THE_DELIVERY, deliveryId, sentAt: instant(at), arrivedAt: instant(at), legalDay: dayOf(instant(at)), ...more } as unknown as Delivery,
  consentNumber: '苏清环送确〔2026〕1号',
  servers: [],
});

/** The record behind a step of arrival; undefined for other steps. */
export const deliveredBy = ({ command }: Pick<StepEvent, 'command'>): RecordedDelivery | undefined => ('deliveryId' in command ? recordedDelivery(command.deliveryId, command.arrivedAt) : undefined);
