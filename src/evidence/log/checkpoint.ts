import { HASH_BYTES, type Hash } from './hash.ts';
import { fromBase64, toBase64 } from './keys.ts';

/** Head of a log: C2SP tlog-checkpoint v1.0.0. */
export interface Checkpoint {
  /** `<authority domain>/evidence/<year><letter>`. */
  readonly origin: string;
  readonly size: bigint;
  readonly root: Hash;
}

/** Text of a checkpoint (C2SP tlog-checkpoint), with its final newline. */
export const writeCheckpoint = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads exactly three lines; our logs use no extension lines, so one is refused rather than skipped. */
export function readCheckpoint(body: string): Checkpoint | undefined {
  const lines = body.split('\n');
  const [origin = '', digits = '', encoded = '', end] = lines;
  if (lines.length !== 4 || end !== '' || origin === '' || !/^(0|[1-9]\d{0,19})$/.test(digits)) return undefined;
  const root = fromBase64(encoded);
  if (root === undefined || root.length !== HASH_BYTES) return undefined;
  return { origin, size: BigInt(digits), root };
}
