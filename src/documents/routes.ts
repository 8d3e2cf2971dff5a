import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { refusalFor, visibilityOf } from '#access';
import { leafBadge, sha256Hex } from '#evidence';
import { asId, isRefusal, toRfc3339, type DocumentId, type Result } from '#kernel';
import type { Database } from '#platform/db';
import { refuse as answer, type App } from '#platform/http';
import { checkSignedPdf, signatureProblems } from './check-signed-pdf.ts';
import { documentKind, documentKindKeys, fieldsOf, isDocumentKind } from './document-kinds.ts';
import { refuseDocument } from './errors.ts';
import { sealsOf, type DocumentDeps } from './issue-document.ts';
import { renderDocument } from './render-document.ts';
import { leafOfFile } from './store/leaves.ts';
import { findDocument, sealUsesOf, visibleDocuments, type DocumentRow } from './store.ts';
import type { Actor } from '#access';

/** What the routes of documents work with. */
export type DocumentRouteDeps = DocumentDeps & {
  readonly db: Database;
  /** Whether a paper lies in a file this person may read, whoever made it; left out where no files are connected. */
  readonly inReadableFile?: (actor: Actor, documentId: DocumentId) => Promise<boolean>;
};

const MAX_CHECKED_BYTES = 20 * 1024 * 1024;
const PDF_TYPE = 'application/pdf';
const idParam = z.object({ documentId: z.string().min(1).max(64) });

/** HTTP face of the documents: lists, files, drafts, and the check anyone may run on a file. */
export function registerDocumentRoutes(app: App, deps: DocumentRouteDeps): void {
  listRoutes(app, deps);
  fileRoutes(app, deps);
  ownFileRoute(app, deps);
  draftRoute(app, deps);
  checkRoute(app, deps);
}

function listRoutes(app: App, deps: DocumentRouteDeps): void {
  app.get('/api/documents/kinds', { config: { action: 'document.read' }, schema: { tags: ['documents'] } }, async () => ({
    items: documentKindKeys.map((key) => {
      const { no, zh, en, reach, sealed, abbreviation } = documentKind(key);
      return { key, no, zh, en, reach, sealed, abbreviation, fields: fieldsOf(key) };
    }),
  }));
  const query = z.object({
    subjectId: z.string().max(64).optional(), kind: z.string().max(64).optional(), cursor: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  });
  app.get('/api/documents', { config: { action: 'document.read' }, schema: { tags: ['documents'], querystring: query } }, async (request) => {
    const { subjectId, kind, cursor, limit } = request.query;
    const rows = await visibleDocuments(deps.db, visibilityOf(request.actor, 'document.read'), {
      limit, ...(subjectId === undefined ? {} : { subjectId }), ...(kind === undefined ? {} : { kind }), ...(cursor === undefined ? {} : { before: cursor }),
    });
    return { items: rows.map(summary), nextCursor: rows.length < limit ? null : rows.at(-1)!.documentId };
  });
}

const summary = (d: DocumentRow) => ({
  documentId: d.documentId, kind: d.kind, title: d.title, number: d.number, authorityId: d.authorityId, authorityName: d.authorityName,
  unitId: d.unitId, subjectKind: d.subjectKind, subjectId: d.subjectId, sha256: d.sha256, bytes: d.bytes, pages: d.pages,
  sealed: d.sealed, development: d.provider === 'development', issuedAt: d.issuedAt,
});

/** The issuing authority and those above it, whoever has the unit in his area to which it is addressed, and whoever may read a file it lies in. A foreign document answers like one that does not exist (sec:X13). */
async function readable(deps: DocumentRouteDeps, actor: Actor, id: string): Promise<Result<DocumentRow>> {
  const document = await findDocument(deps.db, asId<DocumentId>(id));
  const no = document && refusalFor(actor, 'document.read', document);
  const foreign = document === undefined || (no !== undefined && (await deps.inReadableFile?.(actor, document.documentId)) !== true);
  return foreign ? refuseDocument('DOC-006') : { ok: true, value: document };
}

async function sendFile(reply: FastifyReply, deps: DocumentRouteDeps, { sha256, number, title }: DocumentRow): Promise<FastifyReply> {
  const bytes = await deps.blobs.get(sha256);
  return reply
    .type(PDF_TYPE)
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${number} ${title}.pdf`)}`)
    .send(Buffer.from(bytes));
}

function fileRoutes(app: App, deps: DocumentRouteDeps): void {
  const options = { config: { action: 'document.read' }, schema: { tags: ['documents'], params: idParam } };
  app.get('/api/documents/:documentId', options, async (request, reply) => {
    const found = await readable(deps, request.actor, request.params.documentId);
    if (isRefusal(found)) return answer(reply, found);
    return { ...summary(found.value), data: found.value.data, signatures: await sealUsesOf(deps.db, found.value.documentId) };
  });
  app.get('/api/documents/:documentId/file', options, async (request, reply) => {
    const found = await readable(deps, request.actor, request.params.documentId);
    if (isRefusal(found)) return answer(reply, found);
    return sendFile(reply, deps, found.value);
  });
}

/** What a unit handed in itself; papers of the authority reach it by delivery and are read there. */
function ownFileRoute(app: App, deps: DocumentRouteDeps): void {
  const options = { config: { action: 'document.read-own' }, schema: { tags: ['documents'], params: idParam } };
  app.get('/api/unit/documents/:documentId/file', options, async (request, reply) => {
    const found = await findDocument(deps.db, asId<DocumentId>(request.params.documentId));
    const no = found && refusalFor(request.actor, 'document.read-own', { unitId: found.unitId });
    if (found === undefined || no !== undefined || !isDocumentKind(found.kind) || documentKind(found.kind).reach !== 'party') return answer(reply, refuseDocument('DOC-006'));
    return sendFile(reply, deps, found);
  });
}

/** A preview without number and seal; nothing is kept. */
function draftRoute(app: App, deps: DocumentRouteDeps): void {
  const body = z.object({ kind: z.string().max(64), data: z.unknown(), authority: z.string().min(1).max(60) });
  app.post('/api/documents/drafts', { config: { action: 'document.draft', keys: 'none' }, schema: { tags: ['documents'], body } }, async (request, reply) => {
    const { kind, data, authority } = request.body;
    if (!isDocumentKind(kind)) return answer(reply, refuseDocument('DOC-005', { args: { kind: kind.slice(0, 40) } }));
    const draft = renderDocument(kind, data, deps.clock.now(), { authority, number: '' });
    return isRefusal(draft) ? answer(reply, draft) : reply.type(PDF_TYPE).send(Buffer.from(draft.value));
  });
}

/** Where the log names this file, and since when; null where it does not. Whoever asks holds the file. */
async function logEntryOf(db: Database, sha256: string) {
  const leaf = await leafOfFile(db, sha256);
  const badge = leaf === undefined ? undefined : await leafBadge({ db }, leaf);
  if (badge === undefined || isRefusal(badge)) return null;
  const { index, knownAt, sealedAt } = badge.value;
  return { index, knownAt: toRfc3339(knownAt), sealedAt: sealedAt === null ? null : toRfc3339(sealedAt) };
}

/** Anyone holding a paper may ask whether it is whole and ours; nothing of it is kept. */
function checkRoute(app: App, deps: DocumentRouteDeps): void {
  app.addContentTypeParser(PDF_TYPE, { parseAs: 'buffer', bodyLimit: MAX_CHECKED_BYTES }, (_request, body, done) => done(null, body));
  app.post(
    '/api/public/documents/check',
    { config: { action: 'public' }, bodyLimit: MAX_CHECKED_BYTES, schema: { tags: ['documents'] } },
    async (request, reply) => {
      if (!(request.body instanceof Uint8Array)) return answer(reply, refuseDocument('DOC-016'));
      const seals = sealsOf(deps);
      if (isRefusal(seals)) return answer(reply, seals);
      const report = await checkSignedPdf(request.body, { roots: seals.value.roots() });
      const found = [...report.problems, ...report.signatures.flatMap((s) => s.problems)];
      const sha256 = sha256Hex(request.body);
      return { ...report, sha256, log: await logEntryOf(deps.db, sha256), explained: [...new Set(found)].map((code) => ({ code, ...signatureProblems[code] })) };
    },
  );
}
