import { MINUTE, type AccountId, type Instant } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { ReadingKind } from '../readings.ts';

export interface Reading {
  readonly readingId: string;
  readonly at: Instant;
  readonly accountId: AccountId;
  readonly kind: ReadingKind;
  readonly subject: string;
  readonly path: string;
  readonly source: string;
}

/** A page that asks again while it lies open is one reading, not one every few seconds. */
const ONE_SITTING = 10 * MINUTE;

export async function insertReading(db: Database, row: Reading): Promise<void> {
  await sql`INSERT INTO access_reading_log (reading_id, at, account_id, kind, subject, path, source)
    SELECT ${row.readingId}, ${row.at}::bigint, ${row.accountId}, ${row.kind}, ${row.subject}, ${row.path}, ${row.source}
    WHERE NOT EXISTS (SELECT FROM access_reading_log WHERE account_id = ${row.accountId} AND path = ${row.path} AND source = ${row.source}
      AND at > ${row.at - ONE_SITTING}::bigint AND at <= ${row.at}::bigint)`.execute(db);
}

/** A clock may be set back by so much, and a row may be written so late, without a reading being passed over. */
const LOOK_BACK = 10 * MINUTE;

/** The oldest readings that stand in no leaf yet, taken for this transaction. */
export async function takeUnsealed(tx: Tx, limit: number): Promise<Reading[]> {
  const { rows } = await sql<Reading>`WITH taken AS (
    INSERT INTO access_reading_leaf (reading_id, at)
      SELECT reading_id, at FROM access_reading_log r
      WHERE at > coalesce((SELECT max(at) FROM access_reading_leaf), 0) - ${LOOK_BACK}::bigint
        AND NOT EXISTS (SELECT FROM access_reading_leaf l WHERE l.reading_id = r.reading_id)
      ORDER BY at, reading_id LIMIT ${limit} ON CONFLICT DO NOTHING RETURNING reading_id)
    SELECT reading_id AS "readingId", at, account_id AS "accountId", kind, subject, path, source
    FROM access_reading_log JOIN taken USING (reading_id) ORDER BY at, reading_id`.execute(tx);
  return rows;
}

/** Readings with the reader's name, newest first; `before` is the id to page on from. */
export async function listReadings(
  db: Database,
  filter: { readonly subject?: string | undefined; readonly account?: string | undefined; readonly before?: string | undefined; readonly limit: number },
): Promise<(Reading & { readonly name: string })[]> {
  const { subject, account, before, limit } = filter;
  const { rows } = await sql<Reading & { name: string }>`SELECT reading_id AS "readingId", r.at, r.account_id AS "accountId", coalesce(a.name, r.account_id) AS name, kind, subject, path, source
    FROM access_reading_log r LEFT JOIN access_account a USING (account_id)
    WHERE ${subject === undefined ? sql`true` : sql`subject = ${subject}`} AND ${account === undefined ? sql`true` : sql`r.account_id = ${account}`}
      AND ${before === undefined ? sql`true` : sql`reading_id < ${before}`}
    ORDER BY reading_id DESC LIMIT ${limit}`.execute(db);
  return rows;
}
