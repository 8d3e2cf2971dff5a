import { createHmac } from 'node:crypto';

const BITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code an authenticator app shows now (RFC 6238, written from the text again: it must not share a mistake), or `off` steps away. */
export function hotpOf(secret: string, off = 0, now = Date.now()): string {
  const bits = [...secret].map((letter) => BITS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Math.floor(now / 30_000) + off;
  const mac = createHmac('sha1', key).update(Buffer.from(step.toString(16).padStart(16, '0'), 'hex')).digest();
  const at = (mac[19] as number) & 15;
  const number = (((mac[at] as number) & 127) << 24) | ((mac[at + 1] as number) << 16) | ((mac[at + 2] as number) << 8) | (mac[at + 3] as number);
  return String(number % 1_000_000).padStart(6, '0');
}
