import { instant, type Instant } from '#kernel';
import type { BlobStore } from '#platform/blobs';
import type { Database } from '#platform/db';
import type { DeviceDirectory } from './devices/device-directory.ts';
import { Assembler, cutBytes, type Edition, type Frame, type Group, readPiece } from './hj212/index.ts';
import { unpackFrames } from './packed-frames.ts';
import { allBlocks } from './store/frame-blocks.ts';
import { type JournalRow, lastSeq, partsOf, rowsAfter, rowsOfDevices } from './store/read-journal.ts';

/** A frame as later steps read it: the journal row and, where it counts, what it says. */
export interface JournalFrame {
  readonly row: JournalRow;
  /** Sequence number = leaf index; the watermark to continue from. */
  readonly seq: number;
  /**
   * When we knew it: the sequencer's known time, which never goes back; the recorded arrival for imported history,
   * because arrival time is an input of every judgement.
   */
  readonly arrivedAt: Instant;
  /**
   * What the frame states. Null for what does not count by itself: duplicates, conflicts, quarantine, refused bytes,
   * and parts of a message that is not whole yet. The last part to arrive carries the whole message.
   */
  readonly message: Message | null;
}

/** Fields of a frame or of a reassembled message. Values as sent. */
export interface Message {
  readonly edition: Edition;
  readonly st: string | null;
  readonly cn: string;
  readonly mn: string | null;
  readonly qn: string | null;
  readonly dataAt: Instant | null;
  readonly cp: readonly Group[];
}

/** Frames after a watermark (−1 to begin), oldest first, at most `limit` rows. Poll it: nothing is ever skipped. */
export async function readJournal(
  db: Database,
  directory: DeviceDirectory,
  afterSeq: number,
  limit = 5_000,
): Promise<JournalFrame[]> {
  return interpret(directory, await rowsAfter(db, afterSeq, limit), (row) => partsOf(db, row));
}

/** Frames of an outfall's devices by arrival in [from, to), for a clue page or a re-run. */
export async function readDevices(
  db: Database,
  directory: DeviceDirectory,
  mns: readonly string[],
  range: { readonly from: Instant; readonly to: Instant },
  limit = 50_000,
): Promise<JournalFrame[]> {
  return interpret(directory, await rowsOfDevices(db, mns, range, limit), (row) => partsOf(db, row));
}

/**
 * Every frame ever taken in, oldest first, page by page: from the sealed files as far as they reach, and only what came
 * after them from the journal (this is what "full replay" means). Throws when a file is missing or was changed.
 */
export async function* readEverything(deps: { readonly db: Database; readonly blobs: BlobStore }, directory: DeviceDirectory): AsyncGenerator<JournalFrame[]> {
  const { db, blobs } = deps;
  const parts = new Map<string, JournalRow[]>();
  const page = (rows: JournalRow[]): Promise<JournalFrame[]> => {
    for (const row of rows) if (row.state === 'PART') parts.set(setOf(row), [...(parts.get(setOf(row)) ?? []), row]);
    return interpret(directory, rows, async (row) => (parts.get(setOf(row)) ?? []).filter((part) => part.seq <= row.seq));
  };
  const end = await lastSeq(db);
  let after = -1;
  for (const block of await allBlocks(db)) {
    yield await page(unpackFrames(await blobs.get(block.sha256)));
    after = block.last;
  }
  while (after < end) {
    const rows = await rowsAfter(db, after, 5_000);
    if (rows.length === 0) return;
    yield await page(rows);
    after = rows.at(-1)?.seq ?? end;
  }
}

/** Parts with the same name belong to one message, as `partsOf` finds them. */
const setOf = ({ mn, st, cn, dataAt, pnum }: JournalRow): string => JSON.stringify([mn, st, cn, dataAt, pnum]);

/** Parts of one split message known when a part of it came, that part included. */
type PartsOf = (row: JournalRow) => Promise<JournalRow[]>;

async function interpret(directory: DeviceDirectory, rows: JournalRow[], parts: PartsOf): Promise<JournalFrame[]> {
  // The gateway knew the key before these rows were there; whoever reads them must know it too.
  if (rows.some((row) => row.marks.includes('ENCRYPTED'))) await directory.renew?.();
  const frames: JournalFrame[] = [];
  for (const row of rows) {
    const arrivedAt = instant(row.marks.includes('IMPORTED') ? row.receivedAt : row.knownAt);
    const message =
      row.state === 'ACCEPTED'
        ? readRow(row, directory)
        : row.state === 'PART'
          ? await wholeMessage(parts, directory, row)
          : null;
    frames.push({ row, seq: row.seq, arrivedAt, message });
  }
  return frames;
}

/**
 * Reads the stored bytes again, as the edition noted on arrival and the device's profile say. What was enciphered is opened
 * with the key of its moment or one beside it: for up to a second the gateway may still open with the key before a change.
 */
export function readRow(row: JournalRow, directory: DeviceDirectory): Frame | null {
  const [piece] = cutBytes(row.raw);
  if (!piece) return null;
  const device = row.mn === null ? undefined : directory.deviceOf(row.mn);
  const profile = { ...device?.profile, ...(row.edition === null ? {} : { edition: row.edition as Edition }) };
  const keys = row.marks.includes('ENCRYPTED') ? (device?.keysAbout?.(instant(row.receivedAt)) ?? []) : [];
  for (const known of keys.length > 0 ? keys.map((key) => ({ ...profile, key })) : [profile]) {
    const decoded = readPiece(piece, { profile: known });
    if (decoded.ok) return decoded;
  }
  return null;
}

/** The message this part completes, if it is the one that does: found from the rows, so a restart changes nothing. */
async function wholeMessage(partsOfMessage: PartsOf, directory: DeviceDirectory, row: JournalRow): Promise<Message | null> {
  const parts = await partsOfMessage(row);
  const assembler = new Assembler({ timeoutMs: Infinity });
  const inOrder = [...parts].sort((a, b) => a.seq - b.seq);
  for (const part of inOrder) {
    const frame = readRow(part, directory);
    if (!frame) continue;
    const step = assembler.offer(frame, instant(0));
    if (step.kind !== 'assembled') continue;
    return part.seq === row.seq ? { ...step.message, edition: frame.edition } : null;
  }
  return null;
}
