import { z } from 'zod';
import { refusalFor } from '#access';
import { asId, type ClueId } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { underItsName } from '#register';
import { takeMaterials } from '#supervision';
import { materialOf } from '../clue/materials.ts';
import { refuse } from '../errors.ts';
import type { ReviewDeps } from '../ports.ts';
import { findClue } from '../store/clues.ts';

const tags = ['review'];
const params = z.object({ clueId: z.string(), sha256: z.string() });

/** Files of a clue: handed in by who found it, supplies it or lists it anew, looked at by who reviews it. */
export function materialRoutes(app: App, deps: ReviewDeps): void {
  takeMaterials(app, deps.blobs, { path: '/api/review/materials', action: 'clue.report', tags });
  takeMaterials(app, deps.blobs, { path: '/api/review/list-files', action: 'clue.triage', tags });
  takeMaterials(app, deps.blobs, { path: '/api/review/proofs', action: 'review.assess', tags });
  app.get('/api/review/clues/:clueId/materials/:sha256', { config: { action: 'clue.read' }, schema: { tags, params } }, async (request, reply) => {
    const clueId = asId<ClueId>(request.params.clueId);
    const clue = await findClue(deps.db, clueId);
    if (clue === undefined || refusalFor(request.actor, 'clue.read', clue) !== undefined) return answer(reply, refuse('REVIEW-001'));
    const found = await materialOf(deps.db, clueId, request.params.sha256);
    if (found === undefined || !deps.blobs.has(found.sha256)) return answer(reply, refuse('REVIEW-089'));
    return reply.type('application/octet-stream').header('content-disposition', underItsName(found)).send(Buffer.from(await deps.blobs.get(found.sha256)));
  });
}
