import type { LeafIndex } from '#kernel';
import type { EvidenceDeps } from './deps.ts';
import { frameDigestIn, framesIn, type Finding, type FindingKind, type FixedFrames } from './finding.ts';
import { readLeaves, type LeafRow } from './store/index.ts';

/** Digest of a frame body as it is kept now, and the leaf it belongs to. */
interface KeptBody {
  readonly leaf: number;
  readonly sha256: string;
}

/** Bodies that ingest keeps for frame leaves [from, to): the SHA-256 of each body as stored now. A missing body is left out. */
export type FrameDigests = (from: LeafIndex, to: LeafIndex) => Promise<readonly KeptBody[]>;

/** Sealed files of frames. What they must be is fixed by leaves of kind `frames`; the files lie among the blobs. */
export interface SealedFrames {
  /** What ingest recorded of files fixed by leaves [from, to). */
  records(from: number, to: number): Promise<readonly (FixedFrames & { readonly leaf: number })[]>;
  /** Frames of a file. Throws when it is not one. */
  unpack(file: Uint8Array): readonly KeptBody[];
}

interface Walk {
  readonly deps: EvidenceDeps;
  readonly report: (kind: FindingKind, where: string, detail?: Partial<Finding>) => void;
}

/** Bodies against the digests their leaves fixed; names each that is missing, changed or of nobody. */
function compareBodies(report: Walk['report'], rows: Iterable<LeafRow>, kept: readonly KeptBody[], what: string): void {
  const bodies = new Map(kept.map((body) => [body.leaf, body.sha256]));
  for (const { idx: leaf, bytes } of rows) {
    const fixed = frameDigestIn(bytes);
    const body = bodies.get(leaf);
    if (fixed !== undefined && body === undefined) report('body-missing', `${what} of leaf ${leaf}`, { leaf });
    else if (fixed !== body) report(fixed === undefined ? 'body-unknown' : 'body-changed', `${what} of leaf ${leaf}`, { leaf });
    bodies.delete(leaf);
  }
  for (const leaf of bodies.keys()) report('body-unknown', `${what} of leaf ${leaf}`, { leaf });
}

/** Frame bodies in the journal, for the rows of leaves [from, to). */
export async function compareFrames({ report }: Walk, rows: ReadonlyMap<number, LeafRow>, from: number, to: number, frameDigests: FrameDigests | undefined): Promise<void> {
  if (frameDigests !== undefined) compareBodies(report, rows.values(), await frameDigests(from as LeafIndex, to as LeafIndex), 'frame');
}

/** Sealed files that leaves [from, to) fix: there, unchanged, recorded as fixed, and each frame in them the one its own leaf fixed. */
export async function compareSealedFrames({ deps, report }: Walk, rows: ReadonlyMap<number, LeafRow>, from: number, to: number, sealed: SealedFrames | undefined): Promise<void> {
  if (sealed === undefined) return;
  const records = new Map((await sealed.records(from, to)).map((record) => [record.leaf, record]));
  for (const [leaf, row] of rows) {
    const fixed = framesIn(row.bytes);
    if (fixed === undefined) continue;
    const where = `frames ${fixed.first} to ${fixed.last}`;
    const record = records.get(leaf);
    records.delete(leaf);
    if (record === undefined || (['first', 'last', 'frames', 'sha256'] as const).some((field) => record[field] !== fixed[field])) report('frames-record', where, { leaf });
    try {
      const bodies = sealed.unpack(await deps.blobs.get(fixed.sha256));
      compareBodies(report, await readLeaves(deps.db, fixed.first, fixed.last + 1), bodies, 'sealed frame');
    } catch (error) {
      report('sealed-file', where, { leaf, detail: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const { leaf, first, last } of records.values()) report('frames-record', `frames ${first} to ${last}`, { leaf });
}
