import type { Instant } from '#kernel';
import { type Database, sql, type Tx } from '#platform/db';
import { newId } from '#platform/ids';

/** A door opening or a meter reading that came as a file. Times in epoch ms. */
export interface SideRecord {
  readonly kind: 'DOOR' | 'POWER';
  /** Outfall of a door, meter of a reading. */
  readonly subject: string;
  readonly startAt: number;
  readonly endAt: number | null;
  /** The other columns, as text: `method`, `person`; `kw`. What a file leaves empty is absent. */
  readonly value: Readonly<Record<string, string>>;
}

interface Stored {
  kind: SideRecord['kind'];
  subject: string;
  start_at: number;
  end_at: number | null;
  value: Record<string, string>;
  known_at: number;
}

const recordOf = (row: Stored): SideRecord & { readonly knownAt: number } => ({
  kind: row.kind,
  subject: row.subject,
  startAt: row.start_at,
  endAt: row.end_at,
  value: row.value,
  knownAt: row.known_at,
});

/** A record as written, and which telling of its fact it is (0 is the first). */
export type AddedRecord = SideRecord & { readonly revision: number };

/**
 * Writes what is new, and what says more or otherwise than was known as a revision, which keeps what it is silent about.
 * What is known stays untouched. Returns what was written; one writer at a time.
 */
export async function addSideRecords(tx: Tx, records: readonly SideRecord[], now: Instant): Promise<AddedRecord[]> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('side_record', 4))`.execute(tx);
  const { rows } = await sql<Stored & { revision: number }>`
    INSERT INTO side_record (record, kind, subject, start_at, revision, end_at, value, known_at)
    SELECT r.record, r.kind, r.subject, r.start_at, coalesce(s.revision + 1, 0), m.end_at, m.value::json, ${now}
      FROM unnest(${records.map(() => newId('sr'))}::text[], ${records.map((r) => r.kind)}::text[],
        ${records.map((r) => r.subject)}::text[], ${records.map((r) => r.startAt)}::bigint[],
        ${records.map((r) => r.endAt)}::bigint[], ${records.map((r) => JSON.stringify(r.value))}::text[])
        AS r(record, kind, subject, start_at, end_at, value)
      LEFT JOIN LATERAL (SELECT revision, end_at, value::jsonb AS value FROM side_record k
        WHERE k.kind = r.kind AND k.subject = r.subject AND k.start_at = r.start_at ORDER BY revision DESC LIMIT 1) AS s ON true
      CROSS JOIN LATERAL (SELECT coalesce(r.end_at, s.end_at) AS end_at, coalesce(s.value, '{}') || r.value::jsonb AS value) AS m
     WHERE s.revision IS NULL OR m.end_at IS DISTINCT FROM s.end_at OR m.value <> s.value
    RETURNING kind, subject, start_at, end_at, value, known_at, revision`.execute(tx);
  return rows.map((row) => {
    const { knownAt: _, ...record } = recordOf(row);
    return { ...record, revision: row.revision };
  });
}

/** Records of these doors or meters (or of all) that begin in [from, to), as told last, oldest first. */
export async function readSideRecords(
  db: Database,
  kind: SideRecord['kind'],
  subjects: readonly string[] | 'all',
  range: { readonly from: number; readonly to: number },
): Promise<(SideRecord & { readonly knownAt: number })[]> {
  const { rows } = await sql<Stored>`
    SELECT * FROM (
      SELECT DISTINCT ON (subject, start_at) kind, subject, start_at, end_at, value, known_at FROM side_record
       WHERE kind = ${kind} AND ${subjects === 'all' ? sql`true` : sql`subject = ANY(${subjects})`}
         AND start_at >= ${range.from} AND start_at < ${range.to}
       ORDER BY subject, start_at, revision DESC) AS last
     ORDER BY start_at, subject COLLATE "C"`.execute(db);
  return rows.map(recordOf);
}
