import { ok, type Result } from '#kernel';
import type { EvidenceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import { hashesAt, parseTilePath, TILE_WIDTH, writeBundle, writeTile, type TileName } from './log/index.ts';
import { lastCheckpoint, readLeaves, readTiles, tileHashes } from './store/index.ts';

type LogDeps = Pick<EvidenceDeps, 'db' | 'blobs'>;

/** The newest head as a signed note; refused before the first one is made. */
export async function readCheckpointNote(deps: LogDeps): Promise<Result<string>> {
  const last = await lastCheckpoint(deps.db);
  return last === undefined ? refuse('EVID-006') : ok(last.note);
}

/**
 * A tile or entry bundle by its C2SP tlog-tiles path, e.g. `tile/0/x001/234.p/17`.
 * Nothing beyond the newest head is given out. A sealed blob that no longer matches its name is a thrown defect:
 * nothing is repaired silently.
 */
export async function readLogResource(deps: LogDeps, path: string): Promise<Result<Uint8Array>> {
  const name = parseTilePath(path);
  const last = name === undefined ? undefined : await lastCheckpoint(deps.db);
  if (name === undefined || last === undefined) return refuse('EVID-006');
  const level = name.level === 'entries' ? 0 : name.level;
  if (name.tile * TILE_WIDTH + name.width > hashesAt(level, last.size)) return refuse('EVID-006');
  return ok(name.width === TILE_WIDTH ? await fullTile(deps, name) : await partialTile(deps, name));
}

async function fullTile({ db, blobs }: LogDeps, { level, tile }: TileName): Promise<Uint8Array> {
  const [row] = await readTiles(db, level === 'entries' ? 0 : level, tile, tile + 1);
  const sha = level === 'entries' ? row?.bundleSha : row?.tileSha;
  if (sha === undefined || sha === null) throw new Error(`tile ${level}/${tile} lies under a head but was not sealed`);
  return blobs.get(sha);
}

async function partialTile({ db }: LogDeps, { level, tile, width }: TileName): Promise<Uint8Array> {
  const from = tile * TILE_WIDTH;
  if (level !== 'entries') return writeTile(await tileHashes(db, level, from, from + width));
  return writeBundle((await readLeaves(db, from, from + width)).map((row) => row.bytes));
}
