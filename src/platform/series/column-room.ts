/** Room is asked for in pieces of this many bytes: about what a portion of hours takes. */
const PIECE_BYTES = 2 ** 24;

/**
 * Memory for columns that is used again: whoever has done with all that was read into it says `clear`. It is shared, so that
 * threads see columns without a copy, and V8 does not count it towards its own heap: columns that are asked for anew with each
 * answer, and handed from thread to thread, make it look through the heaps of all of them.
 */
export class ColumnRoom {
  readonly #pieces: SharedArrayBuffer[] = [];
  #piece = 0;
  #used = 0;

  /** `length` bytes, aligned for numbers of eight; what they held before is still in them. */
  take(length: number): Uint8Array {
    for (; this.#piece < this.#pieces.length; this.#piece++, this.#used = 0) {
      const piece = this.#pieces[this.#piece] as SharedArrayBuffer;
      if (this.#used + length > piece.byteLength) continue;
      const taken = new Uint8Array(piece, this.#used, length);
      this.#used += Math.ceil(length / 8) * 8;
      return taken;
    }
    this.#pieces.push(new SharedArrayBuffer(Math.max(PIECE_BYTES, length)));
    return this.take(length);
  }

  /** What was taken is given back: nobody may look at it any more. */
  clear(): void {
    this.#piece = 0;
    this.#used = 0;
  }
}
