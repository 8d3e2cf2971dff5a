import { HASH_BYTES, nodeHash, type Hash } from './hash.ts';
import type { NodeId } from './tree.ts';

/** C2SP tlog-tiles v0.1.0: a tile is 8 levels high, 256 hashes wide. */
export const TILE_HEIGHT = 8;
/** Hashes of a full tile (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

const MAX_LEVEL = 63;

/** Decimal groups of three, all but the last with an `x`: 1234067 → `x001/x234/067`. */
function groups(n: bigint): string {
  const digits = n.toString();
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const parts = padded.match(/\d{3}/g) as string[];
  return parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join('/');
}

const partial = (width: number): string => (width === 0 || width === TILE_WIDTH ? '' : `.p/${width}`);

/** Path of a hash tile; `width` 0 or 256 names the full tile. */
export const tilePath = (level: number, tile: bigint, width = 0): string =>
  `tile/${level}/${groups(tile)}${partial(width)}`;

/** Path of an entry bundle; `width` as in {@link tilePath}. */
export const entriesPath = (bundle: bigint, width = 0): string => `tile/entries/${groups(bundle)}${partial(width)}`;

/** Path of the bundle that holds leaf `index` in a tree of `size`. */
export function entriesPathOf(index: bigint, size: bigint): string {
  const bundle = index / BigInt(TILE_WIDTH);
  const rest = size - bundle * BigInt(TILE_WIDTH);
  return entriesPath(bundle, rest >= BigInt(TILE_WIDTH) ? 0 : Number(rest));
}

/** Place of a tile, as its path says it. */
export interface TileName {
  /** `entries` for a bundle. */
  readonly level: number | 'entries';
  readonly tile: number;
  /** Hashes or entries in it: 1–256. */
  readonly width: number;
}

const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/;

/** Reads a path of the read interface; undefined unless it is written exactly as the layout rules write it. */
export function parseTilePath(path: string): TileName | undefined {
  const match = PATH.exec(path);
  if (match === null) return undefined;
  const [, where = '', number = '', wide] = match;
  const level = where === 'entries' ? where : Number(where);
  const tile = BigInt(number.replaceAll(/[x/]/g, ''));
  const width = wide === undefined ? TILE_WIDTH : Number(wide);
  if (
    tile > BigInt(Number.MAX_SAFE_INTEGER) ||
    width < 1 ||
    width > TILE_WIDTH ||
    (wide !== undefined && width === TILE_WIDTH)
  )
    return undefined;
  if (level !== 'entries' && level > MAX_LEVEL) return undefined;
  const again = level === 'entries' ? entriesPath(tile, width) : tilePath(level, tile, width);
  return again === path ? { level, tile: Number(tile), width } : undefined;
}

/** Every tile a tree of this size publishes: full ones and the partial right edge of each level. */
export function tilesOf(size: number): { level: number; tile: number; width: number }[] {
  const tiles: { level: number; tile: number; width: number }[] = [];
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const full = Math.floor(hashes / TILE_WIDTH);
    for (let tile = 0; tile < full; tile += 1) tiles.push({ level, tile, width: TILE_WIDTH });
    if (hashes % TILE_WIDTH > 0) tiles.push({ level, tile: full, width: hashes % TILE_WIDTH });
  }
  return tiles;
}

/** Number of hashes at a tile level in a tree of this size. */
export const hashesAt = (level: number, size: number): number => Math.floor(size / TILE_WIDTH ** level);

/** Where the hash of a perfect subtree lies: `count` neighbours (a power of two) of one tile, to be combined. */
export function placeOf({ level, index }: NodeId): { level: number; tile: number; offset: number; count: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const count = 2 ** (level % TILE_HEIGHT);
  const first = index * count;
  return { level: tileLevel, tile: Math.floor(first / TILE_WIDTH), offset: first % TILE_WIDTH, count };
}

/** Hash over 2^k neighbours. */
export function combine(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const next: Hash[] = [];
    for (let i = 0; i + 1 < row.length; i += 2) next.push(nodeHash(row[i] as Hash, row[i + 1] as Hash));
    row = next;
  }
  return row[0] as Hash;
}

/** Bytes of a tile: its hashes one after another. */
export const writeTile = (hashes: readonly Hash[]): Uint8Array => Buffer.concat(hashes);

/** Hashes of a tile; undefined when the length is no multiple of 32. */
export function readTile(bytes: Uint8Array): Hash[] | undefined {
  if (bytes.length % HASH_BYTES !== 0) return undefined;
  return Array.from({ length: bytes.length / HASH_BYTES }, (_, i) =>
    bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
}

/** Entry bundle: each leaf behind its length in 16 bits, big endian. */
export function writeBundle(leaves: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const leaf of leaves) {
    if (leaf.length > 0xffff) throw new RangeError(`a leaf of ${leaf.length} bytes does not fit an entry bundle`);
    parts.push(Uint8Array.of(leaf.length >> 8, leaf.length & 0xff), leaf);
  }
  return Buffer.concat(parts);
}

/** Leaves of a bundle; undefined when it ends inside a leaf. */
export function readBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const leaves: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 2 > bytes.length) return undefined;
    const length = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
    if (at + 2 + length > bytes.length) return undefined;
    leaves.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return leaves;
}
