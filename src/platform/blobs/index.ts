import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#platform/ids';

/** Files by the SHA-256 of their content: written once, never changed. */
export interface BlobStore {
  /** @returns lower-case hex SHA-256; on return the bytes are on disk. */
  put(bytes: Uint8Array): Promise<string>;
  /** Throws when the blob is missing or its bytes no longer match their name. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): boolean;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Files named by their SHA-256 below a folder, which is made when missing. */
export function openBlobs(folder: string): BlobStore {
  const path = (sha: string) => join(folder, sha.slice(0, 2), sha);
  return {
    async put(bytes) {
      const sha = sha256(bytes);
      if (existsSync(path(sha))) return sha;
      mkdirSync(join(folder, sha.slice(0, 2)), { recursive: true, mode: 0o700 });
      const temporary = join(folder, sha.slice(0, 2), newId('tmp'));
      writeDurably(temporary, bytes);
      renameSync(temporary, path(sha));
      fsyncFolder(join(folder, sha.slice(0, 2)));
      return sha;
    },
    async get(sha) {
      if (!/^[0-9a-f]{64}$/.test(sha)) throw new Error(`not a blob name: ${sha}`);
      const bytes = await readFile(path(sha));
      if (sha256(bytes) !== sha) throw new Error(`blob ${sha} was changed on disk`);
      return bytes;
    },
    has: (sha) => /^[0-9a-f]{64}$/.test(sha) && existsSync(path(sha)),
  };
}

/** Writes and fsyncs a new file: after a power cut it is whole or not there under its final name (fault:F06). */
function writeDurably(file: string, bytes: Uint8Array): void {
  const handle = openSync(file, 'wx', 0o600);
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function fsyncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
