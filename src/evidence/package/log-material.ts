import { isRefusal, ok, type LeafIndex, type Result } from '#kernel';
import { canonicalJson } from '../canonical-json.ts';
import { refuse } from '../errors.ts';
import type { EvidenceDeps } from '../deps.ts';
import { policyText } from '../leaf-badge.ts';
import { nodesOf, toBase64, type Hash } from '../log/index.ts';
import { consistencyBetween, proveUnder } from '../prove-leaf.ts';
import { lastCheckpointAt, nodeReader, readLeaves, type CheckpointRow } from '../store/index.ts';
import { COMPLETENESS_LEAVES, deviceOf } from '../verify/index.ts';
import { MAX_CLAIM_LEAVES } from './claim.ts';
import type { CompletenessClaim } from './content.ts';

export interface LogRequest {
  readonly head: CheckpointRow;
  /** Leaves to prove one by one. */
  readonly leaves: readonly LeafIndex[];
  readonly completeness: CompletenessClaim | undefined;
  readonly packageLeaf: LeafIndex;
  /** Files that a leaf fixes, for `log/bindings.json`. */
  readonly bindings: readonly { readonly file: string; readonly leaf: number }[];
}

const text = (value: string): Uint8Array => Buffer.from(value);

/** The `log/` folder of a package: heads, proofs, leaves and the completeness range. */
export async function logMaterial(deps: EvidenceDeps, request: LogRequest): Promise<Result<Map<string, Uint8Array>>> {
  const { head, leaves, completeness, packageLeaf, bindings } = request;
  const files = new Map<string, Uint8Array>([
    ['log/origin.txt', text(`${deps.keys.origin}\n`)],
    ['log/policy.txt', text(policyText(deps))],
    ['log/package.json', text(canonicalJson({ leaf: packageLeaf, size: head.size }))],
    ['log/bindings.json', text(canonicalJson({ files: bindings.map(({ file, leaf }) => ({ file, leaf })) }))],
    [`log/checkpoints/${head.size}.note`, text(head.note)],
    ...deps.keys.verifiers.map((v): [string, Uint8Array] => [`log/keys/${v.keyId}.vkey`, text(`${v.vkey}\n`)]),
  ]);
  const proofs = await proveUnder(
    deps.db,
    head,
    [...new Set([...leaves, packageLeaf])].sort((a, b) => a - b),
  );
  if (isRefusal(proofs)) return proofs;
  for (const { index, bytes, proof } of proofs.value) {
    files.set(`log/leaves/${index}.bin`, bytes);
    files.set(`log/proofs/${index}.tlog-proof`, text(proof));
  }
  const first = Math.min(packageLeaf, ...leaves, completeness?.from ?? packageLeaf);
  const before = await lastCheckpointAt(deps.db, first);
  if (before !== undefined && before.size < head.size) {
    const path = (await consistencyBetween(deps.db, before.size, head.size)).map(toBase64);
    files.set(`log/checkpoints/${before.size}.note`, text(before.note));
    files.set(
      `log/consistency/${before.size}-${head.size}.json`,
      text(canonicalJson({ size1: before.size, size2: head.size, path })),
    );
  }
  if (completeness !== undefined) {
    const { from, to } = completeness;
    if (!(from >= 0 && from < to && to <= head.size)) return refuse('EVID-003');
    if (to - from > MAX_CLAIM_LEAVES) return refuse('EVID-010', { args: { leaves: to - from } });
    for (const [path, bytes] of await rangeFiles(deps, head.size, completeness)) files.set(path, bytes);
  }
  return ok(files);
}

/** Every entry of the range and the hashes of what lies left and right of it, so that the head's root can be computed. */
async function rangeFiles(
  deps: EvidenceDeps,
  size: number,
  claim: CompletenessClaim,
): Promise<Map<string, Uint8Array>> {
  const { from, to, devices, othersAsHashes = false } = claim;
  const read = nodeReader(deps.db);
  const encode = async (range: { from: number; to: number }): Promise<string[]> =>
    (await read(nodesOf(range))).map(toBase64);
  const [left, right] = [await encode({ from: 0, to: from }), await encode({ from: to, to: size })];
  const entries: Uint8Array[] = [];
  for (let at: number = from; at < to; at += COMPLETENESS_LEAVES)
    for (const row of await readLeaves(deps.db, at, Math.min(to, at + COMPLETENESS_LEAVES)))
      entries.push(...entryOf(row.bytes, row.hash, othersAsHashes && !devices.includes(deviceOf(row.bytes) ?? '')));
  const name = `log/range/${from}-${to}`;
  return new Map<string, Uint8Array>([
    [`${name}.json`, text(canonicalJson({ from, to, size, devices: [...devices].sort(), left, right }))],
    [`${name}.entries`, Buffer.concat(entries)],
  ]);
}

function entryOf(bytes: Uint8Array, hash: Hash, hidden: boolean): Uint8Array[] {
  return hidden ? [Uint8Array.of(0, 0), hash] : [Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes];
}
