import { secretFile } from '#platform/secrets';
import { newSecret, parseSecret, type NoteSigner, type NoteVerifier } from './log/index.ts';

/** What signs heads of the log: Ed25519 for everyone, SM2 beside it for national rules. */
export interface LogKeys {
  /** `<authority domain>/evidence/<year><letter>`; the name of the keys. */
  readonly origin: string;
  readonly signers: readonly NoteSigner[];
  readonly verifiers: readonly NoteVerifier[];
}

const FILES = { ed25519: 'evidence-log.ed25519.key', sm2: 'evidence-log.sm2.key' } as const;
const VARIABLES = { ed25519: 'MINGJIAN_LOG_KEY', sm2: 'MINGJIAN_LOG_SM2_KEY' } as const;

/**
 * Loads the log's keys from `<dataDir>/keys` (mode 0600, one file per key), or from the environment where a key
 * store puts them. Makes them on first use. Throws when a file is readable by others or holds no key.
 *
 * @param origin used only when keys are made; afterwards the keys carry it
 */
export function loadLogKeys(dataDir: string, origin: string, env: NodeJS.ProcessEnv = process.env): LogKeys {
  const signers = (['ed25519', 'sm2'] as const).map((kind) => {
    const secret = env[VARIABLES[kind]] ?? secretFile(dataDir, FILES[kind], () => newSecret(kind, origin));
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
