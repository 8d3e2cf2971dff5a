const CST = 8 * 3_600_000;
const dayOf = (at: number): number => Math.floor((at + CST) / 86_400_000);

interface Read {
  readonly at: number;
  readonly accountId: string;
  readonly path: string;
  readonly source: string;
}

/** The thing that was read, whatever was asked about it: the address without its query. */
export const thingOf = ({ path }: Pick<Read, 'path'>): string => path.split('?')[0] ?? path;

/**
 * Readings with repeats told once: the same person, thing and place on one day (China time) are one row, with the first and the last
 * moment and how often. Newest first, as they come.
 */
export function mergeReadings<R extends Read>(rows: readonly R[]): (R & { readonly first: number; readonly times: number })[] {
  const merged = new Map<string, R & { first: number; times: number }>();
  for (const row of rows) {
    const key = [row.accountId, thingOf(row), row.source, dayOf(row.at)].join(' ');
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...row, first: row.at, times: 1 });
    else Object.assign(known, { first: Math.min(known.first, row.at), times: known.times + 1 });
  }
  return [...merged.values()];
}
