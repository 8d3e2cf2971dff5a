import { equalHash, HASH_BYTES, nodeHash, type Hash } from './hash.ts';

/*
 * Verification as RFC 9162 §2.1.3.2 and §2.1.4.2 state it. Sizes are BigInt: a JavaScript number cannot tell
 * neighbours near 2^63 apart, and a verifier must refuse exactly.
 */

const odd = (n: bigint): boolean => (n & 1n) === 1n;
const isPowerOfTwo = (n: bigint): boolean => n > 0n && (n & (n - 1n)) === 0n;
const allHashes = (path: readonly Hash[]): boolean => path.every((hash) => hash.length === HASH_BYTES);

/** The root an inclusion path leads to; undefined when the path cannot belong to this index and size. */
export function rootFromInclusion(index: bigint, size: bigint, leaf: Hash, path: readonly Hash[]): Hash | undefined {
  if (index < 0n || index >= size || leaf.length !== HASH_BYTES || !allHashes(path)) return undefined;
  let fn = index;
  let sn = size - 1n;
  let root = leaf;
  for (const sibling of path) {
    if (sn === 0n) return undefined;
    if (odd(fn) || fn === sn) {
      root = nodeHash(sibling, root);
      while (!odd(fn) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      root = nodeHash(root, sibling);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n ? root : undefined;
}

/** Does the leaf with this hash stand at `index` in the tree of `size` with this root? */
export function verifyInclusion(index: bigint, size: bigint, leaf: Hash, path: readonly Hash[], root: Hash): boolean {
  const found = rootFromInclusion(index, size, leaf, path);
  return found !== undefined && equalHash(found, root);
}

/** Is the tree (size1, root1) a prefix of (size2, root2)? A first size of 0 is refused: no RFC defines such a proof. */
export function verifyConsistency(
  size1: bigint,
  size2: bigint,
  root1: Hash,
  root2: Hash,
  path: readonly Hash[],
): boolean {
  if (size1 <= 0n || size1 > size2 || !allHashes(path)) return false;
  if (size1 === size2) return path.length === 0 && equalHash(root1, root2);
  const steps = isPowerOfTwo(size1) ? [root1, ...path] : path;
  const [start, ...rest] = steps;
  if (start === undefined) return false;
  let fn = size1 - 1n;
  let sn = size2 - 1n;
  while (odd(fn)) {
    fn >>= 1n;
    sn >>= 1n;
  }
  let old = start;
  let young = start;
  for (const step of rest) {
    if (sn === 0n) return false;
    if (odd(fn) || fn === sn) {
      old = nodeHash(step, old);
      young = nodeHash(step, young);
      while (!odd(fn) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      young = nodeHash(young, step);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && equalHash(old, root1) && equalHash(young, root2);
}
