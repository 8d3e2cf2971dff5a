import { refusalFor, type Actor } from '#access';
import { importFile, importsOf, MAX_IMPORT_BYTES, VERDICTS, type DocumentDeps, type ImportedFile } from '#documents';
import { isRefusal } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import { z } from 'zod';
import { refuse } from './errors.ts';
import type { CaseDeps } from './ports.ts';
import { visibleCase } from './visible-case.ts';

const params = z.object({ id: z.string() });
const tags = ['cases'];
const words = z.object({ zh: z.string(), en: z.string() });
const line = words.extend({ outcome: z.enum(['HOLDS', 'FAILS', 'CANNOT_TELL', 'NOTE']) });
const fileView = z.object({
  importId: z.string(), fileName: z.string(), sha256: z.string(), bytes: z.number(), importedAt: z.number(), leaf: z.number(),
  format: z.string(), verdict: z.enum(Object.keys(VERDICTS) as [keyof typeof VERDICTS]), verdictWords: words, lines: z.array(line),
  signatures: z.array(z.object({
    kind: z.enum(['SIGNATURE', 'SEAL']), signer: z.string(), seal: z.string(), signedAt: z.number().nullable(), coversWholeFile: z.boolean(), trusted: z.boolean(), lines: z.array(line),
  })),
});

const show = ({ importId, fileName, sha256, bytes, importedAt, leaf, report }: ImportedFile) => ({
  importId, fileName, sha256, bytes, importedAt, leaf, format: report.format, verdict: report.verdict, verdictWords: VERDICTS[report.verdict],
  lines: [...report.lines], signatures: report.signatures.map((one) => ({ ...one, lines: [...one.lines] })),
});

/** Files brought to a case from outside: taken in as they are, their signatures checked, the result shown beside the evidence. */
export function caseFileRoutes(app: App, deps: CaseDeps, documents: DocumentDeps): void {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit: MAX_IMPORT_BYTES }, (_request, body, done) => done(null, body));
  const read = { action: 'case.read' } as const;
  app.get('/api/cases/:id/files', { config: read, schema: { tags, params, response: { 200: z.object({ items: z.array(fileView) }) } } }, async (request, reply) => {
    const loaded = await visibleCase(deps, request.actor, 'case.read', request.params.id);
    if (isRefusal(loaded)) return answer(reply, loaded) as never;
    return { items: (await importsOf(deps.db, loaded.state.caseId)).map(show) };
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
  const named = z.object({ name: z.string().min(1).max(200) });
  app.post(
    '/api/cases/:id/files',
    { config: { action: 'case.attach-evidence' }, bodyLimit: MAX_IMPORT_BYTES, schema: { tags, params, querystring: named, response: { 200: fileView } } },
    async (request, reply) => {
      const state = await reachableBy(deps, request.actor, request.params.id);
      if (isRefusal(state)) return answer(reply, state) as never;
      if (!(request.body instanceof Uint8Array)) return answer(reply, refuse('CASE-013')) as never;
      const { caseId, authorityId, unitId } = state;
      const taken = await importFile({ ...documents, db: deps.db }, {
        bytes: request.body, fileName: request.query.name, subject: { kind: 'case', id: caseId }, authorityId, unitId, by: request.actor.accountId,
      });
      return taken.ok ? show(taken.value) : (answer(reply, taken) as never);
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
