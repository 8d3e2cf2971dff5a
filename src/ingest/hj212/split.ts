import { encodeCp, encodeSegment, type Group, type SegmentFields } from './encode.ts';

/** Longest data segment one frame may carry (HJ 212-2017 6.3.2). */
const MAX_SEGMENT = 1024;

const size = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Segments of a message, split where it would exceed 1,024 bytes (HJ 212-2017 6.6). Each part repeats the header and
 * the first group (DataTime), and takes its QN from `qnOf(pno)`. `flag` must already carry the version; the split bit
 * is set here. A group that is too long alone is sent over length rather than torn.
 */
export function splitMessage(
  fields: SegmentFields & { readonly cp: readonly Group[]; readonly flag: number },
  qnOf: (pno: number) => string,
): string[] {
  const whole = encodeSegment(fields);
  if (size(whole) <= MAX_SEGMENT) return [whole];
  const [head, ...rest] = fields.cp;
  const leading = head ? [head] : [];
  const overhead = size(encodeSegment({ ...fields, qn: qnOf(1), flag: 255, pnum: 9999, pno: 9999, cp: leading }));
  const parts: Group[][] = [];
  let used = Infinity;
  for (const group of rest) {
    const bytes = size(encodeCp([group])) + 1;
    if (used + bytes > MAX_SEGMENT) {
      parts.push([...leading]);
      used = overhead;
    }
    parts.at(-1)?.push(group);
    used += bytes;
  }
  return parts.map((cp, i) =>
    encodeSegment({ ...fields, qn: qnOf(i + 1), flag: fields.flag | 2, pnum: parts.length, pno: i + 1, cp }),
  );
}
