import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instant, isRefusal, manualClock, type LeafIndex } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { openDatabase, sql, transact, type Database } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import {
  appendLeaves,
  checkAtStart,
  checkLog,
  loadLogKeys,
  makeCheckpoint,
  openLog,
  proofOf,
  readCheckpointNote,
  readLogResource,
  renderLogCheck,
  type EvidenceDeps,
} from '#evidence';
import {
  leafHash,
  openCheckpoint,
  readBundle,
  readTile,
  readTlogProof,
  rootOf,
  tilesOf,
  tilePath,
  verifyInclusion,
  type Policy,
} from '#evidence/log';

const clock = manualClock(instant(1_793_000_000_000));
const folder = mkdtempSync(join(tmpdir(), 'mingjian-evidence-'));
const blobs = openBlobs(join(folder, 'blobs'));
const keys = loadLogKeys(folder, 'hb.example.gov.cn/evidence/2026a', {});
const policy: Policy = { logs: keys.verifiers, witnesses: new Map(), groups: new Map(), quorum: undefined };
let t: TestDatabase;
let deps: EvidenceDeps;

const leaf = (n: number) => ({ t: 'case', ref: `c${n}`, step: 'FILED', n }) as const;
const append = (db: Database, from: number, n: number): Promise<LeafIndex[]> =>
  transact(db, (tx) =>
    appendLeaves(
      tx,
      clock,
      Array.from({ length: n }, (_, i) => leaf(from + i)),
    ),
  );

beforeAll(async () => {
  t = await testDatabase();
  deps = { db: t.db, clock, blobs, keys };
});
afterAll(async () => {
  await t.drop();
  rmSync(folder, { recursive: true });
});

describe('sequencer (fault:F20)', () => {
  it('gives gap-free indexes to many writers at once; a rolled-back transaction leaves no gap; known time never goes back', async () => {
    const failing = transact(t.db, async (tx) => {
      await appendLeaves(tx, clock, [leaf(0)]);
      throw new Error('killed');
    }).catch(() => undefined);
    const batches = await Promise.all([
      failing,
      ...Array.from({ length: 20 }, (_, i) => append(t.db, i * 10, 1 + (i % 7))),
    ]);
    clock.advance(-60_000);
    await append(t.db, 900, 3);
    clock.advance(120_000);
    const taken = batches.flatMap((batch) => (batch === undefined ? [] : [...batch]));
    expect(taken.sort((a, b) => a - b)).toEqual(taken.map((_, i) => i));
    const rows = await t.db.selectFrom('evidence_leaf').select(['idx', 'known_at']).orderBy('idx').execute();
    expect(rows.map((row) => row.idx)).toEqual(rows.map((_, i) => i));
    expect(rows.every((row, i) => i === 0 || row.known_at >= (rows[i - 1]?.known_at ?? 0))).toBe(true);
  });

  it('[JS-25.2] the application role can neither change nor delete leaves, tiles and heads', async () => {
    for (const table of ['evidence_leaf', 'evidence_tile', 'evidence_checkpoint', 'evidence_key', 'evidence_package']) {
      await expect(sql`DELETE FROM ${sql.table(table)}`.execute(t.db)).rejects.toThrow(/permission denied/);
      await expect(
        sql`UPDATE ${sql.table(table)} SET ${sql.ref(table === 'evidence_tile' ? 'level' : table === 'evidence_leaf' ? 'idx' : table === 'evidence_checkpoint' ? 'size' : 'leaf')} = 0`.execute(
          t.db,
        ),
      ).rejects.toThrow(/permission denied/);
    }
  });
});

describe('[NX-3.1c] heads, tiles and proofs', () => {
  it('a head covers every leaf; tiles and bundles by the layout; any leaf proves itself under it', async () => {
    await openLog(deps, 'n1');
    for (let i = 0; i < 14; i += 1) await append(t.db, 1_000 + i * 100, 100);
    const outcome = await makeCheckpoint(deps);
    expect(outcome).toMatchObject({ made: true, more: false });
    expect(await makeCheckpoint(deps)).toMatchObject({ made: false, size: outcome.size });

    const note = await readCheckpointNote(deps);
    const opened = openCheckpoint(isRefusal(note) ? '' : note.value, policy);
    expect(opened.ok && Number(opened.checkpoint.size)).toBe(outcome.size);
    const all: Uint8Array[] = [];
    for (const { level, tile, width } of tilesOf(outcome.size)) {
      const bytes = await readLogResource(deps, tilePath(level, BigInt(tile), width));
      const hashes = isRefusal(bytes) ? [] : (readTile(bytes.value) ?? []);
      expect([level, tile, hashes.length]).toEqual([level, tile, width]);
      if (level > 0) continue;
      const bundle = await readLogResource(
        deps,
        tilePath(level, BigInt(tile), width).replace('tile/0', 'tile/entries'),
      );
      const leaves = isRefusal(bundle) ? [] : (readBundle(bundle.value) ?? []);
      expect(leaves.map((bytes2) => Buffer.from(leafHash(bytes2)))).toEqual(hashes.map((hash) => Buffer.from(hash)));
      all.push(...leaves);
    }
    expect(opened.ok && Buffer.from(opened.checkpoint.root)).toEqual(Buffer.from(rootOf(all.map(leafHash))));

    for (const index of [0, 1, 255, 256, 700, outcome.size - 1]) {
      const proof = await proofOf(deps, index as LeafIndex);
      if (isRefusal(proof)) throw new Error(proof.en);
      const file = readTlogProof(proof.value.proof);
      const root = opened.ok ? opened.checkpoint.root : Buffer.alloc(0);
      expect(
        file !== undefined &&
          verifyInclusion(file.index, BigInt(outcome.size), leafHash(proof.value.bytes), file.path, root),
      ).toBe(true);
    }
  });

  it('nothing beyond the head is given out; a young leaf is “not yet sealed”, an unknown one does not exist', async () => {
    const [young] = await append(t.db, 5_000, 1);
    expect(await proofOf(deps, young as LeafIndex)).toMatchObject({ code: 'EVID-004' });
    expect(await proofOf(deps, 999_999 as LeafIndex)).toMatchObject({ code: 'EVID-003' });
    for (const path of ['tile/0/999', 'tile/9/000', 'tile/entries/000.p/0', '../keys'])
      expect(await readLogResource(deps, path)).toMatchObject({ code: 'EVID-006' });
  });

  it('the walk over a running platform: heads signed meanwhile are no alarm', async () => {
    await append(t.db, 5_000, 300);
    await makeCheckpoint(deps);
    let meanwhile = 0;
    const busy: EvidenceDeps = {
      ...deps,
      blobs: {
        ...deps.blobs,
        get: async (sha) => {
          if (meanwhile === 0) {
            meanwhile = (await append(t.db, 5_300, 5)).length;
            await makeCheckpoint(deps);
          }
          return deps.blobs.get(sha);
        },
      },
    };
    expect([await checkLog(busy), meanwhile]).toMatchObject([{ ok: true, findings: [] }, 5]);
    expect(await checkLog(deps)).toMatchObject({ ok: true });
  });

  it('two makers at once: one head per size, never two (fault:F21)', async () => {
    await append(t.db, 6_000, 50);
    const made = await Promise.all([makeCheckpoint(deps), makeCheckpoint(deps), makeCheckpoint(deps)]);
    expect(made.filter((outcome) => outcome.made)).toHaveLength(1);
    const clean = await checkLog(deps);
    expect(clean).toMatchObject({ ok: true, findings: [] });
    expect(renderLogCheck(clean)).toMatch(/^成立 holds：\d+ 条存证/);
    expect(await checkAtStart(deps)).toMatchObject({ ok: true });
  });

  it('keys lie in files of their own with mode 0600, come back the same, and a readable one is refused', () => {
    const files = readdirSync(join(folder, 'keys'));
    expect(files.sort()).toEqual(['evidence-log.ed25519.key', 'evidence-log.sm2.key']);
    for (const file of files) expect(statSync(join(folder, 'keys', file)).mode & 0o777).toBe(0o600);
    expect(loadLogKeys(folder, 'other', {}).verifiers.map((v) => v.vkey)).toEqual(keys.verifiers.map((v) => v.vkey));
    const open = mkdtempSync(join(tmpdir(), 'mingjian-keys-'));
    loadLogKeys(open, 'o', {});
    const file = join(open, 'keys', 'evidence-log.ed25519.key');
    writeFileSync(`${file}2`, readFileSync(file), { mode: 0o644 });
    rmSync(file);
    writeFileSync(file, readFileSync(`${file}2`), { mode: 0o644 });
    expect(() => loadLogKeys(open, 'o', {})).toThrow(/chmod 600/);
    rmSync(open, { recursive: true });
  });
});

describe('[JS-25.2] a database owner with triggers off is found out (ev:E07, sec:X16, fault:F24)', () => {
  let owner: Database;
  beforeAll(() => void (owner = openDatabase(t.url, { role: '' })));
  afterAll(() => owner.destroy());

  /** Does something as the owner, checks, and undoes it. */
  async function tampered(change: (db: Database) => Promise<unknown>): Promise<string[]> {
    const saved = await owner.selectFrom('evidence_leaf').selectAll().execute();
    const heads = await owner.selectFrom('evidence_checkpoint').selectAll().execute();
    await owner.connection().execute(async (db) => {
      await sql`SET session_replication_role = replica`.execute(db);
      await change(db);
    });
    const { findings, ok } = await checkLog(deps);
    expect(ok).toBe(false);
    await sql`TRUNCATE evidence_leaf, evidence_checkpoint`.execute(owner);
    for (let i = 0; i < saved.length; i += 500)
      await owner
        .insertInto('evidence_leaf')
        .values(saved.slice(i, i + 500))
        .execute();
    await owner.insertInto('evidence_checkpoint').values(heads).execute();
    expect(await checkLog(deps)).toMatchObject({ ok: true });
    return findings.map((f) => `${f.kind} ${f.where}`);
  }

  it('a changed row is named, also when its stored hash was changed with it, also on the unsealed right edge', async () => {
    const rewrite = (idx: number, keepHash: boolean) => async (db: Database) => {
      const bytes = Buffer.from(`{"t":"case","ref":"forged${idx}"}`);
      const row = keepHash ? { bytes } : { bytes, hash: Buffer.from(leafHash(bytes)) };
      await db.updateTable('evidence_leaf').set(row).where('idx', '=', idx).execute();
    };
    const { size } = await makeCheckpoint(deps);
    expect(await tampered(rewrite(300, true))).toEqual(['changed leaf 300']);
    expect(await tampered(rewrite(301, false))).toEqual(['changed leaf 301']);
    expect(await tampered(rewrite(size - 1, false))).toEqual([`changed leaf ${size - 1}`]);
  });

  it('deleted, inserted and swapped rows are named', async () => {
    const { size } = await makeCheckpoint(deps);
    expect(await tampered((db) => db.deleteFrom('evidence_leaf').where('idx', '=', 17).execute())).toEqual([
      'deleted leaf 17',
    ]);
    const forged = Buffer.from('{}');
    const row = { idx: size, known_at: clock.now(), bytes: forged, hash: Buffer.from(leafHash(forged)) };
    expect(await tampered((db) => db.insertInto('evidence_leaf').values(row).execute())).toEqual([
      `inserted leaf ${size}`,
    ]);
    const swap = async (db: Database) => {
      const rows = await db
        .selectFrom('evidence_leaf')
        .selectAll()
        .where('idx', 'in', [5, 600])
        .orderBy('idx')
        .execute();
      for (const [i, idx] of [600, 5].entries())
        await db
          .updateTable('evidence_leaf')
          .set({ bytes: rows[i]?.bytes as Buffer, hash: rows[i]?.hash as Buffer })
          .where('idx', '=', idx)
          .execute();
    };
    expect(await tampered(swap)).toEqual(['swapped leaf 5', 'swapped leaf 600']);
  });

  it('a changed head, and a rewrite of rows and edge together, do not pass', async () => {
    const last = await owner
      .selectFrom('evidence_checkpoint')
      .selectAll()
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const note = last.note.replace(/\n(\d+)\n/, (_, n: string) => `\n${Number(n) + 1}\n`);
    expect(
      await tampered((db) =>
        db.updateTable('evidence_checkpoint').set({ note }).where('size', '=', last.size).execute(),
      ),
    ).toEqual([`head-signature head of size ${last.size}`]);
    const bytes = Buffer.from('{"forged":1}');
    const both = async (db: Database) => {
      await db
        .updateTable('evidence_leaf')
        .set({ bytes, hash: Buffer.from(leafHash(bytes)) })
        .where('idx', '=', last.size - 1)
        .execute();
      const tail = Buffer.concat([last.tail.subarray(0, -32), leafHash(bytes)]);
      await db.updateTable('evidence_checkpoint').set({ tail }).where('size', '=', last.size).execute();
    };
    expect(await tampered(both)).toEqual([`head-root head of size ${last.size}`]);
  });

  it('a flipped byte in any sealed file is found and named; nothing is repaired', async () => {
    const row = await owner.selectFrom('evidence_tile').selectAll().where('tile', '=', 2).executeTakeFirstOrThrow();
    for (const [sha, name] of [
      [row.tile_sha, 'tile 0/2'],
      [row.bundle_sha as string, 'entries 2'],
    ] as const) {
      const file = join(folder, 'blobs', sha.slice(0, 2), sha);
      const good = readFileSync(file);
      const bad = Buffer.from(good);
      bad.writeUInt8(bad.readUInt8(100) ^ 1, 100);
      writeFileSync(file, bad);
      expect((await checkLog(deps)).findings.map((f) => `${f.kind} ${f.where}`)).toEqual([`sealed-file ${name}`]);
      writeFileSync(file, good);
    }
  });

  it('frame bodies are compared with the digests their leaves fixed', async () => {
    const sha256 = 'a'.repeat(64);
    const [frame] = await transact(t.db, (tx) => appendLeaves(tx, clock, [{ t: 'frame', ref: 'f1', sha256 }]));
    const check = (found: { leaf: number; sha256: string }[]) =>
      checkLog(deps, { frameDigests: async (from, to) => found.filter((one) => one.leaf >= from && one.leaf < to) });
    const leafNo = frame as number;
    expect((await check([{ leaf: leafNo, sha256 }])).ok).toBe(true);
    expect((await check([{ leaf: leafNo, sha256: 'b'.repeat(64) }])).findings).toMatchObject([
      { kind: 'body-changed', leaf: leafNo },
    ]);
    expect((await check([])).findings).toMatchObject([{ kind: 'body-missing', leaf: leafNo }]);
    expect(
      (
        await check([
          { leaf: leafNo, sha256 },
          { leaf: 3, sha256 },
        ])
      ).findings,
    ).toMatchObject([{ kind: 'body-unknown', leaf: 3 }]);
  });

  it('the start refuses a log cut short, a changed right edge and a changed young row (sec:X17)', async () => {
    await append(t.db, 7_000, 5);
    const { size } = await makeCheckpoint(deps);
    await append(t.db, 7_100, 5);
    const refusedAfter = async (change: (db: Database) => Promise<unknown>) => {
      let result: unknown;
      await owner
        .transaction()
        .execute(async (tx) => {
          await change(tx);
          result = await checkAtStart({ ...deps, db: tx });
          throw new Error('undo');
        })
        .catch(() => undefined);
      expect(result).toMatchObject({ ok: false, code: 'EVID-005' });
    };
    await refusedAfter((db) =>
      db
        .deleteFrom('evidence_leaf')
        .where('idx', '>=', size - 2)
        .execute(),
    );
    await refusedAfter(async (db) => {
      await db
        .deleteFrom('evidence_leaf')
        .where('idx', '>=', size - 2)
        .execute();
      await db
        .updateTable('evidence_log')
        .set({ next_index: size - 2 })
        .execute();
    });
    const bytes = Buffer.from('{"forged":1}');
    await refusedAfter((db) =>
      db
        .updateTable('evidence_leaf')
        .set({ bytes, hash: Buffer.from(leafHash(bytes)) })
        .where('idx', '=', size - 1)
        .execute(),
    );
    await refusedAfter((db) =>
      db
        .updateTable('evidence_leaf')
        .set({ bytes })
        .where('idx', '=', size + 2)
        .execute(),
    );
    const other = { ...deps, keys: loadLogKeys(join(folder, 'other'), 'x', {}) };
    expect(await checkAtStart(other)).toMatchObject({ code: 'EVID-005' });
    expect(await checkAtStart(deps)).toMatchObject({ ok: true });
  });

  it('no new head is signed over a tree that no longer leads to the last one', async () => {
    await append(t.db, 8_000, 1);
    const bytes = Buffer.from('{"forged":1}');
    await owner
      .transaction()
      .execute(async (tx) => {
        await tx
          .updateTable('evidence_tile')
          .set({ root: Buffer.from(leafHash(bytes)) })
          .where('tile', '=', 1)
          .execute();
        await expect(makeCheckpointIn(tx)).rejects.toThrow(/no new head is signed/);
        throw new Error('undo');
      })
      .catch((error: Error) => expect(error.message).toBe('undo'));
    async function makeCheckpointIn(tx: Database): Promise<unknown> {
      // A nested transaction is not possible; the maker runs its work on the connection it is given.
      const inner = Object.assign(Object.create(tx) as Database, {
        transaction: () => ({ execute: (work: (x: Database) => unknown) => work(tx) }),
      });
      return makeCheckpoint({ ...deps, db: inner });
    }
  });
});
