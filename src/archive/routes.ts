import { refusalFor, visibilityOf, type Actor } from '#access';
import { isRefusal, parseId, type CaseId } from '#kernel';
import type { CaseDeps } from '#cases';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { archiveCase, currentDossier } from './archive-case.ts';
import { refuse } from './errors.ts';
import { findDossier, listDossiers } from './store/dossiers.ts';

const params = z.object({ id: z.string() });
const query = z.object({
  cursor: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const tags = ['archive'];

async function visible(deps: CaseDeps, actor: Actor, id: string) {
  const caseId = parseId<CaseId>(id);
  const found = caseId === undefined ? undefined : await currentDossier(deps, caseId);
  if (found === undefined) return refuse('ARCH-001');
  const { unitId, authorityId } = found.state;
  return refusalFor(actor, 'archive.read', { unitId, authorityId }) === undefined ? found : refuse('ARCH-001');
}

/** HTTP of ⑦: filed dossiers, the dossier of a running case with what it still lacks, and the filing itself. */
export function archiveRoutes(app: App, deps: CaseDeps): void {
  app.get(
    '/api/archive',
    { config: { action: 'archive.read' }, schema: { tags, querystring: query } },
    async (request) => {
      const { cursor, limit } = request.query;
      const items = await listDossiers(deps.db, visibilityOf(request.actor, 'archive.read'), cursor, limit);
      return { items, nextCursor: items.length === limit ? String(items.at(-1)?.archivedAt ?? '') : null };
    },
  );
  app.get(
    '/api/archive/:id',
    { config: { action: 'archive.read' }, schema: { tags, params } },
    async (request, reply) => {
      const found = await visible(deps, request.actor, request.params.id);
      if (isRefusal(found)) return answer(reply, found);
      const filed = await findDossier(deps.db, found.state.caseId);
      return {
        caseId: found.state.caseId,
        caseNo: found.state.caseNo,
        state: found.state.main,
        filed: filed ?? null,
        dossier: filed?.catalogue ?? found.dossier,
      };
    },
  );
  app.post(
    '/api/archive/:id',
    { config: { action: 'archive.write' }, schema: { tags, params } },
    async (request, reply) => {
      const found = await visible(deps, request.actor, request.params.id);
      if (isRefusal(found)) return answer(reply, found);
      const filed = await archiveCase(deps, request.actor, found.state.caseId);
      return filed.ok ? filed.value : answer(reply, filed);
    },
  );
}
