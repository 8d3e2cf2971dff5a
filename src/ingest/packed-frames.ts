import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { JournalRow } from './store/read-journal.ts';

/** No file of frames is larger when opened: bounds what a file that is not ours can take. */
const MAX_OPEN_BYTES = 512 * 1024 * 1024;
const VERSION = 1;

/**
 * Frames as they lie in a sealed file: Zstandard (RFC 8878) over lines of JSON, the first saying the version and the
 * number of frames, each other one a journal row with its bytes as Latin-1. `zstdcat` shows it to anybody.
 */
export function packFrames(rows: readonly JournalRow[]): Buffer {
  const lines = rows.map((row) => JSON.stringify({ ...row, raw: Buffer.from(row.raw).toString('latin1') }));
  return zstdCompressSync(Buffer.from(`${[JSON.stringify({ v: VERSION, frames: rows.length }), ...lines].join('\n')}\n`));
}

/** Frames of a sealed file, as they were packed. Throws when it is not such a file. */
export function unpackFrames(file: Uint8Array): JournalRow[] {
  const [head = '', ...lines] = zstdDecompressSync(file, { maxOutputLength: MAX_OPEN_BYTES }).toString().trimEnd().split('\n');
  const { v, frames } = JSON.parse(head) as { v: number; frames: number };
  if (v !== VERSION || frames !== lines.length) throw new Error(`not a file of frames of version ${VERSION} with ${frames} lines`);
  return lines.map((line) => {
    const row = JSON.parse(line) as Omit<JournalRow, 'raw'> & { raw: string };
    return { ...row, raw: Buffer.from(row.raw, 'latin1') };
  });
}
