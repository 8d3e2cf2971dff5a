import type { Instant } from '#kernel';
import { type Database, sql, type Tx } from '#platform/db';

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
  readonly knownAt: number;
}

/** Writes events not yet there; returns those that were new. */
export async function insertVideoEvents(tx: Tx, events: readonly VideoEvent[]): Promise<string[]> {
  const of = <T>(pick: (event: VideoEvent) => T): T[] => events.map(pick);
  const { rows } = await sql<{ event: string }>`
    INSERT INTO video_event (event, outfall, camera, kind, start_at, end_at, photo_sha, source, known_at)
    SELECT * FROM unnest(${of((e) => e.event)}::text[], ${of((e) => e.outfall)}::text[], ${of((e) => e.camera)}::text[],
      ${of((e) => e.kind)}::text[], ${of((e) => e.startAt)}::bigint[], ${of((e) => e.endAt)}::bigint[],
      ${of((e) => e.photoSha)}::text[], ${of((e) => e.source)}::text[], ${of((e) => e.knownAt)}::bigint[])
    ON CONFLICT (outfall, camera, kind, start_at) DO NOTHING RETURNING event`.execute(tx);
  return rows.map((row) => row.event);
}

/** Events of an outfall that begin in [from, to), oldest first. */
export async function readVideoEvents(
  db: Database,
  outfall: string,
  range: { readonly from: Instant; readonly to: Instant },
): Promise<VideoEvent[]> {
  const rows = await db
    .selectFrom('video_event')
    .selectAll()
    .where('outfall', '=', outfall)
    .where('start_at', '>=', range.from)
    .where('start_at', '<', range.to)
    .orderBy('start_at')
    .execute();
  return rows.map((row) => ({
    event: row.event,
    outfall: row.outfall,
    camera: row.camera,
    kind: row.kind,
    startAt: row.start_at,
    endAt: row.end_at,
    photoSha: row.photo_sha,
    source: row.source as VideoEvent['source'],
    knownAt: row.known_at,
  }));
}
