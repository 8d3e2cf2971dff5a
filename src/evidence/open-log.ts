import { ok, type LeafIndex, type Result } from '#kernel';
import { transact } from '#platform/db';
import { appendLeaf, appendLeaves } from './append-leaves.ts';
import { noteHolds } from './check-checkpoints.ts';
import type { EvidenceDeps } from './deps.ts';
import { refuse } from './errors.ts';
import { equalHash, leafHash, TILE_WIDTH, treeRoot, type Hash } from './log/index.ts';
import { insertKey, knownKeys, lastCheckpoint, lockSealer, logHead, nodeReader, readLeaves } from './store/index.ts';

/**
 * The check before a node works: the state row, the right edge of the tree under the last signed head, and every
 * row after it. Cheap at any size; the full walk is `checkLog`. Refuses with EVID-005 and what does not match: a log
 * cut short, a restored old copy or a changed edge. Nothing is repaired.
 */
export async function checkAtStart(deps: EvidenceDeps): Promise<Result<{ size: number; sealed: number }>> {
  const no = (what: string) => refuse('EVID-005', { args: { what } });
  const last = await lastCheckpoint(deps.db);
  const head = await logHead(deps.db);
  if (head.rowsEnd !== head.size)
    return no(`state row says ${head.size} leaves, the leaf rows reach to ${head.rowsEnd}`);
  const sealed = last?.size ?? 0;
  if (last !== undefined) {
    if (head.size < last.size) return no(`${head.size} leaves under a head of ${last.size}`);
    if (!noteHolds(deps, last))
      return no(`the signature of the head of size ${last.size} does not hold under our keys`);
    const root = await treeRoot(last.size, nodeReader(deps.db)).catch(() => undefined);
    if (root === undefined || !equalHash(root, last.root)) return no(`right edge of the head of size ${last.size}`);
  }
  const wrong = await wrongEdge(deps, Math.floor(sealed / TILE_WIDTH) * TILE_WIDTH, head.size);
  return wrong === undefined ? ok({ size: head.size, sealed }) : no(wrong);
}

const ROWS_A_READ = 8_192;

/** The first row of [from, to) that is missing, or differs from its hash; also compares the tail the head listed. */
async function wrongEdge({ db }: EvidenceDeps, from: number, to: number): Promise<string | undefined> {
  for (let at = from; at < to; at += ROWS_A_READ) {
    const end = Math.min(to, at + ROWS_A_READ);
    const rows = await readLeaves(db, at, end);
    const wrong = rows.find((row, i) => row.idx !== at + i || !equalHash(leafHash(row.bytes), row.hash as Hash));
    if (wrong !== undefined) return `leaf ${wrong.idx}`;
    if (rows.length !== end - at) return `leaf ${at + rows.length}`;
  }
  return undefined;
}

/**
 * Opens the log for a working node: checks it, then records keys that are new to it and the node's start as leaves.
 * @returns the size of the log, or the refusal that must stop the node
 */
export async function openLog(deps: EvidenceDeps, node: string): Promise<Result<{ size: number; sealed: number }>> {
  const checked = await checkAtStart(deps);
  if (!checked.ok) return checked;
  await transact(deps.db, async (tx) => {
    await lockSealer(tx);
    const known = await knownKeys(tx);
    for (const { vkey, keyId, kind } of deps.keys.verifiers) {
      if (known.has(vkey)) continue;
      const [leaf] = await appendLeaves(tx, deps.clock, [{ t: 'key', ref: keyId, kind, vkey }]);
      await insertKey(tx, vkey, leaf as LeafIndex, deps.clock.now());
    }
    await appendLeaf(tx, deps.clock, { t: 'config', ref: node, event: 'start' });
  });
  return ok(checked.value);
}
