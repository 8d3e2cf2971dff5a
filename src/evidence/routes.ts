import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { isRefusal, toRfc3339, type Instant, type LeafIndex, type Result } from '#kernel';
import { refuse as answer, type App } from '#platform/http';
import type { EvidenceDeps } from './deps.ts';
import { leafBadge, logStatus, policyText, publicLeaf, type LeafBadge } from './leaf-badge.ts';
import { readCheckpointNote, readLogResource } from './read-log.ts';
import { recordAccess } from './record-access.ts';
import { MAX_UPLOAD_BYTES, verifyUpload } from './verify-upload.ts';

const index = z.object({ index: z.coerce.number().int().nonnegative() });
const badge = z.object({
  index: z.number(),
  sealed: z.boolean(),
  knownAt: z.string(),
  sealedAt: z.string().nullable(),
  leafHash: z.string(),
  proof: z.string().nullable(),
});
const rest = z.object({ '*': z.string().max(200) });

/** Instants leave as RFC 3339 texts. */
const time = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at));
const shown = <B extends LeafBadge>(found: B) => ({ ...found, knownAt: toRfc3339(found.knownAt), sealedAt: time(found.sealedAt) });

const IMMUTABLE = 'public, max-age=31536000, immutable';

function sendBytes(reply: FastifyReply, found: Result<Uint8Array>, cache: string): FastifyReply {
  if (isRefusal(found)) return answer(reply, found);
  return reply
    .header('content-type', 'application/octet-stream')
    .header('cache-control', cache)
    .send(Buffer.from(found.value));
}

/** All routes of the module. */
export function registerEvidenceRoutes(app: App, deps: EvidenceDeps): void {
  logRoutes(app, deps);
  proofRoutes(app, deps);
}

/** The log's read interface: C2SP tlog-tiles, tiles public, entries behind a sign-in. */
function logRoutes(app: App, deps: EvidenceDeps): void {
  const text = (reply: FastifyReply, body: string): FastifyReply =>
    reply.header('content-type', 'text/plain; charset=utf-8').header('cache-control', 'no-cache').send(body);

  app.get(
    '/log/checkpoint',
    { config: { action: 'public' }, schema: { tags: ['evidence'] } },
    async (_request, reply) => {
      const note = await readCheckpointNote(deps);
      return isRefusal(note) ? answer(reply, note) : text(reply, note.value);
    },
  );

  app.get('/log/policy', { config: { action: 'public' }, schema: { tags: ['evidence'] } }, async (_request, reply) =>
    text(reply, policyText(deps)),
  );

  app.get(
    '/log/tile/entries/*',
    { config: { action: 'evidence.read' }, schema: { tags: ['evidence'], params: rest } },
    async (request, reply) => {
      const path = `tile/entries/${request.params['*']}`;
      const found = await readLogResource(deps, path);
      if (!isRefusal(found)) await recordAccess(deps, path, request.actor.accountId);
      return sendBytes(reply, found, 'private, no-store');
    },
  );

  app.get(
    '/log/tile/*',
    { config: { action: 'public' }, schema: { tags: ['evidence'], params: rest } },
    async (request, reply) => {
      const path = `tile/${request.params['*']}`;
      // Entries have their own guarded route; however the path is written, they do not come out here.
      const found = await readLogResource(deps, path.includes('entries') ? '' : path);
      return sendBytes(reply, found, IMMUTABLE);
    },
  );
}

/** Badges for screens, and what the public may check. */
function proofRoutes(app: App, deps: EvidenceDeps): void {
  app.addContentTypeParser('application/zip', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.get(
    '/api/evidence/leaves/:index/proof',
    { config: { action: 'evidence.prove' }, schema: { tags: ['evidence'], params: index, response: { 200: badge } } },
    async (request, reply) => {
      const found = await leafBadge(deps, request.params.index as LeafIndex);
      return isRefusal(found) ? answer(reply, found) : reply.send(shown(found.value));
    },
  );

  app.get(
    '/api/public/evidence/leaves/:index',
    {
      config: { action: 'public' },
      schema: { tags: ['evidence'], params: index, response: { 200: badge.extend({ leaf: z.string().nullable() }) } },
    },
    async (request, reply) => {
      const found = await publicLeaf(deps, request.params.index as LeafIndex);
      return isRefusal(found) ? answer(reply, found) : reply.send(shown(found.value));
    },
  );

  const status = z.object({
    origin: z.string(),
    vkeys: z.array(z.string()),
    size: z.number(),
    sealed: z.number(),
    sealedAt: z.string().nullable(),
    witnesses: z.number().describe('signatures on the newest head that are not the log’s own'),
  });
  app.get(
    '/api/public/evidence/log',
    { config: { action: 'public' }, schema: { tags: ['evidence'], response: { 200: status } } },
    async () => {
      const { vkeys, sealedAt, ...found } = await logStatus(deps);
      return { ...found, vkeys: [...vkeys], sealedAt: time(sealedAt) };
    },
  );

  app.post(
    '/api/public/evidence/verify',
    {
      config: { action: 'public' },
      bodyLimit: MAX_UPLOAD_BYTES,
      schema: { tags: ['evidence'], consumes: ['application/zip'] },
    },
    async (request, reply) => {
      const body: unknown = request.body;
      const report = await verifyUpload(deps, Buffer.isBuffer(body) ? body : Buffer.of());
      return isRefusal(report) ? answer(reply, report) : reply.send(report.value);
    },
  );
}
