import type { Clock } from '#kernel';
import type { Tx } from '#platform/db';
import { emit } from '#platform/outbox';
import type { DeliveryAct } from './decide-delivery.ts';
import type { Delivery } from './delivery.ts';
import { insertEvent, updateDelivery } from './store.ts';

/** Outbox event of each act; its payload is the delivery after the act (see `on-delivery-events.ts`). */
export const DELIVERY_EVENTS = {
  send: 'delivery.sent',
  arrive: 'delivery.delivered',
  prove: 'delivery.delivered',
  fail: 'delivery.failed',
  read: 'delivery.read',
  confirm: 'delivery.confirmed',
  replace: 'delivery.replaced',
} as const satisfies Record<DeliveryAct | 'send', string>;

/** Writes an act: projection, append-only event, outbox row. The evidence leaf follows from the outbox. */
export async function recordAct(
  tx: Tx, deps: { readonly clock: Clock }, after: Delivery, act: keyof typeof DELIVERY_EVENTS, actor: string, detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  const at = deps.clock.now();
  if (act !== 'send') await updateDelivery(tx, after);
  await insertEvent(tx, after.deliveryId, { act, state: after.state, actor, at, detail });
  await emit(tx, deps.clock, {
    type: DELIVERY_EVENTS[act],
    subject: after.subjectId,
    payload: {
      act, deliveryId: after.deliveryId, documentId: after.documentId, documentNumber: after.documentNumber, documentSha256: after.documentSha256,
      unitId: after.unitId, subjectKind: after.subjectKind, subjectId: after.subjectId, method: after.method, state: after.state,
      arrivedAt: after.arrivedAt, legalDay: after.legalDay, confirmedAt: after.confirmedAt,
    },
  });
}
