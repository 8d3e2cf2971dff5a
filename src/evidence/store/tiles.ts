import { sql, type Database, type Tx } from '#platform/db';
import { combine, placeOf, type Hash, type NodeReader } from '../log/index.ts';

export interface TileRow {
  readonly level: number;
  readonly tile: number;
  readonly root: Hash;
  readonly tileSha: string;
  /** Level 0 only. */
  readonly bundleSha: string | null;
}

export async function insertTiles(tx: Tx, tiles: readonly TileRow[]): Promise<void> {
  if (tiles.length === 0) return;
  await tx
    .insertInto('evidence_tile')
    .values(
      tiles.map((t) => ({
        level: t.level,
        tile: t.tile,
        root: Buffer.from(t.root),
        tile_sha: t.tileSha,
        bundle_sha: t.bundleSha,
      })),
    )
    .execute();
}

/** Full tiles sealed at a level. They are sealed in order, so the count is the next number. */
export async function sealedTiles(db: Database, level: number): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`
    SELECT max(tile) + 1 AS n FROM evidence_tile WHERE level = ${level}`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Tile rows [from, to) of a level that exist, in order. */
export async function readTiles(db: Database, level: number, from: number, to: number): Promise<TileRow[]> {
  const rows = await db
    .selectFrom('evidence_tile')
    .selectAll()
    .where('level', '=', level)
    .where('tile', '>=', from)
    .where('tile', '<', to)
    .orderBy('tile')
    .execute();
  return rows.map((r) => ({
    level: r.level,
    tile: r.tile,
    root: r.root,
    tileSha: r.tile_sha,
    bundleSha: r.bundle_sha,
  }));
}

/** Hashes of a tile level: leaf hashes at level 0, roots of full tiles one level down above it. */
async function hashRows(db: Database, level: number, froms: number[], tos: number[]): Promise<Hash[][]> {
  const source =
    level === 0
      ? sql`SELECT idx AS at, hash FROM evidence_leaf`
      : sql`SELECT tile AS at, root AS hash FROM evidence_tile WHERE level = ${level - 1}`;
  const { rows } = await sql<{ n: number; hash: Buffer }>`
    SELECT wanted.n, h.hash
      FROM unnest(${froms}::bigint[], ${tos}::bigint[]) WITH ORDINALITY AS wanted(from_at, to_at, n)
     CROSS JOIN LATERAL (SELECT at, hash FROM (${source}) AS s WHERE at >= from_at AND at < to_at) AS h
     ORDER BY wanted.n, h.at`.execute(db);
  const parts: Hash[][] = froms.map(() => []);
  for (const row of rows) parts[row.n - 1]?.push(row.hash);
  return parts;
}

/** Hashes [from, to) of a tile level. Throws when one is missing. */
export async function tileHashes(db: Database, level: number, from: number, to: number): Promise<Hash[]> {
  const [hashes = []] = await hashRows(db, level, [from], [to]);
  if (hashes.length !== to - from) throw new Error(`hashes ${from} to ${to} of tile level ${level} are not all there`);
  return hashes;
}

/** Reads perfect subtrees out of leaf rows and tile roots, one query per tile level. Throws when a hash is missing. */
export const nodeReader =
  (db: Database): NodeReader =>
  async (nodes) => {
    const places = nodes.map(placeOf);
    const found: Hash[] = [];
    for (const level of new Set(places.map((place) => place.level))) {
      const here = places.flatMap((place, i) =>
        place.level === level ? [{ ...place, i, first: place.tile * 256 + place.offset }] : [],
      );
      const parts = await hashRows(
        db,
        level,
        here.map((p) => p.first),
        here.map((p) => p.first + p.count),
      );
      for (const [n, place] of here.entries()) {
        const part = parts[n] as Hash[];
        if (part.length !== place.count) throw new Error(`hashes of tile ${place.level}/${place.tile} are missing`);
        found[place.i] = combine(part);
      }
    }
    return found;
  };
