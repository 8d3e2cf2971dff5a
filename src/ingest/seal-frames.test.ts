import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLog, evidenceOf, makeCheckpoint, type EvidenceDeps, type Finding } from '#evidence';
import { HOUR, instant, manualClock, MINUTE } from '#kernel';
import { openBlobs } from '#platform/blobs';
import { readConfig } from '#platform/config';
import { sql } from '#platform/db';
import { testDatabase, type TestDatabase } from '#platform/db/testing';
import { minuteFrame } from './bench-decode.ts';
import { DEFAULT_ENTRY_POLICY, decideEntry } from './decide-entry.ts';
import { directoryOf } from './devices/device-directory.ts';
import { cutBytes } from './hj212/index.ts';
import { packFrames, unpackFrames } from './packed-frames.ts';
import { type JournalFrame, readEverything, readJournal } from './read-journal.ts';
import { readReceived } from './read-received.ts';
import { sealedFrames, sealFrames } from './seal-frames.ts';
import { allBlocks } from './store/frame-blocks.ts';
import { bodyDigests, type JournalRow, rowsAfter } from './store/read-journal.ts';
import { JournalWriter } from './write-batch.ts';

const MN = '010000A8900016F000169DC0';
const START = instant(Date.UTC(2026, 2, 12, 4));
const clock = manualClock(START);
const folder = mkdtempSync(join(tmpdir(), 'sealed-frames-'));
const blobs = openBlobs(join(folder, 'blobs'));
const directory = directoryOf([{ mn: MN, outfalls: ['O1'], role: 'data' }]);
let test: TestDatabase;
let evidence: EvidenceDeps;
let minute = 0;

/** `n` frames taken in now, noise among them. */
async function take(n: number, writer = new JournalWriter(test.db, clock, 'GATEWAY')): Promise<void> {
  const bytes = Array.from({ length: n }, (_, i) => (i === 3 ? Buffer.from([0, 255, 13, 10, 0x23, 0xe5]) : minuteFrame(minute++, MN)));
  const entries = bytes.flatMap((one) => cutBytes(one)).map((piece) => {
    const { decoded, device } = readReceived(piece, directory, clock.now());
    return decideEntry({ decoded, receivedAt: clock.now(), conn: 'c1', peer: '10.0.0.1:1' }, { device, rivalPeer: false, imported: false, policy: DEFAULT_ENTRY_POLICY });
  });
  await writer.write(entries);
}
async function checkpoint(): Promise<void> {
  while ((await makeCheckpoint(evidence)).made);
}
const seal = (frames?: number) => sealFrames({ db: test.db, clock, blobs }, frames);
const check = async (with_ = evidence): Promise<readonly Finding[]> =>
  (await checkLog(with_, { frameDigests: (from, to) => bodyDigests(test.db, from, to), sealedFrames: sealedFrames(test.db) })).findings;
async function everything() {
  const pages = [];
  for await (const page of readEverything({ db: test.db, blobs }, directory)) pages.push(page);
  return pages;
}
const fileOf = (sha256: string, root = folder) => join(root, 'blobs', sha256.slice(0, 2), sha256);

beforeAll(async () => {
  test = await testDatabase();
  evidence = evidenceOf({ db: test.db, clock, blobs, config: readConfig({ MINGJIAN_DATA: folder }) });
});
afterAll(async () => {
  await test.drop();
  rmSync(folder, { recursive: true });
});

describe('finished hours of the journal become sealed files', () => {
  it('seals nothing of an hour that runs, nor of one that is not yet under a signed head', async () => {
    expect(await seal()).toBe(0);
    for (let i = 0; i < 6; i++) {
      await take(40);
      clock.advance(5 * MINUTE);
    }
    await checkpoint();
    expect(await seal()).toBe(0);
    clock.advance(HOUR);
    expect(await seal()).toBe(0);
    // The hour is over once the log itself has moved past it.
    await take(25);
    expect(await seal()).toBeGreaterThan(0);
  });

  it('in files that follow one another without a frame between, hour by hour, each no larger than asked', async () => {
    for (let hour = 0; hour < 3; hour++) {
      clock.advance(HOUR);
      for (let i = 0; i < 4; i++) await take(30);
    }
    expect(await seal()).toBe(0);
    await checkpoint();
    while ((await seal(70)) > 0);
    const [blocks, rows] = [await allBlocks(test.db), await rowsAfter(test.db, -1, 5_000)];
    const seqs = rows.map((row) => row.seq);
    for (const [i, block] of blocks.entries()) {
      const own = rows.filter((row) => row.seq >= block.first && row.seq <= block.last);
      expect(own.length).toBe(block.frames);
      expect(Math.floor(block.knownFrom / HOUR)).toBe(Math.floor(block.knownTo / HOUR));
      if (i > 0) {
        expect(block.frames).toBeLessThanOrEqual(70);
        expect(seqs.indexOf(block.first)).toBe(seqs.indexOf(blocks[i - 1]?.last ?? -1) + 1);
      }
    }
    expect(blocks.at(-1)?.knownTo).toBeLessThan(clock.now() - (clock.now() % HOUR));
    expect(await check()).toEqual([]);
  });

  it('a file holds every row with every byte as the journal holds it', async () => {
    const rows = await rowsAfter(test.db, -1, 5_000);
    for (const { first, last, sha256 } of await allBlocks(test.db)) {
      expect(unpackFrames(await blobs.get(sha256))).toEqual(rows.filter((row) => row.seq >= first && row.seq <= last));
    }
    expect(rows.some((row) => row.state === 'NOISE')).toBe(true);
  });

  it('everything ever taken in is read from the files and, after them, from the journal, as from the journal alone', async () => {
    const whole = await readJournal(test.db, directory, -1, 10_000);
    const pages = await everything();
    // Where a frame stood in the buffer it was read from is nothing that came with it.
    const said = (frames: readonly JournalFrame[]) => frames.map(({ row, arrivedAt, message }) => ({ row, arrivedAt, message: message && { ...message, offset: 0, raw: null } }));
    expect(said(pages.flat())).toEqual(said(whole));
    expect(pages.length).toBeGreaterThan((await allBlocks(test.db)).length);
  });

  it('the application can neither change nor take away a record of it', async () => {
    await expect(sql`UPDATE frame_block SET frames = 1`.execute(test.db)).rejects.toThrow(/permission denied/);
    await expect(sql`DELETE FROM frame_block`.execute(test.db)).rejects.toThrow(/permission denied/);
  });

  it('two sealers at once seal nothing twice', async () => {
    clock.advance(HOUR);
    await take(200);
    clock.advance(HOUR);
    await take(1);
    await checkpoint();
    const before = (await allBlocks(test.db)).length;
    const sealed = await Promise.all([seal(), seal(), seal()]);
    expect(sealed.filter((frames) => frames > 0).length).toBe((await allBlocks(test.db)).length - before);
    while ((await seal()) > 0);
    expect(await check()).toEqual([]);
  });
});

describe('the check of the evidence log finds what was done to a sealed file', () => {
  const brief = (findings: readonly Finding[]) => findings.map(({ kind, where }) => ({ kind, where }));

  it('one flipped byte: found, and the file is named; put back, it holds', async () => {
    const [block] = await allBlocks(test.db);
    const { sha256, first, last } = block as NonNullable<typeof block>;
    const bytes = readFileSync(fileOf(sha256));
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(fileOf(sha256), flipped);
    expect(brief(await check())).toEqual([{ kind: 'sealed-file', where: `frames ${first} to ${last}` }]);
    await expect(everything()).rejects.toThrow(/changed on disk/);
    writeFileSync(fileOf(sha256), bytes);
    expect(await check()).toEqual([]);
  });

  it('a database owner who points a record at another file, or takes the record away, is found', async () => {
    const owner = new pg.Client({ connectionString: test.url });
    await owner.connect();
    const [one, two] = await allBlocks(test.db);
    const forged = await blobs.put(packFrames(unpackFrames(await blobs.get(one?.sha256 ?? '')).map((row): JournalRow => ({ ...row, raw: Buffer.from('##0000\r\n') }))));
    await owner.query('BEGIN');
    await owner.query('UPDATE frame_block SET sha256 = $1 WHERE leaf = $2', [forged, one?.leaf]);
    await owner.query('DELETE FROM frame_block WHERE leaf = $1', [two?.leaf]);
    await owner.query('COMMIT');
    expect(brief(await check())).toEqual([{ kind: 'frames-record', where: `frames ${one?.first} to ${one?.last}` }, { kind: 'frames-record', where: `frames ${two?.first} to ${two?.last}` }]);
    await owner.query('UPDATE frame_block SET sha256 = $1 WHERE leaf = $2', [one?.sha256, one?.leaf]);
    await owner.query(`INSERT INTO frame_block VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, [two?.first, two?.last, two?.frames, two?.knownFrom, two?.knownTo, two?.bytes, two?.sha256, two?.leaf, two?.sealedAt]);
    await owner.end();
    expect(await check()).toEqual([]);
  });

  it('a frame changed in the journal before its hour is over is not sealed as if it were the one that came', async () => {
    clock.advance(HOUR);
    await take(10);
    clock.advance(HOUR);
    await take(1);
    await checkpoint();
    const owner = new pg.Client({ connectionString: test.url });
    await owner.connect();
    const { rows } = await owner.query<{ batch: string; n: number; raw: Buffer }>('SELECT batch, n, raw FROM frame_journal ORDER BY batch DESC, n OFFSET 3 LIMIT 1');
    const [row] = rows;
    await owner.query(`UPDATE frame_journal SET raw = raw || '\\x20' WHERE batch = $1 AND n = $2`, [row?.batch, row?.n]);
    const before = (await allBlocks(test.db)).length;
    const all = async () => { while ((await seal()) > 0); };
    await expect(all()).rejects.toThrow(/is not the one its leaf fixed/);
    // The hour before it, and no more.
    expect((await allBlocks(test.db)).length).toBe(before + 1);
    await owner.query('UPDATE frame_journal SET raw = $3 WHERE batch = $1 AND n = $2', [row?.batch, row?.n, row?.raw]);
    await owner.end();
    await all();
    expect(await check()).toEqual([]);
  });

  it('fault:F25 a restored copy holds with the files of the back-up; without them each file that is missing is named', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'restored-'));
    cpSync(folder, copy, { recursive: true });
    const restored = { ...evidence, blobs: openBlobs(join(copy, 'blobs')) };
    expect(await check(restored)).toEqual([]);
    const blocks = await allBlocks(test.db);
    for (const { sha256 } of blocks) unlinkSync(fileOf(sha256, copy));
    expect(brief(await check(restored))).toEqual(blocks.map(({ first, last }) => ({ kind: 'sealed-file', where: `frames ${first} to ${last}` })));
    expect(readdirSync(copy)).toContain('blobs');
    rmSync(copy, { recursive: true });
  });
});

it('packed frames come back as they were, whatever bytes a device sent', () => {
  const row: JournalRow = {
    seq: 0, batch: 1, n: 0, state: 'NOISE', replyState: 'NOT_WANTED', repliedAt: null, relayState: 'NONE', verdict: 'NOISE', marks: ['BACKFILL'], firstLeaf: null, mn: null, st: null,
    cn: null, qn: null, pno: null, pnum: null, edition: null, dataAt: null, receivedAt: 1, knownAt: 2, conn: 'c', peer: '换行\n', raw: Buffer.of(),
  };
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (bodies) => {
    const rows = bodies.map((raw, seq) => ({ ...row, seq, raw: Buffer.from(raw) }));
    expect(unpackFrames(packFrames(rows))).toEqual(rows);
  }));
  expect(() => unpackFrames(Buffer.from('not a file of frames'))).toThrow();
});
