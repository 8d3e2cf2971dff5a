import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a secret of the `keys` folder; where there is none, makes it so that two starters end up with the same one. Throws when others may read it. */
export function secretFile(dataDir: string, name: string, make: () => string): string {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, name);
  try {
    return privateText(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, `${make()}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary);
  }
  return privateText(file);
}

function privateText(file: string): string {
  if ((statSync(file).mode & 0o077) !== 0) throw new Error(`${file} may be read by others: chmod 600`);
  return readFileSync(file, 'utf8');
}

/** Seals small secrets for the database, so that a copy of a table gives none away. */
export interface SecretBox {
  /** @param owner bound into the seal: a row moved to another owner does not open */
  seal(plain: Uint8Array, owner: string): string;
  /** Throws when the seal is broken or belongs to another owner. */
  open(sealed: string, owner: string): Uint8Array;
}

const [NONCE, TAG] = [12, 16] as const;

/** AES-256-GCM under a key of 32 bytes (NIST SP 800-38D); the nonce stands before, the tag after the text. */
export function secretBox(key: Uint8Array): SecretBox {
  if (key.length !== 32) throw new Error('a sealing key has 32 bytes');
  return {
    seal(plain, owner) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(sealed, owner) {
      const bytes = Buffer.from(sealed, 'base64url');
      const cipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(owner));
      cipher.setAuthTag(bytes.subarray(bytes.length - TAG));
      return Buffer.concat([cipher.update(bytes.subarray(NONCE, bytes.length - TAG)), cipher.final()]);
    },
  };
}

/** The box of an installation: key from `<dataDir>/keys` (mode 0600) or from the environment where a key store puts it. */
export function openSecretBox(dataDir: string, name: string, given: string | undefined): SecretBox {
  const text = given ?? secretFile(dataDir, name, () => randomBytes(32).toString('base64url'));
  return secretBox(Buffer.from(text.trim(), 'base64url'));
}

/** The box of an installation, opened at first use: one that seals nothing needs no key. */
export function lazyBox(dataDir: string | undefined, name: string, variable: string): () => SecretBox {
  let box: SecretBox | undefined;
  return () => {
    if (box !== undefined) return box;
    if (dataDir === undefined) throw new Error(`no data folder for ${name}`);
    box = openSecretBox(dataDir, name, process.env[variable]);
    return box;
  };
}
