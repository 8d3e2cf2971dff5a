import { appendingLeaves } from '#evidence';
import type { Instant } from '#kernel';
import { type Database, packable, packBytes, packNumbers, packTexts, sql } from '#platform/db';
import type { Entry, FrameState } from '../journal-entry.ts';

/** An entry with what the journal already knows of its key. */
export interface Placed {
  readonly entry: Entry;
  readonly state: FrameState;
  /** Leaf of the frame that came first, for DUPLICATE and CONFLICT. */
  readonly firstLeaf: number | null;
}

/** The frame that stands under a key: the one that counts, else one of a device nobody knew. */
export interface Standing {
  readonly leaf: number;
  readonly raw: Uint8Array;
  readonly quarantined: boolean;
}

/** Long enough for every identifier of the standards; the raw bytes keep the rest. */
const MAX_FIELD = 64;

/** Foreign text as a column may hold it: no NUL, bounded, well formed. */
const column = (text: string | null | undefined): string | null =>
  text === null || text === undefined ? null : packable(text.slice(0, MAX_FIELD));

/** Batch numbers, a thousand at a time. */
export async function takeBatchNumbers(db: Database): Promise<{ from: number; to: number }> {
  const { rows } = await sql<{ n: number }>`SELECT nextval('frame_batch_number') AS n`.execute(db);
  const from = (rows[0] as { n: number }).n;
  return { from, to: from + 1000 };
}

/** Frames that stand under these keys, by key. */
export async function standingFrames(db: Database, keys: readonly string[]): Promise<Map<string, Standing>> {
  const found = new Map<string, Standing>();
  if (keys.length === 0) return found;
  const { rows } = await sql<{ key: string } & Standing>`
    SELECT j.key, b.first_leaf + j.n AS leaf, j.raw, j.state = 'QUARANTINED' AS quarantined
      FROM frame_journal j JOIN frame_batch b USING (batch)
     WHERE j.key = ANY(${packTexts(keys)}) AND j.state IN ('ACCEPTED', 'PART', 'QUARANTINED')`.execute(db);
  for (const { key, ...standing } of rows) if (!standing.quarantined || !found.has(key)) found.set(key, standing);
  return found;
}

/** What ties a batch to its leaves. */
export interface BatchRow {
  readonly batch: number;
  readonly door: string;
  /** Bytes of the leaves, one for each row. */
  readonly leaves: readonly Uint8Array[];
  readonly now: Instant;
}

/**
 * Writes one batch in one statement, hence whole or not at all: its rows, then the leaves, then the row that ties them together and makes
 * the batch readable in order. Nobody waits for the sequencer's row while a reply travels. Undefined when another writer took one of the
 * keys meanwhile: nothing is written then, and the caller starts over.
 */
export async function writeRows(db: Database, { batch, door, leaves, now }: BatchRow, rows: readonly Placed[]): Promise<{ firstLeaf: number; knownAt: number } | undefined> {
  const raw = packBytes(rows.map(({ entry }) => entry.received.decoded.raw));
  const frames = rows.map(({ entry }) => (entry.received.decoded.ok ? entry.received.decoded : null));
  const texts = (pick: (row: Placed) => string | null) => packTexts(rows.map(pick));
  const numbers = (pick: (row: Placed) => number | null) => packNumbers(rows.map(pick));
  const field = (pick: (frame: NonNullable<(typeof frames)[number]>) => string | null) =>
    packTexts(frames.map((frame) => (frame === null ? null : column(pick(frame)))));
  const statement = sql<{ firstLeaf: number; knownAt: number }>`
    WITH placed AS (
      INSERT INTO frame_journal (batch, n, state, reply_state, verdict, marks, key, first_leaf, mn, st, cn, qn, pno, pnum,
        edition, data_at, received_at, conn, peer, raw)
      SELECT ${batch}::bigint, r.i - 1, r.state, r.reply, r.verdict, string_to_array(r.marks, ','), r.key, r.first, r.mn,
        r.st, r.cn, r.qn, r.pno::int, r.pnum::int, r.edition, r.data_at, r.received_at, r.conn, r.peer,
        substring(p.raw FROM r.raw_at::int FOR r.raw_len::int)
      FROM (SELECT ${raw.bytes}::bytea AS raw) AS p,
      unnest(
        ${texts((row) => row.state)}, ${texts((row) => row.entry.replyState)}, ${texts((row) => row.entry.verdict)},
        ${texts((row) => row.entry.marks.join(','))}, ${texts((row) => row.entry.key ?? null)}, ${numbers((row) => row.firstLeaf)},
        ${field((frame) => frame.mn)}, ${field((frame) => frame.st)}, ${field((frame) => frame.cn)}, ${field((frame) => frame.qn)},
        ${packNumbers(frames.map((frame) => frame?.pno ?? null))}, ${packNumbers(frames.map((frame) => frame?.pnum ?? null))},
        ${packTexts(frames.map((frame) => frame?.edition ?? null))}, ${packNumbers(frames.map((frame) => frame?.dataAt ?? null))},
        ${numbers((row) => row.entry.received.receivedAt)}, ${texts((row) => row.entry.received.conn)}, ${texts((row) => row.entry.received.peer)},
        ${packNumbers(raw.starts)}, ${packNumbers(raw.lengths)}
      ) WITH ORDINALITY AS r(state, reply, verdict, marks, key, first, mn, st, cn, qn, pno, pnum, edition, data_at,
        received_at, conn, peer, raw_at, raw_len, i)
      RETURNING 1
    ), ${appendingLeaves(leaves, now, 'placed')}
    INSERT INTO frame_batch (batch, first_leaf, size, known_at, door)
    SELECT ${batch}::bigint, taken.first, ${rows.length}::bigint, taken.known_at, ${door} FROM taken
    RETURNING first_leaf AS "firstLeaf", known_at AS "knownAt"`;
  try {
    return (await statement.execute(db)).rows[0];
  } catch (error) {
    if ((error as { constraint?: unknown }).constraint === 'frame_journal_first') return undefined;
    throw error;
  }
}

/** The answers of these batches have left. */
export async function markReplied(db: Database, batches: readonly number[], at: Instant): Promise<void> {
  if (batches.length === 0) return;
  await sql`UPDATE frame_batch SET replied_at = ${at} WHERE batch = ANY(${batches}::bigint[])`.execute(db);
}

/** Refuses to ingest on a server that could lose what it has confirmed (fault:F04). */
export async function unsafeSettings(db: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string; setting: string }>`
    SELECT name, setting FROM pg_settings
     WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'`.execute(db);
  return rows.map((row) => row.name);
}
