import { createHash } from 'node:crypto';
import type { Frame } from './hj212/index.ts';

const MAX_KEY = 160;

/**
 * Identity of a frame in transport: MN, CN, QN, PNO; without QN (2005 uploads) MN, CN, DataTime, ST, PNO.
 * Undefined where neither QN nor DataTime is there: such a frame cannot be told from a resend of itself, and is kept
 * each time. Over-long foreign text is replaced by its digest.
 */
export function frameKey(frame: Frame): string | undefined {
  const pno = frame.pno ?? 0;
  const tail = frame.qn ? `q${frame.qn}|${pno}` : frame.dataAt === null ? null : `d${frame.dataAt}|${frame.st}|${pno}`;
  if (tail === null) return undefined;
  const key = `${frame.mn ?? ''}|${frame.cn}|${tail}`;
  if (key.length <= MAX_KEY && isPlain(key)) return key;
  return `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}
