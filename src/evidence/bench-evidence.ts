import { performance } from 'node:perf_hooks';
import { transact } from '#platform/db';
import { appendLeaves } from './append-leaves.ts';
import { checkLog } from './check-log.ts';
import type { EvidenceDeps } from './deps.ts';
import { encodeFrameLeaf } from './leaf.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

/** Figures of the published scenario of the evidence log. */
export interface EvidenceBench {
  readonly leaves: number;
  readonly bytesPerLeaf: number;
  /** Encoding with SHA-256 and SM3 of the frame, leaves per second on one core. */
  readonly encodedPerSecond: number;
  /** Committed leaves per second, one writer. */
  readonly appendedPerSecond: number;
  /** Leaves per second sealed into tiles and bundles and put under a head. */
  readonly sealedPerSecond: number;
  /** Leaves per second walked by the full check. */
  readonly checkedPerSecond: number;
}

/**
 * Appends, seals and checks leaves of 432-byte frames. Use on a database made for it: leaves cannot be taken back.
 * @param batch leaves in one transaction, as ingest groups them
 */
export async function benchEvidence(deps: EvidenceDeps, leaves = 50_000, batch = 500): Promise<EvidenceBench> {
  const at = deps.clock.now();
  const raw = Buffer.alloc(432, 0x41);
  const frameOf = (i: number) => {
    raw.writeUInt32LE(i, 2);
    const ref = `f${i.toString(36)}`;
    return encodeFrameLeaf(
      {
        t: 'frame',
        ref,
        raw,
        mn: '32050500010001',
        cn: '2011',
        qn: '20261122010000001',
        pno: '',
        peer: '10.0.0.1:40000',
        conn: 'c1',
        verdict: 'OK',
      },
      at,
    );
  };
  const seconds = async (work: () => unknown): Promise<number> => {
    const start = performance.now();
    await work();
    return (performance.now() - start) / 1_000;
  };
  const bytes: Uint8Array[] = [];
  const encoding = await seconds(() => {
    for (let i = 0; i < leaves; i += 1) bytes.push(frameOf(i));
  });
  const appending = await seconds(async () => {
    for (let i = 0; i < leaves; i += batch)
      await transact(deps.db, (tx) => appendLeaves(tx, deps.clock, bytes.slice(i, i + batch)));
  });
  const sealing = await seconds(async () => {
    for (let outcome = await makeCheckpoint(deps); outcome.made && outcome.more;) outcome = await makeCheckpoint(deps);
  });
  let walked = 0;
  const checking = await seconds(async () => void (walked = (await checkLog(deps)).size));
  return {
    leaves,
    bytesPerLeaf: bytes[0]?.length ?? 0,
    encodedPerSecond: Math.round(leaves / encoding),
    appendedPerSecond: Math.round(leaves / appending),
    sealedPerSecond: Math.round(leaves / sealing),
    checkedPerSecond: Math.round(walked / checking),
  };
}
