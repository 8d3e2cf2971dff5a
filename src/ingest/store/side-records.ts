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
  /** The other columns, as text: `method`, `person`; `kw`. */
  readonly value: Readonly<Record<string, string>>;
}

const CHUNK = 5_000;

/** Inserts what is not yet there; returns how many were new. */
export async function insertSideRecords(tx: Tx, records: readonly SideRecord[], now: Instant): Promise<number> {
  let added = 0;
  for (let i = 0; i < records.length; i += CHUNK) {
    const part = records.slice(i, i + CHUNK);
    const result = await sql`
      INSERT INTO side_record (record, kind, subject, start_at, end_at, value, known_at)
      SELECT r.record, r.kind, r.subject, r.start_at, r.end_at, r.value::json, ${now}
        FROM unnest(${part.map(() => newId('sr'))}::text[], ${part.map((r) => r.kind)}::text[],
          ${part.map((r) => r.subject)}::text[], ${part.map((r) => r.startAt)}::bigint[],
          ${part.map((r) => r.endAt)}::bigint[], ${part.map((r) => JSON.stringify(r.value))}::text[])
          AS r(record, kind, subject, start_at, end_at, value)
      ON CONFLICT (kind, subject, start_at) DO NOTHING`.execute(tx);
    added += Number(result.numAffectedRows ?? 0);
  }
  return added;
}

/** Records of these doors or meters that begin in [from, to), oldest first. */
export async function readSideRecords(
  db: Database,
  kind: SideRecord['kind'],
  subjects: readonly string[],
  range: { readonly from: number; readonly to: number },
): Promise<(SideRecord & { readonly knownAt: number })[]> {
  const { rows } = await sql<{
    subject: string;
    start_at: number;
    end_at: number | null;
    value: Record<string, string>;
    known_at: number;
  }>`
    SELECT subject, start_at, end_at, value, known_at FROM side_record
     WHERE kind = ${kind} AND subject = ANY(${subjects}) AND start_at >= ${range.from} AND start_at < ${range.to}
     ORDER BY start_at`.execute(db);
  return rows.map((row) => ({
    kind,
    subject: row.subject,
    startAt: row.start_at,
    endAt: row.end_at,
    value: row.value,
    knownAt: row.known_at,
  }));
}
