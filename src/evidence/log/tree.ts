import { emptyRoot, nodeHash, type Hash } from './hash.ts';

/** A perfect subtree of 2^level leaves starting at leaf `index · 2^level`. */
export interface NodeId {
  readonly level: number;
  readonly index: number;
}

/** Leaves [from, to); a sibling on a proof path. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** Gives hashes of perfect subtrees, in the order asked for. */
export type NodeReader = (nodes: readonly NodeId[]) => Promise<readonly Hash[]>;

/** Largest power of two below n (n ≥ 2): where RFC 6962 splits a tree. */
function splitOf(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** Perfect subtrees that make up a range, left to right. */
export function nodesOf({ from, to }: LeafRange): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = from; at < to;) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= to) {
      level += 1;
      width *= 2;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** RFC 6962 hash over a range whose perfect subtrees are given left to right (sizes falling). */
export function foldRight(hashes: readonly Hash[]): Hash {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot();
  return hashes.slice(0, -1).reduceRight<Hash>((right, left) => nodeHash(left, right), last);
}

/** Sibling ranges from the leaf upwards (RFC 6962 §2.1.1). */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  const siblings: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (index < middle) {
      siblings.push({ from: middle, to });
      to = middle;
    } else {
      siblings.push({ from, to: middle });
      from = middle;
    }
  }
  return siblings.reverse();
}

/** Ranges of a consistency proof from tree `size1` to `size2` (RFC 6962 §2.1.2). */
export function consistencyRanges(size1: number, size2: number): LeafRange[] {
  if (!(size1 > 0 && size1 <= size2)) throw new RangeError(`no consistency proof from ${size1} to ${size2}`);
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size2;
  let whole = true;
  while (size1 !== to) {
    const middle = from + splitOf(to - from);
    if (size1 <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
      whole = false;
    }
  }
  if (!whole) ranges.push({ from, to });
  return ranges.reverse();
}

/** Hashes of the ranges, one read for all of them. */
export async function hashRanges(ranges: readonly LeafRange[], read: NodeReader): Promise<Hash[]> {
  const parts = ranges.map(nodesOf);
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map((part) => foldRight(hashes.slice(at, (at += part.length))));
}

/** Hashes that lead from leaf `index` to the root of size `size` (RFC 9162 2.1.3.1). */
export const inclusionPath = (index: number, size: number, read: NodeReader): Promise<Hash[]> =>
  hashRanges(inclusionRanges(index, size), read);

/** Hashes that show that the tree of `size2` begins with that of `size1` (RFC 9162 2.1.4.1). */
export const consistencyPath = (size1: number, size2: number, read: NodeReader): Promise<Hash[]> =>
  hashRanges(consistencyRanges(size1, size2), read);

/** Root of the first `size` leaves. */
export async function treeRoot(size: number, read: NodeReader): Promise<Hash> {
  return size === 0 ? emptyRoot() : foldRight(await read(nodesOf({ from: 0, to: size })));
}

/** The root while leaves come one by one: perfect subtrees on the right edge, largest first. */
export interface Frontier {
  readonly size: number;
  /** Adds a leaf, or a perfect subtree of 2^level leaves where the size is a multiple of 2^level. */
  push(hash: Hash, level?: number): void;
  root(): Hash;
}

/** A growing tree that keeps its right edge only. */
export function frontier(
  start: { readonly size: number; readonly edge: readonly Hash[] } = { size: 0, edge: [] },
): Frontier {
  let size = start.size;
  const edge = [...start.edge];
  return {
    get size() {
      return size;
    },
    push(added, level = 0) {
      const width = 2 ** level;
      let hash = added;
      for (let n = size / width; n % 2 === 1; n = (n - 1) / 2) hash = nodeHash(edge.pop() as Hash, hash);
      edge.push(hash);
      size += width;
    },
    root: () => foldRight(edge),
  };
}

/** Root of exactly these leaf hashes. */
export function rootOf(leaves: readonly Hash[]): Hash {
  const tree = frontier();
  for (const leaf of leaves) tree.push(leaf);
  return tree.root();
}
