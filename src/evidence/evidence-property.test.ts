import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, isRefusal, manualClock, type LeafIndex } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { openDatabase, transact, type Database } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import {
  appendLeaves,
  checkAtStart,
  checkLog,
  firstLeafAt,
  loadLogKeys,
  makeCheckpoint,
  proofOf,
  type EvidenceDeps,
} from '#evidence';
import { leafHash, openNote, readCheckpoint, readTlogProof, rootOf, verifyInclusion } from '#evidence/log';

const folder = mkdtempSync(join(tmpdir(), 'mingjian-property-'));
const clock = manualClock(instant(1_793_000_000_000));
let t: TestDatabase;
let owner: Database;
let deps: EvidenceDeps;

beforeAll(async () => {
  t = await testDatabase();
  owner = openDatabase(t.url, { role: '' });
  deps = { db: t.db, clock, blobs: openBlobs(folder), keys: loadLogKeys(folder, 'p.example/evidence/2026a', {}) };
});
afterAll(async () => {
  await owner.destroy();
  await t.drop();
  rmSync(folder, { recursive: true });
});

describe('[NX-3.1c] random histories of the log (ev:E15, fault:F20)', () => {
  const kept: Uint8Array[] = [];

  type Step =
    { kind: 'append'; sizes: number[] } | { kind: 'fail'; sizes: number[] } | { kind: 'head' } | { kind: 'restart' };
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('append' as const),
        sizes: fc.array(fc.integer({ min: 1, max: 600 }), { maxLength: 90 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('fail' as const),
        sizes: fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 9 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('head' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  );

  async function take(one: Step): Promise<void> {
    clock.advance(1_000);
    if (one.kind === 'head') return void (await makeCheckpoint(deps));
    if (one.kind === 'restart') return expect(await checkAtStart(deps)).toMatchObject({ ok: true });
    const leaves = one.sizes.map((size, i) => Buffer.alloc(size, `${kept.length + i}.`));
    const stop = new Error('killed');
    await transact(deps.db, async (tx) => {
      const indexes = await appendLeaves(tx, clock, leaves);
      expect(indexes).toEqual(leaves.map((_, i) => kept.length + i));
      if (one.kind === 'fail') throw stop;
    }).catch((error: unknown) => expect(error).toBe(stop));
    if (one.kind === 'append') kept.push(...leaves);
  }

  it('the head is always the root of the naive tree over what was committed, and every proof under it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.nat(), async (steps, pick) => {
        for (const one of steps) await take(one);
        await take({ kind: 'append', sizes: [7] });
        const outcome = await makeCheckpoint(deps);
        expect(outcome.size).toBe(kept.length);
        const root = rootOf(kept.map(leafHash));
        const index = pick % kept.length;
        const proof = await proofOf(deps, index as LeafIndex);
        if (isRefusal(proof)) throw new Error(proof.en);
        const file = readTlogProof(proof.value.proof);
        const note = openNote(file?.checkpoint ?? '', deps.keys.verifiers);
        expect(note.ok && readCheckpoint(note.text)).toMatchObject({
          size: BigInt(kept.length),
          root: Buffer.from(root),
        });
        expect(
          verifyInclusion(
            BigInt(index),
            BigInt(kept.length),
            leafHash(kept[index] as Uint8Array),
            file?.path ?? [],
            root,
          ),
        ).toBe(true);
      }),
      { numRuns: 15 },
    );
    expect((await checkLog(deps)).findings).toEqual([]);
  });

  it('the first leaf at a moment is found by halving, as a walk finds it', async () => {
    const rows = await t.db.selectFrom('evidence_leaf').select(['idx', 'known_at']).orderBy('idx').execute();
    for (const at of [0, rows[0]?.known_at ?? 0, (rows[30]?.known_at ?? 0) + 1, clock.now() + 1])
      expect(await firstLeafAt(t.db, instant(at))).toBe(rows.find((row) => row.known_at >= at)?.idx ?? rows.length);
  });

  it('[JS-25.2] random bit flips in leaf rows and sealed files are each found and named (fault:F24)', async () => {
    await take({ kind: 'append', sizes: Array.from({ length: 600 }, () => 40) });
    await makeCheckpoint(deps);
    const tiles = await owner.selectFrom('evidence_tile').selectAll().where('level', '=', 0).execute();
    const flip = (bytes: Uint8Array, at: number): Buffer => {
      const copy = Buffer.from(bytes);
      copy.writeUInt8(copy.readUInt8(at % copy.length) ^ (1 << (at % 8)), at % copy.length);
      return copy;
    };
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.boolean(), async (where, at, inRow) => {
        if (inRow) {
          const idx = where % kept.length;
          const good = Buffer.from(kept[idx] as Uint8Array);
          await owner
            .updateTable('evidence_leaf')
            .set({ bytes: flip(good, at) })
            .where('idx', '=', idx)
            .execute();
          expect((await checkLog(deps)).findings.map((f) => f.where)).toEqual([`leaf ${idx}`]);
          await owner.updateTable('evidence_leaf').set({ bytes: good }).where('idx', '=', idx).execute();
          return;
        }
        const tile = tiles[where % tiles.length];
        const sha = (at % 2 === 0 ? tile?.tile_sha : tile?.bundle_sha) ?? '';
        const file = join(folder, sha.slice(0, 2), sha);
        const good = readFileSync(file);
        writeFileSync(file, flip(good, at));
        expect((await checkLog(deps)).findings.map((f) => f.where)).toEqual([
          `${at % 2 === 0 ? 'tile 0/' : 'entries '}${tile?.tile}`,
        ]);
        writeFileSync(file, good);
      }),
      { numRuns: 12 },
    );
    expect((await checkLog(deps)).ok).toBe(true);
  });
});
