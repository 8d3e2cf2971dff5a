import { sm2 } from 'sm-crypto-v2';

/*
 * SM2 by GB/T 32918 with the customary signer id. Never through node:crypto: Node leaves the id out, so that its
 * signatures verify nowhere else (nodejs/node#53761).
 */

/** Marks our use of the "other" key type 0xff in a signed note. */
export const SM2_IDENTIFIER = 'mingjian/sm2-sm3';
export const SM2_PUBLIC_BYTES = 65;

const USER_ID = '1234567812345678';
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

type Point = ReturnType<typeof sm2.precomputePublicKey>;
const tables = new Map<string, { uses: number; point?: Point }>();
const WORTHWHILE = 64;

/**
 * Tables for a key make each check four times faster but take a hundred checks' time to build: for the audit, which
 * checks thousands of heads under one key, not for a package with two.
 */
function keyFor(publicKey: string): string | Point {
  const entry = tables.get(publicKey) ?? { uses: 0 };
  if (tables.size < 16) tables.set(publicKey, entry);
  entry.uses += 1;
  if (entry.uses < WORTHWHILE) return publicKey;
  return (entry.point ??= sm2.precomputePublicKey(publicKey));
}

/** Is this a DER SM2 signature over the message (SM3, default id)? Malformed signatures and points are false, not errors. */
export function sm2Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return sm2.doVerifySignature(message, hex(signature), keyFor(hex(publicKey)), {
      der: true,
      hash: true,
      userId: USER_ID,
    });
  } catch {
    return false; // the library throws on points off the curve and on r, s out of range
  }
}

/** A signing function for a 32-byte private key, with its 65-byte public key. */
export function sm2Sign(secret: Uint8Array): { publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array } {
  const publicKey = sm2.getPublicKeyFromPrivateKey(hex(secret));
  return {
    publicKey: Buffer.from(publicKey, 'hex'),
    sign: (message) =>
      Buffer.from(sm2.doSignature(message, hex(secret), { der: true, hash: true, publicKey, userId: USER_ID }), 'hex'),
  };
}
