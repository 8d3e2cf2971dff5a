import { refusalFor, type Actor } from '#access';
import { importedFileView, importFile, importsOf, MAX_IMPORT_BYTES, namedFile, takeFiles, viewOfImport, type DocumentDeps } from '#documents';
import { isRefusal } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { refuse } from '../errors.ts';
import type { CaseDeps } from '../ports.ts';
import { visibleCase } from '../views/visible-case.ts';

const params = z.object({ id: z.string() });
const tags = ['cases'];
/** Files brought to a case from outside: taken in as they are, their signatures checked, the result shown beside the evidence. */
export function caseFileRoutes(app: App, deps: CaseDeps, documents: DocumentDeps): void {
  takeFiles(app);
  const read = { action: 'case.read' } as const;
  app.get('/api/cases/:id/files', { config: read, schema: { tags, params, response: { 200: z.object({ items: z.array(importedFileView) }) } } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    if (isRefusal(loaded)) return answer(reply, loaded) as never;
    return { items: (await importsOf(deps.db, loaded.state.caseId)).map(viewOfImport) };
  });
  app.get('/api/cases/:id/files/:importId/file', { config: read, schema: { tags, params: params.extend({ importId: z.string().max(64) }) } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    if (isRefusal(loaded)) return answer(reply, loaded);
    const file = (await importsOf(deps.db, loaded.state.caseId)).find((one) => one.importId === request.params.importId);
    if (file === undefined) return answer(reply, refuse('CASE-001'));
    // Whatever it calls itself, a browser never runs it (sec:X21).
    return reply
      .type('application/octet-stream')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
      .send(Buffer.from(await documents.blobs.get(file.sha256)));
  });
  app.post(
    '/api/cases/:id/files',
    { config: { action: 'case.attach-evidence' }, bodyLimit: MAX_IMPORT_BYTES, schema: { tags, params, querystring: namedFile, response: { 200: importedFileView } } },
    async (request, reply) => {
      const state = await reachableBy(deps, request.actor, request.params.id);
      if (isRefusal(state)) return answer(reply, state) as never;
      if (!(request.body instanceof Uint8Array)) return answer(reply, refuse('CASE-013')) as never;
      const { caseId, authorityId, unitId } = state;
      const taken = await importFile({ ...documents, db: deps.db }, {
        bytes: request.body, fileName: request.query.name, subject: { kind: 'case', id: caseId }, authorityId, unitId, by: request.actor.accountId,
      });
      return taken.ok ? viewOfImport(taken.value) : (answer(reply, taken) as never);
    },
  );
}

/** Only the officers of the case bring files to it. */
async function reachableBy(deps: CaseDeps, actor: Actor, id: string) {
  const loaded = await visibleCase(deps, actor, 'case.read', id);
  if (isRefusal(loaded)) return loaded;
  const { state } = loaded;
  const denied = refusalFor(actor, 'case.attach-evidence', { unitId: state.unitId, authorityId: state.authorityId });
  if (denied !== undefined) return denied;
  return state.officers.some((officer) => officer.accountId === actor.accountId) ? state : refuse('CASE-008');
}
