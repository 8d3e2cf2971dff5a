import { visibleRows, type Visibility } from '#access';
import type { AuthorityId, UnitId } from '#kernel';
import { sql, type Database, type Tx } from '#platform/db';
import type { Clue } from '../clues/clue.ts';
import type { Tier } from '../contract.ts';
import type { ModelAnswer } from '../engine.ts';
import type { Episode } from '../clues/episode.ts';

/** Which clues a list shows; a field left out does not narrow. */
export interface ClueFilter {
  readonly tier?: Tier | undefined;
  readonly model?: string | undefined;
  readonly outfall?: string | undefined;
  readonly unit?: string | undefined;
  readonly provisional?: boolean | undefined;
  readonly cleared?: boolean | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly before?: { readonly raisedAt: number; readonly clue: string } | undefined;
  readonly limit: number;
}

/** A clue in its newest version, with whose it is. */
export interface StoredClue {
  readonly clue: Clue;
  readonly unitId: UnitId;
  readonly authorityId: AuthorityId | null;
}

interface Row {
  body: Clue;
  unit_id: UnitId;
  authority_id: AuthorityId | null;
}
const storedOf = (row: Row): StoredClue => ({ clue: row.body, unitId: row.unit_id, authorityId: row.authority_id });

/** A page of the pool, newest first, as far as the actor may see it. */
export async function listClues(db: Database, visibility: Visibility, f: ClueFilter): Promise<StoredClue[]> {
  const { rows } = await sql<Row>`
    SELECT c.body, c.unit_id, c.authority_id FROM analysis_clue c
    WHERE ${visibleRows(visibility, { unit: 'c.unit_id', authority: 'c.authority_id' })}
      ${f.tier === undefined ? sql`` : sql`AND c.tier = ${f.tier}`}
      ${f.model === undefined ? sql`` : sql`AND ${f.model} = ANY(c.models)`}
      ${f.outfall === undefined ? sql`` : sql`AND c.outfall = ${f.outfall}`}
      ${f.unit === undefined ? sql`` : sql`AND c.unit_id = ${f.unit}`}
      ${f.provisional === undefined ? sql`` : sql`AND c.provisional = ${f.provisional}`}
      ${f.cleared === undefined ? sql`` : sql`AND c.cleared = ${f.cleared}`}
      ${f.from === undefined ? sql`` : sql`AND c.raised_at >= ${f.from}`}
      ${f.to === undefined ? sql`` : sql`AND c.raised_at < ${f.to}`}
      ${f.before === undefined ? sql`` : sql`AND (c.raised_at, c.clue) < (${f.before.raisedAt}, ${f.before.clue})`}
    ORDER BY c.raised_at DESC, c.clue DESC LIMIT ${f.limit}`.execute(db);
  return rows.map(storedOf);
}

/** The clue now, or as it stood at a moment. */
export async function findClue(db: Database | Tx, clue: string, asOf?: number): Promise<StoredClue | undefined> {
  const { rows } = await sql<Row>`
    SELECT v.body, c.unit_id, c.authority_id FROM analysis_clue_version v JOIN analysis_clue c USING (clue)
    WHERE v.clue = ${clue} AND v.known_at <= ${asOf ?? 8.64e15} ORDER BY v.version DESC LIMIT 1`.execute(db);
  return rows[0] && storedOf(rows[0]);
}

/** One version of a clue; undefined where there is none. */
export async function findClueVersion(db: Database | Tx, clue: string, version: number): Promise<Clue | undefined> {
  const { rows } = await sql<{ body: Clue }>`SELECT body FROM analysis_clue_version WHERE clue = ${clue} AND version = ${version}`.execute(db);
  return rows[0]?.body;
}

/** Versions of a clue, oldest first, with the moment each became known (epoch ms). */
export async function clueVersions(db: Database, clue: string): Promise<{ version: number; knownAt: number; tier: Tier }[]> {
  const { rows } = await sql<{ version: number; knownAt: number; tier: Tier }>`
    SELECT version, known_at AS "knownAt", body->>'tier' AS tier FROM analysis_clue_version WHERE clue = ${clue} ORDER BY version`.execute(db);
  return rows;
}

/** Episodes of a clue as they stood at a moment. */
export async function episodesOf(db: Database, episodes: readonly string[], asOf?: number): Promise<Episode[]> {
  const { rows } = await sql<{ body: Episode }>`
    SELECT DISTINCT ON (episode) body FROM analysis_episode
    WHERE episode = ANY(${[...episodes]}) AND known_at <= ${asOf ?? 8.64e15} ORDER BY episode, version DESC`.execute(db);
  return rows.map((row) => row.body);
}

/** Every version of these episodes, the first known first. */
export async function episodeVersions(db: Database, episodes: readonly string[]): Promise<Episode[]> {
  const { rows } = await sql<{ body: Episode }>`SELECT body FROM analysis_episode WHERE episode = ANY(${[...episodes]}) ORDER BY episode, version`.execute(db);
  return rows.map((row) => row.body);
}

/** Explained findings of the outfall in a period: kept with the reason, shown, not raised. */
export async function suppressedIn(db: Database, outfall: string, from: number, to: number): Promise<Episode[]> {
  const { rows } = await sql<{ body: Episode }>`
    SELECT body FROM (SELECT DISTINCT ON (episode) body FROM analysis_episode
      WHERE outfall = ${outfall} AND end_at >= ${from} AND start_at <= ${to} ORDER BY episode, version DESC) newest
    WHERE body ? 'suppressed' ORDER BY body->>'id'`.execute(db);
  return rows.map((row) => row.body);
}

/** When a clue has to have begun (both included), and the moment it must not have ended before; epoch ms. */
export interface SharedSpan {
  readonly from: number;
  readonly to: number;
  readonly lastsTo: number;
}

/** How many of these outfalls have a clue that began in the span and lasts to its moment, stands, and holds findings of no other models than the named ones. */
export async function outfallsWithOnly(db: Database | Tx, models: readonly string[], outfalls: readonly string[], { from, to, lastsTo }: SharedSpan): Promise<number> {
  const { rows } = await sql<{ n: number }>`SELECT count(DISTINCT outfall)::int AS n FROM analysis_clue
    WHERE outfall = ANY(${[...outfalls]}) AND models <@ ${[...models]}::text[] AND NOT cleared
      AND start_at BETWEEN ${from} AND ${to} AND end_at >= ${lastsTo}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** The latest answer of each model about an outfall, by model. */
export async function answersOf(db: Database, outfall: string): Promise<ModelAnswer[]> {
  const { rows } = await sql<ModelAnswer>`
    SELECT model, version, outcome, reason, missing, at FROM analysis_answer WHERE outfall = ${outfall} ORDER BY model`.execute(db);
  return rows;
}

export interface ModelCount {
  readonly model: string;
  readonly tier: Tier;
  readonly episodes: number;
  readonly cleared: number;
}

/** Episodes per model and tier known since a moment, newest version of each. */
export async function modelCounts(db: Database, since: number): Promise<ModelCount[]> {
  const { rows } = await sql<ModelCount>`
    SELECT model, tier, count(*) AS episodes, count(*) FILTER (WHERE body ? 'cleared') AS cleared FROM (
      SELECT DISTINCT ON (episode) model, tier, body FROM analysis_episode WHERE known_at >= ${since} ORDER BY episode, version DESC) newest
    WHERE NOT body ? 'suppressed' GROUP BY model, tier ORDER BY model, tier`.execute(db);
  return rows;
}

export async function exceptionCounts(db: Database): Promise<{ model: string; outfalls: number; reason: string }[]> {
  const { rows } = await sql<{ model: string; outfalls: number; reason: string }>`
    SELECT model, count(*) AS outfalls, min(reason) AS reason FROM analysis_answer WHERE outcome = 'EXCEPTION' GROUP BY model ORDER BY model`.execute(db);
  return rows;
}

export interface Opening {
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly method: string;
  readonly person: string;
}

export async function openingsIn(db: Database, outfall: string, from: number, to: number): Promise<Opening[]> {
  const { rows } = await sql<Opening>`
    SELECT opened_at AS "openedAt", closed_at AS "closedAt", method, person FROM analysis_opening
    WHERE outfall = ${outfall} AND opened_at < ${to} AND coalesce(closed_at, ${to}) >= ${from} ORDER BY opened_at`.execute(db);
  return rows;
}
