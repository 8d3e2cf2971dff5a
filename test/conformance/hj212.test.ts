import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  decodeStream,
  decryptArea,
  encodeFrame,
  encodeText,
  flagBits,
  type Frame,
  type Group,
  joinSegment,
  parseSegment,
  type Segment,
  type StreamItem,
  type StreamOptions,
} from '#ingest/hj212';

type CorpusPairs = string[][][];

interface Record_ {
  id: string;
  kind: 'frame' | 'segment' | 'half' | 'stream' | 'cipher';
  frame: string;
  encoding: 'utf8' | 'latin1';
  edition?: string;
  facts: { crc_variant?: string; key_ascii?: string };
  expected: string | { frames: string[] } | { plain_frame: string } | Record<string, unknown>;
  readable?: Record<string, unknown>;
}

/** Message corpus of HJ 212: official examples, public code and device logs; none written by us. */
const CORPUS = new URL('../../../shared/corpus/hj212/frames.jsonl', import.meta.url);
const present = existsSync(CORPUS);
if (!present && process.env['CI'] === 'true') throw new Error('corpus/hj212 is missing, and CI needs it');
if (!present) console.warn('corpus/hj212 is not here: its tests are skipped');
const records: Record_[] = present
  ? readFileSync(CORPUS, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record_)
  : [];

const bytesOf = (record: Record_): Uint8Array => Uint8Array.from(Buffer.from(record.frame, record.encoding));
const decode = (chunks: Uint8Array[], options: StreamOptions = {}): StreamItem[] => [...decodeStream(chunks, options)];
const decodedFrames = (items: StreamItem[]) => items.flatMap((item) => (item.kind === 'frame' ? [item.frame] : []));
const oneByteAtATime = (bytes: Uint8Array): Uint8Array[] => Array.from(bytes, (byte) => Uint8Array.of(byte));

/** Corpus form of the data area: trimmed, empty items dropped. */
const comparable = (cp: readonly Group[]): CorpusPairs =>
  cp
    .map((group) => group.map((pair) => pair.map((text) => text.trim())).filter((pair) => pair.join('') !== ''))
    .filter((group) => group.length > 0);

function headerOf(segment: Segment): Record<string, string> {
  return Object.fromEntries(segment.header.map(([name, value]) => [name.trim(), (value ?? '').trim()]));
}

function expectSegment(segment: Segment, expected: Record<string, unknown>): void {
  const { cp, flag, ...header } = expected;
  expect(headerOf(segment)).toEqual(header);
  expect(comparable(segment.cp ?? [])).toEqual(cp);
  if (flag) expect(flagBits(Number(header['Flag']))).toEqual(flag);
}

const of = (kind: Record_['kind']) => records.filter((record) => record.kind === kind);
const invalid = (record: Record_): record is Record_ & { expected: string } => typeof record.expected === 'string';

describe.runIf(present)('[NX-A2.5] HJ 212 corpus', () => {
  it('has the records this test was written for', () => {
    expect(records.length).toBeGreaterThanOrEqual(137);
    expect(new Set(records.map((record) => record.kind)).size).toBe(5);
  });

  it.each(of('frame').filter((record) => !invalid(record)))('$id is read as expected', (record) => {
    const frames = decodedFrames(decode([bytesOf(record)]));
    expect(frames).toHaveLength(1);
    const frame = frames[0] as Frame;
    expect(frame.ok, JSON.stringify(frame.problems)).toBe(true);
    expectSegment(frame.segment, record.expected as Record<string, unknown>);
    expect(frame.edition).toBe(record.edition?.slice(0, 4));
    expect(encodeFrame(encodeText(joinSegment(frame.segment), frame.encoding))).toEqual(upperCaseCrc(frame.raw));
  });

  it.each(of('frame').filter(invalid))('$id is refused: $expected', (record) => {
    const frames = decodedFrames(decode([bytesOf(record)]));
    expect(frames.filter((frame) => frame.ok)).toEqual([]);
    const bad = frames[0];
    if (!bad || bad.ok) throw new Error('no verdict');
    const reason = record.expected.slice('invalid: '.length);
    const wanted = reason.startsWith('length')
      ? 'LENGTH_MISMATCH'
      : reason.startsWith('CRC')
        ? 'CRC_MISMATCH'
        : 'BAD_SEGMENT';
    expect(bad.error).toBe(wanted);
    if (record.readable && bad.readable) expectSegment(bad.readable, record.readable);
    expect(Buffer.concat(frames.map((frame) => frame.raw))).toEqual(Buffer.from(bytesOf(record)));
  });

  it.each(of('frame').filter((record) => record.facts.crc_variant?.includes('Modbus')))(
    '$id is accepted only under the profile of a device known to send a Modbus CRC',
    (record) => {
      const variant = record.facts.crc_variant?.includes('swapped') ? 'modbus-swapped' : 'modbus';
      const [frame] = decodedFrames(decode([bytesOf(record)], { profile: { crc: [variant] } }));
      expect(frame?.ok).toBe(true);
      expect(frame?.problems.join()).toContain('CRC_VARIANT');
    },
  );

  it.each(of('segment'))('$id segment is taken apart as expected', (record) => {
    const text = Buffer.from(bytesOf(record)).toString('utf8');
    const segment = parseSegment(text);
    expectSegment(segment, record.expected as Record<string, unknown>);
    expect(joinSegment(segment)).toBe(text);
    const [framed] = decodedFrames(decode([encodeFrame(bytesOf(record))]));
    expect(framed?.ok, JSON.stringify(framed?.problems)).toBe(true);
  });

  it.each(of('half'))('$id is no frame and loses no byte', (record) => {
    const frames = decodedFrames(decode([bytesOf(record)]));
    expect(frames.map((frame) => (frame.ok ? 'ok' : frame.error))).toEqual([
      record.frame.startsWith('##') ? 'TRUNCATED' : 'NOISE',
    ]);
    expect(Buffer.from(frames[0]?.raw ?? [])).toEqual(Buffer.from(bytesOf(record)));
  });

  it.each(of('stream'))('$id gives its frames, however it is cut', (record) => {
    const bytes = bytesOf(record);
    const whole = decode([bytes]);
    const texts = decodedFrames(whole)
      .filter((frame) => frame.ok)
      .map((frame) => Buffer.from(frame.raw).toString('latin1').trimEnd());
    expect(texts).toEqual((record.expected as { frames: string[] }).frames);
    expect(Buffer.concat(decodedFrames(whole).map((frame) => frame.raw))).toEqual(Buffer.from(bytes));
    const plain = JSON.stringify(whole);
    expect(JSON.stringify(decode(oneByteAtATime(bytes)))).toBe(plain);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(JSON.stringify(decode([bytes.subarray(0, cut), bytes.subarray(cut)]))).toBe(plain);
    }
  });

  it.each(of('cipher'))('$id is decrypted with its key and refused without', (record) => {
    const bytes = bytesOf(record);
    const key = Uint8Array.from(Buffer.from(record.facts.key_ascii ?? '', 'latin1'));
    const plain = (record.expected as { plain_frame: string }).plain_frame;
    const [frame] = decodedFrames(decode([bytes], { profile: { key } }));
    if (!frame?.ok) throw new Error(JSON.stringify(frame));
    expect(frame.encrypted).toBe(true);
    expect(`##0295${joinSegment(frame.segment)}2200`).toBe(plain);
    const [without] = decodedFrames(decode([bytes]));
    expect(without).toMatchObject({ ok: false, error: 'DECRYPT_FAILED' });
    const [wrong] = decodedFrames(decode([bytes], { profile: { key: new Uint8Array(16) } }));
    expect(wrong).toMatchObject({ ok: false, error: 'DECRYPT_FAILED' });
    expect(decryptArea(new Uint8Array(5), key)).toHaveLength(5);
  });

  it('all records stuck together give the same valid frames, in order', () => {
    const frames = of('frame').filter((record) => !invalid(record));
    const bytes = Uint8Array.from(Buffer.concat(frames.map(bytesOf)));
    const items = decode([bytes]);
    expect(decodedFrames(items).map((frame) => frame.ok)).toEqual(frames.map(() => true));
    expect(JSON.stringify(decode(oneByteAtATime(bytes)))).toBe(JSON.stringify(items));
  });
});

/** Our encoder writes upper-case CRC digits and CR LF; the standard allows nothing else. */
function upperCaseCrc(raw: Uint8Array): Uint8Array {
  const copy = new Uint8Array(raw);
  const length = Number(Buffer.from(raw.subarray(2, 6)).toString());
  for (let i = 6 + length; i < 10 + length; i++) if ((copy[i] as number) >= 0x61) copy[i] = (copy[i] as number) - 32;
  return copy;
}
