import { AMP, CR, decimal4, HASH, hex4, hexDigit, isHeader, LF } from './bytes.ts';
import { crc16, crcOfRange, runSums } from './crc.ts';

/** Why a piece that begins like a frame is none. */
export type FrameFault = 'CRC_MISMATCH' | 'LENGTH_MISMATCH' | 'TRUNCATED' | 'TOO_LONG';
export type Tail = 'crlf' | 'lf' | 'cr' | 'none';

/** A frame as cut from the stream. `bytes` is a view that stays valid; copy it to let the receive block go. */
export interface RawFrame {
  readonly kind: 'frame';
  /** Position of the first byte in the stream. */
  readonly offset: number;
  /** Header, segment, CRC and line end, as received. */
  readonly bytes: Uint8Array;
  /** What the four length digits say. */
  readonly declared: number;
  /** Length of the segment found, in bytes. */
  readonly actual: number;
  /** CRC digits as sent, fewer than four (or none) from devices that lose them. */
  readonly crcDigits: number;
  readonly crcComputed: number;
  /** Four digits stand where the CRC is due, and they are right. */
  readonly crcHolds: boolean;
  readonly tail: Tail;
  /** Null when length and CRC hold. A cipher frame (HJ 212-2025) shows CRC_MISMATCH until it is decrypted. */
  readonly fault: FrameFault | null;
}

/** Bytes between frames. Kept, because a hole in what a device sent is evidence too. */
export interface Noise {
  readonly kind: 'noise';
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** What a stream is cut into; together the pieces are all its bytes. */
export type Piece = RawFrame | Noise;

/** Bounds of the framer. */
export interface FramerOptions {
  /** Longest segment taken as one frame. The header cannot say more than 9,999. */
  readonly maxSegment?: number;
  /** Bytes of the receive block; small for many connections, large for files. */
  readonly blockSize?: number;
}

/** Noise is handed over in runs of at most this many bytes, so that a rubbish sender costs no memory. */
const NOISE_RUN = 4096;
/** Shortest broken frame worth a verdict of its own; anything less is noise. */
const MIN_BROKEN = 64;
/** No segment says anything in fewer bytes; an empty one with its CRC would otherwise be the cheapest frame to send. */
const MIN_SEGMENT = 10;
const NUL = 0;
/** Bytes of `##dddd`. */
const HEADER = 6;
/** After a header that proved false, this many bytes are judged by running sums instead of one by one. */
const DISTRUST = 16_384;
/** Sums are run so far ahead of the header that asks: the next ones find theirs there. */
const SUMS_AHEAD = 512;

/** A frame in its receive block. Its view and its CRC are made when asked for: most broken frames are never looked at. */
class CutFrame implements RawFrame {
  readonly kind = 'frame';
  readonly offset: number;
  readonly declared: number;
  readonly actual: number;
  readonly crcDigits: number;
  readonly tail: Tail;
  readonly fault: FrameFault | null;
  readonly #block: Uint8Array;
  readonly #at: number;
  readonly #end: number;
  #bytes: Uint8Array | undefined;
  #crc: number | undefined;

  /** The frame `block[at, end)`, whose segment ends at `segmentEnd`. */
  constructor(block: Uint8Array, at: number, end: number, segmentEnd: number, found: Found) {
    this.#block = block;
    this.#at = at;
    this.#end = end;
    this.offset = found.offset;
    this.declared = decimal4(block, at + 2);
    this.actual = segmentEnd - at - HEADER;
    this.crcDigits = found.crcDigits;
    this.tail = found.tail;
    this.fault = found.fault;
    this.#crc = found.crc;
  }

  get bytes(): Uint8Array {
    return (this.#bytes ??= this.#block.subarray(this.#at, this.#end));
  }

  get crcComputed(): number {
    return (this.#crc ??= crc16(this.#block, this.#at + HEADER, this.#at + HEADER + this.actual));
  }

  get crcHolds(): boolean {
    return this.crcDigits === 4 && hex4(this.#block, this.#at + HEADER + this.actual) === this.crcComputed;
  }
}

interface Found {
  readonly offset: number;
  readonly crcDigits: number;
  readonly tail: Tail;
  readonly fault: FrameFault | null;
  /** Where it is known already. */
  readonly crc: number | undefined;
}

/**
 * Cuts a byte stream into frames and noise. Every byte comes out exactly once and in order, and the result does
 * not depend on how the stream was cut into chunks.
 *
 * The length field decides where a frame ends, never a search for the tail: encrypted data may hold any byte
 * (HJ 212-2025). Only when CRC and structure contradict the length is the end searched for. While the stream is
 * doubtful, checking a header costs constant time (see `crcOfRange`), so that a stream of false headers is no dearer
 * per byte than good frames.
 */
export class Framer {
  readonly #maxSegment: number;
  readonly #blockSize: number;
  #block: Uint8Array;
  #sums = NO_SUMS;
  /** Running sums are valid in [#sumsFrom, #sumsTo]. */
  #sumsFrom = 0;
  #sumsTo = 0;
  /** Stream position up to which headers are doubtful. */
  #distrust = 0;
  /** Stream position of block[0]. */
  #base = 0;
  /** First byte not yet handed over. */
  #start = 0;
  /** First byte not yet judged; a candidate header when #start ≤ #pos < #end. */
  #pos = 0;
  #end = 0;
  /** How far the search for the end of a contradictory candidate has come; 0 = not begun. */
  #search = 0;
  #out: Piece[] = [];

  constructor(options: FramerOptions = {}) {
    this.#maxSegment = options.maxSegment ?? 65_536;
    this.#blockSize = options.blockSize ?? 4096;
    this.#block = Buffer.allocUnsafeSlow(this.#blockSize);
  }

  /** Bytes received and not yet handed over. Never more than about 40 kB. */
  get pending(): number {
    return this.#end - this.#start;
  }

  /** Takes the next bytes; returns what they complete. The chunk is copied. */
  push(chunk: Uint8Array): Piece[] {
    const out: Piece[] = (this.#out = []);
    let taken = 0;
    while (taken < chunk.length) {
      if (this.#end === this.#block.length) this.#makeRoom();
      const n = Math.min(this.#block.length - this.#end, chunk.length - taken);
      this.#block.set(n === chunk.length ? chunk : chunk.subarray(taken, taken + n), this.#end);
      this.#end += n;
      taken += n;
      this.#drain(false);
    }
    return out;
  }

  /**
   * Judges what is left as if nothing more came: at the end of a stream, or after a silence long enough that a
   * device would have sent the rest. A complete frame without line end comes out good, half of one as TRUNCATED.
   */
  flush(): Piece[] {
    const out: Piece[] = (this.#out = []);
    this.#drain(true);
    this.#emitNoise(this.#end);
    this.#pos = this.#end;
    return out;
  }

  /** A fresh block each time: frames handed over are views of the old one. */
  #makeRoom(): void {
    const rest = this.#end - this.#start;
    const size = Math.max(this.#blockSize, rest * 2);
    const block = Buffer.allocUnsafeSlow(size);
    block.set(this.#block.subarray(this.#start, this.#end));
    this.#base += this.#start;
    this.#pos -= this.#start;
    if (this.#search > 0) this.#search -= this.#start;
    this.#sums = NO_SUMS;
    this.#sumsFrom = this.#sumsTo = 0;
    this.#block = block;
    this.#start = 0;
    this.#end = rest;
  }

  /** CRC of block[from, to): outright where the stream is trusted, from running sums where it is not. */
  #crc(from: number, to: number): number {
    if (this.#base + from >= this.#distrust) return crc16(this.#block, from, to);
    if (this.#sums.length <= this.#block.length) this.#sums = new Uint8Array(this.#block.length + 1);
    if (this.#sumsTo < from || this.#sumsFrom > from) this.#sumsFrom = this.#sumsTo = from;
    if (this.#sumsTo < to) {
      const ahead = Math.min(to + SUMS_AHEAD, this.#end);
      runSums(this.#block, this.#sums, this.#sumsTo, ahead);
      this.#sumsTo = ahead;
    }
    return crcOfRange(this.#block, this.#sums, from, to);
  }

  #drain(final: boolean): void {
    while (this.#findHeader()) {
      if (!this.#judge(this.#pos, final)) return;
    }
    if (this.#pos - this.#start >= NOISE_RUN) this.#emitNoise(this.#pos);
  }

  /** Moves #pos to the next `##dddd`; false when the bytes at hand hold none (a beginning of one is kept). */
  #findHeader(): boolean {
    const block = this.#block;
    const end = this.#end;
    let p = this.#pos;
    for (; p < end; p++) {
      if (block[p] !== HASH) continue;
      if (p + 6 <= end) {
        if (isHeader(block, p)) break;
      } else if (mayBecomeHeader(block, p, end)) break;
    }
    this.#pos = p;
    while (p - this.#start >= NOISE_RUN) this.#emitNoise(this.#start + NOISE_RUN);
    return p + 6 <= end;
  }

  /** Decides on the candidate at `p`. False: more bytes are needed first. */
  #judge(p: number, final: boolean): boolean {
    const block = this.#block;
    const declared = decimal4(block, p + 2);
    const segmentEnd = p + HEADER + declared;
    const crcEnd = segmentEnd + 4;
    if (declared > this.#maxSegment) return this.#searchEnd(p, declared, final);
    if (declared < MIN_SEGMENT) return this.#skip(p + 6);
    if (crcEnd > this.#end) return final ? this.#searchEnd(p, declared, final) : false;
    if (this.#search > 0) return this.#searchEnd(p, declared, final);
    // No segment begins with a header; ciphertext does so once in 3·10¹⁰.
    if (isHeader(block, p + HEADER)) return this.#skip(p + HEADER);
    const stated = hex4(block, segmentEnd);
    const computed = stated < 0 ? -1 : this.#crc(p + 6, segmentEnd);
    const closed = declared >= 2 && block[segmentEnd - 1] === AMP && block[segmentEnd - 2] === AMP;
    if (stated < 0 || stated !== computed) this.#distrust = this.#base + p + DISTRUST;
    if (stated < 0 || (stated !== computed && !closed)) return this.#searchEnd(p, declared, final);
    const tail = this.#tailAt(crcEnd, final);
    if (tail === null) return false;
    const end = crcEnd + TAIL_BYTES[tail];
    if (stated === computed) return this.#emitFrame(p, segmentEnd, 4, end, tail, null, computed);
    const inner = this.#goodFrameInside(p + 6, end);
    if (inner >= 0) return this.#cut(p, inner, declared);
    return this.#emitFrame(p, segmentEnd, 4, end, tail, 'CRC_MISMATCH');
  }

  /** Null while the line end may still arrive. */
  #tailAt(at: number, final: boolean): Tail | null {
    if (at >= this.#end) return final ? 'none' : null;
    if (this.#block[at] === LF) return 'lf';
    if (this.#block[at] !== CR) return 'none';
    if (at + 1 >= this.#end) return final ? 'cr' : null;
    return this.#block[at + 1] === LF ? 'crlf' : 'cr';
  }

  /** A complete frame with a right CRC inside a wrong one: the wrong header was noise or lost its end. */
  #goodFrameInside(from: number, to: number): number {
    for (let q = from; q + 10 <= to; q++) {
      if (this.#block[q] !== HASH || !isHeader(this.#block, q)) continue;
      const end = q + 6 + decimal4(this.#block, q + 2);
      if (end + 4 > to) continue;
      if (hex4(this.#block, end) === this.#crc(q + 6, end)) return q;
    }
    return -1;
  }

  /**
   * The length field is contradicted. Looks for a real end: CRC digits before a line end, or the closing `&&` with
   * CRC digits before another header or padding; gives up at the next header. What is looked at is used up.
   */
  #searchEnd(p: number, declared: number, final: boolean): boolean {
    const block = this.#block;
    const limit = p + 22 + (declared > this.#maxSegment ? this.#maxSegment : declared) * 3;
    // Seven bytes of lookahead keep the verdict independent of how the stream was cut.
    const seen = final ? this.#end : this.#end - 6;
    let i = this.#search > p ? this.#search : p + 6;
    for (const stop = Math.min(limit, seen); i < stop; i++) {
      const byte = block[i] as number;
      // The three bytes that matter are the lowest of all that text is made of.
      if (byte > AMP) continue;
      if (byte === HASH) {
        if (i + 6 <= this.#end && isHeader(block, i)) return this.#cut(p, i, declared);
      } else if (byte === LF) {
        const digits = crcDigitsBefore(block, p + 6, block[i - 1] === CR ? i - 1 : i);
        if (digits < 0) continue;
        const tail = block[i - 1] === CR ? 'crlf' : 'lf';
        const segmentEnd = i + 1 - TAIL_BYTES[tail] - digits;
        return this.#emitFrame(p, segmentEnd, digits, i + 1, tail, this.#faultFor(p, segmentEnd, declared));
      } else if (byte === AMP && block[i + 1] === AMP && i + 6 <= this.#end && hex4(block, i + 2) >= 0) {
        const follows = i + 6 < this.#end ? block[i + 6] : final ? NUL : -1;
        if (follows !== HASH && follows !== NUL) continue;
        return this.#emitFrame(p, i + 2, 4, i + 6, 'none', this.#faultFor(p, i + 2, declared));
      }
    }
    if (i < limit && !final) {
      this.#search = i;
      return false;
    }
    return this.#cut(p, Math.min(i, this.#end), declared);
  }

  #faultFor(p: number, segmentEnd: number, declared: number): FrameFault {
    if (declared > this.#maxSegment) return 'TOO_LONG';
    return segmentEnd - p - 6 === declared ? 'CRC_MISMATCH' : 'LENGTH_MISMATCH';
  }

  /** Bytes from `p` to `q` are no frame: they broke off, or were noise. */
  #cut(p: number, q: number, declared: number): true {
    if (q - p < MIN_BROKEN) return this.#skip(q);
    return this.#emitFrame(p, q, 0, q, 'none', declared > this.#maxSegment ? 'TOO_LONG' : 'TRUNCATED');
  }

  #skip(to: number): true {
    this.#search = 0;
    this.#pos = to;
    return true;
  }

  #emitFrame(
    p: number,
    segmentEnd: number,
    digits: number,
    end: number,
    tail: Tail,
    fault: FrameFault | null,
    computed?: number,
  ): true {
    if (fault !== null && (end - p < MIN_BROKEN || !looksLikeSegment(this.#block, p + 6))) return this.#skip(end);
    this.#emitNoise(p);
    this.#out.push(new CutFrame(this.#block, p, end, segmentEnd, { offset: this.#base + p, crcDigits: digits, tail, fault, crc: computed }));
    this.#start = this.#pos = end;
    this.#search = 0;
    return true;
  }

  #emitNoise(to: number): void {
    while (this.#start < to) {
      const end = Math.min(to, this.#start + NOISE_RUN);
      const bytes = this.#block.subarray(this.#start, end);
      this.#out.push({ kind: 'noise', offset: this.#base + this.#start, bytes });
      this.#start = end;
    }
  }
}

const NO_SUMS = new Uint8Array(0);

const TAIL_BYTES = { crlf: 2, lf: 1, cr: 1, none: 0 } as const satisfies Record<Tail, number>;

function mayBecomeHeader(block: Uint8Array, p: number, end: number): boolean {
  for (let i = p + 1; i < end; i++) {
    const byte = block[i] as number;
    if (i === p + 1 ? byte !== HASH : byte < 0x30 || byte > 0x39) return false;
  }
  return true;
}

/** `QN=`, `ST=`, `Flag=` …: a capital letter and an equals sign within the next six bytes. */
function looksLikeSegment(block: Uint8Array, at: number): boolean {
  const first = block[at] as number;
  if (first < 0x41 || first > 0x5a) return false;
  for (let i = at + 2; i < at + 6; i++) if (block[i] === 0x3d) return true;
  return false;
}

/**
 * Digits of a CRC that end at `end`: four before a CR LF, or up to four after the closing `&&` (devices that drop
 * leading zeros, or send none). −1 when the line end is not the end of a frame.
 */
function crcDigitsBefore(block: Uint8Array, from: number, end: number): number {
  let digits = 0;
  while (digits < 4 && end - digits - 1 >= from && hexDigit(block[end - digits - 1] as number) >= 0) digits++;
  for (let n = digits; n >= 0; n--) {
    const at = end - n;
    if (at - 2 >= from && block[at - 1] === AMP && block[at - 2] === AMP) return n;
  }
  return digits === 4 && block[end] === CR ? 4 : -1;
}

const whole = new Framer({ blockSize: 65_536 });

/** Cuts bytes that stand for themselves (a stored row, a line of a capture), without a framer of one's own. */
export const cutBytes = (bytes: Uint8Array): Piece[] => [...whole.push(bytes), ...whole.flush()];
