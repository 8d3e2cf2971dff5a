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

/** Messages whose first part arrived in [from, to) and whose parts are not all there. */
export async function openPartSets(
  db: Database,
  range: { readonly from: Instant; readonly to: Instant },
): Promise<PartGap[]> {
  const { rows } = await sql<{
    mn: string;
    st: string | null;
    cn: string;
    data_at: number | null;
    pnum: number;
    have: number[];
  }>`
    SELECT mn, st, cn, data_at, pnum, array_agg(DISTINCT pno) AS have
      FROM frame_journal
     WHERE state = 'PART' AND mn IS NOT NULL AND received_at >= ${range.from}
     GROUP BY mn, st, cn, data_at, pnum
    HAVING count(DISTINCT pno) < pnum AND min(received_at) < ${range.to}
     LIMIT 1000`.execute(db);
  return rows.map((row) => {
    const have = new Set(row.have);
    const missing: number[] = [];
    // A sender may claim any PNUM; the list of what is missing stays bounded.
    for (let pno = 1; pno <= row.pnum && missing.length < 100; pno++) if (!have.has(pno)) missing.push(pno);
    return {
      gap: `${row.mn}|${row.st}|${row.cn}|${row.data_at}|${row.pnum}`,
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
