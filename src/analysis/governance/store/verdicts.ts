import type { Instant, UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Reviewed } from '../decide-cap.ts';
import type { ReviewedClue } from '../decide-refit.ts';
import type { JudgedClue } from '../precision.ts';

export type Verdict = 'RIGHT' | 'WRONG' | 'OPEN';

/** The newest verdict of each clue that the model raised. */
const newestOf = (model: string) => sql`SELECT DISTINCT ON (clue) clue, at, verdict FROM model_verdict WHERE models @> ARRAY[${model}] ORDER BY clue, at DESC, verdict_id DESC`;

/** Unit of the clue and models whose findings stand in it as it is now: not those all of whose episodes were explained since. Undefined where none is left. */
export async function modelsOfClue(tx: Tx, clue: string): Promise<{ readonly unit: UnitId; readonly models: readonly string[] } | undefined> {
  const { rows } = await sql<{ unit: UnitId; models: string[] }>`WITH newest AS (
      SELECT DISTINCT ON (episode) model, body->'cleared' IS NOT NULL AS cleared FROM analysis_episode
      WHERE episode IN (SELECT jsonb_array_elements_text(body->'episodes') FROM analysis_clue WHERE clue = ${clue}) ORDER BY episode, version DESC)
    SELECT unit_id AS unit, ARRAY(SELECT unnest(models) EXCEPT (SELECT model FROM newest GROUP BY model HAVING bool_and(cleared)) ORDER BY 1) AS models
    FROM analysis_clue WHERE clue = ${clue}`.execute(tx);
  const [found] = rows;
  return found === undefined || found.models.length === 0 ? undefined : found;
}

/** Clues of a model that people found right since a moment and did not open again, with the unit each concerns. */
export async function foundRight(tx: Tx, model: string, since: Instant): Promise<{ readonly clue: string; readonly unit: UnitId }[]> {
  const { rows } = await sql<{ clue: string; unit: UnitId }>`SELECT newest.clue, c.unit_id AS unit FROM (${newestOf(model)}) newest JOIN analysis_clue c USING (clue)
    WHERE newest.verdict = 'RIGHT' AND newest.at >= ${since} ORDER BY newest.clue`.execute(tx);
  return rows;
}

export async function insertVerdict(tx: Tx, v: { readonly id: string; readonly clue: string; readonly verdict: Verdict; readonly reason: string; readonly models: readonly string[]; readonly at: number }): Promise<void> {
  await sql`INSERT INTO model_verdict (verdict_id, clue, verdict, reason, models, at)
    VALUES (${v.id}, ${v.clue}, ${v.verdict}, ${v.reason}, ${[...v.models]}, ${v.at})`.execute(tx);
}

/** Clues of a model that people have judged and not opened again, the newest verdict of each. */
export async function reviewedOf(db: Database | Tx, model: string): Promise<(Reviewed & JudgedClue)[]> {
  const { rows } = await sql<{ at: number; raisedAt: number; verdict: Verdict }>`SELECT newest.at, c.raised_at AS "raisedAt", newest.verdict
    FROM (${newestOf(model)}) newest JOIN analysis_clue c USING (clue) WHERE newest.verdict <> 'OPEN' ORDER BY newest.at`.execute(db);
  return rows.map(({ at, raisedAt, verdict }) => ({ at, raisedAt, wrong: verdict === 'WRONG' }));
}

/** Every clue that people have judged and not opened again, with its models, oldest clue first. */
export async function reviewedClues(db: Database | Tx): Promise<ReviewedClue[]> {
  const { rows } = await sql<{ models: string[]; verdict: Verdict }>`SELECT models, verdict
    FROM (SELECT DISTINCT ON (clue) clue, models, verdict FROM model_verdict ORDER BY clue, at DESC, verdict_id DESC) newest
    WHERE verdict <> 'OPEN' ORDER BY clue`.execute(db);
  return rows.map(({ models, verdict }) => ({ models, right: verdict === 'RIGHT' }));
}

/** Waits for others that look at the same model's budget. */
export async function lockBudget(tx: Tx, model: string): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`model_cap:${model}`}, 6))`.execute(tx);
}
