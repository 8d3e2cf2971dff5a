import { newSecret, parseSecret, signNote, type NoteSigner } from '#evidence/log';
import type { BuiltPackage } from '#evidence';
import type { CheckId } from '#evidence/verify';
import { pack, remake, unpack } from '../../src/evidence/package/forge-package.ts';

export interface Tampering {
  readonly what: string;
  readonly tamper: (built: BuiltPackage) => Uint8Array;
  /** The check that must name it. */
  readonly check: CheckId;
  readonly where: RegExp;
}

type Files = Map<string, Uint8Array>;

const firstOf = (files: Files, pattern: RegExp, skip = 0): string => {
  const found = [...files.keys()].filter((path) => pattern.test(path)).sort()[skip];
  if (found === undefined) throw new Error(`the package holds nothing like ${pattern.source}`);
  return found;
};

const bytesOf = (files: Files, path: string): Uint8Array => files.get(path) ?? new Uint8Array();

function flip(files: Files, path: string): void {
  const bytes = Buffer.from(bytesOf(files, path));
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 0x01;
  files.set(path, bytes);
}

function swap(files: Files, a: string, b: string): void {
  const held = bytesOf(files, a);
  files.set(a, bytesOf(files, b));
  files.set(b, held);
}

const changed = (change: (files: Files, name: string) => Files | void) => (built: BuiltPackage): Uint8Array => {
  const files = unpack(built.name, built.zip);
  return pack(built.name, change(files, built.name) ?? files);
};

/** A forger's own key; he can sign anything with it, only not in the name of the log. */
function forger(): NoteSigner {
  const signer = parseSecret(newSecret('ed25519', 'forger.example/evidence/2026a'));
  if (signer === undefined) throw new Error('no key');
  return signer;
}

const FRAMES = /^data\/frames\/raw\//;
const LEAF = /^log\/(leaves|range)\//;
const NOTE = /^log\/checkpoints\/.*\.note$/;
const PROOF = /^log\/proofs\//;

/** One frame's value raised by one, the sums made again: the bytes are plausible, only nobody ever received them. */
function rewriteFrame(files: Files, name: string): Files {
  const path = firstOf(files, FRAMES);
  const text = Buffer.from(bytesOf(files, path)).toString('latin1');
  files.set(path, Buffer.from(text.replace(/(a34013-(?:Avg|Rtd)=)(\d)/, (_all, key: string, digit: string) => `${key}${digit === '9' ? '8' : Number(digit) + 1}`), 'latin1'));
  return remake(name, files);
}

function foreignHead(files: Files, name: string): Files {
  const path = firstOf(files, NOTE);
  const text = Buffer.from(bytesOf(files, path)).toString().split('\n\n')[0] ?? '';
  files.set(path, Buffer.from(signNote(`${text}\n`, [forger()])));
  return remake(name, files);
}

function otherHead(files: Files, name: string): Files {
  const path = firstOf(files, NOTE);
  const lines = Buffer.from(bytesOf(files, path)).toString().split('\n');
  lines[2] = Buffer.alloc(32, 7).toString('base64');
  files.set(path, Buffer.from(lines.join('\n')));
  return remake(name, files);
}

/** Ten copies of one package, each touched in one way, with the check that must refuse it and the place it must name. */
export const TAMPERED: readonly Tampering[] = [
  { what: 'a byte in a frame', check: 'bagit', where: FRAMES, tamper: changed((files) => flip(files, firstOf(files, FRAMES))) },
  { what: 'a byte in a document', check: 'bagit', where: /^data\/documents\//, tamper: changed((files) => flip(files, firstOf(files, /^data\/documents\/.*\.pdf$/))) },
  { what: 'a byte in a leaf', check: 'bagit', where: LEAF, tamper: changed((files) => flip(files, firstOf(files, LEAF))) },
  { what: 'a file removed', check: 'bagit', where: /^data\/reviews\//, tamper: changed((files) => void files.delete(firstOf(files, /^data\/reviews\//))) },
  { what: 'a file added', check: 'bagit', where: /^data\/documents\/extra\.pdf/, tamper: changed((files) => void files.set('data/documents/extra.pdf', Buffer.from('%PDF-1.4'))) },
  {
    what: 'a file renamed', check: 'bagit', where: /^data\/documents\//,
    tamper: changed((files) => {
      const path = firstOf(files, /^data\/documents\//);
      files.set(path.replace('.pdf', '-2.pdf'), bytesOf(files, path));
      files.delete(path);
    }),
  },
  { what: 'a frame rewritten and every sum made again', check: 'frames', where: /data\/frames\/raw\//, tamper: changed(rewriteFrame) },
  { what: 'signed with another key', check: 'policy', where: NOTE, tamper: changed(foreignHead) },
  { what: 'the checkpoint replaced', check: 'policy', where: NOTE, tamper: changed(otherHead) },
  {
    what: 'a proof replaced', check: 'proofs', where: /^log\/(proofs|leaves)\//,
    tamper: changed((files, name) => {
      swap(files, firstOf(files, PROOF), firstOf(files, PROOF, 1));
      return remake(name, files);
    }),
  },
];
