import type { AuthorityId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { MarkRow, RegisterData } from '../registry.ts';

/** Tables of the register files that live in `register_entry`; doors, power and video are kept by ingest (`importSideFacts`). */
export const ENTRY_KINDS = [
  'units', 'outfalls', 'factors', 'limits', 'standards', 'permits', 'meters', 'maintenance', 'orders', 'selfMonitoring', 'weather', 'other',
] as const satisfies readonly (keyof RegisterData)[];
export type EntryKind = (typeof ENTRY_KINDS)[number];

export interface Entry {
  readonly kind: EntryKind;
  readonly key: string;
  readonly unit: string | null;
  readonly outfall: string | null;
  readonly authority: string | null;
  readonly start: number | null;
  readonly body: unknown;
}

export interface WriteCount {
  readonly added: number;
  readonly changed: number;
}

/** One writer of the register at a time, to the end of its transaction: changes then commit in the order of their numbers, and {@link registerVersion} misses none. */
async function lockRegister(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('register', 301))`.execute(tx);
}

/** Writes the rows that are new or differ and keeps what stood before in the ledger. The same rows again change nothing. */
export async function writeEntries(tx: Tx, importId: string, at: number, entries: readonly Entry[]): Promise<WriteCount> {
  await lockRegister(tx);
  let added = 0;
  let changed = 0;
  for (let i = 0; i < entries.length; i += 2000) {
    const { rows } = await sql<{ added: number; changed: number }>`
      WITH incoming AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(entries.slice(i, i + 2000))}::jsonb)
          AS r(kind text, key text, unit text, outfall text, authority text, start bigint, body jsonb)
      ), differing AS (
        SELECT n.*, e.body AS before FROM incoming n LEFT JOIN register_entry e ON e.kind = n.kind AND e.key = n.key
        WHERE e.body IS NULL OR e.body <> n.body OR e.authority_id IS DISTINCT FROM n.authority
      ), written AS (
        INSERT INTO register_entry (kind, key, unit, outfall, authority_id, start_at, body, revised_at)
        SELECT kind, key, unit, outfall, authority, start, body, ${at} FROM differing
        ON CONFLICT (kind, key) DO UPDATE SET unit = excluded.unit, outfall = excluded.outfall,
          authority_id = excluded.authority_id, start_at = excluded.start_at, body = excluded.body, revised_at = excluded.revised_at
      ), noted AS (
        INSERT INTO register_change (import_id, kind, key, before, after, changed_at)
        SELECT ${importId}, kind, key, before, body, ${at} FROM differing
      )
      SELECT count(*) FILTER (WHERE before IS NULL) AS added, count(*) FILTER (WHERE before IS NOT NULL) AS changed FROM differing`.execute(tx);
    added += rows[0]?.added ?? 0;
    changed += rows[0]?.changed ?? 0;
  }
  return { added, changed };
}

export async function insertImport(
  tx: Tx,
  row: { importId: string; by: string; at: number; count: WriteCount; unchanged: number; problems: unknown },
): Promise<void> {
  await sql`INSERT INTO register_import (import_id, imported_by, imported_at, added, changed, unchanged, problems)
    VALUES (${row.importId}, ${row.by}, ${row.at}, ${row.count.added}, ${row.count.changed}, ${row.unchanged}, ${JSON.stringify(row.problems)}::jsonb)`.execute(tx);
}

/** Adds marks; one that is already there (same mark, same submission) is left alone. Returns how many were new. */
export async function insertMarks(tx: Tx, marks: readonly MarkRow[], by: string, at: number): Promise<number> {
  let added = 0;
  for (let i = 0; i < marks.length; i += 2000) {
    const result = await sql`
      INSERT INTO register_mark (mark, submitted_at, outfall, kind, start_at, end_at, reason, submitted_by, known_at, attributes)
      SELECT r.mark, r."submittedAt", r.outfall, r.kind, r.start, r."end", r.reason, ${by}, ${at}, coalesce(r.attributes, '{}')
      FROM jsonb_to_recordset(${JSON.stringify(marks.slice(i, i + 2000))}::jsonb)
        AS r(mark text, "submittedAt" bigint, outfall text, kind text, start bigint, "end" bigint, reason text, attributes jsonb)
      ON CONFLICT DO NOTHING`.execute(tx);
    added += Number(result.numAffectedRows ?? 0);
  }
  return added;
}

/** A registered row as it was read. */
export interface EntryRow {
  readonly kind: EntryKind;
  readonly key: string;
  readonly body: unknown;
  readonly authority: string | null;
  /** When the register first knew a limit, epoch ms; null for other kinds. */
  readonly knownAt: number | null;
}

/** What is registered now: everything, or what was changed after a version. */
export async function readEntries(db: Database | Tx, since?: number): Promise<EntryRow[]> {
  const { rows } = await sql<EntryRow>`SELECT kind, key, body, authority_id AS authority,
      CASE WHEN kind = 'limits' THEN (SELECT min(c.changed_at) FROM register_change c WHERE c.kind = e.kind AND c.key = e.key) END AS "knownAt"
    FROM register_entry e
    ${since === undefined ? sql`` : sql`WHERE (kind, key) IN (SELECT kind, key FROM register_change WHERE seq > ${since})`}`.execute(db);
  return rows;
}

/** When each entry of a kind was last revised (epoch ms), by its key. */
export async function revisedAt(db: Database, kind: EntryKind): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ key: string; revised_at: number }>`SELECT key, revised_at FROM register_entry WHERE kind = ${kind}`.execute(db);
  return new Map(rows.map((row) => [row.key, row.revised_at]));
}

/** A mark as stored; it is never altered, a later one stands beside it. */
export interface StoredMark extends MarkRow {
  readonly submittedBy: string;
  readonly knownAt: number;
}

const MARK_COLUMNS = sql`mark, submitted_at AS "submittedAt", outfall, kind, start_at AS start, end_at AS "end", reason, attributes,
  submitted_by AS "submittedBy", known_at AS "knownAt"`;

/** Marks in the order of their submission, of one outfall or of all. */
export async function readMarks(db: Database | Tx, outfall?: string): Promise<StoredMark[]> {
  const { rows } = await sql<StoredMark>`SELECT ${MARK_COLUMNS} FROM register_mark
    ${outfall === undefined ? sql`` : sql`WHERE outfall = ${outfall}`} ORDER BY submitted_at, mark COLLATE "C"`.execute(db);
  return rows;
}

/** Marks that became known after a moment, for the live fold. */
export async function marksKnownAfter(db: Database | Tx, after: number): Promise<StoredMark[]> {
  const { rows } = await sql<StoredMark>`SELECT ${MARK_COLUMNS} FROM register_mark WHERE known_at > ${after} ORDER BY known_at, mark COLLATE "C"`.execute(db);
  return rows;
}

/** Changes when anything registered changes; cheap enough to ask every second. */
export async function registerVersion(db: Database | Tx): Promise<number> {
  const { rows } = await sql<{ version: number }>`SELECT coalesce(max(seq), 0) AS version FROM register_change`.execute(db);
  return rows[0]?.version ?? 0;
}

export interface UnitFilter {
  readonly text?: string | undefined;
  readonly county?: string | undefined;
  readonly industry?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
  readonly visible: ReturnType<typeof sql<boolean>>;
}

export interface UnitRow {
  readonly unit: string;
  readonly authority: string | null;
  readonly body: Record<string, unknown>;
  readonly outfalls: number;
}

/** A page of units a person may see, by id. */
export async function listUnits(db: Database, filter: UnitFilter): Promise<UnitRow[]> {
  const like = filter.text === undefined ? undefined : `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<UnitRow>`
    SELECT e.key AS unit, e.authority_id AS authority, e.body,
      (SELECT count(*) FROM register_entry o WHERE o.kind = 'outfalls' AND o.unit = e.key) AS outfalls
    FROM register_entry e
    WHERE e.kind = 'units' AND ${filter.visible}
      ${like === undefined ? sql`` : sql`AND (e.body->>'name' ILIKE ${like} OR e.key ILIKE ${like})`}
      ${filter.county === undefined ? sql`` : sql`AND e.body->>'county' = ${filter.county}`}
      ${filter.industry === undefined ? sql`` : sql`AND e.body->>'industry' = ${filter.industry}`}
      ${filter.after === undefined ? sql`` : sql`AND e.key COLLATE "C" > ${filter.after}`}
    ORDER BY e.key COLLATE "C" LIMIT ${filter.limit}`.execute(db);
  return rows;
}

/** SQL: the authority on whose ground the unit stands whose id that column holds; null for a unit that is not registered. */
export const groundOfUnit = (column: string) =>
  sql<AuthorityId | null>`(SELECT ground.authority_id FROM register_entry ground WHERE ground.kind = 'units' AND ground.key = ${sql.ref(column)})`;

/** One registered row with where it belongs, locked with the register until the end of the transaction. */
export async function findEntry(tx: Tx, kind: EntryKind, key: string): Promise<Entry | undefined> {
  await lockRegister(tx);
  const { rows } = await sql<Entry>`SELECT kind, key, unit, outfall, authority_id AS authority, start_at AS start, body FROM register_entry
    WHERE kind = ${kind} AND key = ${key} FOR UPDATE`.execute(tx);
  return rows[0];
}

