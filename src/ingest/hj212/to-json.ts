import { toRfc3339, type Instant } from '#kernel';
import type { Assembled } from './assemble.ts';
import { formatCrc } from './crc.ts';
import type { Decoded, Frame } from './message.ts';
import { readingsOf } from './readings.ts';

/** `2025-03-03T00:00:02+08:00`; milliseconds only where there are some. */
const timeText = (at: Instant | null): string | null => (at === null ? null : toRfc3339(at).replace('.000+', '+'));

/** One decoded frame or piece of noise in the public form of `mingjian decode`. */
export function decodedJson(item: Decoded): Record<string, unknown> {
  if (item.ok) return frameJson(item);
  return {
    ok: false,
    error: item.error,
    problems: item.problems,
    raw: Buffer.from(item.raw.buffer, item.raw.byteOffset, item.raw.byteLength).toString('base64'),
    offset: item.offset,
  };
}

function frameJson(frame: Frame): Record<string, unknown> {
  return {
    ok: true,
    edition: frame.edition,
    st: frame.st,
    cn: frame.cn,
    mn: frame.mn,
    qn: frame.qn,
    pw: frame.pw,
    flag: frame.flag,
    split: frame.split,
    ack: frame.ack,
    pnum: frame.pnum,
    pno: frame.pno,
    ...(frame.resent ? { resent: true } : {}),
    ...(frame.encrypted ? { encrypted: true } : {}),
    crc: { stated: frame.crc.stated, computed: formatCrc(frame.crc.computed), ok: frame.crc.ok },
    length: frame.length,
    dataTime: timeText(frame.dataAt),
    cp: frame.cp,
    readings: readingsOf(frame.cp),
    encoding: frame.encoding,
    offset: frame.offset,
    bytes: frame.raw.length,
    problems: frame.problems,
  };
}

/** The extra line for a message put together from its parts. */
export const assembledJson = (message: Assembled): Record<string, unknown> => ({
  ok: true,
  assembled: {
    mn: message.mn,
    st: message.st,
    cn: message.cn,
    qn: message.qn,
    dataTime: timeText(message.dataAt),
    pnum: message.pnum,
    parts: message.parts,
    cp: message.cp,
    readings: readingsOf(message.cp),
  },
});
