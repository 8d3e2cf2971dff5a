import { DAY } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import { PEER_DAYS, type DailySummary } from '../peers/peers.ts';

/** JSON knows no NaN: unknown numbers are stored as null and come back as NaN. Nothing in a summary is null otherwise. */
const revived = (body: unknown): DailySummary =>
  JSON.parse(JSON.stringify(body), (_, value: unknown) => (value === null ? Number.NaN : value)) as DailySummary;

/** Lays down summaries and forgets those that no outfall may read any more. */
export async function savePeerSummaries(tx: Tx, summaries: readonly DailySummary[]): Promise<void> {
  for (let i = 0; i < summaries.length; i += 500) {
    const rows = summaries.slice(i, i + 500).map((summary) => ({ outfall: summary.outfall, at: summary.at, body: summary }));
    await sql`INSERT INTO analysis_peer_summary
      SELECT * FROM jsonb_populate_recordset(null::analysis_peer_summary, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT (at, outfall) DO UPDATE SET body = excluded.body`.execute(tx);
  }
  const newest = summaries.reduce((at, summary) => Math.max(at, summary.at), 0);
  if (newest > 0) await sql`DELETE FROM analysis_peer_summary WHERE at < ${newest - (PEER_DAYS + 10) * DAY}`.execute(tx);
}

/** All summaries kept, oldest first, a portion of rows at a time. */
export async function* readPeerSummaries(db: Database): AsyncGenerator<readonly DailySummary[]> {
  let after = { at: -1, outfall: '' };
  for (;;) {
    const { rows } = await sql<{ at: number; outfall: string; body: unknown }>`
      SELECT at, outfall, body FROM analysis_peer_summary WHERE (at, outfall COLLATE "C") > (${after.at}, ${after.outfall})
      ORDER BY at, outfall COLLATE "C" LIMIT 2000`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => revived(row.body));
    after = { at: last.at, outfall: last.outfall };
  }
}
