import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 2¹⁴ × 8 × 1: 16 MB and some 40 ms a try (OWASP floor for scrypt would be 2¹⁷; sign-in shares two cores with ingest). */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const KEY_BYTES = 32;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((done, fail) =>
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => (error ? fail(error) : done(key))),
  );

/** `scrypt$N$r$p$salt$key`, so that the cost can be raised later without breaking old rows. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Salt and key of nobody: a name that does not exist costs the same time as a wrong password. */
const NOBODY = `scrypt$16384$8$1$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/** Constant work whether or not there is an account (no user enumeration). */
export async function passwordMatches(password: string, stored: string | undefined): Promise<boolean> {
  const [, , , , salt = '', key = ''] = (stored ?? NOBODY).split('$');
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'));
  return actual.length === expected.length && timingSafeEqual(actual, expected) && stored !== undefined;
}

const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** A secret a person can read out and type, five random bits a letter, in groups of four: `xxxx-xxxx-xxxx`. */
export const readableSecret = (letters: number): string => [...randomBytes(letters)].map((byte) => LETTERS[byte % 32]).join('').replace(/(.{4})(?=.)/g, '$1-');
