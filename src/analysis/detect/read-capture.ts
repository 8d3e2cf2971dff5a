import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

/** One line of a capture (docs/files.md): arrival time and the frame's bytes without line end. */
export interface CaptureLine {
  readonly at: number;
  readonly bytes: Uint8Array;
}

const LF = 10;
const CR = 13;
const TAB = 9;
const DOT = 46 - 48;
/** No frame is this long; a file without line ends must not fill the memory. */
const MAX_LINE = 1 << 20;

function opened(path: string, onRead: (bytes: number) => void): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  file.on('data', (chunk) => onRead(chunk.length));
  if (path.endsWith('.gz')) return file.pipe(createGunzip());
  if (path.endsWith('.zst')) return file.pipe(createZstdDecompress());
  return file;
}

/** Milliseconds before the TAB, or undefined for a damaged line. */
function parseLine(block: Buffer, from: number, to: number): CaptureLine | undefined {
  let end = to;
  while (end > from && (block[end - 1] === CR || block[end - 1] === LF)) end -= 1;
  let at = 0;
  let i = from;
  for (; i < end && block[i] !== TAB; i++) {
    const digit = (block[i] as number) - 48;
    // Some writers give fractions of a millisecond: they are cut off, not refused.
    if (digit === DOT && i > from) {
      i = block.indexOf(TAB, i);
      break;
    }
    if (digit < 0 || digit > 9) return undefined;
    at = at * 10 + digit;
  }
  if (i <= from || i >= end || at > 8.64e15) return undefined;
  return { at, bytes: block.subarray(i + 1, end) };
}

/** A packed file that breaks off is bad input, not a defect. */
async function* unpacked(stream: Readable, path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code?.startsWith('Z') ? new RangeError(`${path}: packed data are damaged (${code})`) : error;
  }
}

export interface CaptureProgress {
  readonly bytes: number;
  readonly total: number;
}

/**
 * Reads a capture in batches, plain, `.gz` or `.zst`. Lines without a time and a TAB come as `undefined`: they are
 * counted and survived. Throws a RangeError when a packed file is damaged.
 */
export async function* readCapture(
  path: string,
  onProgress?: (progress: CaptureProgress) => void,
): AsyncGenerator<readonly (CaptureLine | undefined)[]> {
  const total = statSync(path).size;
  let bytes = 0;
  const stream = opened(path, (n) => (bytes += n));
  let rest: Buffer = Buffer.alloc(0);
  let skipping = false;
  for await (const chunk of unpacked(stream, path)) {
    const block = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const lines: (CaptureLine | undefined)[] = [];
    let from = 0;
    for (let end = block.indexOf(LF, from); end >= 0; end = block.indexOf(LF, from)) {
      if (skipping) {
        lines.push(undefined);
        skipping = false;
      } else if (end > from) lines.push(parseLine(block, from, end));
      from = end + 1;
    }
    rest = block.subarray(from);
    if (rest.length > MAX_LINE) {
      skipping = true;
      rest = Buffer.alloc(0);
    }
    onProgress?.({ bytes, total });
    yield lines;
  }
  if (rest.length > 0) yield [parseLine(rest, 0, rest.length)];
  onProgress?.({ bytes: total, total });
}
