import type { Instant } from '#kernel';
import { transact, type Tx } from '#platform/db';
import type { EvidenceDeps } from './deps.ts';
import {
  combine,
  equalHash,
  hashesAt,
  leafHash,
  signNote,
  TILE_WIDTH,
  treeRoot,
  writeBundle,
  writeCheckpoint,
  writeTile,
  type Hash,
} from './log/index.ts';
import {
  insertCheckpoint,
  insertTiles,
  lastCheckpoint,
  lockSealer,
  logHead,
  nodeReader,
  readLeaves,
  sealedTiles,
  tileHashes,
  type CheckpointRow,
  type TileRow,
} from './store/index.ts';

/** Whether a new head was signed, and over how many leaves. */
export type CheckpointOutcome =
  | { readonly made: false; readonly size: number }
  /** `more`: leaves are left that this round did not reach; call again at once. */
  | { readonly made: true; readonly size: number; readonly more: boolean };

/** Tiles sealed in one round, so that a long backlog cannot hold one transaction open for minutes. */
const TILES_A_ROUND = 512;
const TILES_A_READ = 32;

/**
 * Seals new full tiles and signs a head over them when the tree grew. Called every 10 s by the worker: an acknowledged
 * frame is to be under a head within 60 s. Safe to call from several processes.
 * Throws, and signs nothing, when stored leaves no longer match their hashes or the tree no longer extends the last head.
 */
export async function makeCheckpoint(deps: EvidenceDeps): Promise<CheckpointOutcome> {
  return transact(deps.db, async (tx): Promise<CheckpointOutcome> => {
    await lockSealer(tx);
    const [head, last] = [await logHead(tx), await lastCheckpoint(tx)];
    if (head.size <= (last?.size ?? 0)) return { made: false, size: last?.size ?? 0 };
    const reach = ((await sealedTiles(tx, 0)) + TILES_A_ROUND) * TILE_WIDTH;
    const size = Math.min(head.size, reach);
    await sealTiles(tx, deps, size);
    const row = await headOf(tx, deps, size, deps.clock.now(), last);
    await insertCheckpoint(tx, row);
    return { made: true, size, more: size < head.size };
  });
}

async function headOf(
  tx: Tx,
  { keys }: EvidenceDeps,
  size: number,
  madeAt: Instant,
  last: CheckpointRow | undefined,
): Promise<CheckpointRow> {
  const read = nodeReader(tx);
  // A head that does not extend the last one would be a fork signed by ourselves.
  if (last !== undefined && !equalHash(await treeRoot(last.size, read), last.root))
    throw new Error(`the log no longer leads to its head of size ${last.size}; no new head is signed`);
  const root = await treeRoot(size, read);
  const full = Math.floor(size / TILE_WIDTH) * TILE_WIDTH;
  const tail = writeTile(await tileHashes(tx, 0, full, size));
  const note = signNote(writeCheckpoint({ origin: keys.origin, size: BigInt(size), root }), keys.signers);
  return { size, root, note, madeAt, tail };
}

async function sealTiles(tx: Tx, deps: EvidenceDeps, size: number): Promise<void> {
  const full = Math.floor(size / TILE_WIDTH);
  for (let from = await sealedTiles(tx, 0); from < full; from += TILES_A_READ)
    await insertTiles(tx, await sealLeaves(tx, deps, from, Math.min(full, from + TILES_A_READ)));
  for (let level = 1; hashesAt(level + 1, size) > 0; level += 1) {
    const upper: TileRow[] = [];
    for (let tile = await sealedTiles(tx, level); tile < hashesAt(level + 1, size); tile += 1) {
      const hashes = await tileHashes(tx, level, tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH);
      upper.push({
        level,
        tile,
        root: combine(hashes),
        tileSha: await deps.blobs.put(writeTile(hashes)),
        bundleSha: null,
      });
    }
    await insertTiles(tx, upper);
  }
}

/** Level-0 tiles [from, to) with their entry bundles. */
async function sealLeaves(tx: Tx, { blobs }: EvidenceDeps, from: number, to: number): Promise<TileRow[]> {
  const rows = await readLeaves(tx, from * TILE_WIDTH, to * TILE_WIDTH);
  if (rows.length !== (to - from) * TILE_WIDTH) throw new Error(`leaves of tiles ${from} to ${to} are not all there`);
  const sealed: TileRow[] = [];
  for (let tile = from; tile < to; tile += 1) {
    const part = rows.slice((tile - from) * TILE_WIDTH, (tile - from + 1) * TILE_WIDTH);
    const wrong = part.find((row) => !equalHash(leafHash(row.bytes), row.hash));
    if (wrong !== undefined) throw new Error(`leaf ${wrong.idx} does not match its hash; it is not sealed`);
    const hashes: Hash[] = part.map((row) => row.hash);
    sealed.push({
      level: 0,
      tile,
      root: combine(hashes),
      tileSha: await blobs.put(writeTile(hashes)),
      bundleSha: await blobs.put(writeBundle(part.map((row) => row.bytes))),
    });
  }
  return sealed;
}
