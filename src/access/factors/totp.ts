import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '#kernel';

/** Seconds a code lives, digits it has, and steps a clock may be off either way (RFC 6238 5.2). */
export const TOTP = { period: 30, digits: 6, drift: 1 } as const;

/**
 * One-time password of a counter (RFC 4226).
 *
 * @param counter a whole number below 2⁵³
 */
export function hotp(secret: Uint8Array, counter: number, digits: number = TOTP.digits, hash: 'sha1' | 'sha256' | 'sha512' = 'sha1'): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(hash, secret).update(message).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The 30-second step a moment lies in, counted from 1970 (RFC 6238 4.2). */
export const stepAt = (at: Instant): number => Math.floor(at / 1000 / TOTP.period);

const same = (a: string, b: string): boolean => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The step a code belongs to, within the allowed drift; undefined when it belongs to none. */
export function stepOfCode(secret: Uint8Array, code: string, at: Instant): number | undefined {
  const now = stepAt(at);
  const steps = Array.from({ length: 2 * TOTP.drift + 1 }, (_, k) => now - TOTP.drift + k);
  // Every step is compared, whichever fits: the time taken tells nothing.
  return steps.filter((step) => same(hotp(secret, step), code)).at(-1);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base32 without padding (RFC 4648 6), as authenticator apps read it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** What an authenticator app reads from the picture (Google's key URI format). */
export function totpUri(issuer: string, login: string, secret: Uint8Array): string {
  const query = new URLSearchParams({ secret: base32(secret), issuer, algorithm: 'SHA1', digits: String(TOTP.digits), period: String(TOTP.period) });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(login)}?${query.toString()}`;
}
