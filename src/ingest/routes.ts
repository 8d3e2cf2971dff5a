import { z } from 'zod';
import { refusalFor, type Actor } from '#access';
import { type Clock, DAY, dayOf, instant, type OutfallId, parseId, type Refusal, toRfc3339 } from '#kernel';
import type { Law } from '#law';
import type { Database } from '#platform/db';
import { type App, refuse as answer } from '#platform/http';
import type { LiveRegistry, Registry } from '#register';
import { registerCommandRoutes } from './devices/command-routes.ts';
import { refuse } from './errors.ts';
import { recordVideoEvent } from './record-video-event.ts';
import { mnsOf, registeredMns } from './devices/registered-mns.ts';
import { isSilent, silenceOf } from './devices/silence.ts';
import { type ArrivalPlace, type JournalRow, oddRows, rowsAbout } from './store/read-journal.ts';
import { listDevices } from './store/status.ts';
import { readVideoEvents } from './store/video-events.ts';

/** What the routes of ingest work with. */
export interface IngestRouteDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly registry: LiveRegistry;
  readonly law: Law;
}

const MAX_DAYS = 31;
const time = z.iso.datetime({ offset: true });
const at = (text: string) => instant(Date.parse(text));
const optionalTime = (ms: number | null): string | null => (ms === null ? null : toRfc3339(instant(ms)));

const frameItem = z.object({
  leaf: z.number(),
  mn: z.string().nullable(),
  st: z.string().nullable(),
  cn: z.string().nullable(),
  qn: z.string().nullable(),
  state: z.string(),
  verdict: z.string(),
  marks: z.array(z.string()),
  firstLeaf: z.number().nullable(),
  replyState: z.string(),
  repliedAt: z.string().nullable(),
  relayState: z.string(),
  dataTime: z.string().nullable(),
  receivedAt: z.string(),
  knownAt: z.string(),
  peer: z.string(),
  text: z.string(),
  rawBase64: z.string(),
});
const framePage = z.object({ items: z.array(frameItem), nextCursor: z.string().nullable() });
const statusItem = z.object({
  mn: z.string(),
  outfall: z.object({ outfall: z.string(), name: z.string(), unitName: z.string() }).nullable(),
  role: z.enum(['data', 'door', 'power', 'inlet', 'process']).nullable(),
  /** Null: registered and never heard. */
  lastAt: z.string().nullable(),
  /** Minutes it may say nothing, by its role and region; and whether it did for longer. */
  silentAfter: z.number(),
  silent: z.boolean(),
  lastDataTime: z.string().nullable(),
  lastCn: z.string().nullable(),
  lastPeer: z.string().nullable(),
  clockOffsetMs: z.number().nullable(),
  frames: z.number(),
});
const videoItem = z.object({
  event: z.string(),
  camera: z.string(),
  kind: z.string(),
  startAt: z.string(),
  endAt: z.string(),
  photoSha: z.string().nullable(),
  source: z.string(),
});
const page = z.object({
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const period = page.extend({ from: time, to: time });
const token = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}._:-]+$/u);

function showFrame(row: JournalRow): z.infer<typeof frameItem> {
  const raw = Buffer.from(row.raw);
  return {
    leaf: row.seq,
    mn: row.mn,
    st: row.st,
    cn: row.cn,
    qn: row.qn,
    state: row.state,
    verdict: row.verdict,
    marks: [...row.marks],
    firstLeaf: row.firstLeaf,
    replyState: row.replyState,
    repliedAt: optionalTime(row.repliedAt),
    relayState: row.relayState,
    dataTime: optionalTime(row.dataAt),
    receivedAt: toRfc3339(instant(row.receivedAt)),
    knownAt: toRfc3339(instant(row.knownAt)),
    peer: row.peer,
    // PW is a secret of the device; the bytes as such are evidence and stay whole in rawBase64 for those who check.
    text: raw.toString('utf8').replace(/PW=[^;]*/, 'PW=***'),
    rawBase64: raw.toString('base64'),
  };
}

/** The devices of an outfall the actor may look at, or the refusal. */
function devicesFor(
  deps: IngestRouteDeps,
  actor: Actor,
  id: string,
): { readonly mns: string[]; readonly outfall: OutfallId } | Refusal {
  const registry = deps.registry.current();
  const outfallId = parseId<OutfallId>(id);
  const outfall = outfallId === undefined ? undefined : registry.outfall(outfallId);
  if (outfall === undefined) return refuse('INGEST-001');
  const scope = { outfall: outfall.outfall, unitId: outfall.unit, authorityId: registry.authorityOf(outfall.unit) };
  if (refusalFor(actor, 'ingest.read', scope) !== undefined) return refuse('INGEST-001');
  return {
    outfall: outfall.outfall,
    mns: mnsOf(outfall),
  };
}

function periodRefusal(from: number, to: number): Refusal | undefined {
  if (to < from) return refuse('INGEST-002', { field: 'to' });
  return to - from > MAX_DAYS * DAY ? refuse('INGEST-004', { args: { days: MAX_DAYS }, field: 'to' }) : undefined;
}

/** The place a cursor of a list by arrival names (`receivedAt~seq`); undefined, the beginning, for anything else. */
function placeIn(cursor: string | undefined): ArrivalPlace | undefined {
  const [, receivedAt, seq] = /^(\d{1,15})~(\d{1,15})$/.exec(cursor ?? '') ?? [];
  return receivedAt === undefined ? undefined : { receivedAt: Number(receivedAt), seq: Number(seq) };
}

/** Where a device stands, in names; null for one that is not registered. */
function placeOf(registry: Registry, mn: string): z.infer<typeof statusItem>['outfall'] {
  const id = registry.deviceOf(mn)[0]?.outfalls[0];
  const outfall = id === undefined ? undefined : registry.outfall(id);
  if (outfall === undefined) return null;
  return { outfall: outfall.outfall, name: outfall.attributes['name'] ?? outfall.outfall, unitName: registry.unit(outfall.unit)?.name ?? outfall.unit };
}

/** HTTP of ingest: raw frames behind a clue, what stands apart, devices, camera events. */
export function registerIngestRoutes(app: App, deps: IngestRouteDeps): void {
  app.get(
    '/api/outfalls/:outfall/frames',
    {
      config: { action: 'ingest.read' },
      schema: { params: z.object({ outfall: z.string() }), querystring: period, response: { 200: framePage } },
    },
    async (request, reply) => {
      const { from, to, cursor, limit } = request.query;
      const wrong = periodRefusal(at(from), at(to));
      if (wrong) return answer(reply, wrong) as never;
      const devices = devicesFor(deps, request.actor, request.params.outfall);
      if ('code' in devices) return answer(reply, devices) as never;
      const after = cursor === undefined ? -1 : Number(cursor);
      const rows = await rowsAbout(
        deps.db,
        devices.mns,
        { from: at(from), to: at(to) },
        { after: Number.isNaN(after) ? -1 : after, limit },
      );
      return { items: rows.map(showFrame), nextCursor: rows.length < limit ? null : String(rows.at(-1)?.seq ?? '') };
    },
  );
  app.get(
    '/api/ingest/apart',
    {
      config: { action: 'ingest.quarantine-read' },
      schema: {
        querystring: page.extend({ state: z.enum(['QUARANTINED', 'CONFLICT', 'REFUSED']).default('QUARANTINED') }),
        response: { 200: framePage },
      },
    },
    async (request) => {
      const { state, cursor, limit } = request.query;
      const rows = await oddRows(deps.db, state, placeIn(cursor), limit);
      const last = rows.at(-1);
      return {
        items: rows.map(showFrame),
        nextCursor: rows.length < limit || last === undefined ? null : `${last.receivedAt}~${last.seq}`,
      };
    },
  );
  app.get(
    '/api/ingest/devices',
    {
      config: { action: 'ingest.status' },
      schema: {
        querystring: page,
        response: { 200: z.object({ items: z.array(statusItem), nextCursor: z.string().nullable() }) },
      },
    },
    async (request) => {
      const { cursor = '', limit } = request.query;
      const registry = deps.registry.current();
      const rows = await listDevices(deps.db, registeredMns(registry), cursor, limit);
      const now = deps.clock.now();
      const silentAfter = silenceOf(deps.law, registry, dayOf(now));
      const items = rows.map(({ mn, heard }) => ({
        mn,
        outfall: placeOf(registry, mn),
        role: registry.deviceOf(mn)[0]?.role ?? null,
        lastAt: optionalTime(heard?.lastAt ?? null),
        silentAfter: silentAfter(mn),
        silent: heard !== null && isSilent(heard.lastAt, silentAfter(mn), now),
        lastDataTime: optionalTime(heard?.lastDataAt ?? null),
        lastCn: heard?.lastCn ?? null,
        lastPeer: heard?.lastPeer ?? null,
        clockOffsetMs: heard?.clockOffset ?? null,
        frames: heard?.frames ?? 0,
      }));
      return { items, nextCursor: rows.length < limit ? null : (rows.at(-1)?.mn ?? null) };
    },
  );
  videoRoutes(app, deps);
  registerCommandRoutes(app, deps);
}

function videoRoutes(app: App, deps: IngestRouteDeps): void {
  app.post(
    '/api/video-events',
    {
      config: { action: 'ingest.video-event' },
      schema: {
        body: z.object({
          outfall: token,
          camera: token,
          kind: token,
          startAt: time,
          endAt: time,
          photoSha: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .nullable()
            .default(null),
        }),
        response: { 200: z.object({ event: z.string(), known: z.boolean() }) },
      },
    },
    async (request, reply) => {
      const { startAt, endAt, ...rest } = request.body;
      if (deps.registry.current().outfall(rest.outfall as OutfallId) === undefined)
        return answer(reply, refuse('INGEST-001')) as never;
      const result = await recordVideoEvent(deps, { ...rest, startAt: at(startAt), endAt: at(endAt) });
      return result.ok ? result.value : (answer(reply, result) as never);
    },
  );
  app.get(
    '/api/outfalls/:outfall/video-events',
    {
      config: { action: 'ingest.read' },
      schema: {
        params: z.object({ outfall: z.string() }),
        querystring: z.object({ from: time, to: time }),
        response: { 200: z.object({ items: z.array(videoItem) }) },
      },
    },
    async (request, reply) => {
      const devices = devicesFor(deps, request.actor, request.params.outfall);
      if ('code' in devices) return answer(reply, devices) as never;
      const events = await readVideoEvents(deps.db, devices.outfall, {
        from: at(request.query.from),
        to: at(request.query.to),
      });
      return {
        items: events.map(({ event, camera, kind, startAt, endAt, photoSha, source }) => ({
          event,
          camera,
          kind,
          startAt: toRfc3339(instant(startAt)),
          endAt: toRfc3339(instant(endAt)),
          photoSha,
          source,
        })),
      };
    },
  );
}
