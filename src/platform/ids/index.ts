import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Of the newest identifier, ms. */
let newest = 0;

/**
 * A new identifier `<prefix>_<time><random>`: sortable by creation, not guessable (100 random bits),
 * safe in a path, a file name and a spreadsheet cell. Within a process no two bear the same millisecond, so that what was done in one stays in its order.
 */
export function newId(prefix: string): string {
  newest = Math.max(Date.now(), newest + 1);
  let time = newest;
  let head = '';
  for (let i = 0; i < 9; i++) {
    head = ALPHABET[time % 32] + head;
    time = Math.floor(time / 32);
  }
  const tail = [...randomBytes(20)].map((byte) => ALPHABET[byte % 32]).join('');
  return `${prefix}_${head}${tail}`;
}

/** An unguessable token, e.g. of a session: 256 random bits in base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');
