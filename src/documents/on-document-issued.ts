import { z } from 'zod';
import { appendLeaves } from '#evidence';
import { asId, type Clock, type DocumentId } from '#kernel';
import type { Handler } from '#platform/outbox';
import { insertDocumentLeaf } from './store/leaves.ts';

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
      const [leaf] = await appendLeaves(tx, deps.clock, [{ t: 'doc', ref: documentId, kind, no: number, sha256, of: `${subjectKind}:${subjectId}` }]);
      if (leaf !== undefined) await insertDocumentLeaf(tx, asId<DocumentId>(documentId), leaf);
    },
  },
];
