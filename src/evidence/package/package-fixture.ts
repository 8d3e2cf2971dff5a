import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calendarDay, instant, manualClock, type LeafIndex, type ManualClock } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { transact } from '#platform/db';
import { testDatabase } from '#platform/db/testing';
import { appendLeaf, appendLeaves } from '../append-leaves.ts';
import { digestOf, sha256Hex } from '../digest.ts';
import type { EvidenceDeps } from '../deps.ts';
import { encodeFrameLeaf } from '../leaf.ts';
import { loadLogKeys } from '../log-keys.ts';
import { makeCheckpoint } from '../make-checkpoint.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { PackageContent, PackageFrame } from './content.ts';

export const DEVICE = '32050500010001';
const OTHER_DEVICE = '32050500019999';

export interface PackageFixture {
  readonly deps: EvidenceDeps;
  readonly clock: ManualClock;
  readonly content: PackageContent;
  /** Leaf of every frame of the device. */
  readonly frameLeaves: readonly LeafIndex[];
  drop(): Promise<void>;
}

/** A small log with two devices' frames mixed, acts of a case and documents; and the content of a package over it. For tests. */
export async function packageFixture(frameCount = 40): Promise<PackageFixture> {
  const t = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-package-'));
  const clock = manualClock(instant(Date.UTC(2026, 10, 20, 1)));
  const keys = loadLogKeys(folder, 'hb.example.gov.cn/evidence/2026a', {});
  const deps: EvidenceDeps = { db: t.db, clock, blobs: openBlobs(join(folder, 'blobs')), keys };
  await transact(t.db, (tx) => appendLeaf(tx, clock, { t: 'config', ref: 'n1', event: 'start' }));
  await makeCheckpoint(deps);
  const frames = await storeFrames(deps, clock, frameCount);
  const { events, files } = await storeActs(deps, clock);
  const frameLeaves = frames.map((frame) => frame.leaf);
  const content: PackageContent = {
    caseNo: '苏清环罚〔2026〕1号',
    kind: 'decision',
    seq: 1,
    organisation: '示范市生态环境局',
    title: '某公司超标排放案',
    frozenAt: clock.now(),
    frames,
    files,
    events,
    completeness: {
      devices: [DEVICE],
      from: frameLeaves[0] as LeafIndex,
      to: ((frameLeaves.at(-1) as number) + 1) as LeafIndex,
    },
  };
  const drop = async (): Promise<void> => {
    await t.drop();
    rmSync(folder, { recursive: true });
  };
  return { deps, clock, content, frameLeaves, drop };
}

async function storeFrames({ db }: EvidenceDeps, clock: ManualClock, count: number): Promise<PackageFrame[]> {
  const frames: PackageFrame[] = [];
  const batch = Array.from({ length: count * 2 }, (_, i) => {
    const mn = i % 2 === 0 ? DEVICE : OTHER_DEVICE;
    const raw = Buffer.from(
      `##0099QN=2026112009${String(i).padStart(4, '0')}000;ST=32;CN=2011;MN=${mn};CP=&&w01018-Rtd=${i}.5&&ABCD\r\n`,
    );
    return { mn, raw };
  });
  const peer = '10.0.0.7:40000';
  const leaves = batch.map(({ mn, raw }, i) =>
    encodeFrameLeaf(
      { t: 'frame', ref: `f${i}`, raw, mn, cn: '2011', qn: '', pno: '', peer, conn: 'c1', verdict: 'OK' },
      clock.now(),
    ),
  );
  const indexes = await transact(db, (tx) => appendLeaves(tx, clock, leaves));
  for (const [i, { mn, raw }] of batch.entries())
    if (mn === DEVICE)
      frames.push({
        leaf: indexes[i] as LeafIndex,
        device: mn,
        day: calendarDay('2026-11-20'),
        raw,
        receivedAt: clock.now(),
        peer,
      });
  return frames;
}

async function storeActs({ db }: EvidenceDeps, clock: ManualClock): Promise<Pick<PackageContent, 'events' | 'files'>> {
  const filed = { step: 'FILED', actor: 'a1', at: '2026-11-20T09:00:00+08:00', article: '行政处罚法 第五十四条' };
  const review = { opinion: 'PASS', properties: ['关联性', '真实性', '完整性', '合法性'] };
  const pdf = Buffer.from('%PDF-1.4\n% decision\n%%EOF\n');
  const write = (leaf: Parameters<typeof appendLeaf>[2]): Promise<LeafIndex> =>
    transact(db, async (tx) => (await appendLeaves(tx, clock, [leaf]))[0] as LeafIndex);
  const caseLeaf = await write({ t: 'case', ref: 'case1', step: 'FILED', digest: digestOf(filed) });
  const reviewLeaf = await write({ t: 'review', ref: 'review1', digest: sha256Hex(canonicalJson(review)) });
  const docLeaf = await write({ t: 'doc', ref: 'doc1', sealed: sha256Hex(pdf) });
  return {
    events: [{ leaf: caseLeaf, event: filed }, { event: { step: 'NOTED', note: '无存证的说明' } }],
    files: {
      reviews: [{ path: 'review1.json', json: review, leaf: reviewLeaf }],
      documents: [{ path: 'd24-处罚决定书.pdf', bytes: pdf, leaf: docLeaf }],
      series: [{ path: 'w01018.csv', bytes: Buffer.from('hour,value\n2026-11-20T09,1.5\n') }],
      people: [{ path: 'party.json', json: { unit: 'u1' } }],
    },
  };
}
