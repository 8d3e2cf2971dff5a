import { once } from 'node:events';
import { appendFileSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, type Transform } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import type { TimedFrame } from './devices/doors.ts';
import { DAY } from './grid.ts';

export type Compression = 'none' | 'gz' | 'zst';

export interface CaptureWriter {
  add(frames: readonly TimedFrame[]): void;
  /** Sorts day by day and writes the file; returns the number of lines. */
  close(): Promise<number>;
}

/** Characters held in memory before the days are put aside on disk: a province of hundreds of outfalls must fit. */
const HOLD = 256 * 1024 * 1024;

/**
 * Collects frames outfall by outfall and writes them in arrival order. Frames are sorted within the
 * day of their arrival; equal times keep the order in which they were added, so the same seed gives the same bytes.
 */
export function openCapture(path: string, compression: Compression): CaptureWriter {
  const days = new Map<number, string[]>();
  let folder: string | undefined;
  let held = 0;
  const put = (day: number, line: string): void => {
    const list = days.get(day);
    if (list === undefined) days.set(day, [line]);
    else list.push(line);
  };
  const spill = (): void => {
    folder ??= mkdtempSync(`${path}-`);
    for (const [day, lines] of days) {
      if (lines.length > 0) appendFileSync(join(folder, String(day)), `${lines.join('\n')}\n`);
      days.set(day, []);
    }
    held = 0;
  };
  return {
    add(frames) {
      for (const f of frames) {
        const line = `${Math.round(f.at)}\t${f.frame}`;
        put(Math.floor(f.at / DAY), line);
        held += line.length;
      }
      if (held > HOLD) spill();
    },
    async close() {
      const file = createWriteStream(path);
      const packer: Transform = compression === 'gz' ? createGzip() : compression === 'zst' ? createZstdCompress() : new PassThrough();
      packer.pipe(file);
      let count = 0;
      for (const day of [...days.keys()].sort((a, b) => a - b)) {
        const aside = folder === undefined ? [] : readLines(join(folder, String(day)));
        const lines = sortByTime([...aside, ...(days.get(day) ?? [])]);
        days.delete(day);
        count += lines.length;
        if (lines.length > 0 && !packer.write(`${lines.join('\n')}\n`)) await once(packer, 'drain');
      }
      packer.end();
      await finished(file);
      if (folder !== undefined) rmSync(folder, { recursive: true });
      return count;
    },
  };
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, 'latin1').trimEnd().split('\n');
  } catch {
    return [];
  }
}

function sortByTime(lines: readonly string[]): string[] {
  const keyed = lines.map((line) => ({ line, at: Number.parseInt(line, 10) }));
  return keyed.sort((a, b) => a.at - b.at).map((k) => k.line);
}
