/**
 * Seeded randomness of the simulator. One independent stream per (seed, entity, purpose): adding an outfall,
 * an event or a later day never changes what another stream yields.
 */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  uniform(low: number, high: number): number;
  normal(mean?: number, sd?: number): number;
  exponential(mean: number): number;
  /** Gamma by shape and mean. */
  gamma(shape: number, mean: number): number;
  chance(p: number): boolean;
  /** Whole number in [low, high], both ends included. */
  int(low: number, high: number): number;
  pick<T>(list: readonly T[]): T;
  weighted<T>(list: readonly T[], weights: readonly number[]): T;
  shuffle<T>(list: readonly T[]): T[];
}

/** 32-bit string hash with a start value; four of them seed the generator. */
function hash(text: string, start: number): number {
  let h = start ^ text.length;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x9e3779b1);
    h = (h << 13) | (h >>> 19);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Small fast counter generator (sfc32): 128 bits of state, enough for years of steps. */
function generator(text: string): () => number {
  let a = hash(text, 0x243f6a88);
  let b = hash(text, 0x85a308d3);
  let c = hash(text, 0x13198a2e);
  let d = hash(text, 0x03707344);
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** Opens the stream of one purpose of one entity. The same three names always yield the same numbers. */
export function randomStream(seed: string | number, entity: string, purpose: string): Random {
  const next = generator(`${seed}\u0000${entity}\u0000${purpose}`);
  const uniform = (low: number, high: number): number => low + (high - low) * next();
  // One normal costs two uniforms and keeps no spare: a stream's position then depends on the count alone.
  const normal = (mean = 0, sd = 1): number =>
    mean + sd * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const exponential = (mean: number): number => -mean * Math.log(1 - next());
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => {
    const value = list[Math.floor(next() * list.length)];
    if (value === undefined) throw new Error('pick from an empty list');
    return value;
  };
  return {
    next,
    uniform,
    normal,
    exponential,
    gamma: (shape, mean) => (mean / shape) * gammaUnit(shape, next, normal),
    chance: (p) => next() < p,
    int,
    pick,
    weighted: (list, weights) => {
      let left = next() * weights.reduce((s, w) => s + w, 0);
      const at = weights.findIndex((w) => (left -= w) < 0);
      return list[at < 0 ? list.length - 1 : at] ?? pick(list);
    },
    shuffle: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(0, i);
        [copy[i], copy[j]] = [copy[j] as (typeof copy)[number], copy[i] as (typeof copy)[number]];
      }
      return copy;
    },
  };
}

/** Marsaglia–Tsang rejection; shapes below one are lifted by one and corrected by a power of a uniform. */
function gammaUnit(shape: number, next: () => number, normal: () => number): number {
  if (shape < 1) return gammaUnit(shape + 1, next, normal) * Math.pow(1 - next(), 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
