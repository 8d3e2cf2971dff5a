import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Large enough for most of what is packed to go in one piece; the lowest level costs a fifth of the usual one. */
const ZSTD = { chunkSize: 256 * 1024, params: { [constants.ZSTD_c_compressionLevel]: 1 } };
const UNZSTD = { chunkSize: 512 * 1024 };
/** Compresses with zstd, for state that rests in the database. */
export const packBytes = (bytes: Uint8Array): Uint8Array => zstdCompressSync(bytes, ZSTD);
/** The reverse of `packBytes`. */
export const unpackBytes = (bytes: Uint8Array): Uint8Array => zstdDecompressSync(bytes, UNZSTD);

/** Bytes written one after another. */
export class ByteSink {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #n = 0;

  #room(n: number): void {
    if (this.#n + n <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.#n + n));
    grown.set(this.#bytes.subarray(0, this.#n));
    this.#bytes = grown;
  }

  /** The next `n` bytes, to be filled. */
  take(n: number): Uint8Array {
    this.#room(n);
    this.#n += n;
    return this.#bytes.subarray(this.#n - n, this.#n);
  }
  byte(value: number): void {
    this.take(1)[0] = value;
  }
  number(value: number): void {
    this.#room(8);
    this.#n = this.#bytes.writeDoubleLE(value, this.#n);
  }
  text(value: string): void {
    const bytes = Buffer.from(value);
    this.number(bytes.length);
    this.take(bytes.length).set(bytes);
  }
  /** What was written; valid until more is. */
  get written(): Uint8Array {
    return this.#bytes.subarray(0, this.#n);
  }
}

/** Reads what a sink wrote. */
export class ByteSource {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  take(n: number): Uint8Array {
    this.#at += n;
    return this.#bytes.subarray(this.#at - n, this.#at);
  }
  byte(): number {
    return this.take(1)[0] as number;
  }
  number(): number {
    this.#at += 8;
    return this.#bytes.readDoubleLE(this.#at - 8);
  }
  text(): string {
    return Buffer.from(this.take(this.number())).toString();
  }
}

/** How a column is written: 0–6 are decimals of whole numbers, or the doubles as they are, or nothing at all. */
const MOST_DECIMALS = 6;
const DOUBLES = 254;
const NOTHING = 255;
/** Differences of two such numbers still fit 32 bits. */
const LARGEST = 0x3fff_ffff;

/** Fewest decimals with which every value comes back as the very same double; undefined where there are none. */
function decimalsOf(values: Float64Array, refs: Float64Array, n: number): number | undefined {
  for (let decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
    const units = 10 ** decimals;
    let i = 0;
    for (; i < n; i++) {
      const v = values[i] as number;
      const ref = refs[i] as number;
      const whole = Math.round((v - ref) * units);
      if (ref + whole / units !== v || !(Math.abs(whole) <= LARGEST) || (v === 0 && Object.is(v, -0))) break;
    }
    if (i === n) return decimals;
  }
  return undefined;
}

const scratch = { values: new Float64Array(0), refs: new Float64Array(0), whole: new Uint32Array(0) };
function room(n: number): typeof scratch {
  if (scratch.whole.length < n) Object.assign(scratch, { values: new Float64Array(n), refs: new Float64Array(n), whole: new Uint32Array(n) });
  return scratch;
}

/**
 * Writes numbers so that they compress well and come back exactly: which are there, and their differences from one to
 * the next as whole numbers of the last decimal, byte by byte. `refs` is what each is told relative to.
 */
export function packNumbers(sink: ByteSink, column: Float64Array, refs: Float64Array): void {
  const n = column.length;
  const { values, refs: own, whole } = room(n);
  let known = 0;
  for (let i = 0; i < n; i++) {
    const v = column[i] as number;
    if (v !== v) continue;
    values[known] = v;
    own[known++] = refs[i] as number;
  }
  if (known === 0) return sink.byte(NOTHING);
  const decimals = decimalsOf(values, own, known);
  sink.byte(decimals ?? DOUBLES);
  packPresence(sink, column, known);
  if (decimals === undefined) {
    const raw = Buffer.from(values.buffer, values.byteOffset, known * 8);
    for (let plane = 0; plane < 8; plane++) {
      const bytes = sink.take(known);
      for (let i = 0; i < known; i++) bytes[i] = raw[i * 8 + plane] as number;
    }
    return;
  }
  const units = 10 ** decimals;
  let before = 0;
  let all = 0;
  for (let i = 0; i < known; i++) {
    const now = Math.round(((values[i] as number) - (own[i] as number)) * units);
    const d = now - before;
    before = now;
    const folded = ((d << 1) ^ (d >> 31)) >>> 0;
    whole[i] = folded;
    all |= folded;
  }
  const planes = (32 - Math.clz32(all) + 7) >> 3;
  sink.byte(planes);
  for (let plane = 0; plane < planes; plane++) {
    const bytes = sink.take(known);
    for (let i = 0; i < known; i++) bytes[i] = ((whole[i] as number) >>> (8 * plane)) & 255;
  }
}

function packPresence(sink: ByteSink, column: Float64Array, known: number): void {
  sink.byte(known === column.length ? 1 : 0);
  if (known === column.length) return;
  const bits = sink.take((column.length + 7) >> 3).fill(0);
  for (let i = 0; i < column.length; i++) {
    const v = column[i] as number;
    if (v === v) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
  }
}

/** Reads numbers into `column`, which must be NaN all over, and says whether there were any; `refs` as they were when it was packed. */
export function unpackNumbers(source: ByteSource, refs: Float64Array, column: Float64Array): boolean {
  const how = source.byte();
  if (how === NOTHING) return false;
  const n = refs.length;
  const bits = source.byte() === 1 ? undefined : source.take((n + 7) >> 3);
  const known = bits === undefined ? n : countBits(bits);
  const { values } = room(n);
  if (how === DOUBLES) {
    const raw = new Uint8Array(values.buffer, 0, known * 8);
    for (let plane = 0; plane < 8; plane++) {
      const bytes = source.take(known);
      for (let i = 0; i < known; i++) raw[i * 8 + plane] = bytes[i] as number;
    }
    spread(values, bits, column, n);
    return true;
  }
  const whole = unfold(source, known);
  const units = 10 ** how;
  let before = 0;
  if (bits === undefined) {
    for (let i = 0; i < n; i++) {
      const folded = whole[i] as number;
      before += (folded >>> 1) ^ -(folded & 1);
      column[i] = (refs[i] as number) + before / units;
    }
    return true;
  }
  for (let i = 0, k = 0; i < n; i++) {
    if ((((bits[i >> 3] as number) >> (i & 7)) & 1) === 0) continue;
    const folded = whole[k++] as number;
    before += (folded >>> 1) ^ -(folded & 1);
    column[i] = (refs[i] as number) + before / units;
  }
  return true;
}

function countBits(bits: Uint8Array): number {
  let n = 0;
  for (let i = 0; i < bits.length; i++) for (let b = bits[i] as number; b !== 0; b &= b - 1) n += 1;
  return n;
}

/** Puts together what was written byte by byte. */
function unfold(source: ByteSource, known: number): Uint32Array {
  const { whole } = scratch;
  whole.fill(0, 0, known);
  const planes = source.byte();
  for (let plane = 0; plane < planes; plane++) {
    const bytes = source.take(known);
    const shift = 8 * plane;
    for (let i = 0; i < known; i++) whole[i] = (whole[i] as number) | ((bytes[i] as number) << shift);
  }
  return whole;
}

function spread(values: Float64Array, bits: Uint8Array | undefined, column: Float64Array, n: number): void {
  if (bits === undefined) return column.set(values.subarray(0, n));
  for (let i = 0, k = 0; i < n; i++) if ((((bits[i >> 3] as number) >> (i & 7)) & 1) === 1) column[i] = values[k++] as number;
}
