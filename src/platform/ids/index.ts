import { randomBytes } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * A new identifier `<prefix>_<time><random>`: sortable by creation, not guessable (100 random bits),
 * safe in a path, a file name and a spreadsheet cell.
 */
export function newId(prefix: string): string {
  let time = Date.now();
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
