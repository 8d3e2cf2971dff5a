import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify, type KeyObject } from 'node:crypto';
import { SM2_IDENTIFIER, sm2Sign, sm2Verify, SM2_PUBLIC_BYTES } from './sm2.ts';

/** Algorithms of C2SP signed-note key types. */
export type KeyKind = 'ed25519' | 'cosignature' | 'sm2';

/** One who can check signature lines of one key. */
export interface NoteVerifier {
  readonly kind: KeyKind;
  readonly name: string;
  /** Four bytes, hex. */
  readonly keyId: string;
  readonly vkey: string;
  verify(text: string, signature: Uint8Array): boolean;
}

/** One who can add a signature line; the key itself stays inside. */
export interface NoteSigner {
  readonly verifier: NoteVerifier;
  sign(text: string): Uint8Array;
}

const ED25519 = 0x01;
const COSIGNATURE = 0x04;
const OTHER = 0xff;
const ED25519_BYTES = 32;
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Key names are non-empty and hold neither spaces nor plus signs (signed-note v1.0.0). */
export const isKeyName = (name: string): boolean => name !== '' && !/[\s+\p{Cc}]/u.test(name) && name.isWellFormed();

/** Strict base64: what does not come out the same when written again is refused. */
export function fromBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** Standard base64. */
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const keyIdOf = (name: string, key: Uint8Array): string =>
  createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4).toString('hex');

const vkeyOf = (name: string, key: Uint8Array): string => `${name}+${keyIdOf(name, key)}+${toBase64(key)}`;

const publicKey = (raw: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' });

/** The message a witness signs (C2SP tlog-cosignature): its time, then the whole checkpoint text. */
export const cosignedMessage = (time: bigint, text: string): string => `cosignature/v1\ntime ${time}\n${text}`;

/** Time a cosignature line states, in seconds since the epoch; undefined when the line is too short. */
export const cosignatureTime = (signature: Uint8Array): bigint | undefined =>
  signature.length === 72 ? Buffer.from(signature).readBigUInt64BE(0) : undefined;

function checker(kind: KeyKind, raw: Uint8Array): NoteVerifier['verify'] {
  if (kind === 'sm2') return (text, signature) => sm2Verify(raw, Buffer.from(text), signature);
  const key = publicKey(raw);
  if (kind === 'ed25519')
    return (text, signature) => signature.length === 64 && verify(null, Buffer.from(text), key, signature);
  return (text, signature) => {
    const time = cosignatureTime(signature);
    return time !== undefined && verify(null, Buffer.from(cosignedMessage(time, text)), key, signature.subarray(8));
  };
}

function verifierOf(kind: KeyKind, name: string, raw: Uint8Array, tagged: Uint8Array): NoteVerifier {
  return { kind, name, keyId: keyIdOf(name, tagged), vkey: vkeyOf(name, tagged), verify: checker(kind, raw) };
}

const tagEd = (type: number, raw: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(type), raw]);
const tagSm2 = (raw: Uint8Array): Uint8Array => Buffer.concat([Uint8Array.of(OTHER), Buffer.from(SM2_IDENTIFIER), raw]);

/** A bare Ed25519 key under a name; used for keys that were published as hex. */
export const ed25519Verifier = (
  name: string,
  raw: Uint8Array,
  kind: 'ed25519' | 'cosignature' = 'ed25519',
): NoteVerifier => verifierOf(kind, name, raw, tagEd(kind === 'ed25519' ? ED25519 : COSIGNATURE, raw));

/** Reads `name+id+base64(type ‖ key)`; undefined when malformed, of a type we do not know, or with an id that does not fit. */
export function parseVkey(vkey: string): NoteVerifier | undefined {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(vkey);
  const [, name = '', id = '', encoded = ''] = match ?? [];
  const key = fromBase64(encoded);
  if (match === null || !isKeyName(name) || key === undefined || key.length < 2 || keyIdOf(name, key) !== id)
    return undefined;
  const raw = key.subarray(1);
  if (key[0] === ED25519) return raw.length === ED25519_BYTES ? verifierOf('ed25519', name, raw, key) : undefined;
  if (key[0] === COSIGNATURE)
    return raw.length === ED25519_BYTES ? verifierOf('cosignature', name, raw, key) : undefined;
  const identifier = Buffer.from(SM2_IDENTIFIER);
  if (key[0] !== OTHER || !identifier.equals(raw.subarray(0, identifier.length))) return undefined;
  const point = raw.subarray(identifier.length);
  return point.length === SM2_PUBLIC_BYTES ? verifierOf('sm2', name, point, key) : undefined;
}

/** Secret form `PRIVATE+KEY+name+id+base64(type ‖ seed)`, as Go's note package writes Ed25519 keys; SM2 keys alike with our type. */
export function newSecret(kind: 'ed25519' | 'sm2', name: string, seed: Uint8Array = randomBytes(32)): string {
  const tagged = kind === 'ed25519' ? tagEd(ED25519, seed) : tagSm2(seed);
  return `PRIVATE+KEY+${name}+${signerOf(kind, name, seed).verifier.keyId}+${toBase64(tagged)}`;
}

function signerOf(kind: 'ed25519' | 'sm2', name: string, seed: Uint8Array): NoteSigner {
  if (kind === 'sm2') {
    const { publicKey: point, sign: signText } = sm2Sign(seed);
    return { verifier: verifierOf('sm2', name, point, tagSm2(point)), sign: (text) => signText(Buffer.from(text)) };
  }
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length);
  return { verifier: ed25519Verifier(name, raw), sign: (text) => sign(null, Buffer.from(text), key) };
}

/** Reads a secret of {@link newSecret}; undefined when malformed or its id does not fit its key. */
export function parseSecret(secret: string): NoteSigner | undefined {
  const match = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(secret.trim());
  const [, name = '', id = '', encoded = ''] = match ?? [];
  const key = fromBase64(encoded);
  if (match === null || key === undefined) return undefined;
  const seed = key.subarray(-32);
  const kind = key.length === 33 && key[0] === ED25519 ? 'ed25519' : key[0] === OTHER ? 'sm2' : undefined;
  if (kind === undefined || seed.length !== 32) return undefined;
  const signer = signerOf(kind, name, seed);
  return signer.verifier.keyId === id ? signer : undefined;
}

/** Signer for a witness: Ed25519 over time and text. The caller gives the time in seconds. */
export function witnessSigner(name: string, seed: Uint8Array, time: () => bigint): NoteSigner {
  const ed = signerOf('ed25519', name, seed);
  const raw = (fromBase64(ed.verifier.vkey.split('+').slice(2).join('+')) as Uint8Array).subarray(1);
  return {
    verifier: ed25519Verifier(name, raw, 'cosignature'),
    sign: (text) => {
      const at = time();
      const stamp = Buffer.alloc(8);
      stamp.writeBigUInt64BE(at);
      return Buffer.concat([stamp, ed.sign(cosignedMessage(at, text))]);
    },
  };
}
