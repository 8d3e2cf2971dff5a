import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cosignedMessage,
  emptyRoot,
  entriesPathOf,
  leafHash,
  nodeHash,
  openNote,
  parsePolicy,
  parseVkey,
  quorumMet,
  readCheckpoint,
  readTlogProof,
  rootOf,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  writeCheckpoint,
  type Policy,
} from '#evidence/log';

const FOLDER = join(import.meta.dirname, '../../../shared/corpus/merkle');
const absent = !existsSync(FOLDER) && process.env['CI'] !== 'true';
if (absent) console.warn('merkle corpus not found: conformance tests skipped');

const read = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;
const b64 = (text: string): Buffer => Buffer.from(text, 'base64');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

interface Tree {
  leafInputsHex: string[];
  rootsBySizeHex: Record<string, string>;
  nodeHashesHex: Record<string, string[]>;
  single: { hex: string }[];
}

describe.skipIf(absent)('[NX-3.1c] Merkle corpus (ev:E01)', () => {
  it('tree.json: leaf hashes, inner nodes and the root of each size', () => {
    const tree = read<Tree>('tree.json');
    const leaves = tree.leafInputsHex.map((text) => leafHash(Buffer.from(text, 'hex')));
    for (const [size, root] of Object.entries(tree.rootsBySizeHex))
      expect(hex(rootOf(leaves.slice(0, Number(size))))).toBe(root);
    let row = leaves;
    for (const level of Object.keys(tree.nodeHashesHex).sort()) {
      expect(row.map(hex)).toEqual(tree.nodeHashesHex[level]);
      row = Array.from({ length: row.length >> 1 }, (_, i) => nodeHash(row[2 * i] as Buffer, row[2 * i + 1] as Buffer));
    }
    const single = [
      emptyRoot(),
      leafHash(Buffer.alloc(0)),
      leafHash(Buffer.from('L123456')),
      nodeHash(Buffer.from('N123'), Buffer.from('N456')),
    ];
    expect(single.map(hex)).toEqual(tree.single.map((one) => one.hex));
  });

  it('inclusion.json: every probe gets its verdict', () => {
    type Probe = {
      source: string;
      leafIdx: string;
      treeSize: string;
      root: string;
      leafHash: string;
      proof: string[] | null;
      wantErr: boolean;
    };
    for (const p of read<Probe[]>('inclusion.json')) {
      const path = (p.proof ?? []).map(b64);
      const held = verifyInclusion(
        BigInt(p.leafIdx),
        BigInt(p.treeSize),
        b64(p.leafHash ?? ''),
        path,
        b64(p.root ?? ''),
      );
      expect([p.source, held]).toEqual([p.source, !p.wantErr]);
    }
  });

  it('consistency.json: every probe gets its verdict', () => {
    type Probe = {
      source: string;
      size1: string;
      size2: string;
      root1: string;
      root2: string;
      proof: string[] | null;
      wantErr: boolean;
    };
    for (const p of read<Probe[]>('consistency.json')) {
      const path = (p.proof ?? []).map(b64);
      const held = verifyConsistency(BigInt(p.size1), BigInt(p.size2), b64(p.root1 ?? ''), b64(p.root2 ?? ''), path);
      expect([p.source, held]).toEqual([p.source, !p.wantErr]);
    }
  });

  it('notes.json, verifier-keys.json, checkpoint-bodies.json', () => {
    type Note = { what: string; vkeys: string[]; note: string; accept: boolean; verified?: string[] };
    for (const n of read<Note[]>('notes.json')) {
      const opened = openNote(
        n.note,
        n.vkeys.map((key) => parseVkey(key)).filter((key) => key !== undefined),
      );
      expect([n.what, opened.ok]).toEqual([n.what, n.accept]);
      if (opened.ok) expect(opened.verified.map((line) => line.by.name)).toEqual(n.verified);
    }
    for (const k of read<{ vkey: string; accept: boolean }[]>('verifier-keys.json'))
      expect([k.vkey, parseVkey(k.vkey) !== undefined]).toEqual([k.vkey, k.accept]);
    for (const c of read<{ body: string; accept: boolean | null }[]>('checkpoint-bodies.json'))
      if (c.accept !== null) expect([c.body, readCheckpoint(c.body) !== undefined]).toEqual([c.body, c.accept]);
  });

  it('tlog-proof-syntax.json and tile-paths.json', () => {
    for (const p of read<{ what: string; text: string; accept: boolean }[]>('tlog-proof-syntax.json'))
      expect([p.what, readTlogProof(p.text) !== undefined]).toEqual([p.what, p.accept]);
    type Paths = {
      entries: { seq: string; logSize: string; path: string }[];
      tiles: { level: number; index: string; partial: number; path: string }[];
    };
    const paths = read<Paths>('tile-paths.json');
    for (const e of paths.entries) expect(entriesPathOf(BigInt(e.seq), BigInt(e.logSize))).toBe(e.path);
    for (const t of paths.tiles) expect(tilePath(t.level, BigInt(t.index), t.partial)).toBe(t.path);
  });
});

/** Parts of a sigsum proof file: `key=value…` lines. */
function sigsumParts(proof: string) {
  const all = (key: string): string[] =>
    proof
      .split('\n')
      .filter((line) => line.startsWith(`${key}=`))
      .map((line) => line.slice(key.length + 1));
  const one = (key: string): string => all(key)[0] ?? '';
  return { all, one };
}

/** Checks a sigsum proof with our log, cosignature and policy code: log signature, quorum, inclusion of the leaf. */
function sigsumHolds(policy: Policy, proof: string): boolean {
  const { all, one } = sigsumParts(proof);
  const log = policy.logs[0];
  if (log === undefined) return false;
  const keyHash = (rawHex: string): string => createHash('sha256').update(Buffer.from(rawHex, 'hex')).digest('hex');
  const body = writeCheckpoint({
    origin: `sigsum.org/v1/tree/${one('log')}`,
    size: BigInt(one('size')),
    root: Buffer.from(one('root_hash'), 'hex'),
  });
  if (keyHash(log.name) !== one('log') || !log.verify(body, Buffer.from(one('signature'), 'hex'))) return false;
  const cosigned = new Set<string>();
  for (const line of all('cosignature')) {
    const [key = '', time = '0', signature = ''] = line.split(' ');
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(BigInt(time));
    for (const [name, witness] of policy.witnesses) {
      if (keyHash(witness.name) !== key) continue;
      if (!witness.verify(body, Buffer.concat([stamp, Buffer.from(signature, 'hex')]))) return false;
      cosigned.add(name);
    }
  }
  return quorumMet(policy, cosigned);
}

describe.skipIf(absent)('[NX-3.1c] a live log with live witnesses (ev:E06)', () => {
  type Real = { policy: string; proof: string; submitterKeyHex: string; messageUtf8: string };

  it('accepts the real cosignatures under the published policy, and refuses one digit of a time changed', () => {
    const real = read<Real>('sigsum-real-proof.json');
    const policy = parsePolicy(real.policy) as Policy;
    expect(typeof policy).toBe('object');
    expect(policy.witnesses.size).toBe(3);
    expect(sigsumHolds(policy, real.proof)).toBe(true);
    expect(sigsumHolds(policy, real.proof.replaceAll(' 1749045854 ', ' 1749045855 '))).toBe(false);
  });

  it('the logged leaf is the submitter’s signature over the message, and its path leads to the signed root', () => {
    const real = read<Real>('sigsum-real-proof.json');
    const { all, one } = sigsumParts(real.proof);
    const sha = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();
    const [, keyHash = '', signature = ''] = one('leaf').split(' ');
    expect(keyHash).toBe(hex(sha(Buffer.from(real.submitterKeyHex, 'hex'))));
    // Sigsum: message = SHA-256 of the file; checksum = SHA-256(message); the leaf signature covers the checksum.
    const checksum = sha(sha(Buffer.from(real.messageUtf8)));
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(real.submitterKeyHex, 'hex'),
    ]);
    const submitter = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const statement = Buffer.concat([Buffer.from('sigsum.org/v1/tree-leaf\0'), checksum]);
    expect(verify(null, statement, submitter, Buffer.from(signature, 'hex'))).toBe(true);
    const leaf = Buffer.concat([checksum, Buffer.from(signature, 'hex'), Buffer.from(keyHash, 'hex')]);
    const path = all('node_hash').map((text) => Buffer.from(text, 'hex'));
    const root = Buffer.from(one('root_hash'), 'hex');
    expect(verifyInclusion(BigInt(one('leaf_index')), BigInt(one('size')), leafHash(leaf), path, root)).toBe(true);
    expect(verifyInclusion(BigInt(one('leaf_index')) - 1n, BigInt(one('size')), leafHash(leaf), path, root)).toBe(
      false,
    );
  });

  it('cosigned message has the form of tlog-cosignature', () => {
    expect(cosignedMessage(7n, 'o\n1\nAA\n')).toBe('cosignature/v1\ntime 7\no\n1\nAA\n');
  });
});
