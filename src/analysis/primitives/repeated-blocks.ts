/** U15: a block and where it had come before. */
export interface Repeat {
  /** First index of the block in the new part, and of its earlier twin. */
  readonly start: number;
  readonly twin: number;
  readonly length: number;
}

const EMPTY = -1;
const BASE = 0x01000193;

/** Rolling polynomial hash (mod 2³²) of every window of `width` integers; positions with a gap inside get 0. */
function windowHashes(values: Int32Array, usable: Uint8Array, width: number, from: number, to: number): Int32Array {
  const out = new Int32Array(Math.max(0, to - from - width + 1));
  let top = 1;
  for (let i = 1; i < width; i++) top = Math.imul(top, BASE);
  let hash = 0;
  let good = 0;
  for (let i = from; i < to; i++) {
    if (usable[i] === 0) {
      hash = 0;
      good = 0;
      continue;
    }
    if (good >= width) hash = (hash - Math.imul(values[i - width] as number, top)) | 0;
    hash = (Math.imul(hash, BASE) + (values[i] as number)) | 0;
    good++;
    if (good >= width) out[i - from - width + 1] = hash === 0 ? 1 : hash;
  }
  return out;
}

/** Open-addressing table hash → position; keeps the first position of each hash. */
function tableOf(hashes: Int32Array): { find: (hash: number) => number } {
  let size = 64;
  while (size < hashes.length * 4) size *= 2;
  const keys = new Int32Array(size);
  const at = new Int32Array(size).fill(EMPTY);
  const slot = (hash: number): number => {
    let i = (hash ^ (hash >>> 15)) & (size - 1);
    while (at[i] !== EMPTY && keys[i] !== hash) i = (i + 1) & (size - 1);
    return i;
  };
  hashes.forEach((hash, position) => {
    if (hash === 0) return;
    const i = slot(hash);
    if (at[i] === EMPTY) {
      keys[i] = hash;
      at[i] = position;
    }
  });
  return { find: (hash) => at[slot(hash)] as number };
}

/**
 * U15: repeats of at least `width` values between the new part `[newFrom, length)` and everything before it. Blocks
 * are extended to their full exact length; a block counts only if at least half of its values are distinct, so that
 * a frozen or coarse channel does not repeat itself. Values are integers (value / resolution).
 */
export function repeatedBlocks(values: Int32Array, usable: Uint8Array, newFrom: number, width: number): Repeat[] {
  const n = values.length;
  const fresh = windowHashes(values, usable, width, newFrom, n);
  if (fresh.length === 0) return [];
  const table = tableOf(fresh);
  const old = windowHashes(values, usable, width, 0, newFrom);
  const found: Repeat[] = [];
  const same = (a: number, b: number): boolean => usable[a] === 1 && usable[b] === 1 && values[a] === values[b];
  let coveredTo = -1;
  let coveredLag = Number.NaN;
  for (let p = 0; p < old.length; p++) {
    const hash = old[p] as number;
    if (hash === 0) continue;
    const hit = table.find(hash);
    if (hit === EMPTY) continue;
    let start = newFrom + hit;
    let twin = p;
    if (start - twin === coveredLag && twin < coveredTo) continue;
    let length = 0;
    while (start + length < n && same(start + length, twin + length) && twin + length < start) length++;
    if (length < width) continue;
    while (twin > 0 && start > newFrom && same(start - 1, twin - 1)) {
      start--;
      twin--;
      length++;
    }
    coveredTo = twin + length;
    coveredLag = start - twin;
    if (new Set(values.subarray(start, start + length)).size * 2 >= length) found.push({ start, twin, length });
  }
  return found;
}

/**
 * Longest exact repeat that `n` honest values would show by chance, from the entropy of their steps:
 * n²·2^(−Hℓ) = 1 solved for ℓ. Coarse channels have little entropy, hence long honest repeats.
 */
export function chanceRepeatLength(values: Int32Array, usable: Uint8Array, from: number, to: number): number {
  const counts = new Map<number, number>();
  let n = 0;
  for (let i = from + 1; i < to; i++) {
    if (usable[i] === 0 || usable[i - 1] === 0) continue;
    const step = (values[i] as number) - (values[i - 1] as number);
    counts.set(step, (counts.get(step) ?? 0) + 1);
    n++;
  }
  if (n < 50) return Number.POSITIVE_INFINITY;
  let h = 0;
  for (const c of counts.values()) h -= (c / n) * Math.log2(c / n);
  return h <= 0.05 ? Number.POSITIVE_INFINITY : (2 * Math.log2(n)) / h;
}
