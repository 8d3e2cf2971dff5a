import { isRefusal, ok, type LeafIndex, type Result } from '#kernel';
import { transact } from '#platform/db';
import { appendLeaves } from '../append-leaves.ts';
import { sha256Hex } from '../digest.ts';
import type { EvidenceDeps } from '../deps.ts';
import { refuse } from '../errors.ts';
import { policyText } from '../leaf-badge.ts';
import { makeCheckpoint } from '../make-checkpoint.ts';
import { firstCheckpointOver, insertPackage, findPackage, readLeafSet, type CheckpointRow } from '../store/index.ts';
import { verifyPackage, writeZip } from '../verify/index.ts';
import type { PackageContent } from './content.ts';
import { logMaterial } from './log-material.ts';
import { checkBindings, packageName, payloadOf, type Payload } from './payload.ts';
import { bagFiles, manifestOf } from './tag-files.ts';

/** A finished case package, in memory. */
export interface BuiltPackage {
  /** `<case-no>_<kind>_<seq>`. */
  readonly name: string;
  readonly zip: Uint8Array;
  /** Digest under which the package is fixed in the log; printed on the decision. */
  readonly manifestSha256: string;
  /** `manifest-sha256.txt`, to be listed by a later edition. */
  readonly manifest: string;
  /** Leaf of type pkg. */
  readonly leaf: LeafIndex;
}

/**
 * Freezes content into a case package: fixes its manifest as a leaf, waits for a head over it, proves every cited leaf,
 * and checks the result before giving it out. The same content again gives the same bytes and no second leaf.
 * Refuses content that does not match its leaves (EVID-007), unsafe names (EVID-008) and leaves that do not exist (EVID-003).
 */
export async function buildPackage(deps: EvidenceDeps, content: PackageContent): Promise<Result<BuiltPackage>> {
  const payload = payloadOf(content);
  if (isRefusal(payload)) return payload;
  const bound = await boundLeaves(deps, payload.value, content);
  if (isRefusal(bound)) return bound;
  const manifest = manifestOf('sha256', payload.value.files);
  const manifestSha256 = sha256Hex(manifest);
  const name = packageName(content);
  const fixed = await fixPackage(deps, name, content.kind, manifestSha256);
  if (isRefusal(fixed)) return fixed;
  const leaf = fixed.value;
  const head = await headOver(deps, Math.max(leaf, ...bound.value));
  const inRange =
    ({ from, to } = content.completeness ?? { from: 0, to: 0 }) =>
    (index: number) =>
      index >= from && index < to;
  const alone = bound.value.filter((index) => !inRange(content.completeness)(index));
  const claim =
    content.completeness === undefined
      ? undefined
      : { ...content.completeness, ...(content.kind === 'notice' ? { othersAsHashes: true } : {}) };
  const log = await logMaterial(deps, {
    head,
    leaves: alone,
    completeness: claim,
    packageLeaf: leaf,
    bindings: payload.value.fileBindings,
  });
  if (isRefusal(log)) return log;
  const [signer] = deps.keys.signers;
  if (signer === undefined) throw new Error('no log key');
  const bag = bagFiles({ ...content, name }, payload.value.files, log.value, signer);
  const zip = writeZip(new Map([...bag].map(([path, bytes]) => [`${name}/${path}`, bytes])));
  // A package that fails is never given out; what only a fuller verifier can tell stays open here.
  const report = await verifyPackage(zip, { policy: policyText(deps) });
  const failed = report.lines.find((line) => line.status === 'fails');
  if (failed !== undefined)
    return refuse('EVID-009', { args: { what: `${failed.en} ${failed.problems[0]?.where ?? ''}` } });
  return ok({ name, zip, manifestSha256, manifest, leaf });
}

/** Every leaf the content rests on; refuses when a file or event is not what its leaf fixed. */
async function boundLeaves(
  deps: EvidenceDeps,
  payload: Payload,
  content: PackageContent,
): Promise<Result<LeafIndex[]>> {
  const indexes = [
    ...payload.bindings.map((b) => b.leaf as LeafIndex),
    ...content.frames.map((f) => f.leaf),
    ...(content.cites ?? []),
  ];
  const unique = [...new Set(indexes)];
  const rows = await readLeafSet(deps.db, unique);
  const missing = unique.find((index) => !rows.has(index));
  if (missing !== undefined) return refuse('EVID-003', { args: { index: missing }, field: String(missing) });
  const checked = checkBindings(payload.bindings, new Map([...rows].map(([index, row]) => [index, row.bytes])));
  return isRefusal(checked) ? checked : ok(unique);
}

/** The `pkg` leaf of this manifest: found when the same content was built before, else written now. */
async function fixPackage(
  deps: EvidenceDeps,
  name: string,
  kind: string,
  manifest: string,
): Promise<Result<LeafIndex>> {
  return transact(deps.db, async (tx): Promise<Result<LeafIndex>> => {
    const before = await findPackage(tx, name, manifest);
    if (before !== undefined)
      return before.name === name && before.manifestSha256 === manifest
        ? ok(before.leaf as LeafIndex)
        : refuse('EVID-011', { args: { name } });
    const [leaf] = await appendLeaves(tx, deps.clock, [{ t: 'pkg', ref: name, kind, manifest }]);
    await insertPackage(tx, manifest, { name, leaf: leaf as LeafIndex, madeAt: deps.clock.now() });
    return ok(leaf as LeafIndex);
  });
}

/** The first head over a leaf; signs one when there is none yet, as every package leaf asks for. */
async function headOver(deps: EvidenceDeps, leaf: number): Promise<CheckpointRow> {
  for (;;) {
    const head = await firstCheckpointOver(deps.db, leaf);
    if (head !== undefined) return head;
    await makeCheckpoint(deps);
  }
}
