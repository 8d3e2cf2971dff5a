import { sql, type Database, type Tx } from '#platform/db';
import { PIECE_MS, type FactsPiece } from '#quality';

/** A lane without its state: where it is taken up again. */
export interface LaneRow {
  readonly outfall: string;
  readonly activeSince: number;
  /** Journal sequence number up to which the state holds every frame. */
  readonly seq: number;
  /** Known time up to which it was judged; null while nothing was stored. */
  readonly storedAt: number | null;
}

export interface LaneState {
  readonly bytes: Uint8Array;
  /** Those that changed since they were last stored. */
  readonly pieces: readonly FactsPiece[];
  /** Nothing before it is looked at any more. */
  readonly windowStart: number;
}

export async function readLanes(db: Database): Promise<LaneRow[]> {
  const { rows } = await sql<LaneRow>`SELECT outfall, active_since AS "activeSince", seq, stored_at AS "storedAt" FROM analysis_lane ORDER BY outfall COLLATE "C"`.execute(db);
  return rows;
}

/** Known time up to which an outfall was judged, behind by as much as its state is stored later; undefined: judged nowhere, -∞: nothing yet. */
export async function readJudgedUntil(db: Database, outfall: string): Promise<number | undefined> {
  const { rows } = await sql<Pick<LaneRow, 'storedAt'>>`SELECT stored_at AS "storedAt" FROM analysis_lane WHERE outfall = ${outfall}`.execute(db);
  return rows[0] && (rows[0].storedAt ?? Number.NEGATIVE_INFINITY);
}

export async function readLaneState(db: Database, outfall: string): Promise<{ readonly state: Uint8Array; readonly pieces: readonly Uint8Array[] } | null> {
  const [lane, pieces] = await Promise.all([
    sql<{ state: Buffer | null }>`SELECT state FROM analysis_lane WHERE outfall = ${outfall}`.execute(db),
    sql<{ bytes: Buffer }>`SELECT bytes FROM analysis_piece WHERE outfall = ${outfall} ORDER BY start`.execute(db),
  ]);
  const state = lane.rows[0]?.state;
  return state === null || state === undefined ? null : { state, pieces: pieces.rows.map((row) => row.bytes) };
}

/** A lane that is begun: what came before it is known from the journal only. */
export async function insertLane(tx: Tx, lane: LaneRow): Promise<void> {
  await sql`INSERT INTO analysis_lane (outfall, active_since, seq) VALUES (${lane.outfall}, ${lane.activeSince}, ${lane.seq}) ON CONFLICT DO NOTHING`.execute(tx);
}

export async function saveLaneState(tx: Tx, lane: LaneRow, state: LaneState): Promise<void> {
  await sql`UPDATE analysis_lane SET seq = ${lane.seq}, stored_at = ${lane.storedAt}, state = ${state.bytes} WHERE outfall = ${lane.outfall}`.execute(tx);
  for (const { start, bytes } of state.pieces) {
    await sql`INSERT INTO analysis_piece (outfall, start, bytes) VALUES (${lane.outfall}, ${start}, ${bytes})
      ON CONFLICT (outfall, start) DO UPDATE SET bytes = excluded.bytes`.execute(tx);
  }
  await sql`DELETE FROM analysis_piece WHERE outfall = ${lane.outfall} AND start <= ${state.windowStart - PIECE_MS}`.execute(tx);
}
