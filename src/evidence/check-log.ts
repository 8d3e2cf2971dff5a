import type { EvidenceDeps } from './deps.ts';
import { checkCheckpoint, HEADS_A_READ, type CheckpointState } from './check-checkpoints.ts';
import { compareFrames, compareSealedFrames, type FrameDigests, type SealedFrames } from './check-frames.ts';
import { FINDING_TEXT, type Finding, type FindingKind } from './finding.ts';
import {
  combine,
  equalHash,
  frontier,
  hashesAt,
  leafHash,
  readBundle,
  readTile,
  TILE_WIDTH,
  type Frontier,
  type Hash,
} from './log/index.ts';
import {
  checkpointsAfter,
  lastCheckpoint,
  leavesBeyondHead,
  logHead,
  readLeaves,
  readTiles,
  tileHashes,
  type LeafRow,
  type TileRow,
} from './store/index.ts';

/** Options of the walk over the whole log. */
export interface CheckOptions {
  readonly frameDigests?: FrameDigests;
  readonly sealedFrames?: SealedFrames;
  /** Called with the number of leaves walked. */
  readonly onProgress?: (walked: number, size: number) => void;
}

/** What the walk over the whole log found; `ok` only without findings. */
export interface LogCheck {
  readonly ok: boolean;
  /** Leaves walked. */
  readonly size: number;
  readonly checkpoints: number;
  readonly tiles: number;
  readonly findings: readonly Finding[];
}

const TILES_A_READ = 32;
const MAX_FINDINGS = 10_000;

interface Walk {
  readonly deps: EvidenceDeps;
  readonly tree: Frontier;
  /** Size of the newest head when the walk began. */
  readonly sealed: number;
  readonly report: (kind: FindingKind, where: string, detail?: Partial<Finding>) => void;
  readonly heads: CheckpointState;
  knownAt: number;
}

/**
 * `evidence check`: the whole log against its sealed tiles, bundles and signed heads. Names each leaf that was
 * changed, deleted, inserted or swapped, also by a database owner with triggers off; repairs nothing (ev:E07, fault:F24).
 */
export async function checkLog(deps: EvidenceDeps, options: CheckOptions = {}): Promise<LogCheck> {
  const findings: Finding[] = [];
  const report: Walk['report'] = (kind, where, detail = {}) => {
    if (findings.length < MAX_FINDINGS) findings.push({ kind, where, ...FINDING_TEXT[kind], ...detail });
  };
  const tree = frontier();
  // The head first, the log's end after it: on a running platform the log only grows past the head.
  const sealed = (await lastCheckpoint(deps.db))?.size ?? 0;
  const { size } = await logHead(deps.db);
  const heads: CheckpointState = { queue: await checkpointsAfter(deps.db, -1, sealed, HEADS_A_READ), good: 0, seen: 0 };
  const walk: Walk = { deps, tree, sealed, report, heads, knownAt: 0 };
  for (const leaf of await leavesBeyondHead(deps.db, MAX_FINDINGS)) report('inserted', `leaf ${leaf}`, { leaf });
  const step = TILES_A_READ * TILE_WIDTH;
  for (let from = 0; from < size; from += step) {
    const to = Math.min(size, from + step);
    const rows = await walkLeaves(walk, from, to);
    await compareFrames(walk, rows, from, to, options.frameDigests);
    await compareSealedFrames(walk, rows, from, to, options.sealedFrames);
    options.onProgress?.(to, size);
  }
  if (heads.queue.length > 0) report('head-beyond-log', `head of size ${heads.queue[0]?.size}`);
  const tiles = await checkUpperTiles(walk, size);
  return { ok: findings.length === 0, size, checkpoints: heads.seen, tiles, findings: nameSwaps(findings) };
}

/** What the sealed files say about the leaves of one tile. */
interface SealedTile {
  readonly hashes: readonly Hash[] | undefined;
  readonly leaves: readonly Uint8Array[] | undefined;
}

async function sealedTile({ deps, report }: Walk, row: TileRow): Promise<SealedTile> {
  const read = async (sha: string | null, what: string): Promise<Uint8Array | undefined> => {
    try {
      return await deps.blobs.get(sha ?? '');
    } catch (error) {
      report('sealed-file', what, { detail: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  };
  const tile = await read(row.tileSha, `tile ${row.level}/${row.tile}`);
  const bundle = row.level > 0 ? undefined : await read(row.bundleSha, `entries ${row.tile}`);
  const hashes = tile === undefined ? undefined : readTile(tile);
  if (hashes !== undefined && (hashes.length !== TILE_WIDTH || !equalHash(combine(hashes), row.root)))
    report('tile-root', `tile ${row.level}/${row.tile}`);
  return { hashes, leaves: bundle === undefined ? undefined : readBundle(bundle) };
}

/** Walks leaves [from, to): rows, sealed tiles and bundles side by side. Returns the rows by index. */
async function walkLeaves(walk: Walk, from: number, to: number): Promise<Map<number, LeafRow>> {
  const { deps, report, tree } = walk;
  const rows = new Map((await readLeaves(deps.db, from, to)).map((row) => [row.idx, row]));
  const tiles = new Map(
    (await readTiles(deps.db, 0, from / TILE_WIDTH, Math.ceil(to / TILE_WIDTH))).map((t) => [t.tile, t]),
  );
  let sealed: SealedTile | undefined;
  for (let idx = from; idx < to; idx += 1) {
    if (idx % TILE_WIDTH === 0) {
      const tile = tiles.get(idx / TILE_WIDTH);
      sealed = tile === undefined ? await tailOf(walk, idx) : await sealedTile(walk, tile);
      if (tile === undefined && idx + TILE_WIDTH <= walk.sealed) report('tile-missing', `tile 0/${idx / TILE_WIDTH}`);
    }
    const row = rows.get(idx);
    const hash = compareLeaf(walk, idx, row, sealed);
    if (row !== undefined) {
      if (row.knownAt < walk.knownAt) report('time-back', `leaf ${idx}`, { leaf: idx });
      walk.knownAt = Math.max(walk.knownAt, row.knownAt);
    }
    tree.push(hash);
    if (walk.heads.queue[0]?.size === tree.size) await checkCheckpoint(walk, rows);
  }
  return rows;
}

/** On the unsealed right edge the newest head's own list of leaf hashes stands in for the tile. */
async function tailOf({ heads }: Walk, idx: number): Promise<SealedTile | undefined> {
  const full = heads.queue.filter((head) => Math.floor(head.size / TILE_WIDTH) * TILE_WIDTH === idx).at(-1);
  return full === undefined ? undefined : { hashes: readTile(full.tail), leaves: undefined };
}

/** Compares a row with its own hash and with what was sealed; returns the hash the tree had when it was sealed. */
function compareLeaf({ report }: Walk, idx: number, row: LeafRow | undefined, sealed: SealedTile | undefined): Hash {
  const expected = sealed?.hashes?.[idx % TILE_WIDTH];
  const where = `leaf ${idx}`;
  const entry = sealed?.leaves?.[idx % TILE_WIDTH];
  if (entry !== undefined && expected !== undefined && !equalHash(leafHash(entry), expected))
    report('sealed-entry', where, { leaf: idx });
  if (row === undefined) {
    report('deleted', where, { leaf: idx });
    return expected ?? leafHash(Buffer.alloc(0));
  }
  const computed = leafHash(row.bytes);
  if (expected !== undefined && !equalHash(computed, expected)) {
    const hex = (hash: Hash): string => Buffer.from(hash).toString('hex');
    report('changed', where, { leaf: idx, expected: hex(expected), found: hex(computed) });
  } else if (!equalHash(computed, row.hash)) {
    report('changed', where, { leaf: idx, detail: 'stored hash' });
  }
  return expected ?? computed;
}

/** Pairs of changed leaves that hold each other's content were swapped; said so, each still named. */
function nameSwaps(findings: readonly Finding[]): Finding[] {
  const changed = new Map(
    findings.filter((f) => f.kind === 'changed' && f.found !== undefined).map((f) => [f.expected, f]),
  );
  return findings.map((finding) => {
    const other = finding.kind === 'changed' && finding.found !== undefined ? changed.get(finding.found) : undefined;
    return other === undefined || other.found !== finding.expected
      ? finding
      : { ...finding, kind: 'swapped', ...FINDING_TEXT.swapped, detail: `with ${other.where}` };
  });
}

async function checkUpperTiles(walk: Walk, size: number): Promise<number> {
  let count = Math.floor(size / TILE_WIDTH);
  for (let level = 1; hashesAt(level + 1, size) > 0; level += 1) {
    for (const row of await readTiles(walk.deps.db, level, 0, hashesAt(level + 1, size))) {
      const { hashes } = await sealedTile(walk, row);
      const below = await tileHashes(walk.deps.db, level, row.tile * TILE_WIDTH, (row.tile + 1) * TILE_WIDTH).catch(
        () => undefined,
      );
      if (hashes !== undefined && below?.every((hash, i) => equalHash(hash, hashes[i] as Hash)) !== true)
        walk.report('tile-root', `tile ${level}/${row.tile}`);
      count += 1;
    }
  }
  return count;
}

/** The check for people: one line per thing found, Chinese first. */
export function renderLogCheck(check: LogCheck): string {
  const counted = `${check.size} 条存证 leaves，${check.checkpoints} 个检查点 heads，${check.tiles} 个封存块 tiles`;
  const lines = check.findings.map(
    ({ where, zh, en, detail }) => `  ${where}：${zh} / ${en}${detail === undefined ? '' : `（${detail}）`}`,
  );
  return [`${check.ok ? '成立 holds' : '不成立 FAILED'}：${counted}`, ...lines, ''].join('\n');
}
