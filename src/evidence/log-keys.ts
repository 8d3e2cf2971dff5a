import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSecret, parseSecret, type NoteSigner, type NoteVerifier } from './log/index.ts';

/** What signs heads of the log: Ed25519 for everyone, SM2 beside it for national rules (evidence.md V5). */
export interface LogKeys {
  /** `<authority domain>/evidence/<year><letter>`; the name of the keys. */
  readonly origin: string;
  readonly signers: readonly NoteSigner[];
  readonly verifiers: readonly NoteVerifier[];
}

const FILES = { ed25519: 'evidence-log.ed25519.key', sm2: 'evidence-log.sm2.key' } as const;
const VARIABLES = { ed25519: 'MINGJIAN_LOG_KEY', sm2: 'MINGJIAN_LOG_SM2_KEY' } as const;

/**
 * Loads the log's keys from `<dataDir>/keys` (mode 0600, one file per key, R35), or from the environment where a key
 * store puts them. Makes them on first use. Throws when a file is readable by others or holds no key.
 *
 * @param origin used only when keys are made; afterwards the keys carry it
 */
export function loadLogKeys(dataDir: string, origin: string, env: NodeJS.ProcessEnv = process.env): LogKeys {
  const folder = join(dataDir, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const signers = (['ed25519', 'sm2'] as const).map((kind) => {
    const secret = env[VARIABLES[kind]] ?? fileSecret(join(folder, FILES[kind]), () => newSecret(kind, origin));
    const signer = parseSecret(secret);
    if (signer?.verifier.kind !== kind) throw new Error(`${FILES[kind]}: not a log key`);
    return signer;
  });
  const [first] = signers;
  const name = (first as NoteSigner).verifier.name;
  if (signers.some((signer) => signer.verifier.name !== name))
    throw new Error('the keys of the log have different names');
  return { origin: name, signers, verifiers: signers.map((signer) => signer.verifier) };
}

/** Reads a secret; where there is none, makes it so that two starters end up with the same one. */
function fileSecret(file: string, make: () => string): string {
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
