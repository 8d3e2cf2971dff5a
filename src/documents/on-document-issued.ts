import { z } from 'zod';
import { appendLeaf } from '#evidence';
import type { Clock } from '#kernel';
import type { Handler } from '#platform/outbox';

const payload = z.object({
  documentId: z.string(), kind: z.string(), number: z.string(), sha256: z.string(), subjectKind: z.string(), subjectId: z.string(),
});

/** Every issued document becomes a leaf of the evidence log, in a transaction whose last act it is. */
export const documentsHandlers: readonly Handler<{ readonly clock: Clock }>[] = [
  {
    on: 'document.issued',
    name: 'documents.append-leaf',
    async handle(deps, tx, event) {
      const { documentId, kind, number, sha256, subjectKind, subjectId } = payload.parse(event.payload);
      await appendLeaf(tx, deps.clock, { t: 'doc', ref: documentId, kind, no: number, sha256, of: `${subjectKind}:${subjectId}` });
    },
  },
];
