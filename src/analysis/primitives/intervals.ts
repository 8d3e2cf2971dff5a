/** A stretch of time, epoch ms; the end is outside. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** U21: sorted union of half-open intervals; those with a gap of at most `gap` are joined. */
export function union<T extends Interval>(intervals: readonly T[], gap = 0): Interval[] {
  const sorted = [...intervals].filter((i) => i.end > i.start).sort((a, b) => a.start - b.start || a.end - b.end);
  const out: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = out[out.length - 1];
    if (last !== undefined && start <= last.end + gap) last.end = Math.max(last.end, end);
    else out.push({ start, end });
  }
  return out;
}

/** U21: what two sets of intervals share. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const out: Interval[] = [];
  for (const x of union(a)) {
    for (const y of union(b)) {
      const start = Math.max(x.start, y.start);
      const end = Math.min(x.end, y.end);
      if (start < end) out.push({ start, end });
    }
  }
  return out;
}

/** U21: intervals made longer on both sides, ms. */
export const dilate = (intervals: readonly Interval[], before: number, after = before): Interval[] =>
  union(intervals.map((i) => ({ start: i.start - before, end: i.end + after })));

/** Total length of the part of `of` that `by` covers. */
export const covered = (of: Interval, by: readonly Interval[]): number =>
  intersect([of], by).reduce((sum, i) => sum + i.end - i.start, 0);

/** Share 0–1 of the interval that is covered; 0 for an empty interval. */
export const coverage = (of: Interval, by: readonly Interval[]): number =>
  of.end > of.start ? covered(of, by) / (of.end - of.start) : 0;

/** U21: whether two intervals share any time. */
export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;
