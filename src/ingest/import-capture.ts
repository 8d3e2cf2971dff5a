import { type Clock, instant } from '#kernel';
import type { Database } from '#platform/db';
import { type CaptureItem, readCapture } from './capture.ts';
import { decideEntry, DEFAULT_ENTRY_POLICY, type EntryPolicy } from './decide-entry.ts';
import type { DeviceDirectory } from './devices/device-directory.ts';
import { cutBytes, type Piece } from './hj212/index.ts';
import type { Entry } from './journal-entry.ts';
import { readReceived } from './read-received.ts';
import { BatchCutter, JournalWriter, placeOfKey } from './write-batch.ts';

/** What importing a capture works with. */
export interface ImportDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly directory: DeviceDirectory;
}

/** How an import names its source and tells of its progress. */
export interface ImportOptions {
  readonly policy?: EntryPolicy;
  /** Name of the source as the journal shows it in place of a connection, e.g. the file name. */
  readonly source: string;
  readonly batch?: number;
  onProgress?(frames: number): void;
}

/** What became of the frames of a capture, by state. */
export interface ImportReport {
  readonly frames: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly quarantined: number;
  readonly refused: number;
  readonly damagedLines: readonly { readonly line: number; readonly reason: string }[];
}

const MAX_REPORTED = 100;

/**
 * The import door: recorded frames with their recorded arrival times, each marked IMPORTED. They pass the same checks,
 * keys and evidence log as live ones, and the log shows when they were really taken in.
 */
export async function importCapture(
  deps: ImportDeps,
  source: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportReport> {
  const writer = new JournalWriter(deps.db, deps.clock, 'IMPORT');
  const counts = { frames: 0, accepted: 0, duplicates: 0, conflicts: 0, quarantined: 0, refused: 0 };
  const damagedLines: { line: number; reason: string }[] = [];
  const size = options.batch ?? 4_000;
  const queue: Entry[] = [];
  const cutter = new BatchCutter<Entry>(placeOfKey);
  let writing: Promise<void> = Promise.resolve();
  const write = async (entries: Entry[]): Promise<void> => {
    for (const row of (await writer.write(entries)).rows) {
      counts.frames++;
      if (row.state === 'ACCEPTED' || row.state === 'PART') counts.accepted++;
      else if (row.state === 'DUPLICATE') counts.duplicates++;
      else if (row.state === 'CONFLICT') counts.conflicts++;
      else if (row.state === 'QUARANTINED') counts.quarantined++;
      else counts.refused++;
    }
    options.onProgress?.(counts.frames);
  };
  // One batch is being committed while the next is read: two cores, one queue.
  const flush = async (min: number): Promise<void> => {
    while (queue.length >= min && queue.length > 0) {
      const entries = cutter.take(queue, size);
      await writing;
      writing = write(entries);
      // A failure is reported by the next await; unobserved meanwhile it would end the process.
      writing.catch(() => undefined);
    }
  };
  for await (const items of readCapture(source)) {
    for (const item of items) {
      if (!item.ok && damagedLines.length < MAX_REPORTED) damagedLines.push({ line: item.line, reason: item.reason });
      if (item.ok) queue.push(...entriesOf(item, deps.directory, options));
    }
    await flush(size);
  }
  await flush(1);
  await writing;
  return { ...counts, damagedLines };
}

function entriesOf(
  item: Extract<CaptureItem, { ok: true }>,
  directory: DeviceDirectory,
  options: ImportOptions,
): Entry[] {
  return piecesOf(item.bytes).map((piece) => {
    const { decoded, device } = readReceived(piece, directory, instant(item.at));
    const received = { decoded, receivedAt: item.at, conn: 'import', peer: `${options.source}:${item.line}` };
    const policy = options.policy ?? DEFAULT_ENTRY_POLICY;
    return decideEntry(received, { device, rivalPeer: false, imported: true, policy });
  });
}

/** A capture line holds a frame without its line end, which is put back so that the frame is whole. */
function piecesOf(bytes: Uint8Array): Piece[] {
  const whole = Buffer.allocUnsafe(bytes.length + 2);
  whole.set(bytes);
  whole[bytes.length] = 0x0d;
  whole[bytes.length + 1] = 0x0a;
  return cutBytes(whole);
}
