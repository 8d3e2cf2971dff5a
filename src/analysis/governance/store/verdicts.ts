import { sql, type Database, type Tx } from '#platform/db';
import type { Reviewed } from '../decide-cap.ts';

export type Verdict = 'RIGHT' | 'WRONG' | 'OPEN';

/** Models whose findings stand in the clue as it is now; empty for a clue that no model raised. */
export async function modelsOfClue(tx: Tx, clue: string): Promise<readonly string[]> {
  const { rows } = await sql<{ models: string[] }>`SELECT models FROM analysis_clue WHERE clue = ${clue}`.execute(tx);
  return rows[0]?.models ?? [];
}

export async function insertVerdict(tx: Tx, v: { readonly id: string; readonly clue: string; readonly verdict: Verdict; readonly reason: string; readonly models: readonly string[]; readonly at: number }): Promise<void> {
  await sql`INSERT INTO model_verdict (verdict_id, clue, verdict, reason, models, at)
    VALUES (${v.id}, ${v.clue}, ${v.verdict}, ${v.reason}, ${[...v.models]}, ${v.at})`.execute(tx);
}

/** Clues of a model that people have judged and not opened again, the newest verdict of each. */
export async function reviewedOf(db: Database | Tx, model: string): Promise<Reviewed[]> {
  const { rows } = await sql<{ at: number; verdict: Verdict }>`SELECT at, verdict FROM (
      SELECT DISTINCT ON (clue) clue, at, verdict FROM model_verdict WHERE models @> ARRAY[${model}] ORDER BY clue, at DESC, verdict_id DESC) newest
    WHERE verdict <> 'OPEN' ORDER BY at`.execute(db);
  return rows.map(({ at, verdict }) => ({ at, wrong: verdict === 'WRONG' }));
}

/** Waits for others that look at the same model's budget. */
export async function lockBudget(tx: Tx, model: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`model_cap:${model}`}, 6))`.execute(tx);
}
