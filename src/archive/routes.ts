import { refusalFor, visibilityOf, type Actor } from '#access';
import { isRefusal, parseId, type CaseId } from '#kernel';
import type { CaseDeps } from '#cases';
import type { BlobStore } from '#platform/blobs';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { archiveCase, currentDossier } from './archive-case.ts';
import { refuse } from './errors.ts';
import { findDossier, listDossiers } from './store/dossiers.ts';
import { frozenEditions } from './store/frozen-files.ts';

const params = z.object({ id: z.string() });
const query = z.object({
  cursor: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const tags = ['archive'];

type Deps = CaseDeps & { readonly blobs: BlobStore };

async function visible(deps: CaseDeps, actor: Actor, id: string) {
  const caseId = parseId<CaseId>(id);
  const found = caseId === undefined ? undefined : await currentDossier(deps, caseId);
  if (found === undefined) return refuse('ARCH-001');
  const { unitId, authorityId } = found.state;
  return refusalFor(actor, 'archive.read', { unitId, authorityId }) === undefined ? found : refuse('ARCH-001');
}

const edition = z.object({ version: z.number(), name: z.string(), manifestSha256: z.string(), leaf: z.number(), bytes: z.number(), frozenAt: z.number() });

/** Files frozen before a decision: what there is, and the package itself, to be checked by anyone's verifier. */
function editionRoutes(app: App, deps: Deps): void {
  const config = { action: 'archive.read' } as const;
  app.get('/api/archive/:id/editions', { config, schema: { tags, params, response: { 200: z.object({ items: z.array(edition) }) } } }, async (request, reply) => {
    const found = await visible(deps, request.actor, request.params.id);
    if (isRefusal(found)) return answer(reply, found) as never;
    const items = await frozenEditions(deps.db, found.state.caseId);
    return { items: items.map(({ version, name, manifestSha256, leaf, bytes, frozenAt }) => ({ version, name, manifestSha256, leaf, bytes, frozenAt })) };
  });
  const one = params.extend({ version: z.coerce.number().int().positive() });
  app.get('/api/archive/:id/editions/:version/file', { config, schema: { tags, params: one } }, async (request, reply) => {
    const found = await visible(deps, request.actor, request.params.id);
    if (isRefusal(found)) return answer(reply, found);
    const kept = (await frozenEditions(deps.db, found.state.caseId)).find(({ version }) => version === request.params.version);
    if (kept === undefined) return answer(reply, refuse('ARCH-001'));
    return reply
      .type('application/zip')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${kept.name}.zip`)}`)
      .send(Buffer.from(await deps.blobs.get(kept.zipSha256)));
  });
}

/** HTTP of ⑦: filed dossiers, the dossier of a running case with what it still lacks, and the filing itself. */
export function archiveRoutes(app: App, deps: Deps): void {
  editionRoutes(app, deps);
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
