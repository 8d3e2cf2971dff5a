import type { Clock, LeafIndex } from '#kernel';
import { appendLeaves, frameDigestIn, lastCheckpoint, leavesBetween, logHead, sha256Hex, type SealedFrames } from '#evidence';
import type { BlobStore } from '#platform/blobs';
import { type Database, transact, type Tx } from '#platform/db';
import { packFrames, unpackFrames } from './packed-frames.ts';
import { blocksFixedIn, insertBlock, lockFrameSealer, nextUnsealed } from './store/frame-blocks.ts';
import { type JournalRow, rowsOfBatches } from './store/read-journal.ts';

/** What a sealer of frames works with. */
export interface SealDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly blobs: BlobStore;
}

/** Frames of one file at most: some 5 MB before compression, opened in well under a second. */
const FRAMES_A_FILE = 10_000;

/**
 * Seals the next finished hour of the journal, or a part of it: its frames go into one compressed file among the blobs,
 * which is read back and compared, and a leaf fixes range and digest. Called again and again by the worker; safe
 * from several processes and against a kill at any moment, for leaf and record are one commit and a file without them
 * is found by its content the next time.
 *
 * An hour is finished when the log has moved past it, and is sealed once all of it lies under a signed head.
 * Throws, and seals nothing, when a frame is not what its own leaf fixed.
 * @returns frames sealed; 0 when nothing was due
 */
export async function sealFrames({ db, clock, blobs }: SealDeps, framesAFile = FRAMES_A_FILE): Promise<number> {
  return transact(db, async (tx) => {
    await lockFrameSealer(tx);
    const { knownAt } = await logHead(tx);
    const span = await nextUnsealed(tx, framesAFile, knownAt, (await lastCheckpoint(tx))?.size ?? 0);
    if (span === undefined) return 0;
    const rows = await rowsOfBatches(tx, span.first, span.last);
    await requireFixed(tx, rows, span.first, span.last);
    const file = packFrames(rows);
    const sha256 = await blobs.put(file);
    requireSame(rows, unpackFrames(await blobs.get(sha256)));
    const frames = rows.length;
    const [leaf] = await appendLeaves(tx, clock, [{ t: 'frames', ref: `${span.first}-${span.last}`, first: span.first, last: span.last, frames, sha256 }]);
    await insertBlock(tx, { ...span, frames, bytes: file.length, sha256, leaf: leaf as LeafIndex, sealedAt: clock.now() });
    return frames;
  });
}

/** Every frame that the log fixed between two leaves is here, with the bytes it fixed, and no other. */
async function requireFixed(tx: Tx, rows: readonly JournalRow[], first: number, last: number): Promise<void> {
  const fixed = new Map((await leavesBetween(tx, first, last + 1)).flatMap(({ idx, bytes }) => {
    const digest = frameDigestIn(bytes);
    return digest === undefined ? [] : [[idx, digest] as const];
  }));
  for (const { seq, raw } of rows) {
    if (fixed.get(seq) !== sha256Hex(raw)) throw new Error(`the frame of leaf ${seq} is not the one its leaf fixed; its hour is not sealed`);
    fixed.delete(seq);
  }
  for (const seq of fixed.keys()) throw new Error(`the frame of leaf ${seq} is missing; its hour is not sealed`);
}

function requireSame(rows: readonly JournalRow[], back: readonly JournalRow[]): void {
  const same = rows.length === back.length && rows.every((row, i) => row.seq === back[i]?.seq && Buffer.compare(row.raw, back[i]?.raw ?? Buffer.of()) === 0);
  if (!same) throw new Error('the file of sealed frames does not read back as it was written');
}

/** Sealed frames as the check of the evidence log asks for them. */
export const sealedFrames = (db: Database): SealedFrames => ({
  records: (from, to) => blocksFixedIn(db, from, to),
  unpack: (file) => unpackFrames(file).map(({ seq, raw }) => ({ leaf: seq, sha256: sha256Hex(raw) })),
});
