import type { Instant } from '#kernel';
import { type Database, sql, type Tx } from '#platform/db';
import { newId } from '#platform/ids';

/** What a camera reported. Times in epoch ms. */
export interface VideoEvent {
  readonly event: string;
  readonly outfall: string;
  readonly camera: string;
  /** e.g. `DOOR_OPENED`, `INSTRUMENT_OPERATED`, `LENS_COVERED`; words of the camera's maker are kept as sent. */
  readonly kind: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly photoSha: string | null;
  readonly source: 'HTTP' | 'FILE';
  /** Further columns of `video.csv`, as text. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly knownAt: number;
}

/** An event as it is told, before it has an id. */
export type ToldVideoEvent = Omit<VideoEvent, 'event' | 'knownAt'>;

/** What stands for a told event: its id, and whether it was written now, as the first telling (0) or a later one. */
export interface KeptVideoEvent extends VideoEvent {
  readonly revision: number;
  readonly added: boolean;
}

interface Stored {
  event: string;
  outfall: string;
  camera: string;
  kind: string;
  start_at: number;
  end_at: number;
  photo_sha: string | null;
  source: VideoEvent['source'];
  attributes: Record<string, string>;
  known_at: number;
  revision: number;
}

const eventOf = (row: Stored): VideoEvent => ({
  event: row.event,
  outfall: row.outfall,
  camera: row.camera,
  kind: row.kind,
  startAt: row.start_at,
  endAt: row.end_at,
  photoSha: row.photo_sha,
  source: row.source,
  attributes: row.attributes,
  knownAt: row.known_at,
});

/**
 * Writes events that are new, and those that say more or otherwise than was known (a later end, a photo) as revisions,
 * which keep what they are silent about. Answers for each event, in order, what stands now; one writer at a time.
 */
export async function addVideoEvents(tx: Tx, events: readonly ToldVideoEvent[], now: Instant): Promise<KeptVideoEvent[]> {
  const of = <T>(pick: (event: ToldVideoEvent) => T): T[] => events.map(pick);
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('video_event', 4))`.execute(tx);
  const { rows } = await sql<Stored & { added: boolean }>`
    WITH told AS (
      SELECT r.*, s.event AS known, s.revision, s.source AS known_source, s.known_at, coalesce(r.photo_sha, s.photo_sha) AS photo,
        coalesce(s.attributes, '{}') || r.attributes AS merged,
        s.event IS NULL OR r.end_at <> s.end_at OR (r.photo_sha IS NOT NULL AND r.photo_sha IS DISTINCT FROM s.photo_sha)
          OR NOT s.attributes @> r.attributes AS fresh
        FROM unnest(${of(() => newId('ve'))}::text[], ${of((e) => e.outfall)}::text[], ${of((e) => e.camera)}::text[],
          ${of((e) => e.kind)}::text[], ${of((e) => e.startAt)}::bigint[], ${of((e) => e.endAt)}::bigint[],
          ${of((e) => e.photoSha)}::text[], ${of((e) => e.source)}::text[], ${of((e) => JSON.stringify(e.attributes))}::jsonb[])
          WITH ORDINALITY AS r(event, outfall, camera, kind, start_at, end_at, photo_sha, source, attributes, i)
        LEFT JOIN LATERAL (SELECT * FROM video_event k WHERE k.outfall = r.outfall AND k.camera = r.camera AND k.kind = r.kind
          AND k.start_at = r.start_at ORDER BY k.revision DESC LIMIT 1) AS s ON true
    ), written AS (
      INSERT INTO video_event (event, outfall, camera, kind, start_at, end_at, photo_sha, source, attributes, known_at, revision)
      SELECT event, outfall, camera, kind, start_at, end_at, photo, source, merged, ${now}, coalesce(revision + 1, 0) FROM told WHERE fresh
    )
    SELECT CASE WHEN fresh THEN event ELSE known END AS event, outfall, camera, kind, start_at, end_at, photo AS photo_sha,
      CASE WHEN fresh THEN source ELSE known_source END AS source, merged AS attributes,
      CASE WHEN fresh THEN ${now}::bigint ELSE known_at END AS known_at,
      coalesce(revision, -1) + CASE WHEN fresh THEN 1 ELSE 0 END AS revision, fresh AS added
    FROM told ORDER BY i`.execute(tx);
  return rows.map((row) => ({ ...eventOf(row), revision: row.revision, added: row.added }));
}

/** Events of an outfall (or of all) that begin in [from, to), as told last (up to `asOf`), oldest first. */
export async function readVideoEvents(
  db: Database,
  outfall: string | 'all',
  range: { readonly from: Instant | number; readonly to: Instant | number; readonly asOf?: number | undefined },
): Promise<VideoEvent[]> {
  const { rows } = await sql<Stored>`
    SELECT * FROM (
      SELECT DISTINCT ON (outfall, camera, kind, start_at) * FROM video_event
       WHERE ${outfall === 'all' ? sql`true` : sql`outfall = ${outfall}`} AND start_at >= ${range.from} AND start_at < ${range.to} AND known_at <= ${range.asOf ?? 8.64e15}
       ORDER BY outfall, camera, kind, start_at, revision DESC) AS last
     ORDER BY start_at, outfall COLLATE "C", camera COLLATE "C", kind COLLATE "C"`.execute(db);
  return rows.map(eventOf);
}
