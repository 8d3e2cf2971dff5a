/** Epoch ms, end exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Stretches of time without overlap, oldest first; those that meet are one. Pure. */
export const joinedSpans = (spans: readonly Span[]): Span[] => spans.toSorted((a, b) => a.from - b.from).reduce<Span[]>((all, { from, to }) => {
  const last = all.at(-1);
  return last === undefined || from > last.to ? [...all, { from, to }] : [...all.slice(0, -1), { from: last.from, to: Math.max(last.to, to) }];
}, []);
