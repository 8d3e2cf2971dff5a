import {
  equalHash,
  fromBase64,
  frontier,
  leafHash,
  nodesOf,
  readTlogProof,
  verifyInclusion,
  type Hash,
} from '../log/index.ts';
import { asCount, asObject } from './json.ts';
import { addLine, type OpenPackage, type ProvenRange } from './package.ts';
import { problem, type Problem } from './report.ts';

/** Cited leaves, each by its own proof under a head of the package, and whole ranges by recomputing the head's root. */
export function checkProofs(pkg: OpenPackage): void {
  const found: Problem[] = [];
  for (const [file, bytes] of pkg.files) {
    const index = /^log\/leaves\/(\d{1,16})\.bin$/.exec(file)?.[1];
    if (index === undefined) continue;
    const wrong = proofProblem(pkg, index, bytes);
    if (wrong === undefined) pkg.leaves.set(Number(index), bytes);
    else found.push(problem(file, '存证证明不成立', wrong));
  }
  for (const file of pkg.files.keys()) {
    const index = /^log\/proofs\/(.+)\.tlog-proof$/.exec(file)?.[1];
    if (index !== undefined && !pkg.files.has(`log/leaves/${index}.bin`))
      found.push(problem(`log/leaves/${index}.bin`, '存证缺失', 'proof without its leaf'));
    if (/^log\/range\/.+\.json$/.test(file)) {
      const range = readRange(pkg, file);
      if (typeof range === 'string') found.push(problem(file, '存证区间不成立', range));
      else pkg.ranges.push(range);
    }
  }
  const none = pkg.heads.length === 0;
  addLine(
    pkg,
    'proofs',
    none ? [] : found,
    `${pkg.leaves.size} 条存证`,
    `${pkg.leaves.size} leaves`,
    none ? 'cannot-tell' : undefined,
  );
}

function proofProblem(pkg: OpenPackage, index: string, leaf: Uint8Array): string | undefined {
  const file = pkg.files.get(`log/proofs/${index}.tlog-proof`);
  const proof = file === undefined ? undefined : readTlogProof(Buffer.from(file).toString('utf8'));
  if (proof === undefined || proof.index !== BigInt(index)) return 'no proof, or malformed';
  const head = pkg.heads.find((one) => one.note === proof.checkpoint);
  if (head === undefined) return 'proof under a head that is not accepted';
  return verifyInclusion(proof.index, head.size, leafHash(leaf), proof.path, head.root)
    ? undefined
    : 'the leaf does not lead to the root';
}

interface Entry {
  readonly hash: Hash;
  /** Absent: shown as a hash only. */
  readonly bytes?: Uint8Array;
}

/** Entries: 16-bit length and leaf; a length of 0 announces a 32-byte leaf hash instead (a leaf is never empty). */
function readEntries(bytes: Uint8Array): Entry[] | undefined {
  const entries: Entry[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
    const end = at + 2 + (length === 0 ? 32 : length);
    if (end > bytes.length) return undefined;
    const part = bytes.subarray(at + 2, end);
    entries.push(length === 0 ? { hash: part } : { hash: leafHash(part), bytes: part });
    at = end;
  }
  return entries;
}

const hashList = (value: unknown): Hash[] | undefined => {
  const hashes = Array.isArray(value) ? value.map((text) => fromBase64(String(text))) : [undefined];
  return hashes.every((hash) => hash?.length === 32) ? (hashes as Hash[]) : undefined;
};

/** A range holds when left subtrees, its entries and right subtrees together give the root of a head. */
function readRange(pkg: OpenPackage, file: string): ProvenRange | string {
  const json = asObject(pkg.files.get(file));
  const [from, to, size] = [asCount(json?.['from']), asCount(json?.['to']), asCount(json?.['size'])];
  const [left, right] = [hashList(json?.['left']), hashList(json?.['right'])];
  const devices = Array.isArray(json?.['devices']) ? json['devices'].map(String) : [];
  const entries = readEntries(pkg.files.get(file.replace(/json$/, 'entries')) ?? Buffer.of());
  const head = size === undefined ? undefined : pkg.heads.find((one) => one.size === BigInt(size));
  if (from === undefined || to === undefined || size === undefined || from >= to || to > size) return 'malformed range';
  if (left === undefined || right === undefined || entries?.length !== to - from) return 'entries are not all there';
  if (head === undefined) return 'range under a head that is not accepted';
  const rightNodes = nodesOf({ from: to, to: size });
  if (left.length !== nodesOf({ from: 0, to: from }).length || right.length !== rightNodes.length)
    return 'subtrees do not fit the range';
  const tree = frontier({ size: from, edge: left });
  for (const entry of entries) tree.push(entry.hash);
  for (const [i, node] of rightNodes.entries()) tree.push(right[i] as Hash, node.level);
  if (!equalHash(tree.root(), head.root)) return 'entries do not lead to the root';
  for (const [i, entry] of entries.entries()) if (entry.bytes !== undefined) pkg.leaves.set(from + i, entry.bytes);
  return { file, from, to, devices, hidden: entries.filter((entry) => entry.bytes === undefined).length };
}
