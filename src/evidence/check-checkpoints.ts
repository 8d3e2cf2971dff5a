import type { EvidenceDeps } from './deps.ts';
import type { Finding, FindingKind } from './finding.ts';
import { equalHash, openNote, readCheckpoint, type Frontier } from './log/index.ts';
import { checkpointsAfter, type CheckpointRow, type LeafRow } from './store/index.ts';

/** Where a walk stands with the signed heads. */
export interface CheckpointState {
  /** Heads still to come, smallest first. */
  queue: CheckpointRow[];
  /** Size of the last head that held. */
  good: number;
  seen: number;
}

interface Walk {
  readonly deps: EvidenceDeps;
  readonly tree: Frontier;
  /** Size of the newest head when the walk began; heads signed since are the next walk's. */
  readonly sealed: number;
  readonly heads: CheckpointState;
  readonly report: (kind: FindingKind, where: string, detail?: Partial<Finding>) => void;
}

export const HEADS_A_READ = 1_000;
/** More heads than can lie inside one tile, so that the newest head of a tile is always in the queue. */
const HEADS_AT_LEAST = 300;

/** Does the note say what the row says, under our keys? */
export function noteHolds({ keys }: Pick<EvidenceDeps, 'keys'>, head: CheckpointRow): boolean {
  const opened = openNote(head.note, keys.verifiers);
  const body = opened.ok ? readCheckpoint(opened.text) : undefined;
  return (
    body !== undefined &&
    body.origin === keys.origin &&
    body.size === BigInt(head.size) &&
    equalHash(body.root, head.root)
  );
}

/** Compares the next head with the tree when the walk stands at its size. */
export async function checkCheckpoint(walk: Walk, rows: ReadonlyMap<number, LeafRow>): Promise<void> {
  const { deps, tree, heads, report } = walk;
  const head = heads.queue[0];
  if (head?.size !== tree.size) return;
  heads.queue.shift();
  heads.seen += 1;
  const where = `head of size ${head.size}`;
  if (!noteHolds(deps, head)) report('head-signature', where);
  if (equalHash(tree.root(), head.root)) heads.good = head.size;
  else report('head-root', where, { detail: `leaves ${heads.good} to ${head.size - 1}, ${rows.size} read` });
  if (heads.queue.length < HEADS_AT_LEAST)
    heads.queue.push(...(await checkpointsAfter(deps.db, heads.queue.at(-1)?.size ?? head.size, walk.sealed, HEADS_A_READ)));
}
