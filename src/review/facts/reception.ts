import { HOUR, instant, type Instant } from '#kernel';

/** A stretch of time, end exclusive. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Hourly frames are due each hour: a device not heard for longer is silent, and where no other was heard for as long, reception broke off. */
const OUTAGE_MS = 2 * HOUR;

/** Spans between arrivals in which a device was silent. Pure. */
export function silencesIn(arrivals: readonly Instant[]): Span[] {
  const sorted = arrivals.toSorted((a, b) => a - b);
  return sorted.flatMap((to, i) => {
    const from = sorted[i - 1];
    return from !== undefined && to - from > OUTAGE_MS ? [{ from, to }] : [];
  });
}

/** Runs of whole hours within a silence in which no device at all was heard. Pure; `heard` holds beginnings of hours, epoch ms. */
export function outagesIn({ from, to }: Span, heard: ReadonlySet<number>): Span[] {
  const runs: Span[] = [];
  for (let hour = instant(Math.ceil(from / HOUR) * HOUR); hour + HOUR <= to; hour = instant(hour + HOUR)) {
    if (heard.has(hour)) continue;
    const last = runs.at(-1);
    if (last?.to === hour) runs[runs.length - 1] = { from: last.from, to: instant(hour + HOUR) };
    else runs.push({ from: hour, to: instant(hour + HOUR) });
  }
  return runs.filter((run) => run.to - run.from >= OUTAGE_MS);
}
