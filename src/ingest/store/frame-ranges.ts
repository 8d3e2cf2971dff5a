import { type Database, sql } from '#platform/db';

/** What one device sent in a period, counted; leaf indexes of the first and last frame that counts. */
export interface FrameSummary {
  readonly mn: string;
  readonly frames: number;
  readonly leafFrom: number | null;
  readonly leafTo: number | null;
  readonly damaged: number;
  readonly conflicts: number;
  readonly backfilled: number;
  readonly suspectPeer: number;
  /** Frames whose leaf index lies below `sealedSize`, i.e. under a signed head. */
  readonly sealed: number;
}

/** Counts by device over frames that arrived in [from, to). */
export async function frameSummaries(
  db: Database,
  mns: readonly string[],
  range: { readonly from: number; readonly to: number },
  sealedSize: number,
): Promise<FrameSummary[]> {
  const { rows } = await sql<FrameSummary>`
    SELECT j.mn,
      count(*) FILTER (WHERE j.state IN ('ACCEPTED', 'PART'))::int AS frames,
      min(b.first_leaf + j.n) FILTER (WHERE j.state IN ('ACCEPTED', 'PART')) AS "leafFrom",
      max(b.first_leaf + j.n) FILTER (WHERE j.state IN ('ACCEPTED', 'PART')) AS "leafTo",
      count(*) FILTER (WHERE j.state IN ('REFUSED', 'NOISE'))::int AS damaged,
      count(*) FILTER (WHERE j.state = 'CONFLICT')::int AS conflicts,
      count(*) FILTER (WHERE 'BACKFILL' = ANY(j.marks) AND NOT 'IMPORTED' = ANY(j.marks))::int AS backfilled,
      count(*) FILTER (WHERE 'SUSPECT_PEER' = ANY(j.marks))::int AS "suspectPeer",
      count(*) FILTER (WHERE j.state IN ('ACCEPTED', 'PART') AND b.first_leaf + j.n < ${sealedSize})::int AS sealed
    FROM frame_journal j JOIN frame_batch b USING (batch)
    WHERE j.mn = ANY(${mns}) AND j.received_at >= ${range.from} AND j.received_at < ${range.to}
    GROUP BY j.mn ORDER BY j.mn`.execute(db);
  return rows;
}
