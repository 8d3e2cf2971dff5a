import type { Instant } from '#kernel';
import { type Database, sql, type Tx } from '#platform/db';

/** A split message of which parts are missing. */
export interface PartGap {
  readonly gap: string;
  readonly mn: string;
  readonly cn: string;
  readonly dataAt: number | null;
  readonly missing: number[];
}

/** Gaps found at a time; whoever looks asks again until there are fewer. */
export const GAPS_AT_ONCE = 1_000;

/** Messages of which a part became known in (after, until], whose parts are not all there by now, and which are not noted yet. */
export async function openPartSets(
  db: Database,
  range: { readonly after: number; readonly until: number },
): Promise<PartGap[]> {
  const { rows } = await sql<{ gap: string; mn: string; cn: string; data_at: number | null; pnum: number; have: number[] }>`
    WITH message AS (
      SELECT DISTINCT j.mn, j.st, j.cn, j.data_at, j.pnum,
        concat_ws('|', j.mn, coalesce(j.st, 'null'), j.cn, coalesce(j.data_at::text, 'null'), j.pnum) AS gap
        FROM frame_batch b JOIN frame_journal j USING (batch)
       WHERE b.known_at > ${range.after} AND b.known_at <= ${range.until} AND j.state = 'PART' AND j.mn IS NOT NULL
    )
    SELECT m.gap, m.mn, m.cn, m.data_at, m.pnum, array_agg(DISTINCT p.pno) AS have
      FROM message m JOIN frame_journal p ON p.state = 'PART' AND p.mn = m.mn AND p.cn = m.cn
        AND coalesce(p.data_at, -1) = coalesce(m.data_at, -1) AND p.st IS NOT DISTINCT FROM m.st AND p.pnum = m.pnum
     WHERE NOT EXISTS (SELECT FROM frame_gap g WHERE g.gap = m.gap)
     GROUP BY m.gap, m.mn, m.cn, m.data_at, m.pnum
    HAVING count(DISTINCT p.pno) < m.pnum
     ORDER BY m.gap LIMIT ${GAPS_AT_ONCE}`.execute(db);
  return rows.map((row) => {
    const have = new Set(row.have);
    const missing: number[] = [];
    // A sender may claim any PNUM; the list of what is missing stays bounded.
    for (let pno = 1; pno <= row.pnum && missing.length < 100; pno++) if (!have.has(pno)) missing.push(pno);
    return {
      gap: row.gap,
      mn: row.mn,
      cn: row.cn,
      dataAt: row.data_at,
      missing,
    };
  });
}

/** Writes gaps not yet noted; returns those that were new. */
export async function insertGaps(tx: Tx, gaps: readonly PartGap[], now: Instant): Promise<PartGap[]> {
  const added: PartGap[] = [];
  for (const gap of gaps) {
    const result = await tx
      .insertInto('frame_gap')
      .values({ gap: gap.gap, mn: gap.mn, cn: gap.cn, data_at: gap.dataAt, missing: gap.missing, noted_at: now })
      .onConflict((conflict) => conflict.column('gap').doNothing())
      .executeTakeFirst();
    if (result.numInsertedOrUpdatedRows === 1n) added.push(gap);
  }
  return added;
}
