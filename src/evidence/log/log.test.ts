import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addSignature,
  combine,
  consistencyPath,
  fromBase64,
  frontier,
  hashesAt,
  inclusionPath,
  leafHash,
  newSecret,
  nodeHash,
  openCheckpoint,
  openNote,
  parsePolicy,
  parseSecret,
  parseTilePath,
  placeOf,
  readBundle,
  readTile,
  readTlogProof,
  rootOf,
  signNote,
  splitNote,
  tilePath,
  tilesOf,
  TILE_WIDTH,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
  witnessSigner,
  writeBundle,
  writeCheckpoint,
  writeTile,
  writeTlogProof,
  type Hash,
  type NodeReader,
  type NoteSigner,
  type Policy,
} from './index.ts';

/** The definition of RFC 6962 §2.1, slowly: the oracle. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length < 2) return leaves[0] ?? rootOf([]);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

const hashes = (n: number): Hash[] => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));
const readerOver =
  (leaves: readonly Hash[]): NodeReader =>
  async (nodes) =>
    nodes.map(({ level, index }) => naiveRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)));
const flipped = (hash: Hash): Hash => {
  const copy = Buffer.from(hash);
  copy.writeUInt8(copy.readUInt8(7) ^ 0x10, 7);
  return copy;
};

describe('[NX-3.1c] proofs against the naive tree (ev:E02, ev:E15)', () => {
  it('every inclusion and consistency proof of trees up to 40 holds, and fails with one bit flipped', async () => {
    const all = hashes(40);
    for (let size = 1; size <= 40; size += 1) {
      const leaves = all.slice(0, size);
      const root = naiveRoot(leaves);
      expect(rootOf(leaves)).toEqual(root);
      for (let i = 0; i < size; i += 1) {
        const path = await inclusionPath(i, size, readerOver(leaves));
        const check = (p: readonly Hash[]) => verifyInclusion(BigInt(i), BigInt(size), leaves[i] as Hash, p, root);
        expect(check(path)).toBe(true);
        if (path.length > 0) expect(check([...path.slice(0, -1), flipped(path.at(-1) as Hash)])).toBe(false);
        expect(check([...path, root])).toBe(false);
      }
      for (let old = 1; old <= size; old += 1) {
        const path = await consistencyPath(old, size, readerOver(leaves));
        const oldRoot = naiveRoot(leaves.slice(0, old));
        const check = (p: readonly Hash[]) => verifyConsistency(BigInt(old), BigInt(size), oldRoot, root, p);
        expect(check(path)).toBe(true);
        if (path.length > 0) expect(check([flipped(path[0] as Hash), ...path.slice(1)])).toBe(false);
      }
    }
  });

  it('random sizes up to 300: root, inclusion and consistency equal the naive tree', async () => {
    const all = hashes(300);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), async (size, a, b) => {
        const leaves = all.slice(0, size);
        const root = naiveRoot(leaves);
        const [index, old] = [a % size, 1 + (b % size)];
        const read = readerOver(leaves);
        expect(await treeRoot(size, read)).toEqual(root);
        expect(
          verifyInclusion(
            BigInt(index),
            BigInt(size),
            leaves[index] as Hash,
            await inclusionPath(index, size, read),
            root,
          ),
        ).toBe(true);
        const oldRoot = naiveRoot(leaves.slice(0, old));
        expect(
          verifyConsistency(BigInt(old), BigInt(size), oldRoot, root, await consistencyPath(old, size, read)),
        ).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('a first size of 0 is refused', () => {
    expect(verifyConsistency(0n, 1n, rootOf([]), rootOf(hashes(1)), [])).toBe(false);
  });
});

describe('[NX-3.1c] tiles (ev:E03)', () => {
  it('a log of 70,000 leaves has exactly the tiles of the layout, and they give back its root', async () => {
    const leaves = hashes(70_000);
    const listed = tilesOf(leaves.length).map((t) => tilePath(t.level, BigInt(t.tile), t.width));
    expect(listed.filter((path) => path.startsWith('tile/0/'))).toHaveLength(274);
    expect(listed).toContain('tile/0/273.p/112');
    expect(listed).toContain('tile/1/000');
    expect(listed).toContain('tile/1/001.p/17');
    expect(listed).toContain('tile/2/000.p/1');
    expect(listed).toHaveLength(274 + 2 + 1);
    const tiles = new Map<string, Uint8Array>();
    let row: readonly Hash[] = leaves;
    for (let level = 0; row.length > 0; level += 1) {
      expect(row).toHaveLength(hashesAt(level, leaves.length));
      const next: Hash[] = [];
      for (let tile = 0; tile * TILE_WIDTH < row.length; tile += 1) {
        const content = row.slice(tile * TILE_WIDTH, (tile + 1) * TILE_WIDTH);
        tiles.set(`${level}/${tile}`, writeTile(content));
        if (content.length === TILE_WIDTH) next.push(combine(content));
      }
      row = next;
    }
    const read: NodeReader = async (nodes) =>
      nodes.map((node) => {
        const place = placeOf(node);
        const tile = readTile(tiles.get(`${place.level}/${place.tile}`) as Uint8Array) as Hash[];
        return combine(tile.slice(place.offset, place.offset + place.count));
      });
    expect(await treeRoot(leaves.length, read)).toEqual(rootOf(leaves));
  });

  it('paths are read back only when written as the layout writes them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 63 }), fc.nat(), fc.integer({ min: 1, max: 256 }), (level, tile, width) => {
        expect(parseTilePath(tilePath(level, BigInt(tile), width))).toEqual({ level, tile, width });
      }),
    );
    for (const bad of [
      'tile/0/1',
      'tile/0/0001',
      'tile/00/000',
      'tile/64/000',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/0/000.p/007',
      'tile/entries/../000',
    ])
      expect([bad, parseTilePath(bad)]).toEqual([bad, undefined]);
  });

  it('entry bundles keep leaves of any length up to 65,535 and refuse one that ends inside a leaf', () => {
    const leaves = [Buffer.from('{}'), Buffer.alloc(65_535, 7), Buffer.from('x')];
    expect(readBundle(writeBundle(leaves))?.map((leaf) => leaf.length)).toEqual([2, 65_535, 1]);
    expect(readBundle(writeBundle(leaves).subarray(0, -1))).toBeUndefined();
    expect(() => writeBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
  });
});

const signer = (name: string): NoteSigner =>
  parseSecret(newSecret('ed25519', name, Buffer.alloc(32, name.length))) as NoteSigner;
const ORIGIN = 'hb.example.gov.cn/evidence/2026a';

describe('signed notes and checkpoints', () => {
  const body = writeCheckpoint({ origin: ORIGIN, size: 5n, root: rootOf(hashes(5)) });

  it('at most 64 signature lines; sixty-four are accepted', () => {
    const log = signer(ORIGIN);
    const many = (n: number): string =>
      signNote(body, [log, ...Array.from({ length: n - 1 }, (_, i) => signer(`other${i}`))]);
    expect(openNote(many(64), [log.verifier]).ok).toBe(true);
    expect(openNote(many(65), [log.verifier]).ok).toBe(false);
  });

  it('one failing line of a known key fails the note; the same line of an unknown key does not', () => {
    const [log, other] = [signer(ORIGIN), signer('other')];
    const forged = signNote(body, [log]) + signNote('something else\n', [other]).split('\n\n')[1];
    expect(openNote(forged, [log.verifier]).ok).toBe(true);
    expect(openNote(forged, [log.verifier, other.verifier])).toMatchObject({ ok: false, why: 'bad' });
    expect(openNote(forged, [signer('nobody').verifier])).toMatchObject({ ok: false, why: 'unknown-key' });
  });

  it('a quorum of witnesses is asked for by the policy, with the time each stated', () => {
    const log = signer(ORIGIN);
    const witnesses = ['court', 'notary', 'union'].map((name, i) =>
      witnessSigner(`${name}.example`, Buffer.alloc(32, i + 1), () => 1_793_000_000n),
    );
    const [court, notary, union] = witnesses as [NoteSigner, NoteSigner, NoteSigner];
    const lines = [
      `log ${log.verifier.vkey}`,
      ...witnesses.map((w, i) => `witness w${i} ${w.verifier.vkey}`),
      'group g 2 w0 w1 w2',
      'quorum g',
    ];
    const policy = parsePolicy(lines.join('\n')) as Policy;
    const one = addSignature(signNote(body, [log]), court);
    expect(openCheckpoint(one, policy)).toMatchObject({ ok: false, why: 'quorum' });
    const opened = openCheckpoint(addSignature(one, notary), policy);
    expect(opened.ok && [...opened.cosigned]).toEqual([
      ['w0', 1_793_000_000n],
      ['w1', 1_793_000_000n],
    ]);
    const text = splitNote(one)?.text as string;
    const lied = one + signNote(text.replace('\n5\n', '\n6\n'), [union]).split('\n\n')[1];
    expect(openCheckpoint(lied, policy)).toMatchObject({ ok: false, why: 'bad' });
  });

  it('a policy with an unknown member, a name used twice or no log is refused with its line', () => {
    const vkey = signer(ORIGIN).verifier.vkey;
    expect(parsePolicy(`log ${vkey}\ngroup g 1 nobody`)).toMatch(/line 2/);
    expect(parsePolicy(`log ${vkey}\nquorum g`)).toMatch(/line 2/);
    expect(parsePolicy(`log ${vkey}x`)).toMatch(/line 1/);
    expect(parsePolicy('quorum none')).toMatch(/no log key/);
  });

  it('a proof file reads back as written', () => {
    const file = writeTlogProof({
      index: 3n,
      path: hashes(2),
      checkpoint: signNote(body, [signer(ORIGIN)]),
      extra: Buffer.from('x'),
    });
    expect(readTlogProof(file)).toMatchObject({ index: 3n, path: hashes(2), extra: Buffer.from('x') });
  });

  it.skipIf(!existsSync('/usr/bin/openssl'))('openssl verifies the log line over the checkpoint text (ev:E04)', () => {
    const log = signer(ORIGIN);
    const note = splitNote(signNote(body, [log]));
    const raw = (fromBase64(log.verifier.vkey.split('+').slice(2).join('+')) as Uint8Array).subarray(1);
    const pem = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
      format: 'der',
      type: 'spki',
    });
    const folder = mkdtempSync(join(tmpdir(), 'mingjian-note-'));
    try {
      writeFileSync(join(folder, 'key.pem'), pem.export({ format: 'pem', type: 'spki' }));
      writeFileSync(join(folder, 'text'), note?.text ?? '');
      writeFileSync(join(folder, 'sig'), note?.lines[0]?.signature ?? '');
      const args = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', 'text', '-sigfile', 'sig'];
      expect(execFileSync('openssl', args, { cwd: folder, encoding: 'utf8' })).toContain('Verified Successfully');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('frontier', () => {
  it('goes on from a saved right edge as if it had never stopped', () => {
    const leaves = hashes(77);
    const whole = frontier();
    for (const leaf of leaves) whole.push(leaf);
    // 64 + 8 + 4 + 1: the perfect subtrees of 77 leaves
    const edge = [
      rootOf(leaves.slice(0, 64)),
      rootOf(leaves.slice(64, 72)),
      rootOf(leaves.slice(72, 76)),
      leaves[76] as Hash,
    ];
    expect(frontier({ size: 77, edge }).root()).toEqual(whole.root());
  });
});
