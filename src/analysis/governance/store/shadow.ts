import { sql, type Database, type Tx } from '#platform/db';
import type { Episode } from '../../clues/episode.ts';

export interface ShadowEpisode {
  readonly proposal: string;
  readonly episode: Episode;
}

/** Keeps the newest version of what shadow runs found. */
export async function saveShadowEpisodes(tx: Tx, found: readonly ShadowEpisode[]): Promise<void> {
  const latest = [...new Map(found.map((one) => [`${one.proposal} ${one.episode.id}`, one])).values()];
  for (let i = 0; i < latest.length; i += 1000) {
    const rows = latest.slice(i, i + 1000).map(({ proposal, episode: e }) => ({
      proposal, episode: e.id, version: e.version, outfall: e.outfall, start_at: Math.round(e.start), end_at: Math.round(e.end), body: e,
    }));
    await sql`INSERT INTO model_shadow_episode SELECT * FROM jsonb_populate_recordset(null::model_shadow_episode, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT (proposal, episode) DO UPDATE SET version = excluded.version, start_at = excluded.start_at, end_at = excluded.end_at, body = excluded.body
      WHERE model_shadow_episode.version < excluded.version`.execute(tx);
  }
}

export interface ShadowFailure {
  readonly proposal: string;
  readonly outfall: string;
  readonly reason: string;
  readonly at: number;
}

export async function saveShadowFailures(tx: Tx, failures: readonly ShadowFailure[]): Promise<void> {
  const latest = [...new Map(failures.map((one) => [`${one.proposal} ${one.outfall}`, one])).values()];
  if (latest.length === 0) return;
  await sql`INSERT INTO model_shadow_failure SELECT * FROM jsonb_populate_recordset(null::model_shadow_failure, ${JSON.stringify(latest)}::jsonb)
    ON CONFLICT (proposal, outfall) DO UPDATE SET reason = excluded.reason, at = excluded.at`.execute(tx);
}

export async function shadowFailures(db: Database, proposal: string): Promise<{ outfall: string; reason: string }[]> {
  const { rows } = await sql<{ outfall: string; reason: string }>`SELECT outfall, reason FROM model_shadow_failure WHERE proposal = ${proposal} ORDER BY outfall LIMIT 20`.execute(db);
  return rows;
}

export async function shadowEpisodes(db: Database, proposal: string): Promise<Episode[]> {
  const { rows } = await sql<{ body: Episode }>`SELECT body FROM model_shadow_episode WHERE proposal = ${proposal} ORDER BY episode`.execute(db);
  return rows.map((row) => row.body);
}

/** Newest version of the episodes of a model that were seen since a moment: what was in force beside the trial. */
export async function episodesSince(db: Database, model: string, since: number, until: number): Promise<Episode[]> {
  const { rows } = await sql<{ body: Episode }>`SELECT DISTINCT ON (episode) body FROM analysis_episode
    WHERE model = ${model} AND known_at < ${until} AND episode IN (SELECT episode FROM analysis_episode WHERE model = ${model} AND known_at >= ${since})
    ORDER BY episode, version DESC`.execute(db);
  return rows.map((row) => row.body);
}
