import { isAscii } from 'node:buffer';
import { crc16, formatCrc, modbusCrc16 } from './crc.ts';
import { readFields } from './read-fields.ts';
import type { Piece, RawFrame } from './framer.ts';
import { hex4 } from './bytes.ts';
import { flagBits } from './edition.ts';
import type { BadFrame, Decoded, Frame } from './message.ts';
import { type DecodeError, finding, strictError } from './problems.ts';
import { DEFAULT_PROFILE, type DeviceProfile } from './profile.ts';
import { parseSegment, type Segment } from './segment.ts';
import { areaOf, decryptArea, withArea } from './sm4.ts';
import { asLatin1, decodeText, type TextEncoding } from './text.ts';

/** How one device's frames are read. */
export interface ReadOptions {
  readonly profile?: DeviceProfile;
  /** Refuse every departure from the standard, also those that leave the meaning clear. */
  readonly strict?: boolean;
}

const HEADER = 6;

/** Reads one piece of the stream: an accepted frame, or the reason why not. Never throws on input. */
export function readPiece(piece: Piece, options: ReadOptions = {}): Decoded {
  if (piece.kind === 'noise') return refuse('NOISE', [], piece.bytes, piece.offset, null);
  return readFrame(piece, options);
}

function refuse(
  error: DecodeError,
  problems: readonly string[],
  raw: Uint8Array,
  offset: number,
  readable: Segment | null,
): BadFrame {
  return { ok: false, error, problems, raw, offset, readable };
}

/** A frame that failed as a whole. What could be said about it is worked out only if someone asks: junk is common. */
class BrokenFrame implements BadFrame {
  readonly ok = false;
  readonly error: DecodeError;
  readonly #frame: RawFrame;

  constructor(frame: RawFrame, error: DecodeError) {
    this.error = error;
    this.#frame = frame;
  }

  get raw(): Uint8Array {
    return this.#frame.bytes;
  }

  get offset(): number {
    return this.#frame.offset;
  }

  get problems(): readonly string[] {
    return [describe(this.#frame, this.error)];
  }

  get readable(): Segment | null {
    const segment = parseSegment(decodeText(segmentOf(this.#frame)).text);
    return segment.head !== '' || segment.cp !== null ? segment : null;
  }
}

const segmentOf = (raw: RawFrame): Uint8Array => raw.bytes.subarray(HEADER, HEADER + raw.actual);

/** Reads a frame cut by the framer under the profile of its device. */
export function readFrame(raw: RawFrame, options: ReadOptions = {}): Decoded {
  const profile = options.profile ?? DEFAULT_PROFILE;
  const problems: string[] = [];
  const encrypted = profile.key !== undefined && (raw.fault === 'CRC_MISMATCH' || !looksClear(segmentOf(raw)));
  if (!encrypted) {
    if (profile.key) problems.push(finding('NOT_ENCRYPTED', 'a key is set but the data area came in clear'));
    const error = raw.fault === null ? null : tolerate(raw, raw.fault, profile, problems);
    if (error === 'CRC_MISMATCH' && isCiphered(segmentOf(raw), profile)) return new BrokenFrame(raw, 'DECRYPT_FAILED');
    if (error !== null) return new BrokenFrame(raw, error);
  }
  const bytes = encrypted ? decipher(raw, segmentOf(raw), profile.key) : segmentOf(raw);
  if (!bytes) return new BrokenFrame(raw, 'DECRYPT_FAILED');
  const ascii = isAscii(bytes);
  // A CRC of 16 bits holds over ciphertext by chance once in 256 times.
  if (!ascii && !encrypted && isCiphered(bytes, profile)) return new BrokenFrame(raw, 'DECRYPT_FAILED');
  const { text, encoding } = ascii ? { text: asLatin1(bytes), encoding: 'ascii' as const } : decodeText(bytes);
  const segment = ascii ? parseSegment(text, bytes) : parseSegment(text);
  if (raw.tail !== 'crlf') problems.push(finding('TAIL', `line end is ${raw.tail}`));
  if (raw.actual > 1024) problems.push(finding('OVER_1024', `${raw.actual} bytes`));
  if (encoding === 'gb18030' || encoding === 'latin1') problems.push(finding('ENCODING', encoding));
  const fields = readFields(segment, profile, problems);
  if (!fields.ok) return refuse(fields.error, [...problems, fields.reason], raw.bytes, raw.offset, segment);
  const first = problems[0];
  if ((options.strict ?? profile.strict) && first !== undefined) {
    return refuse(strictError(first), problems, raw.bytes, raw.offset, segment);
  }
  return frameOf(raw, fields.value, segment, encoding, encrypted, problems);
}

type Fields = Extract<ReturnType<typeof readFields>, { ok: true }>['value'];

function frameOf(
  raw: RawFrame,
  fields: Fields,
  segment: Segment,
  encoding: TextEncoding,
  encrypted: boolean,
  problems: readonly string[],
): Frame {
  const stated = statedCrc(raw);
  return {
    ok: true,
    edition: fields.edition,
    st: fields.st,
    cn: fields.cn,
    mn: fields.mn,
    qn: fields.qn,
    pw: fields.pw,
    flag: fields.flag,
    split: fields.split,
    ack: fields.ack,
    pnum: fields.pnum,
    pno: fields.pno,
    resent: fields.resent,
    encrypted,
    crc: { stated, computed: raw.crcComputed, ok: encrypted || raw.fault === null || raw.fault === 'LENGTH_MISMATCH' },
    length: { stated: raw.declared, actual: raw.actual, ok: raw.declared === raw.actual },
    dataAt: fields.dataAt,
    cp: segment.cp ?? [],
    segment,
    encoding,
    offset: raw.offset,
    raw: raw.bytes,
    problems,
  };
}

/** CRC digits as sent: up to four characters after the segment. */
export const statedCrc = (raw: RawFrame): string =>
  asLatin1(raw.bytes, HEADER + raw.actual, HEADER + raw.actual + raw.crcDigits);

/** Whether the data area is readable text; ciphertext of any length practically never is. */
function looksClear(segment: Uint8Array): boolean {
  const area = areaOf(segment);
  if (!area) return true;
  for (let i = area.from; i < area.to; i++) if ((segment[i] as number) < 0x20) return false;
  return decodeText(segment.subarray(area.from, area.to)).encoding !== 'latin1';
}

/** A 2025 frame whose data area is no text: it was enciphered, and no key at hand opens it. */
function isCiphered(segment: Uint8Array, profile: DeviceProfile): boolean {
  const area = areaOf(segment);
  if (!area) return false;
  const flag = /(?:^|;)Flag=(\d{1,3});/.exec(asLatin1(segment, 0, area.from))?.[1];
  const edition = profile.edition ?? (flag === undefined ? null : flagBits(Number(flag)).version);
  return edition === '2025' && !looksClear(segment);
}

/** CRC was made over the clear text, so it is the check that the key is right. */
function decipher(raw: RawFrame, sent: Uint8Array, key: Uint8Array): Uint8Array | undefined {
  const clear = withArea(sent, key, decryptArea);
  return clear && raw.crcDigits === 4 && hex4(raw.bytes, HEADER + raw.actual) === crc16(clear) ? clear : undefined;
}

/** What the device's profile forgives; null when nothing stands against the frame any more. */
function tolerate(raw: RawFrame, error: DecodeError, profile: DeviceProfile, problems: string[]): DecodeError | null {
  if (error === 'LENGTH_MISMATCH') {
    if (!raw.crcHolds) return error;
    if (raw.declared < raw.actual && decodeText(segmentOf(raw)).text.length === raw.declared) {
      problems.push(finding('LENGTH_IN_CHARACTERS', `${raw.declared} characters, ${raw.actual} bytes`));
      return null;
    }
    if (!profile.tolerateLength) return error;
    problems.push(finding('LENGTH_TOLERATED', `header says ${raw.declared}, segment has ${raw.actual} bytes`));
    return null;
  }
  if (error !== 'CRC_MISMATCH' || profile.crc === undefined) return error;
  const stated = statedCrc(raw);
  const variant = profile.crc.find((known) => matches(known, stated, raw));
  if (variant === undefined) return error;
  problems.push(finding('CRC_VARIANT', `${typeof variant === 'string' ? variant : 'constant'} ${stated}`));
  return null;
}

function matches(variant: NonNullable<DeviceProfile['crc']>[number], stated: string, raw: RawFrame): boolean {
  if (typeof variant === 'object') return stated.toUpperCase() === variant.constant.toUpperCase();
  if (variant === 'none') return stated === '';
  const value = parseInt(stated, 16);
  if (variant === 'short') return stated.length > 0 && value === raw.crcComputed;
  const modbus = modbusCrc16(raw.bytes, HEADER, HEADER + raw.actual);
  return value === (variant === 'modbus' ? modbus : ((modbus & 0xff) << 8) | (modbus >> 8));
}

function describe(raw: RawFrame, error: DecodeError): string {
  if (error === 'TRUNCATED') return `header says ${raw.declared} bytes, ${raw.actual} came before the frame broke off`;
  if (error === 'TOO_LONG') return `header says ${raw.declared} bytes, more than the limit`;
  if (error === 'DECRYPT_FAILED') return 'the data area is enciphered, or damaged, and no known key opens it';
  const crc = `CRC: frame says ${statedCrc(raw) || 'nothing'}, HJ 212 CRC is ${formatCrc(raw.crcComputed)}`;
  return error === 'LENGTH_MISMATCH'
    ? `length: header says ${raw.declared}, segment has ${raw.actual} bytes; ${crc}`
    : crc;
}
