import { sql, type Database, type Tx } from '#platform/db';

/** Something learnt later about the data a case stands on. */
export interface CaseNotice {
  readonly kind: 'VALIDITY_CHANGED';
  readonly clueId: string;
  readonly clueVersion: number;
  readonly notedAt: number;
  readonly zh: string;
  readonly en: string;
  /** What is left of the finding, see `Left` of ③. */
  readonly left: string;
}

/** Cases that stand on a clue: the one it was handed over to, and those of others for the same act. */
export async function casesOnClue(tx: Tx, clueId: string): Promise<string[]> {
  const { rows } = await sql<{ case_id: string }>`SELECT case_id FROM penalty_case WHERE clue_id = ${clueId} ORDER BY case_id`.execute(tx);
  return rows.map((row) => row.case_id);
}

/** False where it is already there. */
export async function insertNotice(tx: Tx, caseId: string, { kind, clueId, clueVersion, notedAt, ...body }: CaseNotice): Promise<boolean> {
  const { rows } = await sql`INSERT INTO case_notice (case_id, clue_id, clue_version, kind, noted_at, body)
    VALUES (${caseId}, ${clueId}, ${clueVersion}, ${kind}, ${notedAt}, ${JSON.stringify(body)}::jsonb) ON CONFLICT DO NOTHING RETURNING case_id`.execute(tx);
  return rows.length > 0;
}

/** Newest first. */
export async function noticesOf(db: Database, caseId: string): Promise<CaseNotice[]> {
  const { rows } = await sql<CaseNotice>`SELECT kind, clue_id AS "clueId", clue_version AS "clueVersion", noted_at AS "notedAt", body->>'zh' AS zh, body->>'en' AS en, body->>'left' AS "left"
    FROM case_notice WHERE case_id = ${caseId} ORDER BY noted_at DESC, clue_version DESC`.execute(db);
  return rows;
}
