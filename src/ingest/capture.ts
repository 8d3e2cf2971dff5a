import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { instant, type Instant } from '#kernel';

/** One line of a capture: arrival, and the bytes as received (without line end). */
export interface CaptureLine {
  readonly line: number;
  readonly at: Instant;
  readonly bytes: Uint8Array;
}

/** A line that is none: kept for the report, the reading goes on. */
export interface DamagedLine {
  readonly line: number;
  readonly reason: 'no tab' | 'no time' | 'too long' | 'no frame';
  readonly bytes: Uint8Array;
}

/** A line of a capture, or what is wrong with it; a damaged line never ends the reading. */
export type CaptureItem = ({ readonly ok: true } & CaptureLine) | ({ readonly ok: false } & DamagedLine);

const MAX_LINE = 70_000;
const LF = 0x0a;
const CR = 0x0d;
const TAB = 0x09;

/** The bytes of a capture file, unpacked by its name (`.gz`, `.zst`). Throws what the file system throws. */
export function openCapture(path: string): Readable {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const unpack = path.endsWith('.gz') ? createGunzip() : path.endsWith('.zst') ? createZstdDecompress() : undefined;
  if (!unpack) return file;
  file.on('error', (error) => unpack.destroy(error));
  return file.pipe(unpack);
}

/**
 * Lines `<epoch ms>\t<frame>` (docs/files.md). Works on bytes: frames may be GB18030 or ciphertext. A frame whose data
 * hold a line feed cannot be told from a damaged line and comes out as two damaged ones.
 */
export async function* readCapture(source: AsyncIterable<Uint8Array>): AsyncGenerator<CaptureItem[]> {
  let rest: Uint8Array = new Uint8Array(0);
  let skipping = false;
  let line = 0;
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const items: CaptureItem[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LF, from); end >= 0; end = bytes.indexOf(LF, from)) {
      if (!skipping) items.push(readLine(bytes.subarray(from, end), ++line));
      skipping = false;
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > MAX_LINE) {
      if (!skipping) items.push({ ok: false, line: ++line, reason: 'too long', bytes: rest.subarray(0, MAX_LINE) });
      skipping = true;
      rest = new Uint8Array(0);
    }
    if (items.length > 0) yield items;
  }
  if (rest.length > 0 && !skipping) yield [readLine(rest, ++line)];
}

function readLine(bytes: Uint8Array, line: number): CaptureItem {
  const end = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
  const tab = bytes.indexOf(TAB);
  if (tab < 0 || tab > 16) return { ok: false, line, reason: 'no tab', bytes };
  let at = 0;
  for (let i = 0; i < tab; i++) {
    const digit = (bytes[i] as number) - 48;
    if (digit < 0 || digit > 9) return { ok: false, line, reason: 'no time', bytes };
    at = at * 10 + digit;
  }
  if (tab === 0 || !Number.isSafeInteger(at)) return { ok: false, line, reason: 'no time', bytes };
  if (end - tab < 2) return { ok: false, line, reason: 'no frame', bytes };
  return { ok: true, line, at: instant(at), bytes: bytes.subarray(tab + 1, end) };
}
