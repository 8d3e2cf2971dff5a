/**
 * Checks the proof of one record in the reader's own browser: C2SP tlog-proof, RFC 6962 hashes, Ed25519 checkpoint
 * signature. Written apart from the server's verifier on purpose: who checks need not run the code of the one checked.
 */
export interface ProofCheck {
  readonly index: bigint;
  /** Hash of the record, hex, and how many siblings lead from it to the root. */
  readonly leafHash: string;
  readonly steps: number;
  readonly origin: string;
  readonly size: bigint;
  readonly root: string;
  /** The path from the record's hash ends in the checkpoint's root. */
  readonly included: boolean;
  /** The checkpoint carries a good Ed25519 signature of one of the given keys; undefined when none of them signed. */
  readonly signed: boolean | undefined;
  /** Names that signed the checkpoint beside the log itself: witnesses, whose keys are not known here. */
  readonly witnesses: number;
  /** Fingerprint of the key that signed, as its line names it; to be held against another source. */
  readonly keyId: string | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

export class UnreadableProof extends Error {}

const utf8 = new TextEncoder();

function bytesOf(base64: string): Bytes {
  try {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  } catch {
    throw new UnreadableProof('base64');
  }
}

const join = (...parts: readonly Uint8Array[]): Bytes => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

export const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const fromHex = (hex: string): Bytes => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const equal = (a: Uint8Array, b: Uint8Array): boolean => hexOf(a) === hexOf(b);

const sha256 = async (bytes: Bytes): Promise<Bytes> => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** SHA-256 of a file, hex. */
export const digestOf = async (file: Bytes): Promise<string> => hexOf(await sha256(file));

/** The record a proof file carries in its `extra` line, where it carries one. */
export function recordIn(proof: string): string | undefined {
  const encoded = /^extra (\S+)$/m.exec(proof.slice(0, Math.max(0, proof.indexOf('\n\n'))))?.[1];
  return encoded === undefined ? undefined : new TextDecoder().decode(bytesOf(encoded));
}

/** RFC 6962 leaf hash of a record's exact text. */
export const leafHashOf = async (text: string): Promise<string> => hexOf(await sha256(join(Uint8Array.of(0), utf8.encode(text))));

/** RFC 9162 §2.1.3.2: the root the path leads to; undefined when it cannot belong to this index and size. */
async function rootOf(index: bigint, size: bigint, leaf: Bytes, path: readonly Bytes[]): Promise<Bytes | undefined> {
  if (index >= size) return undefined;
  let [fn, sn, root] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (sn === 0n) return undefined;
    const fromRight = (fn & 1n) === 1n || fn === sn;
    root = await sha256(join(Uint8Array.of(1), ...(fromRight ? [sibling, root] : [root, sibling])));
    if (fromRight) while ((fn & 1n) === 0n && fn !== 0n) [fn, sn] = [fn >> 1n, sn >> 1n];
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  return sn === 0n ? root : undefined;
}

interface Parsed {
  readonly index: bigint;
  readonly path: readonly Bytes[];
  readonly text: string;
  readonly lines: readonly { readonly name: string; readonly id: string; readonly signature: Bytes }[];
  readonly origin: string;
  readonly size: bigint;
  readonly root: Bytes;
}

function parse(proof: string): Parsed {
  const cut = proof.indexOf('\n\n');
  const head = proof.slice(0, cut).split('\n').filter((line) => !line.startsWith('extra '));
  const index = /^index (0|[1-9]\d*)$/.exec(head[1] ?? '')?.[1];
  const note = proof.slice(cut + 2);
  const end = note.lastIndexOf('\n\n');
  if (cut < 0 || end < 0 || head[0] !== 'c2sp.org/tlog-proof@v1' || index === undefined) throw new UnreadableProof('form');
  const text = note.slice(0, end + 1);
  const [origin = '', size = '', root = ''] = text.split('\n');
  if (!/^(0|[1-9]\d*)$/.test(size)) throw new UnreadableProof('size');
  const lines = note.slice(end + 2).split('\n').filter((line) => line.startsWith('— ')).map((line) => {
    const [, name = '', encoded = ''] = line.split(' ');
    const bytes = bytesOf(encoded);
    return { name, id: hexOf(bytes.subarray(0, 4)), signature: bytes.slice(4) };
  });
  return { index: BigInt(index), path: head.slice(2).map(bytesOf), text, lines, origin, size: BigInt(size), root: bytesOf(root) };
}

const ED25519 = 1;

/** Is the checkpoint signed by one of these keys (`name+id+base64`)? SM2 lines are left to the offline verifier. */
async function signedBy(parsed: Parsed, vkeys: readonly string[]): Promise<boolean | undefined> {
  for (const vkey of vkeys) {
    const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey) ?? [];
    const raw = encoded === undefined ? undefined : bytesOf(encoded);
    const line = parsed.lines.find((each) => each.name === name && each.id === id);
    if (raw === undefined || raw[0] !== ED25519 || line === undefined) continue;
    const own = (await sha256(join(utf8.encode(`${name}\n`), raw))).subarray(0, 4);
    if (hexOf(own) !== id) continue;
    const key = await crypto.subtle.importKey('raw', raw.slice(1), 'Ed25519', false, ['verify']);
    return crypto.subtle.verify('Ed25519', key, line.signature, utf8.encode(parsed.text));
  }
  return undefined;
}

/**
 * Checks a record's hash (hex) against its proof file and the log's published keys.
 *
 * @throws UnreadableProof when the file is no tlog-proof
 */
export async function checkProof(proof: string, leafHash: string, vkeys: readonly string[]): Promise<ProofCheck> {
  const parsed = parse(proof);
  const found = await rootOf(parsed.index, parsed.size, fromHex(leafHash), parsed.path);
  const own = parsed.lines.find(({ name, id }) => vkeys.some((vkey) => vkey.startsWith(`${name}+${id}+`)));
  return {
    index: parsed.index, leafHash, steps: parsed.path.length, origin: parsed.origin, size: parsed.size, root: hexOf(parsed.root),
    included: found !== undefined && equal(found, parsed.root), signed: await signedBy(parsed, vkeys),
    witnesses: new Set(parsed.lines.filter(({ name }) => name !== parsed.origin).map(({ name }) => name)).size, keyId: own === undefined ? undefined : `${own.name}+${own.id}`,
  };
}
