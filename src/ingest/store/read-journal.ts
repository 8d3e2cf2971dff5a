import { HOUR } from '#kernel';
import { type Database, sql } from '#platform/db';
import type { FrameState } from '../journal-entry.ts';

/** A journal row as stored. `seq` is its leaf index: rows become visible in this order, without gaps of their own. */
export interface JournalRow {
  readonly seq: number;
  readonly batch: number;
  readonly n: number;
  readonly state: FrameState;
  readonly replyState: string;
  readonly repliedAt: number | null;
  readonly relayState: string;
  readonly verdict: string;
  readonly marks: readonly string[];
  readonly firstLeaf: number | null;
  readonly mn: string | null;
  readonly st: string | null;
  readonly cn: string | null;
  readonly qn: string | null;
  readonly pno: number | null;
  readonly pnum: number | null;
  readonly edition: string | null;
  readonly dataAt: number | null;
  readonly receivedAt: number;
  readonly knownAt: number;
  readonly conn: string;
  readonly peer: string;
  readonly raw: Uint8Array;
}

interface Stored {
  seq: number;
  batch: number;
  n: number;
  state: FrameState;
  reply_state: string;
  replied_at: number | null;
  relay_state: string;
  verdict: string;
  marks: string[];
  first_leaf: number | null;
  mn: string | null;
  st: string | null;
  cn: string | null;
  qn: string | null;
  pno: number | null;
  pnum: number | null;
  edition: string | null;
  data_at: number | null;
  received_at: number;
  known_at: number;
  conn: string;
  peer: string;
  raw: Buffer;
}

const rowOf = (row: Stored): JournalRow => ({
  seq: row.seq,
  batch: row.batch,
  n: row.n,
  state: row.state,
  replyState: row.reply_state,
  repliedAt: row.replied_at,
  relayState: row.relay_state,
  verdict: row.verdict,
  marks: row.marks,
  firstLeaf: row.first_leaf,
  mn: row.mn,
  st: row.st,
  cn: row.cn,
  qn: row.qn,
  pno: row.pno,
  pnum: row.pnum,
  edition: row.edition,
  dataAt: row.data_at,
  receivedAt: row.received_at,
  knownAt: row.known_at,
  conn: row.conn,
  peer: row.peer,
  raw: row.raw,
});

const COLUMNS = sql`b.first_leaf + j.n AS seq, j.batch, j.n, j.state, j.reply_state, b.replied_at, j.relay_state,
  j.verdict, j.marks, j.first_leaf, j.mn, j.st, j.cn, j.qn, j.pno, j.pnum, j.edition, j.data_at, j.received_at,
  b.known_at, j.conn, j.peer, j.raw`;

/** Rows of each batch through the key, whatever is believed about their number: a tail of the journal never reads the whole of it. */
const ROWS_OF_BATCH = sql`CROSS JOIN LATERAL (SELECT * FROM frame_journal WHERE batch = b.batch OFFSET 0) AS j`;

/** No writer makes larger batches (`JournalWriter`); bounds what one page has to look at. */
const LARGEST_BATCH = 5_000;

/** Rows after a watermark in the order of the evidence log, at most `limit`. */
export async function rowsAfter(db: Database, after: number, limit: number): Promise<JournalRow[]> {
  const { rows } = await sql<Stored>`
    SELECT ${COLUMNS}
      FROM (SELECT *, sum(size) OVER (ORDER BY first_leaf) - size AS earlier
              FROM (SELECT * FROM frame_batch
                     WHERE first_leaf >= coalesce((SELECT max(first_leaf) FROM frame_batch WHERE first_leaf <= ${after}), 0)
                     ORDER BY first_leaf LIMIT ${limit + 1}) AS next) AS b
      ${ROWS_OF_BATCH}
     WHERE b.earlier < ${limit + LARGEST_BATCH} AND b.first_leaf + j.n > ${after}
     ORDER BY b.first_leaf, j.n LIMIT ${limit}`.execute(db);
  return rows.map(rowOf);
}

/** Rows of the batches that begin between two leaves, both included. */
export async function rowsOfBatches(db: Database, first: number, last: number): Promise<JournalRow[]> {
  const { rows } = await sql<Stored>`
    SELECT ${COLUMNS} FROM frame_batch b ${ROWS_OF_BATCH}
     WHERE b.first_leaf >= ${first} AND b.first_leaf <= ${last} ORDER BY seq`.execute(db);
  return rows.map(rowOf);
}

/** Highest sequence number written; −1 while there is none. */
export async function lastSeq(db: Database): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`SELECT max(first_leaf + size - 1) AS last FROM (
    SELECT first_leaf, size FROM frame_batch ORDER BY first_leaf DESC LIMIT 1) b`.execute(db);
  return rows[0]?.last ?? -1;
}

/** Beginnings of the hours of a span (epoch ms) in which the gateway heard any device at all. */
export async function hoursHeard(db: Database, { from, to }: { readonly from: number; readonly to: number }): Promise<ReadonlySet<number>> {
  const { rows } = await sql<{ hour: number }>`
    SELECT DISTINCT known_at / 3600000 AS hour FROM frame_batch WHERE door = 'GATEWAY' AND known_at >= ${from} AND known_at < ${to}`.execute(db);
  return new Set(rows.map(({ hour }) => Number(hour) * HOUR));
}

/** Frames of devices that arrived in [from, to), in order of arrival. */
export async function rowsOfDevices(
  db: Database,
  mns: readonly string[],
  range: { readonly from: number; readonly to: number },
  limit: number,
): Promise<JournalRow[]> {
  const { rows } = await sql<Stored>`
    SELECT ${COLUMNS} FROM frame_journal j JOIN frame_batch b USING (batch)
     WHERE j.mn = ANY(${mns}) AND j.received_at >= ${range.from} AND j.received_at < ${range.to}
     ORDER BY j.received_at, seq LIMIT ${limit}`.execute(db);
  return rows.map(rowOf);
}

/** Frames of devices whose DataTime lies in [from, to): the raw frames behind an hour. */
export async function rowsAbout(
  db: Database,
  mns: readonly string[],
  range: { readonly from: number; readonly to: number },
  page: { readonly after: number; readonly limit: number },
): Promise<JournalRow[]> {
  const { rows } = await sql<Stored>`
    SELECT ${COLUMNS} FROM frame_journal j JOIN frame_batch b USING (batch)
     WHERE j.mn = ANY(${mns}) AND j.data_at >= ${range.from} AND j.data_at < ${range.to}
       AND b.first_leaf + j.n > ${page.after}
     ORDER BY seq LIMIT ${page.limit}`.execute(db);
  return rows.map(rowOf);
}

/** The place of a row in a list by arrival: frames that arrived in the same millisecond follow the evidence log. */
export type ArrivalPlace = Pick<JournalRow, 'receivedAt' | 'seq'>;

/** Frames that stand apart: of unknown devices, conflicting, or refused; newest first, those before a place or all. */
export async function oddRows(
  db: Database,
  state: 'QUARANTINED' | 'CONFLICT' | 'REFUSED',
  before: ArrivalPlace | undefined,
  limit: number,
): Promise<JournalRow[]> {
  const { receivedAt, seq } = before ?? { receivedAt: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };
  const { rows } = await sql<Stored>`
    SELECT ${COLUMNS} FROM frame_journal j JOIN frame_batch b USING (batch)
     WHERE j.state = ${state} AND j.received_at <= ${receivedAt} AND (j.received_at, b.first_leaf + j.n) < (${receivedAt}::bigint, ${seq}::bigint)
     ORDER BY j.received_at DESC, seq DESC LIMIT ${limit}`.execute(db);
  return rows.map(rowOf);
}

/** Parts of one split message known at a watermark, itself included. Only frames of known devices are parts: they have an MN. */
export async function partsOf(db: Database, row: JournalRow): Promise<JournalRow[]> {
  const { rows } = await sql<Stored>`
    SELECT ${COLUMNS} FROM frame_journal j JOIN frame_batch b USING (batch)
     WHERE j.state = 'PART' AND j.mn = ${row.mn} AND j.cn = ${row.cn}
       AND coalesce(j.data_at, -1) = ${row.dataAt ?? -1} AND j.st IS NOT DISTINCT FROM ${row.st}
       AND j.pnum = ${row.pnum} AND b.first_leaf + j.n <= ${row.seq}
     ORDER BY j.pno, seq`.execute(db);
  return rows.map(rowOf);
}

/** Digests of the bodies kept for frame leaves [from, to), for the evidence log's daily check (`FrameDigests`). */
export async function bodyDigests(
  db: Database,
  from: number,
  to: number,
): Promise<readonly { readonly leaf: number; readonly sha256: string }[]> {
  const { rows } = await sql<{ leaf: number; sha256: string }>`
    SELECT b.first_leaf + j.n AS leaf, encode(sha256(j.raw), 'hex') AS sha256
      FROM frame_batch b ${ROWS_OF_BATCH}
     WHERE b.first_leaf < ${to} AND b.first_leaf > ${from - LARGEST_BATCH}
       AND b.first_leaf + j.n >= ${from} AND b.first_leaf + j.n < ${to}`.execute(db);
  return rows;
}
