import { type Database, sql } from '#platform/db';

/** When a device was last heard; times in epoch ms. */
export interface StatusRow {
  readonly mn: string;
  readonly lastAt: number;
  readonly lastDataAt: number | null;
  readonly lastCn: string;
  readonly lastPeer: string;
  /** QN minus arrival, ms. */
  readonly clockOffset: number | null;
  /** Frames since the last save when writing; in all when reading. */
  readonly frames: number;
}

/** Adds to the stored status. Rows are taken in one order, so that two gateways cannot block each other. */
export async function saveStatus(db: Database, rows: readonly StatusRow[]): Promise<void> {
  const sorted = [...rows].sort((a, b) => (a.mn < b.mn ? -1 : 1));
  const of = <T>(pick: (row: StatusRow) => T): T[] => sorted.map(pick);
  await sql`
    INSERT INTO device_status (mn, last_at, last_data_at, last_cn, last_peer, clock_offset, frames)
    SELECT * FROM unnest(${of((r) => r.mn)}::text[], ${of((r) => r.lastAt)}::bigint[],
      ${of((r) => r.lastDataAt)}::bigint[], ${of((r) => r.lastCn)}::text[], ${of((r) => r.lastPeer)}::text[],
      ${of((r) => r.clockOffset)}::bigint[], ${of((r) => r.frames)}::bigint[])
    ON CONFLICT (mn) DO UPDATE SET last_at = greatest(device_status.last_at, excluded.last_at),
      last_data_at = coalesce(excluded.last_data_at, device_status.last_data_at), last_cn = excluded.last_cn,
      last_peer = excluded.last_peer, clock_offset = coalesce(excluded.clock_offset, device_status.clock_offset),
      frames = device_status.frames + excluded.frames`.execute(db);
}

/** Status of all devices heard, by MN after a cursor. */
export async function readStatus(db: Database, after: string, limit: number): Promise<StatusRow[]> {
  const rows = await db
    .selectFrom('device_status')
    .selectAll()
    .where('mn', '>', after)
    .orderBy('mn')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    mn: row.mn,
    lastAt: row.last_at,
    lastDataAt: row.last_data_at,
    lastCn: row.last_cn,
    lastPeer: row.last_peer,
    clockOffset: row.clock_offset,
    frames: row.frames,
  }));
}
