import { type Visibility, visibleRows } from '#access';
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

/** A device of the list for people: registered, heard, or both; `heard` is null for one that never was. */
export interface ListedDevice {
  readonly mn: string;
  readonly heard: StatusRow | null;
}

/** The registered devices and all that were heard, by MN after a cursor. */
export async function listDevices(db: Database, registered: readonly string[], after: string, limit: number): Promise<ListedDevice[]> {
  const { rows } = await sql<{ mn: string; heard: Omit<StatusRow, 'mn'> | null }>`
    SELECT coalesce(s.mn, r.mn) AS mn, CASE WHEN s.mn IS NULL THEN NULL ELSE json_build_object('lastAt', s.last_at, 'lastDataAt', s.last_data_at,
        'lastCn', s.last_cn, 'lastPeer', s.last_peer, 'clockOffset', s.clock_offset, 'frames', s.frames) END AS heard
      FROM device_status s FULL JOIN unnest(${registered}::text[]) AS r(mn) ON r.mn = s.mn
     WHERE coalesce(s.mn, r.mn) > ${after} ORDER BY 1 LIMIT ${limit}`.execute(db);
  return rows.map(({ mn, heard }) => ({ mn, heard: heard === null ? null : { mn, ...heard } }));
}

/** A registered device as it is counted: silent when it was heard last before `heardAfter` (epoch ms). */
export interface CountedDevice {
  readonly mn: string;
  readonly unit: string;
  readonly authority: string | null;
  readonly heardAfter: number;
  /** Since when it could have been heard (epoch ms): the newest revision of its entry in the register. */
  readonly registeredAt: number;
}

/** How many of these devices the visibility covers, how many of them were never heard although they had the time, have not had it yet, or are silent. */
export async function countHeard(db: Database, devices: readonly CountedDevice[], visibility: Visibility): Promise<{ known: number; never: number; awaited: number; silent: number }> {
  const of = <T>(pick: (device: CountedDevice) => T): T[] => devices.map(pick);
  const { rows } = await sql<{ known: number; never: number; awaited: number; silent: number }>`
    SELECT count(*) AS known, count(*) FILTER (WHERE s.mn IS NULL AND r.registered_at < r.heard_after) AS never,
        count(*) FILTER (WHERE s.mn IS NULL AND r.registered_at >= r.heard_after) AS awaited, count(*) FILTER (WHERE s.last_at < r.heard_after) AS silent
      FROM unnest(${of((d) => d.mn)}::text[], ${of((d) => d.unit)}::text[], ${of((d) => d.authority)}::text[], ${of((d) => d.heardAfter)}::bigint[], ${of((d) => d.registeredAt)}::bigint[])
        AS r(mn, unit, authority, heard_after, registered_at)
      LEFT JOIN device_status s ON s.mn = r.mn
     WHERE ${visibleRows(visibility, { unit: 'r.unit', authority: 'r.authority' })}`.execute(db);
  return rows[0] ?? { known: 0, never: 0, awaited: 0, silent: 0 };
}
