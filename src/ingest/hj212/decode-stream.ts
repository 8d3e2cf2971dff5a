import { instant } from '#kernel';
import { type Assembled, Assembler } from './assemble.ts';
import { Framer, type FramerOptions, type Piece } from './framer.ts';
import type { BadFrame, Decoded } from './message.ts';
import { readPiece, type ReadOptions } from './read-frame.ts';

/** What a stream gives: frames as they come, and messages when their last part has come. */
export type StreamItem =
  { readonly kind: 'frame'; readonly frame: Decoded } | { readonly kind: 'assembled'; readonly message: Assembled };

/** How a stream is cut and read. */
export type StreamOptions = ReadOptions & FramerOptions;

/**
 * Bytes in, frames out: framing, checking, reading and reassembly without a network or a clock. Feed chunks of any
 * size; the result depends on the bytes alone. Offsets count from the first byte of the stream.
 */
export class StreamDecoder {
  readonly #framer: Framer;
  readonly #assembler = new Assembler({ timeoutMs: Infinity });
  readonly #options: StreamOptions;

  constructor(options: StreamOptions = {}) {
    this.#options = options;
    this.#framer = new Framer({ blockSize: 65_536, ...options });
  }

  push(chunk: Uint8Array): StreamItem[] {
    return this.#read(this.#framer.push(chunk));
  }

  /** The stream is over: what is left is judged. */
  end(): StreamItem[] {
    return this.#read(this.#framer.flush());
  }

  #read(pieces: readonly Piece[]): StreamItem[] {
    const items: StreamItem[] = [];
    for (const piece of pieces) {
      const frame = readPiece(piece, this.#options);
      if (!frame.ok || frame.pnum === null) {
        items.push({ kind: 'frame', frame });
        continue;
      }
      const step = this.#assembler.offer(frame, instant(0));
      if (step.kind === 'contradiction') {
        const bad: BadFrame = {
          ok: false,
          error: 'BAD_SPLIT',
          problems: [...frame.problems, step.reason],
          raw: frame.raw,
          offset: frame.offset,
          readable: frame.segment,
        };
        items.push({ kind: 'frame', frame: bad });
        continue;
      }
      items.push({ kind: 'frame', frame });
      if (step.kind === 'assembled') items.push({ kind: 'assembled', message: step.message });
    }
    return items;
  }
}

/** Decodes whole input. Items come out as soon as their last byte is known. */
export function* decodeStream(chunks: Iterable<Uint8Array>, options: StreamOptions = {}): Generator<StreamItem> {
  const decoder = new StreamDecoder(options);
  for (const chunk of chunks) yield* decoder.push(chunk);
  yield* decoder.end();
}
