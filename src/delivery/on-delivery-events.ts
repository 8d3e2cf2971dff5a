import { z } from 'zod';
import { appendLeaf } from '#evidence';
import type { Clock } from '#kernel';
import type { Handler } from '#platform/outbox';
import { DELIVERY_EVENTS } from './record-act.ts';

const act = z.object({
  act: z.string(), deliveryId: z.string(), documentId: z.string(), documentSha256: z.string(), unitId: z.string(),
  subjectKind: z.string(), subjectId: z.string(), method: z.string(), state: z.string(), arrivedAt: z.number().nullable(), legalDay: z.string().nullable(),
});
const consent = z.object({ consentId: z.string(), unitId: z.string(), act: z.string(), documentId: z.string().nullable() });

type Deps = { readonly clock: Clock };

/** Each receipt becomes a leaf of the evidence log, with the digest of the paper it is about. */
export const deliveryHandlers: readonly Handler<Deps>[] = [
  ...[...new Set(Object.values(DELIVERY_EVENTS))].map((type): Handler<Deps> => ({
    on: type,
    name: `delivery.append-leaf.${type.split('.')[1]}`,
    async handle(deps, tx, event) {
      const e = act.parse(event.payload);
      await appendLeaf(tx, deps.clock, {
        t: 'deliver', ref: e.deliveryId, act: e.act, doc: e.documentId, sha256: e.documentSha256, unit: e.unitId, method: e.method, state: e.state,
        arrived: e.arrivedAt, day: e.legalDay, of: `${e.subjectKind}:${e.subjectId}`, happened: event.occurredAt,
      });
    },
  })),
  {
    on: 'delivery.consent',
    name: 'delivery.append-leaf.consent',
    async handle(deps, tx, event) {
      const e = consent.parse(event.payload);
      await appendLeaf(tx, deps.clock, { t: 'deliver', ref: e.consentId, act: `consent-${e.act.toLowerCase()}`, doc: e.documentId, unit: e.unitId, happened: event.occurredAt });
    },
  },
];
