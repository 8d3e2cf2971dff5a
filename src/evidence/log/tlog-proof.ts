import { HASH_BYTES, type Hash } from './hash.ts';
import { fromBase64, toBase64 } from './keys.ts';

const HEADER = 'c2sp.org/tlog-proof@v1';

/** C2SP tlog-proof: one leaf's way into one checkpoint, in a file of its own. */
export interface TlogProof {
  readonly index: bigint;
  readonly path: readonly Hash[];
  /** The signed checkpoint, unopened. */
  readonly checkpoint: string;
  readonly extra?: Uint8Array;
}

/** Text of a proof file (C2SP tlog-proof). */
export function writeTlogProof({ index, path, checkpoint, extra }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...path.map(toBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof file; undefined when its syntax is wrong. Says nothing about whether the proof holds. */
export function readTlogProof(text: string): TlogProof | undefined {
  const cut = text.indexOf('\n\n');
  if (cut < 0) return undefined;
  const [header, ...lines] = text.slice(0, cut).split('\n');
  const checkpoint = text.slice(cut + 2);
  const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() as string).slice(6)) : null;
  const index = /^index (0|[1-9]\d{0,19})$/.exec(lines.shift() ?? '')?.[1];
  const path = lines.map(fromBase64);
  if (header !== HEADER || extra === undefined || index === undefined || checkpoint === '') return undefined;
  if (!path.every((hash) => hash !== undefined && hash.length === HASH_BYTES)) return undefined;
  return { index: BigInt(index), path: path as Hash[], checkpoint, ...(extra === null ? {} : { extra }) };
}
