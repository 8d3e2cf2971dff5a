import type { Clock } from '#kernel';
import { sql, type Tx } from '#platform/db';
import { emit } from '#platform/outbox';
import type { Clue } from '../clues/clue.ts';
import type { ModelAnswer } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';

/** Appends episode versions; a version that is already there (work repeated after a crash) is left alone. */
export async function insertEpisodes(tx: Tx, episodes: readonly Episode[]): Promise<void> {
  for (let i = 0; i < episodes.length; i += 1000) {
    const rows = episodes.slice(i, i + 1000).map((e) => ({
      episode: e.id, version: e.version, known_at: e.knownAt, outfall: e.outfall, model: e.model, model_version: e.modelVersion,
      tier: e.tier, raised_at: Math.round(e.raisedAt), start_at: Math.round(e.start), end_at: Math.round(e.end), clue: e.clue ?? null, body: e,
    }));
    await sql`INSERT INTO analysis_episode
      SELECT * FROM jsonb_populate_recordset(null::analysis_episode, ${JSON.stringify(rows)}::jsonb) ON CONFLICT DO NOTHING`.execute(tx);
  }
}

/** Appends clue versions and renews the projection. Returns the versions that were new, in order. */
export async function insertClues(tx: Tx, clues: readonly Clue[], authorityOf: (unit: string) => string | null): Promise<readonly Clue[]> {
  const fresh = new Set<string>();
  for (let i = 0; i < clues.length; i += 1000) {
    const rows = clues.slice(i, i + 1000).map((c) => ({ clue: c.id, version: c.version, known_at: c.knownAt, body: c }));
    const written = await sql<{ clue: string; version: number }>`INSERT INTO analysis_clue_version
      SELECT * FROM jsonb_populate_recordset(null::analysis_clue_version, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT DO NOTHING RETURNING clue, version`.execute(tx);
    for (const row of written.rows) fresh.add(`${row.clue} ${row.version}`);
  }
  const latest = [...new Map(clues.map((clue) => [clue.id, clue])).values()];
  for (let i = 0; i < latest.length; i += 1000) {
    const rows = latest.slice(i, i + 1000).map((c) => ({
      clue: c.id, version: c.version, known_at: c.knownAt, outfall: c.outfall, unit_id: c.unit, authority_id: authorityOf(c.unit),
      tier: c.tier, raised_at: Math.round(c.raisedAt), start_at: Math.round(c.start), end_at: Math.round(c.end), models: c.models,
      factors: c.factors, provisional: c.provisional, cleared: c.cleared, score: Number.isFinite(c.score) ? c.score : 0, body: c,
    }));
    await sql`INSERT INTO analysis_clue
      SELECT * FROM jsonb_populate_recordset(null::analysis_clue, ${JSON.stringify(rows)}::jsonb)
      ON CONFLICT (clue) DO UPDATE SET version = excluded.version, known_at = excluded.known_at, tier = excluded.tier,
        authority_id = excluded.authority_id, raised_at = excluded.raised_at, start_at = excluded.start_at, end_at = excluded.end_at,
        models = excluded.models, factors = excluded.factors, provisional = excluded.provisional, cleared = excluded.cleared,
        score = excluded.score, body = excluded.body
      WHERE analysis_clue.version < excluded.version`.execute(tx);
  }
  return clues.filter((clue) => fresh.has(`${clue.id} ${clue.version}`));
}

export async function saveAnswers(tx: Tx, answers: readonly (ModelAnswer & { outfall: string })[]): Promise<void> {
  const latest = [...new Map(answers.map((answer) => [`${answer.outfall} ${answer.model}`, answer])).values()];
  if (latest.length === 0) return;
  await sql`INSERT INTO analysis_answer
    SELECT * FROM jsonb_populate_recordset(null::analysis_answer, ${JSON.stringify(latest)}::jsonb)
    ON CONFLICT (outfall, model) DO UPDATE SET version = excluded.version, outcome = excluded.outcome, reason = excluded.reason,
      missing = excluded.missing, at = excluded.at`.execute(tx);
}

export type ClueEventType = 'clue.raised' | 'clue.escalated' | 'clue.grown' | 'clue.joined' | 'clue.settled' | 'clue.withdrawn' | 'clue.validity_changed';

/** A model that speaks in a clue; `hours` in a row over the limit where it counts them. */
export interface ClueModel {
  readonly model: string;
  readonly version: string;
  readonly hours?: number;
}

/** Tells the next step about a clue in the transaction that wrote it. */
export async function emitClue(tx: Tx, clock: Clock, type: ClueEventType, clue: Clue, models: readonly ClueModel[]): Promise<void> {
  await emit(tx, clock, {
    type,
    subject: clue.id,
    payload: {
      clueId: clue.id, version: clue.version, outfall: clue.outfall, unit: clue.unit, tier: clue.tier, provisional: clue.provisional,
      sentence: clue.claim, factors: clue.factors, period: { from: Math.round(clue.start), to: Math.round(clue.end) }, models,
      ...(clue.validity === undefined ? {} : { validity: { zh: clue.validity.zh, en: clue.validity.en, at: clue.validity.at, left: clue.validity.left } }),
    },
  });
}

export interface OpeningRow {
  readonly outfall: string;
  readonly opened_at: number;
  readonly closed_at: number | null;
  readonly method: string;
  readonly person: string;
  readonly known_at: number;
}

/** An opening that began and ended within one round comes twice; what was last known of it is kept. */
export async function saveOpenings(tx: Tx, rows: readonly OpeningRow[]): Promise<void> {
  const latest = [...new Map(rows.map((row) => [`${row.outfall} ${row.opened_at}`, row])).values()];
  for (let i = 0; i < latest.length; i += 1000) {
    await sql`INSERT INTO analysis_opening SELECT * FROM jsonb_populate_recordset(null::analysis_opening, ${JSON.stringify(latest.slice(i, i + 1000))}::jsonb)
      ON CONFLICT (outfall, opened_at) DO UPDATE SET closed_at = excluded.closed_at, method = excluded.method, person = excluded.person`.execute(tx);
  }
}
